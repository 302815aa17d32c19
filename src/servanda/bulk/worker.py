"""Tasks -> outputs: what one process does. It loads its reader once, and reads one document after the other."""

import gc
import logging
import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from servanda.bulk.guard import die_with_parent, limit_memory, megabytes_held
from servanda.bulk.job import Done, Failed, Limits, Reads, Ready, Run, Task, expected_facts
from servanda.bulk.journal import Journal
from servanda.bulk.output import write_output
from servanda.bulk.pulse import Pulse, State
from servanda.bulk.rows import Row, make_row
from servanda.errors import InputError, ServandaError
from servanda.model.report import Report
from servanda.sources.pieces import read_piece
from servanda.sources.rejected import Rejected, printable
from servanda.sources.taken import Piece, Taken
from servanda.sources.text import storable

OUT_OF_MEMORY = 70  # the exit code of a process that got no more
_COLLECTING = (100_000, 20, 50)  # what reading makes holds no cycles; to look for some took a twelfth of it
_MUCH = 1_500  # MB: a worker that holds more after a shard is replaced
_WIDEN = "take it out, or widen --limit-seconds or --limit-mb, and run again"
_REPORT_IT = "please report it with the text"
_LONGEST = 300  # characters of an error's own words


def work(pipe: "Connection[Any, Any]", pulse: Pulse, run: Run, first: bool) -> None:
    """Read what the pipe asks for, until it asks for nothing more; only the `first` worker tells of its start."""
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # which goes to all; the supervisor decides
    if not first:
        logging.getLogger("servanda").addFilter(lambda _: False)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # processes must not fight for the cores
    try:
        _work(pipe, pulse, run)
    except (EOFError, BrokenPipeError):  # nobody waits for it any more
        return
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _work(pipe: "Connection[Any, Any]", pulse: Pulse, run: Run) -> None:
    from servanda.bulk.sketch import sketch  # loads what compiles, which only workers need

    gc.disable()  # of what is loaded nothing is garbage; to look for some took a seventh of the start
    try:
        reader = run.make_reader()
        sketch("")
    except Exception as error:
        pipe.send(Failed(_portable(error)))
        return
    gc.freeze()
    gc.set_threshold(*_COLLECTING)
    gc.enable()
    limit_memory(run.limits.megabytes)
    pulse.beat(State.IDLE)
    pipe.send(Ready())
    leaving = False
    while not leaving and (task := pipe.recv()) is not None:
        try:
            read_shard(task, run, reader, pulse)
        except OSError as error:  # of reading it is told in its place; this one is of writing
            pipe.send(Failed(OSError(error.errno, error.strerror or str(error))))
            return
        leaving = megabytes_held() > _MUCH
        pulse.beat(State.IDLE)
        pipe.send(Done(leaving))


def _portable(error: Exception) -> Exception:
    if isinstance(error, (ServandaError, OSError)):
        return error
    what = f"a worker cannot start: {type(error).__name__}: {error}"
    return InputError("bulk", what, "see whether servanda read works")


def read_shard(task: Task, run: Run, reader: Reads, pulse: Pulse) -> None:
    """Read a shard to its end and write its output; go on where another process left off."""
    path = journal_of(run.out, task.shard.output)
    with Journal(path) as journal:
        seen = _read_all(task, run.limits, reader, pulse, journal, run)
    pulse.beat(State.WRITING, seen)
    facts = {**expected_facts(run, task.shard), **journal.facts(seen)}
    write_output(run.out / task.shard.output, journal.rows(), facts)
    path.unlink()


def journal_of(out: Path, output: str) -> Path:
    """Where the journal of an output stands until the output does."""
    return out / f".{output}.journal"


def _read_all(task: Task, limits: Limits, reader: Reads, pulse: Pulse, journal: Journal, run: Run) -> int:
    """Read the documents that the journal does not have; how many there are in all."""
    pulse.beat(State.FETCHING)
    documents = read_piece(task.shard.piece, run.taking)
    n = 0
    while True:
        pulse.beat(State.FETCHING, n)
        if task.broken and n == task.broken[0]:
            return _give_up(task.shard.piece, n, task.broken[1], journal)
        try:
            taken = next(documents, None)
        except MemoryError:
            raise
        except Exception as error:
            return _give_up(task.shard.piece, n, _words(error), journal)
        if taken is None:
            return n
        if n in task.aside and n >= journal.next:
            fault = Rejected(taken.place, task.aside[n], _WIDEN)
            journal.set_aside(n, fault, {"seconds": limits.seconds, "megabytes": limits.megabytes})
        elif n >= journal.next:
            pulse.beat(State.READING, n)
            if (made := read_one(taken, reader)) is not None:
                journal.add(n, made)
        n += 1
        pulse.count(n, journal.telling)


def read_one(taken: Taken, reader: Reads) -> Row | Rejected | None:
    """The row of one document, or why there is none; None for what is no document. A fault costs this one alone."""
    try:
        report = taken.report()
        return make_row(taken.place, report, reader.read(report)) if isinstance(report, Report) else _fault(report)
    except MemoryError:
        raise
    except Exception as error:
        return Rejected(taken.place, f"could not be read, a fault of Servanda: {_words(error)}", _REPORT_IT)


def _fault(report: Rejected | None) -> Rejected | None:
    if report is not None and not isinstance(report, Rejected):
        raise TypeError(f"{type(report).__name__} is no report")
    return report


def _give_up(piece: Piece, n: int, why: str, journal: Journal) -> int:
    """Say that the documents from one on cannot be had; how many there were."""
    n = max(n, journal.next)
    what = f"what follows the first {n} documents from {piece.start} on could not be reached: {why}"
    remedy = "check the file; to try again, remove the output and run again"
    journal.add(n, Rejected(printable(piece.path), what, remedy))
    return n


def _words(error: Exception) -> str:
    return storable(f"{type(error).__name__}: {error}")[:_LONGEST]
