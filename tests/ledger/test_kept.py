"""What a ledger keeps of one report."""

import pytest

from desk import POOL, Clock, give, plain_record
from servanda.ledger.ledger import Ledger
from servanda.ledger.words import PLAIN


@pytest.fixture
def ledger(tmp_path):
    made = Ledger.open(tmp_path / "ledger.db", PLAIN, create=True, clock=Clock())
    yield made
    made.close()


def test_records_stand_in_the_order_of_the_text_with_their_dossiers(ledger):
    late = plain_record("undertaking", "передаст муку") | {"evidence": {"quote": [[40, 53]]}}
    early = plain_record("meeting", "встретились") | {"evidence": {"quote": [[0, 11]]}}
    ledger.add([give("r", late, early, text="встретились" + " " * 29 + "передаст муку")], "desk")
    kept = ledger.kept("r")
    assert [t.record.type for t in kept.told] == ["meeting", "undertaking"]
    assert set(kept.homes) == {t.id for t in kept.told}
    assert kept.carrier.text.startswith("встретились")
    assert kept.is_newest


def test_a_rejected_record_stays_in_its_place_without_a_dossier(ledger):
    ledger.add([give("r", POOL[4], POOL[9])], "desk")
    number = ledger.kept("r").told[0].id
    seq = ledger.reject(number, "anna", "no")
    kept = ledger.kept("r")
    assert (kept.rejected, number in kept.homes, len(kept.told)) == ({number}, False, 2)
    assert [(e.seq, e.kind, e.records) for e in kept.decided] == [(seq, "reject", (number,))]
    ledger.undo(seq, "anna")
    assert ledger.kept("r").rejected == frozenset()


def test_an_older_version_shows_what_was_read_of_it(ledger):
    ledger.add([give("r", POOL[4], text="первый")], "desk")
    ledger.add([give("r", POOL[9], text="второй")], "desk")
    old, new = ledger.kept("r", 1), ledger.kept("r")
    assert (old.carrier.text, old.told[0].record.type, old.is_newest) == ("первый", "undertaking", False)
    assert (new.carrier.text, new.told[0].record.type, [v.version for v in new.versions]) == (
        "второй",
        "figure",
        [2, 1],
    )
    assert ledger.kept("r", 3) is None
    assert ledger.kept("none") is None


def test_the_other_reports_of_a_dossier_are_counted_and_the_newest_named(ledger):
    for day in range(1, 10):
        ledger.add([give(f"r{day}", POOL[4], published=f"2021-12-0{day}")], "desk")
    kept = ledger.kept("r1")
    (others,) = kept.others.values()
    assert others.count == 8
    assert [one.report for one in others.newest] == ["r9", "r8", "r7", "r6", "r5", "r4"]
