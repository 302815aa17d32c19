"""A ledger -> what is wrong with it: a damaged file, entries changed behind its back, state that does not follow."""

import json
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Table, select

from servanda.errors import LedgerError
from servanda.ledger import sqlite
from servanda.ledger.entries import digest_of, digest_of_entry
from servanda.ledger.ledger import Ledger
from servanda.ledger.schema import STATE, entry, text

_REMEDY = "bring back a backup: servanda restore BACKUP"


def find_faults(ledger: Ledger, *, refold: bool = True) -> Iterator[str]:
    """Each fault with its place and what to do; nothing where all holds.

    `refold` folds a copy anew and compares: as long as adding. It is left out where entries are at fault.
    """
    sound = True
    for fault in find_log_faults(ledger):
        sound = False
        yield fault
    yield from _said(_index_damage(ledger))
    if refold and sound:
        yield from _said(_not_following(ledger))
    elif refold:
        yield "the tables: were not compared with entries that have faults; bring back a backup, then verify again"


def find_log_faults(ledger: Ledger) -> Iterator[str]:
    """What is wrong with the file, and with the entries and texts from which all else follows."""
    yield from _said(_file_damage(ledger))
    yield from _said(_changed(ledger))


def _said(faults: Iterator[str]) -> Iterator[str]:
    """The faults, and what hinders to look for more of them."""
    try:
        yield from faults
    except LedgerError as error:
        yield str(error)


def _file_damage(ledger: Ledger) -> Iterator[str]:
    with ledger.store.reading() as connection:
        yield from (f"the file: {damage}; {_REMEDY}" for damage in sqlite.find_damage(connection))


def _index_damage(ledger: Ledger) -> Iterator[str]:
    with ledger.store.writing() as connection:
        yield from sqlite.find_index_damage(connection)


def _changed(ledger: Ledger) -> Iterator[str]:
    """Entries and texts that are missing, or not what was written."""
    expected, wanted = 1, dict[tuple[str, str], int]()  # by report and hash of a text, the entry that needs it
    kept: set[str] = set()
    with ledger.store.reading() as connection:
        for row in connection.execute(select(entry).order_by(entry.c.seq)).yield_per(500):
            if row.seq != expected:
                yield f"{_range(expected, row.seq - 1)} missing; {_REMEDY}"
            expected = row.seq + 1
            yield from _entry_faults(row)
            if row.kind == "purge":
                wanted = {need: seq for need, seq in wanted.items() if need[0] != row.report}
            elif row.kind == "report" and (sha := _text_of(row.body)):
                wanted[row.report, sha] = row.seq
        for row in connection.execute(select(text)).yield_per(100):
            kept.add(row.sha256)
            if digest_of(row.text) != row.sha256:
                places = [f"entry {seq} of {report}" for (report, sha), seq in wanted.items() if sha == row.sha256]
                yield f"{', '.join(places) or 'a text'}: the text is not what was written; {_REMEDY}"
    for (report, sha), seq in wanted.items():
        if sha not in kept:
            yield f"entry {seq} of {report}: the text is missing; {_REMEDY}"


def _entry_faults(row: Any) -> Iterator[str]:
    place = f"entry {row.seq} ({row.kind}{f' of {row.report}' if row.report else ''})"
    if digest_of_entry(row.seq, row.at, row.who, row.kind, row.report, row.body) != row.digest:
        yield f"{place}: is not what was written; {_REMEDY}"
    if not isinstance(_parsed(row.body), dict):
        yield f"{place}: its body cannot be read; {_REMEDY}"


def _parsed(body: str) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


def _text_of(body: str) -> str | None:
    """The hash of the text that a report's entry names."""
    parsed = _parsed(body)
    return parsed.get("sha256") if isinstance(parsed, dict) else None


def _range(first: int, last: int) -> str:
    return f"entry {first}: is" if first == last else f"entries {first} to {last}: are"


def _not_following(ledger: Ledger) -> Iterator[str]:
    """Tables of state that differ from those of a copy that is folded anew."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "copy.db"
        sqlite.copy_to(ledger.store.path, path)
        copy = Ledger.open(path, ledger.tongue)
        copy.rebuild()
        with ledger.store.reading() as stored, copy.store.reading() as made:
            for table in STATE:
                if not _same(stored, made, table):
                    yield f"table {table.name}: does not follow from the entries; run servanda verify --rebuild"
        copy.close()


def _same(stored: Connection, made: Connection, table: Table) -> bool:
    """Whether two tables hold the same. Components may be wider in one: what they join is not what they mean."""
    columns = [column for column in table.columns if column.name != "component"]
    query = select(*columns).order_by(*table.primary_key)
    rows, others = stored.execute(query).yield_per(1_000), made.execute(query).yield_per(1_000)
    return all(a == b for a, b in zip_longest(rows, others))
