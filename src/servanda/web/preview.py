"""A reading that is not recorded yet -> its text in pieces to be marked, its cards and what no record used."""

from collections.abc import Iterator
from dataclasses import dataclass

from servanda.ledger.given import Given
from servanda.model.plain import reading_from_json
from servanda.model.reading import Reading
from servanda.render.cards import Card, make_cards
from servanda.render.marks import find_stretches, printable
from servanda.render.names import Namer
from servanda.render.text import says_no_records

_LONGEST = 20_000  # characters of one report that are shown before it is recorded


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text. `records` count from 1; `type`: of the narrowest; `begin`: those stated from here."""

    words: str
    type: str
    records: tuple[int, ...]
    field: bool
    begin: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """One report as it is read. `left` counts the characters that are not shown."""

    reading: Reading
    given: Given
    pieces: tuple[Piece, ...]
    cards: tuple[Card, ...]
    left: int

    @property
    def nothing(self) -> bool:
        """Whether there was something to read, and no record in it."""
        return says_no_records(self.reading)


def make_preview(given: Given, ui: str, name: Namer) -> Preview:
    """What a person sees of a reading."""
    reading = reading_from_json(given.reading, given.text or "")
    left = max(0, len(reading.text) - _LONGEST)
    return Preview(reading, given, tuple(_pieces(reading)), tuple(make_cards(reading, ui, name)), left)


def _pieces(reading: Reading) -> Iterator[Piece]:
    stated = [record.evidence.get("quote", ()) for record in reading.records]
    for one in find_stretches(reading):
        if one.start >= _LONGEST:
            return
        begin = tuple(r + 1 for r in sorted(one.records) if any(s.start == one.start for s in stated[r][:1]))
        type = reading.records[one.records[0]].type if one.records else ""
        words = printable(reading.text[one.start : min(one.end, _LONGEST)])
        yield Piece(words, type, tuple(r + 1 for r in sorted(one.records)), one.field, begin)
