"""Printed numbers -> the range in which the true one lies: bounds, and half a unit of the last printed digit."""

import re
from collections.abc import Iterator
from decimal import Decimal
from math import inf, isclose
from typing import NamedTuple

from servanda.checks.words import kinds_in, pattern_of, speaks_of
from servanda.model.reading import Amount, Change

_NUMBER = re.compile(r"\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)*")
_SCALES = (1.0, 1e3, 1e6, 1e9, 1e12)
_ABOUT = 0.05  # share by which a number said to be near may be off
_LOOK_BACK = 14  # code points before a number in which a word of bound stands
_EPSILON = 1e-9


class Range(NamedTuple):
    """From low to high."""

    low: float
    high: float

    def meets(self, other: "Range") -> bool:
        """Whether the two overlap; to touch is not enough, or 45 could be 46."""
        return _is_above(self.high, other.low) and _is_above(other.high, self.low)

    def scaled(self, factor: float) -> "Range":
        """In a unit that is `factor` times smaller."""
        return Range(self.low * factor, self.high * factor)


def amount_range(amount: Amount, words: str) -> Range:
    """Where the true number lies; `words` print it."""
    number, half = float(amount.number), half_unit(float(amount.number), words)
    if amount.bound == "over":
        return Range(number, inf)
    if amount.bound == "under":
        return Range(-inf, number)
    if amount.bound == "about":
        half = max(half, abs(number) * _ABOUT)
    return Range(number - half, number + half)


def factor_range(change: Change, words: str) -> Range | None:
    """By what the earlier value was multiplied: 8.8 per cent is 1.0875 to 1.0885. None where no size is known."""
    if change.percent is not None:
        size = _size_range(change.percent, words, rough=0.5)
        return Range(1 + size.low / 100, 1 + size.high / 100)
    if not change.times:
        return None
    size = _size_range(abs(change.times), words)
    if change.times > 0:
        return size
    return Range(1 / size.high, 1 / size.low if size.low > 0 else inf)


def factor_of(change: Change) -> float | None:
    """The change as printed, as a factor."""
    if change.percent is not None:
        return 1 + change.percent / 100
    if not change.times:
        return None
    return change.times if change.times > 0 else -1 / change.times


def is_printed(change: Change, words: str) -> bool:
    """Whether the words give the change in digits; «почти вдвое» is too rough to reckon with."""
    size = change.percent if change.percent is not None else change.times
    return size is not None and any(
        _same(value, abs(size)) for token, _ in _tokens(words) for value, _ in _values(token)
    )


def find_duration(words: str, unit: str) -> Range | None:
    """A length of time in years, months or days: «не более чем пять лет» is at most 5; None where none or several."""
    found = list(re.finditer(rf"(\d+|[^\W\d]+)[\s-]+(?:{pattern_of(f'time/{unit}')})", words, re.IGNORECASE))
    sizes = [(size, m.start()) for m in found if (size := _counted(m[1])) is not None]
    if len(sizes) != 1:
        return None
    size, start = sizes[0]
    return _bounded(Range(size - 0.5, size + 0.5), words[max(0, start - _LOOK_BACK) : start])


def _counted(word: str) -> float | None:
    if word.isdecimal():
        return float(word)
    named = kinds_in("number", word)
    return float(named[0]) if named else None


def _size_range(size: float, words: str, rough: float = 0.0) -> Range:
    """A printed percentage or factor; one that stands in words («на треть») is near, by a tenth or by `rough`."""
    for token, start in _tokens(words):
        if any(_same(value, abs(size)) for value, _ in _values(token)):
            half = _last_digit(size, token) / 2
            return _bounded(Range(size - half, size + half), words[max(0, start - _LOOK_BACK) : start])
    rough = max(rough, abs(size) * 0.1)
    return Range(size - rough, size + rough)


def _bounded(size: Range, before: str) -> Range:
    """Wider by a word of bound before it: "more than 20 %" may be 21."""
    over, under = speaks_of("bound/over", before), speaks_of("bound/under", before)
    if speaks_of("bound/not", before):
        over, under = under, over
    if over:
        return Range(size.low, inf) if size.low >= 0 else Range(-inf, size.high)
    if under:
        return Range(0.0, size.high) if size.low >= 0 else Range(size.low, 0.0)
    if speaks_of("bound/about", before):
        wider = abs(size.low) * 0.1
        return Range(size.low - wider, size.high + wider)
    return size


def half_unit(number: float, words: str) -> float:
    """Half a unit of the last digit with which the words print the number: 5,000 for «1,23 млн».

    Where no words print it, of its last digit that is not 0.
    """
    for token, _ in _tokens(words):
        if digit := _last_digit(number, token):
            return digit / 2
    exponent = Decimal(repr(number)).normalize().as_tuple().exponent
    return 10.0 ** int(exponent) / 2


def count_numbers(words: str) -> int:
    """How many numbers the words have in digits."""
    return sum(1 for _ in _tokens(words))


def find_number(number: float, words: str) -> int | None:
    """Where the words print the number in digits."""
    return next((start for token, start in _tokens(words) if _last_digit(number, token)), None)


def _last_digit(number: float, token: str) -> float:
    """What the last digit of a printed token is worth where it prints the number; 0 where it does not."""
    for value, decimals in _values(token):
        for scale in _SCALES:
            if _same(value * scale, abs(number)):
                return float(scale * 10.0**-decimals)
    return 0.0


def _tokens(words: str) -> Iterator[tuple[str, int]]:
    for match in _NUMBER.finditer(words):
        yield match.group(), match.start()


def _values(token: str) -> Iterator[tuple[float, int]]:
    """What a printed number may say, and its decimals: "10,080" is ten thousand or ten and a bit."""
    plain = re.sub(r"\s", "", token)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", plain):
        yield float(re.sub(r"[.,]", "", plain)), 0
    if len(parts := re.split(r"[.,]", plain)) <= 2:
        yield float(".".join(parts)), len(parts[1]) if len(parts) == 2 else 0


def _is_above(high: float, low: float) -> bool:
    return low < high and not _same(low, high)


def _same(a: float, b: float) -> bool:
    return isclose(a, b, rel_tol=_EPSILON, abs_tol=_EPSILON)
