"""Two records' numbers -> which are the same, which agree within their bounds, which contradict."""

from math import inf
from typing import NamedTuple

from servanda.ledger.linking.features import Number

_NEAR = 0.05  # «about» and its neighbours
TELLING = 13  # a smaller count says little without its unit


class Weighed(NamedTuple):
    """`equal` and `fits` in words; `clash`, the nearest two that contradict, None where none do."""

    equal: tuple[str, ...]
    fits: tuple[str, ...]
    clash: tuple[Number, Number] | None

    @property
    def counted(self) -> bool:
        """Whether one thing is counted in both, be it in other numbers."""
        return self.clash is not None and is_count(self.clash[0][1])

    @property
    def ratio(self) -> float:
        """Of the two that contradict, the smaller to the larger."""
        low, high = sorted(abs(n[0]) for n in self.clash) if self.clash else (0.0, 0.0)
        return low / high if high else 0.0


def weigh(a: tuple[Number, ...], b: tuple[Number, ...]) -> Weighed:
    """How the numbers of two records stand to each other."""
    equal, fits, clash = [], [], []
    for one in a:
        for other in b:
            if is_equal(one, other):
                equal.append(f"{say_number(one)} in both")
            elif one[1] != other[1]:
                continue
            elif _fits(one, other):
                fits.append(f"{say_number(one)} agrees with {say_number(other)}")
            else:
                clash.append((one, other))
    if len(clash) > 1:
        clash.sort(key=_distance)
    return Weighed(tuple(equal), tuple(fits), clash[0] if clash else None)


def _distance(pair: tuple[Number, Number]) -> tuple[float, float]:
    low, high = sorted(abs(n[0]) for n in pair)
    return (high / low if low else inf, high)


def is_equal(a: Number, b: Number) -> bool:
    """The same number of the same thing, or of two things counted, where it is a telling one."""
    if a[0] != b[0]:
        return False
    return a[1] == b[1] or (a[0] >= TELLING and is_count(a[1]) and is_count(b[1]))


def is_count(unit: str) -> bool:
    """Whether a unit is a word, neither a currency nor a share."""
    return not unit.isupper() and unit != "%"


def _fits(a: Number, b: Number) -> bool:
    """Whether one true value may lie behind both."""
    low, high = sorted((a, b))
    if low[2] == "over" or high[2] == "under":
        return low[0] >= high[0] / 2
    return "about" in (a[2], b[2]) and high[0] - low[0] <= _NEAR * abs(high[0])


def say_clash(clash: tuple[Number, Number]) -> str:
    """«40 автомобиль, 45 автомобиль»: the smaller one first."""
    return ", ".join(say_number(n) for n in sorted(clash))


def say_number(number: Number) -> str:
    """«40 автомобиль», «1,900,000 USD»."""
    value = int(number[0]) if number[0] == int(number[0]) else number[0]
    return f"{value:,} {number[1]}".strip()
