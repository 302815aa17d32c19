from pathlib import Path

import pytest

from servanda.errors import InputError
from servanda.exports.aside import whole_file, whole_folder


def test_a_file_appears_whole(tmp_path: Path) -> None:
    with whole_file(tmp_path / "a.ics") as path:
        path.write_text("all")
        assert not (tmp_path / "a.ics").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["a.ics"]


def test_a_folder_appears_whole(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "a") as path:
        (path / "x.csv").write_text("all")
        assert not (tmp_path / "a").exists()
    assert [p.name for p in tmp_path.rglob("*")] == ["a", "x.csv"]


@pytest.mark.parametrize("whole", [whole_file, whole_folder])
def test_nothing_is_left_of_what_failed(whole: type[whole_file], tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), whole(tmp_path / "a") as path:
        half(path)
    assert list(tmp_path.iterdir()) == []


def half(path: Path) -> None:
    (path / "x.csv" if path.is_dir() else path).write_text("half")
    raise ZeroDivisionError


def test_what_is_there_stays_unless_it_is_to_be_replaced(tmp_path: Path) -> None:
    target = tmp_path / "a.ics"
    target.write_text("old")
    with pytest.raises(InputError, match="--force"), whole_file(target):
        pass
    with pytest.raises(ZeroDivisionError), whole_file(target, replace=True) as path:
        half(path)
    assert target.read_text() == "old"
    with whole_file(target, replace=True) as path:
        path.write_text("new")
    assert target.read_text() == "new"


def test_a_folder_of_an_export_is_replaced_with_all_that_it_held(tmp_path: Path) -> None:
    for name in ("old.json", "new.json"):
        with whole_folder(tmp_path / "a", replace=True) as path:
            (path / name).write_text("{}")
    assert [p.name for p in tmp_path.rglob("*")] == ["a", "new.json"]


@pytest.mark.parametrize("kept", ["letter.odt", "deeper/x.json"])
def test_a_folder_of_other_things_is_never_replaced(tmp_path: Path, kept: str) -> None:
    file = tmp_path / "a" / kept
    file.parent.mkdir(parents=True)
    file.write_text("mine")
    with pytest.raises(InputError, match="no folder of an export"), whole_folder(tmp_path / "a", replace=True):
        pass
    assert file.read_text() == "mine"


def test_a_folder_is_never_replaced_by_a_file(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(InputError, match="is a folder"), whole_file(tmp_path / "a", replace=True):
        pass


def test_the_folder_around_it_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="make the folder first"), whole_file(tmp_path / "no/a"):
        pass
