"""Whatever passes the gate is recorded, linked, folded, shown and found without a fault."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import Plain, give, places, plain_record, state_of
from servanda.ledger.given import find_faults
from servanda.ledger.questions import parse_terms
from servanda.ledger.views import FROM_NOW, View, Wanted
from servanda.model.dossier import dossier_json
from servanda.model.terms import Act, Bound, Certainty, Kind, MeetingKind, Metric, Modality, Progress, Status, StepName

_words = st.sampled_from(
    ["", " ", "зерно", "a|b", 'он сказал "да"', "x\ny", "слово " * 500, "\x00", "1", "-", "%", "😀", "Ё", "'; DROP"]
)
_maybe = st.one_of(st.none(), _words)
_names = st.sampled_from(["KZ", "KG", "KZ|KG", "name:A B", "name:", "kz", "ж" * 200, "name:x\ny", "|", "_"])
_parties = st.one_of(st.lists(_names, max_size=4), st.just([f"P{n}" for n in range(30)]))
_days = st.sampled_from(
    ["2021", "0001-01-01", "9999-12-31", "../0001", "9999/..", "2021-01/2021-12", "0001/9999", "2024-02-29", None]
)
_numbers = st.sampled_from([0, -1, 1, 1e29, -1e29, 1e-300, 5, 12.5, 2**60, -0.0])
_amounts = st.fixed_dictionaries({"number": _numbers, "unit": _words, "bound": st.sampled_from(Bound)})
_common = {"quote": _words, "certainty": st.sampled_from(Certainty), "source": _maybe}
_steps = st.fixed_dictionaries({"step": st.sampled_from(StepName), "date": _days, "by": st.one_of(st.none(), _names)})
_changes = st.fixed_dictionaries({"percent": st.one_of(st.none(), _numbers), "times": st.none(), "against": _days})
_people = st.fixed_dictionaries({"name": _maybe, "office": _maybe, "party": st.one_of(st.none(), _names)})


def _record(sort: str, **fields: st.SearchStrategy[object]) -> st.SearchStrategy[Plain]:
    return st.fixed_dictionaries({"type": st.just(sort), **_common, **fields})


records = st.one_of(
    _record(
        "instrument",
        kind=st.sampled_from(Kind),
        parties=_parties,
        subject=_maybe,
        count=st.sampled_from([None, 0, 10**20]),
        steps=st.lists(_steps, max_size=3),
        valid=_days,
    ),
    _record(
        "undertaking",
        modality=st.sampled_from(Modality),
        progress=st.sampled_from(Progress),
        act=st.sampled_from(Act),
        by=_parties,
        to=_parties,
        object=_maybe,
        amounts=st.lists(_amounts, max_size=2),
        terms=st.lists(_words, max_size=2),
        places=st.lists(_words, max_size=2),
        when=_days,
        under=st.none(),
    ),
    _record(
        "figure",
        metric=st.sampled_from(Metric),
        who=_parties,
        period=_days,
        amount=st.one_of(st.none(), _amounts),
        changes=st.lists(_changes, max_size=2),
        forecast=st.booleans(),
    ),
    _record(
        "meeting",
        kind=st.sampled_from(MeetingKind),
        participants=st.lists(_people, max_size=3),
        place=_maybe,
        date=_days,
        status=st.sampled_from(Status),
        topics=st.lists(_words, max_size=2),
    ),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(_days, st.lists(records, max_size=4)), min_size=1, max_size=3))
def test_what_passes_the_gate_can_be_worked_with(new_ledger, reports) -> None:
    ledger = new_ledger()
    given_ones = [give(f"r|{n}\u2028", *some, published=day) for n, (day, some) in enumerate(reports)]
    given_ones = [one for one in given_ones if not list(find_faults({**one.reading, "id": "r"}))]
    ledger.add(given_ones, "desk")
    assert {one.outcome for one in ledger.add(given_ones, "desk")} <= {"known"}
    for number in list(places(ledger))[:2]:
        ledger.confirm(number, "Аня")
    dossiers = [dossier_json(one, with_text=True) for one in ledger.all()]
    assert len(list(ledger.all(View(date(9999, 12, 31))))) == len(dossiers)
    list(ledger.due(last=date(2025, 1, 1)))
    list(ledger.find(Wanted(parties=("KZ", "KG"), since=date(1, 1, 1))))
    list(ledger.search(parse_terms("зерно", ledger.tongue.words), Wanted(), FROM_NOW))
    ledger.pairs()
    before = state_of(ledger)
    ledger.rebuild()
    assert state_of(ledger) == before


def test_all_pairs_of_a_crowd_are_found(ledger) -> None:
    crowd = [f"P{n:03}" for n in range(200)]
    ledger.add([give("r1", plain_record("instrument", "соглашение", parties=crowd))], "desk")
    for pair in (("P000", "P199"), ("P198", "P197"), ("P021", "P020")):
        assert [one.id for one in ledger.find(Wanted(parties=pair))] == ["I1"]


@pytest.mark.parametrize("parties", [["A|B", "A", "B"], ["A", "A"], ["|", "||"]])
def test_parties_whose_names_run_into_each_other(ledger, parties) -> None:
    ledger.add([give("r1", plain_record("figure", "торговля", who=parties, period="2021"))], "desk")
    assert [one.id for one in ledger.find(Wanted(parties=(parties[0],)))] == ["F1"]
    assert all(isinstance(a, str) and isinstance(b, str) for a, b in ledger.pairs())


def test_ids_that_look_like_something_else(ledger) -> None:
    ids = ["U1", "1", "-1", "r 1", 'a"b', "x'y", "..", "%", "я" * 500]
    ledger.add([give(id, plain_record("figure", "торговля", period="2021"), text=None) for id in ids], "desk")
    assert sorted({report for report, _ in places(ledger).values()}) == sorted(ids)
    for id in ids:
        assert [event.kind for event in ledger.history_of_report(id)] == ["report", "reading"]
        ledger.withdraw(id, "Аня")
