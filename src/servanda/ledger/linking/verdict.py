"""What two records are to each other, and why."""

from typing import Literal, NamedTuple

Outcome = Literal["same", "possible", "different", "unrelated"]


class Verdict(NamedTuple):
    """`different` keeps two records apart for good; `unrelated` only says that nothing joins them."""

    kind: Outcome
    score: float  # 0 to 1: how surely they are one thing
    reasons: tuple[str, ...]  # plain words


UNRELATED = Verdict("unrelated", 0.0, ())

SAME = 0.6  # scores from here on join
POSSIBLE = 0.45  # and from here on ask a person


def different(*reasons: str) -> Verdict:
    """Two things, whatever else they share."""
    return Verdict("different", 0.0, reasons)


def judged(score: float, reasons: list[str], most: Outcome = "same") -> Verdict:
    """The verdict of a score; `most` is the boldest that the records allow."""
    score = round(min(max(score, 0.0), 0.99), 3)
    if score < POSSIBLE:
        return UNRELATED
    if score < SAME or most != "same":
        return Verdict("possible", min(score, SAME - 0.001), tuple(reasons))
    return Verdict("same", score, tuple(reasons))
