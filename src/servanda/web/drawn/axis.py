"""Days and numbers -> places along an axis, with a few round ticks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

_TICKS = 8
_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Days:
    """An axis of days from `first` to `last`, drawn between two places."""

    first: date
    last: date
    left: float
    right: float

    def place(self, day: date) -> float:
        """Where a day lies; days beyond the axis at its ends."""
        span = max((self.last - self.first).days, 1)
        part = min(max((day - self.first).days / span, 0.0), 1.0)
        return self.left + part * (self.right - self.left)

    def ticks(self) -> Iterator[tuple[date, bool]]:
        """First days of months or years, few enough to be read; and whether each begins a year."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        every = next((n for n in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200) if months / n <= _TICKS), 12_000)
        start = self.first.year * 12 + self.first.month - 1
        for index in range(start // every * every, start + months + 1, every):
            year, month = divmod(index, 12)
            if 1 <= year <= 9999 and self.first <= date(year, month + 1, 1) <= self.last:
                yield date(year, month + 1, 1), month == 0


def make_days(days: Iterable[date], left: float, right: float) -> Days:
    """An axis that holds some days, with room at both ends."""
    some = sorted(days)
    first, last = some[0], some[-1]
    room = max((last - first).days // 20, 20)
    low, high = max(first.toordinal() - room, 1), min(last.toordinal() + room, date.max.toordinal())
    return Days(date.fromordinal(low), date.fromordinal(high), left, right)


@dataclass(frozen=True, slots=True)
class Numbers:
    """An axis of numbers, drawn between two places: `bottom` is where `low` lies."""

    low: float
    high: float
    bottom: float
    top: float

    def place(self, value: float) -> float:
        """Where a number lies; numbers beyond the axis at its ends."""
        part = min(max((value - self.low) / ((self.high - self.low) or 1.0), 0.0), 1.0)
        return self.bottom + part * (self.top - self.bottom)

    def ticks(self) -> list[float]:
        """A few round numbers."""
        step = _round_up((self.high - self.low) / 4 or 1.0)
        first = ceil(self.low / step)
        return [n * step for n in range(first, floor(self.high / step) + 1)]


def make_numbers(values: Iterable[float], bottom: float, top: float) -> Numbers:
    """An axis from nothing to a round number above all values; below nothing where a value is."""
    some = [*values, 0.0]
    step = _round_up((max(some) - min(some)) / 4 or 1.0)
    return Numbers(floor(min(some) / step) * step, ceil(max(some) / step) * step, bottom, top)


def _round_up(value: float) -> float:
    """1, 2 or 5 times a power of ten, not below the value."""
    power = 10.0 ** floor(log10(value))
    return next(step * power for step in (*_STEPS, 20) if step * power >= value * 0.999)
