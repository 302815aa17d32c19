"""The index -> how much there is of what a front page counts; each count looks at an index alone."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from servanda.ledger.found import count_findings
from servanda.ledger.schema import brief, carrier, entry, possible, stale, unchecked, waiting

_NEW = timedelta(days=7)
_SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Overview:
    """`reports` are versions of reports; `new` those recorded within a week, `due` within 30 days."""

    reports: int
    new: int
    dossiers: int
    due: int
    overdue: int
    waiting: int
    doubles: int
    errors: int
    doubts: int
    notes: int
    behind: int  # of the index


def count_overview(connection: Connection, today: date) -> Overview:
    """As of today."""

    def count(table: Any, *where: Any) -> int:
        return int(connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one())

    day, soon = today.isoformat(), (today + _SOON).isoformat()
    levels = count_findings(connection)
    return Overview(
        reports=count(carrier),
        new=count(carrier, carrier.c.seq > _last_before(connection, (today - _NEW).isoformat())),
        dossiers=count(brief),
        due=count(brief, brief.c.due >= day, brief.c.due <= soon),
        overdue=count(brief, brief.c.due < day),
        waiting=count(waiting),
        doubles=count(possible),
        errors=levels["error"],
        doubts=levels["doubt"],
        notes=levels["note"],
        behind=count(stale) + count(unchecked),
    )


def count_deadlines(connection: Connection, first: date, last: date) -> dict[date, int]:
    """How many things promised are still to be done by each day between two, both counted."""
    query = select(brief.c.due, func.count()).where(brief.c.due >= first.isoformat(), brief.c.due <= last.isoformat())
    rows = connection.execute(query.group_by(brief.c.due).order_by(brief.c.due))
    return {date.fromisoformat(day): count for day, count in rows}


def _last_before(connection: Connection, moment: str) -> int:
    """The last entry before a moment; 0 where there is none. Entries stand in the order of their time."""
    low, high = 0, connection.execute(select(func.max(entry.c.seq))).scalar() or 0
    while low < high:
        middle = (low + high + 1) // 2
        at = connection.execute(select(entry.c.at).where(entry.c.seq == middle)).scalar()
        low, high = (middle, high) if at is not None and at < moment else (low, middle - 1)
    return low
