"""Findings as a terminal shows them."""

from servanda.model.dossier import Cited, Discrepancy
from servanda.model.spans import Span
from servanda.render.findings import render_findings
from servanda.render.text import Paper

PLAIN = Paper("en", 60, False)

NOTE = Discrepancy(
    "implied_base", "note", "2022: about $300 million, computed", ("F7",), (), "2022 год: 300 млн, вычислено"
)
ERROR = Discrepancy(
    "scale",
    "error",
    "10,080 tonnes as a part of 169 tonnes",
    ("U1", "U2"),
    (
        Cited(1, "report-a", "10\u00a0080 тонн\nводы", (Span(40, 54),)),
        Cited(2, "report-a", "10\u00a0080 тонн\nводы", (Span(40, 54),)),
    ),
    "10 080 тонн как часть от 169 тонн",
)


def test_the_gravest_comes_first() -> None:
    assert render_findings([NOTE, ERROR], PLAIN).splitlines() == [
        "Cannot be · U1 · U2 [scale]",
        "    10,080 tonnes as a part of 169 tonnes",
        "    report-a: «10 080 тонн воды» (40-54)",
        "",
        "Follows · F7 [implied_base]",
        "    2022: about $300 million, computed",
    ]


def test_in_russian() -> None:
    assert "10 080 тонн как часть от 169 тонн" in render_findings([ERROR], Paper("ru", 60, False))


def test_lines_are_broken_to_the_width() -> None:
    lines = render_findings([ERROR], Paper("en", 24, False)).splitlines()
    assert max(map(len, lines)) <= 24


def test_no_finding_no_line() -> None:
    assert render_findings([], PLAIN) == ""


def test_colours_where_they_are_wanted() -> None:
    assert "\x1b[1;31mCannot be\x1b[0m" in render_findings([ERROR], Paper("en", 60, True))


def test_dossiers_stand_with_their_titles() -> None:
    assert render_findings([NOTE], PLAIN, {"F7": "Trade"}.__getitem__).startswith("Follows · F7 Trade [implied_base]")
