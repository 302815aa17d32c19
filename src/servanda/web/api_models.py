"""What the API takes and answers: parts of a dossier as the model has them, records as `servanda read` prints them."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from servanda.ledger.queue import Double
from servanda.model.dossier import (
    Carrier,
    Discrepancy,
    DueTold,
    Grade,
    Point,
    Possible,
    ProgressTold,
    Review,
    StepTold,
)

Type = Literal["instrument", "undertaking", "figure", "meeting"]
Number = Annotated[int, Field(ge=0, le=10**15)]
Plain = dict[str, Any]


class Fault(BaseModel):
    """What could not be done: where, why, and what to do about it."""

    place: str
    message: str
    remedy: str


class DossierLine(BaseModel):
    """A dossier as a list shows it. `waiting`: its records that no person has seen."""

    id: str
    type: Type
    status: str
    parties: Sequence[str]
    title: str
    first: str | None
    last: str | None
    due: str | None
    grade: Grade
    quote: str
    reports: int
    records: int
    origins: int
    waiting: int
    errors: int
    doubts: int


class DossierList(BaseModel):
    """A page of dossiers. `total`: of the whole list; of one seen from an earlier day as far as it was looked at.

    `bounded`: there may be more than were looked at.
    """

    total: int
    bounded: bool
    items: Sequence[DossierLine]


class ToldRecord(BaseModel):
    """One record as one report tells it: `record` as `servanda read` prints it (`servanda schema` describes it)."""

    id: int
    record: Plain
    carrier: Carrier
    under: int | None
    part_of: int | None
    review: Review | None
    corrected: Sequence[str]
    rewrites: int | None


class RecordAnswer(ToldRecord):
    """A record, and the dossier in which it stands."""

    dossier: str


class DossierAnswer(BaseModel):
    """One dossier with all that is told of it, with evidence. Dates are EDTF."""

    id: str
    type: Type
    status: str
    parties: Sequence[str]
    title: str
    first: str | None
    last: str | None
    as_of: str | None
    due: str | None
    dues: Sequence[DueTold]
    under: str | None
    steps: Sequence[StepTold]
    progress: Sequence[ProgressTold]
    points: Sequence[Point]
    grade: Grade
    origins: Sequence[Sequence[int]]
    possible: Sequence[Possible]
    told: Sequence[ToldRecord]


class FindingList(BaseModel):
    """A page of findings, the gravest first."""

    total: int
    items: Sequence[Discrepancy]


class ReportListed(BaseModel):
    """A report version, its records in force, and how many of them no person has seen."""

    carrier: Carrier
    records: int
    waiting: int


class ReportList(BaseModel):
    """A page of reports, the last recorded first; `total` counts 10,000 at most."""

    total: int
    items: Sequence[ReportListed]


class ReportAnswer(BaseModel):
    """A report version with its text and its records in force."""

    carrier: Carrier
    versions: Sequence[int]
    records: Sequence[RecordAnswer]


class WaitingRecord(BaseModel):
    """A record that no person has seen: how doubtful it is, how much follows from it, and the product of both."""

    record: ToldRecord
    dossier: str
    doubt: float
    weight: float
    rank: float


class WaitingList(BaseModel):
    """A page of the review queue."""

    total: int
    items: Sequence[WaitingRecord]


class DoubleList(BaseModel):
    """A page of pairs of dossiers that may be one, the likest first."""

    total: int
    items: Sequence[Double]


class Party(BaseModel):
    """A party, its name, and in how many dossiers it stands."""

    party: str
    name: str
    dossiers: int


class PartyList(BaseModel):
    """The parties of the ledger; `bounded` where only the dossiers told last were counted."""

    bounded: bool
    items: Sequence[Party]


class EventAnswer(BaseModel):
    """One entry of the ledger. `at` is UTC; `undone_by` the entry that took it back."""

    entry: int
    at: str
    who: str
    kind: str
    report: str | None
    records: Sequence[int]
    undone_by: int | None
    body: Mapping[str, Any]


class Health(BaseModel):
    """How the service is. `entries`: the number of the last entry; `behind`: how much of the index is to be made."""

    status: Literal["ok"]
    version: str
    entries: int
    behind: int


class DecisionBody(BaseModel):
    """A decision. `records`: numbers of records, or ids of dossiers; of `undo` the numbers of entries.

    `correct` sets `path` of one record to `value`, with the `spans` of the report that say it; `add` adds `value`, a
    record, to `report`; `split` takes records out of `dossier`. `seen`: the last entry that the person knew: nothing is
    entered where a later one concerns the same records (409).
    """

    model_config = ConfigDict(extra="forbid")
    what: Literal["confirm", "reject", "correct", "add", "merge", "apart", "split", "undo"]
    records: list[Number | str] = []
    path: str = ""
    value: Any = None
    spans: list[tuple[Number, Number]] = []
    report: str = ""
    dossier: str = ""
    why: str = ""
    who: str = ""
    seen: Number | None = None


class UndoBody(BaseModel):
    """Decisions to take back, by the numbers of their entries."""

    model_config = ConfigDict(extra="forbid")
    entries: Annotated[list[Number], Field(min_length=1)]
    why: str = ""
    who: str = ""
    seen: Number | None = None


class Entered(BaseModel):
    """The numbers of the entries that were made; each can be undone."""

    entries: Sequence[int]


class ReadingBody(BaseModel):
    """A reading made elsewhere, as `servanda read --format jsonl` prints it; evidence, basis, confidence may lack."""

    model_config = ConfigDict(extra="allow")
    id: str
    published: str | None = None
    records: list[Plain]
    text: str | None = None
    agency: str | None = None
    lang: str | None = None
    url: str | None = None


class RecordedAnswer(BaseModel):
    """What became of a reading: `recorded`, a new `version` of its report, `reread`, or `known` already."""

    report: str
    outcome: Literal["recorded", "version", "reread", "known"]
    records: int


class TextBody(BaseModel):
    """A report to be read. Relative dates need the day on which it was `published`."""

    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, Field(min_length=1)]
    id: str = "report"
    published: str | None = None
    agency: str | None = None
    url: str | None = None
