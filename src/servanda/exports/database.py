"""Dossiers -> the tables of an export in an SQLite file, row by row: the package and the SQLite export are made of it.

Memory holds a portion of the rows, however many dossiers there are.
"""

import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from servanda.exports.rows import Row, Title, rows_of, rows_of_finding
from servanda.exports.tables import Column, Table, load_tables
from servanda.model.dossier import Discrepancy, Dossier

_PORTION = 1_000  # rows put in at once
_AFFINITY = {"number": "NUMERIC", "whole": "INTEGER", "truth": "INTEGER"}
_LARGEST = 2**63 - 1
_HIGHEST = sys.float_info.max
_SHARED = ("reports",)  # a report comes with every dossier that it tells of


class Database:
    """The tables of one export, open for writing."""

    def __init__(self, connection: sqlite3.Connection, with_text: bool) -> None:
        self.connection = connection
        self.tables = load_tables(with_text)
        self.with_text = with_text
        for table in self.tables:
            connection.execute(_create(table))

    def fill(self, dossiers: Iterable[Dossier], findings: Iterable[Discrepancy], title: Title) -> None:
        """Put all in; findings are asked for when the dossiers have passed. Links that lead outside are emptied."""
        rows = (row for dossier in dossiers for row in rows_of(dossier, title, self.with_text))
        self._put(rows)
        self._put(row for n, finding in enumerate(findings, 1) for row in rows_of_finding(n, finding))
        self._close_links()
        self.connection.commit()

    def _put(self, rows: Iterable[Row]) -> None:
        waiting: dict[str, list[tuple[Any, ...]]] = {table.name: [] for table in self.tables}
        columns = {table.name: table.columns for table in self.tables}
        for count, (name, values) in enumerate(rows, 1):
            waiting[name].append(tuple(_stored(values.get(column.name), column) for column in columns[name]))
            if count % _PORTION == 0:
                self._flush(waiting)
        self._flush(waiting)

    def _flush(self, waiting: Mapping[str, list[tuple[Any, ...]]]) -> None:
        for table in self.tables:
            rows = waiting[table.name]
            marks = ", ".join("?" * len(table.columns))
            again = " ON CONFLICT DO NOTHING" if table.name in _SHARED else ""
            self.connection.executemany(f"INSERT INTO {quoted(table.name)} VALUES ({marks}){again}", rows)
            rows.clear()

    def _close_links(self) -> None:
        """Empty what leads to a dossier or record that is not here; a row that is nothing without it goes."""
        for table in self.tables:
            for column in table.columns:
                if column.link:
                    self.connection.execute(_without_dangling(table, column, self._key(column.link)))

    def _key(self, name: str) -> str:
        return next(table.key[0] for table in self.tables if table.name == name)

    def rows(self, table: Table) -> Iterator[tuple[Any, ...]]:
        """The rows of a table in the order in which they came."""
        yield from self.connection.execute(f"SELECT * FROM {quoted(table.name)} ORDER BY rowid")


def quoted(name: str) -> str:
    """A name of a table or column in SQL."""
    return f'"{name}"'


def _create(table: Table) -> str:
    lines = [f"{quoted(c.name)} {_AFFINITY.get(c.kind, 'TEXT')}" + " NOT NULL" * c.needed for c in table.columns]
    keys = {t.name: t.key[0] for t in load_tables(False)}
    lines.append(f"PRIMARY KEY ({', '.join(map(quoted, table.key))})")
    lines += [
        f"FOREIGN KEY ({quoted(c.name)}) REFERENCES {quoted(c.link)} ({quoted(keys[c.link])})"
        for c in table.columns
        if c.link
    ]
    return f"CREATE TABLE {quoted(table.name)} (\n  " + ",\n  ".join(lines) + "\n)"


def _without_dangling(table: Table, column: Column, key: str) -> str:
    name, own = quoted(table.name), quoted(column.name)
    where = f"WHERE {own} IS NOT NULL AND {own} NOT IN (SELECT {quoted(key)} FROM {quoted(column.link or '')})"
    return f"DELETE FROM {name} {where}" if column.needed else f"UPDATE {name} SET {own} = NULL {where}"


def _stored(value: Any, column: Column) -> Any:
    """A value as SQLite takes it: lists as JSON, a lone surrogate as its escape."""
    if column.kind == "list":
        return None if value is None else storable(json.dumps(value, ensure_ascii=False))
    if isinstance(value, str):
        return storable(value)
    if column.kind == "number":
        return _number(value)
    return value


def _number(number: int | float | None) -> int | float | str | None:
    """A number as near as SQLite takes it; one that is none by name."""
    if number is None or (isinstance(number, int) and abs(number) <= _LARGEST):
        return number
    if abs(number) > _HIGHEST:
        return float("inf") if number > 0 else float("-inf")
    return "NaN" if number != number else float(number)


def storable(text: str) -> str:
    """The text as files and databases take it."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
