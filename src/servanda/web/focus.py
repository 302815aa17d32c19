"""A record -> all that a person needs to decide on it: its fields, its words, why it waits, what else is known."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from servanda.ledger.entries import JUDGEMENTS
from servanda.ledger.found import FindingsWanted
from servanda.ledger.history import Event
from servanda.ledger.weight import weigh
from servanda.model.dossier import Discrepancy, Dossier, Told
from servanda.render.cards import Card, Writer, level
from servanda.render.findings import by_gravity
from servanda.render.reasons import say_reason
from servanda.web import items
from servanda.web.desk import Desk
from servanda.web.passage import Lit, find_passages

_UNSURE = 0.8  # of ten fields so read fewer than eight are right
_NAMED, _OTHERS = 3, 6  # fields and reports that are named
_FINDINGS = 20  # looked through for those that cite the record


@dataclass(frozen=True, slots=True)
class Double:
    """A dossier that may be the same, and why."""

    id: str
    dossier: Dossier
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class Focus:
    """One record in focus. `doubles` are what its dossier may be the same as, `grounds` what gives it weight."""

    told: Told
    card: Card
    rows: Sequence[items.Row]
    passages: Sequence[Sequence[Lit]]
    home: Dossier
    others: Sequence[Told]
    findings: Sequence[Discrepancy]
    events: Sequence[Event]
    doubles: Sequence[Double]
    grounds: Sequence[str]

    @property
    def sure(self) -> float | None:
        """How sure the record is, from 0 to 1."""
        return self.told.record.confidence.get("")

    @property
    def level(self) -> str:
        """The same in a word."""
        return level(self.sure or 0.0)

    @property
    def unsure(self) -> list[items.Row]:
        """The fields that are least sure, the most doubtful first."""
        doubtful = [row for row in self.rows if row.number is not None and row.number < _UNSURE]
        return sorted(doubtful, key=lambda row: row.number or 0.0)[:_NAMED]

    @property
    def first(self) -> str:
        """The field to look at first."""
        return next((row.path for row in (*self.unsure, *self.rows)), "")

    @property
    def waiting(self) -> list[int]:
        """The records of its dossier that no person has seen."""
        return [t.id for t in self.home.told if t.review is None]

    @property
    def more(self) -> int:
        """How many other records are not named."""
        return len(self.home.told) - 1 - len(self.others)


def make_focus(desk: Desk, number: int) -> Focus | None:
    """The record in focus; None where no dossier holds it."""
    home = desk.ledger.dossier(number, texts=True)
    told = next((t for t in home.told if t.id == number), None) if home else None
    if home is None or told is None:
        return None
    found, _ = desk.ledger.find_stored(
        FindingsWanted(levels=("error", "doubt"), dossiers=(int(home.id[1:]),), limit=_FINDINGS)
    )
    odd = [f for f in found if any(c.told == number for c in f.cited)]
    text = told.carrier.text or ""
    writer = Writer(desk.ui, desk.name, text)
    return Focus(
        told=told,
        card=writer.card(told.record, number),
        rows=[_linked(desk, row, told, writer) for row in items.make_rows(told, desk.ui, desk.name)],
        passages=find_passages(text, told.record.evidence),
        home=home,
        others=[t for t in reversed(home.told) if t.id != number][:_OTHERS],
        findings=by_gravity(odd),
        events=[e for e in desk.ledger.history([number]) if e.kind in JUDGEMENTS],
        doubles=_doubles(desk, home),
        grounds=weigh(told, home, bool(odd)).grounds,
    )


def _linked(desk: Desk, row: items.Row, told: Told, writer: Writer) -> items.Row:
    """A row that names another record, with what that one says."""
    number = {"under": told.under, "part_of": told.part_of}.get(row.path)
    others = desk.ledger.records([number]) if number else ()
    return next((replace(row, said=writer.title(other.record)) for other in others), row)


def _doubles(desk: Desk, home: Dossier) -> list[Double]:
    """What the dossier may be the same as, the likest first."""
    likest = sorted(home.possible, key=lambda one: -one.score)[:_NAMED]
    listed = {one.dossier.id: one.dossier for one in desk.ledger.listed([int(one.dossier[1:]) for one in likest])}
    return [
        Double(one.dossier, listed[one.dossier], [say_reason(reason, desk.ui) for reason in one.reasons])
        for one in likest
        if one.dossier in listed
    ]
