"""Moments of a dossier -> a strip of time: one lane for each sort, dots for days, bars for spans as coarse as told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from servanda.model.edtf import first_day, last_day
from servanda.render.dates import render_period
from servanda.render.moments import Moment
from servanda.web.drawn.axis import Days, make_days
from servanda.web.drawn.svg import element, picture, words

_WIDTH, _LANE, _TOP, _AXIS = 760.0, 30.0, 8.0, 26.0
_LEFT, _RIGHT, _RADIUS = 118.0, 14.0, 6.5
_APART = 15.0  # what marks of a lane keep from each other before one goes a row down


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment in its place: its number in the list beneath, from where to where."""

    number: int
    moment: Moment
    start: float
    end: float
    row: int


def draw_timeline(moments: Sequence[Moment], lanes: Mapping[str, str], today: date, ui: str, title: str) -> str:
    """The strip; `lanes` are the names of sorts, in their order. Empty where no moment has a day.

    Moments are numbered from 1 in the order given, as in the list beneath it.
    """
    days = [day for one in moments for day in _ends(one) if day]
    if not days:
        return ""
    axis = make_days([*days, today] if _is_near(days, today) else days, _LEFT, _WIDTH - _RIGHT)
    rows = [(name, list(_marks(moments, sort, axis))) for sort, name in lanes.items()]
    held = [(name, marks) for name, marks in rows if marks]
    heights = [_LANE + (max(m.row for m in marks)) * _APART for _, marks in held]
    height = _TOP + sum(heights) + _AXIS
    body = [*_axis(axis, height, ui), *_today(axis, today, height)]
    top = _TOP
    for (name, marks), tall in zip(held, heights, strict=True):
        body.append(element("text", words(name), x=2, y=top + _LANE / 2 + 4, class_="lane"))
        body += [_mark(mark, top + _LANE / 2 + mark.row * _APART) for mark in marks]
        top += tall
    return picture(_WIDTH, height, title, body, "timeline")


def _ends(moment: Moment) -> tuple[date | None, date | None]:
    return (first_day(moment.day), last_day(moment.day)) if moment.day else (None, None)


def _is_near(days: Sequence[date], today: date) -> bool:
    """Whether today belongs on the axis: not where all is long past."""
    span = max((max(days) - min(days)).days, 180)
    return min(days).toordinal() - span <= today.toordinal() <= max(days).toordinal() + span


def _marks(moments: Sequence[Moment], sort: str, axis: Days) -> Iterator[Mark]:
    """The marks of a lane; those that would cover one another stand in rows."""
    ends: list[float] = []
    for number, one in enumerate(moments, 1):
        first, last = _ends(one)
        if one.sort != sort or not (first or last):
            continue
        start = axis.place(first) if first else axis.left
        end = axis.place(last) if last else axis.right
        row = next((n for n, taken in enumerate(ends) if taken + _APART <= start), len(ends))
        ends[row:] = [end] if row == len(ends) else [end, *ends[row + 1 :]]
        yield Mark(number, one, start, end, row)


def _mark(mark: Mark, y: float) -> str:
    one = mark.moment
    kind = f"{one.sort} {one.certainty}" + " ahead" * one.to_come
    label = element("title", words(f"{one.when}: {one.said}"))
    middle = mark.start if mark.end - mark.start < 2 * _RADIUS else (mark.start + mark.end) / 2
    span = ""
    if mark.end - mark.start >= 2 * _RADIUS:
        span = element("rect", x=mark.start, y=y - 3, width=mark.end - mark.start, height=6, rx=3, class_="span")
    dot = element("circle", cx=middle, cy=y, r=_RADIUS)
    number = element("text", str(mark.number), x=middle, y=y + 3.5, text_anchor="middle", class_="number")
    return element("g", label + span + dot + number, class_=kind)


def _axis(axis: Days, height: float, ui: str) -> Iterator[str]:
    base = height - _AXIS + 6
    yield element("line", x1=axis.left, y1=base, x2=axis.right, y2=base, class_="axis")
    for day, is_year in axis.ticks():
        x = axis.place(day)
        said = f"{day.year}" if is_year else render_period(f"{day:%Y-%m}", ui)
        yield element(
            "line", x1=x, y1=_TOP if is_year else base - 4, x2=x, y2=base + 4, class_="year" if is_year else "tick"
        )
        yield element("text", words(said), x=x, y=height - 3, text_anchor="middle", class_="tick")


def _today(axis: Days, today: date, height: float) -> Iterator[str]:
    if axis.first < today < axis.last:
        x = axis.place(today)
        yield element("line", x1=x, y1=_TOP - 4, x2=x, y2=height - _AXIS + 6, class_="today")
