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
POSSIBLE = 0.55  # and from here on ask a person
DOUBTFUL = 0.4  # or from here on, where the records themselves give a doubt
_ABOVE = 0.4  # points beyond what suffices count less, so that they do not run beyond 1


def different(*reasons: str) -> Verdict:
    """Two things, whatever else they share."""
    return Verdict("different", 0.0, reasons)


def judged(score: float, reasons: list[str], doubt: str = "") -> Verdict:
    """The verdict of a score; a doubt leaves to a person what would else be joined."""
    score = round(score, 3)
    if score < (DOUBTFUL if doubt else POSSIBLE):
        return UNRELATED
    if score < SAME or doubt:
        reasons = [*reasons, doubt] if doubt else reasons
        return Verdict("possible", min(score, SAME), tuple(reasons))
    return Verdict("same", round(min(SAME + (score - SAME) * _ABOVE, 0.999), 3), tuple(reasons))
