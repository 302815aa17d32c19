"""`servanda decide`, `undo`, `withdraw`, `purge`, `reread`: what a person does to a ledger, and what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from cli.kept import TEXTS, grain, treaty, write_readings


@pytest.fixture
def ledger(run: Any, tmp_path: Path) -> Path:
    """Records 1 and 2 tell of one promise, 3 of another, 4 of an agreement; entries 1 to 8."""
    readings = [
        *(grain("a", "2024-03-01"), grain("b", "2024-03-02"), grain("c", "2024-03-03", object="уголь", to=["TJ"])),
        treaty("d", "2024-03-04"),
    ]
    path = tmp_path / "ledger.db"
    lines = write_readings(tmp_path / "readings.jsonl", *readings)
    assert run("add", "--readings", lines, "--ledger", path, "--who", "anna").code == 0
    return path


@pytest.fixture
def decide(run: Any, ledger: Path) -> Any:
    return lambda *words: run("decide", *words, "--who", "anna", "--ledger", ledger)


def held(run: Any, ledger: Path, id: str) -> dict[str, Any]:
    return json.loads(run("show", id, "--format", "json", "--ledger", ledger).out)


def records(run: Any, ledger: Path, id: str) -> list[int]:
    return [told["id"] for told in held(run, ledger, id)["told"]]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["confirm", "1"], "record 1 confirmed"),
        (["reject", "2"], "record 2 rejected"),
        (["correct", "1", "object", "мука"], "record 1: object corrected"),
        (["correct", "1", "amounts/0/number", "600"], "record 1: amounts/0/number corrected"),
        (["correct", "1", "amounts", "[]"], "record 1: amounts corrected"),
        (["correct", "1", "when", "2025", "--words", "до конца июня"], "record 1: when corrected"),
        (["merge", "U1", "U3"], "dossiers merged"),
        (["apart", "U1", "U3"], "dossiers kept apart"),
        (["split", "U1", "2"], "taken out of U1"),
    ],
)
def test_a_decision_says_how_it_is_undone(run: Any, ledger: Path, decide: Any, words: list[str], said: str) -> None:
    before = run("show", "--format", "json", "--ledger", ledger).out
    ran = decide(*words)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"servanda: {said}; entry 9 (servanda undo 9 takes it back)\n"
    undone = run("undo", "9", "--who", "anna", "--ledger", ledger)
    assert (undone.code, undone.err) == (0, "servanda: entry 9 undone by entry 10\n")
    assert run("show", "--format", "json", "--ledger", ledger).out == before


def test_what_is_decided_holds(run: Any, ledger: Path, decide: Any) -> None:
    decide("correct", "1", "amounts/0/number", "600")
    decide("correct", "1", "purpose", "для посева", "--words", "зерна")
    [first] = [told for told in held(run, ledger, "U1")["told"] if told["id"] == 1]
    assert (first["record"]["amounts"][0]["number"], first["corrected"]) == (600, ["amounts/0/number", "purpose"])
    [[start, end]] = first["record"]["evidence"]["purpose"]
    assert TEXTS["a"][start:end] == "зерна"


def test_what_was_split_and_merged_again_is_whole(run: Any, ledger: Path, decide: Any) -> None:
    decide("merge", "U1", "U3")
    decide("split", "U1", "3")
    assert records(run, ledger, "U1") == [1, 2]
    decide("merge", "U3", "U1")
    assert records(run, ledger, "U2") == [1, 2, 3]
    apart = decide("apart", "U1", "U3")
    assert apart.code == 2
    assert "U1: is one dossier with another that you named; take records out of it: servanda decide split" in apart.err


def test_a_record_that_was_missed(run: Any, ledger: Path, decide: Any) -> None:
    missed = treaty("a", None)["records"][0]
    assert "record 5 added to a; entry 9" in decide("add", "a", json.dumps(missed, ensure_ascii=False)).err
    assert held(run, ledger, "I5")["told"][0]["review"] == "added"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["confirm", "99"], "record 99: there is no such record; servanda show names the records"),
        (["confirm", "one"], "'one' is no id; they look like U345"),
        (["confirm", "9" * 30], "is no id; they look like U345"),
        (["correct", "1", "colour", "red"], "record 1, colour: there is no such field; servanda show --format json"),
        (["correct", "1", "when", "летом"], "'летом' is no EDTF date such as 2021-12-07"),
        (["correct", "1", "act", "steal"], "'steal' is none of "),
        (["correct", "1", "amounts/0/number", "пятьсот"], "'пятьсот' is no number such as 1500 or 0.5"),
        (["correct", "1", "amounts", "[1"], "the value: is no JSON"),
        (["correct", "1", "object", "рожь", "--words", "ржи нет"], "--words: a does not have these words; copy them"),
        (["add", "zz", "{}"], "the record: type: give one of instrument"),
        (["add", "a", "{"], "JSON: is none"),
        (["merge", "U1"], "the decision: needs two dossiers or more; give their ids"),
        (["merge", "U1", "I4"], "records 1 and 4: undertaking and instrument are never one thing"),
        (["split", "U1", "4"], "U1: does not hold record 4; it holds 1, 2"),
        (["split", "U1", "1", "2"], "U1: would hold no record; name some of its records"),
        (["split", "U77", "1"], "77: no dossier holds this record; servanda search"),
        (["judge", "1"], "invalid choice"),
    ],
)
def test_what_cannot_be_decided_is_said_and_nothing_is_entered(
    run: Any, ledger: Path, decide: Any, words: list[str], says: str
) -> None:
    ran = decide(*words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert "8 entries" in run("verify", "--quick", "--ledger", ledger).err


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("1", "entry 1: is no decision; servanda history"),
        ("77", "entry 77: is no decision"),
        ("9" * 25, "larger than any"),
    ],
)
def test_what_cannot_be_undone(run: Any, ledger: Path, entry: str, says: str) -> None:
    ran = run("undo", entry, "--who", "anna", "--ledger", ledger)
    assert ran.code == 2
    assert says in ran.err


def test_a_withdrawn_report_is_marked(run: Any, ledger: Path) -> None:
    ran = run("withdraw", "d", "--who", "anna", "--why", "опровержение", "--ledger", ledger)
    assert (ran.code, ran.err) == (0, "servanda: d marked as withdrawn; entry 9\n")
    assert held(run, ledger, "I4")["told"][0]["carrier"]["withdrawn"] is True
    unknown = run("withdraw", "zz", "--who", "anna", "--ledger", ledger)
    assert unknown.code == 2
    assert "zz: is not in the ledger; add the report first" in unknown.err


def test_a_purge_asks_first(run: Any, ledger: Path) -> None:
    asked = run("purge", "a", "--who", "anna", "--ledger", ledger)
    assert asked.code == 2
    assert "purge: cannot be undone, and nobody is here to be asked; say --yes" in asked.err
    assert run("purge", "a", "--yes", "--who", "anna", "--ledger", ledger).code == 0
    assert TEXTS["a"].encode() not in ledger.read_bytes()
    again = run("purge", "a", "--yes", "--who", "anna", "--ledger", ledger)
    assert again.code == 2
    assert "a: is purged already, by entry 9" in again.err


def test_reports_that_cannot_be_read_again_are_named(run: Any, ledger: Path) -> None:
    run("withdraw", "b", "--who", "anna", "--ledger", ledger)
    ran = run("reread", "d", "b", "zz", "--who", "anna", "--ledger", ledger)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines() == [
        "servanda: d: its text is not kept; it cannot be read again",
        "servanda: b: was withdrawn; it is not read again",
        "servanda: zz: is not in the ledger; servanda search and show --full name the reports",
        "servanda: 0 reports read again; records: 0 new, 0 gone, 0 changed, 0 kept",
    ]


@pytest.mark.parametrize("verb", ["reread", "show", "add"])
def test_a_table_that_lies_over_none_is_named(run: Any, ledger: Path, tmp_path: Path, verb: str) -> None:
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "stats.tsv").write_text("code\tname\n", encoding="utf-8")
    (tables / "notes.txt").write_text("anything", encoding="utf-8")
    ran = run(verb, "--tables", tables, "--ledger", ledger)
    assert (ran.code, ran.out) == (2, "")
    assert "stats.tsv: lies over no table; the tables are: states.tsv" in ran.err
