"""A list as it stands -> a file: table, JSON, feed, calendar. Streamed; memory holds a portion of the list."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from servanda.errors import InputError
from servanda.exports.atom import TYPE, FeedEntry, render_feed
from servanda.exports.ical import render_calendar
from servanda.exports.lists import COLUMNS, cells, table, uid
from servanda.model.dossier import Dossier, dossier_json
from servanda.render.cards import Writer, one_line
from servanda.render.dossiers import dossier_title
from servanda.render.standing import Standing
from servanda.web.asking import Asking
from servanda.web.desk import At, Desk
from servanda.web.templating import dossier_url

router = APIRouter()
MOST = 10_000  # dossiers or findings of one file; all there are come by `servanda export`
FEED = 50  # entries of a feed
_NEVER = "1970-01-01T00:00:00Z"


@router.get("/dossiers.csv")
def as_table(desk: At) -> Response:
    """A row for each dossier of the list."""
    return stream(table(map(cells, _all(desk)), COLUMNS), "text/csv", "dossiers.csv")


@router.get("/dossiers.json")
def as_json(desk: At) -> Response:
    """An array; each dossier on a line of its own, with every record, its evidence and its quote."""
    return stream(array(map(dossier_json, _all(desk))), "application/json", "dossiers.json")


@router.get("/dossiers.ics")
def as_calendar(desk: At) -> Response:
    """The deadlines of the list that are still open."""
    return stream(render_calendar(_all(desk, due=True), desk.name, desk.ui), "text/calendar", "dossiers.ics")


@router.get("/dossiers.atom")
def as_feed(desk: At) -> Response:
    """What of the list is new, was corrected or decided on last."""
    refuse_view(desk)
    changed = dict(desk.ledger.changed(Asking(desk).sought, FEED))
    made = desk.ledger.dossiers(changed, desk.view)
    return feed(desk, desk.word("nav/dossiers"), [_entry(desk, one, changed[one.id]) for one in made])


def _all(desk: Desk, due: bool = False) -> Iterator[Dossier]:
    """The dossiers of the list; what the address cannot ask is refused before anything is sent."""
    found = Asking(desk).all(MOST, due)
    first = list(islice(found, 1))
    return (one for some in (first, found) for one in some)


def _entry(desk: Desk, dossier: Dossier, at: str) -> FeedEntry:
    phrases = Standing(dossier, Writer(desk.ui, desk.name)).phrases()
    quote = one_line(dossier.listed.record.quote)
    said = " · ".join(filter(None, [*phrases, f"«{quote}»" if quote else ""]))
    title = dossier_title(dossier, desk.ui, desk.name)
    return FeedEntry(uid(dossier), title, absolute(desk, dossier_url(dossier.id)), at, said, dossier.type)


def feed(desk: Desk, title: str, entries: Iterable[FeedEntry]) -> Response:
    """A feed of the list at whose address it stands, without the ending."""
    own = desk.link(said=None)
    page = own.replace(".atom", "", 1)
    first = desk.ledger.event(1)
    began = first.at if first else _NEVER
    return Response(
        render_feed(f"Servanda: {title}", absolute(desk, own), absolute(desk, page), entries, began), media_type=TYPE
    )


def refuse_view(desk: Desk) -> None:
    """A feed tells what is new: seen from an earlier day nothing ever is."""
    for name in ("as_of", "known_at"):
        if desk.asked(name):
            raise InputError(name, "a feed tells what is new, seen from now", "leave it out")


def absolute(desk: Desk, path: str) -> str:
    """An address with the name of this server."""
    return f"{str(desk.request.base_url).rstrip('/')}{path}"


def array(objects: Iterable[object]) -> Iterator[str]:
    """A JSON array with each object on a line of its own."""
    yield "["
    for n, one in enumerate(objects):
        yield f"{',' if n else ''}\n{json.dumps(one, ensure_ascii=False)}"
    yield "\n]\n"


def stream(pieces: Iterator[str] | Iterator[bytes], kind: str, name: str) -> Response:
    """A file made while it is sent; a lone half of a character is written as an escape."""
    made = (piece.encode("utf-8", "backslashreplace") if isinstance(piece, str) else piece for piece in pieces)
    named = {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(made, media_type=f"{kind}; charset=utf-8", headers=named)
