"""A text -> its sketch, by which rewrites of one wire are known; the same on any machine.

Case, «ё», stress marks, punctuation, datelines and the names of agencies make no difference.
"""

import unicodedata
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from servanda.lang.compiled import compiled
from servanda.model.sketch import FIGURES, OPENING, SAMPLE, pack
from servanda.reading.dateline import DatelineReader, Names
from servanda.reading.furniture import furniture
from servanda.world.tables import Tables

Codes = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]

_TABLED = 0x3000  # of the code points above, each counts as a letter
_BREAK, _NOTHING = 0, 1  # what a code point may be that is no letter
_POINTS = (ord("."), ord(","))
_DIGITS = (ord("0"), ord("9"))
_LINES = 4  # a dateline stands in one of the first
_START, _STEP = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)  # of the FNV-1a hash
_MIX, _SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)  # of SplitMix64
_SHIFT, _HALF = np.uint64(29), np.uint64(32)


def sketch(text: str) -> bytes:
    """The sketch of a text."""
    known = _known()
    words, figures = _read_words(_codes(_without_dateline(text, known.datelines)), known.folds, known.agencies)
    return pack(*_draw(words, figures))


class _Known(NamedTuple):
    datelines: DatelineReader
    folds: Codes  # what each code point counts as
    agencies: Numbers  # their words, ascending


@cache
def _known() -> _Known:
    tables = Tables.default()
    known = furniture(tables)
    folds = np.array([_fold(chr(code)) for code in range(_TABLED)], np.uint32)
    names = " ".join(sorted(name for name in known.media if name.isalnum()))
    agencies, _ = _read_words(_codes(names), folds, np.zeros(0, np.uint64))
    return _Known(DatelineReader(known, tables.derive(Names)), folds, np.sort(agencies))


def _fold(letter: str) -> int:
    """The code that a letter counts as: small, without its marks («й» is «и», too, as marks may be written apart)."""
    if unicodedata.category(letter) in ("Mn", "Cf"):
        return _NOTHING
    if not letter.isalnum():
        return _BREAK
    return ord(unicodedata.normalize("NFD", letter.lower())[0])


def _without_dateline(text: str, reader: DatelineReader) -> str:
    start = 0
    for _ in range(_LINES):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if found := reader.find_at(text, start, end):
            return text[: found.start] + text[found.end :]
        start = end + 1
    return text


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint32, copy=False)


@compiled
def _read_words(codes: Codes, folds: Codes, passed: Numbers) -> tuple[Numbers, Flags]:
    """A number for each word, and whether it has a digit; words passed over, ascending, are left out."""
    words = np.empty(len(codes) // 2 + 1, np.uint64)
    digits = np.zeros(len(words), np.bool_)
    count, number, inside, digit = 0, _START, False, False
    for i in range(len(codes) + 1):
        code = np.uint32(_BREAK)
        if i < len(codes):
            code = folds[codes[i]] if codes[i] < len(folds) else codes[i]
        if code > _NOTHING:
            digit = digit or bool(_DIGITS[0] <= code <= _DIGITS[1])
            number, inside = (number ^ np.uint64(code)) * _STEP, True
        elif code == _BREAK and inside and not _is_point(codes, i):
            number ^= number >> _HALF
            place = np.searchsorted(passed, number)
            if place == len(passed) or passed[place] != number:
                words[count], digits[count] = number, digit
                count += 1
            number, inside, digit = _START, False, False
    return words[:count], digits[:count]


@compiled
def _is_point(codes: Codes, i: int) -> bool:
    """Whether a sign parts the digits of one number."""
    if i == 0 or i + 1 >= len(codes) or (codes[i] != _POINTS[0] and codes[i] != _POINTS[1]):
        return False
    before, after = codes[i - 1], codes[i + 1]
    return bool(_DIGITS[0] <= before <= _DIGITS[1] and _DIGITS[0] <= after <= _DIGITS[1])


def _draw(words: Numbers, figures: Flags) -> tuple[int, bytes, bytes, bytes]:
    """How many distinct runs of three words there are, then opening, sample and figures of a sketch."""
    runs = _runs(words)
    opening = np.unique(runs[:OPENING])
    every = np.unique(runs)
    numbers = np.unique((words[figures][:FIGURES] >> _HALF).astype(np.uint32))
    return len(every), _bytes(opening), _bytes(every[:SAMPLE]), _bytes(numbers)


def _bytes(numbers: Codes) -> bytes:
    return numbers.astype("<u4", copy=False).tobytes()


@compiled
def _runs(words: Numbers) -> Codes:
    """A number for each run of three words; of a text that is shorter, one for all."""
    runs = np.empty(max(len(words) - 2, min(len(words), 1)), np.uint32)
    for i in range(len(runs)):
        number = _START
        for word in words[i : i + 3]:
            number = (number ^ word) * _MIX
            number ^= number >> _SHIFT
        number *= _SECOND
        runs[i] = np.uint32((number ^ (number >> _HALF)) & np.uint64(0xFFFFFFFF))
    return runs
