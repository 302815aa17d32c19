"""Rows of a table: each key has its own while it is asked for."""

from hypothesis import given
from hypothesis import strategies as st

from servanda.lang.shelf import Shelf

BATCHES = st.lists(st.lists(st.integers(0, 30), max_size=7), max_size=30)


@given(BATCHES)
def test_keys_that_are_asked_for_together_have_rows_of_their_own(batches: list[list[int]]) -> None:
    shelf: Shelf[int] = Shelf(8)
    table = [-1] * 8
    for keys in batches:
        rows, fresh = shelf.find(keys)
        for key, row in fresh.items():
            table[row] = key
        assert [table[row] for row in rows] == keys
        assert table[0] == -1


def test_what_is_asked_for_again_and_again_stays() -> None:
    shelf: Shelf[int] = Shelf(4)
    assert len(shelf.find([0])[1]) == 1
    for key in range(1, 20):
        assert list(shelf.find([0, key])[1]) == [key]
