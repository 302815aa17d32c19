"""A figure in the making -> the parties of its relation: named in its phrase or sentence, or told before."""

from servanda.lang.ru_figures import FigureWords
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.clauses import case_of
from servanda.reading.document import PartyMention
from servanda.reading.draft import Draft
from servanda.reading.metrics import VERBS, Anchor, Figure, Line, is_verb
from servanda.reading.scene import Scene, Who

_SHORT = 30  # sentences of a wire report; a longer article tells of much else
_LIKE = {"во": "в", "в": "в", "на": "в", "из": "из", "с": "из", "со": "из"}  # «в Литву 2 млрд, на Украину 3»
_ITEM_STARTS = frozenset({",", ";", "и", "а", "но", "еще", "ещё"})
_OF = 3  # words from a share to what it is of
_NEAR = 14  # words between a metric and a noun that stands for its party


_IN_BRACKET = 3  # tokens from a party to its number in a bracket


class FigureParties:
    """Finds whose a figure is. Flows have their source first."""

    def __init__(self, scene: Scene, words: FigureWords, home: str = "") -> None:
        self.scene = scene
        self.home = home  # the state that the news is told from
        self.words = words

    def who(self, figure: Figure, anchor: Anchor) -> list[Who]:
        line = figure.line
        own = anchor in line.anchors or anchor.word.form == "count"
        if figure.before and figure.before.draft and (not own or figure.before.anchor is anchor):
            return self._listed(figure, _inherited(figure.before, anchor))
        inner_only = figure.before is not None and figure.before.line is line
        named = self._named(line, anchor, inner_only, self._item_end(figure))
        if len(named) == 1 and anchor.word.relation == "mutual" and self._is_of_union(line, anchor, named[0]):
            return named
        if len(named) == 2 and anchor.word.form == "share" and self._is_buyer(line, named):
            return named[::-1]
        if len(named) >= 2:
            return self._directed(line, anchor, named)
        near = self._phrase(line, anchor)
        start, end = line.tokens[near[0]].start, line.tokens[near[1]].end
        owned = any(start <= m.start < end and m.codes for m in line.parties)
        if anchor.word.relation == "mutual" and (not owned or self._is_both(line, anchor)):
            words = Span(line.tokens[near[0]].start, line.tokens[near[1]].end)
            pair = self._pair(line)
            if pair and (not named or named[0].code in pair):
                return [Who(c, words, How.RESOLVED, "both-sides") for c in pair]
        if anchor.word.metric == "debt" and len(named) == 1:
            return self._with_debtor(line, named[0])
        if figure.before and figure.before.draft:
            told = _inherited(figure.before, anchor)
            if not named:
                return told
            if anchor.word.form == "share":
                return self._with_share(figure, anchor, named, told)
            if all(w.code in [t.code for t in told] for w in named):
                return self._with_other(line, anchor, named[0], told)
        if len(named) == 1 and (europe := self._europe(line, near)):
            return self._directed(line, anchor, sorted([*named, europe], key=lambda w: w.span))
        if len(named) == 1 and (spoken := self._spoken_of(line, anchor, named[0])):
            return self._with_other(line, anchor, named[0], spoken)
        if not named and anchor.word.form not in ("share", "dated"):
            words = Span(line.tokens[near[0]].start, line.tokens[near[1]].end)
            codes = self.scene.whole(line.sentence) if self._is_short(anchor) else ()
            many = 3 if anchor.word.form == "count" and line.times else 2
            if len(codes) != 2 and anchor.word.form == "noun" and anchor.word.relation != "any":
                pair = self.scene.pair(line.sentence)
                states = [c for c in self.scene.main(line.sentence) if not c.startswith("name:")]
                codes = tuple(states[:2]) if any(c.startswith("name:") for c in pair) else pair
            return [Who(c, words, How.INHERITED, "parties-of-the-news") for c in codes] if len(codes) <= many else []
        if len(named) == 1 and anchor.word.form != "share" and self._is_short(anchor):
            return self._with_other(line, anchor, named[0], self._of_the_news(line, named[0]))
        return named

    def _pair(self, line: Line) -> tuple[str, ...]:
        """The pair spoken of, without whoever in the sentence only says so; of one party, with the dateline's."""
        main = self.scene.main(line.sentence)
        if len(main) == 1 and self.home and self.home != main[0]:
            body = any(m.kind == "body" and main[0] in m.codes for m in self.scene.document.parties)
            return () if body else (self.home, main[0])
        pair, said = self.scene.pair(line.sentence), self._sayers(line)
        told = {c for m in line.parties for c in m.codes if any(s.start <= m.start < s.end for s in said)}
        told -= {c for m in line.parties for c in m.codes if not any(s.start <= m.start < s.end for s in said)}
        if told.isdisjoint(pair):
            return pair
        rest = [c for c in (*pair, *self.scene.main(line.sentence)) if c not in told or not c.startswith("name:")]
        return tuple(dict.fromkeys(rest))[:2]

    def _europe(self, line: Line, near: tuple[int, int]) -> Who | None:
        """«поставки газа в Европу»: the union stands for the continent, where a quantity has but one party else."""
        at = next((t for t in line.tokens[near[0] : near[1] + 1] if t.lemma == "европа"), None)
        return Who("EU", Span(at.start, at.end), How.RESOLVED, "europe") if at else None

    def _is_buyer(self, line: Line, named: list[Who]) -> bool:
        """«доля Китая в экспорте Чили»: the share is of what goes to the first party named."""
        if self._stands(line, named[1], ("в", "во", "на")):
            return False  # «доля Чили в экспорте в Китай»
        between = (line.at(named[0].span.end), line.at(named[1].span.end) + 1)
        return any(a.word.metric == "exports" and between[0] <= a.first <= between[1] for a in line.anchors)

    def is_union(self, figure: Figure, anchor: Anchor, who: list[Who]) -> bool:
        """«взаимная торговля стран ЕАЭС»: a body of several states is party enough of what is mutual."""
        bodies = {c for m in figure.line.parties if m.kind == "body" for c in m.codes}
        return (
            len(who) == 1
            and who[0].code in bodies
            and (anchor.word.relation == "mutual" or anchor.word.form == "share")
            and (self._is_both(figure.line, anchor) or self._goes_on(figure, who))
        )

    def _is_of_union(self, line: Line, anchor: Anchor, who: Who) -> bool:
        """«торговля стран ЕАЭС»: of a body's members with each other."""
        before = line.tokens[line.at(who.span.start) - 1] if line.at(who.span.start) else None
        bodies = {c for m in line.parties if m.kind == "body" for c in m.codes}
        if before is None or who.code not in bodies or who.span.start < line.tokens[anchor.last].end:
            return False
        plural = before.lemma in ("страна", "государство", "участник", "член") and before.feats.get("Number") == "Plur"
        return plural and case_of(before) == "gen"

    def _goes_on(self, figure: Figure, who: list[Who]) -> bool:
        """«..., доля расчетов в рублях достигла 75%» after a figure of the same body."""
        told = figure.before.draft if figure.before and figure.before.line is figure.line else None
        return told is not None and told.get("who") == [w.code for w in who]

    def _is_short(self, anchor: Anchor) -> bool:
        """Whether the news is of one matter, so that its parties are meant by whatever quantity it tells."""
        return anchor.word.relation != "any" or len(self.scene.document.sentences) <= _SHORT

    def _with_share(self, figure: Figure, anchor: Anchor, named: list[Who], told: list[Who]) -> list[Who]:
        """Whose share it is, with the parties of the whole; of a trade told before only the party of the news stays."""
        rest = [t for t in told if t.code not in {w.code for w in named}]
        before = figure.before.anchor if figure.before else None
        if before is None or before.word.metric not in ("trade", "exports", "imports") or len(named) != 1:
            return [*named, *rest]
        main = self.scene.main(figure.line.sentence)
        kept = min(rest, key=lambda w: main.index(w.code) if w.code in main else len(main), default=None)
        if kept is None:
            return named
        whole = next((a for a in figure.line.anchors if anchor.last < a.first <= anchor.last + _OF), None)
        if whole is not None:  # «доля датского экспорта»
            return [*named, kept] if whole.word.relation == "from" else [kept, *named]
        return [*named, kept] if before.word.relation == "to" else [kept, *named]

    def _spoken_of(self, line: Line, anchor: Anchor, named: Who) -> list[Who]:
        """«республику посетили», «страна закупила»: a noun that stands for the other party."""
        for token in line.tokens:
            if token.pos == "NOUN" and line.words.has("generic", token) and abs(token.index - anchor.first) < _NEAR:
                found = [w for w in self.scene.actor(line.sentence, token.index) if w.code != named.code]
                if len(found) == 1:
                    return found
        return []

    def _of_the_news(self, line: Line, named: Who) -> list[Who]:
        """«товарооборот с Китаем»: the party that the news is most about is the other side."""
        others = [c for c in self.scene.main(line.sentence) if c != named.code][:1]
        others = others or [c for c in [self.home] if c and c != named.code]
        return [Who(c, named.span, How.INHERITED, "party-of-the-news") for c in others]

    def _with_other(self, line: Line, anchor: Anchor, named: Who, told: list[Who]) -> list[Who]:
        """The party named, on its side of the flow, with the other of the figure before."""
        others = [t for t in told if t.code != named.code]
        if anchor.word.relation == "to":
            return [named, *others] if self._stands(line, named, ("из", "от")) else [*others, named]
        return [*others, named] if self._stands(line, named, ("в", "во", "на", "перед")) else [named, *others]

    def _listed(self, figure: Figure, told: list[Who]) -> list[Who]:
        """«казахстанского — 41%, китайского — 22%»: the party of the item stands in the place of the one before."""
        line, before = figure.line, figure.before
        if before is None:
            return told
        if before.line is not line:
            return self._ranked(figure, told)
        start, end = before.first.end if figure.level else before.last, figure.first.start
        if line.has("rest", line.at(start), line.at(end)):
            return []
        if figure.base:
            return told
        both = self._item_parties(figure, start)
        if not both:
            return told
        if len(both) == 2 and both[0].codes != both[1].codes:  # «вьетнамские в Лаос — 5 млн»
            return [Who(m.codes[0], Span(m.start, m.end), How(m.how), m.rule) for m in both]
        own = both[-1]
        item = Who(own.codes[0], Span(own.start, own.end), How(own.how), own.rule)
        if item.code in [w.code for w in told]:  # «турецкий бизнес вложил в Грузию ..., грузинский в Турцию — ...»
            return [item, *(w for w in told if w.code != item.code)]
        first = line.at(before.first.start)
        if ")" in (line.low(line.at(start)), line.low(line.at(start) + 1)):  # «в Бразилию (на 48%), Перу (на 42%)»
            near = [w for w in told if 0 < first - line.at(w.span.start) <= _IN_BRACKET]
            if near:
                return [item if w is near[-1] else w for w in told]
        place = self._place(line, own.start)
        alike = [w for w in told if self._place(line, w.span.start) == place]
        if len(alike) > 1:  # whoever is only meant has the words of the other
            alike = [w for w in alike if any(m.start == w.span.start and w.code in m.codes for m in line.parties)]
        alike = alike or [w for w in told if _LIKE.get(self._place(line, w.span.start)) == _LIKE.get(place, place)]
        if len(alike) == 1:  # «в Данию — 2 млрд» after «Норвегия поставила в Польшу»
            return [item if w is alike[0] else w for w in told]
        rest = [w for w in told if w.span.start < line.sentence.start or w.span.start >= line.sentence.end]
        return [item, *(rest or told[1:])]

    def _ranked(self, figure: Figure, told: list[Who]) -> list[Who]:
        """«На втором месте Дания — 3 млрд» in a sentence of its own: the party that the news is most about stays."""
        line = figure.line
        item = next((m for m in line.parties if m.codes and m.end <= figure.first.start), None)
        if item is None or line.at(figure.first.start) - line.at(item.end) != 1:
            return told
        who = Who(item.codes[0], Span(item.start, item.end), How(item.how), item.rule)
        if len(told) != 2 or who.code in [w.code for w in told]:
            return told
        kept = next((c for c in self.scene.main(line.sentence) if c in [w.code for w in told]), told[0].code)
        return [w if w.code == kept else who for w in told]

    def _item_parties(self, figure: Figure, start: int) -> list[PartyMention]:
        """The parties of an item of a list: before its number, or one after a dash («2 млрд — в Данию»)."""
        line, level = figure.line, figure.first
        stops = [t.start for t in line.tokens[line.at(start) : line.at(level.start)] if t.text.lower() in _ITEM_STARTS]
        head = max([start, *stops])
        before = [m for m in line.parties if head <= m.start < level.start and m.codes]
        if before:
            return before
        after = line.at(level.end)
        if line.low(after) in ("из", "от"):  # «и 7 тысяч из Индии»
            return [m for m in line.parties if line.at(m.start) == after + 1 and m.codes]
        if line.low(after) not in ("–", "—", "-"):
            return []
        end = next(
            (t.start for t in line.tokens[after + 1 :] if t.text in (",", ";", ")") or is_verb(t)), level.end + 80
        )
        return [m for m in line.parties if level.end <= m.start < end and m.codes][:1]

    def _place(self, line: Line, offset: int) -> str:
        """How a party stands in its sentence: the preposition before it, else its case; «» outside the sentence."""
        if not line.sentence.start <= offset < line.sentence.end:
            return ""
        i = line.at(offset)
        before = next((t for t in reversed(line.tokens[max(0, i - 2) : i]) if t.pos == "ADP"), None)
        token = line.tokens[i]
        return before.text.lower() if before else token.pos + case_of(token)

    def _with_debtor(self, line: Line, named: Who) -> list[Who]:
        """«долг перед фондом»: the other of the two parties that the news is of owes."""
        pair = self.scene.main(line.sentence)[:2]
        other = [c for c in pair if c != named.code]
        if named.code not in pair or len(other) != 1:
            return [named]
        debtor = Who(other[0], named.span, How.INHERITED, "party-of-the-news")
        return [debtor, named] if self._stands(line, named, ("перед",)) else [named, debtor]

    def _item_end(self, figure: Figure) -> int:
        """Where the next item of a list begins: «приняла 30 тысяч, Норвегия — 20 тысяч»."""
        line = figure.line
        end = max([figure.first.end, *(a.end for a, _ in figure.changes)])
        later = next((a.start for a in line.amounts if a.start >= end and a.kind == figure.first.kind), None)
        comma = next((t.start for t in line.tokens[line.at(end) :] if t.text in (",", ";")), None)
        dash = next((t.start for t in line.tokens[line.at(end) :] if t.text in ("–", "—", "-")), None)
        listed = later is not None and comma is not None and dash is not None and comma < dash < later
        return comma if listed and comma is not None else line.sentence.end

    def _phrase(self, line: Line, anchor: Anchor) -> tuple[int, int]:
        """The first and last token of the metric's own phrase: adjectives before, genitives and «с», «между» after."""
        first, last = anchor.first, anchor.last
        while first > 0 and line.tokens[first - 1].pos in ("ADJ", "DET"):
            first -= 1
        amounts = {line.at(a.start) for a in line.amounts}
        named = [(line.at(m.start), line.at(m.end)) for m in line.parties if m.codes]
        while last + 1 < len(line.tokens):
            token = line.tokens[last + 1]
            if is_verb(token) or token.text in (";", ":", "(", "–", "—") or last + 1 in amounts:
                break
            if token.text == "," and not self._is_among(named, last + 1):
                break
            last += 1
        return first, last

    def _is_among(self, named: list[tuple[int, int]], comma: int) -> bool:
        """«между Данией, Польшей и Чехией»: a comma between two parties."""
        return any(end == comma for _, end in named) and any(start == comma + 1 for start, _ in named)

    def _is_both(self, line: Line, anchor: Anchor) -> bool:
        """«взаимная торговля», «товарооборот двух стран», «между странами»."""
        first, last = self._phrase(line, anchor)
        if line.has("both", first, anchor.first):
            return True
        rest = line.tokens[anchor.last + 1 : last + 1]
        return any(t.lemma in ("страна", "сторона", "государство") and t.feats.get("Number") == "Plur" for t in rest)

    def _named(self, line: Line, anchor: Anchor, inner_only: bool, end_at: int) -> list[Who]:
        """Parties named in the metric's phrase, then in the sentence, without those who only say so."""
        first, last = self._phrase(line, anchor)
        start, end = line.tokens[first].start, line.tokens[last].end
        said = self._sayers(line)
        held = [m for m in line.parties if m.codes and m.start < end_at and not self._qualifies(line, m)]
        held = [m for m in held if not line.has("beside", line.at(m.start) - 1, line.at(m.start))]
        inner = [m for m in held if start <= m.start < end]
        outer = [m for m in held if m not in inner and not any(s.start <= m.start < s.end for s in said)]
        if inner_only or (anchor.word.form == "share" and inner):
            outer = []
        elif found_states := self._with_states(line, first, last, inner):
            outer = [m for m in outer if m.kind == "body"][:found_states]
        found: dict[str, Who] = {}
        for mention in inner:
            for code in mention.codes:
                found.setdefault(code, Who(code, Span(mention.start, mention.end), How(mention.how), mention.rule))
        if len(found) < 2 and not (
            anchor.word.relation == "mutual"
            and len(found) == 1
            and anchor.word.form == "noun"
            and self._is_both(line, anchor)
        ):
            outer.sort(key=lambda m: abs(line.at(m.start) - anchor.first))
            for mention in outer:
                if len(found) >= 2 and anchor.word.form not in VERBS:
                    break
                for code in mention.codes:
                    found.setdefault(code, Who(code, Span(mention.start, mention.end), How(mention.how), mention.rule))
        for mention in outer:  # «Дания и Польша приняли 60 тысяч украинцев»
            if any(self._is_beside(line, mention, w.span) for w in found.values()):
                for code in mention.codes:
                    found.setdefault(code, Who(code, Span(mention.start, mention.end), How(mention.how), mention.rule))
        if len(found) == 2 and anchor.word.form in VERBS and anchor.word.relation != "mutual":
            for mention in outer:  # «Дания ввозит из Польши и Чехии»
                if line.tokens[line.at(mention.start)].rel.startswith("nsubj") and mention.end <= start:
                    found.setdefault(
                        mention.codes[0],
                        Who(mention.codes[0], Span(mention.start, mention.end), How(mention.how), mention.rule),
                    )
        if len(found) < 2 and anchor.word.form in VERBS:
            for token in line.tokens:
                if token.rel.startswith("nsubj") and abs(token.index - anchor.first) < 12:
                    for who in self.scene.actor(line.sentence, token.index):
                        found.setdefault(who.code, who)
        return sorted(found.values(), key=lambda w: w.span)

    def _qualifies(self, line: Line, mention: PartyMention) -> bool:
        """«российский «Газпром»»: the adjective tells whose the company is, and is no other party."""
        if mention.kind != "adjective":
            return False
        return any(m.kind == "company" and 0 <= m.start - mention.end <= 2 for m in line.parties)

    def _with_states(self, line: Line, first: int, last: int, inner: list[PartyMention]) -> int:
        """1 where the trade is «со странами региона»: no state named elsewhere is meant by these."""
        for i in range(first, last):
            plural = line.tokens[i + 1].lemma in ("страна", "государство") and case_of(line.tokens[i + 1]) == "ins"
            if line.low(i) in ("со", "с") and plural and len(inner) < 2:
                return 1
        return 0

    def _sayers(self, line: Line) -> list[Span]:
        """Spans in which whoever is named only says so: «по данным ...,», «..., сообщили в ...»."""
        spans = []
        for token in line.tokens:
            if (self.words.has("source", token) and line.low(token.index - 1) in ("по", "согласно")) or line.low(
                token.index
            ) == "согласно":
                end = next(
                    (t.start for t in line.tokens[token.index :] if t.text in (",", "–", "—") or is_verb(t)), token.end
                )
                spans.append(Span(token.start, end))
            elif self.words.has("speech", token) and is_verb(token):
                comma = next((i for i in range(token.index, max(-1, token.index - 12), -1) if line.low(i) == ","), None)
                if comma is not None and not any(
                    comma < line.at(a.start) for a in line.amounts if a.start < token.start
                ):
                    later = [a.start for a in line.amounts if a.start > token.start]
                    end = next(
                        (t.start for t in line.tokens[token.index :] if t.text in (",", '"', "»")), line.sentence.end
                    )
                    if not later or end < later[0]:
                        spans.append(Span(line.tokens[comma].start, end))
                elif comma is None:
                    end = next(
                        (t.start for t in line.tokens[token.index :] if t.text in (",", ":", "«", '"')), token.end
                    )
                    spans.append(Span(line.sentence.start, end))
        return spans

    def _directed(self, line: Line, anchor: Anchor, named: list[Who]) -> list[Who]:
        """For flows: the source first, the goal second, by prepositions, else by whose the metric is."""
        if anchor.word.relation not in ("from", "to"):
            return named
        bought = anchor.word.relation == "to" and anchor.word.form == "dated"  # «закупила в России», «у России»
        sources = ("из", "от", "со", "с", "у", *(("в", "во", "на") if bought else ()))
        source = next((w for w in named if self._stands(line, w, sources)), None)
        goal = next((w for w in named if w is not source and self._stands(line, w, ("в", "во", "на", "перед"))), None)
        if anchor.word.relation == "to" and goal and source is None and self._falls_on(line, goal):
            source, goal = goal, None  # «на Россию приходится 90% импорта»
        owner = next((w for w in named if w is not source and w is not goal), None)
        if anchor.word.relation == "from":
            source = source or owner
        else:
            goal = goal or owner
        rest = [w for w in named if w is not source and w is not goal]
        ordered = [w for w in (source, goal) if w]
        if len(ordered) == 2 and rest and source and any(self._is_beside(line, source.span, w.span) for w in rest):
            return [source, *(w for w in rest if self._is_beside(line, source.span, w.span)), *([goal] if goal else [])]
        if len(ordered) == 2:
            return ordered
        return (ordered + rest if source else rest + ordered)[:2]

    def _is_beside(self, line: Line, one: PartyMention | Span, other: PartyMention | Span) -> bool:
        """«из Дании и Польши»: two parties with nothing but «и» or a comma between them."""
        first, second = sorted((one, other), key=lambda s: s.start)
        gap = line.tokens[line.at(first.end) : line.at(second.start)]
        return len(gap) == 1 and gap[0].text in ("и", ",")

    def _falls_on(self, line: Line, who: Who) -> bool:
        """«на Китай приходится», «на долю Китая пришлось»: the other side of what is shared out."""
        on = line.low(line.at(who.span.start) - 1) == "на"
        return on and any(t.lemma in ("приходиться", "прийтись") for t in line.tokens)

    def _stands(self, line: Line, who: Who, prepositions: tuple[str, ...]) -> bool:
        """Whether a party stands with a preposition; that before «российские поставки» is not the party's own."""
        i = line.at(who.span.start)
        if line.tokens[i].pos == "ADJ":
            return False
        between = i > 1 and line.tokens[i - 1].pos in ("ADJ", "NOUN", "DET", "PRON")
        return line.low(i - 1) in prepositions or (between and line.low(i - 2) in prepositions)


def _inherited(before: Figure, anchor: Anchor) -> list[Who]:
    """The parties of the figure before; a flow the other way has them turned round."""
    told = [Who(c, s, How.INHERITED, "parties-before") for c, s in _told(before.draft)] if before.draft else []
    own = before.anchor.word.relation if before.anchor else ""
    return told[::-1] if (own == "to") != (anchor.word.relation == "to") else told


def _told(draft: Draft) -> list[tuple[str, Span]]:
    """The parties of a figure with their words."""
    who: list[str] = draft.get("who") or []
    return [(code, draft.evidence[f"who/{i}"][0]) for i, code in enumerate(who) if f"who/{i}" in draft.evidence]
