"""What a person decides on a page -> an entry of the ledger, with who and why; and what is said of it afterwards."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from servanda.errors import InputError
from servanda.ledger.deciding import join_dossiers, keep_apart, parse_number, parse_value, take_out
from servanda.ledger.ledger import Decided, Ledger
from servanda.web.desk import At
from servanda.web.served import Served

router = APIRouter()
WHAT = ("confirm", "reject", "correct", "add", "merge", "apart", "split", "undo")
_EACH: Mapping[str, Decided] = {"confirm": "confirm", "reject": "reject", "undo": "undo"}  # an entry for each record
_PARTIES = ("by", "to", "parties", "who", "party")
_PART = "value/"  # beginning of the names of inputs that hold the parts of one value


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


async def _parts(request: Request) -> Mapping[str, str]:
    """The parts of a value that a form gives one by one: `value/number`, `value/unit`."""
    form = await request.form()
    return {name[len(_PART) :]: str(text) for name, text in form.items() if name.startswith(_PART)}


@router.post("/decide/{what}")
def decide(
    desk: At,
    what: str,
    parts: Annotated[Mapping[str, str], Depends(_parts)],
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
        records=[_number(one) for text in records for one in text.replace(",", " ").split()],
        why=why.strip(),
        seen=seen,
        path=path,
        value=_value(desk.served, path, value, parts),
        spans=list(zip(start, end, strict=False)),
        report=report,
        dossier=_number(dossier) if dossier else None,
    )
    seqs = enter(desk.ledger, decision)
    joined = "&" if "?" in back else "?"
    return desk.go(f"{back.partition('#')[0]}{joined}said={','.join(map(str, seqs))}")


def enter(ledger: Ledger, decision: Decision) -> list[int]:
    """The numbers of the entries. InputError where the decision is none, or names what there is not."""
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


def _number(text: str) -> int:
    number = parse_number(text)
    if number is None:
        raise InputError(text[:40], "is no id", "they look like U345")
    return number


def _value(served: Served, path: str, text: str, parts: Mapping[str, str]) -> Any:
    """The value that a form gives, whole or in parts; a party by its code or by any of its names."""
    if parts:
        return {name: _plain(served, name, part) for name, part in parts.items()}
    name = next((part for part in reversed(path.split("/")) if not part.isdigit()), "")
    return _plain(served, name, text)


def _plain(served: Served, name: str, text: str) -> Any:
    value = parse_value(text.strip()) if text.strip() else None
    if name in _PARTIES and isinstance(value, str):
        return served.party_code(value)
    return _as_number(value) if name in ("number", "percent", "times") else value


def _as_number(value: Any) -> Any:
    """A number as people type it: 1 500,5."""
    plain = "".join(value.split()).replace(",", ".") if isinstance(value, str) else ""
    try:
        return json.loads(plain) if plain else value
    except ValueError:
        return value
