"""Features -> the grounds on which a record may be joined, as numbers under which it is filed and looked up.

A ground is a day, an amount, a place, a word or two of the object, together with parties; few a record, selective, the
same on every machine. Those that lie in time are filed under a stretch of days and looked up in its neighbours, too.
"""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from servanda.ledger.linking.acts import act_group
from servanda.ledger.linking.amounts import TELLING, is_count
from servanda.ledger.linking.features import Features, Number, pack
from servanda.ledger.linking.parties import loose_handles, may_be_firms, pair_handles, sides
from servanda.ledger.linking.spans import Days, due, fixed, grain, month_of, year_of
from servanda.ledger.linking.wording import word_keys

_YEAR, _YEARS = 366, 731  # days between reports that name one object; one subject of an instrument
_WEEKS, _MONTH = 14, 31  # where one does not say what an instrument is about; when people met
_FIRST = 2  # words by which what names a company finds what names its state
_KEPT, _NAMES = 16_384, 65_536  # records and names whose numbers are remembered
_MIX, _LARGEST = 0x9E3779B97F4A7C15, 2**63 - 1  # an odd factor without a pattern: 2**64 parted by the golden ratio


class Ways(NamedTuple):
    """Under what a record is filed, and by what it is looked up, as numbers."""

    filed: list[int]
    sought: list[int]

    def __add__(self, other: "Ways") -> "Ways":  # type: ignore[override]
        return Ways(self.filed + other.filed, self.sought + other.sought)

    def times(self, other: "Ways") -> "Ways":
        """Each with each."""
        return Ways(_product(self.filed, other.filed), _product(self.sought, other.sought))

    def of(self, kind: str) -> "Ways":
        """The same under a heading."""
        return both([kind]).times(self)


def ways(filed: Iterable[str], sought: Iterable[str]) -> Ways:
    """Filed under some names, looked up by others."""
    return Ways([*map(_number, filed)], [*map(_number, sought)])


def both(names: Iterable[str]) -> Ways:
    """Filed as it is looked up."""
    numbers = [*map(_number, names)]
    return Ways(numbers, numbers)


@lru_cache(maxsize=_NAMES)
def _number(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big") >> 1


def _product(some: Iterable[int], others: list[int]) -> list[int]:
    return [(one + other * _MIX) & _LARGEST for one in some for other in others]


def block_keys(features: Features) -> tuple[int, ...]:
    """Where a record is filed."""
    return tuple(sorted(grounds(features)[0]))


def probe_keys(features: Features) -> tuple[int, ...]:
    """Where its like are looked up."""
    return tuple(sorted(grounds(features)[1]))


def find_each_other(a: Features, b: Features) -> bool:
    """Whether two records have a ground in common."""
    return not grounds(a)[0].isdisjoint(grounds(b)[1])


@lru_cache(maxsize=_KEPT)
def grounds(features: Features) -> tuple[frozenset[int], frozenset[int]]:
    """Under what a record is filed, by what looked up; what has no ground finds its like in its own report."""
    own = _GROUNDS[features.type](features)
    if not own.filed:
        own += both([pack(features)])
    return frozenset(own.filed), frozenset(own.sought)


def _of_instrument(f: Features) -> Ways:
    days = _on(f.days)
    words = _told(f, ways(*word_keys(f.topic)), _YEARS)
    close = days + words + _unsaid(f)
    found = both(pair_handles(f)).times(close)
    if may_be_firms(f.kind):
        found += ways(*loose_handles(f)).times(days + _told(f, both(list(f.topic[:_FIRST])), _YEARS))
    return found.of("I")


def _told(f: Features, words: Ways, width: int) -> Ways:
    """Words and the day of the report. Of two that both name their days the days decide."""
    at = words.times(_near(f.day, width))
    return (ways(["on"], ["when"]) if fixed(f.days) else ways(["when"], ["on", "when"])).times(at)


def _unsaid(f: Features) -> Ways:
    """What does not say its subject is looked for in the weeks around."""
    silent = ways(["-"], ["--"]) if f.topic else ways(["-", "--"], ["-"])
    return silent.times(_near(f.day, _WEEKS))


def _of_undertaking(f: Features) -> Ways:
    fixed_points = [_amount(n) for n in f.numbers] + ([f"due {due(f.days)}"] if due(f.days) else [])
    year = _near(f.day, _YEAR)
    close = both(fixed_points) + (ways(*word_keys(f.topic)) + both([f"in {p}" for p in f.places])).times(year)
    found = both(pair_handles(f)).times(close)
    if may_be_firms(f.kind):
        words = both(list(f.topic[:_FIRST])).times(year)
        found += ways(*loose_handles(f)).times(both([_amount(n) for n in f.numbers]) + words)
    found = found.of(act_group(f.kind))
    if f.under:
        close = _on(f.under.days) + _told(f.under, ways(*word_keys(f.under.topic)), _YEARS)
        found += both(pair_handles(f.under)).times(close).of("under")
    return found.of("U")


def _of_figure(f: Features) -> Ways:
    values = [_amount(n) for n in f.numbers]
    if f.days:
        found = ways([str(f.days), *values], [str(f.days), *(f"? {v}" for v in values)])
    else:
        found = ways([*values, *(f"? {v}" for v in values)], values)
    under_any = both([f"{v} {f.days}" for v in values])
    return found.of(f"F {f.kind} {sides(f)}") + under_any.of(f"F {sides(f)}")


def _of_meeting(f: Features) -> Ways:
    found = _on(f.days) + _told(f, both(["told"]), _MONTH)
    return (both(pair_handles(f)) + ways(*loose_handles(f))).times(found).of("M")


_GROUNDS = {"I": _of_instrument, "U": _of_undertaking, "F": _of_figure, "M": _of_meeting}


def _amount(number: Number) -> str:
    value, unit, _ = number
    return f"{value} #" if value >= TELLING and is_count(unit) else f"{value} {unit}"


def _near(day: int | None, width: int) -> Ways:
    """The stretch of `width` days in which a day lies, and its neighbours; what has no day is a stretch of its own."""
    if day is None:
        return both(["?"])
    at = day // width
    return ways([str(at)], [str(at - 1), str(at), str(at + 1)])


def _on(days: Days | None) -> Ways:
    """A day finds its own, its month's and its year's; a year finds all in it; what is longer finds nothing."""
    if not fixed(days) or not days:
        return both([])
    how, first = grain(days), days[0]
    month, year = month_of(first), year_of(first)
    if how == "day":
        return ways([f"D{first}", f"DM{month}", f"DY{year}"], [f"D{first}", f"M{month}", f"Y{year}"])
    if how == "month":
        return ways([f"M{month}", f"MY{year}"], [f"M{month}", f"DM{month}", f"Y{year}"])
    return ways([f"Y{year}"], [f"Y{year}", f"MY{year}", f"DY{year}"])
