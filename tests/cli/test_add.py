"""What `servanda add` takes, and says of what it does not."""

import json
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parents[2] / "examples"
READING = {"id": "r", "published": "2030-01-02", "records": []}


def test_a_reading_may_run_over_many_lines(run: Any, tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(READING, indent=1), encoding="utf-8")
    ran = run("add", "--readings", tmp_path / "one.json", "--ledger", tmp_path / "ledger.db", "--who", "anna")
    assert (ran.code, ran.err) == (0, "servanda: reports: 1 recorded; 0 records\n")


def test_a_line_that_is_no_json_costs_itself_alone(run: Any, tmp_path: Path) -> None:
    (tmp_path / "two.jsonl").write_text("{]\n" + json.dumps(READING), encoding="utf-8")
    ran = run("add", "--readings", tmp_path / "two.jsonl", "--ledger", tmp_path / "ledger.db", "--who", "anna")
    assert ran.code == 1
    assert "two.jsonl:1: is no JSON" in ran.err
    assert "1 recorded" in ran.err


def test_what_bulk_read_is_taken_once_and_not_read_again(run: Any, tmp_path: Path, monkeypatch: Any) -> None:
    inputs, out = tmp_path / "in", tmp_path / "readings"
    inputs.mkdir()
    (inputs / "loan.txt").write_text((EXAMPLES / "07-loan.txt").read_text(encoding="utf-8"), encoding="utf-8")
    (inputs / "weather.txt").write_text("Завтра в Бишкеке ожидается дождь.", encoding="utf-8")
    assert run("bulk", inputs, "--out", out, "--jobs", 1).code == 0
    monkeypatch.setattr("servanda.reading.read.Reader.read", None)
    add = ("add", out, "--list", "--ledger", tmp_path / "ledger.db", "--who", "anna")
    first = run(*add)
    assert first.code == 0
    (line,) = first.out.splitlines()
    assert line.startswith(f"recorded\t{inputs / 'loan.txt'}\t")
    assert run(*add).err == "servanda: reports: 1 known already; 0 records\n"


def test_a_run_that_is_not_finished_or_damaged_is_said(run: Any, tmp_path: Path) -> None:
    out = tmp_path / "readings"
    assert run("bulk", EXAMPLES / "07-loan.txt", EXAMPLES / "01-aid.txt", "--out", out).code == 0
    (out / "manifest.jsonl").unlink()
    damaged = next(out.glob("*.parquet"))
    damaged.write_bytes(damaged.read_bytes()[:-9])
    added = run("add", out, "--ledger", tmp_path / "ledger.db", "--who", "anna")
    assert added.code == 1
    assert "its run has not come to its end" in added.err
    assert f"{damaged}: is damaged; run the same servanda bulk again" in added.err
    assert "reports: 1 recorded" in added.err


def test_what_can_hold_no_record_is_passed_over_unless_all_is_to_be_kept(run: Any, tmp_path: Path) -> None:
    (tmp_path / "weather.txt").write_text("Завтра в городе ожидается дождь.", encoding="utf-8")
    for keep, said in (("0.95", "1 passed over"), ("1", "1 documents read, 0 of them with 0 records; 0 rejected")):
        ran = run("bulk", tmp_path / "weather.txt", "--out", tmp_path / keep, "--keep", keep)
        assert said in ran.err
