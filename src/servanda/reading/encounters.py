"""A sentence with its people and parties -> encounters: each word that tells of a meeting, with who and where."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from servanda.lang.protocol import Language
from servanda.lang.speech import is_speech
from servanda.lang.words import Sentence, Token
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.attendance import (
    BETWEEN,
    LED,
    OF_ONE,
    WITH,
    Argument,
    Attendee,
    find_arguments,
    of_person,
    of_pronoun,
    one_person,
)
from servanda.reading.attribution import Attribution, find_attributions, source_at
from servanda.reading.document import Document, TimeMention, starting
from servanda.reading.offices import PartyIndex, case_of
from servanda.reading.stretches import Stretch, cut_stretches, is_predicate, tense_of
from servanda.reading.talking_points import cut, end_of_list, end_of_topic, topics_of_noun, topics_of_verb
from servanda.reading.turns import Turn, find_author, read_turns
from servanda.reading.whereabouts import STAYING, Place, Whereabouts, time_of
from servanda.world.tables import Tables

_COMMA = frozenset({",", "и", "а", "также", "—", "–", "-", "--"})
_DASHES = frozenset({"—", "–", "-", "--"})
_FRONT = 4  # sentences in which an arrival told is news
_LONGEST = 400  # words of a sentence; a longer one is a list or no prose
_AT = "у"  # «у президента запланирована встреча»
_INSIDE = frozenset({"в", "на"})
_MANY = {"двух": 2, "трех": 3, "четырех": 4, "пяти": 5, "шести": 6, "семи": 7, "2-": 2, "3-": 3, "4-": 4, "5-": 5}
_SHORT = 3  # letters that make no topic
_NEAR = 6  # words before a noun in which its modifiers stand
_TO_CLAUSE = 4  # words from «обсудили» or «речь» to the clause that says what: «о том»
_OBJECTS = ("Acc", "Gen", "")
_QUOTES = frozenset('«“„"')
_TOWARDS = ("Acc", "Dat", "Gen")
_FROM = frozenset({"в", "у", "из", "от", "с"})
_FOLK = frozenset(("гражданин", "турист", "житель", "население", "пассажир", "человек", "паломник"))
_SUPPOSING = frozenset(("если", "вряд", "лучше"))  # words before a verb that tells what may never be
_GREETING = frozenset(("рад", "рада", "рады"))  # «рад возможности пообщаться»: of the meeting itself


@dataclass(slots=True, eq=False)
class Encounter:
    """What one place of the report tells of a meeting. Empty fields are not told there; `kind` is "" for topics alone.

    `settled`: the status is said of the meeting itself, not gathered from «по итогам».
    """

    kind: str
    form: str
    sentence: int
    trigger: Span
    quote: Span
    item: int = 0
    title: bool = False
    people: list[Attendee] = field(default_factory=list)
    place: Place | None = None
    time: TimeMention | None = None
    status: str | None = None
    settled: bool = False
    certainty: str = "stated"
    topics: list[Span] = field(default_factory=list)
    happens: bool = False  # «состоялись переговоры»
    apart: bool = False  # «отдельные встречи с ...»: as many meetings
    begun: bool = False  # «прибыл с визитом»: under way while parts of it are still to come
    one_sided: bool = False  # «встреча с президентом», whose other side stands elsewhere
    called_off: bool = False  # by the verb over it
    again: bool = False  # «следующее заседание»: of those of the last one
    manifold: bool = False  # «шестисторонние», «контактной группы»: of more than two, or of others
    spoken_at: bool = False  # «в ходе переговоров посол заявил ...»: of whom one side is told
    errand: bool = False  # «вылетел на переговоры»: to come, unless told as held
    days: int = 0  # «двухдневный»
    yours: bool = False  # «во время Вашего визита»: of him who is spoken to
    goal: int | None = None  # head of «посетил республику», where that is told elsewhere
    summit: bool = False  # «саммит», of whom it is not said
    by_us: bool = False  # «мы ведём переговоры с ...»: one side is the speaker
    unnamed: tuple[int, ...] = ()  # heads of «альянс (ведёт переговоры) с принимающей стороной»
    beside: bool = False  # «саммит, на полях которого ...»: where that is
    joint: bool = False  # «двусторонняя», «межправительственная»: of the two of whom the news is


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
        self.telling = {w for form in _TELLING.split() for w in self.forms[form]} | set(self.nouns)

    def of(self, form: str, lemma: str) -> bool:
        """Whether the lemma is of the form."""
        return lemma in self.forms[form]

    def noun(self, tokens: Sequence[Token], i: int) -> tuple[int, str] | None:
        """The meeting that the words from `i` on name: how many words, and its kind."""
        for words, kind in self.nouns.get(tokens[i].lemma, ()):
            if [t.lemma for t in tokens[i : i + len(words)]] == list(words):
                return len(words), kind
        return None


_HABITS = frozenset(("часто", "регулярно", "постоянно", "периодически", "обычно", "нередко", "неоднократно", "редко"))
_DEEDS = ("hold", "happen", "meet", "speak", "discuss", "receive", "go", "stay", "dial")
_TELLING = (
    "send unveil agree attend summon stay meet speak discuss dial receive go leave invite await sign set topic theme"
)


def body_codes(tables: Tables) -> frozenset[str]:
    """Codes of intergovernmental bodies."""
    return frozenset(row["code"] for row in tables.rows("bodies"))


def _papers(tables: Tables) -> frozenset[str]:
    """Nouns that name a document, one word each."""
    return frozenset(row["noun"] for row in tables.rows("ru/instruments") if row["force"] == "named")


def _build_ru(tables: Tables) -> Words:
    return Words(tables.rows("ru/meetings"))


_BUILDERS = {"ru": _build_ru}


class Reader:
    """Finds the encounters of one document."""

    def __init__(self, document: Document, language: Language, tables: Tables) -> None:
        self.document, self.language, self.tables = document, language, tables
        self.words = tables.derive(_BUILDERS[language.code])
        self.parties = PartyIndex.of(document.parties)
        self.bodies = tables.derive(body_codes)
        self.papers = tables.derive(_papers)
        self.places = {p.start: p for p in document.places}
        self.people = document.people
        self.starts = [p.start for p in document.people]

    @cached_property
    def attributions(self) -> list[Attribution]:
        """Who says what, worked out when it is first asked."""
        return find_attributions(self.document)

    @cached_property
    def in_one_voice(self) -> bool:
        """Whether the page is a speech, a letter or a post."""
        return find_author(self.document) is not None

    @cached_property
    def turns(self) -> dict[int, Turn]:
        """Whose turn it is, by sentence."""
        return read_turns(self.document, ())

    def read(self, number: int) -> Iterator[Encounter]:
        """The encounters of one sentence, in order; none in one of sport."""
        sentence = self.document.sentences[number]
        if len(sentence.tokens) > _LONGEST:
            return
        barred = self.words.forms["barred"].keys()
        if not sentence.lemmas.isdisjoint(self.words.telling) and barred.isdisjoint(sentence.lemmas):
            yield from _SentenceReader(self, number, sentence).read()


class _SentenceReader:
    """Finds the encounters of one sentence."""

    def __init__(self, reader: Reader, number: int, sentence: Sentence) -> None:
        self.reader, self.number, self.sentence = reader, number, sentence
        self.document, self.words, self.tokens = reader.document, reader.words, sentence.tokens
        self.stretches = cut_stretches(self.tokens)
        times = starting(self.document.times, sentence.start, sentence.end)
        self.where = Whereabouts(self.tokens, reader.parties, reader.places, reader.language, reader.tables, times)

    @cached_property
    def arguments(self) -> list[Argument]:
        """Who stands where."""
        first = bisect_left(self.reader.starts, self.sentence.start)
        inside = self.reader.people[first : bisect_left(self.reader.starts, self.sentence.end)]
        hailing = self.words.forms["hailing"].keys()
        return find_arguments(self.document, self.sentence, inside, self.reader.parties, hailing)

    def read(self) -> Iterator[Encounter]:
        """In the order of their words."""
        taken = -1
        for i, token in enumerate(self.tokens):
            if i <= taken:
                continue
            noun = self.words.noun(self.tokens, i)
            if noun and noun[1] == "credentials":
                taken = i + noun[0] - 1
                yield from self._credentials(i, taken)
            elif noun and ((self.words.of("only_held", token.lemma) and not self._has_held(i)) or self._is_urged(i)):
                continue
            elif noun and not self._is_part_of_name(token) and not self._is_aside(i):
                taken = i + noun[0] - 1
                yield from self._each_apart(self._noun(i, taken, noun[1]))
                taken += 1 if noun[1] == "session" and self._is_its_board(taken + 1) else 0
            elif self.words.of("tour", token.lemma):
                yield from self._tour(i)
            elif token.pos == "VERB" or any(
                self.words.of(form, token.lemma) for form in ("topic", "theme", "attend", "invite")
            ):
                yield from self._verb(i)

    def _is_aside(self, i: int) -> bool:
        """A noun of meeting that tells none of its own."""
        return self._is_manner(i) or self._is_in_court(i) or self._is_on_fields(i) or self._is_of_folk(i)

    def _is_of_folk(self, i: int) -> bool:
        """«поездки (своих) граждан»: whoever travels there is no guest."""
        after = next((t for t in self.tokens[i + 1 : i + 4] if t.pos not in ("ADJ", "DET")), None)
        return after is not None and after.lemma in _FOLK and case_of(after) == "Gen"

    def _is_on_fields(self, i: int) -> bool:
        """«на полях саммита премьер встретился с ...»: a session told elsewhere, whose people are not named here."""
        before = next((t for t in reversed(self.tokens[max(0, i - 3) : i]) if t.pos != "ADJ"), None)
        if before is None or before.lemma != "поле" or i + 1 == len(self.tokens):
            return False
        near = next((a for a in self.arguments if a.first == i + 1), None)
        return self.tokens[i + 1].pos not in ("ADP", "ADJ", "PROPN") and (near is None or near.kind == "person")

    def _is_part_of_name(self, token: Token) -> bool:
        """«Парламентская ассамблея», «Форум ...» as the name of a body."""
        return any(m.kind in ("body", "organ", "company") for m in self.reader.parties.within(token.start, token.end))

    def _each_apart(self, encounter: Encounter) -> Iterator[Encounter]:
        """«провёл встречи с президентом Чехии и премьером Сербии», «его встречи с ...»: he whose they are met each."""
        people = encounter.people
        guests = [w for a in self.arguments if a.prep == WITH for w in a.who if w in people]
        own = [p for p in people if p not in guests]
        several = len({p.party for p in guests}) > 1 or (len(guests) > 1 and all(p.name for p in guests))
        alone = not own and encounter.one_sided and all(p.name for p in guests)  # whose they are stands elsewhere
        if not (encounter.apart and (own or alone) and several and all(p.personal for p in guests)):
            yield encounter
            return
        start, end = encounter.quote
        for guest in guests:
            quote = Span(start, guest.span.end) if guest is guests[0] and start < guest.span.end < end else guest.span
            yield replace(encounter, people=[*own, guest], topics=list(encounter.topics), quote=quote)

    def _is_its_board(self, k: int) -> bool:
        """«заседание (межправкомиссии)», «сессия (форума)»: one session."""
        noun = self.words.noun(self.tokens, k) if k < len(self.tokens) else None
        return noun is not None and noun[1] == "session" and case_of(self.tokens[k]) == "Gen"

    def _is_urged(self, i: int) -> bool:
        """«призвал (президента) начать переговоры», «призвал к переговорам»: asked of others, no news."""
        head, led = self.tokens[i].head, i > 0 and self.tokens[i - 1].text.lower() == "к"
        if head >= 0 and self.tokens[head].feats.get("VerbForm") == "Inf":
            head, led = self.tokens[head].head, self.tokens[i].rel.startswith("obj")
        return led and head >= 0 and self.words.of("urge", self.tokens[head].lemma)

    def _has_held(self, i: int) -> bool:
        """«ведёт диалог», «начать диалог», as against «готовность к диалогу»."""
        head = self.tokens[i].head
        return head >= 0 and self.words.of("hold", self.tokens[head].lemma) and self.tokens[i].rel.startswith("obj")

    def _is_manner(self, i: int) -> bool:
        """«в режиме видеоконференции»: how, not what."""
        return i > 0 and self.words.of("mode", self.tokens[i - 1].lemma)

    def _is_in_court(self, i: int) -> bool:
        """«судебное заседание»."""
        return i > 0 and self.words.of("court", self.tokens[i - 1].lemma)

    # Who is told of.

    def _stretch_of(self, index: int) -> Stretch:
        return next((s for s in reversed(self.stretches) if s.first <= index), self.stretches[0])

    def _inside(self, stretch: Stretch) -> list[Argument]:
        return [a for a in self.arguments if stretch.first <= a.first < stretch.last]

    def _subject(self, stretch: Stretch) -> list[Argument]:
        """Those of whom a stretch tells: named in it, else those of the stretch before, or the noun of «который»."""
        for _ in range(_NEAR):
            here = [
                a for a in self._inside(stretch) if not a.prep and a.case == "Nom" and self._may_be_subject(a, stretch)
            ]
            here = [a for a in here if a.kind != "capital"] or here
            if here:
                return here
            if stretch.relative is not None and case_of(self.tokens[stretch.relative]) == "Nom":
                return [a for a in self.arguments if a.last <= (stretch.relative or 0)][-1:]
            if stretch.previous is None or self._has_other_subject(stretch):
                return []
            stretch = stretch.previous if stretch.relative is not None else stretch.main
        return []

    def _may_be_subject(self, argument: Argument, stretch: Stretch) -> bool:
        """Before the verb and on no other noun («по информации Вести»), or where the tree has the subject."""
        inner = self.tokens[argument.first : argument.last]
        token = next((t for t in inner if not argument.first <= t.head < argument.last), inner[0])
        if argument.kind == "person" and token.pos == "NOUN" and case_of(token) == "Nom":
            return True  # whatever the tree hangs it on
        for _ in range(_NEAR):
            if token.rel.startswith("nsubj"):
                return True
            if token.rel not in ("conj", "appos", "flat:name", "flat") or token.head < 0:
                break
            token = self.tokens[token.head]
        if stretch.verb is not None and argument.first > stretch.verb and argument.kind != "person":
            return False
        return (
            token.head < 0
            or token.rel not in ("nmod", "appos", "flat:name")
            or not _is_oblique(self.tokens[token.head])
        )

    def _has_other_subject(self, stretch: Stretch) -> bool:
        inner = self.tokens[stretch.first : stretch.last]
        return any(t.rel.startswith("nsubj") and (stretch.verb is None or t.head == stretch.verb) for t in inner)

    def _one_side_more(self, people: list[Attendee], first: int, stretch: Stretch) -> list[Attendee]:
        """The side that «встреча с ...» leaves out: the subject here or in the stretch before, or who came last."""
        parties = {p.party for p in people}
        subjects = [self._subject(s) for s in (stretch, stretch.previous, self.stretches[0]) if s is not None]
        named = [[a] for a in reversed(self.arguments) if a.last <= first and a.who[0].personal]
        for found in [*subjects, *named]:
            sides = [w for a in found for w in a.who if w.known and w.role != "official"]
            if sides and not {w.party for w in sides} & parties:
                return sides
        return []

    def _is_framed(self, first: int) -> bool:
        """«во время встречи», «в ходе (короткой) беседы», «в телефонном разговоре», «на встрече»."""
        before = [t for t in self.tokens[max(0, first - 3) : first] if t.pos != "ADJ"]
        if not before:
            return False
        inside = before[-1].text.lower() in _INSIDE and case_of(self.tokens[first]) == "Loc"
        return inside or self.words.of("during", before[-1].lemma)

    def _complete_deal(self, encounter: Encounter, last: int, stretch: Stretch) -> None:
        """«Чехия ведёт переговоры о покупке вертолётов в США»: of whom one buys, or to whom one sells."""
        parties = {p.party for p in encounter.people}
        deal = next((k for k in range(last + 1, min(last + 4, stretch.last)) if self._is_deal(k)), None)
        if len(parties) != 1 or deal is None:
            return
        after = [a for a in self._inside(stretch) if a.first > deal and a.prep in _FROM and a.who[0].party]
        other = [a for a in after if a.who[0].party not in parties][:1]
        self._add(encounter, other)
        if encounter.place is not None and any(w.span == encounter.place.span for a in other for w in a.who):
            encounter.place = None  # where one buys

    def _is_deal(self, k: int) -> bool:
        return self.tokens[k].pos == "NOUN" and self.words.of("deal", self.tokens[k].lemma)

    def _silent_side(self, encounter: Encounter, first: int, last: int, stretch: Stretch) -> list[Argument]:
        """Who acts «по итогам переговоров в Москве», or together «по итогам встречи», or towards whom he acts then."""
        kind = encounter.kind
        subject = [a for a in self._subject(stretch) if a.who[0].known]
        others = self.tokens[last + 1].text in ("с", "со") if last + 1 < stretch.last else False  # «... с журналистами»
        if kind in ("talks", "call") and not others and len(subject) == 1 and subject[0].who[0].personal:
            parties = {w.party for w in subject[0].who}
            sides = [a for a in self._inside(stretch) if a.case in _TOWARDS and not a.prep and a.who[0].personal]
            if met := [a for a in sides if a.who[0].party and a.who[0].party not in parties and a.first > last]:
                return [*subject, *met[:1]] if self._is_framed(first) else []
            encounter.spoken_at = self._is_framed(first)
            if encounter.spoken_at and encounter.place is None:
                return subject
        together = len({w.party for a in subject for w in a.who}) > 1
        guest = kind == "talks" and encounter.place is not None and bool(subject) and subject[0].who[0].personal
        return subject if together or guest else []

    # Nouns that name a meeting.

    def _noun(self, first: int, last: int, kind: str) -> Encounter:
        stretch = self._stretch_of(last)
        kind = self._by_wire(kind, first, stretch)
        people, closed, one_sided = self._around(first, last, stretch, kind)
        own = self._owner(first, last) if one_sided and kind == "talks" else []
        people = [*own, *people]
        verb = self.tokens[stretch.verb] if stretch.verb is not None else None
        governor = self._governor(first, stretch, verb)
        happens = verb is not None and (self.words.of("happen", verb.lemma) or self._is_subject(first, last, verb))
        holds = governor is not None and not happens and self._is_held(governor, kind, stretch)
        encounter = self._encounter(kind, "noun", first, last, stretch)
        encounter.people, told_by_none = people, not people
        encounter.summit = self.words.of("of_body", self.tokens[last].lemma)
        encounter.one_sided = one_sided
        if kind in ("session", "talks") and governor is not None and self.words.of("receive", governor.lemma):
            self._host(encounter, first, stretch)
        if kind == "visit":
            self._complete_visit(encounter, first, last, stretch)
        elif kind == "ceremony":
            self._add(encounter, self._subject(stretch) if holds else self._at_ceremony(first, last, stretch))
        elif not own and self._subject_meets(kind, holds, people, first, stretch):
            self._add(encounter, self._subject(stretch) or self._speaker(verb.index if verb else first, stretch))
        elif one_sided and not own and not happens:
            encounter.people += self._one_side_more(people, first, stretch)
        elif not people and not happens:
            self._add(encounter, self._silent_side(encounter, first, last, stretch))
        encounter.by_us = holds and verb is not None and self._is_ours(verb, stretch)
        encounter.unnamed = self._unnamed(last, stretch, holds)
        silent = told_by_none and bool(encounter.people) and kind in ("talks", "call")
        if kind in ("talks", "call"):
            self._propose(encounter, stretch)
        if kind == "talks" and (holds or encounter.status == "cancelled"):
            self._complete_deal(encounter, last, stretch)
        if kind == "session":
            self._add_parties(encounter, self._dashed(last, stretch))
        if kind == "talks":
            self._add_parties(encounter, self._joined(last, stretch))
        if kind in ("session", "talks", "ceremony"):
            self._complete_attendance(encounter, first, last, stretch)
        if holds and not any(p.party for p in encounter.people):
            self._add_parties(encounter, self._board(stretch))
        self._of_one_body(encounter)
        encounter.apart = encounter.kind == "talks" and self.words.of("single", self.tokens[last].lemma)
        encounter.apart = encounter.apart and self._is_plural(first, last)
        self._judge_noun(encounter, first, last, closed, stretch, verb, happens or holds)
        if kind == "visit" and holds and verb is not None:
            self._judge_arrival(encounter, verb)
        passive = verb is not None and self.words.of("hold", verb.lemma) and verb.text.endswith("ся")  # «ведутся»
        encounter.happens = verb is not None and (passive or (happens and self.words.of("happen", verb.lemma)))
        encounter.joint = any(self.words.of("joint", t.lemma) for t in self.tokens[max(0, first - 2) : last + 4])
        modifiers = [*self._modifiers(first, last, stretch), *self.tokens[max(first - 1, stretch.first) : first]]
        encounter.days = next((n for t in modifiers if (n := _days(t.lemma))), 0)
        encounter.again = any(self.words.of("again", t.lemma) for t in modifiers)
        encounter.manifold = self._is_manifold(first, last)
        encounter.joint = encounter.joint or (not encounter.people and self._is_of_both(stretch))
        after = self.tokens[last + 1 : last + 4]  # «заседание комиссии двух стран»
        encounter.joint = encounter.joint or any(self.words.of("both", t.lemma) for t in after)
        if happens or holds or silent or encounter.status == "cancelled":
            encounter.quote = cut(self.tokens, stretch.first, stretch.last)
        else:
            encounter.quote = cut(self.tokens, self._start_of_phrase(first, stretch), max(closed, last + 1))
        return encounter

    def _is_plural(self, first: int, last: int) -> bool:
        """«(провёл) встречи»; after a dash («— встречи с ...») no genitive of the singular stands."""
        if self.tokens[last].feats.get("Number") == "Plur":
            return True
        return first > 0 and self.tokens[first - 1].text in _DASHES and case_of(self.tokens[last]) == "Gen"

    def _is_manifold(self, first: int, last: int) -> bool:
        """«многосторонние переговоры», «встреча контактной группы»."""
        near = self.tokens[max(0, first - 3) : min(last + 4, len(self.tokens))]
        return any(self.words.of("manifold", t.lemma) for t in near)

    def _host(self, encounter: Encounter, first: int, stretch: Stretch) -> None:
        """«Перу примет саммит»: where it is held, and one who takes part."""
        hosts = [w for a in self._subject(stretch) for w in a.who if w.party][:1]
        if case_of(self.tokens[first]) == "Acc" and hosts and hosts[0].party in self.where.states:
            encounter.people = [*hosts, *encounter.people] if encounter.kind == "session" else encounter.people
            name = self.where.states[hosts[0].party]
            encounter.place = encounter.place or Place(name, hosts[0].span, hosts[0].party)

    def _owner(self, first: int, last: int) -> list[Attendee]:
        """«его встреча», «её беседы»: whose they are."""
        own = [t for t in self.tokens[max(0, first - _NEAR) : first] if t.text.lower() in OF_ONE]
        found = [of_pronoun(self.document, self.sentence, t) for t in own if first <= t.head <= last]
        return [p for p in found if p is not None]

    def _tour(self, i: int) -> Iterator[Encounter]:
        """«запланированы его встречи с ... и посещение завода»: sights of a visit, told beside its meetings."""
        stretch = self._stretch_of(i)
        before = self.tokens[stretch.first : i]
        nouns = [t for t in before if self.words.noun(self.tokens, t.index)]
        if case_of(self.tokens[i]) not in ("Nom", "Acc") or not nouns or before[-1].pos == "ADP":
            return
        end = end_of_list(self.tokens, i + 1, stretch.last)
        if end == i + 1 or case_of(self.tokens[i + 1]) not in ("Gen", "") or self.where.named(i + 1) is not None:
            return
        encounter = self._encounter("visit", "tour", i, i, stretch)
        encounter.quote, encounter.topics = cut(self.tokens, i, end), [cut(self.tokens, i + 1, end)]
        encounter.people = [p for t in nouns for p in self._owner(t.index, t.index)][:1]
        if stretch.verb is not None:
            self._judge_verb(encounter, stretch.verb, stretch)
        if any(t.pos == "NOUN" and self.words.of("before", t.lemma) for t in before):
            encounter.status = "planned"  # «программа визита включает посещение ...»
        if encounter.status is not None:
            yield encounter

    def _governor(self, first: int, stretch: Stretch, verb: Token | None) -> Token | None:
        """The infinitive over a noun («может провести переговоры»), else the verb of the stretch."""
        head = self.tokens[first].head
        over = self.tokens[head] if stretch.first <= head < first else None
        return over if over is not None and over.feats.get("VerbForm") in ("Inf", "Conv") else verb

    def _at_ceremony(self, first: int, last: int, stretch: Stretch) -> list[Argument]:
        """Those of the genitives after a ceremony, and those who take part in it."""
        after = [a for a in self._inside(stretch) if a.first > last and a.case in ("Gen", "") and a.prep in ("", WITH)]
        return after if all(self._is_bare(last + 1, a.first) for a in after[:1]) else []

    def _subject_meets(self, kind: str, holds: bool, people: list[Attendee], first: int, stretch: Stretch) -> bool:
        """Whether who is told of in a stretch is one of those who meet."""
        if kind == "session":
            return holds or self._takes_part(first, stretch)
        return holds and len({p.party for p in people}) < 2

    def _takes_part(self, first: int, stretch: Stretch) -> bool:
        """«На саммите ЕС одобрил ...», «президент выступил на форуме»: the subject is there."""
        start = self._start_of_phrase(first, stretch)
        if any(self.words.of("margin", t.lemma) for t in self.tokens[max(0, first - 3) : first]):
            return not any(a.kind == "body" for a in self._inside(stretch))  # that it is of, which is told alone
        if start == first and first > 1 and self.words.of("part", self.tokens[first - 1].lemma):
            start, first = first - 2, first - 1  # «выступил на открытии форума»
        return start < first and self.tokens[start].text.lower() == "на" and case_of(self.tokens[first]) == "Loc"

    def _is_bare(self, start: int, end: int) -> bool:
        """Whether between two words stand only genitives and signs of a list."""
        return all(
            t.text in _COMMA or (t.pos in ("ADJ", "NOUN", "PROPN", "NUM") and case_of(t) in ("Gen", ""))
            for t in self.tokens[start:end]
        )

    def _complete_attendance(self, encounter: Encounter, first: int, last: int, stretch: Stretch) -> None:
        """Where one goes for it («прибыл в Прагу для участия в саммите»), and in what relative clause who is there."""
        verb = self.tokens[stretch.verb].lemma if stretch.verb is not None else ""
        moves = self.words.of("go", verb) or self.words.of("stay", verb)
        if encounter.kind == "session" and encounter.place is None and moves:
            encounter.place = self.where.goal(last, stretch) or self.where.before(first, stretch)
        if encounter.kind == "talks" and len({p.party for p in encounter.people}) == 1:
            self._add(encounter, [a for a in self._inside(stretch) if a.kind == "organ" and a.prep == "в"])
        if encounter.kind == "session" and not any(p.party for p in encounter.people):
            self._add_parties(
                encounter, self._body_here(None if self.words.of("of_body", self.tokens[first].lemma) else stretch)
            )
        following = next((s for s in self.stretches if s.previous is stretch and s.relative is not None), None)
        if following and any(self.words.of("attend", t.lemma) for t in self.tokens[following.first : following.last]):
            self._add(encounter, [a for a in self._inside(following) if not a.prep and a.case == "Nom"])

    def _body_here(self, stretch: Stretch | None) -> list[Attendee]:
        """The one body whose session it is: «НАТО решила на саммите в Риге ...», «в Совбезе ООН прошло заседание».

        `stretch`: where it acts or is the place of the session; None for any place of the sentence.
        """
        found = [a for a in self.arguments if a.kind == "body"]
        if stretch is not None:
            found = [a for a in found if stretch.first <= a.first < stretch.last]
            found = [a for a in found if a.prep in _INSIDE or (a.case == "Nom" and not a.prep)]
        bodies = [w for a in found for w in a.who if w.party in self.reader.bodies]
        return [replace(bodies[0], rule="body-of-sentence")] if len({w.party for w in bodies}) == 1 else []

    def _by_wire(self, kind: str, first: int, stretch: Stretch) -> str:
        """Talks by telephone or video are a call."""
        near = [
            *self.tokens[max(stretch.first, first - 8) : first],
            *self.tokens[first + 1 : min(first + 6, stretch.last)],
        ]
        return "call" if kind == "talks" and any(self.words.of("video", t.lemma) for t in near) else kind

    def _around(self, first: int, last: int, stretch: Stretch, kind: str) -> tuple[list[Attendee], int, bool]:
        """Who meets by the words on the noun, where these end, and whether only one side is told («встреча с ...»)."""
        people: list[Attendee] = []
        closed = k = last + 1
        goal = self.where.goal(last, stretch) if kind == "visit" else None
        if goal and self.tokens[last + 1 : last + 2] and goal.span.start - self.tokens[last].end < _NEAR:
            k = next(
                (t.index + 1 for t in self.tokens if t.end >= goal.span.end), k
            )  # «визит в столицу президента ...»
        one_sided = False
        for a in self.arguments:
            if first - 2 <= a.first and a.last <= first and a.who[0].rule == "adjective-of-two":
                people += a.who
            if a.first <= last or a.first >= stretch.last:
                continue
            between = self.tokens[k : a.first]
            near = all(self._leads_on(t, kind) for t in between) or (
                kind == "session" and self._is_of_organ(between, a)
            )
            dashed = any(t.text in _DASHES for t in between)
            bare = not a.prep and near and not any(t.pos == "ADP" and t.text != "по" for t in between)
            if bare and (
                a.case in ("Gen", "")
                or (kind == "call" and a.case == "Dat")
                or a.kind == "body"
                or (people and dashed)
                or self._opens_pair(a)
            ):
                people += a.who
                k = closed = a.last
                one_sided = one_sided or a.case == "Dat"
            elif a.prep == LED and people:
                people = [*people[:-1], *a.who]
                k = closed = a.last
            elif a.prep in (WITH, BETWEEN) and a.case in ("Ins", "Gen", "") and self._hangs_on(a, last, kind):
                one_sided = one_sided or (a.prep == WITH and not people)
                people += a.who
                k = closed = a.last
            elif a.prep in ("в", "на") and near:
                k = a.last
        if one_sided:
            people += [w for a in self._inside(stretch) if a.last <= first and a.prep == _AT for w in a.who]
        if not any(p.personal for p in people):
            before = [a for a in self._inside(stretch) if a.last <= first and a.prep in (WITH, BETWEEN, _AT)]
            before = [a for a in before if self._hangs_on(a, last, kind)]
            one_sided = one_sided or (not people and [a.prep for a in before] == [WITH])  # «С Чадом ведутся переговоры»
            people += [w for a in before for w in a.who]
        if goal is not None:
            closed = max(closed, next((t.index + 1 for t in self.tokens if t.end >= goal.span.end), closed))
        return people, max(closed, self._end_of_place(first, last, stretch, closed)), one_sided

    def _leads_on(self, token: Token, kind: str) -> bool:
        """What may stand between a noun and who meets: «заседание (совместной комиссии) России и Армении»."""
        if token.pos in ("ADJ", "ADP", "NUM") or token.text in _COMMA or token.text in _QUOTES:
            return True
        if self.words.of("honorific", token.lemma):
            return True
        return kind == "session" and self.words.of("organ", token.lemma)

    def _is_of_organ(self, between: Sequence[Token], argument: Argument) -> bool:
        """«заседание коллегий министерств иностранных дел Чехии», «... комиссии по рыболовству Чехии и Сербии»."""
        if not any(self.words.of("organ", t.lemma) for t in between[:3]):
            return False
        pair = argument.last < len(self.tokens) and self.tokens[argument.last].text == "и"
        return all(
            t.pos in ("ADJ", "NOUN", "CCONJ") or (t.text == "по" and (pair or len(argument.who) > 1)) for t in between
        )

    def _opens_pair(self, argument: Argument) -> bool:
        """«саммит Россия — АСЕАН»: a name in the nominative before a dash."""
        k = argument.last
        dashed = k + 1 < len(self.tokens) and self.tokens[k].text in _DASHES
        return dashed and not argument.prep and argument.kind != "person"

    def _end_of_place(self, first: int, last: int, stretch: Stretch, closed: int) -> int:
        place = self.where.near(first, last, stretch)
        end = next((t.index + 1 for t in self.tokens if place and t.end >= place.span.end), closed)
        return end if end <= closed + 4 else closed

    def _hangs_on(self, argument: Argument, noun: int, kind: str) -> bool:
        """Whether «с ...» hangs on no noun between («переговоры о договоре с Чехией», «о границе между Чехией и ...»);
        a ceremony is of one.
        """
        heads = (t.head for t in self.tokens[argument.first : argument.last])
        head = next((h for h in heads if not argument.first <= h < argument.last), -1)
        if argument.last <= noun and head >= 0 and head != noun and self.tokens[head].lemma in self.words.nouns:
            return False  # «по итогам встречи с премьером состоялась церемония»
        if head < 0 or kind == "ceremony" or self.tokens[head].lemma == "участие":
            return True
        over = self.tokens[head]
        first = next((a for a in self.arguments if a.first <= head < a.last < argument.last), None)
        if first is not None and first.prep == argument.prep and first.first > noun:
            return self._hangs_on(first, noun, kind)  # «встреча с премьером и президентом»
        if argument.prep == BETWEEN:
            return head <= noun or not self.words.of("bond", over.lemma)
        if over.pos == "VERB" and (self.words.of("meet", over.lemma) or self.words.of("discuss", over.lemma)):
            return False
        if not noun < head < argument.first:
            return True
        if kind == "talks" and self.words.of("hold", self.tokens[self._stretch_of(noun).verb or 0].lemma):
            return not self.words.of("bond", over.lemma)  # «ведёт переговоры о поставках нефти с Чехией»
        return over.pos != "NOUN" or any(a.first <= head < a.last for a in self.arguments)

    def _is_subject(self, first: int, last: int, verb: Token) -> bool:
        return any(t.rel.startswith("nsubj") and t.head == verb.index for t in self.tokens[first : last + 1])

    def _is_held(self, verb: Token, kind: str, stretch: Stretch) -> bool:
        """Whether the subject takes part: «провел встречу», «примет участие в саммите»."""
        if self.words.of("hold", verb.lemma) or self.words.of("stay", verb.lemma):
            return True
        lemmas = {t.lemma for t in self.tokens[stretch.first : stretch.last]}
        if lemmas & self.words.forms["attend"].keys():
            return True
        return kind in ("session", "visit") and self.words.of("go", verb.lemma)

    def _add(self, encounter: Encounter, arguments: Sequence[Argument]) -> None:
        for who in (w for a in arguments for w in self._led(a)):
            if not any(one_person(who, p) for p in encounter.people):
                encounter.people.append(who)

    def _led(self, group: Argument) -> list[Attendee]:
        """«делегация Омана во главе с адмиралом»: the leader stands for those whom he leads."""
        after = next((a for a in self.arguments if a.first >= group.last), None)
        led = after is not None and after.prep == LED and not group.who[-1].name
        return [*group.who[:-1], *after.who] if after is not None and led else group.who

    def _add_parties(self, encounter: Encounter, parties: Sequence[Attendee]) -> None:
        known = {p.party for p in encounter.people}
        encounter.people += [p for p in parties if p.party not in known]

    def _dashed(self, last: int, stretch: Stretch) -> list[Attendee]:
        """«саммит «Россия — Африка»»: those whose names dashes join, states or whole parts of the world."""
        k = last + 1
        while k < stretch.last and (self.tokens[k].text in _QUOTES or self.tokens[k].pos == "ADJ") and k - last < _NEAR:
            if self._party_at(k) is not None:
                break
            k += 1
        within = [m for m in self.reader.parties.within(*self._bounds(k)) if m.kind in ("state", "body") and m.codes]
        if len(within) > 1:  # «Россия-ЕС»
            return [Attendee(None, None, m.codes[0], Span(m.start, m.end), how=m.how, rule=m.rule) for m in within]
        found: list[Attendee] = []
        while k < len(self.tokens) and (one := self._party_at(k)) is not None:
            found.append(one)
            k = next((t.index for t in self.tokens[k:] if t.start >= one.span.end), len(self.tokens))
            if k >= len(self.tokens) or self.tokens[k].text not in _DASHES:
                break
            k += 1
        return found if len(found) > 1 else []

    def _joined(self, last: int, stretch: Stretch) -> list[Attendee]:
        """«переговоры о вступлении (Сербии) в ЕС»: who is to join, and what."""
        entry = next((k for k in range(last + 1, min(last + _NEAR, stretch.last)) if self._is_entry(k)), None)
        if entry is None:
            return []
        after = [a for a in self._inside(stretch) if a.first > entry]
        body = next((a for a in after if a.kind == "body" and a.prep in ("в", "к")), None)
        who = [
            a for a in after if a.kind == "state" and not a.prep and a.case == "Gen" and body and a.first < body.first
        ]
        return [w for a in [*who[:1], *([body] if body else [])] for w in a.who]

    def _is_entry(self, k: int) -> bool:
        return self.words.of("entry", self.tokens[k].lemma)

    def _bounds(self, k: int) -> tuple[int, int]:
        token = self.tokens[min(k, len(self.tokens) - 1)]
        return token.start, token.end

    def _party_at(self, k: int) -> Attendee | None:
        """A state, body or part of the world whose name begins here."""
        start = self.tokens[k].start
        for m in self.reader.parties.within(start, self.tokens[k].end):
            if m.start == start and m.kind in ("state", "body") and m.codes:
                return Attendee(None, None, m.codes[0], Span(m.start, m.end), how=m.how, rule=m.rule)
        place = self.reader.places.get(start)
        if place is None or place.code:
            return None
        return Attendee(None, None, f"name:{place.name}", Span(place.start, place.end), rule="part-of-the-world")

    def _complete_visit(self, encounter: Encounter, first: int, last: int, stretch: Stretch) -> None:
        """Who goes, and where to: «визит президента в Астану», «находится в Астане с визитом»."""
        verb = self.tokens[stretch.verb].lemma if stretch.verb is not None else ""
        encounter.place = self.where.goal(last, stretch)
        if encounter.place is None and (self.words.of("stay", verb) or self.words.of("go", verb)):
            encounter.place = self.where.before(first, stretch) or self.where.pointed_at(stretch)
        organs = [
            a for a in self._inside(stretch) if a.first > last and a.kind in ("organ", "body") and a.case == "Gen"
        ]
        organs = [a for a in organs[:1] if not a.prep and self._is_bare(last + 1, a.first)]
        encounter.people = [p for p in encounter.people if p.personal] or [w for a in organs for w in a.who]
        if any(t.lemma == "мой" for t in self.tokens[max(0, first - 2) : first]):
            self._add(encounter, self._speaker(first, stretch, own=True))
        encounter.yours = any(t.lemma == "ваш" for t in self.tokens[max(0, first - 2) : first])
        if encounter.yours:
            return
        if not encounter.people:
            self._add(encounter, [a for a in self._subject(stretch) if a.who[0].personal])
        if not encounter.people and encounter.place is not None:
            self._add(encounter, self._speaker(first, stretch))
        if self.tokens[self._start_of_phrase(first, stretch)].text.lower() == "к":
            encounter.status = "planned"  # «к визиту готовы»
        if encounter.place is None:
            encounter.place = self.where.near(first, last, stretch, [a for a in self.arguments if a.kind == "person"])

    def _start_of_phrase(self, first: int, stretch: Stretch) -> int:
        """The beginning of «по итогам встречи», «намеченной на июнь встречи»."""
        k = first
        while k > stretch.first and (
            self.tokens[k - 1].pos in ("ADJ", "ADP", "DET", "NUM")
            or self.tokens[k - 1].feats.get("VerbForm") == "Part"
            or self.words.of("frame", self.tokens[k - 1].lemma)
        ):
            k -= 1
        return k

    def _judge_noun(
        self,
        encounter: Encounter,
        first: int,
        last: int,
        closed: int,
        stretch: Stretch,
        verb: Token | None,
        happens: bool,
    ) -> None:
        """Status and certainty: by the words on the noun, else by the verb of its stretch, which `happens` is of it."""
        over = verb is not None and (happens or self._governs(verb, first, last) or self._is_refused(verb, first))
        put_off = self.tokens[self.tokens[first].head] if self.tokens[first].rel == "obj" else None
        if put_off is not None and put_off.feats.get("VerbForm") == "Inf" and self._is_put_off(put_off):
            status = "planned" if self._has_new_day(stretch, put_off) else "cancelled"
            encounter.status, encounter.settled, encounter.called_off = status, True, status == "cancelled"
            return
        if verb is not None and over and self._said(stretch, verb)[0] == "cancelled":
            encounter.status, encounter.settled, encounter.called_off = "cancelled", True, True
            return
        for t in self._modifiers(first, last, stretch):
            if self.words.of("planned", t.lemma):
                encounter.status, encounter.settled = "planned", True
            elif self.words.of("cancelled", t.lemma) or self.words.of("postponed", t.lemma):
                encounter.status, encounter.settled = "cancelled", True
            elif self.words.of("happen", t.lemma) and t.feats.get("Tense") == "Past":
                encounter.status, encounter.settled = "held", True
            elif self.words.of("possible", t.lemma):
                encounter.status, encounter.settled, encounter.certainty = "planned", True, "possible"
        near = self.tokens[max(stretch.first, first - 3) : first]
        if any(self.words.of("before", t.lemma) and self._is_before(t, first) for t in near):
            encounter.status = encounter.status or "planned"
        if any(self.words.of("schedule", t.lemma) for t in self.tokens[stretch.first : first]):
            encounter.status = encounter.status or "planned"  # «в программе визита — встречи с ...»
        if any(self.words.of("annulled", t.lemma) and self.tokens[first].head == t.index for t in near):
            encounter.status, encounter.settled = "cancelled", True  # «после отмены визита»
            return
        over_it = (t for t in near if t.pos == "NOUN" or t.feats.get("Variant") == "Short")
        if any(self.words.of("possible", t.lemma) for t in over_it):
            encounter.status, encounter.settled, encounter.certainty = "planned", True, "possible"
        if verb is not None and case_of(self.tokens[first]) == "Gen" and self._is_absent(verb):
            encounter.status, encounter.settled, encounter.certainty = "held", True, "denied"
            return
        if verb is not None and self.words.of("denied", verb.lemma):
            encounter.settled, encounter.certainty = True, "denied"
        following = self._told_after(last, max(closed - 1, last), stretch)
        if encounter.status is None and following is not None and following.verb is not None:
            told = self.tokens[following.verb]
            encounter.status = "planned" if self.words.of("planned", told.lemma) else tense_of(told, ())
            encounter.settled = True
            encounter.time = time_of(self.document.times, self.tokens, encounter.trigger, following) or encounter.time
            encounter.place = encounter.place or self.where.near(first, last, following)
        talks_to_come = encounter.kind == "talks" and encounter.status is None
        if talks_to_come and verb is not None and self._is_errand(first, verb):
            encounter.errand = True
            encounter.place = encounter.place or self.where.goal(verb.index, stretch, verb.lemma)
            return
        if verb is None and encounter.kind == "visit" and case_of(self.tokens[first]) == "Ins":
            encounter.status = encounter.status or "under_way"  # «президент с визитом в Праге»
        if encounter.status is not None or verb is None:
            return
        if self._is_done_at(first):
            encounter.status = "held"
            return
        status, certainty = self._said(stretch, verb)
        if (
            happens
            or self.words.of("hold", verb.lemma)
            or self.words.of("stay", verb.lemma)
            or self._governs(verb, first, last)
        ):
            encounter.status, encounter.settled, encounter.certainty = status, True, certainty
        else:
            inner = self.tokens[stretch.first : stretch.last]
            agreed = self.words.of("planned", verb.lemma) and self._is_spoken_of(first)
            if any(t.text.lower() in ("бы", "б") for t in inner) or verb.lemma == "мочь":
                agreed, encounter.certainty = True, "possible"
            encounter.status = "planned" if agreed or tense_of(verb, inner) == "planned" else "held"

    def _is_spoken_of(self, first: int) -> bool:
        """«(договорились) о встрече», «(согласились) на встречу»."""
        start = next((k for k in range(first - 1, -1, -1) if self.tokens[k].pos != "ADJ"), first)
        agreed_to = self.tokens[start].text.lower() == "на" and case_of(self.tokens[first]) == "Acc"
        return agreed_to or self.tokens[start].text.lower() in ("о", "об")

    def _is_errand(self, first: int, verb: Token) -> bool:
        """«вылетела в Женеву на переговоры»: what one has left for."""
        errand = case_of(self.tokens[first]) == "Acc" and first > verb.index and self.tokens[first - 1].text == "на"
        going = self.words.of("arrive", verb.lemma) and tense_of(verb, [verb]) == "held"
        return errand and (going or (self.words.of("go", verb.lemma) and tense_of(verb, [verb]) == "under_way"))

    def _is_done_at(self, first: int) -> bool:
        """«(направит по решению,) принятому на саммите»: what has been done there."""
        head = self.tokens[first].head
        if not 0 <= head < first or case_of(self.tokens[first]) != "Loc" or is_predicate(self.tokens[head]):
            return False
        return self.tokens[head].feats.get("VerbForm") == "Part" and self.tokens[head].feats.get("Tense") == "Past"

    def _is_put_off(self, verb: Token) -> bool:
        """«(решило) отложить переговоры»."""
        return self.words.of("cancelled", verb.lemma) or self.words.of("postponed", verb.lemma)

    def _is_absent(self, verb: Token) -> bool:
        """«переговоров не было», «встреч не проводилось»."""
        impersonal = verb.feats.get("Gender") == "Neut" and verb.feats.get("Tense") == "Past"
        return impersonal and verb.index > 0 and self.tokens[verb.index - 1].text.lower() == "не"

    def _is_refused(self, verb: Token, first: int) -> bool:
        """«отказалась от (личной) встречи»."""
        near = self.tokens[verb.index + 1 : first]
        return bool(near) and near[0].text == "от" and all(t.pos in ("ADJ", "DET") for t in near[1:])

    def _is_before(self, word: Token, noun: int) -> bool:
        """«накануне (предстоящего) визита» with nothing else between, as against «Накануне он провёл встречу»."""
        if word.pos == "NOUN":
            return True
        between = self.tokens[word.index + 1 : noun]
        return case_of(self.tokens[noun]) in ("Gen", "Ins") and all(t.pos in ("ADJ", "DET", "NUM") for t in between)

    def _told_after(self, last: int, closed: int, stretch: Stretch) -> Stretch | None:
        """«саммит, который пройдёт в Риге»: the relative clause that tells when and where."""
        after = next((s for s in self.stretches if s.previous is stretch and s.relative is not None), None)
        if after is None or after.verb is None:
            return None
        lemma = self.tokens[after.verb].lemma
        if not self.words.of("happen", lemma) and not self.words.of("planned", lemma):
            return None
        return after if self.tokens[after.verb].head == last or stretch.last - closed < _NEAR else None

    def _modifiers(self, first: int, last: int, stretch: Stretch) -> list[Token]:
        """Adjectives and participles on a noun, before it in its case or after it."""
        case = case_of(self.tokens[last])
        before = self.tokens[max(stretch.first, first - _NEAR) : first]
        after = self.tokens[last + 1 : stretch.last]
        out = [t for t in before if t.pos in ("ADJ", "VERB") and case_of(t) == case and not is_predicate(t)]
        return out + [
            t for t in after if t.feats.get("VerbForm") == "Part" and t.rel.startswith("acl") and t.head == last
        ]

    def _governs(self, verb: Token, first: int, last: int) -> bool:
        return any(
            t.head == verb.index and t.rel in ("obj", "nsubj", "nsubj:pass") for t in self.tokens[first : last + 1]
        )

    def _said(self, stretch: Stretch, verb: Token) -> tuple[str, str]:
        """Status and certainty that the verb of a stretch says, with its words of plan and doubt."""
        inner = self.tokens[stretch.first : stretch.last]
        verbal = [t for t in inner if t.pos in ("VERB", "ADJ", "AUX") and (not case_of(t) or t.index == verb.index)]
        doubt = self._is_doubted(stretch, verbal)
        certainty = "possible" if doubt else "stated"
        managed = any(self.words.of("managed", t.lemma) and t.feats.get("Tense") == "Past" for t in verbal)
        tense = "held" if managed else tense_of(verb, inner)
        if tense == "held" and self.words.of("begin", verb.lemma) and self.number < _FRONT:
            tense = "under_way"
        if any(self._is_failed(t) for t in verbal):
            return "cancelled", "stated"
        negated = any(t.text.lower() == "не" and verb.index - 2 <= t.index < verb.index for t in inner)
        planned = any(self.words.of("planned", t.lemma) for t in verbal)
        if any(self.words.of("cancelled", t.lemma) and self._is_negated(t) for t in verbal):
            return "planned", "stated"  # «не отменяет»
        if any(self.words.of("cancelled", t.lemma) for t in verbal) or (
            negated and not doubt and (planned or tense == "planned" or self.words.of("happen", verb.lemma))
        ):
            return "cancelled", "stated"
        if any(self.words.of("postponed", t.lemma) for t in verbal):
            return ("planned" if self._has_new_day(stretch, verb) else "cancelled"), "stated"
        if doubt or planned:
            return "planned", certainty
        told = any(self.words.of(form, verb.lemma) for form in _DEEDS)
        return tense, "denied" if negated and told and tense != "planned" else certainty

    def _is_failed(self, token: Token) -> bool:
        """«не смог (посетить)»."""
        return self.words.of("able", token.lemma) and token.feats.get("Tense") == "Past" and self._is_negated(token)

    def _is_negated(self, token: Token) -> bool:
        return token.index > 0 and self.tokens[token.index - 1].text.lower() == "не"

    def _credentials(self, first: int, last: int) -> Iterator[Encounter]:
        """«принял верительные грамоты посла»: an envoy and the one to whom he is sent."""
        stretch = self._stretch_of(first)
        present = [a for a in [*self._subject(stretch), *self._inside(stretch)] if a.who[0].personal]
        if stretch.verb is None or len({w.party for a in present for w in a.who}) < 2:
            return
        encounter = self._encounter("ceremony", "noun", first, last, stretch)
        self._add(encounter, present)
        self._judge_verb(encounter, stretch.verb, stretch)
        yield encounter

    def _is_doubted(self, stretch: Stretch, verbal: Sequence[Token]) -> bool:
        """«может», «возможно,», «не прочь»; or «не исключено, что» before it. «Исключено» alone is no doubt."""
        inner = self.tokens[stretch.first : stretch.last]
        told = [*verbal, *(t for t in inner if t.pos in ("ADV", "PART"))]
        before = stretch.previous
        if before is not None and self.tokens[stretch.first].lemma == "что":
            told += self.tokens[before.first : before.last]
        for t in told:
            if t.text.lower() in ("бы", "б"):
                return True
            if self.words.of("possible", t.lemma):
                excluded = t.lemma.startswith("исключ") or t.lemma == "прочь"
                if not excluded or (t.index and self.tokens[t.index - 1].text.lower() == "не"):
                    return True
        return False

    def _has_new_day(self, stretch: Stretch, verb: Token) -> bool:
        """«перенесена на осень», as against «отложена» and «намеченная на осень (встреча) перенесена»."""
        start, end = self.tokens[stretch.first].start, self.tokens[stretch.last - 1].end
        starts = {t.start for t in self.document.times if start <= t.start < end}
        inner = self.tokens[verb.index : stretch.last]
        return any(one.text.lower() in ("на", "до") and starts & {one.start, two.start} for one, two in pairwise(inner))

    # Verbs that tell of a meeting.

    def _verb(self, i: int) -> Iterator[Encounter]:
        lemma, stretch, words = self.tokens[i].lemma, self._stretch_of(i), self.words
        if self._is_supposed(i, stretch) or self._is_of_travellers(i):
            return
        if words.of("meet", lemma) and not self._is_bound_for(i, stretch):
            if not self._leads_to_deed(i, stretch) and not self._is_habit(i):
                yield self._meet(i, stretch, words.forms["meet"][lemma])
        elif words.of("speak", lemma):
            met = self._meet(i, stretch, "talks")
            yield from [met] if any(a.prep == WITH and self._is_of_verb(a, i) for a in self._inside(stretch)) else []
        elif words.of("attend", lemma):
            yield from self._attend(i, stretch)
        elif words.of("dial", lemma):
            yield from self._dial(i, stretch)
        elif words.of("stay", lemma) and self.number < _FRONT:
            yield from self._go(i, stretch)
        elif words.of("summon", lemma) and (summoned := list(self._summon(i, stretch))):
            yield from summoned
        elif words.of("invite", lemma):
            yield from self._invite(i, stretch)
        elif words.of("send", lemma):
            yield from self._send(i, stretch)
        elif words.of("await", lemma):
            yield from self._await(i, stretch)
        elif words.of("theme", lemma):
            spoken = self._encounter("", "theme", i, i, stretch)
            spoken.topics = list(self._themes(i, stretch))
            yield from [spoken] if spoken.topics else []
        elif words.of("discussed", lemma) and (talks := self._discussed_by(i, stretch)):
            yield talks
        elif words.of("discuss", lemma) and self.tokens[i].feats.get("VerbForm") != "Part" and self._is_of_opinions(i):
            yield self._meet(i, stretch, "session" if self._is_at_session(stretch) else "talks")
        elif words.of("receive", lemma):
            yield from self._receive(i, stretch)
        elif words.of("go", lemma):
            yield from self._go(i, stretch)
        elif words.of("leave", lemma):
            yield from self._leave(i, stretch)
        elif words.of("sign", lemma) or words.of("set", lemma) or self._changes_hands(i):
            yield from self._sign(i, stretch)
        elif words.of("unveil", lemma):
            yield from self._unveil(i, stretch)
        elif words.of("agree", lemma) and (talks := self._agree(i, stretch)):
            yield talks
        elif words.of("topic", lemma) and self._is_of_opinions(i):
            spoken = self._encounter("", "topic", i, i, stretch)
            yield from [spoken] if spoken.topics else []

    def _is_of_travellers(self, i: int) -> bool:
        """«Туристов побывало 496 тыс.», «Граждане прибыли»: whoever travels there is no guest."""
        below = (self.tokens[k] for k in self.sentence.children[i])
        return any(t.lemma in _FOLK and (t.rel.startswith("nsubj") or case_of(t) == "Gen") for t in below)

    def _is_supposed(self, i: int, stretch: Stretch) -> bool:
        """«если он приедет», «вряд ли встретится», «лучше бы поехал», «собирается давить на ...»: none is told."""
        before = {t.text.lower() for t in self.tokens[stretch.first : i]}
        means = self.tokens[i].lemma == "собираться" and self._leads_to_deed(i, stretch)
        return means or not before.isdisjoint(_SUPPOSING | _GREETING)

    def _is_at_session(self, stretch: Stretch) -> bool:
        """«обсудили границу на саммите»."""
        for k in range(stretch.first + 1, stretch.last):
            noun = self.words.noun(self.tokens, k)
            if noun and noun[1] == "session" and self._takes_part(k, stretch):
                return True
        return False

    def _discussed_by(self, i: int, stretch: Stretch) -> Encounter | None:
        """«обсуждался министрами Чехии и Сербии», «... будет обсуждаться 3 мая в Вене»: by the two of the news."""
        token = self.tokens[i]
        if not (token.text.lower().endswith("ся") or token.feats.get("Variant") == "Short"):
            return None
        agents = [a for a in self._inside(stretch) if not a.prep and a.case == "Ins"]
        several = len({w.party for a in agents for w in a.who if w.party}) > 1
        named = any(self.words.noun(self.tokens, k) for k in range(stretch.first, stretch.last))
        encounter = self._encounter("talks", "verb", i, i, stretch)
        self._add(encounter, agents)
        self._judge_verb(encounter, i, stretch)
        encounter.place = encounter.place or self.where.goal(i, stretch)
        encounter.topics = []
        set_down = encounter.status == "planned" and encounter.time is not None and encounter.place is not None
        encounter.joint = not agents and set_down and self.words.of("discuss", token.lemma)
        return encounter if not named and (several or encounter.joint) else None

    def _agree(self, i: int, stretch: Stretch) -> Encounter | None:
        """«министры Чехии и Сербии утвердили план в Вене»: people of two parties who act in one place."""
        people = [w for a in self._subject(stretch) for w in a.who if w.personal]
        if len({w.party for w in people if w.party}) < 2 or tense_of(self.tokens[i], [self.tokens[i]]) != "held":
            return None
        if any(self.words.noun(self.tokens, k) for k in range(stretch.first, stretch.last)):
            return None  # read at the noun
        encounter = self._encounter("talks", "verb", i, i, stretch)
        encounter.people = people
        self._judge_verb(encounter, i, stretch)
        encounter.status = "held"  # «договорились 7 апреля в Вене»
        return encounter if encounter.place is not None else None

    def _attend(self, i: int, stretch: Stretch) -> Iterator[Encounter]:
        """«В нём участвуют ...», which names no meeting: those of the one told before."""
        inner = range(stretch.first, stretch.last)
        if any(self.words.of("rite", self.tokens[k].lemma) and case_of(self.tokens[k]) == "Loc" for k in inner):
            yield from self._rite(i, stretch)
            return
        back = any(self.words.of("back", self.tokens[k].lemma) and case_of(self.tokens[k]) == "Loc" for k in inner)
        leads = self.words.of("lead", self.tokens[i].lemma) and any(self._is_led(self.tokens[k]) for k in inner)
        if not (back or leads):
            return
        encounter = self._encounter("", "attend", i, i, stretch)
        self._add(encounter, [a for a in self._subject(stretch) if back or a.who[0].personal])
        yield encounter

    def _rite(self, i: int, stretch: Stretch) -> Iterator[Encounter]:
        """«присутствовали при подписании», «участвовали в открытии моста»: those of two parties, a ceremony."""
        present = [a for a in self._subject(stretch) if a.who[0].personal]
        if len({w.party for a in present for w in a.who if w.party}) < 2:
            return
        if any(self.words.noun(self.tokens, k) for k in range(stretch.first, stretch.last)):
            return  # «в церемонии подписания»: read at the noun
        encounter = self._encounter("ceremony", "verb", i, i, stretch)
        self._add(encounter, present)
        self._judge_verb(encounter, i, stretch)
        yield encounter

    def _is_led(self, token: Token) -> bool:
        """«(российскую) делегацию», «заседание», «его», whose head is told."""
        return self.words.of("led", token.lemma) or (token.lemma in ("он", "она", "оно") and case_of(token) == "Acc")

    def _is_bound_for(self, i: int, stretch: Stretch) -> bool:
        """«собирается в Прагу»: one who goes."""
        token = self.tokens[i]
        alone = token.feats.get("Number") == "Sing" and self.words.of("go", token.lemma)
        return alone and self.where.goal(i, stretch, token.lemma) is not None

    def _leads_to_deed(self, i: int, stretch: Stretch) -> bool:
        """«собираются построить», which is no meeting."""
        inner = self.tokens[stretch.first : stretch.last]
        return any(t.feats.get("VerbForm") == "Inf" and (t.head == i or t.index == i + 1) for t in inner)

    def _is_habit(self, i: int) -> bool:
        """«довольно часто встречаются», which tells of no meeting."""
        return any(self.tokens[k].lemma in _HABITS for k in self.sentence.children[i])

    def _changes_hands(self, i: int) -> bool:
        """«обменялись нотами»."""
        papers = any(self.words.of("paper", t.lemma) for t in self.tokens[i + 1 : i + 4])
        return papers and self.tokens[i].lemma.startswith("обменя")

    def _is_of_opinions(self, i: int) -> bool:
        """«обменялись мнениями», not prisoners."""
        near = self.tokens[i + 1 : i + 3]
        return not self.tokens[i].lemma.startswith("обмен") or any(self.words.of("about", t.lemma) for t in near)

    def _dial(self, i: int, stretch: Stretch) -> Iterator[Encounter]:
        """«позвонил президенту Франции», «позвонил в Париж»."""
        called = [a for a in self._inside(stretch) if not a.prep and a.case == "Dat" and a.who[0].personal]
        called = called or [a for a in self._inside(stretch) if a.prep == "в" and a.kind in ("capital", "state")]
        if called:
            encounter = self._encounter("call", "verb", i, i, stretch)
            self._add(encounter, [*self._subject(stretch), *called[:1]])
            self._judge_verb(encounter, i, stretch)
            yield encounter

    def _invite(self, i: int, stretch: Stretch) -> Iterator[Encounter]:
        """«пригласил президента Чехии в Берлин», «... посетить Берлин»: a visit that may be."""
        written = self.tokens[i].pos == "NOUN"  # «передал президенту Чехии приглашение посетить Берлин»
        cases, after = (("Dat",), stretch.first) if written else (_OBJECTS, i)
        guests = [a for a in self._inside(stretch) if a.first > after and not a.prep and a.case in cases]
        guests = [a for a in guests if a.who[0].personal][:1]
        deed = next(
            (k for k in range(i + 1, stretch.last) if self.words.of("visited", self.tokens[k].lemma)),
            None,
        )
        place = self.where.object_of(deed, stretch) if deed is not None else self.where.goal(i, stretch)
        if guests and place is not None:
            encounter = self._encounter("visit", "verb", i, i, stretch)
            encounter.place, encounter.status, encounter.settled = place, "planned", True
            encounter.certainty = "possible"
            if encounter.time is not None and encounter.time.end < self.tokens[i].start:
                encounter.time = None  # the day of the invitation
            self._add(encounter, guests)
            yield encounter

    def _send(self, i: int, stretch: Stretch) -> Iterator[Encounter]:
        """«направит делегацию в Прагу», «выслал в Прагу сотрудника»: those whom it sends go on a visit."""
        place = self.where.goal(i, stretch, self.tokens[i].lemma)
        sent = [t for t in self.tokens[stretch.first : stretch.last] if self.words.of("sent", t.lemma)]
        sent = [t for t in sent if t.head == i and (t.rel == "obj" or t.rel.startswith("nsubj:pass"))]
        if place is None or not sent:
            return
        told = [a for a in self._inside(stretch) if a.first <= sent[0].index < a.last or a.prep == LED]
        encounter = self._encounter("visit", "verb", i, i, stretch)
        encounter.place = place
        self._add(encounter, [a for a in told if a.who[0].personal])
        senders = [w for a in self._subject(stretch) for w in a.who if w.party]
        if not any(p.party for p in encounter.people) and senders:
            office, span = sent[0].lemma, Span(sent[0].start, sent[0].end)
            group = encounter.people[0] if encounter.people else replace(senders[0], office=office, office_span=span)
            encounter.people = [replace(group, party=senders[0].party, name=group.name if encounter.people else None)]
        self._judge_verb(encounter, i, stretch)
        yield encounter

    def _await(self, i: int, stretch: Stretch) -> Iterator[Encounter]:
        """«в Анкаре ждут премьера Чехии»: a visit to come."""
        guests = [a for a in self._inside(stretch) if not a.prep and a.case in _OBJECTS and a.who[0].personal]
        place = self.where.near(i, i, stretch, guests)
        if guests and place is not None and not self._leads_to_deed(i, stretch):
            encounter = self._encounter("visit", "verb", i, i, stretch)
            encounter.place, encounter.status, encounter.settled = place, "planned", True
            self._add(encounter, guests)
            yield encounter

    def _themes(self, i: int, stretch: Stretch) -> Iterator[Span]:
        """«главной темой станет ...», «... в центре внимания», «на повестке — ...»: what is at the other end."""
        one_of = i > 0 and self.tokens[i - 1].text.lower() == "из"
        if case_of(self.tokens[i]) not in ("Nom", "Ins", "Loc") and not one_of:
            return
        after = next((k for k in range(i + 1, stretch.last) if self._is_copula(k)), None)
        if after is not None:
            yield from topics_of_verb(self.tokens, after, stretch, self.arguments)
            return
        before = [
            k for k in range(i - 1, stretch.first, -1) if self._is_copula(k) and self.tokens[k].text not in _DASHES
        ]
        if stretch.verb is None and self.tokens[i - 1].pos == "ADP":
            before.append(i - 1)  # «Газ — в центре внимания»
        if before and case_of(self.tokens[stretch.first]) in ("Nom", "Acc"):
            yield cut(self.tokens, stretch.first, before[0])

    def _is_copula(self, k: int) -> bool:
        token = self.tokens[k]
        if token.pos == "AUX" and k + 1 < len(self.tokens) and self.tokens[k + 1].pos == "VERB":
            return False
        return token.text in _DASHES or self.words.of("copula", token.lemma)

    def _meet(self, i: int, stretch: Stretch, kind: str) -> Encounter:
        encounter = self._encounter(self._by_wire(kind, i, stretch), "verb", i, i, stretch)
        self._add(encounter, self._subject(stretch) or self._speaker(i, stretch))
        self._add(encounter, [a for a in self._inside(stretch) if a.prep == WITH and self._is_of_verb(a, i)])
        if not any(p.party for p in encounter.people):
            self._add_parties(encounter, self._board(stretch))
        self._complete_envoy(encounter)
        self._propose(encounter, stretch)
        encounter.by_us = self._is_ours(self.tokens[i], stretch)
        encounter.unnamed = self._unnamed(i, stretch, True)
        encounter.joint = not self.words.of("convene", self.tokens[i].lemma) and self._is_of_both(stretch)
        if self.words.of("convene", self.tokens[i].lemma):
            self._convene(encounter, i)
        self._of_one_body(encounter)
        self._judge_verb(encounter, i, stretch)
        return encounter

    def _doer(self, i: int, stretch: Stretch) -> list[Argument]:
        """«премьеру пришлось приехать», «президенту предстоит посетить ...»: the dative over an infinitive."""
        if self.tokens[i].feats.get("VerbForm") != "Inf":
            return []
        inner = self.tokens[stretch.first : stretch.last]
        needed = any(self.words.of("impersonal", t.lemma) for t in inner)
        doers = [a for a in self._inside(stretch) if a.case == "Dat" and not a.prep and a.who[0].personal]
        return doers[:1] if needed else []

    def _speaker(self, i: int, stretch: Stretch, own: bool = False) -> list[Argument]:
        """«Мы обсудили с ...», «мой визит», — сказал такой-то: he who says it."""
        if not own and not self._is_ours(self.tokens[i], stretch):
            return []
        outside = [a for a in self.arguments if not stretch.first <= a.first < stretch.last]
        here = [a for a in outside if a.case == "Nom" and not a.prep and a.who[0].personal]
        return here[:1] or self._quoted(stretch)

    def _propose(self, encounter: Encounter, stretch: Stretch) -> None:
        """«предложил Сербии провести консультации»: he to whom it is proposed."""
        verb = self.tokens[stretch.verb] if stretch.verb is not None else None
        if verb is not None and self.words.of("propose", verb.lemma) and len({p.party for p in encounter.people}) == 1:
            asked = [a for a in self._inside(stretch) if not a.prep and a.case in ("Dat", "") and a.first > verb.index]
            self._add(encounter, asked[:1])

    def _complete_envoy(self, encounter: Encounter) -> None:
        """«посол Чехии в Индии встретился с министром обороны»: of the state to which he is sent."""
        envoy = next((p for p in encounter.people if p.role == "envoy" and p.party and p.office_span), None)
        if envoy is None or envoy.office_span is None or len({p.party for p in encounter.people if p.party}) > 1:
            return
        named = [m for m in self.reader.parties.within(*envoy.office_span) if m.kind == "state" and m.codes]
        host = next((m.codes[0] for m in reversed(named) if m.codes[0] != envoy.party), None)
        known = [p for p in encounter.people if p.party is None and p.personal]
        if host and len(known) == 1:
            at = encounter.people.index(known[0])
            encounter.people[at] = replace(known[0], party=host, how=How.RESOLVED, rule="host")

    def _quoted(self, stretch: Stretch) -> list[Argument]:
        """He whose words a quotation of several sentences prints, or whose turn it is."""
        said = source_at(self.reader.attributions, self.tokens[stretch.first].start)
        people = [
            p
            for p in self.reader.people
            if said and p.party and p.start < said.source.end and said.source.start < p.end
        ]
        turn = self.reader.turns.get(self.number)
        people = people or [p for p in self.reader.people if turn and p.name and p.party and p.party == turn.speaker]
        return [Argument(stretch.first, stretch.first, "Nom", "", [of_person(p)], "person") for p in people[:1]]

    def _is_ours(self, verb: Token, stretch: Stretch) -> bool:
        """Whether the speaker does it: «мы обсудили», «встречаемся»."""
        return verb.feats.get("Person") == "1" or self._says_we(stretch) or self._is_author(verb)

    def _is_author(self, verb: Token) -> bool:
        """«Встретились с мэром», in a speech or post: he whose it is."""
        bare = not any(self.tokens[k].rel.startswith("nsubj") for k in self.sentence.children[verb.index])
        return bare and verb.feats.get("Tense") == "Past" and self.reader.in_one_voice

    def _says_we(self, stretch: Stretch) -> bool:
        return any(t.text.lower() in ("я", "мы") for t in self.tokens[stretch.first : stretch.last])

    def _convene(self, encounter: Encounter, i: int) -> None:
        """«комитет (альянса) соберётся», «собрался Совбез ООН»: a session of a board; others who gather are told."""
        under = [self.tokens[k] for k in self.sentence.children[i]]
        if any(t.rel.startswith("nsubj") and self.words.of("board", t.lemma) for t in under):
            encounter.kind = "session"
            self._add_parties(encounter, self._body_here(self._stretch_of(i)))
        else:
            encounter.unnamed = ()

    def _unnamed(self, last: int, stretch: Stretch, by_subject: bool) -> tuple[int, ...]:
        """Who meets by words that name no party of themselves: the subject, and «с (принимающей) стороной»."""
        found = []
        for k in range(stretch.first, stretch.last):
            token = self.tokens[k]
            subject = by_subject and token.rel.startswith("nsubj") and token.head == stretch.verb
            met = k > last and token.rel in ("obl", "nmod") and case_of(token) == "Ins" and self._is_with(k)
            if subject or met:
                found.append(k)
        return tuple(k for k in found if self.tokens[k].pos == "NOUN" and not self._is_known(self.tokens[k]))

    def _is_known(self, token: Token) -> bool:
        return any(a.first <= token.index < a.last and any(w.known for w in a.who) for a in self.arguments)

    def _is_with(self, k: int) -> bool:
        return any(self.tokens[i].text.lower() in ("с", "со") for i in self.sentence.children[k])

    def _is_of_verb(self, argument: Argument, i: int) -> bool:
        """Whether «с ...» is the verb's: after it, or near before it and on no noun («после встречи с ...»)."""
        if argument.first > i:
            return True
        over = self.tokens[argument.first - 2] if argument.first > 1 else None
        return argument.last >= i - 3 and (over is None or over.lemma not in self.words.nouns)

    def _is_of_both(self, stretch: Stretch) -> bool:
        """Whether the subject is «стороны», «президенты», «министры двух стран»: those of whom the news is."""
        for t in self.tokens[stretch.first : stretch.last]:
            if t.rel.startswith("nsubj") and t.feats.get("Number") == "Plur" and t.pos == "NOUN":
                below = [self.tokens[i].lemma for i in self.sentence.subtree(t.index)]
                return self.words.of("sides", t.lemma) or any(self.words.of("both", w) for w in below)
        return False

    def _receive(self, i: int, stretch: Stretch) -> Iterator[Encounter]:
        """«принял президента Чехии», «был принят президентом Чехии», with nothing else as object."""
        passive = self.tokens[i].feats.get("VerbForm") == "Part" or self.tokens[i].feats.get("Voice") == "Pass"
        sides = [a for a in self._inside(stretch) if not a.prep and a.who[0].personal]
        if passive:
            hosts, guests = [a for a in sides if a.case == "Ins"], self._subject(stretch)
        else:
            hosts = self._subject(stretch) or [a for a in sides if a.case == "Nom"]
            guests = [a for a in sides if a.case in _OBJECTS and a not in hosts]
        guests = [a for a in guests if self._is_received(i, a)]
        if not (hosts and guests and (hosts[0].who[0].personal or hosts[0].kind == "organ")):
            return  # «МИД Чехии принял делегацию Сербии»
        if guests[0].who[0].party != hosts[0].who[0].party:
            encounter = self._encounter("talks", "verb", i, i, stretch)
            self._add(encounter, [hosts[0], guests[0]])
            self._judge_verb(encounter, i, stretch)
            yield encounter

    def _summon(self, i: int, stretch: Stretch) -> Iterator[Encounter]:
        """«МИД Чехии вызвал посла Сербии», «посол приглашён в министерство для вручения ноты»."""
        sides = [a for a in self._inside(stretch) if a.case != "Gen" or a.who[0].personal]
        guests = [a for a in sides if a.who[0].role == "envoy" and a.prep != WITH]
        parties = {w.party for a in guests[:1] for w in a.who}
        hosts = [a for a in sides if a.kind == "organ" and a.prep in ("", "в") and a.who[0].party not in parties]
        if not self.words.of("invite", self.tokens[i].lemma):
            hosts += [a for a in sides if a.case == "Nom" and not a.prep and a not in guests and a not in hosts]
        hosts = [a for a in hosts if a.who[0].party and a.who[0].party not in parties]
        if guests and hosts:
            encounter = self._encounter("talks", "verb", i, i, stretch)
            self._add(encounter, [hosts[0], guests[0]])
            self._judge_verb(encounter, i, stretch)
            encounter.status = tense_of(self.tokens[i], self.tokens[stretch.first : stretch.last])
            yield encounter

    def _is_received(self, i: int, guest: Argument) -> bool:
        """Whether nothing stands between the verb and the guest that could be its object («принял решение»)."""
        between = self.tokens[i + 1 : guest.first] if guest.first > i else self.tokens[guest.last : i]
        return not any(
            (is_predicate(t) and t.pos != "AUX")
            or t.text == ","
            or (t.pos == "NOUN" and case_of(t) in _OBJECTS and not self._is_argument(t))
            for t in between
        )

    def _is_argument(self, token: Token) -> bool:
        return any(a.first <= token.index < a.last for a in self.arguments)

    def _go(self, i: int, stretch: Stretch) -> Iterator[Encounter]:
        lemma = self.tokens[i].lemma
        near = [k for k in range(i + 1, min(i + 7, stretch.last)) if not self._is_argument(self.tokens[k])]
        if any((n := self.words.noun(self.tokens, k)) and n[1] == "session" for k in near):
            return  # «посетит саммит»: read at the noun
        place = (
            self.where.object_of(i, stretch) if self.words.of("visited", lemma) else self.where.goal(i, stretch, lemma)
        )
        place = place or self.where.pointed_at(stretch) or self._to_us(stretch)
        subject = self._bearer(i, stretch) if self._is_attribute(i) else self._subject(stretch)
        subject = subject or self._doer(i, stretch) or self._speaker(i, stretch)
        visitors = [a for a in subject if a.who[0].personal]
        if visitors and self._tells_of_thing(i):
            return
        visitors += [a for a in self._inside(stretch) if a.prep == LED]
        unnamed = self._unnamed(i, stretch, True) if not any(w.known for a in visitors for w in a.who) else ()
        goal = self._unnamed_goal(i, stretch) if place is None else None
        if (place is None and goal is None) or not (visitors or unnamed):
            return
        encounter = self._encounter("visit", "verb", i, i, stretch)
        encounter.place, encounter.unnamed, encounter.goal = place, unnamed, goal
        self._add(encounter, visitors)
        if visitors and visitors[-1].prep == LED:
            encounter.people = list(visitors[-1].who)
        self._judge_verb(encounter, i, stretch)
        self._judge_arrival(encounter, self.tokens[i])
        yield encounter
        for other in self.where.and_then(place, stretch) if place is not None else ():
            yield replace(encounter, place=other, people=list(encounter.people), topics=[])

    def _to_us(self, stretch: Stretch) -> Place | None:
        """«приедет к вам», «прибудут к нам»: the state of who is spoken to, or of who speaks."""
        turn = self.reader.turns.get(self.number)
        for one, two in pairwise(self.tokens[stretch.first : stretch.last] if turn else ()):
            code = turn and {"вам": turn.heard, "нам": turn.speaker}.get(two.text.lower())
            if one.text.lower() == "к" and code in self.where.states:
                return Place(self.where.states[code], Span(one.start, two.end), code)
        return None

    def _leave(self, i: int, stretch: Stretch) -> Iterator[Encounter]:
        """«миссия МВФ покинула Тунис», «делегация вернулась из Чехии»: a visit of those sent, which is over."""
        visitors = [a for a in self._subject(stretch) if a.who[0].role == "group"]
        whence = [t.index + 1 for t in self.tokens[i + 1 : stretch.last - 1] if t.text.lower() == "из"]
        place = self.where.named(whence[0]) if whence else self.where.object_of(i, stretch)
        if visitors and place is not None and tense_of(self.tokens[i], [self.tokens[i]]) == "held":
            encounter = self._encounter("visit", "verb", i, i, stretch)
            encounter.place = place
            self._add(encounter, visitors)
            self._judge_verb(encounter, i, stretch)
            yield encounter

    def _tells_of_thing(self, i: int) -> bool:
        """«газ должен был пойти в порт и отправиться в Европу»: whether the tree has a thing for the subject."""
        token = self.tokens[i]
        for _ in range(_NEAR):
            for k in self.sentence.children[token.index]:
                subject = self.tokens[k]
                if subject.rel == "nsubj":
                    named = any(a.first <= k < a.last for a in self.arguments)
                    return not named and subject.pos == "NOUN" and subject.feats.get("Animacy") == "Inan"
            if token.rel not in ("conj", "xcomp") or token.head < 0:
                return False
            token = self.tokens[token.head]
        return False

    def _unnamed_goal(self, i: int, stretch: Stretch) -> int | None:
        """«посетил республику», «прибыл в страну»: the word for the state visited."""
        for t in self.tokens[i + 1 : stretch.last]:
            into = t.index > 0 and self.tokens[t.index - 1].text.lower() in ("в", "во")
            if self.words.of("land", t.lemma) and t.head == i and (t.rel == "obj" or into):
                return t.index
        return None

    def _is_attribute(self, i: int) -> bool:
        """«прибывший», not «прибыл»."""
        return self.tokens[i].feats.get("VerbForm") == "Part" and not is_predicate(self.tokens[i])

    def _bearer(self, i: int, stretch: Stretch) -> list[Argument]:
        """Whom a participle tells of: «с премьером Чехии, прибывшим в Вену», «прибывший в Вену премьер Чехии»."""
        case = case_of(self.tokens[i])
        before = [a for a in self.arguments if a.last in (i, i - 1) and a.case == case]
        after = [a for a in self._inside(stretch) if a.first > i and a.case == case and not a.prep]
        return before[-1:] or after[:1]

    def _judge_arrival(self, encounter: Encounter, verb: Token) -> None:
        """Who has arrived is still there, as far as the news itself tells; background leaves it open."""
        stayed = verb.lemma in STAYING and is_predicate(verb)  # «находился»
        if encounter.status == "held" and self.words.of("arrive", verb.lemma) and not stayed:
            encounter.status = "under_way" if self.number < _FRONT else "held"
            encounter.begun = encounter.status == "held"

    def _sign(self, i: int, stretch: Stretch) -> Iterator[Encounter]:
        """«Документ подписали ...»: those of two parties who sign with their own hands meet."""
        agents = [a for a in self._inside(stretch) if not a.prep and a.case == "Ins"]
        signers = [a for a in (agents or self._subject(stretch)) if a.who[0].personal]
        if signers and not agents:  # «министр Чехии вместе с президентом Сербии подписали»
            signers = [*signers, *(a for a in self._inside(stretch) if a.prep == WITH and self._is_together(a))]
        signers = signers or self._present(stretch)
        people = [w for a in signers for w in a.who]
        verb = self.tokens[i]
        if self.words.of("set", verb.lemma) and not any(self.words.of("signature", t.lemma) for t in self.tokens):
            return
        if not people and tense_of(verb, [verb]) == "held":
            yield self._encounter("ceremony", "setting", i, i, stretch)  # when and where: who signs may follow
            return
        if len({w.party for w in people if w.party}) < 2 or tense_of(verb, [verb]) != "held":
            return
        encounter = self._encounter("ceremony", "verb", i, i, stretch)
        self._add(encounter, signers)
        self._judge_verb(encounter, i, stretch)
        paper = next((t for t in self.tokens[stretch.first : stretch.last] if t.lemma in self.reader.papers), None)
        if paper is not None:
            barred = self.words.forms["no_deed"].keys()
            encounter.topics = list(topics_of_noun(self.tokens, paper.index, stretch, barred, self.arguments))
        yield encounter

    def _is_together(self, argument: Argument) -> bool:
        """«вместе с президентом Сербии»."""
        before = self.tokens[max(0, argument.first - _NEAR) : argument.first]
        return argument.who[0].personal and any(t.text.lower() in ("вместе", "совместно") for t in before)

    def _present(self, stretch: Stretch) -> list[Argument]:
        """«подписан в присутствии президентов Чехии и Сербии»."""
        at = next((t.index for t in self.tokens[stretch.first : stretch.last] if t.lemma == "присутствие"), None)
        if at is None:
            return []
        there = [a for a in self._inside(stretch) if a.first > at and a.case == "Gen" and a.who[0].personal]
        return there if len({w.party for a in there for w in a.who if w.party}) > 1 else []

    def _unveil(self, i: int, stretch: Stretch) -> Iterator[Encounter]:
        """«президенты Чехии и Сербии открыли мост»: people of two parties do it together."""
        people = [a for a in self._subject(stretch) if a.who[0].personal]
        several = len({w.party for a in people for w in a.who if w.party}) > 1
        object_ = next((t for t in self.tokens[i + 1 : stretch.last] if t.rel == "obj" and t.head == i), None)
        if not several or object_ is None or self.words.noun(self.tokens, object_.index):
            return
        encounter = self._encounter("ceremony", "verb", i, i, stretch)
        self._add(encounter, people)
        self._judge_verb(encounter, i, stretch)
        yield encounter

    def _judge_verb(self, encounter: Encounter, i: int, stretch: Stretch) -> None:
        """An infinitive is judged with the verb over it, where there is one in the stretch."""
        encounter.status, encounter.certainty = self._said(stretch, self.tokens[i])
        encounter.settled = True

    def _board(self, stretch: Stretch) -> list[Attendee]:
        """«рабочая группа по границе Чехии и Сербии (провела встречу)»: those whose board it is."""
        for t in self.tokens[stretch.first : stretch.last]:
            if t.rel.startswith("nsubj") and t.head == stretch.verb and self.words.of("board", t.lemma):
                below = set(self.sentence.subtree(t.index))
                return [w for a in self._inside(stretch) if a.kind == "state" and a.first in below for w in a.who]
        return []

    def _of_one_body(self, encounter: Encounter) -> None:
        """Several of one body, or of states not told, meet («министры стран НАТО», «встреча глав МИД»): a session."""
        people = encounter.people
        if encounter.kind not in ("talks", "call") or not people or len({p.party for p in people}) > 1:
            return
        body = people[0].party in self.reader.bodies
        host = self._body_here(None) if people[0].party is None and encounter.form == "noun" else []
        several = self._is_of_members(encounter) or all(
            p.plural or not (p.personal or encounter.form == "noun") for p in people
        )
        if (body or host) and several:
            encounter.kind = "session"
            self._add_parties(encounter, host)

    def _is_of_members(self, encounter: Encounter) -> bool:
        """«встреча участников пакта ОПЕК+», «встреча стран ЕАЭС»."""
        behind = bisect_left(self.tokens, encounter.trigger.end, key=lambda t: t.start)
        near = self.tokens[behind : behind + 2]
        whose = ("участник", "член", "страна", "государство")
        return any(t.lemma in whose and t.feats.get("Number") == "Plur" for t in near)

    def _encounter(self, kind: str, form: str, first: int, last: int, stretch: Stretch) -> Encounter:
        trigger = Span(self.tokens[first].start, self.tokens[last].end)
        made = Encounter(kind, form, self.number, trigger, cut(self.tokens, stretch.first, stretch.last))
        blocks = self.document.page.blocks
        made.title = bool(blocks) and blocks[self.sentence.block].kind == "title"
        made.item = self.document.item_of(self.sentence) if blocks else 0
        made.time = time_of(self.document.times, self.tokens, trigger, stretch)
        made.beside = any(t.lemma == "поле" for t in self.tokens[stretch.first : stretch.last])
        lead = self._lead(stretch)
        if lead is not None:
            made.time = made.time or time_of(self.document.times, self.tokens, trigger, lead)
        if kind in ("talks", "session", "ceremony"):
            people = [a for a in self.arguments if a.kind == "person"]
            made.place = self.where.near(first, last, stretch, people) or self.where.pointed_at(stretch)
            if lead is not None:
                made.place = made.place or self.where.near(first, last, lead, people)
            made.place = made.place or (self.where.adjective_before(first, stretch) if form == "noun" else None)
        if form == "noun" and kind in ("talks", "call"):
            barred = self.words.forms["no_topic"].keys()
            found = topics_of_noun(self.tokens, last, stretch, barred, self.arguments)
            made.topics = [self._before_place(t, made.place) for t in found]
        elif form == "noun" and kind == "ceremony":
            made.topics = list(self._celebrated(last, stretch))
        elif form != "noun" and self.words.of("topic", self.tokens[last].lemma):
            made.topics = list(self._topics(last, stretch))
        return made

    def _before_place(self, topic: Span, place: Place | None) -> Span:
        """«(переговоры) о границе в Вене»: the topic without the town where they are held."""
        if place is None or place.span.end != topic.end:
            return topic
        at = next((t.index for t in self.tokens if t.start == place.span.start), 0)
        if at < 2 or self.tokens[at - 1].pos != "ADP" or self.tokens[at - 2].start <= topic.start:
            return topic
        return Span(topic.start, self.tokens[at - 2].end) if self.where.is_town(at) else topic

    def _lead(self, stretch: Stretch) -> Stretch | None:
        """«В среду в Вене президент, сообщила пресс-служба, встретится с ...»: what stands before words of speech."""
        before = stretch.previous
        if before is None or before.verb is None or stretch.relative is not None:
            return None
        comma = next((k for k in range(before.verb - 1, before.first, -1) if self.tokens[k].text == ","), None)
        inserted = comma is not None and before.verb - comma < _TO_CLAUSE and is_speech(self.tokens[before.verb], "say")
        return Stretch(before.first, comma) if inserted and comma is not None else None

    def _celebrated(self, last: int, stretch: Stretch) -> Iterator[Span]:
        """«церемония открытия моста»: what the genitive after it says, to who takes part or the verb."""
        k = last + 1
        if k >= stretch.last or case_of(self.tokens[k]) != "Gen" or any(a.first == k for a in self.arguments):
            return
        end = end_of_topic(self.tokens, k, stretch.last)
        stops = [a.first - 1 for a in self.arguments if k < a.first < end and a.prep in (WITH, BETWEEN)]
        stops += [j for j in range(k, end) if is_predicate(self.tokens[j]) or self.tokens[j].text == ","]
        yield cut(self.tokens, k, min(stops, default=end))

    def _clause_after(self, stretch: Stretch) -> Span | None:
        """«обсудили, как ...», «речь шла о том, что ...»: the clause that says what was spoken of."""
        following = next((s for s in self.stretches if s.first == stretch.last + 1), None)
        if following is None or self.tokens[following.first].lemma not in ("как", "что"):
            return None
        return cut(self.tokens, following.first, following.last)

    def _after_attention(self, index: int, stretch: Stretch) -> int:
        """«уделили (особое внимание) поставкам»."""
        near = range(index + 1, min(index + 4, stretch.last))
        return next((k for k in near if self.words.of("attention", self.tokens[k].lemma)), index)

    def _topics(self, index: int, stretch: Stretch) -> list[Span]:
        """After a verb or noun of discussion; «шла речь о», «обменялись мнениями о» lead on to what it was about."""
        token = self.tokens[index]
        about = next(
            (k for k in (index, index + 1) if k < stretch.last and self.words.of("about", self.tokens[k].lemma)), None
        )
        if about is not None:
            verb = self.tokens[stretch.verb] if stretch.verb is not None else token
            told = verb.feats.get("Tense") == "Past" or verb.feats.get("Tense") == "Fut"
            led = about + 1 < stretch.last and self.tokens[about + 1].text.lower() in ("о", "об")
            last = about if led else max(about, verb.index)
            if (clause := self._clause_after(stretch)) is not None and stretch.last - last <= _TO_CLAUSE:
                return [clause]
            return list(topics_of_noun(self.tokens, last, stretch, (), self.arguments)) if told else []
        index = self._after_attention(index, stretch)
        if token.pos == "NOUN" and (index + 1 >= stretch.last or case_of(self.tokens[index + 1]) != "Gen"):
            return []
        if any(a.first == index + 1 and not a.prep and a.case == "Nom" and a.kind == "person" for a in self.arguments):
            return (
                [cut(self.tokens, stretch.first, index)] if index > stretch.first else []
            )  # «Ситуацию обсудили лидеры»
        if (clause := self._clause_after(stretch)) is not None and stretch.last - index <= _TO_CLAUSE:
            return [clause]
        found = [s for s in topics_of_verb(self.tokens, index, stretch, self.arguments) if s.end - s.start > _SHORT]
        if found and self.words.of("itself", token.lemma):
            found[0] = Span(token.start, found[0].end)  # «важность развития»
        return [
            s
            for s in found
            if not any(self.words.of("vague", t.lemma) for t in self.document.tokens_in(self.sentence, *s)[:2])
        ]


def _days(adjective: str) -> int:
    """How many days «трёхдневный» lasts; 0 for other words."""
    many = adjective.removesuffix("дневный")
    return _MANY.get(many, 0) if many != adjective else 0


def _is_oblique(token: Token) -> bool:
    return token.pos == "NOUN" and case_of(token) not in ("Nom", "")


def of_place(place: Place) -> Attendee | None:
    """The side that is told by where the talks are held: «переговоры в Москве»."""
    return Attendee(None, None, place.code, place.span, how=How.RESOLVED, rule="host") if place.code else None
