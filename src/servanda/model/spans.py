"""A place in a report's text: code points, 0-based, half-open; the sentence around a place."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_END = re.compile(r"[.!?…][»\")]*\s+(?=[«\"(]*[A-ZА-ЯЁ])|\n+")


class Span(NamedTuple):
    """`text[start:end]` are the words meant."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of the span."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        """Whether the other lies within this one."""
        return self.start <= other.start and other.end <= self.end


def sentence_at(text: str, at: int) -> int:
    """Where the sentence begins that holds a place; by its marks alone, with no grammar at hand."""
    return max((m.end() for m in _END.finditer(text, 0, at)), default=0)


def sentence_of(text: str, at: int) -> str:
    """The sentence that holds a place."""
    end = _END.search(text, at)
    return text[sentence_at(text, at) : end.start() + 1 if end else len(text)].strip()


def find_sentences(text: str) -> Iterator[Span]:
    """The sentences of a text, in order, without the blanks between them."""
    start = 0
    for match in _END.finditer(text):
        yield Span(start, match.start() + len(match.group().rstrip()))
        start = match.end()
    yield Span(start, len(text))
