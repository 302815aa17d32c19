"""Two people decide at once: what was entered after one of them looked is never decided over."""

import pytest

from desk import give, plain_record
from servanda.errors import Conflict, InputError
from servanda.ledger.ledger import Ledger
from servanda.ledger.schema import judgement


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    """Records 1 (an undertaking) and 2 (a figure) of one report, 3 (an undertaking) of another."""
    ledger.add([give("r1", plain_record("undertaking", "передаст"), plain_record("figure", "вырос"))], "desk")
    ledger.add([give("r2", plain_record("undertaking", "построит", act="build"))], "desk")
    return ledger


def test_a_decision_over_another_enters_nothing_and_says_whose_it_is(told) -> None:
    seen = told.last_seq()
    later = told.correct(1, "object", "зерно", "Борис")
    before = told.last_seq()
    decisions = [
        lambda: told.confirm(1, "Аня", seen=seen),
        lambda: told.reject(1, "Аня", seen=seen),
        lambda: told.correct(1, "object", "мука", "Аня", seen=seen),
        lambda: told.merge([(3, 1)], "Аня", seen=seen),
        lambda: told.split([(1, 3)], "Аня", seen=seen),
        lambda: told.undo(later, "Аня", seen=seen),
        lambda: told.decide("confirm", [2, 1], "Аня", seen=seen),
    ]
    for decide in decisions:
        with pytest.raises(Conflict) as raised:
            decide()
        assert (raised.value.place, raised.value.seq) == ("record 1", later)
        assert raised.value.message.startswith("was corrected by Борис, 2030-01-01")
        assert raised.value.remedy == "look again, then decide"
    assert told.last_seq() == before


def test_who_has_looked_since_may_decide(told) -> None:
    told.correct(1, "object", "зерно", "Борис")
    told.confirm(1, "Аня", seen=told.last_seq())


def test_what_others_decide_of_other_records_stands_in_nobodys_way(told) -> None:
    seen = told.last_seq()
    told.confirm(2, "Борис")
    told.confirm(1, "Аня", seen=seen)
    told.reject(3, "Аня", seen=seen)
    told.add_missed("r1", plain_record("figure", "упал"), "Аня", seen=seen)


@pytest.mark.parametrize("text", ["Текст", "другой текст"])
def test_a_record_that_was_read_again_is_to_be_looked_at_again(told, text) -> None:
    seen = told.last_seq()
    told.add([give("r1", plain_record("figure", "вырос вдвое"), text=text, reader="reader 2")], "desk")
    for number in (1, 2):
        with pytest.raises(Conflict):
            told.confirm(number, "Аня", seen=seen)


@pytest.mark.parametrize("change", ["withdraw", "purge", "add_missed"])
def test_a_missed_record_is_not_added_to_a_report_that_changed(told, change) -> None:
    seen = told.last_seq()
    more = (plain_record("figure", "упал"),) if change == "add_missed" else ()
    getattr(told, change)("r1", *more, "Борис")
    with pytest.raises(Conflict, match="r1: "):
        told.add_missed("r1", plain_record("figure", "упал"), "Аня", seen=seen)


def test_what_was_undone_is_a_later_word_too(told) -> None:
    seq = told.confirm(1, "Борис")
    seen = told.last_seq()
    told.undo(seq, "Борис")
    with pytest.raises(Conflict, match="had a decision taken back by Борис"):
        told.reject(1, "Аня", seen=seen)


@pytest.mark.parametrize("what", ["confirm", "reject"])
def test_of_several_records_all_are_decided_or_none(told, what) -> None:
    before = told.last_seq()
    with pytest.raises(InputError, match="record 999"):
        told.decide(what, [1, 2, 999], "Аня")
    assert told.last_seq() == before
    entries = told.decide(what, [1, 2, 1], "Аня")
    assert entries == [before + 1, before + 2]
    assert told.decide("undo", entries, "Аня", seen=told.last_seq()) == [before + 3, before + 4]
    with told.store.reading() as connection:
        assert [row.undone for row in connection.execute(judgement.select())] == [before + 3, before + 4]
