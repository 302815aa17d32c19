"""Two meetings -> are they one? Kind, day, people, place. A visit and the talks during it are two."""

from servanda.ledger.linking import parties
from servanda.ledger.linking.features import Features, Person
from servanda.ledger.linking.spans import fixed, grain, meet, say, within
from servanda.ledger.linking.verdict import UNRELATED, Verdict, different, judged
from servanda.ledger.linking.wording import overlap, same_script, shared

_NEAR_KINDS = frozenset({frozenset({"talks", "session"}), frozenset({"talks", "call"})})
_MONTH = 31


def compare_meetings(a: Features, b: Features, near: bool = True) -> Verdict:
    """What two meetings are to each other; of those that are not `near` only whether they differ."""
    level = parties.agreement(a, b)
    if level == parties.NOT:
        return UNRELATED
    if a.report == b.report:
        return different("two meetings of one report")
    if a.kind != b.kind and "other" not in (a.kind, b.kind) and frozenset({a.kind, b.kind}) not in _NEAR_KINDS:
        return different(f"{a.kind} and {b.kind}")
    if a.days and b.days and not meet(a.days, b.days):
        return different(f"days differ: {say(min(a.days, b.days))}, {say(max(a.days, b.days))}")
    if _others(a.people, b.people) or _others(b.people, a.people):
        return different("other people")
    return _scored(a, b, level) if near else UNRELATED


def _scored(a: Features, b: Features, level: int) -> Verdict:
    reasons = ["same parties" if level == parties.EQUAL else "parties agree"]
    score = {parties.EQUAL: 0.25, parties.PARTLY: 0.15, parties.LOOSELY: 0.08}[level]
    score += 0.1 if a.kind == b.kind else 0.0
    score += _of_days(a, b, reasons)
    met = sum(any(_is(p, q) for q in b.people) for p in a.people)
    if met:
        score += 0.15 * min(met, 2)
        reasons.append("same people")
    place = overlap(a.places, b.places)
    if place is not None:
        score += 0.15 if place else -0.1
        reasons.extend(f"in {p}" for p in shared(a.places, b.places))
    score += 0.1 * (overlap(a.topic, b.topic) or 0.0)
    alike = a.kind == b.kind or "other" in (a.kind, b.kind)
    return judged(score, reasons, "" if alike else f"told as {' and as '.join(sorted((a.kind, b.kind)))}")


def _of_days(a: Features, b: Features, reasons: list[str]) -> float:
    if a.days and b.days and fixed(a.days) and fixed(b.days):
        exact = a.days == b.days or grain(a.days) == grain(b.days) == "day"
        reasons.append(f"both {say(max(a.days, b.days))}")
        return 0.25 if exact else 0.1
    if within(a.day, b.day, _MONTH) and {*a.by} == {*b.by}:
        reasons.append("told within a month")
        return 0.1
    return -0.15


def _others(some: tuple[Person, ...], people: tuple[Person, ...]) -> bool:
    """Whether somebody named is none of those who are named for his party."""
    for p in some:
        rivals = [q for q in people if p.party and q.party == p.party]
        named = p.name and rivals and all(q.name and same_script(p.name, q.name) for q in rivals)
        if named and not any(_is(p, q) for q in rivals) and not any(_is(o, q) for o in some for q in rivals):
            return True
    return False


def _is(p: Person, q: Person) -> bool:
    if p.party != q.party:
        return False
    if p.name and q.name and same_script(p.name, q.name):
        return p.name[-1] == q.name[-1] or set(p.name) <= set(q.name) or set(q.name) <= set(p.name)
    return bool(set(p.office) & set(q.office))
