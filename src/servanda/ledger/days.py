"""When a told thing can have been: days of publication, reach of a date, whether two dates can be of one thing."""

from datetime import date
from typing import NamedTuple

from servanda.model.dossier import Told
from servanda.model.edtf import first_day, last_day


class Reach(NamedTuple):
    """The days, from first to last, on which a thing can have been."""

    first: date
    last: date

    def meets(self, other: "Reach") -> bool:
        """Whether both can be of one day."""
        return self.first <= other.last and other.first <= self.last

    @property
    def days(self) -> int:
        return (self.last - self.first).days


def published(told: Told) -> date:
    """The first day on which the report can have been published; the last of all days where none is told."""
    return (told.carrier.published and first_day(told.carrier.published)) or date.max


def day_of(published: str | None, recorded: str) -> str:
    """The first day of publication; of a report that gives none, the day of recording."""
    first = first_day(published) if published else None
    return first.isoformat() if first else recorded[:10]


def reach(value: str | None, told: Told) -> Reach:
    """The days that the value covers; without a value, all up to the report's publication."""
    if value is None:
        day = told.carrier.published
        return Reach(date.min, (day and last_day(day)) or date.max)
    return Reach(first_day(value) or date.min, last_day(value) or date.max)


def same_end(earlier: str, later: str) -> bool:
    """Whether two deadlines end together, one perhaps said more coarsely: "2024" and "../2024-06-30" may."""
    ends = [value.rpartition("/")[2] for value in (earlier, later)]
    short, long = sorted(ends, key=len)
    return long.startswith(short)
