"""The page for a terminal: marks, widths, notes, and nothing that could harm the terminal."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.model.reading import Figure, Finding, Reading
from servanda.model.spans import Span
from servanda.render.html import render_html
from servanda.render.marks import find_stretches
from servanda.render.text import Paper, render_text

PLAIN = Paper("en", 80, False)
STYLED = Paper("en", 80, True)
STYLE = re.compile(r"\x1b\[[\d;]*m")
MARK = re.compile(r"\[\d+:|:\d+\]|\[\d+\]\s")


def name(code: str) -> str:
    return code.removeprefix("name:")


def bare(page: str) -> str:
    """The page without marks, blanks and styles."""
    return re.sub(r"\s+", " ", MARK.sub("", STYLE.sub("", page)))


def test_the_report_is_all_there(reading: Reading) -> None:
    words = re.sub(r"\s+", " ", reading.text)
    assert words in bare(render_text(reading, PLAIN, name))
    assert words in bare(render_text(reading, STYLED, name))


def test_evidence_carries_the_number_of_its_record(reading: Reading) -> None:
    page = render_text(reading, PLAIN, name)
    assert "[1:Лесия и Озерия подписали договор о помощи:1]" in page
    assert "[5:Министр Лесии Анна Бор" in page


def test_no_style_without_colour(reading: Reading) -> None:
    assert "\x1b" not in render_text(reading, PLAIN, name)


def test_values_are_underlined(reading: Reading) -> None:
    assert "\x1b[32;4m500 тонн\x1b[0m" in render_text(reading, STYLED, name)


@pytest.mark.parametrize("width", [40, 63, 120])
@pytest.mark.parametrize("colour", [False, True])
def test_no_line_is_wider_than_the_paper(reading: Reading, width: int, colour: bool) -> None:
    page = render_text(reading, Paper("ru", width, colour), name)
    assert max(len(STYLE.sub("", line)) for line in page.splitlines()) <= width


def test_what_no_record_used_is_named(reading: Reading) -> None:
    page = render_text(reading, PLAIN, name)
    assert "1 date in no record: «2024»" in page
    assert "To check: a finding" in page


def test_a_report_without_records_says_so(reading: Reading) -> None:
    assert "No record:" in render_text(replace(reading, records=()), PLAIN, name)


def test_of_a_language_that_is_not_read_no_record_is_missed(reading: Reading) -> None:
    changed = replace(reading, records=(), findings=(Finding("language", "it is not read"),))
    for page in (render_text(changed, PLAIN, name), render_html(changed)):
        assert "No record" not in page
        assert "it is not read" in page


def test_controls_do_not_reach_the_terminal(reading: Reading) -> None:
    nasty = "a\x1b[31mb\u202ec\x07d\u00ade\x9bf\ud800g"
    changed = replace(reading, id=nasty, text=nasty, records=(), findings=(Finding("x", nasty),))
    page = render_text(changed, PLAIN, name)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u00ad\ud800-\udfff]", page)


spans = st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda p: Span(p[0], p[0] + p[1]))


@settings(deadline=None)
@given(st.lists(st.lists(spans, min_size=1, max_size=4), max_size=4))
def test_stretches_cover_the_text_once_and_know_their_records(evidence: list[list[Span]]) -> None:
    text = "абвгдежзик" * 4
    records = tuple(
        Figure(
            quote="",
            certainty="stated",
            source=None,
            metric="trade",
            who=(),
            period=None,
            amount=None,
            changes=(),
            forecast=False,
            evidence={"quote": tuple(some)},
        )
        for some in evidence
    )
    made = Reading(id="-", published=None, dateline=None, undisclosed=(), records=records, text=text)
    pieces = list(find_stretches(made))
    assert "".join(text[p.start : p.end] for p in pieces) == text
    for piece in pieces:
        for place in range(piece.start, piece.end):
            there = {n for n, some in enumerate(evidence) if any(s.start <= place < s.end for s in some)}
            assert set(piece.records) == there
