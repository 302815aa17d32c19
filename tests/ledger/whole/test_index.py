"""The index: what lists and findings show equals what is made anew from the ledger, whatever was done."""

from hypothesis import given, settings
from hypothesis import strategies as st

from desk import Desk, beginnings, judgements, on_reports, readings, undoing
from servanda.ledger.brief import shorten
from servanda.ledger.checking import sameness
from servanda.ledger.found import FindingsWanted
from servanda.ledger.ledger import Ledger
from servanda.ledger.listing import Sought
from servanda.ledger.views import View

steps = st.one_of(readings, judgements, undoing, on_reports, st.just(("freshen",)))


def check_index(ledger: Ledger) -> None:
    """The index holds what the ledger tells, as of today."""
    assert ledger.freshen().left == 0
    live = {one.id: one for one in ledger.all(View(on=ledger.today()))}
    listing = ledger.listing(Sought(limit=1_000))
    assert {row.dossier.id: row.dossier for row in listing.rows} == {n: shorten(one) for n, one in live.items()}
    assert listing.total == len(live)
    for row in listing.rows:
        assert (row.records, row.origins) == (len(live[row.dossier.id].told), len(live[row.dossier.id].origins))
    stored, total = ledger.find_stored(FindingsWanted(limit=None))
    made = list(ledger.find_discrepancies())
    assert total == len(stored)
    assert {sameness(one) for one in stored} == {sameness(one) for one in made}
    assert len(stored) == len(made)
    waiting, count = ledger.waiting(limit=1_000)
    unseen = {
        (t.id, one.id)
        for one in live.values()
        for t in one.told
        if t.review is None and not t.carrier.withdrawn and not t.carrier.purged
    }
    assert {(one.told.id, one.dossier) for one in waiting} == unseen
    assert count == len(unseen)


@settings(max_examples=40, deadline=None)
@given(beginnings, st.lists(steps, max_size=10))
def test_the_index_is_what_is_made_anew(new_ledger, first, done) -> None:
    desk = Desk(new_ledger())
    for operation in [*first, *done]:
        desk.ledger.freshen() if operation == ("freshen",) else desk.do(operation)
    check_index(desk.ledger)
