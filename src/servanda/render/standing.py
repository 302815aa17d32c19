"""A dossier -> how the thing stands, in a few words: furthest step, performance and deadline, status."""

from collections.abc import Iterator
from dataclasses import dataclass

from servanda.model.dossier import Dossier
from servanda.model.edtf import last_day
from servanda.model.reading import Step, Undertaking
from servanda.render.cards import Writer, one_line
from servanda.render.counts import counted
from servanda.render.dates import render_at, render_period
from servanda.render.words import labels

TRANSFERS = ("give", "lend", "supply", "finance", "transport", "share", "train", "pay")  # have a giver and a receiver
_OPEN = {"intention": "planned", "prohibition": "stands", "permission": "stands"}


@dataclass(frozen=True, slots=True)
class Standing:
    """Says how one dossier stands."""

    dossier: Dossier
    writer: Writer

    def phrases(self) -> Iterator[str]:
        """How it stands, and as of when."""
        status = self.dossier.status
        match self.dossier.type:
            case "instrument":
                yield self._stage()
            case "undertaking":
                yield from self._performance()
            case "meeting":
                yield self.writer.word("denied" if status == "denied" else f"status/{status}")
            case _ if status != "reported":
                yield self.writer.word(status)
        if self.dossier.as_of:
            yield f"{self.writer.word('day_of')} {render_period(self.dossier.as_of, self.writer.ui)}"

    def brief(self) -> str:
        """A word or two."""
        status, known = self.dossier.status, labels(self.writer.ui)
        table = {"instrument": "step", "meeting": "status"}.get(self.dossier.type)
        return known.get(f"brief/{table}/{status}") or known.get(f"brief/{status}") or known[f"{table}/{status}"]

    def _stage(self) -> str:
        """The furthest step, with who took it and when."""
        status = self.dossier.status
        if status in _UNTOLD:
            return self.writer.word(status)
        taken = [s for s in self.dossier.steps if (s.step, s.certainty, s.to_come) == (status, "stated", False)]
        said = "; ".join(dict.fromkeys(self.writer.step(Step(s.step, s.date, s.by)) for s in taken))
        return f"{said} ({self.writer.word('computed')})" if any(s.computed for s in taken) else said

    def _performance(self) -> Iterator[str]:
        """How an undertaking stands, who says so, the deadline."""
        status, record = self.dossier.status, self.dossier.fullest.record
        modality = record.modality if isinstance(record, Undertaking) else ""
        key = _OPEN.get(modality, "open") if status == "open" else status
        yield self.writer.word(f"performance/{key}").replace("#", self._days_past())
        if status == "reported_not_performed":
            yield f"{self.writer.word('says')}: {', '.join(self._accusers())}"
        yield from self._receiver()
        if self.dossier.due:
            yield f"{self.writer.word('due')}: {self._deadlines()}"

    def _days_past(self) -> str:
        """How long ago the deadline passed."""
        end, day = last_day(self.dossier.due or ""), last_day(self.dossier.as_of or self.dossier.last or "")
        return counted((day - end).days, "day", self.writer.ui) if end and day else ""

    def _accusers(self) -> list[str]:
        """Who says that it was not kept."""
        numbers = {n for p in self.dossier.progress if p.progress == "broken" for n in p.told}
        told = [t for t in self.dossier.told if t.id in numbers]
        return list(dict.fromkeys(one_line(t.record.source or t.carrier.agency or t.carrier.report) for t in told))

    def _receiver(self) -> Iterator[str]:
        """What the receiver says of a thing that the giver alone reports as handed over."""
        record = self.dossier.fullest.record
        done = [p for p in self.dossier.progress if p.progress == "fulfilled"]
        sides = {p.side for p in done if p.certainty != "denied"}
        if isinstance(record, Undertaking) and record.act in TRANSFERS and record.to and sides == {"giver"}:
            denies = any(p.side == "taker" for p in done)
            yield self.writer.word("taker_denies" if denies else "taker_silent")

    def _deadlines(self) -> str:
        """The one in force, and those that it replaced."""
        *earlier, last = [render_at(d.due, self.writer.ui) for d in self.dossier.dues]
        return f"{last} ({self.writer.word('due_before')}: {', '.join(earlier)})" if earlier else last


_UNTOLD = ("mentioned", "denied")
