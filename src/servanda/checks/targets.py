"""Goals to raise or cut a quantity, beside its figures -> how far it is still, or that it was there already."""

from collections.abc import Iterator, Mapping, Sequence

from servanda.checks.found import Found, cite
from servanda.checks.periods import FLOWS, is_before, months_of
from servanda.checks.say import Line, line, say_amount, say_computed, say_number, say_period, say_plain
from servanda.checks.words import kinds_in
from servanda.model.dossier import Told
from servanda.model.edtf import last_day
from servanda.model.reading import Amount, Figure, Undertaking

_Relation = tuple[str, frozenset[str], str]

_TIMES = 3  # from here on a factor says more than a percentage


def find_distance(told: Sequence[Told]) -> Iterator[Found]:
    """How far a goal lies from the last figure, carried to a year where it covers some months only.

    yes: 1 billion aimed at, over 680 million in nine months: 906.7 a year, 10.3 % are missing
    """
    figures = _by_relation(told)
    for goal, amount in _goals(told):
        actual = _latest(goal, amount, figures)
        if actual is None or _yearly(actual) is None or _reached(amount, goal, actual):
            continue
        figure, yearly = _figure(actual), _yearly(actual) or 0.0
        message = line(
            "the goal of {goal} is {far} the yearly level of {yearly} ({how})",
            "цель {goal} {far} годового уровня, {yearly} ({how})",
            goal=say_amount(amount),
            far=_far(amount.number / yearly),
            yearly=_at_least(figure, yearly),
            how=_how(figure, amount, yearly),
        )
        yield Found("target_distance", "note", message, (cite(goal, "amounts/0"), cite(actual, "amount")))


def find_exceeded(told: Sequence[Told]) -> Iterator[Found]:
    """A goal that the figures had reached before it was set.

    yes: 1 billion aimed at in December, 1.2 billion in the year before
    no:  1 billion aimed at in December, over 680 million in nine months
    """
    figures = _by_relation(told)
    for goal, amount in _goals(told):
        actual = _latest(goal, amount, figures)
        if actual is None or not _reached(amount, goal, actual) or not _earlier(actual, goal):
            continue
        figure = _figure(actual)
        assert figure.amount is not None
        message = line(
            "the goal of {goal} had been reached already: {actual} in {period}",
            "цель {goal} была уже достигнута: {actual}, {period}",
            goal=say_amount(amount),
            actual=say_amount(figure.amount),
            period=say_period(figure.period or ""),
        )
        yield Found("target_exceeded", "doubt", message, (cite(goal, "amounts/0"), cite(actual, "amount")))


def _goals(told: Sequence[Told]) -> Iterator[tuple[Told, Amount]]:
    """Undertakings to bring a quantity to one number."""
    for t in told:
        record = t.record
        if (
            isinstance(record, Undertaking)
            and record.act in ("raise", "cut")
            and record.certainty != "denied"
            and len(record.amounts) == 1
            and record.amounts[0].unit != "%"
            and record.amounts[0].number > 0
        ):
            yield t, record.amounts[0]


def _by_relation(told: Sequence[Told]) -> dict[_Relation, list[Told]]:
    """Figures of what was, by what they count, of whom, in which unit."""
    figures: dict[_Relation, list[Told]] = {}
    for t in told:
        record = t.record
        if not isinstance(record, Figure) or record.certainty != "stated" or record.forecast or record.amount is None:
            continue
        if record.period and last_day(record.period) and record.amount.number > 0:
            figures.setdefault((record.metric, frozenset(record.who), record.amount.unit), []).append(t)
    return figures


def _latest(goal: Told, amount: Amount, figures: Mapping[_Relation, Sequence[Told]]) -> Told | None:
    """The figure of the goal's parties, metric and unit whose period ends last."""
    record = goal.record
    assert isinstance(record, Undertaking)
    metric = metric_of(record)
    fitting = figures.get((metric or "", frozenset((*record.by, *record.to)), amount.unit), ())
    return max(fitting, key=lambda t: (str(last_day(_figure(t).period or "")), t.id), default=None)


def metric_of(goal: Undertaking) -> str | None:
    """What the goal counts by its words; None where they name none or several."""
    named = kinds_in("metric", goal.object or goal.quote)
    return named[0] if len(named) == 1 else None


def _figure(told: Told) -> Figure:
    assert isinstance(told.record, Figure)
    return told.record


def _yearly(told: Told) -> float | None:
    """The figure carried to a year; None where that says nothing."""
    figure = _figure(told)
    months = months_of(figure.period or "")
    if figure.amount is None or months is None or months > 12:
        return None
    return figure.amount.number * 12 / months if figure.metric in FLOWS else float(figure.amount.number)


def _reached(target: Amount, goal: Told, actual: Told) -> bool:
    figure = _figure(actual)
    assert isinstance(goal.record, Undertaking)
    assert figure.amount is not None
    if months_of(figure.period or "") not in range(1, 13):
        return False
    if goal.record.act == "raise":
        return figure.amount.bound != "under" and figure.amount.number >= target.number
    return (
        months_of(figure.period or "") == 12 and figure.amount.bound != "over" and figure.amount.number <= target.number
    )


def _earlier(actual: Told, goal: Told) -> bool:
    """Whether the figure's period was over when the goal was told."""
    period, day = _figure(actual).period, goal.carrier.published
    return period is not None and day is not None and is_before(period, day)


def _far(factor: float) -> Line:
    """How much the goal is of the yearly figure."""
    if factor >= _TIMES:
        return line("{n} times", "в {n} раза больше", n=say_number(factor))
    way = Line("above", "выше") if factor >= 1 else Line("below", "ниже")
    return line("about {n}% {way}", "примерно на {n}% {way}", n=say_number(abs(factor - 1) * 100), way=way)


def _at_least(figure: Figure, yearly: float) -> Line:
    assert figure.amount is not None
    said = say_computed(yearly, figure.amount.unit)
    return line("at least {n}", "не менее {n}", n=said) if figure.amount.bound == "over" else said


def _how(figure: Figure, target: Amount, yearly: float) -> Line:
    """The arithmetic: 680 / 9 x 12 = 906.7; 1,000 / 906.7 = 1.103."""
    months = months_of(figure.period or "") or 12
    assert figure.amount is not None
    share = line(
        "{goal} / {yearly} = {factor}",
        "{goal} / {yearly} = {factor}",
        goal=say_amount(target),
        yearly=say_computed(yearly, target.unit),
        factor=say_number(target.number / yearly, 3),
    )
    if months == 12 or figure.metric not in FLOWS:
        return share
    carried = line(
        "{value} / {months} × 12 = {yearly}",
        "{value} / {months} × 12 = {yearly}",
        value=say_amount(figure.amount),
        months=say_plain(months),
        yearly=say_computed(yearly, target.unit),
    )
    return Line(f"{carried.en}; {share.en}", f"{carried.ru}; {share.ru}")
