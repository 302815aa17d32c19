"""Report -> Reading: the whole way from the text as received to records, each field tied to its words.

lay_out      clean text, title, body, dateline, day
analyse      sentences, words, trees
find_...     times, amounts, parties, places, people, who says so
find_...     instruments, undertakings, figures, meetings, as drafts
finish       one record per thing, spans in the report's own text
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import accumulate

from servanda.errors import InputError
from servanda.lang import find_misreading, load, recognise
from servanda.lang.protocol import Language
from servanda.lang.words import Sentence
from servanda.model.edtf import is_edtf
from servanda.model.reading import Finding, Mention, Reading, Record
from servanda.model.report import Report
from servanda.model.spans import Span
from servanda.reading.amounts import find_amounts
from servanda.reading.attribution import attribute, find_undisclosed
from servanda.reading.clauses import looks_ahead
from servanda.reading.confidence import sure
from servanda.reading.document import Document, Page
from servanda.reading.draft import Draft
from servanda.reading.figures import find_figures
from servanda.reading.finish import finish_records
from servanda.reading.instruments import find_instruments
from servanda.reading.judge import Judge, load_judge
from servanda.reading.layout import lay_out
from servanda.reading.meetings import find_meetings
from servanda.reading.merge import drop_statistics, drop_steps, merge_undertakings
from servanda.reading.named import look_up
from servanda.reading.parties import find_parties, find_places
from servanda.reading.people import find_people
from servanda.reading.scene import Scene
from servanda.reading.setting import Settings
from servanda.reading.times import find_times, worth_reading
from servanda.reading.triage import Triage
from servanda.reading.undertakings import find_undertakings, unknown_verb
from servanda.reading.weekdays import check_weekdays
from servanda.sources import storable
from servanda.world.tables import Tables

LANGUAGES = ("ru",)


class Reader:
    """Reads reports with one set of tables. Keeps nothing between reports: any order and any batch give the same
    bytes.
    """

    def __init__(self, tables: Tables | None = None, judge: Judge | None = None, keep: float | None = None) -> None:
        self.tables = tables or Tables.default()
        self.judge = judge  # of undertakings; the one of the package where none is given
        self.keep = keep  # of the records that reading every sentence gives, the share to be found by fewer; None: all
        self._triage: dict[str, Triage] = {}  # by language

    def read(self, report: Report) -> Reading:
        """All that one report says; a report in a language that is not read, or whose letters are wrong, has no records
        and a finding that says so.
        """
        lang = report.lang or recognise(report.text)
        page = lay_out(report, self.tables)
        if misread := find_misreading(report.text):
            said = "the text is in {}, but was read as {}, so its letters are wrong; decode it anew".format(*misread)
            return self._reading(report, page, lang, findings=(*page.findings, Finding("encoding", said)))
        if lang not in LANGUAGES:
            said = f"the report is in a language that is not read yet ({lang}); nothing was looked for in it"
            return self._reading(report, page, lang, findings=(*page.findings, Finding("language", said)))
        document = self.document(page, lang)
        if self.keep is not None and not document.is_read:
            said = "no sentence looked as if it held a record, so none was read"
            return self._reading(report, page, lang, findings=(*page.findings, Finding("triage", said)))
        found = self.drafts(document, lang)
        drafts = sure(found)
        records = finish_records(report.text, page, drafts)
        findings = (
            *page.findings,
            *document.findings,
            *_left_out(document, [d for d in found if d.type == "undertaking" and d not in drafts]),
        )
        undisclosed = find_undisclosed(document)
        return self._reading(
            report, page, lang, records, findings, self._mentions(document, drafts, records, report.text), undisclosed
        )

    def reasons(self, report: Report) -> dict[Span, dict[str, float]]:
        """What weighed for and against the undertakings of a report, by the place of their quotes in its text."""
        lang = report.lang or recognise(report.text)
        if lang not in LANGUAGES or find_misreading(report.text):
            return {}
        page = lay_out(report, self.tables)
        judge = self._judge(lang)
        drafts = [d for d in sure(self.drafts(self.document(page, lang), lang)) if d.type == "undertaking"]
        return {page.span(d.evidence["quote"][0]): judge.reasons(*d.weighed) for d in drafts}

    def _judge(self, lang: str) -> Judge:
        return self.judge or load_judge(load(lang).vector)

    def read_many(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """Readings in the order of the reports."""
        return map(self.read, reports)

    def document(self, page: Page, lang: str) -> Document:
        """The page with its sentences and all that is named in them."""
        language = load(lang)
        document = Document(page, self._sentences(page, language))
        if not document.is_read:
            return document
        sentences, text = document.sentences, page.text
        words = look_up(text, sentences, self.tables)
        document.times = find_times(
            text, page.day, spans=worth_reading(words), ahead=lambda at: looks_ahead(document.sentence_at(at), at)
        )
        document.amounts = find_amounts(text, [w for w in words if w.sentence.tokens], self.tables)
        document.parties = find_parties(words, self.tables)
        document.places = find_places(words, self.tables, page.day)
        parties, places = document.parties, document.places
        document.people = find_people(text, words, parties, self.tables, language, page.day, places)
        document.findings += check_weekdays(text, document.times, page.day)
        return document

    def _sentences(self, page: Page, language: Language) -> list[Sentence]:
        """All sentences; those that are not worth reading without their words."""
        spans = list(split(page, language))
        if self.keep is None:
            return language.analyse(page.text, spans)
        if language.code not in self._triage:
            self._triage[language.code] = Triage(self.keep, self.tables, language.lemmas)
        chosen = self._triage[language.code].choose(page.text, [(span, page.blocks[number]) for span, number in spans])
        read = iter(language.analyse(page.text, [one for one, good in zip(spans, chosen, strict=True) if good]))
        return [
            next(read) if good else Sentence([], *span, block)
            for (span, block), good in zip(spans, chosen, strict=True)
        ]

    def drafts(self, document: Document, lang: str) -> list[Draft]:
        """The records of a document, not yet tied to the report's own text."""
        language = load(lang)
        scene = Scene(document, self.tables)
        instruments = find_instruments(document, language, self.tables)
        undertakings = find_undertakings(document, scene, self._judge(lang), self.tables, instruments)
        figures = list(find_figures(document, self.tables, scene))
        drafts = [
            *instruments,
            *drop_statistics(drop_steps(merge_undertakings(document, undertakings), instruments), figures),
            *figures,
            *find_meetings(document, language, self.tables),
        ]
        attribute(document, drafts)
        settings = Settings(document)
        for draft in drafts:
            draft.letters = document.letters[draft.item]
            draft.setting = settings.of(draft)
        return drafts

    def _mentions(
        self, document: Document, drafts: list[Draft], records: tuple[Record, ...], text: str
    ) -> tuple[Mention, ...]:
        """Everything named, used or not, in the order of the text."""
        page = document.page
        used = _Stretches(s for r in records for path, spans in r.evidence.items() if path != "quote" for s in spans)
        found = list(_named(document))
        found += [
            ("instrument", m, d.get("kind"), "instrument") for d in drafts if d.type == "instrument" for m in d.mentions
        ]
        mentions = []
        for kind, clean, value, rule in found:
            span = page.span(clean)
            mentions.append(Mention(kind, span, span.of(text), value, rule, used.touch(span)))
        return tuple(sorted(mentions, key=lambda m: (m.span, m.type)))

    def _reading(
        self,
        report: Report,
        page: Page,
        lang: str,
        records: tuple[Record, ...] = (),
        findings: tuple[Finding, ...] = (),
        mentions: tuple[Mention, ...] = (),
        undisclosed: Iterable[Span] = (),
    ) -> Reading:
        once = {page.span(s).of(report.text): page.span(s) for s in reversed(list(undisclosed))}
        spans = {f"undisclosed/{i}": (s,) for i, s in enumerate(sorted(once.values()))}
        evidence = {**{path: tuple(map(page.span, given)) for path, given in page.evidence.items()}, **spans}
        return Reading(
            id=report.id,
            published=page.published,
            dateline=page.dateline,
            undisclosed=tuple(s[0].of(report.text) for s in spans.values()),
            records=records,
            findings=tuple(replace(f, spans=tuple(map(page.span, f.spans))) for f in findings),
            mentions=mentions,
            evidence=evidence,
            text=report.text,
            lang=lang,
        )


def split(page: Page, language: Language) -> Iterator[tuple[Span, int]]:
    """The sentences of a page, each with the number of its block."""
    for number, block in enumerate(page.blocks):
        if block.readable:
            for span in language.split(page.text, Span(block.start, block.end)):
                yield span, number


class _Stretches:
    """Spans laid over each other, to ask whether another one touches any of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(set(spans))
        self._starts = [s.start for s in ordered]
        self._ends = list(accumulate((s.end for s in ordered), max))  # the furthest end so far

    def touch(self, span: Span) -> bool:
        """Whether the span shares a code point with one of them."""
        before = bisect_left(self._starts, span.end)
        return before > 0 and self._ends[before - 1] > span.start


def _left_out(document: Document, drafts: Iterable[Draft]) -> Iterator[Finding]:
    """What is said of verbs that no table knows where they stand between two named parties and were not read."""
    for draft in drafts:
        quote = draft.evidence["quote"][0]
        named = {c for p in document.parties if quote.start <= p.start and p.end <= quote.end for c in p.codes}
        if draft.basis["act"].rule == "act:unknown-verb" and named.issuperset((*draft.get("by"), *draft.get("to"))):
            yield unknown_verb(document, *draft.evidence["act"])


def _named(document: Document) -> Iterator[tuple[str, Span, object, str]]:
    """Type, clean span, value and rule of all mentions."""
    for time in document.times:
        yield "time", Span(time.start, time.end), time.edtf, time.rule
    for amount in document.amounts:
        value = {"number": amount.number, "unit": amount.unit, "bound": amount.bound}
        if amount.high is not None:
            value["high"] = amount.high
        yield "amount", Span(amount.start, amount.end), value, amount.rule
    for party in document.parties:
        yield "party", Span(party.start, party.end), list(party.codes), party.rule
    for place in document.places:
        yield "place", Span(place.start, place.end), place.name, place.rule
    for person in document.people:
        who = {"name": person.name, "office": person.office, "party": person.party}
        yield "person", Span(person.start, person.end), who, person.rule


def read(
    text: str,
    published: str | date | None = None,
    *,
    id: str = "-",
    lang: str | None = None,
    tables: Tables | None = None,
) -> Reading:
    """Read one report.

    `published` is the day of publication (EDTF or a date), against which «накануне» is resolved where the text has no
    dateline of its own; without either, relative dates stay open. `lang` is recognised where it is not given. Any text
    is read; InputError where `text` is no text or `published` no date.
    """
    if not isinstance(text, str):
        raise InputError(id, f"a report is text, not {type(text).__name__}", "decode it first: bytes.decode('utf-8')")
    day = published.isoformat() if isinstance(published, date) else published
    if day and not is_edtf(day[:10]):
        raise InputError(id, f"no date: {day!r}", "give the day of publication as 2021-12-08")
    return Reader(tables).read(Report(id, storable(text), day, lang))
