"""A question that nothing answered -> why: what would have to be asked otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from servanda.ledger.questions import Term
from servanda.ledger.views import View, Wanted

if TYPE_CHECKING:
    from servanda.ledger.ledger import Ledger

Why = Literal["empty", "filters", "unknown", "apart", "chosen"]


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why nothing was found.

    `empty`: nothing is there as one looks; `filters`: the words are there, but not so filtered; `unknown`: some of the
    `words` stand nowhere; `apart`: each word is there, but no record holds them all; `chosen`: nothing is so filtered.
    """

    why: Why
    words: tuple[str, ...] = ()


def find_why(ledger: "Ledger", terms: Sequence[Term], view: View) -> Nothing:
    """For a question by words and filters, seen from somewhere."""

    def finds(some: Sequence[Term]) -> bool:
        return any(ledger.search(some, Wanted(limit=1), view))

    if not finds(()):
        return Nothing("empty")
    if not terms:
        return Nothing("chosen")
    if finds(terms):
        return Nothing("filters")
    missing = [term.forms[0] for term in terms if not finds([term])]
    if missing:
        return Nothing("unknown", tuple(" ".join(form.lemmas) + "*" * form.open for form in missing))
    return Nothing("apart")
