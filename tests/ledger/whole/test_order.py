"""What belongs together depends on the reports, not on the order, the portions or the process in which they come."""

from hypothesis import given, settings
from hypothesis import strategies as st

from desk import POOL, Desk, open_pairs_of, partition_of, reading_of, readings, state_of
from servanda.ledger.ledger import Ledger
from servanda.ledger.words import PLAIN

_days = st.sampled_from(("2021-03-01", "2021-03-04", "2021-12-08", None))
_places = st.lists(st.integers(0, len(POOL) - 1), min_size=1, max_size=5)
reports = st.lists(st.tuples(_days, _places), min_size=2, max_size=7)


@settings(max_examples=15, deadline=None)
@given(st.data(), reports)
def test_the_order_of_arrival_and_the_portions_do_not_matter(new_ledger, data, chosen) -> None:
    given_ones = [reading_of(f"r{n}", 0, "given", day, places) for n, (day, places) in enumerate(chosen)]
    one, other = new_ledger(), new_ledger()
    one.add(given_ones, "desk")
    shuffled = data.draw(st.permutations(given_ones))
    while shuffled:
        size = data.draw(st.integers(1, len(shuffled)))
        other.add(shuffled[:size], "desk")
        shuffled = shuffled[size:]
    assert partition_of(other) == partition_of(one)
    assert open_pairs_of(other) == open_pairs_of(one)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(st.booleans(), readings), max_size=8))
def test_two_at_work_on_one_file_give_what_one_gives(new_ledger, done) -> None:
    alone, first = Desk(new_ledger()), Desk(new_ledger())
    second = Desk(Ledger.open(first.ledger.store.path, PLAIN, clock=first.ledger.clock))
    for by_second, operation in done:
        (second if by_second else first).do(operation)
        alone.do(operation)
    assert state_of(first.ledger) == state_of(alone.ledger)
    second.ledger.close()


def test_what_is_there_adds_nothing(ledger) -> None:
    some = [reading_of("r1", 0, "given", "2021-03-01", [0, 4]), reading_of("r2", 0, "reader 1", "2021-03-01", [0])]
    ledger.add(some, "desk")
    before = state_of(ledger)
    assert [one.outcome for one in ledger.add([*some, *some], "desk")] == ["known"] * 4
    assert state_of(ledger) == before
    assert ledger.count()["entries"] == 4
