"""What a ledger keeps of a report -> its records as a page shows them: fields, grounds, what else is known."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from servanda.checks import carry_findings
from servanda.ledger.entries import JUDGEMENTS
from servanda.ledger.given import element_of, fields_of
from servanda.ledger.history import Event
from servanda.ledger.kept import Kept, Others
from servanda.model.dossier import Discrepancy, Dossier, Told
from servanda.model.reading import Basis, Figure, Record, Undertaking, record_json
from servanda.model.spans import Span
from servanda.render.cards import Card, Writer, level
from servanda.render.fields import Fields, known_of, label_of, leaves, render_rule
from servanda.render.findings import by_gravity
from servanda.render.names import Namer
from servanda.web.widgets import SAID_LAST, next_label

_NOT_SHOWN = ("quote",)  # stands above the fields


@dataclass(frozen=True, slots=True)
class Row:
    """A field: its path, its value in words, the words that say it, and how it came from them."""

    path: str
    label: str
    said: str
    spans: Sequence[Span]
    how: str = ""
    rule: str = ""
    sure: str = ""
    number: float | None = None
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A record on the page. `older`: the version of the report that it was read in, where that is another."""

    told: Told
    card: Card
    rows: Sequence[Row]
    open: Sequence[tuple[str, str]]  # paths and names of what can be filled in
    state: str  # rejected, or as reviewed, or ""
    sure: str
    older: int | None
    home: Dossier | None
    others: Others | None  # other reports that tell it
    findings: Sequence[Discrepancy]
    events: Sequence[Event]

    @property
    def spans(self) -> list[Span]:
        """The words of all its fields."""
        return sorted({s for path, found in self.evidence.items() if path != "quote" for s in found})

    @property
    def quote(self) -> Sequence[Span]:
        """The clause that states it."""
        return self.evidence.get("quote", ())

    @property
    def evidence(self) -> Mapping[str, Sequence[Span]]:
        """Its words, where they are words of the text shown."""
        return {} if self.older else self.told.record.evidence


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes items of one report in one language."""

    kept: Kept
    dossiers: Mapping[str, Dossier]
    findings: Sequence[Discrepancy]
    ui: str
    name: Namer

    def items(self) -> list[Item]:
        """The records in the order of the text; rejected ones keep their place."""
        told = _linked(self.kept.told)
        writer = Writer(self.ui, self.name, self.kept.carrier.text or "", [t.record for t in told])
        return [self._item(one, writer.card(one.record, n)) for n, one in enumerate(told, 1)]

    def _item(self, told: Told, card: Card) -> Item:
        home = self.kept.homes.get(told.id, "")
        sure = told.record.confidence.get("")
        older = told.carrier.version if told.carrier.version != self.kept.carrier.version else None
        return Item(
            told=told,
            card=card,
            rows=[row for row in make_rows(told, self.ui, self.name, older is None) if row.said],
            open=list(self.open(told)),
            state="rejected" if told.id in self.kept.rejected else told.review or "",
            sure=level(sure) if sure is not None else "",
            older=older,
            home=self.dossiers.get(home),
            others=self.kept.others.get(home),
            findings=by_gravity(f for f in self.findings if any(c.told == told.id for c in f.cited)),
            events=[e for e in self.kept.decided if e.kind in JUDGEMENTS and told.id in e.records],
        )

    def open(self, told: Told) -> Iterable[tuple[str, str]]:
        """What may be filled in: empty fields, and the next element of each list."""
        for name, kind in fields_of(told.record.type).items():
            value = getattr(told.record, name)
            if element_of(kind):
                yield f"{name}/{len(value)}", label_of(next_label(name), self.ui)
            elif value is None:
                yield name, label_of(name, self.ui)

    def of_reader(self) -> list[Discrepancy]:
        """What the reader itself found odd in the report."""
        return list(carry_findings(self.kept.carrier.report, self.kept.findings, self.kept.carrier.text))


def make_rows(told: Told, ui: str, name: Namer, placed: bool = True) -> Iterator[Row]:
    """The fields of a record that are filled, with what is known of each."""
    fields = Fields(told.record, ui, name)
    for path, value in sorted(leaves(told.record), key=lambda leaf: leaf[0] in SAID_LAST):
        if value not in (None, []) and path not in _NOT_SHOWN:
            yield _row(told, fields, path, value, placed)


def _row(told: Told, fields: Fields, path: str, value: Any, placed: bool) -> Row:
    record = told.record
    basis: Basis | None = known_of(record.basis, path, value)
    sure: float | None = known_of(record.confidence, path, value)
    return Row(
        path=path,
        label=fields.label(path),
        said=fields.said(path, value),
        spans=(known_of(record.evidence, path, value) or ()) if placed else (),
        how=basis.how if basis else "",
        rule=render_rule(basis.rule, fields.ui) if basis else "",
        sure=level(sure) if sure is not None else "",
        number=sure,
        corrected=any(path == own or path.startswith(own + "/") for own in told.corrected),
    )


def _linked(told: Sequence[Told]) -> list[Told]:
    """Records that name each other by their places on the page."""
    places: dict[int | None, int] = {t.id: n for n, t in enumerate(told)}
    return [replace(t, record=_with_links(t, places)) for t in told]


def _with_links(told: Told, places: Mapping[int | None, int]) -> Record:
    record = told.record
    if isinstance(record, Undertaking):
        return replace(record, under=places.get(told.under), part_of=places.get(told.part_of))
    return replace(record, part_of=places.get(told.part_of)) if isinstance(record, Figure) else record


def value_at(told: Told, path: str) -> Any:
    """The value at a path, as JSON has it; None where nothing stands there."""
    value: Any = record_json(told.record)
    for key in path.split("/"):
        if isinstance(value, list):
            value = value[int(key)] if key.isdigit() and int(key) < len(value) else None
        elif isinstance(value, dict):
            value = value.get(key)
        else:
            return None
    return value
