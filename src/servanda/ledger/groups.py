"""Rows of components, decisions of people -> dossiers, and which of them may be one.

The dossiers of a component are the partition of its rows in force; no other component need be looked at. Dossiers of
different components may be one where two of their rows are noted as possibly the same.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from servanda.ledger.linker import Components, ordered
from servanda.ledger.linking import Features, Knowledge, partition
from servanda.ledger.schema import bond, judgement, maybe, record
from servanda.ledger.told import NOW, chunks, load_rejected


@dataclass(frozen=True, slots=True)
class Member:
    """A row in force, inside its component."""

    row: int
    id: int
    features: Features
    dossier: int | None = None  # where it stood until now


@dataclass(frozen=True, slots=True)
class Open:
    """Two dossiers, by their founders, the lower first, that may be one."""

    a: int
    b: int
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """The dossiers of some components: members by founder, and those of them that may be one."""

    members: Mapping[int, tuple[Member, ...]]
    open: tuple[Open, ...]


_SEVERAL = 12  # dossiers and new rows of a component that are looked at for whether all are one

Bonds = set[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people decided of some records: which no report tells, which pairs belong together, which do not."""

    rejected: set[int]
    together: Bonds
    apart: Bonds


def group(
    members: Sequence[Member], decisions: Decisions, knowledge: Knowledge | None = None, *, grown: bool = False
) -> Groups:
    """The dossiers of the rows of one component that are in force.

    `knowledge` is what is remembered of rows; `grown` that since it was last parted rows have only come to it.
    """
    held = {m.row: m for m in members if m.id not in decisions.rejected}
    row_of = {m.id: m.row for m in held.values()}
    must, cannot = (_among(row_of, pairs) for pairs in (decisions.together, decisions.apart))
    if len(held) == 1 or (grown and knowledge and not must and not cannot and _make_one(held.values(), knowledge)):
        return _groups_of([held.values()])
    parted = partition({row: m.features for row, m in held.items()}, must, cannot, knowledge)
    made = _groups_of([held[row] for row in rows] for rows in parted.groups)
    founder = {m.row: first for first, some in made.members.items() for m in some}
    pairs = [Open(*ordered(*(founder[row] for row in one.pair)), one.score, one.reasons) for one in parted.possible]
    return Groups(made.members, tuple(sorted(pairs, key=lambda pair: (pair.a, pair.b))))


def _groups_of(parts: Iterable[Iterable[Member]]) -> Groups:
    sorted_parts = (tuple(sorted(some, key=lambda m: m.id)) for some in parts)
    return Groups({some[0].id: some for some in sorted_parts}, ())


def _make_one(members: Collection[Member], knowledge: Knowledge) -> bool:
    """Whether new rows and those of old dossiers hang together, and none differs: then no partition need be weighed.

    In a dossier as it was nothing differs, so its rows are not compared with each other again. Many dossiers were
    parted for a reason: their rows are not compared either.
    """
    parts: dict[int, list[int]] = defaultdict(list)
    for m in members:
        parts[-m.row if m.dossier is None else m.dossier].append(m.row)
    if len(parts) > _SEVERAL:
        return False
    home = {part: part for part in parts}
    for (part, rows), (other, others) in combinations(parts.items(), 2):
        kinds = {knowledge.between(*ordered(a, b)).kind for a, b in product(rows, others)}
        if "different" in kinds:
            return False
        if "same" in kinds and home[part] != home[other]:
            left = home[part]
            home = {one: home[other] if at == left else at for one, at in home.items()}
    return len(set(home.values())) == 1


def _among(row_of: Mapping[int, int], pairs: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pairs of records as pairs of rows, of those that are there."""
    return [ordered(row_of[a], row_of[b]) for a, b in pairs if a in row_of and b in row_of]


def noted_pairs(connection: Connection, dossiers: Mapping[int, Sequence[Member]], components: Components) -> list[Open]:
    """Which others some dossiers of the stored state may be, by the pairs noted of their rows."""
    homes = {m.row: first for first, some in dossiers.items() for m in some}
    notes = load_notes(connection, sorted(homes))
    strange = sorted({row for pair in notes for row in pair if row not in homes})
    for some in chunks(strange):
        query = select(record.c.row, record.c.dossier).where(record.c.row.in_(some), record.c.dossier.is_not(None))
        homes |= dict(map(tuple, connection.execute(query)))
    others = sorted({homes[row] for row in strange if row in homes} - set(dossiers))
    members = {**dossiers, **_members_of(connection, others, components)}
    decisions = load_decisions(connection, [m.id for some in members.values() for m in some])
    return open_pairs(notes, homes, members, decisions, components.knowledge)


def _members_of(connection: Connection, dossiers: Sequence[int], components: Components) -> dict[int, list[Member]]:
    found: list[Row[Any]] = []
    for some in chunks(dossiers):
        query = select(record.c.row, record.c.id, record.c.dossier).where(record.c.dossier.in_(some))
        found += connection.execute(query)
    features = components.features(connection, [row.row for row in found])
    members: dict[int, list[Member]] = defaultdict(list)
    for row in found:
        members[row.dossier].append(Member(row.row, row.id, features[row.row], row.dossier))
    return members


Notes = dict[tuple[int, int], tuple[float, tuple[str, ...]]]  # rows -> score and reasons


def load_notes(connection: Connection, rows: Sequence[int]) -> Notes:
    """The pairs noted of which at least one row is among these."""
    found: Notes = {}
    for some in chunks(rows):
        for row in connection.execute(select(maybe).where(or_(maybe.c.row.in_(some), maybe.c.other.in_(some)))):
            found[row.row, row.other] = (row.score, tuple(json.loads(row.reasons)))
    return found


def open_pairs(
    notes: Notes,
    homes: Mapping[int, int],
    members: Mapping[int, Sequence[Member]],
    decisions: Decisions,
    knowledge: Knowledge | None = None,
) -> list[Open]:
    """Dossiers that may be one: of each two the likest pair of rows; `homes` tells the dossier of a row in force."""
    found: dict[tuple[int, int], Open] = {}
    for (row, other), (score, why) in sorted(notes.items(), key=lambda note: (-note[1][0], note[0])):
        if row in homes and other in homes and homes[row] != homes[other]:
            a, b = ordered(homes[row], homes[other])
            found.setdefault((a, b), Open(a, b, score, why))
    known = knowledge or Knowledge({m.row: m.features for some in members.values() for m in some})
    return [one for _, one in sorted(found.items()) if not _apart(members[one.a], members[one.b], decisions, known)]


def _apart(some: Sequence[Member], others: Sequence[Member], decisions: Decisions, knowledge: Knowledge) -> bool:
    """Whether a person keeps two dossiers apart, or something in them does."""
    if decisions.apart and any(ordered(m.id, n.id) in decisions.apart for m, n in product(some, others)):
        return True
    return knowledge.differ([m.row for m in some], [n.row for n in others])


def splits_between(connection: Connection, numbers: Sequence[int]) -> Bonds:
    """The pairs that people keep apart and that stand in different dossiers of these records."""
    own = connection.execute(select(record.c.dossier).where(record.c.id.in_(numbers), record.c.dossier.is_not(None)))
    query = select(record.c.id, record.c.dossier)
    homes = dict(map(tuple, connection.execute(query.where(record.c.dossier.in_(set(own.scalars()))))))
    return {(a, b) for a, b in load_decisions(connection, sorted(homes)).apart if homes[a] != homes[b]}


def load_decisions(connection: Connection, ids: Sequence[int], upto: int = NOW) -> Decisions:
    """Those in force at an entry."""
    return Decisions(load_rejected(connection, ids, upto), *_load_bonds(connection, ids, upto))


def _load_bonds(connection: Connection, ids: Sequence[int], upto: int) -> tuple[Bonds, Bonds]:
    """Pairs of records that people joined, and pairs that they keep apart; the later word on a pair counts."""
    words: dict[tuple[int, int], bool] = {}
    for some in chunks(ids):
        query = select(bond).join(judgement, judgement.c.seq == bond.c.seq)
        in_force = or_(judgement.c.undone.is_(None), judgement.c.undone > upto)
        query = query.where(bond.c.a.in_(some), bond.c.seq <= upto, in_force).order_by(bond.c.seq)
        words.update({(row.a, row.b): bool(row.together) for row in connection.execute(query)})
    known = set(ids)
    pairs = {pair: joined for pair, joined in words.items() if pair[1] in known}
    return {p for p, joined in pairs.items() if joined}, {p for p, joined in pairs.items() if not joined}
