"""A record of a reading -> why each of its fields has its value: words, way, rule, table, and what else stood there."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from servanda.model.reading import Change, Mention, Reading, Record, record_json
from servanda.model.spans import Span
from servanda.render.amounts import render_change
from servanda.render.cards import level, make_cards
from servanda.render.marks import printable
from servanda.render.names import Namer, table_of_party
from servanda.render.notes import say_note
from servanda.render.text import BOLD, Paper, fill, render_card, says_no_records
from servanda.render.values import render_value
from servanda.render.words import labels, rule_words, trait_words, verbs
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
_WHOLE = {"number", "percent"}  # keys of an amount and of a change
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


def leaves(record: Record) -> Iterator[tuple[str, Any]]:
    """Paths and values of a record, in its order: "by/0", "steps/1/date". An empty list, an amount and a change are
    one leaf each.
    """
    for key, value in record_json(record).items():
        if key not in _NOT_FIELDS:
            yield from _leaves(key, value)


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list) and value:
        for n, part in enumerate(value):
            yield from _leaves(f"{path}/{n}", part)
    elif isinstance(value, dict) and not _WHOLE & value.keys():
        for key, part in value.items():
            yield from _leaves(f"{path}/{key}", part)
    else:
        yield path, value


def render_rule(rule: str, ui: str) -> str:
    """What a rule goes by: its family in words, and the word that it is about («act:передать»)."""
    family, _, about = rule.partition(":")
    known = rule_words(ui).get(family)
    if known is None:
        return rule
    return f"{known}: «{about}»" if family == "act" and about else known


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
        spans = self._known(self.record.evidence, path, value) or ()
        basis = self._known(self.record.basis, path, value)
        sure = self._known(self.record.confidence, path, value)
        yield from self._lines(f"{self.label(path)}: {self._said(path, value)}", 0, bold=True)
        for span in spans:
            yield from self._ground(word["words"], self._in_context(span))
        if basis:
            yield from self._ground(
                word["how"], f"{word[f'how/{basis.how}']} ({render_rule(basis.rule, self.paper.ui)})"
            )
        if isinstance(value, str) and self._sort(path) == "party" and (table := table_of_party(value, self.tables)):
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
        """A field in words, with its number where there are several: "who acts", "step 2"."""
        parts = path.split("/")
        said = labels(self.paper.ui).get(f"field/{'.'.join(p for p in parts if not p.isdigit())}")
        number = next((int(p) for p in parts if p.isdigit()), None)
        several = number is not None and len(getattr(self.record, parts[0])) > 1
        return said + (f" {number + 1}" if several and number is not None else "") if said else path

    def _surely(self, sure: float) -> str:
        return f"{sure:.2f}, {labels(self.paper.ui)[f'certainty/sure/{level(sure)}']}"

    def _ground(self, label: str, words: str) -> Iterator[str]:
        return self._lines(f"    {label:<{_LABEL - 4}}{words}", _LABEL)

    def _lines(self, words: str, indent: int, bold: bool = False) -> Iterator[str]:
        return fill([(words, BOLD if bold else "")], self.paper, " " * indent)

    def _said(self, path: str, value: Any) -> str:
        """A value as people say it."""
        ui, key = self.paper.ui, path.split("/")[-1]
        word = labels(ui)
        if value is None or value == []:
            return word["empty"]
        if isinstance(value, bool):
            return word["yes" if value else "no"]
        if isinstance(value, int) and key in ("under", "part_of"):
            return f"{word['card']} {value + 1}"
        if isinstance(value, dict) and "percent" in value:
            return render_change(Change(**value), ui) or word["empty"]
        if self._sort(path) == "party" and isinstance(value, str):
            return printable(self.name(value))
        if key == "act":
            return verbs()[value].base if ui == "en" else verbs()[value].ru_inf
        kind = f"{'meeting' if self.record.type == 'meeting' and key == 'kind' else key}/{value}"
        if kind in word:
            return word[kind]
        return " ".join(printable(render_value(value, ui)).split())

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
        known = [label for path in takers if (label := self.label(path)) != path]
        took = f" ({', '.join(known)})" if known else ""
        value = mention.value
        if mention.type == "party":
            said = ", ".join(map(self.name, value))
        else:
            said = "" if value is None else render_value(value, self.paper.ui)
        return printable(" ".join(filter(None, (f"«{words}»", said)))) + took
