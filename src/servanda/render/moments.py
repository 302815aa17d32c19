"""A dossier -> what happened to it, moment by moment, in words: steps, progress, values, deadlines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from servanda.model.dossier import Dossier, ProgressTold, StepTold, Told
from servanda.model.reading import Figure, Instrument, Meeting, Record, Step, Undertaking
from servanda.model.spans import sentence_of
from servanda.render.amounts import render_amount, render_amounts, render_change
from servanda.render.cards import Writer, one_line
from servanda.render.dates import render_at, render_period
from servanda.render.standing import TRANSFERS


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened, or is to happen. `day` is EDTF, `when` the same in words, or why there is none.

    `told` are the records that tell it, `words` the sentence that does where no quote holds it; `sort` is step,
    progress, value or due.
    """

    sort: str
    day: str | None
    when: str
    said: str
    marks: tuple[str, ...]
    told: tuple[int, ...]
    words: str = ""
    to_come: bool = False
    certainty: str = "stated"


def find_moments(dossier: Dossier, writer: Writer) -> Iterator[Moment]:
    """Steps of an instrument, progress of an undertaking."""
    life = _Life(dossier, writer)
    yield from map(life.step, dossier.steps)
    yield from map(life.progress, dossier.progress)


def find_values(dossier: Dossier, writer: Writer) -> Iterator[Moment]:
    """The values of a figure, by period."""
    return _Life(dossier, writer).values()


def find_deadlines(dossier: Dossier, writer: Writer) -> Iterator[Moment]:
    """The deadlines that were told, the one in force last."""
    for due in dossier.dues:
        said = writer.word("due" if due == dossier.dues[-1] else "due_before")
        yield Moment("due", due.due, render_at(due.due, writer.ui), said, (), due.told)


def record_of_head(dossier: Dossier) -> Record:
    """The record that says most, without what the sections below tell."""
    record = dossier.fullest.record
    match record:
        case Instrument():
            valid = [t.record.valid for t in dossier.told if isinstance(t.record, Instrument) and t.record.valid]
            return replace(record, steps=(), valid=valid[-1] if valid else None)
        case Undertaking():
            done = dossier.status == "did"
            return replace(record, when=None, progress="fulfilled" if done else "announced")
        case Figure():
            periods = {p.period for p in dossier.points}
            period = record.period if len(periods) == 1 else None
            return replace(record, amount=None, changes=(), period=period)
        case Meeting():
            return replace(record, status="held")


def _words_of(told: Told, step: StepTold) -> str:
    """The sentence in which a report tells a step, where its text is at hand; empty where the quote holds it too."""
    record, text = told.record, told.carrier.text
    if not text or not isinstance(record, Instrument):
        return ""
    quote = record.evidence.get("quote", ())
    for number, own in enumerate(record.steps):
        spans = [
            s for path, found in record.evidence.items() if path.split("/")[:2] == ["steps", str(number)] for s in found
        ]
        if own.step == step.step and spans:
            inside = all(any(q.covers(span) for q in quote) for span in spans)
            return "" if inside else one_line(sentence_of(text, min(spans).start))
    return ""


@dataclass(frozen=True, slots=True)
class _Life:
    dossier: Dossier
    writer: Writer

    def word(self, key: str) -> str:
        return self.writer.word(key)

    def find(self, numbers: Sequence[int]) -> list[Told]:
        """The records of these numbers, in their order."""
        held = {told.id: told for told in self.dossier.told}
        return [held[n] for n in numbers if n in held]

    def step(self, step: StepTold) -> Moment:
        """A step with who takes it, and how sure it is."""
        told = self.find(step.told)
        said = self.writer.step(Step(step.step, None, step.by), self.is_signed())
        marks = [self.word("to_come")] * step.to_come + [self.word("computed")] * step.computed
        marks += [] if step.certainty == "stated" else [self.word(f"mark/{step.certainty}")]
        marks += self.prolonged(step, told)
        words = _words_of(told[0], step) if told else ""
        when = self.when(step.date, told)
        return Moment("step", step.date, when, said, tuple(marks), step.told, words, step.to_come, step.certainty)

    def is_signed(self) -> bool:
        """Whether the instrument has been signed: what is planned of it is another step."""
        return any((s.step, s.certainty, s.to_come) == ("signed", "stated", False) for s in self.dossier.steps)

    def prolonged(self, step: StepTold, told: Sequence[Told]) -> list[str]:
        """Until when an instrument was extended."""
        valid = [t.record.valid for t in told if isinstance(t.record, Instrument) and t.record.valid]
        return [render_at(valid[-1], self.writer.ui)] if step.step == "extended" and valid else []

    def when(self, edtf: str | None, told: Sequence[Told]) -> str:
        """The day of an event; where it is not told, that of its first report."""
        if edtf:
            return render_period(edtf, self.writer.ui)
        first = next((t.carrier.published for t in told if t.carrier.published), None)
        return f"{self.word('undated')} ({self.reported(first)})" if first else self.word("undated")

    def reported(self, edtf: str) -> str:
        return f"{self.word('reported_on')} {render_period(edtf, self.writer.ui)}"

    def progress(self, progress: ProgressTold) -> Moment:
        """Progress with how much was done and who says so, on which side; and how sure it is."""
        told = self.find(progress.told)
        said = self.word(f"progress/{progress.progress}")
        if amounts := ", ".join(self.amounts(progress, told)):
            said += f" ({amounts})"
        marks = [] if progress.certainty == "stated" else [self.word(f"mark/{progress.certainty}")]
        if progress.reporter is not None:
            denied = progress.certainty == "denied"
            verb = self.word("denies" if denied else "says")
            said = f"{said}, {verb} {self.writer.name(progress.reporter)} ({self.side(progress)})"
            marks = [] if denied else marks
        when = self.when(progress.date, told)
        return Moment("progress", progress.date, when, said, tuple(marks), progress.told, certainty=progress.certainty)

    def amounts(self, progress: ProgressTold, told: Sequence[Told]) -> list[str]:
        """How much was done, where the reports say."""
        if progress.progress != "fulfilled":
            return []
        said = [t.record.amounts for t in told if isinstance(t.record, Undertaking)]
        return render_amounts(next(filter(None, said), ()), self.writer.ui)

    def side(self, progress: ProgressTold) -> str:
        record, side = self.dossier.fullest.record, str(progress.side)
        if isinstance(record, Undertaking) and record.act not in TRANSFERS:
            side = {"giver": "doer", "taker": "other"}.get(side, side)
        return self.word(f"side/{side}")

    def values(self) -> Iterator[Moment]:
        """The points of a figure, by period."""
        ui = self.writer.ui
        for point in self.dossier.points:
            period = render_period(point.period, ui) if point.period else self.word("no_period")
            amount = render_amount(point.amount, ui) if point.amount else ""
            changes = [render_change(c, ui) for c in point.changes]
            said = ", ".join(filter(None, [amount, *changes])) or self.word("no_value")
            marks = [self.word(key) for key in ("target", "forecast", "revised") if getattr(point, key)]
            marks += [self.reported(point.reported)] if point.reported else []
            yield Moment("value", point.period, period, said, tuple(marks), point.told)
