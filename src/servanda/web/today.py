"""The first page: what is new, what is due, what needs a decision, what does not add up."""

from fastapi import APIRouter
from starlette.responses import Response

from servanda.ledger.views import Wanted
from servanda.web.desk import At

router = APIRouter()


@router.get("/")
def today(desk: At) -> Response:
    """One glance at the ledger."""
    return desk.page("today.html", dossiers=list(desk.ledger.find(Wanted(limit=10), desk.view)))
