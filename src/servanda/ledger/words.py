"""What the ledger asks of a language: functions that are handed in."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_TOKEN = re.compile(r"[\w-]+")

Words = Callable[[str], tuple[str, ...]]
"""Content lemmas of a phrase, lower-case, without stop words."""

Speaker = Callable[[str], str | None]
"""The party for which the speaker named by these words speaks; None where they name none."""


Sketcher = Callable[[str], bytes]
"""What is kept of a text so that its rewrites are known; see `model.sketch`."""


def unknown_speaker(words: str) -> str | None:
    """Who speaks for whom, where no names are at hand: unknown."""
    return None


def rough_words(phrase: str) -> tuple[str, ...]:
    """Words cut to their first six letters, the short ones left out: where no lemmas are at hand."""
    return tuple(w[:6] for w in _TOKEN.findall(phrase.lower().replace("ё", "е")) if len(w) > 2 or w.isdigit())


@dataclass(frozen=True, slots=True)
class Tongue:
    """What is asked of a language and of the world, handed in as one. Without sketches no rewrites are known."""

    words: Words
    speaker: Speaker = unknown_speaker
    sketch: Sketcher | None = None


PLAIN = Tongue(rough_words)
"""What there is where nothing is handed in."""
