"""Features -> the numbers under which a record is filed and looked up: few, selective, the same on every machine.

A key is a ground on which `compare` may join (a day, an amount, a word of the object), together with parties. Grounds
that lie in time come as buckets: filed under one, looked up in its neighbours, too.
"""

from collections.abc import Iterator
from hashlib import blake2b

from servanda.ledger.linking.amounts import TELLING, is_count
from servanda.ledger.linking.features import Features, Number
from servanda.ledger.linking.instruments import NAMED, UNNAMED
from servanda.ledger.linking.meetings import TOLD
from servanda.ledger.linking.parties import handles, sides
from servanda.ledger.linking.spans import Days, fixed, grain, month_of, year_of
from servanda.ledger.linking.undertakings import SPOKEN_OF, act_group, due
from servanda.ledger.linking.wording import HEAD

Ground = tuple[list[str], list[str]]  # filed under, looked up by


def block_keys(features: Features) -> tuple[int, ...]:
    """Where a record is filed."""
    return tuple(sorted({_number(key) for key in _keys(features, 0)}))


def probe_keys(features: Features) -> tuple[int, ...]:
    """Where its like are looked up."""
    return tuple(sorted({_number(key) for key in _keys(features, 1)}))


def _number(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big") >> 1


def _keys(features: Features, way: int) -> Iterator[str]:
    if features.type == "F":
        parties = [sides(features)]
        grounds = _of_figure(features)
    else:
        parties = handles(features)[way]
        grounds = _GROUNDS[features.type](features)
    for ground in grounds[way]:
        for who in parties:
            yield f"{features.type} {ground} {who}"
    if features.under:
        for key in _keys(features.under, way):
            yield f"under {key}"


def _of_instrument(f: Features) -> Ground:
    if fixed(f.days):
        filed, sought = _of_days(f.days)
        told = [f"d {key}" for key in _told(f)[0]], [f"u {key}" for key in _told(f)[1]]
    else:
        filed, sought = [], []
        told = [f"u {key}" for key in _told(f)[0]], [f"{x} {key}" for x in "ud" for key in _told(f)[1]]
    return filed + told[0], sought + told[1]


def _told(f: Features) -> Ground:
    """By its subject, and without one by the month of the report."""
    years, months = _bucket(f.day, NAMED), _bucket(f.day, UNNAMED)
    filed = [f"{word} {at}" for word in f.topic[:HEAD] for at in years[0]] + [f"- {at}" for at in months[0]]
    sought = [f"{word} {at}" for word in f.topic[:HEAD] for at in years[1]] + [f"- {at}" for at in months[1]]
    return filed, sought


def _of_undertaking(f: Features) -> Ground:
    group = act_group(f.kind)
    filed, sought = _bucket(f.day, SPOKEN_OF)
    fixed_points = [f"due {group} {due(f)}"] if due(f) else []
    fixed_points += [_amount(n) for n in f.numbers]
    words = f.topic[:HEAD]
    return (
        fixed_points + [f"{group} {word} {at}" for word in words for at in filed],
        fixed_points + [f"{group} {word} {at}" for word in words for at in sought],
    )


def _of_figure(f: Features) -> Ground:
    values = [f"{f.kind} {_amount(n)}" for n in f.numbers]
    if f.days:
        period = f"{f.kind} {f.days}"
        return [period, *values], [period, *(f"? {v}" for v in values)]
    return [*values, *(f"? {v}" for v in values)], values


def _of_meeting(f: Features) -> Ground:
    filed, sought = _bucket(f.day, TOLD)
    if fixed(f.days):
        on, at = _of_days(f.days)
        return on + [f"d {key}" for key in filed], at + [f"u {key}" for key in sought]
    return [f"u {key}" for key in filed], [f"{x} {key}" for x in "ud" for key in sought]


_GROUNDS = {"I": _of_instrument, "U": _of_undertaking, "M": _of_meeting}


def _amount(number: Number) -> str:
    value, unit, _ = number
    return f"{value} #" if value >= TELLING and is_count(unit) else f"{value} {unit}"


def _bucket(day: int | None, width: int) -> Ground:
    """The stretch of `width` days in which a day lies, and its neighbours; what has no day is a stretch of its own."""
    if day is None:
        return ["?"], ["?"]
    at = day // width
    return [f"{width}:{at}"], [f"{width}:{n}" for n in (at - 1, at, at + 1)]


def _of_days(days: Days | None) -> Ground:
    """A day finds its own, its month's and its year's; a year finds all that lies in it."""
    if not days:
        return [], []
    how, first = grain(days), days[0]
    month, year = month_of(first), year_of(first)
    if how == "day":
        return [f"D{first}", f"DM{month}", f"DY{year}"], [f"D{first}", f"M{month}", f"Y{year}"]
    if how == "month":
        return [f"M{month}", f"MY{year}"], [f"M{month}", f"DM{month}", f"Y{year}"]
    return [f"Y{year}"], [f"Y{year}", f"MY{year}", f"DY{year}"]
