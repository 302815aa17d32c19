"""A noun phrase as it stands in the text -> the same with its head in the nominative."""

from collections.abc import Sequence

from servanda.lang.morphology import Morphology
from servanda.lang.words import Token


class Declension:
    """Puts phrases into the nominative."""

    def __init__(self, morphology: Morphology) -> None:
        self._morphology = morphology

    def nominative(self, tokens: Sequence[Token]) -> str:
        """The head and what agrees with it in the nominative, what depends on it as it stands."""
        out: list[str] = []
        for i, token in enumerate(tokens):
            if i and tokens[i - 1].end < token.start:
                out.append(" ")
            out.append(token.text)
        return "".join(out)
