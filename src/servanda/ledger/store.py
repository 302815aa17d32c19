"""A path -> a store of tables: made, brought up to date by migrations, read and written in transactions."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, Executable
from sqlalchemy.exc import DBAPIError

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
        with self._speaking(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that alone writes; what it wrote stands on the disk when the block ends."""
        with self._speaking(), self.engine.connect() as plain:
            connection = plain.execution_options(writes=True)
            with connection.begin():
                yield connection

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise sqlite.explain(error, str(self.path)) from error

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()


def open_store(path: Path, *, create: bool = False) -> Store:
    """The store at a path. LedgerError where there is none (unless `create`), or one that this version cannot use."""
    exists = path.exists() and path.stat().st_size > 0
    if exists:
        sqlite.check_file(path)
    elif not create:
        raise LedgerError(str(path), "there is no ledger here", "make one with servanda add PATHS --ledger FILE")
    elif not path.parent.is_dir():
        raise LedgerError(str(path), "its folder does not exist", "make the folder first")
    store = Store(path, sqlite.open_engine(path))
    try:
        _bring_up_to_date(store, exists)
    except BaseException:
        store.close()
        raise
    return store


def _bring_up_to_date(store: Store, exists: bool) -> None:
    """Run the migrations that are missing; LedgerError for a ledger of a later version."""
    scripts = ScriptDirectory.from_config(_config())
    head = scripts.get_current_head()
    if exists:
        with store.reading() as connection:
            revision = MigrationContext.configure(connection).get_current_revision()
        if revision == head:
            return
        known = {script.revision for script in scripts.walk_revisions()}
        if revision is not None and revision not in known:
            remedy = "install a newer servanda"
            raise LedgerError(str(store.path), f"was written by a later version (schema {revision})", remedy)
    with store.writing() as connection:
        _upgrade(connection, scripts)


def _upgrade(connection: Connection, scripts: ScriptDirectory) -> None:
    sqlite.mark(connection)
    context = MigrationContext.configure(connection, opts={"fn": lambda at, _: scripts._upgrade_revs("head", at)})
    from alembic.operations import Operations

    with Operations.context(context):
        context.run_migrations()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config


def execute_many(connection: Connection, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
    """One statement over many rows; nothing for none."""
    if rows:
        connection.execute(statement, list(rows))
