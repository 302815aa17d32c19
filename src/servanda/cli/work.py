"""Reports -> what is printed of each, in the order of the input, over one process or several."""

import argparse
import logging
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO, TypeVar

from servanda.errors import InputError, ServandaError
from servanda.model.reading import Reading
from servanda.model.report import Report
from servanda.sources.rejected import Rejected

if TYPE_CHECKING:
    from concurrent.futures import Future
    from multiprocessing.synchronize import Semaphore as SemaphoreOfProcesses

    from servanda.model.spans import Span
    from servanda.reading.read import Reader

_BATCH = 8  # reports handed over at once: enough to outweigh the handing over, few enough to show results soon
_AHEAD = 4  # batches a process that wait for their turn, so that input of any length is held in little memory
_SILENT = 2.0  # seconds before progress is shown

Input = Report | Rejected


@dataclass(frozen=True, slots=True)
class Printed:
    """What one report gives: text for standard output, and notes for standard error."""

    text: str
    notes: tuple[str, ...] = ()


T = TypeVar("T")
Printer = Callable[[Reading], Printed]
Make = Callable[[Report, Reading], T]
Task = Callable[[list[Input]], list[T | Rejected]]


def print_all(args: argparse.Namespace, printer: Printer, jobs: int = 1) -> int:
    """Read the inputs, print each as it comes, name what was rejected; the exit code."""
    from servanda.cli.options import load_tables, write

    load_tables(args.tables)  # a folder that cannot be used is said before anything is read
    progress = Progress(sys.stderr)
    for done in read_all(args.tables, find_inputs(args), partial(_printed, printer), jobs):
        progress.clear()
        if isinstance(done, Rejected):
            print(f"servanda: {done}", file=sys.stderr)
        else:
            write(done.text)
            for note in done.notes:
                print(f"servanda: {note}", file=sys.stderr)
        progress.count(isinstance(done, Rejected))
    progress.clear()
    return progress.exit_code


def _printed(printer: Printer, _: Report, reading: Reading) -> Printed:
    return printer(reading)


def read_all(tables: Path | None, inputs: Iterable[Input], make: Make[T], jobs: int = 1) -> Iterator[T | Rejected]:
    """What `make` makes of each report and its reading, in the order of the inputs, over one process or several."""
    return _done(inputs, partial(_make_batch, make, tables), jobs)


def find_inputs(args: argparse.Namespace) -> Iterator[Input]:
    """The reports that a command was given."""
    from servanda.sources import find_reports

    return find_reports(args.paths, standard_input(args.paths), args.published, args.column)


def read_each(args: argparse.Namespace) -> Iterator[Reading | Rejected]:
    """The readings of the inputs one by one, for verbs that look at a few."""
    for report in find_inputs(args):
        yield report if isinstance(report, Rejected) else _reader(args.tables).read(report)


def weigh(args: argparse.Namespace, reading: Reading) -> "dict[Span, dict[str, float]]":
    """What weighed for and against the undertakings of a reading, by the place of their quotes."""
    return _reader(args.tables).reasons(Report(reading.id, reading.text, reading.published, reading.lang))


def standard_input(paths: list[str]) -> BinaryIO | None:
    """Standard input as bytes, None where it is closed and not needed; who waits at a terminal is told so."""
    needed = not paths or "-" in paths
    if sys.stdin is None:
        if needed:
            raise InputError("standard input", "is closed", "give a file or a folder")
        return None
    if needed and sys.stdin.isatty():
        print("servanda: reading standard input; end it with Ctrl-D", file=sys.stderr)
    return sys.stdin.buffer


@cache
def _reader(folder: Path | None) -> "Reader":
    """The reader of this process.

    One thread each: the networks' matrices are small, and several processes must not fight for the cores.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read by numpy when it is loaded, which is only now
    from servanda.cli.options import load_tables
    from servanda.reading.read import Reader

    return Reader(load_tables(folder))


def _make_batch(make: Make[T], tables: Path | None, batch: list[Input]) -> list[T | Rejected]:
    return [one if isinstance(one, Rejected) else _make_one(make, tables, one) for one in batch]


def _make_one(make: Make[T], tables: Path | None, report: Report) -> T | Rejected:
    """What one report gives; a fault of ours costs this report and no other, one of the tables laid over all."""
    from servanda.world.tables import TableError, check_tables

    try:
        return make(report, _reader(tables).read(report))
    except (ServandaError, TableError):
        raise
    except Exception as error:
        if tables and (faults := check_tables(tables)):
            raise TableError(str(faults[0])) from error
        what = f"could not be read, a fault of Servanda: {type(error).__name__}: {error}"
        return Rejected(report.id, what, f"please report it with the text{' and the tables' if tables else ''}")


def _done(inputs: Iterable[Input], task: Task[T], jobs: int) -> Iterator[T | Rejected]:
    """Results in the order of the inputs."""
    if jobs == 1:
        return chain.from_iterable(task([one]) for one in inputs)
    return _done_by_many(iter(inputs), task, jobs)


def _done_by_many(inputs: Iterator[Input], task: Task[T], jobs: int) -> Iterator[T | Rejected]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import Semaphore, active_children

    pool = ProcessPoolExecutor(jobs, initializer=_begin, initargs=(Semaphore(),))
    waiting: deque[Future[list[T | Rejected]]] = deque()
    finished = False
    try:
        while batch := list(islice(inputs, _BATCH)):
            waiting.append(pool.submit(task, batch))
            if len(waiting) >= jobs * _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
        finished = True
    finally:
        if not finished:  # interrupted, or nobody takes the results: a long report is not waited for
            for process in active_children():
                process.kill()
        pool.shutdown(wait=finished, cancel_futures=True)


def _begin(word: "SemaphoreOfProcesses") -> None:
    """Interrupts are left to the parent; that the start takes long is said by the one process that has the word."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.getLogger("servanda").addFilter(lambda _: word.acquire(block=False))


@dataclass(slots=True)
class Progress:
    """A line on a terminal that counts, once reading has taken a while and while the output goes elsewhere."""

    stream: TextIO
    read: int = 0
    rejected: int = 0
    started: float = field(default_factory=time.monotonic)
    shown: bool = False

    @property
    def exit_code(self) -> int:
        """0, or 1 where something was rejected."""
        return 1 if self.rejected else 0

    def count(self, rejected: bool) -> None:
        """One more report is done."""
        self.read += not rejected
        self.rejected += rejected
        spent = time.monotonic() - self.started
        if spent > _SILENT and self.stream.isatty() and not sys.stdout.isatty():
            rate = self.read / spent
            self.stream.write(f"\r{self.read} read, {self.rejected} rejected, {rate:.1f} a second")
            self.stream.flush()
            self.shown = True

    def clear(self) -> None:
        """Take the line away, so that another may be written."""
        if self.shown:
            self.stream.write("\r\x1b[K")
            self.shown = False
