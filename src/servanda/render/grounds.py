"""A record of a reading -> why each of its fields has its value: words, way, rule, table, and what else stood there."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from servanda.model.reading import Mention, Reading, Record
from servanda.model.spans import Span
from servanda.render.cards import level, make_cards
from servanda.render.fields import Fields, known_of, leaves, render_rule, sort_of
from servanda.render.marks import printable
from servanda.render.names import Namer, table_of_party
from servanda.render.notes import say_note
from servanda.render.text import BOLD, Paper, fill, render_card, says_no_records
from servanda.render.values import render_value
from servanda.render.words import labels, trait_words
from servanda.world.tables import Tables

_AROUND = 40  # code points of the text shown on either side of a field's words
_LONG = 80  # code points of words that need nothing around them
_FEW, _LEAST = 3, 0.05  # reasons shown on either side, and what is too little to show
_LABEL = 16  # columns of a label


def render_grounds(
    reading: Reading,
    index: int,
    paper: Paper,
    name: Namer,
    tables: Tables,
    reasons: Mapping[str, float] | None = None,
) -> str:
    """The card of record `index`, how sure it is, and a block for each of its fields, ending in a blank line.

    `reasons`: what the judge of undertakings weighed, by trait.
    """
    record = reading.records[index]
    writer = _Grounds(reading, record, paper, name, tables)
    lines = [f"{printable(reading.id)}"]
    lines += render_card(make_cards(reading, paper.ui, name)[index], paper)
    lines += [*writer.surely(), *writer.weighed(reasons or {})]
    left = []
    for path, value in leaves(record):
        if value in (None, []) and not writer.stands_by(path):
            left.append(writer.label(path))
        else:
            lines += ["", *writer.block(path, value)]
    if left:
        lines += ["", *fill([(f"{labels(paper.ui)['open_fields']}: {', '.join(dict.fromkeys(left))}", "")], paper)]
    return "\n".join(lines) + "\n\n"


def render_no_grounds(reading: Reading, paper: Paper) -> str:
    """That a report has no record, and why, ending in a blank line."""
    why = (
        [labels(paper.ui)["no_records"]]
        if says_no_records(reading)
        else [say_note(f, paper.ui) for f in reading.findings]
    )
    lines = [printable(reading.id), *(line for said in why for line in fill([(printable(said), "")], paper))]
    return "\n".join(lines) + "\n\n"


@dataclass(frozen=True, slots=True)
class _Grounds:
    reading: Reading
    record: Record
    paper: Paper
    name: Namer
    tables: Tables

    def surely(self) -> Iterator[str]:
        """How sure the record is, and what that means."""
        word, sure = labels(self.paper.ui), self.record.confidence.get("")
        if sure is not None:
            hits = word["hits"].format(round(100 * sure))
            yield from self._ground(word["certain"], f"{self._surely(sure)}: {hits}")

    def weighed(self, reasons: Mapping[str, float]) -> Iterator[str]:
        """The few things that spoke most for and against an undertaking, each with what it added to the odds."""
        word, about = labels(self.paper.ui), trait_words(self.paper.ui)
        sums: dict[str, float] = defaultdict(float)
        for trait, weight in reasons.items():
            sums[about.get(trait) or about.get(re.split("[=/:]", trait)[0], trait)] += weight
        for key, sign in (("for", 1), ("against", -1)):
            most = sorted((s for s in sums if sums[s] * sign >= _LEAST), key=lambda s: (-sums[s] * sign, s))[:_FEW]
            if most:
                yield from self._ground(word[key], ", ".join(f"{s} ({sums[s]:+.1f})" for s in most))

    def block(self, path: str, value: Any) -> Iterator[str]:
        """The field with its value, then a line for each ground that is known."""
        word = labels(self.paper.ui)
        spans = known_of(self.record.evidence, path, value) or ()
        basis = known_of(self.record.basis, path, value)
        sure = known_of(self.record.confidence, path, value)
        yield from self._lines(
            f"{self.label(path)}: {Fields(self.record, self.paper.ui, self.name).said(path, value)}", 0, bold=True
        )
        for span in spans:
            yield from self._ground(word["words"], self._in_context(span))
        if basis:
            yield from self._ground(
                word["how"], f"{word[f'how/{basis.how}']} ({render_rule(basis.rule, self.paper.ui)})"
            )
        if isinstance(value, str) and sort_of(path) == "party" and (table := table_of_party(value, self.tables)):
            yield from self._ground(word["table"], table)
        if sure is not None and path != "quote":
            yield from self._ground(word["certain"], self._surely(sure))
        others = [self._named(m) for m in self._others(path, spans)]
        if others:
            yield from self._ground(word["also"], ", ".join(others))

    def stands_by(self, path: str) -> bool:
        """Whether something stands in the clause that an empty field might have been."""
        return bool(self._others(path, ()))

    def label(self, path: str) -> str:
        """A field in words."""
        return Fields(self.record, self.paper.ui, self.name).label(path)

    def _surely(self, sure: float) -> str:
        return f"{sure:.2f}, {labels(self.paper.ui)[f'certainty/sure/{level(sure)}']}"

    def _ground(self, label: str, words: str) -> Iterator[str]:
        return self._lines(f"    {label:<{_LABEL - 4}}{words}", _LABEL)

    def _lines(self, words: str, indent: int, bold: bool = False) -> Iterator[str]:
        return fill([(words, BOLD if bold else "")], self.paper, " " * indent)

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
        sort = sort_of(path)
        clauses = self.record.evidence.get("quote", ())
        return [
            m
            for m in self.reading.mentions
            if m.type == sort and any(c.covers(m.span) for c in clauses) and not any(m.span.overlaps(s) for s in spans)
        ]

    def _named(self, mention: Mention) -> str:
        """The mention, its value, and the fields of this record that took it."""
        takers = [
            p
            for p, spans in self.record.evidence.items()
            if p != "quote" and any(s.overlaps(mention.span) for s in spans)
        ]
        words = " ".join(printable(mention.text).split())
        known = [label for path in takers if (label := self.label(path)) != path]
        took = f" ({', '.join(known)})" if known else ""
        value = mention.value
        if mention.type == "party":
            said = ", ".join(map(self.name, value))
        else:
            said = "" if value is None else render_value(value, self.paper.ui)
        return printable(" ".join(filter(None, (f"«{words}»", said)))) + took
