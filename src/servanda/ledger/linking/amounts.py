"""Two records' numbers -> which are the same, which agree within their bounds, which contradict."""

from typing import NamedTuple

from servanda.ledger.linking.features import Number

_NEAR = 0.05  # «about» and its neighbours
TELLING = 13  # a smaller count says little without its unit


class Weighed(NamedTuple):
    """`equal` and `fits` in words; `ratio` of the nearest two that contradict, small to large, None where none do."""

    equal: tuple[str, ...]
    fits: tuple[str, ...]
    ratio: float | None
    clash: str


def weigh(a: tuple[Number, ...], b: tuple[Number, ...]) -> Weighed:
    """How the numbers of two records stand to each other."""
    equal, fits, ratio, clash = [], [], None, ""
    for one in a:
        for other in b:
            if is_equal(one, other):
                equal.append(f"{say(one)} in both")
            elif one[1] != other[1]:
                continue
            elif _fits(one, other):
                fits.append(f"{say(one)} agrees with {say(other)}")
            else:
                near = min(one[0], other[0]) / max(one[0], other[0]) if one[0] and other[0] else 0.0
                if ratio is None or near > ratio:
                    ratio, clash = near, f"{say(one)}, {say(other)}"
    return Weighed(tuple(equal), tuple(fits), ratio, clash)


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


def say(number: Number) -> str:
    """«40 автомобиль», «1,900,000 USD»."""
    value = int(number[0]) if number[0] == int(number[0]) else number[0]
    return f"{value:,} {number[1]}".strip()
