"""What records are to each other, found out once, and remembered while the same records are looked at again.

Verdicts depend on the two records alone, so whatever is remembered stays true as long as a number means one record.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, product

from servanda.ledger.linking.compare import compare
from servanda.ledger.linking.features import Features, pack
from servanda.ledger.linking.keys import block_keys, probe_keys
from servanda.ledger.linking.verdict import Verdict

Pair = tuple[int, int]  # numbers of records, the smaller one first

_FEW = 12
_VERDICTS, _GROUPS, _CONTENTS = 300_000, 400_000, 50_000  # verdicts, pairs of groups, contents kept in memory
_EDGE = ("same", "possible")
_EVERYWHERE = 0


class Knowledge:
    """Of records by number, whose `features` may come and go while it is asked."""

    def __init__(self, features: Mapping[int, Features]) -> None:
        self._features = features
        self._edges: dict[int, set[int]] = defaultdict(set)
        self._met: dict[int, int] = {}  # those of one number have been compared with each other
        self._differ: dict[tuple[int, int], bool] = {}
        self._odd: dict[int, int] = {}  # a record that differs from another of what hangs together with it
        self._agreeing: set[int] = set()
        self._found: dict[int, set[int]] = {}
        self.between = lru_cache(maxsize=_VERDICTS)(self._compare)
        self.content = lru_cache(maxsize=_CONTENTS)(self._pack)

    def forget(self) -> None:
        """Trust nothing: numbers may mean other records."""
        self.forget_edges()
        self._differ.clear()
        self._odd.clear()
        self._agreeing.clear()
        self.between.cache_clear()
        self.content.cache_clear()

    def forget_edges(self) -> None:
        """Let go of what is quickly found again."""
        self._edges.clear()
        self._met.clear()
        self._found.clear()

    def meet(self, fresh: int, near: Iterable[int]) -> None:
        """A record that is new, and all others so far that it finds by its keys."""
        self._found[fresh] = {*near}
        for other in self._found[fresh]:
            if self.between(*_ordered(fresh, other)).kind in _EDGE:
                self._edges[fresh].add(other)
                self._edges[other].add(fresh)
        self._met[fresh] = _EVERYWHERE

    def edges(self, records: Iterable[int]) -> list[Pair]:
        """The pairs among some records that speak for a join."""
        some = {n: self._features[n] for n in records}
        strangers = {self._met.get(n, -1 - n) for n in some} - {_EVERYWHERE}
        if len(strangers) > 1:
            self._introduce(some)
        return [(a, b) for a in some for b in self._edges.get(a, ()) if a < b and b in some]

    def _introduce(self, some: Mapping[int, Features]) -> None:
        """Compare those that have not met."""
        together = 1 + min(some)
        for a, b in candidates(some):
            if self.between(a, b).kind in _EDGE:
                self._edges[a].add(b)
                self._edges[b].add(a)
        self._met.update((n, together) for n in some if self._met.get(n) != _EVERYWHERE)

    def differ(self, some: Sequence[int], others: Sequence[int]) -> bool:
        """Whether anything in one group keeps it apart from the other."""
        if len(some) == len(others) == 1:
            return self.between(*_ordered(some[0], others[0])).kind == "different"
        groups = _ordered(mark_of(some), mark_of(others))
        if groups not in self._differ:
            if len(self._differ) > _GROUPS:
                self._differ.clear()
            pairs = product(some, others)
            self._differ[groups] = any(self.between(*_ordered(a, b)).kind == "different" for a, b in pairs)
        return self._differ[groups]

    def agree(self, some: Sequence[int]) -> bool:
        """Whether no two of some records differ."""
        mark, among = mark_of(some), set(some)
        if mark in self._agreeing:
            return True
        if any(self._odd.get(n) in among for n in some):
            return False
        for a, b in combinations(sorted(some), 2):
            if self.between(a, b).kind == "different":
                self._odd[a] = b
                return False
        self._agreeing.add(mark)
        return True

    def explain(self, a: int, b: int) -> Verdict:
        """The verdict on a pair with its reasons."""
        return compare(self._features[a], self._features[b])

    def _compare(self, a: int, b: int) -> Verdict:
        """The verdict on a pair, the lower number first; its reasons take too much room."""
        found = None
        if a in self._found or b in self._found:
            found = a in self._found.get(b, ()) or b in self._found.get(a, ())
        return compare(self._features[a], self._features[b], found)._replace(reasons=())

    def _pack(self, n: int) -> str:
        return pack(self._features[n])


def candidates(features: Mapping[int, Features]) -> set[Pair]:
    """The pairs of records that find each other by their keys; of few records all, which is quicker."""
    if len(features) <= _FEW:
        return set(combinations(sorted(features), 2))
    filed: defaultdict[int, list[int]] = defaultdict(list)
    for n, f in features.items():
        for key in block_keys(f):
            filed[key].append(n)
    sought = {n: {m for key in probe_keys(f) for m in filed.get(key, ())} for n, f in features.items()}
    return {_ordered(n, m) for n, found in sought.items() for m in found if n != m}


def mark_of(records: Iterable[int]) -> int:
    """A number for a set of records, whatever their order: the sum of their own, 128 bits that look like chance."""
    return sum(map(_mark, records))


@lru_cache(maxsize=1 << 18)
def _mark(n: int) -> int:
    """Two rounds of splitmix64, from two seeds."""
    return _mixed(n) << 64 | _mixed(n ^ 0x5851F42D4C957F2D)


def _mixed(n: int) -> int:
    n = (n + 1) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    n = (n ^ n >> 30) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    n = (n ^ n >> 27) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
    return n ^ n >> 31


def _ordered(a: int, b: int) -> Pair:
    return (a, b) if a < b else (b, a)
