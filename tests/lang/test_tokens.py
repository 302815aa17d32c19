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
    assert cut_tokens(text, 0, len(text)).words == expected.split()


@given(st.text(st.characters(), max_size=80))
def test_tokens_cover_all_but_blanks(text: str) -> None:
    cut = cut_tokens(text, 0, len(text))
    assert [text[start:end] for start, end in zip(cut.starts, cut.ends, strict=True)] == cut.words
    assert all(word.strip() for word in cut.words)
    assert "".join(cut.words) == "".join(text.split())


def test_offsets_count_the_whole_text() -> None:
    text = "Он прибыл. Она уехала."
    assert cut_tokens(text, 11, 21) == (["Она", "уехала"], [11, 15], [14, 21])
