"""The stored findings that are asked for, the gravest first, of these the last reported."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from servanda.ledger.parties import key_of, party_keys
from servanda.ledger.schema import GRAVITY, carrier, filed, finding, finding_dossier, record
from servanda.ledger.told import chunks
from servanda.model.dossier import Cited, Discrepancy
from servanda.model.spans import Span


@dataclass(frozen=True, slots=True)
class FindingsWanted:
    """Which: of any of the levels, codes and dossiers, of dossiers of all the parties, citing a report."""

    levels: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    dossiers: tuple[int, ...] = ()
    report: str | None = None
    limit: int | None = 50
    offset: int = 0


def find_stored(connection: Connection, wanted: FindingsWanted) -> tuple[list[Discrepancy], int]:
    """The findings, and how many there are in all."""
    conditions = _conditions(connection, wanted)
    total = connection.execute(select(func.count()).select_from(finding).where(*conditions)).scalar_one()
    query = select(finding.c.id).where(*conditions)
    query = query.order_by(finding.c.level.desc(), finding.c.day.desc(), finding.c.id.desc())
    numbers = list(connection.execute(query.limit(wanted.limit).offset(wanted.offset)).scalars())
    bodies: dict[int, str] = {}
    for some in chunks(numbers):
        own = select(finding.c.id, finding.c.body).where(finding.c.id.in_(some))
        bodies |= dict(map(tuple, connection.execute(own)))
    return [_parse(bodies[number]) for number in numbers], total


def _conditions(connection: Connection, wanted: FindingsWanted) -> list[Any]:
    found: list[Any] = [finding.c.shown]
    if wanted.levels:
        found.append(_of_levels(wanted.levels))
    if wanted.codes:
        found.append(finding.c.code.in_(wanted.codes))
    of = select(finding_dossier.c.finding)
    if wanted.dossiers:
        found.append(finding.c.id.in_(of.where(finding_dossier.c.dossier.in_(wanted.dossiers))))
    if wanted.parties:
        keys = [key_of(wanted.parties), *(party_keys(wanted.parties[2:]) if len(wanted.parties) > 2 else ())]
        for key in keys:
            filing = select(filed.c.number).where(filed.c.key == key)
            found.append(finding.c.id.in_(of.where(finding_dossier.c.dossier.in_(filing))))
    if wanted.report is not None:
        found.append(finding.c.id.in_(_of_report(connection, wanted.report)))
    return found


def _of_levels(levels: Sequence[str]) -> Any:
    """A range, where they are neighbours: an index then has them in their order."""
    numbers = sorted({GRAVITY[level] for level in levels})
    if numbers == list(range(numbers[0], numbers[-1] + 1)):
        return finding.c.level.between(numbers[0], numbers[-1])
    return finding.c.level.in_(numbers)


def _of_report(connection: Connection, report: str) -> list[int]:
    """Findings of the report's own, and of others that cite it: these concern a dossier of it."""
    seqs = list(connection.execute(select(carrier.c.seq).where(carrier.c.report == report)).scalars())
    homes = select(record.c.dossier).where(record.c.carrier.in_(seqs), record.c.dossier.is_not(None))
    near = select(finding_dossier.c.finding).where(finding_dossier.c.dossier.in_(homes))
    own = finding.c.unit.in_([f"r{seq}" for seq in seqs])
    rows = connection.execute(select(finding.c.id, finding.c.body).where(own | finding.c.id.in_(near)))
    return [number for number, body in rows if any(c["report"] == report for c in json.loads(body)["cited"])]


def _parse(body: str) -> Discrepancy:
    plain = json.loads(body)
    cited = tuple(
        Cited(c["told"], c["report"], c["words"], tuple(Span(*span) for span in c["spans"])) for c in plain["cited"]
    )
    return Discrepancy(**{**plain, "dossiers": tuple(plain["dossiers"]), "cited": cited})


def count_findings(connection: Connection) -> dict[str, int]:
    """How many findings there are of each level."""
    query = select(finding.c.level, func.count()).where(finding.c.shown).group_by(finding.c.level)
    counted = dict(map(tuple, connection.execute(query)))
    return {name: counted.get(level, 0) for name, level in GRAVITY.items()}


def codes_of(connection: Connection, levels: Sequence[str] = ()) -> tuple[tuple[str, int], ...]:
    """The kinds of findings that there are, with how many of each, the most first."""
    query = select(finding.c.code, func.count()).where(finding.c.shown).group_by(finding.c.code)
    if levels:
        query = query.where(_of_levels(levels))
    rows = [(code, count) for code, count in connection.execute(query)]
    return tuple(sorted(rows, key=lambda row: (-row[1], row[0])))
