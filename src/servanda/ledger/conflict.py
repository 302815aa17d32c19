"""What somebody entered since a person looked -> a decision that is not entered over it."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from servanda.errors import Conflict
from servanda.ledger.history import Event, event_of, history_of
from servanda.ledger.schema import entry, record
from servanda.ledger.told import chunks

_SAID = {
    "reading": "was read again",
    "confirm": "was confirmed",
    "reject": "was rejected",
    "correct": "was corrected",
    "add": "was added",
    "merge": "was joined with another",
    "split": "was kept apart from another",
    "undo": "had a decision taken back",
    "withdraw": "was withdrawn with its report",
    "purge": "was purged with its report",
    "report": "has a new version of its report",
}


def check_seen(connection: Connection, numbers: Sequence[int], seen: int | None) -> None:
    """Conflict where an entry after `seen` concerns one of these records; without `seen` nothing is asked."""
    if seen is None:
        return
    late = [event for event in history_of(connection, numbers) if event.seq > seen]
    late += _ended(connection, numbers, seen)
    if late:
        event = max(late, key=lambda event: event.seq)
        own = [n for n in event.records if n in numbers] or list(numbers)
        raise _conflict(f"record {', '.join(map(str, own))}", event)


def _ended(connection: Connection, numbers: Sequence[int], seen: int) -> list[Event]:
    """The last entry that ended rows of these records."""
    found = []
    for some in chunks(numbers):
        query = select(func.max(record.c.until)).where(record.c.id.in_(some), record.c.until > seen)
        found.append(connection.execute(query).scalar())
    return [event for seq in found if seq is not None and (event := event_of(connection, seq))]


def check_report_seen(connection: Connection, report: str, seen: int | None) -> None:
    """Conflict where a report was read, added to, withdrawn or purged after `seen`."""
    if seen is None:
        return
    last = connection.execute(select(func.max(entry.c.seq)).where(entry.c.report == report)).scalar()
    if last is not None and last > seen and (event := event_of(connection, last)):
        raise _conflict(report, event)


def _conflict(place: str, event: Event) -> Conflict:
    said = f"{_SAID[event.kind]} by {event.who}, {event.at[:16].replace('T', ' ')} UTC (entry {event.seq})"
    return Conflict(place, f"{said}, after you looked", "look again, then decide", event.seq)
