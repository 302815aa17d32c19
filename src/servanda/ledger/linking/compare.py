"""Two records -> what they are to each other, by type."""

from collections.abc import Callable

from servanda.ledger.linking.features import Features
from servanda.ledger.linking.figures import compare_figures
from servanda.ledger.linking.instruments import compare_instruments
from servanda.ledger.linking.keys import find_each_other
from servanda.ledger.linking.meetings import compare_meetings
from servanda.ledger.linking.undertakings import compare_undertakings
from servanda.ledger.linking.verdict import UNRELATED, Verdict

_BY_TYPE: dict[str, Callable[[Features, Features, bool], Verdict]] = {
    "I": compare_instruments,
    "U": compare_undertakings,
    "F": compare_figures,
    "M": compare_meetings,
}


def compare(a: Features, b: Features, found: bool | None = None) -> Verdict:
    """What two records are to each other; the order in which they are given does not matter.

    `found`: whether they find each other by their keys, where that is known.
    """
    if a.type != b.type:
        return UNRELATED
    if a == b:
        return Verdict("same", 1.0, ("told twice in the same words",))
    near = find_each_other(a, b) if found is None else found
    return _BY_TYPE[a.type](a, b, near) if _before(a, b) else _BY_TYPE[a.type](b, a, near)


def _before(a: Features, b: Features) -> bool:
    """An order that depends on what the two hold alone, for reasons that name both."""
    return a.report < b.report if a.report != b.report else str(a) < str(b)
