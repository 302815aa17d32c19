"""`servanda show`, `findings` and `history` as an analyst runs them."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from cli.kept import grain, treaty, write_readings
from servanda.errors import LedgerError
from servanda.ledger.ledger import Ledger

DUE = {"when": "../2024-06-30"}
READINGS = [
    grain("a", "2024-03-01", **DUE),
    grain("b", "2024-03-02", **DUE),
    treaty("c", "2024-01-05", steps=[{"step": "signed", "date": "2024-01-04", "by": None}]),
    treaty("undated", None, parties=["KZ", "TJ"], subject="газ"),
]  # records 1 and 2 tell of one promise


@pytest.fixture
def ledger(run: Any, tmp_path: Path) -> Path:
    path = tmp_path / "ledger.db"
    lines = write_readings(tmp_path / "readings.jsonl", *READINGS)
    assert run("add", "--readings", lines, "--ledger", path, "--who", "anna").code == 0
    return path


def test_a_list_has_the_last_told_first_and_what_has_no_day_last(run: Any, ledger: Path) -> None:
    lines = run("show", "--ledger", ledger).out.splitlines()
    assert [line.split()[0] for line in lines] == ["2024-03-02", "2024-01-05", "I4"]


def test_a_table_has_a_row_for_each_dossier(run: Any, ledger: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("show", "--format", "csv", "--ledger", ledger).out)))
    assert " ".join(rows[0]) == "id type status parties first last due under reports origins grade quote"
    assert [(row["id"], row["parties"], row["reports"], row["due"]) for row in rows] == [
        *(("U1", "KZ KG", "2", "../2024-06-30"), ("I3", "KZ KG", "1", ""), ("I4", "KZ TJ", "1", "")),
    ]


def test_one_object_a_line_holds_the_records_with_their_reports(run: Any, ledger: Path) -> None:
    ran = run("show", "U1", "I3", "--format", "json", "--ledger", ledger)
    promise, agreement = map(json.loads, ran.out.splitlines())
    assert ran.code == 0
    assert [(t["id"], t["carrier"]["report"]) for t in promise["told"]] == [(1, "a"), (2, "b")]
    assert (promise["id"], promise["origins"], "text" in promise["told"][0]["carrier"]) == ("U1", [[1], [2]], False)
    assert (agreement["status"], agreement["steps"][0]["date"]) == ("signed", "2024-01-04")


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        (["KZ"], ["U1", "I3", "I4"]),
        (["Таджикистан"], ["I4"]),
        (["KZ", "Kyrgyzstan", "--type", "instrument"], ["I3"]),
        (["--act", "give"], ["U1"]),
        (["--limit", "1"], ["U1"]),
        (["--as-of", "2024-02-01"], ["I3"]),
        (["U2"], ["U1"]),  # any of its numbers leads to it
    ],
)
def test_filters(run: Any, ledger: Path, asked: list[str], ids: list[str]) -> None:
    out = run("show", *asked, "--format", "json", "--ledger", ledger).out
    assert [json.loads(line)["id"] for line in out.splitlines()] == ids


@pytest.mark.parametrize(
    ("asked", "code", "says"),
    [
        (["Чад"], 1, "nothing is told of this; servanda search WORDS"),
        (["--as-of", "2001-01-01"], 1, "nothing was told of this by then"),
        (["U99"], 1, "U99: no dossier holds this record; servanda history U99"),
        (["Атлантида"], 2, "Атлантида: is no party that is known; give a code as KZ"),
        (["--as-of", "вчера"], 2, "'вчера' is no day; write it as 2021-12-08"),
        (["--limit", "0"], 2, "'0' is no number from 1 on"),
        (["--limit", "9" * 30], 2, "is no number from 1 on"),
        (["U" + "9" * 15], 1, "no dossier holds this record"),
        (["U" + "9" * 30], 2, "is no party that is known"),
        (["--type", "promise"], 2, "invalid choice"),
    ],
)
def test_what_is_not_there_is_said(run: Any, ledger: Path, asked: list[str], code: int, says: str) -> None:
    ran = run("show", *asked, "--ledger", ledger)
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err


@pytest.mark.parametrize("verb", ["show", "search", "due", "findings", "history U1", "undo 1", "verify", "reread"])
def test_where_no_ledger_is(run: Any, tmp_path: Path, verb: str) -> None:
    ran = run(*verb.split(), "--ledger", tmp_path / "none.db")
    assert (ran.code, ran.out) == (2, "")
    assert "there is no ledger here; make one with servanda add PATHS" in ran.err
    assert not (tmp_path / "none.db").exists()


def test_a_rejected_record_leaves_its_trace(run: Any, ledger: Path) -> None:
    decided = run("decide", "reject", "2", "--why", "другое зерно", "--who", "anna", "--ledger", ledger)
    assert decided.code == 0
    for asked in ("U1", "U2"):
        assert "anna: rejected record 2 · «другое зерно»" in run("history", asked, "--ledger", ledger).out
    page = run("show", "--full", "U1", "--ledger", ledger).out
    assert "Rejected\n      record 2 was rejected by anna on " in page
    assert page.rstrip().endswith(": «другое зерно»")
    assert "Отклонено\n      запись 2 отклонена: anna, " in run("show", "U1", "--ui", "ru", "--ledger", ledger).out
    assert "ejected" not in run("show", "I3", "--ledger", ledger).out


def test_of_a_dossier_that_is_gone_all_is_told(run: Any, ledger: Path) -> None:
    run("decide", "reject", "1", "2", "--who", "anna", "--ledger", ledger)
    ran = run("show", "U2", "--ledger", ledger)
    assert (ran.code, "U2: no dossier holds this record; servanda history U2" in ran.err) == (1, True)
    told = run("history", "U2", "--ledger", ledger).out
    assert "anna: rejected record 1" in told
    assert "anna: rejected record 2" in told


def test_history_tells_who_when_what_and_why(run: Any, ledger: Path) -> None:
    run("decide", "confirm", "1", "--why", "read it", "--who", "anna", "--ledger", ledger)
    run("undo", "9", "--who", "boris", "--ledger", ledger)
    *_, confirmed, undone = run("history", "1", "--ledger", ledger).out.splitlines()
    assert confirmed.endswith("anna: confirmed record 1 · «read it» · undone by entry 10")
    assert undone.endswith("boris: took back entry 9")
    events = [json.loads(line) for line in run("history", "a", "--format", "json", "--ledger", ledger).out.splitlines()]
    assert [(e["kind"], e["records"], e["undone_by"]) for e in events[:3]] == [
        *(("report", [1], None), ("reading", [1], None), ("confirm", [1], 10)),
    ]
    assert list(events[0]) == ["entry", "at", "who", "kind", "report", "records", "undone_by", "body"]


def test_history_of_what_nobody_knows(run: Any, ledger: Path) -> None:
    ran = run("history", "U99", "--ledger", ledger)
    assert (ran.code, ran.out) == (1, "")
    assert "nothing is known of U99; servanda search" in ran.err


def test_findings_are_objects_with_words_and_levels(run: Any, tmp_path: Path) -> None:
    step = {"step": "ratified", "date": "2024-01-02", "by": "KZ"}
    later = treaty("x", "2024-01-05", steps=[{"step": "signed", "date": "2024-01-04", "by": None}, step])
    ledger = tmp_path / "ledger.db"
    run("add", "--readings", write_readings(tmp_path / "r.jsonl", later), "--ledger", ledger, "--who", "anna")
    [found] = map(json.loads, run("findings", "--format", "json", "--ledger", ledger).out.splitlines())
    assert (found["code"], found["level"], found["dossiers"]) == ("order_of_steps", "error", ["I1"])
    assert found["cited"][0]["report"] == "x"
    for asked in (["--level", "note"], ["TJ"], ["--code", "growth"], ["--as-of", "2001-01-01"]):
        none = run("findings", *asked, "--ledger", ledger)
        assert (none.code, none.out, none.err) == (0, "", "servanda: nothing was found\n")
    wrong = run("findings", "--code", "luck", "--ledger", ledger)
    assert wrong.code == 2
    assert "'luck' is none of growth" in wrong.err


def test_findings_of_a_file_that_may_only_be_read_are_made_anew(run: Any, tmp_path: Path, monkeypatch: Any) -> None:
    readings = [grain("a", "2024-01-05"), grain("b", "2024-01-06", tonnes=900)]
    ledger = tmp_path / "ledger.db"
    run("add", "--readings", write_readings(tmp_path / "r.jsonl", *readings), "--ledger", ledger, "--who", "anna")
    run("decide", "merge", "1", "2", "--ledger", ledger, "--who", "anna")

    def refuse(_: Any) -> None:
        raise LedgerError(str(ledger), "cannot be written", "check the folder and its permissions")

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "freshen", refuse)
        anew = run("findings", "--ledger", ledger)
    assert "500" in anew.out
    assert run("findings", "--ledger", ledger) == anew
