"""The text of a report, and the words that records rest on -> blocks of a page, each knowing where it begins."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from servanda.model.dossier import Told
from servanda.model.reading import Reading
from servanda.model.spans import Span
from servanda.render.marks import find_stretches, in_place

_LONGEST = 3000  # code points of a block: what lies out of sight is not laid out
_MOST_LINES = 2000  # beyond, several lines share a block


@dataclass(frozen=True, slots=True)
class Piece:
    """Words, and the records whose evidence they are, the narrowest first; `field`: a value stands here."""

    words: str
    records: tuple[int, ...] = ()
    type: str = ""
    field: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a part of a long one; `start` in code points. `apart`: an empty line stands before it."""

    start: int
    pieces: tuple[Piece, ...]
    apart: bool


def make_blocks(text: str, told: Iterable[Told]) -> list[Block]:
    """The whole text but its line ends, as a page can show it: every code point counts, none does harm."""
    own = list(told)
    reading = Reading(
        id="", published=None, dateline=None, undisclosed=(), records=tuple(t.record for t in own), text=text
    )
    safe = in_place(text)
    spans = list(find_blocks(safe))
    pieces: list[list[Piece]] = [[] for _ in spans]
    at = 0
    for stretch in find_stretches(reading):
        while at < len(spans) and spans[at].end <= stretch.start:
            at += 1
        for n in range(at, len(spans)):
            if spans[n].start >= stretch.end:
                break
            words = safe[max(spans[n].start, stretch.start) : min(spans[n].end, stretch.end)]
            records = [own[r] for r in stretch.records]
            type = records[0].record.type if records else ""
            pieces[n].append(Piece(words, tuple(t.id for t in records), type, stretch.field))
    return [
        Block(span.start, tuple(own_pieces), safe[max(0, span.start - 2) : span.start] == "\n\n")
        for span, own_pieces in zip(spans, pieces, strict=True)
    ]


def find_blocks(text: str) -> Iterator[Span]:
    """The lines that are not empty, cut where they are long; of very many lines several together."""
    least = 1 if text.count("\n") < _MOST_LINES else _LONGEST
    start, length = 0, len(text)
    while start < length:
        end = text.find("\n", min(start + least - 1, length))
        end = length if end < 0 else end
        yield from _cut(text, start, end)
        start = end + 1


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > _LONGEST:
        blank = text.rfind(" ", start + 1, start + _LONGEST) + 1
        middle = blank or start + _LONGEST
        yield Span(start, middle)
        start = middle
    if end > start:
        yield Span(start, end)
