"""What a person decides on a page -> an entry of the ledger, with who and why; and what is said of it afterwards."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.responses import Response

from servanda.errors import InputError
from servanda.ledger.ledger import Ledger
from servanda.web.desk import At

router = APIRouter()
Numbers = list[int]


@router.post("/decide/{what}")
def decide(
    desk: At,
    what: str,
    records: Annotated[Numbers, Form()] = [],  # noqa: B006
    path: Annotated[str, Form()] = "",
    value: Annotated[str, Form()] = "",
    start: Annotated[Numbers, Form()] = [],  # noqa: B006
    end: Annotated[Numbers, Form()] = [],  # noqa: B006
    report: Annotated[str, Form()] = "",
    seen: Annotated[int | None, Form()] = None,
    why: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/",
) -> Response:
    """Enter a decision, and lead back to where it was made, with its entry named there.

    `records`: numbers of records (or the digits of dossiers); of `undo` the number of the entry. `value` is JSON.
    `seen`: the last entry when the page was made; nothing is entered over what somebody decided since.
    """
    asked = {"path": path, "value": _json(value), "spans": list(zip(start, end, strict=False)), "report": report}
    seq = enter(desk.ledger, what, records, desk.who, why, seen, **asked)
    joined = "&" if "?" in back else "?"
    return desk.go(f"{back.partition('#')[0]}{joined}said={seq}")


def enter(
    ledger: Ledger,
    what: str,
    records: Numbers,
    who: str,
    why: str,
    seen: int | None,
    *,
    path: str = "",
    value: Any = None,
    spans: list[tuple[int, int]] | None = None,
    report: str = "",
) -> int:
    """The number of the entry. InputError where the decision is none, or names what there is not."""
    if what in ("confirm", "reject", "correct", "undo") and len(records) != 1:
        raise InputError(what, "concerns one record", "give its number")
    match what:
        case "confirm":
            return ledger.confirm(records[0], who, why)
        case "reject":
            return ledger.reject(records[0], who, why)
        case "correct":
            return ledger.correct(records[0], path, value, who, why, spans or ())
        case "add":
            return ledger.add_missed(report, value if isinstance(value, dict) else {}, who, why)[0]
        case "merge":
            return ledger.merge([(records[0], other) for other in records[1:]], who, why)
        case "apart":
            pairs = [(a, b) for n, a in enumerate(records) for b in records[n + 1 :]]
            return ledger.split(pairs, who, why)
        case "undo":
            return ledger.undo(records[0], who, why)
    raise InputError(what, "is no decision", "confirm, correct, reject, add, merge, apart or undo")


def _json(text: str) -> Any:
    """The value of a form: JSON, or nothing."""
    try:
        return json.loads(text) if text.strip() else None
    except (ValueError, RecursionError) as error:
        raise InputError("value", f"is no JSON ({error})", "give text in quotation marks") from error
