"""The page of one dossier: its life, who tells it in which words, what differs, what does not add up, its history."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from servanda.ledger.deciding import parse_number
from servanda.ledger.found import FindingsWanted
from servanda.ledger.points import find_series
from servanda.model.dossier import Discrepancy, Dossier, Told
from servanda.model.edtf import first_day
from servanda.render.cards import Writer
from servanda.render.fields import Fields, leaves
from servanda.render.moments import Moment, find_deadlines, find_moments, find_values, record_of_head
from servanda.render.standing import Standing
from servanda.web.desk import At, Desk
from servanda.web.drawn.series import draw_series
from servanda.web.drawn.timeline import draw_timeline
from servanda.web.templating import dossier_url

router = APIRouter()
_SORTS = ("step", "progress", "due")
_COMPARED = 8  # reports whose values stand side by side
_UNCOMPARED = ("quote", "under", "part_of")


@dataclass(frozen=True, slots=True)
class Row:
    """A field over several reports: the same in all, or not."""

    key: str
    label: str
    values: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether two reports that say something say different things; who is cited differs as a rule."""
        return self.key != "source" and len({v for v in self.values if v}) > 1


@router.get("/dossiers/{id}")
def dossier(desk: At, id: str) -> Response:
    """One dossier, by its id or the number of any record that ever stood in it."""
    number = parse_number(id)
    made = desk.ledger.dossier(number, desk.view, texts=True) if number is not None else None
    if made is None or number is None:
        return _gone(desk, id, number)
    if made.id != id:
        return desk.go(desk.link().replace(desk.request.url.path, dossier_url(made.id), 1))
    writer = Writer(desk.ui, desk.name)
    moments = sorted([*find_moments(made, writer), *find_deadlines(made, writer)], key=_place)
    lanes = {sort: desk.word(f"dossier/lane/{sort}") for sort in _SORTS}
    compared = made.told[-_COMPARED:]
    return desk.page(
        "dossier.html",
        made=made,
        card=writer.card(record_of_head(made), 0),
        standing=[phrase for phrase in Standing(made, writer).phrases() if phrase],
        moments=moments,
        strip=draw_timeline(moments, lanes, desk.as_of or desk.today, desk.ui, desk.word("dossier/timeline")),
        values=list(find_values(made, writer)),
        charts=_charts(desk, made),
        told={told.id: told for told in made.told},
        compared=compared,
        rows=list(compare(compared, desk)) if len(compared) > 1 else [],
        findings=_findings(desk, made, number),
        resting=desk.ledger.resting_on([t.id for t in made.told]) if made.type == "instrument" else (),
        doubles=[(one, desk.ledger.listed([int(one.dossier[1:])])) for one in made.possible],
        events=desk.ledger.history([t.id for t in made.told]),
        rejected=desk.ledger.rejections(number, desk.view),
    )


def _gone(desk: Desk, id: str, number: int | None) -> Response:
    """Of a record that no dossier holds its history, where it has one."""
    events = desk.ledger.history([number]) if number is not None else []
    if not events:
        raise HTTPException(404, f"nothing is known of {id[:80]}")
    return desk.page("dossier_gone.html", id=id, events=events)


def _place(moment: Moment) -> tuple[date, bool]:
    return (first_day(moment.day) if moment.day else None) or date.max, moment.sort == "due"


def _findings(desk: Desk, made: Dossier, number: int) -> Sequence[Discrepancy]:
    """From the index as things stand; of an earlier day made anew."""
    if desk.as_of or desk.known_at:
        return desk.ledger.findings_of(made, desk.view)
    return desk.ledger.find_stored(FindingsWanted(dossiers=(int(made.id[1:]),), limit=_COMPARED))[0]


def _charts(desk: Desk, made: Dossier) -> list[str]:
    """The values of a figure as a chart, where there are several periods."""
    homes = dict.fromkeys((t.id for t in made.told), made.id)
    series = find_series([made] if made.type == "figure" else [], (), desk.ledger.tongue.words)
    return [chart for one in series if (chart := draw_series(one, homes, desk.ui, desk.name))]


def compare(told: Sequence[Told], desk: Desk) -> Iterator[Row]:
    """The fields of several records side by side, those that differ first."""
    said: list[dict[str, list[str]]] = []
    labels: dict[str, str] = {}
    for one in told:
        fields, values = Fields(one.record, desk.ui, desk.name), dict[str, list[str]]()
        for path, value in leaves(one.record):
            top = path.partition("/")[0]
            if top in _UNCOMPARED or value in (None, [], False):
                continue
            labels.setdefault(top, fields.label(top))
            values.setdefault(top, []).append(fields.said(path, value))
        said.append(values)
    rows = [Row(top, label, tuple(", ".join(values.get(top, ())) for values in said)) for top, label in labels.items()]
    yield from sorted(rows, key=lambda row: not row.differs)
