"""Clean text -> pieces (numbers, words, signs), and the numbers that they spell, in digits and words."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from servanda.lang.ru_amounts import LOOSE_SCALES, AmountWords, Unit, first_word
from servanda.lang.words import Token
from servanda.reading.document import AmountMention

PIECE = re.compile(
    r"(?P<number>\d{1,3}(?:[   ]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?)|(?P<word>[^\W\d_]+)|(?P<sign>[^\s\w]|_)"
)
_STUCK_BEFORE = re.compile(r"(?:[^\W\d_]|\d[.,:/]|[№#]\s?|[^\W\d_][-‑.])\Z")
_STUCK_AFTER = re.compile(r"[^\W\d_]|[-‑][^\W\d_]|[.,:/]\d")
COMPOUND = re.compile(r"[-‑]([а-яё]+)")
_LONGEST = 24  # signs of a printed number; longer runs of digits are codes, and count nothing
_SCALES = 2  # «тысячи миллиардов»; no number is told with more


class Piece(NamedTuple):
    """A number, word or sign of the text, in lower case with «ё» as «е»."""

    kind: str
    start: int
    end: int
    low: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from pieces `first:after`. `bare`: without a scale word; `factor`: the last scale."""

    first: int
    after: int
    value: float
    bare: bool
    broken: bool = False
    factor: float = 1
    about: bool = False


@dataclass(slots=True)
class View:
    """The text in pieces, its tokens, and the amounts found so far (for units left out)."""

    text: str
    low_text: str
    words: AmountWords
    pieces: list[Piece]
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


def cut_pieces(low: str, start: int, end: int) -> list[Piece]:
    """The pieces of a stretch of a text in lower case."""
    return [Piece(m.lastgroup or "", m.start(), m.end(), m[0]) for m in PIECE.finditer(low, start, end)]


def number_at(view: View, i: int) -> Number | None:
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
    return Number(i, j, tidy(total), factor == 1, broken, factor)


def _scale_alone(view: View, i: int) -> Number | None:
    """«миллион», «сотня», «десятка два»."""
    low, words = view.low(i), view.words
    if low in LOOSE_SCALES and (two := cardinal_at(view, i + 1)) and two[0] in (2, 3, 4):
        return Number(i, two[1], tidy(words.scales[low] * two[0]), False, factor=words.scales[low], about=True)
    if low not in words.single_scales and not (low in LOOSE_SCALES and phrase_before(view, i)):
        return None
    scale, after = _scale(view, i)
    return Number(i, after, tidy(scale), False, factor=scale)


def _simple(view: View, i: int) -> tuple[float, int, bool] | None:
    """(value, piece after, with a broken part) of one number without scale."""
    if i >= len(view.pieces):
        return None
    piece = view.pieces[i]
    if piece.kind == "number":
        if len(piece.low) > _LONGEST:
            return None
        return (_parse(piece.low), i + 1, "," in piece.low or "." in piece.low) if _stands_free(view, i) else None
    for numbers in (view.words.fused, view.words.collectives):
        if piece.low in numbers:
            return numbers[piece.low], i + 1, False
    found = cardinal_at(view, i)
    return (*found, found[0] % 1 != 0) if found else None


def _stands_free(view: View, i: int) -> bool:
    """Whether digits are a number of their own: not «Су-30», «12.05.2021», «№ 7», «статья 5», «5-й»."""
    piece = view.pieces[i]
    if _STUCK_BEFORE.search(view.text, max(0, piece.start - 2), piece.start):
        return False
    back = i - 2 if view.low(i - 1) in (".", "№") else i - 1
    if view.low(i - 1) in ("№", "n") or view.lemma(back) in view.words.named:
        return False
    stuck = _STUCK_AFTER.match(view.text, piece.end)
    return not stuck or bool(COMPOUND.match(view.text, piece.end)) or bool(unit_at(view, piece.end))


def _parse(text: str) -> float:
    """«1 250,5» -> 1250.5; three digits after a point are thousands."""
    plain = "".join(text.split())
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", plain):
        return int(plain.replace(".", ""))
    plain = plain.replace(",", ".")
    return float(plain) if "." in plain else int(plain)


def cardinal_at(view: View, i: int) -> tuple[float, int] | None:
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


def _scale(view: View, i: int) -> tuple[float, int]:
    """(factor, piece after) of «тыс.», «млн», «тысячи миллиардов»; 1 where there is none."""
    factor, j, told = 1.0, i, 0
    while told < _SCALES and (one := view.words.scales.get(view.low(j))) is not None and (j == i or one > 1000):
        factor, j, told = factor * one, j + 1, told + 1
        dot = view.pieces[j] if view.low(j) == "." else None
        if dot and dot.start == view.pieces[j - 1].end and dot.end < view.sentence(dot.start)[1]:
            j += 1
    return factor, j


def tidy(value: float) -> int | float:
    value = float(f"{value:.12g}")  # 8.2 * 1e9 is a hair below 8200000000
    return int(value) if value == int(value) else value


def number_end(view: View, number: Number) -> int:
    """Where the number ends, without the full stop of «тыс.» at the end."""
    return view.pieces[number.after - 1].end


def piece_at(view: View, offset: int) -> int:
    """The first piece that starts at an offset or after it."""
    return bisect_left(view.pieces, offset, key=lambda p: p.start)


def unit_at(view: View, start: int) -> tuple[int, Unit] | None:
    """The unit of the tables printed at an offset, and where it ends. Short abbreviations keep their case."""
    for text in (view.text, view.low_text):
        for form, unit in view.words.units.get(first_word(text[start : start + 24]), ()):
            end = start + len(form)
            whole = text.startswith(form, start) and not (form[-1].isalpha() and text[end : end + 1].isalnum())
            if whole and (text is view.text or len(form) > 2):
                return end, unit
    return None


def phrase_before(view: View, first: int) -> tuple[str, int] | None:
    """The longest bound phrase that ends just before a piece, and the piece where it starts."""
    start = view.sentence(view.pieces[first].start)[0]
    for n in (4, 3, 2, 1):
        at = first - n
        if at >= 0 and view.pieces[at].start >= start:
            words = joined(view, at, first)
            if words in view.words.before:
                return view.words.before[words], at
    return None


def joined(view: View, first: int, after: int) -> str:
    """The pieces as one lower-case phrase, hyphens kept close."""
    return " ".join(p.low for p in view.pieces[first:after]).replace(" - ", "-")
