"""Candidate -> its two sides: who acts and towards whom, named in the clause or brought from the passage."""

import re
from dataclasses import replace
from itertools import pairwise

from servanda.lang.words import Sentence
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.candidates import Candidate
from servanda.reading.clauses import SUBJECTS, case_of, climb, is_personal, preposition
from servanda.reading.context import Context, span_of
from servanda.reading.scene import Who
from servanda.world.tables import Tables, values

_JOINT = frozenset(
    ["cooperate", "build", "raise", "ease", "deploy", "share", "cut", "train", "refrain", "other", "finance"]
)
_COMMON = frozenset(
    ["build", "ease", "transport", "cooperate", "share"]
)  # what both sides of a news may be meant to do
_SHARED = frozenset(["cooperate", "build", "raise", "cut"])  # joint where no side is named
_MUTUAL = frozenset(
    (
        *("сторона", "страна", "участник", "оба", "друг", "совместный", "совместно", "вместе", "сообща"),
        *("взаимный", "взаимно", "обоюдный", "двусторонний", "трехсторонний"),
    )
)
_TOGETHER = frozenset(("совместный", "совместно", "вместе", "сообща", "взаимный", "взаимно", "обоюдный"))
_TOWARDS = frozenset(["give", "lend", "supply", "buy", "pay", "transport", "host", "recognise", "restrict"])
_OWNED = frozenset(["supply", "give", "deploy", "transport", "refrain", "other"])  # acts whose object may name the doer
_COMING = frozenset(["supply", "give", "deploy", "transport"])  # «полицейские из Кении прибыли»: who sent them
_GIVING = frozenset(["supply", "give", "lend", "finance", "pay", "share", "transport"])  # acts that ask for a dative
_SERVING = frozenset(["supply", "build", "transport", "train", "lend"])  # what is paid for, or paid back
_PAYING = frozenset(["pay", "buy"])
_SOURCES = ("от", "из", "со_стороны")
_AGAINST = ("против", "в_отношении", "для", "с", "перед")
_WEIGHTY = 3  # place among the parties of the news, from which on a mere name is no side
_OVER = 5  # levels of the tree over a predicate
_AT = ("против", "в_отношении", "для")
_OF_ADJECTIVE = ("recognise", "restrict", "host", "buy", "train")  # «обучит украинских саперов»
_ENTERING = frozenset(("ввоз", "въезд", "импорт"))
_AGREEING = frozenset(("договориться", "договариваться", "условиться", "уславливаться", "сговориться"))
_TENDERS = frozenset(("тендер", "конкурс", "аукцион", "контракт", "заказ", "подряд"))
_TABLING = frozenset(("внести", "вносить", "внесение", "представить", "поступить"))
_WINNING = frozenset(("выиграть", "выигрывать", "получить", "получать", "завоевать"))
_OTHER = frozenset(("другой", "иной", "многий", "разный", "прочий", "остальной"))
_REGIONS = frozenset(("европа", "азия", "африка", "америка", "запад", "восток", "латинский", "океания", "прибалтика"))
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z&.']+")
_WILLING = ("готовый", "намеренный", "должный", "обязанный")


def aimed_at(tables: Tables) -> dict[str, str]:
    """«антикитайский» -> CN: the adjectives of what is done against a state."""
    return {f"анти{a}": row["code"] for row in tables.rows("states") for a in values(row["adjectives"])}


class Sides:
    """Reads the sides of one candidate after the other; remembers, by news, the latest act whose two sides are
    named.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self.document = context.document
        self.scene = context.scene
        self.against = context.tables.derive(aimed_at)
        self.last: dict[int, Candidate] = {}

    def read(self, candidate: Candidate) -> bool:
        """Fills `by`, `to` and `joint`; False where the rules find no act between two parties."""
        if candidate.beside is not None:
            return self._read_beside(candidate, candidate.beside)
        self._read_named(candidate)
        between = self._between_parties(candidate)
        candidate.by, candidate.to = _once(candidate.by), _once(candidate.to)
        if not between or not candidate.ruled:
            return False
        if all(w.how != How.INHERITED for w in (*candidate.by, *candidate.to)):
            self.last[self.document.item_of(candidate.sentence)] = candidate
        return True

    def _read_beside(self, candidate: Candidate, before: Candidate) -> bool:
        """«Чехия передала Киеву танки, Польша – мосты»: who acts is named, towards whom the act before tells; of
        «Киеву – мосты» the other way round.
        """
        subject = candidate.clause.subject
        if subject is None:
            return self._read_other_side(candidate, before)
        own = self.scene.actor(candidate.sentence, subject) if subject is not None else ()
        codes = {w.code for w in own}
        turned = candidate.rule is not None and candidate.rule.turn
        given, doing = (before.by, before.to) if turned else (before.to, before.by)
        others = tuple(w for w in given if w.code not in codes) or tuple(w for w in doing if w.code not in codes)
        others = tuple(Who(w.code, candidate.gap, How.INHERITED, "sides-of-act-before") for w in others)
        candidate.by, candidate.to = (others, own) if turned else (own, others)
        return candidate.between_parties

    def _read_other_side(self, candidate: Candidate, before: Candidate) -> bool:
        """The party of the phrase stands where that of the like phrase before does; who else acts stays."""
        sentence, phrase = candidate.sentence, candidate.clause.obliques[0]
        like = (o for o in before.clause.obliques if o.mark == phrase.mark)
        replaced = {w.code for o in like for w in self.scene.actors(sentence, o.head)}
        named = self.scene.actors(sentence, phrase.head)
        sides = []
        for side in (before.by, before.to):
            own = named if replaced & {w.code for w in side} else side
            sides.append(
                tuple(
                    w if w in named else replace(w, span=candidate.gap, how=How.INHERITED, rule="sides-of-act-before")
                    for w in own
                )
            )
        candidate.by, candidate.to = sides
        return candidate.between_parties

    def _read_named(self, candidate: Candidate) -> None:
        """The sides that the words name, or stand for."""
        doer, given = self._doer(candidate), self._given_to(candidate)
        if doer == given:
            doer = None
        by = self.scene.actors(candidate.sentence, doer) if doer is not None and doer != candidate.object else ()
        to, partners, sources = self._phrases(candidate, doer)
        if given is not None:
            to = [*self.scene.actors(candidate.sentence, given), *to]
        rules = (candidate.rule,) if candidate.rule else self.context.acts.rules.get(candidate.clause.token.lemma, ())
        turned = any(r.turn for r in rules) and bool(candidate.rule or sources)
        if not by and not turned:
            by = sources
        if not by and not candidate.clause.passive and doer is None:
            by = self._elided(candidate)
        if not to:
            to = self._addressees_below(candidate, {w.code for w in by})
        by = self._owners(candidate, by) or self._entered(candidate)
        by = by or self._winner(candidate) or self._foreign(candidate, doer)
        if not (by and to) and candidate.act in _COMING:
            giver, taker = self._by_participle(candidate)
            by, to = by or giver, to or list(taker)
        if by and not to and (maker := self._maker(candidate, by)):
            by, to = maker, list(by)
        if doer is None or not self.scene.actor(candidate.sentence, doer):
            by, to = self._tabled(candidate) or (by, to)
        together = self._together(candidate)
        agreed = [w for w in self._agreed_with(candidate) if w not in by]
        if by and not {w.code for w in together} <= {w.code for w in by}:
            by = _once((*by, *together))
            candidate.joint = not to
        elif agreed and by and candidate.act in _JOINT and not to:
            by = _once((*by, *agreed))
        if partners and candidate.rule and candidate.act in _JOINT:
            by = _once((*by, *partners))
            candidate.joint = len(by) > 1
        elif partners and not to:
            to = partners
        if turned:
            by, to = sources, list(by)
        if candidate.explains and not (by and to):
            self._read_named(candidate.explains)
            by, to = by or candidate.explains.by, to or list(candidate.explains.to)
        if not by and len(to) > 1 and all(w.rule == "both-sides" for w in to):
            by, to = tuple(to), []
        self._settle(candidate, by, to)

    def _settle(self, candidate: Candidate, by: tuple[Who, ...], to: list[Who]) -> None:
        codes = {w.code for w in by}
        candidate.by = by
        candidate.to = _once(tuple(w for w in to if w.code not in codes))
        if len(by) > 1 and not candidate.to and candidate.act in _JOINT:
            candidate.joint = True

    def _doer(self, candidate: Candidate) -> int | None:
        """The head of the phrase that names who acts: subject, agent of a passive, genitive of the agent of a noun."""
        clause = candidate.clause
        if clause.kind == "noun":
            agents = (clause.agent, self._agent_of(candidate.sentence, candidate.light))
            named = (i for i in agents if i is not None and self.scene.actor(candidate.sentence, i))
            return next(named, clause.subject)
        if clause.passive and clause.kind in ("finite", "short"):
            return clause.agent
        return clause.subject

    def _agent_of(self, sentence: Sentence, verb: int | None) -> int | None:
        """«намечена Сеулом»: by whom, of a passive."""
        below = sentence.children[verb] if verb is not None and verb >= 0 else ()
        return next((i for i in below if sentence.tokens[i].rel == "obl:agent"), None)

    def _by_participle(self, candidate: Candidate) -> tuple[tuple[Who, ...], tuple[Who, ...]]:
        """«подаренные Сеулом автобусы прибыли», «обещанных Монголии машин»: who did what is told of the thing, and for
        whom.
        """
        sentence, tokens = candidate.sentence, candidate.sentence.tokens
        thing = candidate.object if candidate.object is not None else candidate.clause.subject
        if thing is None or candidate.clause.kind == "noun":
            return (), ()
        by: tuple[Who, ...] = ()
        to: tuple[Who, ...] = ()
        for part in sentence.children[self.context.counted(sentence, thing)]:
            if tokens[part].feats.get("VerbForm") != "Part" or tokens[part].feats.get("Voice") != "Pass":
                continue
            for i in sentence.children[part]:
                if case_of(tokens[i]) == "ins" and not preposition(sentence, i):
                    by = by or self.scene.actors(sentence, i)
                elif case_of(tokens[i]) == "dat" and not preposition(sentence, i):
                    to = to or self.scene.actors(sentence, i)
        return by, to

    def _phrases(self, candidate: Candidate, doer: int | None) -> tuple[list[Who], list[Who], tuple[Who, ...]]:
        """Addressees, partners («с Турцией») and sources («от Вьетнама») among the phrases of the clause."""
        clause, sentence, rule = candidate.clause, candidate.sentence, candidate.rule
        marks = set(rule.to) if rule else {"dat"}
        apart = (
            ("gen",) if doer is not None else ("gen", "nom")
        )  # «пообещала передать Замбии Бразилия» has its doer last
        spare = [i for i in clause.objects if i != candidate.object and case_of(sentence.tokens[i]) not in apart]
        to: list[Who] = []
        partners: list[Who] = []
        sources: list[Who] = []
        for index in spare if "dat" in marks else ():  # «передала Душанбе»: names that do not bend
            to += self.scene.actors(sentence, index)
        for oblique in clause.obliques:
            if oblique.head in (candidate.object, doer, *spare):
                continue
            head = sentence.tokens[oblique.head]
            lifted = oblique.prep == "с" and "с+gen" in marks and head.feats.get("InflClass") == "Ind"
            if rule and rule.turn and oblique.mark in marks:
                sources += self.scene.actors(sentence, oblique.head)
            elif lifted:  # «сняла санкции с Сомали»
                to += self.scene.actors(sentence, oblique.head)
            elif oblique.mark == "с+ins" and candidate.act in _JOINT and self._is_together(candidate):
                partners += self.scene.actors(sentence, oblique.head)
            elif oblique.mark in marks or oblique.mark == "dat":
                to += self.scene.actors(sentence, oblique.head)
            elif oblique.mark == "с+ins":
                partners += self.scene.actors(sentence, oblique.head)
            elif oblique.prep in _SOURCES and not (oblique.prep == "из" and _is_pronoun(sentence, oblique.head)):
                sources += self.scene.actors(sentence, oblique.head)
        return to, partners, _once(tuple(sources))

    def _owners(self, candidate: Candidate, by: tuple[Who, ...]) -> tuple[Who, ...]:
        """Who acts by the nouns around: «намерение России …», «поставки России», «российский газ»."""
        clause, tokens = candidate.clause, candidate.sentence.tokens
        if clause.kind == "infinitive":
            nouns = (self._owner(candidate, i) for i in clause.above if tokens[i].pos == "NOUN")
            by = next(filter(None, nouns), by)
        if by:
            return by
        thing = candidate.object
        owned = thing is not None and (candidate.act in _OWNED or self._is_aimed(candidate.sentence, thing))
        of_object = thing if owned else None
        for index in (clause.index if clause.kind == "noun" else None, candidate.light, of_object):
            if index is not None and index >= 0 and (owner := self._owner(candidate, index)):
                return owner
        return ()

    def _entered(self, candidate: Candidate) -> tuple[Who, ...]:
        """«Ввоз яблок в Россию запрещён», «въезд в Сербию открыт»: whose border it is where no words name who acts."""
        sentence = candidate.sentence
        if candidate.act not in ("restrict", "ease") or sentence.lemmas.isdisjoint(_ENTERING):
            return ()
        words = self.document.tokens_in(sentence, *candidate.quote)
        if not any(t.lemma in _ENTERING for t in words):
            return ()
        into = (t.index for t in words if case_of(t) in ("acc", "") and preposition(sentence, t.index) == "в")
        return next((found for i in into if (found := self.scene.actors(sentence, i))), ())

    def _maker(self, candidate: Candidate, by: tuple[Who, ...]) -> tuple[Who, ...]:
        """«премьер Чада договорился о поставках турецких машин»: whose goods they are supplies them."""
        light, thing = candidate.light, candidate.object
        if candidate.act != "supply" or thing is None or light is None or light < 0:
            return ()
        owner = self._owner(candidate, thing) if candidate.sentence.tokens[light].lemma in _AGREEING else ()
        return owner if {w.code for w in owner}.isdisjoint(w.code for w in by) else ()

    def _tabled(self, candidate: Candidate) -> tuple[tuple[Who, ...], list[Who]] | None:
        """«Законопроект о помощи Чаду внесён в сенат США»: the state in whose parliament a bill is tabled, and towards
        whom the bill is.
        """
        sentence, bill = candidate.sentence, candidate.object
        if bill is None or candidate.clause.token.lemma not in _TABLING or "law" not in candidate.classes:
            return None
        into = (o.head for o in candidate.clause.obliques if o.prep in ("в", "на"))
        by = next((found for i in into if (found := self.scene.actors(sentence, i))), ())
        below = (i for i in sentence.subtree(bill) if i != bill and sentence.tokens[i].rel != "amod")
        to = [w for i in below for w in self.scene.actor(sentence, i) if w.code not in {b.code for b in by}]
        return (by, to) if by else None

    def _winner(self, candidate: Candidate) -> tuple[Who, ...]:
        """«Швеция выиграла тендер на поставку»: who won the deal that the noun is about."""
        sentence, tokens = candidate.sentence, candidate.sentence.tokens
        deal = candidate.clause.token.head
        if candidate.clause.kind != "noun" or deal < 0 or tokens[deal].lemma not in _TENDERS or tokens[deal].head < 0:
            return ()
        winning = tokens[deal].head
        if tokens[winning].lemma not in _WINNING or tokens[deal].rel != "obj":
            return ()
        below = (i for i in sentence.children[winning] if tokens[i].rel == "nsubj")
        return next((self.scene.actors(sentence, i) for i in below), ())

    def _foreign(self, candidate: Candidate, doer: int | None) -> tuple[Who, ...]:
        """«KNP проверит реактор», «Bao Viet страхует груз»: a name in Latin letters that acts is an organisation's."""
        tokens = candidate.sentence.tokens
        if doer is None or candidate.clause.kind == "noun" or doer == candidate.object:
            return ()
        name = [tokens[doer], *(tokens[i] for i in candidate.sentence.children[doer])]
        name = [t for t in name if _LATIN_NAME.fullmatch(t.text) and t.rel in ("nsubj", "appos", "flat:foreign")]
        if not name or not name[0].text[0].isupper():
            return ()
        span = Span(name[0].start, name[-1].end)
        return (Who(f"name:{self.document.words(*span)}", span, How.NORMALISED, "name in Latin letters"),)

    def _given_to(self, candidate: Candidate) -> int | None:
        """«передача Армении катеров»: of two genitives the party before the thing is a dative."""
        clause, sentence, thing = candidate.clause, candidate.sentence, candidate.object
        if clause.kind != "noun" or thing is None or candidate.act not in _GIVING:
            return None
        own = sentence.children[clause.index]
        if thing not in own or case_of(sentence.tokens[thing]) != "gen":
            return None
        between = [i for i in own if clause.index < i < thing and case_of(sentence.tokens[i]) in ("gen", "dat")]
        return next((i for i in between if not preposition(sentence, i) and self.scene.actor(sentence, i)), None)

    def _is_aimed(self, sentence: Sentence, thing: int) -> bool:
        """«санкции Канады против Мьянмы»: whether the thing says at whom it is aimed; a genitive is then its owner."""
        return any(preposition(sentence, i) in _AT for i in sentence.children[thing])

    def _together(self, candidate: Candidate) -> list[Who]:
        """«совместно с Турцией»: who acts too, whatever the act."""
        sentence = candidate.sentence
        words = self.document.tokens_in(sentence, *candidate.quote)
        return [
            who
            for word, after in pairwise(words)
            if word.lemma in ("совместно", "вместе") and after.lemma == "с" and after.head >= 0
            for who in self.scene.actors(sentence, after.head)
        ]

    def _agreed_with(self, candidate: Candidate) -> list[Who]:
        """«договорилась с Индией построить …»: with whom an act was agreed."""
        sentence = candidate.sentence
        for index in candidate.clause.above:
            if sentence.tokens[index].lemma in _AGREEING:
                beside = [i for i in sentence.children[index] if preposition(sentence, i) == "с"]
                return [
                    w
                    for i in beside
                    if case_of(sentence.tokens[i]) in ("ins", "")
                    for w in self.scene.actors(sentence, i)
                ]
        return []

    def _elided(self, candidate: Candidate) -> tuple[Who, ...]:
        """Who acts where the personal verb of the clause has no subject."""
        sentence = candidate.sentence
        tokens = sentence.tokens
        for index in [candidate.clause.index, *candidate.clause.above]:
            if is_personal(tokens[index]) or tokens[index].lemma in _WILLING:
                below = [tokens[i].rel for i in sentence.children[index]]
                if "nsubj" in below:
                    return ()
                beside = self._inverted(candidate, index) or self._of_place(candidate, index)
                return beside or self.scene.elided(sentence, tokens[index])
        return ()

    def _inverted(self, candidate: Candidate, predicate: int) -> tuple[Who, ...]:
        """«Наблюдателей пришлёт Китай»: the name beside a verb that the tree takes for its object."""
        sentence = candidate.sentence
        near = [predicate - 1, predicate + 1, *candidate.clause.objects, *(o.head for o in candidate.clause.obliques)]
        for index in near:
            if not 0 <= index < len(sentence.tokens) or index == candidate.object:
                continue
            token = sentence.tokens[index]
            named = token.pos == "PROPN" or case_of(token) == ""
            bare = named and token.rel != "iobj" and not preposition(sentence, index)
            bends = token.feats.get("Animacy") == "Anim"  # its accusative differs from its nominative
            may_act = case_of(token) in ("nom", "") or (case_of(token) == "acc" and not bends)
            if bare and may_act and (found := self.scene.actors(sentence, index)):
                return found
        return ()

    def _of_place(self, candidate: Candidate, predicate: int) -> tuple[Who, ...]:
        """«в Минфине заявили, что …», «на Украине готовы …»: whose place it is where the plural verb has no subject."""
        sentence = candidate.sentence
        tokens = sentence.tokens
        for index in [predicate, *climb(sentence, predicate), tokens[predicate].head]:
            if index < 0 or tokens[index].feats.get("Number") != "Plur" or tokens[index].feats.get("Person") == "1":
                continue
            for i in sentence.children[index]:
                if tokens[i].rel in SUBJECTS:
                    return ()
                mention = self.scene.mention_at(sentence, i)
                inside = case_of(tokens[i]) in ("loc", "") or (mention and mention.kind in ("organ", "body"))
                if inside and preposition(sentence, i) in ("в", "на") and (found := self.scene.actors(sentence, i)):
                    return found
        return ()

    def _addressees_below(self, candidate: Candidate, taken: set[str]) -> list[Who]:
        """Addressees that the tree hangs on the object: «помощь Киргизии», «кредит для Украины», «санкции против
        России».
        """
        if candidate.object is None:
            return []
        sentence, act = candidate.sentence, candidate.act
        marks = set(candidate.rule.to) if candidate.rule else {"dat"}
        found: list[Who] = []
        aimed = self._is_aimed(sentence, candidate.object)
        for i in sentence.children[candidate.object]:
            child = sentence.tokens[i]
            if child.rel not in ("nmod", "iobj", "obl", "amod"):
                continue
            if child.rel == "amod" and child.lemma in self.against:
                found.append(Who(self.against[child.lemma], span_of(child), How.RESOLVED, "adjective"))
                continue
            prep, case = preposition(sentence, i), case_of(child)
            mark = f"{prep}+{case}" if prep else case
            against = prep in _AGAINST or mark == "dat"
            if mark in marks or against or (mark == "gen" and not aimed and act in ("recognise", "restrict", "ease")):
                found += [w for w in self.scene.actors(sentence, i) if w.code not in taken]
            elif child.rel == "amod" and act in _OF_ADJECTIVE:
                mention = self.scene.mention_at(sentence, i)
                if mention:
                    span = Span(mention.start, mention.end)
                    found += [Who(c, span, How.RESOLVED, "adjective") for c in mention.codes if c not in taken]
        return found

    def _owner(self, candidate: Candidate, index: int) -> tuple[Who, ...]:
        """Whose noun it is: an adjective or genitive of party below it («российские поставки», «поставки России»)."""
        sentence, given = candidate.sentence, self._given_to(candidate)
        found: list[Who] = []
        for i in sentence.children[index]:
            child = sentence.tokens[i]
            if i == given or (i == candidate.object and candidate.clause.kind == "noun"):
                continue
            if child.rel == "amod":
                mention = self.scene.mention_at(sentence, i)
                if mention and mention.kind == "adjective":
                    span = Span(mention.start, mention.end)
                    found += [Who(c, span, How.RESOLVED, "adjective") for c in mention.codes]
            elif child.rel in ("nmod", "nmod:gen") and case_of(child) in ("gen", ""):
                prep = preposition(sentence, i)
                away = prep in ("из", "с") and index == candidate.object and candidate.act in _COMING
                if not prep or (away and not _is_pronoun(sentence, i)):
                    found += self.scene.actors(sentence, i)
        return _once(tuple(found))

    def _between_parties(self, candidate: Candidate) -> bool:
        """Whether two parties meet in the act; the missing one is brought from the instrument or the passage."""
        at = Span(candidate.clause.token.start, candidate.clause.token.end)
        if not candidate.by and not candidate.to:
            return self._bring_both(candidate, at) or self._guess_both(candidate, at)
        may = True
        if not (candidate.by and candidate.to) and not candidate.joint:
            may = not self._addressed_elsewhere(candidate) and self._may_bring(candidate)
            whos = candidate.by or candidate.to
            own = [w.code for w in whos]
            own += [c for w in whos for c in self.scene.home(candidate.sentence, w)]
            pool = tuple(candidate.instrument.get("parties") or ()) if candidate.instrument else ()
            if self._is_for_third(candidate):
                return False
            others = [c for c in pool if c not in own] or self._near_parties(candidate, own)
            group = [c for c in self._with_coordinated(candidate, others[0]) if c not in own] if others else ()
            found = tuple(Who(c, at, How.INHERITED, "other-side") for c in group)
            if candidate.by and found and candidate.act in _JOINT and self._is_together(candidate):
                candidate.by, candidate.joint = (*candidate.by, *found), True
            elif candidate.by:
                candidate.to = found
            else:
                candidate.by = found
        return may and candidate.between_parties

    def _is_together(self, candidate: Candidate) -> bool:
        """«Вместе построим дорогу», «откроет совместный завод»: done with the other side, not for it."""
        return any(t.lemma in _TOGETHER for t in self.document.tokens_in(candidate.sentence, *candidate.quote))

    def _may_bring(self, candidate: Candidate) -> bool:
        """Whether the other side may come from afar.

        A word given may be to the other party of the news; a story told in the past or present needs a second party in
        its clause, an instrument, or a news of two parties.
        """
        told = candidate.clause.tense in ("past", "present") and candidate.force is None
        if not told or candidate.instrument:
            return True
        own = {w.code for w in (*candidate.by, *candidate.to)}
        number = self.scene.number[id(candidate.sentence)]
        inside = any(
            candidate.quote.start <= m.start and m.end <= candidate.quote.end and set(m.codes) - own
            for m in self.scene.parties[number]
        )
        return inside or bool(self.scene.whole(candidate.sentence))

    def _bring_both(self, candidate: Candidate, at: Span) -> bool:
        """Both sides from the instrument for a joint act, or from the act told just before for a transfer."""
        act = candidate.act
        pool = tuple(candidate.instrument.get("parties") or ()) if candidate.instrument else ()
        last = self.last.get(self.document.item_of(candidate.sentence))
        if last and act in _TOWARDS and last.rule and last.rule.act in _TOWARDS:
            if candidate.rule and "nom" in candidate.rule.obj:
                candidate.rule = last.rule  # «ещё двадцать машин прибудут»: what was being given or sold
            candidate.by, candidate.to = _sides_after(last, candidate.act, at)
            return bool(candidate.by and candidate.to)
        rule = "parties-of-instrument"
        common = act in _COMMON and (act != "ease" or self._is_of_agreement(candidate.sentence))
        if len(pool) < 2 and candidate.clause.passive and candidate.clause.kind != "noun" and common:
            pool, rule = self.scene.whole(candidate.sentence), "parties-of-news"
        firms = [c for c in pool if c.startswith("name:")]
        if len(firms) == 1 and len(pool) == 2 and act in _SERVING:  # a contract on building: the firm builds
            sides = ((c for c in pool if (c in firms) == doing) for doing in (True, False))
            candidate.by, candidate.to = (tuple(Who(c, at, How.INHERITED, rule) for c in side) for side in sides)
            return True
        if len(pool) >= 2 and act in _JOINT:
            candidate.by = tuple(Who(c, at, How.INHERITED, rule) for c in pool)
            candidate.joint = True
            return True
        return False

    def _is_of_agreement(self, sentence: Sentence) -> bool:
        """Whether the news tells of an instrument between parties: what is eased is then eased by both."""
        item = self.document.item_of(sentence)
        return any(d.item == item and len(d.get("parties") or ()) > 1 for d in self.context.instruments)

    def _guess_both(self, candidate: Candidate, at: Span) -> bool:
        """Both sides from the act told before or the parties of the news, where no rule brings them: for the judge."""
        joint = self._is_mutual(candidate)
        last = self.last.get(self.document.item_of(candidate.sentence))
        if doers := self._doers_above(candidate):
            sides = (doers, list(self._near_parties(candidate, doers))[:1])
        elif last and last.by and last.to and not joint:
            candidate.by, candidate.to = _sides_after(last, candidate.act, at)
            return False
        else:
            main = self.scene.main(candidate.sentence)
            sides = (main[:1], main[1:2])
        by, to = (tuple(Who(c, at, How.INHERITED, "parties-of-news") for c in side) for side in sides)
        candidate.joint = joint or not to
        candidate.by, candidate.to = ((*by, *to), ()) if candidate.joint else (by, to)
        return False

    def _doers_above(self, candidate: Candidate) -> list[str]:
        """The parties that are subjects of the predicates over the candidate, nearest first."""
        sentence = candidate.sentence
        index, found = candidate.clause.index, []
        for _ in range(_OVER):
            index = sentence.tokens[index].head
            if index < 0:
                break
            for i in sentence.children[index]:
                if sentence.tokens[i].rel in SUBJECTS:
                    found += [w.code for w in self.scene.actors(sentence, i)]
            if found:
                break
        return found

    def _is_mutual(self, candidate: Candidate) -> bool:
        """Whether an act whose sides are not named is done together: by its sort, or by words that say so."""
        if candidate.act in _SHARED:
            return True
        return any(t.lemma in _MUTUAL for t in self.document.tokens_in(candidate.sentence, *candidate.quote))

    def _addressed_elsewhere(self, candidate: Candidate) -> bool:
        """Whether the words name an addressee that is no party («передал медикам», «сотрудничать с другими странами»,
        «поставила в Европу»): then none is brought from afar.
        """
        if candidate.to or not candidate.rule:
            return False
        tokens, marks = candidate.sentence.tokens, candidate.rule.to
        for oblique in candidate.clause.obliques:
            if oblique.head == candidate.object:
                continue
            token = tokens[oblique.head]
            if oblique.mark == "dat" and token.feats.get("Animacy") == "Anim":
                return True
            whither = oblique.mark in marks or oblique.mark == "с+ins" or oblique.prep == "за"
            others = (tokens[i].lemma for i in candidate.sentence.children[token.index])
            if whither and (token.lemma in _REGIONS or any(lemma in _OTHER for lemma in others)):
                return True
        return False

    def _is_for_third(self, candidate: Candidate) -> bool:
        """«не передаёт третьим странам»: towards nobody named, unless a document or another party stands by it."""
        if candidate.to or candidate.instrument or candidate.force:
            return False
        sentence = candidate.sentence
        given = [i for i in sentence.children[candidate.clause.index] if case_of(sentence.tokens[i]) == "dat"]
        third = any(sentence.tokens[j].lemma == "третий" for i in given for j in sentence.children[i])
        own = {w.code for w in candidate.by}
        named = {c for m in self.scene.parties[self.scene.number[id(sentence)]] for c in m.codes}
        return third and not named - own

    def _near_parties(self, candidate: Candidate, own: list[str]) -> tuple[str, ...]:
        """Other parties, likeliest first: named in the clause, in the sentence, the other side of the act told before,
        then those of the news; of several the weightier, and mere names that the news hardly speaks of last.
        """
        sentence, quote = candidate.sentence, candidate.quote
        main, rank = self.scene.main(sentence), self.scene.rank(sentence)
        named = [m for m in self.scene.parties[self.scene.number[id(sentence)]] if m.codes]
        inner = [m for m in named if quote.start <= m.start and m.end <= quote.end]
        order: list[str] = []
        for group in (inner, named):
            order += sorted((c for m in group for c in m.codes), key=rank.__getitem__)
        last = self.last.get(self.document.item_of(sentence))
        before = [w.code for w in (*last.by, *last.to)] if last else []
        alike = last is not None and (last.act == candidate.act or {last.act, candidate.act} <= _GIVING)
        if last and alike and not candidate.by:
            order += [w.code for w in last.by]  # «даст 50 млн. Деньги получит ЮНИСЕФ»
        order += [*(before if set(before) & set(own) else ()), *main]
        weighty = [c for c in order if not c.startswith("name:") or rank.get(c, _WEIGHTY) < _WEIGHTY]
        return tuple(c for c in dict.fromkeys([*weighty, *order]) if c not in own)

    def _with_coordinated(self, candidate: Candidate, code: str) -> tuple[str, ...]:
        """«против России и Ирана», «российско-иранский»: the party with those that the clause names beside it."""
        sentence, quote = candidate.sentence, candidate.quote
        for mention in self.scene.parties[self.scene.number[id(sentence)]]:
            if code not in mention.codes or mention.start < quote.start or quote.end < mention.end:
                continue
            if len(mention.codes) > 1:
                return mention.codes
            for token in self.document.tokens_in(sentence, mention.start, mention.end):
                first = token
                while first.rel == "conj" and first.head >= 0:
                    first = sentence.tokens[first.head]
                group = [w.code for w in self.scene.actors(sentence, first.index)]
                if code in group and len(group) > 1:
                    return tuple(group)
        return (code,)


def _sides_after(last: Candidate, act: str, at: Span) -> tuple[tuple[Who, ...], tuple[Who, ...]]:
    """The sides of the act told before, turned round where one gives and the other pays for it."""
    turned = (act in _PAYING and last.act in _SERVING) or (act in _SERVING and last.act in _PAYING)
    first, second = (last.to, last.by) if turned else (last.by, last.to)
    rule = "sides-of-act-before"
    by, to = (tuple(Who(w.code, at, How.INHERITED, rule) for w in side) for side in (first, second))
    return by, to


def _is_pronoun(sentence: Sentence, index: int) -> bool:
    """«из них» is a part of what was told, no giver."""
    return sentence.tokens[index].pos == "PRON"


def _once(whos: tuple[Who, ...]) -> tuple[Who, ...]:
    """Each party once, by its first words."""
    if len(whos) < 2:
        return whos
    return tuple({w.code: w for w in reversed(whos)}.values())[::-1]
