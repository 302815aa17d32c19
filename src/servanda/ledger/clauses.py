"""Words of a clause -> from which step, and how long after it, an instrument enters into force; no other is understood.

Left out are events that no record tells (exchange of instruments, notification) and terms in working days.
"""

import csv
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from servanda.model.edtf import add_days, add_months, first_day

_NUMBERS = Path(__file__).parent / "data" / "numbers.tsv"
_MORE = "ратиф|обмен|уведом|выполн|заверш|получ|опублик|одобр|ratif|exchang|notif|complet"
_AND = rf"(?! (?:и|and) (?:(?:его|её|ее|its|the) )?(?:{_MORE}))"
_EVENT = r"(?P<signed>подписани[ия]|signature|signing)|(?P<ratified>ратификации|ratification)"
_CLAUSES = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        r"(?<!не )вступ\w+ в силу (?:через|спустя|по истечении|на) (?P<count>[\w-]+ (?:[а-яё]+ )?|)(?:календарн\w+ )?"
        r"(?P<unit>дн|ден|недел|месяц|год|лет)\w*"
        rf" (?:после|с|со) (?:(?:даты|дня|момента) )?(?:(?:его|её|ее) )?(?:{_EVENT}){_AND}",
        rf"(?<!не )вступ\w+ в силу (?:с|со|в) (?:даты|дня|день|момента) (?:(?:его|её|ее) )?(?:{_EVENT}){_AND}",
        r"(?:enters?|entered|comes?|came|enter|come) into force (?:on the )?(?P<count>[\w-]+ (?:[a-z]+ )?)"
        r"(?P<unit>day|week|month|year)s? (?:after|from|following)"
        rf" (?:the (?:date|day) of )?(?:its |the )?(?:{_EVENT}){_AND}",
        r"(?:enters?|entered|comes?|came|enter|come) into force (?:on|upon|from)"
        rf" (?:the (?:date|day) of )?(?:its |the )?(?:{_EVENT}){_AND}",
    )
)
_MONTHS = {"месяц": 1, "month": 1, "год": 12, "лет": 12, "year": 12}
_DAYS = {"дн": 1, "ден": 1, "day": 1, "недел": 7, "week": 7}


class Clause(NamedTuple):
    """Days and months after a step, which is `signed` or `ratified`, by all who are to ratify."""

    step: str
    days: int = 0
    months: int = 0

    def count_from(self, day: str) -> str | None:
        """The day that follows from that of the step (EDTF); None where this is not told to the day, if days count."""
        if not (self.days or self.months):
            return day
        start = first_day(day) if len(day) == len("2021-12-08") else None
        found: date | None = start and (add_months(start, self.months) if self.months else add_days(start, self.days))
        return found.isoformat() if found else None


def find_clause(words: str) -> Clause | None:
    """The clause on the entry into force that stands in the words; None where they hold none that can be computed."""
    for pattern in _CLAUSES:
        if found := pattern.search(words):
            parts = found.groupdict()
            step = "signed" if parts["signed"] else "ratified"
            if parts.get("unit") is None:
                return Clause(step)
            count, unit = _count(parts["count"].lower().replace("ё", "е")), parts["unit"].lower()
            if count is not None:
                return Clause(step, count * _DAYS.get(unit, 0), count * _MONTHS.get(unit, 0))
    return None


def _count(words: str) -> int | None:
    """«30», «30-й», «ста восьмидесяти»; one where no number stands («через месяц»)."""
    total = 0
    for word in words.split():
        digits = re.fullmatch(r"(\d{1,3})(?:-?(?:й|ый|th|st|nd|rd))?", word)
        number = int(digits[1]) if digits else _numbers().get(word)
        if number is None:
            return None
        total += number
    return total or 1


@cache
def _numbers() -> Mapping[str, int]:
    with _NUMBERS.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
        return {word: int(row["number"]) for row in rows for word in row["words"].split("|")}
