"""A sum counts a thing once, and lists what it counted."""

from collections.abc import Callable
from typing import Any

from servanda.ledger.life import make_dossier
from servanda.ledger.totals import find_totals
from servanda.model.dossier import Dossier, Possible, Told

Tell = Callable[..., Told]


def sums(*dossiers: Dossier, **options: Any) -> list[tuple[Any, ...]]:
    return [(s.stage, s.unit, s.low, s.high, s.counted) for s in find_totals(dossiers, **options).sums]


def left(*dossiers: Dossier) -> list[tuple[str, str, str | None]]:
    return [(o.dossier, o.why, o.of) for o in find_totals(dossiers).left_out]


def test_units_and_acts_are_not_added(undertaking: Tell) -> None:
    made = [
        make_dossier("U1", [undertaking("2024-03-01", "5 USD", "500 тонна")]),
        make_dossier("U2", [undertaking("2024-03-01", "7 USD")]),
        make_dossier("U3", [undertaking("2024-03-01", "9 USD", act="lend")]),
    ]
    assert sums(*made) == [
        ("pledged", "USD", 12, 12, ("U1", "U2")),
        ("pledged", "тонна", 500, 500, ("U1",)),
        ("pledged", "USD", 9, 9, ("U3",)),
    ]


def test_a_thing_of_many_reports_counts_once_between_what_they_say(undertaking: Tell) -> None:
    told = [undertaking("2024-03-01", "5 USD"), undertaking("2024-03-02", "5 USD"), undertaking("2024-03-03", "6 USD")]
    assert sums(make_dossier("U1", told)) == [("pledged", "USD", 5, 6, ("U1",))]


def test_one_number_in_other_words_counts_once(undertaking: Tell) -> None:
    told = [undertaking("2024-03-01", "40 машина", "5 USD"), undertaking("2024-03-02", "40 единица", "5 EUR")]
    assert [s[1] for s in sums(make_dossier("U1", told))] == ["EUR", "USD", "машина"]


def test_bounds_and_ranges(undertaking: Tell) -> None:
    ranged = make_dossier("U1", [undertaking("2024-03-01", "over 80 USD", "under 82 USD")])
    assert sums(ranged) == [("pledged", "USD", 80, 82, ("U1",))]
    most = make_dossier("U2", [undertaking("2024-03-01", "under 10 USD")])
    assert sums(ranged, most)[0][2:4] == (80, 92)
    least = make_dossier("U3", [undertaking("2024-03-01", "over 1 USD")])
    assert sums(ranged, least)[0][2:4] == (81, None)


def test_stages_stand_apart(undertaking: Tell, instrument: Tell) -> None:
    signed = make_dossier("I1", [instrument("2024-03-01", "signed 2024-03-01")])
    wanted = make_dossier("U2", [undertaking("2024-03-01", "1 USD", modality="intention")])
    pledged = make_dossier("U3", [undertaking("2024-03-01", "2 USD")])
    bound = make_dossier("U4", [undertaking("2024-03-01", "4 USD")], under="I1")
    part = [undertaking("2024-03-01", "8 USD"), undertaking("2024-04-01", "3 USD", progress="fulfilled")]
    assert sums(signed, wanted, pledged, bound, make_dossier("U5", part)) == [
        ("intended", "USD", 1, 1, ("U2",)),
        ("pledged", "USD", 10, 10, ("U3", "U5")),
        ("signed", "USD", 4, 4, ("U4",)),
        ("delivered", "USD", 3, 3, ("U5",)),
    ]


def test_what_was_done_without_a_promise_is_delivered_alone(undertaking: Tell) -> None:
    did = make_dossier("U1", [undertaking("2024-03-01", "8 USD", progress="fulfilled")])
    assert sums(did) == [("delivered", "USD", 8, 8, ("U1",))]


def test_a_part_is_in_its_whole(undertaking: Tell) -> None:
    whole = make_dossier("U1", [undertaking("2024-03-01", "8 USD", id=51)])
    part = make_dossier("U2", [undertaking("2024-03-01", "3 USD", id=52, part_of_record=51)])
    assert (sums(whole, part), left(whole, part)) == ([("pledged", "USD", 8, 8, ("U1",))], [("U2", "part", "U1")])
    assert sums(part) == [("pledged", "USD", 3, 3, ("U2",))]


def test_amounts_that_make_up_another_under_one_instrument_are_its_parts(undertaking: Tell) -> None:
    made = [make_dossier(f"U{n}", [undertaking("2024-03-01", f"{n} USD")], under="I9") for n in (5, 2, 3)]
    assert (sums(*made)[0][2:], [o[0] for o in left(*made)]) == ((5, 5, ("U5",)), ["U2", "U3"])


def test_of_possible_doubles_one_is_sure(undertaking: Tell) -> None:
    a = make_dossier("U1", [undertaking("2024-03-01", "5 USD")], possible=[Possible("U2", 0.5, ())])
    b = make_dossier("U2", [undertaking("2024-03-01", "7 USD")])
    [found] = find_totals([a, b]).sums
    assert (found.low, found.high, found.counted, found.doubtful) == (7, 12, ("U2",), ("U1",))


def test_sides_stand_apart_or_together(undertaking: Tell) -> None:
    made = [
        make_dossier("U1", [undertaking("2024-03-01", "5 USD")]),
        make_dossier("U2", [undertaking("2024-03-01", "7 USD", by=("C",))]),
    ]
    assert [s[2] for s in sums(*made)] == [5, 7]
    assert [s[2] for s in sums(*made, sides=False)] == [12]


def test_what_is_left_out_and_why(undertaking: Tell, figure: Tell) -> None:
    made = [
        make_dossier("F1", [figure("2024-03-01", "5 USD")]),
        make_dossier("U2", [undertaking("2024-03-01", "5 USD", act="raise")]),
        make_dossier("U3", [undertaking("2024-03-01", "5 %")]),
        make_dossier("U4", [undertaking("2024-03-01", "5 USD", certainty="denied")]),
        make_dossier("U5", [undertaking("2024-03-01", "5 USD", progress="cancelled")]),
        make_dossier("U6", [undertaking("2024-03-01", "5 USD", certainty="possible")]),
        make_dossier("U7", [undertaking("2024-03-01", "5 USD", modality="prohibition")]),
    ]
    why = ["not_added", "not_added", "no_amount", "denied", "cancelled", "possible", "not_added"]
    assert ([o[1] for o in left(*made)], sums(*made)) == (why, [])
