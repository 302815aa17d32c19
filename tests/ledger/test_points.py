"""Figures by period: revisions kept, conflicts shown, targets beside what was reached."""

from collections.abc import Callable

from servanda.ledger.life import make_dossier
from servanda.ledger.points import find_series
from servanda.ledger.words import rough_words
from servanda.model.dossier import Told
from servanda.model.reading import Change

Tell = Callable[..., Told]


def test_a_later_value_of_the_same_origin_revises_the_first(figure: Tell) -> None:
    made = make_dossier("F1", [figure("2024-02-01", "20 USD", source="A"), figure("2024-05-01", "22 USD", source="A")])
    assert [(p.amount and p.amount.number, p.revised) for p in made.points] == [(20, True), (22, False)]


def test_values_of_different_origins_stand_beside_each_other(figure: Tell) -> None:
    told = [figure("2024-02-01", "20 USD", source="A", id=1), figure("2024-02-02", "22 USD", source="B", id=2)]
    assert [(p.told, p.revised) for p in make_dossier("F1", told).points] == [((1,), False), ((2,), False)]


def test_a_rounded_value_revises_nothing(figure: Tell) -> None:
    told = [figure("2024-02-01", words, source="A") for words in ("680.4 USD", "over 680 USD", "680 USD")]
    assert not any(p.revised for p in make_dossier("F1", told).points)


def test_the_value_and_its_growth_come_together(figure: Tell) -> None:
    growth = Change(5.0, None, "2022")
    told = [figure("2024-02-01", "20 USD", id=1), figure("2024-02-02", changes=(growth,), id=2)]
    [point] = make_dossier("F1", told).points
    assert (point.told, point.changes) == ((1, 2), (growth,))


def test_a_forecast_is_told_apart(figure: Tell) -> None:
    made = make_dossier("F1", [figure("2024-02-01", "20 USD", forecast=True)])
    assert (made.status, made.points[0].forecast) == ("forecast", True)


def test_targets_stand_beside_what_was_reached(figure: Tell, undertaking: Tell) -> None:
    words = "товарооборот стран составил"
    made = [
        make_dossier("F1", [figure("2024-02-01", "20 USD", quote=words)]),
        make_dossier("F2", [figure("2023-02-01", "18 USD", period="2022", quote=words, who=("B", "A"))]),
    ]
    goal = undertaking(
        "2024-03-01", "30 USD", act="raise", by=("B", "A"), to=(), object="товарооборот", when="../2026", id=7
    )
    goals = [
        make_dossier("U3", [goal]),
        make_dossier("U4", [undertaking("2024-03-01", "9 USD", act="raise", object="урожай")]),
    ]
    [series] = find_series(made, goals, rough_words)
    assert [(p.period, p.target) for p in series.points] == [("2022", False), ("2023", False), ("../2026", True)]
    assert (series.dossiers, series.points[-1].told) == (("F1", "F2", "U3"), (7,))


def test_exports_have_a_direction(figure: Tell) -> None:
    made = [
        make_dossier(f"F{n}", [figure("2024-02-01", "5 USD", metric="exports", who=who)])
        for n, who in ((1, ("A", "B")), (2, ("B", "A")))
    ]
    assert [s.who for s in find_series(made, [], rough_words)] == [("A", "B"), ("B", "A")]


def test_one_day_revises_nothing_of_its_own(figure: Tell) -> None:
    told = [figure("2024-02-01", value, report="x", agency=None) for value in ("20 USD", "22 USD")]
    made = make_dossier("F1", told)
    assert ([p.revised for p in made.points], len(made.origins)) == ([False, False], 1)
