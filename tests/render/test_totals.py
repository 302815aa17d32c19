"""Sums and series are printed with what they rest on."""

from typing import Any, get_args

import pytest

from servanda.model.dossier import Point
from servanda.model.reading import Amount, Change
from servanda.model.totals import LeftOut, Series, Stage, Sum, Totals, WhyLeft
from servanda.render.text import Paper
from servanda.render.totals import render_totals
from servanda.render.words import LANGUAGES, labels

EN, RU = Paper("en", 80, False), Paper("ru", 80, False)


def said(page: str) -> list[str]:
    return page.replace("\u00a0", " ").splitlines()


def made(**fields: Any) -> Sum:
    return Sum(
        **{"stage": "pledged", "act": "give", "unit": "USD", "by": ("A",), "to": ("B",), "counted": ("U1",), **fields}
    )


def test_a_sum_shows_its_bounds_and_its_dossiers() -> None:
    totals = Totals(
        (
            made(low=5, high=5),
            made(low=5, high=7, doubtful=("U2",)),
            made(low=5, high=None),
            made(low=0, high=7, by=(), to=()),
        ),
        (LeftOut("U4", "part", "U1"), LeftOut("U5", "denied")),
    )
    assert said(render_totals(totals, EN, str)) == [
        "Sums, never to be added to each other",
        "  pledged · give · A → B · $5 · U1",
        "  pledged · give · A → B · $5 to $7 · U1 (in the upper bound only, perhaps the",
        "    same: U2)",
        "  pledged · give · A → B · at least $5 · U1",
        "  pledged · give · up to $7 · U1",
        "",
        "Left out",
        "  denied: U5",
        "  part of what is counted: U4 (U1)",
    ]


def test_a_series_shows_targets_beside_what_was_reached() -> None:
    points = (
        Point("2022", Amount(20e6, "USD"), None, (1,), revised=True),
        Point("2023", Amount(22e6, "USD"), None, (2,), changes=(Change(10, None, None),)),
        Point("../2026", Amount(30e6, "USD"), None, (3,), target=True),
        Point(None, None, None, (4,), forecast=True),
    )
    series = Series("trade", ("A", "B"), "USD", points, ("F1", "U3"))
    totals = Totals((), (LeftOut("U5", "denied"),))
    _, _, *lines = said(render_totals(totals, RU, str, [series]))
    assert lines == [
        "Торговля: A и B · F1, U3",
        "  2022 год              20 млн долл. (позже исправлено)",
        "  2023 год              22 млн долл., рост на 10%",
        "  не позднее 2026 года  30 млн долл. (цель)",
        "  без периода           без значения (прогноз)",
        "",
        "Не учтено",
        "  опровергается: U5",
    ]


@pytest.mark.parametrize("ui", LANGUAGES)
def test_there_are_words_for_all_stages_and_reasons(ui: str) -> None:
    wanted = [f"stage/{s}" for s in get_args(Stage)] + [f"left/{w}" for w in get_args(WhyLeft)]
    assert [key for key in wanted if not labels(ui).get(key)] == []
