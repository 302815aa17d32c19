"""Two instruments -> are they one? Parties, kind, day of signature, subject, steps; a name alone never suffices."""

from servanda.ledger.linking import parties
from servanda.ledger.linking.features import Features
from servanda.ledger.linking.spans import Days, grain, meet, say, within
from servanda.ledger.linking.verdict import SAME, UNRELATED, Verdict, different, judged
from servanda.ledger.linking.wording import overlap, shared

_MADE = frozenset({"signed", "ratified", "in_force", "implemented", "extended", "amended", "withdrawn", "terminated"})
_SOUGHT = frozenset({"negotiated", "planned"})
_RARE = frozenset({"extended", "amended", "suspended", "withdrawn", "terminated", "rejected"})
_NEAR_KINDS = frozenset(
    {
        frozenset({"agreement", "contract"}),
        frozenset({"agreement", "memorandum"}),
        frozenset({"agreement", "protocol"}),
        frozenset({"plan", "memorandum"}),
    }
)
_HALF = 0.5  # of a subject: two are of one name
_WEEK, _MONTH, _YEAR = 7, 31, 366


def compare_instruments(a: Features, b: Features, near: bool = True) -> Verdict:
    """What two instruments are to each other; of those that are not `near` only whether they differ."""
    level = parties.agreement(a, b)
    if level == parties.NOT:
        return different("other parties") if a.report == b.report else UNRELATED
    if bool(a.numbers) != bool(b.numbers):
        return different("one of several documents counted together")
    if a.days and b.days and not meet(a.days, b.days):
        return different(f"signature days differ: {say(min(a.days, b.days))}, {say(max(a.days, b.days))}")
    alike = a.kind == b.kind or "other" in (a.kind, b.kind) or frozenset({a.kind, b.kind}) in _NEAR_KINDS
    if a.report == b.report:
        return _of_one_report(a, b, near, alike)
    exact = a.days and b.days and grain(a.days) == grain(b.days) == "day"
    if alike and a.days and exact and overlap(a.topic, b.topic) == 0:
        return different(f"two subjects, signed on one day, {say(a.days)}")
    if not near:
        return UNRELATED
    return _of_two_reports(a, b, level) if alike else _of_far_kinds(a, b, level)


def _of_far_kinds(a: Features, b: Features, level: int) -> Verdict:
    """A document that one report calls a statement and the other an agreement."""
    if level == parties.EQUAL and a.days == b.days and a.days and (overlap(a.topic, b.topic) or 0.0) >= _HALF:
        return judged(SAME, [f"signed {say(a.days)} in both", _subject(a, b)], f"told as {a.kind} and as {b.kind}")
    return UNRELATED


def _of_one_report(a: Features, b: Features, near: bool, alike: bool) -> Verdict:
    """The reader gives one record a thing: two of one name are two, or a person must look."""
    if alike and a.kind == b.kind and overlap(a.topic, b.topic) == 1.0:
        if not near:
            return UNRELATED
        return judged(SAME, [_subject(a, b)], "one report tells of both")
    return different("two instruments of one report")


def _of_two_reports(a: Features, b: Features, level: int) -> Verdict:
    reasons = ["same parties" if level == parties.EQUAL else "parties agree"]
    score = {parties.EQUAL: 0.3, parties.PARTLY: 0.2, parties.LOOSELY: 0.15}[level]
    score += 0.1 if a.kind == b.kind else 0.03
    about = overlap(a.topic, b.topic)
    if a.days and b.days:
        exact = grain(a.days) == grain(b.days) == "day"
        coarse = "year" in (grain(a.days), grain(b.days))
        score += 0.35 if exact else 0.17 if coarse else 0.22
        reasons.append("signed the same day" if exact else f"signature days agree: {say(a.days)}, {say(b.days)}")
    if about:
        score += 0.3 * about
        reasons.append(_subject(a, b))
    elif about == 0:
        score -= 0.3
    score += _of_times(a, b, reasons) + _of_steps(a, b, reasons)
    return judged(score, reasons, _doubt(a, b, score, about or 0.0))


def _doubt(a: Features, b: Features, score: float, about: float) -> str:
    """What leaves it to a person whether two of one name are one."""
    if _made_then_sought(a, b) or _made_then_sought(b, a):
        return "one exists, the other is still sought"
    if score < SAME and about >= _HALF and not (a.days and b.days):
        return "one name, told years apart, and not both with a day"
    return ""


def _subject(a: Features, b: Features) -> str:
    return "same subject: " + " ".join(shared(a.topic, b.topic))


def _of_steps(a: Features, b: Features, reasons: list[str]) -> float:
    """Other steps that both tell, and the period that they cover."""
    same = {
        s.step
        for s in a.steps
        for t in b.steps
        if s.step == t.step != "signed" and s.by == t.by and (not (s.days and t.days) or meet(s.days, t.days))
    }
    reasons.extend(f"{step} in both" for step in sorted(same))
    score = min(sum(0.15 if step in _RARE else 0.1 for step in same), 0.25)
    if a.valid and a.valid == b.valid:
        reasons.append(f"valid {say(a.valid)} in both")
        score += 0.15
    return score


def _of_times(a: Features, b: Features, reasons: list[str]) -> float:
    """How near in time the two are told, and where one says no day, how near it is told to the other's signature."""
    score = _of_reports(a, b, reasons)
    if not a.days and b.days:
        score += _since(a, b.days, reasons)
    if a.days and not b.days:
        score += _since(b, a.days, reasons)
    return score


def _of_reports(a: Features, b: Features, reasons: list[str]) -> float:
    if within(a.day, b.day, _WEEK):
        reasons.append("told within a week")
        return 0.15
    if within(a.day, b.day, _MONTH):
        reasons.append("told within a month")
        return 0.1
    if within(a.day, b.day, _YEAR):
        return 0.05
    return 0.0 if a.days and b.days else -0.15


def _since(undated: Features, signed: Days, reasons: list[str]) -> float:
    if any(s.step == "planned" and s.days and meet(s.days, signed) for s in undated.steps):
        reasons.append(f"to be signed as the other was: {say(signed)}")
        return 0.25
    if undated.day is None:
        return 0.0
    lag = max(undated.day - signed[1], signed[0] - undated.day, 0)
    if lag <= _MONTH:
        reasons.append("told within a month of the signature")
        return 0.1
    return 0.0 if lag <= _YEAR else -0.05 if lag <= 2 * _YEAR else -0.2


def _made_then_sought(a: Features, b: Features) -> bool:
    """Whether a is told as made, and b, later or on the day, as still to be made."""
    if a.day is None or b.day is None or a.denied or b.denied:
        return False
    made = any(s.step in _MADE for s in a.steps)
    sought = any(s.step in _SOUGHT for s in b.steps) and not any(s.step in _MADE for s in b.steps)
    return made and sought and b.day >= (a.days[1] if a.days else a.day)
