"""Sentences -> those that can hold a record, by what is seen of them at a glance; only these are read.

Boosted trees, learned from what the full reading makes of some 4,500 articles (`training/triage.py`). For each share of
the records that shall be kept there is a threshold, found on articles that the trees had not seen.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from servanda.errors import InputError
from servanda.lang.compiled import compiled
from servanda.model.spans import Span
from servanda.reading.document import Block
from servanda.reading.glance import Glance, Lemmas, Numbers
from servanda.world.tables import Tables

Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Trees:
    """Nodes of all trees, the first of each in `roots`. At an inner one `column` is compared with `value` (up to it:
    the node after, else `above`); at a leaf `column` is -1 and `value` what it adds.
    """

    roots: Ints
    column: Ints
    above: Ints
    value: Numbers
    base: float
    thresholds: dict[str, float]  # by the share of records kept ("0.995")
    columns: tuple[str, ...]

    def scores(self, numbers: Numbers) -> npt.NDArray[np.float64]:
        """The score of each row, the higher the likelier a record."""
        out = np.full(len(numbers), self.base)
        _add_leaves(numbers, self.roots, self.column, self.above, self.value, out)
        return out


@compiled
def _add_leaves(
    numbers: Numbers, roots: Ints, column: Ints, above: Ints, value: Numbers, out: npt.NDArray[np.float64]
) -> None:
    for row in range(len(numbers)):
        total = 0.0
        for root in roots:
            node = root
            while column[node] >= 0:
                node = node + 1 if numbers[row, column[node]] <= value[node] else above[node]
            total += value[node]
        out[row] += total


@cache
def load_trees() -> Trees:
    """The trees that come with the package."""
    data = json.loads(files("servanda.reading").joinpath("data/triage.json").read_text(encoding="utf-8"))
    column, above = (np.array(data[k], np.int32) for k in ("column", "above"))
    roots, value = np.array(data["roots"], np.int32), np.array(data["value"], np.float32)
    return Trees(roots, column, above, value, data["base"], data["thresholds"], tuple(data["columns"]))


class Triage:
    """Chooses the sentences to read. `keep` is the share of the records of a full reading to be kept."""

    def __init__(self, keep: float, tables: Tables, lemmas: Lemmas) -> None:
        self._glance = Glance(tables, lemmas)
        self._trees = load_trees()
        if str(keep) not in self._trees.thresholds:
            raise InputError("triage", f"no setting {keep}", f"choose one of {', '.join(self._trees.thresholds)}")
        self._threshold = self._trees.thresholds[str(keep)]
        places = {name: n for n, name in enumerate(self._glance.columns)}
        self._order = [places.get(name, -1) for name in self._trees.columns]

    def choose(self, text: str, sentences: Sequence[tuple[Span, Block]]) -> list[bool]:
        """Whether each sentence is to be read."""
        numbers = self._glance.look(text, sentences)
        known = np.hstack([numbers, np.zeros((len(numbers), 1), np.float32)])[:, self._order]  # -1: the zeros
        chosen: list[bool] = (self._trees.scores(known) >= self._threshold).tolist()
        return chosen
