"""EDTF values -> spans of days by number; whether two of them agree; how a person says them."""

from datetime import date

from servanda.model.edtf import first_day, last_day

Days = tuple[int, int]  # first and last day, proleptic Gregorian ordinals; an open end is EVER or NEVER

EVER, NEVER = 0, 4_000_000


def days_of(value: str | None) -> Days | None:
    """The days that an EDTF value covers; None where there is none."""
    if not value:
        return None
    first, last = first_day(value), last_day(value)
    if first is None and last is None:
        return None
    return (first.toordinal() if first else EVER, last.toordinal() if last else NEVER)


def meet(a: Days, b: Days) -> bool:
    """Whether the two have a day in common."""
    return a[0] <= b[1] and b[0] <= a[1]


def grain(days: Days) -> str:
    """`day`, `month`, `year`: the smallest of these that holds the span; else `open`."""
    first, last = days
    if first == EVER or last == NEVER:
        return "open"
    if first == last:
        return "day"
    if last - first < 31 and date.fromordinal(first).month == date.fromordinal(last).month:
        return "month"
    if last - first < 366 and date.fromordinal(first).year == date.fromordinal(last).year:
        return "year"
    return "open"


def fixed(days: Days | None) -> Days | None:
    """The span where it lies within a year; None where it is open or longer."""
    return days if days and grain(days) != "open" else None


def due(days: Days | None) -> int | None:
    """The day by which, or from which on."""
    if not days:
        return None
    first, last = days
    return last if last != NEVER else first if first != EVER else None


def apart(a: int | None, b: int | None) -> int | None:
    """How many days lie between two; None where one is unknown."""
    return None if a is None or b is None else abs(a - b)


def within(a: int | None, b: int | None, days: int) -> bool:
    """Whether two days are known, and lie no further apart."""
    lag = apart(a, b)
    return lag is not None and lag <= days


def month_of(day: int) -> int:
    """The month as a running number."""
    at = date.fromordinal(day)
    return at.year * 12 + at.month - 1


def year_of(day: int) -> int:
    """The year of a day."""
    return date.fromordinal(day).year


def say(days: Days) -> str:
    """«7 December 2021», «December 2021», «2021», «by 31 October 2025»."""
    first, last = days
    if first == EVER:
        return f"by {_day(last)}"
    if last == NEVER:
        return f"from {_day(first)}"
    how = grain(days)
    if how == "day":
        return _day(first)
    at = date.fromordinal(first)
    if how == "month":
        return f"{at:%B %Y}"
    return f"{at.year}" if how == "year" and last - first > 363 else f"{_day(first)} to {_day(last)}"


def _day(day: int) -> str:
    at = date.fromordinal(day)
    return f"{at.day} {at:%B %Y}"
