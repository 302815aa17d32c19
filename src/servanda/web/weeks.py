"""Deadlines by day -> the bars of a picture of the coming weeks, drawn on the server."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from servanda.render.dates import render_period

_STEP, _WIDE, _HIGH = 44, 32, 46  # from bar to bar, a bar, the highest bar
_FULL = 4  # deadlines of a week that fill the height, where no week has more


@dataclass(frozen=True, slots=True)
class Week:
    """A bar: what falls due from one day to another."""

    first: date
    last: date
    count: int
    x: int
    high: float
    said: str  # the days in words
    month: str  # where a month begins


@dataclass(frozen=True, slots=True)
class Weeks:
    """The picture; `width` in units of its own."""

    bars: Sequence[Week]
    width: int
    wide: int = _WIDE
    high: int = _HIGH


def make_weeks(deadlines: Mapping[date, int], first: date, weeks: int, ui: str) -> Weeks:
    """Bars of seven days each, from a day on."""
    starts = [first + timedelta(7 * n) for n in range(weeks)]
    counts = [sum(c for day, c in deadlines.items() if s <= day < s + timedelta(7)) for s in starts]
    most = max([*counts, _FULL])
    bars = [_bar(n, start, count, most, ui) for n, (start, count) in enumerate(zip(starts, counts, strict=True))]
    return Weeks(bars, weeks * _STEP)


def _bar(n: int, start: date, count: int, most: int, ui: str) -> Week:
    last = start + timedelta(6)
    high = round(max(_HIGH * count / most, 3), 1) if count else 0
    begins = n == 0 or start.month != (start - timedelta(7)).month
    month = render_period(f"{start:%Y-%m}", ui).split()[0] if begins else ""
    return Week(start, last, count, n * _STEP, high, render_period(f"{start}/{last}", ui), month)
