"""Dossiers that changed -> their rows in the index, and what the checks find of them; in portions, as of today.

`Fold` says which dossiers changed (`stale`). What a portion makes of them touches report versions and pairs of parties,
which are checked after it (`unchecked`). All of it can be made again at any time from what the ledger holds.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import count
from typing import Any

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from servanda.ledger import sqlite
from servanda.ledger.brief import Row, make_brief, make_filed, make_waiting, pack, shorten
from servanda.ledger.checking import MOST, check_alone, check_pair, check_versions, is_compared, once, sameness
from servanda.ledger.entries import dump
from servanda.ledger.fold import LETTERS
from servanda.ledger.schema import (
    GRAVITY,
    brief,
    brief_body,
    carrier,
    filed,
    finding,
    finding_dossier,
    record,
    stale,
    unchecked,
    waiting,
)
from servanda.ledger.store import execute_many
from servanda.ledger.told import chunks, load_told
from servanda.ledger.views import View, load_dossiers
from servanda.model.dossier import Discrepancy, Dossier
from servanda.model.reading import plain

_OF_DOSSIERS = (brief, brief_body, filed)  # by the number of the dossier


@dataclass(frozen=True, slots=True)
class Freshness:
    """How many dossiers, reports and pairs were looked at again, and how many are left."""

    done: int
    left: int


def count_left(connection: Connection, today: date) -> int:
    """How much of the index is behind."""
    late = select(func.count()).select_from(brief).where(brief.c.until <= today.isoformat())
    counted = [select(func.count()).select_from(table) for table in (stale, unchecked)]
    return sum(connection.execute(query).scalar_one() for query in (late, *counted))


def freshen_some(connection: Connection, view: View, portion: int) -> int:
    """Bring a portion up to date as of the day `view.on`; how many were done, 0 where nothing was behind."""
    assert view.on is not None
    sqlite.insert_new(connection, stale, select(brief.c.number).where(brief.c.until <= view.on.isoformat()))
    numbers = list(connection.execute(select(stale.c.dossier).order_by(stale.c.dossier).limit(portion)).scalars())
    if numbers:
        _renew(connection, numbers, view)
        return len(numbers)
    units = list(connection.execute(select(unchecked.c.unit).order_by(unchecked.c.unit).limit(portion)).scalars())
    found = {unit: list(once(_check_pair(connection, unit[1:], view))) for unit in units if unit[0] == "p"}
    reports = [int(unit[1:]) for unit in units if unit[0] == "r"]
    found |= {f"r{seq}": list(once(own)) for seq, own in check_versions(connection, reports, view)}
    _put_findings(connection, units, found)
    for some in chunks(units):
        connection.execute(delete(unchecked).where(unchecked.c.unit.in_(some)))
    return len(units)


def _renew(connection: Connection, numbers: Sequence[int], view: View) -> None:
    """Make anew the rows of some dossiers; those that are no more have none."""
    touched = _touched(connection, numbers)
    forget(connection, numbers)
    dossiers = load_dossiers(connection, numbers, view, texts=True)
    found = {f"d{one.id[1:]}": list(once(check_alone(one))) for one in dossiers}
    _put_findings(connection, [f"d{n}" for n in numbers], found)
    _write(connection, dossiers, found, view.on or date.min)
    touched |= _touched(connection, numbers)
    sqlite.insert_new(connection, unchecked, [{"unit": unit} for unit in sorted(touched)])
    for some in chunks(numbers):
        connection.execute(delete(stale).where(stale.c.dossier.in_(some)))


def _touched(connection: Connection, numbers: Sequence[int]) -> set[str]:
    """Report versions and pairs of parties that are to be checked again when these dossiers change."""
    units: set[str] = set()
    for some in chunks(numbers):
        for carriers in connection.execute(select(brief.c.carriers).where(brief.c.number.in_(some))).scalars():
            units |= {f"r{seq}" for seq in json.loads(carriers)}
        keys = select(filed.c.key).where(filed.c.number.in_(some)).distinct()
        units |= {f"p{key}" for key in connection.execute(keys).scalars() if is_compared(key)}
    return units


def forget(connection: Connection, numbers: Sequence[int]) -> None:
    """Take dossiers out of the index, with what was found in each alone."""
    for some in chunks(numbers):
        for table in _OF_DOSSIERS:
            connection.execute(delete(table).where(table.c.number.in_(some)))
        connection.execute(delete(waiting).where(waiting.c.dossier.in_(some)))
    _put_findings(connection, [f"d{n}" for n in numbers], {})


def forget_report(connection: Connection, report: str) -> None:
    """Take all out of the index that may hold words of a report: its dossiers, and what was found of them."""
    seqs = select(carrier.c.seq).where(carrier.c.report == report)
    versions = list(connection.execute(seqs).scalars())
    numbers = select(record.c.dossier).where(record.c.carrier.in_(seqs), record.c.dossier.is_not(None)).distinct()
    homes = {*connection.execute(numbers).scalars(), *connection.execute(select(stale.c.dossier)).scalars()}
    touched = _touched(connection, sorted(homes)) | {f"r{seq}" for seq in versions}
    touched |= set(connection.execute(select(unchecked.c.unit)).scalars())
    forget(connection, sorted(homes))
    _put_findings(connection, sorted(touched), {})
    sqlite.insert_new(connection, stale, [{"dossier": number} for number in sorted(homes)])
    connection.execute(delete(unchecked))
    sqlite.insert_new(connection, unchecked, [{"unit": unit} for unit in _without_words(connection, touched)])


def _without_words(connection: Connection, units: Collection[str]) -> list[str]:
    """Report versions, and the pairs under which others are still filed: a party's name may be words of the report."""
    keys = [unit[1:] for unit in sorted(units) if unit[0] == "p"]
    held: set[str] = set()
    for some in chunks(keys):
        held |= set(connection.execute(select(filed.c.key).where(filed.c.key.in_(some)).distinct()).scalars())
    return sorted(unit for unit in units if unit[0] == "r" or unit[1:] in held)


def _write(
    connection: Connection, dossiers: Sequence[Dossier], found: dict[str, list[Discrepancy]], today: date
) -> None:
    """The rows of dossiers."""
    numbers = _carrier_numbers(connection, dossiers)
    briefs, bodies, keys, queue = [], [], [], []
    for one in dossiers:
        rows = list(make_waiting(one, found[f"d{one.id[1:]}"]))
        made = make_brief(one, numbers, rows, today)
        briefs.append(made)
        bodies.append({"number": made["number"], "body": pack(shorten(one))})
        keys += make_filed(one, made)
        queue += rows
    for some in chunks([row["record"] for row in queue]):  # one that comes from a dossier whose turn is later
        connection.execute(delete(waiting).where(waiting.c.record.in_(some)))
    for table, made_rows in ((brief, briefs), (brief_body, bodies), (filed, keys), (waiting, queue)):
        execute_many(connection, insert(table), made_rows)


def _carrier_numbers(connection: Connection, dossiers: Sequence[Dossier]) -> dict[str, int]:
    """The entry of each report version that tells some dossiers."""
    reports = sorted({t.carrier.report for one in dossiers for t in one.told})
    found: dict[str, int] = {}
    for some in chunks(reports):
        query = select(carrier.c.version, carrier.c.report, carrier.c.seq).where(carrier.c.report.in_(some))
        found |= {f"{row.version} {row.report}": row.seq for row in connection.execute(query)}
    return found


def _check_pair(connection: Connection, key: str, view: View) -> Iterator[Discrepancy]:
    """Findings between the records of one metric of a pair, as far as they are compared."""
    query = select(filed.c.number).where(filed.c.key == key)
    query = query.order_by(filed.c.last.desc(), filed.c.number.desc())
    numbers = list(connection.execute(query).scalars())
    rows: dict[int, str] = {}
    for some in chunks(numbers[:MOST]):
        own = select(record.c.row, record.c.type, record.c.dossier).where(record.c.dossier.in_(some))
        rows |= {row.row: f"{LETTERS[row.type]}{row.dossier}" for row in connection.execute(own)}
    told = load_told(connection, list(rows), view.upto, texts=True)
    holders = {one.id: rows[row] for row, one in told.items()}
    yield from check_pair(key, told.values(), holders, len(numbers[MOST:]))


def _put_findings(connection: Connection, units: Sequence[str], found: dict[str, list[Discrepancy]]) -> None:
    """What is found now in some units, in the place of what was; of what several give alike the first is shown."""
    same = _take_findings(connection, units)
    numbers = count((connection.execute(select(func.max(finding.c.id))).scalar() or 0) + 1)
    days = _days(connection, sorted({c.report for own in found.values() for one in own for c in one.cited}))
    rows, links = [], []
    for unit, own in found.items():
        for one, number in zip(own, numbers, strict=False):
            rows.append(_row(number, unit, one, days))
            links += [{"dossier": home, "finding": number} for home in _concerned(connection, unit, one)]
    execute_many(connection, insert(finding), rows)
    execute_many(connection, insert(finding_dossier), links)
    _choose(connection, sorted(same | {row["same"] for row in rows}))


def _take_findings(connection: Connection, units: Sequence[str]) -> set[str]:
    """Take away what was found in some units; what others found alike."""
    same: set[str] = set()
    for some in chunks(units):
        gone = connection.execute(select(finding.c.id, finding.c.same).where(finding.c.unit.in_(some))).all()
        same |= {row.same for row in gone}
        for numbers in chunks([row.id for row in gone]):
            connection.execute(delete(finding_dossier).where(finding_dossier.c.finding.in_(numbers)))
            connection.execute(delete(finding).where(finding.c.id.in_(numbers)))
    return same


def _days(connection: Connection, reports: Sequence[str]) -> dict[str, str]:
    """The day of each report's last version."""
    found: dict[str, str] = {}
    for some in chunks(reports):
        query = select(carrier.c.report, func.max(carrier.c.day)).where(carrier.c.report.in_(some))
        found |= dict(map(tuple, connection.execute(query.group_by(carrier.c.report))))
    return found


def _row(number: int, unit: str, found: Discrepancy, days: Mapping[str, str]) -> Row:
    return {
        "id": number,
        "unit": unit,
        "same": sha256(dump(plain(sameness(found))).encode()).hexdigest(),
        "shown": False,
        "code": found.code,
        "level": GRAVITY[found.level],
        "day": max((days.get(c.report, "") for c in found.cited), default=""),
        "body": dump(plain(found)),
    }


def _concerned(connection: Connection, unit: str, found: Discrepancy) -> list[int]:
    """The dossiers that a finding concerns; what its reader found in a report, all that the report tells."""
    if found.dossiers or unit[0] != "r":
        return sorted({int(one[1:]) for one in found.dossiers})
    query: Any = select(record.c.dossier).where(record.c.carrier == int(unit[1:]), record.c.dossier.is_not(None))
    return sorted(set(connection.execute(query).scalars()))


def _choose(connection: Connection, same: Sequence[str]) -> None:
    """Of findings that are the same show the one whose unit comes first."""
    other = finding.alias()
    earlier = exists().where(other.c.same == finding.c.same, other.c.unit < finding.c.unit)
    for some in chunks(same):
        connection.execute(update(finding).where(finding.c.same.in_(some)).values(shown=~earlier))
