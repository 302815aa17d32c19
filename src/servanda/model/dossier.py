"""What a ledger tells: records as reports carry them, and the dossiers in which those of one thing stand together.

A `Told` is one record of one report version. A `Dossier` holds the `Told` of one instrument, undertaking, figure or
meeting, and what follows from them as of a day. Both are values: a ledger makes them, checks and exports read them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any, Literal

from servanda.model.reading import Amount, Change, Figure, Instrument, Meeting, Record, Undertaking, plain, record_json
from servanda.model.spans import Span

Review = Literal["confirmed", "corrected", "added"]
Side = Literal["giver", "taker", "both", "third", "unknown"]
Grade = Literal["B", "C", "D", "E", "F"]


@dataclass(frozen=True, slots=True)
class Carrier:
    """The report version that carries a record. `published` is EDTF; `recorded` UTC, ISO 8601."""

    report: str
    version: int
    published: str | None
    agency: str | None
    lang: str | None
    url: str | None
    recorded: str
    reader: str  # name and version of what read it; "given" where somebody else did
    text: str | None = None  # where it is asked for and kept
    withdrawn: bool = False
    purged: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """One record as one report tells it, with the corrections of people already in it.

    `id` is the record's number in the ledger, for ever; `under` and `part_of` are numbers of records too (those inside
    `record` are places in its own report).
    """

    id: int
    record: Record
    carrier: Carrier
    under: int | None = None
    part_of: int | None = None
    review: Review | None = None
    corrected: tuple[str, ...] = ()  # paths of the fields that a person set
    rewrites: int | None = None  # the record of an earlier report of the same wire that tells this alike
    sketch: bytes | None = None  # of the report's text, see `model.sketch`; printed nowhere


@dataclass(frozen=True, slots=True)
class Possible:
    """Another dossier that may tell of the same thing: open, for a person."""

    dossier: str
    score: float  # 0 to 1
    reasons: tuple[str, ...]  # plain words


@dataclass(frozen=True, slots=True)
class StepTold:
    """A step of an instrument on its time line; `told` are the records that say it.

    `certainty` is the firmest of theirs; a step that is denied stands apart from the same one that is stated.
    """

    step: str
    date: str | None
    by: str | None  # the party that takes a one-sided step
    told: tuple[int, ...]
    computed: bool = False
    certainty: str = "stated"
    to_come: bool = False  # dated after the day of the view


@dataclass(frozen=True, slots=True)
class ProgressTold:
    """What somebody reports of an undertaking, by whose side: the giver acts, the taker is acted for."""

    progress: str
    date: str | None  # day of the deed where told, else of the report
    reporter: str | None  # party code
    side: Side
    told: tuple[int, ...]
    certainty: str = "stated"


@dataclass(frozen=True, slots=True)
class DueTold:
    """A deadline as told; a later one in the row revises it."""

    due: str
    told: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a figure as reported, with the day on which it first was."""

    period: str | None
    amount: Amount | None
    reported: str | None
    told: tuple[int, ...]
    target: bool = False  # a goal, from an undertaking to raise or cut
    forecast: bool = False
    revised: bool = False  # the same origin later gave another value for the period
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One thing, and all that is told of it as of a day.

    `id` names the record that founded it ("U345"): it always leads to the dossier that now holds this record.
    `status`: for an instrument its furthest stage (`extended`, `amended` where no other is told), or `mentioned`;
    for an undertaking one of `Performance`; for a figure `reported` or `forecast`; for a meeting the meeting's status;
    for any `denied` where all who tell it deny it.
    """

    id: str
    type: str
    told: tuple[Told, ...]  # by day of publication, then number
    parties: tuple[str, ...]
    status: str
    first: str | None  # publication of the first and the last report
    last: str | None
    as_of: str | None = None  # the day of the view; None: that of the last report
    due: str | None = None  # EDTF: the deadline in force
    dues: tuple[DueTold, ...] = ()  # all that were told, the one in force last
    under: str | None = None  # the dossier of the instrument it rests on
    steps: tuple[StepTold, ...] = ()
    progress: tuple[ProgressTold, ...] = ()
    points: tuple[Point, ...] = ()
    grade: Grade = "F"
    origins: tuple[tuple[int, ...], ...] = ()  # records that go back to one origin stand together
    possible: tuple[Possible, ...] = ()

    @property
    def fullest(self) -> Told:
        """The record that says most of the thing."""
        return find_fullest(self.told)

    @property
    def listed(self) -> Told:
        """The record that a list shows: of a figure the last value, of all else the one that says most."""
        values = [t for t in self.told if isinstance(t.record, Figure) and t.record.amount]
        return values[-1] if values else self.fullest


def find_fullest(told: Iterable[Told]) -> Told:
    """Of records of one thing the one that says most: not withdrawn, not denied, a promise, full, reviewed."""
    return max(told, key=lambda t: (*_says(t), -t.id))


_GROUNDS = ("evidence", "basis", "confidence")


def _says(told: Told) -> tuple[bool, bool, bool, int, bool]:
    record = told.record
    done = isinstance(record, Undertaking) and record.progress == "fulfilled"
    filled = sum(bool(getattr(record, f.name)) for f in fields(record) if f.name not in _GROUNDS)
    return not told.carrier.withdrawn, record.certainty != "denied", not done, filled, told.review is not None


def parties_of(record: Record) -> tuple[str, ...]:
    """The parties of a record, each once: who acts first, then for whom."""
    return tuple(dict.fromkeys(_parties(record)))


def _parties(record: Record) -> Iterator[str]:
    match record:
        case Instrument():
            yield from record.parties
        case Undertaking():
            yield from (*record.by, *record.to)
        case Figure():
            yield from record.who
        case Meeting():
            yield from (p.party for p in record.participants if p.party)


Performance = Literal[
    "did",  # told only as done: never a promise
    "open",
    "in_progress",
    "performed",
    "performed_late",
    "partly_performed",
    "overdue_no_report",
    "reported_not_performed",
    "delayed",
    "suspended",
    "cancelled",
    "denied",
]


@dataclass(frozen=True, slots=True)
class Cited:
    """Words of a report that something rests on."""

    told: int
    report: str
    words: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A finding over one or several dossiers: what does not add up, or follows, with words and numbers.

    `level`: `error` (cannot be so), `doubt` (a person should look), `note` (follows, or is worth knowing).
    """

    code: str
    level: Literal["error", "doubt", "note"]
    message: str  # plain English, with the arithmetic
    dossiers: tuple[str, ...]
    cited: tuple[Cited, ...]
    message_ru: str = ""


def dossier_json(dossier: Dossier, with_text: bool = False) -> dict[str, Any]:
    """A dossier as a plain object: the folds first, then every record with its evidence and quote.

    id, type, status, parties, first, last, as_of, due, dues, under, steps, progress, points, grade,
    origins, possible: as in `Dossier`, dataclasses as objects, dates as EDTF. `told`: a list of
    {id, record (as `servanda read` prints it: quote, fields, evidence, basis, confidence), carrier, under, part_of,
    review, corrected, rewrites}; numbers in `told`, `under`, `part_of`, `rewrites` and `origins` are numbers of records
    in the ledger.
    `carrier/text` is there only `with_text` and where it is kept.
    """
    out = {
        name: plain(getattr(dossier, name))
        for name in (
            *("id", "type", "status", "parties", "first", "last", "as_of", "due", "dues", "under"),
            *("steps", "progress", "points", "grade", "origins", "possible"),
        )
    }
    return {**out, "told": [told_json(t, with_text) for t in dossier.told]}


def told_json(told: Told, with_text: bool = False) -> dict[str, Any]:
    """One record of a dossier as a plain object; see `dossier_json`."""
    carrier = plain(told.carrier)
    if not with_text or told.carrier.text is None:
        del carrier["text"]
    return {
        "id": told.id,
        "record": record_json(told.record),
        "carrier": carrier,
        "under": told.under,
        "part_of": told.part_of,
        "review": told.review,
        "corrected": list(told.corrected),
        "rewrites": told.rewrites,
    }
