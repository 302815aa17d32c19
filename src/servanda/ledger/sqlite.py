"""The embedded store, one SQLite file: all that only SQLite knows stands here, and nowhere else."""

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    Select,
    String,
    Table,
    column,
    create_engine,
    event,
    insert,
    table,
    text,
)
from sqlalchemy.exc import DatabaseError, DBAPIError

from servanda.errors import InputError, LedgerError

APPLICATION = 0x53525644  # "SRVD" in the header of the file: this is a ledger of Servanda
_MAGIC = b"SQLite format 3\x00"
_WAIT = 60_000  # milliseconds for another process to finish writing
_HEADER = 100


def open_engine(path: Path) -> Engine:
    """The engine of one file, which exists or will; nothing is read yet."""
    url = URL.create("sqlite", database=str(path.absolute()))  # a name may hold any sign
    engine = create_engine(url, connect_args={"timeout": _WAIT / 1000}, pool_reset_on_return=None)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, at once for writing
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "cache_size = -131072"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("PRAGMA temp_store = MEMORY")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def check_file(path: Path) -> None:
    """LedgerError where the file is not a ledger, or not a whole one. Nothing is touched."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError as error:
        raise LedgerError(str(path), f"cannot be read ({error.strerror})", "check the path") from error
    if not header.startswith(_MAGIC):
        raise LedgerError(str(path), "is not a ledger of Servanda", "give another file with --ledger")
    if len(header) < _HEADER or (path.stat().st_size < _size_told(header) and not _is_moving(path)):
        remedy = "bring back a backup: servanda restore BACKUP --ledger FILE"
        raise LedgerError(str(path), "is cut short: a part of the file is missing", remedy)
    if int.from_bytes(header[68:72], "big") != APPLICATION:
        raise LedgerError(str(path), "is a database of another program", "give another file with --ledger")


def _size_told(header: bytes) -> int:
    """The size in bytes that the header tells; 0 where it tells none."""
    size = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    told = header[24:28] == header[92:96]  # otherwise an old library wrote last, and the count is stale
    return pages * (65_536 if size == 1 else size) if told else 0


def _is_moving(path: Path) -> bool:
    """Whether what was written last may stand beside the file, from where it is still to be moved."""
    return _beside(path).exists() and _beside(path).stat().st_size > 0


def _beside(path: Path) -> Path:
    """Where SQLite keeps what was written last, as long as a process has the file open."""
    return path.with_name(path.name + "-wal")


def stamps(path: Path) -> list[tuple[int, int]]:
    """Size and time of the file and of what stands beside it, if anything does: writing changes one of them."""
    found = []
    for one in (path, _beside(path)):
        with suppress(FileNotFoundError):
            state = one.stat()
            found.append((state.st_mtime_ns, state.st_size))
    return [state for state in found if state[1]]


def _open_to_read(path: Path) -> sqlite3.Connection:
    """Nothing is written: where no process has the file open, it is read as one at rest."""
    way = "mode=ro" if _beside(path).exists() else "immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?{way}", uri=True)


def find_revision(path: Path) -> str | None:
    """Of which version the tables are; None where there are none. Nothing is touched."""
    with speaking(path), closing(_open_to_read(path)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def mark(connection: Connection) -> None:
    """Write into the header whose file this is."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")


def find_damage(connection: Connection) -> list[str]:
    """What the store itself finds wrong with the file; empty where it is sound."""
    rows = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
    return [str(row) for row in rows if row != "ok"]


def insert_new(connection: Connection, into: Table, rows: Select[Any] | Sequence[Mapping[str, Any]]) -> None:
    """Put rows of one column, listed or selected, into a table, but for those that are there."""
    adding = insert(into).prefix_with("OR IGNORE")
    if isinstance(rows, Select):
        connection.execute(adding.from_select([column.name for column in into.columns], rows))
    elif rows:
        connection.execute(adding, list(rows))


def shrink(engine: Engine, place: str) -> None:
    """Give back what was deleted, so that no trace of it stays in the file or beside it."""
    with closing(engine.raw_connection()) as raw:
        cursor = raw.cursor()
        cursor.execute("INSERT INTO search_index (search_index) VALUES ('optimize')")
        cursor.execute("VACUUM")
        hindered, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if hindered:
        what = "traces of what was deleted stay beside the file while another process reads in it"
        raise LedgerError(place, what, "end that process, then do it again")


def make_index(connection: Connection) -> None:
    """The index over the table `search`; what it holds is cut at blanks."""
    cut = "ascii tokenchars '.:-_'"
    options = f"""words, facets, content='search', content_rowid='key', columnsize=0, tokenize="{cut}" """
    connection.exec_driver_sql(f"CREATE VIRTUAL TABLE search_index USING fts5({options})")


def index_words(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put rows of the table `search` into the index."""
    statement = text("INSERT INTO search_index (rowid, words, facets) VALUES (:key, :words, :facets)")
    if rows:
        connection.execute(statement, list(rows))


def forget_words(connection: Connection, key: int) -> None:
    """Take a row that still stands in the table `search` out of the index."""
    columns = "INSERT INTO search_index (search_index, rowid, words, facets)"
    connection.execute(
        text(f"{columns} SELECT 'delete', key, words, facets FROM search WHERE key = :key"), {"key": key}
    )


def clear_index(connection: Connection) -> None:
    """Take all rows out of the index."""
    connection.exec_driver_sql("INSERT INTO search_index (search_index) VALUES ('delete-all')")


Phrases = Sequence[tuple[Sequence[str], bool]]  # words one after the other, and whether the last is but a beginning


def make_match(terms: Sequence[tuple[Phrases, Sequence[str]]], facets: Sequence[Sequence[str]]) -> str:
    """The index's own question: each term by one of its phrases or facets, and of each group of facets one."""
    parts = []
    for phrases, own in terms:
        ways = [f"words : {_string(' '.join(words))}{' *' * open}" for words, open in phrases]
        parts.append(ways + [f"facets : {_string(one)}" for one in own])
    parts += [[f"facets : {_string(one)}" for one in group] for group in facets]
    return " AND ".join(f"({' OR '.join(ways)})" for ways in parts)


def _string(words: str) -> str:
    """A string of the index's language, where a quotation mark is doubled and a zero ends all."""
    words = words.encode("utf-8", "replace").decode().replace("\0", " ")
    return '"' + words.replace('"', '""') + '"'


def matching(asked: str) -> tuple[ColumnElement[int], list[ColumnElement[bool]]]:
    """The key of rows in the index, and the condition that they answer what is asked."""
    index = table("search_index", column("rowid", Integer), column("search_index", String))
    return index.c.rowid, [index.c.search_index.op("MATCH")(asked)]


def find_index_damage(connection: Connection) -> list[str]:
    """Whether the index holds what the table `search` does."""
    try:
        connection.exec_driver_sql("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")
    except DatabaseError:
        return ["the search index: does not hold what it should; run servanda verify --rebuild"]
    return []


def copy_to(source: Path, target: Path) -> None:
    """The whole ledger as it stands, while others may go on writing; `target` appears at once or not at all.

    Nothing is written into the source, nor beside it.
    """
    aside = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with speaking(target), closing(sqlite3.connect(aside)) as copy:
            with closing(_open_to_read(source)) as original:
                original.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        with aside.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(aside, target)
    finally:
        aside.unlink(missing_ok=True)


def put_in_place(aside: Path, path: Path) -> None:
    """Give a closed new file its name, unless another process has made one of that name."""
    try:
        os.link(aside, path)
    except OSError:  # it is there already, or this disk knows no links
        if not path.exists():
            os.replace(aside, path)
            return
    aside.unlink()


def set_aside(path: Path, kept: Path) -> None:
    """Give a ledger another name, with what SQLite keeps beside it."""
    os.replace(path, kept)
    for beside in ("-wal", "-shm"):
        if path.with_name(path.name + beside).exists():
            os.replace(path.with_name(path.name + beside), kept.with_name(kept.name + beside))


@contextmanager
def speaking(path: Path) -> Iterator[None]:
    """What the driver says of a file, in words for people."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise _explain(error, str(path)) from error
    except OverflowError as error:
        if "SQLite" not in str(error):
            raise
        remedy = "give the number of a record, a dossier or an entry"
        raise InputError("a number", "is larger than any in a ledger", remedy) from error


def _explain(error: Exception, place: str) -> LedgerError:
    cause = str(getattr(error, "orig", None) or error)
    if "full" in cause:
        return LedgerError(place, "the disk is full; what was recorded before stands", "make room and run it again")
    if "locked" in cause or "busy" in cause:
        return LedgerError(place, "another process is writing and does not end", "wait for it, then run it again")
    if "readonly" in cause or "unable to open" in cause:
        return LedgerError(place, f"cannot be written ({cause})", "check the folder and its permissions")
    if "malformed" in cause or "not a database" in cause or "corrupt" in cause or "disk I/O" in cause:
        return LedgerError(place, f"is damaged ({cause})", "bring back a backup: servanda restore BACKUP --ledger FILE")
    if "no such module" in cause:
        return LedgerError(place, "this Python's SQLite has no full-text search", "use a Python whose SQLite has FTS5")
    return LedgerError(place, f"the store failed ({cause})", "run servanda verify")
