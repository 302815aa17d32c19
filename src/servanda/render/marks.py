"""The spans of a reading -> stretches of its text, each with the records whose evidence it is."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from servanda.model.reading import Reading, Record
from servanda.model.spans import Span

_UNSEEN = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the text. `records` are indexes, the narrowest evidence first; `field`: a value stands here."""

    start: int
    end: int
    records: tuple[int, ...]
    field: bool


def find_stretches(reading: Reading, without: Collection[str] = ()) -> Iterator[Stretch]:
    """The whole text in order, cut wherever evidence begins or ends, that of the fields `without` left aside."""
    length = len(reading.text)
    covers = [_cover(record, without) for record in reading.records]
    widths = [sum(s.end - s.start for s in spans) for spans in covers]
    turns: dict[int, list[tuple[int, int]]] = {0: [], length: []}
    for index, spans in enumerate(covers):
        _enter(turns, index, spans)
    _enter(turns, -1, _merged(s for r in reading.records for s in _fields(r)))
    depth = dict.fromkeys(range(-1, len(covers)), 0)
    open_now: set[int] = set()
    places = sorted(p for p in turns if 0 <= p <= length)
    for start, end in pairwise(places):
        for index, turn in turns[start]:
            depth[index] += turn
            (open_now.add if depth[index] else open_now.discard)(index)
        records = sorted(open_now - {-1}, key=lambda i: (widths[i], i))
        yield Stretch(start, end, tuple(records), -1 in open_now)


def _cover(record: Record, without: Collection[str]) -> list[Span]:
    """All places that speak for a record, in order, without overlap."""
    return _merged(s for path, spans in record.evidence.items() if path not in without for s in spans)


def _fields(record: Record) -> Iterator[Span]:
    return (s for path, spans in record.evidence.items() if path != "quote" for s in spans)


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _enter(turns: dict[int, list[tuple[int, int]]], index: int, spans: Iterable[Span]) -> None:
    for span in spans:
        turns.setdefault(span.start, []).append((index, 1))
        turns.setdefault(span.end, []).append((index, -1))


def printable(text: str) -> str:
    """The text without what is not seen, and with a mark for what would harm a terminal or turn a line round."""
    return _UNSAFE.sub("\ufffd", _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\t", " ")))


def in_place(text: str) -> str:
    """The text with a mark for each character that would harm a page: every code point keeps its place."""
    return _UNSAFE.sub("\ufffd", text.replace("\r\n", " \n"))
