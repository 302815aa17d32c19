"""The list of dossiers: searched, filtered, sorted, followed, and downloaded as it stands."""

from collections.abc import Sequence
from itertools import pairwise

from fastapi import APIRouter
from starlette.responses import Response

from servanda.ledger.nothing import find_why
from servanda.model.dossier import Told
from servanda.model.spans import Span
from servanda.web.asking import Asking, say_value
from servanda.web.desk import At

router = APIRouter()
_FILES = ("csv", "json", "atom", "ics")
Piece = tuple[str, bool]  # words, and whether they were looked for


@router.get("/dossiers")
def dossiers(desk: At) -> Response:
    """A page of the list."""
    asking = Asking(desk)
    listing = asking.page()
    hits = asking.hits(listing.rows)
    return desk.page(
        "dossiers.html",
        asking=asking,
        listing=listing,
        nothing=None if listing.rows else find_why(desk.ledger, asking.terms, desk.view),
        behind=desk.ledger.freshness(),
        facets=asking.facets(),
        say=lambda name, value: asking.say(name, value) if name == "party" else say_value(desk, name, value),
        quotes={home: [(told, list(pieces(told, marks))) for told, marks in found] for home, found in hits.items()},
        files={kind: desk.link(offset=None, said=None).replace("/dossiers", f"/dossiers.{kind}", 1) for kind in _FILES},
    )


def pieces(told: Told, marks: Sequence[Span]) -> list[Piece]:
    """A quote cut where the words that were looked for begin and end."""
    quote = told.record.quote
    cuts = sorted({0, len(quote), *(mark.start for mark in marks), *(mark.end for mark in marks)})
    return [(quote[a:b], any(mark.start <= a and b <= mark.end for mark in marks)) for a, b in pairwise(cuts)]
