"""Scores of heads -> one tree."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.lang.trees import find_cycles, is_tree, repair


def test_the_best_heads_stay_where_they_make_a_tree() -> None:
    scores = np.array([[0, -9, 5], [7, 1, -9]], np.float32)
    assert repair(scores) == [1, -1]


def test_a_cycle_is_opened_where_it_costs_least() -> None:
    scores = np.array([[1, -9, 5, 0], [4, 6, -9, 0], [0, 0, 9, -9]], np.float32)
    assert repair(scores) == [1, -1, 1]


def test_of_two_roots_the_surer_stays() -> None:
    scores = np.array([[9, -9, 1], [5, 4, -9]], np.float32)
    assert repair(scores) == [-1, 0]


def test_cycles_are_found() -> None:
    assert find_cycles([1, 2, 0, -1]) == [[0, 1, 2]]
    assert find_cycles([0, -1]) == [[0]]
    assert find_cycles([-1, 0, 1]) == []


@settings(max_examples=60)
@given(st.integers(1, 40), st.integers(0, 10_000))
def test_any_scores_make_a_tree(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size + 1)).astype(np.float32)
    assert is_tree(repair(scores))


def test_equal_scores_and_long_sentences_make_a_tree() -> None:
    assert is_tree(repair(np.zeros((30, 31), np.float32)))
    assert is_tree(repair(np.ones((399, 400), np.float32)))
    assert is_tree(repair(np.random.default_rng(1).normal(size=(399, 400)).astype(np.float32)))
