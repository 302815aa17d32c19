"""Noun phrases -> the nominative."""

from pathlib import Path

import pytest

from servanda.lang import load
from servanda.model.spans import Span

_LINES = (Path(__file__).parents[1] / "cases" / "names.txt").read_text("utf-8").splitlines()
CASES = [line.split(" => ") for line in _LINES if line and not line.startswith("#")]


@pytest.mark.parametrize(("drawn", "expected"), CASES)
def test_phrases_are_put_into_the_nominative(drawn: str, expected: str) -> None:
    start, end = drawn.index("["), drawn.index("]") - 1
    text = drawn.replace("[", "").replace("]", "")
    (sentence,) = load("ru").analyse(text, [(Span(0, len(text)), 0)])
    tokens = [t for t in sentence.tokens if start <= t.start and t.end <= end]
    assert load("ru").nominative(tokens) == expected


def test_no_words_give_no_name() -> None:
    assert load("ru").nominative([]) == ""
