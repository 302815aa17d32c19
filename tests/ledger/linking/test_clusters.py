"""The clusters of cases/links.txt come out as they are drawn: what belongs together, and what stays open."""

from typing import Any

from servanda.ledger.linking import partition


def grouped(cluster: Any) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
    """Groups of names, and pairs of names called possible."""
    names = list(cluster.told)
    made = partition(dict(enumerate(cluster.features().values())))
    return {frozenset(names[n] for n in g) for g in made.groups}, {
        frozenset(names[n] for n in o.pair) for o in made.possible
    }


def is_open(pair: frozenset[str], among: set[frozenset[str]], groups: set[frozenset[str]]) -> bool:
    """Whether the groups of two records are left open, by whichever of their records."""
    one, other = (next(g for g in groups if name in g) for name in pair)
    return any(p & one and p & other for p in among)


def test_what_belongs_together_is_joined_and_nothing_else(cluster: Any) -> None:
    groups, _ = grouped(cluster)
    assert groups == cluster.groups


def test_what_is_undecided_stays_open(cluster: Any) -> None:
    groups, possible = grouped(cluster)
    assert [sorted(pair) for pair in cluster.open if not is_open(pair, possible, groups)] == []


def test_at_least_half_of_what_is_called_possible_is_undecided(clusters: list[Any]) -> None:
    called = right = 0
    for cluster in clusters:
        groups, possible = grouped(cluster)
        called += len(possible)
        right += sum(is_open(pair, set(cluster.open), groups) for pair in possible)
    assert right >= called / 2
