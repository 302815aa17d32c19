"""What a ledger holds, as of a day and as known at a time -> dossiers.

Seen from now, the stored partition is read. Seen from an earlier day, the rows of that day are parted again: they
stand in the same components, so that nothing else need be looked at.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, and_, or_, select

from servanda.ledger.days import published
from servanda.ledger.fold import LETTERS
from servanda.ledger.groups import Groups, Member, Open, group, load_decisions, load_notes, open_pairs
from servanda.ledger.life import make_dossier
from servanda.ledger.linking import unpack
from servanda.ledger.parties import key_of
from servanda.ledger.schema import carrier, dossier, entry, party, possible, record
from servanda.ledger.told import NOW, chunks, load_told
from servanda.ledger.words import PLAIN, Tongue
from servanda.model.dossier import Dossier, Possible, Told

_PORTION = 200  # rows looked at in one go


@dataclass(frozen=True, slots=True)
class View:
    """From where one looks: reports published by a day, entries up to a number. Neither: from now.

    `on` is the day on which deadlines are judged; else it is `as_of`, or that of the last report of each.
    """

    as_of: date | None = None
    upto: int = NOW
    tongue: Tongue = PLAIN  # what the words of speakers are understood with
    on: date | None = None

    @property
    def is_now(self) -> bool:
        """Whether the stored state shows it."""
        return self.as_of is None and self.upto == NOW

    def alive(self) -> tuple[Any, ...]:
        """Conditions on rows of records that are seen."""
        lasting = [record.c.until.is_(None), record.c.until > self.upto]
        if self.as_of is None:
            return record.c.since <= self.upto, or_(*lasting)
        day = self.as_of.isoformat()
        return record.c.since <= self.upto, record.c.day <= day, or_(*lasting, self._replaced_later(day))

    def _replaced_later(self, day: str) -> Any:
        """Whether a row stood until a version of its report took its place that was not yet published on the day."""
        own = select(carrier.c.report).where(carrier.c.seq == record.c.carrier).correlate(record).scalar_subquery()
        newer = carrier.alias()
        taking = select(newer.c.seq).where(newer.c.report == own, newer.c.seq >= record.c.over)
        return and_(
            record.c.over.is_not(None),
            ~taking.where(newer.c.seq <= self.upto, newer.c.day <= day).correlate(record).exists(),
        )


FROM_NOW = View()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which dossiers: those of all the parties, of any of the types and acts (kinds, metrics), told in a period."""

    parties: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    limit: int | None = None
    offset: int = 0


def entry_before(connection: Connection, moment: str) -> int:
    """The number of the last entry recorded by a moment (UTC, ISO 8601); 0 where there is none."""
    query = select(entry.c.seq).where(entry.c.at <= moment).order_by(entry.c.at.desc(), entry.c.seq.desc()).limit(1)
    return connection.execute(query).scalar() or 0


def find_dossiers(connection: Connection, wanted: Wanted, view: View, *, texts: bool = False) -> Iterator[Dossier]:
    """The dossiers wanted, the last told first."""
    seen: set[int] = set()
    skip, left = wanted.offset, wanted.limit
    for rows in _rows_of(connection, wanted, view):
        for made in _dossiers_at(connection, rows, view, seen, texts=texts):
            if not _fits(made, wanted):
                continue
            if skip:
                skip -= 1
                continue
            yield made
            if left is not None:
                left -= 1
                if not left:
                    return


def _fits(made: Dossier, wanted: Wanted) -> bool:
    what = {getattr(t.record, name, None) for t in made.told for name in ("act", "kind", "metric")}
    return set(wanted.parties) <= set(made.parties) and (not wanted.acts or bool(what & set(wanted.acts)))


def _rows_of(connection: Connection, wanted: Wanted, view: View) -> Iterator[list[int]]:
    """Rows that may belong to what is wanted, in portions, the last told first, then those of reports without a day."""
    query = select(record.c.row).where(*view.alive())
    if wanted.types:
        query = query.where(record.c.type.in_(wanted.types))
    day: Any = record.c.day
    if wanted.parties:
        query = query.join(party, party.c.row == record.c.row).where(party.c.parties == key_of(wanted.parties))
        day = party.c.day
    if wanted.since:
        query = query.where(day >= wanted.since.isoformat())
    if wanted.until:
        query = query.where(day <= wanted.until.isoformat())
    told_on = select(carrier.c.published).where(carrier.c.seq == record.c.carrier).correlate(record).scalar_subquery()
    for which in (told_on.is_not(None), told_on.is_(None)):
        result = connection.execute(query.where(which).order_by(day.desc(), record.c.row.desc()))
        for portion in result.scalars().partitions(_PORTION):
            yield list(portion)


def _dossiers_at(
    connection: Connection, rows: Sequence[int], view: View, seen: set[int], *, texts: bool
) -> Iterator[Dossier]:
    """The dossiers that hold some rows, in the order of the rows, each once."""
    founders = founders_of(connection, rows, view)
    wanted = [f for f in dict.fromkeys(founders.values()) if f not in seen]
    seen |= set(wanted)
    for some in chunks(wanted):
        yield from load_dossiers(connection, some, view, texts=texts)


def founders_of(connection: Connection, rows: Sequence[int], view: View) -> dict[int, int]:
    """The dossier of each row, in the order of the rows; rows of records that were rejected have none."""
    if view.is_now:
        query = select(record.c.row, record.c.dossier).where(record.c.dossier.is_not(None))
        found = dict(map(tuple, _over(connection, query, rows)))
    else:
        groups = _groups(connection, rows, view)
        found = {m.row: first for first, some in groups.members.items() for m in some}
    return {row: found[row] for row in rows if row in found}


def _over(connection: Connection, query: Select[Any], rows: Sequence[int]) -> Iterator[Any]:
    for some in chunks(rows):
        yield from connection.execute(query.where(record.c.row.in_(some)))


def _groups(connection: Connection, rows: Sequence[int], view: View) -> Groups:
    """The partition, as seen, of the components in which some rows stand."""
    components = sorted({c for (c,) in _over(connection, select(record.c.component), rows)})
    by_component: dict[int, list[Member]] = {}
    for some in chunks(components):
        query = select(record).where(record.c.component.in_(some), *view.alive())
        for row in connection.execute(query):
            by_component.setdefault(row.component, []).append(Member(row.row, row.id, unpack(row.features)))
    members: dict[int, tuple[Member, ...]] = {}
    pairs: list[Open] = []
    decisions = load_decisions(connection, [m.id for own in by_component.values() for m in own], view.upto)
    for own in by_component.values():
        found = group(own, decisions)
        members |= found.members
        pairs += found.open
    return Groups(members, tuple(pairs))


def load_dossiers(connection: Connection, founders: Sequence[int], view: View, *, texts: bool = False) -> list[Dossier]:
    """Dossiers by the number of their founder, as seen, in the order given."""
    rows, open_ones = _now(connection, founders) if view.is_now else _then(connection, founders, view)
    told = load_told(connection, [row for some in rows.values() for row in some], view.upto, texts=texts)
    homes = _homes(connection, sorted({t.under for t in told.values() if t.under is not None}), view)
    made = []
    for first in founders:
        some = [told[row] for row in rows.get(first, ())]
        if some:
            letter = LETTERS[some[0].record.type]
            made.append(
                make_dossier(
                    f"{letter}{first}",
                    some,
                    under=_resting_on([(homes[t.under], t) for t in some if t.under in homes]),
                    possible=_possible(letter, first, open_ones),
                    as_of=view.on or view.as_of,
                    speaker=view.tongue.speaker,
                    words=view.tongue.words,
                )
            )
    return made


def _resting_on(found: Sequence[tuple[str, Told]]) -> str | None:
    """The instrument that most records of a dossier rest on; of several that which was told first."""
    counts = Counter(home for home, _ in found)
    best = min(found, key=lambda f: (-counts[f[0]], published(f[1]), f[1].carrier.report, f[1].id), default=None)
    return best[0] if best else None


def _possible(letter: str, first: int, open_ones: Sequence[Open]) -> tuple[Possible, ...]:
    """What one dossier may be the same as."""
    pairs = {one.b if one.a == first else one.a: one for one in open_ones if first in (one.a, one.b)}
    return tuple(Possible(f"{letter}{other}", one.score, one.reasons) for other, one in sorted(pairs.items()))


Found = tuple[Mapping[int, Sequence[int]], Sequence[Open]]  # rows of dossiers, and what they may be


def _now(connection: Connection, founders: Sequence[int]) -> Found:
    rows: dict[int, list[int]] = {}
    pairs = {}
    for some in chunks(founders):
        query = select(record.c.dossier, record.c.row).where(record.c.dossier.in_(some))
        for home, row in connection.execute(query.order_by(record.c.row)):
            rows.setdefault(home, []).append(row)
        for one in connection.execute(select(possible).where(or_(possible.c.a.in_(some), possible.c.b.in_(some)))):
            pairs[one.a, one.b] = Open(one.a, one.b, one.score, tuple(json.loads(one.reasons)))
    return rows, list(pairs.values())


def _then(connection: Connection, founders: Sequence[int], view: View) -> Found:
    """As seen from an earlier day; a founder is any record that the group holds."""
    own: list[int] = []
    for some in chunks(founders):
        own += connection.execute(select(record.c.row).where(record.c.id.in_(some), *view.alive())).scalars()
    groups = _groups(connection, own, view)
    home = {m.id: first for first, some in groups.members.items() for m in some}
    wanted = {home[n]: groups.members[home[n]] for n in founders if n in home}
    notes = load_notes(connection, sorted(m.row for some in wanted.values() for m in some))
    around = _groups(connection, sorted({row for pair in notes for row in pair}), view)
    members = {**around.members, **wanted}
    homes = {m.row: first for first, some in members.items() for m in some}
    decisions = load_decisions(connection, [m.id for some in members.values() for m in some], view.upto)
    pairs = [*groups.open, *open_pairs(notes, homes, members, decisions)]
    return {first: [m.row for m in some] for first, some in wanted.items()}, pairs


def _homes(connection: Connection, numbers: Sequence[int], view: View) -> dict[int, str]:
    """The dossiers of instruments, by the number of a record in them."""
    found = {}
    if view.is_now:
        for some in chunks(numbers):
            query = select(record.c.id, record.c.type, record.c.dossier)
            for row in connection.execute(query.where(record.c.id.in_(some), record.c.dossier.is_not(None))):
                found[row.id] = f"{LETTERS[row.type]}{row.dossier}"
        return found
    rows: list[int] = []
    for some in chunks(numbers):
        rows += connection.execute(select(record.c.row).where(record.c.id.in_(some), *view.alive())).scalars()
    for first, own in _groups(connection, rows, view).members.items():
        found |= {m.id: f"{m.features.type}{first}" for m in own if m.id in set(numbers)}
    return found


def founder_of(connection: Connection, number: int, view: View) -> int | None:
    """The founder of the dossier that holds a record, as seen; None where no dossier does."""
    query = select(record.c.row).where(record.c.id == number, *view.alive())
    rows = list(connection.execute(query).scalars())
    return next(iter(founders_of(connection, rows, view).values()), None)


def all_founders(connection: Connection, view: View) -> Iterator[list[int]]:
    """The founders of all dossiers, in portions, the oldest number first."""
    if view.is_now:
        result = connection.execute(select(dossier.c.id).order_by(dossier.c.id))
        for portion in result.scalars().partitions(_PORTION):
            yield list(portion)
        return
    seen: set[int] = set()
    result = connection.execute(select(record.c.row).where(*view.alive()).order_by(record.c.id))
    for portion in result.scalars().partitions(_PORTION):
        found = dict.fromkeys(founders_of(connection, list(portion), view).values())
        yield [f for f in found if f not in seen]
        seen |= set(found)
