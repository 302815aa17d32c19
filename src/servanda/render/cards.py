"""A record -> a card: one sentence in plain words and what stands beside it, in English or Russian."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from servanda.model.reading import (
    Amount,
    Figure,
    Instrument,
    Meeting,
    Participant,
    Reading,
    Record,
    Step,
    Undertaking,
)
from servanda.model.spans import Span
from servanda.render.amounts import knows_unit, render_amount, render_amounts, render_change
from servanda.render.dates import render_at, render_period
from servanda.render.names import Namer
from servanda.render.words import labels, term_in_english, verbs

_WORDS_SAY_IT = ("refrain", "other")  # acts whose verb only the quote holds
_OF_TWO = ("trade", "investment", "transit", "traffic")  # flows that pass between parties
_HIGH, _FAIR = 0.8, 0.5  # of ten records so made at least eight, or five, were right
_QUOTES = ' «»“”„"'
_ALWAYS_PLURAL = {"US", "AE", "NL", "PH", "MV", "BS", "SB", "SC", "KM"}  # in Russian


@dataclass(frozen=True, slots=True)
class Card:
    """What is printed of one record. `number` counts from 1; `details` are short phrases, most telling first."""

    number: int
    type: str
    sentence: str
    details: tuple[str, ...]
    source: str | None


def make_cards(reading: Reading, ui: str, name: Namer) -> list[Card]:
    """A card for each record, in order."""
    writer = Writer(ui, name, reading.text, reading.records)
    return [writer.card(record, number) for number, record in enumerate(reading.records, 1)]


@dataclass(frozen=True, slots=True)
class Writer:
    """Says records in one language. `text` is the report, `records` its own, where they are at hand."""

    ui: str
    name: Namer
    text: str = ""
    records: Sequence[Record] = ()

    def card(self, record: Record, number: int) -> Card:
        """The card of one record."""
        match record:
            case Instrument():
                sentence, details = self.instrument(record), list(self.instrument_details(record))
            case Undertaking():
                sentence, details = self.undertaking(record), list(self.undertaking_details(record))
            case Figure():
                sentence, details = self.figure(record), list(self.figure_details(record))
            case Meeting():
                sentence, details = self.meeting(record), list(self.meeting_details(record))
        source = record.source and f"{self.word('source')}: {one_line(record.source)}"
        if source and record.via:
            source += f" ({self.word('via')}: {one_line(record.via)})"
        return Card(number, record.type, self.hedged(record, sentence), tuple(d for d in details if d), source)

    def word(self, key: str) -> str:
        return labels(self.ui)[key]

    def hedged(self, record: Record, sentence: str) -> str:
        """The sentence after "Possibly:" or "Denied:", unless its verb has said so."""
        said = isinstance(record, Undertaking) and record.modality == "intention" and record.certainty == "possible"
        if record.certainty == "stated" or said:
            return sentence
        return f"{self.word(f'certainty/{record.certainty}')}: {sentence}"

    def names(self, codes: Sequence[str]) -> str:
        """Names joined as people do: "A, B and C"."""
        return self.joined([self.name(code) for code in codes])

    def joined(self, names: Sequence[str]) -> str:
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self.word('and')} {names[-1]}"

    def instrument(self, record: Instrument) -> str:
        counted = record.count is not None and record.count > 1
        kind = self.word(f"kind{'s' if counted else ''}/{record.kind}")
        if counted:
            kind = f"{record.count} {kind}" if self.ui == "en" else f"{kind} ({record.count})"
        sentence = f"{kind}: {self.names(record.parties)}" if record.parties else kind
        if self.ui == "en" and record.parties:
            between = "between" if len(record.parties) > 1 else "of"
            sentence = f"{kind} {between} {self.names(record.parties)}"
        return f"{sentence} · {one_line(record.subject)}" if record.subject else sentence

    def instrument_details(self, record: Instrument) -> Iterator[str]:
        yield ", ".join(self.step(step) for step in record.steps)
        if record.valid:
            yield f"{self.word('valid')}: {render_period(record.valid, self.ui)}"

    def step(self, step: Step, signed: bool = False) -> str:
        """A step with who takes it and when; of an instrument that is `signed` another step is planned."""
        words = self.word("step_planned" if signed and step.step == "planned" else f"step/{step.step}")
        if step.by and self.ui == "en":
            words += f" by {self.name(step.by)}"
        if step.date:
            starts = step.step == "in_force" and "/" not in step.date
            words += " " + render_at(f"{step.date}/.." if starts else step.date, self.ui)
        return words + (f" ({self.name(step.by)})" if step.by and self.ui == "ru" else "")

    def undertaking(self, record: Undertaking) -> str:
        who = self.names(record.by) or self.word("unknown_party")
        verb = self.english_verb(record) if self.ui == "en" else self.russian_verb(record)
        return f"{who} {verb}: {self.what(record)}"

    def title(self, record: Record) -> str:
        """The sentence of a list, which has no details: in Russian it has to name the other side, too."""
        if self.ui == "en" or not isinstance(record, Undertaking) or not record.to:
            return self.card(record, 0).sentence
        sides = f"{self.names(record.by) or self.word('unknown_party')} → {self.names(record.to)}"
        return self.hedged(record, f"{sides} · {self.russian_verb(record)}: {self.what(record)}")

    def what(self, record: Undertaking) -> str:
        """The object with its amounts; the clause itself where the verb would be lost without it."""
        if record.act in _WORDS_SAY_IT or not (record.object or record.amounts):
            return quoted(record.quote) if record.quote else f"({self.word('purged')})"
        amounts = self.amounts_beside(record)
        if not record.object:
            return ", ".join(amounts)
        return one_line(record.object) + (f" ({', '.join(amounts)})" if amounts else "")

    def amounts_beside(self, record: Undertaking) -> list[str]:
        """The amounts that the words printed do not hold already."""
        shown = record.evidence.get("object", ()) if record.object else ()
        said: list[Amount] = []
        words: list[str] = []
        for n, amount in enumerate(record.amounts):
            spans = record.evidence.get(f"amounts/{n}", ())
            if spans and any(s.covers(spans[0]) for s in shown):
                continue
            own = self.own_words(amount, spans)
            words.extend([own] if own else [])
            said.extend([] if own else [amount])
        return [*render_amounts(said, self.ui), *words]

    def own_words(self, amount: Amount, spans: Sequence[Span]) -> str | None:
        """The report's words for an amount whose unit has no forms in the table; None where there are none to show."""
        if knows_unit(amount.unit) or len(spans) != 1:
            return None
        return one_line(spans[0].of(self.text)) or None

    def english_verb(self, record: Undertaking) -> str:
        verb, many = verbs()[record.act], len(record.by) > 1
        to = verb.to.replace("{to}", self.names(record.to)) if record.to else ""
        to = to if not to or to.startswith(",") else " " + to
        if record.modality == "intention":
            plans = "may" if record.certainty == "possible" else "plan to" if many else "plans to"
            return f"{plans} {verb.base}{to}"
        if record.modality == "prohibition":
            if record.act == "restrict":
                return ("ban" if many else "bans") + to
            return f"will {'' if record.act == 'refrain' else 'not '}{verb.base}{to}"
        if record.modality == "permission":
            return ("allow" if many else "allows") + (to if record.act == "ease" else f" {verb.ing}{to}")
        if record.progress == "fulfilled":
            return verb.past + to
        if record.progress == "under_way":
            return f"{'are' if many else 'is'} {verb.ing}{to}"
        return (verb.base if many else verb.third) + to

    def russian_verb(self, record: Undertaking) -> str:
        verb = verbs()[record.act]
        many = len(record.by) > 1 or bool(record.by and record.by[0] in _ALWAYS_PLURAL)
        if record.modality == "intention":
            plans = ("могут" if many else "может") if record.certainty == "possible" else _planning(many)
            return f"{plans} {verb.ru_inf}"
        if record.modality == "prohibition":
            if record.act == "restrict":
                return "запрещают" if many else "запрещает"
            return f"{'обязуются' if many else 'обязуется'} {'' if record.act == 'refrain' else 'не '}{verb.ru_inf}"
        if record.modality == "permission":
            return ("разрешают" if many else "разрешает") + ("" if record.act == "ease" else f" {verb.ru_inf}")
        return verb.ru_many if many else verb.ru_one

    def undertaking_details(self, record: Undertaking) -> Iterator[str]:
        if record.to and self.ui == "ru":
            yield f"{verbs()[record.act].ru_to}: {self.names(record.to)}"
        yield ", ".join(self.term(t) for t in record.terms)
        if record.places:
            yield f"{self.word('where')}: {', '.join(record.places)}"
        if record.when:
            yield render_at(record.when, self.ui)
        if self.progress_is_news(record):
            yield self.word(f"progress/{record.progress}")
        if record.purpose:
            yield f"{self.word('purpose')}: {one_line(record.purpose)}"
        yield from self.references(record)

    def progress_is_news(self, record: Undertaking) -> bool:
        """Whether the verb has not told the progress already."""
        told = ("announced", "under_way", "fulfilled") if self.ui == "en" else ("announced",)
        return record.progress not in (told if record.modality == "obligation" else ("announced",))

    def term(self, term: str) -> str:
        return (self.ui == "en" and term_in_english(term)) or one_line(term)

    def references(self, record: Undertaking | Figure) -> Iterator[str]:
        """What it rests on, and what it is a part of, with the number of their cards."""
        count = len(self.records)
        if isinstance(record, Undertaking) and record.under is not None and record.under < count:
            yield f"{self.word('under')}: {self.instrument_named(self.records[record.under])} [{record.under + 1}]"
        if record.part_of is not None and record.part_of < count:
            yield f"{self.word('part_of')} [{record.part_of + 1}]"

    def instrument_named(self, record: Record) -> str:
        """An instrument in a few words: "agreement signed on 7 December 2021"."""
        if not isinstance(record, Instrument):
            return record.type
        steps = [s for s in record.steps if s.step == "signed"] or list(record.steps[-1:])
        return " ".join([self.word(f"kind/{record.kind}").lower(), *map(self.step, steps[:1])])

    def figure(self, record: Figure) -> str:
        sentence = self.relation(record)
        if record.period:
            sentence += f", {render_period(record.period, self.ui)}"
        amount = self.figure_amount(record)
        return f"{sentence}: {amount}" if amount else sentence

    def figure_amount(self, record: Figure) -> str | None:
        if record.amount is None:
            return None
        own = self.own_words(record.amount, record.evidence.get("amount", ()))
        return own or render_amount(record.amount, self.ui)

    def relation(self, record: Figure) -> str:
        metric = self.word(f"metric/{record.metric}")
        if not record.who:
            return metric
        if record.metric in ("exports", "imports") and len(record.who) == 2:
            start, end = (self.name(code) for code in record.who)
            return f"{metric} from {start} to {end}" if self.ui == "en" else f"{metric}: {start} → {end}"
        if self.ui == "ru":
            return f"{metric}: {self.names(record.who)}"
        between = len(record.who) > 1 and record.metric in _OF_TWO
        return f"{metric}{' between' if between else ','} {self.names(record.who)}"

    def figure_details(self, record: Figure) -> Iterator[str]:
        yield from filter(None, (render_change(change, self.ui) for change in record.changes))
        if record.forecast:
            yield self.word("forecast")
        yield from self.references(record)

    def meeting(self, record: Meeting) -> str:
        kind = self.word(f"meeting/{record.kind}")
        people = self.joined(list(dict.fromkeys(map(self.participant, record.participants))))
        return f"{kind}: {people}" if people else kind

    def participant(self, person: Participant) -> str:
        """Name with office, or the office, or the party where only the side is told."""
        if person.name:
            return f"{one_line(person.name)} ({one_line(person.office)})" if person.office else one_line(person.name)
        if person.office:
            return one_line(person.office)
        return self.name(person.party) if person.party else self.word("unknown_party")

    def meeting_details(self, record: Meeting) -> Iterator[str]:
        day = record.date and render_period(record.date, self.ui)
        yield ", ".join(filter(None, (record.place, day)))
        if record.status != "held":
            yield self.word(f"status/{record.status}")
        if record.topics:
            yield f"{self.word('about')}: {'; '.join(map(one_line, record.topics))}"


def level(sure: float) -> str:
    """A confidence in a word: high, fair or low."""
    return "high" if sure >= _HIGH else "fair" if sure >= _FAIR else "low"


def _planning(many: bool) -> str:
    return "планируют" if many else "планирует"


def quoted(words: str) -> str:
    """Words of a report on one line, in quotation marks; those that they stand in already are not doubled."""
    plain = one_line(words)
    inner = plain.strip(_QUOTES)
    return f"«{inner if _in_pairs(inner) else plain}»"


def _in_pairs(words: str) -> bool:
    """Whether no quotation mark has lost its other one."""
    return words.count("«") == words.count("»") and words.count("“") == words.count("”") and not words.count('"') % 2


def one_line(words: str) -> str:
    """Words of a report, which may run over lines, on one."""
    return " ".join(words.split())
