"""Decisions as people name them (ids of dossiers, several records, values as text) -> entries of a ledger."""

import json
from collections.abc import Sequence
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

from servanda.errors import InputError

if TYPE_CHECKING:
    from servanda.ledger.ledger import Ledger
    from servanda.model.dossier import Dossier

_LETTERS = "IUFM"
_DIGITS = 15  # of the number of a record, at most


def parse_number(text: str) -> int | None:
    """The number in "U345", "u345" or "345"; None where it is no id."""
    plain = text.strip()
    digits = plain[1:] if plain[:1].upper() in _LETTERS and plain[:1] else plain
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= _DIGITS else None


def parse_value(text: str) -> Any:
    """JSON where it is some, else the text itself: 2024 is a year, no number, unless the field wants one."""
    if text.startswith(("[", "{", '"')) or text in ("null", "true", "false"):
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise InputError("the value", f"is no JSON ({error})", "quote it whole, or give plain text") from error
    return text


def find_home(ledger: "Ledger", number: int, *, texts: bool = False) -> "Dossier":
    """The dossier that holds a record. InputError where none does."""
    found = ledger.dossier(number, texts=texts)
    if found is None:
        raise InputError(f"{number}", "no dossier holds this record", "servanda search finds dossiers")
    return found


def join_dossiers(ledger: "Ledger", numbers: Sequence[int], who: str, why: str, seen: int | None = None) -> int:
    """Dossiers tell of one thing. The number of the entry."""
    first, *others = _several(numbers)
    return ledger.merge([(first, other) for other in others], who, why, seen)


def keep_apart(ledger: "Ledger", numbers: Sequence[int], who: str, why: str, seen: int | None = None) -> int:
    """Dossiers tell of different things."""
    several = _several(numbers)
    homes = [find_home(ledger, number).id for number in several]
    if twice := next((id for n, id in enumerate(homes) if id in homes[:n]), None):
        remedy = f"take records out of it: servanda decide split {twice} RECORD"
        raise InputError(twice, "is one dossier with another that you named", remedy)
    return ledger.split(list(combinations(several, 2)), who, why, seen)


def take_out(
    ledger: "Ledger", dossier: int, numbers: Sequence[int], who: str, why: str, seen: int | None = None
) -> int:
    """Records do not belong to their dossier, which keeps the others."""
    home = find_home(ledger, dossier)
    held = [t.id for t in home.told]
    if strange := sorted(set(numbers) - set(held)):
        raise InputError(home.id, f"does not hold record {strange[0]}", f"it holds {', '.join(map(str, held))}")
    stay = [n for n in held if n not in numbers]
    if not stay:
        raise InputError(home.id, "would hold no record", "name some of its records, not all")
    return ledger.split(list(product(numbers, stay)), who, why, seen)


def find_words(ledger: "Ledger", number: int, words: str) -> tuple[tuple[int, int], ...]:
    """Where the report of a record has the words: their first place."""
    told = next(t for t in find_home(ledger, number, texts=True).told if t.id == number)
    at = (told.carrier.text or "").find(words)
    if at < 0:
        raise InputError("--words", f"{told.carrier.report} does not have these words", "copy them from the report")
    return ((at, at + len(words)),)


def _several(numbers: Sequence[int]) -> list[int]:
    several = list(dict.fromkeys(numbers))
    if len(several) < 2:
        raise InputError("the decision", "needs two dossiers or more", "give their ids, as U345 U367")
    return several
