"""What keeps a reading from being recorded is said with its place, whatever is given."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import POOL, Plain, give, plain_record
from servanda.ledger.given import find_faults, is_id
from servanda.model.plain import reading_from_json

GRAIN, TALKS, TREATY, TRADE = POOL[4], POOL[12], POOL[0], POOL[9]
STEP, AMOUNT = {"step": "signed", "date": "2021", "by": None}, {"number": 5, "unit": "тонна", "bound": "exactly"}


def reading(*records: Plain, **fields: Any) -> Plain:
    return {"id": "r1", "published": "2021-12-08", "records": list(records), **fields}


def test_what_is_good_has_none() -> None:
    assert list(find_faults(reading(*POOL))) == []
    assert list(find_faults(reading())) == []
    assert list(find_faults({"id": "r", "records": []})) == []
    basis = {"by/0": {"how": "stated", "rule": "x"}}
    grounds = {"evidence": {"by/0": [[0, 5]]}, "basis": basis, "confidence": {"": 0.5}}
    around = {
        "dateline": {"place": "Бишкек", "date": "2021-12-08", "agency": None},
        "undisclosed": ["сумма"],
        "findings": [{"code": "weekday", "message": "не тот день", "spans": [[3, 9]]}],
        "unused": [{"type": "time", "span": [0, 4], "text": "2021", "value": None}],
        "text": "текст",
    }
    assert list(find_faults(reading(dict(GRAIN, **grounds), **around, **grounds))) == []


@pytest.mark.parametrize(
    ("bad", "place"),
    [
        *[([], "is no object"), ("слова", "is no object"), (None, "is no object"), ({}, "id: ")],
        *[(reading(id=id), "id: ") for id in ("", " ", 5, None, "a\nb", "a\tb", "x" * 501, "a\ud800", "a\x00", " a")],
        *[(reading(published=day), "published: ") for day in ("2021-02-30", "вчера", 2021, "2021-13", "٢٠٢١", [])],
        *[(reading(records=some), "records: ") for some in (None, {}, "x", 1)],
        (reading(dateline={"place": None}), "dateline/date: "),
        (reading(dateline="Бишкек"), "dateline: "),
        (reading(undisclosed="сумма"), "undisclosed: "),
        (reading(findings=[{"code": 1}]), "findings/0/code: "),
        (reading(unused=[{"type": "time", "span": [5], "text": "", "value": 0}]), "unused/0/span: "),
        (reading(evidence=[]), "evidence: "),
        (reading(text=5), "text: "),
        (reading(text="\udc00"), "text: "),
        (reading(agency=["a"]), "agency: "),
        (reading(url={}), "url: "),
    ],
)
def test_faults_of_a_reading_name_their_place(bad, place) -> None:
    assert next(iter(find_faults(bad))).startswith(place)


def of(record: Plain, **fields: Any) -> Callable[[], Plain]:
    return lambda: dict(record, **fields)


@pytest.mark.parametrize(
    ("make", "place"),
    [
        *[(lambda bad=bad: bad, "type") for bad in (None, 5, "x", [], {}, {"type": "treaty"}, {"type": ["figure"]})],
        (lambda: {k: v for k, v in GRAIN.items() if k != "by"}, "by"),
        *[(of(GRAIN, act=act), "act") for act in ("steal", None, 5, ["give"], {})],
        *[(of(GRAIN, by=by), "by") for by in (None, "KZ", {"KZ": 1}, ["KZ"] * 201)],
        *[(of(GRAIN, by=["KZ", name]), "by/1") for name in ("", None, 5, "я" * 201, "\ud800")],
        *[(of(GRAIN, when=when), "when") for when in ("2021-02-30", "2022/2021", "", 2021, "../..", "2021-1")],
        (of(GRAIN, object=5), "object"),
        (of(GRAIN, quote=None), "quote"),
        (of(GRAIN, weight=5), "'weight'"),
        (of(TREATY, purpose="x"), "'purpose'"),  # an instrument has none
        *[(of(TRADE, amount=dict(AMOUNT, number=n)), "amount/number") for n in ("5", None, True, float("nan"))],
        *[(of(TRADE, amount=dict(AMOUNT, number=n)), "amount/number") for n in (float("inf"), 10**400, -(10**31))],
        (of(GRAIN, amounts=[dict(AMOUNT, sort="x")]), "amounts/0/'sort'"),
        (of(GRAIN, amounts=[{"number": 5}]), "amounts/0/unit"),
        (of(GRAIN, amounts=AMOUNT), "amounts"),
        (of(GRAIN, amounts=[5]), "amounts/0"),
        (of(TREATY, steps=[dict(STEP, step="wished")]), "steps/0/step"),
        (of(TREATY, steps=[STEP, dict(STEP, date="2021-02-30")]), "steps/1/date"),
        (of(TREATY, steps=[{"step": "signed", "date": None}]), "steps/0/by"),
        *[(of(TREATY, count=n), "count") for n in (-1, 1.5, "1", True, 10**40)],
        (of(TALKS, participants=[{"name": 5, "office": None, "party": None}]), "participants/0/name"),
        (of(TRADE, forecast=1), "forecast"),
        (of(TRADE, changes=[{"percent": "5", "times": None, "against": None}]), "changes/0/percent"),
        *[(of(GRAIN, under=n), "under") for n in (0, -1, 3, 10**30, "1", True, 1.0)],
        (of(GRAIN, under=2), "under"),  # no instrument
        *[(of(GRAIN, part_of=n), "part_of") for n in (0, -1, 3)],
        (of(GRAIN, evidence={"by": [[5, 4]]}), "evidence/by/0"),
        (of(GRAIN, evidence={"by": [[-1, 4]]}), "evidence/by/0"),
        (of(GRAIN, evidence={"by": [0, 4]}), "evidence/by/0"),
        (of(GRAIN, evidence={"кто": [[0, 4]]}), "evidence"),
        (of(GRAIN, basis={"by": "stated"}), "basis/by"),
        (of(GRAIN, basis={"by": {"how": "guessed", "rule": ""}}), "basis/by/how"),
        (of(GRAIN, confidence={"by": "sure"}), "confidence/by"),
        (of(GRAIN, confidence=None), "confidence"),
    ],
)
def test_faults_of_a_record_name_their_place(make, place) -> None:
    assert next(iter(find_faults(reading(make(), TREATY, TALKS)))).startswith(f"records/0/{place}: ")


def test_a_fault_is_short_however_long_the_value() -> None:
    for value in ("слово " * 10_000, [1] * 10_000, 10**300, {"k" * 999: "v" * 999}):
        for field in ("when", "act", "by", "amounts", value if isinstance(value, str) else "type"):
            assert all(len(fault) < 400 for fault in find_faults(reading(dict(GRAIN, **{field: value}))))


_keys = st.sampled_from(["id", "records", "type", "quote", "by", "amounts", "number", "steps", "under", "evidence"])
_known = st.sampled_from(["figure", "give", "2021"])
_leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), _known)
anything = st.recursive(
    _leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys | st.text(max_size=3), inner, max_size=5)
)
_fields = sorted({key for record in POOL for key in record})


@settings(max_examples=150, deadline=None)
@given(anything)
def test_no_json_raises(value) -> None:
    list(find_faults(value))
    list(find_faults(reading(value)))


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(POOL), st.dictionaries(st.sampled_from(_fields), anything, max_size=2), st.data())
def test_what_has_no_fault_can_be_read_and_stored(record, changes, data) -> None:
    bad = reading(dict(record, **changes), TREATY)
    if not list(find_faults(bad)):
        made = reading_from_json(json.loads(json.dumps(bad)))
        assert made.records[0].type == record["type"] or "type" in changes


def test_the_reading_that_a_ledger_keeps_holds_nothing_that_was_beside_it() -> None:
    kept = give("r1", plain_record("figure", "x")).kept()
    assert set(kept) == {"id", "published", "records"}
    one = give("r1")
    one.reading["text"] = "весь текст"  # type: ignore[index]
    assert "text" not in one.kept()


@pytest.mark.parametrize("id", ["U345", "r|1", "агентство/2021-12-08/1", 'a"b', "a'; --", "x" * 500, "😀", "…"])
def test_ids_may_hold_any_printable_sign(id) -> None:
    assert is_id(id)
