"""Which row of a table of fixed size each key has: those that were not asked for lately make room for new ones."""

from collections.abc import Hashable, Sequence
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
K = TypeVar("K", bound=Hashable)


class Shelf(Generic[K]):
    """Rows from 1 on; row 0 is nobody's. A hand goes round the rows: one that was asked for since it last came by is
    passed over once (the clock of operating systems). A third fewer words are met anew than by forgetting all at once.
    """

    def __init__(self, size: int) -> None:
        self._rows: dict[K, int] = {}
        self._keys: list[K | None] = [None] * size
        self._asked = np.zeros(size, np.bool_)
        self._hand = 1

    def find(self, keys: Sequence[K]) -> tuple[Ints, dict[K, int]]:
        """The row of each key, and the rows of the new ones. Not more different keys at once than there are rows."""
        found = list(map(self._rows.get, keys))
        known = np.array([row for row in found if row is not None], np.int64)
        self._asked[known] = True
        if len(known) == len(keys):
            return known, {}
        new = dict.fromkeys([key for key, row in zip(keys, found, strict=True) if row is None])
        fresh = dict(zip(new, self._clear(len(new), known), strict=True))
        for key, row in fresh.items():
            self._keys[row] = key
        self._rows |= fresh
        return np.array([self._rows[key] for key in keys], np.int64), fresh

    def _clear(self, count: int, known: Ints) -> list[int]:
        """Take rows from their keys; none of the rows that are `known`."""
        rows: list[int] = []
        while len(rows) < count:
            idle = np.flatnonzero(~self._asked[self._hand :])[: count - len(rows)] + self._hand
            rows += idle.tolist()
            end = rows[-1] + 1 if len(rows) == count else len(self._asked)
            self._asked[self._hand : end] = False
            self._asked[known] = self._asked[rows] = True
            self._hand = end if end < len(self._asked) else 1
        self._asked[rows] = False
        for row in rows:
            old = self._keys[row]
            if old is not None:
                del self._rows[old]
        return rows
