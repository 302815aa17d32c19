"""What a list holds -> how many are of each type, act, status, party, agency and year."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, func, literal, select, union_all

from servanda.ledger.listing import Sought, is_bounded, last_told, narrowed
from servanda.ledger.schema import brief

MOST = 2_000  # dossiers looked at, the last told first
_COLUMNS = {"type": "type", "act": "act", "status": "status", "party": "parties", "agency": "agencies", "year": "year"}
_LISTS = ("party", "agency")


@dataclass(frozen=True, slots=True)
class Facets:
    """Values with their counts, the most frequent first, by `type`, `act`, `status`, `party`, `agency`, `year`.

    `looked` is how many dossiers were counted; `bounded` where there may be more, told earlier.
    """

    values: Mapping[str, tuple[tuple[str, int], ...]]
    looked: int
    bounded: bool


def count_facets(connection: Connection, sought: Sought, today: date) -> Facets:
    """Over all that is sought, as far as it is looked at; its limit and offset do not matter."""
    columns = (
        *(brief.c.type, brief.c.act, brief.c.status),
        *(brief.c.parties, brief.c.agencies, func.substr(brief.c.last, 1, 4).label("year")),
    )
    query = narrowed(select(*columns), sought, today).order_by(*last_told(sought)).limit(MOST)
    found = query.cte("found")
    counting = [
        select(literal(name), found.c[column], func.count()).group_by(found.c[column])
        for name, column in _COLUMNS.items()
    ]
    counted: dict[str, Counter[str]] = {name: Counter() for name in _COLUMNS}
    for name, value, count in connection.execute(union_all(*counting)):
        for one in _parse(value) if name in _LISTS else (value,):
            counted[name][one] += count
    looked = counted["type"].total()
    bounded = looked == MOST or is_bounded(connection, sought)
    return Facets({name: _sorted(counts) for name, counts in counted.items()}, looked, bounded)


@lru_cache(maxsize=4_096)
def _parse(text: str) -> Sequence[str]:
    return tuple(json.loads(text))


def _sorted(counts: Counter[Any]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(((value, count) for value, count in counts.items() if value), key=lambda c: (-c[1], c[0])))
