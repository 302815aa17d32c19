"""Records of one instrument -> its steps on a time line, and how far it has come. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from servanda.ledger.clauses import Clause, find_clause
from servanda.ledger.days import Reach, published, reach
from servanda.model.dossier import StepTold, Told
from servanda.model.edtf import add_days, first_day
from servanda.model.reading import Instrument, Step
from servanda.model.terms import How, StepName

ORDER = {step.value: rank for rank, step in enumerate(StepName)}
_ONE_SIDED = ("approved", "ratified", "suspended", "withdrawn", "rejected")
_EVENTS = ("extended", "amended")  # of a life that goes on: no stage of it, and taken again and again
_RANK = ORDER | dict.fromkeys(_EVENTS, ORDER["signed"] - 0.5)
_WEEK = 7  # days in which reports tell of the same one
_UNDONE = ("suspended", "withdrawn", "terminated", "rejected")  # until a later step says otherwise
_CERTAINTY = ("stated", "possible", "denied")


@dataclass(slots=True)
class _Line:
    """A step, and all who tell it; the first to be put here tells it most exactly."""

    step: Step
    reach: Reach
    told: list[Told] = field(default_factory=list)

    def fits(self, step: Step, days: Reach) -> bool:
        parties = {self.step.by, step.by} - {None}
        return self.reach.meets(days) and (step.step not in _ONE_SIDED or len(parties) < 2)


def fold_steps(told: Sequence[Told], day: date) -> tuple[StepTold, ...]:
    """Steps in the order of their days, those of one day as treaty law has them; told by many, each is one.

    Tellings are of one step where their dates can be of one day, and a one-sided step is not of two parties; a step
    without a date was taken by the day of its report.
    """
    lines: dict[tuple[str, bool], list[_Line]] = defaultdict(list)
    for step, teller in sorted(_tellings(told), key=_exactness):
        days = _days(step, teller)
        alike = lines[step.step, teller.record.certainty == "denied"]
        line = next((line for line in alike if line.fits(step, days)), None)
        if line is None:
            alike.append(line := _Line(step, days))
        line.told.append(teller)
    steps = [_say(line, day) for line in sorted((line for alike in lines.values() for line in alike), key=_place)]
    for at, computed in _in_force_by_clause(told, steps, day):
        steps.insert(at, computed)
    return tuple(steps)


def _days(step: Step, told: Told) -> Reach:
    """When the step can have been taken; one that is taken repeatedly, not long before its report."""
    days = reach(step.date, told)
    if step.date or step.step not in _EVENTS or days.last == date.max:
        return days
    return Reach(add_days(days.last, -_WEEK) or date.min, days.last)


def _tellings(told: Sequence[Told]) -> Iterator[tuple[Step, Told]]:
    for t in told:
        if isinstance(t.record, Instrument):
            yield from ((step, t) for step in t.record.steps)


def _exactness(telling: tuple[Step, Told]) -> tuple[object, ...]:
    step, told = telling
    days = reach(step.date, told)
    return (
        ORDER[step.step],
        step.date is None,
        step.by is None,
        days.days,
        days,
        step.by or "",
        published(told),
        told.id,
    )


def _place(line: _Line) -> tuple[object, ...]:
    """A step without a date stands at its first report."""
    known = first_day(line.step.date) if line.step.date else None
    return (
        known or min(map(published, line.told)),
        ORDER[line.step.step],
        line.step.by or "",
        line.told[0].record.certainty == "denied",
    )


def _say(line: _Line, day: date) -> StepTold:
    tellers = sorted(line.told, key=lambda t: (published(t), t.id))
    certainty = min((t.record.certainty for t in tellers), key=_CERTAINTY.index)
    first = first_day(line.step.date) if line.step.date else None
    return StepTold(
        line.step.step,
        line.step.date,
        line.step.by,
        tuple(dict.fromkeys(t.id for t in tellers)),
        computed=_is_computed(line),
        certainty=certainty,
        to_come=first is not None and first > day,
    )


def _is_computed(line: _Line) -> bool:
    """Whether whoever tells the day has worked it out."""
    hows = [
        basis.how
        for t in line.told
        if isinstance(t.record, Instrument) and line.step.date and line.step in t.record.steps
        if (basis := t.record.basis.get(f"steps/{t.record.steps.index(line.step)}/date"))
    ]
    return bool(hows) and all(how == How.COMPUTED for how in hows)


def _in_force_by_clause(told: Sequence[Told], steps: Sequence[StepTold], day: date) -> Iterator[tuple[int, StepTold]]:
    """In force since the day that a clause tells, and its place: where nobody tells of the entry."""
    if any(s.step == "in_force" for s in steps):
        return
    citing: dict[Clause, list[int]] = defaultdict(list)
    for t in told:
        if t.record.certainty == "stated" and (clause := find_clause(t.record.quote)):
            citing[clause].append(t.id)
    if len(citing) != 1:  # none, or they contradict each other
        return
    [(clause, numbers)] = citing.items()
    base = _day_of(clause.step, steps, told)
    since = clause.count_from(base) if base else None
    first = since and first_day(since)
    if since and first:
        at = 1 + max(n for n, s in enumerate(steps) if s.date == base or (_first(s) or date.max) <= first)
        yield at, StepTold("in_force", since, None, tuple(numbers), computed=True, to_come=first > day)


def _first(step: StepTold) -> date | None:
    return first_day(step.date) if step.date else None


def _day_of(step: str, steps: Sequence[StepTold], told: Sequence[Told]) -> str | None:
    """The day of the one signing; of the ratification by the last party, where it is told of all."""
    taken = [s for s in steps if s.step == step and s.certainty == "stated" and not s.to_come]
    if step == "signed":
        return taken[0].date if len(taken) == 1 else None
    parties = {party for t in told if isinstance(t.record, Instrument) for party in t.record.parties}
    days = {s.by: s.date for s in taken}
    if not parties or set(days) != parties or len(taken) != len(days) or not all(map(_is_day, days.values())):
        return None
    return max(filter(None, days.values()))


def _is_day(edtf: str | None) -> bool:
    return edtf is not None and len(edtf) == len("2021-12-08")


def furthest(steps: Sequence[StepTold]) -> str:
    """The furthest stage that is stated and not to come; a later date lifts a suspension, a refusal, an end.

    What was extended or amended has been concluded, and stands as it stood; nothing else being told, it is that.
    """
    stage, undone = "", ""
    for step in steps:
        if step.certainty != "stated" or step.to_come:
            continue
        if step.step in _UNDONE:
            undone = step.step if step.date or not undone else max(undone, step.step, key=_RANK.__getitem__)
            continue
        lifting = undone and step.date and ORDER[step.step] > ORDER["planned"] and step.step != "amended"
        renewed = lifting and step.step not in _EVENTS
        if renewed or not stage or _RANK[step.step] > _RANK[stage]:
            stage = step.step
        undone = "" if lifting else undone
    return undone or stage or "mentioned"
