"""The tables in `data/` -> what every table of an export holds: keys, columns, links, and a word on each."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal, cast

from servanda.model import terms

Kind = Literal["text", "edtf", "day", "moment", "number", "whole", "truth", "list"]

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `link` is the table whose key it names; `values` the only words it may hold, where that is so."""

    name: str
    kind: Kind
    needed: bool  # never empty
    link: str | None
    values: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `label` is the column that names a row; `facets` those worth counting by ("array:" before lists)."""

    name: str
    key: tuple[str, ...]
    label: str | None
    facets: tuple[str, ...]
    order: str
    title: str
    says: str
    columns: tuple[Column, ...]


@cache
def load_tables(with_text: bool) -> tuple[Table, ...]:
    """All tables, those that others link to first; full texts have a column only where they are asked for."""
    columns: dict[str, list[Column]] = {}
    for row in _rows("columns"):
        if with_text or (row["table"], row["column"]) != ("reports", "text"):
            columns.setdefault(row["table"], []).append(_column(row))
    return tuple(_table(row, columns[row["table"]]) for row in _rows("tables"))


def _rows(name: str) -> Iterator[Mapping[str, str]]:
    with (_DATA / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        plain = (line for line in lines if not line.startswith("#"))
        yield from csv.DictReader(plain, delimiter="\t", quoting=csv.QUOTE_NONE)


def _column(row: Mapping[str, str]) -> Column:
    kind = cast(Kind, row["kind"].rstrip("!"))
    needed = row["kind"].endswith("!")
    return Column(row["column"], kind, needed, row["link"] or None, _values(row["values"]), row["says"])


def _values(words: str) -> tuple[str, ...]:
    """Words by the names of their classes, or the words themselves."""
    enums = [getattr(terms, word, None) for word in words.split()]
    if all(isinstance(e, type) and issubclass(e, StrEnum) for e in enums):
        return tuple(dict.fromkeys(str(value) for e in enums if e for value in e))
    return tuple(words.split())


def _table(row: Mapping[str, str], columns: list[Column]) -> Table:
    key, facets = tuple(row["key"].split()), tuple(row["facets"].split())
    return Table(
        row["table"], key, row["label"] or None, facets, row["order"], row["title"], row["says"], tuple(columns)
    )
