"""The first page: what is new, what is due, what needs a decision, what does not add up; of each the first few."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

from fastapi import APIRouter
from starlette.responses import Response

from servanda.ledger.found import FindingsWanted
from servanda.ledger.ledger import Ledger
from servanda.ledger.listing import Listed, Sought
from servanda.ledger.queue import Double, Waiting
from servanda.ledger.reports import ReportLine
from servanda.model.dossier import Discrepancy
from servanda.render.cards import Writer
from servanda.render.dates import render_period
from servanda.render.marks import printable
from servanda.web.desk import At, Desk
from servanda.web.weeks import make_weeks

router = APIRouter()
_FEW = 5
_OF_ONE = 3  # dossiers shown of one report
_SOON, _WEEKS = 30, 13  # days of the list, weeks of the picture


@router.get("/")
def today(desk: At) -> Response:
    """One glance at the ledger, as of now."""
    if desk.as_of or desk.known_at:
        return desk.go(f"/dossiers?{desk.request.url.query}")
    ledger, day = desk.ledger, desk.today
    seen = ledger.overview()
    if not seen.reports:
        return desk.page("welcome.html")
    soon = Sought(due_from=day, due_to=day + timedelta(_SOON), order="due", limit=_FEW)
    deadlines = ledger.deadlines(day, day + timedelta(7 * _WEEKS - 1))
    lines = ledger.reports(_FEW + 1)[0]
    doubles = ledger.doubles(_OF_ONE)[0]
    findings = ledger.find_stored(FindingsWanted(levels=("error", "doubt"), limit=_FEW))[0]
    listed = _listed(ledger, [*lines, *findings], doubles)
    return desk.page(
        "today.html",
        seen=seen,
        news=_by_day(desk, lines),
        findings=findings,
        doubles=[one for one in doubles if one.a in listed and one.b in listed],
        listed=listed,
        few=_OF_ONE,
        soon=ledger.listing(soon).rows,
        late=ledger.listing(Sought(overdue=True, order="late", limit=_FEW)).rows,
        weeks=make_weeks(deadlines, day, _WEEKS, desk.ui) if deadlines else None,
        waiting=[(one, _sentence(desk, one)) for one in ledger.waiting(limit=_FEW)[0]],
    )


def _listed(ledger: Ledger, told: Iterable[ReportLine | Discrepancy], doubles: Iterable[Double]) -> dict[str, Listed]:
    """The dossiers that the page names, by id, looked up at once."""
    ids = [id for one in told for id in (one.homes if isinstance(one, ReportLine) else one.dossiers)[:_OF_ONE]]
    ids += [id for one in doubles for id in (one.a, one.b)]
    return {one.dossier.id: one for one in ledger.listed([int(id[1:]) for id in dict.fromkeys(ids)])}


def _by_day(desk: Desk, lines: Iterable[ReportLine]) -> list[tuple[str, list[ReportLine]]]:
    """Reports by the day on which they were recorded."""
    days = groupby(lines, key=lambda line: line.carrier.recorded[:10])
    return [(_named(desk, day), list(some)) for day, some in days]


def _named(desk: Desk, day: str) -> str:
    """A day of recording: today and yesterday by these words."""
    ago = (desk.today - date.fromisoformat(day)).days
    return desk.word(f"today/ago/{ago}") if ago in (0, 1) else render_period(day, desk.ui)


def _sentence(desk: Desk, waiting: Waiting) -> str:
    return printable(Writer(desk.ui, desk.name).title(waiting.told.record))
