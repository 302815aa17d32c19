"""What the reader asks of a language, and nothing more: Russian answers today, English comes next."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from servanda.lang.words import Sentence, Token
from servanda.model.spans import Span

Doubles = npt.NDArray[np.float64]


class Language(Protocol):
    """One tongue. Pure: the same text gives the same sentences, in any batch and on any machine."""

    code: str

    def split(self, text: str, span: Span) -> list[Span]:
        """Sentences of a block, in order, without the blanks between them."""
        ...

    def analyse(self, text: str, spans: Sequence[tuple[Span, int]]) -> list[Sentence]:
        """Tokens with lemma, form, tree and names for each (sentence span, block number)."""
        ...

    def lemma(self, word: str) -> str:
        """The dictionary form of one word out of context, lower-case, «ё» as «е»."""
        ...

    def lemmas(self, word: str) -> tuple[str, ...]:
        """All dictionary forms that one word may be of, as `lemma` has them."""
        ...

    def vector(self, lemma: str) -> Doubles | None:
        """The meaning of a lemma as numbers, near for words of like meaning; None where it is not known."""
        ...

    def nominative(self, tokens: Sequence[Token]) -> str:
        """A noun phrase (words of one sentence, in order) with its head in the nominative.

        «премьер-министра Казахстана» -> «премьер-министр Казахстана», «Акылбеком Жапаровым» -> «Акылбек Жапаров».
        Letter case of the text is kept.
        """
        ...
