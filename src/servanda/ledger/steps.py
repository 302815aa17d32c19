"""Records of one instrument -> its steps on a time line, and how far it has come. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from servanda.ledger.days import Reach, published, reach
from servanda.model.dossier import StepTold, Told
from servanda.model.edtf import first_day
from servanda.model.reading import Instrument, Step
from servanda.model.terms import StepName

ORDER = {step.value: rank for rank, step in enumerate(StepName)}
_ONE_SIDED = ("approved", "ratified", "suspended", "withdrawn", "rejected")
_EVENTS = ("extended", "amended")  # of a life that goes on: no stage of it, and taken again and again
_RANK = ORDER | dict.fromkeys(_EVENTS, ORDER["signed"] - 0.5)
_WEEK = timedelta(days=7)  # in which reports tell of the same one
_UNDONE = ("suspended", "withdrawn", "terminated", "rejected")  # until a later step says otherwise
_CERTAINTY = ("stated", "possible", "denied")
_IN_FORCE_BY_SIGNING = re.compile(
    r"вступ\w+ в силу (с|со|в) (даты|дня|день|момента) (его |её |ее )?подписания"
    r"|enters? into force (on|upon|from) (the (date|day) of )?(its )?signature",
    re.IGNORECASE,
)


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
    for at, computed in _in_force_by_clause(told, steps):
        steps.insert(at, computed)
    return tuple(steps)


def _days(step: Step, told: Told) -> Reach:
    """When the step can have been taken; one that is taken repeatedly, not long before its report."""
    days = reach(step.date, told)
    if step.date or step.step not in _EVENTS or days.last == date.max:
        return days
    return Reach(days.last - _WEEK, days.last)


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
        certainty=certainty,
        to_come=first is not None and first > day,
    )


def _in_force_by_clause(told: Sequence[Told], steps: Sequence[StepTold]) -> Iterator[tuple[int, StepTold]]:
    """In force since the signing, and its place: where a clause of this is cited and nobody tells of the entry."""
    signed = [n for n, s in enumerate(steps) if s.step == "signed" and s.certainty == "stated" and not s.to_come]
    if len(signed) != 1 or not steps[signed[0]].date or any(s.step == "in_force" for s in steps):
        return
    if citing := tuple(t.id for t in told if _IN_FORCE_BY_SIGNING.search(t.record.quote)):
        yield signed[0] + 1, StepTold("in_force", steps[signed[0]].date, None, citing, computed=True)


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
