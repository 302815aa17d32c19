"""A path -> a store of tables: made, brought up to date by migrations, read and written in transactions."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Insert, Update

from servanda.errors import LedgerError
from servanda.ledger import sqlite

_MIGRATIONS = Path(__file__).parent / "migrations"


class Store:
    """The tables of one ledger. Reading sees one moment; writing is alone, and whole or not at all."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self.engine = engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees the ledger as it was when it began."""
        with sqlite.speaking(self.path), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that alone writes; what it wrote stands on the disk when the block ends."""
        with sqlite.speaking(self.path), self.engine.connect() as plain:
            connection = plain.execution_options(writes=True)
            with connection.begin():
                yield connection

    def shrink(self) -> None:
        """Leave no trace of what was deleted."""
        with sqlite.speaking(self.path):
            sqlite.shrink(self.engine, str(self.path))

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()


def open_store(path: Path, *, create: bool = False) -> Store:
    """The store at a path. LedgerError where there is none (unless `create`), or one that this version cannot use."""
    if not path.exists() or path.stat().st_size == 0:
        if not create:
            raise LedgerError(str(path), "there is no ledger here", "make one with servanda add PATHS --ledger FILE")
        _make(path)
    sqlite.check_file(path)
    is_old = _check_revision(path)
    store = Store(path, sqlite.open_engine(path))
    try:
        if is_old:
            _upgrade(store)
    except BaseException:
        store.close()
        raise
    return store


def _make(path: Path) -> None:
    """An empty ledger, which appears whole; another process may have been faster."""
    if not path.parent.is_dir():
        raise LedgerError(str(path), "its folder does not exist", "make the folder first")
    aside = path.with_name(f"{path.name}.{os.getpid()}.new")
    aside.unlink(missing_ok=True)
    store = Store(aside, sqlite.open_engine(aside))
    try:
        _upgrade(store)
    finally:
        store.close()
    if path.exists() and path.stat().st_size == 0:
        path.unlink()
    sqlite.put_in_place(aside, path)


def _check_revision(path: Path) -> bool:
    """Whether migrations are missing; LedgerError for a ledger of a later version. Nothing is touched."""
    known = sorted(path.stem.removeprefix("v") for path in (_MIGRATIONS / "versions").glob("v*.py"))
    revision = sqlite.find_revision(path)
    if revision is None:
        raise LedgerError(str(path), "holds no tables of a ledger", "bring back a backup with servanda restore")
    if revision not in known:
        what = f"was written by a later version (schema {revision})"
        raise LedgerError(str(path), what, "install a newer servanda")
    return revision != known[-1]


def _upgrade(store: Store) -> None:
    """Run migrations up to the last; alembic is loaded for nothing else, it takes a quarter of a second."""
    from alembic.config import Config
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    with store.writing() as connection:
        sqlite.mark(connection)
        context = MigrationContext.configure(connection, opts={"fn": lambda at, _: scripts._upgrade_revs("head", at)})
        with Operations.context(context):
            context.run_migrations()


def execute_many(connection: Connection, statement: Insert | Update, rows: Sequence[Mapping[str, Any]]) -> None:
    """One statement over many rows of like keys, handed to the driver as they are; nothing for none."""
    if rows:
        keys = list(rows[0]) if isinstance(statement, Insert) else None
        made = statement.compile(dialect=connection.dialect, column_keys=keys)
        order = made.positiontup
        values = [tuple(map(row.__getitem__, order)) for row in rows] if order else [*rows]
        connection.exec_driver_sql(str(made), values)
