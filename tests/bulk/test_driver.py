"""The process that leads a run: stopped, killed and started again."""

import os
import re
import signal
from pathlib import Path

import pytest

from faulty import alive, bulk, contents, start_bulk, wait_for, write_lines


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """Two shards, of which the second takes a while."""
    return write_lines(tmp_path / "in.jsonl", ["ok"] * 2_000 + ["WAIT"] * 300)


@pytest.mark.parametrize("kill", [signal.SIGKILL, signal.SIGINT], ids=["killed", "interrupted"])
def test_it_leaves_nobody_behind_and_the_same_command_completes_it(tmp_path: Path, lines: Path, kill: int) -> None:
    out = tmp_path / "out"
    leading = start_bulk(out, lines, "--jobs", 2)
    wait_for(lambda: list(out.glob("*.parquet")) and list(out.glob(".*.journal")))
    os.killpg(leading.pid, kill) if kill == signal.SIGINT else os.kill(leading.pid, kill)
    said = leading.communicate()[1]
    wait_for(lambda: not alive(leading.pid))
    if kill == signal.SIGINT:
        assert leading.returncode == 130
        assert re.fullmatch(
            r"servanda: stopped; [01] of 2 shards are done; the same command goes on from there\n", said
        )
        assert not list(out.glob(".*.journal"))
    assert not (out / "manifest.jsonl").exists()
    again = start_bulk(out, lines)
    said = again.communicate()[1]
    assert again.returncode == 0
    assert said.startswith("servanda: 2 shards (1 done before); 2,300 documents read")
    bulk(tmp_path / "whole", lines, reader=_reader())
    assert contents(out) == contents(tmp_path / "whole")


def _reader() -> str:
    from servanda.cli.add import reader_name
    from servanda.cli.bulk import KEEP

    return f"{reader_name(None)}, keeping {KEEP[1]}"


def test_what_was_not_read_is_named_and_makes_the_exit_code_1(tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "in.jsonl", ["ok", "RAISE", "ok"])
    leading = start_bulk(tmp_path / "out", lines)
    said = leading.communicate()[1]
    assert leading.returncode == 1
    assert f"{lines}:2: could not be read, a fault of Servanda: ValueError: no such thing; please report it" in said
    read, rewritten = "1 shard; 2 documents read, 0 of them with 0 records", "1 rewrite or repeat another"
    assert said.endswith(f"{read}; {rewritten}; 1 rejected, 0 set aside\n")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--column", "body=text"], "write FIELD=NAME"),
        (["--published", "yesterday"], "is no date"),
        (["--limit-seconds", "0"], "is no number above 0"),
        (["--tables", "/nowhere"], "/nowhere"),
    ],
)
def test_options_that_make_no_sense_are_refused(tmp_path: Path, lines: Path, given: list[str], said: str) -> None:
    leading = start_bulk(tmp_path / "out", lines, *given)
    told = leading.communicate()[1]
    assert leading.returncode == 2
    assert said in told
    assert not (tmp_path / "out").exists()
