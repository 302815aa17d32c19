"""What a list holds -> how many are of each type, act, status, party, agency and year."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, select

from servanda.ledger.listing import Sought, is_bounded, narrowed
from servanda.ledger.schema import brief

MOST = 5_000  # dossiers looked at, the last told first


@dataclass(frozen=True, slots=True)
class Facets:
    """Values with their counts, the most frequent first, by `type`, `act`, `status`, `party`, `agency`, `year`.

    `looked` is how many dossiers were counted; `bounded` where there are more, told earlier.
    """

    values: Mapping[str, tuple[tuple[str, int], ...]]
    looked: int
    bounded: bool


def count_facets(connection: Connection, sought: Sought, today: date) -> Facets:
    """Over all that is sought, as far as it is looked at; its limit and offset do not matter."""
    columns = (brief.c.type, brief.c.act, brief.c.status, brief.c.last, brief.c.parties, brief.c.agencies)
    query = narrowed(select(*columns), sought, today).order_by(brief.c.last.desc(), brief.c.number.desc())
    found = connection.execute(query.limit(MOST + 1)).all()
    bounded = len(found) > MOST or is_bounded(connection, sought)
    rows = found[:MOST]
    plain = zip(*(row[:4] for row in rows), strict=True) if rows else ((), (), (), ())
    types, acts, statuses, days = plain
    counted = {
        "type": Counter(types),
        "act": Counter(acts),
        "status": Counter(statuses),
        "party": _count_lists(row.parties for row in rows),
        "agency": _count_lists(row.agencies for row in rows),
        "year": Counter(day[:4] for day in days),
    }
    return Facets({name: _sorted(counts) for name, counts in counted.items()}, len(rows), bounded)


def _count_lists(values: Iterable[str]) -> Counter[str]:
    """How often each value stands in lists, of which many are the same."""
    counts: Counter[str] = Counter()
    for text, times in Counter(values).items():
        for value in _parse(text):
            counts[value] += times
    return counts


@lru_cache(maxsize=4_096)
def _parse(text: str) -> Sequence[str]:
    return tuple(json.loads(text))


def _sorted(counts: Counter[Any]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(((value, count) for value, count in counts.items() if value), key=lambda c: (-c[1], c[0])))
