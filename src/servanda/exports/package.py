"""Dossiers -> a Data Package (datapackage.json with CSV tables) in a folder or a zip file.

The same input gives the same bytes. Every cell of text is defused (see `cells`); sizes and SHA-256 let a copy be
checked.
"""

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from servanda.exports.cells import DEFUSED, defused
from servanda.exports.database import Database
from servanda.exports.rows import Title
from servanda.exports.tables import Column, Table, load_tables
from servanda.model.dossier import Discrepancy, Dossier

_TYPES = {
    "day": "date",
    "number": "number",
    "whole": "integer",
    "truth": "boolean",
    "list": "array",
}
_SAID = {"edtf": " EDTF (ISO 8601-2).", "list": " A JSON list."}
_ABOUT = (
    "Who promised what to whom, as news reports tell it: records joined into dossiers, each field tied to the words "
    "that say it. Offsets are code points of the report's text as received, from 0; the end is not included. "
)
_PORTION = 500  # rows written at once
_EPOCH = (1980, 1, 1, 0, 0, 0)

Save = Callable[[str, Iterable[bytes]], None]


def write_package(
    dossiers: Iterable[Dossier],
    target: Path,
    title: Title,
    *,
    findings: Iterable[Discrepancy] = (),
    with_text: bool = False,
    zipped: bool = False,
) -> None:
    """Write the package into the empty folder `target`, or, `zipped`, as a zip file of that name."""
    with closing(sqlite3.connect("")) as connection:  # a file of its own, gone when it is closed
        database = Database(connection, with_text)
        database.fill(dossiers, findings, title)
        if zipped:
            with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
                _write(database, _into_zip(archive))
        else:
            _write(database, _into_folder(target))


def _write(database: Database, save: Save) -> None:
    resources = [_write_table(database, table, save) for table in database.tables]
    package = {
        "profile": "tabular-data-package",
        "name": "servanda-dossiers",
        "title": "Dossiers of Servanda",
        "description": _ABOUT + DEFUSED,
        "resources": resources,
    }
    save("datapackage.json", [(json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()])


def _write_table(database: Database, table: Table, save: Save) -> dict[str, Any]:
    """One table, and its description."""
    digest, size = sha256(), 0

    def counted() -> Iterator[bytes]:
        nonlocal size
        for some in _csv(table, database.rows(table)):
            digest.update(some)
            size += len(some)
            yield some

    save(f"{table.name}.csv", counted())
    return {**_resource(table), "bytes": size, "hash": f"sha256:{digest.hexdigest()}"}


def _csv(table: Table, rows: Iterator[tuple[Any, ...]]) -> Iterator[bytes]:
    """The table as CSV in portions, the first with the names of the columns."""
    page = io.StringIO(newline="")
    writer = csv.writer(page)
    writer.writerow([column.name for column in table.columns])
    while some := list(islice(rows, _PORTION)):
        writer.writerows([_cell(v, c) for v, c in zip(row, table.columns, strict=True)] for row in some)
        yield _taken(page)
    yield _taken(page)


def _taken(page: io.StringIO) -> bytes:
    words = page.getvalue().encode()
    page.seek(0)
    page.truncate()
    return words


def _cell(value: Any, column: Column) -> Any:
    if value is None or column.kind in ("number", "whole"):
        return value
    return ("true" if value else "false") if column.kind == "truth" else defused(value)


def _resource(table: Table) -> dict[str, Any]:
    keys = {t.name: t.key[0] for t in load_tables(False)}
    links = [
        {"fields": c.name, "reference": {"resource": c.link if c.link != table.name else "", "fields": keys[c.link]}}
        for c in table.columns
        if c.link
    ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "description": table.says,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.key),
            **({"foreignKeys": links} if links else {}),
        },
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.needed else {}
    constraints |= {"enum": list(column.values)} if column.values else {}
    field = {
        "name": column.name,
        "type": _TYPES.get(column.kind, "string"),
        "description": column.says + _SAID.get(column.kind, ""),
    }
    return {**field, "constraints": constraints} if constraints else field


def _into_folder(folder: Path) -> Save:
    def save(name: str, parts: Iterable[bytes]) -> None:
        with (folder / name).open("wb") as file:
            file.writelines(parts)

    return save


def _into_zip(archive: zipfile.ZipFile) -> Save:
    def save(name: str, parts: Iterable[bytes]) -> None:
        member = zipfile.ZipInfo(name, _EPOCH)
        member.compress_type = zipfile.ZIP_DEFLATED
        member.external_attr = 0o644 << 16
        with archive.open(member, "w", force_zip64=True) as file:
            file.writelines(parts)

    return save
