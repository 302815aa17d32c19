"""A report read again, corrected or added to: numbers go on, decisions stay, and what changed is told."""

import pytest

from desk import POOL, give, plain_record
from servanda.ledger.ledger import Changed, Ledger
from servanda.model.dossier import Told

COAL, GRAIN, DEBT, TRADE = POOL[0], POOL[4], POOL[7], POOL[9]
TALKS = plain_record("meeting", "провели встречу в Бишкеке")


def read(ledger: Ledger, reader: str, *records: dict[str, object], text: str = "текст") -> list[Changed]:
    return ledger.reread(give("r1", *records, reader=reader, text=text), "reader")


def what(changes: list[Changed]) -> list[tuple[str, int]]:
    return [(one.what, one.record) for one in changes]


def told(ledger: Ledger, number: int) -> Told | None:
    home = ledger.dossier(number)
    return next((t for t in home.told if t.id == number), None) if home else None


@pytest.fixture
def once(ledger: Ledger) -> Ledger:
    """1 grain, 2 a debt, 3 trade."""
    assert what(read(ledger, "reader 1", GRAIN, DEBT, TRADE)) == [("new", 1), ("new", 2), ("new", 3)]
    return ledger


def test_what_changed_is_told(once) -> None:
    changes = read(once, "reader 2", TALKS, dict(GRAIN, when="2022", to=["KG"]), DEBT)
    assert what(changes) == [("changed", 1), ("kept", 2), ("gone", 3), ("new", 4)]
    assert (changes[0].fields, changes[3].quote) == (("to", "when"), TALKS["quote"])
    assert told(once, 3) is None
    assert told(once, 1).carrier.reader == "reader 2"


def test_reading_the_same_again_tells_of_no_change(once) -> None:
    before = once.count()
    assert what(read(once, "reader 1", GRAIN, DEBT, TRADE)) == [("kept", 1), ("kept", 2), ("kept", 3)]
    assert once.count() == before


def test_numbers_go_on_whatever_the_order_and_after_a_gap(once) -> None:
    read(once, "reader 2", TRADE, GRAIN)
    read(once, "reader 3", DEBT, TRADE, GRAIN)
    assert [told(once, n).record.quote for n in (1, 2, 3)] == [one["quote"] for one in (GRAIN, DEBT, TRADE)]


def test_a_number_stands_for_one_record_for_ever(once) -> None:
    read(once, "reader 2", GRAIN)
    read(once, "reader 3", GRAIN, TALKS)
    assert told(once, 4).record.quote == TALKS["quote"]  # 2 and 3 are not given again
    once.rebuild()
    read(once, "reader 4", GRAIN, TALKS, COAL)
    assert told(once, 5).record.quote == COAL["quote"]


def test_what_people_said_survives(once) -> None:
    once.confirm(1, "Аня")
    once.correct(2, "object", "заём", "Аня")
    once.reject(3, "Аня")
    _, added = once.add_missed("r1", TALKS, "Аня")
    changes = read(once, "reader 2", COAL)  # it misses them all
    assert what(changes) == [("kept", 1), ("kept", 2), ("kept", 3), ("kept", added), ("new", added + 1)]
    assert [told(once, n).review for n in (1, 2, added)] == ["confirmed", "corrected", "added"]
    assert told(once, 3) is None
    changes = read(once, "reader 3", TRADE, TALKS, dict(DEBT, when="2022"), GRAIN)  # it finds them all
    assert what(changes) == [("kept", 1), ("changed", 2), ("kept", 3), ("kept", added), ("gone", added + 1)]
    assert told(once, 2).record.object == "заём"
    assert told(once, 3) is None  # still rejected
    assert len(list(once.all())) == 3


def test_a_decision_taken_back_leaves_what_the_last_reader_read(once) -> None:
    seqs = [once.confirm(1, "Аня"), once.correct(2, "object", "заём", "Аня"), once.reject(3, "Аня")]
    seqs.append(once.add_missed("r1", TALKS, "Аня")[0])
    read(once, "reader 2", COAL)
    for seq in seqs:
        once.undo(seq, "Аня")
    assert [t.record.quote for one in once.all() for t in one.told] == [COAL["quote"]]


def test_a_correction_without_its_place_is_passed_over(once) -> None:
    once.correct(1, "amounts/0/number", 700, "Аня")
    read(once, "reader 2", dict(GRAIN, amounts=[]))
    assert (told(once, 1).record.amounts, told(once, 1).corrected) == ((), ())
    read(once, "reader 3", GRAIN)
    assert (told(once, 1).record.amounts[0].number, told(once, 1).corrected) == (700, ("amounts/0/number",))


def test_a_corrected_report_is_a_new_version(once) -> None:
    once.add([give("r1", dict(GRAIN, when="2023"), DEBT, text="исправленный текст", published="2021-12-09")], "desk")
    assert [told(once, n).carrier.version for n in (1, 2)] == [2, 2]
    assert told(once, 1).carrier.published == "2021-12-09"
    assert told(once, 3) is None
    kept = next(iter(once.latest_reports(["r1"])))
    assert (kept.version, kept.text) == (2, "исправленный текст")


@pytest.mark.parametrize("change", [{"published": "2021-12-09"}, {"url": "https://a.example"}, {"agency": "агентство"}])
def test_a_report_told_otherwise_is_a_new_version_once(once, change) -> None:
    right = give("r1", GRAIN, DEBT, TRADE, text="текст", reader="reader 1", **change)
    wrong = give("r1", GRAIN, DEBT, TRADE, text="текст", reader="reader 1")
    assert [one.outcome for one in once.add([right, wrong, right], "desk")] == ["version", "known", "known"]
    silent = give("r1", GRAIN, DEBT, TRADE, text="текст", reader="reader 1", published=None)
    assert once.add([silent], "desk")[0].outcome == "reread"  # what is not said is not changed
    assert told(once, 1).carrier.version == 2


def test_versions_that_come_again_add_nothing(ledger) -> None:
    given = [give("r1", GRAIN, text="первый"), give("r1", dict(GRAIN, when="2022"), text="второй")]
    assert [one.outcome for one in ledger.add(given, "desk")] == ["recorded", "version"]
    assert [one.outcome for one in ledger.add(given, "desk")] == ["known", "known"]


def test_two_readers_that_take_turns_add_nothing_new(ledger) -> None:
    given = [give("r1", GRAIN, reader="reader 1", text=None), give("r1", DEBT, reader="reader 2", text=None)]
    assert [one.outcome for one in ledger.add(given, "desk")] == ["recorded", "reread"]
    assert [one.outcome for one in ledger.add(given, "desk")] == ["known", "known"]


def test_ids_lead_to_the_dossier_that_holds_their_record(ledger) -> None:
    ledger.add([give("r1", GRAIN), give("r2", DEBT), give("r3", DEBT)], "desk")
    assert [one.id for one in ledger.all()] == ["U1", "U2"]
    ledger.merge([(1, 2)], "Аня")
    assert ledger.dossier(2).id == ledger.dossier(3).id == "U1"
    split = ledger.split([(1, 2), (1, 3)], "Аня")
    assert (ledger.dossier(1).id, ledger.dossier(3).id) == ("U1", "U2")
    ledger.undo(split, "Аня")
    ledger.rebuild()
    assert ledger.dossier(3).id == "U1"
    ledger.reject(1, "Аня")
    assert (ledger.dossier(1), ledger.dossier(3).id) == (None, "U2")


def test_what_is_to_be_read_again(ledger) -> None:
    ledger.add([give(f"r{n}", GRAIN, reader="reader 1") for n in range(4)], "desk")
    ledger.add([give("r4", GRAIN)], "desk")  # read by people
    ledger.withdraw("r1", "Аня")
    ledger.purge("r2", "Аня")
    assert [one.report for one in ledger.latest_reports(not_read_by="reader 2")] == ["r0", "r3"]
    assert [one.report for one in ledger.latest_reports(not_read_by="reader 1")] == []
    assert [one.report for one in ledger.latest_reports(["r4", "r2"])] == ["r2", "r4"]


def test_what_adding_would_do_is_told_before(ledger):
    first, other = give("a", text="Один."), give("a", text="Другой.")
    for one in (first, first, other, first):
        foreseen = ledger.foresee(one)
        assert ledger.add([one], "desk")[0].outcome == foreseen
