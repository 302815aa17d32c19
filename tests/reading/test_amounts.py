"""Amounts drawn into lines of news, the gold expressions, rates, and what any text must keep."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.lang import load
from servanda.model.spans import Span
from servanda.reading.amounts import find_amounts
from servanda.reading.document import AmountMention
from servanda.reading.named import look_up
from servanda.world.tables import Tables

ROOT = Path(__file__).parents[2]
CASES = [
    line
    for line in (ROOT / "tests/cases/amounts_ru.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
GOLD = ROOT.parent / "shared/gold/amounts.tsv"
DRAWN = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")
BOUNDS = {"exactly", "about", "over", "under"}


def amounts(text: str) -> list[AmountMention]:
    """The amounts of a text of one block."""
    language = load("ru")
    spans = [(span, 0) for span in language.split(text, Span(0, len(text)))]
    tables = Tables.default()
    return find_amounts(text, look_up(text, language.analyse(text, spans), tables), tables)


def drawn(text: str, mentions: list[AmountMention]) -> str:
    """The text with the amounts found drawn in as the cases have them."""
    for m in reversed(mentions):
        number = f"{m.number}..{m.high}" if m.high is not None else str(m.number)
        value = " ".join([number, m.unit, *([m.bound] if m.bound != "exactly" else [])])
        text = f"{text[: m.start]}[{text[m.start : m.end]}|{value}]{text[m.end :]}"
    return text


@pytest.mark.parametrize("case", CASES)
def test_amounts_are_found_as_drawn(case: str) -> None:
    text = DRAWN.sub(r"\1", case)
    assert drawn(text, amounts(text)) == case


def gold_rows() -> list[list[str]]:
    if not GOLD.exists():
        return []
    return [row for line in GOLD.read_text("utf-8").splitlines() if (row := line.split("\t"))[0] == "ru"]


@pytest.mark.skipif(not GOLD.exists(), reason="no gold beside the project: ../shared/gold/amounts.tsv")
@pytest.mark.parametrize("row", gold_rows(), ids=lambda row: row[1])
def test_gold_expressions(row: list[str]) -> None:
    _, _, sentence, number, unit, bound = row
    mention = amounts(sentence)[0]
    low, _, high = number.partition("..")
    assert (mention.number, mention.unit) == (float(low), unit)
    assert mention.high == (float(high) if high else None)
    assert mention.bound == (bound if not high else "over")


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("Газ идет по 7 млн куб. м в сутки.", "в сутки"),
        ("Завод даст 2 млн тонн карбамида в год.", "в год"),
        ("Цена составит 280 долларов за тысячу кубометров.", "за тысячу кубометров"),
        ("Кредит выдан под 2% годовых.", "годовых"),
        ("Закупят 400 тонн мяса ежегодно.", "ежегодно"),
        ("Закупят 400 тонн мяса.", None),
        ("Закупят 400 тонн мяса в этом году.", None),
    ],
)
def test_rate_is_told_apart(text: str, rate: str | None) -> None:
    (mention,) = amounts(text)
    assert (mention.rate.of(text) if mention.rate else None) == rate


def test_verb_that_carries_the_bound_is_evidence() -> None:
    text = "Оборот превысил в прошлом году $680 млн."
    (mention,) = amounts(text)
    assert mention.bound_span is not None
    assert mention.bound_span.of(text) == "превысил"
    assert mention.core.of(text) == "$680 млн"


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789 .,-–$€%абвтысмлн№«»:/()\n", max_size=60))
def test_any_text_is_read_in_order_and_within_its_bounds(text: str) -> None:
    found = amounts(text)
    assert all(0 <= m.start <= m.core.start < m.core.end <= m.end <= len(text) for m in found)
    assert all(m.bound in BOUNDS and m.unit for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
