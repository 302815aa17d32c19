"""Mentions of days with a weekday beside them -> findings where the calendar disagrees."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from servanda.lang.calendar import load_calendar, one_of
from servanda.model.edtf import parse_point
from servanda.model.reading import Finding
from servanda.model.spans import Span
from servanda.reading.document import TimeMention


def check_weekdays(text: str, mentions: Sequence[TimeMention], day: date | None) -> list[Finding]:
    """«В среду, 9 декабря» where 9 December was a Thursday. Offsets are those of the text.

    A year that was not printed was chosen from `day`; without it nothing is compared.
    """
    return [f for m in mentions if (f := _clash(text, m, day)) is not None]


def _clash(text: str, mention: TimeMention, day: date | None) -> Finding | None:
    point = parse_point(mention.edtf) if mention.grain == "day" and mention.edtf else None
    if point is None or point[1] is None or point[2] is None or not mention.rule.startswith("day"):
        return None
    said = _weekday_pattern().search(text, mention.start, mention.end)
    if said is None or (day is None and not re.search(r"\d{4}", text[mention.start : mention.end])):
        return None
    true = date(point[0], point[1], point[2]).weekday()
    if load_calendar("ru")[said[0].lower()][1] == true:
        return None
    name = next(w for w, (kind, n) in load_calendar("ru").items() if n == true and kind == "weekday.acc")
    message = f"{mention.edtf} is not «{said[0]}» but «{name}»"
    return Finding("weekday_clash", message, (Span(mention.start, mention.end),))


@lru_cache(maxsize=1)
def _weekday_pattern() -> re.Pattern[str]:
    words = [w for w, (kind, _) in load_calendar("ru").items() if kind.startswith("weekday")]
    return re.compile(rf"\b(?:{one_of(words)})\b", re.IGNORECASE)
