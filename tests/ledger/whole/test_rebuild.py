"""State is a fold over entries: folding them anew gives the same, whatever was done, and in whatever portions."""

from hypothesis import given, settings
from hypothesis import strategies as st

from desk import Desk, judgements, on_reports, readings, state_of, undoing
from servanda.ledger.verify import find_faults

operations = st.lists(st.one_of(readings, readings, judgements, undoing, on_reports), max_size=14)


@settings(max_examples=25, deadline=None)
@given(operations)
def test_a_rebuild_gives_the_same_state(new_ledger, done) -> None:
    ledger = new_ledger()
    desk = Desk(ledger)
    for operation in done:
        desk.do(operation)
    before = state_of(ledger)
    ledger.rebuild()
    after = state_of(ledger)
    for table in before:
        assert after[table] == before[table], table
    assert list(find_faults(ledger, refold=False)) == []
