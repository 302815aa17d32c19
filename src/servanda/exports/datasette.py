"""Dossiers -> an SQLite file that Datasette opens well, and the metadata that tell it titles, labels and facets.

Words are found by the full-text indexes of `dossiers` and `records`: as they stand in a quote, and in dictionary form
in whatever form they stand.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from servanda.exports.database import Database, quoted
from servanda.exports.rows import Title
from servanda.exports.tables import Table, load_tables
from servanda.ledger.words import Words
from servanda.model.dossier import Discrepancy, Dossier

_UNIT = {"edtf": " (EDTF)", "list": " (a JSON list)"}
_SEARCHED = {  # number of a row, its words
    "dossiers": """SELECT d.rowid AS n, d.title || ' ' || coalesce(group_concat(r.quote, ' '), '') AS w
        FROM dossiers d JOIN records r ON r.dossier = d.dossier GROUP BY d.rowid""",
    "records": "SELECT record AS n, quote AS w FROM records WHERE quote IS NOT NULL",
}
_DUE = """SELECT due_day, due, dossier, title, parties, status, grade FROM dossiers
WHERE due_day IS NOT NULL AND status NOT IN ('did', 'performed', 'performed_late', 'cancelled', 'denied')
ORDER BY due_day"""


def write_database(
    dossiers: Iterable[Dossier],
    target: Path,
    title: Title,
    words: Words,
    *,
    findings: Iterable[Discrepancy] = (),
    with_text: bool = False,
) -> None:
    """Write the file, which is not there yet. `words` gives the dictionary forms of what is indexed."""
    with closing(sqlite3.connect(target)) as connection:
        for pragma in ("journal_mode = OFF", "synchronous = OFF"):  # half a file is thrown away
            connection.execute(f"PRAGMA {pragma}")
        database = Database(connection, with_text)
        database.fill(dossiers, findings, title)
        for table in database.tables:
            _index_links(connection, table)
        connection.create_function("lemmas", 1, lambda text: " ".join(words(text)), deterministic=True)
        for name, select in _SEARCHED.items():
            _index_words(connection, name, select)
        connection.commit()


def _index_links(connection: sqlite3.Connection, table: Table) -> None:
    for column in table.columns:
        if column.link and column.name != table.key[0]:
            name, own = quoted(f"{table.name}_{column.name}"), quoted(column.name)
            connection.execute(f"CREATE INDEX {name} ON {quoted(table.name)} ({own})")


def _index_words(connection: sqlite3.Connection, table: str, select: str) -> None:
    index = _index_of(table)
    connection.execute(f"CREATE VIRTUAL TABLE {index} USING fts5 (words, lemmas, content='')")
    connection.execute(f"INSERT INTO {index} (rowid, words, lemmas) SELECT n, w, lemmas(w) FROM ({select})")


def _index_of(table: str) -> str:
    return f"{table}_words"


def make_metadata(name: str, *, with_text: bool = False) -> dict[str, Any]:
    """What `datasette FILE --metadata` is told of the file; `name` is that of the file without its ending."""
    tables = {table.name: _table(table) for table in load_tables(with_text)}
    queries = {"due": {"title": "Deadlines that are open", "sql": _DUE}}
    about = {
        "title": "Dossiers of Servanda",
        "description": "Who promised what to whom, as news reports tell it, each field with the words that say it.",
    }
    return {**about, "databases": {name: {**about, "tables": tables, "queries": queries}}}


def _table(table: Table) -> dict[str, Any]:
    facets = [{"array": f.removeprefix("array:")} if f.startswith("array:") else f for f in table.facets]
    order = {"sort_desc" if table.order in ("last", "published", "score") else "sort": table.order}
    search = {"fts_table": _index_of(table.name), "fts_pk": "rowid"} if table.name in _SEARCHED else {}
    label = {"label_column": table.label} if table.label else {}
    columns = {c.name: c.says.rstrip(".") + _UNIT.get(c.kind, "") for c in table.columns}
    return {
        "title": table.title,
        "description": table.says,
        "columns": columns,
        **({"facets": facets} if facets else {}),
        **order,
        **label,
        **search,
    }
