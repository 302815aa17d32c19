"""New and changed rows of records -> which belong together, by `linking`, touching only what they touch.

Rows that `compare` calls the same stand in one component, and so do the rows of one record and those that a person
joined. Components only grow. The dossiers of a component are the partition of its rows in force; so what was known on
a day is the partition of the rows of that day, and needs no other component. Rows that are possibly the same are
noted in pairs.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from servanda.ledger.entries import dump
from servanda.ledger.linking import Features, Verdict, block_keys, compare, partition, probe_keys, unpack
from servanda.ledger.schema import block, bond, judgement, maybe, record
from servanda.ledger.store import execute_many
from servanda.ledger.told import NOW, chunks, load_rejected

_KEPT = 100_000  # features held in memory
_PAIRS = 300_000  # verdicts held in memory


@dataclass(frozen=True, slots=True)
class Fresh:
    """A row that is new: its record's number, features, and the row of the same record before it."""

    row: int
    id: int
    features: Features
    before: int | None = None


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


class Components:
    """Places rows into components. Holds what one process has seen; `forget` when another has written."""

    def __init__(self) -> None:
        self._features: dict[int, Features] = {}
        self._component: dict[int, int] = {}
        self.between = lru_cache(maxsize=_PAIRS)(self._compare)

    def forget(self) -> None:
        """Trust nothing that was seen."""
        self._features.clear()
        self._component.clear()
        self.between.cache_clear()

    def _compare(self, row: int, other: int) -> Verdict:
        """The verdict on two rows, the lower first, without its reasons."""
        verdict = compare(self._features[row], self._features[other])
        return verdict._replace(reasons=())

    def place(self, connection: Connection, fresh: Sequence[Fresh]) -> dict[int, int]:
        """The component of each fresh row; stored rows that are joined by them are moved, blocks are written."""
        if len(self._features) > _KEPT:
            self.forget()
        keys = {one.row: block_keys(one.features) for one in fresh}
        probes = {one.row: probe_keys(one.features) for one in fresh}
        blocks = _load_blocks(connection, {key for own in probes.values() for key in own})
        before = [one.before for one in fresh if one.before is not None]
        self._load(connection, {*before, *(row for rows in blocks.values() for row in rows)})
        joined: dict[int, int] = {}
        edges: list[dict[str, object]] = []
        for one in fresh:
            home = self._component.get(one.before or 0, one.row)
            self._features[one.row] = one.features
            self._component[one.row] = one.row
            near = {row for key in probes[one.row] for row in blocks[key]} - {one.row}
            for row in near:
                kind = self.between(*_pair(one.row, row)).kind
                if kind == "same":
                    _join(joined, one.row, self._component[row])
                elif kind == "possible":
                    edges.append(self._edge(*_pair(one.row, row)))
            _join(joined, one.row, home)
            for key in keys[one.row]:
                blocks[key].append(one.row)
        execute_many(connection, insert(block), [{"key": key, "row": row} for row, own in keys.items() for key in own])
        execute_many(connection, insert(maybe), edges)
        self._move(connection, joined)
        return {one.row: self._component[one.row] for one in fresh}

    def bind(self, connection: Connection, ids: Iterable[int]) -> int:
        """Bring all rows of some records into one component, and say which."""
        rows = connection.execute(select(record.c.row, record.c.component).where(record.c.id.in_(list(ids)))).all()
        joined: dict[int, int] = {}
        for row in rows:
            _join(joined, rows[0].component, row.component)
        self._move(connection, joined)
        return _root(joined, rows[0].component)

    def features(self, connection: Connection, rows: Collection[int]) -> Mapping[int, Features]:
        """The features of at least these rows."""
        self._load(connection, rows)
        return self._features

    def _pair(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)


def _load_blocks(connection: Connection, keys: Collection[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for some in chunks(sorted(keys)):
        for key, row in connection.execute(select(block.c.key, block.c.row).where(block.c.key.in_(some))):
            found[key].append(row)
    return found


def _root(joined: Mapping[int, int], component: int) -> int:
    while (above := joined.get(component, component)) != component:
        component = above
    return component


def _join(joined: dict[int, int], a: int, b: int) -> None:
    """The lower number stands for both."""
    low, high = sorted((_root(joined, a), _root(joined, b)))
    if low != high:
        joined[high] = low


def group(members: Sequence[Member], decisions: "Decisions", between: Between = None) -> Groups:
    """The dossiers of the rows of one component that are in force; `between` tells remembered verdicts on rows."""
    held = {m.row: m for m in members if m.id not in decisions.rejected}
    if len(held) == 1:
        return Groups({m.id: (m,) for m in held.values()}, ())
    row_of = {m.id: m.row for m in held.values()}
    must, cannot = (_among(row_of, pairs) for pairs in (decisions.together, decisions.apart))
    parted = partition({row: m.features for row, m in held.items()}, must, cannot, combinations(held, 2), between)
    found = {}
    for rows in parted.groups:
        some = sorted((held[row] for row in rows), key=lambda m: m.id)
        found[some[0].id] = tuple(some)
    founder = {m.row: first for first, some in found.items() for m in some}
    pairs = [Open(*_pair(*(founder[row] for row in one.pair)), one.score, one.reasons) for one in parted.possible]
    return Groups(found, tuple(sorted(pairs, key=lambda pair: (pair.a, pair.b))))


def _among(row_of: Mapping[int, int], pairs: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pairs of records as pairs of rows, of those that are there."""
    return [_pair(row_of[a], row_of[b]) for a, b in pairs if a in row_of and b in row_of]


def noted_pairs(connection: Connection, dossiers: Mapping[int, Sequence[Member]]) -> list[Open]:
    """Which others some dossiers of the stored state may be, by the pairs noted of their rows."""
    homes = {m.row: first for first, some in dossiers.items() for m in some}
    notes = load_notes(connection, sorted(homes))
    strange = sorted({row for pair in notes for row in pair if row not in homes})
    for some in chunks(strange):
        query = select(record.c.row, record.c.dossier).where(record.c.row.in_(some), record.c.dossier.is_not(None))
        homes |= dict(map(tuple, connection.execute(query)))
    others = sorted({homes[row] for row in strange if row in homes} - set(dossiers))
    return open_pairs(connection, notes, homes, {**dossiers, **_members_of(connection, others)})


def _members_of(connection: Connection, dossiers: Sequence[int]) -> dict[int, list[Member]]:
    members: dict[int, list[Member]] = defaultdict(list)
    for some in chunks(dossiers):
        for row in connection.execute(select(record).where(record.c.dossier.in_(some))):
            members[row.dossier].append(Member(row.row, row.id, unpack(row.features), row.dossier))
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
    connection: Connection,
    notes: Notes,
    homes: Mapping[int, int],
    members: Mapping[int, Sequence[Member]],
    upto: int = NOW,
) -> list[Open]:
    """Dossiers that may be one: of each two the likest pair of rows; `homes` tells the dossier of a row in force."""
    found: dict[tuple[int, int], Open] = {}
    for (row, other), (score, why) in sorted(notes.items(), key=lambda note: (-note[1][0], note[0])):
        if row in homes and other in homes and homes[row] != homes[other]:
            a, b = sorted((homes[row], homes[other]))
            found.setdefault((a, b), Open(a, b, score, why))
    return [one for _, one in sorted(found.items()) if not _apart(connection, members[one.a], members[one.b], upto)]


def _apart(connection: Connection, some: Sequence[Member], others: Sequence[Member], upto: int) -> bool:
    """Whether a person keeps two dossiers apart, or something in them does."""
    numbers = [m.id for m in (*some, *others)]
    _, kept = load_bonds(connection, numbers, upto)
    pairs = list(product(some, others))
    if any((min(m.id, n.id), max(m.id, n.id)) in kept for m, n in pairs):
        return True
    return any(compare(m.features, n.features).kind == "different" for m, n in pairs)


Bonds = set[tuple[int, int]]


def load_bonds(connection: Connection, ids: Sequence[int], upto: int = NOW) -> tuple[Bonds, Bonds]:
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
