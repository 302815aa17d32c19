"""Values of one figure over periods -> one that is out of scale beside the others."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import median

from servanda.checks.found import Found, cite
from servanda.checks.periods import FLOWS, months_of
from servanda.checks.say import Line, line, say_amount, say_computed, say_number, say_period, say_plain
from servanda.checks.words import measure_of
from servanda.model.dossier import Told
from servanda.model.reading import Figure

_APART = 30  # times by which a value is out of scale
_CLOSE = 10  # times within which the others must lie for that
_OTHERS = 2  # how many others it takes

Key = tuple[str, tuple[str, ...], str]


def find_out_of_scale(told: Sequence[Told]) -> Iterator[Found]:
    """A value thirty times above or below the others of its series; perhaps a wrong unit.

    yes: 1.2 million in 2021, 1.3 million in 2022, 1.4 billion in 2023
    no:  90 million in January, 1.2 billion in the year
    """
    known = sorted((t for t in told if _monthly(t) is not None), key=lambda t: (_key(t), t.id))
    for _, group in groupby(known, key=_key):
        series = sorted(group, key=lambda t: _monthly(t) or 0.0)
        if len(series) > _OTHERS:  # only the least and the greatest can stand apart from all others
            yield from _judge(series[0], series[1:])
            yield from _judge(series[-1], series[:-1])


def _judge(one: Told, others: Sequence[Told]) -> Iterator[Found]:
    value, beside = _monthly(one) or 0.0, [_monthly(t) or 0.0 for t in others]
    usual = median(beside)
    ratio = value / usual
    if 1 / _APART < ratio < _APART or beside[-1] > _CLOSE * beside[0]:
        return
    figure = one.record
    assert isinstance(figure, Figure)
    assert figure.amount is not None
    unit = figure.amount.unit
    message = line(
        "{value} in {period} is out of scale: {a}{by}, {b} in the others ({a} / {b} = {n})",
        "{value} ({period}) вне масштаба ряда: {a}{by}, в остальных {b} ({a} / {b} = {n})",
        value=say_amount(figure.amount),
        period=say_period(figure.period or ""),
        by=Line(" a month", " в месяц") if figure.metric in FLOWS else Line("", ""),
        n=say_number(ratio) if ratio >= 1 else say_plain(float(f"{ratio:.2g}")),
        a=say_computed(value / measure_of(unit)[1], unit),
        b=say_computed(usual / measure_of(unit)[1], unit),
    )
    yield Found("series", "doubt", message, (cite(one, "amount"), cite(others[len(others) // 2], "amount")))


def _key(told: Told) -> Key:
    """One series: metric, parties (in order where it flows from one to the other), what it measures."""
    figure = told.record
    assert isinstance(figure, Figure)
    assert figure.amount is not None
    who = figure.who if figure.metric in ("exports", "imports") else tuple(sorted(figure.who))
    return figure.metric, who, measure_of(figure.amount.unit)[0]


def _monthly(told: Told) -> float | None:
    """The value, by the month where it grows with its period, in the first unit of its kind; None without a series."""
    figure = told.record
    if not isinstance(figure, Figure) or figure.amount is None or not figure.period or figure.metric == "other":
        return None
    months = months_of(figure.period)
    if not months or figure.amount.unit == "%" or figure.amount.number <= 0 or figure.certainty == "denied":
        return None
    number = figure.amount.number * measure_of(figure.amount.unit)[1]
    return number / months if figure.metric in FLOWS else number
