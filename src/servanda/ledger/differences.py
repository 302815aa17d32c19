"""Records of one thing -> where they do not agree, and who says what. Pure; none is held for the truth."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from servanda.ledger.amounts import agree
from servanda.ledger.days import reach
from servanda.model.dossier import Difference, Point, StepTold, Told, Version
from servanda.model.reading import Amount, Meeting, Undertaking


def find_differences(
    told: Sequence[Told], steps: Sequence[StepTold], points: Sequence[Point]
) -> tuple[Difference, ...]:
    """All fields on which the reports part; a value said more coarsely, or revised by who said it, is none."""
    return (*_certainty(told), *_amounts(told), *_signing(steps), *_values(points), *_meetings(told))


def _certainty(told: Sequence[Told]) -> Iterator[Difference]:
    """Some tell it, some deny it."""
    versions = _grouped((t.record.certainty, t.id) for t in told)
    if len(versions) > 1 and any(v.value == "denied" for v in versions):
        yield Difference("certainty", versions)


def _amounts(told: Sequence[Told]) -> Iterator[Difference]:
    """What is promised in each unit, or done where nobody tells a promise; ranges and lists are not compared."""
    undertakings = [(t, t.record) for t in told if isinstance(t.record, Undertaking) and t.record.certainty != "denied"]
    promised = [(t, r) for t, r in undertakings if r.progress != "fulfilled"]
    said: dict[str, list[tuple[Amount, int]]] = defaultdict(list)
    for t, record in promised or undertakings:
        for amount in record.amounts:
            if sum(a.unit == amount.unit for a in record.amounts) == 1:
                said[amount.unit].append((amount, t.id))
    for unit in sorted(said):
        if _disagree([amount for amount, _ in said[unit]]):
            yield Difference("amounts", _grouped(said[unit]))


def _signing(steps: Sequence[StepTold]) -> Iterator[Difference]:
    """Days of signing that cannot be one."""
    dated = [s for s in steps if s.step == "signed" and s.date and s.certainty != "denied"]
    if len(dated) > 1:
        yield Difference("steps/signed", tuple(Version(s.date or "", s.told) for s in dated))


def _values(points: Sequence[Point]) -> Iterator[Difference]:
    """Values of one period by different origins."""
    by_period: dict[tuple[str, bool, str], list[Point]] = defaultdict(list)
    for point in points:
        if point.amount and not point.revised:
            by_period[point.period or "", point.forecast, point.amount.unit].append(point)
    for (period, _, _), values in by_period.items():
        if _disagree([p.amount for p in values if p.amount]):
            versions = tuple(Version(p.amount, p.told) for p in values if p.amount)
            yield Difference("amount", versions, period or None)


def _meetings(told: Sequence[Told]) -> Iterator[Difference]:
    """Days of a meeting that cannot be one; held, or called off."""
    meetings = [(t, t.record) for t in told if isinstance(t.record, Meeting) and t.record.certainty != "denied"]
    held = [(t, r) for t, r in meetings if r.date and r.status == "held"]
    if any(not reach(a[1].date, a[0]).meets(reach(b[1].date, b[0])) for a, b in combinations(held, 2)):
        yield Difference("date", _grouped((r.date or "", t.id) for t, r in held))
    ends = [(r.status, t.id) for t, r in meetings if r.status in ("held", "cancelled")]
    if len({status for status, _ in ends}) > 1:
        yield Difference("status", _grouped(ends))


def _disagree(amounts: Sequence[Amount]) -> bool:
    return any(not agree(a, b) for a, b in combinations(dict.fromkeys(amounts), 2))


def _grouped(values: Iterable[tuple[Amount | str, int]]) -> tuple[Version, ...]:
    """Each value once, with all who tell it, in the order of the first."""
    said: dict[Amount | str, list[int]] = defaultdict(list)
    for value, number in values:
        said[value].append(number)
    return tuple(Version(value, tuple(numbers)) for value, numbers in said.items())
