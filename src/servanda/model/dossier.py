"""What a ledger tells: records as reports carry them, and the dossiers in which those of one thing stand together.

A `Told` is one record of one report version. A `Dossier` holds the `Told` of one instrument, undertaking, figure or
meeting, and what follows from them as of a day. Both are values: a ledger makes them, checks and exports read them.
"""

from dataclasses import dataclass
from typing import Literal

from servanda.model.reading import Amount, Record
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


@dataclass(frozen=True, slots=True)
class Possible:
    """Another dossier that may tell of the same thing: open, for a person."""

    dossier: str
    score: float  # 0 to 1
    reasons: tuple[str, ...]  # plain words


@dataclass(frozen=True, slots=True)
class StepTold:
    """A step of an instrument on its time line; `told` are the records that say it."""

    step: str
    date: str | None
    by: str | None  # the party that takes a one-sided step
    told: tuple[int, ...]
    computed: bool = False


@dataclass(frozen=True, slots=True)
class ProgressTold:
    """What somebody reports of an undertaking, by whose side."""

    progress: str
    date: str | None  # day of the deed where told, else of the report
    reporter: str | None  # party code
    side: Side
    told: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a figure as reported, with the day on which it was; a later one of the same source revises it."""

    period: str | None
    amount: Amount | None
    reported: str | None
    told: tuple[int, ...]
    target: bool = False  # a goal, from an undertaking to raise or cut
    forecast: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One thing, and all that is told of it as of a day.

    `id` names the record that founded it ("U345"): it always leads to the dossier that now holds this record.
    `status`: for an instrument its furthest step, or `mentioned`; for an undertaking one of `Performance`; for a
    figure `reported` or `forecast`; for a meeting the meeting's status.
    """

    id: str
    type: str
    told: tuple[Told, ...]  # by day of publication, then number
    parties: tuple[str, ...]
    status: str
    first: str | None  # publication of the first and the last report
    last: str | None
    due: str | None = None  # EDTF: the deadline in force
    under: str | None = None  # the dossier of the instrument it rests on
    steps: tuple[StepTold, ...] = ()
    progress: tuple[ProgressTold, ...] = ()
    points: tuple[Point, ...] = ()
    grade: Grade = "F"
    origins: tuple[tuple[int, ...], ...] = ()  # records that go back to one origin stand together
    possible: tuple[Possible, ...] = ()


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
