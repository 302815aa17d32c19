"""Ledgers in files of their own."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk import Clock
from servanda.ledger.ledger import Ledger
from servanda.ledger.words import PLAIN

Open = Callable[[], Ledger]


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a ledger in which nothing is."""
    path = tmp_path_factory.mktemp("empty") / "ledger.db"
    Ledger.open(path, PLAIN, create=True).close()
    return path


@pytest.fixture(scope="session")
def new_ledger(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """Make a ledger in a folder of its own, with a clock that ticks; all are closed at the end."""
    made: list[Ledger] = []

    def make() -> Ledger:
        for old in made[:-8]:
            old.close()
        path = tmp_path_factory.mktemp("ledger") / "ledger.db"
        shutil.copyfile(empty, path)
        made.append(Ledger.open(path, PLAIN, clock=Clock()))
        return made[-1]

    yield make
    for old in made:
        old.close()


@pytest.fixture
def ledger(new_ledger: Open) -> Ledger:
    """A ledger in which nothing is."""
    return new_ledger()
