"""What waits for a person: records that nobody has seen, and dossiers that may be one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, func, select, tuple_

from servanda.ledger.brief import AGENCY
from servanda.ledger.fold import LETTERS
from servanda.ledger.parties import key_of
from servanda.ledger.schema import filed, possible, record, waiting
from servanda.ledger.told import chunks, load_told
from servanda.model.dossier import Told

WaitingOrder = Literal["rank", "doubt", "weight", "last"]
_COLUMNS: Mapping[str, Any] = {
    "rank": waiting.c.rank,
    "doubt": waiting.c.doubt,
    "weight": waiting.c.weight,
    "last": waiting.c.day,
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record that no person has seen, and the id of its dossier; `rank` is doubt by weight, see `weight`."""

    told: Told
    dossier: str
    doubt: float
    weight: float
    rank: float


@dataclass(frozen=True, slots=True)
class Double:
    """Two dossiers that may be one, and why."""

    a: str
    b: str
    score: float
    reasons: tuple[str, ...]


def find_waiting(
    connection: Connection,
    *,
    order: WaitingOrder,
    parties: Sequence[str],
    types: Sequence[str],
    agencies: Sequence[str],
    after: int | None,
    limit: int,
    offset: int,
) -> tuple[list[Waiting], int]:
    """The records that wait, those that come first in the order first, and how many there are in all.

    `after`: only those that come after this record, which need not wait any more.
    """
    conditions: list[Any] = [waiting.c.type.in_(types)] if types else []
    if parties:
        conditions.append(waiting.c.dossier.in_(select(filed.c.number).where(filed.c.key == key_of(parties))))
    if agencies:
        keys = [AGENCY + name for name in agencies]
        conditions.append(waiting.c.dossier.in_(select(filed.c.number).where(filed.c.key.in_(keys))))
    total = connection.execute(select(func.count()).select_from(waiting).where(*conditions)).scalar_one()
    column = _COLUMNS[order]
    last = connection.execute(select(column).where(waiting.c.record == after)).scalar()
    if last is not None:
        conditions.append(tuple_(column, waiting.c.record) < tuple_(last, after))
    query = select(waiting).where(*conditions).order_by(column.desc(), waiting.c.record.desc())
    rows = connection.execute(query.limit(limit).offset(offset)).all()
    told = _load(connection, [row.record for row in rows])
    made = [
        Waiting(told[r.record], f"{LETTERS[r.type]}{r.dossier}", r.doubt, r.weight, r.rank)
        for r in rows
        if r.record in told
    ]
    return made, total


def _load(connection: Connection, numbers: Sequence[int]) -> dict[int, Told]:
    """Records in force by their numbers."""
    rows: list[int] = []
    for some in chunks(numbers):
        rows += connection.execute(
            select(record.c.row).where(record.c.id.in_(some), record.c.dossier.is_not(None))
        ).scalars()
    return {told.id: told for told in load_told(connection, rows).values()}


def find_doubles(connection: Connection, limit: int, offset: int) -> tuple[list[Double], int]:
    """Pairs of dossiers that may be one, the likest first, and how many there are in all."""
    total = connection.execute(select(func.count()).select_from(possible)).scalar_one()
    query = select(possible).order_by(possible.c.score.desc(), possible.c.a.desc(), possible.c.b.desc())
    rows = connection.execute(query.limit(limit).offset(offset)).all()
    letters = _letters(connection, [row.a for row in rows])
    return [
        Double(f"{letters[row.a]}{row.a}", f"{letters[row.a]}{row.b}", row.score, tuple(json.loads(row.reasons)))
        for row in rows
    ], total


def _letters(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """The letter of each dossier; those that may be one are of one type."""
    found: dict[int, str] = {}
    for some in chunks(numbers):
        query = select(record.c.dossier, record.c.type).where(record.c.dossier.in_(some)).distinct()
        found |= {number: LETTERS[sort] for number, sort in connection.execute(query)}
    return found
