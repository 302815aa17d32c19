"""Document -> undertakings: what one party does or is to do for, with or towards another, or refrains from.

The way of each: a predicate with what the tables say of it (`candidates`), the clause that states it, its two sides
(`sides`), what speaks for its being an undertaking (`traits`) and how much (`judge`), its act and force (`forces`),
then the other fields from its words.
"""

from bisect import bisect_left, bisect_right

from servanda.lang.words import Sentence, Token
from servanda.model import edtf
from servanda.model.reading import Amount, Finding
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.candidates import Candidate, Finder
from servanda.reading.clauses import (
    SUBJECTS,
    Clause,
    antecedent,
    case_of,
    extent,
    gapped,
    is_finite,
    kind_of,
    noun_phrase,
    preposition,
    trim,
)
from servanda.reading.conditions import find_terms
from servanda.reading.context import Context, span_of
from servanda.reading.document import AmountMention, Document, PlaceMention, TimeMention, starting, within
from servanda.reading.draft import Draft
from servanda.reading.due import own_times, read_due
from servanda.reading.forces import read_force
from servanda.reading.judge import Judge
from servanda.reading.parties import party_name
from servanda.reading.scene import Scene, Who
from servanda.reading.sides import Sides, aimed_at
from servanda.reading.traits import Traits
from servanda.reading.units import in_full
from servanda.world.tables import Tables

_RESTING = frozenset(
    ("по", "в_соответствии_с", "согласно", "в_рамках", "в", "на_основе", "на_основании", "во_исполнение")
)
_ONWARD = frozenset(("при этом", "кроме того", "в свою", "помимо этого", "вместе с", "одновременно с"))
_REACH_OF_INSTRUMENT, _REACH_BACK = 900, 200  # letters after an instrument and before it
_GOVERNED = frozenset(
    ("на+acc", "от+gen", "за+acc", "за+ins", "к+dat", "о+loc", "ins", "с+ins", "в+acc")
)  # as verbs ask for
_ADVERBIAL = frozenset(
    ("рассрочка", "кредит", "долг", "счет", "предел", "рубеж", "образ", "сила", "помощь")
)  # «за свой счет», «за пределами»
_LETTERS_OF_TIME = 60
_APART = frozenset(("acl", "acl:relcl", "advcl"))  # relations that open another clause
_CAUSES = frozenset(("из-за", "в_связи_с", "после", "без", "ввиду"))
_CONFLICTS = frozenset(
    ("конфликт", "ситуация", "кризис", "война", "событие", "урегулирование", "оккупация", "аннексия")
)
_CONTINENTS = frozenset(("Европа", "Азия", "Африка", "Америка", "Запад", "Восток"))  # they stand for their states
_SOIL = frozenset(
    ("территория", "акватория", "земля", "побережье", "провинция", "порт", "север", "юг", "восток", "запад")
)
_ABOUT_STATES = frozenset(("restrict", "ease", "raise", "buy"))  # acts whose state is the other side, no place
_ACTORS = frozenset(
    ("страна", "государство", "сторона", "держава", "республика", "участник", "член", "союзник", "донор")
)
_SIGNS = frozenset((":", "–", "—", "-"))
_TRANSFERS = frozenset(("give", "lend", "supply", "transport"))
_CLIMB = 8
_CORE = frozenset((*SUBJECTS, "obj", "obl", "iobj"))
_WORDS_ASIDE = 8
_SAME = 0.7  # of the shorter of two clauses
_ROUNDING = 1e-6  # more than sums of weights lose
_HISTORY = 5  # years after which a deed is background


def find_undertakings(
    document: Document, scene: Scene, judge: Judge, tables: Tables, instruments: list[Draft]
) -> list[Draft]:
    """Drafts of all undertakings, in the order of the text; repeated ones are joined by `merge` later."""
    if not _may_meet(document, scene, tables, instruments):
        return []
    context = Context(document, scene, tables, instruments)
    reader = Weigher(context)
    drafts = []
    for number, sentence in enumerate(document.sentences):
        least = judge.threshold(document.item_of(sentence) in document.articles)
        weighed = reader.weigh(sentence, judge, least)
        for candidate in weighed:
            candidate.odds = judge.probability(candidate.traits, candidate.words)
        chosen = _chosen(weighed, least)
        drafts += [reader.draft(number, c) for c in chosen]
        read = {c.clause.index for c in chosen}
        for token in reader.finder.unknown(sentence):
            if token.index not in read:
                document.findings.append(unknown_verb(document, span_of(token)))
    _turn_as_told(drafts)
    _take_deadlines(document, drafts)
    mentions = sorted((m.end, m.start, n) for n, i in enumerate(instruments) for m in i.mentions)
    spoken = _words_of_documents(document, instruments)
    for draft in drafts:
        if draft.under is None:
            _rest_on_nearest(draft, instruments, mentions)
        if draft.under is None and (said := spoken.get(draft.item)) is not None:
            draft.under = said
    return drafts


def _take_deadlines(document: Document, drafts: list[Draft]) -> None:
    """«Срок – 1 декабря 2025 г.», a sentence of its own: the deadline of what the sentence before orders."""
    for number, sentence in enumerate(document.sentences):
        time = _deadline(document, sentence)
        if time is None or time.edtf is None:
            continue
        value = time.edtf if time.deadline == "by" else edtf.until(time.edtf)
        for draft in drafts:
            if draft.sentence == number - 1 and draft.get("when") is None:
                draft.put("when", value, Span(time.start, time.end), how=How(time.how), rule="deadline")


def _deadline(document: Document, sentence: Sentence) -> TimeMention | None:
    opens = [t.lemma if n == 0 else t.text for n, t in enumerate(sentence.tokens[:2])]
    if opens[:1] != ["срок"] or opens[-1] not in _SIGNS:
        return None
    days = (t for t in within(document.times, Span(sentence.start, sentence.end)) if t.grain == "day")
    return next(days, None)


def _words_of_documents(document: Document, instruments: list[Draft]) -> dict[int, Draft]:
    """Item -> the document whose own words it prints: a statement or protocol in which «Стороны» agree."""
    spoken: dict[int, Draft] = {}
    for sentence in document.sentences:
        if "сторона" not in sentence.lemmas:
            continue
        named = [t for t in sentence.tokens[1:] if t.lemma == "сторона" and t.text.istitle()]
        item = document.item_of(sentence)
        if named and item not in spoken:
            kinds = [d for d in instruments if d.item == item and d.get("kind") in ("statement", "protocol", "plan")]
            if kinds:
                spoken[item] = kinds[0]
    return spoken


def _may_meet(document: Document, scene: Scene, tables: Tables, instruments: list[Draft]) -> bool:
    """Whether there are two parties in a report: named, of its people, of its documents, a company that bears the
    adjective of its state for a name, or a state that something is done against («антикитайские меры»).
    """
    codes = {code for weights in scene.weights.values() for code in weights}
    codes |= {code for draft in instruments for code in draft.get("parties") or ()}
    if len(codes) > 1 or any(party.kind == "adjective" for party in document.parties):
        return True
    against = tables.derive(aimed_at).keys()
    return any(not against.isdisjoint(sentence.lemmas) for sentence in document.sentences)


def unknown_verb(document: Document, at: Span) -> Finding:
    """What is said of a verb from which nothing was read."""
    verb = document.words(at.start, at.end)
    said = f"«{verb}» stands between two parties, and no table knows it; nothing was read from it"
    return Finding("unknown_verb", said, (at,))


def _turn_as_told(drafts: list[Draft]) -> None:
    """«соглашение с Индией о поставке радаров … Индия передала радары»: sides that no words name stand as those of a
    gift or sale whose giver the report names, never the other way round.
    """
    moves = [d for d in drafts if d.get("act") in _TRANSFERS]
    told = {(d.item, *_sides(d)) for d in moves if How.NORMALISED in _grounds(d, "by")}
    for draft in moves:
        by, to = _sides(draft)
        turned = (draft.item, by, to) not in told and (draft.item, to, by) in told
        if turned and _grounds(draft, "by") | _grounds(draft, "to") == {How.INHERITED}:
            for name, codes in (("by", to), ("to", by)):
                draft.values[name] = []
                for code in codes:
                    draft.add(name, code, how=How.INHERITED, rule="sides-of-told-act")


def _apart_from_gap(candidate: Candidate, top: int, whole: Span) -> Span:
    """Of «обязалась закрыть порт, а Латвия – погасить долг» the half that holds the predicate."""
    tokens = candidate.sentence.tokens
    gap = gapped(candidate.sentence, top)
    if gap is None or not whole.start < tokens[gap].start < whole.end:
        return whole
    if candidate.clause.index > gap:
        return Span(tokens[gap].start, whole.end)
    last = next(i for i in range(gap - 1, -1, -1) if tokens[i].text.lower() not in (",", "а", "и", "но"))
    return Span(whole.start, tokens[last].end)


def _sides(draft: Draft) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(draft.get("by") or ()), tuple(draft.get("to") or ())


def _grounds(draft: Draft, side: str) -> set[str]:
    """How a side is known."""
    return {b.how for path, b in draft.basis.items() if path.startswith(f"{side}/")}


def _chosen(candidates: list[Candidate], threshold: float) -> list[Candidate]:
    """Those likely enough, in their order; of several over the same words the first by `rank`."""
    chosen: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: -rank(c, c.odds)):
        if candidate.odds >= threshold and not any(same_words(candidate, c) for c in chosen):
            chosen.append(candidate)
    return [c for c in candidates if c in chosen]


def rank(candidate: Candidate, odds: float) -> float:
    """How much speaks for a candidate beside others over its words: rules that hold for it weigh as much as a tenth."""
    return odds + 0.1 * candidate.ruled


def same_words(a: Candidate, b: Candidate) -> bool:
    """Whether two clauses are mostly the same words; two acts that the rules tell apart may share a clause."""
    if a.ruled and b.ruled:
        return False
    shared = min(a.quote.end, b.quote.end) - max(a.quote.start, b.quote.start)
    return shared > _SAME * min(a.quote.end - a.quote.start, b.quote.end - b.quote.start)


def _rest_on_nearest(draft: Draft, instruments: list[Draft], mentions: list[tuple[int, int, int]]) -> None:
    """An instrument in the words of an undertaking is what it rests on, and so is one of its parties told near by.

    Measured on reports read by people: in 7 of 10 cases for one in the words, and for an obligation within 900 letters
    after the instrument or 200 letters before it; hardly ever for intentions, offers and deeds done.
    """
    start, end = draft.evidence["quote"][0]
    opens, closes = bisect_left(mentions, (start,)), bisect_right(mentions, (end, end, len(instruments)))
    inside = [number for _, begins, number in mentions[opens:closes] if begins >= start]
    plain = draft.get("progress") == "announced" and draft.get("certainty") == "stated"
    plain = plain and draft.get("modality") != "intention"
    who = {*draft.get("by"), *draft.get("to")}
    near = [n for ends, _, n in reversed(mentions[:opens]) if start - ends < _REACH_OF_INSTRUMENT] if plain else []
    near += [n for _, begins, n in mentions[closes:] if begins - end < _REACH_BACK] if plain else []
    near = [n for n in near if who <= set(instruments[n].get("parties") or ())]
    found = [instruments[n] for n in inside + near if instruments[n].item == draft.item]
    draft.under = found[0] if found else None


class Weigher:
    """Makes drafts of candidates, in the order of the text."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.document = context.document
        self.scene = context.scene
        self.acts = context.acts
        self.finder = Finder(context)
        self.sides = Sides(context)
        self.traits = Traits(context, self.finder)

    def weigh(self, sentence: Sentence, judge: Judge | None = None, least: float = 0.0) -> list[Candidate]:
        """The candidates of a sentence with their clauses, sides and traits; to be called in the order of the text.
        Before a judge some are left out that are less likely than `least` whoever their sides are.
        """
        candidates = list(self.finder.candidates(sentence))
        apart = _clauses_apart(sentence) if candidates else frozenset()
        told = {c.content for c in candidates}
        found = []
        for candidate in candidates:
            self._read_quote(candidate, apart)
            candidate.instrument = self._resting_on(candidate)
            settled = self._is_settled(candidate)
            if settled:
                self._look_at(candidate)
                if judge and candidate not in told and self._is_hopeless(candidate, judge, least):
                    continue
            between = self.sides.read(candidate)
            candidate.ruled = candidate.ruled and between and not self._is_history(candidate)
            if not candidate.between_parties:
                continue
            found.append(candidate)
            if not settled:
                self._look_at(candidate)
            candidate.traits += self.traits.of_sides(candidate)
        return found

    def _look_at(self, candidate: Candidate) -> None:
        candidate.traits, candidate.words = self.traits.read(candidate), self.traits.words(candidate)

    def _is_settled(self, candidate: Candidate) -> bool:
        """Whether reading its sides changes nothing else: not how the rules take it, its act, nor where its news
        begins.
        """
        told_before = candidate.rule is not None and "nom" in candidate.rule.obj
        return not candidate.ruled and not told_before and self.traits.is_placed(candidate.sentence)

    def _is_hopeless(self, candidate: Candidate, judge: Judge, least: float) -> bool:
        """Whether no sides could make a candidate likely enough."""
        most = judge.most_of_sides(*self.traits.beside_sides(candidate))
        return judge.probability(candidate.traits, candidate.words, most + _ROUNDING) < least

    def draft(self, number: int, candidate: Candidate) -> Draft:
        """The record of a candidate."""
        draft = Draft("undertaking", number, self.document.item_of(candidate.sentence))
        draft.score, draft.weighed = candidate.odds, (candidate.traits, candidate.words)
        draft.put("quote", self.document.words(*candidate.quote), candidate.quote, how=How.STATED, rule="clause")
        self._put_act(draft, candidate)
        self._put_parties(draft, candidate)
        self._put_object(draft, candidate)
        self._put_rest(draft, candidate)
        draft.under = candidate.instrument
        if candidate.explains and candidate.explains.object is not None:
            draft.alias = self.document.words(*noun_phrase(candidate.sentence, candidate.explains.object))
        return draft

    def _is_history(self, candidate: Candidate) -> bool:
        """Whether the clause tells what was done more than five years before the report: by the years of its sentence,
        else by the year named last before it in its paragraph or the two above.
        """
        if candidate.clause.tense not in ("past", "") or not self.context.year:
            return False
        own = candidate.sentence
        years = self.context.years_in(Span(own.start, own.end))
        year = max(years) if years else self.context.year_before(own)
        return year is not None and year < self.context.year - _HISTORY

    def _read_quote(self, candidate: Candidate, apart: frozenset[int]) -> None:
        """The clause that states the act: with the words of force above it, without coordinated acts and tags (those
        that stand `apart`).
        """
        if candidate.beside is not None:
            candidate.quote = candidate.gap
            return
        clause, sentence = candidate.clause, candidate.sentence
        tokens = sentence.tokens
        top = self._top(candidate)
        without = set(apart)
        for index in (clause.index, *clause.above):
            without |= {i for i in sentence.children[index] if self._sets_the_stage(sentence, i)}
        without -= {clause.index, top, *(i for i in without if self._is_aside(sentence, i, top))}
        drop: tuple[str, ...] = ("mark", "cc", "discourse", "vocative")
        drop += ("case",) if kind_of(tokens[top]) == "noun" else ()
        own_subject = clause.subject is not None and clause.token.rel != "conj" and clause.kind != "noun"
        first = clause.subject if own_subject and clause.subject is not None else top
        whole = extent(sentence, top, drop=drop, without=frozenset(without), reach=min(first, top))
        candidate.quote = self._clipped(candidate, _apart_from_gap(candidate, top, whole))

    def _is_aside(self, sentence: Sentence, index: int, top: int) -> bool:
        """«Киргизия, в свою очередь, обязуется», «груз, по словам министра, доставят»: a few words inside a clause."""
        token = sentence.tokens[index]
        if token.rel != "parataxis" or index > top or token.head != top or is_finite(token):
            return False
        inside = list(sentence.subtree(index))
        before = [i for i in sentence.children[top] if i < min(inside) and sentence.tokens[i].rel in _CORE]
        return bool(before) and len(inside) <= _WORDS_ASIDE

    def _top(self, candidate: Candidate) -> int:
        """The head of the clause: the predicate, or the highest word of force over it."""
        clause, sentence = candidate.clause, candidate.sentence
        tokens, top = sentence.tokens, clause.index
        if tokens[top].rel == "conj":
            return top
        for index in clause.above:
            above = tokens[index]
            governs = tokens[top].rel == "xcomp" or above.lemma in self.acts.forces or index == candidate.light
            if not governs or (clause.kind == "noun" and self.context.instrument_at(sentence, index)):
                break
            top = index
        return self._telling_of(clause) if clause.kind == "noun" and candidate.light is None else top

    def _telling_of(self, clause: Clause) -> int:
        """The verb under which a bare noun of doing is told («партнёрство сводится к поставкам»), else the highest."""
        top = clause.index
        for top in clause.above:
            if kind_of(clause.sentence.tokens[top]) in ("finite", "short"):
                break
        return top

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
        named = (self.context.instrument_at(sentence, i) for i in sentence.subtree(index))
        return prep in ("в_соответствии_с", "согласно", "по") and any(named)

    def _resting_on(self, candidate: Candidate) -> Draft | None:
        """The instrument that the act rests on: above it, in its clause («в соответствии с документом»), or just
        before.
        """
        clause, sentence = candidate.clause, candidate.sentence
        for index in [*clause.above, clause.token.head]:
            if index >= 0 and (found := self.context.instrument_at(sentence, index)):
                return found
        for predicate in [clause.index, *clause.above]:
            for i in sentence.children[predicate]:
                if preposition(sentence, i) in _RESTING and (found := self._instrument_meant(sentence, i)):
                    return found
        if clause.subject is not None and (found := self.context.instrument_at(sentence, clause.subject)):
            return found
        last = self.sides.last.get(self.document.item_of(sentence))
        if last and last.instrument and self._goes_on(sentence, last.sentence):
            return last.instrument
        return None

    def _instrument_meant(self, sentence: Sentence, index: int) -> Draft | None:
        """The instrument named by a token, or by the noun before a «который» («договор, согласно которому»)."""
        if sentence.tokens[index].lemma == "который":
            meant = antecedent(sentence, index)
            return self.context.instrument_at(sentence, meant) if meant is not None else None
        return self.context.instrument_at(sentence, index)

    def _goes_on(self, sentence: Sentence, before: Sentence) -> bool:
        """«При этом …»: whether the sentence continues the one just before."""
        number = self.scene.number
        words = [t.text.lower() for t in sentence.tokens[:2]]
        follows = number[id(sentence)] - number[id(before)] in (0, 1)
        return follows and (" ".join(words) in _ONWARD or words[:1] == ["также"] or sentence is before)

    def _put_act(self, draft: Draft, candidate: Candidate) -> None:
        times = own_times(self.context, candidate)
        read = read_force(self.context, candidate, next(iter(times), None))
        draft.put("act", read.act, read.act_at, how=read.act_how, rule=read.act_rule)
        draft.put("modality", read.modality, read.at, how=read.how, rule=read.rule)
        draft.put("progress", read.progress, read.at, how=How.INFERRED, rule=read.rule)
        draft.put("certainty", read.certainty, read.at, how=read.how, rule=read.rule)
        due = read_due(self.context, candidate, times, read)
        draft.values["when"] = None
        if due:
            draft.put("when", due.edtf, *due.spans, how=due.how, rule=f"time:{due.rule}")

    def _put_parties(self, draft: Draft, candidate: Candidate) -> None:
        draft.values["by"], draft.values["to"] = [], []
        sides: tuple[tuple[str, tuple[Who, ...]], ...] = (("by", candidate.by), ("to", candidate.to))
        for name, whos in sides[: 1 if candidate.joint else 2]:
            for who in whos:
                spans = () if who.how == How.INHERITED else (who.span,)
                draft.add(name, who.code, *spans, how=who.how, rule=who.rule)

    def _put_object(self, draft: Draft, candidate: Candidate) -> None:
        sentence = candidate.sentence
        if candidate.beside is not None:
            words = self.document.words(*candidate.thing)
            draft.put("object", words, candidate.thing, how=How.STATED, rule="object")
            return
        thing, rule = candidate.object, "object"
        if thing is None:
            thing, rule = self._governed(candidate)
        if thing is None and (counted := self._counted(candidate)) is not None:
            draft.put("object", self.document.words(*counted), counted, how=How.STATED, rule="counted")
            return
        if thing is None:
            below = (i for i in sentence.children[candidate.clause.index] if sentence.tokens[i].rel == "xcomp")
            top = next((i for i in below if kind_of(sentence.tokens[i]) == "infinitive"), candidate.clause.index)
            span = extent(sentence, top, drop=("mark", "cc", "nsubj", "aux", "advmod", "parataxis"))
            draft.put("object", self.document.words(*span), span, how=How.STATED, rule="predicate")
            return
        if candidate.object is not None and (use := self._use_of_money(candidate, thing)) is not None:
            thing, rule = use, "use-of-money"
        span = self.context.thing_span(sentence, thing)
        if span.start < candidate.quote.end < span.end:
            span = Span(span.start, candidate.quote.end)
        if candidate.opens:
            span = Span(max(span.start, sentence.tokens[candidate.opens + 2].start), span.end)
        draft.put("object", self.document.words(*span), span, how=How.STATED, rule=rule)

    def _counted(self, candidate: Candidate) -> Span | None:
        """«передаст Чаду от пяти до шести катеров»: things whose number the tree takes for a phrase of its own."""
        start = candidate.clause.token.end
        own = [a for a in self._own_amounts(candidate) if a.kind == "count" and start < a.start < candidate.quote.end]
        if not own or candidate.act not in _TRANSFERS:
            return None
        words = self.document.words
        low = own[0].start - len("от ") if words(own[0].start - 3, own[0].start) == "от " else own[0].start
        return Span(low, own[-1].end)

    def _use_of_money(self, candidate: Candidate, thing: int) -> int | None:
        """«направит 100 млн долларов на завершение работ», «вложит в завод 5 млн»: what bare money is given for."""
        sentence = candidate.sentence
        amount = self.context.amount_at(sentence, thing)
        if amount is None or amount.kind != "money":
            return None
        if sentence.tokens[self.context.counted(sentence, thing)].start >= amount.core.end:
            return None
        for oblique in candidate.clause.obliques:
            aside = sentence.tokens[oblique.head].lemma in _ADVERBIAL
            if oblique.mark in ("на+acc", "в+acc") and not aside and self._is_thing(sentence, oblique.head):
                return oblique.head
        return None

    def _governed(self, candidate: Candidate) -> tuple[int | None, str]:
        """What a predicate without object is about: a phrase that it governs («откажется от пошлин»), else a subject
        that is no party («санкции останутся в силе»).
        """
        clause, sentence = candidate.clause, candidate.sentence
        if clause.subject is not None and candidate.rule and candidate.rule.turn and "nom" in candidate.rule.obj:
            return clause.subject, "subject"  # «кенийские врачи учатся в Омане»
        for oblique in clause.obliques:
            aside = sentence.tokens[oblique.head].lemma in _ADVERBIAL
            if oblique.mark in _GOVERNED and not aside and self._is_thing(sentence, oblique.head):
                return oblique.head, "governed"
        for token in self.document.tokens_in(sentence, clause.token.end, candidate.quote.end):
            if is_finite(token):
                break
            below = token.rel == "nmod" and preposition(sentence, token.head)
            bare = case_of(token) in ("acc", "nom") and token.rel not in ("nsubj", "appos") and not below
            if bare and not preposition(sentence, token.index) and self._is_thing(sentence, token.index):
                return token.index, "object-apart"  # trees lose the object behind a long addressee
        if clause.subject is not None and self._is_thing(sentence, clause.subject):
            return clause.subject, "subject"
        return None, ""

    def _is_thing(self, sentence: Sentence, index: int) -> bool:
        """A noun that is no party, no person and no time."""
        token = sentence.tokens[index]
        near = starting(self.document.times, token.start - _LETTERS_OF_TIME, token.end)
        timed = any(t.start <= token.start and token.end <= t.end for t in near)
        alive = token.feats.get("Animacy") == "Anim"
        return token.pos == "NOUN" and not alive and not timed and not self.scene.actor(sentence, index)

    def _put_rest(self, draft: Draft, candidate: Candidate) -> None:
        draft.values.update(amounts=[], terms=[], places=[])
        named = [s for path, spans in draft.evidence.items() if path.startswith(("by/", "to/")) for s in spans]
        for amount in self._own_amounts(candidate):
            _add_amount(draft, amount)
        for span in find_terms(self.context, candidate):
            draft.add("terms", self.document.words(*span), span, how=How.STATED, rule="term")
        self._put_purpose(draft, candidate)
        for place in within(self.document.places, candidate.quote):
            words = Span(place.start, place.end)
            if self._is_place(candidate, place) and not any(words.overlaps(n) for n in named):
                draft.add("places", place.name, words, how=How.NORMALISED, rule=f"place:{place.rule}")
        if not draft.values["places"] and draft.get("act") not in _ABOUT_STATES:
            self._put_states_as_places(draft, candidate)

    def _own_amounts(self, candidate: Candidate) -> list[AmountMention]:
        """The amounts of the clause and of a bracket that closes it («$40 млн (около 3,6 млрд сомов)»).

        Not the price of a loan («под 2%», a term), not what a rise starts from («с 30 до 50 мест»), not the number of
        those who act («восемь стран сократят добычу»), not the predicate itself («удвоить»).
        """
        quote, words = candidate.quote, self.document.words
        inside = within(self.document.amounts, quote)
        if words(quote.end, quote.end + 2) == " (":
            after = words(quote.end, candidate.sentence.end)
            close = after.find(")")
            inside += within(self.document.amounts, Span(quote.end, quote.end + close)) if close > 0 else []
        if words(quote.end, quote.end + 3).strip() in _SIGNS:  # «возобновила продажу тока: 150 МВт»
            first = quote.end + len(words(quote.end, quote.end + 3))
            inside += [
                a for a in within(self.document.amounts, Span(first, candidate.sentence.end)) if a.start == first
            ]
        thing = candidate.object
        alone = candidate.beside is None and candidate.closes >= len(candidate.sentence.tokens)
        if alone and thing is not None and not quote.covers(told := self.context.thing_span(candidate.sentence, thing)):
            inside += [a for a in within(self.document.amounts, told) if a not in inside]
        acting = [w.span.start for w in candidate.by if w.how != How.INHERITED]
        goals = {a.start - len("до "): a for a in inside if words(a.start - 3, a.start) == "до "}
        own = []
        for amount in inside:
            priced = amount.kind == "percent" and words(amount.start - 4, amount.start) == "под "
            risen = words(amount.start - 3, amount.start) == " с " and amount.end + 1 in goals
            counts_actors = amount.unit in _ACTORS and any(amount.start <= a < amount.end for a in acting)
            counts_actors = counts_actors or self._counts_doers(candidate, amount)
            counts_actors = counts_actors or self._is_of_doer(candidate, amount)
            acts = amount.start == candidate.clause.token.start
            if not priced and not risen and not counts_actors and not acts:
                own.append(amount)
        return own

    def _is_of_doer(self, candidate: Candidate, amount: AmountMention) -> bool:
        """«Канада, обещавшая 60 млн, перевела 23»: whether an amount is told of who acts, in a clause of its own."""
        doer, tokens = candidate.clause.subject, candidate.sentence.tokens
        clauses = (
            [i for i in candidate.sentence.children[doer] if tokens[i].rel.startswith("acl")]
            if doer is not None
            else []
        )
        inner = {i for c in clauses if c != candidate.clause.index for i in candidate.sentence.subtree(c)}
        return candidate.clause.index not in inner and any(tokens[i].start == amount.core.start for i in inner)

    def _counts_doers(self, candidate: Candidate, amount: AmountMention) -> bool:
        """«Шестеро депутатов внесли закон»: whether people are counted who act on a thing."""
        doer, thing = candidate.clause.subject, candidate.object
        if doer is None or thing in (None, doer) or candidate.clause.passive:
            return False
        token = candidate.sentence.tokens[self.context.counted(candidate.sentence, doer)]
        within_amount = amount.start <= candidate.sentence.tokens[doer].start < amount.end or amount.end == token.start
        return token.feats.get("Animacy") == "Anim" and (within_amount or amount.core.end <= token.start < amount.end)

    def _is_place(self, candidate: Candidate, place: PlaceMention) -> bool:
        """Whether a place is where the act is done: not the cause of it («из-за ситуации в Крыму»), not that of another
        deed («корабли, задержанные в проливе»), not one that stands for its state (a seat, a bare capital).
        """
        sentence = candidate.sentence
        inside = self.document.tokens_in(sentence, place.start, place.end)
        if place.kind == "capital" and not self._is_on_route(place):
            stands = any(preposition(sentence, t.index) for t in inside)
        else:
            stands = place.kind != "seat" and place.name not in _CONTINENTS
        own = {t.index for t in inside}
        token = next((t for t in inside if t.head not in own), None)
        named = place.rule != "place by the network" or any(t.pos == "PROPN" for t in inside)
        return stands and named and (token is None or not self._is_elsewhere(candidate, token))

    def _is_on_route(self, place: PlaceMention) -> bool:
        """«рейсы Ереван – Вена»: a name beside a dash between names."""
        words = self.document.words
        beside = words(place.end, place.end + 3) + words(place.start - 3, place.start)
        return any(d in beside for d in ("–", "—", " - "))

    def _is_elsewhere(self, candidate: Candidate, token: Token) -> bool:
        """Whether a name hangs below a cause, a conflict or another predicate, or is itself who acts."""
        sentence = candidate.sentence
        if token.rel in ("nsubj", "iobj") or (token.rel == "nsubj:pass" and not preposition(sentence, token.index)):
            return True
        for _ in range(_CLIMB):
            if token.index == candidate.clause.index:
                return False
            if token.rel in _APART or preposition(sentence, token.index) in _CAUSES or token.lemma in _CONFLICTS:
                return True
            if token.head < 0:
                return False
            token = sentence.tokens[token.head]
        return False

    def _put_states_as_places(self, draft: Draft, candidate: Candidate) -> None:
        """«в Сербию», «на территории Сербии», «через Сербию»: the state is where the act is done."""
        sentence = candidate.sentence
        for token in self.document.tokens_in(sentence, *candidate.quote):
            mention = self.scene.mention_at(sentence, token.index)
            if not mention or len(mention.codes) != 1 or self._is_elsewhere(candidate, token):
                continue
            prep, case = preposition(sentence, token.index), case_of(token)
            named = mention.kind == "state" and prep in ("в", "на", "через")
            speaks = token.rel == "obl" and case == "loc" and mention.codes[0] in draft.values["by"]  # «в Баку ждут»
            head = sentence.tokens[token.head] if token.head >= 0 else token
            on_soil = head.lemma in _SOIL and token.rel in ("amod", "nmod") and bool(preposition(sentence, head.index))
            if (named and case in ("acc", "loc", "") and not speaks) or on_soil:
                name = party_name(mention.codes[0], "ru", self.context.tables)
                if name not in draft.values["places"]:
                    words = Span(mention.start, mention.end)
                    draft.add("places", name, words, how=How.NORMALISED, rule="state-as-place")

    def _put_purpose(self, draft: Draft, candidate: Candidate) -> None:
        """«для восстановления дороги», «в целях …», «чтобы …»: what the act is for, apart from its object."""
        sentence = candidate.sentence
        for token in self.document.tokens_in(sentence, *candidate.quote):
            below = {sentence.tokens[i].text.lower() for i in sentence.children[token.index]}
            if self.context.is_purpose(sentence, token.index) or (token.rel == "advcl" and "чтобы" in below):
                span = extent(sentence, token.index, drop=("acl:relcl",))
                draft.put("purpose", self.document.words(*span), span, how=How.STATED, rule="purpose")
                return


def _is_verb(token: Token) -> bool:
    return kind_of(token) not in ("", "noun")


def _clauses_apart(sentence: Sentence) -> frozenset[int]:
    """The heads of tags («сообщил он») and of coordinated clauses."""
    return frozenset(
        t.index for t in sentence.tokens if t.rel == "parataxis" or (t.rel == "conj" and _opens_clause(sentence, t))
    )


def _opens_clause(sentence: Sentence, token: Token) -> bool:
    """Whether a coordinated word is another predicate: a verb, or one with a subject («но теперь нужен диалог»)."""
    return _is_verb(token) or any(sentence.tokens[i].rel in SUBJECTS for i in sentence.children[token.index])


def _add_amount(draft: Draft, amount: AmountMention) -> None:
    """An amount, or the two ends of a range; the rate after it is a term."""
    whole = Span(amount.start, amount.end)
    ends = [(amount.number, amount.bound)] if amount.high is None else [(amount.number, "over"), (amount.high, "under")]
    for number, bound in ends:
        draft.add("amounts", Amount(number, in_full(amount.unit), bound), whole, how=How.NORMALISED, rule=amount.rule)
