"""The pages of parties: what two of them, or one with all others, agreed, promised, did, and how the figures go."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from servanda.ledger.found import FindingsWanted
from servanda.ledger.listing import Listed, Listing, Order, Sought
from servanda.ledger.points import find_series
from servanda.ledger.totals import find_totals
from servanda.ledger.views import Wanted
from servanda.model.dossier import Dossier
from servanda.model.reading import Undertaking
from servanda.render.totals import say_left_out, say_sum
from servanda.web.asking import Asking
from servanda.web.desk import At, Desk
from servanda.web.drawn.series import draw_series

router = APIRouter()
_LISTED, _GROUPED = 40, 8  # dossiers of one type looked at, and shown in a group before the rest is a link
_FIGURES, _GOALS, _SUMMED, _CHARTS = 40, 12, 1_000, 6
_FOUND = 6


@dataclass(frozen=True, slots=True)
class Group:
    """Dossiers of a list that stand alike; `more` are those beyond what is shown."""

    key: str
    rows: tuple[Listed, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Side:
    """What one side undertakes towards the other: promised, by deadline; and acts told only as done."""

    by: tuple[str, ...]
    to: tuple[str, ...]
    promised: tuple[Listed, ...]
    did: tuple[Listed, ...]


@router.get("/parties")
def parties(desk: At) -> Response:
    """Who is told of, most often first."""
    asking = Asking(desk)
    pairs = desk.ledger.busiest_pairs(_LISTED)
    return desk.page("parties.html", parties=desk.ledger.facets(asking.sought).values["party"], pairs=pairs)


@router.get("/parties/{one}")
def party(desk: At, one: str) -> Response:
    """One party with all others."""
    return _page(desk, (desk.served.party_code(one),))


@router.get("/parties/{one}/{other}")
def pair(desk: At, one: str, other: str) -> Response:
    """What stands between two parties."""
    return _page(desk, tuple(dict.fromkeys((desk.served.party_code(one), desk.served.party_code(other)))))


@router.get("/sums/{one}/{other}")
def sums(desk: At, one: str, other: str) -> Response:
    """Sums over what two parties promised and did, with what they count and what they leave out."""
    codes = (desk.served.party_code(one), desk.served.party_code(other))
    wanted = Wanted(codes, ("undertaking", "instrument"), limit=_SUMMED)
    dossiers = list(desk.ledger.find(wanted, desk.view))
    totals = find_totals(dossiers)
    titles = {made.id: made for made in dossiers}
    said = [say_sum(one, desk.ui, desk.name) for one in totals.sums]
    left = list(say_left_out(totals.left_out, desk.ui, desk.name))
    return desk.page(
        "sums.html", codes=codes, sums=zip(said, totals.sums, strict=True), left=left, titles=titles, most=_SUMMED
    )


def _page(desk: Desk, codes: tuple[str, ...]) -> Response:
    made = {kind: _listing(desk, codes, kind) for kind in ("instrument", "undertaking", "meeting")}
    figures, charts = _figures(desk, codes)
    findings, count = desk.ledger.find_stored(FindingsWanted(parties=codes, levels=("error", "doubt"), limit=_FOUND))
    return desk.page(
        "party.html",
        codes=codes,
        query="&".join(f"party={code}" for code in codes),
        instruments=group_by_status(made["instrument"]),
        sides=sides_of(made["undertaking"].rows, codes),
        meetings=made["meeting"].rows[:_GROUPED],
        totals=_totals(desk, codes, made),
        listed=_LISTED,
        figures=figures,
        charts=charts,
        findings=findings,
        found=count,
        others=desk.ledger.busiest_pairs(_LISTED, codes[0]) if len(codes) == 1 else (),
    )


def _listing(desk: Desk, codes: Sequence[str], kind: str) -> Listing:
    """As things stand from the index; of an earlier day made anew."""
    if desk.as_of is None and desk.known_at is None:
        order: Order = "due" if kind == "undertaking" else "last"
        return desk.ledger.listing(
            Sought(parties=tuple(codes), types=(kind,), order=order, limit=_LISTED), counted=False
        )
    found = list(desk.ledger.find(Wanted(tuple(codes), (kind,), limit=_LISTED), desk.view))
    rows = [Listed(one, len({t.carrier.report for t in one.told}), len(one.told), 0, 0, 0, 0) for one in found]
    return Listing(tuple(rows), len(rows))


def _totals(desk: Desk, codes: Sequence[str], made: Mapping[str, Listing]) -> dict[str, int]:
    """How many there are of each type; of an earlier day as many as were looked at."""
    counted = desk.ledger.count_types(codes) if desk.as_of is None and desk.known_at is None else {}
    return {kind: max(counted.get(kind, 0), listing.total) for kind, listing in made.items()}


def group_by_status(listing: Listing) -> list[Group]:
    """In the order in which the last told of each status stands."""
    groups: dict[str, list[Listed]] = defaultdict(list)
    for row in listing.rows:
        groups[row.dossier.status].append(row)
    return [Group(key, tuple(rows[:_GROUPED]), len(rows) - _GROUPED) for key, rows in groups.items()]


def sides_of(rows: Sequence[Listed], codes: Sequence[str]) -> list[Side]:
    """Undertakings by who acts for whom: first those of one of the parties alone, then the others."""
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Listed]] = defaultdict(list)
    for row in rows:
        record = row.dossier.fullest.record
        if isinstance(record, Undertaking):
            by, to = tuple(sorted(record.by)), tuple(sorted(set(record.to) - set(record.by)))
            found[(by, to) if len(codes) > 1 else (by, ())].append(row)
    ordered = sorted(found.items(), key=lambda item: (len(item[0][0]), -len(item[1]), item[0]))
    return [
        Side(
            *key, tuple(r for r in own if r.dossier.status != "did"), tuple(r for r in own if r.dossier.status == "did")
        )
        for key, own in ordered
    ]


def _figures(desk: Desk, codes: tuple[str, ...]) -> tuple[list[Dossier], list[str]]:
    """Figures with the charts that they make, targets among them."""
    figures = _last(desk, Sought(parties=codes, types=("figure",), limit=_FIGURES))
    goals = _last(desk, Sought(parties=codes, types=("undertaking",), acts=("raise", "cut"), limit=_GOALS))
    homes = {n: made.id for made in figures for p in made.points for n in p.told}
    homes |= {told.id: made.id for made in goals for told in made.told}
    series = find_series(figures, goals, desk.ledger.tongue.words)
    series.sort(key=lambda one: -len(one.points))
    charts = [draw_series(one, homes, desk.ui, desk.name) for one in series]
    return figures, [chart for chart in charts if chart][:_CHARTS]


def _last(desk: Desk, sought: Sought) -> list[Dossier]:
    """The last told of what is sought."""
    if desk.as_of is None and desk.known_at is None:
        return [row.dossier for row in desk.ledger.listing(sought, counted=False).rows]
    return list(desk.ledger.find(Wanted(sought.parties, sought.types, sought.acts, limit=sought.limit), desk.view))
