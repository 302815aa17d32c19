"""Time expressions: cases drawn into lines of news, the shared list of expressions, and what holds of any text."""

import csv
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.model.edtf import is_edtf
from servanda.model.spans import Span
from servanda.reading.times import find_times, parse_day

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases" / "times_ru.txt"
SHARED = ROOT.parent / "shared" / "gold" / "times.tsv"
_MARK = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")


def _cases() -> list[str]:
    return [line for line in CASES.read_text("utf-8").splitlines() if line.startswith("@")]


def _day(said: str) -> date | None:
    return None if said == "-" else date.fromisoformat(said)


@pytest.mark.parametrize("line", _cases())
def test_times_of_a_line(line: str) -> None:
    day, _, marked = line[1:].partition(" ")
    text = _MARK.sub(r"\1", marked)
    wanted = [(m[1], None if m[2] == "-" else m[2]) for m in _MARK.finditer(marked)]
    assert [(text[t.start : t.end], t.edtf) for t in find_times(text, _day(day))] == wanted


def test_there_are_enough_cases() -> None:
    assert len(_cases()) >= 160


@pytest.mark.skipif(not SHARED.exists(), reason="../shared/gold/times.tsv is not beside the project")
def test_shared_expressions() -> None:
    with SHARED.open(encoding="utf-8") as rows:
        russian = [r for r in csv.DictReader(rows, delimiter="\t") if r["lang"] == "ru"]
    wrong = []
    for row in russian:
        found = find_times(row["sentence"], date.fromisoformat(row["published"]))
        if not any(
            t.edtf == row["edtf"] and row["expression"].lower() in row["sentence"][t.start : t.end].lower()
            for t in found
        ):
            wrong.append((row["expression"], row["edtf"], found))
    assert not wrong


@pytest.mark.parametrize(
    ("text", "near", "day"),
    [
        ("8 декабря 2021", None, "2021-12-08"),
        ("8 декабря 2021, 06:27", None, "2021-12-08"),
        ("06.02.2025 11:31", None, "2025-02-06"),
        ("8 декабря", "2022-01-05", "2021-12-08"),
        ("2021-12-08", None, "2021-12-08"),
        ("5 июн", "2022-01-05", "2022-06-05"),
        ("12 мая, 2024", None, "2024-05-12"),
        ("Среда, 8 Декабря 2021", None, "2021-12-08"),
        ("31.02.2024", None, None),
        ("8 декабря", None, None),
        ("29 февраля", "2023-02-01", "2024-02-29"),
        ("", "2023-02-01", None),
    ],
)
def test_day_of_a_page(text: str, near: str | None, day: str | None) -> None:
    found = parse_day(text, date.fromisoformat(near) if near else None)
    assert (found.isoformat() if found else None) == day


def test_tense_of_the_clause_chooses_the_year() -> None:
    text = "Это случилось 15 марта."
    day = date(2021, 12, 8)
    assert find_times(text, day, ahead=lambda _: True)[0].edtf == "2022-03-15"
    assert find_times(text, day, ahead=lambda _: False)[0].edtf == "2021-03-15"


def test_only_the_spans_given_are_read() -> None:
    text = "Вчера шел снег. Завтра пойдет дождь."
    assert [t.edtf for t in find_times(text, date(2021, 12, 8), spans=[Span(16, len(text))])] == ["2021-12-09"]


_WORDS = """в на с до к по за 8 31 2021 2021-2023 декабря январь - – , . ( ) года год гг. месяцев три квартале первом
прошлого того же неделю назад через течение пятницу среды весной конца начала накануне II 1990-х 08.12.2021 XX"""
_PIECES = st.sampled_from([*_WORDS.split(), "\n"])


@given(st.lists(_PIECES, max_size=25), st.one_of(st.none(), st.dates()))
def test_any_words_are_read_without_fault(pieces: list[str], day: date | None) -> None:
    text = " ".join(pieces)
    end = 0
    for found in find_times(text, day):
        assert end <= found.start < found.end <= len(text)
        assert found.edtf is None or is_edtf(found.edtf)
        end = found.end


@given(st.integers(-2000, 2000))
def test_relative_days_move_with_the_report(shift: int) -> None:
    day = date(2021, 12, 8) + timedelta(shift)
    absolute, relative = find_times("Акт от 5 мая 2019 года обсудили вчера.", day)
    assert absolute.edtf == "2019-05-05"
    assert relative.edtf == (day - timedelta(1)).isoformat()
