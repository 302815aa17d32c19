"""Sentence -> what its amounts are: the metric each belongs to, and whether it is a level, a base or a change.

Read from left to right over words: the trees of long sums of clauses («... вырос на 5%, до 3 млрд, против 2 млрд годом
ранее») are too often wrong to lean on.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from servanda.lang.ru_figures import FigureWords, MetricWord
from servanda.lang.words import Sentence, Token
from servanda.reading.clauses import case_of, is_finite, is_short
from servanda.reading.document import AmountMention, Document, PartyMention, TimeMention, starting
from servanda.reading.draft import Draft

M = TypeVar("M", AmountMention, TimeMention, PartyMention)

VERBS = frozenset({"verb", "dated", "total"})  # forms of metric words that are predicates
BASES = frozenset({"apart", "same-period", "year-on-year"})  # rules of times that only compare: «годом ранее»
_FAR = 14  # words between a verb of change and its number
_NEAR = 5  # words between a metric and a sum that hangs on it without a verb: «товарооборот двух стран в 3 млрд»
_DASHES = frozenset({"-", "–", "—", "--", ":"})
_FEW = 100  # fewer people taught or sent are a deed, no statistics
_PLUS = {"+": 1, "плюс": 1, "-": -1, "–": -1, "−": -1, "минус": -1}
_BREAKS = frozenset({";"})
_OIL_AND_GAS = frozenset({"кубометр", "куб. м", "кубический метр", "баррель"})
_POWER = frozenset(f"{u}·ч" for u in ("кВт", "МВт", "ГВт", "ТВт")) | {
    f"{u}ватт-час" for u in ("кило", "мега", "гига", "тера")
}
ENERGY_UNITS = _OIL_AND_GAS | _POWER
_FREIGHT = frozenset({"вагон", "контейнер", "TEU", "судно", "состав", "грузовик", "фура", "поезд"})
_EXTENTS = frozenset({"километр", "км", "метр", "м", "миля", "сантиметр", "мм", "миллиметр", "гектар", "га", "градус"})
_EXCEED = {"превышать": 1, "превысить": 1, "превзойти": 1, "превосходить": 1, "уступать": -1, "отставать": -1}
_BIASPECTUAL = ("инвестировать", "проинвестировать")  # «инвестирует 1 млрд» is a plan
_OWING = "должен"
_SETTLERS = frozenset({"мигрант", "беженец", "переселенец", "гастарбайтер", "вынужденный"})  # no visitors
_SPANS = frozenset({"год", "месяц", "квартал", "полугодие", "неделя", "сезон"})
_BEING = frozenset({"быть", "стать", "оказаться"})
_BLAND = frozenset({"быть", "дать", "прийтись"})  # verbs that tell the quantity of a metric, but of no other noun
_BARE = frozenset({"trade", "transit"})  # metrics that take a sum without a verb: «товарооборот в 3 млрд»


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words `first..last` of a sentence that name a metric."""

    first: int
    last: int
    word: MetricWord


@dataclass(frozen=True, slots=True)
class Role:
    """What an amount is in its figure. `sort`: level, base, change or none; `sign` and the word of a change."""

    sort: str
    sign: int = 1
    word: Token | None = None


@dataclass(slots=True)
class Line:
    """A sentence with its amounts, times, parties and metrics, and its tokens by offset."""

    document: Document
    sentence: Sentence
    words: FigureWords
    amounts: list[AmountMention]
    times: list[TimeMention]
    parties: list[PartyMention]
    starts: list[int]
    anchors: list[Anchor] = field(default_factory=list)

    @property
    def tokens(self) -> list[Token]:
        """The words of the sentence."""
        return self.sentence.tokens

    def at(self, offset: int) -> int:
        """The first token that starts at an offset or after it."""
        return bisect_left(self.starts, offset)

    def low(self, index: int) -> str:
        """A word in small letters; empty outside the sentence."""
        return self.tokens[index].text.lower() if 0 <= index < len(self.tokens) else ""

    def has(self, sort: str, first: int, after: int) -> bool:
        """Whether one of the tokens `first:after` is of a sort of the table."""
        return any(self.words.has(sort, t) for t in self.tokens[max(first, 0) : after])

    def text(self, start: int, end: int) -> str:
        """The words between two offsets, in small letters."""
        return self.document.page.text[start:end].lower()


@dataclass(slots=True)
class Figure:
    """A figure in the making: its level (None where only the change is told), base or not, and its changes."""

    line: Line
    number: int
    anchor: Anchor | None
    level: AmountMention | None
    base: bool = False
    changes: list[tuple[AmountMention, Role]] = field(default_factory=list)
    before: "Figure | None" = None  # from which metric, parties or period may be taken
    continues: bool = False  # adds its changes to the figure before
    target: bool = False  # a goal: no record, but what the next sentences may speak of
    draft: Draft | None = None

    @property
    def first(self) -> AmountMention:
        """The amount that stands for the figure in its sentence."""
        return self.level or self.changes[0][0]

    @property
    def last(self) -> int:
        """Where its last amount ends."""
        return max([self.first.end, *(a.end for a, _ in self.changes)])


def read_line(document: Document, sentence: Sentence, words: FigureWords) -> Line:
    """The sentence with all that is named in it."""
    line = Line(
        document,
        sentence,
        words,
        _within(document.amounts, sentence),
        _within(document.times, sentence),
        _within(document.parties, sentence),
        [t.start for t in sentence.tokens],
    )
    line.anchors = list(_anchors(line))
    return line


def _within(mentions: Sequence[M], sentence: Sentence) -> list[M]:
    return list(starting(mentions, sentence.start, sentence.end))


def _anchors(line: Line) -> Iterator[Anchor]:
    tokens, after = line.tokens, 0
    for index, token in enumerate(tokens):
        if index < after or token.lemma not in line.words.metrics or _is_duty(line, index):
            continue
        word = line.words.metric_at(tokens, index)
        if word is not None and (word.form in VERBS or not _is_named(line, index)):
            after = index + len(word.lemmas)
            yield Anchor(index, after - 1, word)


def _is_named(line: Line, index: int) -> bool:
    """«министерство внешней торговли»: the metric's word is part of a name."""
    before = index - 1
    if before >= 0 and line.words.has("foreign", line.tokens[before]) and line.tokens[before].pos == "ADJ":
        return True
    if before >= 0 and line.tokens[before].pos == "ADJ":
        before -= 1
    if before < 0 or case_of(line.tokens[index]) == "nom":
        return False  # «благодаря соглашению товарооборот вырос»
    return line.words.has("foreign", line.tokens[before])


def _is_duty(line: Line, index: int) -> bool:
    """«должен поставить»: a duty to do something, where «должен соседям 5 млн» is a debt."""
    after = line.tokens[index + 1 : index + _NEAR]
    return line.tokens[index].lemma == _OWING and any(t.feats.get("VerbForm") == "Inf" for t in after)


def is_verb(token: Token) -> bool:
    """A predicate: a finite verb or a short participle."""
    return is_finite(token) or (is_short(token) and token.pos in ("VERB", "AUX", "ADJ"))


def role_of(line: Line, amount: AmountMention, before: Role | None) -> Role:
    """Level, base or change, by the words around; «и на 2%» takes the sign of the change `before` it."""
    if amount.kind == "points":
        return Role("none")
    first, after = line.at(amount.start), line.at(amount.end)
    if amount.kind in ("percent", "times", "share"):
        role = _ratio(line, amount, before)
        return Role("base") if role.sort == "level" and line.low(first - 1) == "против" else role
    by = line.low(first - 1) == "на" or line.text(amount.start, amount.core.start).endswith("на ")
    if by and (_compared(line, after) or _moved(line, first - 1)):
        return Role("none")
    if line.low(first - 1) == "(" and _is_same_change(line, amount, first):
        return Role("none")
    if _is_base(line, amount, first, after):
        return Role("base")
    return Role("level")


def _is_same_change(line: Line, amount: AmountMention, first: int) -> bool:
    """«вырос на 25% (8,3 млрд), до 41 млрд»: the change in absolute numbers, which the level follows."""
    last = next((a for a in reversed(line.amounts) if a.end <= amount.start), None)
    if last is None or last.kind not in ("percent", "times") or line.at(last.end) < first - 1:
        return False
    begin = line.at(last.start)
    later = next((a for a in line.amounts if a.start >= amount.end and a.unit == amount.unit), None)
    return later is not None and line.low(line.at(later.start) - 1) == "до" and _moved(line, begin - 1) is not None


def _ratio(line: Line, amount: AmountMention, before: Role | None) -> Role:
    """Whether a percentage or factor is a change, and of which sign."""
    first, after = line.at(amount.start), line.at(amount.end)
    core = line.at(amount.core.start)
    if (
        line.low(core - 1) in _PLUS
        and line.tokens[core - 1].end + 1 >= amount.core.start
        and not _is_pause(line, core - 1)
    ):
        return Role("change", _PLUS[line.low(core - 1)], line.tokens[core - 1])
    leading = line.text(line.tokens[first - 1].start if first else amount.start, amount.core.start)
    by = leading.startswith("на ") or leading.endswith(" на ") or leading in ("в ", "на ") or amount.rule == "word"
    right = _compared(line, after)
    left = _moved(line, first - 1)
    if left and left[1].feats.get("VerbForm") == "Inf" and not _is_told(line, left[1]):
        left = None  # «решил сократить экспорт на 15%»
    if left and left[1].index == first - 1 and left[1].pos == "VERB" and not line.words.has("level", left[1]):
        return Role("change", *left)  # «прибавил 18%», «прибавив 18%»
    if left and left[1].pos == "VERB" and not by and _is_timed(line, left[1].index + 1, first):
        return Role("change", *left)  # «потерял за год 17%»
    if right and (by or amount.kind == "times"):
        return Role("change", *right)
    if (by or amount.kind == "times") and (moving := _moving(line, after)):
        return Role("change", *moving)
    if left and (by or (left[1].pos == "NOUN" and first - left[1].index <= 3) or amount.kind == "times"):
        return Role("change", *left)
    if amount.kind == "times" and amount.rule == "word" and line.words.has("rise", line.tokens[core]):
        return Role("change", 1, line.tokens[core])
    exceeding = line.tokens[max(0, first - _FAR) : first]
    if amount.kind == "percent" and by and (word := next((t for t in exceeding if t.lemma in _EXCEED), None)):
        return Role("change", _EXCEED[word.lemma], word)  # «это превышает прошлогодний показатель на 10%»
    if before and before.sort == "change" and (by or _is_listed(line, amount, first)):
        return before
    lost = left is not None and left[1].lemma == "потеря" and line.low(after) == "от"  # «потери составили 2% от ВВП»
    if left and left[1].pos == "NOUN" and case_of(left[1]) == "nom" and "до" not in leading and not lost:
        verbs = [t for t in line.tokens[left[1].index : first] if is_verb(t)]
        if all(line.words.has("level", t) for t in verbs) and (verbs or line.low(first - 1) in _DASHES):
            return Role("change", *left)  # «рост экспорта составил 18%»
    if amount.kind == "share" and _share_of(line, core, after):
        return Role("level")
    if amount.kind == "percent" and by and _settles(line, first, after):
        return Role("level")
    if amount.kind == "times" or by:
        return Role("none")
    return Role("level")


def _moving(line: Line, after: int) -> tuple[int, Token] | None:
    """«на 21% вырос экспорт», «в 1,6 раза увеличила экспорт»: the verb of change right of its size."""
    for token in line.tokens[after : after + 2]:
        if is_finite(token):
            sign = 1 if line.words.has("rise", token) else -1 if line.words.has("fall", token) else 0
            return (sign, token) if sign else None
        if token.pos not in ("ADV", "PART", "ADP", "NOUN"):
            return None
    return None


def _is_listed(line: Line, amount: AmountMention, first: int) -> bool:
    """«прирост в Данию составил 24%, в Чехию — 6%»: the next item of a list of changes."""
    last = next((a for a in reversed(line.amounts) if a.end <= amount.start), None)
    if last is None or last.unit != amount.unit or line.low(first - 1) not in _DASHES:
        return False
    return not any(is_verb(t) for t in line.tokens[line.at(last.end) : first])


def _is_timed(line: Line, first: int, after: int) -> bool:
    """Whether the words between are but a time: «прибавил за год 5%»."""
    if line.low(first) == "за" and after - first == 2 and line.tokens[first + 1].lemma in _SPANS:
        return True
    return any(t.grain != "day" and line.at(t.start) <= first + 1 and line.at(t.end) >= after for t in line.times)


def _is_told(line: Line, verb: Token) -> bool:
    """«может вырасти», «удалось нарастить», «позволило увеличить»: an infinitive of what is, was or is foreseen."""
    before = line.tokens[max(0, verb.index - _NEAR) : verb.index]
    return any(line.words.has(sort, t) for t in before for sort in ("able", "forecast", "possible"))


def _settles(line: Line, first: int, after: int) -> bool:
    """«расчеты на 90% ведутся в рублях»: a share of what is paid, between its noun and its verb."""
    owned = any("percent" in a.word.units and a.last < first and a.word.form == "noun" for a in line.anchors)
    return owned and any(line.words.has("stock", t) and is_verb(t) for t in line.tokens[after : after + 2])


def _is_pause(line: Line, index: int) -> bool:
    """A dash set off by blanks on both sides parts, it does not subtract."""
    token = line.tokens[index]
    return token.text in ("-", "–", "—") and index + 1 < len(line.tokens) and line.tokens[index + 1].start > token.end


def _compared(line: Line, after: int) -> tuple[int, Token] | None:
    """«(на 5%) больше, ниже» right of an amount."""
    for token in line.tokens[after : after + 2]:
        if token.text.lower() in ("больше", "выше", "более"):
            return 1, token
        if token.text.lower() in ("меньше", "ниже", "менее"):
            return -1, token
    return None


def _moved(line: Line, index: int) -> tuple[int, Token] | None:
    """The nearest word of rise or fall left of an amount, in its clause."""
    for i in range(index, max(-1, index - _FAR), -1):
        token = line.tokens[i]
        if token.text in _BREAKS:
            return None
        for sort, sign in (("rise", 1), ("fall", -1)):
            if line.words.has(sort, token):
                return sign, token
        if is_verb(token) and i < index and not line.words.has("level", token):
            return None
    return None


def _is_base(line: Line, amount: AmountMention, first: int, after: int) -> bool:
    """«против 2 млрд годом ранее», «с 2 до 3 млрд», «(годом ранее — 2 млрд)»."""
    if line.low(first - 1) == "против" or (line.low(first - 1) in ("с", "со") and line.low(after) == "до"):
        return True
    following = next((t for t in line.times if t.start >= amount.end), None)
    if following is None or following.rule not in BASES:
        return False
    return line.text(amount.end, following.start).strip() in ("", "за")


def anchor_of(line: Line, amount: AmountMention, role: Role) -> Anchor | None:
    """The metric that an amount measures: before it with a verb of level or a dash between, or after it."""
    first, after = line.at(amount.core.start), line.at(amount.end)
    if amount.kind in ("percent", "share") and role.sort == "level" and (whole := _share_of(line, first, after)):
        return whole
    if role.sort == "change" and (subject := _subject(line, role)):
        return subject
    if role.sort != "change" and (named := _named_after(line, amount, role, first, after)):
        return named
    for anchor in reversed([a for a in line.anchors if a.last < first]):
        if role.word is not None and anchor.first == role.word.index:
            continue  # «экспорт потерял 17%»
        if _fits(line.words, anchor, amount, role) and _joined(line, anchor, first, amount, role):
            return anchor
    for anchor in line.anchors:
        if (
            anchor.first >= after
            and _fits(line.words, anchor, amount, role)
            and _joined_after(line, anchor, first, after)
        ):
            return anchor
    if role.sort == "change":
        return _moved_object(line, amount, role, after) or _tallied(line, first)
    if role.sort == "level" and line.low(after) == "из":  # «1 млн из 3 млн долга»
        of = next((a for a in line.amounts if line.at(a.start) == after + 1 and a.unit == amount.unit), None)
        if of is not None:
            return anchor_of(line, of, role)
    return (_counted(line, amount, first, after) or _spoken(line, amount, first)) if role.sort == "level" else None


def _subject(line: Line, role: Role) -> Anchor | None:
    """«Импорт, на который приходится 95% торговли, упал на 8%»: the metric that the verb of change has as subject."""
    verb = role.word
    if verb is None or not is_finite(verb) or len(line.anchors) < 2:
        return None
    subjects = [i for i in line.sentence.children[verb.index] if line.tokens[i].rel.startswith("nsubj")]
    own = next((a for a in line.anchors if a.word.form == "noun" and a.first in subjects), None)
    if own is None or not any(t.lemma == "который" for t in line.tokens[own.last + 1 : verb.index]):
        return None
    return own


def _moved_object(line: Line, amount: AmountMention, role: Role, after: int) -> Anchor | None:
    """«увеличил на треть транзит газа»: what was moved follows the size of its change."""
    verb = role.word
    if verb is None or verb.pos != "VERB" or verb.start > amount.start or amount.kind == "points":
        return None
    near = next((a for a in line.anchors if after <= a.first <= after + 2 and a.word.form == "noun"), None)
    if near is None or case_of(line.tokens[near.first]) not in ("acc", "nom"):
        return None
    return near if all(t.pos in ("ADJ", "DET") for t in line.tokens[after : near.first]) else None


def _named_after(line: Line, amount: AmountMention, role: Role, first: int, after: int) -> Anchor | None:
    """«$60 млрд приходится на поставки, 5 млрд на импорт», «из них 2 млрд — поставки из Индии»."""
    near = next((a for a in line.anchors if after < a.first <= after + 3 and _fits(line.words, a, amount, role)), None)
    if near is None or near.word.form in VERBS:
        return None
    if line.low(after) == "на":
        verb = next((t for t in reversed(line.tokens[:first]) if is_verb(t)), None)
        return near if verb is None or _tells(line, verb) else None
    if line.low(after) in _DASHES and case_of(line.tokens[near.first]) == "nom":
        free = all(t.pos in ("ADJ", "DET") for t in line.tokens[after + 1 : near.first])
        return near if free else None
    return None


def _share_of(line: Line, first: int, after: int) -> Anchor | None:
    """«24% внешней торговли», «90% экспорта»: a share of the metric that follows in the genitive."""
    for anchor in line.anchors:
        if after <= anchor.first <= after + 3 and anchor.word.form == "noun":
            between = line.tokens[after : anchor.first]
            if case_of(line.tokens[anchor.first]) == "gen" and all(t.pos in ("ADJ", "DET", "PRON") for t in between):
                return anchor
    return None


def _fits(words: FigureWords, anchor: Anchor, amount: AmountMention, role: Role) -> bool:
    """Whether such an amount can measure such a metric."""
    if role.sort == "change":
        return anchor.word.form != "count"
    if amount.kind == "count" and anchor.word.form == "verb" and anchor.word.metric == "other" and amount.number < _FEW:
        return False  # «выпустил две книги»
    if amount.kind == "count" and anchor.word.form == "verb" and anchor.word.metric == "traffic":
        return amount.unit in words.counts
    if amount.kind in ("percent", "share"):
        told = anchor.word.form == "dated" and "percent" in anchor.word.units  # «треть газа поступает из Алжира»
        return told or anchor.word.form == "share" or amount.kind in anchor.word.units
    return amount.kind in anchor.word.units or ("freight" in anchor.word.units and amount.unit in _FREIGHT)


def _joined(line: Line, anchor: Anchor, first: int, amount: AmountMention, role: Role) -> bool:
    """Whether the words between a metric and an amount after it make it the metric's own."""
    inner = line.tokens[anchor.last + 1 : first]
    if any(t.text in _BREAKS for t in inner):
        return False
    verbs = [t for t in inner if is_verb(t) or t.feats.get("VerbForm") in ("Conv", "Inf") or _is_epithet(line, t)]
    if role.word is not None and role.word.index >= first and role.word.feats.get("VerbForm") == "Inf":
        verbs.append(role.word)  # «может удвоиться»
    if anchor.word.form in VERBS:
        on = line.low(line.at(amount.start) - 1) == "на"
        lent = anchor.word.form == "total" and on and any(_is_deal(line, t) for t in line.tokens[:first])
        return not verbs and not lent and _is_done(line, anchor.first)
    dash = line.low(line.at(amount.start) - 1)
    if verbs and dash in _DASHES and dash != ":":
        return True
    if verbs and anchor.word.metric == "other" and is_short(verbs[-1]) and not line.words.has("level", verbs[-1]):
        return False  # «скидка уменьшена до 12%»: a deed
    if verbs:
        return _tells(line, verbs[-1]) or (len(verbs) > 1 and role.sort == "change" and _tells(line, verbs[-2]))
    start = next((i for i in range(anchor.first, 0, -1) if line.low(i - 1) in (":", ";")), 0)
    earlier = [t for t in line.tokens[start : anchor.first] if is_verb(t)]
    if any(t.text in (*_DASHES, ",") for t in inner) and line.low(first - 1) == "до":
        return True  # «отмечен рост на 5% – до 3 млрд»
    if any(t.text in _DASHES for t in inner):
        if line.has("peak", start, anchor.first):
            return True  # «установил рекорд поставок — 614 млн»
        return not earlier or _tells(line, earlier[-1]) or line.low(anchor.first - 1) in (",", "а", "и", "что")
    if role.sort == "change":
        return role.word is not None
    if amount.kind == "percent" and line.low(first - 1) == "на":
        return True  # by `_settles`
    if anchor.word.form == "share" and len(inner) <= 1:
        return True  # «с долей 38%»
    if earlier and is_finite(earlier[-1]) and role.sort == "level" and _leads_to(line, amount):
        return len(inner) <= _FAR and _tells(line, earlier[-1])  # «сократила поставки угля с 24 до 18 млн тонн»
    if anchor.word.metric == "debt" and len(inner) <= _NEAR:
        return True  # «оставив соседям долг в 37 млн»
    if line.has("sum", first - 2, first):
        return not earlier or not line.has("goal", 0, first)
    if earlier and line.words.has("level", earlier[-1]) and earlier[-1].lemma != "быть" and len(inner) <= 3:
        return True
    return anchor.word.metric in _BARE and len(inner) <= _NEAR and (not earlier or _tells(line, earlier[-1]))


def _is_deal(line: Line, token: Token) -> bool:
    """One loan or grant; several are statistics: «с 1999 года выделил девять кредитов на 120 млн»."""
    return line.words.has("deal", token) and token.feats.get("Number") != "Plur"


def _leads_to(line: Line, amount: AmountMention) -> bool:
    """«до 18 млн»: the number that was reached; what is so much a day, or since a day, is a deed."""
    daily = amount.rate is not None or any(t.grain == "day" for t in line.times)
    return line.low(line.at(amount.core.start) - 1) == "до" and not daily


def _is_epithet(line: Line, token: Token) -> bool:
    """«торговля, составлявшая 100 млн»: a participle of level that its number follows."""
    return token.feats.get("VerbForm") == "Part" and line.words.has("level", token)


def _is_done(line: Line, index: int) -> bool:
    """A predicate, or the infinitive of a deed done: «успела выбрать»."""
    token = line.tokens[index]
    if token.feats.get("Tense") == "Pres" and token.lemma in _BIASPECTUAL:
        return False
    return (
        is_verb(token)
        or (token.feats.get("VerbForm") == "Conv" and token.feats.get("Tense") == "Past")
        or token.lemma == _OWING
        or (token.feats.get("VerbForm") == "Inf" and line.has("able", index - 1, index))
    )


def _tells(line: Line, verb: Token) -> bool:
    """A verb of level or change, or one that foresees them."""
    return any(line.words.has(sort, verb) for sort in ("level", "rise", "fall", "forecast"))


def _joined_after(line: Line, anchor: Anchor, first: int, after: int) -> bool:
    """«$60 млрд приходится на поставки», «на 21% вырос экспорт», «перевезено»: the metric follows its amount."""
    inner = line.tokens[after : anchor.first]
    if not inner and "percent" in anchor.word.units:
        return True
    if any(t.text in _BREAKS or t.text == "," for t in inner) or len(inner) > _NEAR:
        return False
    verbs = [t for t in inner if is_verb(t)]
    if anchor.word.form in VERBS:
        return not verbs and _is_done(line, anchor.first)
    if all(t.pos in ("ADJ", "DET") for t in inner) and case_of(line.tokens[anchor.first]) == "gen":
        earlier = next((t for t in reversed(line.tokens[:first]) if is_verb(t)), None)
        if anchor.word.metric == "debt":
            return True  # «признает 11 млн долга»
        return earlier is not None and (_tells(line, earlier) or line.words.has("inflow", earlier))
    return bool(verbs) and _tells(line, verbs[-1])


def _spoken(line: Line, amount: AmountMention, first: int) -> Anchor | None:
    """«Запасы газа ... составляют 2 трлн куб. м»: whatever noun is the subject of a verb of level."""
    if amount.kind not in ("money", "measure", "percent") or amount.unit in _EXTENTS:
        return None
    verb = next((t for t in reversed(line.tokens[max(0, first - 12) : first]) if is_verb(t)), None)
    to = "до" in line.text(amount.start, amount.core.start).split()
    end = line.at(amount.end)
    if (
        verb is not None
        and any(verb.end <= a.start and a.end <= amount.start for a in line.amounts)
        and any(is_verb(t) for t in line.tokens[end : end + 3])
    ):
        return None  # the verb has its number: «оценивается в 9 млрд, при этом 60% перевозят по реке»
    if verb is None or verb.lemma in _BLAND or not (line.words.has("level", verb) or (to and _tells(line, verb))):
        return None
    subjects = (line.tokens[i] for i in line.sentence.children[verb.index] if i < first)
    subject = next((t for t in subjects if t.rel.startswith("nsubj") and t.pos == "NOUN"), None)
    if subject is None or (line.words.has("loan", subject) and subject.feats.get("Number") != "Plur"):
        return None  # «кредит составит»: a deed; «кредиты достигли»: statistics
    return Anchor(subject.index, subject.index, MetricWord((subject.lemma,), "noun", "other", "any", ()))


def _counted(line: Line, amount: AmountMention, first: int, after: int) -> Anchor | None:
    """«обучаются 300 студентов»: what is counted is the metric, where a verb of standing is near."""
    word = line.words.counts.get(amount.unit.replace("ё", "е"))
    if word is None and any(p.kind == "people" and _is_of(line, p, amount) for p in line.parties):
        word = line.words.counts.get("гражданин")
    if word is None or amount.kind != "count" or line.low(line.at(amount.start) - 1) == "из":
        return None
    near = line.tokens[max(0, first - 12) : first] + line.tokens[after : after + 10]
    tallied = line.has("tally", 0, first) and any(_tells(line, t) or t.text in _DASHES for t in near)
    based = word.metric == "other" and any(t.lemma in ("составлять", "составить") for t in near)
    verbs = [t for t in near if line.words.has("stock", t) and is_verb(t) and not _takes_part(line, t)]
    if not line.has("forecast", 0, after):
        verbs = [t for t in verbs if t.feats.get("Tense") != "Fut"]  # «прибудут 25 машин»: what is to be done
    standing = bool(verbs)
    was = line.tokens[line.at(amount.start) - 1] if line.at(amount.start) else None
    told = was is not None and was.lemma in _BEING and amount.rule == "counted before"  # «туристов было 50 тысяч»
    standing = standing or told or _is_there(line, first, after)
    if not (tallied or based or standing):
        return None
    if word.metric == "people" and amount.number < _FEW and not _is_compared(line, amount):
        return None
    last = max(first, after - 1)
    return Anchor(last, last, word)


def _is_compared(line: Line, amount: AmountMention) -> bool:
    """«выслали 74 человека, вдвое меньше, чем в 2018-м»: few, but counted by the year."""
    later = (a for a in line.amounts if a.start >= amount.end and a.kind in ("times", "percent"))
    return any(_compared(line, line.at(a.end)) for a in later)


def _is_of(line: Line, people: PartyMention, amount: AmountMention) -> bool:
    """«33 тысячи россиян», «число россиян достигло 33 тысяч»: the people are what is counted."""
    return amount.start <= people.start < amount.end or line.tokens[line.at(people.start)].lemma == amount.unit.replace(
        "ё", "е"
    )


def _is_there(line: Line, first: int, after: int) -> bool:
    """«Сейчас в портфеле банка 15 проектов»: a sentence without a verb that says how many are there."""
    near = line.tokens[:first] + line.tokens[after : after + 10]
    if not line.has("place", 0, first) or any(is_verb(t) for t in near):
        return False
    return line.low(first - 1) not in _DASHES and not any(t.text in (":", ";") for t in line.tokens[:first])


def _takes_part(line: Line, verb: Token) -> bool:
    """«приняли участие 300 человек» tells an event, no stock of people."""
    return line.low(verb.index + 1) == "участие" or line.low(verb.index - 1) == "участие"


def _tallied(line: Line, first: int) -> Anchor | None:
    """«число туристов выросло на 5%», «студентов стало на 12% меньше»: of those who are counted."""
    verb = next((t for t in reversed(line.tokens[max(0, first - _FAR) : first]) if is_verb(t)), None)
    if verb is None or not (_tells(line, verb) or verb.lemma in ("стать", "быть")):
        return None
    for token in reversed(line.tokens[max(0, verb.index - _FAR) : verb.index]):
        word = line.words.counts.get(token.lemma)
        if word and token.feats.get("Number") == "Plur" and case_of(token) == "gen":
            counted = line.has("tally", token.index - 4, token.index) or verb.lemma in ("стать", "быть")
            return Anchor(token.index, token.index, word) if counted else None
    return None


def metric_of(anchor: Anchor, amount: AmountMention | None, line: Line) -> str:
    """The metric of a figure: energy by what is measured, what a share is of ("" for none), else the anchor's own."""
    if anchor.word.form == "share":
        whole = (a for a in line.anchors if a.word.form in ("noun", "partner"))
        nouns = [a for a in whole if a.word.form == "partner" or a.word.relation != "any"]
        inner = [a for a in nouns if anchor.last < a.first <= anchor.last + 6] or nouns
        return inner[0].word.metric if inner else ""
    if anchor.word.form == "count" and anchor.word.metric == "people" and line.has("visit", 0, len(line.tokens)):
        return anchor.word.metric if anchor.word.lemmas[0] in _SETTLERS else "traffic"
    if anchor.word.form == "dated" and line.has("mutual", anchor.first, anchor.first + _NEAR):
        return "trade"
    if anchor.word.metric == "other" and amount and amount.kind in ("percent", "share"):
        fuel = line.has("fuel", anchor.first - _NEAR, line.at(amount.end) + _NEAR)
        return "energy" if fuel else anchor.word.metric
    if anchor.word.metric in ("exports", "imports", "transit") and amount:
        oil = (
            amount.unit == "тонна"
            and anchor.word.metric != "transit"
            and line.has("fuel", anchor.first, line.at(amount.end) + _NEAR)
        )
        return "energy" if oil or amount.unit in ENERGY_UNITS else anchor.word.metric
    if anchor.word.form == "total" and amount and amount.unit in ENERGY_UNITS:
        return "energy"  # «передал 2 млрд кВт·ч»
    return anchor.word.metric
