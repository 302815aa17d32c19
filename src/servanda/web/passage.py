"""The words of one record, with the sentences around them -> pieces of a page, each with the fields it speaks for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from servanda.model.spans import Span, find_sentences
from servanda.render.marks import in_place

_AROUND = 700  # code points looked through for the ends of a sentence, on either side
_BESIDE = 1  # sentences shown before and after the clause that states the record


@dataclass(frozen=True, slots=True)
class Lit:
    """Words that begin at a place of the text; `paths` are the fields that they speak for, the clause as "quote"."""

    start: int
    words: str
    paths: tuple[str, ...]

    @property
    def field(self) -> bool:
        """Whether a value stands here."""
        return self.paths not in ((), ("quote",))


def find_passages(text: str, evidence: Mapping[str, Sequence[Span]]) -> list[list[Lit]]:
    """The places of a text that speak for a record, in order; the sentences of the clause with some beside them."""
    spans = {span for found in evidence.values() for span in found if span.end <= len(text)}
    clause = set(evidence.get("quote", ()))
    windows = _merged(_window(text, span, _BESIDE if span in clause else 0) for span in spans)
    return [list(_pieces(text, window, evidence)) for window in windows]


def _window(text: str, span: Span, beside: int) -> Span:
    """The sentences that hold a span, and some beside them."""
    low, high = max(0, span.start - _AROUND), min(len(text), span.end + _AROUND)
    sentences = [Span(low + s.start, low + s.end) for s in find_sentences(text[low:high])]
    held = [n for n, s in enumerate(sentences) if s.start <= span.end and span.start <= s.end]
    if not held:  # an empty place between sentences, or in a text without any
        return Span(low, high)
    first, last = max(0, min(held) - beside), min(len(sentences) - 1, max(held) + beside)
    return Span(min(span.start, sentences[first].start), max(span.end, sentences[last].end))


def _merged(windows: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for window in sorted(windows):
        if merged and window.start <= merged[-1].end + 1:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, window.end))
        else:
            merged.append(window)
    return merged


def _pieces(text: str, window: Span, evidence: Mapping[str, Sequence[Span]]) -> Iterator[Lit]:
    """The window cut wherever words of a field begin or end."""
    held = [(path, span) for path, found in evidence.items() for span in found if span.overlaps(window)]
    cuts = {window.start, window.end, *(place for _, span in held for place in span)}
    for start, end in pairwise(sorted(cut for cut in cuts if window.start <= cut <= window.end)):
        paths = dict.fromkeys(path for path, span in held if span.start <= start and end <= span.end)
        yield Lit(start, in_place(text[start:end]), tuple(paths))
