"""What people decide holds, can be taken back, and then leaves nothing but its history."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import POOL, Clock, Desk, beginnings, give, judgements, partition_of, plain_record, readings, undoing
from servanda.errors import InputError
from servanda.ledger.ledger import Ledger

operations = st.one_of(readings, judgements, undoing)
GRAIN, COAL, DEBT = POOL[4], POOL[0], POOL[7]


@settings(max_examples=15, deadline=None)
@given(beginnings, st.lists(operations, max_size=5), judgements, st.lists(readings, max_size=2))
def test_a_judgement_and_its_undo_cancel_out(new_ledger, first, before, judgement, beside) -> None:
    """Also where other reports come between."""
    desk, alone = Desk(new_ledger()), Desk(new_ledger())
    desk.ledger.clock = alone.ledger.clock = Clock().start.astimezone  # all happens at one moment
    for operation in [*first, *before]:
        assert desk.do(operation) == alone.do(operation)
    if not desk.do(judgement):
        return
    for _, _, *how in beside if judgement[0] != "add_missed" else ():
        desk.do(("add", "another report", *how))
        alone.do(("add", "another report", *how))
    desk.ledger.undo(desk.decided[-1], "Аня")
    assert list(desk.ledger.all()) == list(alone.ledger.all())


def of(ledger: Ledger, number: int) -> list[int]:
    """The records that stand in one dossier with a record."""
    home = ledger.dossier(number)
    return [t.id for t in home.told] if home else []


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    """1 and 2 tell of one delivery, 3 of a loan."""
    ledger.add([give("r1", GRAIN), give("r2", GRAIN), give("r3", DEBT)], "desk")
    assert partition_of(ledger) == {frozenset({("r1", 0), ("r2", 0)}), frozenset({("r3", 0)})}
    return ledger


def test_what_is_merged_stays_together(told) -> None:
    told.merge([(1, 3)], "Аня")
    assert of(told, 2) == [1, 2, 3]
    told.rebuild()
    assert of(told, 2) == [1, 2, 3]
    told.add([give("r3", dict(DEBT, when="2022"), reader="reader 2")], "desk")
    assert of(told, 2) == [1, 2, 3]
    told.add([give("r3", dict(DEBT, when="2023"), text="исправленный текст")], "desk")
    assert of(told, 2) == [1, 2, 3]


def test_what_is_split_stays_apart(told) -> None:
    told.split([(1, 2)], "Аня")
    assert of(told, 2) == [2]
    told.rebuild()
    told.add([give("r2", dict(GRAIN, when="2021"), reader="reader 2")], "desk")
    told.add([give("r1", dict(GRAIN, when="2021"), text="исправленный текст")], "desk")
    assert of(told, 2) == [2]
    told.add([give("r4", GRAIN)], "desk")
    assert of(told, 1) != of(told, 2)


def test_the_later_word_on_a_pair_counts(told) -> None:
    first = told.split([(1, 2)], "Аня")
    second = told.merge([(2, 1)], "Борис")
    assert of(told, 2) == [1, 2]
    told.split([(1, 2)], "Аня")
    assert of(told, 2) == [2]
    told.undo(second, "Борис")
    told.undo(first, "Аня")
    assert of(told, 2) == [2]


def test_a_merge_lifts_what_was_split_between_the_dossiers(told) -> None:
    told.add([give("r4", GRAIN), give("r5", GRAIN)], "desk")
    assert of(told, 1) == [1, 2, 4, 5]
    told.split([(5, n) for n in (1, 2, 4)], "Аня")
    told.split([(4, 3)], "Аня")
    merge = told.merge([(1, 5)], "Борис")
    assert of(told, 2) == [1, 2, 4, 5]
    told.rebuild()
    assert of(told, 2) == [1, 2, 4, 5]
    told.undo(merge, "Борис")
    assert (of(told, 2), of(told, 5)) == ([1, 2, 4], [5])
    told.merge([(1, 3), (1, 5)], "Борис")  # three dossiers at once
    assert of(told, 2) == [1, 2, 3, 4, 5]
    told.split([(5, n) for n in (1, 2, 3, 4)], "Аня")
    assert (of(told, 2), of(told, 5)) == ([1, 2, 3, 4], [5])


def test_the_later_word_on_a_record_counts(told) -> None:
    told.confirm(1, "Аня")
    reject = told.reject(1, "Борис")
    assert told.dossier(1) is None
    confirm = told.confirm(1, "Аня")
    home = told.dossier(1)
    assert home is not None
    assert home.told[0].review == "confirmed"
    told.undo(confirm, "Аня")
    assert told.dossier(1) is None
    told.undo(reject, "Борис")
    assert of(told, 1) == [1, 2]


def test_a_correction_changes_the_field_and_says_so(told) -> None:
    text = next(one for one in told.latest_reports(["r1"])).text or ""
    at = text.index("зерно")
    told.correct(1, "object", "мука", "Аня", "опечатка", [(at, at + 5)])
    record = told.dossier(1).told[0]
    assert (record.record.object, record.review, record.corrected) == ("мука", "corrected", ("object",))
    assert record.record.evidence["object"][0].of(text) == "зерно"


@pytest.mark.parametrize(
    ("path", "value", "now"),
    [
        ("by/0", "RU", ("RU",)),
        ("by/1", "RU", ("KZ", "RU")),  # one more
        ("amounts/0/number", 700, 700),
        ("amounts", [], ()),
        ("purpose", "помощь", "помощь"),  # a field that was not there
        ("when", None, None),
    ],
)
def test_a_field_or_a_place_in_it_is_corrected(told, path, value, now) -> None:
    told.correct(1, path, value, "Аня")
    record = next(t.record for t in told.dossier(1).told if t.id == 1)
    field = getattr(record, path.split("/")[0])
    assert (field[0].number if path == "amounts/0/number" else field) == now


@pytest.mark.parametrize(
    ("path", "value"),
    [
        *[("", "x"), ("kind", "x"), ("by/-1", "RU"), ("by/7", "RU"), ("by/1_0", "RU"), ("by/x", "RU")],
        *[("when/0", "2021"), ("amounts/0/weight", 1), ("type", "figure"), ("evidence/when", [])],
        *[("confidence", {}), ("by", "RU"), ("by", [""]), ("when", "2021-02-30"), ("act", "steal")],
        *[("amounts/0/number", "семь"), ("amounts/0/number", float("nan")), ("object", "\ud800"), ("purpose", 5)],
        *[("under", 2), ("under", 1), ("under", "I9"), ("part_of", 1), ("part_of", 99), ("part_of", True)],
    ],
)
def test_what_a_field_cannot_be_is_said_with_its_place(told, path, value) -> None:
    before = told.count()
    with pytest.raises(InputError) as caught:
        told.correct(1, path, value, "Аня")
    assert caught.value.place == f"record 1, {path}"
    assert told.count() == before


def test_an_undertaking_is_put_under_an_instrument_by_its_number(ledger) -> None:
    ledger.add([give("r1", GRAIN, COAL, dict(GRAIN, quote="ещё зерно", amounts=[]))], "desk")
    ledger.correct(3, "under", 2, "Аня")
    ledger.correct(3, "part_of", 1, "Аня")
    told = next(t for t in ledger.dossier(3).told if t.id == 3)
    assert (told.under, told.record.under, told.part_of, told.record.part_of) == (2, 1, 1, 0)
    ledger.add([give("r1", COAL, dict(GRAIN, quote="ещё зерно", amounts=[], under=None), reader="reader 2")], "desk")
    told = next(t for t in ledger.dossier(3).told if t.id == 3)
    assert (told.under, told.record.under) == (2, 0)  # the same instrument, at another place of the new reading
    assert (told.part_of, told.record.part_of) == (1, None)


def test_a_missed_record_is_added_to_its_report(told) -> None:
    seq, number = told.add_missed("r3", GRAIN, "Аня", "пропущено")
    assert (of(told, number), told.dossier(number).told[-1].review) == ([1, 2, number], "added")
    told.undo(seq, "Аня")
    assert told.dossier(number) is None
    assert told.add_missed("r3", GRAIN, "Аня")[1] == number + 1  # no number is given twice


@pytest.mark.parametrize(
    "record",
    [{}, [], None, "слова", {"type": "treaty"}, dict(GRAIN, under=0), dict(GRAIN, part_of=0), dict(GRAIN, by=None)],
)
def test_a_missed_record_must_be_one(told, record) -> None:
    with pytest.raises(InputError, match=r"^the record: "):
        told.add_missed("r1", record, "Аня")


def test_what_cannot_be_decided_is_said(told) -> None:
    for ask in (told.confirm, told.reject):
        with pytest.raises(InputError, match=r"^record 99: there is no such record;"):
            ask(99, "Аня")
    told.add([give("r4", COAL)], "desk")
    with pytest.raises(InputError, match=r"^records 1 and 4: undertaking and instrument are never one thing;"):
        told.merge([(1, 4)], "Аня")
    for pairs in ([], [(1, 1)]):
        with pytest.raises(InputError, match=r"^split: needs pairs of two records;"):
            told.split(pairs, "Аня")
    with pytest.raises(InputError, match=r"^entry 1: is no decision;"):
        told.undo(1, "Аня")
    seq = told.confirm(1, "Аня")
    told.undo(seq, "Аня")
    with pytest.raises(InputError, match=rf"^entry {seq}: was undone by entry {seq + 1};"):
        told.undo(seq, "Аня")
    with pytest.raises(InputError, match=r"^r9: is not in the ledger;"):
        told.withdraw("r9", "Аня")
    with pytest.raises(InputError, match=r"^r9: is not in the ledger;"):
        told.add_missed("r9", GRAIN, "Аня")
    for who in ("", "  ", "я" * 201, "\udce0"):
        with pytest.raises(InputError, match=r"^who: is no name;"):
            told.confirm(1, who)


def test_why_is_kept_whatever_it_holds(told) -> None:
    why = 'так "сказано" в тексте:\n\u2028 |\x00\ud800'
    seq = told.confirm(1, "О'Нил", why)
    event = told.history([1])[-1]
    assert (event.seq, event.who, event.body["why"]) == (seq, "О'Нил", why)


def test_a_correction_of_the_instrument_is_known_to_what_rests_on_it(ledger) -> None:
    under = dict(GRAIN, under=0, amounts=[], when=None)
    treaties = [dict(COAL, steps=[{"step": "signed", "date": day, "by": None}]) for day in ("2021-03-02", "2020-01-01")]
    ledger.add([give("r1", treaties[0], under), give("r2", treaties[1], dict(under, quote="передаст муку"))], "desk")
    assert of(ledger, 2) == [2]  # under treaties of different days
    ledger.correct(3, "steps/0/date", "2021-03-02", "Аня")
    assert of(ledger, 2) == [2, 4]
    ledger.rebuild()
    assert of(ledger, 2) == [2, 4]


def test_all_of_a_dossier_is_rejected(told) -> None:
    seqs = [told.reject(n, "Аня") for n in (1, 2)]
    assert [one.id for one in told.all()] == ["U3"]
    told.rebuild()
    assert [one.id for one in told.all()] == ["U3"]
    for seq in seqs:
        told.undo(seq, "Аня")
    assert [one.id for one in told.all()] == ["U1", "U3"]


def test_duplicates_of_one_reading_are_one_thing(ledger) -> None:
    talks = plain_record("meeting", "встреча")
    ledger.add([give("r1", GRAIN, GRAIN, talks, talks)], "desk")
    assert partition_of(ledger) == {frozenset({("r1", 0), ("r1", 1)}), frozenset({("r1", 2), ("r1", 3)})}
    ledger.split([(1, 2)], "Аня")
    assert len(partition_of(ledger)) == 3
