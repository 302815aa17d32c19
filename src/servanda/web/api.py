"""The API of `/api/v1`: what the pages show, as JSON; the same functions answer both."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from servanda.ledger.deciding import parse_number
from servanda.ledger.history import Event, find_events
from servanda.ledger.listing import Listed, Order, Sought
from servanda.ledger.queue import WaitingOrder
from servanda.model.dossier import Dossier, Told, dossier_json, told_json
from servanda.model.reading import plain
from servanda.render.dossiers import dossier_title
from servanda.web.api_models import (
    DossierAnswer,
    DossierLine,
    DossierList,
    DoubleList,
    EventAnswer,
    Fault,
    FindingList,
    Health,
    PartyList,
    RecordAnswer,
    ReportAnswer,
    ReportList,
    Type,
    WaitingList,
)
from servanda.web.asking import Asking
from servanda.web.desk import At, Desk
from servanda.web.findings import FindingsAsked
from servanda.web.reports import reports_asked

REFUSED: dict[int | str, dict[str, Any]] = {422: {"model": Fault, "description": "a value that cannot be used"}}
MISSING: dict[int | str, dict[str, Any]] = {404: {"model": Fault, "description": "there is none"}, **REFUSED}
router = APIRouter(responses=REFUSED)
_LARGEST = 1 << 53

Limit = Annotated[int, Query(ge=0, le=200, description="at most so many")]
Offset = Annotated[int, Query(ge=0, le=_LARGEST, description="passed over first")]
_Days = Annotated[str | None, Query(description="a day such as 2021-12-08")]
_AsOf = Annotated[str | None, Query(description="only what was published by that day; deadlines are judged on it")]
_KnownAt = Annotated[str | None, Query(description="only what was recorded by then, as 2024-05-01T09:30Z")]
_Parties = Annotated[list[str], Query(description="a code or any name; given twice, both have to be there")]


class ListQuery(BaseModel):
    """What narrows and orders a list of dossiers; several values of one name mean any of them, of `party` all."""

    q: str = ""
    party: list[str] = []
    type: list[Type] = []
    act: list[str] = []
    status: list[str] = []
    agency: list[str] = []
    since: str | None = None
    until: str | None = None
    due_from: str | None = None
    due_to: str | None = None
    overdue: bool = False
    waiting: bool = False
    order: Order = "last"
    as_of: str | None = None
    known_at: str | None = None
    limit: Limit = 25
    offset: Offset = 0


def _example(query: str) -> dict[str, Any]:
    """What the page of the API shows as an example."""
    return {"x-example": query}


@router.get("/dossiers", tags=["dossiers"], openapi_extra=_example("?q=помощь&party=KZ&type=undertaking"))
def list_dossiers(desk: At, asked: Annotated[ListQuery, Query()]) -> DossierList:
    """Dossiers by words in any form, parties, types, acts, statuses, agencies and days."""
    listing = Asking(desk).page()
    return DossierList(total=listing.total, bounded=listing.bounded, items=[_line(desk, row) for row in listing.rows])


@router.get("/due", tags=["dossiers"], openapi_extra=_example("?party=KZ&party=KG&due_to=2025-12-31"))
def list_due(desk: At, asked: Annotated[ListQuery, Query()]) -> DossierList:
    """What is still to be done by a day, the nearest deadline first; narrowed as a list of dossiers is."""
    listing = Asking(desk).page(due=True)
    return DossierList(total=listing.total, bounded=listing.bounded, items=[_line(desk, row) for row in listing.rows])


def _line(desk: Desk, row: Listed) -> DossierLine:
    one = row.dossier
    names = ("id", "type", "status", "parties", "first", "last", "due", "grade")
    counts = ("reports", "records", "origins", "waiting", "errors", "doubts")
    return DossierLine(
        **{name: getattr(one, name) for name in names},
        **{name: getattr(row, name) for name in counts},
        title=dossier_title(one, desk.ui, desk.name),
        quote=one.listed.record.quote,
    )


@router.get("/dossiers/{id}", tags=["dossiers"], responses=MISSING, openapi_extra=_example(""))
def one_dossier(
    desk: At, id: str, as_of: _AsOf = None, known_at: _KnownAt = None, with_text: bool = False
) -> DossierAnswer:
    """A dossier with every record, its evidence and quote; by its id or the number of any record that stood in it."""
    found = _find(desk, id, texts=with_text)
    made = dossier_json(found, with_text)
    return DossierAnswer(**made, title=dossier_title(found, desk.ui, desk.name))


def _find(desk: Desk, id: str, texts: bool = False) -> Dossier:
    number = parse_number(id)
    found = desk.ledger.dossier(number, desk.view, texts=texts) if number is not None else None
    if found is None:
        raise HTTPException(404, "no dossier holds this record")
    return found


@router.get("/records/{number}", tags=["dossiers"], responses=MISSING, openapi_extra=_example(""))
def one_record(desk: At, number: str, as_of: _AsOf = None, known_at: _KnownAt = None) -> RecordAnswer:
    """A record with its evidence, corrections in it, and the dossier in which it stands."""
    home = _find(desk, number)
    told = next((t for t in home.told if t.id == parse_number(number)), None)
    if told is None:
        raise HTTPException(404, f"the record stands no more in {home.id}")
    return _record(told, home.id)


def _record(told: Told, dossier: str) -> RecordAnswer:
    return RecordAnswer(**told_json(told), dossier=dossier)


@router.get("/reports", tags=["reports"], openapi_extra=_example("?since=2024-01-01&waiting=1"))
def list_reports(
    desk: At,
    q: Annotated[str, Query(description="words of the id or the agency")] = "",
    since: _Days = None,
    until: _Days = None,
    waiting: bool = False,
    limit: Limit = 50,
    offset: Offset = 0,
) -> ReportList:
    """The reports recorded, the last first."""
    lines, total = desk.ledger.reports(**reports_asked(desk))
    return ReportList.model_validate({"total": total, "items": [plain(line) for line in lines]})


@router.get("/report", tags=["reports"], responses=MISSING, openapi_extra=_example("?id=07-loan"))
def one_report(desk: At, id: str, version: Annotated[int | None, Query(ge=1, le=_LARGEST)] = None) -> ReportAnswer:
    """A report with its text and its records in force; its last version unless told."""
    found = desk.ledger.report(id, version)
    if found is None:
        raise HTTPException(404, "there is no such report, or not this version of it")
    records = [_record(told, found.homes[told.id]) for told in found.told]
    return ReportAnswer(carrier=found.carrier, versions=found.versions, records=records)


@router.get("/findings", tags=["findings"], openapi_extra=_example("?level=error&level=doubt&party=KZ"))
def list_findings(
    desk: At,
    level: Annotated[list[Literal["error", "doubt", "note"]], Query()] = [],  # noqa: B006
    code: Annotated[list[str], Query(description="of the kind of finding, as docs/CHECKS.md tells")] = [],  # noqa: B006
    party: _Parties = [],  # noqa: B006
    dossier: Annotated[list[str], Query(description="concerning any of these")] = [],  # noqa: B006
    report: Annotated[str, Query(description="citing this one")] = "",
    as_of: _AsOf = None,
    known_at: _KnownAt = None,
    limit: Limit = 25,
    offset: Offset = 0,
) -> FindingList:
    """What does not add up, or follows, with the words and the arithmetic."""
    found, total = FindingsAsked(desk).page()
    return FindingList(total=total, items=found)


@router.get("/queue", tags=["review"], openapi_extra=_example("?order=rank&type=undertaking"))
def list_waiting(
    desk: At,
    order: WaitingOrder = "rank",
    party: _Parties = [],  # noqa: B006
    type: Annotated[list[Type], Query()] = [],  # noqa: B006
    limit: Limit = 50,
    offset: Offset = 0,
) -> WaitingList:
    """The records that no person has seen; those where a look is worth most come first."""
    parties = [desk.served.party_code(one) for one in party]
    found, total = desk.ledger.waiting(order, parties=parties, types=type, limit=limit, offset=offset)
    items = [
        {"record": told_json(w.told), "dossier": w.dossier, "doubt": w.doubt, "weight": w.weight, "rank": w.rank}
        for w in found
    ]
    return WaitingList.model_validate({"total": total, "items": items})


@router.get("/doubles", tags=["review"], openapi_extra=_example(""))
def list_doubles(desk: At, limit: Limit = 50, offset: Offset = 0) -> DoubleList:
    """Pairs of dossiers that may be one, the likest first, and why."""
    found, total = desk.ledger.doubles(limit, offset)
    return DoubleList(total=total, items=found)


@router.get("/parties", tags=["dossiers"], openapi_extra=_example(""))
def list_parties(desk: At) -> PartyList:
    """The parties of which something is told, the most told of first."""
    facets = desk.ledger.facets(Sought())
    items = [{"party": code, "name": desk.name(code), "dossiers": n} for code, n in facets.values["party"]]
    return PartyList.model_validate({"bounded": facets.bounded, "items": items})


@router.get("/history", tags=["history"], responses=MISSING, openapi_extra=_example("?id=U4"))
def history(
    desk: At, id: Annotated[str, Query(description="a dossier, the number of a record, or a report")]
) -> list[EventAnswer]:
    """What happened, entry by entry: who, when, what, why."""
    events = find_events(desk.ledger, id)
    if not events:
        raise HTTPException(404, "nothing is known of it")
    return [_event(event) for event in events]


def _event(event: Event) -> EventAnswer:
    return EventAnswer(
        entry=event.seq,
        at=event.at,
        who=event.who,
        kind=event.kind,
        report=event.report,
        records=event.records,
        undone_by=event.undone,
        body={name: value for name, value in event.body.items() if name != "reading"},
    )


@router.get("/health", tags=["service"], openapi_extra=_example(""))
def health(desk: At) -> Health:
    """Whether the ledger answers, how far it is, and how much of its index is behind."""
    ledger = desk.ledger
    return Health(status="ok", version=desk.served.version, entries=ledger.last_seq(), behind=ledger.freshness())
