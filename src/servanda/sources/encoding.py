"""Bytes of unknown encoding -> text: by byte order mark, by whether it is UTF-8, by how Russian the letters look."""

import codecs
import math
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Iterable
from functools import cache

_MARKS = (
    (BOM_UTF8, "utf-8"),
    (BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins it
    (BOM_UTF32_BE, "utf-32-be"),
    (BOM_UTF16_LE, "utf-16-le"),
    (BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP (or a document of Word)"),
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\xd0\xcf\x11\xe0", "Word"),
    (b"\x7fELF", "program"),
    (b"PAR1", "Parquet"),
    (b"SQLite format", "SQLite"),
)
_SAMPLE = 65_536
_CYRILLIC = ("cp1251", "koi8-r", "cp866")
_WESTERN = ("iso8859-1", "cp1252", "ascii")  # what servers tell by default

# Russian letters by how often they stand in running text, in 1/10000 (Russian National Corpus).
_LETTERS = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"
_PER_MYRIAD = (
    "1097 845 801 735 670 626 547 473 454 440 349 321 298 281 262 201 190 174 170 165 159 144"
    " 121 97 94 73 64 48 36 32 26 4 4"
)
_SHARES = dict(zip(_LETTERS, map(int, _PER_MYRIAD.split()), strict=True))
_TYPOGRAPHY = "«»—–…№„“”’\xa0"
_RUSSIAN_ENOUGH = -4.5  # mean log share; of 700 news texts -3.2 (lines of 20 signs: above -4.0), misread -7.2
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_BROKEN_WORD = re.compile("[а-яё][А-ЯЁ]|[A-Za-z][А-яЁё]|[А-яЁё][A-Za-z]")


class UndecodableError(ValueError):
    """The bytes are no text, or in no encoding that is known."""


def decode(data: bytes) -> str:
    """The text, without its byte order mark; UndecodableError for what is no text.

    Bytes that a text in UTF-8 or UTF-16 has wrongly here and there become U+FFFD.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise UndecodableError(f"is a {name} file, not text")
    text = _decode_plain(data)
    if len(_CONTROL.findall(text[:_SAMPLE])) * 10 > min(len(text), _SAMPLE):
        raise UndecodableError("is binary, not text")
    return text


def decode_declared(data: bytes, charsets: Iterable[str | None]) -> str:
    """The text of a page that names its encoding. UTF-8 and marks are seen by themselves; another charset is
    believed if its letters make sense, and otherwise found by the letters.
    """
    if b"\0" in data[:_SAMPLE]:
        return decode(data)
    try:
        return data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError:
        pass
    for charset in filter(None, charsets):
        text = _decode_as(data, charset)
        if text is not None:
            return text
    return decode(data)


def _decode_as(data: bytes, charset: str) -> str | None:
    """The text in an encoding other than UTF-8, None where it is not known or has too many faults."""
    try:
        name = codecs.lookup(charset).name
        text = data.decode(name, "replace")
    except (LookupError, ValueError):
        return None
    if name.startswith("utf-") or text.count("\ufffd") * 100 > len(text):
        return None
    doubtful = name in _WESTERN or (name in _CYRILLIC and name != _best_cyrillic(data[:_SAMPLE])[0])
    return None if doubtful else text


def _best_cyrillic(sample: bytes) -> tuple[str, float]:
    """The Russian encoding in which bytes look most Russian, and how much."""
    scores = {encoding: _russian(sample.decode(encoding, "replace")) for encoding in _CYRILLIC}
    return max(scores.items(), key=lambda scored: scored[1])


def is_wide(data: bytes) -> bool:
    """Whether the bytes are UTF-16 or UTF-32, so that a newline is more than one byte."""
    return _wide(data[:_SAMPLE]) is not None


def _wide(sample: bytes) -> str | None:
    for mark, encoding in _MARKS[1:]:
        if sample.startswith(mark):
            return encoding
    even, odd = sample[0::2], sample[1::2]
    if not odd:
        return None
    for high, low, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        # Of Cyrillic and Latin text the high bytes are 4 and 0, and hardly any low byte is 0.
        plain = high.count(0) + high.count(4)
        if plain * 10 > len(high) * 8 and high.count(0) and low.count(0) * 20 <= len(low):
            return encoding
    return None


def _decode_plain(data: bytes) -> str:
    """The text of bytes without a mark."""
    wide = _wide(data[:_SAMPLE])
    if wide:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_broken(data)


def _decode_broken(data: bytes) -> str:
    """UTF-8 with single faults, one of the Russian eight-bit encodings, or Western text with a few signs."""
    repaired = data.decode("utf-8", "replace")
    faults = repaired.count("\ufffd")
    high = sum(1 for c in repaired[:_SAMPLE] if c > "\x7f")
    if faults * 20 < high:
        return repaired
    sample = data[:_SAMPLE]
    best, score = _best_cyrillic(sample)
    if score >= _RUSSIAN_ENOUGH:
        return data.decode(best, "replace")
    if sum(1 for b in sample if b > 0x7F) * 4 < len(sample) and not _CONTROL.search(repaired[:_SAMPLE]):
        return data.decode("cp1252", "replace")
    raise UndecodableError("is binary, or in an encoding that is not known")


@cache
def _log_share(sign: str) -> float:
    """How likely a sign beyond ASCII is in a Russian text, as a logarithm."""
    return math.log(_SHARES.get(sign.lower(), 20 if sign in _TYPOGRAPHY else 0.1) / 10_000)


def _russian(text: str) -> float:
    """The mean likelihood of the signs beyond ASCII, less for a capital inside or two alphabets in a word."""
    signs = [c for c in text if c > "\x7f"]
    if not signs:
        return -math.inf
    broken = len(_BROKEN_WORD.findall(text))
    return (sum(map(_log_share, signs)) - 3.0 * broken) / len(signs)
