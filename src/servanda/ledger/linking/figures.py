"""Two figures -> are they values of one quantity? Metric, parties and period must agree; the value may be revised."""

from servanda.ledger.linking import parties
from servanda.ledger.linking.amounts import Weighed, is_count, say_clash, weigh
from servanda.ledger.linking.features import Features
from servanda.ledger.linking.spans import apart, say
from servanda.ledger.linking.verdict import UNRELATED, Verdict, different, judged

_QUARTER = 92  # days in which a figure is told again without its period
_REVISED = 0.6  # a smaller part of the other value is a part, no revision


def compare_figures(a: Features, b: Features, near: bool = True) -> Verdict:
    """What two figures are to each other; of those that are not `near` only whether they differ."""
    level = parties.agreement(a, b)
    if level in (parties.NOT, parties.LOOSELY):
        return UNRELATED
    if a.kind == b.kind and a.days and b.days and a.days != b.days:
        return different(f"periods differ: {say(min(a.days, b.days))}, {say(max(a.days, b.days))}")
    amounts = weigh(a.numbers, b.numbers)
    if level != parties.EQUAL or (a.kind != b.kind and not (a.days == b.days and amounts.equal)):
        return UNRELATED
    if a.numbers and b.numbers and _measure(a) != _measure(b):
        return different("measured in different units")
    if (a.days != b.days or not a.days) and near:
        return _of_unknown_period(a, b, amounts)
    if a.days == b.days and a.days and a.report == b.report and not amounts.equal:
        return different("two figures of one report") if a.part != b.part else UNRELATED
    return _of_one_period(a, b, amounts) if near else UNRELATED


def _of_one_period(a: Features, b: Features, amounts: Weighed) -> Verdict:
    of = f" of {say(a.days)}" if a.days else ""
    told = f"{a.kind}{of} in both" if a.kind == b.kind else f"{a.kind} and {b.kind}{of}"
    reasons = ["same parties", told, *amounts.equal, *amounts.fits]
    if amounts.equal or amounts.fits:
        return judged(0.95, reasons)
    if not amounts.clash:
        return judged(0.7, reasons)
    reasons.append(f"values differ: {say_clash(amounts.clash)}")
    return judged(0.8, reasons, "" if amounts.ratio >= _REVISED else "perhaps a part of the other")


def _of_unknown_period(a: Features, b: Features, amounts: Weighed) -> Verdict:
    if not amounts.equal or a.report == b.report:
        return UNRELATED
    lag = apart(a.day, b.day)
    reasons = ["same parties", f"same metric: {a.kind}", *amounts.equal]
    near = lag is not None and lag <= _QUARTER
    return judged(0.75, reasons, "" if near else "perhaps of another period")


def _measure(f: Features) -> str:
    """Money, shares and each thing counted are measured apart."""
    unit = f.numbers[0][1]
    return unit if is_count(unit) or unit == "%" else "money"
