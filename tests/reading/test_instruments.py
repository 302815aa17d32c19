"""Instruments: each case is read alone and must hold just what is drawn below it; mentions; what any text must keep."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.lang import load
from servanda.model.reading import Step
from servanda.model.report import Report
from servanda.model.spans import Span
from servanda.reading.amounts import find_amounts
from servanda.reading.document import Document
from servanda.reading.draft import Draft
from servanda.reading.instruments import find_instruments, instrument_at
from servanda.reading.layout import lay_out
from servanda.reading.named import look_up
from servanda.reading.parties import find_parties
from servanda.reading.people import find_people
from servanda.reading.times import find_times
from servanda.world.tables import Tables

CASES = Path(__file__).parents[1] / "cases" / "instruments_ru.txt"


def _cases() -> list[tuple[str, list[str]]]:
    cases: list[tuple[str, list[str]]] = []
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            cases[-1][1].append(line.strip())
        elif line.strip() and not line.startswith("#"):
            cases.append((line.replace(" / ", "\n\n"), []))
    return cases


@cache
def _document(text: str) -> Document:
    language, tables = load("ru"), Tables.default()
    page = lay_out(Report("-", text, published="2026-05-14", lang="ru"))
    readable = [(n, Span(b.start, b.end)) for n, b in enumerate(page.blocks) if b.readable]
    spans = [(sentence, n) for n, block in readable for sentence in language.split(page.text, block)]
    document = Document(page, language.analyse(page.text, spans))
    document.times = find_times(page.text, page.day, spans=[block for _, block in readable])
    words = look_up(page.text, document.sentences, tables)
    document.amounts = find_amounts(page.text, words, tables)
    document.parties = find_parties(words, tables)
    document.people = find_people(page.text, words, document.parties, tables, language)
    return document


def _read(text: str) -> list[Draft]:
    return find_instruments(_document(text), load("ru"), Tables.default())


def _drawn(draft: Draft) -> str:
    """The record as the cases write it."""
    steps = "; ".join(" ".join(filter(None, (s.step, s.date, s.by))) for s in draft.get("steps")) or "-"
    count, valid, certainty = draft.get("count"), draft.get("valid"), draft.get("certainty")
    marks = [*([f"n {count}"] if count else []), *([f"v {valid}"] if valid else [])]
    marks += [certainty] if certainty != "stated" else []
    head = f"{draft.get('kind')} {','.join(draft.get('parties'))}"
    return " | ".join([head, draft.get("subject") or "-", steps, *([" ".join(marks)] if marks else [])])


@pytest.mark.parametrize(("text", "expected"), _cases(), ids=[text[:60] for text, _ in _cases()])
def test_reads_the_instruments_of_a_report(text: str, expected: list[str]) -> None:
    assert [_drawn(d) for d in _read(text)] == [e for e in expected if e != "none"]


@pytest.mark.parametrize("text", [text for text, expected in _cases() if expected != ["none"]], ids=lambda t: t[:60])
def test_every_value_rereads_from_its_words(text: str) -> None:
    page = _document(text).page
    for draft in _read(text):
        for name in ("quote", "subject"):
            if draft.get(name) is not None:
                assert draft.evidence[name][0].of(page.text) == draft.get(name)
        for number, step in enumerate(draft.get("steps")):
            assert isinstance(step, Step)
            assert (step.date is None) == (f"steps/{number}/date" not in draft.evidence)
            assert (step.by is None) == (f"steps/{number}/by" not in draft.evidence)
        assert all(f"parties/{i}" in draft.evidence for i in range(len(draft.get("parties"))))


def test_mentions_hold_all_that_names_it() -> None:
    text = "Грузия и Литва подписали соглашение о виноделии. Документ подготовили год назад."
    (draft,) = _read(text)
    named = [span.of(text) for span in draft.mentions]
    assert "соглашение о виноделии" in named
    assert "Документ" in named


def test_looks_an_instrument_up_by_offset() -> None:
    text = "Чили и Перу подписали договор о мостах и меморандум о лесах."
    drafts = _read(text)
    at = instrument_at(drafts, text.index("лесах"))
    assert at is not None
    assert at.get("kind") == "memorandum"
    assert instrument_at(drafts, 0) is None


WORDS = (
    "соглашение договора документ подписали, подписан заключенное который его (между с и о Россией Китаем «Мир» "
    "12 мая 2024 года ратификации закон не будет ; : — ) проект вступило в силу , . документов"
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=40).map(" ".join))
def test_any_words_are_read(text: str) -> None:
    for draft in _read(text):
        assert all(0 <= s.start < s.end <= len(text) for s in draft.mentions)
        assert len(draft.get("parties")) >= 1
