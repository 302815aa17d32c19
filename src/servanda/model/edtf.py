"""EDTF values (ISO 8601-2 level 0 with open ends) <-> days: parse, first and last day, intervals, shifts. Pure.

Values used: `2021-12-07`, `2021-12`, `2021`, `2021-01/2021-09`, `../2025-12-31`, `2021/..`.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

OPEN = ".."
_POINT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


@lru_cache(maxsize=8192)
def parse_point(point: str) -> tuple[int, int | None, int | None] | None:
    """Year, month and day of a single EDTF date; None unless the calendar has it."""
    m = _POINT.fullmatch(point)
    if m is None:
        return None
    year, month, day = int(m[1]), int(m[2]) if m[2] else None, int(m[3]) if m[3] else None
    return (year, month, day) if is_date(year, month or 1, day or 1) else None


def is_date(year: int, month: int, day: int) -> bool:
    """Whether the calendar has the day."""
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def is_edtf(value: str) -> bool:
    """Whether the value is one that a record may hold; an interval must not run backwards."""
    start, slash, end = value.partition("/")
    if not slash:
        return parse_point(start) is not None
    if start == OPEN or end == OPEN:
        return parse_point(end if start == OPEN else start) is not None
    if parse_point(start) is None or parse_point(end) is None:
        return False
    first, last = first_day(start), last_day(end)
    return first is not None and last is not None and first <= last


def first_day(value: str) -> date | None:
    """The first day that the value covers; None for an open start or what is no EDTF."""
    point = parse_point(value.partition("/")[0])
    return date(point[0], point[1] or 1, point[2] or 1) if point else None


def last_day(value: str) -> date | None:
    """The last day that the value covers; None for an open end or what is no EDTF."""
    point = parse_point(value.rpartition("/")[2])
    if point is None:
        return None
    year, month, day = point
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def year_of(value: str) -> int | None:
    """The year in which the value ends, or begins where its end is open."""
    last = last_day(value) or first_day(value)
    return last.year if last else None


def month_value(year: int, month: int) -> str:
    """A month as EDTF."""
    return f"{year:04d}-{month:02d}"


def year_value(year: int) -> str:
    """A year as EDTF."""
    return f"{year:04d}"


def interval(start: str, end: str) -> str | None:
    """The interval between two values; None where it would run backwards."""
    value = f"{start.partition('/')[0]}/{end.rpartition('/')[2]}"
    return value if is_edtf(value) else None


def months(year: int, first: int, last: int) -> str:
    """The months `first` to `last` of a year, one alone without a slash; `last` beyond 12 runs into the next year."""
    if first == last:
        return month_value(year, first)
    return f"{month_value(year, first)}/{month_value(year + (last - 1) // 12, (last - 1) % 12 + 1)}"


def until(value: str) -> str:
    """By the end of the value."""
    return f"{OPEN}/{value.rpartition('/')[2]}"


def since(value: str) -> str:
    """From the start of the value on."""
    return f"{value.partition('/')[0]}/{OPEN}"


def week_of(day: date) -> str | None:
    """Monday to Sunday around a day."""
    monday = add_days(day, -day.weekday())
    sunday = add_days(monday, 6) if monday else None
    return f"{monday.isoformat()}/{sunday.isoformat()}" if monday and sunday else None


def add_days(day: date, n: int) -> date | None:
    """The day n days later; None beyond the calendar."""
    try:
        return day + timedelta(days=n)
    except OverflowError:
        return None


def add_months(day: date, n: int) -> date | None:
    """The same day n months later, or the month's last one; None beyond the calendar."""
    index = day.year * 12 + day.month - 1 + n
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1])) if 1 <= year <= 9999 else None


def shift_years(value: str, n: int) -> str | None:
    """The same period n years later (29 February becomes the 28th); open ends stay open; None beyond the calendar."""
    parts = [_shift_point(part, n) for part in value.split("/")]
    return "/".join(part for part in parts if part) if all(parts) else None


def in_year(value: str, year: int) -> str | None:
    """The same period of another year, which is the one in which it ends."""
    own = year_of(value)
    return shift_years(value, year - own) if own is not None else None


def _shift_point(point: str, n: int) -> str | None:
    if point == OPEN:
        return point
    parsed = parse_point(point)
    if parsed is None or not 1 <= parsed[0] + n <= 9999:
        return None
    year, month, day = parsed[0] + n, parsed[1], parsed[2]
    if month is None:
        return year_value(year)
    if day is None:
        return month_value(year, month)
    return f"{month_value(year, month)}-{min(day, monthrange(year, month)[1]):02d}"
