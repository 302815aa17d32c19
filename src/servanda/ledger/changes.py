"""What is sought -> its dossiers that were told of, corrected or decided on last, with the moment of the last entry."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, func, select, union_all

from servanda.ledger.fold import LETTERS
from servanda.ledger.listing import Sought, narrowed
from servanda.ledger.schema import bond, brief, carrier, entry, judgement, record
from servanda.ledger.told import chunks


def find_changed(connection: Connection, sought: Sought, today: date, limit: int) -> list[tuple[str, str]]:
    """Ids of dossiers, the last changed first, and when (UTC, ISO 8601)."""
    decided = func.coalesce(judgement.c.undone, judgement.c.seq)
    words = select(judgement.c.record, decided.label("seq"))
    bound = select(bond.c.a, bond.c.b, decided.label("seq")).join(judgement, judgement.c.seq == bond.c.seq).subquery()
    said = union_all(words, select(bound.c.a, bound.c.seq), select(bound.c.b, bound.c.seq)).subquery()
    rows = union_all(
        select(record.c.dossier, record.c.since.label("seq")).where(record.c.dossier.is_not(None)),
        select(record.c.dossier, said.c.seq)
        .join(said, said.c.record == record.c.id)
        .where(record.c.dossier.is_not(None)),
    ).subquery()
    last = select(rows.c.dossier, func.max(rows.c.seq).label("seq")).group_by(rows.c.dossier).subquery()
    query = narrowed(select(brief.c.number, brief.c.type, last.c.seq, entry.c.at), sought, today)
    query = query.join(last, last.c.dossier == brief.c.number).join(entry, entry.c.seq == last.c.seq)
    found = connection.execute(query.order_by(last.c.seq.desc()).limit(limit))
    return [(f"{LETTERS[row.type]}{row.number}", row.at) for row in found]


def last_recorded(connection: Connection, reports: Sequence[str]) -> dict[str, str]:
    """When the last version of each report was recorded."""
    found: dict[str, str] = {}
    for some in chunks(list(dict.fromkeys(reports))):
        query = select(carrier.c.report, func.max(carrier.c.recorded)).where(carrier.c.report.in_(some))
        found |= dict(map(tuple, connection.execute(query.group_by(carrier.c.report))))
    return found
