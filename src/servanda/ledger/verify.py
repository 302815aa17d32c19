"""A ledger -> what is wrong with it: a damaged file, entries changed behind its back, state that does not follow."""

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Table, select

from servanda.ledger import sqlite
from servanda.ledger.entries import digest_of, digest_of_entry
from servanda.ledger.ledger import Ledger
from servanda.ledger.schema import STATE, entry, text


def find_faults(ledger: Ledger, *, refold: bool = True) -> Iterator[str]:
    """Each fault in words; nothing where all holds. `refold` folds a copy anew and compares: as long as adding."""
    with ledger.store.reading() as connection:
        yield from (f"the file: {damage}" for damage in sqlite.find_damage(connection))
        yield from _changed(connection)
    with ledger.store.writing() as connection:
        yield from sqlite.find_index_damage(connection)
    if refold:
        yield from _not_following(ledger)


def _changed(connection: Connection) -> Iterator[str]:
    """Entries and texts that are not what was written."""
    expected = 1
    for row in connection.execute(select(entry).order_by(entry.c.seq)).yield_per(500):
        if row.seq != expected:
            yield f"entry {expected} is missing"
        expected = row.seq + 1
        if digest_of_entry(row.seq, row.at, row.who, row.kind, row.report, row.body) != row.digest:
            yield f"entry {row.seq} is not what was written"
    for row in connection.execute(select(text)).yield_per(100):
        if digest_of(row.text) != row.sha256:
            yield f"text {row.sha256} is not what was written"


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
                    yield f"table {table.name} does not follow from the entries; run servanda verify --rebuild"
        copy.close()


def _same(stored: Connection, made: Connection, table: Table) -> bool:
    """Whether two tables hold the same. Components may be wider in one: what they join is not what they mean."""
    columns = [column for column in table.columns if column.name != "component"]
    query = select(*columns).order_by(*table.primary_key)
    rows, others = stored.execute(query).yield_per(1_000), made.execute(query).yield_per(1_000)
    return all(a == b for a, b in zip_longest(rows, others))
