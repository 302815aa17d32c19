"""Who reads reports for the pages: a process beside the one that serves them, so that pages answer meanwhile."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import partial
from multiprocessing import get_context, parent_process
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock, Thread
from typing import TypeVar

from servanda.cli.add import make_given, reader_name, with_reader
from servanda.cli.work import read_all
from servanda.errors import InputError
from servanda.model.reading import Mention, Reading
from servanda.model.report import Report
from servanda.sources import Rejected, find_reports
from servanda.web.served import Read

T = TypeVar("T")
_STEM, _SUFFIX = 200, 8  # bytes and characters of a file's name: no file system takes more than 255 bytes


class Desk:
    """Reads in one process, begun when it is first asked, and begun anew where a text ended it."""

    def __init__(self, tables: Path | None) -> None:
        self._tables = tables
        self._lock = Lock()
        self._pool: ProcessPoolExecutor | None = None

    def read(self, name: str, content: bytes, published: str | None) -> Sequence[Read | Rejected]:
        """The reports of a file or a pasted text. InputError where the day is none."""
        return self._ask(partial(_read, self._tables, name, content, published))

    def mentions(self, report: Report) -> Sequence[Mention]:
        """Every time, amount, party, person, place and instrument that a report names."""
        return self._ask(partial(_mentions, self._tables, report))

    def close(self) -> None:
        """End the process, once it has read what it is at."""
        with self._lock:
            if self._pool is not None:
                self._pool.shutdown(cancel_futures=True)

    def _ask(self, task: Callable[[], T]) -> T:
        with self._lock:
            self._pool = self._pool or ProcessPoolExecutor(1, get_context("spawn"), _end_with_parent)
            pool = self._pool
        try:
            return pool.submit(task).result()
        except BrokenProcessPool as error:
            with self._lock:
                self._pool = None
            raise InputError("the text", "ended the process that reads", "give it in parts, or try again") from error


def _end_with_parent() -> None:
    """A server that is killed leaves no reader behind."""
    Thread(target=_await_parent, daemon=True).start()


def _await_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def _read(tables: Path | None, name: str, content: bytes, published: str | None) -> list[Read | Rejected]:
    with TemporaryDirectory() as folder:
        path = Path(folder, _file_name(name))
        path.write_bytes(content)
        inputs = list(find_reports([path], published=published))
    made = read_all(tables, inputs, partial(_made, reader_name(tables)))
    return [_called(f"{folder}/", one) if isinstance(one, Rejected) else one for one in made]


def _file_name(name: str) -> str:
    """A name that a file may have, whatever the browser called it."""
    last = "".join(c for c in name.replace("\\", "/").rpartition("/")[2] if c.isprintable())
    stem, dot, suffix = last.rpartition(".") if "." in last.lstrip(".") else (last, "", "")
    stem = stem.encode("utf-8", "replace")[:_STEM].decode("utf-8", "ignore").strip(".")
    return f"{stem or 'report'}{dot}{suffix[:_SUFFIX]}"


def _made(reader: str, report: Report, reading: Reading) -> Read:
    return Read(report, reading, with_reader(make_given(report, reading), reader))


def _called(folder: str, rejected: Rejected) -> Rejected:
    """By the name that the file was given under."""
    return replace(rejected, place=rejected.place.replace(folder, ""))


def _mentions(tables: Path | None, report: Report) -> Sequence[Mention]:
    (one,) = read_all(tables, [report], lambda _, reading: reading.mentions)
    return () if isinstance(one, Rejected) else one
