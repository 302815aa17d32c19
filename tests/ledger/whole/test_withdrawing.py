"""A report that its outlet withdrew is marked, with all that rests on it; nothing is lost."""

from desk import POOL, give, state_of
from servanda.ledger.ledger import Ledger

GRAIN, DEBT = POOL[4], POOL[7]


def withdrawn(ledger: Ledger, number: int) -> dict[str, bool]:
    """Of each report of a dossier whether it is withdrawn."""
    home = ledger.dossier(number)
    assert home is not None
    return {t.carrier.report: t.carrier.withdrawn for t in home.told}


def test_all_that_rests_on_it_is_marked(ledger) -> None:
    ledger.add([give("r1", GRAIN, DEBT), give("r2", GRAIN)], "desk")
    before = ledger.clock.now
    seq = ledger.withdraw("r1", "Аня", "опровержение")
    assert withdrawn(ledger, 1) == {"r1": True, "r2": False}
    assert withdrawn(ledger, 2) == {"r1": True}
    home = ledger.dossier(1)
    assert home is not None
    assert home.origins == ((3,),)  # what was withdrawn proves nothing any more
    assert [event.seq for event in ledger.history([2])][-1] == seq
    then = ledger.dossier(1, ledger.view(known_at=before))
    assert then is not None
    assert [t.carrier.withdrawn for t in then.told] == [False, False]
    folded = state_of(ledger)
    ledger.rebuild()
    assert state_of(ledger) == folded


def test_it_stays_withdrawn_until_another_text_comes(ledger) -> None:
    ledger.add([give("r1", GRAIN, text="первый")], "desk")
    ledger.withdraw("r1", "Аня")
    assert [one.outcome for one in ledger.add([give("r1", GRAIN, text="первый")], "desk")] == ["known"]
    ledger.add([give("r1", GRAIN, text="первый", reader="reader 1")], "desk")
    assert withdrawn(ledger, 1) == {"r1": True}
    ledger.add([give("r1", GRAIN, text="второй")], "desk")
    assert withdrawn(ledger, 1) == {"r1": False}
