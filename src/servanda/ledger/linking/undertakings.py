"""Two undertakings -> are they one? Who does what for whom, what is given, how much, by when, under what instrument."""

from servanda.ledger.linking import parties
from servanda.ledger.linking.amounts import Weighed, weigh
from servanda.ledger.linking.features import Features
from servanda.ledger.linking.instruments import compare_instruments
from servanda.ledger.linking.spans import EVER, NEVER, apart, meet, say, within
from servanda.ledger.linking.verdict import UNRELATED, Outcome, Verdict, different, judged
from servanda.ledger.linking.wording import heads, overlap, shared

_GROUPS = {
    **dict.fromkeys(("give", "supply", "buy", "transport", "lend", "finance", "pay"), "transfer"),
    **dict.fromkeys(("ease", "restrict", "refrain"), "bounds"),
    **dict.fromkeys(("raise", "cut"), "level"),
    **dict.fromkeys(("deploy", "host"), "presence"),
}
_HANDS_OVER = frozenset({"give", "supply", "buy", "transport", "lend", "finance", "pay", "refrain"})
_TO_COME = frozenset({"announced"})
SPOKEN_OF = 366  # days between reports that have nothing but an object in common


def act_group(act: str) -> str:
    """Acts by which reports tell one deed: giving, supplying and carrying goods, and the like."""
    return _GROUPS.get(act, act)


def compare_undertakings(a: Features, b: Features) -> Verdict:
    """What two undertakings are to each other."""
    level = parties.agreement(a, b)
    if level == parties.NOT:
        return UNRELATED
    rests = compare_instruments(a.under, b.under) if a.under and b.under else UNRELATED
    if a.under and a.under == b.under:
        rests = Verdict("same", 1.0, ())
    if rests.kind == "different":
        return different("under different instruments", *rests.reasons)
    amounts = weigh(a.numbers, b.numbers)
    about = overlap(a.topic, b.topic)
    apart = _stages(a, b, amounts)
    if apart:
        return different(apart)
    if a.report == b.report:
        return _of_one_report(a, b, amounts, about)
    return _of_two_reports(a, b, level, rests, amounts, about)


def _stages(a: Features, b: Features, amounts: Weighed) -> str:
    """Why two are stages or a part of one whole, each a thing of its own; empty where they are not."""
    if amounts.equal or amounts.fits or not (a.numbers and b.numbers):
        return ""
    both_to_come = a.state in _TO_COME and b.state in _TO_COME
    if both_to_come and a.days != b.days and (a.report == b.report or (amounts.ratio or 1.0) < 0.8):
        return f"stages with amounts and days of their own: {amounts.clash}" if amounts.ratio else ""
    return ""


def _of_one_report(a: Features, b: Features, amounts: Weighed, about: float | None) -> Verdict:
    """The reader gives one record a thing, and lists what differs."""
    if a.kind != b.kind or (a.state == b.state and amounts.ratio is not None) or (amounts.equal and a.state != b.state):
        return different("two things of one report")
    return UNRELATED


def _of_two_reports(
    a: Features, b: Features, level: int, rests: Verdict, amounts: Weighed, about: float | None
) -> Verdict:
    same_act = a.kind == b.kind
    if not _grounds(a, b, rests, amounts):
        return UNRELATED
    reasons = ["same parties" if level == parties.EQUAL else "parties agree"]
    score = {parties.EQUAL: 0.3, parties.PARTLY: 0.2, parties.LOOSELY: 0.12}[level]
    if same_act:
        score += 0.2
        reasons.append(f"same act: {a.kind}")
    else:
        score -= 0.1 if "other" in (a.kind, b.kind) else 0.05
    most: Outcome = "same"
    if rests.kind == "same":
        score += 0.2
        reasons.append("under the same instrument")
    elif a.under and b.under:
        score -= 0.1
    if about:
        score += 0.25 * about
        reasons.append("same object: " + " ".join(shared(a.topic, b.topic)))
    elif about == 0 and not (same_act and rests.kind == "same" and a.kind in _HANDS_OVER):
        score -= 0.15
    score += _of_amounts(amounts, reasons) + _of_times(a, b, reasons)
    if a.places and b.places:
        common = shared(a.places, b.places)
        score += 0.08 if common else -0.05
        reasons.extend(f"in {place}" for place in common)
    return judged(score, reasons, most)


def _grounds(a: Features, b: Features, rests: Verdict, amounts: Weighed) -> bool:
    """Whether there is anything to join on beside the parties."""
    if amounts.equal:
        return True
    if act_group(a.kind) != act_group(b.kind):
        return rests.kind == "same" and "other" in (a.kind, b.kind)
    return rests.kind == "same" or _deadline(a, b) or (heads(a, b) and within(a.day, b.day, SPOKEN_OF))


def _of_amounts(amounts: Weighed, reasons: list[str]) -> float:
    if amounts.equal:
        reasons.extend(amounts.equal)
        return 0.3
    if amounts.fits:
        reasons.extend(amounts.fits)
        return 0.15
    if amounts.ratio is None:
        return 0.0
    reasons.append(f"amounts differ: {amounts.clash}")
    return -0.03 if amounts.ratio >= 0.8 else -0.15


def _of_times(a: Features, b: Features, reasons: list[str]) -> float:
    """Deadlines, and how near in time the two are told."""
    score = 0.0
    if a.days and _deadline(a, b):
        score += 0.1
        reasons.append(f"both {say(a.days)}")
    elif a.days and b.days and not meet(a.days, b.days):
        score -= 0.05
    lag = apart(a.day, b.day)
    if lag is None:
        return score
    if lag <= 3:
        reasons.append("told within three days")
    return score + (0.1 if lag <= 3 else 0.05 if lag <= 31 else 0.0 if lag <= 800 else -0.15)


def _deadline(a: Features, b: Features) -> bool:
    """Whether both name one deadline or day."""
    return due(a) is not None and due(a) == due(b)


def due(f: Features) -> int | None:
    """The day by which, or from which on."""
    if not f.days:
        return None
    first, last = f.days
    return last if last != NEVER else first if first != EVER else None
