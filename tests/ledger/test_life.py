"""A dossier follows from the set of its records and the day, from nothing else."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.ledger.life import make_dossier
from servanda.model.dossier import Possible, Told, dossier_json
from servanda.model.edtf import first_day
from servanda.model.plain import dossier_from_json
from servanda.model.terms import Act, Certainty, Modality, Progress, Status, StepName

Tell = Callable[..., Told]

days = st.dates(date(2024, 1, 1), date(2024, 6, 30)).map(date.isoformat)
dates = st.none() | days | st.sampled_from(["2024", "2024-02", "../2024-03-31", "2024-02/2024-04", "2024-05/.."])
amounts = st.sampled_from(["500 тонна", "200 тонна", "over 5 USD", "7 USD"])
sources = st.none() | st.sampled_from(["министр A", "пресс-служба B", "источник", "министр иностранных дел A"])
certainty = st.sampled_from([c.value for c in Certainty])


def speaker(words: str) -> str | None:
    return words[-1] if words[-1] in "AB" else None


@st.composite
def tellings(draw: st.DrawFn, sort: str) -> dict[str, Any]:
    """Arguments of one telling."""
    said: dict[str, Any] = {"published": draw(st.none() | days), "certainty": draw(certainty), "source": draw(sources)}
    said |= {"agency": draw(st.sampled_from(["x", "y", None])), "withdrawn": draw(st.booleans())}
    match sort:
        case "instrument":
            steps = draw(st.lists(st.tuples(st.sampled_from([s.value for s in StepName]), dates), max_size=3))
            said["args"] = [f"{step} {day or ''} {draw(st.sampled_from(['', 'A', 'B']))}" for step, day in steps]
        case "undertaking":
            said["args"] = draw(st.lists(amounts, max_size=2))
            said |= {"when": draw(dates), "progress": draw(st.sampled_from([p.value for p in Progress]))}
            said |= {"modality": draw(st.sampled_from([m.value for m in Modality])), "act": Act.GIVE.value}
        case "figure":
            said["args"] = [draw(st.none() | amounts)]
            said |= {"period": draw(dates), "forecast": draw(st.booleans())}
        case "meeting":
            said |= {"args": [], "date": draw(dates), "status": draw(st.sampled_from([s.value for s in Status]))}
    return said


def tell_all(tell: Tell, said: list[dict[str, Any]]) -> list[Told]:
    told = []
    for number, words in enumerate(said, 1):
        fields = {k: v for k, v in words.items() if k not in ("published", "args")}
        told.append(tell(words["published"], *words["args"], id=number, **fields))
    return told


SORTS = st.sampled_from(["instrument", "undertaking", "figure", "meeting"])
cases = SORTS.flatmap(lambda sort: st.tuples(st.just(sort), st.lists(tellings(sort), min_size=1, max_size=6)))


@given(
    case=cases, order=st.randoms(use_true_random=False), as_of=st.none() | st.dates(date(2024, 1, 1), date(2024, 9, 1))
)
@settings(max_examples=200, deadline=None)
def test_the_order_of_records_does_not_matter(
    case: Any, order: Any, as_of: date | None, instrument: Tell, undertaking: Tell, figure: Tell, meeting: Tell
) -> None:
    sort, said = case
    tells = {"instrument": instrument, "undertaking": undertaking, "figure": figure, "meeting": meeting}
    told = tell_all(tells[sort], said)
    mixed = list(told)
    order.shuffle(mixed)
    assert make_dossier("X1", told, as_of=as_of, speaker=speaker) == make_dossier(
        "X1", mixed, as_of=as_of, speaker=speaker
    )


@given(case=cases)
@settings(max_examples=50, deadline=None)
def test_a_dossier_is_read_back_from_its_plain_object(
    case: Any, instrument: Tell, undertaking: Tell, figure: Tell, meeting: Tell
) -> None:
    sort, said = case
    tells = {"instrument": instrument, "undertaking": undertaking, "figure": figure, "meeting": meeting}
    made = make_dossier("X1", tell_all(tells[sort], said), possible=[Possible("X2", 0.5, ("a", "b"))], speaker=speaker)
    assert dossier_from_json(json.loads(json.dumps(dossier_json(made)))) == made


@given(
    said=st.lists(tellings("instrument"), min_size=1, max_size=6), as_of=st.dates(date(2024, 1, 1), date(2024, 9, 1))
)
@settings(max_examples=100, deadline=None)
def test_a_view_never_counts_what_comes_after_its_day(said: Any, as_of: date, instrument: Tell) -> None:
    told = [
        t for t in tell_all(instrument, said) if not t.carrier.published or t.carrier.published <= as_of.isoformat()
    ]
    if not told:
        return
    made = make_dossier("I1", told, as_of=as_of)
    late = {s.step for s in made.steps if s.date and (first_day(s.date) or date.min) > as_of}
    known = {s.step for s in made.steps if not s.to_come}
    assert made.status not in late - known


@given(
    said=st.lists(tellings("undertaking"), min_size=1, max_size=6), as_of=st.dates(date(2024, 1, 1), date(2024, 9, 1))
)
@settings(max_examples=100, deadline=None)
def test_nobody_is_late_before_the_deadline(said: Any, as_of: date, undertaking: Tell) -> None:
    made = make_dossier("U1", tell_all(undertaking, said), as_of=as_of)
    early = make_dossier("U1", tell_all(undertaking, said), as_of=as_of - timedelta(days=300))
    assert early.status != "overdue_no_report" or made.status == "overdue_no_report"


def test_a_withdrawn_report_is_kept_and_nothing_rests_on_it(instrument: Tell) -> None:
    told = [instrument("2024-03-01", "negotiated"), instrument("2024-03-06", "signed 2024-03-05", withdrawn=True)]
    made = make_dossier("I1", told)
    assert (made.status, len(made.told)) == ("negotiated", 2)
    assert make_dossier("I1", told[1:]).status == "signed"


def test_parties_first_and_last_report_and_doubles(undertaking: Tell) -> None:
    told = [
        undertaking("2024-03-02", by=("B",), to=("A", "C"), when="2024-04"),
        undertaking(None, by=("B",), to=("D",)),
    ]
    doubles = [Possible("U3", 0.5, ()), Possible("U2", 0.7, ())]
    made = make_dossier("U1", told, possible=doubles, under="I1")
    assert (made.parties, made.first, made.last, made.under) == (("B", "A", "C", "D"), "2024-03-02", "2024-03-02", "I1")
    assert [p.dossier for p in made.possible] == ["U2", "U3"]


def test_a_meeting_that_was_held_stays_so(meeting: Tell) -> None:
    told = [meeting("2024-03-01", status="planned"), meeting("2024-03-03", status="cancelled")]
    assert make_dossier("M1", told).status == "cancelled"
    both = make_dossier("M1", [*told, meeting("2024-03-04", status="held")])
    assert both.status == "held"


def test_a_dossier_as_a_plain_object(undertaking: Tell) -> None:
    out = dossier_json(make_dossier("U1", [undertaking("2024-03-01", "500 тонна", id=7, quote="даст зерно")]))
    assert out["told"][0]["record"]["quote"] == "даст зерно"
    assert (out["status"], out["progress"][0]["told"], "text" in out["told"][0]["carrier"]) == ("open", [7], False)
