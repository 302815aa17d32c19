"""A report -> what the ledger keeps of it: a version with its text, its records and their dossiers, what was read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, or_, select

from servanda.ledger.entries import Body
from servanda.ledger.fold import LETTERS
from servanda.ledger.history import Event, decisions_on
from servanda.ledger.schema import carrier, record
from servanda.ledger.told import carrier_of, chunks, load_carriers, load_rejected, load_told, read_by
from servanda.ledger.versions import find_readings, find_versions
from servanda.model.dossier import Carrier, Told
from servanda.model.plain import reading_from_json
from servanda.model.reading import Finding, Mention

_NAMED = 6  # other reports of a dossier


@dataclass(frozen=True, slots=True)
class Others:
    """The other reports that tell a dossier: how many, and the newest of them."""

    count: int
    newest: tuple[Carrier, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """One version of a report. `carrier` has the text where it is kept, and the name of its last reader."""

    carrier: Carrier
    versions: tuple[Carrier, ...]  # all, the newest first
    told: tuple[Told, ...]  # by their place in the text; rejected ones, too
    homes: Mapping[int, str]  # dossiers by the number of a record; of those in force
    rejected: frozenset[int]
    findings: tuple[Finding, ...]  # of the reader itself
    unused: tuple[Mention, ...]  # times and amounts that no record used
    undisclosed: tuple[str, ...]
    others: Mapping[str, Others]  # by dossier
    decided: tuple[Event, ...]  # of its records, and of itself

    @property
    def is_newest(self) -> bool:
        """Whether no later version took its place."""
        return self.carrier.version == self.versions[0].version


def load_kept(connection: Connection, report: str, version: int | None = None) -> Kept | None:
    """A version of a report, or the newest; None where there is none."""
    versions = find_versions(connection, report)
    shown = next((v for v in versions if version in (None, v.version)), None)
    if shown is None:
        return None
    rows = _rows(connection, [v.seq for v in versions], shown.seq)
    told = load_told(connection, list(rows))
    readings = [body for body in find_readings(connection, report) if body["carrier"] == shown.seq]
    read = reading_from_json(readings[-1]["reading"]) if readings else None
    homes = {told[row].id: home for row, home in rows.items() if home}
    numbers = [t.id for t in told.values()]
    return Kept(
        carrier=_carrier(connection, shown.seq, readings),
        versions=tuple(map(carrier_of, versions)),
        told=tuple(sorted(told.values(), key=_place)),
        homes=homes,
        rejected=frozenset(load_rejected(connection, numbers)),
        findings=read.findings if read else (),
        unused=read.mentions if read else (),
        undisclosed=read.undisclosed if read else (),
        others=_others(connection, report, sorted(set(homes.values()))),
        decided=tuple(decisions_on(connection, report, numbers)),
    )


def _others(connection: Connection, report: str, dossiers: Sequence[str]) -> dict[str, Others]:
    """The other reports of each dossier, by day of publication."""
    ids = {int(one[1:]): one for one in dossiers}
    seqs: dict[str, dict[str, int]] = {one: {} for one in dossiers}
    query = select(record.c.dossier, carrier.c.report, func.max(carrier.c.seq))
    query = query.join(carrier, carrier.c.seq == record.c.carrier).where(carrier.c.report != report)
    query = query.group_by(record.c.dossier, carrier.c.report).order_by(func.max(carrier.c.day).desc())
    for some in chunks(list(ids)):
        for home, other, seq in connection.execute(query.where(record.c.dossier.in_(some))):
            seqs[ids[home]][other] = seq
    named = {one: list(found.values())[:_NAMED] for one, found in seqs.items()}
    carriers = load_carriers(connection, sorted({seq for some in named.values() for seq in some}))
    return {one: Others(len(seqs[one]), tuple(carriers[seq] for seq in named[one])) for one in dossiers}


def _rows(connection: Connection, versions: Sequence[int], shown: int) -> dict[int, str]:
    """The rows of a version, with their dossiers: those in force, or that were when a later version took its place."""
    query = select(record.c.row, record.c.type, record.c.dossier)
    if shown == versions[0]:
        query = query.where(record.c.carrier.in_(versions), record.c.until.is_(None))
    else:
        query = query.where(record.c.carrier == shown, or_(record.c.until.is_(None), record.c.over.is_not(None)))
    return {r.row: f"{LETTERS[r.type]}{r.dossier}" if r.dossier is not None else "" for r in connection.execute(query)}


def _carrier(connection: Connection, seq: int, readings: Sequence[Body]) -> Carrier:
    found = load_carriers(connection, [seq], texts=True)[seq]
    return read_by(found, readings[-1]) if readings else found


def _place(told: Told) -> tuple[int, int]:
    """Where the clause stands that states a record; one without words comes last."""
    spans = [span for found in told.record.evidence.values() for span in found]
    quote = told.record.evidence.get("quote") or spans
    return min((s.start for s in quote), default=1 << 53), told.id
