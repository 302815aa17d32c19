"""Readings of reports with right records -> which records and fields are right, by the rules of the gold's scorer."""

import importlib.util
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

Json = dict[str, Any]


@lru_cache(maxsize=1)
def scorer(path: Path) -> ModuleType:
    """`score.py` of the gold."""
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["score"] = module
    spec.loader.exec_module(module)
    return module


def matches(score: ModuleType, right: Sequence[Json], read: Sequence[Json]) -> dict[int, int]:
    """Index of a record read -> index of the right record that it is."""
    return {j: i for i, j in score.match(list(right), list(read))}


def fields(score: ModuleType, right: Json, read: Json) -> Iterator[tuple[str, bool]]:
    """Paths of the fields of a record that is right, and whether each of them is."""
    for name in score.SLOTS[right["type"]]:
        value, wanted = read.get(name), right.get(name)
        if name == "under" or score.empty(value):
            continue
        if not isinstance(value, list):
            yield name, bool(score.safe(score.value, name, wanted, value) >= 0.999)
            continue
        for n, member in enumerate(value):
            yield f"{name}/{n}", any(_same(score, name, w, member) for w in wanted or [])


def _same(score: ModuleType, name: str, wanted: Any, member: Any) -> bool:
    if name in ("parties", "by", "to", "who"):
        return bool(score.party(wanted) == score.party(member))
    return bool(score.safe(score.value, name, [wanted], [member]) >= 0.9)
