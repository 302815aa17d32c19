"""The file of a ledger: made whole, opened by who can use it, left alone by who cannot, copied and brought back."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event

from desk import POOL, give, state_of
from servanda.errors import LedgerError
from servanda.ledger.copies import check_copy, put_back
from servanda.ledger.ledger import Ledger
from servanda.ledger.schema import metadata
from servanda.ledger.sqlite import APPLICATION
from servanda.ledger.store import open_store
from servanda.ledger.verify import find_faults
from servanda.ledger.words import PLAIN

SOME = [give(f"r{n}", POOL[4], POOL[0]) for n in range(3)]


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    ledger.add(SOME, "desk")
    return ledger


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_the_migrations_make_the_tables_of_the_schema(ledger) -> None:
    def is_own(name: str | None, sort: str, _: object) -> bool:
        return not (sort == "table" and name and name.startswith(("search_index", "alembic_version")))

    with ledger.store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_own, "compare_type": True})
        assert compare_metadata(context, metadata) == []


@pytest.mark.parametrize("name", ["ledger.db", "а ?b=c#d%20;.db", "file:x.db", "no suffix", "-", "日本'\".db"])
def test_a_ledger_may_have_any_name(tmp_path, name) -> None:
    path = tmp_path / name
    one = Ledger.open(path, PLAIN, create=True)
    one.add(SOME, "desk")
    one.backup(tmp_path / f"{name} copy")
    one.close()
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([name, f"{name} copy"])
    again = Ledger.open(path, PLAIN)
    assert again.count()["reports"] == 3
    again.close()


def _nothing(path: Path) -> None:
    pass


def _empty(path: Path) -> None:
    path.touch()


def _text(path: Path) -> None:
    path.write_text("Казахстан передал Киргизии зерно.\n" * 100, encoding="utf-8")


def _few_bytes(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00" + b"\x10\x00")


def _of_another_program(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE entry (seq INTEGER)")
    other.close()


def _newer(path: Path) -> None:
    open_store(path, create=True).close()
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("UPDATE alembic_version SET version_num = '9999'")
    other.close()


def _truncated(path: Path) -> None:
    open_store(path, create=True).close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _damaged(path: Path) -> None:
    open_store(path, create=True).close()
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))


def _marked_alone(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute(f"PRAGMA application_id = {APPLICATION}")
        other.execute("CREATE TABLE t (a)")
    other.close()


def _folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_nothing, "there is no ledger here"),
        (_empty, "there is no ledger here"),
        (_text, "is not a ledger of Servanda"),
        (_few_bytes, "is cut short"),
        (_of_another_program, "is a database of another program"),
        (_newer, "was written by a later version"),
        (_truncated, "is cut short"),
        (_damaged, "is damaged"),
        (_marked_alone, "holds no tables of a ledger"),
        (_folder, "cannot be read"),
    ],
)
@pytest.mark.parametrize("create", [False, True])
def test_what_cannot_be_used_is_said_and_left_alone(tmp_path, make, words, create) -> None:
    path = tmp_path / "ledger.db"
    make(path)
    before = contents(tmp_path)
    if create and words == "there is no ledger here":
        open_store(path, create=True).close()
        return
    with pytest.raises(LedgerError, match=words) as caught:
        open_store(path, create=create)
    assert caught.value.place == str(path)
    assert contents(tmp_path) == before


def test_a_folder_that_is_not_there(tmp_path) -> None:
    with pytest.raises(LedgerError, match="its folder does not exist"):
        open_store(tmp_path / "gone" / "ledger.db", create=True)
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("half_moved", [False, True])
def test_after_a_crash_what_was_acknowledged_is_there(filled, tmp_path, half_moved) -> None:
    """It stands beside the file, which may already tell of pages that are not yet in it."""
    filled.add([give("r9", *POOL, text="слово " * 5_000)], "desk")
    source = filled.store.path
    for path in source.parent.iterdir():
        shutil.copyfile(path, tmp_path / path.name)
    assert (tmp_path / f"{source.name}-wal").stat().st_size > 0
    if half_moved:
        filled.backup(tmp_path / "whole.db")
        first = bytearray((tmp_path / "whole.db").read_bytes()[:4096])
        first[18:20] = b"\x02\x02"  # kept with a file beside it
        with (tmp_path / source.name).open("rb+") as file:
            file.write(first)
    crashed = Ledger.open(tmp_path / source.name, PLAIN)
    assert crashed.count() == filled.count()
    assert list(find_faults(crashed)) == []
    crashed.close()


def test_a_full_disk_costs_nothing_that_stood(filled) -> None:
    limits: list[int] = []

    @event.listens_for(filled.store.engine, "checkout")
    def limit(connection: sqlite3.Connection, *_: object) -> None:
        for pages in limits:
            connection.execute(f"PRAGMA max_page_count = {pages}")

    before = filled.count()
    limits.append(1)  # no more than there are
    many = [give(f"s{n}", *POOL, text="слово " * 5_000) for n in range(5)]
    with pytest.raises(LedgerError, match="the disk is full; what was recorded before stands; make room"):
        filled.add(many, "desk")
    limits[0] = 1_000_000
    assert filled.count() == before
    assert [one.outcome for one in filled.add(many, "desk")] == ["recorded"] * 5
    assert list(find_faults(filled)) == []


def test_another_process_that_writes_for_too_long(filled, monkeypatch) -> None:
    monkeypatch.setattr("servanda.ledger.sqlite._WAIT", 50)
    other = Ledger.open(filled.store.path, PLAIN)
    with filled.store.writing(), pytest.raises(LedgerError, match="another process is writing and does not end"):
        other.confirm(1, "Аня")
    other.confirm(1, "Аня")
    other.close()


def test_an_interrupted_portion_leaves_nothing(filled, monkeypatch) -> None:
    before = state_of(filled)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("servanda.ledger.fold.Fold.settle", interrupt)
        with pytest.raises(KeyboardInterrupt):
            filled.add([give("r9", POOL[4])], "desk")
    assert state_of(filled) == before
    filled.add([give("r9", POOL[4])], "desk")
    assert list(find_faults(filled)) == []


def test_a_backup_of_a_ledger_that_is_being_written(filled, tmp_path) -> None:
    before = filled.count()
    with filled.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM record")  # not yet done
        filled.backup(tmp_path / "copy.db")
    copy = Ledger.open(tmp_path / "copy.db", PLAIN)
    assert copy.count() == before
    copy.close()


@pytest.mark.parametrize("name", ["gone/copy.db", "folder"])
def test_a_backup_that_cannot_be_written(filled, tmp_path, name) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises((LedgerError, OSError), match=r"cannot be written|directory"):
        filled.backup(tmp_path / name)
    assert contents(tmp_path) == {}


@pytest.fixture
def backup(filled, tmp_path) -> Iterator[Path]:
    """A backup, which must not be touched."""
    path = tmp_path / "kept" / "backup.db"
    path.parent.mkdir()
    filled.backup(path)
    before = contents(path.parent)
    yield path
    assert contents(path.parent) == before


def test_a_backup_is_brought_back_and_what_was_there_is_kept(filled, backup, tmp_path) -> None:
    path = tmp_path / "ledger.db"
    seen = []
    for _ in range(3):
        assert check_copy(backup, tmp_path / "copy", PLAIN) == []
        kept = put_back(tmp_path / "copy", path)
        seen.append(kept.name if kept else None)
        ledger = Ledger.open(path, PLAIN)
        assert ledger.count() == filled.count()
        assert state_of(ledger) == state_of(filled)
        ledger.close()
    assert seen[0] is None
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == sorted(["ledger.db", seen[1], seen[2]])


def test_what_stands_beside_a_ledger_goes_aside_with_it(filled, backup, tmp_path) -> None:
    path = tmp_path / "ledger.db"
    for one in filled.store.path.parent.iterdir():
        shutil.copyfile(one, tmp_path / one.name)
    check_copy(backup, tmp_path / "copy", PLAIN)
    kept = put_back(tmp_path / "copy", path)
    assert kept is not None
    for name in (kept.name, "ledger.db"):
        ledger = Ledger.open(tmp_path / name, PLAIN)
        assert ledger.count() == filled.count()
        ledger.close()


@pytest.mark.parametrize("make", [_nothing, _empty, _text, _of_another_program, _newer, _truncated, _folder])
def test_what_is_no_backup_is_not_brought_back(tmp_path, make) -> None:
    path = tmp_path / "backup.db"
    make(path)
    before = contents(tmp_path)
    with pytest.raises(LedgerError):
        check_copy(path, tmp_path / "copy", PLAIN)
    (tmp_path / "copy").unlink(missing_ok=True)
    assert contents(tmp_path) == before
