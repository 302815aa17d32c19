"""A thing -> its parties: named in its titles, else in the clauses that tell of it, else those spoken of around it.

«Стороны», «министры двух стран» and «по итогам визита» mean the pair of the passage; a treaty has those of its row.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from servanda.lang.words import Sentence, Token
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.clauses import is_finite
from servanda.reading.document import Document, PartyMention, starting
from servanda.reading.steps import StepWord, actor_of, clause_of, is_place, words_around
from servanda.reading.things import Thing
from servanda.reading.titles import Title, signing_words
from servanda.world.tables import Tables

_BEFORE = 60  # tokens in front of a title in which its parties may stand
_BACK = 3  # sentences in which the pair of a passage is looked for
BY_REPORT = "parties of the report"
BY_PASSAGE = "parties of the passage"


@dataclass(frozen=True, slots=True)
class Signatory:
    """A party of an instrument: code, words, how it was read and by which rule.

    `public`: a state, an organ, a body, or a company that the tables know as an arm of trade between states.
    """

    code: str
    span: Span
    how: str
    rule: str
    public: bool = True
    body: bool = False


class Signatories:
    """Finds the parties of the things of one document."""

    def __init__(self, document: Document, tables: Tables, things: Sequence[Thing]) -> None:
        self.document = document
        self.companies = tables.derive(_company_codes)
        self.words = tables.derive(signing_words)
        self.main = _main_parties(document, self.companies)
        self.owners = _owners(things)
        self.things = things

    def of(self, thing: Thing) -> list[Signatory]:
        """The parties of a thing, in the order named; later sources are asked only while there are fewer than two."""
        if thing.treaty is not None and thing.treaty.parties:
            return list(self._treaty(thing))
        seen: dict[str, Signatory] = {}
        wanted = _number_of_sides(thing)
        outward = (self._titles, self._steps) if _is_one_side(thing) else ()  # «одобрил договоры с Чадом и Нигером»
        for source in self._sources(thing):
            if source == self._coupled and seen:
                continue
            homes = {self.companies.get(code) for code in seen}
            for party in source(thing):
                if party.rule != BY_REPORT or party.code not in homes:
                    seen.setdefault(party.code, party)
                if len(seen) >= wanted and source in (self._sentence, self._about, self._report):
                    break
            if len(seen) >= wanted and source not in outward:
                break
            if source == self._steps and thing.kind == "statement" and seen and all(p.body for p in seen.values()):
                for party in (*self._actors(thing), *self._about(thing)):
                    seen.setdefault(party.code, party)
                break  # a body speaks for itself
        return list(seen.values())

    def _sources(self, thing: Thing) -> tuple[Callable[[Thing], Iterator[Signatory]], ...]:
        """Where to look, in order; those around a treaty of many are not its parties by that."""
        if thing.is_wide:
            return self._titles, self._steps, self._actors, self._clause
        if thing.is_resolution:
            return self._titles, self._organ, self._about
        if thing.is_credit_programme:
            return self._titles, self._lender, self._report
        if self._is_signed_by_unknown(thing):
            return self._titles, self._steps, self._actors
        near = (self._namesake,) if thing.is_further else (self._clause, self._sentence, self._about, self._firm)
        return self._titles, self._steps, self._actors, self._sides, self._coupled, *near, self._report

    def _treaty(self, thing: Thing) -> Iterator[Signatory]:
        name = next(t for t in thing.titles if t.treaty is not None)
        for code in name.treaty.parties if name.treaty is not None else ():
            yield Signatory(code, name.core, How.RESOLVED, "parties of the treaty")

    def are_private(self, thing: Thing) -> bool:
        """Whether the clauses of its steps name companies alone, none of them an arm of trade between states."""
        if thing.treaty is not None or any(not self._is_private(p) for p in thing.named()):
            return False
        if self._is_between_companies(thing):
            return True
        found = False
        partner = self._only_firm(thing)
        for word in thing.words:
            clause = clause_of(word.sentence, word.index)
            for p in starting(self.document.parties, clause[0].start, clause[-1].end):
                if p.kind == "adjective" or is_place(word.sentence, p.start):
                    continue
                if not self._is_private(p):
                    return False
                found = found or p.codes != partner
        return found

    def _only_firm(self, thing: Thing) -> tuple[str, ...] | None:
        """The company of «Чад закупит суда. Контракт с «Парусом» подписан», if no other is named there or before."""
        first, sentences = thing.first, self.document.sentences
        if not _is_one_side(thing):
            return None
        before = sentences[max(0, first.number - 1)]
        start = before.start if self.document.item_of(before) == thing.item else first.sentence.start
        firms = {p.codes for p in starting(self.document.parties, start, first.sentence.end) if self._is_private(p)}
        return firms.pop() if len(firms) == 1 else None

    def _is_between_companies(self, thing: Thing) -> bool:
        """«Концерн «Север» купил завод «Юг». Договор подписан»: those before it are companies."""
        first, sentences = thing.first, self.document.sentences
        if thing.named() or first.plural or not any(t.step == "signed" for t in thing.told):
            return False
        before = sentences[first.number - 1] if first.number else first.sentence
        start = before.start if self.document.item_of(before) == thing.item else first.sentence.start
        people = starting(self.document.people, start, first.token.start)
        if any(p.party and not p.party.startswith("name:") for p in people):
            return False
        near = starting(self.document.parties, start, first.token.start)
        firms = [p for p in near if p.kind == "company"]
        return bool(firms) and all(self._is_private(p) or p.kind == "adjective" for p in near)

    def _is_private(self, p: PartyMention) -> bool:
        return p.kind == "company" and p.codes[0] not in self.companies

    def _titles(self, thing: Thing) -> Iterator[Signatory]:
        for p in [*thing.named(), *(p for t in thing.titles for p in t.partners)]:
            if thing.treaty is not None and p.kind in ("body", "company"):
                continue  # «Рамочная конвенция ООН», «статут суда»: part of the name
            yield from self._signatories(p, "party in the title")
        if thing.is_resolution and (numbered := next((t for t in thing.titles if _is_numbered(t)), None)):
            yield Signatory("UN", numbered.core, How.RESOLVED, "number of a resolution", True, True)

    def _steps(self, thing: Thing) -> Iterator[Signatory]:
        """Who signs: in the clauses of the steps that are taken together."""
        for word in thing.words:
            if word.entry.side == "both" and word.standing != "idle":
                yield from self._named_in(words_around(word), thing, word)
                yield from self._unknown_signer(word)

    def _unknown_signer(self, word: StepWord) -> Iterator[Signatory]:
        """The subject of «Лисс подпишет соглашение»: one word that no table knows, and no office tells whose it is."""
        subject = _subject_name(word)
        if subject is None or self._start_of_name(subject) is not None:
            return
        near = starting(self.document.people, subject.start - _NAME_REACH, subject.end)
        around = [p for p in near if subject.start < p.end]
        if all(p.party is None and p.office is None and p.name and " " not in p.name for p in around):
            name = next((p.name for p in around), subject.text)
            yield Signatory(f"name:{name}", Span(subject.start, subject.end), How.NORMALISED, "name of the signer")

    def _is_signed_by_unknown(self, thing: Thing) -> bool:
        """Whether a name of nobody knows whom is the subject of a step: then who signs is not looked for elsewhere."""
        for word in thing.words:
            subject = _subject_name(word) if word.entry.side == "both" and word.standing != "idle" else None
            if subject is None or self._start_of_name(subject) is not None:
                continue
            around = starting(self.document.people, subject.start - _NAME_REACH, subject.end)
            if not any(p.party and subject.start < p.end for p in around):
                return True
        return False

    def _organ(self, thing: Thing) -> Iterator[Signatory]:
        """The body whose organ adopts a resolution."""
        found = [one for source in (self._steps, self._clause, self._report) for one in source(thing) if one.body]
        yield from found[:1]
        if not found:  # «совет безопасности продлил мандат миссии», then «резолюция»
            yield from self._council(thing)

    def _council(self, thing: Thing) -> Iterator[Signatory]:
        """The United Nations, where the sentences before a resolution name them."""
        number = thing.first.number
        low = self.document.sentences[max(0, number - _BACK)].start
        for p in starting(self.document.parties, low, thing.first.sentence.end):
            if p.kind == "body" and "UN" in p.codes and self._item_at(p.start) == thing.item:
                yield Signatory("UN", Span(p.start, p.end), How.INHERITED, BY_PASSAGE, True, True)
                return

    def _item_at(self, start: int) -> int:
        return self.document.item_of(self.document.sentence_at(start))

    def _lender(self, thing: Thing) -> Iterator[Signatory]:
        """The fund whose programme it is, where the report names it."""
        for p in self.document.parties:
            if p.codes == ("IMF",) and self._item_at(p.start) == thing.item:
                yield Signatory("IMF", Span(p.start, p.end), How.INHERITED, BY_PASSAGE, True, True)
                return

    def _about(self, thing: Thing) -> Iterator[Signatory]:
        """The states that it is about: «о поставках газа Китаю»."""
        for span in (t.subject for t in thing.titles if t.subject is not None):
            for p in starting(self.document.parties, span.start, span.end):
                if not self._is_private(p):
                    yield from self._signatories(p, "party in the subject")

    def _actors(self, thing: Thing) -> Iterator[Signatory]:
        """Who ratifies or approves is a party."""
        for one in thing.told:
            if one.by is not None and not one.by[0].startswith("name:"):
                yield Signatory(one.by[0], one.by[1], one.by[2], "party of the step")
        if thing.is_wide:
            for word in thing.words:
                by = actor_of(self.document, word)
                if by is not None and not by[0].startswith("name:"):
                    yield Signatory(by[0], by[1], by[2], "party of the step")

    def _sides(self, thing: Thing) -> Iterator[Signatory]:
        """«Стороны», «министры двух стран», «по итогам визита»: the pair of the passage."""
        first = thing.first
        clauses = [(w.sentence, words_around(w)) for w in thing.words if w.standing != "idle"]
        clauses.append((first.sentence, first.sentence.tokens[first.first : first.last + 1]))
        for sentence, tokens in clauses:
            pair = list(self._pair(sentence, thing)) if self._means_sides(tokens) else []
            if len(pair) >= 2:
                yield from pair
                return

    def _means_sides(self, tokens: Sequence[Token]) -> bool:
        if not tokens:
            return False
        named = {p.start for p in starting(self.document.parties, tokens[0].start, tokens[-1].end + _BEFORE)}
        many = any(
            t.lemma in self.words["itself"] and t.feats.get("Number") == "Plur" and t.end + 1 not in named
            for t in tokens  # «страны» alone, not «страны Балтии»
        )
        people = starting(self.document.people, tokens[0].start, tokens[-1].end)
        return many or self._is_occasion(tokens) or any(p.plural and not p.party for p in people)

    def _pair(self, sentence: Sentence, thing: Thing) -> Iterator[Signatory]:
        """The two parties of the sentence and those before it, else the weightiest of them or of the news."""
        main = [s.code for s in self.main.get(thing.item, ())][:_WEIGHTY]
        wanted = _number_of_sides(thing)
        here = {s.code: s for s in self._spoken_of(sentence)}
        if len(main) == wanted == 2 and len(here) < 2:
            for one in sorted(self.main[thing.item], key=lambda s: s.span):
                yield replace(one, rule=BY_PASSAGE)
            return
        number = bisect_left(self.document.sentences, sentence.start, key=lambda s: s.start)
        found: dict[str, Signatory] = {}
        for n in range(number, max(-1, number - 1 - _BACK), -1):
            near = self.document.sentences[n]
            if self.document.item_of(near) != thing.item:
                break
            spoken = list(self._spoken_of(near))
            together = any(t.lemma in _JOINS_IN for t in near.tokens) or _are_listed(spoken)
            if not found and len({s.code for s in spoken}) > 2 and together:
                once = {s.code: s for s in reversed(spoken)}
                yield from sorted(once.values(), key=lambda s: s.span)
                return
            for one in spoken:
                found.setdefault(one.code, one)
            if len(found) >= wanted:
                break
        if len(found) == 1:  # «провел в Баку переговоры с коллегой»
            for one in self._seats_of(number, thing):
                found.setdefault(one.code, one)
        if len(found) > wanted:
            kept = sorted(found, key=lambda c: main.index(c) if c in main else len(main))[:wanted]
            found = {c: s for c, s in found.items() if c in kept}
        yield from sorted(found.values(), key=lambda s: s.span)

    def _seats_of(self, number: int, thing: Thing) -> Iterator[Signatory]:
        """States in whose seats the talks of the passage are held, where one side alone is named."""
        for n in range(number, max(-1, number - 1 - _BACK), -1):
            near = self.document.sentences[n]
            if self.document.item_of(near) == thing.item and self._is_occasion(near.tokens):
                for p in starting(self.document.parties, near.start, near.end):
                    if p.kind in ("capital", "state") and len(p.codes) == 1 and is_place(near, p.start):
                        yield Signatory(p.codes[0], Span(p.start, p.end), How.RESOLVED, BY_PASSAGE)
                        return

    def _is_occasion(self, tokens: Sequence[Token]) -> bool:
        return any(t.lemma in self.words["journey"] for t in tokens)

    def _spoken_of(self, sentence: Sentence) -> Iterator[Signatory]:
        """States, organs and people of a sentence; a place only where a visit leads there."""
        journey = any(t.lemma in _VISITS for t in sentence.tokens)
        for p in starting(self.document.parties, sentence.start, sentence.end):
            placed = p.kind != "body" and is_place(sentence, p.start)
            if self._is_private(p) or (p.kind == "adjective" and len(p.codes) < 2) or (placed and not journey):
                continue
            for code in p.codes:
                yield Signatory(code, Span(p.start, p.end), How.RESOLVED, BY_PASSAGE, True, p.kind == "body")
        for person in starting(self.document.people, sentence.start, sentence.end):
            if person.party and not person.party.startswith("name:"):
                yield Signatory(person.party, Span(person.start, person.end), How.RESOLVED, BY_PASSAGE)

    def _namesake(self, thing: Thing) -> Iterator[Signatory]:
        """«Прежний контракт» is between those of the contract named before it, or else beside it."""
        others = [t for t in self.things if t.item == thing.item and t.kind == thing.kind and not t.is_further]
        for other in sorted(others, key=lambda t: abs(t.first.number - thing.first.number))[:1]:
            for one in self.of(other):
                yield replace(one, how=How.INHERITED)

    def _coupled(self, thing: Thing) -> Iterator[Signatory]:
        """The two states of «о группировке войск Армении и Индии»."""
        text = self.document.page.text
        for span in (t.subject for t in thing.titles if t.subject is not None):
            named = [p for p in starting(self.document.parties, span.start, span.end) if p.kind != "adjective"]
            codes = {c for p in named for c in p.codes}
            if len(named) > 1 and len(codes) == 2 and text[named[0].end : named[1].start].strip() in _COUPLES:
                for p in named[:2]:
                    yield from self._signatories(p, "party in the subject")
                return

    def _clause(self, thing: Thing) -> Iterator[Signatory]:
        yield from self._named_in(clause_of(thing.first.sentence, thing.first.head), thing)

    def _sentence(self, thing: Thing) -> Iterator[Signatory]:
        first = thing.first
        yield from self._named_in(
            _unbracketed(first.sentence.tokens[max(0, first.first - _BEFORE) : first.first]), thing
        )

    def _firm(self, thing: Thing) -> Iterator[Signatory]:
        """The company or lender named before a contract that names nobody: «у датской «Парус». Договор подписан»."""
        traded = thing.kind == "contract" or thing.first.noun.lemmas[0] == "договор"
        if not traded or not thing.told or thing.first.plural:
            return
        number = thing.first.number
        before = self.document.sentences[max(0, number - 1) : number + 1]
        start = next((s.start for s in before if self.document.item_of(s) == thing.item), thing.first.sentence.start)
        near = starting(self.document.parties, start, thing.first.token.start)
        lent = _LENDERS if thing.kind == "contract" else set[str]()
        firms = [p for p in near if p.kind == "company" or (p.kind == "body" and lent & set(p.codes))]
        firms = [p for p in firms if id(thing) in self.owners.get(p.start, {id(thing)})]
        if firms and len({p.codes for p in firms}) == 1:
            yield from (replace(s, rule=BY_PASSAGE) for s in self._signatories(firms[-1], BY_PASSAGE))

    def _report(self, thing: Thing) -> Iterator[Signatory]:
        yield from self.main.get(thing.item, ())

    def _named_in(self, tokens: list[Token], thing: Thing, word: StepWord | None = None) -> Iterator[Signatory]:
        """The parties of a clause, of a step if one is given; an unknown company only where it stands as a signer."""
        if not tokens:
            return
        signed = word is not None
        low, high = tokens[0].start, tokens[-1].end
        sentence = self.document.sentence_at(low)
        inside = {t.start for t in tokens}
        for p in starting(self.document.parties, low, high):
            if p.start not in inside or p.kind == "adjective" or is_place(sentence, p.start):
                continue
            if self._stands_aside(p.start, sentence, signed):
                continue
            if id(thing) not in self.owners.get(p.start, {id(thing)}):
                continue  # named in the title of another
            if any(t.subject and t.subject.start <= p.start < t.subject.end for t in thing.titles):
                continue  # what it is about signs nothing
            if not self._is_private(p) or (word is not None and _stands_as_signer(p, sentence, word)):
                yield from self._signatories(p, "party in the clause")
        for person in starting(self.document.people, low, high):
            if person.start not in inside or not person.party or person.party.startswith("name:"):
                continue
            if not self._stands_aside(person.start, sentence, signed):
                yield Signatory(person.party, Span(person.start, person.end), How.RESOLVED, "party of the signer")

    def _stands_aside(self, start: int, sentence: Sentence, signed: bool) -> bool:
        """Who helps or stays away is no party: «при посредничестве Омана», «без участия США»; nor, of a step, whose
        house it is: «на сессии ООН».
        """
        tokens = sentence.tokens
        i = bisect_left(tokens, start, key=lambda t: t.start) - 1
        named = start  # the name last passed on the way back
        for token in reversed(tokens[max(0, i - _ASIDE_REACH) : i + 1]):
            if token.lemma == "участие" and token.index > 0 and tokens[token.index - 1].text.lower() == "без":
                return True
            if token.lemma in self.words["mediation"] or (signed and token.lemma in self.words["where"]):
                return True
            party = self._start_of_name(token)
            if party is not None and named not in (0, party):
                return False  # «на сессии ООН Перу подписала»: two names with nothing between
            named = party or 0
            joins = token.pos in ("NOUN", "ADJ", "PROPN", "NUM", "CCONJ", "DET") or token.text in _JOINTS
            if not joins or token.feats.get("Case") in ("Nom", "Acc"):
                return False
        return False

    def _start_of_name(self, token: Token) -> int | None:
        """Where the party's name begins that a token stands in."""
        parties = self.document.parties
        i = bisect_left(parties, token.end, key=lambda p: p.start) - 1
        return parties[i].start if i >= 0 and token.start < parties[i].end else None

    def _signatories(self, p: PartyMention, rule: str) -> Iterator[Signatory]:
        for code in p.codes:
            public = p.kind != "company" or code in self.companies
            yield Signatory(code, Span(p.start, p.end), p.how, rule, public, p.kind == "body")


def _owners(things: Sequence[Thing]) -> dict[int, set[int]]:
    """By the start of each party named in a title: the things in whose titles it stands."""
    owners: dict[int, set[int]] = {}
    for thing in things:
        for title in thing.titles:
            for p in (*title.parties, *title.partners):
                owners.setdefault(p.start, set()).add(id(thing))
    return owners


def _is_numbered(title: Title) -> bool:
    """«Резолюция 2231», «резолюция № 1701»: the Security Council numbers its own so."""
    ahead = [t.text for t in title.sentence.tokens[title.end + 1 : title.end + 3] if t.text != "№"]
    return bool(ahead) and ahead[0].isdigit() and 3 <= len(ahead[0]) <= 4


def _are_listed(spoken: Sequence[Signatory]) -> bool:
    """«Премьеры Омана, Чада и Нигера»: three names with nothing but a comma or «и» between."""
    spans = sorted({s.span for s in spoken})
    return any(
        b.start - a.end <= _JOINT and c.start - b.end <= _JOINT
        for a, b, c in zip(spans, spans[1:], spans[2:], strict=False)
    )


_JOINT = 3  # letters between two names of a list


def _is_one_side(thing: Thing) -> bool:
    """Whether its titles name only those «с» whom it is concluded."""
    return not any(t.between or (t.parties and not (t.opened_by_with and _opens_with(t))) for t in thing.titles)


def _opens_with(title: Title) -> bool:
    """«договор с Чадом и Нигером», not «соглашение ЕС с Чадом»."""
    first = min(p.start for p in title.parties)
    return any(t.text.lower() in ("с", "со") for t in title.sentence.tokens[title.end + 1 :] if t.end < first)


_VISITS = {"визит", "поездка", "посетить", "прибыть", "приехать", "посещение"}


def _company_codes(tables: Tables) -> Mapping[str, str]:
    """The home state of each company of the tables."""
    return {f"name:{row['name']}": row["code"] for row in tables.rows("companies")}


def _stands_as_signer(p: PartyMention, sentence: Sentence, word: StepWord) -> bool:
    """Joined to a signer or the first: «ведомство и компания «Парус» подписали», «подписало с фирмой «Парус»»."""
    tokens = sentence.tokens
    i = bisect_left(tokens, p.start, key=lambda t: t.start)
    if (
        i < len(tokens)
        and tokens[i].feats.get("Case", "Nom") not in ("Nom", "Ins")
        and tokens[i - 1].text not in _QUOTES
    ):
        return False
    if word.form != "finite" and any(is_finite(t) and t.pos != "AUX" for t in tokens[i : word.index]):
        return False  # «Майдан» начался после отказа подписать договор
    while i > 0 and (tokens[i - 1].text in _QUOTES or tokens[i - 1].pos in ("ADJ", "NOUN")):
        i -= 1
        if tokens[i].pos == "NOUN" and tokens[i].feats.get("Case") not in ("Nom", "Ins", None):
            return False
    return i == 0 or tokens[i - 1].text.lower() in ("и", "с", "со")


def _subject_name(word: StepWord) -> Token | None:
    """The proper noun that is the subject of an active verb."""
    if word.form != "finite" or word.entry.role != "object" or word.token.feats.get("Voice") in ("Mid", "Pass"):
        return None
    tokens = word.sentence.tokens[max(0, word.index - _BEFORE) : word.index + _BEFORE]
    subjects = (t for t in tokens if t.head == word.index and t.rel.startswith("nsubj"))
    name = next(subjects, None)
    return name if name is not None and name.pos in ("PROPN", "X") and name.text[0].isupper() else None


def _number_of_sides(thing: Thing) -> int:
    """How many parties its titles speak of: «трехстороннее соглашение», «меморандум трех стран»; else two."""
    for title in thing.titles:
        for word in title.modifiers:
            if word in _SIDED:
                return _SIDED[word]
        tokens = title.sentence.tokens[title.end + 1 : title.last + 2]
        for token, after in pairwise(tokens):
            if token.lemma in _NUMBERS and after.lemma in ("страна", "государство", "сторона"):
                return _NUMBERS[token.lemma]
    return 2


_LENDERS = {"WB", "EBRD", "EIB", "ADB", "AIIB", "EDB", "IsDB", "AfDB", "NDB", "IMF"}
_COUPLES = {"и", "с", "со", "–", "—", "-"}
_JOINS_IN = {"участие", "участвовать", "участник", "собраться", "встретиться", "трехсторонний", "четырехсторонний"}
_WEIGHTY = 3  # parties of a report that a pair of it is looked for among
_SIDED = {"трехсторонний": 3, "четырехсторонний": 4, "пятисторонний": 5}
_NUMBERS = {"три": 3, "четыре": 4, "пять": 5, "шесть": 6}
_NAME_REACH = 60  # letters from the beginning of a person's office to the name
_QUOTES = '«“"„'
_JOINTS = _QUOTES + "–—-"
_ASIDE_REACH = 8  # tokens back to the noun of help


def _unbracketed(tokens: list[Token]) -> list[Token]:
    depth, plain = 0, []
    for token in tokens:
        depth += token.text == "("
        if not depth:
            plain.append(token)
        depth -= token.text == ")" and depth > 0
    return plain


def _main_parties(document: Document, companies: Mapping[str, str]) -> Mapping[int, list[Signatory]]:
    """By news of a digest: the parties most named in it, those named twice, or the only two."""
    counts: dict[int, Counter[str]] = {}
    spans: dict[tuple[int, str], Span] = {}
    for p in document.parties:
        if p.kind == "company" and p.codes[0] not in companies:
            continue
        sentence = document.sentence_at(p.start)
        if p.kind == "capital" and is_place(sentence, p.start):
            continue
        item = document.item_of(sentence)
        counter = counts.setdefault(item, Counter())
        for code in p.codes:
            counter[code] += 1 if counter else 2  # the first named is whom the news is about
            spans.setdefault((item, code), Span(p.start, p.end))
    for person in document.people:
        item = document.item_of(document.sentence_at(person.start))
        if person.party and not person.party.startswith("name:"):
            counts.setdefault(item, Counter())[person.party] += 1
            spans.setdefault((item, person.party), Span(person.start, person.end))
    return {
        item: [
            Signatory(code, spans[item, code], How.INHERITED, BY_REPORT)
            for code, count in counter.most_common(max(_NUMBERS.values()))
            if count >= 2 or len(counter) <= 2
        ]
        for item, counter in counts.items()
    }
