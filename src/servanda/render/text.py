"""A reading -> lines for a terminal: the report with its evidence marked, the cards, and what no record used."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from servanda.model.reading import Mention, Reading
from servanda.render.cards import Card, make_cards
from servanda.render.counts import counted
from servanda.render.dates import render_period
from servanda.render.marks import find_stretches, printable
from servanda.render.names import Namer
from servanda.render.notes import say_note
from servanda.render.words import labels

Run = tuple[str, str]  # words and their style

COLOURS = {"instrument": "36", "undertaking": "32", "figure": "33", "meeting": "35"}
BOLD, DIM, _UNDERLINED = "1", "2", "4"
_UNREAD = ("language", "encoding")  # findings of reports in which nothing was looked for
_WORD = re.compile(r"[^\S\u00a0]*[\S\u00a0]+")


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed on: the reader's language, the width in columns, and whether it shows colours."""

    ui: str
    width: int
    colour: bool


def render_text(reading: Reading, paper: Paper, name: Namer) -> str:
    """The printed page of one reading, ending in a line feed."""
    lines = [*_head(reading, paper), ""]
    lines += _report(reading, paper)
    for card in make_cards(reading, paper.ui, name):
        lines += render_card(card, paper)
    if says_no_records(reading):
        lines += fill([(labels(paper.ui)["no_records"], "")], paper)
    notes = [line for note in _notes(reading, paper.ui) for line in fill([note], paper, "    ")]
    lines += ["", *notes] if notes else []
    return "\n".join(lines) + "\n"


def says_no_records(reading: Reading) -> bool:
    """Whether there was something to read and no record in it; of what could not be read nothing is known."""
    return not reading.records and all(f.code not in _UNREAD for f in reading.findings)


def _head(reading: Reading, paper: Paper) -> Iterator[str]:
    """Id, day, dateline, over a rule."""
    dateline = reading.dateline
    place = ", ".join(filter(None, (dateline.place, dateline.agency))) if dateline else ""
    day = render_period(reading.published, paper.ui) if reading.published else labels(paper.ui)["no_date"]
    runs = [(printable(reading.id), BOLD), (" · " + " · ".join(filter(None, (day, printable(place)))), "")]
    yield from fill(runs, paper)
    yield "─" * paper.width


def _report(reading: Reading, paper: Paper) -> Iterator[str]:
    """The text, paragraph by paragraph, with its evidence marked."""
    runs = list(_coloured(reading) if paper.colour else _bracketed(reading))
    blank = True
    for paragraph in _paragraphs(runs):
        lines = list(fill(paragraph, paper))
        if lines or not blank:
            yield from lines or [""]
        blank = not lines
    if not blank:
        yield ""


def _coloured(reading: Reading) -> Iterator[Run]:
    """Each stretch in the colour of its narrowest record, values underlined, the number where a record is stated."""
    colours = [COLOURS[record.type] for record in reading.records]
    stated = [record.evidence.get("quote", ()) for record in reading.records]
    for piece in find_stretches(reading):
        for index in sorted(piece.records):
            if any(span.start == piece.start for span in stated[index][:1]):
                yield f"[{index + 1}]\u00a0", f"{BOLD};{colours[index]}"
        styles = [colours[index] for index in piece.records[:1]] + [_UNDERLINED] * piece.field
        yield printable(reading.text[piece.start : piece.end]), ";".join(styles)


def _bracketed(reading: Reading) -> Iterator[Run]:
    """Evidence between `[4:` and `:4]`, with the number of the record; a speaker of many would drown in brackets."""
    open_now: set[int] = set()
    for piece in find_stretches(reading, without=("source", "via")):
        closing = "".join(f":{r + 1}]" for r in sorted(open_now - set(piece.records), reverse=True))
        opening = "".join(f"[{r + 1}:" for r in sorted(set(piece.records) - open_now))
        open_now = set(piece.records)
        yield closing + opening + printable(reading.text[piece.start : piece.end]), ""
    yield "".join(f":{r + 1}]" for r in sorted(open_now, reverse=True)), ""


def _paragraphs(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Runs cut at line feeds."""
    paragraph: list[Run] = []
    for words, style in runs:
        first, *more = words.split("\n")
        paragraph.append((first, style))
        for line in more:
            yield paragraph
            paragraph = [(line, style)]
    yield paragraph


def render_card(card: Card, paper: Paper) -> Iterator[str]:
    """Number, sentence and details, then the source."""
    colour = COLOURS[card.type]
    details = "".join(f" · {printable(d)}" for d in card.details)
    runs = [(f"{card.number:>3} ", f"{BOLD};{colour}"), (printable(card.sentence), BOLD), (details, "")]
    yield from fill(runs, paper, "    ")
    if card.source:
        yield from fill([("    " + printable(card.source), DIM)], paper, "    ")


def _notes(reading: Reading, ui: str) -> Iterator[Run]:
    """What no record used, what is not disclosed, what a person should check."""
    word = labels(ui)
    for kind in ("amount", "time"):
        left = [m for m in reading.unused if m.type == kind]
        if left:
            yield f"{counted(len(left), kind, ui)} {word['unused']}: {_quoted(left)}", DIM
    if reading.undisclosed:
        yield f"{word['undisclosed']}: {'; '.join(f'«{_line(u)}»' for u in reading.undisclosed)}", ""
    for finding in reading.findings:
        yield f"{word['findings']}: {_line(say_note(finding, ui))}", ""


def _quoted(mentions: Sequence[Mention]) -> str:
    return ", ".join(f"«{_line(m.text)}»" for m in mentions)


def _line(words: str) -> str:
    return " ".join(printable(words).split())


def fill(runs: Sequence[Run], paper: Paper, indent: str = "") -> Iterator[str]:
    """Runs broken into lines of the paper's width, all but the first indented; nothing for runs without words."""
    plain = "".join(words for words, _ in runs)
    starts = list(accumulate((len(words) for words, _ in runs), initial=0))
    for start, end in _breaks(plain, paper.width, len(indent)):
        line: list[str] = []
        for index in range(bisect_right(starts, start) - 1, len(runs)):
            if starts[index] >= end:
                break
            words, style = runs[index]
            line.append(_styled(words[max(0, start - starts[index]) : end - starts[index]], style, paper.colour))
        yield (indent if start else "") + "".join(line)


def _breaks(plain: str, width: int, indent: int) -> Iterator[tuple[int, int]]:
    """Where lines begin and end; a word that is longer than a line keeps its own."""
    start = end = 0
    for match in _WORD.finditer(plain):
        if end > start and match.end() - start > width - (indent if start else 0):
            yield start, end
            start = match.end() - len(match.group().lstrip())
        end = match.end()
    if end > start:
        yield start, end


def _styled(words: str, style: str, colour: bool) -> str:
    return f"\x1b[{style}m{words}\x1b[0m" if colour and style and words else words
