"""New and changed rows of records -> which belong together, by `linking`, touching only what they touch.

Rows that `compare` calls the same or possibly the same stand in one component, and so do the rows of one record and
those that a person joined. Components only grow. The dossiers of a component are the partition of its rows in force;
so what was known on a day is the partition of the rows of that day, and needs no other component.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from servanda.ledger.linking import Features, block_keys, compare, partition, probe_keys, unpack
from servanda.ledger.schema import block, bond, judgement, record
from servanda.ledger.store import execute_many
from servanda.ledger.told import NOW, chunks, load_rejected
from servanda.model.dossier import Possible

_KEPT = 100_000  # features held in memory


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
class Groups:
    """The dossiers of some rows: numbers of records by their founder, and pairs of founders left open."""

    members: Mapping[int, tuple[int, ...]]
    open: tuple[tuple[int, int, float, tuple[str, ...]], ...]

    def possible(self, letter: str, founder: int) -> tuple[Possible, ...]:
        """What one dossier may be the same as."""
        pairs = [(b if a == founder else a, score, why) for a, b, score, why in self.open if founder in (a, b)]
        return tuple(Possible(f"{letter}{other}", score, why) for other, score, why in sorted(pairs))


class Components:
    """Places rows into components. Holds what one process has seen; `forget` when another has written."""

    def __init__(self) -> None:
        self._features: dict[int, Features] = {}
        self._component: dict[int, int] = {}

    def forget(self) -> None:
        """Trust nothing that was seen."""
        self._features.clear()
        self._component.clear()

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
        for one in fresh:
            home = self._component.get(one.before or 0, one.row)
            self._features[one.row] = one.features
            self._component[one.row] = one.row
            near = {row for key in probes[one.row] for row in blocks[key]}
            for row in near:
                if compare(one.features, self._features[row]).kind in ("same", "possible"):
                    _join(joined, one.row, self._component[row])
            _join(joined, one.row, home)
            for key in keys[one.row]:
                blocks[key].append(one.row)
        execute_many(connection, insert(block), [{"key": key, "row": row} for row, own in keys.items() for key in own])
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

    def _load(self, connection: Connection, rows: Collection[int]) -> None:
        wanted = [row for row in rows if row not in self._features]
        for some in chunks(wanted):
            query = select(record.c.row, record.c.component, record.c.features).where(record.c.row.in_(some))
            for row in connection.execute(query):
                self._features[row.row] = unpack(row.features)
                self._component[row.row] = row.component

    def _move(self, connection: Connection, joined: Mapping[int, int]) -> None:
        """Write new components into the stored rows, and into memory."""
        moves = {old: _root(joined, old) for old in joined}
        moves = {old: new for old, new in moves.items() if old != new}
        if not moves:
            return
        change = update(record).where(record.c.component == bindparam("old")).values(component=bindparam("new"))
        execute_many(connection, change, [{"old": old, "new": new} for old, new in moves.items()])
        for row, component in self._component.items():
            if component in moves:
                self._component[row] = moves[component]


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


def group(connection: Connection, members: Sequence[Member], upto: int = NOW) -> Groups:
    """The dossiers of rows that are in force (those of whole components), by the bonds in force at an entry."""
    numbers = sorted({m.id for m in members})
    rejected = load_rejected(connection, numbers, upto)
    features = {m.id: m.features for m in members if m.id not in rejected}
    if len(features) == 1:
        return Groups({n: (n,) for n in features}, ())
    together, apart = load_bonds(connection, sorted(features), upto)
    parted = partition(features, together, apart)
    found = {min(some): tuple(sorted(some)) for some in parted.groups}
    founder = {number: first for first, some in found.items() for number in some}
    open_pairs = {}
    for pair in parted.possible:
        ends = sorted(founder[number] for number in pair.pair)
        open_pairs[ends[0], ends[1]] = (ends[0], ends[1], pair.score, tuple(pair.reasons))
    return Groups(found, tuple(open_pairs[ends] for ends in sorted(open_pairs)))


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
