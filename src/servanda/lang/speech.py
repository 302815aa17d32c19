"""The table of words of speech -> what kind of word a token is for telling who says so."""

from functools import lru_cache

from servanda.lang.tables import read_table
from servanda.lang.words import Token


@lru_cache(maxsize=1)
def speech_words() -> dict[str, frozenset[str]]:
    """Words by kind, as `speech.tsv` describes the kinds."""
    kinds: dict[str, set[str]] = {}
    for row in read_table("ru", "speech"):
        kinds.setdefault(row["kind"], set()).update(row["lemma"].split())
    return {kind: frozenset(words) for kind, words in kinds.items()}


def is_speech(token: Token, kind: str) -> bool:
    """Whether the token's lemma is of a kind."""
    return token.lemma in speech_words()[kind]
