"""Amounts as bounds: what lies between them, whether two can be the same, whether one falls short. Pure."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from servanda.model.reading import Amount

NOT_ADDED = ("%", "раз", "процентный пункт")  # units of shares and factors


class Bounds(NamedTuple):
    """At least `low`, at most `high`; None: no end."""

    low: Decimal
    high: Decimal | None

    def plus(self, other: "Bounds") -> "Bounds":
        """Both together."""
        high = None if self.high is None or other.high is None else self.high + other.high
        return Bounds(self.low + other.low, high)

    def around(self, other: "Bounds") -> "Bounds":
        """From the lower of both to the higher."""
        high = None if self.high is None or other.high is None else max(self.high, other.high)
        return Bounds(min(self.low, other.low), high)


_NEAR, _ROUGHLY = Decimal("0.03"), Decimal("0.05")  # shares of a number that rounding and "about" may take
_BEYOND = Decimal("0.1")  # share by which a number may lie beyond its bound

NOTHING = Bounds(Decimal(0), Decimal(0))


def bounds(amount: Amount) -> Bounds:
    """Between which numbers the amount lies; "about" is taken for the number itself."""
    number = Decimal(str(amount.number))
    if amount.bound == "over":
        return Bounds(number, None)
    return Bounds(min(number, Decimal(0)), number) if amount.bound == "under" else Bounds(number, number)


def bounds_of(amounts: Sequence[Amount], unit: str) -> Bounds | None:
    """All that one record says in a unit: a range by its ends; of several values at least the largest, at most all."""
    own = [a for a in amounts if a.unit == unit]
    if not own:
        return None
    if [a.bound for a in own] == ["over", "under"]:
        return Bounds(bounds(own[0]).low, bounds(own[1]).high)
    each = [bounds(a) for a in own]
    total = NOTHING
    for one in each:
        total = total.plus(one)
    return Bounds(max(one.low for one in each), total.high)


def is_money(unit: str) -> bool:
    """Whether the unit is a currency: an ISO 4217 code."""
    return len(unit) == 3 and unit.isascii() and unit.isupper()


def agree(a: Amount, b: Amount) -> bool:
    """Whether both can be of one thing: the same, one rounded from the other, or one within the other's bound."""
    if a.unit != b.unit:
        return False
    if "about" in (a.bound, b.bound):
        return abs(_number(a) - _number(b)) <= max(abs(_number(a)), abs(_number(b))) * _ROUGHLY
    if a.bound == b.bound:
        return _rounds_to(a, b) or _rounds_to(b, a)
    (low, high), (other_low, other_high) = _nearby(a), _nearby(b)
    return low <= other_high and other_low <= high


def _nearby(amount: Amount) -> tuple[Decimal, Decimal]:
    """Where the number is to be looked for: "over 680" is hardly said of 914."""
    number = _number(amount)
    ends = {"over": (number, number * (1 + _BEYOND)), "under": (number * (1 - _BEYOND), number)}
    return ends.get(amount.bound, (number, number))


def _number(amount: Amount) -> Decimal:
    return Decimal(str(amount.number))


def _rounds_to(fine: Amount, coarse: Amount) -> bool:
    """Whether the coarse number is the fine one, rounded where its last digit but zeros stands, and near to it."""
    digit = Decimal(1).scaleb(int(_number(coarse).normalize().as_tuple().exponent))
    return abs(_number(fine) - _number(coarse)) <= min(digit / 2, abs(_number(coarse)) * _NEAR)


def falls_short(done: Iterable[Amount], promised: Iterable[Amount]) -> bool:
    """Whether the most that was done in some unit is less than the least that was promised in it."""
    most, least = _highest(done), _lowest(promised)
    return any(most[unit] < least[unit] for unit in most.keys() & least.keys())


def _highest(amounts: Iterable[Amount]) -> dict[str, Decimal]:
    highest: dict[str, Decimal] = {}
    for amount in amounts:
        high = bounds(amount).high
        highest[amount.unit] = max(highest.get(amount.unit, Decimal(0)), Decimal("inf") if high is None else high)
    return highest


def _lowest(amounts: Iterable[Amount]) -> dict[str, Decimal]:
    lowest: dict[str, Decimal] = {}
    for amount in amounts:
        lowest[amount.unit] = min(lowest.get(amount.unit, Decimal("inf")), bounds(amount).low)
    return lowest
