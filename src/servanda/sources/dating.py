"""What a page says of its day -> the day of publication, or None.

Days are said in several ways, and templates fill some of them with anything. In the order in which they are believed:

linked     `datePublished` of JSON-LD
declared   `article:published_time` and its like, `itemprop=datePublished`
time       `<time datetime>` of the article
seen       printed below the headline, or in an element that is called date («8 декабря 2021, 06:27»)
address    /2021/12/08/
named      `meta name=date` and its like

- A day after the crawl is impossible (one day is left for time zones), and so is one before the web.
- What agrees with the dateline («АСТАНА, 8 декабря») comes before what does not: a report is published on its day or
  within ten days of it (or, in Greenwich, the day before). What address or name alone say against it is not believed.
- What is said in two ways, or lies within two months before the crawl, comes before what stands alone. An address or a
  name that stands alone, years before the crawl, is not believed.
- A time in UTC gives way to the local day beside it.
- Where nothing is left, a dateline's day within two months before the crawl is the day.
- The crawl itself tells only by when a page was there. It is the day where nothing else is, and only if that was asked
  for.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from servanda.lang.calendar import make_day, parse_day

KINDS = ("linked", "declared", "time", "seen", "address", "named")
_DOUBTFUL = ("address", "named")
_FIRST = date(1993, 1, 1)
_LONGEST = 100  # letters of a date
_LATE = 10  # days after its dateline on which a report appears
_NEAR = 60  # days before the crawl
_FAR = 366
_ISO = re.compile(r"\s*((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?!\d)(?:[T ]\d\d:?\d\d[\d:.,]*\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?")
_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)[/.-]?(0\d|1[0-2])[/.-]?([0-2]\d|3[01])(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = re.compile(
    rf"\b(?:(\d\d?)(?:st|nd|rd|th)?\s+)?({'|'.join(_MONTHS)})[a-z]*\.?\s+(?:(\d\d?)(?:st|nd|rd|th)?,?\s+)?((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d|\d[./]\d\d?[./]\d\d\b")
_DATELINE = re.compile(
    r"(?m)^[ \t]{0,9}(?:[A-ZА-ЯЁ][\w.-]{0,30}(?:[ ][\w.-]{1,30}){0,3}[,.]\s{1,3}(\d{1,2}\s{1,3}[а-я]{3,8})\b"
    r"|(\d{1,2}\s{1,3}[а-я]{3,8})[.,]?\s{0,3}[/(—–-])"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A day as the page says it, and how; `utc` where it is the day of Greenwich."""

    day: date
    how: str
    utc: bool = False


def parse_moment(value: str, how: str) -> Said | None:
    """The day of a date for machines («2021-12-08T06:27:00+06:00»), or of one for people; None for anything else."""
    value = value[:_LONGEST]
    if match := _ISO.match(value):
        day = make_day(int(match[1]), int(match[2]), int(match[3]))
        return Said(day, how, match[4] in ("Z", "UTC", "GMT", "+00:00", "+0000")) if day else None
    day = parse_printed(value)
    return Said(day, how) if day else None


def parse_printed(text: str) -> date | None:
    """The first day with a year in a short text, Russian or English."""
    if match := _ENGLISH.search(text):
        number = match[1] or match[3]
        return make_day(int(match[4]), _MONTHS.index(match[2].lower()) + 1, int(number)) if number else None
    return parse_day(text, None) if _YEAR.search(text) else None


def parse_address(url: str) -> Said | None:
    """The day that an address names."""
    match = _ADDRESS.search(url.partition("?")[0])
    day = make_day(int(match[1]), int(match[2]), int(match[3])) if match else None
    return Said(day, "address") if day else None


def choose_day(
    said: Iterable[Said], text: str, crawled: date | None = None, crawl_stands_in: bool = False
) -> str | None:
    """The day of publication; `text` is the report, whose dateline is looked at, `crawled` the day it was fetched."""
    said = [s for s in said if s.day >= _FIRST and (crawled is None or s.day <= crawled + timedelta(1))]
    lines = _dateline(text)
    believed = [s for s in said if _believable(s, said, lines, crawled)]
    if believed:
        best = min(
            believed, key=lambda s: (not _agrees(s.day, lines), not _confirmed(s, said, crawled), KINDS.index(s.how))
        )
        local = [s.day for s in believed if not s.utc and abs((s.day - best.day).days) <= 1]
        return (local[0] if best.utc and local else best.day).isoformat()
    if crawled and lines and (day := _before(lines, crawled)):
        return day.isoformat()
    return crawled.isoformat() if crawled and crawl_stands_in else None


def _believable(said: Said, all_said: list[Said], lines: tuple[int, int] | None, crawled: date | None) -> bool:
    """Whether a day may be that of publication: strong statements always, doubtful ones unless something speaks against
    them.
    """
    if said.how not in _DOUBTFUL:
        return True
    if lines and not _agrees(said.day, lines):
        return False
    return _confirmed(said, all_said, None) or crawled is None or (crawled - said.day).days <= _FAR


def _confirmed(said: Said, all_said: list[Said], crawled: date | None) -> bool:
    if crawled and (crawled - said.day).days <= _NEAR:
        return True
    return any(s.how != said.how and abs((s.day - said.day).days) <= 1 for s in all_said)


def _dateline(text: str) -> tuple[int, int] | None:
    """Month and day of the dateline with which a report begins."""
    match = _DATELINE.search(text)
    if match is None:
        return None
    day = parse_day(match[1] or match[2], date(2000, 7, 1))
    return (day.month, day.day) if day else None


def _agrees(day: date, lines: tuple[int, int] | None) -> bool:
    """Whether a report with this dateline may be published on a day."""
    if lines is None:
        return True
    written = _before(lines, day + timedelta(1), _LATE + 1)
    return written is not None


def _before(lines: tuple[int, int], last: date, reach: int = _NEAR) -> date | None:
    """The latest such day that is not after `last`, and not more than `reach` days before it."""
    days = (make_day(year, *lines) for year in (last.year, last.year - 1))
    return next((d for d in days if d and 0 <= (last - d).days <= reach), None)


def parse_crawl(value: str | None) -> date | None:
    """The day of WARC-Date."""
    try:
        return datetime.fromisoformat(value).date() if value else None
    except ValueError:
        return None
