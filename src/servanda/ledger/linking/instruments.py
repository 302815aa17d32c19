"""Two instruments -> are they one? Parties, kind, day of signature, subject, steps; a name alone never suffices."""

from servanda.ledger.linking import parties
from servanda.ledger.linking.features import Features
from servanda.ledger.linking.spans import Days, fixed, grain, meet, say, within
from servanda.ledger.linking.verdict import UNRELATED, Outcome, Verdict, different, judged
from servanda.ledger.linking.wording import heads, overlap, shared

_MADE = frozenset({"signed", "ratified", "in_force", "implemented", "extended", "amended", "withdrawn", "terminated"})
_SOUGHT = frozenset({"negotiated", "planned"})
_NEAR_KINDS = frozenset(
    {
        frozenset({"agreement", "contract"}),
        frozenset({"agreement", "memorandum"}),
        frozenset({"agreement", "protocol"}),
        frozenset({"plan", "memorandum"}),
    }
)
_WEEK, _YEAR = 7, 366
UNNAMED = 31  # days between reports of which one does not say what it is about
NAMED = 731  # and where both name one subject


def compare_instruments(a: Features, b: Features) -> Verdict:
    """What two instruments are to each other."""
    level = parties.agreement(a, b)
    if level == parties.NOT:
        return different("other parties") if a.report == b.report else UNRELATED
    near = a.kind == b.kind or "other" in (a.kind, b.kind) or frozenset({a.kind, b.kind}) in _NEAR_KINDS
    if bool(a.numbers) != bool(b.numbers):
        return different("one of several documents counted together")
    if a.days and b.days and not meet(a.days, b.days):
        return different(f"signature days differ: {say(min(a.days, b.days))}, {say(max(a.days, b.days))}")
    about = overlap(a.topic, b.topic)
    if a.report == b.report:
        return _of_one_report(a, b, near, about)
    if not near or not _grounds(a, b):
        return UNRELATED
    return _of_two_reports(a, b, level, about)


def _of_one_report(a: Features, b: Features, near: bool, about: float | None) -> Verdict:
    """The reader gives one record a thing: two of one name are two, or a person must look."""
    if near and about == 1.0 and heads(a, b) and a.kind == b.kind and _grounds(a, b):
        return judged(0.55, ["one report tells of both", _subject(a, b)], "possible")
    return different("two instruments of one report")


def _grounds(a: Features, b: Features) -> bool:
    """Whether there is anything to join on: both days of signature, a subject, or reports of one month."""
    if fixed(a.days) and fixed(b.days):
        return True
    return within(a.day, b.day, NAMED if heads(a, b) else UNNAMED)


def _of_two_reports(a: Features, b: Features, level: int, about: float | None) -> Verdict:
    score, reasons = (
        0.3 if level > parties.LOOSELY else 0.15,
        ["same parties" if level == parties.EQUAL else "parties agree"],
    )
    score += 0.1 if a.kind == b.kind else 0.03
    most: Outcome = "same"
    if a.days and b.days:
        exact = grain(a.days) == grain(b.days) == "day"
        if exact and about == 0:
            return different(f"two subjects, signed on one day, {say(a.days)}")
        score += 0.35 if exact else 0.22
        reasons.append("signed the same day" if exact else f"signature days agree: {say(a.days)}, {say(b.days)}")
    if about is None:
        reasons.append("subject told by one alone") if a.topic or b.topic else None
    elif about:
        score += 0.3 * about
        reasons.append(_subject(a, b))
    else:
        score -= 0.3
    score += _closeness(a, b, reasons) + _steps(a, b, reasons)
    if _made_then_sought(a, b) or _made_then_sought(b, a):
        most = "possible"
        reasons.append("one exists, the other is still sought")
    return judged(score, reasons, most)


def _subject(a: Features, b: Features) -> str:
    return "same subject: " + " ".join(shared(a.topic, b.topic))


def _steps(a: Features, b: Features, reasons: list[str]) -> float:
    """Other steps that both tell, and the period that they cover."""
    same = {
        s.step
        for s in a.steps
        for t in b.steps
        if s.step == t.step != "signed" and s.by == t.by and (not (s.days and t.days) or meet(s.days, t.days))
    }
    reasons.extend(f"{step} in both" for step in sorted(same))
    score = min(0.1 * len(same), 0.2)
    if a.valid and a.valid == b.valid:
        reasons.append(f"valid {say(a.valid)} in both")
        score += 0.15
    return score


def _closeness(a: Features, b: Features, reasons: list[str]) -> float:
    """How near the reports, or a report and the other's signature, stand in time."""
    if within(a.day, b.day, _WEEK):
        reasons.append("told within a week")
        return 0.15
    if within(a.day, b.day, UNNAMED):
        reasons.append("told within a month")
        return 0.1
    return 0.05 if within(a.day, b.day, _YEAR) else -0.15 if not (a.days and b.days) else 0.0


def _made_then_sought(a: Features, b: Features) -> bool:
    """Whether a is told as made, and b, later or on the day, as still to be made."""
    if a.day is None or b.day is None or a.denied or b.denied:
        return False
    made = any(s.step in _MADE for s in a.steps)
    sought = any(s.step in _SOUGHT for s in b.steps) and not any(s.step in _MADE for s in b.steps)
    return made and sought and b.day >= _signed(a.days, a.day)


def _signed(days: Days | None, told: int) -> int:
    return days[1] if days else told
