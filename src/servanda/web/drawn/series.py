"""Figures of one metric -> a chart: values by period, targets beside actuals, bounds drawn as what they are.

"Over 680" is an arrow from 680 upwards, "about" a hollow mark: nothing is drawn stronger than it was said.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from servanda.model.dossier import Dossier
from servanda.model.edtf import first_day, last_day
from servanda.model.reading import Amount, Figure
from servanda.render.amounts import render_amount
from servanda.render.cards import Writer
from servanda.render.dates import render_period
from servanda.render.names import Namer
from servanda.web.drawn.axis import Days, Numbers, make_days, make_numbers
from servanda.web.drawn.svg import element, picture, words

_WIDTH, _HEIGHT = 640.0, 260.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 86.0, 20.0, 16.0, 30.0
_ARROW = 26.0  # length of the arrow of a value that is only bounded on one side
_UP, _DOWN = ("over", "at_least"), ("under", "up_to")


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a series, and the dossier that tells it."""

    period: str
    amount: Amount
    dossier: str
    target: bool = False
    forecast: bool = False
    revised: bool = False

    @property
    def middle(self) -> date:
        """The middle of the period."""
        first, last = first_day(self.period), last_day(self.period)
        ends = [day.toordinal() for day in (first, last) if day]
        return date.fromordinal(sum(ends) // len(ends))


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one metric, of the same parties, in one unit."""

    metric: str
    who: tuple[str, ...]
    unit: str
    values: tuple[Value, ...]


def find_series(dossiers: Iterable[Dossier]) -> list[Series]:
    """The series that the dossiers of figures make, by metric, parties and unit, the longest first.

    Values without a period or a number, and shares in per cent, are not drawn.
    """
    found: dict[tuple[str, tuple[str, ...], str], list[Value]] = defaultdict(list)
    for one in dossiers:
        record = one.fullest.record
        if not isinstance(record, Figure):
            continue
        for point in one.points:
            if point.amount and point.period and (first_day(point.period) or last_day(point.period)):
                key = (record.metric, tuple(sorted(record.who)), point.amount.unit)
                value = Value(point.period, point.amount, one.id, point.target, point.forecast, point.revised)
                found[key].append(value)
    made = [Series(*key, tuple(sorted(values, key=lambda v: (v.middle, v.dossier)))) for key, values in found.items()]
    return sorted(made, key=lambda s: (-len(s.values), s.metric, s.who, s.unit))


def draw_series(series: Series, ui: str, name: Namer) -> str:
    """The chart."""
    writer = Writer(ui, name)
    title = f"{writer.word(f'metric/{series.metric}')}: {writer.names(series.who)}"
    days = make_days((v.middle for v in series.values), _LEFT, _WIDTH - _RIGHT)
    numbers = make_numbers(_drawn(series.values), _HEIGHT - _BOTTOM, _TOP)
    body = [*_numbers(numbers, series, ui), *_days(days, ui), *_line(series, days, numbers)]
    body += [_value(value, days, numbers, ui) for value in series.values]
    return picture(_WIDTH, _HEIGHT, title, body, "series")


def _drawn(values: Iterable[Value]) -> Iterator[float]:
    """All numbers that the axis has to hold; above a value that is only a least one there is room for its arrow."""
    for value in values:
        number = float(value.amount.number)
        yield number * 1.12 if value.amount.bound in _UP else number


def _numbers(axis: Numbers, series: Series, ui: str) -> Iterator[str]:
    for number in axis.ticks():
        y = axis.place(number)
        said = render_amount(Amount(number, series.unit, "exactly"), ui) if number else "0"
        yield element("line", x1=_LEFT, y1=y, x2=_WIDTH - _RIGHT, y2=y, class_="grid")
        yield element("text", words(said), x=_LEFT - 8, y=y + 4, text_anchor="end", class_="tick")


def _days(axis: Days, ui: str) -> Iterator[str]:
    for day, is_year in axis.ticks():
        said = str(day.year) if is_year else render_period(f"{day:%Y-%m}", ui)
        x = axis.place(day)
        yield element("line", x1=x, y1=_HEIGHT - _BOTTOM, x2=x, y2=_HEIGHT - _BOTTOM + 5, class_="tick")
        yield element("text", words(said), x=x, y=_HEIGHT - 8, text_anchor="middle", class_="tick")


def _line(series: Series, days: Days, numbers: Numbers) -> Iterator[str]:
    """A thin line through what was reported, whatever its bounds; goals stand apart from it, as lines of their own."""
    actual = [v for v in series.values if not (v.target or v.forecast)]
    places = " ".join(f"{days.place(v.middle):.1f},{numbers.place(float(v.amount.number)):.1f}" for v in actual)
    if len(actual) > 1:
        yield element("polyline", points=places, class_="through")
    for goal in (v for v in series.values if v.target):
        y = numbers.place(float(goal.amount.number))
        yield element("line", x1=_LEFT, y1=y, x2=days.place(goal.middle), y2=y, class_="target")


def _value(value: Value, days: Days, numbers: Numbers, ui: str) -> str:
    x, y = days.place(value.middle), numbers.place(float(value.amount.number))
    said = f"{render_period(value.period, ui)}: {render_amount(value.amount, ui)}"
    kind = "target" if value.target else "forecast" if value.forecast else value.amount.bound
    pieces = [element("title", words(said))]
    if value.amount.bound in (*_UP, *_DOWN):
        end = y - _ARROW if value.amount.bound in _UP else y + _ARROW
        back = 5 if end < y else -5
        path = f"M{x:.1f} {y:.1f}V{end:.1f}M{x - 4:.1f} {end + back:.1f}L{x:.1f} {end:.1f}L{x + 4:.1f} {end + back:.1f}"
        pieces.append(element("path", d=path, class_="arrow"))
    dot = element("circle", cx=x, cy=y, r=5, class_=kind)
    pieces.append(dot + element("text", words(render_amount(value.amount, ui)), x=x, y=y + 18, text_anchor="middle"))
    return element("a", "".join(pieces), href=f"/dossiers/{value.dossier}")
