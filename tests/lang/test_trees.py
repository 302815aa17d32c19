"""Scores of heads -> one tree."""

from itertools import product

import numpy as np
import numpy.typing as npt
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.lang.trees import find_cycle, repair


def tree_of(scores: npt.ArrayLike) -> list[int]:
    given = np.array(scores, np.float32)
    heads = np.zeros(len(given), np.int64)
    repair(given, heads)
    return list(heads)


def cycle_of(heads: list[int]) -> list[int]:
    return list(find_cycle(np.array(heads, np.int64)))


def is_tree(heads: list[int]) -> bool:
    return heads.count(-1) == 1 and not cycle_of(heads)


def test_the_best_heads_stay_where_they_make_a_tree() -> None:
    assert tree_of([[0, -9, 5], [7, 1, -9]]) == [1, -1]


def test_a_cycle_is_opened_where_it_costs_least() -> None:
    assert tree_of([[1, -9, 5, 0], [4, 6, -9, 0], [0, 0, 9, -9]]) == [1, -1, 1]


def test_of_two_roots_the_surer_stays() -> None:
    assert tree_of([[9, -9, 1], [5, 4, -9]]) == [-1, 0]


def test_the_first_cycle_is_found() -> None:
    assert cycle_of([1, 2, 0, -1]) == [0, 1, 2]
    assert cycle_of([0, -1]) == [0]
    assert cycle_of([-1, 0, 3, 2]) == [2, 3]
    assert cycle_of([-1, 0, 1]) == []


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 5), st.integers(0, 10_000))
def test_no_tree_below_the_same_root_is_better(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).integers(-9, 9, (size, size + 1)).astype(np.float32)

    def worth(heads: list[int]) -> float:
        return sum(float(scores[i, head + 1]) for i, head in enumerate(heads))

    found = tree_of(scores)
    every = map(list, product(range(-1, size), repeat=size))
    rivals = [
        h for h in every if h[found.index(-1)] == -1 and is_tree(h) and all(i != head for i, head in enumerate(h))
    ]
    assert worth(found) >= max(map(worth, rivals))


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.integers(0, 10_000))
def test_any_scores_make_a_tree(size: int, seed: int) -> None:
    assert is_tree(tree_of(np.random.default_rng(seed).normal(size=(size, size + 1))))


def test_equal_scores_and_long_sentences_make_a_tree() -> None:
    assert is_tree(tree_of(np.zeros((30, 31))))
    assert is_tree(tree_of(np.ones((399, 400))))
    assert is_tree(tree_of(np.random.default_rng(1).normal(size=(399, 400))))
