"""`servanda search` and `servanda due` as an analyst runs them."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

_DEED = {"type": "undertaking", "certainty": "stated", "source": None, "modality": "obligation", "under": None}
_DEED |= {"progress": "announced", "terms": [], "places": [], "amounts": [], "object": None}


def reading(report: str, published: str, quote: str, **fields: Any) -> dict[str, Any]:
    return {"id": report, "published": published, "records": [{**_DEED, "quote": quote, **fields}]}


READINGS = [
    reading("a", "2024-01-10", "Астана окажет военную помощь", act="give", by=["KZ"], to=["KG"], when="../2024-06-30"),
    reading("b", "2024-02-10", "=Душанбе купит муку", act="buy", by=["TJ"], to=["KZ"], when="../2024-09-01"),
]


@pytest.fixture
def ledger(run, tmp_path: Path) -> Path:
    path = tmp_path / "ledger.db"
    lines = tmp_path / "readings.jsonl"
    lines.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in READINGS), encoding="utf-8")
    assert run("add", "--readings", lines, "--ledger", path, "--who", "anna").code == 0
    return path


def test_found_words_are_marked_on_a_terminal(run, ledger: Path) -> None:
    ran = run("search", "помощи", "--ledger", ledger, "--color", "always")
    assert ran.code == 0
    assert "военную \x1b[1;4mпомощь\x1b[0m" in ran.out
    assert "\x1b" not in run("search", "помощи", "--ledger", ledger).out


def test_a_party_is_found_by_its_name_in_any_tongue(run, ledger: Path) -> None:
    for word in ("Казахстаном", "Kazakhstan", "казахстан"):
        out = run("search", word, "--ledger", ledger).out
        assert "Астана" in out
        assert "Душанбе" in out
    assert "Астана" not in run("search", "Таджикистан", "--ledger", ledger).out


def test_filters_leave_out_what_does_not_fit(run, ledger: Path) -> None:
    assert "Душанбе" in run("search", "--party", "Таджикистан", "--act", "buy", "--ledger", ledger).out
    assert "Астана" not in run("search", "--since", "2024-02-01", "--ledger", ledger).out
    assert "Душанбе" not in run("search", "--as-of", "2024-02-01", "--ledger", ledger).out


def test_json_tells_where_the_words_stand(run, ledger: Path) -> None:
    [hit] = map(json.loads, run("search", "помощи", "--format", "json", "--ledger", ledger).out.splitlines())
    [found] = hit["found"]
    assert (hit["parties"], found["report"]) == (["KZ", "KG"], "a")
    assert [found["quote"][start:end] for start, end in found["marks"]] == ["помощь"]


def test_a_table_holds_no_formula(run, ledger: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("search", "мука", "--format", "csv", "--ledger", ledger).out)))
    assert [row["quote"] for row in rows] == ["'=Душанбе купит муку"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["газопровод"], "nothing holds газопровод"),
        (["помощь", "мука"], "no record holds them all"),
        (["помощь", "--act", "buy"], "not so filtered"),
        (["--party", "Чад"], "nothing is so filtered"),
        (["помощь", "--as-of", "2001-01-01"], "servanda add"),
    ],
)
def test_nothing_found_is_explained(run, ledger: Path, words: list[str], says: str) -> None:
    ran = run("search", *words, "--ledger", ledger)
    assert (ran.code, ran.out) == (1, "")
    assert says in ran.err


@pytest.mark.parametrize("words", ["и", "по*"])
def test_a_question_that_asks_nothing_is_refused(run, ledger: Path, words: str) -> None:
    ran = run("search", words, "--ledger", ledger)
    assert ran.code == 2
    assert ";" in ran.err


def test_due_shows_what_passed_and_what_comes(run, ledger: Path) -> None:
    out = run("due", "--as-of", "2024-08-20", "--ledger", ledger).out
    passed, ahead = out.split("Falls due by 19 September 2024")
    assert "51 days ago" in passed
    assert "overdue" in passed
    assert "in 12 days" in ahead
    assert "через 12 дней" in run("due", "--as-of", "2024-08-20", "--ui", "ru", "--ledger", ledger).out


def test_due_by_party_and_span(run, ledger: Path) -> None:
    def ids(*asked: str) -> list[int]:
        out = run("due", "--format", "json", "--ledger", ledger, *asked).out
        return [json.loads(line)["days"] for line in out.splitlines()]

    assert ids("--as-of", "2024-06-01", "--within", "4w") == []
    assert ids("--as-of", "2024-06-01") == [29]
    assert ids("--as-of", "2024-06-01", "--within", "1y") == [29, 92]
    assert ids("TJ", "--as-of", "2024-06-01", "--within", "1y") == [92]
    assert ids("--as-of", "2024-10-01", "--overdue") == [-30, -93]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (["--as-of", "2001-01-01"], "no undertaking"),
        (["Чад"], "of these parties"),
        (["--as-of", "2024-02-11"], "--within"),
    ],
)
def test_nothing_due_is_explained(run, ledger: Path, asked: list[str], says: str) -> None:
    ran = run("due", *asked, "--ledger", ledger)
    assert ran.code == 1
    assert says in ran.err


def test_a_span_that_is_none_is_refused(run, ledger: Path) -> None:
    assert run("due", "--within", "soon", "--ledger", ledger).code == 2
