"""A few rounds of what `make soak` does to a bulk run, with a reader that is quick to load."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from bulk_soak import Bench, cut_outputs, fill_disk, kill_drivers, kill_workers, make_bench


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with TemporaryDirectory() as folder:
        yield make_bench(Path(folder), light=True, files=4, each=60)


def test_workers_that_are_killed_cost_nothing(bench: Bench) -> None:
    assert kill_workers(bench, Random(1), 4) >= 1


def test_a_leading_process_that_is_killed_leaves_nobody(bench: Bench) -> None:
    assert kill_drivers(bench, Random(1), 3) >= 1


def test_outputs_that_are_cut_short_are_made_again(bench: Bench) -> None:
    assert cut_outputs(bench, Random(1)) > 4


def test_a_full_disk_is_said_and_breaks_nothing(bench: Bench) -> None:
    assert fill_disk(bench)
