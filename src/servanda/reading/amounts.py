"""Clean text and its sentences -> numbers with their units, bounds and rates, in order.

The text is cut into pieces (numbers, words, signs) by one pass of a regular expression; each place where a number can
start is then read forward (number, range, unit, rate) and backward (currency sign, bound).
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from servanda.lang.ru_amounts import AmountWords, amount_words
from servanda.lang.words import Token
from servanda.model.spans import Span
from servanda.reading.document import AmountMention
from servanda.reading.named import Words
from servanda.reading.numbers import (
    Number,
    View,
    cardinal_at,
    cut_pieces,
    joined,
    number_at,
    number_end,
    phrase_before,
    piece_at,
    tidy,
)
from servanda.reading.units import NOTHING, Found, compound_of, left_out, sign_at, unit_of
from servanda.world.tables import Tables

_PER = r"(?:куб\. ?м|кубометров|кубометр|тонну|баррель|литр|килограмм|штуку|единицу|унцию|кВт·ч|тонн|человека)"
_RATE = re.compile(
    r"(?:\s+[а-яё-]+){0,3}?\s*,?\s*("
    r"\bв (?:(?:один |календарный )?год|сутки|месяц|день|час|неделю|квартал|смену|минуту|секунду)|годовых|ежегодно"
    r"|ежемесячно|ежесуточно|ежедневно|еженедельно"
    r"|за (?:одну |один |каждую |каждый )?(?:(?:тыс\.?|тысячу|миллион|млн|1000|тысячи) )?"
    + _PER
    + r"|на (?:душу населения|человека))(?![а-яё])"
)
_PREPOSITIONS = frozenset({"на", "в", "во", "по", "с", "со", "о", "об", "за", "из", "у", "к", "при"})
_DASHES = frozenset("-–—‑−")
_COMPARED = frozenset({"больше", "меньше", "выше", "ниже", "дороже", "дешевле"})  # «больше на 5%» tells no bound
_PAST_MARK = frozenset({"перевалить", "переваливать"})  # «перевалил за миллион»; ports «перевалили 5 млн тонн»
_BESIDE = 4  # tokens of the sentences before and after an amount's own that are asked for
_REACH = 6  # pieces between a verb that carries the bound and its number
_GOAL_REACH = 20  # pieces between «увеличить» and «до»
_NAMED_BEFORE = ("второй", "первый", "третий", "четвертый", "один", "другой", "последний", "больший", "меньший", "оба")


def find_amounts(text: str, sentences: Sequence[Words], tables: Tables) -> list[AmountMention]:
    """Every amount in the sentences, in order. Offsets count the clean text."""
    lexicon = tables.derive(amount_words)
    low = _low(text)
    tokens, stretches = _worth_reading(sentences, lexicon)
    view = View(
        text,
        low,
        lexicon,
        [p for start, end in stretches for p in cut_pieces(low, start, end)],
        tokens,
        [t.start for t in tokens],
        {t.start: t for t in tokens},
        [(w.sentence.start, w.sentence.end) for w in sentences],
    )
    after = 0
    for i in _openings(view):
        if i >= after:
            after = _read_at(view, i)
    return view.found


def _low(text: str) -> str:
    """Lower case, «ё» as «е», letter for letter."""
    low = text.lower()
    if len(low) != len(text):  # «İ» has two letters in lower case
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.replace("ё", "е")


def _worth_reading(sentences: Sequence[Words], lexicon: AmountWords) -> tuple[list[Token], list[tuple[int, int]]]:
    """The tokens of sentences in which an amount may open, with the few beside them; and the stretches to be cut."""
    tokens: list[Token] = []
    stretches: list[tuple[int, int]] = []
    before: list[Token] = []  # of the sentences that were passed over
    after = 0  # how many tokens are still wanted
    for words in sentences:
        sentence = words.sentence
        if may_hold_amount(words, lexicon) or "сколько" in words.forms:
            stretches += [(t.start, t.end) for t in before[-_BESIDE:]]
            stretches.append((sentence.start, sentence.end))
            tokens += (*before[-_BESIDE:], *sentence.tokens)
            before, after = [], _BESIDE
        else:
            beside = sentence.tokens[:after]
            stretches += [(t.start, t.end) for t in beside]
            tokens += beside
            after -= len(beside)
            before += sentence.tokens[len(beside) :][-_BESIDE:]
    return tokens, stretches


def may_hold_amount(words: Words, lexicon: AmountWords) -> bool:
    """Whether an amount may open in a sentence: it has a digit, or a word with which one may begin."""
    if words.figures or not words.forms.isdisjoint(lexicon.openers):
        return True
    return not lexicon.times.keys().isdisjoint(words.sentence.lemmas)


def _openings(view: View) -> list[int]:
    """The pieces that an amount can start at."""
    openers = view.words.openers
    times = {t.start for t in view.tokens if t.lemma in view.words.times}
    return [
        i for i, (kind, start, _, low) in enumerate(view.pieces) if kind == "number" or low in openers or start in times
    ]


def _read_at(view: View, i: int) -> int:
    """Note the amount that starts at a piece, if one does, and say at which piece to go on."""
    if view.pieces[i].kind == "word":
        word = _factor(view, i) or _share(view, i)
        if word:
            view.found.append(word)
            return piece_at(view, word.end)
    number = number_at(view, i)
    return _amount(view, number) if number else i + 1


def _amount(view: View, number: Number) -> int:
    """Note the amount that a number begins, alone, with a range or with the next number's unit; the piece after."""
    found = compound_of(view, number) or unit_of(view, number)
    if found is NOTHING:
        return number.after
    joint, second = _second(view, number, found)
    if second is None:
        found = found or left_out(view, number)
        return _note(view, number, found) if found else number.after
    other = unit_of(view, second) or left_out(view, second) or found
    if other is None or other is NOTHING:
        return number.after
    if joint == "range":
        low = _scaled_like(number, second) if found is None or found.unit == other.unit else number
        return _note(view, low, other, second)
    if (found is None or joint == "list") and number.bare:
        number = _scaled_like(number, second)
    return _note(view, number, found or replace(other, end=number_end(view, number), rule="unit of the next"))


def _second(view: View, number: Number, found: Found | None) -> tuple[str, Number | None]:
    """The number that ends a range («5-7», «от 5 до 7») or a movement («с 5 до 7»), and which of them it is."""
    k = piece_at(view, found.end) if found else number.after
    joint = view.low(k)
    before = view.low(number.first - 2 if sign_at(view, number.first - 1) else number.first - 1)
    sort = ""
    if joint in _DASHES and (found is None or found.kind == "percent" or found.rule == "sign before"):
        sort = "range"
    elif joint in ("и", "или") and found is not None and found.rule == "sign before" and number.factor == 1:
        sort = "list"
    elif joint == "до" and before in ("от", "с", "со"):
        sort = "range" if before == "от" else "movement"
    if not sort:
        return "", None
    k += 1
    if sign_at(view, k):
        k += 1
    second = number_at(view, k)
    if second is not None and found is not None and found.kind == "percent" and joint in _DASHES:
        other = unit_of(view, second)
        if other is None or other.kind != "percent":
            return "", None  # «на 1,2% - девяти месяцев 2019 года»
    if second is None or (sort == "range" and _scaled_like(number, second).value >= second.value):
        return "", None
    return sort, second


def _scaled_like(number: Number, second: Number) -> Number:
    """«1,3 до 1,6 млрд»: the first number takes the scale of the second, where it has none and stays below."""
    if number.factor == 1 and second.factor > 1 and number.value < 1000:
        return replace(number, value=tidy(number.value * second.factor), bare=False, factor=second.factor)
    return number


def _note(view: View, number: Number, found: Found, second: Number | None = None) -> int:
    """Build the mention, add it, and say at which piece to go on."""
    first = number.first
    sign = sign_at(view, first - 1)
    core_start = view.pieces[first - 1 if sign else first].start
    if found.unit == "раз" and view.low(first - 1) not in ("в", "чем") and found.rule != "compound":
        return number.after
    bound, start, bound_span = _bound(view, first - 1 if sign else first, found, second is not None)
    end = max(found.end, number_end(view, second or number))
    bound, end = _bound_after(view, bound, end)
    rate = _RATE.match(view.text, found.end, view.sentence(found.end - 1)[1])
    view.found.append(
        AmountMention(
            start=start,
            end=end,
            core=Span(core_start, max(found.end, number_end(view, second or number))),
            number=tidy(number.value),
            unit=found.unit,
            bound="over" if second else "about" if number.about and bound == "exactly" else bound,
            kind=found.kind,
            rule=found.rule,
            high=tidy(second.value) if second else None,
            rate=Span(*rate.span(1)) if rate else None,
            bound_span=bound_span,
        )
    )
    return piece_at(view, max(end, rate.end(1)) if rate else end)


def _factor(view: View, i: int) -> AmountMention | None:
    """«вдвое», «удвоить», «двукратный»."""
    value = view.words.times.get(view.low(i)) or view.words.times.get(view.lemma(i))
    return _word_mention(view, i, value, "раз", "times") if value else None


def _share(view: View, i: int) -> AmountMention | None:
    """«на треть», «половину», «две трети», «пятую часть», «полпроцента»; not «первая половина года»."""
    low, words = view.low(i), view.words
    if low in words.percents:
        return _word_mention(view, i, words.percents[low], "%", "percent")
    value, last = words.shares.get(low), i
    if value is None and (part := words.shares.get(f"{low} {view.low(i + 1)}")):
        return _word_mention(view, i, part, "%", "share", i + 1)  # «пятая часть»
    if value is None and view.low(i + 1) and (two := cardinal_at(view, i)) and two[0] in (2, 3, 4):
        value, last = words.shares.get(view.low(two[1])), two[1]
        value = value * two[0] if value and two[0] * value < 100 else None
    if not value or view.lemma(i - 1) in _NAMED_BEFORE or view.lemma(last + 1) in words.stops:
        return None
    if view.low(i - 1) == "с" and low == "половиной":
        return None
    token = view.token(last)
    if token is not None and token.feats.get("Number") == "Plur" and last == i:
        return None
    return _word_mention(view, i, round(value, 1), "%", "share", last)


def _word_mention(view: View, i: int, value: float, unit: str, kind: str, last: int | None = None) -> AmountMention:
    end = view.pieces[i if last is None else last].end
    found = Found(unit, kind, end, "word")
    bound, start, bound_span = _bound(view, i, found, False)
    core = Span(view.pieces[i].start, end)
    return AmountMention(start, end, core, tidy(value), unit, bound, kind, "word", bound_span=bound_span)


def _bound(view: View, first: int, found: Found, is_range: bool) -> tuple[str, int, Span | None]:
    """(bound, where it starts, the span of the words that carry it) by what stands before the piece `first`."""
    start = view.pieces[first].start
    phrase = phrase_before(view, first)
    if phrase is None and view.low(first - 1) in _PREPOSITIONS and view.low(first - 2) not in _COMPARED:
        phrase = phrase_before(view, first - 1)
    if phrase is None:
        return _bound_of_verb(view, first)
    bound, at = phrase
    word = view.low(first - 1)
    if word == "до" and at == first - 1 and _is_goal(view, at):
        return "exactly", start, None
    if (
        word == "от"
        and at == first - 1
        and not is_range
        and view.low(at - 1) in ("%", "отказ", "часть", "доля", "доли")
    ):
        return "exactly", start, None
    piece = view.pieces[at]
    return bound, piece.start, Span(piece.start, view.pieces[first - 1].end)


def _is_goal(view: View, at: int) -> bool:
    """Whether the «до» at a piece names the value reached: «довести до», «с 30 до 50», «вырос до»."""
    start = view.sentence(view.pieces[at].start)[0]
    if view.found and view.found[-1].core.start >= start and view.pieces[at - 1].end == view.found[-1].end:
        first = piece_at(view, view.found[-1].core.start)
        if view.low(first - 1) in ("с", "со"):
            return True
    for i in range(at - 1, max(-1, at - _GOAL_REACH), -1):
        if view.pieces[i].start < start or view.low(i) in (";", ":"):
            break
        if view.lemma(i) in view.words.goals:
            return True
        word = view.token(i)
        if word is not None and word.pos == "VERB" and view.low(i - 1) != "," and word.feats.get("VerbForm") != "Part":
            return False  # «закупает до 400 млн»: a limit, whatever rises elsewhere in the sentence
    token = view.token(at)
    return token is not None and any(t.lemma in view.words.goals for t in _governors(view, token))


def _governors(view: View, token: Token) -> list[Token]:
    """The words that a token hangs on, up to four steps."""
    i = bisect_left(view.token_starts, token.start)
    base, out = i - token.index, list[Token]()
    while token.head >= 0 and len(out) < 4 and base + token.head < len(view.tokens):
        token = view.tokens[base + token.head]
        out.append(token)
    return out


def _bound_of_verb(view: View, first: int) -> tuple[str, int, Span | None]:
    """«превысил в прошлом году $680 млн»: the verb carries the bound; «не превысит» turns it round."""
    start = view.pieces[first].start
    begin = view.sentence(start)[0]
    for i in range(first - 1, max(-1, first - 1 - _REACH), -1):
        piece = view.pieces[i]
        if (
            piece.start < begin
            or piece.low in (",", ";", "(")
            or piece.kind == "number"
            or (piece.low == "на" and i == first - 1)
        ):
            break
        bound = view.words.verbs.get(view.lemma(i))
        if bound and (view.lemma(i) not in _PAST_MARK or view.low(first - 1) == "за"):
            negated = view.low(i - 1) == "не"
            span = Span(view.pieces[i - 1].start if negated else piece.start, piece.end)
            return "under" if negated else bound, span.start if i == first - 1 else start, span
    return "exactly", start, None


def _bound_after(view: View, bound: str, end: int) -> tuple[str, int]:
    """«5 млн с лишним», «100 и более»."""
    i = piece_at(view, end)
    for n in (2, 1):
        words = joined(view, i, i + n)
        if words in view.words.after and i + n <= len(view.pieces):
            return view.words.after[words], view.pieces[i + n - 1].end
    return bound, end
