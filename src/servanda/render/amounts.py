"""Amounts and changes -> as people write them: "over $680 million", «более 680 млн долл.»."""

from collections.abc import Sequence
from math import isclose

from servanda.model.reading import Amount, Change
from servanda.render.dates import render_against
from servanda.render.words import english_units, units

_SCALES = ((10**12, "trillion", "трлн"), (10**9, "billion", "млрд"), (10**6, "million", "млн"))
_BOUNDS = {
    "en": {"exactly": "", "about": "about ", "over": "over ", "under": "up to "},
    "ru": {"exactly": "", "about": "около ", "over": "более ", "under": "до "},
}
_SIGNS = ("$", "€", "£")
_SHORT = 3  # letters
_NBSP = "\u00a0"


def render_amount(amount: Amount, ui: str) -> str:
    """One amount with its bound and unit; a unit that the table has not stands as it is."""
    return _BOUNDS[ui].get(amount.bound, "") + _measured(amount.number, amount.unit, ui, amount.bound != "exactly")


def knows_unit(unit: str) -> bool:
    """Whether the unit has its forms in the table, or is a currency code that stands for itself."""
    return unit.replace("ё", "е") in units() or (len(unit) == 3 and unit.isascii() and unit.isupper())


def render_amounts(amounts: Sequence[Amount], ui: str) -> list[str]:
    """Amounts in order; a low and a high end of one range are joined."""
    said: list[str] = []
    pending = list(amounts)
    while pending:
        first = pending.pop(0)
        if pending and _is_range(first, pending[0]):
            said.append(_range(first, pending.pop(0), ui))
        else:
            said.append(render_amount(first, ui))
    return said


def _is_range(low: Amount, high: Amount) -> bool:
    return (low.unit, low.bound, high.bound) == (high.unit, "over", "under") and low.number < high.number


def _range(low: Amount, high: Amount, ui: str) -> str:
    start, end = _measured(low.number, low.unit, ui), _measured(high.number, high.unit, ui)
    return f"{start} to {end}" if ui == "en" else f"{start} – {end}"


def render_change(change: Change, ui: str) -> str | None:
    """A growth or fall and what it is against; None where neither share nor factor is known."""
    size = change.percent if change.percent is not None else change.times
    if size is None:
        return None
    number, rising = _number(abs(size), ui), size >= 0
    if ui == "en":
        unit = "%" if change.percent is not None else " times"
        words = f"{'up' if rising else 'down'} {number}{unit}"
    else:
        much = f"на {number}%" if change.percent is not None else f"в {number} {_form('раз', abs(size), 'ru')}"
        words = f"{'рост' if rising else 'снижение'} {much}"
    return words + (" " + render_against(change.against, ui) if change.against else "")


def _measured(number: int | float, unit: str, ui: str, bounded: bool = False) -> str:
    said, scaled = _scaled(number, ui)
    if unit == "%":
        return f"{said}%"
    form = _form(unit, 5 if scaled else number, ui, bounded)
    if form in _SIGNS:
        return form + said
    return f"{said} {form}"


def _scaled(number: int | float, ui: str) -> tuple[str, bool]:
    """The number with its scale word, and whether it has one; a number that the scale would cut is printed in full."""
    for size, english, russian in _SCALES:
        if abs(number) >= size and isclose(round(number / size, 3) * size, number, rel_tol=1e-12):
            return f"{_number(round(number / size, 3), ui)}{_NBSP}{english if ui == 'en' else russian}", True
    return _number(number, ui), False


def _number(number: int | float, ui: str) -> str:
    if isinstance(number, float) and number.is_integer():
        number = int(number)
    printed = f"{number:,}" if ui == "en" or abs(number) >= 10_000 else str(number)
    if ui == "en":
        return printed
    return printed.replace(",", _NBSP).replace(".", ",")


def _plural(unit: str) -> str:
    """An English word in the plural; what is none, and what is too short to be no abbreviation, stays."""
    if not (unit.isascii() and unit.isalpha() and unit.islower() and len(unit) > _SHORT) or unit.endswith("s"):
        return unit
    if unit[-1] == "y" and unit[-2] not in "aeiou":
        return f"{unit[:-1]}ies"
    return unit + ("es" if unit.endswith(("x", "z", "ch", "sh")) else "s")


def _form(unit: str, number: int | float, ui: str, bounded: bool = False) -> str:
    """The unit in the form that the number asks for; after a bound word Russian has the genitive."""
    row = units().get(unit.replace("ё", "е")) or english_units().get(unit.lower())
    if row is None:
        return _plural(unit) if ui == "en" and number != 1 else unit
    if ui == "en":
        return row["en_one" if number == 1 else "en_many"]
    if number != int(number):
        return row["ru_few"]
    tens, ones = int(number) % 100, int(number) % 10
    if ones == 1 and tens != 11:
        return row["ru_few" if bounded else "ru_one"]
    if 2 <= ones <= 4 and not 12 <= tens <= 14 and not bounded:
        return row["ru_few"]
    return row["ru_many"]
