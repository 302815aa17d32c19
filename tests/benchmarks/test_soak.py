"""Ten rounds of what `make soak` does two hundred times."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from soak import (
    Bench,
    add_at_once,
    add_overlapping,
    can_be_somebody,
    fail_to_write,
    kill_once,
    make_bench,
    refuse_folders,
    refuse_others,
)

rounds = pytest.mark.parametrize("n", range(10))


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with TemporaryDirectory() as folder:
        yield make_bench(Path(folder))


@rounds
def test_a_kill_loses_nothing_and_doubles_nothing(bench: Bench, n: int) -> None:
    kill_once(bench, Random(n))


@rounds
def test_two_that_add_at_once_record_everything_once(bench: Bench, n: int) -> None:
    add_at_once(bench)


@rounds
def test_two_that_add_what_overlaps_record_everything_once(bench: Bench, n: int) -> None:
    add_overlapping(bench, Random(n))


@rounds
def test_a_write_that_fails_leaves_what_was_acknowledged(bench: Bench, n: int) -> None:
    fail_to_write(bench, Random(n))


@pytest.mark.skipif(not can_be_somebody(), reason="only root can run this Python, and root may write everywhere")
def test_where_nobody_may_write_it_is_said_and_nothing_is_touched(bench: Bench) -> None:
    assert refuse_folders(bench) == 4


def test_files_that_are_no_ledger_of_this_version_are_not_touched(bench: Bench) -> None:
    assert refuse_others(bench) == 6
