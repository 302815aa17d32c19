"""A record of a reading -> why each of its fields has its value: words, way, rule, table, and what else stood there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from servanda.model.reading import Mention, Reading, Record, plain, record_json
from servanda.model.spans import Span
from servanda.render.cards import make_cards
from servanda.render.marks import printable
from servanda.render.names import Namer, table_of_party
from servanda.render.text import Paper, render_card
from servanda.render.words import labels
from servanda.world.tables import Tables

_SORTS = {  # the sort of mention that competes for a field
    **dict.fromkeys(("by", "to", "parties", "who", "party"), "party"),
    **dict.fromkeys(("amounts", "amount"), "amount"),
    **dict.fromkeys(("when", "valid", "period", "date", "against"), "time"),
    **dict.fromkeys(("place", "places"), "place"),
    "name": "person",
}
_NOT_FIELDS = ("type", "evidence", "basis", "confidence")
_AROUND = 40  # code points of the text shown on either side of a field's words


def render_grounds(reading: Reading, index: int, paper: Paper, name: Namer, tables: Tables) -> str:
    """The card of record `index` and a block for each of its fields, ending in a blank line."""
    record = reading.records[index]
    writer = _Grounds(reading, record, paper, tables)
    lines = [f"{printable(reading.id)}"]
    lines += render_card(make_cards(reading, paper.ui, name)[index], paper)
    for path, value in leaves(record):
        lines += ["", *writer.block(path, value)]
    return "\n".join(lines) + "\n\n"


def leaves(record: Record) -> Iterator[tuple[str, Any]]:
    """Paths and plain values of a record, in its order: "by/0", "steps/1/date". An empty list is one leaf."""
    for key, value in record_json(record).items():
        if key not in _NOT_FIELDS:
            yield from _leaves(key, value, record)


def _leaves(path: str, value: Any, record: Record) -> Iterator[tuple[str, Any]]:
    known = path in record.evidence or path in record.basis
    if isinstance(value, list) and value:
        for n, part in enumerate(value):
            yield from _leaves(f"{path}/{n}", part, record)
    elif isinstance(value, dict) and (not known or any(p.startswith(f"{path}/") for p in record.basis)):
        for key, part in value.items():
            yield from _leaves(f"{path}/{key}", part, record)
    else:
        yield path, value


@dataclass(frozen=True, slots=True)
class _Grounds:
    reading: Reading
    record: Record
    paper: Paper
    tables: Tables

    def block(self, path: str, value: Any) -> Iterator[str]:
        """The field with its value, then a line for each ground that is known."""
        word = labels(self.paper.ui)
        yield self._bold(f"{path} = {self._said(value)}")
        spans = self._nearest(self.record.evidence, path) or ()
        for span in spans:
            yield self._line(word["words"], self._in_context(span))
        basis = self._nearest(self.record.basis, path)
        if basis:
            yield self._line(word["how"], word[f"how/{basis.how}"])
            yield self._line(word["rule"], basis.rule)
        if isinstance(value, str) and self._sort(path) == "party" and (table := table_of_party(value, self.tables)):
            yield self._line(word["table"], table)
        sure = self._nearest(self.record.confidence, path)
        if sure is not None:
            yield self._line(word["certain"], f"{sure:.2f}")
        others = [self._named(m) for m in self._others(path, spans)]
        if others:
            yield self._line(word["also"], ", ".join(others))

    def _bold(self, words: str) -> str:
        return f"\x1b[1m{words}\x1b[0m" if self.paper.colour else words

    def _line(self, label: str, words: str) -> str:
        return f"    {label:<12}{words}"

    def _said(self, value: Any) -> str:
        if value is None or value == []:
            return labels(self.paper.ui)["empty"]
        return " ".join(printable(str(value)).split())

    @staticmethod
    def _nearest(grounds: Any, path: str) -> Any:
        """What is known of the path, or else of the field that it is a part of."""
        while path:
            if path in grounds:
                return grounds[path]
            path = path.rpartition("/")[0]
        return None

    def _in_context(self, span: Span) -> str:
        """The words with a little of what stands around them, and their place."""
        text = self.reading.text
        before = text[max(0, span.start - _AROUND) : span.start]
        after = text[span.end : span.end + _AROUND]
        words = " ".join(printable(span.of(text)).split())
        start = _last_line(before).lstrip()
        end = after.split("\n")[0].rstrip()
        return f"{printable(start)}«{words}»{printable(end)}  ({span.start}-{span.end})"

    def _others(self, path: str, spans: tuple[Span, ...]) -> list[Mention]:
        """Mentions of the field's sort in the clause that states the record, other than those that the field took."""
        sort = self._sort(path)
        clauses = self.record.evidence.get("quote", ())
        return [
            m
            for m in self.reading.mentions
            if m.type == sort and any(c.covers(m.span) for c in clauses) and not any(m.span.overlaps(s) for s in spans)
        ]

    def _sort(self, path: str) -> str | None:
        named = [part for part in path.split("/") if not part.isdigit()]
        return _SORTS.get(named[-1])

    def _named(self, mention: Mention) -> str:
        """The mention, its value, and the fields of this record that took it."""
        takers = [
            p
            for p, spans in self.record.evidence.items()
            if p != "quote" and any(s.overlaps(mention.span) for s in spans)
        ]
        words = " ".join(printable(mention.text).split())
        return f"«{words}» {_short(mention.value)}" + (f" ({', '.join(takers)})" if takers else "")


def _last_line(words: str) -> str:
    return words.rpartition("\n")[2]


def _short(value: Any) -> str:
    """A mention's value in a few words."""
    value = plain(value)
    if isinstance(value, dict):
        return " ".join(str(v) for v in value.values() if v is not None)
    return "/".join(map(str, value)) if isinstance(value, list) else str(value or "")
