"""A dossier or report -> what happened to it, entry by entry: who, when, what, why."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, or_, select

from servanda.ledger.deciding import parse_number
from servanda.ledger.entries import Body, parse_body
from servanda.ledger.schema import bond, carrier, entry, judgement, record
from servanda.ledger.told import NOW, chunks, load_last_words

if TYPE_CHECKING:
    from servanda.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Event:
    """One entry that concerns the thing asked for. `records` are the numbers of those concerned."""

    seq: int
    at: str
    who: str
    kind: str
    report: str | None
    records: tuple[int, ...]
    body: Body
    undone: int | None = None  # the entry that took it back


def find_events(ledger: "Ledger", id: str) -> list[Event]:
    """Of a report where there is one of that name, else of a dossier or record; nothing where none is known."""
    if found := ledger.history_of_report(id):
        return found
    number = parse_number(id)
    if number is None:
        return []
    home = ledger.dossier(number)
    rejected = [n for event in ledger.rejections(home.told[0].id if home else number) for n in event.records]
    held = [t.id for t in home.told] if home else [number]
    return ledger.history([*held, *rejected])


def history_of(connection: Connection, numbers: Sequence[int]) -> list[Event]:
    """Everything that happened to some records, in order: readings, decisions, what became of their reports."""
    seqs: dict[int, set[int]] = {}
    for some in chunks(numbers):
        rows = connection.execute(
            select(record.c.id, record.c.source, record.c.carrier).where(record.c.id.in_(some))
        ).all()
        of_reports = _report_seqs(connection, {row.carrier for row in rows})
        for row in rows:
            for seq in (row.source, *of_reports[row.carrier]):
                seqs.setdefault(seq, set()).add(row.id)
        for row in connection.execute(select(judgement).where(judgement.c.record.in_(some))):
            _note(seqs, row.seq, row.undone, {row.record})
        query = select(bond, judgement.c.undone).join(judgement, judgement.c.seq == bond.c.seq)
        for row in connection.execute(query.where(or_(bond.c.a.in_(some), bond.c.b.in_(some)))):
            _note(seqs, row.seq, row.undone, {row.a, row.b})
    return _events(connection, seqs)


def history_of_report(connection: Connection, report: str) -> list[Event]:
    """Everything that happened to a report and its records."""
    versions = select(carrier.c.seq).where(carrier.c.report == report)
    numbers = sorted(set(connection.execute(select(record.c.id).where(record.c.carrier.in_(versions))).scalars()))
    seqs: dict[int, set[int]] = {seq: set() for seq in connection.execute(versions).scalars()}
    seqs |= {e.seq: set(e.records) for e in history_of(connection, numbers)}
    for seq in connection.execute(select(entry.c.seq).where(entry.c.report == report)).scalars():
        seqs.setdefault(seq, set())
    return _events(connection, seqs)


def decisions_on(connection: Connection, report: str, numbers: Sequence[int]) -> list[Event]:
    """What people decided of some records of a report, and whether it was withdrawn or purged."""
    marks = select(entry.c.seq).where(entry.c.report == report, entry.c.kind.in_(("withdraw", "purge")))
    seqs: dict[int, set[int]] = {seq: set() for seq in connection.execute(marks).scalars()}
    for some in chunks(numbers):
        for row in connection.execute(select(judgement).where(judgement.c.record.in_(some))):
            seqs.setdefault(row.seq, set()).add(row.record)
        query = select(bond).where(or_(bond.c.a.in_(some), bond.c.b.in_(some)))
        for row in connection.execute(query):
            seqs.setdefault(row.seq, set()).update((row.a, row.b))
    return _events(connection, seqs) if seqs else []


def rejections_of(connection: Connection, numbers: Sequence[int], upto: int = NOW) -> list[Event]:
    """The entries that rejected records, in force at an entry."""
    words = load_last_words(connection, numbers, upto)
    return _events(connection, {word.seq: {number} for number, word in words.items() if word.kind == "reject"})


def event_of(connection: Connection, seq: int) -> Event | None:
    """The entry of a number, with the records that it names."""
    found = next(iter(_events(connection, {seq: set()})), None)
    if found is None:
        return None
    body = found.body
    named = body.get(
        "ids", [body["record"]] if "record" in body else sorted({n for p in body.get("pairs", ()) for n in p})
    )
    return replace(found, records=tuple(named))


def _note(seqs: dict[int, set[int]], seq: int, undone: int | None, numbers: set[int]) -> None:
    seqs.setdefault(seq, set()).update(numbers)
    if undone is not None:
        seqs.setdefault(undone, set()).update(numbers)


def _report_seqs(connection: Connection, carriers: Collection[int]) -> dict[int, list[int]]:
    """The entries that recorded, withdrew and purged some report versions."""
    found: dict[int, list[int]] = {}
    for some in chunks(sorted(carriers)):
        for row in connection.execute(select(carrier).where(carrier.c.seq.in_(some))):
            found[row.seq] = [n for n in (row.seq, row.withdrawn, row.purged) if n is not None]
    return found


def _events(connection: Connection, seqs: dict[int, set[int]]) -> list[Event]:
    undone: dict[int, int] = {}
    rows: list[Any] = []
    for some in chunks(sorted(seqs)):
        rows += connection.execute(select(entry).where(entry.c.seq.in_(some)).order_by(entry.c.seq)).all()
        query = select(judgement.c.seq, judgement.c.undone).where(judgement.c.seq.in_(some))
        undone |= {seq: by for seq, by in connection.execute(query) if by is not None}
    return [
        Event(r.seq, r.at, r.who, r.kind, r.report, tuple(sorted(seqs[r.seq])), parse_body(r.body), undone.get(r.seq))
        for r in rows
    ]
