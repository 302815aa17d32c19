"""The list of dossiers: searched, filtered, sorted, followed, and downloaded as it stands."""

from fastapi import APIRouter
from starlette.responses import Response

from servanda.ledger.nothing import find_why
from servanda.render.hits import excerpt
from servanda.web.asking import Asking, say_value
from servanda.web.desk import At

router = APIRouter()
_FILES = ("csv", "json", "atom", "ics")


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
        quotes={home: [(t, list(excerpt(t.record.quote, marks))) for t, marks in some] for home, some in hits.items()},
        files={kind: desk.link(offset=None, said=None).replace("/dossiers", f"/dossiers.{kind}", 1) for kind in _FILES},
    )
