"""A dossier -> lines for a terminal: what it is, how it stands, its time line with who says so, and its grounds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from servanda.model.dossier import Discrepancy, Dossier
from servanda.render.cards import Writer, one_line, quoted
from servanda.render.counts import counted
from servanda.render.dates import render_at, render_period
from servanda.render.findings import LEVELS, Title, by_gravity, message_of, untitled
from servanda.render.marks import printable
from servanda.render.moments import Moment, find_moments, find_values, record_of_head
from servanda.render.names import Namer
from servanda.render.reasons import say_reason
from servanda.render.standing import Standing
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


@dataclass(frozen=True, slots=True)
class _Page:
    dossier: Dossier
    paper: Paper
    writer: Writer
    teller: Teller
    title: Title

    def lines(self, findings: Iterable[Discrepancy], rejected: Sequence[str]) -> Iterator[str]:
        yield from self.head()
        yield from self.section("timeline", self.events(find_moments(self.dossier, self.writer)))
        yield from self.section("values", self.events(find_values(self.dossier, self.writer)))
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
        card = self.writer.card(record_of_head(self.dossier), 0)
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

    def events(self, moments: Iterable[Moment]) -> Iterator[str]:
        """What happened when, each with who tells it and in which words."""
        for one in moments:
            yield from self.teller.entry(one.when, one.said, one.marks, self.teller.find(one.told), one.words)

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
