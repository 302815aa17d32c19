"""Figures of one metric -> a chart: values by period, targets beside actuals, bounds drawn as what they are.

"Over 680" is an arrow from 680 upwards, "about" a hollow mark: nothing is drawn stronger than it was said.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from servanda.model.dossier import Point
from servanda.model.edtf import first_day, last_day
from servanda.model.reading import Amount
from servanda.model.totals import Series
from servanda.render.amounts import render_amount
from servanda.render.cards import Writer
from servanda.render.dates import render_period
from servanda.render.names import Namer
from servanda.web.drawn.axis import Days, Numbers, make_days, make_numbers
from servanda.web.drawn.svg import element, picture, words

_WIDTH, _HEIGHT = 640.0, 260.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 86.0, 20.0, 16.0, 30.0
_APART, _LINE = 100, 14  # of words beside and under each other
_ARROW = 26.0  # length of the arrow of a value that is only bounded on one side
_UP, _DOWN = ("over", "at_least"), ("under", "up_to")


def draw_series(series: Series, homes: Mapping[int, str], ui: str, name: Namer) -> str:
    """The chart; `homes` tells the dossier of a record. Empty where fewer than two values have a period.

    Values without a number or a period are not drawn.
    """
    drawn = [p for p in series.points if p.amount and _middle(p)]
    if len(drawn) < 2:
        return ""
    writer = Writer(ui, name)
    title = f"{writer.word(f'metric/{series.metric}')}: {writer.names(series.who)}"
    days = make_days((_middle(p) or date.min for p in drawn), _LEFT, _WIDTH - _RIGHT)
    numbers = make_numbers(_numbers_of(drawn), _HEIGHT - _BOTTOM, _TOP)
    body = [*_numbers(numbers, series.unit or "", ui), *_days(days, ui), *_lines(drawn, days, numbers)]
    places: list[tuple[float, float]] = []
    for p in drawn:
        if p.amount:
            below = _room_below(days.place(_middle(p) or date.min), numbers.place(p.amount.number), places)
            body.append(_value(p, p.amount, days, numbers, homes, ui, below))
    return picture(_WIDTH, _HEIGHT, title, body, "series")


def _middle(point: Point) -> date | None:
    """The middle of the period; of an open one its known end."""
    ends = [d.toordinal() for d in (first_day(point.period or ""), last_day(point.period or "")) if d]
    return date.fromordinal(sum(ends) // len(ends)) if ends else None


def _numbers_of(points: Iterable[Point]) -> Iterator[float]:
    """All numbers that the axis has to hold; above a value that is only a least one there is room for its arrow."""
    for amount in (p.amount for p in points if p.amount):
        yield amount.number * 1.12 if amount.bound in _UP else amount.number


def _numbers(axis: Numbers, unit: str, ui: str) -> Iterator[str]:
    for number in axis.ticks():
        y = axis.place(number)
        said = render_amount(Amount(number, unit), ui) if number else "0"
        yield element("line", x1=_LEFT, y1=y, x2=_WIDTH - _RIGHT, y2=y, class_="grid")
        yield element("text", words(said), x=_LEFT - 8, y=y + 4, text_anchor="end", class_="tick")


def _days(axis: Days, ui: str) -> Iterator[str]:
    for day, is_year in axis.ticks():
        said = str(day.year) if is_year else render_period(f"{day:%Y-%m}", ui)
        x = axis.place(day)
        yield element("line", x1=x, y1=_HEIGHT - _BOTTOM, x2=x, y2=_HEIGHT - _BOTTOM + 5, class_="tick")
        yield element("text", words(said), x=x, y=_HEIGHT - 8, text_anchor="middle", class_="tick")


def _lines(points: Iterable[Point], days: Days, numbers: Numbers) -> Iterator[str]:
    """A thin line through what was reached; goals stand apart from it, as lines of their own."""
    places = {p: (days.place(_middle(p) or date.min), numbers.place(p.amount.number)) for p in points if p.amount}
    reached = [place for p, place in places.items() if not (p.target or p.forecast or p.revised)]
    if len(reached) > 1:
        yield element("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in reached), class_="through")
    for x, y in (place for p, place in places.items() if p.target):
        yield element("line", x1=_LEFT, y1=y, x2=x, y2=y, class_="target")


def _room_below(x: float, y: float, taken: list[tuple[float, float]]) -> float:
    """How high the words of a value stand: under it, and under the words of others that would cover them."""
    below = y + 18
    while below + _LINE < _HEIGHT and any(abs(x - a) < _APART and abs(below - b) < _LINE for a, b in taken):
        below += _LINE
    taken.append((x, below))
    return below


def _value(
    point: Point, amount: Amount, days: Days, numbers: Numbers, homes: Mapping[int, str], ui: str, below: float
) -> str:
    x, y = days.place(_middle(point) or date.min), numbers.place(amount.number)
    kind = next((k for k in ("target", "forecast", "revised") if getattr(point, k)), amount.bound)
    said = render_amount(amount, ui)
    pieces = [element("title", words(f"{render_period(point.period or '', ui)}: {said}"))]
    if amount.bound in (*_UP, *_DOWN):
        end = y - _ARROW if amount.bound in _UP else y + _ARROW
        back = 5 if end < y else -5
        path = f"M{x:.1f} {y:.1f}V{end:.1f}M{x - 4:.1f} {end + back:.1f}L{x:.1f} {end:.1f}L{x + 4:.1f} {end + back:.1f}"
        pieces.append(element("path", d=path, class_="arrow"))
    pieces.append(element("circle", cx=x, cy=y, r=5, class_=kind))
    pieces.append(element("text", words(said), x=min(x, _WIDTH - 60), y=below, text_anchor="middle"))
    home = next((homes[n] for n in point.told if n in homes), None)
    return element("a", "".join(pieces), href=f"/dossiers/{home}") if home else element("g", "".join(pieces))
