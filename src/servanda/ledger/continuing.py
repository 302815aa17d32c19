"""The records of a report as read before and as read now -> which of them are the same record.

People's decisions hang on a record's number, so a new reading keeps the number of what it reads again.
"""

from collections.abc import Container, Mapping, Sequence
from difflib import SequenceMatcher

from servanda.model.dossier import Told
from servanda.model.reading import Record

_LIKE = 0.5  # share of the words of two quotes that must agree


def continue_numbers(before: Mapping[int, Told], now: Sequence[Record], current: Container[int]) -> list[int | None]:
    """The number of the record before that each record of now goes on; None for new ones.

    The likest pairs come first, then those that are `current`: what was read once and missed since goes on, too.
    """
    pairs = [
        (_likeness(old.record, new), number in current, -number, -place)
        for number, old in before.items()
        for place, new in enumerate(now)
        if old.record.type == new.type
    ]
    found: list[int | None] = [None] * len(now)
    taken: set[int] = set()
    for likeness, _, minus_number, minus_place in sorted(pairs, reverse=True):
        if likeness >= _LIKE and -minus_number not in taken and found[-minus_place] is None:
            found[-minus_place] = -minus_number
            taken.add(-minus_number)
    return found


def _likeness(a: Record, b: Record) -> float:
    """0 to 2: how much of the quotes agrees, and how many of the fields."""
    words, others = a.quote.lower().split(), b.quote.lower().split()
    quotes = 1.0 if words == others else SequenceMatcher(None, words, others, autojunk=False).ratio()
    fields = [n for n in a.__dataclass_fields__ if n not in ("quote", "evidence", "basis", "confidence")]
    same = sum(getattr(a, n) == getattr(b, n) for n in fields) / len(fields)
    return quotes + same if quotes >= _LIKE else 0.0
