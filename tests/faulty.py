"""A reader for tests of bulk: quick, and a text that holds one of these words makes it fail in that way.

ABORT, HANG, EAT, RAISE, GARBAGE, DIE (killed from outside), FULL (from then on no file may grow), SLOW (1.5 s),
WAIT (0.01 s), TELLS (one record)

Run as a program it is the command `servanda` with this reader.
"""

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from servanda.bulk import worker
from servanda.bulk.folder import outputs_of
from servanda.bulk.job import Limits, Run
from servanda.bulk.output import read_rows
from servanda.bulk.whole import Ran, run_bulk
from servanda.model.reading import Meeting, Reading
from servanda.model.report import Report

LIMITS = Limits(seconds=1.0, megabytes=300, patience=20.0)
MEETING = Meeting(
    quote="TELLS", certainty="stated", source=None, kind="talks", participants=(), place=None, date=None,
    status="held", topics=(),
)  # fmt: skip


class Faulty:
    """Reads nothing of a text but the words that it must fail at."""

    def read(self, report: Report) -> Reading:
        for word, fail in _FAULTS.items():
            if word in report.text:
                fail()
        records = (MEETING,) if "TELLS" in report.text else ()
        made = Reading(
            id=report.id, published=report.published, dateline=None, undisclosed=(), records=records, findings=(),
            mentions=(), evidence={}, text=report.text, lang="ru",
        )  # fmt: skip
        return "garbage" if "GARBAGE" in report.text else made  # type: ignore[return-value]


def _hang() -> None:
    """In foreign code that never lets another thread run."""
    ctypes.PyDLL(None).sleep(60)


def _eat() -> None:
    held = []
    while True:
        held.append(bytearray(10_000_000))


def _raise() -> None:
    raise ValueError("no such thing")


def _fill() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, 1))


_FAULTS = {
    "ABORT": os.abort,
    "HANG": _hang,
    "EAT": _eat,
    "RAISE": _raise,
    "DIE": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "FULL": _fill,
    "SLOW": lambda: time.sleep(1.5),
    "WAIT": lambda: time.sleep(0.01),
}


def make_faulty() -> Faulty:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return Faulty()


def make_large() -> Faulty:
    """A reader whose worker holds too much after each shard."""
    worker._MUCH = 0
    return make_faulty()


def make_breaking(where: str, marks: Path, times: int) -> Faulty:
    """A reader whose worker ends at a place other than a document, the first so many times."""

    def end(*_: Any) -> Any:
        with marks.open("a") as file:
            file.write("x")
        os._exit(3) if marks.stat().st_size <= times else None

    if where == "loading":
        end()
    elif where == "writing":
        write = worker.write_output
        worker.write_output = lambda *args: (end(), write(*args))
    elif where == "fetching":
        worker.read_piece = partial(_breaking, worker.read_piece, end)
    elif where == "said":
        read = worker.read_shard
        worker.read_shard = lambda *args: (read(*args), end())
    return make_faulty()


def _breaking(read_piece: Any, end: Any, *args: Any) -> Iterator[Any]:
    for n, taken in enumerate(read_piece(*args)):
        if n == 2:
            end()
        yield taken


def write_lines(path: Path, texts: Iterable[str]) -> Path:
    """A file of reports, called d0, d1, ..."""
    lines = (json.dumps({"id": f"d{n}", "text": text, "lang": "ru"}) + "\n" for n, text in enumerate(texts))
    path.write_text("".join(lines), encoding="utf-8")
    return path


def bulk(out: Path, *inputs: Path, **changed: Any) -> Ran:
    """A run with the reader of this file."""
    given = {"reader": "faulty 1", "make_reader": make_faulty, "limits": LIMITS, **changed}
    return run_bulk(Run(inputs=tuple(map(str, inputs)), out=out, **given))


def places(out: Path) -> list[str]:
    """The places of all rows, those of one output in order."""
    return [row.place for path in outputs_of(out) for row in read_rows(path)]


def contents(out: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {path.name: path.read_bytes() for path in out.iterdir()}


def faults(out: Path) -> dict[str, str]:
    """Everything that the manifest says was not read, with the reason."""
    found = {}
    for line in map(json.loads, (out / "manifest.jsonl").read_text(encoding="utf-8").splitlines()):
        listed = [line["rejected"]] if "stamp" not in line and "rejected" in line else []
        for kind in line.get("faults", {}).values():
            listed += kind
        found.update({fault["place"]: fault["message"] for fault in listed})
    return found


def start_bulk(out: Path, *given: object) -> "subprocess.Popen[str]":
    """`servanda bulk` in a process and session of its own, with the reader of this file."""
    command = [sys.executable, __file__, "bulk", *map(str, given), "--out", str(out)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)


def alive(session: int) -> list[int]:
    """The processes of a session that have not ended."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, of = stat.read_text().rpartition(")")[2].split()[:4]
            if int(of) == session and state not in "ZX":
                found.append(int(stat.parent.name))
    return found


def wait_for(happens: Callable[[], object], seconds: float = 20.0) -> None:
    """Wait until something is so."""
    until = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.02)


def main() -> int:
    """The command, its reader exchanged."""
    import faulty
    from servanda.cli import bulk, main

    made = bulk._run_of
    bulk._run_of = lambda args: replace(made(args), make_reader=faulty.make_faulty, limits=LIMITS)
    return main.main()


if __name__ == "__main__":
    sys.exit(main())
