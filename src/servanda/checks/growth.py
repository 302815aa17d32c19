"""Figures with a stated change -> what they say of the earlier value: contradicted by a printed one, or implied."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from servanda.checks.found import Found, cite
from servanda.checks.ranges import Range, amount_range, factor_of, factor_range, is_printed
from servanda.checks.say import Line, line, say_amount, say_computed, say_number, say_period, say_plain
from servanda.model.dossier import Told
from servanda.model.edtf import first_day, last_day
from servanda.model.reading import Change, Figure

_Key = tuple[str, tuple[str, ...], str, date | None, date | None]

_IMPLIED = {  # how a base is said that follows from a value with this bound
    "over": Line("at least", "не менее"),
    "under": Line("at most", "не более"),
    "exactly": Line("about", "около"),
    "about": Line("about", "около"),
}


def find_growth(told: Sequence[Told]) -> Iterator[Found]:
    """A stated change that the two values of one report do not give.

    yes: 120 in 2023, 20 % more than the 90 of 2022 (33.3 %)
    no:  120 in 2023, 20 % more than the 100 of 2022
    """
    values = _Values(told)
    for now, change in _changes(told):
        bases = values.bases(now, change)
        if bases and not any(_fits(now, change, base) for base in bases):
            yield _clash("growth", now, change, bases[0])


def find_other_base(told: Sequence[Told]) -> Iterator[Found]:
    """A base implied by a stated change in one report, against the base that another report prints.

    yes: 120 in 2023, 20 % more than in 2022, in one report; 90 in 2022, in another
    """
    values = _Values(told)
    for now, change in _changes(told):
        bases = values.bases(now, change)
        if (
            all(t.carrier.report != now.carrier.report for t in bases)
            and bases
            and not any(_fits(now, change, base) for base in bases)
        ):
            yield _clash("base_elsewhere", now, change, bases[0])


def find_implied_bases(told: Sequence[Told]) -> Iterator[Found]:
    """The earlier value that follows from a value and its change, where the report does not print it.

    yes: over 680 million, 8.8 % more than a year before: at least 625.0 million then
    """
    values = _Values(told)
    for now, change in _changes(told):
        factor, amount = factor_of(change), _figure(now).amount
        if amount is None or not factor or values.bases(now, change) or change.against is None:
            continue
        if not is_printed(change, now.record.quote):
            continue
        number, scale = _in_words(amount.number / factor)
        message = line(
            "{period}: {bound} {base}, computed ({value} / {factor} = {number}{scale})",
            "{period}: {bound} {base}, вычислено ({value} / {factor} = {number}{scale})",
            period=say_period(change.against),
            bound=_IMPLIED[amount.bound],
            base=say_computed(amount.number / factor, amount.unit),
            value=say_amount(amount),
            factor=say_plain(round(factor, 6)),
            number=number,
            scale=scale,
        )
        yield Found("implied_base", "note", message, (cite(now, "amount"), cite(now, *_paths(now, change))))


def find_implied_changes(told: Sequence[Told]) -> Iterator[Found]:
    """What happened between two earlier periods, from two changes of one value.

    yes: 8.8 % more than in 2020 and 1.2 % more than in 2019: from 2019 to 2020 it fell by 7.0 %
    """
    for now in _figures(told):
        sized = [
            (c, f)
            for c in _figure(now).changes
            if c.against and is_printed(c, now.record.quote) and (f := factor_of(c)) and f > 0
        ]
        for pair in combinations(sized, 2):
            (early, first), (late, last) = sorted(pair, key=lambda each: str(each[0].against))
            if early.against == late.against or early.against is None or late.against is None:
                continue
            percent = (first / last - 1) * 100
            message = line(
                "{early} → {late}: {way} of about {percent}%, computed ({first} / {last} = {factor})",
                "{early} → {late}: {way} примерно на {percent}%, вычислено ({first} / {last} = {factor})",
                early=say_period(early.against),
                late=say_period(late.against),
                way=Line("a fall", "снижение") if percent < 0 else Line("a rise", "рост"),
                percent=say_number(abs(percent)),
                first=say_plain(round(first, 6)),
                last=say_plain(round(last, 6)),
                factor=say_number(first / last, 3),
            )
            yield Found(
                "implied_change", "note", message, (cite(now, *_paths(now, early)), cite(now, *_paths(now, late)))
            )


def _figure(told: Told) -> Figure:
    assert isinstance(told.record, Figure)
    return told.record


def _figures(told: Sequence[Told]) -> list[Told]:
    return [t for t in told if isinstance(t.record, Figure) and t.record.certainty != "denied"]


def _changes(told: Sequence[Told]) -> Iterator[tuple[Told, Change]]:
    for now in _figures(told):
        for change in _figure(now).changes:
            yield now, change


def _paths(told: Told, change: Change) -> tuple[str, ...]:
    return (f"changes/{_figure(told).changes.index(change)}",)


class _Values:
    """Figures with an amount, by what they count, of whom, in which unit, and for which days."""

    def __init__(self, told: Sequence[Told]) -> None:
        self._by_key: dict[_Key, list[Told]] = {}
        for t in _figures(told):
            if (period := _figure(t).period) and (key := _key(t, period)):
                self._by_key.setdefault(key, []).append(t)

    def bases(self, now: Told, change: Change) -> list[Told]:
        """The values of the same figure for the period that the change is against."""
        key = _key(now, change.against) if change.against else None
        return [t for t in self._by_key.get(key, ()) if t is not now] if key else []


def _key(told: Told, period: str) -> _Key | None:
    figure = _figure(told)
    if figure.amount is None:
        return None
    who = figure.who if figure.metric in ("exports", "imports") else tuple(sorted(set(figure.who)))
    return figure.metric, who, figure.amount.unit, first_day(period), last_day(period)


def _fits(now: Told, change: Change, base: Told) -> bool:
    stated = factor_range(change, now.record.quote)
    real = _ratio(_range(now), _range(base))
    return stated is None or real is None or stated.meets(real)


def _range(told: Told) -> Range:
    amount = _figure(told).amount
    assert amount is not None
    return amount_range(amount, told.record.quote)


def _ratio(now: Range, base: Range) -> Range | None:
    """How often the later value holds the earlier one; None where the earlier may be nothing."""
    return Range(now.low / base.high, now.high / base.low) if base.low > 0 else None


def _clash(code: str, now: Told, change: Change, base: Told) -> Found:
    value, earlier = _figure(now).amount, _figure(base).amount
    assert value is not None
    assert earlier is not None
    stated = factor_of(change) or 1.0
    real = value.number / earlier.number
    message = line(
        "{value} against {earlier} is {real}, not {stated} as stated ({a} / {b} = {factor})",
        "{value} против {earlier} – это {real}, а сказано {stated} ({a} / {b} = {factor})",
        value=say_amount(value),
        earlier=say_amount(earlier),
        real=_say_change(real),
        stated=_say_change(stated),
        a=say_plain(value.number),
        b=say_plain(earlier.number),
        factor=say_number(real, 3),
    )
    cited = (cite(now, "amount"), cite(now, *_paths(now, change)), cite(base, "amount"))
    return Found(code, "error" if code == "growth" else "doubt", message, cited)


def _say_change(factor: float) -> Line:
    """«+20.0%», "3.1 times" where it is more than three times."""
    if factor >= 3:
        return line("{n} times", "в {n} раза", n=say_number(factor))
    return line("{sign}{n}%", "{sign}{n}%", sign=Line(*("+-"[factor < 1],) * 2), n=say_number(abs(factor - 1) * 100))


def _in_words(number: float) -> tuple[Line, Line]:
    """A computed number with one decimal of its scale: 625.0 and " million"."""
    for size, english, russian in ((1e12, "trillion", "трлн"), (1e9, "billion", "млрд"), (1e6, "million", "млн")):
        if abs(number) >= size:
            return say_number(number / size, _decimals(number / size)), Line(f" {english}", f" {russian}")
    return say_number(number), Line("", "")


def _decimals(number: float) -> int:
    """As many as make four digits, one at least: 625.0, 10.55."""
    return max(1, 4 - len(str(int(abs(number)))))
