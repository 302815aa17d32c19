"""Documents that crash, hang or eat memory, and workers that die elsewhere: what it costs, and what is said of it."""

import errno
import os
from functools import partial
from pathlib import Path

import pytest

from faulty import bulk, contents, faults, make_breaking, make_large, places, write_lines
from servanda.bulk.job import Limits
from servanda.errors import InputError

POISON = {
    "ABORT": "ended the process (SIGABRT)",
    "HANG": "took over 1 s",
    "EAT": "needed over 300 MB of memory",
    "RAISE": "could not be read, a fault of Servanda: ValueError: no such thing",
    "GARBAGE": "could not be read, a fault of Servanda: AttributeError: 'str' object has no attribute 'findings'",
    "DIE": "the process was killed from outside",
}


@pytest.mark.parametrize("word", POISON)
def test_a_bad_document_costs_itself_alone(tmp_path: Path, word: str) -> None:
    lines = write_lines(tmp_path / "in.jsonl", ["ok", "ok", word, "TELLS", word, "ok"])
    ran = bulk(tmp_path / "out", lines)
    assert places(tmp_path / "out") == [f"{lines}:{n}" for n in (1, 2, 4, 6)]
    assert faults(tmp_path / "out") == dict.fromkeys((f"{lines}:3", f"{lines}:5"), POISON[word])
    assert (ran.totals["documents"], ran.totals["rows"], ran.totals["telling"]) == (6, 4, 1)


def test_what_was_set_aside_is_tried_again_under_wider_limits(tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "in.jsonl", ["ok", "SLOW"])
    for limits in (Limits(seconds=0.2), Limits(seconds=0.3)):
        bulk(tmp_path / "out", lines, limits=limits)
        assert list(faults(tmp_path / "out").values()) == [f"took over {limits.seconds:g} s"]
    assert bulk(tmp_path / "out", lines, limits=Limits()).totals["rows"] == 2
    assert faults(tmp_path / "out") == {}


@pytest.mark.parametrize("where", ["loading", "fetching", "writing", "said"])
def test_a_worker_that_dies_elsewhere_is_replaced(tmp_path: Path, where: str) -> None:
    lines = write_lines(tmp_path / "in.jsonl", ["ok"] * 5)
    bulk(tmp_path / "whole", lines)
    bulk(tmp_path / "out", lines, make_reader=partial(make_breaking, where, tmp_path / "marks", 1))
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_what_cannot_be_reached_is_named_and_what_stands_before_it_is_kept(tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "in.jsonl", ["ok"] * 5)
    bulk(tmp_path / "out", lines, make_reader=partial(make_breaking, "fetching", tmp_path / "marks", 99))
    assert places(tmp_path / "out") == [f"{lines}:1", f"{lines}:2"]
    why = "what follows the first 2 documents from 0 on could not be reached: ended the process (exit code 3)"
    assert faults(tmp_path / "out") == {str(lines): why}


def test_a_worker_that_holds_too_much_is_replaced_after_its_shard(tmp_path: Path) -> None:
    inputs = [write_lines(tmp_path / f"{n}.jsonl", ["ok"] * 5) for n in range(3)]
    bulk(tmp_path / "whole", *inputs)
    bulk(tmp_path / "out", *inputs, make_reader=make_large)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


@pytest.mark.parametrize(("where", "said"), [("loading", "while they load"), ("writing", "cannot be written")])
def test_workers_that_always_die_end_the_run(tmp_path: Path, where: str, said: str) -> None:
    lines = write_lines(tmp_path / "in.jsonl", ["ok"] * 5)
    with pytest.raises(InputError, match=said):
        bulk(tmp_path / "out", lines, make_reader=partial(make_breaking, where, tmp_path / "marks", 99))
    assert set(contents(tmp_path / "out")) == {".lock", "run.json"}


def test_a_full_disk_ends_the_run_and_the_next_completes_it(tmp_path: Path) -> None:
    lines, whole = tmp_path / "in.jsonl", tmp_path / "whole"
    write_lines(lines, ["ok"] * 2_500 + ["FULL"] + ["ok"] * 10)
    with pytest.raises(OSError, match="File too large") as raised:
        bulk(tmp_path / "out", lines)
    assert raised.value.errno == errno.EFBIG
    assert len(places(tmp_path / "out")) == 2_000
    stat = lines.stat()
    write_lines(lines, ["ok"] * 2_500 + ["okay"] + ["ok"] * 10)
    os.utime(lines, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    ran = bulk(tmp_path / "out", lines)
    assert ran.status.before == 1
    bulk(whole, lines)
    assert contents(tmp_path / "out") == contents(whole)
