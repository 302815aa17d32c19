"""What a person took out of a dossier leaves a trace there."""

from datetime import date

import pytest

from desk import POOL, give
from servanda.ledger.ledger import Ledger

GRAIN, COAL = POOL[4], POOL[0]


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    """1, 2 and 3 tell of one delivery, 4 of something else."""
    ledger.add(
        [give("r1", GRAIN), give("r2", GRAIN), give("r3", GRAIN, published="2022-01-01"), give("r4", COAL)], "desk"
    )
    return ledger


def rejected(ledger: Ledger, number: int, **view: object) -> list[tuple[tuple[int, ...], str, str]]:
    return [(e.records, e.who, e.body["why"]) for e in ledger.rejections(number, ledger.view(**view))]


def test_who_rejected_what_and_why(told: Ledger) -> None:
    told.reject(2, "Аня", "там о другом")
    assert [t.id for made in told.all() for t in made.told] == [1, 3, 4]
    assert [rejected(told, n) for n in (1, 2, 3, 4)] == [[((2,), "Аня", "там о другом")]] * 3 + [[]]


def test_what_was_taken_back_is_no_trace(told: Ledger) -> None:
    seq = told.reject(1, "Аня")
    assert rejected(told, 2) == [((1,), "Аня", "")]
    told.undo(seq, "Аня")
    assert rejected(told, 2) == []
    told.reject(1, "Аня")
    told.confirm(1, "Борис")
    assert rejected(told, 2) == []


def test_what_is_seen_from_an_earlier_day(told: Ledger) -> None:
    before = told.clock()
    told.reject(3, "Аня")
    assert rejected(told, 1, known_at=before) == []
    assert rejected(told, 1, as_of=date(2021, 12, 31)) == []
    assert rejected(told, 1, as_of=date(2022, 1, 1)) == [((3,), "Аня", "")]
