"""The API of `/api/v1` where something is entered: decisions, undoing them, readings; and reading without recording."""

from hashlib import sha256
from json import dumps
from typing import Any

from fastapi import APIRouter

from servanda.errors import InputError
from servanda.ledger.given import Given, find_faults
from servanda.sources.rejected import Rejected
from servanda.web.api import MISSING, REFUSED
from servanda.web.api_models import (
    DecisionBody,
    Entered,
    Fault,
    Plain,
    ReadingBody,
    RecordedAnswer,
    TextBody,
    UndoBody,
)
from servanda.web.decisions import Decision, enter, number_of
from servanda.web.desk import At

_LATE: dict[int | str, dict[str, Any]] = {409: {"model": Fault, "description": "somebody decided in the meantime"}}
router = APIRouter(responses={**REFUSED, **_LATE})


def _example(body: Plain) -> dict[str, Any]:
    return {"x-body": body}


@router.post(
    "/decisions",
    tags=["review"],
    status_code=201,
    openapi_extra=_example({"what": "correct", "records": [1], "path": "when", "value": "2024-05", "why": "as told"}),
)
def decide(desk: At, body: DecisionBody) -> Entered:
    """Enter a decision, as the pages do: with who and why, all of it or nothing."""
    decision = Decision(
        what=body.what,
        who=body.who.strip() or desk.who,
        records=[number_of(str(one)) for one in body.records],
        why=body.why.strip(),
        seen=body.seen,
        path=body.path,
        value=body.value,
        spans=body.spans,
        report=body.report,
        dossier=number_of(body.dossier) if body.dossier else None,
    )
    return Entered(entries=enter(desk.ledger, decision))


@router.post("/undo", tags=["review"], status_code=201, openapi_extra=_example({"entries": [36], "why": "a mistake"}))
def undo(desk: At, body: UndoBody) -> Entered:
    """Take decisions back."""
    who = body.who.strip() or desk.who
    return Entered(entries=desk.ledger.decide("undo", body.entries, who, body.why.strip(), body.seen))


_READING = {"id": "made-elsewhere", "published": "2024-05-21", "records": []}


@router.post("/readings", tags=["reports"], status_code=201, openapi_extra=_example(_READING))
def add_reading(desk: At, body: ReadingBody) -> RecordedAnswer:
    """Record a reading made elsewhere."""
    reading = {name: value for name, value in body.model_dump().items() if name in body.model_fields_set}
    reading |= body.model_extra or {}
    if faults := list(find_faults(reading)):
        raise InputError("the reading", faults[0], "see servanda schema for what a reading holds")
    given = Given(reading=reading, **{name: getattr(body, name) for name in ("text", "agency", "lang", "url")})
    (recorded,) = desk.ledger.add([given], desk.who)
    desk.ledger.freshen(seconds=1.0)
    return RecordedAnswer(report=recorded.report, outcome=recorded.outcome, records=recorded.records)


_TEXT = {"text": "Узбекистан направит в Афганистан 3 тыс. тонн муки.", "published": "2024-05-21"}


@router.post("/read", tags=["reports"], responses=MISSING, openapi_extra=_example(_TEXT))
def read_text(desk: At, body: TextBody) -> Plain:
    """Read a report and record nothing: the reading as `servanda read --format jsonl` prints it."""
    line = dumps(body.model_dump(), ensure_ascii=False).encode("utf-8", "replace")
    (one,) = desk.served.readers.read(f"{sha256(line).hexdigest()[:8]}.jsonl", line, None)
    if isinstance(one, Rejected):
        raise InputError(body.id, one.message, one.remedy)
    return one.reading.to_json()
