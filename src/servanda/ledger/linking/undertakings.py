"""Two undertakings -> are they one? Who does what for whom, what is given, how much, by when, under what instrument."""

from servanda.ledger.linking import parties
from servanda.ledger.linking.acts import act_group
from servanda.ledger.linking.amounts import Weighed, say_clash, say_number, weigh
from servanda.ledger.linking.features import Features
from servanda.ledger.linking.instruments import compare_instruments
from servanda.ledger.linking.spans import NEVER, due, say, within
from servanda.ledger.linking.verdict import SAME, UNRELATED, Verdict, different, judged
from servanda.ledger.linking.wording import akin, overlap, shared

_WHOLE = frozenset({"give", "supply", "buy", "transport", "lend", "finance", "refrain"})  # told by the act alone
_YEAR, _MONTH, _WEEK, _SOON = 366, 31, 7, 3
_HALF = 0.5  # of an object, that two different acts must share
_PART = 0.7  # a smaller share of another amount is a part of it, a larger one another count of the same


def compare_undertakings(a: Features, b: Features, near: bool = True) -> Verdict:
    """What two undertakings are to each other; of those that are not `near` only whether they differ."""
    level = parties.agreement(a, b)
    if level == parties.NOT:
        return UNRELATED
    rests = _under(a, b, near)
    if rests.kind == "different":
        return different("under different instruments", *rests.reasons)
    amounts = weigh(a.numbers, b.numbers)
    why = _stages(a, b, amounts) or _another_time(a, b, amounts) or (a.report == b.report and _listed(a, b, amounts))
    if why:
        return different(why)
    if not near or a.report == b.report or not _akin(a, b, rests, amounts):
        return UNRELATED
    return _scored(a, b, level, rests, amounts)


def _under(a: Features, b: Features, near: bool) -> Verdict:
    if not (a.under and b.under):
        return UNRELATED
    return Verdict("same", 1.0, ()) if a.under == b.under else compare_instruments(a.under, b.under, near)


def _stages(a: Features, b: Features, amounts: Weighed) -> str:
    """Why two are stages with days of their own, or one a stage of the other; empty where they are not."""
    if amounts.equal or amounts.fits or not amounts.clash or due(a.days) == due(b.days):
        return ""
    one, other = amounts.clash
    if _to_come(a) and _to_come(b):
        apart = a.report == b.report or amounts.ratio < _PART or not _near(due(a.days), due(b.days))
    elif a.report == b.report:
        apart = _is_stage(a) or _is_stage(b)
    else:
        part, whole = (a, b) if one[0] < other[0] else (b, a)
        apart = amounts.ratio < _PART and _is_stage(part) and (due(part.days) or 0) <= (due(whole.days) or NEVER)
    return f"stages with amounts and days of their own: {say_clash(amounts.clash)}" if apart else ""


def _near(one: int | None, other: int | None) -> bool:
    """Whether two deadlines may be one; where one is silent, the amounts decide."""
    return one is None or other is None or abs(one - other) <= _MONTH


def _another_time(a: Features, b: Features, amounts: Weighed) -> str:
    """Why two are one kind of deed at two times; empty where they are not."""
    if a.state == b.state == "fulfilled":
        if amounts.equal and a.days and b.days and (a.days[1] < b.days[0] or b.days[1] < a.days[0]):
            return f"done at two times: {say(min(a.days, b.days))}, {say(max(a.days, b.days))}"
        return ""
    done, ahead = (a, b) if a.state == "fulfilled" else (b, a)
    if done.state != "fulfilled" or not _to_come(ahead) or not done.days or ahead.day is None:
        return ""
    before = ahead.day - done.days[1]
    if before > _YEAR or (before > _WEEK and not amounts.clash):
        return f"one done {say(done.days)}, the other to come after it"
    return ""


def _listed(a: Features, b: Features, amounts: Weighed) -> str:
    """Why two of one report are two things: the reader gives one record a thing, and lists what differs."""
    if a.kind != b.kind or a.by != b.by or a.to != b.to:
        return "two things of one report"
    told_apart = a.source and b.source and a.source != b.source
    if _to_come(a) and _to_come(b) and not told_apart:
        return "a list in one report"
    to_come_yet = {a.state, b.state} == {"fulfilled", "announced"} and not _is_part(a, b, amounts)
    return "done, and to come" if to_come_yet else ""


def _to_come(f: Features) -> bool:
    return f.state == "announced"


def _akin(a: Features, b: Features, rests: Verdict, amounts: Weighed) -> bool:
    """Whether reports may tell one deed by these two acts: of one kind, and of one thing where the act alone does not
    tell it.
    """
    about = overlap(a.topic, b.topic)
    if act_group(a.kind) != act_group(b.kind):
        return rests.kind == "same" and "other" in (a.kind, b.kind) and bool(about)
    if amounts.equal or (about or 0.0) >= _HALF:
        return True
    if a.kind != b.kind:
        return False
    if rests.kind == "same" and a.kind in _WHOLE:
        return True
    return about != 0 and (_same_day(a, b) or amounts.counted or bool(shared(a.places, b.places)))


def _scored(a: Features, b: Features, level: int, rests: Verdict, amounts: Weighed) -> Verdict:
    reasons = ["same parties" if level == parties.EQUAL else "parties agree"]
    score = {parties.EQUAL: 0.3, parties.PARTLY: 0.22, parties.LOOSELY: 0.12}[level]
    if a.kind == b.kind:
        score += 0.15
        reasons.append(f"same act: {a.kind}")
    else:
        score += 0.05 if act_group(a.kind) == act_group(b.kind) else -0.05
    if rests.kind == "same":
        score += 0.3 if a.kind == b.kind and a.kind in _WHOLE else 0.2
        reasons.append("under the same instrument")
    score += _of_object(a, b, rests, reasons) + _of_amounts(a, b, amounts, reasons) + _of_places(a, b, reasons)
    score += _of_days(a, b, reasons)
    if rests.kind != "same" and not within(a.day, b.day, 2 * _MONTH):
        score -= _of_distance(a, b, amounts)
    if amounts.clash and not amounts.equal and (_is_stage(a) or _is_stage(b)):
        score = min(score, SAME + 0.02)
    return judged(score, reasons, _doubt(a, b, score, rests, amounts))


def _doubt(a: Features, b: Features, score: float, rests: Verdict, amounts: Weighed) -> str:
    """What leaves it to a person whether the two are one."""
    if score < SAME:
        return "perhaps a part of what was promised" if _is_part(a, b, amounts) else ""
    if rests.kind == "same" or a.state != b.state or _same_day(a, b) or within(a.day, b.day, _YEAR):
        return ""
    return "perhaps done again: told more than a year apart"


def _is_part(a: Features, b: Features, amounts: Weighed) -> bool:
    """Whether one tells what became of a smaller amount than the other announces."""
    if not amounts.clash or _to_come(a) == _to_come(b):
        return False
    return min(amounts.clash) in (b.numbers if _to_come(a) else a.numbers)


def _of_distance(a: Features, b: Features, amounts: Weighed) -> float:
    """What it costs to be told months apart: most where each announces an amount of its own."""
    if amounts.clash and _to_come(a) and _to_come(b):
        return 0.25
    return 0.0 if amounts.equal or shared(a.places, b.places) else 0.08


def _is_stage(f: Features) -> bool:
    return _to_come(f) and bool(f.numbers) and f.days is not None


def _of_object(a: Features, b: Features, rests: Verdict, reasons: list[str]) -> float:
    about = overlap(a.topic, b.topic)
    if about:
        words = shared(a.topic, b.topic)
        reasons.append("same object: " + " ".join(words))
        return about * 0.3
    common = akin(a, b)
    if len(common) > 1:
        reasons.append("words in both: " + " ".join(common))
        return 0.05
    return 0.0 if about is None else -0.05 if rests.kind == "same" else -0.1


def _of_amounts(a: Features, b: Features, amounts: Weighed, reasons: list[str]) -> float:
    if amounts.equal:
        reasons.extend(amounts.equal)
        return 0.3
    if amounts.fits:
        reasons.extend(amounts.fits)
        return 0.12
    if not amounts.clash:
        return -0.1 if _is_stage(a) != _is_stage(b) else 0.0
    if _to_come(a) != _to_come(b) and amounts.ratio < _PART:
        small, large = sorted(amounts.clash)
        reasons.append(f"{say_number(small)} of {say_number(large)}")
        return 0.0 if _is_part(a, b, amounts) else -0.05
    reasons.append(f"amounts differ: {say_clash(amounts.clash)}")
    return 0.0 if amounts.ratio >= _PART else -0.15


def _of_places(a: Features, b: Features, reasons: list[str]) -> float:
    if not (a.places and b.places):
        return 0.0
    common = shared(a.places, b.places)
    reasons.extend(f"in {place}" for place in common)
    return 0.12 if common else -0.1


def _of_days(a: Features, b: Features, reasons: list[str]) -> float:
    """Deadlines, and how near in time the two are told."""
    score = 0.0
    if _same_day(a, b) and a.days:
        score += 0.12
        reasons.append(f"both {say(a.days)}")
    elif _to_come(a) and _to_come(b) and a.days and b.days:
        score -= 0.12
    if within(a.day, b.day, _SOON):
        reasons.append("told within three days")
        return score + 0.1
    return score + (0.05 if within(a.day, b.day, _MONTH) else 0.0)


def _same_day(a: Features, b: Features) -> bool:
    """Whether both name one deadline or day."""
    return due(a.days) is not None and due(a.days) == due(b.days)
