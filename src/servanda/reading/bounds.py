"""Weights of traits -> the most that the traits of two sides can add, before the sides are read.

The traits are those of `Traits.of_sides`. Many exclude each other: a sum of all that speaks for a candidate would bound
nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product

from servanda.model.terms import How

_KEPT = 4_096
_FAR = range(5)  # sentences back to where a party was named, as traits count them

Weights = Mapping[str, float]
Bound = Callable[[str, str, str, str], float]  # of what `Traits.beside_sides` tells


def bound_sides(weights: Weights) -> Bound:
    """The most that the sides add beside what `Traits.beside_sides` tells."""
    sides, of = list(_sides(weights)), weights.get

    @lru_cache(maxsize=_KEPT)
    def bound(known: str, subject: str, act: str, told: str) -> float:
        return max(
            most
            + (of(f"{told}/by={by}", 0.0) + of(f"{told}/to={to}", 0.0))
            + (of(f"{known}/by={by}", 0.0) + of(f"{known}/to={to}", 0.0))
            + (of(f"subject/by={subject}/{by}", 0.0) + of(f"act/to={act}/{to}", 0.0))
            for by, to, most in sides
        )

    return bound


def _sides(weights: Weights) -> Iterator[tuple[str, str, float]]:
    """How the first party of either side may be known ("-" where there is none), and the most that all traits add then
    that tell of the sides alone.
    """
    of = weights.get
    far = [
        of(f"far={max(by, to)}", 0.0) + of(f"by far={by}", 0.0) + of(f"to far={to}", 0.0)
        for by, to in product(_FAR, repeat=2)
    ]
    apart = (("joint",), ("sides brought", "sides named"), ("parties=2", "parties=3"))
    rest = max(far) + sum(_most(weights, traits) for traits in apart)
    for (by, one), (to, other) in product(_side(weights, "by").items(), _side(weights, "to").items()):
        yield by, to, one + other + of(f"by/to={by}/{to}", 0.0) + rest


def _side(weights: Weights, name: str) -> dict[str, float]:
    """How the first party of a side may be known, and the most that the side adds then: of two parties count the rules
    and how they are known.
    """
    hows = {how.value: weights.get(f"{name}={how.value}", 0.0) for how in How}
    apart = {f"{name}={how}" for how in (*hows, "named")}
    rules = sorted((w for t, w in weights.items() if t.startswith(f"{name}=") and t not in apart), reverse=True)
    first, second = (max(0.0, w) for w in (*rules, 0.0, 0.0)[:2])
    one = weights.get(f"{name}:1", 0.0) + first
    two = weights.get(f"{name}:2", 0.0) + first + second + max(0.0, *hows.values())
    named = _most(weights, (f"{name}=named",))
    return {"-": weights.get(f"{name}:0", 0.0)} | {how: w + max(one, two) + named for how, w in hows.items()}


def _most(weights: Weights, traits: Iterable[str]) -> float:
    """The most that one of some traits adds, if any holds."""
    return max(0.0, *(weights.get(trait, 0.0) for trait in traits))
