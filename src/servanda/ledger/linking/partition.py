"""Records, must-links and cannot-links -> groups that speak of one thing, and the pairs left open for a person.

The surest joins come first. Two groups that hold a pair marked different, or a cannot-link, stay apart; a record that
could as well belong to either of two such groups joins neither. A person's must-link stands above all.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from servanda.ledger.linking.features import Features
from servanda.ledger.linking.knowledge import Knowledge, Pair

_MARGIN = 0.03  # a rival so near makes a join undecided


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


def partition(
    features: Mapping[int, Features],
    must: Iterable[Pair] = (),
    cannot: Iterable[Pair] = (),
    knowledge: Knowledge | None = None,
) -> Partition:
    """Group records by what each pair of them is to each other; `knowledge` is what somebody remembers of them."""
    edges = _Edges(features, knowledge or Knowledge(features))
    groups = _Groups(features, edges, cannot)
    links = [(a, b) for a, b in must if a in features and b in features]
    for a, b in links:
        groups.join(a, b)
    for island in edges.islands(links):
        if groups.agree(island):
            groups.unite(island)
        else:
            _join_surest(island, groups, edges)
    return Partition(tuple(sorted(tuple(sorted(g)) for g in groups.members.values())), tuple(_open(groups, edges)))


def _join_surest(island: Iterable[int], groups: "_Groups", edges: "_Edges") -> None:
    """Join, the surest first, what neither differs nor could as well be joined with what differs."""
    for a, b in edges.surest_first("same", among=set(island)):
        if not groups.is_one(a, b) and not groups.apart(a, b) and not groups.undecided(a, b):
            groups.join(a, b)


def _open(groups: "_Groups", edges: "_Edges") -> Iterable[Open]:
    """The best pair of each two groups that may be one, in the order of their numbers."""
    best: dict[Pair, Pair] = {}
    apart = [(a, b) for a, b in edges.pairs if not groups.is_one(a, b)]
    for a, b in edges.in_order(apart):
        between = _sorted(groups.of[a], groups.of[b])
        if between[0] != between[1] and between not in best and not groups.apart(a, b):
            best[between] = (a, b)
    return (edges.open(pair) for pair in sorted(best.values()))


def _sorted(a: int, b: int) -> Pair:
    return (a, b) if a < b else (b, a)


class _Edges:
    """The pairs of some records that speak for a join."""

    def __init__(self, features: Mapping[int, Features], knowledge: Knowledge) -> None:
        self._features = features
        self.knowledge = knowledge
        self.of = knowledge.between
        self.pairs = knowledge.edges(features)

    @cached_property
    def rank(self) -> dict[int, int]:
        """An order of the records that depends on what they hold."""
        by_content = sorted(self._features, key=lambda n: (self.knowledge.content(n), n))
        return {n: at for at, n in enumerate(by_content)}

    def islands(self, links: Iterable[Pair]) -> Iterator[list[int]]:
        """Records, two or more, that hang together by links and by edges that join."""
        home: dict[int, list[int]] = {}
        for a, b in (*links, *(p for p in self.pairs if self.of(*p).kind == "same")):
            small, large = sorted((home.setdefault(a, [a]), home.setdefault(b, [b])), key=len)
            if small is not large:
                large += small
                home |= dict.fromkeys(small, large)
        return (island for n, island in home.items() if island[0] == n)

    def surest_first(self, kind: str, among: set[int]) -> list[Pair]:
        """The edges of a kind among some records."""
        return self.in_order(p for p in self.pairs if p[0] in among and self.of(*p).kind == kind)

    def in_order(self, pairs: Iterable[Pair]) -> list[Pair]:
        """Pairs, the surest first; equal scores in an order that depends on what the records hold."""
        some = list(pairs)
        return sorted(some, key=self._place) if len(some) > 1 else some

    def _place(self, pair: Pair) -> tuple[float, Pair]:
        return (-self.of(*pair).score, _sorted(self.rank[pair[0]], self.rank[pair[1]]))

    def open(self, pair: Pair) -> Open:
        """A pair with its score and reasons."""
        verdict = self.knowledge.explain(*pair)
        return Open(pair, verdict.score, verdict.reasons)


class _Groups:
    """Groups in the making, each named by one of its members."""

    def __init__(self, features: Iterable[int], edges: _Edges, cannot: Iterable[Pair]) -> None:
        self._edges = edges
        self.of = {n: n for n in features}
        self.members = {n: [n] for n in self.of}
        self._forbidden = [p for p in cannot if p[0] in self.of and p[1] in self.of]
        self._foes: dict[int, set[int]] = {n: set() for n in self.of}
        self._near: dict[int, dict[int, float]] = {n: {} for n in self.of}  # the surest edge to each other group
        for a, b in edges.pairs:
            if edges.of(a, b).kind == "same":
                self._near[a][b] = self._near[b][a] = edges.of(a, b).score

    def agree(self, some: list[int]) -> bool:
        """Whether nothing keeps any two of some records apart."""
        among = set(some)
        return self._edges.knowledge.agree(some) and not any(a in among and b in among for a, b in self._forbidden)

    def unite(self, some: list[int]) -> None:
        """Make one group of all groups of some records, to which nothing else can be joined."""
        name = self.of[some[0]]
        for n in some:
            self.members.pop(self.of[n], None)
            self.of[n] = name
        self.members[name] = some

    def is_one(self, a: int, b: int) -> bool:
        """Whether two records stand in one group."""
        return self.of[a] == self.of[b]

    def join(self, a: int, b: int) -> None:
        """Make one group of those of two records."""
        rank = self._edges.rank
        a, b = sorted((self.of[a], self.of[b]), key=lambda n: (-len(self.members[n]), rank[n]))
        if a == b:
            return
        for n in self.members[b]:
            self.of[n] = a
        self.members[a] += self.members.pop(b)
        for foe in self._foes.pop(b):
            self._foes[foe].discard(b)
            self._foes[foe].add(a)
            self._foes[a].add(foe)
        for other, score in self._near.pop(b).items():
            del self._near[other][b]
            if other != a:
                self._near[a][other] = self._near[other][a] = max(score, self._near[a].get(other, 0.0))

    def apart(self, a: int, b: int) -> bool:
        """Whether the groups of two records may not be one."""
        a, b = self.of[a], self.of[b]
        if b in self._foes[a]:
            return True
        if self._are_forbidden(a, b) or self._edges.knowledge.differ(self.members[a], self.members[b]):
            self._foes[a].add(b)
            self._foes[b].add(a)
            return True
        return False

    def _are_forbidden(self, a: int, b: int) -> bool:
        """Whether a person keeps apart what two groups hold."""
        return any({self.of[m], self.of[n]} == {a, b} for m, n in self._forbidden)

    def undecided(self, a: int, b: int) -> bool:
        """Whether one of two records' groups could as well join another one, which may not be one with the other's."""
        a, b = self.of[a], self.of[b]
        least = self._near[a][b] - _MARGIN
        return self._has_rival(a, b, least) or self._has_rival(b, a, least)

    def _has_rival(self, a: int, b: int, least: float) -> bool:
        rivals = [c for c, score in self._near[a].items() if score >= least and c != b]
        return any(self.apart(b, c) and not self.apart(a, c) for c in rivals)
