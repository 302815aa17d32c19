"""`servanda backup`, `restore` and `verify`: a ledger that is kept, damaged and brought back."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cli.kept import grain, write_readings


@pytest.fixture
def ledger(run: Any, tmp_path: Path) -> Path:
    path = tmp_path / "ledger.db"
    lines = write_readings(tmp_path / "readings.jsonl", grain("a", "2024-03-01"), grain("b", "2024-03-02"))
    assert run("add", "--readings", lines, "--ledger", path, "--who", "anna").code == 0
    return path


def harm(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_sound_ledger_is_counted(run: Any, ledger: Path) -> None:
    for how in ([], ["--quick"], ["--rebuild"]):
        ran = run("verify", *how, "--ledger", ledger)
        assert (ran.code, ran.err) == (0, "servanda: sound: 4 entries, 2 reports, 2 records, 1 dossiers\n")


def test_every_fault_is_named_and_nothing_is_rebuilt_from_it(run: Any, ledger: Path) -> None:
    harm(ledger, "DELETE FROM entry WHERE seq = 3")
    harm(ledger, "UPDATE entry SET body = '{' WHERE seq = 2")
    remedy = "bring back a backup: servanda restore BACKUP"
    faults = [
        f"servanda: entry 2 (reading of a): is not what was written; {remedy}",
        f"servanda: entry 2 (reading of a): its body cannot be read; {remedy}",
        f"servanda: entry 3: is missing; {remedy}",
    ]
    ran = run("verify", "--ledger", ledger)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines()[:-1] == faults
    assert ran.err.splitlines()[-1].startswith("servanda: the tables: were not compared")
    rebuilt = run("verify", "--rebuild", "--ledger", ledger)
    assert (rebuilt.code, rebuilt.err.splitlines()) == (1, [*faults, "servanda: nothing was rebuilt"])


def test_tables_are_mended_from_the_entries(run: Any, ledger: Path) -> None:
    harm(ledger, "UPDATE record SET day = '1999-01-01'")
    ran = run("verify", "--ledger", ledger)
    assert ran.code == 1
    assert "table record: does not follow from the entries; run servanda verify --rebuild" in ran.err
    assert run("verify", "--rebuild", "--ledger", ledger).code == 0
    assert run("verify", "--ledger", ledger).code == 0


def test_a_damaged_file_is_one_fault_among_others(run: Any, ledger: Path) -> None:
    run("backup", ledger.with_name("copy.db"), "--ledger", ledger)
    broken = ledger.with_name("copy.db")
    pages = bytearray(broken.read_bytes())
    pages[2 * 4096 : 6 * 4096] = b"\0" * (4 * 4096)
    broken.write_bytes(pages)
    ran = run("verify", "--ledger", broken)
    assert ran.code in (1, 2)
    assert "Traceback" not in ran.err
    assert "bring back a backup: servanda restore BACKUP" in ran.err


def test_a_backup_comes_back(run: Any, ledger: Path, tmp_path: Path) -> None:
    ran = run("backup", tmp_path / "copy.db", "--ledger", ledger)
    assert (ran.code, ran.out) == (0, "")
    again = run("backup", tmp_path / "copy.db", "--ledger", ledger)
    assert again.code == 2
    assert "copy.db: is there already; give another name" in again.err
    run("decide", "reject", "1", "--who", "anna", "--ledger", ledger)
    back = run("restore", tmp_path / "copy.db", "--ledger", ledger)
    assert back.code == 0
    assert "what was there is kept as" in back.err
    assert "restored: 4 entries, 2 reports, 2 records, 1 dossiers" in back.err
    assert len(list(tmp_path.glob("ledger.db.*"))) >= 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (b"", "there is no backup here; give a file written by servanda backup"),
        (b"text", "is not a ledger of Servanda"),
        (b"SQLite format 3\0", "is cut short"),
    ],
)
def test_what_is_no_backup_touches_nothing(run: Any, ledger: Path, tmp_path: Path, words: bytes, says: str) -> None:
    before = ledger.read_bytes()
    if words:
        (tmp_path / "copy.db").write_bytes(words)
    ran = run("restore", tmp_path / "copy.db", "--ledger", ledger)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert ledger.read_bytes() == before


def test_a_backup_with_a_fault_touches_nothing(run: Any, ledger: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "copy.db", "--ledger", ledger)
    harm(tmp_path / "copy.db", "DELETE FROM text")
    ran = run("restore", tmp_path / "copy.db", "--ledger", ledger)
    assert ran.code == 1
    assert "copy.db: entry 1 of a: the text is missing" in ran.err
    assert ran.err.endswith("; nothing was touched\n")
    assert run("verify", "--ledger", ledger).code == 0
