"""Records of figures -> the values reported for each period, and whole series with their targets. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from servanda.ledger.amounts import agree
from servanda.ledger.words import Words
from servanda.model.dossier import Dossier, Point, Told
from servanda.model.edtf import first_day, last_day
from servanda.model.reading import Amount, Figure, Record, Undertaking
from servanda.model.totals import Series

Origins = Mapping[int, int]  # a record's number -> the lowest one of its origin
_LastWords = dict[tuple[str | None, bool, int], tuple[int, str]]  # period, forecast, origin -> the value, and its day
_BOTH_WAYS = ("exports", "imports")  # their parties have an order
_SOUGHT = ("raise", "cut")


def fold_points(told: Sequence[Told], origins: Origins) -> tuple[Point, ...]:
    """Values by period, each with its first report; one that all its origins replaced on a later day is revised."""
    points: list[Point] = []
    last_word: _LastWords = {}
    for t in told:
        if not isinstance(t.record, Figure) or t.record.certainty == "denied":
            continue
        at = _enter(points, t, t.record)
        last_word[t.record.period, t.record.forecast, origins[t.id]] = at, t.carrier.published or ""
    marked = [replace(p, revised=all(_is_replaced(p, n, points, origins, last_word) for n in p.told)) for p in points]
    return tuple(sorted(marked, key=_place))


def _enter(points: list[Point], told: Told, record: Figure) -> int:
    """Where the value now stands, with the others who tell it."""
    for n, point in enumerate(points):
        same_value = None in (point.amount, record.amount) or point.amount == record.amount
        if (point.period, point.forecast) == (record.period, record.forecast) and same_value:
            changes = tuple(dict.fromkeys((*point.changes, *record.changes)))
            amount = point.amount or record.amount
            points[n] = replace(point, amount=amount, told=(*point.told, told.id), changes=changes)
            return n
    day, forecast = told.carrier.published, record.forecast
    points.append(Point(record.period, record.amount, day, (told.id,), forecast=forecast, changes=record.changes))
    return len(points) - 1


def _is_replaced(point: Point, number: int, points: Sequence[Point], origins: Origins, last_word: _LastWords) -> bool:
    """Whether the origin of a record later gave another value, and not the same one said with more or less care."""
    at, day = last_word[point.period, point.forecast, origins[number]]
    later = points[at].amount
    return day > (point.reported or "") and bool(later and point.amount and not agree(later, point.amount))


def _place(point: Point) -> tuple[object, ...]:
    """By the end of the period, then the day of the report."""
    period = point.period or ""
    end = last_day(period) or first_day(period) or date.max
    return end, period, point.reported or "9999", point.target, point.told


def find_series(figures: Iterable[Dossier], undertakings: Iterable[Dossier], words: Words) -> list[Series]:
    """Figures of one metric, one pair and one unit in a row; a promise to raise or cut what they count is a target.

    Quantities of no sort of their own make no series. A target belongs to one where it has the same parties and unit,
    and its object shares a word with the quotes.
    """
    kept: dict[tuple[str, tuple[str, ...], str | None], list[Dossier]] = defaultdict(list)
    for dossier in figures:
        record = dossier.fullest.record
        if isinstance(record, Figure) and record.metric != "other":
            kept[record.metric, _who(record), record.amount.unit if record.amount else None].append(dossier)
    goals = list(undertakings)
    return [_series(*key, kept[key], goals, words) for key in sorted(kept, key=str)]


def _who(record: Figure) -> tuple[str, ...]:
    return record.who if record.metric in _BOTH_WAYS else tuple(sorted(record.who))


def _series(
    metric: str, who: tuple[str, ...], unit: str | None, own: Sequence[Dossier], goals: Iterable[Dossier], words: Words
) -> Series:
    spoken = {w for dossier in own for t in dossier.told for w in words(t.record.quote)}
    points = [p for dossier in own for p in dossier.points]
    ids = [dossier.id for dossier in own]
    for goal in goals:
        targets = [t for t in goal.told if _is_target(t.record, who, unit) and spoken & set(words(_object(t.record)))]
        if targets:
            ids.append(goal.id)
            points += _targets(targets, unit)
    return Series(metric, who, unit, tuple(sorted(points, key=_place)), tuple(ids))


def _is_target(record: Record, who: tuple[str, ...], unit: str | None) -> bool:
    return (
        isinstance(record, Undertaking)
        and record.act in _SOUGHT
        and record.certainty != "denied"
        and {*record.by, *record.to} == set(who)
        and any(a.unit == unit for a in record.amounts)
    )


def _object(record: Record) -> str:
    return (isinstance(record, Undertaking) and record.object) or ""


def _targets(told: Sequence[Told], unit: str | None) -> list[Point]:
    """The values aimed at, each once, with the period by which."""
    points: dict[tuple[str | None, Amount], Point] = {}
    for t in told:
        record = t.record
        if not isinstance(record, Undertaking):
            continue
        for amount in (a for a in record.amounts if a.unit == unit):
            key = record.when, amount
            first = points.get(key) or Point(record.when, amount, t.carrier.published, (), target=True)
            points[key] = replace(first, told=(*first.told, t.id))
    return list(points.values())
