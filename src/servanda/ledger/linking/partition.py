"""Records, must-links and cannot-links -> groups that speak of one thing, and the pairs left open for a person.

The surest joins come first. Two groups that hold a pair marked different, or a cannot-link, stay apart; a record that
could as well belong to either of two such groups joins neither. A person's must-link stands above all.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from servanda.ledger.linking.compare import compare
from servanda.ledger.linking.features import Features, pack
from servanda.ledger.linking.keys import block_keys, probe_keys
from servanda.ledger.linking.verdict import Verdict

Pair = tuple[int, int]  # record numbers, the smaller one first

_MARGIN = 0.08  # a rival so near makes a join undecided


class Open(NamedTuple):
    """Two records of two groups that may speak of one thing."""

    pair: Pair
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Partition:
    """Every record in one group; groups and their members in the order of their numbers."""

    groups: tuple[tuple[int, ...], ...]
    possible: tuple[Open, ...]


def partition(features: Mapping[int, Features], must: Iterable[Pair] = (), cannot: Iterable[Pair] = ()) -> Partition:
    """Group records by what each pair of them is to each other, found through their keys."""
    return _Work(features, candidates(features), must, cannot).done()


def candidates(features: Mapping[int, Features]) -> set[Pair]:
    """The pairs of records that find each other by their keys."""
    filed: defaultdict[int, list[int]] = defaultdict(list)
    for n, f in features.items():
        for key in block_keys(f):
            filed[key].append(n)
    return {
        (min(n, m), max(n, m))
        for n, f in features.items()
        for key in probe_keys(f)
        for m in filed.get(key, ())
        if n != m
    }


class _Work:
    """Groups in the making, numbered by one of their members."""

    def __init__(
        self, features: Mapping[int, Features], pairs: Iterable[Pair], must: Iterable[Pair], cannot: Iterable[Pair]
    ) -> None:
        self.features = features
        self.rank = {n: at for at, n in enumerate(sorted(features, key=lambda n: (pack(features[n]), n)))}
        self.verdicts: dict[Pair, Verdict] = {}
        self.group = {n: n for n in features}
        self.members = {n: [n] for n in features}
        self.cannot = {p for a, b in cannot for p in ((a, b), (b, a))}
        self.edges: dict[int, set[int]] = defaultdict(set)
        for a, b in must:
            if a in features and b in features:
                self._join(a, b)
        for a, b in pairs:
            if self.verdict(a, b).kind in ("same", "possible"):
                self.edges[a].add(b)
                self.edges[b].add(a)

    def verdict(self, a: int, b: int) -> Verdict:
        """What two records are to each other, compared once."""
        pair = (a, b) if a < b else (b, a)
        found = self.verdicts.get(pair)
        if found is None:
            found = self.verdicts[pair] = compare(self.features[a], self.features[b])
        return found

    def done(self) -> Partition:
        """Join what may be joined, the surest first; then list what stays open."""
        order = sorted((p for p in self._pairs() if self.verdict(*p).kind == "same"), key=self._place)
        for a, b in order:
            if self.group[a] != self.group[b] and not self._apart(a, b) and not self._undecided(a, b):
                self._join(a, b)
        groups = sorted(tuple(sorted(members)) for n, members in self.members.items() if self.group[n] == n)
        return Partition(tuple(groups), tuple(self._open()))

    def _pairs(self) -> Iterable[Pair]:
        return ((a, b) for a, others in self.edges.items() for b in others if a < b)

    def _place(self, pair: Pair) -> tuple[float, int, int]:
        one, other = sorted((self.rank[pair[0]], self.rank[pair[1]]))
        return (-self.verdict(*pair).score, one, other)

    def _join(self, a: int, b: int) -> None:
        a, b = sorted((self.group[a], self.group[b]), key=lambda n: (-len(self.members[n]), self.rank[n]))
        if a != b:
            for n in self.members[b]:
                self.group[n] = a
            self.members[a] += self.members.pop(b)

    def _apart(self, a: int, b: int) -> bool:
        """Whether the groups of two records may not be one."""
        pairs = product(self.members[self.group[a]], self.members[self.group[b]])
        return any(p in self.cannot or self.verdict(*p).kind == "different" for p in pairs)

    def _undecided(self, a: int, b: int) -> bool:
        """Whether one of the two could as well belong elsewhere, to what may not be one with the other."""
        least = self.verdict(a, b).score - _MARGIN
        return self._rival(a, b, least) or self._rival(b, a, least)

    def _rival(self, a: int, b: int, least: float) -> bool:
        rivals = (m for n in self.members[self.group[a]] for m in self.edges[n] if self._sure(n, m, least))
        own = (self.group[a], self.group[b])
        return any(self._apart(b, m) and not self._apart(a, m) for m in rivals if self.group[m] not in own)

    def _sure(self, a: int, b: int, least: float) -> bool:
        verdict = self.verdict(a, b)
        return verdict.kind == "same" and verdict.score >= least

    def _open(self) -> list[Open]:
        """The best pair of each two groups that may be one."""
        best: dict[Pair, Pair] = {}
        for pair in sorted(self._pairs(), key=self._place):
            a, b = sorted((self.group[pair[0]], self.group[pair[1]]))
            if a != b and (a, b) not in best and not self._apart(a, b):
                best[a, b] = pair
        return [Open(pair, self.verdict(*pair).score, self.verdict(*pair).reasons) for pair in sorted(best.values())]
