"""The reports that were recorded: a list to search, each with what waits in it."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from servanda.ledger.reports import MOST
from servanda.web.desk import At, Desk

router = APIRouter()
_PAGE, _LARGEST = 50, 500  # reports on a page, and at most


@router.get("/reports")
def reports(desk: At) -> Response:
    """A page of them, the last recorded first."""
    asked = reports_asked(desk)
    lines, total = desk.ledger.reports(**asked)
    return desk.page("reports.html", lines=lines, total=total, bounded=total == MOST, **asked)


def reports_asked(desk: Desk) -> dict[str, Any]:
    """What the address asks of the ledger."""
    return {
        "words": desk.asked("q"),
        "since": desk.day("since"),
        "until": desk.day("until"),
        "waits": desk.is_on("waiting"),
        "limit": desk.number("limit", _PAGE, _LARGEST),
        "offset": desk.number("offset", 0),
    }
