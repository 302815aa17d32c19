"""New and changed rows of records -> components: which rows must be looked at together.

Rows that `compare` calls the same stand in one component, and so do the rows of one record and those that a person
joined. Components only grow; so what was known on a day is the partition of the rows of that day in each. Rows that
are possibly the same are noted in pairs.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select, update

from servanda.ledger.entries import dump
from servanda.ledger.linking import Features, Knowledge, block_keys, compare, probe_keys, unpack
from servanda.ledger.schema import block, maybe, record
from servanda.ledger.store import execute_many
from servanda.ledger.told import chunks
from servanda.model.dossier import Told

_KEPT = 100_000  # features held in memory
_TOLD = 20_000  # whole records held in memory


@dataclass(frozen=True, slots=True)
class Fresh:
    """A row that is new: its record's number, features, and the row of the same record before it."""

    row: int
    id: int
    features: Features
    before: int | None = None


class Components:
    """Places rows into components. Holds what one process has seen; `forget` when another has written."""

    def __init__(self) -> None:
        self._features: dict[int, Features] = {}
        self._component: dict[int, int] = {}  # of rows, when they were seen
        self._joined: dict[int, int] = {}  # components to the lower ones that hold them now
        self.told: dict[int, Told] = {}  # rows as they stand, until something else than a reading is recorded
        self.knowledge = Knowledge(self._features)

    def forget(self) -> None:
        """Trust nothing that was seen."""
        self._drop()
        self.told.clear()
        self.knowledge.forget()

    def _drop(self) -> None:
        """Let go of what can be loaded again; what rows are to each other takes longer, and is the same for ever."""
        self._features.clear()
        self._component.clear()
        self._joined.clear()
        self.knowledge.forget_edges()

    def place(self, connection: Connection, fresh: Sequence[Fresh]) -> dict[int, int]:
        """The component of each fresh row; stored rows that are joined by them are moved, blocks are written."""
        if len(self._features) > _KEPT:
            self._drop()
        if len(self.told) > _TOLD:
            self.told.clear()
        keys = {one.row: block_keys(one.features) for one in fresh}
        probes = {one.row: probe_keys(one.features) for one in fresh}
        blocks = _load_blocks(connection, {key for own in probes.values() for key in own})
        before = [one.before for one in fresh if one.before is not None]
        self._load(connection, {*before, *(row for rows in blocks.values() for row in rows)})
        moved: set[int] = set()
        notes: list[dict[str, object]] = []
        for one in fresh:
            home = self._component.get(one.before or 0, one.row)
            self._features[one.row] = one.features
            self._component[one.row] = one.row
            moved |= self._join(one.row, home)
            near = {row for key in probes[one.row] for row in blocks[key]} - {one.row}
            self.knowledge.meet(one.row, near)
            for row in near:
                kind = self.knowledge.between(*ordered(one.row, row)).kind
                if kind == "same":
                    moved |= self._join(one.row, self._component[row])
                elif kind == "possible":
                    notes.append(self._note(*ordered(one.row, row)))
            for key in keys[one.row]:
                blocks[key].append(one.row)
        execute_many(connection, insert(block), [{"key": key, "row": row} for row, own in keys.items() for key in own])
        execute_many(connection, insert(maybe), notes)
        self._move(connection, moved - {one.row for one in fresh if one.before != one.row})
        return {one.row: self.now(one.row) for one in fresh}

    def bind(self, connection: Connection, ids: Iterable[int]) -> None:
        """Bring all rows of some records into one component."""
        rows = connection.execute(select(record.c.row, record.c.component).where(record.c.id.in_(list(ids)))).all()
        self._move(connection, {one for row in rows for one in self._join(rows[0].component, row.component)})

    def features(self, connection: Connection, rows: Collection[int]) -> Mapping[int, Features]:
        """The features of at least these rows."""
        self._load(connection, rows)
        return self._features

    def _note(self, row: int, other: int) -> dict[str, object]:
        verdict = compare(self._features[row], self._features[other])
        return {"row": row, "other": other, "score": verdict.score, "reasons": dump(list(verdict.reasons))}

    def _load(self, connection: Connection, rows: Collection[int]) -> None:
        wanted = [row for row in rows if row not in self._features]
        for some in chunks(wanted):
            query = select(record.c.row, record.c.component, record.c.features).where(record.c.row.in_(some))
            for row in connection.execute(query):
                self._features[row.row] = unpack(row.features)
                self._component[row.row] = row.component

    def now(self, component: int) -> int:
        """The component that holds a component, or the one in which a row was when it was seen."""
        while (above := self._joined.get(component, component)) != component:
            component = above
        return component

    def _join(self, a: int, b: int) -> set[int]:
        """Make two components one, by the lower number; those that have another number now."""
        low, high = ordered(self.now(a), self.now(b))
        if low == high:
            return set()
        self._joined[high] = low
        return {high}

    def _move(self, connection: Connection, moved: Collection[int]) -> None:
        """Write new components into the stored rows."""
        change = update(record).where(record.c.component == bindparam("old")).values(component=bindparam("new"))
        execute_many(connection, change, [{"old": old, "new": self.now(old)} for old in sorted(moved)])


def ordered(a: int, b: int) -> tuple[int, int]:
    """Two numbers, the lower first."""
    return (a, b) if a < b else (b, a)


def _load_blocks(connection: Connection, keys: Collection[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for some in chunks(sorted(keys)):
        for key, row in connection.execute(select(block.c.key, block.c.row).where(block.c.key.in_(some))):
            found[key].append(row)
    return found
