"""Records as reports tell them -> lines under a dossier: what happened when, who carries it, and in which words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from servanda.model.dossier import Told
from servanda.render.cards import Writer, one_line, quoted
from servanda.render.dates import render_period
from servanda.render.marks import printable
from servanda.render.text import BOLD, DIM, Paper, Run, fill

_NAMED = 3  # carriers named on one line
INDENT, STEP = "      ", "  "


@dataclass(slots=True)
class Teller:
    """Writes what records tell. `cited` are those whose words stand on the page already, `shown` the words."""

    told: dict[int, Told]
    paper: Paper
    writer: Writer
    cited: set[int] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)

    def put(self, runs: Sequence[Run], indent: str = INDENT) -> Iterator[str]:
        """Runs from this column on; what runs over stands two columns deeper."""
        safe = [(printable(words), style) for words, style in runs]
        return fill([(indent, ""), *safe], self.paper, indent + STEP)

    def find(self, numbers: Iterable[int]) -> list[Told]:
        """The records of these numbers, as far as they are here."""
        return [self.told[n] for n in numbers if n in self.told]

    def entry(self, day: str, said: str, marks: Sequence[str], told: Sequence[Told], words: str = "") -> Iterator[str]:
        """One event: day, what, marks, carriers; then the words of the first who tells it, else his quote."""
        words = words or (one_line(told[0].record.quote) if told else "")
        new = bool(words) and words not in self.shown
        where = [self.carriers(told)] if new else [self.carriers(told), *(f"#{t.id}" for t in told[:1])]
        runs = [(day, BOLD), (f" · {said}", ""), (f" ({', '.join(marks)})" if marks else "", "")]
        yield from self.put([*runs, (f" · {', '.join(filter(None, where))}" if told else "", DIM)])
        if new:
            yield from self.quote(told[0], words)

    def quote(self, told: Told, words: str = "") -> Iterator[str]:
        """The words of a record, who is cited in them, what people decided of it, its number."""
        words = words or one_line(told.record.quote)
        self.shown.add(words)
        self.cited |= {told.id, *(t.id for t in self.told.values() if one_line(t.record.quote) == words)}
        source = told.record.source and f"{self.writer.word('source')}: {one_line(told.record.source)}"
        notes = ", ".join(note for note in (source, *self._marks(told), f"#{told.id}") if note)
        runs = [(quoted(words), ""), (f" — {notes}", DIM)] if words else [(notes, DIM)]
        yield from self.put(runs, INDENT + STEP)

    def _marks(self, told: Told) -> Iterator[str]:
        if told.review:
            fields = f": {', '.join(told.corrected)}" if told.corrected else ""
            yield self.writer.word(f"review/{told.review}") + fields
        if told.carrier.withdrawn:
            yield self.writer.word("withdrawn")
        if told.carrier.purged:
            yield self.writer.word("purged")

    def carriers(self, told: Iterable[Told]) -> str:
        """Who carries it: a few names, the others counted."""
        names = list(dict.fromkeys(map(carrier_name, told)))
        if len(names) <= _NAMED + 1:
            return self.writer.joined(names)
        more = self.writer.word("and_more").replace("#", str(len(names) - _NAMED))
        return f"{', '.join(names[:_NAMED])} {self.writer.word('and')} {more}"

    def carried(self, told: Told) -> str:
        """Carrier and day of the report, and whose wire it rewrites."""
        day, first = told.carrier.published, self.told.get(told.rewrites or 0)
        rewritten = f"{self.writer.word('rewrites')} {carrier_name(first)}" if first else ""
        return ", ".join(filter(None, (carrier_name(told), day and render_period(day, self.paper.ui), rewritten)))


def carrier_name(told: Told) -> str:
    """The agency, or the report where none is told."""
    return one_line(told.carrier.agency or told.carrier.report)
