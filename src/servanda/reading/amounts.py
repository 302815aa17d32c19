"""Clean text and its sentences -> numbers with their units, bounds and rates, in order.

The text is cut into pieces (numbers, words, signs) by one pass of a regular expression; each place where a number can
start is then read forward (number, range, unit, rate) and backward (currency sign, bound).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from servanda.lang.ru_amounts import AmountWords, Unit, amount_words, first_word
from servanda.lang.words import Sentence, Token
from servanda.model.spans import Span
from servanda.reading.document import AmountMention
from servanda.world.tables import Tables

_PIECE = re.compile(
    r"(?P<number>\d{1,3}(?:[   ]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?)|(?P<word>[^\W\d_]+)|(?P<sign>[^\s\w]|_)"
)
_STUCK_BEFORE = re.compile(r"(?:[^\W\d_]|\d[.,:/]|[№#]\s?|[^\W\d_][-‑.])\Z")
_STUCK_AFTER = re.compile(r"[^\W\d_]|[-‑][^\W\d_]|[.,:/]\d")
_COMPOUND = re.compile(r"[-‑]([а-яё]+)")
_WORD_AFTER = re.compile(r"\s+([^\W\d_]+)")
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
_QUOTES = frozenset("«»\"“”„'")
_FOLLOWING = frozenset(
    {"сша", "рф", "оаэ", "кфа", "кндр", "юар", "стерлингов", "стерлинга", "cfa"}
)  # never an addressee, as «Белоруссии» may be
_COMPARED = frozenset({"больше", "меньше", "выше", "ниже", "дороже", "дешевле"})  # «больше на 5%» tells no bound
_REACH = 6  # pieces between a verb that carries the bound and its number
_GOAL_REACH = 14  # pieces between «увеличить» and «до»
_NAMED_BEFORE = ("второй", "первый", "третий", "четвертый", "один", "другой", "последний", "больший", "меньший", "оба")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A number, word or sign of the text, and its lower-case form with «ё» as «е»."""

    kind: str
    start: int
    end: int
    text: str
    low: str


@dataclass(frozen=True, slots=True)
class _Number:
    """A number read from pieces `first:after`. `bare`: without a scale word; `factor`: the last scale."""

    first: int
    after: int
    value: float
    bare: bool
    broken: bool = False
    factor: float = 1
    about: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """What stands right of a number: the unit, where it ends, and how it was told."""

    unit: str
    kind: str
    end: int
    rule: str


_NOTHING = _Found("", "", 0, "")  # what stands there makes no amount: «3 тыс. лет»


@dataclass(slots=True)
class _View:
    """The text in pieces, its tokens, and the amounts found so far (for units left out)."""

    text: str
    low_text: str
    words: AmountWords
    pieces: list[_Piece]
    tokens: list[Token]
    token_starts: list[int]
    by_start: dict[int, Token]
    bounds: list[tuple[int, int]]
    found: list[AmountMention] = field(default_factory=list)

    def low(self, i: int) -> str:
        """The lower-case word of a piece; empty outside the text."""
        return self.pieces[i].low if 0 <= i < len(self.pieces) else ""

    def token(self, i: int) -> Token | None:
        """The token that starts with a piece."""
        return self.by_start.get(self.pieces[i].start) if 0 <= i < len(self.pieces) else None

    def lemma(self, i: int) -> str:
        """The lemma of the token that starts with a piece, else its word."""
        token = self.token(i)
        return token.lemma if token else self.low(i)

    def sentence(self, offset: int) -> tuple[int, int]:
        """Start and end of the sentence that holds an offset."""
        i = bisect_right(self.bounds, (offset, len(self.text) + 1)) - 1
        return self.bounds[max(i, 0)]


def find_amounts(text: str, sentences: Sequence[Sentence], tables: Tables | None = None) -> list[AmountMention]:
    """Every amount in the sentences, in order. Offsets count the clean text."""
    tokens = [t for s in sentences for t in s.tokens]
    view = _View(
        text,
        text.lower().replace("ё", "е") if len(text.lower()) == len(text) else text,
        (tables or Tables.default()).derive(amount_words),
        [_piece(m) for s in sentences for m in _PIECE.finditer(text, s.start, s.end)],
        tokens,
        [t.start for t in tokens],
        {t.start: t for t in tokens},
        [(s.start, s.end) for s in sentences],
    )
    i = 0
    while i < len(view.pieces):
        i = max(i + 1, _read_at(view, i))
    return view.found


def _piece(match: re.Match[str]) -> _Piece:
    text = match.group()
    return _Piece(match.lastgroup or "", match.start(), match.end(), text, text.lower().replace("ё", "е"))


def _read_at(view: _View, i: int) -> int:
    """Note the amount that starts at a piece, if one does, and say at which piece to go on."""
    if view.pieces[i].kind == "sign":
        return i + 1
    if view.pieces[i].kind == "word":
        word = _factor(view, i) or _share(view, i)
        if word:
            view.found.append(word)
            return _piece_at(view, word.end)
    number = _number(view, i)
    return _amount(view, number) if number else i + 1


def _number(view: _View, i: int) -> _Number | None:
    """A number with its scales: «1 млн 200 тыс.», «два с половиной миллиона», «полтора», «тысяча», «десятка два»."""
    total, j, factor, broken = 0.0, i, 1.0, False
    while (one := _simple(view, j)) is not None:
        value, after, part = one
        scale, after = _scale(view, after)
        if j > i and (
            scale >= factor or value >= 1000 or not view.text[view.pieces[j - 1].end : view.pieces[j].start].isspace()
        ):
            break
        total, j, factor, broken = total + value * scale, after, scale, broken or part
        if scale == 1:
            break
    if j == i:
        return _scale_alone(view, i)
    return _Number(i, j, _tidy(total), factor == 1, broken, factor)


def _scale_alone(view: _View, i: int) -> _Number | None:
    """«миллион», «сотня», «десятка два»."""
    low, words = view.low(i), view.words
    if low in ("десятка", "сотни", "тысячи") and (two := _cardinal(view, i + 1)) and two[0] in (2, 3, 4):
        return _Number(i, two[1], _tidy(words.scales[low] * two[0]), False, factor=words.scales[low], about=True)
    if low not in words.single_scales and not (low in ("сотни", "тысячи", "десятка") and _phrase_before(view, i)):
        return None
    scale, after = _scale(view, i)
    return _Number(i, after, _tidy(scale), False, factor=scale)


def _simple(view: _View, i: int) -> tuple[float, int, bool] | None:
    """(value, piece after, with a broken part) of one number without scale."""
    if i >= len(view.pieces):
        return None
    piece = view.pieces[i]
    if piece.kind == "number":
        return (_parse(piece.text), i + 1, "," in piece.text or "." in piece.text) if _stands_free(view, i) else None
    for numbers in (view.words.fused, view.words.collectives):
        if piece.low in numbers:
            return numbers[piece.low], i + 1, False
    found = _cardinal(view, i)
    return (*found, found[0] % 1 != 0) if found else None


def _stands_free(view: _View, i: int) -> bool:
    """Whether digits are a number of their own: not «Су-30», «12.05.2021», «№ 7», «статья 5», «5-й»."""
    piece = view.pieces[i]
    if _STUCK_BEFORE.search(view.text, max(0, piece.start - 2), piece.start):
        return False
    back = i - 2 if view.low(i - 1) in (".", "№") else i - 1
    if view.low(i - 1) in ("№", "n") or view.lemma(back) in view.words.named:
        return False
    stuck = _STUCK_AFTER.match(view.text, piece.end)
    return not stuck or bool(_COMPOUND.match(view.text, piece.end)) or bool(_unit_at(view, piece.end))


def _parse(text: str) -> float:
    """«1 250,5» -> 1250.5; three digits after a point are thousands."""
    plain = "".join(text.split())
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", plain):
        return int(plain.replace(".", ""))
    plain = plain.replace(",", ".")
    return float(plain) if "." in plain else int(plain)


def _cardinal(view: _View, i: int) -> tuple[float, int] | None:
    """Number words in falling order («сто двадцать пять»), with «с половиной»."""
    total, rank, j = 0.0, 4, i
    while (value := view.words.cardinals.get(view.low(j))) is not None and _rank(value) < rank:
        if j > i and not view.text[view.pieces[j - 1].end : view.pieces[j].start].isspace():
            break
        total, rank, j = total + value, _rank(value), j + 1
    token = view.token(j)
    if j == i or (token is not None and rank > 1 and token.feats.get("NumType") == "Ord"):
        return None
    if view.low(j) == "с" and view.low(j + 1) == "половиной":
        return total + 0.5, j + 2
    return total, j


def _rank(value: float) -> int:
    return 1 if value < 20 else 2 if value < 100 else 3


def _scale(view: _View, i: int) -> tuple[float, int]:
    """(factor, piece after) of «тыс.», «млн», «тысячи миллиардов»; 1 where there is none."""
    factor, j = 1.0, i
    while (one := view.words.scales.get(view.low(j))) is not None and (j == i or one > 1000):
        factor, j = factor * one, j + 1
        dot = view.pieces[j] if view.low(j) == "." else None
        if dot and dot.start == view.pieces[j - 1].end and dot.end < view.sentence(dot.start)[1]:
            j += 1
    return factor, j


def _tidy(value: float) -> int | float:
    value = float(f"{value:.12g}")  # 8.2 * 1e9 is a hair below 8200000000
    return int(value) if value == int(value) else value


def _amount(view: _View, number: _Number) -> int:
    """Note the amount that a number begins, alone, with a range or with the next number's unit; the piece after."""
    found = _compound(view, number) or _unit(view, number)
    if found is _NOTHING:
        return number.after
    joint, second = _second(view, number, found)
    if second is None:
        found = found or _left_out(view, number)
        return _note(view, number, found) if found else number.after
    other = _unit(view, second) or _left_out(view, second) or found
    if other is None or other is _NOTHING:
        return number.after
    if joint == "range":
        low = _scaled_like(number, second) if found is None or found.unit == other.unit else number
        return _note(view, low, other, second)
    if (found is None or joint == "list") and number.bare:
        number = _scaled_like(number, second)
    return _note(view, number, found or replace(other, end=_number_end(view, number), rule="unit of the next"))


def _second(view: _View, number: _Number, found: _Found | None) -> tuple[str, _Number | None]:
    """The number that ends a range («5-7», «от 5 до 7») or a movement («с 5 до 7»), and which of them it is."""
    k = _piece_at(view, found.end) if found else number.after
    joint = view.low(k)
    before = view.low(number.first - 2 if _sign(view, number.first - 1) else number.first - 1)
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
    if _sign(view, k):
        k += 1
    second = _number(view, k)
    if second is not None and found is not None and found.kind == "percent" and joint in _DASHES:
        other = _unit(view, second)
        if other is None or other.kind != "percent":
            return "", None  # «на 1,2% - девяти месяцев 2019 года»
    if second is None or (sort == "range" and _scaled_like(number, second).value >= second.value):
        return "", None
    return sort, second


def _scaled_like(number: _Number, second: _Number) -> _Number:
    """«1,3 до 1,6 млрд»: the first number takes the scale of the second, where it has none and stays below."""
    if number.factor == 1 and second.factor > 1 and number.value < 1000:
        return replace(number, value=_tidy(number.value * second.factor), bare=False, factor=second.factor)
    return number


def _number_end(view: _View, number: _Number) -> int:
    """Where the number ends, without the full stop of «тыс.» at the end."""
    return view.pieces[number.after - 1].end


def _note(view: _View, number: _Number, found: _Found, second: _Number | None = None) -> int:
    """Build the mention, add it, and say at which piece to go on."""
    first = number.first
    sign = _sign(view, first - 1)
    core_start = view.pieces[first - 1 if sign else first].start
    if found.unit == "раз" and view.low(first - 1) not in ("в", "чем") and found.rule != "compound":
        return number.after
    bound, start, bound_span = _bound(view, first - 1 if sign else first, found, second is not None)
    end = max(found.end, _number_end(view, second or number))
    bound, end = _bound_after(view, bound, end)
    rate = _RATE.match(view.text, found.end, view.sentence(found.end - 1)[1])
    view.found.append(
        AmountMention(
            start=start,
            end=end,
            core=Span(core_start, max(found.end, _number_end(view, second or number))),
            number=_tidy(number.value),
            unit=found.unit,
            bound="over" if second else "about" if number.about and bound == "exactly" else bound,
            kind=found.kind,
            rule=found.rule,
            high=_tidy(second.value) if second else None,
            rate=Span(*rate.span(1)) if rate else None,
            bound_span=bound_span,
        )
    )
    return _piece_at(view, max(end, rate.end(1)) if rate else end)


def _piece_at(view: _View, offset: int) -> int:
    """The first piece that starts at an offset or after it."""
    return bisect_left(view.pieces, offset, key=lambda p: p.start)


def _compound(view: _View, number: _Number) -> _Found | None:
    """«1600-километровый», «3-кратный», «5-процентный»: the unit is the root of an adjective."""
    last = view.pieces[number.after - 1]
    match = _COMPOUND.match(view.text, last.end) if last.kind == "number" else None
    if not match:
        return None
    word = match.group(1)
    if word.startswith("кратн"):
        return _Found("раз", "times", match.end(), "compound")
    for suffix in (
        "овый",
        "овая",
        "овое",
        "овые",
        "ового",
        "овой",
        "овому",
        "овым",
        "овую",
        "овых",
        "ный",
        "ная",
        "ное",
        "ные",
        "ного",
        "ной",
        "ному",
        "ным",
        "ную",
        "ных",
        "ом",
    ):
        stem = word.removesuffix(suffix)
        for form, unit in view.words.units.get(stem, ()) if stem != word else ():
            if form == stem:
                return _Found(unit.unit, unit.kind, match.end(), "compound")
    return None


def _unit(view: _View, number: _Number) -> _Found | None:
    """The unit that follows a number: a sign, a word of the tables, or the noun that is counted."""
    end = _number_end(view, number)
    if sign := _sign(view, number.first - 1):
        return _Found(sign, "money", end, "sign before")
    if (sign := _sign(view, number.after)) and not view.text[end : view.pieces[number.after].start].strip():
        return _Found(sign, "money", view.pieces[number.after].end, "sign after")
    at = end + len(view.text[end : end + 3]) - len(view.text[end : end + 3].lstrip())
    direct = _unit_at(view, at)
    if direct and at < view.sentence(end - 1)[1]:
        form_end, unit = direct
        return _found(view, number, unit, at, form_end, [])
    return _counted(view, number)


def _sign(view: _View, i: int) -> str:
    """The currency whose sign or code a piece is, else nothing. A sign serves one number only."""
    if not 0 <= i < len(view.pieces) or (view.found and view.found[-1].end > view.pieces[i].start):
        return ""
    return view.words.signs.get(view.pieces[i].text, "")


def _unit_at(view: _View, start: int) -> tuple[int, Unit] | None:
    """The unit of the tables printed at an offset, and where it ends. Short abbreviations keep their case."""
    for text in (view.text, view.low_text):
        for form, unit in view.words.units.get(first_word(text[start : start + 24]), ()):
            end = start + len(form)
            whole = text.startswith(form, start) and not (form[-1].isalpha() and text[end : end + 1].isalnum())
            if whole and (text is view.text or len(form) > 2):
                return end, unit
    return None


def _found(view: _View, number: _Number, unit: Unit, start: int, end: int, adjectives: list[Token]) -> _Found | None:
    """A unit of the tables, the currency chosen among namesakes."""
    if unit.kind == "money":
        code, end = _currency(view, unit, start, end, adjectives)
        return _Found(code, "money", end, "currency")
    if unit.kind == "percent" and number.factor >= 1e6:
        return None
    if number.value == 1 and number.bare and unit.kind == "count":
        return None
    return _Found(unit.unit, unit.kind, end, "unit")


def _currency(view: _View, unit: Unit, start: int, end: int, adjectives: list[Token]) -> tuple[str, int]:
    """The currency meant by a word of several states: by its adjective, what follows it, else the state named near."""
    said = [t.text.lower().replace("ё", "е") for t in adjectives]
    after = _WORD_AFTER.match(view.text, end)
    following = after.group(1).lower() if after else ""
    for code, stems, _ in unit.rivals:
        if any(word.startswith(stem) for word in said for stem in stems):
            return code, end
        if after and following in _FOLLOWING and any(following.startswith(stem) for stem in stems):
            return code, after.end()
    if len(unit.rivals) == 1 or any(code == unit.unit and choice == "always" for code, _, choice in unit.rivals):
        return unit.unit, end
    near = [(d, code) for code, stems, _ in unit.rivals if (d := _distance(view, stems, start)) is not None]
    return (min(near)[1] if near else unit.unit), end


def _distance(view: _View, stems: Sequence[str], start: int) -> tuple[int, int] | None:
    """How far the nearest word with one of the stems stands: in the sentence, else anywhere in the text."""
    first, last = view.sentence(start)
    best: tuple[int, int] | None = None
    for stem in stems:
        for match in re.finditer(rf"\b{re.escape(stem)}", view.low_text):
            near = (0 if first <= match.start() < last else 1, abs(match.start() - start))
            best = near if best is None else min(best, near)
    return best


def _counted(view: _View, number: _Number) -> _Found | None:
    """The noun counted, past its adjectives: «трех оптово-распределительных центров» -> центр."""
    end = _number_end(view, number)
    limit = view.sentence(end - 1)[1]
    adjectives: list[Token] = []
    previous = end
    first = bisect_left(view.token_starts, end)
    for token in view.tokens[first : first + 7]:
        if token.start >= limit or view.text[previous : token.start].strip():
            break
        previous = token.end
        if token.text in _QUOTES or (token.text == "." and not adjectives):
            continue
        if direct := _unit_at(view, token.start):
            return _found(view, number, direct[1], token.start, direct[0], adjectives)
        if token.pos in ("NOUN", "PROPN"):
            return _noun(view, number, token, adjectives)
        if token.pos not in ("ADJ", "DET") and token.feats.get("VerbForm") != "Part":
            break
        adjectives.append(token)
    if (
        adjectives
        and adjectives[-1].feats.get("Number") == "Plur"
        and adjectives[-1].pos == "ADJ"
        and number.value != 1
    ):
        return _Found(adjectives[-1].lemma, "count", adjectives[-1].end, "counted adjective")
    return None


def _noun(view: _View, number: _Number, noun: Token, adjectives: list[Token]) -> _Found | None:
    """The counted noun as a unit, unless the number is an ordinal, a year, a time, or the noun what is measured."""
    words, plural = view.words, noun.feats.get("Number") == "Plur"
    if noun.lemma in words.stops or noun.text.lower() in words.stops:
        return _NOTHING if number.bare or noun.feats.get("Case") == "Gen" else None  # «1,4 млрд годом ранее»
    if number.value <= 6 and noun.lemma in words.pairs:
        return _NOTHING
    if (number.value == 1 and number.bare) or (noun.pos == "PROPN" and not plural):
        return None
    if (number.broken and number.bare) or (not number.bare and not plural):
        return None if number.bare else _left_out(view, number)
    if number.bare and not plural and not _agrees(number, noun):
        return None
    if (
        number.bare
        and 1950 <= number.value <= 2050
        and number.value % 50
        and view.pieces[number.first].kind == "number"
    ):
        return None
    return _Found(noun.lemma, "count", noun.end, "counted noun")


def _agrees(number: _Number, noun: Token) -> bool:
    """Two, three and four take a singular genitive; 21 any singular; the rest a plural («5 статья» is an ordinal)."""
    last = number.value % 10 if number.value % 100 not in (11, 12, 13, 14) else 0
    return last == 1 or (last in (2, 3, 4) and noun.feats.get("Case") == "Gen")


def _left_out(view: _View, number: _Number) -> _Found | None:
    """The unit of the amount before, where a number of thousands or more has none of its own."""
    if number.bare or number.factor < 1000:
        return None
    for mention in reversed(view.found[-20:]):
        if mention.kind == "money" or (number.factor < 1e6 and mention.kind in ("measure", "count")):
            return _Found(mention.unit, mention.kind, _number_end(view, number), "unit left out")
        if mention.kind in ("measure", "count") and mention.number >= 1e5:
            return _Found(mention.unit, mention.kind, _number_end(view, number), "unit left out")
    return None


def _factor(view: _View, i: int) -> AmountMention | None:
    """«вдвое», «удвоить», «двукратный»."""
    value = view.words.times.get(view.low(i)) or view.words.times.get(view.lemma(i))
    return _word_mention(view, i, value, "раз", "times") if value else None


def _share(view: _View, i: int) -> AmountMention | None:
    """«на треть», «половину», «две трети», «полпроцента»; not «первая половина года»."""
    low, words = view.low(i), view.words
    if low in words.percents:
        return _word_mention(view, i, words.percents[low], "%", "percent")
    value, last = words.shares.get(low), i
    if value is None and view.low(i + 1) and (two := _cardinal(view, i)) and two[0] in (2, 3, 4):
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


def _word_mention(view: _View, i: int, value: float, unit: str, kind: str, last: int | None = None) -> AmountMention:
    end = view.pieces[i if last is None else last].end
    found = _Found(unit, kind, end, "word")
    bound, start, bound_span = _bound(view, i, found, False)
    core = Span(view.pieces[i].start, end)
    return AmountMention(start, end, core, _tidy(value), unit, bound, kind, "word", bound_span=bound_span)


def _bound(view: _View, first: int, found: _Found, is_range: bool) -> tuple[str, int, Span | None]:
    """(bound, where it starts, the span of the words that carry it) by what stands before the piece `first`."""
    start = view.pieces[first].start
    phrase = _phrase_before(view, first)
    if phrase is None and view.low(first - 1) in _PREPOSITIONS and view.low(first - 2) not in _COMPARED:
        phrase = _phrase_before(view, first - 1)
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


def _phrase_before(view: _View, first: int) -> tuple[str, int] | None:
    """The longest bound phrase that ends just before a piece, and the piece where it starts."""
    start = view.sentence(view.pieces[first].start)[0]
    for n in (4, 3, 2, 1):
        at = first - n
        if at >= 0 and view.pieces[at].start >= start:
            words = _joined(view, at, first)
            if words in view.words.before:
                return view.words.before[words], at
    return None


def _joined(view: _View, first: int, after: int) -> str:
    """The pieces as one lower-case phrase, hyphens kept close."""
    return " ".join(p.low for p in view.pieces[first:after]).replace(" - ", "-")


def _is_goal(view: _View, at: int) -> bool:
    """Whether the «до» at a piece names the value reached: «довести до», «с 30 до 50», «вырос до»."""
    start = view.sentence(view.pieces[at].start)[0]
    if view.found and view.found[-1].core.start >= start and view.pieces[at - 1].end == view.found[-1].end:
        first = _piece_at(view, view.found[-1].core.start)
        if view.low(first - 1) in ("с", "со"):
            return True
    for i in range(at - 1, max(-1, at - _GOAL_REACH), -1):
        if view.pieces[i].start < start or view.low(i) in (";", ":"):
            break
        if view.lemma(i) in view.words.goals:
            return True
    token = view.token(at)
    return token is not None and any(t.lemma in view.words.goals for t in _governors(view, token))


def _governors(view: _View, token: Token) -> list[Token]:
    """The words that a token hangs on, up to four steps."""
    i = bisect_left(view.token_starts, token.start)
    base, out = i - token.index, list[Token]()
    while token.head >= 0 and len(out) < 4 and base + token.head < len(view.tokens):
        token = view.tokens[base + token.head]
        out.append(token)
    return out


def _bound_of_verb(view: _View, first: int) -> tuple[str, int, Span | None]:
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
        if bound:
            negated = view.low(i - 1) == "не"
            span = Span(view.pieces[i - 1].start if negated else piece.start, piece.end)
            return "under" if negated else bound, span.start if i == first - 1 else start, span
    return "exactly", start, None


def _bound_after(view: _View, bound: str, end: int) -> tuple[str, int]:
    """«5 млн с лишним», «100 и более»."""
    i = _piece_at(view, end)
    for n in (2, 1):
        words = _joined(view, i, i + n)
        if words in view.words.after and i + n <= len(view.pieces):
            return view.words.after[words], view.pieces[i + n - 1].end
    return bound, end
