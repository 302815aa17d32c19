"""What a list asks for -> the dossiers that it shows, from the index: no dossier is made anew.

How things stand is judged as of the day on which the index was made fresh.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection, Select, func, select

from servanda.ledger.brief import AGENCY, unpack
from servanda.ledger.checking import is_compared
from servanda.ledger.parties import is_pair, key_of, pair_of, party_keys
from servanda.ledger.questions import Term
from servanda.ledger.schema import GRAVITY, brief, brief_body, filed, finding, finding_dossier, record
from servanda.ledger.search import matching_rows
from servanda.ledger.told import chunks, load_told
from servanda.model.dossier import Dossier, Told

Order = Literal["last", "first", "due", "late", "doubt", "reports"]
LOOKED = 2_000  # records that hold the words, the last published first


@dataclass(frozen=True, slots=True)
class Sought:
    """Which dossiers a list shows: of all the parties, of any of the types, acts, statuses and agencies.

    `since` and `until`: told on these days or between them. `due_from`, `due_to`: by when something promised is still
    to be done; `overdue`: what was to be done by now. `waiting`: with records that no person has seen. `terms`: with a
    record that holds these words.
    """

    parties: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    due_from: date | None = None
    due_to: date | None = None
    overdue: bool = False
    waiting: bool = False
    terms: tuple[Term, ...] = ()
    order: Order = "last"
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """A dossier as a list shows it: its title, line and standing are those of the whole; `told` is shortened.

    `under`, `origins` and `possible` are empty. `waiting` counts its records that no person has seen,
    `errors` and `doubts` the findings that concern it.
    """

    dossier: Dossier
    reports: int
    records: int
    origins: int
    waiting: int
    errors: int
    doubts: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list. `total` counts all that it holds; `bounded` where words were looked for in the last only."""

    rows: tuple[Listed, ...]
    total: int
    bounded: bool = False


def find_listed(connection: Connection, sought: Sought, today: date, *, counted: bool = True) -> Listing:
    """A page of the dossiers sought; where it is not `counted`, the total is that of the page."""
    query = narrowed(select(brief.c.number), sought, today).order_by(*_order_of(sought))
    if sought.terms:  # bounded, and the words are looked up once
        every = list(connection.execute(query).scalars())
        numbers, total = every[sought.offset : sought.offset + sought.limit], len(every)
    else:
        numbers = list(connection.execute(query.limit(sought.limit).offset(sought.offset)).scalars())
        total = _count(connection, sought, today) if counted else len(numbers)
    return Listing(tuple(load_listed(connection, numbers, today)), total, is_bounded(connection, sought))


def _count(connection: Connection, sought: Sought, today: date) -> int:
    """How many are sought; those of parties alone are counted where they are filed."""
    query = narrowed(select(func.count()).select_from(brief), sought, today)
    if sought.parties and not _conditions(sought, today):
        query = select(func.count()).select_from(filed).where(filed.c.key == key_of(sought.parties))
    return int(connection.execute(query).scalar_one())


def count_types(connection: Connection, parties: Sequence[str]) -> dict[str, int]:
    """How many dossiers of each type tell of all these parties."""
    query = narrowed(select(brief.c.type, func.count()).select_from(brief), Sought(parties=tuple(parties)), date.max)
    return dict(map(tuple, connection.execute(query.group_by(brief.c.type))))


def narrowed(query: Select[Any], sought: Sought, today: date) -> Select[Any]:
    """A query of briefs with the conditions of what is sought."""
    if sought.parties:
        query = query.join(filed, filed.c.number == brief.c.number).where(filed.c.key == key_of(sought.parties))
    return query.where(*_conditions(sought, today))


def _conditions(sought: Sought, today: date) -> list[Any]:
    """All but those of the first two parties."""
    conditions: list[Any] = [_filed(party) for party in party_keys(sought.parties) if len(sought.parties) > 2]
    wanted = {brief.c.type: sought.types, brief.c.act: sought.acts, brief.c.status: sought.statuses}
    conditions += [column.in_(some) for column, some in wanted.items() if some]
    if sought.agencies:
        conditions.append(_filed(*(AGENCY + name for name in sought.agencies)))
    conditions += _days(sought, today)
    if sought.waiting:
        conditions.append(brief.c.rank > 0)
    if sought.terms:
        conditions.append(brief.c.number.in_(_holding(sought)))
    return conditions


def _filed(*keys: str) -> Any:
    return brief.c.number.in_(select(filed.c.number).where(filed.c.key.in_(keys)))


def _days(sought: Sought, today: date) -> list[Any]:
    bounds: Sequence[tuple[date | None, Any]] = (
        (sought.since, lambda day: brief.c.last >= day),
        (sought.until, lambda day: brief.c.first <= day),
        (sought.due_from, lambda day: brief.c.due >= day),
        (sought.due_to, lambda day: brief.c.due <= day),
        (today if sought.overdue else None, lambda day: brief.c.due < day),
    )
    return [condition(day.isoformat()) for day, condition in bounds if day is not None]


def _holding(sought: Sought) -> Any:
    """The dossiers of the last records that hold the words."""
    rows = _matching(sought).with_only_columns(record.c.dossier).limit(LOOKED).subquery()
    return select(rows.c.dossier)


def _matching(sought: Sought) -> Select[Any]:
    return matching_rows(
        sought.terms, types=sought.types, parties=sought.parties, since=sought.since, until=sought.until
    )


def find_in(connection: Connection, sought: Sought, numbers: Sequence[int]) -> dict[int, list[Told]]:
    """Of some dossiers the records that hold the words, the last published first."""
    looked = _matching(sought).with_only_columns(record.c.row, record.c.dossier).limit(LOOKED).subquery()
    homes = dict(map(tuple, connection.execute(select(looked).where(looked.c.dossier.in_(numbers)))))
    told = load_told(connection, list(homes))
    found: dict[int, list[Told]] = {}
    for row, home in homes.items():
        found.setdefault(home, []).append(told[row])
    return found


def count_pairs(connection: Connection, limit: int, party: str | None) -> list[tuple[tuple[str, str], int]]:
    """Pairs of parties by how many dossiers tell of them."""
    many = func.count()
    query = select(filed.c.key, many).where(filed.c.key.contains("|")).group_by(filed.c.key)
    if party is not None:
        own = filed.alias()
        query = query.join(own, own.c.number == filed.c.number).where(own.c.key == key_of([party]))
    rows = connection.execute(query.order_by(many.desc(), filed.c.key)).all()
    pairs = [(pair_of(key), count) for key, count in rows if _is_of_parties(key)]
    return [(pair, count) for pair, count in pairs if party is None or party in pair][:limit]


def _is_of_parties(key: str) -> bool:
    """Whether a key is one of two parties, and nothing else."""
    return is_pair(key) and not is_compared(key) and not key.startswith(AGENCY)


def is_bounded(connection: Connection, sought: Sought) -> bool:
    """Whether more records hold the words than are looked at."""
    if not sought.terms:
        return False
    return connection.execute(_matching(sought).limit(1).offset(LOOKED)).first() is not None


def last_told(sought: Sought) -> tuple[Any, ...]:
    """The order of the last told: an index has it, where they are filed or of all."""
    table: Any = filed if sought.parties else brief
    return table.c.last.desc(), table.c.number.desc()


def _order_of(sought: Sought) -> Sequence[Any]:
    columns: Mapping[str, Sequence[Any]] = {
        "last": last_told(sought),
        "first": (brief.c.first, brief.c.last, brief.c.number),
        "due": (brief.c.due.is_(None), brief.c.due, brief.c.number),
        "late": (brief.c.due.desc(), brief.c.number.desc()),
        "doubt": (brief.c.rank.desc(), brief.c.number.desc()),
        "reports": (brief.c.reports.desc(), brief.c.number.desc()),
    }
    return columns[sought.order]


def load_listed(connection: Connection, numbers: Sequence[int], today: date) -> list[Listed]:
    """Dossiers of the index by their numbers, in the order given."""
    found: dict[int, Listed] = {}
    for some in chunks(numbers):
        odd = _count_findings(connection, some)
        counts = brief.c.number, brief.c.reports, brief.c.records, brief.c.origins, brief.c.waiting
        query = select(*counts, brief_body.c.body).join(brief_body, brief_body.c.number == brief.c.number)
        for row in connection.execute(query.where(brief.c.number.in_(some))).all():
            errors, doubts = (odd.get((row.number, GRAVITY[level]), 0) for level in ("error", "doubt"))
            dossier = unpack(row.body, today)
            found[row.number] = Listed(dossier, row.reports, row.records, row.origins, row.waiting, errors, doubts)
    return [found[number] for number in numbers if number in found]


def _count_findings(connection: Connection, numbers: Sequence[int]) -> dict[tuple[int, int], int]:
    """How many findings of each level concern each dossier."""
    columns = finding_dossier.c.dossier, finding.c.level, finding.c.shown
    query = select(*columns, func.count()).join(finding, finding.c.id == finding_dossier.c.finding)
    rows = connection.execute(query.where(finding_dossier.c.dossier.in_(numbers)).group_by(*columns))
    return {(dossier, level): count for dossier, level, shown, count in rows if shown}
