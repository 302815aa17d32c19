"""A report's text as received -> clean text, with the place of each of its code points. Loses no word, guesses none."""

import re
from array import array
from collections.abc import Sequence
from itertools import islice

from servanda.world.tables import Tables

_SPACES = "\xa0\t\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f\u3000"
_SIGNS = {
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", "\n"),
    **dict.fromkeys("\u2010\u2011", "-"),
    "\u2012": "–",
    "\u2015": "—",
    "ë": "ё",
    "Ë": "Ё",
}
# Patterns that scan whole texts open with one class of characters: only so are they searched for at full speed.
_SIGN = re.compile(f"[{re.escape(''.join(_SIGNS))}\r\ud800-\udfff]")

# Never seen in print: controls, soft hyphens (with the line end after them), zero-width and bidi signs, stress marks.
_UNSEEN = (
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
_MARKS = "\u0300\u0301\u0306\u0308"
_CUT = re.compile(f"\xad(?:[ ]?\r?\n[ ]?)?|[{_UNSEEN}]+|\r(?=\n)|-[ ]?\r?\n[ ]?|(?<=[А-яЁё])[{_MARKS}]")
_ODD = re.compile(f"[\xad{_UNSEEN}\r{_MARKS}]")
_BREAK = re.compile("-[ ]?\n")
# Texts of corpora stand with their signs apart: «17 , 6 млн .»; the blanks are cut where a text has several such.
_APART = re.compile(r" [,.] (?<=[^\W_]...)")
_CUT_APART = re.compile(rf"{_CUT.pattern}|(?<=\S) (?=[,.;:!?)»…](?:\s|$))|(?<=[0-9] ,) (?=[0-9])|(?<=[«(]) ")
_SEVERAL = 3
_COMPOSED = {"и\u0306": "й", "И\u0306": "Й", "е\u0308": "ё", "Е\u0308": "Ё"}
_TAIL = re.compile("[а-яё-]{2,30}$")
_HEAD = re.compile("[а-яё]{2,30}")
_COMPOUND = re.compile("(?:[сц]к|[нвлрдстзчшм]н|[ое]в|ик)о$")
_ADJECTIVE = re.compile("...(?:[ыио]й|[ая]я|[оеы]е|[ое]го|[ое]му|[ыио]м|[ыи]х|[ыи]ми|[ую]ю)$")

_CYRILLIC = re.compile("[А-яЁё]")
_LATIN = dict(zip("ABCEHKMOPTXYaceopxy", "АВСЕНКМОРТХУасеорху", strict=True))
_LATIN_BACK = {c: latin for latin, c in _LATIN.items()}
_DIGITS = {"6": "б", "0": "о", "3": "з"}
_MIXED = re.compile("[A-Za-z0-9](?:(?=[А-яЁё])|(?<=[А-яЁё].))")
_WORD = re.compile(r"[^\W_]*")
_ABBREVIATION = re.compile("[A-Z]{2,}[а-яё]+|[а-яё]+[A-Z]{2,}")  # «VIPы»: a Latin word with a Russian ending
_LONGEST = 60  # letters in a word
_FIGURE = re.compile("(?<=[а-яё])[630](?=[а-яё])|(?<=[А-ЯЁ]{3})[630](?=[А-ЯЁ]{3})")
_SMALL_WORD = frozenset(["в", "на", "за", "с", "по", "до", "к", "о", "от", "из", "для", "или", "и", "не", "около"])
# A one-letter word of Russian typed in Latin, between Russian words or at a line's start.
_LETTER = re.compile(
    r"""
    [acoyABCOKY](?=[ ][а-яё«"0-9])
    (?: (?<=[а-яё»,;:][ ][acoy])
      | (?=[ ][а-яё])(?: (?<=^[ABCOKY]) | (?<=\n[ABCOKY]) | (?<=[.!?»][ ][ABCOKY]) )
      | (?<=^[BCK])(?=[ ][0-9])
    )
    """,
    re.VERBOSE,
)


def clean(text: str) -> tuple[str, Sequence[int] | None]:
    """The clean text and, where anything was cut out, the index in `text` of each of its code points.

    What is not cut out keeps its length: spaces of all sorts become plain ones, lone surrogates U+FFFD, look-alikes in
    a Cyrillic word Cyrillic. «ё» is kept.
    """
    text = _SIGN.sub(_plain, text.replace("\xa0", " "))
    text, offsets = _cut(text)
    return _LETTER.sub(lambda m: _LATIN[m[0]], _mend_words(text)), offsets


def _plain(match: re.Match[str]) -> str:
    sign = match[0]
    if sign == "\r" and match.string.startswith("\n", match.end()):
        return sign
    return _SIGNS.get(sign) or ("\n" if sign == "\r" else "\ufffd")


def _cut(text: str) -> tuple[str, Sequence[int] | None]:
    """The text without what is unseen, broken words closed."""
    pieces: list[str] = []
    offsets = array("I")
    last = 0
    apart = len(list(islice(_APART.finditer(text), _SEVERAL))) == _SEVERAL
    if not (apart or _ODD.search(text) or _BREAK.search(text)):
        return text, None
    for match in (_CUT_APART if apart else _CUT).finditer(text):
        start, end = match.span()
        if text[start] == "-":
            start = _break(text, start, end)
            if start == end:
                continue
        composed = _COMPOSED.get(text[start - 1 : end]) if start > last else None
        pieces.append(text[last : start - 1] + composed if composed else text[last:start])
        offsets.extend(range(last, start))
        if (
            composed and text[start - 2 : start - 1].isalpha()
        ):  # inside a word the mark ends the letter, and a span after it
            offsets[-1] = start
        last = end
    if not pieces:
        return text, None
    pieces.append(text[last:])
    offsets.extend(range(last, len(text)))
    return "".join(pieces), offsets


def _break(text: str, start: int, end: int) -> int:
    """From where to cut at a hyphen before a line end: with the hyphen, after it, or (`end`) nothing."""
    left, right = _TAIL.search(text, max(0, start - 30), start), _HEAD.match(text, end)
    if left is None or right is None:
        return end
    return start + 1 if _keeps_hyphen(left[0], right[0]) else start


def _keeps_hyphen(left: str, right: str) -> bool:
    """Whether a word parted at a line end has a hyphen of its own: «торгово-экономический», «кто-либо»."""
    first, particles = Tables.default().derive(_hyphened)
    if left.rpartition("-")[2] in first or right in particles:
        return True
    return bool(_COMPOUND.search(left) and _ADJECTIVE.search(right))


def _hyphened(tables: Tables) -> tuple[frozenset[str], frozenset[str]]:
    rows = tables.rows("ru/page")
    first, particle = (frozenset(r["phrase"] for r in rows if r["role"] == role) for role in ("first", "particle"))
    return first, particle


def _mend_words(text: str) -> str:
    """Words of both alphabets, or with a figure for a letter, in one alphabet."""
    pieces: list[str] = []
    last = 0
    while match := _MIXED.search(text, last):
        start, end = match.start(), _end_of_word(text, match.end())
        while start > last and (text[start - 1].isalnum()):
            start -= 1
        pieces += (text[last:start], _mend(text[start:end]))
        last = end
    return "".join((*pieces, text[last:]))


def _end_of_word(text: str, index: int) -> int:
    match = _WORD.match(text, index)
    return match.end() if match else index


def _mend(word: str) -> str:
    """One word, as long as before. «зaкон» and «Респу6лика» are Cyrillic, «СOVID» is Latin, «5G» and «Т90» stay."""
    if len(word) > _LONGEST:
        return word
    latin = [c for c in word if c.isascii() and c.isalpha()]
    cyrillic = _CYRILLIC.findall(word)
    if latin and not _ABBREVIATION.fullmatch(word):
        if all(c in _LATIN for c in latin):
            word = "".join(_LATIN.get(c, c) for c in word)
        elif len(latin) >= len(cyrillic) and all(c in _LATIN_BACK for c in cyrillic):
            return "".join(_LATIN_BACK.get(c, c) for c in word)
    return _FIGURE.sub(_letter, word) if not word.isalpha() else word


def _letter(match: re.Match[str]) -> str:
    """The letter that a figure stands for; itself after a preposition that the space was lost of («на3дня»)."""
    if match.string[: match.start()].lower() in _SMALL_WORD:
        return match[0]
    letter = _DIGITS[match[0]]
    return letter.upper() if match.string[match.start() - 1].isupper() else letter
