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
POSSIBLE = 0.4  # and from here on ask a person, where the records themselves give a doubt
_ABOVE = 0.4  # points beyond what suffices count less, so that they do not run beyond 1


def different(*reasons: str) -> Verdict:
    """Two things, whatever else they share."""
    return Verdict("different", 0.0, reasons)


def judged(score: float, reasons: list[str], doubt: str = "") -> Verdict:
    """The verdict of a score; a doubt, in words, leaves to a person what else would be joined, or not."""
    score = round(score, 3)
    if score < (POSSIBLE if doubt else SAME):
        return UNRELATED
    if doubt:
        return Verdict("possible", min(score, SAME), (*reasons, doubt))
    return Verdict("same", round(min(SAME + (score - SAME) * _ABOVE, 0.999), 3), tuple(reasons))
