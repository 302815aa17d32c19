"""A language's calendar table -> its words by kind, and the days printed in figures or with a month's name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from servanda.model.edtf import is_date


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """Lower-case words («ё» as «е») with their numbers: weekdays count from Monday (0), seasons by their first month."""

    months: Mapping[str, int]
    short: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, int]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]


@lru_cache(maxsize=4)
def load_calendar(code: str) -> CalendarWords:
    """The calendar words of a language, from `data/<code>/calendar.tsv`."""
    kinds: dict[str, dict[str, int]] = {}
    table = files("servanda.lang").joinpath("data", code, "calendar.tsv").read_text("utf-8")
    rows = [line for line in table.splitlines() if line and not line.startswith("#")]
    for row in rows[1:]:
        words, kind, value = row.split("\t")
        kinds.setdefault(kind, {}).update(dict.fromkeys(words.split(), int(value)))
    return CalendarWords(*(kinds[k] for k in ("month", "short", "weekday", "season", "number", "ordinal")))


def one_of(words: Mapping[str, int]) -> str:
    """The words as alternatives of a regular expression, the longest first."""
    return "|".join(sorted(words, key=lambda w: (-len(w), w)))


@lru_cache(maxsize=4)
def _day_pattern(code: str) -> re.Pattern[str]:
    words = load_calendar(code)
    named = one_of({**words.months, **words.short})
    return re.compile(
        r"(?<![\d.])(?:(?P<iy>\d{4})-(?P<im>\d\d)-(?P<id>\d\d)"
        r"|(?P<nd>\d{1,2})[./](?P<nm>\d{1,2})[./](?P<ny>\d{4}|\d\d)(?![.\d])"
        rf"|(?P<wd>\d{{1,2}})(?:-го)?[ \t\n]{{1,3}}(?P<wm>{named})\b\.?(?:,?[ \t\n]{{1,3}}(?P<wy>(?:19|20)\d\d)\b)?)",
        re.IGNORECASE,
    )


def parse_day(text: str, near: date | None, code: str = "ru") -> date | None:
    """The first whole day printed in the text («8 декабря 2021, 06:27», «06.02.2025», «2021-12-08», «5 июн»).

    Without a year the day nearest to `near` is meant; without both, nothing is.
    """
    for m in _day_pattern(code).finditer(text.replace("\xa0", " ")):
        day = _day_of(m, near, code)
        if day is not None:
            return day
    return None


def _day_of(m: re.Match[str], near: date | None, code: str) -> date | None:
    if m["wd"]:
        words = load_calendar(code)
        name = m["wm"].lower()
        month, number = words.months.get(name) or words.short[name], int(m["wd"])
        if m["wy"]:
            return make_day(int(m["wy"]), month, number)
        return nearest_day(month, number, near) if near else None
    if m["iy"]:
        return make_day(int(m["iy"]), int(m["im"]), int(m["id"]))
    return make_day(full_year(int(m["ny"])), int(m["nm"]), int(m["nd"]))


def full_year(year: int) -> int:
    """A year of two digits in full: 70 to 99 are of the last century."""
    return year if year > 99 else year + (1900 if year >= 70 else 2000)


def make_day(year: int, month: int, number: int) -> date | None:
    """The day, or None where the calendar has none such."""
    return date(year, month, number) if is_date(year, month, number) else None


def nearest_day(month: int, number: int, near: date) -> date | None:
    """The day of the year before, this one or the next that is closest to `near`."""
    days = [d for year in (near.year - 1, near.year, near.year + 1) if (d := make_day(year, month, number))]
    return min(days, key=lambda d: abs((d - near).days), default=None)
