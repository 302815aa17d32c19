"""Words of a sentence -> lemma, part of speech and features (Universal Dependencies), by rumorph and a table."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path

from rumorph import Analysis

from servanda.lang.context import LONGEST, Context, Form, is_plain, unread
from servanda.lang.dictionary import NAME, open_dictionary
from servanda.lang.words import fold

PERSONAL = ("Giv", "Sur", "Pat")  # kinds of names that people have

_KEPT = 8_192  # words asked for out of context
_ODD_WORD = 64  # characters: no word is longer, and guessing at one costs time


class Morphology:
    """rumorph's dictionary with the names of our table added to it."""

    def __init__(self, code: str) -> None:
        self._analyzer = open_dictionary(code)
        self.readings = lru_cache(maxsize=_KEPT)(self._readings)
        self.lemma = lru_cache(maxsize=_KEPT)(self._lemma)
        self._context = Context(Path(self._analyzer.path), self.readings)

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[Form]]:
        """Lemma, part of speech and features of each sentence's words, each in the light of its neighbours."""
        stretches = [(i, words[at : at + LONGEST]) for i, words in enumerate(sentences) for at in _starts(words)]
        read = [[word[:_ODD_WORD] for word in words] for _, words in stretches]
        plain = [len(words) > 1 and is_plain(words) for words in read]
        chosen = self._context.choose([words for words, good in zip(read, plain, strict=True) if good])
        forms: list[list[Form]] = [[] for _ in sentences]
        for (i, _), words, good in zip(stretches, read, plain, strict=True):
            forms[i] += (
                islice(chosen, len(words)) if good else map(_form, words, self._analyzer.analyze_sentence(words))
            )
        return forms

    def lemmas(self, word: str) -> tuple[str, ...]:
        """The dictionary forms of all readings of a word, the likeliest first."""
        return tuple(dict.fromkeys(fold(reading.lemma) for reading in self._analyzer.analyze(word[:_ODD_WORD])))

    def is_common(self, word: str) -> bool:
        """Whether a word, capitalised or not, is in the dictionary as an ordinary word."""
        first = next(iter(self.readings(word.lower())), None)
        return first is not None and first.pos != NAME and first.source == "dictionary"

    def _readings(self, word: str) -> list[Analysis]:
        """All readings of a word out of context, the likeliest first."""
        return self._analyzer.analyze(word[:_ODD_WORD])

    def _lemma(self, word: str) -> str:
        """The dictionary form, lower-case, «ё» as «е»."""
        return fold(next((a.lemma for a in self.readings(word)), word))


def _starts(words: Sequence[str]) -> range:
    """Where the stretches of a sentence start that are read at once."""
    return range(0, len(words), LONGEST)


def _form(word: str, readings: Sequence[Analysis]) -> Form:
    """The likeliest reading; a few odd signs have none."""
    if not readings:
        return unread(word)
    return fold(readings[0].lemma), readings[0].pos, readings[0].feats
