"""A dossier that was found, or falls due -> lines of a list: what it is, and the words in which it was found."""

import re
from collections.abc import Iterable, Iterator, Sequence

from servanda.model.dossier import Dossier, Told
from servanda.model.spans import Span
from servanda.render.cards import Writer
from servanda.render.counts import counted
from servanda.render.dossiers import dossier_line
from servanda.render.marks import printable
from servanda.render.names import Namer
from servanda.render.text import BOLD, DIM, Paper, Run, fill
from servanda.render.told import INDENT, STEP, Teller
from servanda.render.words import labels

_SHOWN = 3  # quotes of one dossier
_MOST, _BEFORE = 400, 120  # characters of a quote, and of them before the first mark
_MARKED = f"{BOLD};4"
_BLANKS = re.compile(r"\s+")
_DAYS = 15  # the column of days


def render_hit(dossier: Dossier, found: Sequence[tuple[Told, Sequence[Span]]], paper: Paper, name: Namer) -> str:
    """The dossier on one line, and below it the quotes that were found, each once, with their marks."""
    teller = Teller({told.id: told for told, _ in found}, paper, Writer(paper.ui, name))
    once = {told.record.quote: (told, marks) for told, marks in reversed(found)}
    quotes = list(reversed(once.values()))
    lines = [dossier_line(dossier, paper, name)]
    for told, marks in quotes[:_SHOWN]:
        where = f" — {teller.carried(told)}, #{told.id}"
        runs = [(INDENT, ""), *_quoted(told.record.quote, marks), (printable(where), DIM)]
        lines += fill(runs, paper, INDENT + STEP)
    if len(quotes) > _SHOWN:
        more = labels(paper.ui)["and_more"].replace("#", str(len(quotes) - _SHOWN))
        lines.append(f"{INDENT}{more}")
    return "\n".join(lines) + "\n"


def _quoted(quote: str, marks: Iterable[Span]) -> Iterator[Run]:
    yield "«", ""
    for words, marked in excerpt(quote, marks):
        yield words, _MARKED if marked else ""
    yield "»", ""


def excerpt(quote: str, marks: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    """The quote on one line in pieces, each marked or not; a long one is cut around its first mark."""
    marks = list(marks)
    start = _start(quote, marks[0].start if marks else 0)
    end = min(len(quote), start + _MOST)
    before, at = "…" * (start > 0), start
    for mark in marks:
        if mark.end <= end:
            yield before + _plain(quote[at : mark.start]), False
            yield _plain(quote[mark.start : mark.end]), True
            before, at = "", mark.end
    yield before + _plain(quote[at:end]) + "…" * (end < len(quote)), False


def _start(quote: str, mark: int) -> int:
    """Where the part of a quote that is shown begins: at a word."""
    if len(quote) <= _MOST or mark <= _BEFORE:
        return 0
    return quote.find(" ", mark - _BEFORE, mark) + 1 or mark


def _plain(words: str) -> str:
    return _BLANKS.sub(" ", printable(words))


def render_due(dossier: Dossier, days: int, paper: Paper, name: Namer) -> str:
    """How far the deadline is, and the dossier on one line."""
    column = f"{say_days(days, paper.ui):<{_DAYS}} "
    beside = Paper(paper.ui, paper.width - len(column), paper.colour)
    return column + dossier_line(dossier, beside, name, by_deadline=True) + "\n"


def say_days(days: int, ui: str) -> str:
    """As "in 3 days", "today", "3 days ago"."""
    if not days:
        return labels(ui)["day/today"]
    return labels(ui)["day/ahead" if days > 0 else "day/ago"].replace("#", counted(abs(days), "day", ui))
