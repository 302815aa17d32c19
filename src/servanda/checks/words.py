"""The tables in `data/` -> what checks know of words and units. Pure; loaded once."""

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

ANYTHING = "*"  # what a unit such as «единица» measures

_DATA = Path(__file__).parent / "data"


def _rows(table: str) -> list[dict[str, str]]:
    with (_DATA / f"{table}.tsv").open(encoding="utf-8", newline="") as lines:
        plain = (line for line in lines if not line.startswith("#"))
        return list(csv.DictReader(plain, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def _stems() -> Mapping[str, re.Pattern[str]]:
    return {
        row["kind"]: re.compile(rf"\b(?:{'|'.join(map(_stem, row['stems'].split()))})", re.IGNORECASE)
        for row in _rows("words")
    }


def _stem(stem: str) -> str:
    whole = stem.endswith("=")
    words = map(re.escape, stem.removesuffix("=").split("+"))
    return r"\s+".join(words) + (r"\b" if whole else "")


def pattern_of(kind: str) -> str:
    """The words of a kind, as a part of a regular expression."""
    return _stems()[kind].pattern


def speaks_of(kind: str, words: str) -> bool:
    """Whether a word of the kind stands in the words."""
    return _stems()[kind].search(words) is not None


def kinds_in(group: str, words: str) -> list[str]:
    """Which kinds of a group ("metric") the words speak of."""
    return [kind.partition("/")[2] for kind in _stems() if kind.startswith(group + "/") and speaks_of(kind, words)]


@cache
def _units() -> Mapping[str, tuple[str, float]]:
    return {row["unit"]: (row["measures"], float(row["factor"])) for row in _rows("units")}


def measure_of(unit: str) -> tuple[str, float]:
    """What a unit measures and its factor; a unit that no table has measures itself."""
    return _units().get(unit.replace("ё", "е"), (unit.replace("ё", "е"), 1.0))
