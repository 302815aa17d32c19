"""A dossier -> the records that people rejected and that would stand in it."""

from dataclasses import replace

from sqlalchemy import Connection, select

from servanda.ledger.groups import Member, group, load_decisions
from servanda.ledger.linking import unpack
from servanda.ledger.schema import record
from servanda.ledger.views import View


def find_rejected(connection: Connection, number: int, view: View) -> list[int]:
    """Their numbers, as seen, by the number of any record of the dossier; also of one that is rejected itself."""
    own = select(record.c.component).where(record.c.id == number, *view.alive())
    around = record.c.component.in_(own), *view.alive()
    left_out = select(record.c.row).where(*around, record.c.dossier.is_(None)).limit(1)
    if view.is_now and connection.execute(left_out).first() is None:
        return []
    members = [Member(m.row, m.id, unpack(m.features)) for m in connection.execute(select(record).where(*around))]
    decisions = load_decisions(connection, [m.id for m in members], view.upto)
    if not decisions.rejected:
        return []
    for some in group(members, replace(decisions, rejected=set())).members.values():
        if number in (numbers := [m.id for m in some]):
            return sorted(decisions.rejected.intersection(numbers))
    return []
