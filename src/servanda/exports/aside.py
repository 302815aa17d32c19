"""A file or folder is written aside and appears under its name whole, or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from servanda.errors import InputError

_OURS = (".json", ".jsonl", ".csv")  # what a folder of an export holds


@contextmanager
def whole_file(target: Path, *, replace: bool = False) -> Iterator[Path]:
    """A path to write to; the file takes its name when the block ends well. InputError where one is there already."""
    _check(target, replace)
    if target.is_dir():
        raise InputError(str(target), "is a folder", "give the name of a file")
    aside = _beside(target)
    try:
        yield aside
        os.replace(aside, target)
    finally:
        aside.unlink(missing_ok=True)


@contextmanager
def whole_folder(target: Path, *, replace: bool = False) -> Iterator[Path]:
    """An empty folder to write to, likewise. Only a folder that holds nothing but an export is ever replaced."""
    _check(target, replace)
    if target.exists() and not _is_ours(target):
        raise InputError(str(target), "is no folder of an export", "give another name")
    aside, old = _beside(target), _beside(target, "old")
    aside.mkdir()
    try:
        yield aside
        if target.exists():
            os.replace(target, old)
        os.replace(aside, target)
    finally:
        for left in (aside, old):
            shutil.rmtree(left, ignore_errors=True)


def _check(target: Path, replace: bool) -> None:
    if not target.parent.is_dir():
        raise InputError(str(target), "its folder does not exist", "make the folder first")
    if target.exists() and not replace:
        raise InputError(str(target), "is there already", "give another name, or --force to replace it")


def _beside(target: Path, what: str = "part") -> Path:
    return target.with_name(f".{target.name}.{os.getpid()}.{what}")


def _is_ours(folder: Path) -> bool:
    return folder.is_dir() and all(path.is_file() and path.suffix in _OURS for path in folder.iterdir())
