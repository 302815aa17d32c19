"""Deadlines -> the undertakings that fall due in a period, or fell due and are not done."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Connection, select

from servanda.ledger.parties import key_of
from servanda.ledger.performance import CLOSED, is_promise
from servanda.ledger.schema import deadline, dossier, record
from servanda.ledger.views import View, founders_of, load_dossiers
from servanda.model.dossier import Dossier
from servanda.model.edtf import first_day, last_day
from servanda.model.reading import Undertaking

_PORTION = 50  # deadlines looked at in one go


def find_due(
    connection: Connection,
    view: View,
    *,
    parties: Sequence[str] = (),
    first: date | None = None,
    last: date | None = None,
    latest: bool = False,
) -> Iterator[Dossier]:
    """Undertakings of all the parties that are not done, whose deadline in force lies between two days, both counted.

    In the order of their deadlines, the `latest` first where it is asked for.
    """
    rows = iter(connection.execute(_query(view, parties, first, last, latest)))
    seen: set[int] = set()
    waiting: dict[int, Dossier] = {}  # found by a deadline that is not the one in force: its turn comes with that
    while portion := list(islice(rows, _PORTION)):
        homes = founders_of(connection, [row for row, _ in portion], view)
        new = [founder for founder in dict.fromkeys(homes.values()) if founder not in seen]
        seen |= set(new)
        made = dict(zip(new, load_dossiers(connection, new, view), strict=True))
        waiting |= {founder: one for founder, one in made.items() if _is_due(one, parties, first, last)}
        for row, day in portion:
            one = waiting.get(homes.get(row, 0))
            if one is not None and _end(one) == date.fromisoformat(day):
                yield waiting.pop(homes[row])
    yield from sorted(waiting.values(), key=lambda one: _end(one) or date.max, reverse=latest)


def _query(view: View, parties: Sequence[str], first: date | None, last: date | None, latest: bool) -> Any:
    query = (
        select(deadline.c.row, deadline.c.day)
        .join(record, record.c.row == deadline.c.row)
        .where(deadline.c.parties == key_of(parties))
    )
    if view.is_now:
        query = query.join(dossier, dossier.c.id == record.c.dossier).where(dossier.c.due.is_not(None))
    else:
        query = query.where(*view.alive())
    if first:
        query = query.where(deadline.c.day >= first.isoformat())
    if last:
        query = query.where(deadline.c.day <= last.isoformat())
    order = [deadline.c.day, deadline.c.row]
    return query.order_by(*([column.desc() for column in order] if latest else order))


def _is_due(made: Dossier, parties: Sequence[str], first: date | None, last: date | None) -> bool:
    """Whether it is still to be done, by a deadline of the period."""
    end = _end(made)
    if end is None or not awaits(made) or not set(parties) <= set(made.parties):
        return False
    return (first is None or first <= end) and (last is None or end <= last)


def awaits(made: Dossier) -> bool:
    """Whether a deadline is in force by which something promised is still to be done; it was not past when told."""
    end, told = _end(made), first_day(made.first) if made.first else None
    if end is None or made.status in CLOSED or (told is not None and told > end):
        return False
    return all(isinstance(t.record, Undertaking) and is_promise(t.record) for t in made.told)


def _end(made: Dossier) -> date | None:
    return last_day(made.due) if made.due else None
