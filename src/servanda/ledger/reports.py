"""Reports as lists and their own pages show them: the carrier, its records in force, and who else tells the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, or_, select

from servanda.ledger.fold import LETTERS
from servanda.ledger.schema import carrier, record, text, waiting
from servanda.ledger.told import carrier_of, chunks, load_carriers, load_told
from servanda.ledger.versions import find_readings, find_versions
from servanda.model.dossier import Carrier, Told

MOST = 10_000  # reports counted
_WORDS = 8  # of one search
_OPENING = 400  # characters


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report version on a line of a list, with how many records of it are in force, and wait for a person.

    `opening` is how its text begins, where that is kept; `homes` are the dossiers that it tells of.
    """

    carrier: Carrier
    records: int
    waiting: int
    opening: str
    homes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportTold:
    """A report version with its text, its records in force in the order of their numbers, and where each belongs.

    `homes` says the dossier of a record; one that a person rejected has none, and is not among `told`. `also` says of
    each of these dossiers how many other reports tell it. `versions` are all there are, the first one first.
    """

    carrier: Carrier
    told: tuple[Told, ...]
    homes: Mapping[int, str]
    also: Mapping[str, int]
    versions: tuple[int, ...]


def list_reports(
    connection: Connection,
    limit: int,
    offset: int,
    *,
    since: date | None = None,
    until: date | None = None,
    words: str = "",
    waits: bool = False,
) -> tuple[list[ReportLine], int]:
    """The report versions recorded last, those of other versions, too; and how many there are, as far as is counted.

    `since`, `until`: published on these days or between them; `words`: all in the report's id or agency; `waits`: with
    records that no person has seen.
    """
    where = [_names(word) for word in words.split()[:_WORDS]]
    where += [carrier.c.day >= since.isoformat()] if since else []
    where += [carrier.c.day <= until.isoformat()] if until else []
    if waits:
        unseen = select(record.c.carrier).join(waiting, waiting.c.record == record.c.id)
        where.append(unseen.where(record.c.carrier == carrier.c.seq, record.c.dossier.is_not(None)).exists())
    found = select(carrier.c.seq).where(*where).limit(MOST).subquery()
    total = connection.execute(select(func.count()).select_from(found)).scalar_one()
    query = select(carrier).where(*where).order_by(carrier.c.seq.desc()).limit(limit).offset(offset)
    rows = connection.execute(query).all()
    seqs = [row.seq for row in rows]
    counted, homes = _count_records(connection, seqs), _find_homes(connection, seqs)
    openings = _find_openings(connection, seqs)

    def line(row: Any) -> ReportLine:
        records, waiting = counted.get(row.seq, (0, 0))
        return ReportLine(carrier_of(row), records, waiting, openings.get(row.seq, ""), tuple(homes.get(row.seq, ())))

    return [line(row) for row in rows], total


def _find_openings(connection: Connection, seqs: Sequence[int]) -> dict[int, str]:
    """How the texts of report versions begin."""
    query = select(carrier.c.seq, func.substr(text.c.text, 1, _OPENING)).join(text, text.c.sha256 == carrier.c.sha256)
    return {
        seq: begins
        for some in chunks(seqs)
        for seq, begins in connection.execute(query.where(carrier.c.seq.in_(some)))
        if begins
    }


def _find_homes(connection: Connection, seqs: Sequence[int]) -> dict[int, dict[str, None]]:
    """The dossiers of report versions, by the numbers of their records."""
    found: dict[int, dict[str, None]] = {}
    for some in chunks(seqs):
        query = select(record.c.carrier, record.c.type, record.c.dossier).where(record.c.carrier.in_(some))
        for seq, sort, number in connection.execute(query.where(record.c.dossier.is_not(None)).order_by(record.c.id)):
            found.setdefault(seq, {})[f"{LETTERS[sort]}{number}"] = None
    return found


def _names(word: str) -> Any:
    """Whether id or agency hold a word, in small or capital letters."""
    ways = dict.fromkeys((word, word.lower(), word.title(), word.upper()))
    columns = (carrier.c.report, carrier.c.agency)
    return or_(*(column.contains(way, autoescape=True) for way in ways for column in columns))


def _count_records(connection: Connection, seqs: Sequence[int]) -> dict[int, tuple[int, int]]:
    """The records in force of each report version, and those of them that no person has seen."""
    found: dict[int, tuple[int, int]] = {}
    for some in chunks(seqs):
        query = select(record.c.carrier, func.count(), func.count(waiting.c.record))
        query = query.join(waiting, waiting.c.record == record.c.id, isouter=True)
        query = query.where(record.c.carrier.in_(some), record.c.dossier.is_not(None))
        found |= {seq: (all, unseen) for seq, all, unseen in connection.execute(query.group_by(record.c.carrier))}
    return found


def load_report(connection: Connection, report: str, version: int | None) -> ReportTold | None:
    """A version of a report, the last unless told; None where there is none."""
    versions = find_versions(connection, report)
    chosen = next((v for v in versions if version in (None, v.version)), None)
    if chosen is None:
        return None
    query = select(record.c.row, record.c.id, record.c.type, record.c.dossier).where(record.c.carrier == chosen.seq)
    rows = connection.execute(query.where(record.c.dossier.is_not(None)).order_by(record.c.id)).all()
    told = load_told(connection, [row.row for row in rows], texts=True)
    homes = {row.id: f"{LETTERS[row.type]}{row.dossier}" for row in rows}
    return ReportTold(
        _carrier(connection, report, chosen.seq),
        tuple(told[row.row] for row in rows),
        homes,
        _count_others(connection, report, sorted(set(homes.values()))),
        tuple(sorted(v.version for v in versions)),
    )


def _carrier(connection: Connection, report: str, seq: int) -> Carrier:
    """The carrier with its text and the name of its last reader."""
    (found,) = load_carriers(connection, [seq], texts=True).values()
    readers = [body["reader"] for body in find_readings(connection, report) if body["carrier"] == seq]
    return replace(found, reader=readers[-1]) if readers else found


def _count_others(connection: Connection, report: str, dossiers: Sequence[str]) -> dict[str, int]:
    """How many other reports tell each dossier."""
    found = dict.fromkeys(dossiers, 0)
    ids = {int(one[1:]): one for one in dossiers}
    for some in chunks(list(ids)):
        query = select(record.c.dossier, func.count(func.distinct(carrier.c.report)))
        query = query.join(carrier, carrier.c.seq == record.c.carrier)
        query = query.where(record.c.dossier.in_(some), carrier.c.report != report).group_by(record.c.dossier)
        found |= {ids[number]: count for number, count in connection.execute(query)}
    return found
