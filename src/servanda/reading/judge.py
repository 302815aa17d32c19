"""Traits and words of a candidate -> how likely it is an undertaking, by weights learned from reports read by people.

A logistic model: a weight for each trait, and for each place in the clause a vector that is held against the vectors
of its words. `training/` has the reports, the script and the measure.
"""

import json
import math
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from itertools import repeat

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Vector = Callable[[str], Floats | None]  # the meaning of a lemma as numbers, None where it is not known


class Judge:
    """Weighs candidates. Sums in the order of the traits, so that a candidate weighs the same anywhere."""

    def __init__(
        self,
        weights: Mapping[str, float],
        meanings: Mapping[str, Floats],
        thresholds: tuple[float, float],
        vector: Vector,
    ) -> None:
        self._thresholds = thresholds
        self._weights = weights
        self._meanings = meanings
        self._vector = vector
        self._said: dict[tuple[str, str], float | None] = {}

    def reasons(self, traits: Iterable[str], words: Mapping[str, Iterable[str]]) -> dict[str, float]:
        """What each trait, and the words of each place ("word:act"), add to the odds; in natural logarithms."""
        said = {trait: self._weights[trait] for trait in traits if trait in self._weights}
        for place, lemmas in words.items():
            known = [s for lemma in lemmas if (s := self._say(place, lemma)) is not None]
            said[f"word:{place}"] = sum(known) / len(known) if known else 0.0
        return said

    def probability(self, traits: Iterable[str], words: Mapping[str, Iterable[str]]) -> float:
        """How likely, 0 to 1."""
        total = self._weights[""] + sum(map(self._weights.get, traits, repeat(0.0)))
        for place, lemmas in words.items():
            known = [s for lemma in lemmas if (s := self._say(place, lemma)) is not None]
            total += sum(known) / len(known) if known else 0.0
        return round(1 / (1 + math.exp(-total)), 3)

    def threshold(self, sentences: int) -> float:
        """The odds from which a candidate counts in a report of so many sentences: wires and articles have their own,
        for most of what an article tells binds nobody.
        """
        return self._thresholds[sentences > LONG]

    def _say(self, place: str, lemma: str) -> float | None:
        """What a word says at its place; None for one without a vector."""
        key = place, lemma
        if key not in self._said:
            if len(self._said) > _KEPT:
                self._said.clear()
            vector = self._vector(lemma)
            self._said[key] = None if vector is None else round(float(vector @ self._meanings[place]), 6)
        return self._said[key]


LONG = 30  # sentences of a report that is no wire but an article
_KEPT = 100_000


@lru_cache(maxsize=2)
def load_judge(vector: Vector) -> Judge:
    """The judge of undertakings that comes with the package."""
    data = json.loads(files("servanda.reading").joinpath("data/undertakings.json").read_text(encoding="utf-8"))
    meanings = {place: np.array(values) for place, values in data["meanings"].items()}
    return Judge(data["weights"], meanings, tuple(data["thresholds"]), vector)
