"""A sentence with its people and parties -> encounters: every word that tells of a meeting, with who, where, when and about what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from servanda.lang.protocol import Language
from servanda.lang.words import Sentence, Token
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.document import Document, PartyMention, PersonMention, TimeMention
from servanda.reading.identity import resolve_person
from servanda.reading.offices import PartyIndex, case_of
from servanda.world.tables import Tables

_WITH, _BETWEEN, _LED = "с", "между", "во главе с"
_COMMA = frozenset({",", "и", "а также", "также", "а"})
_OPENERS = frozenset(
    {"где", "куда", "откуда", "когда", "что", "чтобы", "если", "хотя", "поскольку", "пока", "как", "после", "чем"}
)
_PUNCT = frozenset('.,;:!?—–-()«»"“”„…')
_RECENT = 5  # years; older ones are history
_ARRIVE = frozenset(
    {"прибыть", "прибывать", "прилететь", "вылететь", "отправиться", "направиться", "находиться", "пребывать"}
)


@dataclass(frozen=True, slots=True)
class Attendee:
    """One who meets, with the words that say so."""

    name: str | None
    office: str | None
    party: str | None
    span: Span
    name_span: Span | None = None
    office_span: Span | None = None
    how: str = How.NORMALISED
    rule: str = "party"
    role: str = ""
    plural: bool = False

    @property
    def personal(self) -> bool:
        """Whether somebody is named or an office is."""
        return bool(self.name or self.office)


@dataclass(slots=True, eq=False)
class Argument:
    """People or a party at their place in a sentence: tokens [first, last), case, and the preposition that leads to them."""

    first: int
    last: int
    case: str
    prep: str
    who: list[Attendee]
    capital: bool = False


@dataclass(slots=True, eq=False)
class Segment:
    """A stretch of a sentence around one finite verb: tokens [first, last). `relative` is its «который»."""

    first: int
    last: int
    verb: int | None = None
    relative: int | None = None
    previous: "Segment | None" = None


@dataclass(slots=True, eq=False)
class Encounter:
    """What one place of the report tells of a meeting. Empty fields are not told there."""

    kind: str
    form: str
    sentence: int
    trigger: Span
    quote: Span
    people: list[Attendee] = field(default_factory=list)
    place: tuple[str, Span, str | None] | None = None  # name, words, code of the party it lies in
    time: TimeMention | None = None
    status: str | None = None
    settled: bool = False  # the status is said of the meeting itself
    certainty: str = "stated"
    certainty_span: Span | None = None
    topics: list[Span] = field(default_factory=list)
    title: bool = False
    item: int = 0


class Words:
    """The table of meetings, laid out for look-up."""

    def __init__(self, rows: Sequence[Mapping[str, str]]) -> None:
        self.nouns: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self.forms: dict[str, dict[str, str]] = {}
        for row in rows:
            words = tuple(row["words"].split())
            if row["form"] == "noun":
                self.nouns.setdefault(words[0], []).append((words, row["kind"]))
            else:
                self.forms.setdefault(row["form"], {})[row["words"]] = row["kind"]
        for found in self.nouns.values():
            found.sort(key=lambda f: -len(f[0]))

    def of(self, form: str, lemma: str) -> bool:
        """Whether the lemma is of the form."""
        return lemma in self.forms[form]

    def noun(self, tokens: Sequence[Token], i: int) -> tuple[int, str] | None:
        """The meeting that the words from `i` on name: how many words, and its kind."""
        for words, kind in self.nouns.get(tokens[i].lemma, ()):
            if [t.lemma for t in tokens[i : i + len(words)]] == list(words):
                return len(words), kind
        return None


class Reader:
    """Finds the encounters of one document."""

    def __init__(self, document: Document, language: Language, tables: Tables) -> None:
        self.document = document
        self.language = language
        self.words = tables.derive(_builders[language.code])
        self.parties = PartyIndex.of(document.parties)

    def read(self, number: int) -> Iterator[Encounter]:
        """The encounters of one sentence, in order."""
        sentence = self.document.sentences[number]
        if not any(self._tells(t) for t in sentence.tokens):
            return
        if any(self.words.of("barred", t.lemma) for t in sentence.tokens):
            return
        yield from SentenceReader(self, number, sentence).read()

    def _tells(self, token: Token) -> bool:
        return token.lemma in self.words.nouns or any(token.lemma in self.words.forms[f] for f in _VERBS)


_VERBS = ("meet", "discuss", "receive", "go", "stay", "topic")


def _build_ru(tables: Tables) -> Words:
    return Words(tables.rows("ru/meetings"))


_builders = {"ru": _build_ru}


class SentenceReader:
    """Finds the encounters of one sentence."""

    def __init__(self, reader: Reader, number: int, sentence: Sentence) -> None:
        self.reader, self.number, self.sentence = reader, number, sentence
        self.document, self.words, self.tokens = reader.document, reader.words, sentence.tokens
        block = self.document.page.blocks[sentence.block] if self.document.page.blocks else None
        self.title = block is not None and block.kind == "title"

    def read(self) -> Iterator[Encounter]:
        """In the order of their words."""
        taken = -1
        for i, token in enumerate(self.tokens):
            if i <= taken:
                continue
            noun = self.words.noun(self.tokens, i)
            if noun:
                taken = i + noun[0] - 1
                yield from self._noun(i, taken, noun[1])
            elif token.pos == "VERB":
                yield from self._verb(i)

    # Who stands where.

    @cached_property
    def arguments(self) -> list[Argument]:
        """People and parties in order, each with the preposition that leads to its list."""
        out: list[Argument] = []
        people = [p for p in self.document.people if self.sentence.start <= p.start < self.sentence.end]
        groups: dict[tuple[int, int], list[PersonMention]] = {}
        for p in people:
            groups.setdefault((p.start, p.end), []).append(p)
        spans = list(groups)
        for (start, end), found in groups.items():
            if any(s <= start and end <= e and (s, e) != (start, end) and s < start for s, e in spans):
                continue
            out.append(self._argument(start, end, [_of_person(p) for p in found], self._head_of(found[0])))
        for m in self.reader.parties.within(self.sentence.start, self.sentence.end):
            covered = any(s <= m.start and m.end <= e for s, e in spans)
            if not covered and m.codes and (m.kind != "adjective" or len(m.codes) > 1):
                out.append(self._argument(m.start, m.end, _of_party(m), None, m.kind == "capital"))
        out += [a for t in self.tokens if t.pos == "PRON" and (a := self._pronoun(t))]
        out.sort(key=lambda a: (a.first, -a.last))
        self._lend_prepositions(out)
        return out

    def _head_of(self, person: PersonMention) -> Token | None:
        span = person.office_span or person.name_span or Span(person.start, person.end)
        inner = self.document.tokens_in(self.sentence, *span)
        return next((t for t in inner if t.pos in ("NOUN", "PROPN")), inner[0] if inner else None)

    def _argument(
        self, start: int, end: int, who: list[Attendee], head: Token | None, capital: bool = False
    ) -> Argument:
        inner = self.document.tokens_in(self.sentence, start, end) or [self._token_at(start)]
        first, last = inner[0].index, inner[-1].index + 1
        case = case_of(head or next((t for t in inner if t.pos in ("NOUN", "PROPN")), inner[0]))
        return Argument(first, last, case, self._preposition(first, case), who, capital)

    def _token_at(self, offset: int) -> Token:
        return next((t for t in self.tokens if t.end > offset), self.tokens[-1])

    def _pronoun(self, token: Token) -> Argument | None:
        if token.lemma not in ("он", "она") or case_of(token) not in ("Nom", "Ins"):
            return None
        person = resolve_person(self.document, self.sentence, token)
        if person is None or person.party is None:
            return None
        span = Span(token.start, token.end)
        who = Attendee(person.name, person.office, person.party, span, span, span, How.RESOLVED, "pronoun", person.role)
        return Argument(
            token.index, token.index + 1, case_of(token), self._preposition(token.index, case_of(token)), [who]
        )

    def _preposition(self, first: int, case: str) -> str:
        """The preposition before a mention, words in its case between them aside."""
        k = first - 1
        while (
            k >= 0
            and first - k < 5
            and case
            and case_of(self.tokens[k]) == case
            and self.tokens[k].pos in ("ADJ", "NOUN", "DET", "NUM")
        ):
            k -= 1
        if k < 0:
            return ""
        t = self.tokens[k]
        if t.pos == "ADP":
            lemma = {"со": "с", "во": "в"}.get(t.text.lower(), t.text.lower())
            if lemma == "с" and k and self.tokens[k - 1].text.lower() == "главе":
                return _LED
            return lemma
        if t.text.lower() == "участием":
            return _WITH
        return ""

    def _lend_prepositions(self, arguments: list[Argument]) -> None:
        """«с президентом Чехии и премьером Венгрии»: the second has the preposition of the first."""
        for one, two in zip(arguments, arguments[1:], strict=False):
            between = [t.text.lower() for t in self.tokens[one.last : two.first] if t.pos != "ADJ"]
            joined = bool(between) and len(between) <= 3 and all(w in _COMMA for w in between)
            if joined and not two.prep and one.prep and (one.case == two.case or not one.case or not two.case):
                two.prep = one.prep
            elif joined and not two.prep and not one.prep and (not two.case or not one.case):
                two.case = one.case = one.case or two.case

    # Stretches of the sentence.

    @cached_property
    def segments(self) -> list[Segment]:
        """The stretches, in order, which together cover the sentence."""
        out = [Segment(0, len(self.tokens), self._verb_in(0, len(self.tokens)))]
        for k in range(1, len(self.tokens) - 1):
            current = out[-1]
            if k <= current.first:
                continue
            relative = self._relative_after(k)
            if relative is not None or self._new_verb_after(k, current):
                start = k if self.tokens[k].text in ("и", "а", "но") else k + 1
                current.last = k
                current.verb = self._verb_in(current.first, k)
                pronoun = relative if relative is not None and self.tokens[relative].lemma == "который" else None
                out.append(Segment(start, len(self.tokens), None, pronoun, current))
        out[-1].verb = self._verb_in(out[-1].first, out[-1].last)
        return out

    def _verb_in(self, first: int, last: int) -> int | None:
        return next((i for i in range(first, last) if _is_predicate(self.tokens[i])), None)

    def _relative_after(self, k: int) -> int | None:
        if self.tokens[k].text not in (",", "—", "–", ":"):
            return None
        for j in range(k + 1, min(k + 5, len(self.tokens))):
            t = self.tokens[j]
            if t.lemma == "который" or (j == k + 1 and t.lemma in _OPENERS and (t.pos != "ADP")):
                return j
            if t.pos not in ("ADP", "NOUN") or t.text in _PUNCT:
                return None
        return None

    def _new_verb_after(self, k: int, current: Segment) -> bool:
        """Whether a sign or conjunction parts two finite verbs."""
        text = self.tokens[k].text
        if text not in (",", ";", "и", "а", "но", "—", "–", ":"):
            return False
        if self._verb_in(current.first, k) is None:
            return False
        for j in range(k + 1, len(self.tokens)):
            if self.tokens[j].text in (",", ";", "и", "—", "–", ":"):
                return False
            if _is_predicate(self.tokens[j]) or (self.tokens[j].feats.get("VerbForm") == "Conv" and text == ","):
                return True
        return False

    def segment_of(self, index: int) -> Segment:
        """The stretch in which a token stands."""
        return next(
            s for s in self.segments if s.first <= index < s.last or s.last == len(self.tokens) or index == s.last
        )

    def _inside(self, segment: Segment) -> list[Argument]:
        return [a for a in self.arguments if segment.first <= a.first < segment.last]

    def _subject(self, segment: Segment) -> list[Argument]:
        """Those of whom the stretch tells: named in it, else those of the stretch before, or the noun of «который»."""
        here = [a for a in self._inside(segment) if not a.prep and a.case == "Nom" and not a.capital]
        here = here or [a for a in self._inside(segment) if not a.prep and a.case == "Nom"]
        if here:
            return here
        if segment.relative is not None:
            nominative = case_of(self.tokens[segment.relative]) == "Nom"
            before = [a for a in self.arguments if a.last <= segment.relative]
            return before[-1:] if nominative else []
        if segment.previous is not None and not self._own_subject(segment):
            return self._subject(self._main_before(segment))
        return []

    def _main_before(self, segment: Segment) -> Segment:
        previous = segment.previous or segment
        while previous.relative is not None and previous.previous is not None and segment.relative is None:
            previous = previous.previous
        return previous

    def _own_subject(self, segment: Segment) -> bool:
        """Whether something else is the subject of the stretch."""
        verb = segment.verb
        return any(
            t.rel.startswith("nsubj") and (verb is None or t.head == verb)
            for t in self.tokens[segment.first : segment.last]
        )

    # Nouns that name a meeting.

    def _noun(self, first: int, last: int, kind: str) -> Iterator[Encounter]:
        segment = self.segment_of(last)
        kind = self._by_wire(kind, first, segment)
        people, closed = self._around_noun(first, last, segment)
        verb = self.tokens[segment.verb] if segment.verb is not None else None
        happens = verb is not None and (self.words.of("happen", verb.lemma) or self._is_subject(first, last, verb))
        holds = verb is not None and not happens
        encounter = self._encounter(kind, "noun", first, last, segment)
        if kind == "visit":
            self._visit_of_noun(encounter, people, segment, last)
        else:
            encounter.people = people
            parties = {p.party for p in people}
            if holds and len(parties) < 2 and not self._speaks(segment):
                self._add(encounter, self._subject(segment))
            if len({p.party for p in encounter.people}) == 1 and not holds:
                before = [a for a in self.arguments if a.last <= first and a.who[0].personal]
                self._add(encounter, before[-1:])
        self._judge_noun(encounter, first, last, segment, verb, happens)
        if happens or (holds and verb is not None and self.words.of("hold", verb.lemma)):
            encounter.quote = self._cut(segment.first, segment.last)
        else:
            encounter.quote = self._cut(self._phrase_start(first, segment), max(closed, last + 1))
        yield encounter

    def _by_wire(self, kind: str, first: int, segment: Segment) -> str:
        """Talks by telephone or video are a call."""
        if kind != "talks":
            return kind
        if any(self.words.of("video", t.lemma) for t in self.tokens[max(0, first - 2) : first]):
            return "call"
        cues = [t for t in self.tokens[segment.first : segment.last] if self.words.of("video", t.lemma)]
        return "call" if any(t.index < first + 6 for t in cues) else kind

    def _around_noun(self, first: int, last: int, segment: Segment) -> tuple[list[Attendee], int]:
        """Who is said to meet by the words on the noun: genitives, «с ...», «между ...», a double adjective; and where they end."""
        people: list[Attendee] = []
        closed = last + 1
        k = last + 1
        for a in self.arguments:
            if (
                a.last <= first
                and a.last >= first - 2
                and len(a.who) > 1
                and not a.prep
                and a.who[0].rule.startswith("adjective")
            ):
                people += a.who
            if a.first <= last or a.first >= segment.last:
                continue
            near = all(t.pos in ("ADJ", "ADP", "NUM") or t.text in _COMMA for t in self.tokens[k : a.first])
            if (
                not a.prep
                and a.case in ("Gen", "")
                and near
                and not any(t.pos == "ADP" for t in self.tokens[k : a.first])
            ):
                people += a.who
                k = closed = a.last
            elif a.prep == _LED and people:
                people = [*people[:-1], *a.who]
                closed = a.last
            elif a.prep in (_WITH, _BETWEEN) and a.case in ("Ins", "Gen", "") and self._hangs_on(a, last):
                people += a.who
                k = closed = a.last
            elif a.prep in ("в", "на") and near:
                k = a.last
        if not any(p.personal for p in people):
            for a in self.arguments:
                if segment.first <= a.first and a.last <= first and a.prep == _WITH and self._hangs_on(a, last):
                    people += a.who
        return people, max(closed, self._place_end(last, segment, closed))

    def _place_end(self, last: int, segment: Segment, closed: int) -> int:
        place = self._place_near(last, segment)
        if place is None:
            return closed
        end = next((t.index + 1 for t in self.tokens if t.end >= place[1].end), closed)
        return end if end <= closed + 4 else closed

    def _hangs_on(self, argument: Argument, noun: int) -> bool:
        """Whether «с ...» does not hang on another noun between («переговоры о договоре с Чехией»)."""
        head = self.tokens[argument.first].head
        for t in self.tokens[argument.first : argument.last]:
            if not argument.first <= t.head < argument.last:
                head = t.head
                break
        if head < 0 or head == noun:
            return True
        h = self.tokens[head]
        other = h.pos == "NOUN" and noun < head < argument.first and not self._within_argument(head)
        return not other

    def _within_argument(self, index: int) -> bool:
        return any(a.first <= index < a.last for a in self.arguments)

    def _is_subject(self, first: int, last: int, verb: Token) -> bool:
        return any(t.rel.startswith("nsubj") and t.head == verb.index for t in self.tokens[first : last + 1])

    def _speaks(self, segment: Segment) -> bool:
        """Whether a spokesman speaks of the meeting of others."""
        subject = self._subject(segment)
        return bool(subject) and subject[0].who[0].role in ("official",)

    def _add(self, encounter: Encounter, arguments: Sequence[Argument]) -> None:
        for a in arguments:
            for who in a.who:
                if not any(_one_person(who, p) for p in encounter.people):
                    encounter.people.append(who)

    def _visit_of_noun(self, encounter: Encounter, people: list[Attendee], segment: Segment, last: int) -> None:
        visitors = [p for p in people if p.personal]
        encounter.place = self._destination(last, segment) or encounter.place
        if not visitors:
            subject = [a for a in self._subject(segment) if a.who[0].personal]
            encounter.people = [w for a in subject for w in a.who]
        else:
            encounter.people = visitors

    def _phrase_start(self, first: int, segment: Segment) -> int:
        """The beginning of «по итогам встречи», «намеченной на июнь встречи»."""
        k = first
        while k > segment.first and (
            self.tokens[k - 1].pos in ("ADJ", "ADP", "DET", "NUM")
            or self.tokens[k - 1].feats.get("VerbForm") == "Part"
            or self.tokens[k - 1].text.lower() in ("итогам", "ходе", "время", "окончании", "рамках", "накануне")
        ):
            k -= 1
        return k

    def _judge_noun(
        self, encounter: Encounter, first: int, last: int, segment: Segment, verb: Token | None, happens: bool
    ) -> None:
        """Status and certainty of a meeting named by a noun."""
        own = self.tokens[max(segment.first, first - 6) : first]
        modifiers = [
            t for t in own if t.pos in ("ADJ", "VERB") and (not case_of(t) or case_of(t) == case_of(self.tokens[last]))
        ]
        after = self.tokens[last + 1 : segment.last]
        modifiers += [t for t in after if t.feats.get("VerbForm") == "Part" and t.rel.startswith("acl")]
        for t in modifiers:
            if self.words.of("planned", t.lemma):
                encounter.status, encounter.settled = "planned", True
            elif self.words.of("cancelled", t.lemma):
                encounter.status, encounter.settled = "cancelled", True
            elif self.words.of("happen", t.lemma) and t.feats.get("Tense") == "Past":
                encounter.status, encounter.settled = "held", True
        if encounter.status is None and verb is not None:
            direct = happens or self.words.of("hold", verb.lemma) or self._governs(verb, first, last)
            status, certainty = self._said(segment, verb)
            if direct:
                encounter.status, encounter.settled, encounter.certainty = status, True, certainty
            else:
                encounter.status = "planned" if status == "planned" else "held"

    def _governs(self, verb: Token, first: int, last: int) -> bool:
        return any(
            t.head == verb.index and t.rel in ("obj", "nsubj", "nsubj:pass") for t in self.tokens[first : last + 1]
        )

    def _said(self, segment: Segment, verb: Token) -> tuple[str, str]:
        """Status and certainty that the finite verb of a stretch says, with its words of plan and doubt."""
        inner = self.tokens[segment.first : segment.last]
        lemmas = {t.lemma for t in inner if t.pos in ("VERB", "ADJ", "ADV", "NOUN", "AUX")}
        certainty = "stated"
        if any(self.words.of("possible", w) for w in lemmas) or any(t.text.lower() in ("бы", "б") for t in inner):
            certainty = "possible"
        negated = any(t.text.lower() == "не" and verb.index - 2 <= t.index < verb.index for t in inner)
        if any(self.words.of("cancelled", w) for w in lemmas):
            return "cancelled", "stated"
        tense = _tense(verb, inner)
        if negated and tense == "planned":
            return "cancelled", "stated"
        if certainty == "possible" or any(self.words.of("planned", t.lemma) and t.pos != "NOUN" for t in inner):
            return "planned", certainty
        return tense, certainty

    # Verbs that tell of a meeting.

    def _verb(self, i: int) -> Iterator[Encounter]:
        token = self.tokens[i]
        lemma = token.lemma
        segment = self.segment_of(i)
        words = self.words
        if words.of("meet", lemma):
            yield from self._meet(i, segment, words.forms["meet"][lemma])
        elif words.of("discuss", lemma) and token.feats.get("VerbForm") != "Part":
            yield from self._meet(i, segment, "talks")
        elif words.of("receive", lemma):
            yield from self._receive(i, segment)
        elif words.of("go", lemma):
            yield from self._go(i, segment)
        elif words.of("topic", lemma):
            yield from self._spoken_of(i, segment)

    def _meet(self, i: int, segment: Segment, kind: str) -> Iterator[Encounter]:
        encounter = self._encounter(self._by_wire(kind, i, segment), "verb", i, i, segment)
        self._add(encounter, self._subject(segment))
        self._add(encounter, [a for a in self._inside(segment) if a.prep == _WITH and (a.first > i or a.last >= i - 3)])
        self._judge_verb(encounter, i, segment)
        yield encounter

    def _receive(self, i: int, segment: Segment) -> Iterator[Encounter]:
        guests = [
            a
            for a in self._inside(segment)
            if a.first > i
            and not a.prep
            and a.case in ("Acc", "Gen", "")
            and a.who[0].personal
            and all(t.pos in ("ADP", "PROPN", "ADV", "ADJ", "NUM", "NOUN") for t in self.tokens[i + 1 : a.first])
            and not any(t.pos == "NOUN" and case_of(t) in ("Acc", "Gen") for t in self.tokens[i + 1 : a.first])
        ]
        hosts = self._subject(segment)
        if not guests or not hosts or guests[0].who[0].party == hosts[0].who[0].party or not hosts[0].who[0].personal:
            return
        encounter = self._encounter("talks", "verb", i, i, segment)
        self._add(encounter, [*hosts, guests[0]])
        self._judge_verb(encounter, i, segment)
        yield encounter

    def _go(self, i: int, segment: Segment) -> Iterator[Encounter]:
        noun = next((n for k in range(i + 1, min(i + 7, segment.last)) if (n := self.words.noun(self.tokens, k))), None)
        if noun and noun[1] == "session":
            return  # «посетит саммит»: read at the noun
        place = self._destination(i, segment, self.tokens[i].lemma)
        visitors = [a for a in self._subject(segment) if a.who[0].personal]
        if place is None or not visitors:
            return
        encounter = self._encounter("visit", "verb", i, i, segment)
        encounter.place = place
        self._add(encounter, visitors)
        self._judge_verb(encounter, i, segment)
        if encounter.status == "held" and self.tokens[i].lemma in _ARRIVE and self.number < 4:
            encounter.status = "under_way"
        yield encounter

    def _spoken_of(self, i: int, segment: Segment) -> Iterator[Encounter]:
        """«Обсуждены ...», «Стороны рассмотрели ...»: topics of a meeting told elsewhere."""
        encounter = self._encounter("", "topic", i, i, segment)
        if encounter.topics:
            yield encounter

    def _judge_verb(self, encounter: Encounter, i: int, segment: Segment) -> None:
        token = self.tokens[i]
        verb = self.tokens[segment.verb] if segment.verb is not None else token
        if token.feats.get("VerbForm") == "Fin":
            verb = token
        encounter.status, encounter.certainty = self._said(segment, verb)
        encounter.settled = True

    # Common parts.

    def _encounter(self, kind: str, form: str, first: int, last: int, segment: Segment) -> Encounter:
        trigger = Span(self.tokens[first].start, self.tokens[last].end)
        made = Encounter(kind, form, self.number, trigger, self._cut(segment.first, segment.last))
        made.title = self.title
        made.item = self.document.item_of(self.sentence)
        made.time = self._time(trigger, segment)
        made.place = self._place_near(last, segment) if kind not in ("visit", "call", "") else None
        made.topics = list(self._topics(last, segment, form, kind))
        return made

    def _cut(self, first: int, last: int) -> Span:
        """The span of tokens [first, last) without signs and conjunctions at its edges."""
        while first < last - 1 and (
            self.tokens[first].text in _PUNCT or self.tokens[first].text.lower() in ("и", "а", "но", "что")
        ):
            first += 1
        while last - 1 > first and self.tokens[last - 1].text in _PUNCT - {")", "»"}:
            last -= 1
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def _time(self, trigger: Span, segment: Segment) -> TimeMention | None:
        start, end = self.tokens[segment.first].start, self.tokens[segment.last - 1].end
        grains = ("day", "week", "month", "span", "season", "quarter", "half", "year")
        here = [t for t in self.document.times if start <= t.start < end and t.grain in grains]
        near = sorted(here, key=lambda t: (grains.index(t.grain) > 3, abs(t.start - trigger.start)))
        return near[0] if near else None

    def _place_near(self, index: int, segment: Segment) -> tuple[str, Span, str | None] | None:
        """«в Астане», «на территории Чехии» in the stretch, the nearest to the word."""
        found = [p for p in self._places(segment) if p[1] == "Loc"]
        found.sort(key=lambda p: (abs(p[0] - index), p[0]))
        return found[0][2] if found else None

    def _destination(self, index: int, segment: Segment, lemma: str = "") -> tuple[str, Span, str | None] | None:
        """Where a visit goes: «в Астану», «посетил Астану»."""
        if lemma in ("посетить", "посещать"):
            return self._visited(index, segment)
        found = [
            p
            for p in self._places(segment)
            if p[0] > index and (p[1] == "Acc" or lemma in ("", "побывать", "находиться"))
        ]
        return found[0][2] if found else None

    def _visited(self, index: int, segment: Segment) -> tuple[str, Span, str | None] | None:
        k = index + 1
        while k < segment.last and (self.tokens[k].pos in ("ADJ", "ADV", "DET", "NUM") or self.tokens[k].text == ","):
            k += 1
        if k >= segment.last or self.tokens[k].pos == "ADP":
            found = [p for p in self._places(segment) if p[0] > index]
            return found[0][2] if found and found[0][1] == "Loc" else None
        return self._named_place(k)

    def _places(self, segment: Segment) -> list[tuple[int, str, tuple[str, Span, str | None]]]:
        """Places after «в», «на»: where they stand, Loc or Acc, and the place."""
        out = []
        for k in range(segment.first, segment.last - 1):
            if self.tokens[k].text.lower() not in ("в", "во", "на", "под"):
                continue
            j = k + 1
            while (
                j < segment.last - 1
                and self.tokens[j].pos == "ADJ"
                and not self.tokens[j].ner.endswith("LOC")
                and not self._starts_party(j)
            ):
                j += 1
            place = self._named_place(j)
            if place:
                case = case_of(self.tokens[j])
                last = next((t for t in self.tokens if t.end >= place[1].end), self.tokens[j])
                out.append((k, "Acc" if "Acc" in (case, case_of(last)) else "Loc", place))
        return out

    def _starts_party(self, index: int) -> bool:
        t = self.tokens[index]
        return any(
            m.start == t.start and m.kind in ("state", "capital") for m in self.reader.parties.within(t.start, t.end)
        )

    def _named_place(self, index: int) -> tuple[str, Span, str | None] | None:
        """The name of a state or town that begins with the token."""
        t = self.tokens[index]
        found = [m for m in self.reader.parties.within(t.start, t.end) if m.kind in ("state", "capital")]
        end = index + 1
        if found:
            while end < len(self.tokens) and self.tokens[end].end <= found[0].end:
                end += 1
        elif t.ner.endswith("LOC"):
            while end < len(self.tokens) and self.tokens[end].ner == "I-LOC":
                end += 1
        else:
            return None
        inner = self.tokens[index:end]
        code = found[0].codes[0] if found and found[0].codes else None
        return self.reader.language.nominative(inner), Span(inner[0].start, inner[-1].end), code

    def _topics(self, last: int, segment: Segment, form: str, kind: str) -> Iterator[Span]:
        """What is spoken of: after a verb of discussion, or after «переговоры по», «о»."""
        k = last + 1
        tokens = self.tokens
        if form == "noun":
            while k < segment.last and not (
                tokens[k].pos == "ADP" and tokens[k].text.lower() in ("по", "о", "об", "относительно")
            ):
                if _is_predicate(tokens[k]) or tokens[k].text == ",":
                    return
                k += 1
            if k >= segment.last or kind in ("visit", "session", "ceremony"):
                return
            if k + 1 < segment.last and tokens[k + 1].lemma in (
                "телефон",
                "видеосвязь",
                "итог",
                "инициатива",
                "случай",
                "окончание",
            ):
                return
        elif not self.words.of("topic", tokens[last].lemma):
            return
        yield from self._listed(k, segment, form)

    def _listed(self, k: int, segment: Segment, form: str) -> Iterator[Span]:
        """The parts of a list of topics that begins with token `k`."""
        tokens = self.tokens
        if form != "noun":
            while k < segment.last and (
                tokens[k].pos in ("ADV", "PART", "PRON") or tokens[k].text == "," or self._led(k, segment)
            ):
                k += 1 if not self._led(k, segment) else self._led(k, segment)
        end = segment.last
        while end > k and (tokens[end - 1].text in _PUNCT - {")", "»"}):
            end -= 1
        if k >= end:
            return
        case = next((case_of(t) for t in tokens[k:end] if t.pos in ("NOUN", "ADJ", "PROPN") and case_of(t)), "")
        start = k
        for j in range(k + 1, end):
            cut = self._next_topic(j, end, case)
            if cut and form != "noun":
                if j - start > 0:
                    yield self._cut(start, j)
                start = cut
        if start < end:
            yield self._cut(start, end)

    def _led(self, k: int, segment: Segment) -> int:
        """Length of «в ходе встречи», «по телефону», «с премьером Чехии» that stands before the topics."""
        if self.tokens[k].pos != "ADP" or self.tokens[k].text.lower() in ("о", "об", "относительно"):
            return 0
        j = k + 1
        argument = next((a for a in self.arguments if a.first == j), None)
        if argument:
            return argument.last - k
        while j < segment.last and self.tokens[j].pos in ("ADJ", "NOUN", "DET", "NUM") and j - k < 5:
            j += 1
            if self.tokens[j - 1].pos == "NOUN" and (j >= segment.last or case_of(self.tokens[j]) != "Gen"):
                break
        return j - k

    def _next_topic(self, j: int, end: int, case: str) -> int | None:
        """Where the next topic begins after a sign at `j`: it stands in the case of the first."""
        if self.tokens[j].text != ",":
            return None
        k = j + 1
        while k < end and self.tokens[k].text.lower() in ("а", "также", "и", "в", "частности"):
            k += 1
        if k >= end or self.tokens[k].pos not in ("NOUN", "ADJ", "PROPN") or case_of(self.tokens[k]) != case:
            return None
        return k


def _is_predicate(token: Token) -> bool:
    """A finite verb or a short participle."""
    form = token.feats.get("VerbForm")
    return token.pos in ("VERB", "AUX") and (
        form == "Fin" or (form == "Part" and (token.feats.get("Variant") == "Short" or not case_of(token)))
    )


def _tense(verb: Token, inner: Sequence[Token]) -> str:
    """Held, under way or planned, by the verb's tense; «будет» makes the future."""
    if any(
        t.lemma == "быть" and t.feats.get("Tense") == "Fut"
        for t in inner
        if t.head == verb.index or t.index == verb.index
    ):
        return "planned"
    tense, aspect = verb.feats.get("Tense"), verb.feats.get("Aspect")
    if tense == "Fut" or (tense == "Pres" and aspect == "Perf"):
        return "planned"
    if tense == "Pres" and verb.feats.get("VerbForm") == "Fin":
        return "under_way"
    return "held"


def _one_person(one: Attendee, two: Attendee) -> bool:
    """Whether two mentions are of one: the same name, or the same party told with and without a name."""
    if one.party != two.party:
        return bool(one.name) and one.name == two.name
    if one.name and two.name:
        return one.name == two.name
    return not (one.plural and two.plural and one.office != two.office)


def _of_person(p: PersonMention) -> Attendee:
    return Attendee(
        p.name, p.office, p.party, Span(p.start, p.end), p.name_span, p.office_span, p.how, p.rule, p.role, p.plural
    )


def _of_party(m: PartyMention) -> list[Attendee]:
    rule = "adjective-of-two" if m.kind == "adjective" else m.rule
    return [Attendee(None, None, c, Span(m.start, m.end), how=m.how, rule=rule) for c in m.codes]
