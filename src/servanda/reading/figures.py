"""Document -> figures as drafts: reported quantities of a relation between parties, with period, changes and bases."""

import re
from dataclasses import dataclass, field

from servanda.lang.ru_figures import FigureWords, figure_words
from servanda.lang.words import Token
from servanda.model.edtf import shift_years
from servanda.model.reading import Amount, Change
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.clauses import case_of, is_finite, trim
from servanda.reading.document import AmountMention, Document, PartyMention, TimeMention
from servanda.reading.draft import Draft
from servanda.reading.metrics import BASES, Anchor, Line, Role, anchor_of, is_verb, metric_of, read_line, role_of
from servanda.reading.scene import Scene, Who
from servanda.world.tables import Tables

_YEAR_ON_YEAR = re.compile(
    r"год к году|в годовом (?:выражении|исчислении|сопоставлении)|прошлогодн|прошл\w+ год|за год\b"
)
_TAG = re.compile(
    r"(?:по (?:\w+ )?(?:данным|словам|информации|оценк\w+|сведениям|расчетам|мнению|итогам)|согласно|как )", re.I
)
_CUTS = frozenset({",", ";", "(", "и", "а", "но", "однако", "–", "—"})
_TOPICS = frozenset({"trade", "exports", "imports", "investment", "transit"})
_NEXT = 2  # sentences over which a figure goes on


@dataclass(slots=True)
class _Figure:
    """A figure in the making: its level (None where only the change is told), base or not, and its changes."""

    line: Line
    number: int
    anchor: Anchor | None
    level: AmountMention | None
    base: bool = False
    changes: list[tuple[AmountMention, Role]] = field(default_factory=list)
    before: "_Figure | None" = None  # from which metric, parties or period may be taken
    continues: bool = False  # adds its changes to the figure before
    target: bool = False  # a goal: no record, but what the next sentences may speak of
    draft: Draft | None = None

    @property
    def first(self) -> AmountMention:
        """The amount that stands for the figure in its sentence."""
        return self.level or self.changes[0][0]


def find_figures(document: Document, tables: Tables | None = None) -> list[Draft]:
    """All figures of a document, those told twice once, in the order of the text."""
    tables = tables or Tables.default()
    words = tables.derive(figure_words)
    reader = _Reader(document, Scene(document, tables), words)
    last: _Figure | None = None
    for number, sentence in enumerate(document.sentences):
        line = read_line(document, sentence, words)
        if last and (
            number - last.number > _NEXT or document.item_of(sentence) != document.item_of(last.line.sentence)
        ):
            last = None
        for figure in _figures(line, number, last):
            if reader.draft(figure):
                last = figure
    return _once(reader.drafts)


def _figures(line: Line, number: int, last: _Figure | None) -> list[_Figure]:
    """The figures of a sentence, with those it continues («Это на 21% больше»)."""
    found: list[_Figure] = []
    role: Role | None = None
    for amount in line.amounts:
        role = role_of(line, amount, role)
        if role.sort == "none":
            continue
        anchor = anchor_of(line, amount, role)
        if _is_target(line, amount):
            topic = next((a for a in reversed(line.anchors) if a.last < line.at(amount.start)), None)
            anchor = anchor or topic
            if anchor and anchor.word.metric in _TOPICS and not found:
                found.append(_Figure(line, number, anchor, amount, before=last, target=True))
            continue
        current = found[-1] if found else None
        if role.sort == "change":
            if current and (anchor is None or anchor is current.anchor or current.base):
                owner = next((f for f in reversed(found) if not f.base), current)
                owner.changes.append((amount, role))
            elif anchor:
                found.append(_Figure(line, number, anchor, None, changes=[(amount, role)], before=current or last))
            elif last and not line.anchors and _goes_on(line, amount):
                found.append(
                    _Figure(line, number, last.anchor, None, changes=[(amount, role)], before=last, continues=True)
                )
        elif anchor and current and current.level is None and current.anchor is anchor and role.sort == "level":
            current.level = amount
        elif anchor and (role.sort == "level" or current):
            found.append(_Figure(line, number, anchor, amount, base=role.sort == "base", before=current or last))
        elif current and _lists_on(line, amount, current):
            found.append(_Figure(line, number, current.anchor, amount, base=role.sort == "base", before=current))
        elif last and not current and not line.anchors and _continues(line, amount, last):
            found.append(_Figure(line, number, last.anchor, amount, before=last))
    return [f for f in found if f.level or f.changes]


def _is_target(line: Line, amount: AmountMention) -> bool:
    """«довести до 5 млрд», «кредит на 3 млн»: an undertaking's amount."""
    first = line.at(amount.start)
    low = first
    while low > 0 and line.low(low - 1) != ";" and first - low < 16:
        low -= 1
    return line.has("goal", low, first)


def _is_hoped(figure: _Figure) -> bool:
    """«возрастет впятеро, с 1 до 5 млн тонн»: a rise to come that nobody forecasts is a target."""
    line, first = figure.line, figure.line.at(figure.first.start)
    verb = next((t for t in reversed(line.tokens[: line.at(figure.first.core.start)]) if is_finite(t)), None)
    if verb is None or not _is_future(line, verb):
        return False
    bought = figure.anchor is not None and bool({"поставка", "закупка", "помощь"} & set(figure.anchor.word.lemmas))
    if line.words.has("level", verb) and not bought:
        return False
    clause = next((i for i in range(verb.index, 0, -1) if line.low(i) == ","), 0)
    return not line.has("forecast", clause, first)


def _goes_on(line: Line, amount: AmountMention) -> bool:
    """«Это на 21% больше», «Рост составил 5%»: the sentence speaks of the figure before."""
    return line.low(0) in ("это", "что", "рост", "прирост", "снижение", "падение", "спад", "показатель", "она", "он")


def _lists_on(line: Line, amount: AmountMention, figure: _Figure) -> bool:
    """«в 2017 году — 1809 рублей», «(в 2023-м – 92%)», «китайского — 22%»: a next value of the same sort."""
    level = figure.level
    if level is None or level.unit != amount.unit or level.kind != amount.kind:
        return False
    between = line.tokens[line.at(level.end) : line.at(amount.start)]
    if any(t.rule == "apart" and level.end <= t.start < amount.start for t in line.times):
        return all(line.words.has("level", t) for t in between if is_verb(t))
    return not any(is_verb(t) for t in between) and any(t.text in ("–", "—", "-", "против", "--") for t in between)


def _continues(line: Line, amount: AmountMention, last: _Figure) -> bool:
    """«Годом ранее было около 870 тысяч»: a sentence without a metric that tells the figure of another period."""
    level = last.level
    if level is None or level.unit != amount.unit:
        return False
    if line.low(0) in ("сейчас", "ныне", "пока") and line.low(1) in ("это", "он", "она"):
        return True
    verbs = [t for t in line.tokens[: line.at(amount.start)] if is_verb(t)]
    times = [t for t in line.times if t.end <= amount.start and t.grain not in ("day", "duration")]
    subjects = [t for t in line.tokens if t.rel.startswith("nsubj") and t.pos in ("NOUN", "PROPN")]
    if any(not line.words.has("number", t) for t in subjects if t.start < amount.start and not _is_sayer(line, t)):
        return False
    if line.low(line.at(amount.start) - 1) == ":" and line.has("number", 0, line.at(amount.start)):
        return True
    return bool(times) and all(line.words.has("level", t) for t in verbs)


def _is_sayer(line: Line, token: Token) -> bool:
    """«Минэкономики приводит иные цифры»: a party that tells the number."""
    return any(m.start <= token.start < m.end for m in line.parties)


class _Reader:
    """Makes drafts of figures."""

    def __init__(self, document: Document, scene: Scene, words: FigureWords) -> None:
        self.document = document
        self.scene = scene
        self.words = words
        self.drafts: list[Draft] = []

    def draft(self, figure: _Figure) -> bool:
        """Put a figure down if it has its parties; False otherwise."""
        line, anchor = figure.line, figure.anchor
        if anchor is None:
            return False
        who = self._who(figure, anchor)
        if len(who) < 2:
            return False
        if figure.continues and figure.before and figure.before.draft:
            self._changes(figure.before.draft, figure)
            figure.draft = figure.before.draft
            return True
        draft = Draft("figure", figure.number, self.document.item_of(line.sentence))
        draft.put("quote", None, self._quote(figure), how=How.STATED, rule="figure-clause")
        draft.values["quote"] = draft.evidence["quote"][0].of(self.document.page.text)
        own = (anchor.first < len(line.tokens) and anchor in line.anchors) or anchor.word.form == "count"
        before = figure.before.draft if figure.before else None
        metric = metric_of(anchor, figure.level, line) if own or before is None else before.get("metric")
        if not metric or _is_hoped(figure):
            return False
        if own:
            words = Span(line.tokens[anchor.first].start, line.tokens[anchor.last].end)
            draft.put("metric", metric, words, how=How.INFERRED, rule=f"metric-{anchor.word.form}")
        else:
            draft.put("metric", metric, how=How.INHERITED, rule="metric-before")
        for w in who:
            draft.add("who", w.code, w.span, how=w.how, rule=w.rule)
        self._period(draft, figure)
        if figure.level:
            self._amount(draft, figure.level)
        self._changes(draft, figure)
        self._manner(draft, figure)
        figure.draft = draft
        if not figure.target:
            self.drafts.append(draft)
        return True

    def _amount(self, draft: Draft, level: AmountMention) -> None:
        value = Amount(level.number, level.unit, "over" if level.high is not None else level.bound)
        spans = [Span(level.start, level.end)]
        if level.bound_span and not spans[0].covers(level.bound_span):
            spans.insert(0, level.bound_span)
        draft.put("amount", value, *spans, how=How.NORMALISED, rule=level.rule.replace(" ", "-"))

    # Parties

    def _who(self, figure: _Figure, anchor: Anchor) -> list[Who]:
        line = figure.line
        own = anchor in line.anchors or anchor.word.form == "count"
        if figure.before and figure.before.draft and (not own or figure.before.anchor is anchor):
            return self._listed(figure, _inherited(figure.before, anchor))
        named = self._named(line, anchor, figure.before is not None and figure.before.line is line)
        if len(named) >= 2:
            return self._directed(line, anchor, named)
        near = self._phrase(line, anchor)
        if anchor.word.relation == "mutual" and (not named or self._is_both(line, anchor)):
            words = Span(line.tokens[near[0]].start, line.tokens[near[1]].end)
            pair = self.scene.pair(line.sentence)
            if not named or named[0].code in pair:
                return [Who(c, words, How.RESOLVED, "both-sides") for c in pair]
        if anchor.word.metric == "debt" and len(named) == 1:
            return self._with_debtor(line, named[0])
        if figure.before and figure.before.draft:
            told = _inherited(figure.before, anchor)
            if not named:
                return told
            if anchor.word.form == "share":
                return [*named, *(t for t in told if t.code not in {w.code for w in named})]
            if all(w.code in [t.code for t in told] for w in named):
                return self._with_other(line, anchor, named[0], told)
        return named

    def _with_other(self, line: Line, anchor: Anchor, named: Who, told: list[Who]) -> list[Who]:
        """The party named, on its side of the flow, with the other of the figure before."""
        others = [t for t in told if t.code != named.code]
        if anchor.word.relation == "to":
            return [named, *others] if self._stands(line, named, ("из", "от")) else [*others, named]
        return [*others, named] if self._stands(line, named, ("в", "во", "на", "перед")) else [named, *others]

    def _listed(self, figure: _Figure, told: list[Who]) -> list[Who]:
        """«казахстанского — 41%, китайского — 22%»: the party of the item stands in the place of the one before."""
        line, before = figure.line, figure.before
        if before is None or before.line is not line or figure.level is None:
            return told
        start, end = before.first.end, figure.level.start
        if line.has("rest", line.at(start), line.at(end)):
            return []
        named = [m for m in line.parties if start <= m.start < end and m.codes]
        if not named or figure.base:
            return told
        item = Who(named[0].codes[0], Span(named[0].start, named[0].end), How(named[0].how), named[0].rule)
        rest = [w for w in told if w.span.start < line.sentence.start or w.span.start >= line.sentence.end]
        return [item, *(rest or told[1:])]

    def _with_debtor(self, line: Line, named: Who) -> list[Who]:
        """«долг перед фондом»: the other of the two parties that the news is of owes."""
        pair = self.scene.main(line.sentence)[:2]
        other = [c for c in pair if c != named.code]
        if named.code not in pair or len(other) != 1:
            return [named]
        debtor = Who(other[0], named.span, How.INHERITED, "party-of-the-news")
        return [debtor, named] if line.low(line.at(named.span.start) - 1) == "перед" else [named, debtor]

    def _phrase(self, line: Line, anchor: Anchor) -> tuple[int, int]:
        """The first and last token of the metric's own phrase: adjectives before, genitives and «с», «между» after."""
        first, last = anchor.first, anchor.last
        while first > 0 and line.tokens[first - 1].pos in ("ADJ", "DET"):
            first -= 1
        amounts = {line.at(a.start) for a in line.amounts}
        while last + 1 < len(line.tokens):
            token = line.tokens[last + 1]
            if is_verb(token) or token.text in (",", ";", ":", "(", "–", "—") or last + 1 in amounts:
                break
            last += 1
        return first, last

    def _is_both(self, line: Line, anchor: Anchor) -> bool:
        """«взаимная торговля», «товарооборот двух стран», «между странами»."""
        first, last = self._phrase(line, anchor)
        if line.has("both", first, anchor.first):
            return True
        rest = line.tokens[anchor.last + 1 : last + 1]
        return any(t.lemma in ("страна", "сторона", "государство") and t.feats.get("Number") == "Plur" for t in rest)

    def _named(self, line: Line, anchor: Anchor, inner_only: bool) -> list[Who]:
        """Parties named in the metric's phrase, then in the sentence, without those who only say so."""
        first, last = self._phrase(line, anchor)
        start, end = line.tokens[first].start, line.tokens[last].end
        said = self._sayers(line)
        held = [m for m in line.parties if m.codes and not self._qualifies(line, m)]
        inner = [m for m in held if start <= m.start < end]
        outer = [m for m in held if m not in inner and not any(s.start <= m.start < s.end for s in said)]
        if inner_only or anchor.word.form == "share":
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
                if len(found) >= 2 and anchor.word.form != "verb":
                    break
                for code in mention.codes:
                    found.setdefault(code, Who(code, Span(mention.start, mention.end), How(mention.how), mention.rule))
        if len(found) < 2 and anchor.word.form == "verb":
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
        source = next((w for w in named if self._stands(line, w, ("из", "от", "со", "с"))), None)
        goal = next((w for w in named if self._stands(line, w, ("в", "во", "на", "перед"))), None)
        owner = next((w for w in named if w is not source and w is not goal), None)
        if anchor.word.relation == "from":
            source = source or owner
        else:
            goal = goal or owner
        rest = [w for w in named if w is not source and w is not goal]
        ordered = [w for w in (source, goal) if w]
        if len(ordered) == 2:
            return ordered
        return (ordered + rest if source else rest + ordered)[:2]

    def _stands(self, line: Line, who: Who, prepositions: tuple[str, ...]) -> bool:
        i = line.at(who.span.start)
        return line.low(i - 1) in prepositions or (
            line.tokens[i - 1].pos in ("ADJ", "NOUN") and line.low(i - 2) in prepositions if i > 1 else False
        )

    # Period and changes

    def _period(self, draft: Draft, figure: _Figure) -> None:
        line, amount = figure.line, figure.first
        if figure.base:
            self._base_period(draft, figure)
            return
        against = {id(t) for a, r in figure.changes for t in [self._against_time(figure, a, r)] if t}
        bases = {id(t) for t in line.times if t.rule in BASES and (figure.changes or t.start > amount.start)}
        times = [
            t
            for t in self._own_times(figure)
            if id(t) not in against | bases and t.edtf and not t.deadline and self._is_period(line, t)
        ]
        if times:
            place = amount.start
            best = min(times, key=lambda t: abs(t.start - place) if t.end <= place else (t.start - amount.end) * 1.5)
            edtf = best.edtf
            if edtf and line.text(best.start, best.end).startswith(("на конец", "к концу")):
                edtf = edtf.rpartition("/")[2]
            draft.put("period", edtf, Span(best.start, best.end), how=How(best.how), rule=best.rule)
            return
        before = figure.before.draft if figure.before else None
        if line.has("now", 0, line.at(amount.start)):
            return
        if before and before.get("period") and figure.before and not figure.before.target:
            draft.put("period", before.get("period"), how=How.INHERITED, rule="period-before")

    def _own_times(self, figure: _Figure) -> list[TimeMention]:
        """Times between the figure before in the sentence and the end of the figure's own clause."""
        line = figure.line
        here = figure.before is not None and figure.before.line is line and figure.before.level is not None
        start = figure.before.first.end if here and figure.before else line.sentence.start
        last = max([figure.first.end, *(a.end for a, _ in figure.changes)])
        end = line.sentence.end
        for token in line.tokens[line.at(last) :]:
            if token.text in (";", "(") or any(a.start == token.start for a in line.amounts):
                end = token.start
                break
        return [t for t in line.times if start <= t.start and t.end <= end]

    def _is_period(self, line: Line, time: TimeMention) -> bool:
        """A day is one only as the day of the count («на 1 января»)."""
        if time.grain == "duration":
            return False
        words = line.text(time.start, time.end)
        before = line.low(line.at(time.start) - 1)
        return time.grain != "day" or words.startswith("на ") or before in ("на", "к")

    def _base_period(self, draft: Draft, figure: _Figure) -> None:
        level = figure.first
        time = next((t for t in figure.line.times if level.end <= t.start <= level.end + 25 and t.edtf), None)
        if time:
            draft.put("period", time.edtf, Span(time.start, time.end), how=How(time.how), rule=time.rule)
            return
        before = figure.before.draft if figure.before else None
        if before and before.get("period") and figure.line.low(figure.line.at(level.start) - 1) != "с":
            shifted = shift_years(before.get("period"), -1)
            if shifted:
                draft.put("period", shifted, how=How.COMPUTED, rule="year-before")

    def _changes(self, draft: Draft, figure: _Figure) -> None:
        for amount, role in figure.changes:
            against, time = self._against(draft, figure, amount, role)
            signed = amount.number * role.sign
            value = Change(None if amount.unit == "раз" else signed, signed if amount.unit == "раз" else None, against)
            spans = [Span(amount.start, amount.end)]
            if role.word is not None and not spans[0].covers(Span(role.word.start, role.word.end)):
                spans.append(Span(role.word.start, role.word.end))
            if time is not None:
                spans.append(Span(time.start, time.end))
            draft.add("changes", value, *sorted(spans), how=How.NORMALISED, rule="change")

    def _against(
        self, draft: Draft, figure: _Figure, amount: AmountMention, role: Role
    ) -> tuple[str | None, TimeMention | None]:
        """What a change is against, and its words; a year before where the report compares without saying with what."""
        time = self._against_time(figure, amount, role)
        if time is not None:
            return time.edtf, time
        period = draft.get("period")
        line = figure.line
        words = line.text(amount.end, self._window_end(figure, amount))
        if not _YEAR_ON_YEAR.search(words) and line.has(
            "base", line.at(amount.end), line.at(self._window_end(figure, amount))
        ):
            return None, None
        return (shift_years(period, -1) if period and ".." not in period else None), None

    def _window_end(self, figure: _Figure, amount: AmountMention) -> int:
        """Where the words that belong to a change end: at the next amount, or with the clause."""
        line = figure.line
        later = [a.start for a in line.amounts if a.start > amount.end]
        stop = next((t.start for t in line.tokens[line.at(amount.end) :] if t.text in (";", ")")), line.sentence.end)
        return min([stop, *later])

    def _against_time(self, figure: _Figure, amount: AmountMention, role: Role) -> TimeMention | None:
        """The time that a change is compared with: after it, or before it («к уровню 2019 года», «по сравнению с»)."""
        line = figure.line
        end = self._window_end(figure, amount)
        after = [t for t in line.times if amount.end <= t.start < end]
        for time in after:
            gap = (line.at(amount.end), line.at(time.start))
            if time.rule in BASES or line.has("base", *gap) or line.low(gap[1] - 1) in ("к", "против"):
                return time
            if line.low(gap[0]) in ("–", "—", "-", "к", "против"):
                return time
        earlier = [a.end for a in line.amounts if a.end <= amount.start]
        start = max(earlier, default=line.sentence.start)
        for time in reversed([t for t in line.times if start <= t.start and t.end <= amount.start]):
            i = line.at(time.start)
            if line.has("base", i - 3, i + 1) or (line.low(i - 1) == "к" and time.grain != "day"):
                return time
            if time.rule in BASES:
                return time
        return None

    # Manner and quote

    def _manner(self, draft: Draft, figure: _Figure) -> None:
        """Forecast and certainty, by the verb before the amount and the words of expectation."""
        line, first = figure.line, figure.line.at(figure.first.start)
        verbs = [t for t in line.tokens[:first] if is_finite(t)] or [t for t in line.tokens[first:] if is_finite(t)]
        verb = verbs[-1] if verbs and verbs[-1].index < first else verbs[0] if verbs else None
        future = verb is not None and _is_future(line, verb)
        if figure.before and figure.before.line is line and verb is None:
            future = bool(figure.before.draft and figure.before.draft.get("forecast"))
        hint = next((t for t in line.tokens[:first] if self.words.has("forecast", t)), None)
        word = hint or verb
        spans = (Span(word.start, word.end),) if word is not None else ()
        draft.put("forecast", bool(future or hint), *spans, how=How.INFERRED, rule="tense")
        possible = next((t for t in line.tokens[max(0, first - 8) : first] if self.words.has("possible", t)), None)
        if possible is not None:
            here = Span(possible.start, possible.end)
            draft.put("certainty", "possible", here, how=How.INFERRED, rule="possible-word")
        else:
            draft.put("certainty", "stated", how=How.INFERRED, rule="asserted")

    def _quote(self, figure: _Figure) -> Span:
        """The clause that states the figure, without who says so."""
        line, tokens = figure.line, figure.line.tokens
        amounts = [figure.first, *(a for a, _ in figure.changes)]
        last = line.at(max(a.end for a in amounts)) - 1
        first = line.at(min(a.start for a in amounts))
        if figure.before and figure.before.line is line and figure.level is not None:
            new = figure.anchor in line.anchors and figure.anchor is not figure.before.anchor
            low = min(first, figure.anchor.first) if new and figure.anchor else first
            while (
                low > 0
                and tokens[low - 1].text.lower() not in _LIST_CUTS
                and tokens[low - 1].start >= figure.before.first.end
            ):
                low -= 1
            return trim(line.sentence, low, self._clause_end(line, last, figure))
        low = self._clause_start(line, min(first, figure.anchor.first if figure.anchor in line.anchors else first))
        return trim(line.sentence, low, self._clause_end(line, last, figure))

    def _clause_start(self, line: Line, index: int) -> int:
        low = 0
        head = " ".join(t.text for t in line.tokens[:3])
        if _TAG.match(head):
            comma = next((t.index for t in line.tokens[:index] if t.text == ","), -1)
            low = comma + 1
        for i in range(index, low, -1):
            if line.tokens[i].text in (";", ":", "(") or (
                line.tokens[i].text == "," and line.low(i + 1) in ("а", "что", "но", "однако")
            ):
                return i + 1
        return low

    def _clause_end(self, line: Line, last: int, figure: _Figure) -> int:
        later = [line.at(a.start) for a in line.amounts if line.at(a.start) > last]
        stop = min(later) if later else len(line.tokens)
        for i in range(last + 1, len(line.tokens)):
            token = line.tokens[i]
            if token.text == ";" or (token.text in (",", "–", "—", '"', "»") and line.has("speech", i + 1, i + 4)):
                return i - 1
            if i >= stop:
                back = i
                while back > last and line.low(back - 1) not in _CUTS:
                    back -= 1
                return max(last, back - 1)
        return len(line.tokens) - 1


_LIST_CUTS = frozenset({",", ";", "(", "и", ")"})


def _is_future(line: Line, verb: Token) -> bool:
    if verb.feats.get("Tense") == "Fut" or (verb.feats.get("Tense") == "Pres" and verb.feats.get("Aspect") == "Perf"):
        return True
    return any(line.tokens[i].text.lower().startswith("буд") for i in line.sentence.children[verb.index])


def _inherited(before: _Figure, anchor: Anchor) -> list[Who]:
    """The parties of the figure before; a flow the other way has them turned round."""
    told = [Who(c, s, How.INHERITED, "parties-before") for c, s in _told(before.draft)] if before.draft else []
    own = before.anchor.word.relation if before.anchor else ""
    return told[::-1] if (own == "to") != (anchor.word.relation == "to") else told


def _told(draft: Draft) -> list[tuple[str, Span]]:
    """The parties of a figure with their words."""
    who: list[str] = draft.get("who") or []
    return [(code, draft.evidence[f"who/{i}"][0]) for i, code in enumerate(who) if f"who/{i}" in draft.evidence]


def _once(drafts: list[Draft]) -> list[Draft]:
    """Figures told twice (title and body) once: the later, fuller telling stays."""
    kept: list[Draft] = []
    for draft in drafts:
        twin = next((d for d in kept if _same(d, draft)), None)
        if twin is None:
            kept.append(draft)
        elif len(draft.values) + len(draft.get("changes") or []) >= len(twin.values) + len(twin.get("changes") or []):
            kept[kept.index(twin)] = draft
    return kept


def _same(a: Draft, b: Draft) -> bool:
    """Whether two tell one thing: the same amount, or the same change where one gives no amount."""
    if a.item != b.item or a.get("metric") != b.get("metric"):
        return False
    x, y = a.get("amount"), b.get("amount")
    if x is None or y is None:
        first, second = a.get("changes") or [], b.get("changes") or []
        return any((c.percent, c.times) == (d.percent, d.times) for c in first for d in second)
    return (x.number, x.unit) == (y.number, y.unit) and (
        a.get("period") in (None, b.get("period")) or not b.get("period")
    )
