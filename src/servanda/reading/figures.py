"""Document -> figures as drafts: reported quantities of a relation between parties, with period, changes and bases."""

import re
from dataclasses import replace

from servanda.lang.ru_figures import FigureWords, MetricWord, figure_words
from servanda.lang.words import Token
from servanda.model.edtf import shift_years
from servanda.model.reading import Amount
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.clauses import is_finite, is_short, trim
from servanda.reading.document import AmountMention, Document
from servanda.reading.draft import Draft
from servanda.reading.figure_parties import FigureParties
from servanda.reading.figure_times import put_changes, put_period
from servanda.reading.metrics import (
    BASES,
    ENERGY_UNITS,
    Anchor,
    Figure,
    Line,
    Role,
    anchor_of,
    is_verb,
    metric_of,
    read_line,
    role_of,
)
from servanda.reading.scene import Scene
from servanda.reading.units import in_full
from servanda.world.tables import Tables

_TAG = re.compile(
    r"(?:по (?:\w+ )?(?:данным|словам|информации|оценк\w+|сведениям|расчетам|мнению|итогам)|согласно|как )", re.I
)
_CUTS = frozenset({",", ";", "(", "и", "а", "но", "однако", "–", "—"})
_TOPICS = frozenset({"trade", "exports", "imports", "investment", "transit"})
_YEAR = re.compile(r"\d{4}(?!.*\d{4})")
_DEAL_REACH = 5  # words from «контракт на» to the metric that it is about
_RECKONED = frozenset({"оценка", "расчет", "мнение", "подсчет"})  # «по оценке министра, вырастет»: a forecast
_ROUNDED = 0.1  # by which a round number of the headline may differ from the exact one
_OLD = 5  # years after which a quantity is history
_AROUND = 6  # words about a quantity that tell what it is of
_CHAIN = 4  # figures that a passage goes back over to find its topic
_SIDES = frozenset({"с", "со", "из", "в", "во", "на", "от", "между"})  # prepositions of a party of a flow
_WORTH = 4  # words between projects and what they cost: «на общую сумму в»
_HEAD = 6  # words within which a sentence names its subject
_GOAL_REACH = 16  # words between a word of purpose and its amount
_NEXT = 2  # sentences over which a figure goes on


def find_figures(document: Document, tables: Tables | None = None, scene: Scene | None = None) -> list[Draft]:
    """All figures of a document, those told twice once, in the order of the text."""
    tables = tables or Tables.default()
    words = tables.derive(figure_words)
    told = document.page.dateline
    home = tables.derive(_cities).get(told.place or "", "") if told else ""
    reader = _Reader(document, scene or Scene(document, tables), words, home)
    last: Figure | None = None
    asked: Figure | None = None
    for number, sentence in enumerate(document.sentences):
        line = read_line(document, sentence, words)
        if last and (
            number - last.number > _NEXT or document.item_of(sentence) != document.item_of(last.line.sentence)
        ):
            last = None
        for figure in _figures(line, number, last, asked):
            if reader.draft(figure):
                last = figure
        asked = _question(line, number)
        if asked and not reader.draft(asked):
            asked = None
    return _once(reader.drafts)


def _cities(tables: Tables) -> dict[str, str]:
    """The state of each capital, by its name, for the place of a dateline."""
    return {row["city"]: row["code"] for row in tables.rows("cities") if row["kind"] == "capital"}


def _question(line: Line, number: int) -> Figure | None:
    """«Сколько студентов учится у вас?», «Вы вывезли рыбы на...»: what the next sentence will tell the number of."""
    end = line.tokens[-1] if line.tokens else None
    if end is None or line.amounts or not (end.text in ("...", "…") or (end.text == "?" and _asks(line))):
        return None
    nouns = (Anchor(t.index, t.index, line.words.counts[t.lemma]) for t in line.tokens if t.lemma in line.words.counts)
    anchor = line.anchors[0] if line.anchors else next(nouns, None)
    if anchor is None:
        return None
    at = Span(end.start, end.end)
    unknown = AmountMention(at.start, at.end, at, 0, "", "exactly", "", "asked")
    return Figure(line, number, anchor, unknown, target=True)


def _asks(line: Line) -> bool:
    return any(t.lemma in ("сколько", "каков", "какой") for t in line.tokens)


def _answer(line: Line, amount: AmountMention, asked: Figure) -> bool:
    """«— Триста.», «— На 2 млрд евро.»: the number that the sentence before asks for."""
    opening = [t for t in line.tokens[: line.at(amount.start)] if any(c.isalpha() for c in t.text)]
    if amount is not line.amounts[0] or len(opening) > 1 or asked.anchor is None:
        return False
    if asked.anchor.word.form == "count":
        return amount.kind == "count"
    return amount.kind in asked.anchor.word.units


def _figures(line: Line, number: int, last: Figure | None, asked: Figure | None) -> list[Figure]:
    """The figures of a sentence, with those it continues («Это на 21% больше»)."""
    found: list[Figure] = []
    role: Role | None = None
    for amount in line.amounts:
        role = role_of(line, amount, role)
        if role.sort == "none" or _is_of_one_country(line, amount, role):
            continue
        if asked and role.sort == "level" and _answer(line, amount, asked):
            found.append(Figure(line, number, asked.anchor, amount, before=asked))
            continue
        anchor = anchor_of(line, amount, role)
        if anchor and found and _is_item(line, amount, anchor, found[-1]):
            anchor = found[-1].anchor
        current = found[-1] if found else None
        if current and (worth := _worth(line, amount, current)):
            found.append(Figure(line, number, worth, amount, before=current))
            continue
        if _is_target(line, amount, anchor):
            topic = next((a for a in reversed(line.anchors) if a.last < line.at(amount.start)), None)
            anchor = anchor or topic
            if anchor and anchor.word.metric in _TOPICS and not found:
                found.append(Figure(line, number, anchor, amount, before=last, target=True))
            continue
        if role.sort == "change":
            if current and (anchor is None or _is_same(current.anchor, anchor) or current.base):
                owner = next((f for f in reversed(found) if not f.base), current)
                if _is_next(line, amount, owner):
                    found.append(Figure(line, number, owner.anchor, None, changes=[(amount, role)], before=owner))
                else:
                    owner.changes.append((amount, role))
            elif anchor:
                found.append(Figure(line, number, anchor, None, changes=[(amount, role)], before=current or last))
            elif last and not line.anchors and _goes_on(line, amount):
                found.append(
                    Figure(line, number, last.anchor, None, changes=[(amount, role)], before=last, continues=True)
                )
        elif anchor and role.sort == "level" and (told := _untold(found, anchor)):
            told.level = amount
        elif anchor:
            found.append(Figure(line, number, anchor, amount, base=role.sort == "base", before=current or last))
        elif current and _lists_on(line, amount, current):
            found.append(Figure(line, number, current.anchor, amount, base=role.sort == "base", before=current))
        elif last and not current and not line.anchors and _continues(line, amount, last):
            spoken = _topic(last) if line.has("number", 0, line.at(amount.start)) else last
            found.append(Figure(line, number, spoken.anchor, amount, before=spoken))
    return [f for f in found if f.level or f.changes]


def _is_of_one_country(line: Line, amount: AmountMention, role: Role) -> bool:
    """«с ежегодным приростом ВВП на 4%»: a change of what is measured of one country."""
    first = line.at(amount.start)
    return role.sort == "change" and line.has("domestic", max(0, first - _BEFORE_CHANGE), first)


_BEFORE_CHANGE = 3  # tokens


def _told_of(draft: Draft, figure: Figure) -> Draft | None:
    """The figure of the sentence before, of whose amount this sentence tells the change: «Импорт вырос на 38%»."""
    told = figure.before.draft if figure.before and figure.before.line is not figure.line else None
    if told is None or told.get("amount") is None or told.get("changes") or told.get("metric") != draft.get("metric"):
        return None
    if set(told.get("who")) != set(draft.get("who")) or told.get("forecast"):
        return None
    return told if "period" not in draft.evidence or draft.get("period") == told.get("period") else None


def _is_next(line: Line, amount: AmountMention, owner: Figure) -> bool:
    """«вырос на 8%, а с Данией — на 3%», «в мае — на 24%»: a change of another party or time than the owner's."""
    end = owner.last
    first, after = line.at(end), line.at(amount.start)
    if line.low(after - 1) == "на":
        after -= 1
    between = line.tokens[first:after]
    dashed = line.low(after - 1) in ("–", "—", "-", "(")
    moved = any(is_finite(t) and (line.words.has("rise", t) or line.words.has("fall", t)) for t in between)
    if not (dashed or moved):
        return False
    if any(line.words.has("base", t) for t in between) or line.has("base", first - 1, first):
        return False
    parties = [m for m in line.parties if end <= m.start < amount.start and m.codes]
    if any(line.low(line.at(m.start) - 1) in _SIDES or 0 <= after - 1 - line.at(m.end) <= 1 for m in parties):
        return True
    times = [t for t in line.times if end <= t.start < amount.start and t.rule not in BASES and t.edtf]
    return any(t.grain not in ("day", "duration") and line.low(line.at(t.start) - 1) not in ("к", "чем") for t in times)


def _untold(found: list[Figure], anchor: Anchor) -> Figure | None:
    """The figure of a metric that has only its change so far: «упал вдвое — с 10 до 5 млрд»."""
    return next((f for f in reversed(found) if _is_same(f.anchor, anchor) and f.level is None and not f.base), None)


def _worth(line: Line, amount: AmountMention, current: Figure) -> Anchor | None:
    """«реализуется 40 проектов на 14 млрд», «стоимостью 14 млрд»: what the projects counted cost."""
    counted = current.anchor is not None and current.anchor.word.metric == "projects" and current.level is not None
    if not counted or amount.kind != "money" or current.anchor is None or current.level is None:
        return None
    between = line.tokens[line.at(current.level.end) : line.at(amount.start)]
    if not 0 < len(between) <= _WORTH or between[0].text.lower() not in ("на", "общий", "стоимостью", "объемом"):
        return None
    if any(is_verb(t) or t.text == "," for t in between):
        return None
    return Anchor(
        between[0].index, between[-1].index, MetricWord(("стоимость",), "worth", "investment", "any", ("money",))
    )


def _is_of_party(line: Line, anchor: Anchor) -> bool:
    """«на долю Дании», «доля Дании»: a share that does not say of what."""
    after = anchor.last + 1
    return anchor.word.form == "share" and any(m.codes and line.at(m.start) == after for m in line.parties)


def _is_item(line: Line, amount: AmountMention, anchor: Anchor, current: Figure) -> bool:
    """«Дания приняла 30 тысяч беженцев, Норвегия — 20 тысяч»: the same thing counted, its verb or name left out."""
    same = current.anchor is not None and current.anchor.word is anchor.word and current.anchor.word.form == "count"
    return same and (amount.rule == "unit left out" or line.low(line.at(amount.start) - 1) in ("–", "—", "-"))


def _is_same(one: Anchor | None, other: Anchor) -> bool:
    """Whether two anchors name one metric: people may be counted under two nouns («число туристов», «человек»)."""
    if one is None or one is other:
        return one is other
    return one.word.form == other.word.form == "count"


def _is_target(line: Line, amount: AmountMention, anchor: Anchor | None) -> bool:
    """«довести до 5 млрд», «кредит на 3 млн»: an undertaking's amount; «сумма контрактов составила» is none."""
    first = line.at(amount.start)
    low = first
    while low > 0 and line.low(low - 1) != ";" and first - low < _GOAL_REACH:
        low -= 1
    goals = (t for t in line.tokens[low:first] if line.words.has("goal", t) and not _is_epithet(t))
    if any(not _is_reached(t) and not _owes(anchor, t) for t in goals):
        return True
    if anchor is not None and anchor.word.metric == "debt" and _is_repaid(line, first):
        return True
    if line.low(first - 1) in ("–", "—"):  # an item of a list: «Украина – 88»
        low = next((i for i in range(first, low, -1) if line.low(i) == ","), low)
    counted = {line.at(a.core.end) - 1 for a in line.amounts if a.kind == "count"}  # «портфель в 41 проект на 6 млрд»
    deals = (t for t in reversed(line.tokens[low:first]) if line.words.has("deal", t) and t.index not in counted)
    deal = next(deals, None)
    if deal is None:
        return False
    if anchor is not None and anchor.word.form in ("verb", "total") and anchor.last < deal.index:
        return deal.feats.get("Number") != "Plur"  # «вложила в проекты страны 3 млрд»
    if anchor is None or anchor not in line.anchors or not deal.index < anchor.last < first:
        return not _is_many(line, deal, first)
    between = line.tokens[deal.index : anchor.first]
    return len(between) <= _DEAL_REACH and any(t.text.lower() in ("на", "о", "об", "по", "для") for t in between)


def _is_epithet(token: Token) -> bool:
    """«с планируемых 24 до 18 млн тонн»: a goal that only goes with a noun."""
    return token.feats.get("VerbForm") == "Part" and not is_short(token)


def _is_reached(token: Token) -> bool:
    """«доведено до 120», «довели до 5 млрд»: a goal that is behind."""
    return token.lemma in ("довести", "доводить") and (token.feats.get("Tense") == "Past" or is_short(token))


def _is_repaid(line: Line, first: int) -> bool:
    """«долг в 3 млрд должен быть погашен»: what becomes of a debt, told after it."""
    for token in line.tokens[first : first + _GOAL_REACH]:
        if token.text in (";", ","):
            break
        if is_short(token) and line.words.has("goal", token):
            return True
    return False


def _owes(anchor: Anchor | None, token: Token) -> bool:
    """«должен Китаю 2 млрд»: the word of duty is the debt itself."""
    return anchor is not None and anchor.word.metric == "debt" and anchor.first == token.index


def _is_many(line: Line, deal: Token, first: int) -> bool:
    """«инвестиций в проекты — 3 млрд», «сумма сделок достигла»: deals taken together are statistics."""
    plural = deal.feats.get("Number") == "Plur"
    return plural and any(line.words.has("level", t) or t.text in ("–", "—") for t in line.tokens[deal.index : first])


def _is_hoped(figure: Figure) -> bool:
    """«возрастет впятеро, с 1 до 5 млн тонн»: a rise to come that nobody forecasts is a target."""
    line, first = figure.line, figure.line.at(figure.first.start)
    verb = next((t for t in reversed(line.tokens[: line.at(figure.first.core.start)]) if _is_predicate(line, t)), None)
    if verb is None or not _is_future(line, verb):
        return False
    bought = figure.anchor is not None and bool({"поставка", "закупка", "помощь"} & set(figure.anchor.word.lemmas))
    if line.words.has("level", verb) and not bought:
        return False
    own = (t for t in reversed(line.tokens[: verb.index]) if is_finite(t) and not line.words.has("forecast", t))
    start = next((t.index for t in own), 0)
    reckoned = any(t.lemma in _RECKONED and line.low(t.index - 1) == "по" for t in line.tokens[start:first])
    return not (reckoned or line.has("forecast", start, first))


def _is_past(figure: Figure, anchor: Anchor, draft: Draft) -> bool:
    """«поставил в 2020 году»: told in the past of a span longer than a day, or of that of the figure before."""
    verb, period = figure.line.tokens[anchor.first], str(draft.get("period") or "")
    if figure.level is not None and figure.level.kind in ("percent", "share"):
        return True  # «треть газа поступает из Норвегии»
    past = verb.feats.get("Tense") == "Past" or verb.feats.get("VerbForm") == "Part"
    if not past or ".." in period or len(period) == len("2020-01-01"):
        return False
    before = figure.before
    alike = before is not None and before.draft is not None and before.draft.get("metric") == draft.get("metric")
    return "period" in draft.evidence or (alike and bool(period) and not (before and before.target))


def _is_total(figure: Figure, anchor: Anchor, draft: Draft) -> bool:
    """«с 2022 года предоставил», «всего получила», «выделял 2 млн в год»: over a time longer than that of one deed."""
    line, verb = figure.line, figure.line.tokens[anchor.first]
    if verb.feats.get("Aspect") == "Imp":
        yearly = figure.level is not None and figure.level.rate is not None
        return verb.feats.get("Tense") == "Past" and yearly
    lasting = any(t.lemma in ("год", "время") and line.has("since", t.index - 3, t.index) for t in line.tokens)
    lasting = lasting or any(line.low(t.index - 1) == "с" and t.lemma in ("начало", "момент") for t in line.tokens)
    long = any(t.grain in ("span", "year") and t.deadline != "by" and "/" in (t.edtf or "") for t in line.times)
    return lasting or (long and "/" in str(draft.get("period") or "")) or line.has("total", 0, len(line.tokens))


def _goes_on(line: Line, amount: AmountMention) -> bool:
    """«Это на 21% больше», «Рост составил 5%», «На 7% больше, чем в мае»: the sentence speaks of the figure before."""
    opening = [t for t in line.tokens[: line.at(amount.start)] if any(c.isalpha() for c in t.text)]
    if len(opening) <= 1 and not any(is_verb(t) for t in line.tokens):
        return True
    return line.low(0) in ("это", "что", "рост", "прирост", "снижение", "падение", "спад", "показатель", "она", "он")


def _lists_on(line: Line, amount: AmountMention, figure: Figure) -> bool:
    """«в 2017 году — 1809 рублей», «(в 2023-м – 92%)», «китайского — 22%»: a next value of the same sort."""
    level = figure.level
    if level is None or level.unit != amount.unit or level.kind != amount.kind:
        return False
    between = line.tokens[line.at(level.end) : line.at(amount.start)]
    if " ".join(t.text.lower() for t in between[-2:]) in ("из них", "из которых", "том числе"):
        return True
    if any(t.rule == "apart" and level.end <= t.start < amount.start for t in line.times):
        return all(line.words.has("level", t) for t in between if is_verb(t))
    return not any(is_verb(t) for t in between) and any(t.text in ("–", "—", "-", "против", "--") for t in between)


def _continues(line: Line, amount: AmountMention, last: Figure) -> bool:
    """«Годом ранее было около 870 тысяч»: a sentence without a metric that tells the figure of another period."""
    level = last.level
    if level is None or level.unit != amount.unit:
        return False
    first = line.at(amount.start)
    if line.low(0) in ("сейчас", "ныне", "пока") and line.low(1) in ("это", "он", "она"):
        return True
    if _is_ranked(line, amount):
        return True
    verbs = [t for t in line.tokens[:first] if is_verb(t)]
    if _is_foreseen(line, verbs, amount):
        return True
    if verbs and line.words.has("speech", verbs[-1]) and _is_spoken_of(line, verbs[-1], first):
        return True
    times = [t for t in line.times if t.end <= amount.start and t.grain not in ("day", "duration")]
    subjects = [t for t in line.tokens if t.rel.startswith("nsubj") and t.pos in ("NOUN", "PROPN")]
    if any(not line.words.has("number", t) for t in subjects if t.start < amount.start and not _is_sayer(line, t)):
        return False
    if verbs and all(line.words.has("level", t) for t in verbs) and any(_is_it(line, t) for t in line.tokens[:_HEAD]):
        return True
    if line.low(first - 1) == ":" and line.has("number", 0, first):
        return True
    return bool(times) and all(line.words.has("level", t) for t in verbs)


def _is_ranked(line: Line, amount: AmountMention) -> bool:
    """«На втором месте Дания — 3 млрд», «Далее идет Дания (3 млрд)»: the next party of a list, without a metric."""
    before = line.at(amount.start) - 1
    if line.low(before) not in ("–", "—", "-", "(", "с"):
        return False
    if not any(m.codes and line.at(m.end) == before for m in line.parties):
        return False
    return all(line.words.has("ranking", t) for t in line.tokens[:before] if is_verb(t))


def _is_foreseen(line: Line, verbs: list[Token], amount: AmountMention) -> bool:
    """«Ожидается рост до 30 млн», «Он может достичь 4 млн»: what the quantity will be, without its metric."""
    first = line.at(amount.start)
    if not verbs or not (line.words.has("forecast", verbs[-1]) or verbs[-1].lemma == "мочь"):
        return False
    moved = [t for t in line.tokens[verbs[-1].index + 1 : first] if t.pos in ("NOUN", "VERB")]
    if len(moved) == 1 and (line.words.has("rise", moved[0]) or line.words.has("fall", moved[0])):
        return line.low(first - 1) == "до" or line.text(amount.start, amount.core.start).startswith("до")
    inf = len(moved) == 1 and line.words.has("level", moved[0]) and moved[0].feats.get("VerbForm") == "Inf"
    return inf and any(_is_it(line, t) for t in line.tokens[: verbs[-1].index])


def _is_spoken_of(line: Line, verb: Token, first: int) -> bool:
    """«В торгпредстве говорят о 5 млн тонн»: another speaker's number."""
    between = line.tokens[verb.index + 1 : first]
    if not 0 < len(between) <= 3:
        return False
    return between[-1].text.lower() in ("о", "об") or any(line.words.has("number", t) for t in between)


def _is_it(line: Line, token: Token) -> bool:
    """«он превысит»: a pronoun as subject that stands for the figure before."""
    return token.rel.startswith("nsubj") and line.words.has("it", token)


def _topic(figure: Figure) -> Figure:
    """«Ведомство приводит иные цифры»: of what the passage began with, not of its last item."""
    for _ in range(_CHAIN):
        before = figure.before
        if before is None or before.draft is None or before.anchor is None or before.target:
            break
        figure = before
    return figure


def _is_sayer(line: Line, token: Token) -> bool:
    """«Минэкономики приводит иные цифры»: a party that tells the number."""
    return any(m.start <= token.start < m.end for m in line.parties)


class _Reader:
    """Makes drafts of figures."""

    def __init__(self, document: Document, scene: Scene, words: FigureWords, home: str = "") -> None:
        self.document = document
        self.parties = FigureParties(scene, words, home)
        self.words = words
        self.year = document.year
        self.drafts: list[Draft] = []

    def draft(self, figure: Figure) -> bool:
        """Put a figure down if it has its parties; False otherwise."""
        line, anchor = figure.line, figure.anchor
        if anchor is None:
            return False
        who = self.parties.who(figure, anchor)
        if anchor.word.relation == "any" and self._is_domestic(figure, anchor):
            return False
        if who and all(w.code.startswith("name:") for w in who):
            return False
        if len(who) < 2 and not self.parties.is_union(figure, anchor, who):
            return False
        if figure.continues and figure.before and figure.before.draft:
            put_changes(figure.before.draft, figure)
            figure.draft = figure.before.draft
            return True
        draft = Draft("figure", figure.number, self.document.item_of(line.sentence))
        draft.put("quote", None, self._quote(figure), how=How.STATED, rule="figure-clause")
        draft.values["quote"] = draft.evidence["quote"][0].of(self.document.page.text)
        before = figure.before.draft if figure.before else None
        own = (anchor.first < len(line.tokens) and anchor in line.anchors) or anchor.word.form in ("count", "worth")
        own = own and not (figure.before and figure.before.line is not line and figure.before.anchor is anchor)
        metric = metric_of(anchor, figure.level, line) if own or before is None else before.get("metric")
        if not metric and before is not None and _is_of_party(line, anchor):
            metric = before.get("metric")  # «На долю России пришлось 68%» after the trade it is of
        if not metric or _is_hoped(figure):
            return False
        if own:
            words = Span(line.tokens[anchor.first].start, line.tokens[anchor.last].end)
            draft.put("metric", metric, words, how=How.INFERRED, rule=f"metric-{anchor.word.form}")
        else:
            draft.put("metric", metric, how=How.INHERITED, rule="metric-before")
        for w in who:
            draft.add("who", w.code, w.span, how=w.how, rule=w.rule)
        put_period(draft, figure)
        if not figure.base and self._is_history(draft):
            return False
        if figure.level is None and (told := _told_of(draft, figure)):
            put_changes(told, figure)
            figure.draft = told
            return True
        listed = figure.before is not None and figure.before.anchor is anchor
        if anchor.word.form == "dated" and own and not listed and not _is_past(figure, anchor, draft):
            return False
        if anchor.word.form == "total" and own and not _is_total(figure, anchor, draft):
            power = figure.level is not None and figure.level.unit in ENERGY_UNITS
            if not power or not _is_past(figure, anchor, draft):  # «за год передал 2 млрд кВт·ч»
                return False
        if figure.level:
            self._amount(draft, figure.level)
        put_changes(draft, figure)
        self._manner(draft, figure)
        figure.draft = draft
        if not figure.target:
            self.drafts.append(draft)
        return True

    def _is_domestic(self, figure: Figure, anchor: Anchor) -> bool:
        """«ВВП составил», «погибло 200 человек»: a quantity of one country, whoever else the report names."""
        line = figure.line
        first, last = sorted((min(anchor.first, len(line.tokens) - 1), line.at(figure.first.end)))
        return line.has("domestic", first - _AROUND, last + _AROUND // 2)

    def _is_history(self, draft: Draft) -> bool:
        """A period older than five years before the report, or before the last year that it names."""
        period = str(draft.get("period") or "")
        year = None if period.endswith("/..") else _YEAR.search(period)
        return year is not None and self.year is not None and int(year[0]) < self.year - _OLD

    def _amount(self, draft: Draft, level: AmountMention) -> None:
        value = Amount(level.number, in_full(level.unit), "over" if level.high is not None else level.bound)
        spans = [Span(level.start, level.end)]
        if level.bound_span and not spans[0].covers(level.bound_span):
            spans.insert(0, level.bound_span)
        draft.put("amount", value, *spans, how=How.NORMALISED, rule=level.rule.replace(" ", "-"))

    def _manner(self, draft: Draft, figure: Figure) -> None:
        """Forecast and certainty, by the verb before the amount and the words of expectation."""
        line, first = figure.line, figure.line.at(figure.first.start)
        told = [t for t in line.tokens if _is_predicate(line, t)]
        verbs = [t for t in told if t.index < first] or told
        verb = verbs[-1] if verbs and verbs[-1].index < first else verbs[0] if verbs else None
        future = verb is not None and _is_future(line, verb)
        if figure.before and figure.before.line is line and verb is None:
            future = bool(figure.before.draft and figure.before.draft.get("forecast"))
        hint = next((t for t in line.tokens[:first] if self.words.has("forecast", t)), None)
        word = hint or verb
        spans = (Span(word.start, word.end),) if word is not None else ()
        hoped = verb is not None and verb.lemma == "мочь"  # «может достичь»
        draft.put("forecast", bool(future or hint or hoped), *spans, how=How.INFERRED, rule="tense")
        possible = next((t for t in line.tokens[max(0, first - 8) : first] if self.words.has("possible", t)), None)
        if possible is not None:
            here = Span(possible.start, possible.end)
            draft.put("certainty", "possible", here, how=How.INFERRED, rule="possible-word")
        else:
            draft.put("certainty", "stated", how=How.INFERRED, rule="asserted")

    def _quote(self, figure: Figure) -> Span:
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

    def _clause_end(self, line: Line, last: int, figure: Figure) -> int:
        later = [line.at(a.start) for a in line.amounts if line.at(a.start) > last]
        stop = min(later) if later else len(line.tokens)
        for i in range(last + 1, len(line.tokens)):
            token = line.tokens[i]
            if token.text == ";" or (token.text in (",", "–", "—", '"', "»") and line.has("speech", i + 1, i + 4)):
                return i - 1
            if i >= stop or (later and token.text.lower() in _CUTS):
                return max(last, i - 1)
        return len(line.tokens) - 1


_LIST_CUTS = frozenset({",", ";", "(", "и", ")"})


def _is_predicate(line: Line, token: Token) -> bool:
    """A finite verb; «напомним» and «отметим» only turn to the reader."""
    return is_finite(token) and not (token.feats.get("Person") == "1" and line.words.has("speech", token))


def _is_future(line: Line, verb: Token) -> bool:
    if verb.feats.get("Tense") == "Fut" or (verb.feats.get("Tense") == "Pres" and verb.feats.get("Aspect") == "Perf"):
        return True
    return any(line.tokens[i].text.lower().startswith("буд") for i in line.sentence.children[verb.index])


def _once(drafts: list[Draft]) -> list[Draft]:
    """Figures told twice (title and body) once: the later, fuller telling stays."""
    kept: list[Draft] = []
    for draft in drafts:
        twin = next((d for d in kept if _same(d, draft)), None)
        if twin is None and (headline := next((d for d in kept if _is_headline(d, draft)), None)):
            kept[kept.index(headline)] = draft
            _take_changes(draft, headline)
        elif twin is None:
            kept.append(draft)
        elif len(draft.values) + len(draft.get("changes") or []) >= len(twin.values) + len(twin.get("changes") or []):
            kept[kept.index(twin)] = draft
    return kept


def _is_headline(a: Draft, b: Draft) -> bool:
    """«Торговля выросла в 1,7 раза» or «Долг около 200 млн» over the body that tells the number in full."""
    if a.sentence or not b.sentence or (a.item, a.get("metric")) != (b.item, b.get("metric")):
        return False
    if set(a.get("who")) != set(b.get("who")) or a.get("period") not in (None, b.get("period")):
        return False
    x, y = a.get("amount"), b.get("amount")
    if x is None:
        return y is not None and not b.get("changes")
    return (
        y is not None and x.unit == y.unit and x.bound != "exactly" and abs(x.number - y.number) < _ROUNDED * y.number
    )


def _take_changes(draft: Draft, headline: Draft) -> None:
    """What only the headline says of the change."""
    if draft.get("changes"):
        return
    for i, change in enumerate(headline.get("changes") or []):
        period = draft.get("period")
        if change.against is None and period and ".." not in period:
            change = replace(change, against=shift_years(period, -1))
        draft.add("changes", change, *headline.evidence[f"changes/{i}"], how=How.NORMALISED, rule="change")


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
