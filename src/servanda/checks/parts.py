"""Parts, shares and their whole -> parts above it, sums beside it, units out of scale."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from servanda.checks.found import Found, cite
from servanda.checks.periods import same_days
from servanda.checks.places import Place, find_places
from servanda.checks.ranges import Range, amount_range, count_numbers
from servanda.checks.say import Line, line, say_amount, say_computed, say_number, say_plain
from servanda.checks.words import measure_of, speaks_of
from servanda.model.dossier import Told
from servanda.model.reading import Amount, Figure, Undertaking

_OUT_OF_SCALE = 10  # times a whole by which a part shows a wrong unit rather than a wrong sum
_NEAR = 0.05  # share of a total by which a list of parts may miss it and still be meant to make it
_ITEMS = 3  # how many make a list; of two, many happen to come near a third number


@dataclass(frozen=True, slots=True)
class Measured:
    """One amount of a record."""

    told: Told
    path: str
    amount: Amount

    @property
    def kind(self) -> str:
        """What it measures: mass, USD."""
        return measure_of(self.amount.unit)[0]

    @property
    def range(self) -> Range:
        """In the first unit of its kind."""
        return amount_range(self.amount, self.told.record.quote).scaled(measure_of(self.amount.unit)[1])

    @property
    def number(self) -> float:
        """As printed, in the first unit of its kind."""
        return self.amount.number * measure_of(self.amount.unit)[1]


def find_totals(told: Sequence[Told]) -> Iterator[Found]:
    """Sums that do not make their whole, of parts, of a list, of exports and imports."""
    yield from _find_parts(told)
    yield from _find_lists(told)
    yield from _find_trade(told)


def _find_parts(told: Sequence[Told]) -> Iterator[Found]:
    """Parts that add up to more than their whole.

    yes: «500 тонн, из них 300 тонн муки и 400 тонн зерна»
    no:  «500 тонн, из них 300 тонн муки и 200 тонн зерна»
    """
    for whole, parts in _wholes(told):
        low = sum(p.range.low for p in parts)
        if len(parts) > 1 and low > whole.range.high and not any(_exceeds(p, whole) for p in parts):
            yield _sum_found(whole, parts)


def find_scale(told: Sequence[Told]) -> Iterator[Found]:
    """A part that is larger than its whole, often by a wrong unit.

    yes: «169 тонн груза, в том числе 10 080 тонн воды»
    """
    for whole, parts in _wholes(told):
        for part in (p for p in parts if _exceeds(p, whole)):
            ratio = part.number / whole.number
            message = line(
                "{part} as a part of {whole} ({a} / {b} = {ratio}){unit}",
                "{part} как часть от {whole} ({a} / {b} = {ratio}){unit}",
                part=say_amount(part.amount),
                whole=say_amount(whole.amount),
                a=say_plain(part.amount.number),
                b=say_plain(whole.amount.number),
                ratio=say_number(part.amount.number / whole.amount.number),
                unit=_thousandth(part, whole) if ratio >= _OUT_OF_SCALE else Line("", ""),
            )
            yield Found("scale", "error", message, (cite(part.told, part.path), cite(whole.told, whole.path)))


def _find_lists(told: Sequence[Told]) -> Iterator[Found]:
    """A total with its items in one record that nearly, but not quite, make it.

    yes: 710 thousand tonnes: 330, 260, 90 and 40 (720)
    no:  710 thousand tonnes: 330, 260, 90 and 30
    """
    for t in told:
        measured = _measured(t)
        items = [m for m in measured[1:] if m.kind == measured[0].kind]
        if len(items) < _ITEMS or any(m.number >= measured[0].number for m in items):
            continue
        first = measured[0]
        low, high = sum(m.range.low for m in items), sum(m.range.high for m in items)
        near = abs(sum(m.number for m in items) / first.number - 1) <= _NEAR
        if near and not Range(low, high).meets(first.range):
            yield _sum_found(first, items)


def _find_trade(told: Sequence[Told]) -> Iterator[Found]:
    """Exports and imports that do not make the trade of the same parties and period; no two of several do.

    yes: trade 100, exports 60, imports 50
    no:  trade 68.7, exports 63.8, imports 4.9
    """
    figures = [m for t in told if isinstance(t.record, Figure) and t.record.period for m in _measured(t)]
    for trade in (m for m in figures if _figure(m).metric == "trade"):
        flows = [m for m in figures if _figure(m).metric in ("exports", "imports") and _is_flow_of(m, trade)]
        pairs = [(a, b) for a, b in combinations(flows, 2) if _figure(a).who == tuple(reversed(_figure(b).who))]
        if pairs and not any(_adds_up(a, b, trade) for a, b in pairs):
            yield _sum_found(trade, pairs[0])


def _adds_up(a: Measured, b: Measured, whole: Measured) -> bool:
    return Range(a.range.low + b.range.low, a.range.high + b.range.high).meets(whole.range)


def find_shares(told: Sequence[Told]) -> Iterator[Found]:
    """Shares of one thing that make more than all of it.

    yes: «доля Лесии – 70%, Озерии – 45%»
    no:  «Лесия выбрала 73% квоты, Озерия – 88%»
    """
    shares = [
        m
        for t in told
        if isinstance(t.record, Figure) and t.record.certainty == "stated" and not t.record.changes
        for m in _measured(t)
        if m.amount.unit == "%"
    ]
    for first in shares:
        if not speaks_of("share", first.told.record.quote):
            continue
        same = [first, *(m for m in shares if m.told.id > first.told.id and _same_whole(m, first))]
        low = sum(m.range.low for m in same)
        if low > 100:
            yield _sum_found(None, same)


def _sum_found(whole: Measured | None, parts: Sequence[Measured]) -> Found:
    """The parts, their sum, and the whole, with the arithmetic."""
    factor = measure_of(whole.amount.unit)[1] if whole else 1.0
    total = sum(p.number for p in parts) / factor
    unit = whole.amount.unit if whole else "%"
    message = line(
        "{sum} = {total}, against {whole}",
        "{sum} = {total}, а всего {whole}",
        sum=Line(
            " + ".join(say_amount(p.amount).en for p in parts), " + ".join(say_amount(p.amount).ru for p in parts)
        ),
        total=say_computed(total, unit),
        whole=say_amount(whole.amount) if whole else Line("100%", "100%"),
    )
    cited = [cite(p.told, p.path) for p in parts] + ([cite(whole.told, whole.path)] if whole else [])
    return Found("parts_total" if whole else "shares", "doubt", message, tuple(cited))


def _thousandth(part: Measured, whole: Measured) -> Line:
    """What would fit: the thousandth, as of kilograms taken for tonnes."""
    if part.number / 1000 > whole.number:
        return Line("", "")
    return line(
        ": perhaps another unit; a thousandth, {n}, would fit",
        ": возможно, другая единица; тысячная доля, {n}, подошла бы",
        n=say_computed(part.amount.number / 1000, part.amount.unit),
    )


def _wholes(told: Sequence[Told]) -> Iterator[tuple[Measured, list[Measured]]]:
    """Amounts with those that are told as parts of them: by `part_of`, or by the words between («из них»)."""
    by_number = {t.id: t for t in told}
    parts: dict[tuple[int, str], tuple[Measured, list[Measured]]] = {}
    for t in told:
        whole = by_number.get(t.part_of) if t.part_of is not None else None
        for part in _measured(t) if whole else ():
            for of in (m for m in _measured(whole) if whole and m.kind == part.kind):
                parts.setdefault((of.told.id, of.path), (of, []))[1].append(part)
    for place, after in _chains(told):
        parts.setdefault((place.told.id, place.path), (_at(place), []))[1].extend(map(_at, after))
    yield from parts.values()


def _chains(told: Sequence[Told]) -> Iterator[tuple[Place, list[Place]]]:
    """The largest amount before a word of parts, and the amounts of the same kind after it, in one sentence."""
    by_sentence: dict[tuple[str, int, str], dict[int, Place]] = {}
    for place in find_places(told):
        key = (place.text, place.sentence, measure_of(place.amount.unit)[0])
        by_sentence.setdefault(key, {}).setdefault(place.at, place)
    for places in (list(own.values()) for own in by_sentence.values()):
        for i, (last, following) in enumerate(pairwise(places), 1):
            between = last.until(following)
            if speaks_of("part", between) and count_numbers(between) == 1:  # no other number could be the whole
                yield max(places[:i], key=lambda p: p.amount.number * measure_of(p.amount.unit)[1]), places[i:]
                break


def _at(place: Place) -> Measured:
    return Measured(place.told, place.path, place.amount)


def _exceeds(part: Measured, whole: Measured) -> bool:
    return part.range.low > whole.range.high


def _measured(told: Told | None) -> list[Measured]:
    record = told.record if told else None
    if told is None or record is None or record.certainty == "denied":
        return []
    if isinstance(record, Undertaking):
        return [Measured(told, f"amounts/{i}", a) for i, a in enumerate(record.amounts)]
    return [Measured(told, "amount", record.amount)] if isinstance(record, Figure) and record.amount else []


def _figure(measured: Measured) -> Figure:
    assert isinstance(measured.told.record, Figure)
    return measured.told.record


def _is_flow_of(flow: Measured, trade: Measured) -> bool:
    a, b = _figure(flow), _figure(trade)
    periods = a.period and b.period and same_days(a.period, b.period)
    return bool(periods) and set(a.who) == set(b.who) and len(a.who) == 2 and flow.kind == trade.kind


def _same_whole(a: Measured, b: Measured) -> bool:
    """Whether two shares are of one whole: same metric and period, other parties beside those of the whole."""
    x, y = _figure(a), _figure(b)
    return x.metric == y.metric and x.period == y.period and set(x.who) != set(y.who)
