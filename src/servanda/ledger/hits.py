"""A question -> the dossiers that answer it, each with the records that were found in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from servanda.ledger.questions import Term
from servanda.ledger.schema import record
from servanda.ledger.search import find_rows
from servanda.ledger.told import load_told
from servanda.ledger.views import View, Wanted, founders_of, load_dossiers
from servanda.model.dossier import Dossier, Told

_PORTION = 50  # rows looked at in one go
_LOADED = 10  # dossiers made in one go


@dataclass(frozen=True, slots=True)
class Hit:
    """A dossier and those of its records that answer, the last published first."""

    dossier: Dossier
    found: tuple[Told, ...]


def find_hits(connection: Connection, terms: Sequence[Term], wanted: Wanted, view: View) -> Iterator[Hit]:
    """The dossiers with a record that answers, the last told first; `wanted` holds for that record."""
    hits = _find_all(connection, terms, wanted, view)
    yield from islice(hits, wanted.offset, None if wanted.limit is None else wanted.offset + wanted.limit)


def _find_all(connection: Connection, terms: Sequence[Term], wanted: Wanted, view: View) -> Iterator[Hit]:
    until = min(filter(None, (wanted.until, view.as_of)), default=None)
    rows = find_rows(
        connection,
        terms,
        types=wanted.types,
        acts=wanted.acts,
        parties=wanted.parties,
        since=wanted.since,
        until=until,
        where=_seen_from(view),
    )
    seen: set[int] = set()
    while portion := list(islice(rows, _PORTION)):
        homes: dict[int, list[int]] = {}
        for row, founder in founders_of(connection, portion, view).items():
            homes.setdefault(founder, []).append(row)
        told = load_told(connection, portion, view.upto)
        new = [founder for founder in homes if founder not in seen]
        seen |= set(new)
        while some := new[:_LOADED]:
            del new[:_LOADED]
            for founder, made in zip(some, load_dossiers(connection, some, view), strict=True):
                yield Hit(made, tuple(told[row] for row in homes[founder]))


def _seen_from(view: View) -> Sequence[Any]:
    return [record.c.dossier.is_not(None)] if view.is_now else view.alive()
