"""A block of text -> its sentences."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.lang import load
from servanda.model.spans import Span

_LINES = (Path(__file__).parents[1] / "cases" / "sentences.txt").read_text("utf-8").splitlines()
CASES = [line for line in _LINES if line and not line.startswith("#")]


def split(text: str) -> list[str]:
    return [span.of(text) for span in load("ru").split(text, Span(0, len(text)))]


@pytest.mark.parametrize("drawn", CASES)
def test_sentences_end_where_drawn(drawn: str) -> None:
    assert split(drawn.replace("|", "")) == [part.strip() for part in drawn.split("|")]


def test_a_newline_always_ends_a_sentence() -> None:
    assert split("Стороны подписали\nдоговор\r\n\r\nо торговле") == ["Стороны подписали", "договор", "о торговле"]


@given(st.text(st.characters(), max_size=120))
def test_any_text_keeps_all_its_signs(text: str) -> None:
    spans = load("ru").split(text, Span(0, len(text)))
    assert "".join("".join(s.of(text).split()) for s in spans) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize("unit", ["г. ", "а. Б. ", "»", ". ", "?!", "1. ", "А", "т. д. ", "\n", '"', "млн. Я "])
def test_time_grows_with_the_length_alone(unit: str) -> None:
    assert split(unit * 100_000) is not None
