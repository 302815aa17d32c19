"""The rewrites of a run: in a file of their own, the same however it came about."""

import json
from pathlib import Path
from typing import Any

import pytest

from faulty import bulk, contents
from servanda.bulk.folder import REWRITES, hold, outputs_of
from servanda.bulk.job import Run
from wires import find_wires

FORMATS = pytest.mark.parametrize("format", ["parquet", "jsonl"])
FIRST, SECOND = find_wires()[:2]


def write(path: Path, *texts: str) -> Path:
    lines = [{"id": f"d{n}", "published": f"2021-12-{9 - n:02}", "text": text} for n, text in enumerate(texts)]
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def lines_of(out: Path) -> list[Any]:
    return [json.loads(line) for line in (out / REWRITES).read_text(encoding="utf-8").splitlines()]


@FORMATS
def test_rewrites_are_named_with_the_place_of_the_earliest(tmp_path: Path, format: str) -> None:
    a, b = write(tmp_path / "a.jsonl", FIRST, SECOND), write(tmp_path / "b.jsonl", "Коротко", f"Иначе\n{FIRST}", FIRST)
    ran = bulk(tmp_path / "out", a, b, format=format)
    *found, facts = lines_of(tmp_path / "out")
    named = [(one["place"], one["id"], one["group"]) for one in found]
    assert named == [(f"{a}:1", "d0", f"{b}:3"), (f"{b}:2", "d1", f"{b}:3"), (f"{b}:3", "d2", f"{b}:3")]
    assert facts["shard"] == dict(ran.rewrites)
    assert (ran.rewrites["documents"], ran.rewrites["wires"]) == (3, 1)


def test_the_file_is_no_output_and_the_same_for_any_number_of_jobs(tmp_path: Path) -> None:
    a, b = write(tmp_path / "a.jsonl", FIRST), write(tmp_path / "b.jsonl", FIRST)
    for jobs in (1, 2):
        bulk(tmp_path / f"out{jobs}", a, b, jobs=jobs, format="jsonl")
    assert contents(tmp_path / "out1") == contents(tmp_path / "out2")
    assert len(outputs_of(tmp_path / "out1")) == 2


def test_it_is_made_anew_where_an_output_changed(tmp_path: Path) -> None:
    lines = write(tmp_path / "a.jsonl", FIRST)
    bulk(tmp_path / "out", lines)
    assert bulk(tmp_path / "out", write(lines, FIRST, FIRST)).rewrites["documents"] == 2


def test_what_a_killed_run_left_of_it_is_swept_away(tmp_path: Path) -> None:
    run = Run((), tmp_path / "out", "reader", print)  # type: ignore[arg-type]
    with hold(run):
        (run.out / ".rewrites-abc").mkdir()
        (run.out / ".rewrites-abc" / "sketches").write_bytes(b"1")
    assert not list(run.out.glob(".rewrites-*"))
