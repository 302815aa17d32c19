"""What `servanda add` takes, and says of what it does not."""

import json
from pathlib import Path
from typing import Any

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
