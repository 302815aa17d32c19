"""Text -> tokens."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.lang.tokens import cut_tokens

_LINES = (Path(__file__).parents[1] / "cases" / "tokens.txt").read_text("utf-8").splitlines()
CASES = [line.split(" => ") for line in _LINES if line and not line.startswith("#")]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_tokens_are_cut_as_drawn(text: str, expected: str) -> None:
    assert [t.text for t in cut_tokens(text, 0, len(text))] == expected.split()


@given(st.text(st.characters(), max_size=80))
def test_tokens_cover_all_but_blanks(text: str) -> None:
    tokens = cut_tokens(text, 0, len(text))
    assert all(text[t.start : t.end] == t.text and t.text.strip() for t in tokens)
    assert "".join(t.text for t in tokens) == "".join(text.split())
    assert [t.index for t in tokens] == list(range(len(tokens)))


def test_offsets_count_the_whole_text() -> None:
    text = "Он прибыл. Она уехала."
    assert [(t.text, t.start) for t in cut_tokens(text, 11, 21)] == [("Она", 11), ("уехала", 15)]
