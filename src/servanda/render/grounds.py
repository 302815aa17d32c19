"""A record of a reading -> why each of its fields has its value: words, way, rule, table, and what else stood there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from servanda.model.reading import Mention, Reading, Record, record_json
from servanda.model.spans import Span
from servanda.render.cards import make_cards
from servanda.render.marks import printable
from servanda.render.names import Namer, table_of_party
from servanda.render.text import BOLD, Paper, fill, render_card
from servanda.render.values import render_value
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
_LONG = 80  # code points of words that need nothing around them
_LABEL = 16  # columns of a label


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
        spans = self._known(self.record.evidence, path, value) or ()
        basis = self._known(self.record.basis, path, value)
        sure = self._known(self.record.confidence, path, value)
        yield from self._lines(f"{path} = {self._said(value)}", 0, bold=True)
        for span in spans:
            yield from self._ground(word["words"], self._in_context(span))
        if basis:
            yield from self._ground(word["how"], f"{word[f'how/{basis.how}']} ({basis.rule})")
        if isinstance(value, str) and self._sort(path) == "party" and (table := table_of_party(value, self.tables)):
            yield from self._ground(word["table"], table)
        if sure is not None:
            yield from self._ground(word["certain"], f"{sure:.2f}")
        others = [self._named(m) for m in self._others(path, spans)]
        if others:
            yield from self._ground(word["also"], ", ".join(others))

    def _ground(self, label: str, words: str) -> Iterator[str]:
        return self._lines(f"    {label:<{_LABEL - 4}}{words}", _LABEL)

    def _lines(self, words: str, indent: int, bold: bool = False) -> Iterator[str]:
        return fill([(words, BOLD if bold else "")], self.paper, " " * indent)

    def _said(self, value: Any) -> str:
        if value is None or value == []:
            return labels(self.paper.ui)["empty"]
        return " ".join(printable(str(value)).split())

    @staticmethod
    def _known(grounds: Any, path: str, value: Any) -> Any:
        """What is known of the path, or else of the field that it is a part of; of nothing, only what is its own."""
        while path:
            if path in grounds:
                return grounds[path]
            path = path.rpartition("/")[0] if value is not None else ""
        return None

    def _in_context(self, span: Span) -> str:
        """The words with the line around them, cut to a few words, and their place."""
        text = self.reading.text
        words = " ".join(printable(span.of(text)).split())
        around = 0 if len(words) > _LONG else _AROUND
        before = text[max(0, span.start - around) : span.start].rpartition("\n")[2]
        after = text[span.end : span.end + around].partition("\n")[0]
        if span.start > around and len(before) == around:
            before = "… " + before.partition(" ")[2]
        if span.end + around < len(text) and len(after) == around:
            after = after.rpartition(" ")[0] + " …"
        return f"{printable(before)}«{words}»{printable(after)} ({span.start}-{span.end})"

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
        return f"«{words}» {render_value(mention.value, self.paper.ui)}" + (f" ({', '.join(takers)})" if takers else "")
