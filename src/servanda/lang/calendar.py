"""A language's calendar words, the neutral form of a time expression, and the days printed on a page."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from servanda.model.edtf import is_date

# A value of `Phrase.shift`: the year that was spoken of last («того же года»).
SAME_YEAR = 99


@dataclass(frozen=True, slots=True)
class Phrase:
    """A time expression understood but not yet resolved; what its words leave open is None.

    `shape` says which numbers count: day (month, number), days and months (first to last), years, part (of a unit:
    year, month, week), unit (`n` units from the present one), weekday, ago, apart (from the day spoken of last),
    within, last, same (a period a year before), counted, duration. `relation`: by, before, from, on, during or "".
    `year` is printed; `shift` counts from the present year. `part`: 0 start, 1 middle, 2 end.
    """

    start: int
    end: int
    rule: str
    shape: str
    relation: str = ""
    year: int | None = None
    shift: int | None = None
    first_year: int | None = None
    first: tuple[int, int] = (0, 0)  # month, day
    last: tuple[int, int] = (0, 0)
    n: int = 0
    unit: str = ""
    part: int | None = None
    weekday: int | None = None
    ahead: bool | None = None  # words of the future stand beside it


@lru_cache(maxsize=4)
def load_calendar(code: str) -> Mapping[str, tuple[str, int]]:
    """Lower-case words of a language («ё» as «е») with kind and value, from `data/<code>/calendar.tsv`."""
    words: dict[str, tuple[str, int]] = {}
    table = files("servanda.lang").joinpath("data", code, "calendar.tsv").read_text("utf-8")
    rows = [line for line in table.splitlines() if line and not line.startswith("#")]
    for row in rows[1:]:
        forms, kind, value = row.split("\t")
        words.update(dict.fromkeys(forms.split(), (kind, int(value))))
    return words


def one_of(words: Iterable[str]) -> str:
    """The words as alternatives of a regular expression, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w)))


@lru_cache(maxsize=4)
def _named_months(code: str) -> Mapping[str, int]:
    return {w: n for w, (kind, n) in load_calendar(code).items() if kind == "short" or kind.startswith("month.")}


@lru_cache(maxsize=4)
def _day_pattern(code: str) -> re.Pattern[str]:
    return re.compile(
        r"(?<![\d.])(?:(?P<iy>\d{4})-(?P<im>\d\d)-(?P<id>\d\d)"
        r"|(?P<nd>\d{1,2})[./](?P<nm>\d{1,2})[./](?P<ny>\d{4}|\d\d)(?![.\d])"
        rf"|(?P<wd>\d{{1,2}})(?:-го)?[ \t\n]{{1,3}}(?P<wm>{one_of(_named_months(code))})\b\.?"
        r"(?:,?[ \t\n]{1,3}(?P<wy>(?:19|20)\d\d)\b)?)",
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
        month, number = _named_months(code)[m["wm"].lower()], int(m["wd"])
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
