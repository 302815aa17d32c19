"""Words of a sentence -> lemma, part of speech and features (Universal Dependencies), by rumorph and a table."""

from collections.abc import Sequence
from functools import lru_cache

from rumorph import Analysis, Analyzer

from servanda.lang.tables import read_table
from servanda.lang.words import Token, fold

PERSONAL = ("Giv", "Sur", "Pat")  # kinds of names that people have

_NAME = "PROPN"
_STRETCH = 400  # tokens read at once: a report without a full stop would fill the memory
_ODD_WORD = 64  # characters: no word is longer, and guessing at one costs time


class Morphology:
    """rumorph's dictionary with the names of our table added to it."""

    def __init__(self, code: str) -> None:
        rows = read_table(code, "words")
        self._analyzer = Analyzer(words={row["word"]: (row["like"], _NAME) for row in rows})
        self.readings = lru_cache(maxsize=32_768)(self._readings)
        self.lemma = lru_cache(maxsize=32_768)(self._lemma)

    def tag(self, tokens: Sequence[Token]) -> None:
        """Fill in lemma, part of speech and features of a sentence's tokens, each in the light of its neighbours."""
        for start in range(0, len(tokens), _STRETCH):
            stretch = tokens[start : start + _STRETCH]
            words = [t.text[:_ODD_WORD] for t in stretch]
            for token, found in zip(stretch, self._analyzer.analyze_sentence(words), strict=True):
                _put(token, found)

    def is_common(self, word: str) -> bool:
        """Whether a word, capitalised or not, is in the dictionary as an ordinary word."""
        first = next(iter(self.readings(word.lower())), None)
        return first is not None and first.pos != _NAME and first.source == "dictionary"

    def _readings(self, word: str) -> list[Analysis]:
        """All readings of a word out of context, the likeliest first."""
        return self._analyzer.analyze(word[:_ODD_WORD])

    def _lemma(self, word: str) -> str:
        """The dictionary form, lower-case, «ё» as «е»."""
        return fold(next((a.lemma for a in self.readings(word)), word))


def _put(token: Token, readings: Sequence[Analysis]) -> None:
    """The likeliest reading; a few odd signs have none."""
    if readings:
        reading = readings[0]
        token.lemma, token.pos, token.feats = fold(reading.lemma), reading.pos, reading.feats
    else:
        token.lemma, token.pos = fold(token.text), "X"
