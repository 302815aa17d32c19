"""A phrase, Russian or English -> its content words in dictionary form: for what is searched and compared.

Each word is read by itself, without its sentence: the same word gives the same lemma wherever it stands. No network is
loaded: this is ready in a tenth of a second.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from rumorph import Analyzer
from snowballstemmer import stemmer

from servanda.lang.dictionary import NAME, open_dictionary
from servanda.lang.tables import read_table
from servanda.lang.words import fold
from servanda.model.spans import Span

_WORD = r"""
      (?<![\w.,])\d{{1,3}}(?:[{blanks}]\d{{3}})++(?:[.,]\d++)?+(?!\d)   # 10 080
    | (?<!\d[.,])\d++[.,]\d++(?![.,]\d)                                # 12,5; of 08.12.2021 each part alone
    | \d++(?:[-‐‑][^\W\d_]{{1,3}}(?![^\W_]))?+                         # 680, 5-го
    | [^\W\d_][^\W_]*+(?:[\u0300-\u036f]++[^\W_]*+)*+                  # word with its stress marks
    """
_BLANKS = "\\ \u00a0\u2009\u202f"
_WORDS = re.compile(_WORD.format(blanks=_BLANKS), re.VERBOSE)
_ENGLISH_WORDS = re.compile(_WORD.format(blanks=_BLANKS + ","), re.VERBOSE)  # 10,080
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
_NO_DIGITS = re.compile(r"[^\d.]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_RUSSIAN = re.compile("[а-яё]+")
_MARKS = re.compile("[\u0300-\u036f]")
_SILENT = frozenset({"ADP", "CCONJ", "SCONJ", "PART", "PRON", "DET", "AUX"})
_SURELY = 0.1  # how likely a capitalised word must be a surname to be read as one: «Песков» 0.29, «Буркина» 0.05
_POSSESSIVE = re.compile("(.{2,}(?:[ое]в|[иы]н))(?:|а|у|ым|е|ой|ою|ы|ых|ыми)")  # «Жапаровой»
_ADJECTIVAL = re.compile("(.{2,}[сц]к)(?:ий|ого|ому|им|ом|ая|ой|ою|ую|ие|их|ими)")  # «Зеленскую»
_ENDING = re.compile("(?<=.{3})(?:[ое](?:[мйяюе]|ем)|[аеиоуыюяьй])$")
_ACRONYM = 5  # letters: a longer word in capitals is a word
_LONGEST = 64  # characters: no word is longer
_KEPT = 131_072  # words
_PHRASES = 8_192  # a ledger asks for the same quote several times


@lru_cache(maxsize=_PHRASES)
def lemmas(text: str) -> tuple[str, ...]:
    """The content words of a phrase in their order, lower-case, «ё» as «е»; numbers as figures, no stop words.

    A surname is that of a man, in the nominative: «Жапаровой» and «Жапаровым» are «жапаров».
    """
    words, english = _words_of(text)
    return tuple(lemma for word in words.findall(text) if (lemma := _lemma(word, english)))


def find_lemmas(text: str) -> Iterator[tuple[str, Span]]:
    """The same, each with the place of its word."""
    words, english = _words_of(text)
    for match in words.finditer(text):
        if lemma := _lemma(match.group(), english):
            yield lemma, Span(*match.span())


def _words_of(text: str) -> tuple[re.Pattern[str], bool]:
    """What finds the words of a text, and whether it is English: «10,080» is ten of a thing in Russian."""
    english = "," in text and not _CYRILLIC.search(text)
    return (_ENGLISH_WORDS if english else _WORDS), english


@lru_cache(maxsize=_KEPT)
def _lemma(word: str, english: bool) -> str:
    """One word or number; "" for a stop word."""
    if word[0].isdecimal():
        return _number(word, english)
    plain = word if word.isascii() else _MARKS.sub("", unicodedata.normalize("NFC", word))
    plain = plain[:_LONGEST]
    low = plain.lower()
    if low.isascii():
        return "" if low in _stop_words("en") else stemmer("english").stemWord(low)
    if not _RUSSIAN.fullmatch(low):
        return fold(low)
    return _homographs().get(fold(low)) or _russian(plain)


def _number(word: str, english: bool) -> str:
    """«10 080» -> 10080, «12,5» -> 12.5, «5-го» -> 5."""
    whole = _THOUSANDS.sub("", word) if english else word
    return _NO_DIGITS.sub("", whole.replace(",", "."))


def _russian(word: str) -> str:
    readings = _dictionary().analyze(word)
    if not readings:
        return fold(word)
    best = readings[0]
    if word.istitle():
        best = next((a for a in readings if a.feats.get("NameType") == "Sur" and a.prob >= _SURELY), best)
    lemma = fold(best.lemma)
    if best.pos in _SILENT or lemma in _stop_words("ru"):
        return ""
    if best.pos == "ADV":  # «безвозмездно» and «безвозмездный» say the same
        return next((fold(a.lemma) for a in readings if a.pos == "ADJ"), lemma)
    if best.source == "guess" and best.pos in ("NOUN", NAME):
        return _stem(fold(word) if word.istitle() else lemma, short=word.isupper())
    if best.feats.get("NameType") == "Giv" and best.feats.get("Number") == "Plur":
        return _of_family(fold(word)) or lemma  # «Идрисов» is hardly of several men called Идрис
    return _of_family(lemma) or lemma if best.feats.get("NameType") == "Sur" else lemma


def _stem(word: str, *, short: bool) -> str:
    """What the forms of a noun that the dictionary lacks have in common: «Уиткоффом» -> «уиткофф»."""
    if short and len(word) <= _ACRONYM:
        return word
    return _of_family(word) or _ENDING.sub("", word)


def _of_family(word: str) -> str | None:
    """The surname of a man of whose family a name tells; None where its form is of another kind."""
    if match := _POSSESSIVE.fullmatch(word):
        return match[1]
    match = _ADJECTIVAL.fullmatch(word)
    return match and match[1] + "ий"


@cache
def _dictionary() -> Analyzer:
    return open_dictionary("ru")


@cache
def _stop_words(code: str) -> frozenset[str]:
    return frozenset(word for row in read_table(code, "stop_words") for word in row["words"].split("|"))


@cache
def _homographs() -> dict[str, str]:
    return {form: row["lemma"] for row in read_table("ru", "homographs") for form in row["forms"].split("|")}
