"""What is said over several dossiers: the series of a figure, and sums with what they counted and left out."""

from dataclasses import dataclass
from typing import Literal

from servanda.model.dossier import Point

Stage = Literal[
    "intended",  # planned, hoped for
    "pledged",  # promised, no signed instrument at hand
    "signed",  # promised in an instrument that is signed
    "delivered",  # reported as done
]
WhyLeft = Literal[
    "not_added",  # no undertaking to hand over or carry out something: a figure, a ban, a target
    "no_amount",  # none told, or in a unit that is not added: a share, a factor
    "denied",
    "cancelled",
    "possible",  # nobody states it
    "part",  # of what is counted
    "adds_up",  # under one instrument, with others, to what is counted
]


@dataclass(frozen=True, slots=True)
class Series:
    """One metric of the same parties in one unit over its periods, targets beside what was reached."""

    metric: str
    who: tuple[str, ...]
    unit: str | None
    points: tuple[Point, ...]  # by the end of the period, then day of the report
    dossiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """At least `low`, at most `high` (None: nobody says), of one stage, one act, one unit, from these to those.

    Sums are never added to each other: the same thing is first pledged, then signed, then delivered.
    """

    stage: Stage
    act: str
    unit: str
    by: tuple[str, ...]  # none where givers are taken together
    to: tuple[str, ...]
    low: int | float
    high: int | float | None
    counted: tuple[str, ...]  # dossiers
    doubtful: tuple[str, ...] = ()  # counted in `high` alone: possibly another one counted


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A dossier that is not in a sum, and why."""

    dossier: str
    why: WhyLeft
    of: str | None = None  # the dossier that is counted instead


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums by stage, act, unit and parties; what none of them counts."""

    sums: tuple[Sum, ...]
    left_out: tuple[LeftOut, ...]
