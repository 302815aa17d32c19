"""EDTF periods -> days and whole months. Pure."""

from servanda.model.edtf import OPEN, first_day, last_day, parse_point

FLOWS = ("trade", "exports", "imports", "investment", "aid", "transit", "traffic", "energy")  # grow with their period


def same_days(a: str, b: str) -> bool:
    """Whether two values cover the same days."""
    return (first_day(a), last_day(a)) == (first_day(b), last_day(b))


def is_before(a: str, b: str) -> bool:
    """Whether all of a lies before all of b, in the grain in which both are said."""
    end, start = last_day(a), first_day(b)
    return end is not None and start is not None and end < start


def are_apart(a: str, b: str) -> bool:
    """Whether two values share no day; an open end reaches for ever."""
    return is_before(a, b) or is_before(b, a)


def months_of(period: str) -> int | None:
    """How many whole months a period has; None for days and open ends."""
    start, end = period.partition("/")[0], period.rpartition("/")[2]
    points = parse_point(start), parse_point(end)
    if OPEN in (start, end) or points[0] is None or points[1] is None or points[0][2] or points[1][2]:
        return None
    first, last = first_day(period), last_day(period)
    return (last.year - first.year) * 12 + last.month - first.month + 1 if first and last else None
