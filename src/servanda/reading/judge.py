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

from servanda.reading.bounds import bound_sides

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
        self._said = {place: _Said(vector, meaning) for place, meaning in meanings.items()}
        self.most_of_sides = bound_sides(weights)  # the most that its sides can add for a candidate, whoever they are

    def reasons(self, traits: Iterable[str], words: Mapping[str, Iterable[str]]) -> dict[str, float]:
        """What each trait, and the words of each place ("word:act"), add to the odds; in natural logarithms."""
        said = {trait: self._weights[trait] for trait in traits if trait in self._weights}
        return said | {f"word:{place}": self._mean(place, lemmas) for place, lemmas in words.items()}

    def probability(self, traits: Iterable[str], words: Mapping[str, Iterable[str]], more: float = 0.0) -> float:
        """How likely, 0 to 1; with what is to be added to the logarithm of the odds."""
        total = self._weights[""] + sum(map(self._weights.get, traits, repeat(0.0)))
        for place, lemmas in words.items():
            total += self._mean(place, lemmas)
        return round(1 / (1 + math.exp(-total - more)), 3)

    def threshold(self, article: bool) -> float:
        """The odds from which a candidate counts: wires and articles have their own, for most of what an article tells
        binds nobody.
        """
        return self._thresholds[article]

    def _mean(self, place: str, lemmas: Iterable[str]) -> float:
        """What the words of a place say, on average."""
        said = self._said[place]
        known = [s for lemma in lemmas if (s := said[lemma]) is not None]
        return sum(known) / len(known) if known else 0.0


class _Said(dict[str, float | None]):
    """What each word says at one place of the clause, kept as it is asked for; None for one without a vector."""

    def __init__(self, vector: Vector, meaning: Floats) -> None:
        super().__init__()
        self._vector, self._meaning = vector, meaning

    def __missing__(self, lemma: str) -> float | None:
        if len(self) > _KEPT:
            self.clear()
        vector = self._vector(lemma)
        said = self[lemma] = None if vector is None else round(float(vector @ self._meaning), 6)
        return said


_KEPT = 50_000


@lru_cache(maxsize=2)
def load_judge(vector: Vector) -> Judge:
    """The judge of undertakings that comes with the package."""
    data = json.loads(files("servanda.reading").joinpath("data/undertakings.json").read_text(encoding="utf-8"))
    meanings = {place: np.array(values) for place, values in data["meanings"].items()}
    return Judge(data["weights"], meanings, tuple(data["thresholds"]), vector)
