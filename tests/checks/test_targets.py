"""Goals beside the figures that they are about."""

from typing import Any

import pytest

from servanda.checks import check_report, check_together

GOAL = "Стороны намерены довести товарооборот до $1 млрд"


def usd(number: float, bound: str = "exactly") -> dict[str, Any]:
    return {"number": number, "unit": "USD", "bound": bound}


@pytest.fixture
def goal(tell: Any) -> Any:
    parties = {"by": ["XA", "XB"], "to": []}
    return tell(
        "undertaking", GOAL, act="raise", modality="intention", object="товарооборот", **parties, amounts=[usd(1e9)]
    )


def trade(tell: Any, number: float, period: str, **values: Any) -> Any:
    return tell("figure", f"Торговля – ${number / 1e6:.0f} млн", period=period, amount=usd(number), **values)


@pytest.mark.parametrize(
    ("number", "period", "message"),
    [
        (
            600e6,
            "2023-01/2023-09",
            "the goal of $1 billion is about 25.0% above the yearly level of $800 million "
            "($600 million / 9 × 12 = $800 million; $1 billion / $800 million = 1.250)",
        ),
        (
            800e6,
            "2023",
            "the goal of $1 billion is about 25.0% above the yearly level of $800 million "
            "($1 billion / $800 million = 1.250)",
        ),
        (
            200e6,
            "2023",
            "the goal of $1 billion is 5.0 times the yearly level of $200 million ($1 billion / $200 million = 5.000)",
        ),
    ],
)
def test_how_far_a_goal_is(tell: Any, goal: Any, number: float, period: str, message: str) -> None:
    (found,) = check_report([goal, trade(tell, number, period)])
    assert (found.code, found.level) == ("target_distance", "note")
    assert found.message.replace("\u00a0", " ") == message


def test_the_last_figure_counts(tell: Any, goal: Any) -> None:
    (found,) = check_report([goal, trade(tell, 800e6, "2023"), trade(tell, 500e6, "2022")])
    assert "25.0%" in found.message


def test_a_goal_that_was_reached_before(tell: Any, goal: Any) -> None:
    actual = trade(tell, 1.2e9, "2023")
    (found,) = check_report([goal, actual])
    assert (found.code, found.level) == ("target_exceeded", "doubt")
    elsewhere = trade(tell, 1.2e9, "2023", report="b")
    (found,) = check_together([goal, elsewhere], {goal.id: f"U{goal.id}", elsewhere.id: f"F{elsewhere.id}"})
    assert found.code == "target_exceeded"
    assert found.dossiers == (f"U{goal.id}", f"F{elsewhere.id}")


@pytest.mark.parametrize(
    "values",
    [
        {"period": "2024"},  # reached after it was set
        {"period": "2023", "who": ["XA", "XC"]},
        {"period": "2023", "metric": "investment"},
        {"period": "2023", "forecast": True},
        {"period": "2023", "certainty": "denied"},
    ],
)
def test_figures_that_say_nothing_of_the_goal(tell: Any, goal: Any, values: Any) -> None:
    assert not list(check_report([goal, trade(tell, 1.2e9, **values)]))


def test_a_goal_in_per_cent_or_of_no_metric(tell: Any) -> None:
    parties = {"act": "raise", "by": ["XA", "XB"], "to": []}
    share = [{"number": 20, "unit": "%", "bound": "exactly"}]
    told = [
        tell("undertaking", "довести торговлю до 20%", object="торговлю", amounts=share, **parties),
        tell("undertaking", "довести до $1 млрд", amounts=[usd(1e9)], **parties),
        trade(tell, 1.2e9, "2023"),
    ]
    assert not list(check_report(told))
