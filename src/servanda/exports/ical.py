"""Dossiers -> an iCalendar file (RFC 5545) of deadlines that are still open, one event for the whole day each.

Events, not to-dos: Outlook, Google Calendar and Apple's Calendar show no to-dos, all of them and Thunderbird show
events. An event takes no time of its day. A deadline told as a month, a year or an interval stands on its last day, and
the text says so. The same deadline keeps its UID, by which a calendar knows it again, for as long as its dossier lives.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from icalendar import Calendar, Event

from servanda.exports.lists import uid
from servanda.ledger.due import awaits
from servanda.model.dossier import Carrier, Dossier, Told
from servanda.model.edtf import add_days, last_day
from servanda.render.cards import Writer, quoted
from servanda.render.dates import render_period
from servanda.render.dossiers import dossier_title
from servanda.render.marks import printable
from servanda.render.names import Namer
from servanda.render.standing import Standing
from servanda.render.told import carrier_name

_END = b"END:VCALENDAR\r\n"
_DAY = re.compile(r"(\.\./)?\d{4}-\d\d-\d\d")
_URL = re.compile(r"https?://[!-~]+")
_QUOTED = 3  # reports quoted in one event


def write_calendar(dossiers: Iterable[Dossier], target: Path, name: Namer, ui: str = "en") -> int:
    """The deadlines of those that are open; how many there are. `name` says a party in the language `ui`."""
    count = -2  # the frame begins and ends it
    with target.open("wb") as file:
        for piece in render_calendar(dossiers, name, ui):
            file.write(piece)
            count += 1
    return count


def render_calendar(dossiers: Iterable[Dossier], name: Namer, ui: str = "en") -> Iterator[bytes]:
    """The same in pieces: the beginning, each deadline, the end."""
    writer = Writer(ui, name)
    yield _frame(writer).removesuffix(_END)
    for dossier in filter(awaits, dossiers):
        yield _event(dossier, writer).to_ical()
    yield _END


def _frame(writer: Writer) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Servanda//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", writer.word("deadlines"))
    return bytes(calendar.to_ical())


def _event(dossier: Dossier, writer: Writer) -> Event:
    day = last_day(dossier.due or "")
    assert day is not None  # or it would await nothing
    event = Event()
    event.add("uid", uid(dossier))
    event.add("dtstamp", max(map(_recorded, dossier.told)))
    event.add("sequence", len(dossier.dues) - 1)
    event.add("dtstart", day)
    if following := add_days(day, 1):
        event.add("dtend", following)
    title = dossier_title(dossier, writer.ui, writer.name)
    event.add("summary", f"{_opening(writer.word('due'))}: {title}")
    event.add("description", printable("\n".join(_lines(dossier, writer))))
    event.add("transp", "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    if url := next(filter(None, (_url(t.carrier) for t in _tellers(dossier))), None):
        event.add("url", url)
    return event


def _recorded(told: Told) -> datetime:
    return datetime.fromisoformat(told.carrier.recorded).astimezone(UTC).replace(microsecond=0)


def _lines(dossier: Dossier, writer: Writer) -> Iterator[str]:
    """How it stands, the words and who carries them, the id."""
    yield _opening(" · ".join(filter(None, Standing(dossier, writer).phrases())))
    if not _DAY.fullmatch(dossier.due or ""):
        yield writer.word("due_shown")
    if all(t.carrier.withdrawn for t in dossier.told):
        yield writer.word("all_withdrawn")
    for told in _tellers(dossier):
        yield ""
        yield from _quote(told, writer)
    yield ""
    yield f"Servanda {dossier.id}"


def _tellers(dossier: Dossier) -> list[Told]:
    """The first who tell the deadline in force."""
    numbers = set(dossier.dues[-1].told) if dossier.dues else {dossier.fullest.id}
    return [t for t in dossier.told if t.id in numbers][:_QUOTED]


def _quote(told: Told, writer: Writer) -> Iterator[str]:
    carrier = told.carrier
    yield quoted(told.record.quote) if told.record.quote.strip() else writer.word("purged")
    day = [render_period(carrier.published, writer.ui)] if carrier.published else []
    marks = [writer.word("withdrawn")] if carrier.withdrawn else []
    yield ", ".join([carrier_name(told), *day, *marks])
    if url := _url(carrier):
        yield url


def _url(carrier: Carrier) -> str | None:
    return carrier.url if carrier.url and _URL.fullmatch(carrier.url) else None


def _opening(words: str) -> str:
    return words[:1].upper() + words[1:]
