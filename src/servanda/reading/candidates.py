"""Sentence -> its predicates, each with its object, its rule and the words of force above it, and whether the rules
take it for an act of a party (`ruled`); the judge weighs that beside all else.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from servanda.lang.words import Sentence, Token
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.acts import ActRule, Force
from servanda.reading.clauses import (
    Clause,
    Oblique,
    antecedent,
    case_of,
    climb,
    is_finite,
    is_hypothetical,
    kind_of,
    preposition,
    read_clause,
)
from servanda.reading.context import Context
from servanda.reading.document import starting
from servanda.reading.draft import Draft
from servanda.reading.scene import Who
from servanda.reading.undisclosed import is_withheld

_MERE_POSSIBILITY = frozenset(
    [
        "мочь",
        "смочь",
        "можно",
        "возможный",
        "возможно",
        "возможность",
        "способный",
        "думать",
        "хотеться",
        "следовать",
        "нужно",
        "необходимо",
        "необходимый",
        "стать",
        "решение",
        "закон",
        "речь",
        "идти",
    ]
)
_THREATS = frozenset(("угрожать", "грозить", "пригрозить"))
_HOPING = frozenset(("ждать", "ожидать", "надеяться", "рассчитывать", "хотеть", "желать", "мечтать", "надежда"))
_MOVING = frozenset(
    (
        *("побудить", "побуждать", "заставить", "заставлять", "вынудить", "вынуждать", "принудить", "принуждать"),
        *("требовать", "потребовать", "настаивать", "призвать", "призывать"),
        *("убедить", "убеждать", "уговорить", "уговаривать", "склонить", "склонять", "пригласить", "приглашать"),
    )
)
_BINDING = frozenset(("intention", "readiness", "commitment", "refusal"))
HINDERING = frozenset(("delay", "pause", "cancel", "breach"))  # forces that say what became of a deed
_SETTLED = frozenset(("commitment", "refusal", "ban", *HINDERING))
_HOLDING = frozenset(("задержать", "задерживать"))
_PARTAKING = frozenset(("участие", "членство", "действие"))
_PROMISES = frozenset(("obligation",))
_WEAK = frozenset(("doing", "beginning", "end"))
_ACTING = HINDERING | {"ban", "leave"}  # forces of words that are acts themselves
_NEEDS_OBJECT = frozenset(
    ["give", "lend", "raise", "build", "restrict", "cut", "ease", "recognise", "deploy", "host", "share"]
)
_TOWARDS_MARKS = frozenset(("dat", "с+ins", "против+gen", "acc"))
_BOUNDING = frozenset(
    ("до", "около", "свыше", "порядка", "от", "более")
)  # «закупит до 400 тонн»: a bound, no direction
_CARRYING = frozenset(("obj", "obl", "nmod", "nsubj", "nsubj:pass", "iobj", "xcomp"))
_OF_PARTIES = frozenset(("recognise", "host", "restrict"))  # acts whose object may be a party
_CONTENTS = frozenset(("xcomp", "ccomp", "csubj", "csubj:pass", "obj", "obl", "nmod", "iobj", "acl", "nsubj:pass"))
_MEASURED = frozenset(("nmod", "conj", "nummod:gov", "nummod"))
_TELLING = frozenset(("sanction", "truce", "exercise", "easing"))  # things that tell their act whatever the verb
_STANDING_IN = frozenset(("PRON", "NUM", "ADJ", "DET"))  # parts of speech that stand for a thing told before
_WHEN = ("после", "до", "перед", "накануне", "в_случае", "при_условии", "на_фоне", "в_ожидании")  # of another deed
_DEPTH = 2  # nouns of force between a word and the deed that it tells
_PLACES = frozenset(("facility", "place", "enterprise"))
OWN_WORDS = -1  # the licence of a verbal noun that stands for itself: no word above belongs to its clause
_DASHES = ("-", "–", "—")
_PREDICATES = frozenset(("VERB", "AUX"))  # parts of speech with forms of verbs
_LONGEST = 400  # tokens of a sentence that is read: longer ones are lists or broken pages, and trees fail there


@dataclass(slots=True, eq=False)
class Candidate:
    """A predicate with all that has been read of it so far."""

    clause: Clause
    rule: ActRule | None
    object: int | None
    force: Force | None
    force_at: int | None
    light: int | None  # the light verb or the noun of modality that carries a verbal noun
    classes: frozenset[str] = frozenset()  # of the object
    content: "Candidate | None" = None  # «заявил о планах построить»: the deed that a word of speech or force tells
    by: tuple[Who, ...] = ()
    to: tuple[Who, ...] = ()
    joint: bool = False
    explains: "Candidate | None" = None  # «помощи – передачи грузовиков»: the act that this one says more of
    opens: int = 0  # where the words of its own begin, for the second of several objects
    closes: int = 10**9  # where those of the next object begin
    instrument: Draft | None = None
    quote: Span = field(default_factory=lambda: Span(0, 0))
    beside: "Candidate | None" = None  # the act before, whose verb this one leaves out: «Намибия – вторую»
    gap: Span = field(default_factory=lambda: Span(0, 0))  # the words of such an act, and those of its object
    thing: Span = field(default_factory=lambda: Span(0, 0))
    ruled: bool = True  # whether the rules take it for an act
    traits: list[str] = field(default_factory=list)  # what speaks for and against it
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)  # lemmas by their place in the clause
    odds: float = 0.0  # that it is an undertaking, 0 to 1

    @property
    def sentence(self) -> Sentence:
        """The sentence of the predicate."""
        return self.clause.sentence

    @property
    def act(self) -> str:
        """The act by its rule, "other" without one."""
        return self.rule.act if self.rule else "other"

    @property
    def told(self) -> "Candidate":
        """The innermost deed that is told: the candidate itself, unless it is a mere word over one."""
        return self.content.told if self.content else self

    @property
    def between_parties(self) -> bool:
        """Whether two parties meet in the act, one of them more than a name."""
        codes = {w.code for w in (*self.by, *self.to)}
        return len(codes) > 1 and any(not c.startswith("name:") for c in codes)


class Finder:
    """Finds the candidates of a sentence."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.acts = context.acts
        self.scene = context.scene
        self._spoken: dict[int, frozenset[str]] = {}  # by news, the classes of what the latest act was about

    def candidates(self, sentence: Sentence) -> Iterator[Candidate]:
        """The predicates of a sentence; light verbs are left to their nouns."""
        if not self._is_read(sentence):
            return
        found: dict[int, Candidate] = {}
        for token in sentence.tokens:
            known = token.pos in _PREDICATES or token.lemma in self.acts.rules
            if known and (candidate := self._candidate(sentence, token)):
                found[token.index] = candidate
        ruled = [c for c in found.values() if c.ruled]
        carried = {c.light for c in ruled if c.light is not None}
        for candidate in ruled:
            if candidate.clause.token.rel in ("parataxis", "appos"):
                candidate.explains = next((c for c in ruled if c.object == candidate.clause.token.head), None)
                if candidate.explains:
                    carried.add(candidate.explains.clause.index)
        for candidate in found.values():
            if candidate.rule is None:
                candidate.content = self._content(candidate.clause, found)
            elif self._is_promise_kept(candidate, found):
                carried.add(candidate.clause.index)
        for index, candidate in found.items():
            if index not in carried:
                further = list(self._further_facilities(candidate)) if candidate.ruled else []
                further += list(self._gapped(candidate)) if candidate.ruled else []
                yield candidate
                yield from further

    def _is_read(self, sentence: Sentence) -> bool:
        """Not a list, and not of sport or crime."""
        return len(sentence.tokens) <= _LONGEST and self.acts.foreign.isdisjoint(sentence.lemmas)

    def _content(self, clause: Clause, found: dict[int, Candidate]) -> Candidate | None:
        """The deed below a word that tells none by itself, through nouns of force: «выразил готовность принять …»."""
        tokens, below = clause.sentence.tokens, clause.sentence.children
        todo = [(i, 0) for i in below[clause.index] if tokens[i].rel in _CONTENTS]
        telling = self._tells(clause.token)
        while todo:
            index, depth = todo.pop(0)
            token, inner = tokens[index], found.get(index)
            if inner and (inner.clause.kind != "noun" or (telling and token.rel != "nsubj:pass")):
                return inner
            if depth < _DEPTH and telling and self.acts.force(token.lemma):
                todo += [(i, depth + 1) for i in below[index] if tokens[i].rel in _CONTENTS]
        return None

    def _is_promise_kept(self, candidate: Candidate, found: dict[int, Candidate]) -> bool:
        """«выполнила обещание передать суда», «нарушила обязательства по поставке»: what was promised is the deed."""
        sentence, thing = candidate.sentence, candidate.object
        if thing is None or not candidate.classes & _PROMISES:
            return False
        force = self.acts.force(sentence.tokens[thing].lemma)
        below = [(i, found[i]) for i in sentence.children[thing] if i in found]
        promised = (c.clause.kind == "infinitive" or preposition(sentence, i) in ("по", "о") for i, c in below)
        return force is not None and any(promised)

    def _tells(self, token: Token) -> bool:
        """Whether a word is one of speech or of force."""
        lemma = token.lemma
        return lemma in self.acts.forces or lemma in self.scene.speech or lemma in self.acts.conveying

    def _further_facilities(self, candidate: Candidate) -> Iterator[Candidate]:
        """«создание комплекса, а также трех центров»: each thing built is an undertaking of its own."""
        if not candidate.rule or candidate.rule.act != "build" or candidate.object is None:
            return
        sentence = candidate.sentence
        others = [i for i in candidate.clause.objects if i > candidate.object]
        others += [i for i in sentence.children[candidate.object] if sentence.tokens[i].rel == "conj"]
        for index in sorted(others):
            cut = next((i for i in range(candidate.object, index) if _is_also(sentence, i)), None)
            rule = self.acts.choose(candidate.clause.token.lemma, self.classes(sentence, index))
            if cut is not None and rule:
                split = Candidate(candidate.clause, rule, index, candidate.force, candidate.force_at, candidate.light)
                split.opens = cut
                candidate.closes = min(cut, candidate.closes)
                yield split

    def _gapped(self, candidate: Candidate) -> Iterator[Candidate]:
        """«Ангола оплатит первую плотину, Намибия – вторую», «31% получит Норвегия, 16% – Исландия», «даст Чаду 5
        машин, Нигеру – 7»: acts behind a dash that leave out their verb.
        """
        clause, sentence, tokens = candidate.clause, candidate.sentence, candidate.sentence.tokens
        if candidate.rule is None or clause.kind not in ("finite", "infinitive", "short"):
            return
        about = [i for i in (clause.index, candidate.object) if i is not None]
        for dash in range(max(about) + 3, len(tokens) - 1):
            if tokens[dash].text == ";" or is_finite(tokens[dash]):
                return
            if tokens[dash].text not in _DASHES or (sides := _around_dash(sentence, dash)) is None:
                continue
            before, after = sides
            doer = next((i for i in (before, after) if self._is_doer(sentence, i)), None)
            thing = after if doer in (before, None) else before
            other_side = [o for o in (self._varies(clause, before),) if o and doer is None]
            if (doer is None and not other_side) or self._is_party(sentence, thing) or before - 1 <= clause.index:
                continue
            bare = not preposition(sentence, thing)
            if (candidate.object is None or (other_side and not bare)) and not self._like(clause, thing):
                continue
            agent = doer if clause.passive else None
            own = replace(clause, subject=doer, objects=[thing], obliques=other_side, agent=agent)
            start = next(i for i in range(dash, -1, -1) if tokens[i].text in _STOPS) + 1
            stop = _end_of_gap(sentence, dash)
            other = Candidate(own, candidate.rule, thing, candidate.force, candidate.force_at, None, candidate.classes)
            other.beside, other.gap = candidate, Span(tokens[start].start, tokens[stop - 1].end)
            side = (start, dash) if thing < dash else (dash + 1, stop)
            other.thing = Span(tokens[side[0]].start, tokens[side[1] - 1].end)
            candidate.closes = min(start - 1, candidate.closes)
            yield other

    def _like(self, clause: Clause, index: int) -> Oblique | None:
        """A phrase behind the clause that stands as one of its own does: «откажется от пошлин … от квот»."""
        sentence = clause.sentence
        alike = Oblique(index, preposition(sentence, index), case_of(sentence.tokens[index]))
        if not alike.prep and alike.case == "gen":  # «Молдавии» is dative and genitive
            alike = Oblique(index, "", "dat")
        own = (o for o in clause.obliques if o.mark == alike.mark)
        party = bool(self.scene.actor(sentence, index))
        return next((alike for o in own if bool(self.scene.actor(sentence, o.head)) == party), None)

    def _varies(self, clause: Clause, index: int) -> Oblique | None:
        """«Нигеру – 7», «в июне – ещё 7»: another party or time than in the clause before."""
        token = clause.sentence.tokens[index]
        near = starting(self.context.document.times, token.start - _TIME_REACH, token.end)
        if self.scene.actor(clause.sentence, index) or any(t.start <= token.start < t.end for t in near):
            return self._like(clause, index)
        return None

    def _is_doer(self, sentence: Sentence, index: int) -> bool:
        """A party in the nominative."""
        return case_of(sentence.tokens[index]) in ("nom", "") and bool(self.scene.actor(sentence, index))

    def _candidate(self, sentence: Sentence, token: Token) -> Candidate | None:
        rules = self.acts.rules.get(token.lemma, ())
        kind = kind_of(token)
        if not kind or (not rules and (kind == "noun" or token.lemma in self.scene.speech)):
            return None
        if token.lemma in _PARTAKING and self._is_step(sentence, token, token.index):
            return None
        light = self._licence(sentence, token) if kind == "noun" else None
        if kind == "noun" and (
            preposition(sentence, token.index) in _WHEN or (light is None and self._names_a_place(sentence, token))
        ):
            return None
        if _keeps_back(sentence, token) or (kind in ("noun", "infinitive") and self._is_topic(sentence, token)):
            return None
        clause = read_clause(sentence, token.index)
        if is_hypothetical(sentence, token.index) or token.feats.get("Mood") == "Imp" or self._demanded(clause):
            return None
        self._part_subjects(clause)
        if self._is_hope_for_others(clause) or self._is_appeal(clause):
            return None
        force, at = self._force(clause)
        thing = self._object(clause)
        if thing is not None and sentence.tokens[thing].lemma == "который":
            thing = antecedent(sentence, thing)
        classes = self.classes(sentence, thing) or self._spoken_of(sentence, thing)
        rule = self.acts.choose(token.lemma, classes)
        if rule is None or rule.act == "other":
            rule = self._by_phrase(clause) or rule
        if "law" in classes and thing is not None and rule and rule.act == "other":
            rule = self._enacted(sentence, thing) or rule
        told_elsewhere = thing is not None and self._is_step(sentence, token, thing)
        if rule and rule.act == "none" and kind == "infinitive" and clause.negated and force and force.name in _BINDING:
            rule = None  # «обязались не превышать»: bound not to
        if (rule and rule.act == "none") or told_elsewhere:
            return None
        if self._tells_change(clause, rule, thing):
            return None
        vague = rule is None or rule.act in ("cooperate", "other")
        if clause.kind == "noun" and vague and self._is_title(clause):
            return None
        candidate = Candidate(clause, rule, thing, force, at, light, classes)
        candidate.ruled = self._is_act(candidate)
        if rule is None:
            candidate.rule = self._only_rule(token.lemma) or self.acts.choose("ввести", classes & _TELLING)
        if candidate.ruled and classes:
            self._spoken[self.context.document.item_of(sentence)] = classes
        return candidate

    def _is_step(self, sentence: Sentence, verb: Token, thing: int) -> bool:
        """A step of an instrument: «подписали договор», «приостановил участие в договоре»."""
        if sentence.tokens[thing].lemma in _PARTAKING:
            return any(self.context.instrument_at(sentence, i) for i in sentence.children[thing])
        return verb.lemma in self.acts.silent and self.context.instrument_at(sentence, thing) is not None

    def _spoken_of(self, sentence: Sentence, thing: int | None) -> frozenset[str]:
        """«ещё двести», «первый», «их»: the classes of what the act before was about."""
        if thing is None or sentence.tokens[thing].pos not in _STANDING_IN:
            return frozenset()
        return self._spoken.get(self.context.document.item_of(sentence), frozenset())

    def _is_act(self, candidate: Candidate) -> bool:
        """Whether the rules take the predicate for an act: one that a table knows, or one under words that bind."""
        clause, token = candidate.clause, candidate.clause.token
        if clause.kind == "noun" and candidate.light is None:
            return False
        if candidate.rule is None and not self._binds(clause, candidate.force, candidate.force_at):
            if token.lemma in self.acts.rules or not self._may_act(token, clause.kind):
                return False
            if not self._between_named(clause):
                return False
        return not self._is_no_act(candidate)

    def _enacted(self, sentence: Sentence, law: int) -> ActRule | None:
        """«одобрил законопроект по введению санкций», «внесёт закон о санкциях»: the rule of what a law is about."""
        for i in sentence.children[law]:
            token = sentence.tokens[i]
            if token.rel != "nmod" or preposition(sentence, i) not in ("о", "по"):
                continue
            things = [j for j in sentence.children[i] if case_of(sentence.tokens[j]) == "gen"]
            rule = self.acts.choose(token.lemma, self.classes(sentence, things[0])) if things else None
            if rule is None and "sanction" in self.classes(sentence, i):
                rule = self.acts.choose("ввести", frozenset(("sanction",)))
            if rule and rule.act != "none":
                return rule
        return None

    def _only_rule(self, lemma: str) -> ActRule | None:
        """The rule of a verb that does one thing whatever its object is."""
        rules = [r for r in self.acts.rules.get(lemma, ()) if r.act != "none"]
        one = len({r.act for r in rules}) == 1 and lemma not in self.acts.conveying
        return rules[0] if one and not any("+" in mark for mark in rules[0].obj[:1]) else None

    def _by_phrase(self, clause: Clause) -> ActRule | None:
        """The rule that a phrase of the clause fits: «освободит ее от пошлин», «внесла банк в черный список»."""
        for rule in self.acts.rules.get(clause.token.lemma, ()):
            for oblique in clause.obliques if rule.obj != ("acc",) else ():
                bent = not oblique.case and any(m.startswith(f"{oblique.prep}+") for m in rule.obj)  # «от НДС»
                if (bent or oblique.mark in rule.obj) and rule.classes & self.classes(clause.sentence, oblique.head):
                    return rule
        return None

    def _may_act(self, token: Token, kind: str) -> bool:
        """Whether a predicate that no table of acts knows may be one by its form."""
        told_elsewhere = token.lemma in self.acts.silent or token.lemma in self.acts.forces
        return kind == "infinitive" or (kind in ("finite", "short") and not told_elsewhere)

    def unknown(self, sentence: Sentence) -> Iterator[Token]:
        """Verbs that stand between two named parties and that no table knows: said, never dropped in silence."""
        if not self._is_read(sentence):
            return
        for token in sentence.tokens:
            if token.pos != "VERB" or kind_of(token) != "finite" or self._is_known(token.lemma):
                continue
            clause = read_clause(sentence, token.index)
            if clause.subject is None or clause.negated:
                continue
            by = {w.code for w in self.scene.actor(sentence, clause.subject)}
            others = {w.code for o in clause.obliques for w in self.scene.actor(sentence, o.head)}
            if by and others - by and not self._between_named(clause):
                yield token

    def _is_known(self, lemma: str) -> bool:
        acts = self.acts
        return lemma in acts.silent or lemma in acts.rules or lemma in acts.forces or lemma in self.scene.speech

    def _part_subjects(self, clause: Clause) -> None:
        """«Груз сторона обязуется доставить»: of two subjects the party acts, and the thing is the object."""
        sentence = clause.sentence
        for index in (clause.index, *clause.above[:1]):
            below = [i for i in sentence.children[index] if sentence.tokens[i].rel == "nsubj"]
            if len(below) < 2 or clause.subject not in below:
                continue
            doers = [i for i in below if self.scene.actor(sentence, i)]
            if doers and len(doers) < len(below):
                clause.subject = doers[0]
                if not clause.objects and not clause.passive:
                    clause.objects = [i for i in below if i not in doers][:1]
        self._turn_round(clause)

    def _turn_round(self, clause: Clause) -> None:
        """«Оставшийся газ сможет поставлять „Газпром“»: a thing before the verb whose accusative is no other than its
        nominative, and a party behind it, are its object and its subject.
        """
        sentence, thing = clause.sentence, clause.subject
        if thing is None or clause.passive or thing > clause.index or len(clause.objects) != 1:
            return
        doer, token = clause.objects[0], sentence.tokens[thing]
        party = sentence.tokens[doer]
        ambiguous = token.pos == "NOUN" and token.feats.get("Animacy") == "Inan" and token.feats.get("Gender") != "Fem"
        if not ambiguous or doer < clause.index or party.feats.get("Animacy") == "Anim" or party.pos != "PROPN":
            return
        if self.scene.actor(sentence, thing) or not self.scene.actor(sentence, doer):
            return
        rule = self.acts.choose(clause.token.lemma, self.classes(sentence, thing))
        if rule and rule.act not in _OF_PARTIES and "acc" in rule.obj:
            clause.subject, clause.objects = doer, [thing]

    def _is_no_act(self, candidate: Candidate) -> bool:
        """What looks like an act and is none: a title, a condition, a demand, a story of what could not be done."""
        clause, rule, force, at = candidate.clause, candidate.rule, candidate.force, candidate.force_at
        if rule and candidate.object is None and rule.act in _NEEDS_OBJECT:
            return True
        if any(clause.sentence.tokens[i].text.lower() == "вряд" for i in clause.sentence.children[clause.index]):
            return True
        if at is not None and clause.tense == "past" and clause.sentence.tokens[at].lemma in ("мочь", "смочь"):
            return True
        return rule is None and clause.negated and force is not None and force.name == "readiness"

    def _is_hope_for_others(self, clause: Clause) -> bool:
        """«Киев ждёт, что Вена откроет границу»: whether who hopes is not who acts."""
        sentence, chain = clause.sentence, (clause.index, *clause.above)
        hope = next((n for n, i in enumerate(chain) if sentence.tokens[i].lemma in _HOPING), 0)
        doers = {code for i in chain[:hope] for code in self._codes_of_subject(sentence, i)}
        return bool(doers) and doers.isdisjoint(self._codes_of_subject(sentence, chain[hope]))

    def _is_appeal(self, clause: Clause) -> bool:
        """«рассчитывает побудить Минск открыть переход», «приглашает Токио строить»: what others are moved to do."""
        below = (clause.sentence.tokens[i] for i in clause.sentence.children[clause.index])
        return clause.token.lemma in _MOVING and any(t.feats.get("VerbForm") == "Inf" for t in below)

    def _codes_of_subject(self, sentence: Sentence, index: int) -> set[str]:
        subjects = (i for i in sentence.children[index] if sentence.tokens[i].rel == "nsubj")
        return {who.code for i in subjects for who in self.scene.actors(sentence, i)}

    def _is_title(self, clause: Clause) -> bool:
        """«соглашение о сотрудничестве в области …»: what an agreement is about, no deed; a plan's measures are
        deeds.
        """
        head = clause.token.head
        found = self.context.instrument_at(clause.sentence, head) if head >= 0 else None
        of_itself = clause.token.lemma in ("сотрудничество", "взаимодействие")
        return found is not None and (found.get("kind") != "plan" or of_itself)

    def _binds(self, clause: Clause, force: Force | None, at: int | None) -> bool:
        """An infinitive of a verb that no table knows, under words that bind: «обязался …», «намерен …», never
        «может …».
        """
        if clause.kind != "infinitive" or not force or force.name not in _BINDING or at is None:
            return False
        word = clause.sentence.tokens[at].lemma
        if clause.token.lemma in self.acts.silent and not clause.negated:
            return word in _THREATS
        return word not in _MERE_POSSIBILITY

    def _between_named(self, clause: Clause) -> bool:
        """Whether a verb that no table knows stands between two named parties: «корабли Китая исследуют воды
        Малайзии».
        """
        token, sentence = clause.token, clause.sentence
        if clause.kind not in ("finite", "short") or token.lemma in self.acts.silent or token.lemma in self.acts.forces:
            return False
        doer = clause.agent if clause.passive else clause.subject
        if doer is None:
            return False
        by = {w.code for w in self.scene.actor(sentence, doer)}
        ahead = clause.tense == "future"
        heads = [*clause.objects, *(o.head for o in clause.obliques if ahead or o.mark in _TOWARDS_MARKS)]
        others = {w.code for i in heads for w in [*self.scene.actor(sentence, i), *self._below(sentence, i)]}
        return bool(by) and bool(others - by)

    def _below(self, sentence: Sentence, index: int) -> tuple[Who, ...]:
        """The parties whose thing it is: genitives and adjectives below a noun."""
        return tuple(
            w
            for i in sentence.children[index]
            if sentence.tokens[i].rel in ("nmod", "amod")
            for w in (
                self.scene.actor(sentence, i) if sentence.tokens[i].rel == "nmod" else self._adjective(sentence, i)
            )
        )

    def _adjective(self, sentence: Sentence, index: int) -> tuple[Who, ...]:
        mention = self.scene.mention_at(sentence, index)
        if not mention or mention.kind != "adjective":
            return ()
        return tuple(Who(c, Span(mention.start, mention.end), How.RESOLVED, "adjective") for c in mention.codes)

    def _tells_change(self, clause: Clause, rule: ActRule | None, thing: int | None) -> bool:
        """«товарооборот вырос»: whether a verb tells how a quantity has moved by itself, a figure."""
        if rule is None or rule.act not in ("raise", "cut") or clause.kind != "finite" or clause.agent is not None:
            return False
        alone = clause.subject is not None and not self.scene.actor(clause.sentence, clause.subject)
        return alone and thing in (None, clause.subject) and clause.tense in ("past", "present")

    def _demanded(self, clause: Clause) -> bool:
        """Whether the act is asked of somebody else («призвал», «потребовал»): a topic, no undertaking."""
        force = [f for i in clause.above if (f := self.acts.force(clause.sentence.tokens[i].lemma))]
        return any(f.name == "demand" for f in force)

    def _is_topic(self, sentence: Sentence, word: Token) -> bool:
        """«обсудили поставки», «не раскрыли цену поставок»: what was spoken of or kept back, no deed."""
        for index in climb(sentence, word.index):
            token = sentence.tokens[index]
            if is_withheld(sentence, token):
                return True
            if is_finite(token):
                return token.lemma in self.acts.discussing and token.feats.get("Tense") == "Past"
            if (force := self.acts.force(token.lemma)) and force.name in _SETTLED:
                return False  # «обсудили обязательства передать …»: what holds already
        return False

    def _names_a_place(self, sentence: Sentence, noun: Token) -> bool:
        """«пункт пропуска», «центр подготовки»: what a place is for, no deed."""
        head = sentence.tokens[noun.head] if noun.head >= 0 else noun
        return noun.rel == "nmod" and bool(self.acts.classes(head.lemma) & _PLACES)

    def _licence(self, sentence: Sentence, noun: Token) -> int | None:
        """The word that makes a verbal noun an act: a light verb, a word of modality, an instrument; None for a
        bare noun.
        """
        token = noun
        if token.rel in ("conj", "appos", "parataxis") and token.head >= 0:
            head = sentence.tokens[token.head]
            token = head if token.rel == "conj" and head.pos == "NOUN" else token
        if token.head < 0:
            return None
        head = sentence.tokens[token.head]
        force = self.acts.force(head.lemma)
        held_up = head.lemma in _HOLDING and token.rel == "obj"  # «задерживает передачу судов»
        if force and force.name in _ACTING and head.lemma in self.acts.rules and not held_up:
            return None  # «запретила экспорт»: the ban is the act
        if force and token.rel in _CARRYING:
            return head.index
        if head.lemma in self.scene.speech and preposition(sentence, token.index) == "о":
            return OWN_WORDS  # «сообщил о выделении помощи»
        if head.lemma in self.acts.documents and self.context.instrument_at(sentence, head.index):
            return head.index
        if noun.rel in ("parataxis", "appos"):
            return next((i for i in climb(sentence, noun.index) if self.context.instrument_at(sentence, i)), None)
        return None

    def _force(self, clause: Clause) -> tuple[Force | None, int | None]:
        """The strongest word of modality above the predicate: a bound or a readiness outweighs a beginning."""
        best: tuple[Force | None, int | None] = (None, None)
        tokens = clause.sentence.tokens
        for index in [*clause.above, *self._modal_children(clause)]:
            force = self.acts.force(tokens[index].lemma)
            weak = best[0] is None or best[0].name in _WEAK
            if force and (weak or (best[0] and best[0].name in HINDERING and force.name in _BINDING - {"commitment"})):
                best = (force, index)
        return best

    def _modal_children(self, clause: Clause) -> Iterator[int]:
        """«должен быть передан», «может получить»: the modal may hang below its infinitive."""
        for i in clause.sentence.children[clause.index]:
            child = clause.sentence.tokens[i]
            beside = child.rel in ("aux", "advmod", "cop", "parataxis", "discourse")
            if beside and child.lemma in self.acts.forces and child.lemma != "быть":
                yield i

    def _object(self, clause: Clause) -> int | None:
        """The head of what is given, built, raised: accusative, subject of a passive, genitive of a noun, or as
        marked.
        """
        if self._lends_object(clause):
            return None
        rules = self.acts.rules.get(clause.token.lemma, ())
        marks = {m for r in rules for m in r.obj} - {"acc"}
        if clause.kind == "finite" and not clause.passive and any("acc" in r.obj for r in rules):
            _take_number(clause)
        if clause.passive and clause.subject is not None and clause.kind in ("finite", "short"):
            return clause.subject
        marked = next((o.head for o in clause.obliques if o.mark in marks and not self._is_start(clause, o.head)), None)
        if marked is not None and all("acc" not in r.obj for r in rules):
            return marked  # «снабдит саженцами», «уведомила о закрытии»
        things = [*clause.objects, *(o.head for o in clause.obliques if o.mark == "acc")]
        named = [i for i in things if not self._is_party(clause.sentence, i)] or self._fronted(clause)
        if named or (things and (not any("dat" in r.to for r in rules) or any(r.act in _OF_PARTIES for r in rules))):
            return (named or things)[0]
        if marked is not None:
            return marked
        for oblique in clause.obliques:
            counted = oblique.prep in _BOUNDING and self.context.amount_at(clause.sentence, oblique.head)
            if counted and counted.kind != "percent" and rules:
                return oblique.head
        token = clause.token
        bare = token.feats.get("Voice") == "Mid" or "nom" in marks
        if clause.subject is not None and bare and self._may_come(clause, clause.subject):
            return clause.subject  # «двадцать машин прибудут», «поставки возобновились»
        return None

    def _may_come(self, clause: Clause, subject: int) -> bool:
        """No party, or one of whom a table says what is done when they come: «тысяча кенийских военных прибыла»."""
        if not self.scene.actor(clause.sentence, subject):
            return True
        rule = self.acts.choose(clause.token.lemma, self.classes(clause.sentence, subject))
        own = subject in clause.sentence.children[clause.index]
        return own and rule is not None and rule.act == "deploy" and "nom" in rule.obj

    def _is_start(self, clause: Clause, index: int) -> bool:
        """«войдёт в строй», «сдадут в эксплуатацию»: the thing is what starts to work."""
        return "operation" in self.classes(clause.sentence, index)

    def _fronted(self, clause: Clause) -> list[int]:
        """«Компенсацию он пообещал выплатить»: the object of an infinitive that the tree hangs on the word of force."""
        if clause.kind != "infinitive" or not clause.above or clause.token.rel not in ("xcomp", "ccomp", "csubj"):
            return []
        return self._before_infinitive(clause.sentence, clause.above[0], clause.index)

    def _lends_object(self, clause: Clause) -> bool:
        """Whether the object below a word of force is that of its infinitive."""
        if not clause.objects or clause.token.lemma not in self.acts.forces:
            return False
        tokens = clause.sentence.tokens
        infinitives = [i for i in clause.sentence.children[clause.index] if tokens[i].rel == "xcomp"]
        return any(self._before_infinitive(clause.sentence, clause.index, i) for i in infinitives)

    def _before_infinitive(self, sentence: Sentence, over: int, infinitive: int) -> list[int]:
        if sentence.tokens[over].lemma not in self.acts.forces:
            return []
        below = (sentence.tokens[i] for i in sentence.children[over] if i < min(over, infinitive))
        return [t.index for t in below if t.rel in ("obj", "nsubj") and t.pos == "NOUN" and case_of(t) == "acc"]

    def _is_party(self, sentence: Sentence, index: int) -> bool:
        """A name that does not bend may look like an object: «откроет Шри-Ланке кредитную линию»."""
        mention = self.scene.mention_at(sentence, index)
        return mention is not None and bool(mention.codes) and mention.kind != "adjective"

    def classes(self, sentence: Sentence, thing: int | None) -> frozenset[str]:
        """Classes of an object's head, else of the nouns that it measures («партия вакцин»)."""
        if thing is None:
            return frozenset()
        amount = self.context.amount_at(sentence, thing)
        head = sentence.tokens[self.context.counted(sentence, thing)]
        own = self.acts.classes(head.lemma)
        if amount and amount.kind == "count" and head.pos != "NOUN":  # «ещё двести», of what was counted before
            own = self.acts.classes(amount.unit)
        below: frozenset[str] = frozenset()
        for i in sentence.children[head.index]:
            child = sentence.tokens[i]
            if child.rel == "amod" and (joined := self.acts.things.get(f"{child.lemma}_{head.lemma}")):
                return joined  # «кредитная линия», «железная дорога»
            if child.rel == "nmod" and (joined := self.acts.things.get(f"{head.lemma}_{child.lemma}")):
                return joined  # «режим тишины», «прекращение огня»
            if child.rel in _MEASURED and case_of(child) in ("gen", "nom", "acc", "") and not preposition(sentence, i):
                below |= self.acts.classes(child.lemma) - {"hollow"}
        if amount and amount.kind == "money":
            return below or frozenset(("money",))
        if not own and head.pos == "NOUN" and head.feats.get("Animacy") == "Anim":
            return frozenset(("people",))
        return (below if "hollow" in own else own) or own or below


def _end_of_gap(sentence: Sentence, dash: int) -> int:
    """Where the phrase behind a dash ends: at the next sign, or at a quote that closes what was opened before."""
    opened = 0
    for token in sentence.tokens[dash + 1 :]:
        opened += token.text == "«"
        if token.text in _STOPS or (token.text == "»" and not opened):
            return token.index
        opened -= token.text == "»"
    return len(sentence.tokens)


def _around_dash(sentence: Sentence, dash: int) -> tuple[int, int] | None:
    """The heads of the phrases before and behind a dash, from the sign before to the sign behind; none where a verb
    stands in one.
    """
    tokens = sentence.tokens
    start = next((i for i in range(dash - 1, -1, -1) if tokens[i].text in _STOPS), None)
    stop = _end_of_gap(sentence, dash)
    if start is None or not 1 <= dash - start - 1 <= _GAP or not 1 <= stop - dash - 1 <= 2 * _GAP:
        return None
    sides = tokens[start + 1 : dash], tokens[dash + 1 : stop]
    if any(t.feats.get("VerbForm") or t.text in _DASHES or t.lemma in _NOTHING for side in sides for t in side):
        return None
    heads = [next((t.index for t in side if t.pos in _NAMING and t.rel not in _OF_NUMBER), None) for side in sides]
    return (heads[0], heads[1]) if heads[0] is not None and heads[1] is not None else None


_STOPS = (",", ";", ":", ".", "а", "и", "(", ")")
_NOTHING = frozenset(("ничто", "ничего", "нет", "никто", "ноль"))
_TIME_REACH = 30  # letters from the beginning of a time to its noun
_GAP = 4  # words on a side of the dash; behind it twice as many
_NAMING = ("NOUN", "PROPN", "NUM", "DET", "ADJ", "PRON")
_OF_NUMBER = ("amod", "nummod", "nummod:gov", "det")


def _take_number(clause: Clause) -> None:
    """«Ещё двести отправит весной»: a bare number that the tree takes for the subject is what is sent."""
    subject = clause.subject
    if subject is not None and clause.sentence.tokens[subject].pos == "NUM" and not clause.objects:
        clause.subject = None
        clause.objects.append(subject)


def _keeps_back(sentence: Sentence, token: Token) -> bool:
    """«не раскрыли цену», «отказались раскрыть цену»: for either verb."""
    below = (sentence.tokens[i] for i in sentence.children[token.index])
    return is_withheld(sentence, token) or any(t.rel == "xcomp" and is_withheld(sentence, t) for t in below)


def _is_also(sentence: Sentence, index: int) -> bool:
    """«а также» at the token."""
    words = [t.text.lower() for t in sentence.tokens[index : index + 2]]
    return words == ["а", "также"]
