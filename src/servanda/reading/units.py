"""A number in its text -> its unit: a sign, a currency, a measure, a share, or the noun that is counted."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from servanda.lang.ru_amounts import Unit
from servanda.lang.words import Token
from servanda.reading.numbers import COMPOUND, Number, View, number_end, unit_at

_WORD_AFTER = re.compile(r"\s+([^\W\d_]+)")
_ADJECTIVE = re.compile(r"(?:ый|ая|ое|ые|ого|ой|ому|ым|ую|ых|ыми|ом)$")
_QUOTES = frozenset("«»\"“”„'")
_FOLLOWING = frozenset(
    {"сша", "рф", "оаэ", "кфа", "кндр", "юар", "стерлингов", "стерлинга", "cfa"}
)  # never an addressee, as «Белоруссии» may be


@dataclass(frozen=True, slots=True)
class Found:
    """What stands right of a number: the unit, where it ends, and how it was told."""

    unit: str
    kind: str
    end: int
    rule: str


_TALLY_REACH = 20  # words between «число студентов» and its number
_PARTS = frozenset({("из", "них"), ("из", "которых"), ("том", "числе")})
_MORE = frozenset(("еще", "первые", "последние", "остальные", "итого"))
_MORE_REACH = 250  # letters
_BEING = frozenset({"быть", "стать", "насчитываться", "оказаться", "набраться"})
NOTHING = Found("", "", 0, "")  # what stands there makes no amount: «3 тыс. лет»


def compound_of(view: View, number: Number) -> Found | None:
    """«1600-километровый», «3-кратный», «5-процентный»: the unit is the root of an adjective."""
    last = view.pieces[number.after - 1]
    match = COMPOUND.match(view.text, last.end) if last.kind == "number" else None
    if not match:
        return None
    word = match.group(1)
    if word.startswith("кратн"):
        return Found("раз", "times", match.end(), "compound")
    base = _ADJECTIVE.sub("", word)
    for stem in (base, base.removesuffix("н"), base.removesuffix("ов")) if base != word else ():
        for form, unit in view.words.units.get(stem, ()):
            if form == stem:
                return Found(unit.unit, unit.kind, match.end(), "compound")
    return None


def unit_of(view: View, number: Number) -> Found | None:
    """The unit that follows a number: a sign, a word of the tables, or the noun that is counted."""
    end = number_end(view, number)
    if sign := sign_at(view, number.first - 1):
        return Found(sign, "money", end, "sign before")
    if (sign := sign_at(view, number.after)) and not view.text[end : view.pieces[number.after].start].strip():
        return Found(sign, "money", view.pieces[number.after].end, "sign after")
    at = end + len(view.text[end : end + 3]) - len(view.text[end : end + 3].lstrip())
    direct = unit_at(view, at)
    if direct and at < view.sentence(end - 1)[1]:
        form_end, unit = direct
        return _found(view, number, unit, at, form_end, [])
    return _counted(view, number)


def sign_at(view: View, i: int) -> str:
    """The currency whose sign or code a piece is, else nothing. A sign serves one number only."""
    if not 0 <= i < len(view.pieces) or (view.found and view.found[-1].end > view.pieces[i].start):
        return ""
    _, start, end, _ = view.pieces[i]
    return view.words.signs.get(view.text[start:end], "")


def _found(view: View, number: Number, unit: Unit, start: int, end: int, adjectives: list[Token]) -> Found | None:
    """A unit of the tables, the currency chosen among namesakes."""
    if unit.kind == "money":
        code, end = _currency(view, unit, start, end, adjectives)
        return Found(code, "money", end, "currency")
    if unit.kind == "percent" and number.factor >= 1e6:
        return None
    if number.value == 1 and number.bare and unit.kind == "count":
        return None
    return Found(unit.unit, unit.kind, end, "unit")


def _currency(view: View, unit: Unit, start: int, end: int, adjectives: list[Token]) -> tuple[str, int]:
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


def _distance(view: View, stems: Sequence[str], start: int) -> tuple[int, int] | None:
    """How far the nearest word with one of the stems stands: in the sentence, else anywhere in the text."""
    first, last = view.sentence(start)
    best: tuple[int, int] | None = None
    for stem in stems:
        for match in re.finditer(rf"\b{re.escape(stem)}", view.low_text):
            near = (0 if first <= match.start() < last else 1, abs(match.start() - start))
            best = near if best is None else min(best, near)
    return best


def _counted(view: View, number: Number) -> Found | None:
    """The noun counted, past its adjectives: «трех оптово-распределительных центров» -> центр."""
    end = number_end(view, number)
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
        if direct := unit_at(view, token.start):
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
        return Found(adjectives[-1].lemma, "count", adjectives[-1].end, "counted adjective")
    return None


def _noun(view: View, number: Number, noun: Token, adjectives: list[Token]) -> Found | None:
    """The counted noun as a unit, unless the number is an ordinal, a year, a time, or the noun what is measured."""
    words, plural = view.words, noun.feats.get("Number") == "Plur"
    if noun.lemma in words.stops or noun.text.lower() in words.stops:
        return NOTHING if number.bare or noun.feats.get("Case") == "Gen" else None  # «1,4 млрд годом ранее»
    if number.value <= 6 and noun.lemma in words.pairs:
        return NOTHING
    if (number.value == 1 and number.bare) or (noun.pos == "PROPN" and not plural):
        return None
    if (number.broken and number.bare) or (not number.bare and not plural):
        return None if number.bare else left_out(view, number)
    if number.bare and not plural and not _agrees(number, noun):
        return None
    if (
        number.bare
        and 1950 <= number.value <= 2050
        and number.value % 50
        and view.pieces[number.first].kind == "number"
    ):
        return None
    return Found(as_printed(noun), "count", noun.end, "counted noun")


def _agrees(number: Number, noun: Token) -> bool:
    """Two, three and four take a singular genitive; 21 any singular; the rest a plural («5 статья» is an ordinal)."""
    last = number.value % 10 if number.value % 100 not in (11, 12, 13, 14) else 0
    return last == 1 or (last in (2, 3, 4) and noun.feats.get("Case") == "Gen")


def _listed_percent(view: View, number: Number) -> Found | None:
    """«Россия выбрала 73% квоты, Китай – 88»: the next of two shares, with nothing after it."""
    last = view.found[-1] if view.found else None
    start = view.pieces[number.first].start
    if last is None or last.kind != "percent" or last.start < view.sentence(start)[0] or number.value > 100:
        return None
    if view.low(number.first - 1) not in ("–", "—") or view.low(number.after) not in (".", ";", ",", ")", ""):
        return None
    return Found("%", "percent", number_end(view, number), "unit left out")


def _tallied(view: View, number: Number) -> Token | None:
    """«число студентов превысило 9 тысяч»: what is counted stands before the number, in the genitive plural."""
    start = view.pieces[number.first].start
    first = bisect_left(view.token_starts, view.sentence(start)[0])
    last = bisect_left(view.token_starts, start)
    if last - first >= 2 and view.tokens[last - 1].lemma in _BEING:  # «туристов было 50 тысяч»
        noun = view.tokens[last - 2]
        return noun if noun.feats.get("Case") == "Gen" and noun.feats.get("Number") == "Plur" else None
    for i in range(last - 1, max(first, last - _TALLY_REACH) - 1, -1):
        if view.tokens[i].lemma in view.words.tallies:
            heads = (t for t in view.tokens[i + 1 : last] if t.pos == "NOUN")
            head = next(heads, None)
            return head if head and head.feats.get("Case") == "Gen" and head.feats.get("Number") == "Plur" else None
    return None


_IN_FULL = {"куб. м": "кубометр"}  # abbreviations whose word is as short


def in_full(unit: str) -> str:
    """A unit as records name it."""
    return _IN_FULL.get(unit, unit)


def as_printed(noun: Token) -> str:
    """The lemma with the «ё» that the word is printed with."""
    text = noun.text.lower()
    if "ё" not in text:
        return noun.lemma
    pairs = zip_longest(noun.lemma, text)
    return "".join("ё" if (mine, printed) == ("е", "ё") else mine for mine, printed in pairs if mine)


def _asked(view: View, number: Number) -> Token | None:
    """«Сколько студентов учится? — Триста»: what is counted is named in the question before."""
    start = view.pieces[number.first].start
    begin = view.sentence(start)[0]
    last = bisect_left(view.token_starts, begin)
    if not last or view.tokens[last - 1].text != "?" or any(c.isalpha() for c in view.text[begin:start]):
        return None
    first = bisect_left(view.token_starts, view.sentence(view.tokens[last - 1].start)[0])
    asked = next((i for i in range(first, last) if view.tokens[i].lemma == "сколько"), last)
    noun = next((t for t in view.tokens[asked + 1 : min(last, asked + 5)] if t.pos == "NOUN"), None)
    return noun if noun and noun.feats.get("Case") == "Gen" and noun.feats.get("Number") == "Plur" else None


def _part_of(view: View, number: Number) -> Found | None:
    """«3412 студентов, из них 620 — за счет страны»: a part has the unit of the whole."""
    before = (view.low(number.first - 2), view.low(number.first - 1))
    last = view.found[-1] if view.found else None
    begin = view.sentence(view.pieces[number.first].start)[0]
    if last is None or last.kind != "count" or last.start < begin or before not in _PARTS or number.value > last.number:
        return None
    return Found(last.unit, "count", number_end(view, number), "unit left out")


def _more_of(view: View, number: Number) -> Found | None:
    """«передал 40 тракторов … ещё двести отправит весной»: more of what was counted last, or part of it."""
    last = view.found[-1] if view.found else None
    start = view.pieces[number.first].start
    if (
        last is None
        or last.kind != "count"
        or start - last.end > _MORE_REACH
        or view.low(number.first - 1) not in _MORE
    ):
        return None
    after = view.token(number.after)
    parted = after is None or after.pos in ("VERB", "ADV", "PART", "ADP", "PUNCT", "CCONJ")
    return Found(last.unit, "count", number_end(view, number), "unit left out") if parted and number.value > 1 else None


def _speaks_of_money(view: View, number: Number) -> bool:
    """«оборот составлял 1,7 млрд»: whether a noun before the number in its sentence is counted in money alone."""
    start = view.pieces[number.first].start
    first, last = (bisect_left(view.token_starts, at) for at in (view.sentence(start)[0], start))
    return any(t.lemma in _MONEYED for t in view.tokens[first:last])


_MONEYED = frozenset(
    (
        *("товарооборот", "оборот", "торговля", "инвестиция", "вложение", "капиталовложение", "кредит", "заем"),
        *("долг", "задолженность", "транш", "грант", "бюджет", "стоимость", "ссуда", "выручка", "доход"),
    )
)


def left_out(view: View, number: Number) -> Found | None:
    """The unit of the amount before, where a number of thousands or more has none of its own."""
    if number.bare and (found := _listed_percent(view, number) or _part_of(view, number) or _more_of(view, number)):
        return found
    if noun := _asked(view, number):
        return Found(noun.lemma, "count", number_end(view, number), "counted before")
    ends = view.low(number.after) in (".", ",", ";", ")", "")
    if (not number.bare or (ends and number.value >= 10)) and (head := _tallied(view, number)) is not None:
        return Found(as_printed(head), "count", number_end(view, number), "counted before")
    if number.bare or number.factor < 1000:
        return None
    sums = _speaks_of_money(view, number)
    for mention in reversed(view.found[-20:]):
        if sums and mention.kind != "money":
            continue
        if mention.kind == "money" or (number.factor < 1e6 and mention.kind in ("measure", "count")):
            return Found(mention.unit, mention.kind, number_end(view, number), "unit left out")
        if mention.kind in ("measure", "count") and mention.number >= 1e5:
            return Found(mention.unit, mention.kind, number_end(view, number), "unit left out")
    return None
