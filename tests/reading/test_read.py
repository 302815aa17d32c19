"""The whole way from report to reading: properties that hold whatever is read."""

import json
import random
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

import servanda
from servanda.errors import InputError
from servanda.model.report import Report
from servanda.model.spans import Span
from servanda.reading.read import Reader
from servanda.sources import find_reports

EXAMPLES = Path(__file__).parents[2] / "examples"
EXACT = ("quote", "subject", "object", "purpose")


def _reports() -> list[Report]:
    return [r for r in find_reports([EXAMPLES]) if isinstance(r, Report)]


@pytest.mark.parametrize("report", _reports(), ids=lambda r: r.id)
def test_evidence_rereads_as_the_exact_words(report: Report) -> None:
    for record in Reader().read(report).records:
        for name in EXACT:
            value = getattr(record, name, None)
            if value is not None:
                spans = record.evidence[name]
                assert Span(spans[0].start, spans[-1].end).of(report.text) == value
        assert all(0 <= s.start < s.end <= len(report.text) for spans in record.evidence.values() for s in spans)
        direct = [path for path, basis in record.basis.items() if basis.how in ("stated", "normalised", "resolved")]
        assert all(record.evidence.get(path) for path in direct)


def test_same_bytes_in_any_order_and_batch() -> None:
    reports = _reports()
    alone = {r.id: json.dumps(Reader().read(r).to_json(), ensure_ascii=False) for r in reports}
    random.Random(7).shuffle(reports)
    together = {r.id: json.dumps(r.to_json(), ensure_ascii=False) for r in Reader().read_many(reports)}
    assert together == alone


@pytest.mark.parametrize("days", [1, 30, 365])
def test_moving_the_day_moves_relative_dates_alone(days: int) -> None:
    text = "Накануне Сербия и Чили подписали меморандум. Соглашение 2019 года Чили передаст Сербии вчера."
    day = date(2026, 3, 4)
    one = servanda.read(text, published=day.isoformat(), lang="ru")
    other = servanda.read(text, published=(day + timedelta(days)).isoformat(), lang="ru")
    signed = [
        r.steps[0].date for r in (*one.records, *other.records) if r.type == "instrument" and r.kind == "memorandum"
    ]
    assert signed == [(day - timedelta(1)).isoformat(), (day + timedelta(days - 1)).isoformat()]
    fixed = [m.value for reading in (one, other) for m in reading.mentions if m.text.startswith("2019")]
    assert fixed == ["2019", "2019"]


def test_a_relative_date_without_a_day_stays_open() -> None:
    reading = servanda.read("Накануне Сербия и Чили подписали меморандум.", lang="ru")
    (record,) = reading.records
    assert record.type == "instrument"
    assert record.steps[0].date is None


def test_no_record_mixes_two_news_of_a_digest() -> None:
    text = (
        "Коротко\n\nТАШКЕНТ. Узбекистан направит Лаосу 20 вагонов муки.\n\n"
        "БАКУ. Азербайджан передаст Грузии два моста.\n\nЕРЕВАН. Банк открыл новый офис."
    )
    reading = servanda.read(text, published="2026-05-14", lang="ru")
    pairs = [(r.by, r.to) for r in reading.records if r.type == "undertaking"]
    assert pairs == [(("UZ",), ("LA",)), (("AZ",), ("GE",))]


def test_odd_characters_leave_the_words_as_they_were_printed() -> None:
    text = "Казахcтан\u00a0передаст Кир\u00adгизии 40\u00a0грузовиков."  # a Latin c, no-break blanks, a soft hyphen
    (record,) = servanda.read(text, published="2026-05-14", lang="ru").records
    assert record.quote == text.rstrip(".")
    assert record.type == "undertaking"
    assert (record.by, record.to) == (("KZ",), ("KG",))


@pytest.mark.parametrize(
    "text",
    [
        "Мэрия Омска отремонтирует 40 км дорог.",
        "Сборная Сербии обыграла команду Венгрии и вышла в финал чемпионата.",
        "Две компании из Самары договорились о поставке мебели.",
        "Суд приговорил жителя Тулы к трем годам за кражу.",
        "Отношения России и Монголии крепнут, считает эксперт.",
    ],
)
def test_what_is_out_of_scope_gives_no_record(text: str) -> None:
    assert servanda.read(text, published="2026-05-14", lang="ru").records == ()


def test_wrong_letters_are_said_to_be_so() -> None:
    text = "Казахстан передаст Монголии 40 грузовиков, сообщили в министерстве в понедельник."
    reading = servanda.read(text.encode().decode("cp1251", "replace"))
    assert reading.records == ()
    assert [f.code for f in reading.findings] == ["encoding"]
    assert "is in utf-8, but was read as cp1251" in reading.findings[0].message


def test_another_language_is_said_and_not_misread() -> None:
    reading = servanda.read("Kazakhstan will hand over forty trucks to Mongolia, the ministry said on Monday.")
    assert reading.records == ()
    assert [f.code for f in reading.findings] == ["language"]
    assert re.search(r"\(en\)", reading.findings[0].message)


def test_a_day_may_be_a_date() -> None:
    reading = servanda.read("Накануне Сербия и Чили подписали меморандум.", published=date(2026, 3, 4), lang="ru")
    assert reading.records[0].steps[0].date == "2026-03-03"


NO_INPUT = [(None, None), (b"x", None), (5, None), ("x", "вчера"), ("x", "2021-13")]


@pytest.mark.parametrize(("text", "published"), NO_INPUT)
def test_what_is_no_text_or_no_day_is_named(text: object, published: str | None) -> None:
    with pytest.raises(InputError, match=r"text|date"):
        servanda.read(text, published)  # type: ignore[arg-type]


def test_no_party_stands_twice_on_a_side() -> None:
    for report in _reports():
        for record in Reader().read(report).records:
            for side in (getattr(record, name, ()) for name in ("by", "to", "parties", "who")):
                assert len(set(side)) == len(side)
