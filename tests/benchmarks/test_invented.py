"""Invented readings are good ones, and always the same."""

from itertools import islice

from invented import invent
from servanda.ledger.given import find_faults


def test_the_same_seed_gives_the_same_and_fewer_are_the_first_of_more():
    assert list(islice(invent(seed=7), 300)) == list(islice(invent(seed=7), 500))[:300]


def test_another_seed_gives_others():
    assert next(invent(seed=1)) != next(invent(seed=2))


def test_every_reading_can_be_recorded():
    assert [fault for reading in islice(invent(), 500) for fault in find_faults(reading)] == []


def test_a_reading_has_about_five_records():
    counts = [len(reading["records"]) for reading in islice(invent(), 5_000)]
    assert min(counts) >= 1
    assert 4 < sum(counts) / len(counts) < 6
