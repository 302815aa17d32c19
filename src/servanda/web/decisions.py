"""What a person decides on a page -> an entry of the ledger, with who and why; and what is said of it afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from servanda.errors import Conflict, InputError
from servanda.ledger.deciding import join_dossiers, keep_apart, parse_number, parse_value, take_out
from servanda.ledger.entries import JUDGEMENTS
from servanda.ledger.ledger import Decided, Ledger
from servanda.web.desk import At, Desk, is_own

router = APIRouter()
WHAT = ("confirm", "reject", "correct", "add", "merge", "apart", "split", "undo")
_EACH: Mapping[str, Decided] = {"confirm": "confirm", "reject": "reject", "undo": "undo"}  # an entry for each record
_FRESHENING = 1.0  # seconds that a decision waits for the lists; what is left is done beside the pages
_SHOWN = 10  # records and events named where somebody else was faster


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision. `records`: numbers of records, or of any record in a dossier; of `undo` the numbers of entries.

    `dossier` is where records are taken out of; `seen` the last entry that the person knew.
    """

    what: str
    who: str
    records: Sequence[int] = ()
    why: str = ""
    seen: int | None = None
    path: str = ""
    value: Any = None
    spans: Sequence[tuple[int, int]] = field(default_factory=tuple)
    report: str = ""
    dossier: int | None = None


async def _form(request: Request) -> FormData:
    return await request.form()


Sent = Annotated[FormData, Depends(_form)]


@router.post("/decide/{what}")
def decide(
    desk: At,
    what: str,
    form: Sent,
    records: Annotated[list[str], Form()] = [],  # noqa: B006
    path: Annotated[str, Form()] = "",
    value: Annotated[str, Form()] = "",
    start: Annotated[list[int], Form()] = [],  # noqa: B006
    end: Annotated[list[int], Form()] = [],  # noqa: B006
    report: Annotated[str, Form()] = "",
    dossier: Annotated[str, Form()] = "",
    seen: Annotated[int | None, Form()] = None,
    why: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/",
) -> Response:
    """Enter a decision, and lead back to where it was made, with its entries named there.

    `records`: numbers of records, or ids of dossiers; of `undo` the numbers of entries. `value` is JSON or plain text;
    empty says nothing. `seen`: the last entry when the page was made; nothing is entered over what somebody decided
    since.
    """
    decision = Decision(
        what=what,
        who=desk.who,
        records=[number_of(one) for text in records for one in text.replace(",", " ").split()],
        why=why.strip(),
        seen=seen,
        path=path,
        value=parse_value(value.strip()) if value.strip() else None,
        spans=list(zip(start, end, strict=False)),
        report=report,
        dossier=number_of(dossier) if dossier else None,
    )
    return answer(desk, decision, form, back)


def answer(desk: Desk, decision: Decision, form: FormData, back: str) -> Response:
    """Enter a decision and lead back; where somebody else was faster, say so, with how things stand now."""
    try:
        seqs = enter(desk.ledger, decision)
    except Conflict as conflict:
        return _say_conflict(desk, decision, form, back, conflict)
    joined = "&" if "?" in back else "?"
    return desk.go(f"{back.partition('#')[0]}{joined}said={','.join(map(str, seqs))}")


def _say_conflict(desk: Desk, decision: Decision, form: FormData, back: str, conflict: Conflict) -> Response:
    event = desk.ledger.event(conflict.seq)
    numbers = (event.records if event else ())[:_SHOWN] or tuple(decision.records)[:_SHOWN]
    homes = {home.id: home for number in numbers if (home := desk.ledger.dossier(number))}
    again = [(name, str(text)) for name, text in form.multi_items() if name not in ("seen", "back")]
    return desk.page(
        "conflict.html",
        409,
        event=event,
        conflict=conflict,
        decision=decision,
        homes=list(homes.values()),
        records=desk.ledger.records(numbers),
        history=[e for e in desk.ledger.history(numbers) if e.kind in (*JUDGEMENTS, "undo")][-_SHOWN:],
        again=again,
        back=back if is_own(back) else "/",
    )


def enter(ledger: Ledger, decision: Decision) -> list[int]:
    """The numbers of the entries; lists show them at once.

    InputError where the decision is none, or names what there is not; Conflict where somebody was faster.
    """
    seqs = _enter(ledger, decision)
    ledger.freshen(seconds=_FRESHENING)
    return seqs


def _enter(ledger: Ledger, decision: Decision) -> list[int]:
    what, records = decision.what, decision.records
    if what not in WHAT:
        raise InputError(what, "is no decision", f"give one of {', '.join(WHAT)}")
    if what in _EACH:
        if not records:
            raise InputError(what, "names no record", "give its number")
        return ledger.decide(_EACH[what], records, decision.who, decision.why, decision.seen)
    return [_enter_whole(ledger, decision)]


def _enter_whole(ledger: Ledger, decision: Decision) -> int:
    records, who, why, seen = decision.records, decision.who, decision.why, decision.seen
    match decision.what:
        case "correct":
            if len(records) != 1:
                raise InputError("correct", "concerns one record", "give its number")
            return ledger.correct(records[0], decision.path, decision.value, who, why, decision.spans, seen)
        case "add":
            value = decision.value if isinstance(decision.value, dict) else {}
            return ledger.add_missed(decision.report, value, who, why, seen)[0]
        case "merge":
            return join_dossiers(ledger, records, who, why, seen)
        case "apart":
            return keep_apart(ledger, records, who, why, seen)
        case _:
            home = decision.dossier if decision.dossier is not None else next(iter(records), 0)
            return take_out(ledger, home, records, who, why, seen)


def number_of(text: str) -> int:
    """The number of a record, or of any in a dossier, by what it is called."""
    number = parse_number(text)
    if number is None:
        raise InputError(text[:40], "is no id", "they look like U345")
    return number
