"""The table of checks, and what is carried over from a reading."""

import re
from pathlib import Path
from typing import Any

from servanda.checks import ALL, carry_findings, check_dossier, check_report, check_together
from servanda.model.reading import Finding
from servanda.model.spans import Span

DOCS = Path(__file__).parents[2] / "docs/CHECKS.md"


def test_the_docs_have_every_check_and_its_line() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert re.findall(r"^### `(\w+)`: (.+)$", text, re.M) == [(c.code, c.finds) for c in ALL]


def test_codes_are_told_once() -> None:
    assert len({c.code for c in ALL}) == len(ALL)


def test_a_clash_of_weekday_is_carried_over() -> None:
    text = "В среду, 9 декабря, он прибыл."
    finding = Finding("weekday_clash", "2021-12-09 is not «среду» but «четверг»", (Span(2, 18),))
    (found,) = carry_findings("a", [finding, Finding("unknown_verb", "a verb")], text)
    assert (found.code, found.message) == ("weekday_clash", finding.message)
    assert found.message_ru == "день недели не сходится с датой: «среду, 9 декабря»"
    assert (found.cited[0].words, found.cited[0].report) == ("среду, 9 декабря", "a")


def test_nothing_gives_nothing(tell: Any, hold: Any) -> None:
    empty = [tell(kind, "слова") for kind in ("instrument", "undertaking", "figure", "meeting")]
    assert not list(check_report([])) + list(check_together([]))
    assert not list(check_report(empty)) + list(check_together(empty))
    assert not [f for t in empty for f in check_dossier(hold(t))]
