"""A dossier -> lines for a terminal: what it is, how it stands, its time line with who says so, and its grounds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from servanda.model.dossier import Discrepancy, Dossier, ProgressTold, StepTold, Told
from servanda.model.reading import Figure, Instrument, Meeting, Record, Step, Undertaking
from servanda.model.spans import sentence_of
from servanda.render.amounts import render_amount, render_amounts, render_change
from servanda.render.cards import Writer, one_line, quoted
from servanda.render.counts import counted
from servanda.render.dates import render_at, render_period
from servanda.render.findings import LEVELS, Title, by_gravity, message_of, untitled
from servanda.render.marks import printable
from servanda.render.names import Namer
from servanda.render.reasons import say_reason
from servanda.render.standing import TRANSFERS, Standing
from servanda.render.text import BOLD, COLOURS, DIM, Paper, fill
from servanda.render.told import INDENT, STEP, Teller, carrier_name

_LISTED = 12  # reports and origins listed
_BESIDE = "    "  # indent of what stands under the head
_DAY, _ID, _BRIEF, _WORDS = 10, 7, 14, 20  # columns of a list


def render_dossier(
    dossier: Dossier,
    paper: Paper,
    name: Namer,
    findings: Iterable[Discrepancy] = (),
    title: Title = untitled,
    rejected: Sequence[str] = (),
) -> str:
    """The printed page of one dossier, ending in a line feed; `findings` are those that concern it.

    `title` says what the dossiers are that are perhaps the same; `rejected` what people took out of this one.
    """
    writer = Writer(paper.ui, name)
    page = _Page(dossier, paper, writer, Teller({t.id: t for t in dossier.told}, paper, writer), title)
    return "\n".join(page.lines(findings, rejected)) + "\n"


def dossier_line(dossier: Dossier, paper: Paper, name: Namer, by_deadline: bool = False) -> str:
    """A dossier on one line of a list: last report, id, how it stands, what it is, deadline; cut at its width.

    In a list by deadlines these stand first, in place of the last report.
    """
    writer = Writer(paper.ui, name)
    first = (dossier.due or "").rpartition("/")[2] if by_deadline else dossier.last or ""
    head = f"{first:<{_DAY}} {dossier.id:<{_ID}} "
    brief = f"{Standing(dossier, writer).brief():<{_BRIEF}} "
    due = f" · {render_at(dossier.due, paper.ui)}" if dossier.due and not by_deadline else ""
    words = dossier_title(dossier, paper.ui, name)
    room = max(_WORDS, paper.width - len(head) - len(brief) - len(due))
    if len(words) > room:
        words = words[: room - 1].rstrip() + "…"
    runs = [(head, f"{BOLD};{COLOURS[dossier.type]}"), (brief, ""), (words, BOLD), (due, "")]
    return "".join(fill(runs, replace(paper, width=len(head + brief + words + due))))


def dossier_title(dossier: Dossier, ui: str, name: Namer) -> str:
    """What a dossier is, in one sentence on one line."""
    return printable(Writer(ui, name).title(dossier.listed.record))


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
class _Page:
    dossier: Dossier
    paper: Paper
    writer: Writer
    teller: Teller
    title: Title

    def lines(self, findings: Iterable[Discrepancy], rejected: Sequence[str]) -> Iterator[str]:
        yield from self.head()
        yield from self.section("timeline", self.timeline())
        yield from self.section("values", self.values())
        yield from self.section("findings", (line for f in by_gravity(findings) for line in self.finding(f)))
        yield from self.section("others" if self.teller.cited else "reports", self.others())
        yield from self.section("grounds", self.grounds())
        yield from self.section("possible", self.doubles())
        said = (line for one in rejected for line in self.teller.put([(one, "")]))
        yield from self.section("rejected", said)

    def section(self, key: str, lines: Iterable[str]) -> Iterator[str]:
        """A title over the lines, where there are any."""
        body = list(lines)
        if body:
            yield from ["", *self.teller.put([(self.word(key), BOLD)], _BESIDE), *body]

    def word(self, key: str) -> str:
        return self.writer.word(key)

    def head(self) -> Iterator[str]:
        """What it is, and how it stands."""
        card = self.writer.card(self.record_of_head(), 0)
        under = [f"{self.word('under')}: {self.dossier.under}"] if self.dossier.under else []
        rest = "".join(f" · {printable(d)}" for d in (*card.details, *under))
        style = f"{BOLD};{COLOURS[self.dossier.type]}"
        yield from fill(
            [(f"{self.dossier.id}  ", style), (printable(card.sentence), BOLD), (rest, "")], self.paper, _BESIDE
        )
        phrases = filter(None, Standing(self.dossier, self.writer).phrases())
        yield from self.teller.put([(" · ".join(phrases), "")], _BESIDE)
        if all(t.carrier.withdrawn for t in self.dossier.told):
            yield from self.teller.put([(self.word("all_withdrawn"), BOLD)], _BESIDE)

    def record_of_head(self) -> Record:
        """The record that says most, without what the sections below tell."""
        record = self.dossier.fullest.record
        match record:
            case Instrument():
                valid = [
                    t.record.valid for t in self.dossier.told if isinstance(t.record, Instrument) and t.record.valid
                ]
                return replace(record, steps=(), valid=valid[-1] if valid else None)
            case Undertaking():
                done = self.dossier.status == "did"
                return replace(record, when=None, progress="fulfilled" if done else "announced")
            case Figure():
                periods = {p.period for p in self.dossier.points}
                period = record.period if len(periods) == 1 else None
                return replace(record, amount=None, changes=(), period=period)
            case Meeting():
                return replace(record, status="held")

    def timeline(self) -> Iterator[str]:
        """Steps or progress, each with who tells it and in which words."""
        for step in self.dossier.steps:
            said = self.writer.step(Step(step.step, None, step.by), self.is_signed())
            marks = [self.word("to_come")] * step.to_come + [self.word("computed")] * step.computed
            marks += [] if step.certainty == "stated" else [self.word(f"mark/{step.certainty}")]
            told = self.teller.find(step.told)
            marks += self.prolonged(step, told)
            words = _words_of(told[0], step) if told else ""
            yield from self.teller.entry(self.day(step.date, step.told), said, marks, told, words)
        for progress in self.dossier.progress:
            yield from self.teller.entry(
                self.day(progress.date, progress.told), *self.told_of(progress), self.teller.find(progress.told)
            )

    def is_signed(self) -> bool:
        """Whether the instrument has been signed: what is planned of it is another step."""
        return any((s.step, s.certainty, s.to_come) == ("signed", "stated", False) for s in self.dossier.steps)

    def prolonged(self, step: StepTold, told: Sequence[Told]) -> list[str]:
        """Until when an instrument was extended."""
        valid = [t.record.valid for t in told if isinstance(t.record, Instrument) and t.record.valid]
        return [render_at(valid[-1], self.paper.ui)] if step.step == "extended" and valid else []

    def day(self, edtf: str | None, numbers: Sequence[int]) -> str:
        """The day of an event; where it is not told, that of its first report."""
        if edtf:
            return render_period(edtf, self.paper.ui)
        first = next((t.carrier.published for t in self.teller.find(numbers) if t.carrier.published), None)
        return f"{self.word('undated')} ({self.reported(first)})" if first else self.word("undated")

    def reported(self, edtf: str) -> str:
        return f"{self.word('reported_on')} {render_period(edtf, self.paper.ui)}"

    def told_of(self, progress: ProgressTold) -> tuple[str, list[str]]:
        """Progress with how much was done and who says so, on which side; and how sure it is."""
        words = self.word(f"progress/{progress.progress}")
        if amounts := ", ".join(self.amounts(progress)):
            words += f" ({amounts})"
        marks = [] if progress.certainty == "stated" else [self.word(f"mark/{progress.certainty}")]
        if progress.reporter is None:
            return words, marks
        denied = progress.certainty == "denied"
        verb = self.word("denies" if denied else "says")
        return f"{words}, {verb} {self.writer.name(progress.reporter)} ({self.side(progress)})", [] if denied else marks

    def amounts(self, progress: ProgressTold) -> list[str]:
        """How much was done, where the reports say."""
        if progress.progress != "fulfilled":
            return []
        said = [t.record.amounts for t in self.teller.find(progress.told) if isinstance(t.record, Undertaking)]
        return render_amounts(next(filter(None, said), ()), self.paper.ui)

    def side(self, progress: ProgressTold) -> str:
        record, side = self.dossier.fullest.record, str(progress.side)
        if isinstance(record, Undertaking) and record.act not in TRANSFERS:
            side = {"giver": "doer", "taker": "other"}.get(side, side)
        return self.word(f"side/{side}")

    def values(self) -> Iterator[str]:
        """The points of a figure, by period."""
        for point in self.dossier.points:
            period = render_period(point.period, self.paper.ui) if point.period else self.word("no_period")
            amount = render_amount(point.amount, self.paper.ui) if point.amount else ""
            changes = [render_change(c, self.paper.ui) for c in point.changes]
            said = ", ".join(filter(None, [amount, *changes])) or self.word("no_value")
            marks = [self.word(key) for key in ("target", "forecast", "revised") if getattr(point, key)]
            marks += [self.reported(point.reported)] if point.reported else []
            yield from self.teller.entry(period, said, marks, self.teller.find(point.told))

    def finding(self, finding: Discrepancy) -> Iterator[str]:
        """What does not fit, and the words side by side."""
        level = (self.word(f"level/{finding.level}"), f"{BOLD};{LEVELS[finding.level]}")
        yield from self.teller.put([level, (f" · {message_of(finding, self.paper.ui)}", "")])
        for cited in finding.cited:
            told = self.teller.told.get(cited.told)
            where = f"{self.teller.carried(told) if told else cited.report}, #{cited.told}"
            yield from self.teller.put([(quoted(cited.words), ""), (f" — {where}", DIM)], INDENT + STEP)

    def others(self) -> Iterator[str]:
        """Reports whose words do not stand above."""
        left = [t for t in self.dossier.told if t.id not in self.teller.cited]
        for told in left[:_LISTED]:
            yield from self.teller.put([(self.teller.carried(told), "")])
            yield from self.teller.quote(told)
        if len(left) > _LISTED:
            yield from self.teller.put([(self.word("and_more").replace("#", str(len(left) - _LISTED)), "")])

    def grounds(self) -> Iterator[str]:
        """The grade of the evidence in words, the reports, and who the origins are."""
        said = f"{self.word(f'grade/{self.dossier.grade}')} ({self.word('grade')} {self.dossier.grade})"
        yield from self.teller.put([(said, "")])
        yield from self.teller.put([(" · ".join(self.counts()), "")])
        for origin in self.dossier.origins[:_LISTED] if len(self.dossier.told) > 1 else ():
            told = self.teller.find(origin)
            who = max((one_line(t.record.source or carrier_name(t)) for t in told), key=len)
            by = self.teller.carriers(told)
            yield from self.teller.put([(who if who == by else f"{who} — {by}", DIM)], INDENT + STEP)

    def counts(self) -> Iterator[str]:
        reports = counted(len({t.carrier.report for t in self.dossier.told}), "report", self.paper.ui)
        yield f"{counted(len(self.dossier.origins), 'origin', self.paper.ui)}, {reports}"
        days = [render_period(d, self.paper.ui) for d in (self.dossier.first, self.dossier.last) if d]
        if days:
            yield " – ".join(dict.fromkeys(days))

    def doubles(self) -> Iterator[str]:
        """What is perhaps the same, and why; a person can settle it."""
        for possible in self.dossier.possible:
            runs = [(possible.dossier, BOLD), (f" {self.title(possible.dossier)}".rstrip(), "")]
            yield from self.teller.put(runs)
            reasons = ", ".join(say_reason(reason, self.paper.ui) for reason in possible.reasons)
            yield from self.teller.put([(reasons, DIM)], INDENT + STEP)
        if self.dossier.possible:
            other = self.dossier.possible[0].dossier
            yield from self.teller.put([(self.word("settle").replace("#", f"{self.dossier.id} {other}"), DIM)])
