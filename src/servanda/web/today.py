"""The first page: what is new, what is due, what needs a decision, what does not add up; of each the first few."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from servanda.ledger.found import FindingsWanted
from servanda.ledger.ledger import Ledger
from servanda.ledger.listing import Listed, Sought
from servanda.ledger.queue import Double, Waiting
from servanda.ledger.reports import ReportLine
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
    waiting = ledger.waiting(limit=_FEW)[0]
    return desk.page(
        "today.html",
        seen=seen,
        news=_news(desk),
        soon=ledger.listing(soon).rows,
        until=day + timedelta(_SOON),
        late=ledger.listing(Sought(overdue=True, order="late", limit=_FEW)).rows,
        weeks=make_weeks(deadlines, day, _WEEKS, desk.ui) if deadlines else None,
        waiting=[(one, _sentence(desk, one)) for one in waiting],
        doubles=_doubles(ledger),
        findings=_findings(ledger),
    )


@dataclass(frozen=True, slots=True)
class New:
    """A report that was recorded lately, and the first of the dossiers that it tells of."""

    line: ReportLine
    homes: Sequence[Listed]
    more: int


def _news(desk: Desk) -> list[tuple[str, list[New]]]:
    """The reports recorded last, by the day on which they were."""
    lines, _ = desk.ledger.reports(_FEW + 1)
    days = groupby(lines, key=lambda line: line.carrier.recorded[:10])
    return [(_named(desk, day), [_new(desk.ledger, line) for line in some]) for day, some in days]


def _named(desk: Desk, day: str) -> str:
    """A day of recording: today and yesterday by these words."""
    ago = (desk.today - date.fromisoformat(day)).days
    return desk.word(f"today/ago/{ago}") if ago in (0, 1) else render_period(day, desk.ui)


def _new(ledger: Ledger, line: ReportLine) -> New:
    homes = ledger.listed([int(id[1:]) for id in line.homes[:_OF_ONE]])
    return New(line, homes, max(0, len(line.homes) - _OF_ONE))


def _sentence(desk: Desk, waiting: Waiting) -> str:
    return printable(Writer(desk.ui, desk.name).title(waiting.told.record))


def _doubles(ledger: Ledger) -> list[tuple[Double, Listed, Listed]]:
    """Dossiers that may be one, the likest first."""
    found = ledger.doubles(_OF_ONE)[0]
    listed = {one.dossier.id: one for one in ledger.listed([int(id[1:]) for d in found for id in (d.a, d.b)])}
    return [(d, listed[d.a], listed[d.b]) for d in found if d.a in listed and d.b in listed]


def _findings(ledger: Ledger) -> Iterator[tuple[Any, Sequence[Listed]]]:
    """What does not add up, the gravest first, with the dossiers that it concerns."""
    found = ledger.find_stored(FindingsWanted(levels=("error", "doubt"), limit=_FEW))[0]
    for one in found:
        yield one, ledger.listed([int(id[1:]) for id in one.dossiers[:2]])
