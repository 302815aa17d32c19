"""Values -> the words of a message, English and Russian at once."""

from typing import NamedTuple

from servanda.model.reading import Amount
from servanda.render.amounts import render_amount
from servanda.render.dates import render_at, render_period

_DIGITS = 4  # of a computed number


class Line(NamedTuple):
    """The same words in both languages."""

    en: str
    ru: str


def line(en: str, ru: str, **parts: Line) -> Line:
    """Two templates filled with the same parts, each in its language."""
    return Line(en.format(**{k: v.en for k, v in parts.items()}), ru.format(**{k: v.ru for k, v in parts.items()}))


def join(lines: list[Line]) -> Line:
    """Parts of a list."""
    return Line("; ".join(part.en for part in lines), "; ".join(part.ru for part in lines))


def say_amount(amount: Amount) -> Line:
    """An amount as printed, with its bound."""
    return Line(render_amount(amount, "en"), render_amount(amount, "ru"))


def say_computed(number: float, unit: str) -> Line:
    """A number that was worked out, to four digits."""
    return say_amount(Amount(float(f"{number:.{_DIGITS}g}"), unit))


def say_number(number: float, decimals: int = 1) -> Line:
    """A bare number."""
    printed = f"{number:,.{decimals}f}"
    return Line(printed, printed.replace(",", "\u00a0").replace(".", ","))


def say_plain(number: float) -> Line:
    """A bare number with the digits that it has: 1.088, 680."""
    printed = f"{number:,.10g}"
    return Line(printed, printed.replace(",", "\u00a0").replace(".", ","))


def say_period(edtf: str) -> Line:
    """A date or interval as a name."""
    return Line(render_period(edtf, "en"), render_period(edtf, "ru"))


def say_at(edtf: str) -> Line:
    """A date or interval as an answer to "when?"."""
    return Line(render_at(edtf, "en"), render_at(edtf, "ru"))


def say_words(words: str) -> Line:
    """A name or words of a report, the same in both."""
    return Line(words, words)
