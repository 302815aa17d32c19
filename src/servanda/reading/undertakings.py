"""Document -> undertakings: what one party does or is to do for, with or towards another, or refrains from.

The way of each: a predicate that the tables know, or an infinitive under words of commitment (`find_predicates`), its
clause, its parties (`_read_parties`), its act by the class of its object, its force by the words above it, then the rest
of the fields from the words of the clause.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from servanda.lang.words import Sentence, Token
from servanda.model.reading import Amount
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.acts import LENDERS, ActRule, Acts, Force, build_acts
from servanda.reading.clauses import (
    Clause,
    case_of,
    extent,
    is_hypothetical,
    is_personal,
    kind_of,
    noun_phrase,
    preposition,
    read_clause,
    trim,
)
from servanda.reading.document import AmountMention, Document, TimeMention
from servanda.reading.draft import Draft
from servanda.reading.parties import party_name
from servanda.reading.scene import Scene, Who
from servanda.world.tables import Tables

_JOINT = frozenset(("cooperate", "build", "raise", "ease", "deploy", "share", "cut", "train", "refrain", "other", "finance"))
_COMMON = frozenset(("build", "ease", "transport", "cooperate", "share"))  # what both sides of a news may be meant to do
_TOWARDS = frozenset(("give", "lend", "supply", "buy", "pay", "transport", "host", "recognise", "restrict"))
_BOUNDING = frozenset(("до", "около", "свыше", "порядка", "от", "более"))  # «закупит до 400 тонн»: a bound, no direction
_RESTING = frozenset(("по", "в_соответствии_с", "согласно", "в_рамках", "в", "на_основе", "во_исполнение"))
_ONWARD = frozenset(("при этом", "кроме того", "в свою", "помимо этого", "вместе с", "одновременно с"))
_MERE_POSSIBILITY = frozenset(("мочь", "смочь", "можно", "возможный", "возможно", "возможность", "способный", "думать", "хотеться", "следовать", "нужно", "необходимо", "необходимый", "стать", "решение", "закон", "речь", "идти"))
_TOWARDS_MARKS = frozenset(("dat", "с+ins", "против+gen", "acc"))
_REACH_OF_INSTRUMENT = 900  # letters
_HISTORY = 5  # years after which a deed is background
_BINDING = frozenset(("intention", "readiness", "commitment", "refusal"))
_NEEDS_OBJECT = frozenset(("give", "lend", "raise", "build", "restrict", "cut", "ease", "recognise", "deploy", "host", "share"))


@dataclass(slots=True, eq=False)
class Candidate:
    """A predicate with all that has been read of it so far."""

    clause: Clause
    rule: ActRule | None
    object: int | None
    force: Force | None
    force_at: int | None
    light: int | None  # the light verb or the noun of modality that carries a verbal noun
    by: tuple[Who, ...] = ()
    to: tuple[Who, ...] = ()
    joint: bool = False
    explains: "Candidate | None" = None  # «помощи – передачи грузовиков»: the act that this one says more of
    opens: int = 0  # where the words of its own begin, for the second of several objects
    closes: int = 10**9  # where those of the next object begin
    instrument: Draft | None = None
    quote: Span = field(default_factory=lambda: Span(0, 0))

    @property
    def sentence(self) -> Sentence:
        return self.clause.sentence


def find_undertakings(document: Document, scene: Scene, tables: Tables, instruments: list[Draft]) -> list[Draft]:
    """Drafts of all undertakings, in the order of the text; repeated ones are joined by `merge` later."""
    reader = _Reader(document, scene, tables, instruments)
    drafts = []
    for number, sentence in enumerate(document.sentences):
        for candidate in reader.candidates(sentence):
            draft = reader.draft(number, candidate)
            if draft:
                drafts.append(draft)
    for draft in drafts:
        if draft.under is None:
            _rest_on_nearest(draft, instruments)
    return drafts


def _rest_on_nearest(draft: Draft, instruments: list[Draft]) -> None:
    """An obligation told just after an instrument of its parties is what that instrument holds.

    Measured on reports read by people: so in 7 of 10 cases within 900 letters, and in hardly any for intentions or deeds done.
    """
    if draft.get("modality") == "intention" or draft.get("progress") != "announced" or draft.get("certainty") != "stated":
        return
    who = {*draft.get("by"), *draft.get("to")}
    start = draft.evidence["quote"][0].start
    before = [
        (m.end, n)
        for n, i in enumerate(instruments)
        if i.item == draft.item and who <= set(i.get("parties") or ())
        for m in i.mentions
        if 0 <= start - m.end < _REACH_OF_INSTRUMENT
    ]
    if before:
        draft.under = instruments[max(before)[1]]


class _Reader:
    def __init__(self, document: Document, scene: Scene, tables: Tables, instruments: list[Draft]) -> None:
        self.document = document
        self.scene = scene
        self.tables = tables
        self.acts: Acts = tables.derive(build_acts)
        self.instruments = instruments
        self.amount_starts = [a.start for a in document.amounts]
        self.year = _year_of(document)
        self.last: dict[int, Candidate] = {}  # by news: the latest act whose two sides the words name

    def candidates(self, sentence: Sentence) -> Iterator[Candidate]:
        """The predicates of a sentence that may be acts of a party, light verbs left to their nouns."""
        if any(t.lemma in self.acts.foreign for t in sentence.tokens):
            return
        found: dict[int, Candidate] = {}
        for token in sentence.tokens:
            if candidate := self._candidate(sentence, token):
                found[token.index] = candidate
        carried = {c.light for c in found.values() if c.light is not None}
        for candidate in found.values():
            if candidate.clause.token.rel in ("parataxis", "appos"):
                candidate.explains = next((c for c in found.values() if c.object == candidate.clause.token.head), None)
                if candidate.explains:
                    carried.add(candidate.explains.clause.index)
        for index, candidate in found.items():
            if index not in carried:
                further = list(self._further_facilities(candidate))
                yield candidate
                yield from further

    def _further_facilities(self, candidate: Candidate) -> Iterator[Candidate]:
        """«создание комплекса, а также трех центров»: each thing built is an undertaking of its own."""
        if not candidate.rule or candidate.rule.act != "build" or candidate.object is None:
            return
        sentence = candidate.sentence
        others = [i for i in candidate.clause.objects if i > candidate.object]
        others += [i for i in sentence.children[candidate.object] if sentence.tokens[i].rel == "conj"]
        for index in sorted(others):
            cut = next((i for i in range(candidate.object, index) if _is_also(sentence, i)), None)
            rule = self.acts.choose(candidate.clause.token.lemma, self._classes(sentence, index))
            if cut is not None and rule:
                split = Candidate(candidate.clause, rule, index, candidate.force, candidate.force_at, candidate.light)
                split.opens = cut
                candidate.closes = min(cut, candidate.closes)
                yield split

    def _candidate(self, sentence: Sentence, token: Token) -> Candidate | None:
        kind = kind_of(token)
        known = token.lemma in self.acts.rules
        if not kind or (kind == "noun" and not known):
            return None
        if kind == "participle" and token.rel not in ("acl", "root"):
            return None
        clause = read_clause(sentence, token.index)
        force, at = self._force(clause)
        light: int | None = None
        if kind == "noun":
            light = self._licence(clause)
            if light is None:
                return None
        elif not known and not self._binds(clause, force, at) and not self._between_named(clause):
            return None
        thing = self._object(clause)
        if thing is not None and sentence.tokens[thing].lemma == "который":
            thing = _antecedent(sentence, thing)
        rule = self.acts.choose(token.lemma, self._classes(sentence, thing))
        if known and rule is None and not (kind == "infinitive" and force):
            return None
        if rule and (rule.act == "none" or (thing is None and rule.act in _NEEDS_OBJECT)):
            return None
        if kind == "noun" and rule and rule.act == "cooperate" and self._is_title(clause):
            return None
        if is_hypothetical(sentence, token.index) or token.feats.get("Mood") == "Imp":
            return None
        if at is not None and clause.tense == "past" and sentence.tokens[at].lemma in ("мочь", "смочь"):
            return None  # «не смогли договориться»: a story, no word given
        if self._demanded(clause) or (rule is None and force and force.name == "readiness" and clause.negated):
            return None
        return Candidate(clause, rule, thing, force, at, light)

    def _is_title(self, clause: Clause) -> bool:
        """«соглашение о сотрудничестве в области …»: what an agreement is about, no deed; a plan's measures are deeds."""
        head = clause.token.head
        found = self._instrument_at(clause.sentence, head) if head >= 0 else None
        return found is not None and (found.get("kind") != "plan" or clause.token.lemma in ("сотрудничество", "взаимодействие"))

    def _binds(self, clause: Clause, force: Force | None, at: int | None) -> bool:
        """An infinitive of a verb that no table knows, under words that bind: «обязался …», «намерен …», never «может …»."""
        if clause.kind != "infinitive" or not force or force.name not in _BINDING or at is None:
            return False
        if clause.token.lemma in self.acts.silent:
            return False
        return clause.sentence.tokens[at].lemma not in _MERE_POSSIBILITY

    def _between_named(self, clause: Clause) -> bool:
        """Whether a verb that no table knows stands between two named parties: «корабли Китая исследуют воды Малайзии»."""
        token, sentence = clause.token, clause.sentence
        if clause.kind not in ("finite", "short") or token.lemma in self.acts.silent or token.lemma in self.acts.forces:
            return False
        doer = clause.agent if clause.passive else clause.subject
        if doer is None:
            return False
        by = {w.code for w in self.scene.actor(sentence, doer)}
        others = {
            w.code
            for i in [*clause.objects, *(o.head for o in clause.obliques if o.mark in _TOWARDS_MARKS or clause.tense == "future")]
            for w in [*self.scene.actor(sentence, i), *self._below(sentence, i)]
        }
        return bool(by) and bool(others - by)

    def _below(self, sentence: Sentence, index: int) -> tuple[Who, ...]:
        """The parties whose thing it is: genitives and adjectives below a noun."""
        return tuple(
            w
            for i in sentence.children[index]
            if sentence.tokens[i].rel in ("nmod", "amod")
            for w in (self.scene.actor(sentence, i) if sentence.tokens[i].rel == "nmod" else self._adjective(sentence, i))
        )

    def _adjective(self, sentence: Sentence, index: int) -> tuple[Who, ...]:
        mention = self.scene.mention_at(sentence, index)
        if not mention or mention.kind != "adjective":
            return ()
        return tuple(Who(c, Span(mention.start, mention.end), How.RESOLVED, "adjective") for c in mention.codes)

    def _demanded(self, clause: Clause) -> bool:
        """Whether the act is asked of somebody else («призвал», «потребовал»): a topic, no undertaking."""
        force = [f for i in clause.above if (f := self.acts.force(clause.sentence.tokens[i].lemma))]
        return any(f.name == "demand" for f in force)

    def _licence(self, clause: Clause) -> int | None:
        """The word that makes a verbal noun an act: a light verb, a word of modality, an instrument; None for a bare noun."""
        token = clause.token
        if token.rel in ("conj", "appos", "parataxis") and token.head >= 0:
            head = clause.sentence.tokens[token.head]
            token = head if token.rel == "conj" and head.pos == "NOUN" else token
        if token.head < 0:
            return None
        head = clause.sentence.tokens[token.head]
        if head.lemma in self.acts.forces and token.rel in ("obj", "obl", "nmod", "nsubj", "nsubj:pass", "iobj", "xcomp"):
            return head.index
        if head.lemma in self.acts.documents and self._instrument_at(clause.sentence, head.index):
            return head.index
        if clause.token.rel in ("parataxis", "appos"):
            return next((i for i in clause.above if self._instrument_at(clause.sentence, i)), None)
        return None

    def _instrument_at(self, sentence: Sentence, index: int) -> Draft | None:
        token = sentence.tokens[index]
        for draft in self.instruments:
            if any(m.start <= token.start and token.end <= m.end for m in draft.mentions):
                return draft
        return None

    def _force(self, clause: Clause) -> tuple[Force | None, int | None]:
        """The strongest word of modality above the predicate: a bound or a readiness outweighs a beginning."""
        best: tuple[Force | None, int | None] = (None, None)
        tokens = clause.sentence.tokens
        for index in [*clause.above, *self._modal_children(clause)]:
            force = self.acts.force(tokens[index].lemma)
            if force and (best[0] is None or best[0].name in ("doing", "beginning", "end")):
                best = (force, index)
        return best

    def _modal_children(self, clause: Clause) -> Iterator[int]:
        """«должен быть передан», «может получить»: the modal may hang below its infinitive."""
        for i in clause.sentence.children[clause.index]:
            child = clause.sentence.tokens[i]
            if child.rel in ("aux", "advmod", "cop") and child.lemma in self.acts.forces and child.lemma != "быть":
                yield i

    def _object(self, clause: Clause) -> int | None:
        """The head of what is given, built, raised: accusative, subject of a passive, genitive of a noun, or as marked."""
        rules = self.acts.rules.get(clause.token.lemma, ())
        marks = {m for r in rules for m in r.obj} - {"acc"}
        if clause.passive and clause.subject is not None and clause.kind in ("finite", "short"):
            return clause.subject
        if clause.objects:
            return clause.objects[0]
        for oblique in clause.obliques:
            counted = oblique.prep in _BOUNDING and self._amount_at(clause.sentence, oblique.head)
            if oblique.mark in marks or (counted and counted.kind != "percent" and rules):
                return oblique.head
        token = clause.token
        bare = token.feats.get("Voice") == "Mid" or "nom" in marks
        if clause.subject is not None and bare and not self.scene.actor(clause.sentence, clause.subject):
            return clause.subject  # «двадцать машин прибудут», «поставки возобновились»
        return None

    def _amount_at(self, sentence: Sentence, index: int) -> AmountMention | None:
        """The amount that a token is part of: «40 тыс. тонн» has its noun at the end, wherever the tree has its head."""
        token = sentence.tokens[index]
        at = bisect_right(self.amount_starts, token.start) - 1
        if at >= 0 and token.end <= self.document.amounts[at].end:
            return self.document.amounts[at]
        return None

    def _counted(self, sentence: Sentence, index: int) -> int:
        """The noun counted where the token is part of an amount, else the token itself."""
        amount = self._amount_at(sentence, index)
        if not amount:
            return index
        inside = [t for t in self.document.tokens_in(sentence, amount.start, amount.end) if t.pos == "NOUN"]
        return inside[-1].index if inside else index

    def _object_span(self, sentence: Sentence, index: int) -> Span:
        """The words of the object, its whole number among them."""
        counted = self._counted(sentence, index)
        amount = self._amount_at(sentence, index)
        if amount and amount.kind == "measure":
            for i in sentence.children[counted]:
                child = sentence.tokens[i]
                if child.rel == "nmod" and case_of(child) == "gen" and child.start >= amount.core.end:
                    return noun_phrase(sentence, i)  # «20 тонн пшеницы»: the wheat, its measure stands in amounts
        span = noun_phrase(sentence, counted)
        return Span(min(span.start, amount.start), max(span.end, amount.end)) if amount else span

    def _classes(self, sentence: Sentence, thing: int | None) -> frozenset[str]:
        """Classes of the object's head, else of the nouns that it measures («партия вакцин»)."""
        if thing is None:
            return frozenset()
        amount = self._amount_at(sentence, thing)
        if amount and amount.kind == "money":
            return frozenset(("money",))
        head = sentence.tokens[self._counted(sentence, thing)]
        thing = head.index
        own = self.acts.things.get(head.lemma, frozenset())
        below: frozenset[str] = frozenset()
        for i in sentence.children[thing]:
            child = sentence.tokens[i]
            if child.rel in ("nmod", "conj", "nummod:gov", "nummod") and case_of(child) in ("gen", "nom", "acc", ""):
                below |= self.acts.things.get(child.lemma, frozenset())
        return own or below

    def draft(self, number: int, candidate: Candidate) -> Draft | None:
        """The record of a candidate, or None where it is no act between parties."""
        self._read_quote(candidate)
        candidate.instrument = self._resting_on(candidate)
        self._read_parties(candidate)
        if not self._between_parties(candidate):
            return None
        if self._is_history(candidate):
            return None
        draft = Draft("undertaking", number, self.document.item_of(candidate.sentence))
        draft.put("quote", self.document.words(*candidate.quote), candidate.quote, how=How.STATED, rule="clause")
        self._put_act(draft, candidate)
        self._put_parties(draft, candidate)
        self._put_object(draft, candidate)
        self._put_rest(draft, candidate)
        draft.under = candidate.instrument
        if candidate.explains and candidate.explains.object is not None:
            draft.alias = self.document.words(*noun_phrase(candidate.sentence, candidate.explains.object))
        if all(w.how != How.INHERITED for w in (*candidate.by, *candidate.to)):
            self.last[draft.item] = candidate
        return draft

    def _is_history(self, candidate: Candidate) -> bool:
        """Whether the clause tells what was done more than five years before the report."""
        if candidate.clause.tense not in ("past", "") or not self.year:
            return False
        inside = _Within(Span(candidate.sentence.start, candidate.sentence.end))
        years = [int(t.edtf[:4]) for t in self.document.times if t.edtf and t.edtf[:4].isdigit() and inside(t.start, t.end)]
        return bool(years) and max(years) < self.year - _HISTORY

    def _read_quote(self, candidate: Candidate) -> None:
        clause, sentence = candidate.clause, candidate.sentence
        tokens = sentence.tokens
        without = {i for i in range(len(tokens)) if tokens[i].rel == "conj" and kind_of(tokens[i]) not in ("", "noun", "participle")}
        without |= {t.index for t in tokens if t.rel == "parataxis"}
        without |= {i for i in sentence.children[clause.index] if self._sets_the_stage(sentence, i)}
        for index in clause.above:
            without |= {i for i in sentence.children[index] if self._sets_the_stage(sentence, i)}
        without.discard(clause.index)
        top = clause.index
        if clause.kind == "participle":
            top = clause.token.head if clause.token.head >= 0 else top
        elif tokens[top].rel != "conj":
            for index in clause.above:
                above = tokens[index]
                governs = tokens[top].rel == "xcomp" or above.lemma in self.acts.forces or index == candidate.light
                if not governs or (clause.kind == "noun" and self._instrument_at(sentence, index)):
                    break
                top = index
        drop = ("mark", "cc", "discourse", "vocative") + (("acl:relcl",) if clause.kind == "participle" else ())
        drop = (*drop, "case") if kind_of(tokens[top]) == "noun" else drop
        without.discard(top)
        first = clause.subject if clause.subject is not None and clause.token.rel != "conj" and clause.kind != "noun" else top
        whole = extent(sentence, top, drop=drop, without=frozenset(without), reach=min(first, top))
        candidate.quote = self._clipped(candidate, whole)

    def _clipped(self, candidate: Candidate, span: Span) -> Span:
        """The part of a span that belongs to this one of several objects."""
        tokens = candidate.sentence.tokens
        inside = [t.index for t in self.document.tokens_in(candidate.sentence, *span)]
        own = [i for i in inside if candidate.opens <= i < candidate.closes]
        if not own or len(own) == len(inside):
            return span
        span = trim(candidate.sentence, own[0], own[-1])
        return Span(tokens[candidate.opens].start, span.end) if candidate.opens == own[0] else span

    def _sets_the_stage(self, sentence: Sentence, index: int) -> bool:
        """«В соответствии с документом», «При этом» at the head of a clause: said of the act, no part of it."""
        prep = preposition(sentence, index)
        if prep == "при" and sentence.tokens[index].lemma in ("это", "этот"):
            return True
        return prep in ("в_соответствии_с", "согласно", "по") and bool(self._instrument_at(sentence, index))

    def _resting_on(self, candidate: Candidate) -> Draft | None:
        """The instrument that the act rests on: above it, in its clause («в соответствии с документом»), or just before."""
        clause, sentence = candidate.clause, candidate.sentence
        for index in [*clause.above, clause.token.head]:
            if index >= 0 and (found := self._instrument_at(sentence, index)):
                return found
        for predicate in [clause.index, *clause.above]:
            for i in sentence.children[predicate]:
                if preposition(sentence, i) in _RESTING and (found := self._instrument_at(sentence, i)):
                    return found
        if clause.subject is not None and (found := self._instrument_at(sentence, clause.subject)):
            return found
        last = self.last.get(self.document.item_of(sentence))
        if last and last.instrument and self._goes_on(sentence, last.sentence):
            return last.instrument
        return None

    def _goes_on(self, sentence: Sentence, before: Sentence) -> bool:
        """«При этом …»: whether the sentence continues the one just before."""
        number = self.scene.number
        words = [t.text.lower() for t in sentence.tokens[:2]]
        follows = number[id(sentence)] - number[id(before)] in (0, 1)
        return follows and (" ".join(words) in _ONWARD or words[:1] == ["также"] or sentence is before)

    def _read_parties(self, candidate: Candidate) -> None:
        clause, sentence, rule = candidate.clause, candidate.sentence, candidate.rule
        subject = clause.subject
        if clause.passive and clause.kind in ("finite", "short", "participle"):
            subject = clause.agent
        elif clause.kind == "noun":
            agent = clause.agent if clause.agent is not None and self.scene.actor(sentence, clause.agent) else None
            subject = clause.subject if agent is None else agent
        by: tuple[Who, ...] = self.scene.actors(sentence, subject) if subject is not None and subject != candidate.object else ()
        to: list[Who] = []
        partner: list[Who] = []
        marks = set(rule.to) if rule else {"dat"}
        spare = [i for i in clause.objects if i != candidate.object and case_of(sentence.tokens[i]) != "gen"]
        for index in spare if "dat" in marks else ():  # «передала Душанбе»: names that do not bend
            to += self.scene.actors(sentence, index)
        for oblique in clause.obliques:
            if oblique.head in (candidate.object, subject, *spare):
                continue
            mark = oblique.mark
            if mark in marks or mark == "dat":
                to += self.scene.actors(sentence, oblique.head)
            elif mark == "с+ins":
                partner += self.scene.actors(sentence, oblique.head)
            elif oblique.prep in ("от", "из", "со_стороны") and not by and not (rule and rule.turn):
                by = self.scene.actors(sentence, oblique.head)
        if not by and not clause.passive and subject is None:
            by = self._elided(candidate)
        to += self._addressees_below(candidate, marks, [w.code for w in by])
        if clause.kind == "infinitive":
            for index in clause.above:
                if sentence.tokens[index].pos == "NOUN" and (owner := self._owner(candidate, index)):
                    by = owner  # «намерение России усилить»
                    break
        if clause.kind == "noun" and not by:
            by = self._owner(candidate, clause.index)
        if not by and candidate.light is not None:
            by = self._owner(candidate, candidate.light)
        if not by and candidate.object is not None and (not rule or rule.act in ("supply", "give", "deploy", "transport", "refrain")):
            by = self._owner(candidate, candidate.object)
        together = self._together(candidate)
        if together and by:
            by = tuple({w.code: w for w in (*by, *together)}.values())
            candidate.joint = not to
        if partner and rule and rule.act in _JOINT:
            by = tuple({w.code: w for w in (*by, *partner)}.values())
            candidate.joint = len(by) > 1
        elif partner and not to:
            to = partner
        if rule and rule.turn:
            sources = tuple(
                w for o in clause.obliques if o.mark in rule.to for w in self.scene.actors(sentence, o.head)
            )
            to, by = list(by), sources
        if candidate.explains and not (by and to):
            self._read_parties(candidate.explains)
            by, to = by or candidate.explains.by, to or list(candidate.explains.to)
        if not by and len(to) > 1 and all(w.rule == "both-sides" for w in to):
            by, to = tuple(to), []
        codes = {w.code for w in by}
        candidate.by = by
        candidate.to = tuple({w.code: w for w in to if w.code not in codes}.values())
        if len(by) > 1 and not candidate.to and (not rule or rule.act in _JOINT):
            candidate.joint = True

    def _together(self, candidate: Candidate) -> list[Who]:
        """«совместно с Турцией»: who acts too, whatever the act."""
        sentence = candidate.sentence
        words = self.document.tokens_in(sentence, *candidate.quote)
        return [
            who
            for word, after in zip(words, words[1:], strict=False)
            if word.lemma in ("совместно", "вместе") and after.lemma == "с" and after.head >= 0
            for who in self.scene.actors(sentence, after.head)
        ]

    def _elided(self, candidate: Candidate) -> tuple[Who, ...]:
        """Who acts where the personal verb of the clause has no subject."""
        tokens = candidate.sentence.tokens
        for index in [candidate.clause.index, *candidate.clause.above]:
            if is_personal(tokens[index]) or tokens[index].lemma in ("готовый", "намеренный", "должный", "обязанный"):
                below = [tokens[i].rel for i in candidate.sentence.children[index]]
                return () if "nsubj" in below else self.scene.elided(candidate.sentence, tokens[index])
        return ()

    def _addressees_below(self, candidate: Candidate, marks: set[str], taken: list[str]) -> list[Who]:
        """Addressees that the tree hangs on the object: «помощь Киргизии», «кредит для Украины», «санкции против России»."""
        if candidate.object is None:
            return []
        sentence = candidate.sentence
        found: list[Who] = []
        for i in sentence.children[candidate.object]:
            child = sentence.tokens[i]
            if child.rel not in ("nmod", "iobj", "obl", "amod"):
                continue
            prep, case = preposition(sentence, i), case_of(child)
            mark = f"{prep}+{case}" if prep else case
            against = prep in ("против", "в_отношении", "для", "с", "перед") or mark == "dat"
            act = candidate.rule.act if candidate.rule else "other"
            if mark in marks or against or (mark == "gen" and act in ("recognise", "restrict", "ease")):
                found += [w for w in self.scene.actors(sentence, i) if w.code not in taken]
            elif child.rel == "amod" and act in ("recognise", "restrict", "host", "buy"):
                mention = self.scene.mention_at(sentence, i)
                if mention:
                    span = Span(mention.start, mention.end)
                    found += [Who(c, span, How.RESOLVED, "adjective") for c in mention.codes if c not in taken]
        return found

    def _owner(self, candidate: Candidate, index: int) -> tuple[Who, ...]:
        """Whose noun it is: an adjective or genitive of party below it («российские поставки», «поставки России»)."""
        sentence = candidate.sentence
        found: list[Who] = []
        for i in sentence.children[index]:
            child = sentence.tokens[i]
            if i == candidate.object and candidate.clause.kind == "noun":
                continue
            if child.rel == "amod":
                mention = self.scene.mention_at(sentence, i)
                if mention and mention.kind == "adjective":
                    span = Span(mention.start, mention.end)
                    found += [Who(c, span, How.RESOLVED, "adjective") for c in mention.codes]
            elif child.rel in ("nmod", "nmod:gen") and case_of(child) == "gen" and not preposition(sentence, i):
                found += self.scene.actors(sentence, i)
        return tuple({w.code: w for w in found}.values())

    def _between_parties(self, candidate: Candidate) -> bool:
        """Whether two parties meet in the act; the missing one is brought from the instrument or the passage."""
        at = Span(candidate.clause.token.start, candidate.clause.token.end)
        if not candidate.by and not candidate.to:
            return self._bring_both(candidate, at)
        if not (candidate.by and candidate.to) and not candidate.joint:
            if self._addressed_elsewhere(candidate):
                return False
            own = [w.code for w in candidate.by or candidate.to]
            pool = tuple(candidate.instrument.get("parties") or ()) if candidate.instrument else ()
            others = [c for c in pool if c not in own] or self._near_parties(candidate, own)
            found = tuple(Who(c, at, How.INHERITED, "other-side") for c in others[:1])
            if candidate.by:
                candidate.to = found
            else:
                candidate.by = found
        codes = {w.code for w in (*candidate.by, *candidate.to)}
        return len(codes) > 1 and any(not c.startswith("name:") for c in codes)

    def _bring_both(self, candidate: Candidate, at: Span) -> bool:
        """Both sides from the instrument for a joint act, or from the act told just before for a transfer."""
        act = candidate.rule.act if candidate.rule else "other"
        pool = tuple(candidate.instrument.get("parties") or ()) if candidate.instrument else ()
        last = self.last.get(self.document.item_of(candidate.sentence))
        if last and act in _TOWARDS and last.rule and last.rule.act in _TOWARDS:
            if candidate.rule and "nom" in candidate.rule.obj:
                candidate.rule = last.rule  # «ещё двадцать машин прибудут»: what was being given or sold
            candidate.by = tuple(Who(w.code, at, How.INHERITED, "sides-of-act-before") for w in last.by)
            candidate.to = tuple(Who(w.code, at, How.INHERITED, "sides-of-act-before") for w in last.to)
            return bool(candidate.by and candidate.to)
        rule = "parties-of-instrument"
        if len(pool) < 2 and candidate.clause.passive and candidate.clause.kind != "noun" and act in _COMMON:
            pool, rule = self.scene.whole(candidate.sentence), "parties-of-news"
        if len(pool) >= 2 and act in _JOINT:
            candidate.by = tuple(Who(c, at, How.INHERITED, rule) for c in pool)
            candidate.joint = True
            return True
        return False

    def _addressed_elsewhere(self, candidate: Candidate) -> bool:
        """Whether the words name an addressee that is no party («передал медикам»): then none is brought from afar."""
        if candidate.to or not candidate.rule:
            return False
        tokens = candidate.sentence.tokens
        return any(
            o.mark == "dat" and tokens[o.head].feats.get("Animacy") == "Anim" and o.head != candidate.object
            for o in candidate.clause.obliques
        )

    def _near_parties(self, candidate: Candidate, own: list[str]) -> tuple[str, ...]:
        """The other party: named in the clause, else the weightiest of a news that has two."""
        sentence = candidate.sentence
        number = self.scene.number[id(sentence)]
        inside = [
            c
            for m in self.scene.parties[number]
            if candidate.quote.start <= m.start and m.end <= candidate.quote.end
            for c in m.codes
            if c not in own
        ]
        if inside:
            return tuple(dict.fromkeys(inside))
        return self.scene.counterpart(sentence, own, candidate.quote)

    def _put_act(self, draft: Draft, candidate: Candidate) -> None:
        clause = candidate.clause
        at = Span(clause.token.start, clause.token.end)
        act = candidate.rule.act if candidate.rule else "other"
        name = f"act:{candidate.rule.family}" if candidate.rule else "act:unknown-verb"
        modality, certainty, progress, why = self._read_force(candidate)
        if act == "finance" and candidate.by and all(w.code in LENDERS for w in candidate.by):
            act, name = "lend", "lender"
        if modality == "prohibition" and act not in ("restrict", "ease") or candidate.force and candidate.force.name == "refusal":
            act, name = "refrain", "prohibition-refrains"
        if act == "restrict" and modality == "obligation" and self._is_ban(candidate):
            modality = "prohibition"
        if act == "ease" and modality == "obligation" and progress == "fulfilled":
            modality = "permission"
        from_table = name.startswith("act:") and candidate.rule is not None
        draft.put("act", act, at, how=How.NORMALISED if from_table else How.INFERRED, rule=name)
        said = why.startswith("force:") and candidate.force_at is not None  # a word says it, no form
        words = _span(candidate.sentence.tokens[candidate.force_at]) if said and candidate.force_at is not None else at
        how = How.NORMALISED if said else How.INFERRED
        draft.put("modality", modality, words, how=how, rule=why)
        draft.put("progress", progress, words, how=How.INFERRED, rule=why)
        draft.put("certainty", certainty, words, how=how, rule=why)

    def _is_ban(self, candidate: Candidate) -> bool:
        words = {candidate.clause.token.lemma}
        if candidate.object is not None:
            words.add(candidate.sentence.tokens[candidate.object].lemma)
        if any((f := self.acts.force(w)) and f.name == "ban" for w in words):
            return True
        return any(w.startswith(("запре", "закры", "приостан", "эмбарго", "заблок", "блоки", "прекра")) for w in words)

    def _read_force(self, candidate: Candidate) -> tuple[str, str, str, str]:
        """Modality, certainty, progress and the rule that reads them, from negation, tense and the words above."""
        clause, force = candidate.clause, candidate.force
        negated = clause.negated or self._negated_above(candidate)
        certainty = "possible" if clause.conditional else "stated"
        if clause.kind == "noun" and candidate.light is not None and self._instrument_at(clause.sentence, candidate.light):
            return "obligation", "stated", "announced", "content-of-instrument"
        if force and force.name in ("refusal", "ban"):
            return "prohibition", "stated", "announced", f"force:{force.name}"
        if negated:
            if clause.tense == "past" and clause.perfective and not force:
                return "obligation", certainty, "delayed", "negated-past"
            return "prohibition", certainty, "announced", "negated"
        if force and force.progress != "as_tense":
            certainty = force.certainty if certainty == "stated" else certainty
            modality, progress = force.modality, force.progress
            if force.name == "leave" and self._past_above(candidate):
                progress = "fulfilled"
            return modality, certainty, progress, f"force:{force.name}"
        if clause.tense == "past":
            progress = "fulfilled" if clause.perfective or clause.kind in ("short", "noun", "participle") else "under_way"
            return "obligation", certainty, progress, "tense:past"
        if clause.tense == "present":
            progress = "announced" if candidate.instrument else "under_way"
            return "obligation", certainty, progress, "tense:present"
        return "obligation", certainty, "announced", f"tense:{clause.tense or 'none'}"

    def _negated_above(self, candidate: Candidate) -> bool:
        tokens = candidate.sentence.tokens
        for index in candidate.clause.above:
            if tokens[index].lemma not in self.acts.forces:
                return False
            if any(tokens[i].text.lower() == "не" for i in candidate.sentence.children[index]):
                return True
        return False

    def _past_above(self, candidate: Candidate) -> bool:
        index = candidate.force_at
        return index is not None and candidate.sentence.tokens[index].feats.get("Tense") == "Past"

    def _put_parties(self, draft: Draft, candidate: Candidate) -> None:
        draft.values["by"], draft.values["to"] = [], []
        for name, whos in (("by", candidate.by), ("to", () if candidate.joint else candidate.to)):
            for who in whos:
                if who.how == How.INHERITED:
                    draft.add(name, who.code, how=who.how, rule=who.rule)
                else:
                    draft.add(name, who.code, who.span, how=who.how, rule=who.rule)

    def _put_object(self, draft: Draft, candidate: Candidate) -> None:
        draft.put("object", None, how=How.STATED, rule="none")
        del draft.basis["object"]
        if candidate.object is None:
            if candidate.rule is None or candidate.rule.act in ("refrain", "other", "cooperate"):
                span = extent(candidate.sentence, candidate.clause.index, drop=("mark", "cc", "nsubj", "aux", "advmod"))
                draft.put("object", self.document.words(*span), span, how=How.STATED, rule="predicate")
            return
        span = self._object_span(candidate.sentence, candidate.object)
        if candidate.opens:
            span = Span(max(span.start, candidate.sentence.tokens[candidate.opens + 2].start), span.end)
        draft.put("object", self.document.words(*span), span, how=How.STATED, rule="object")

    def _put_rest(self, draft: Draft, candidate: Candidate) -> None:
        draft.values["amounts"], draft.values["terms"], draft.values["places"] = [], [], []
        draft.values["when"] = None
        inside = _Within(candidate.quote)
        named = [s for path, spans in draft.evidence.items() if path.startswith(("by/", "to/")) for s in spans]
        for amount in self.document.amounts:
            if inside(amount.start, amount.end):
                _add_amount(draft, amount)
        self._put_terms(draft, candidate)
        self._put_when(draft, candidate)
        self._put_states_as_places(draft, candidate)
        for place in self.document.places:
            words = Span(place.start, place.end)
            if inside(*words) and place.kind != "seat" and not any(words.overlaps(n) for n in named):
                draft.add("places", place.name, Span(place.start, place.end), how=How.NORMALISED, rule=f"place:{place.rule}")

    def _put_states_as_places(self, draft: Draft, candidate: Candidate) -> None:
        """«в Сербию», «на киргизской территории»: the state is where the act is done."""
        sentence = candidate.sentence
        for token in self.document.tokens_in(sentence, *candidate.quote):
            mention = self.scene.mention_at(sentence, token.index)
            if not mention or len(mention.codes) != 1:
                continue
            named = mention.kind == "state" and preposition(sentence, token.index) in ("в", "на")
            head = sentence.tokens[token.head] if token.head >= 0 else token
            on_soil = mention.kind == "adjective" and head.lemma == "территория" and token.rel == "amod"
            if (named and case_of(token) in ("acc", "loc", "")) or on_soil:
                name = party_name(mention.codes[0], "ru", self.tables)
                if name not in draft.values["places"]:
                    words = Span(mention.start, mention.end)
                    draft.add("places", name, words, how=How.NORMALISED, rule="state-as-place")

    def _put_terms(self, draft: Draft, candidate: Candidate) -> None:
        sentence, terms = candidate.sentence, self.acts.terms
        inside = _Within(candidate.quote)
        taken = [a.rate for a in self.document.amounts if a.rate and inside(a.start, a.end)]
        for rate in taken:
            draft.add("terms", self.document.words(*rate), rate, how=How.STATED, rule="rate")
        tokens = self.document.tokens_in(sentence, *candidate.quote)
        if candidate.explains and candidate.explains.object is not None:
            head = sentence.tokens[candidate.explains.object]
            tokens = [*self.document.tokens_in(sentence, *noun_phrase(sentence, head.index)), *tokens]
        for token in dict.fromkeys(tokens):
            span: Span | None = None
            if token.lemma in terms["word"] and token.pos in ("ADJ", "ADV"):
                span = _span(token)
            elif token.pos in ("NOUN", "PROPN") and (prep := preposition(sentence, token.index)) in terms["preposition"]:
                span = extent(sentence, token.index, drop=("acl:relcl",))
            elif (
                token.lemma in terms["noun"]
                and token.rel in ("obl", "nmod")
                and case_of(token) in ("ins", "dat")
                and not self.scene.actor(sentence, token.index)
            ):
                span = extent(sentence, token.index, drop=("acl:relcl", "case"), without=self._marked(sentence, token.index))
            elif token.rel == "advcl" and any(
                sentence.tokens[i].text.lower() in ("если", "когда") for i in sentence.children[token.index]
            ):
                span = extent(sentence, token.index)
            if span and not any(span.overlaps(t) for t in taken):
                taken.append(span)
                draft.add("terms", self.document.words(*span), span, how=How.STATED, rule="term")

    def _marked(self, sentence: Sentence, index: int) -> frozenset[int]:
        """The children of a noun that have a preposition of their own."""
        return frozenset(i for i in sentence.children[index] if preposition(sentence, i))

    def _put_when(self, draft: Draft, candidate: Candidate) -> None:
        inside = _Within(candidate.quote)
        times = [t for t in self.document.times if t.edtf and inside(t.start, t.end)]
        if times:
            best = min(times, key=lambda t: (not t.deadline, t.grain == "duration", abs(t.start - candidate.clause.token.start)))
            draft.put("when", best.edtf, Span(best.start, best.end), how=How(best.how), rule=f"time:{best.rule}")


def _is_also(sentence: Sentence, index: int) -> bool:
    """«а также» at the token."""
    words = [t.text.lower() for t in sentence.tokens[index : index + 2]]
    return words == ["а", "также"]


def _year_of(document: Document) -> int | None:
    """The year of the report: of its day, else the latest that it names."""
    if document.page.day:
        return document.page.day.year
    return max((int(t.edtf[:4]) for t in document.times if t.edtf and t.edtf[:4].isdigit()), default=None)


def _antecedent(sentence: Sentence, index: int) -> int | None:
    """The noun that the relative clause of a «который» hangs on."""
    for _ in range(4):
        index = sentence.tokens[index].head
        if index < 0:
            return None
        if sentence.tokens[index].rel == "acl:relcl":
            return sentence.tokens[index].head if sentence.tokens[index].head >= 0 else None
    return None


class _Within:
    """Whether offsets lie in a span."""

    def __init__(self, span: Span) -> None:
        self.span = span

    def __call__(self, start: int, end: int) -> bool:
        return self.span.start <= start and end <= self.span.end


def _span(token: Token) -> Span:
    return Span(token.start, token.end)


def _add_amount(draft: Draft, amount: AmountMention) -> None:
    """An amount, or the two ends of a range; the rate after it is a term."""
    whole = Span(amount.start, amount.end)
    if amount.high is not None:
        draft.add("amounts", Amount(amount.number, amount.unit, "over"), whole, how=How.NORMALISED, rule=amount.rule)
        draft.add("amounts", Amount(amount.high, amount.unit, "under"), whole, how=How.NORMALISED, rule=amount.rule)
    else:
        draft.add("amounts", Amount(amount.number, amount.unit, amount.bound), whole, how=How.NORMALISED, rule=amount.rule)
