"""A bulk run under kills, poisoned documents, cut files and full disks: everything once, and what is not is named.

    python benchmarks/bulk_soak.py [--workers 50] [--drivers 20] [--seed 1] [--light]

The input is a folder of JSON lines, plain and packed, of which one file is cut short and documents hang, abort the
process, or have 50 MB. It is read once in peace; after each disturbance the folder must hold the same bytes, in which
each readable document, counted by its place, has one row, and the manifest names each other one with its reason.
--light reads with a reader that does nothing for two milliseconds, instead of Servanda's own.
"""

import argparse
import ctypes
import gzip
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from servanda.bulk.folder import outputs_of
from servanda.bulk.job import Limits, Reads
from servanda.bulk.output import read_rows
from servanda.model.reading import Reading
from servanda.model.report import Report
from soak import Broken

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
_LIMITS = Limits(seconds=1.0, megabytes=1_000, patience=60.0)
_LONG = 50_000_000  # bytes
_BETWEEN = (0.1, 4.0)  # seconds from one kill to the next
_GONE = 10.0  # seconds in which no process may be left


@dataclass(frozen=True, slots=True)
class Bench:
    """A folder with inputs, what a run left in peace makes of them, and how long it takes."""

    folder: Path
    light: bool
    readable: list[str]  # places
    others: dict[str, str]  # places, and what is said of them
    whole: dict[str, bytes]
    seconds: float

    @property
    def inputs(self) -> Path:
        """What is read."""
        return self.folder / "in"


def main() -> int:
    """Run all, and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, default=50, help="kills of workers (default: 50)")
    parser.add_argument("--drivers", type=int, default=20, help="kills of the process that leads (default: 20)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--light", action="store_true")
    args = parser.parse_args()
    with TemporaryDirectory() as folder:
        bench = make_bench(Path(folder), args.light)
        print(
            f"{len(bench.readable)} readable documents, {len(bench.others)} others, {len(bench.whole)} files; "
            f"{bench.seconds:.0f} s in peace"
        )
        runs = kill_workers(bench, Random(args.seed), args.workers)
        print(f"workers killed: {args.workers}, over {runs} runs; everything once, the same bytes")
        runs = kill_drivers(bench, Random(args.seed), args.drivers)
        print(f"leading process killed: {args.drivers} times, over {runs} folders; nobody left, the same bytes")
        print(f"outputs cut short: {cut_outputs(bench, Random(args.seed))}, each made again")
        print(f"a full disk ({fill_disk(bench)}): said, and completed once there was room")
    return 0


def make_bench(folder: Path, light: bool, files: int = 12, each: int = 150) -> Bench:
    """The inputs, and what becomes of them in peace."""
    inputs = folder / "in"
    inputs.mkdir()
    texts = [path.read_text(encoding="utf-8")[:600] for path in sorted(EXAMPLES.glob("*.txt"))]
    readable = []
    for n in range(files):
        path = inputs / f"{n:02}.jsonl{'.gz' if n % 3 == 2 else ''}"
        lines = [_line(f"{texts[(n + i) % len(texts)]}\n{n} {i}") for i in range(each)]
        path.write_bytes(gzip.compress(b"".join(lines), mtime=0) if path.suffix == ".gz" else b"".join(lines))
        readable += [f"{path}:{i + 1}" for i in range(each)]
    poison = inputs / "poison.jsonl"
    poison.write_bytes(b"".join(map(_line, (texts[0], "HANG", texts[1], "ABORT", "x" * _LONG, texts[2]))))
    readable += [f"{poison}:{i}" for i in (1, 3, 6)]
    others = {f"{poison}:2": "took over", f"{poison}:4": "SIGABRT", f"{poison}:5": "over the limit"}
    cut = inputs / "cut.jsonl.gz"
    lines = [_line(f"{texts[i % len(texts)]} {Random(i).random()}") for i in range(each)]
    cut.write_bytes(gzip.compress(b"".join(lines), mtime=0)[:-2_000])
    bench = Bench(folder, light, readable, others, {}, 0)
    out, start = folder / "whole", time.monotonic()
    _complete(bench, out)
    seconds = time.monotonic() - start
    survived = [place for place in _places(out) if place.startswith(str(cut))]
    gap = f"{cut}:{len(survived) + 1}"
    bench = replace(
        bench,
        readable=sorted([*readable, *survived]),
        others={**others, gap: "ends in the middle"},
        whole=_contents(out),
        seconds=seconds,
    )
    if survived != [f"{cut}:{i + 1}" for i in range(len(survived))] or not survived:
        raise Broken("what stands before the end of a file that was cut is not there")
    _is_whole(bench, out)
    return bench


def _line(text: str) -> bytes:
    return json.dumps({"text": text, "published": "2021-12-08"}, ensure_ascii=False).encode() + b"\n"


def kill_workers(bench: Bench, chance: Random, kills: int) -> int:
    """Workers killed at random moments of as many runs as it takes; how many runs."""
    runs = 0
    while kills > 0:
        out = bench.folder / f"workers{runs}"
        runs += 1
        leading = _start(bench, out)
        while kills > 0:
            with suppress(subprocess.TimeoutExpired):
                leading.wait(chance.uniform(*_BETWEEN))
                break
            workers = _workers(leading.pid)
            if workers:
                with suppress(ProcessLookupError):
                    os.kill(chance.choice(workers), signal.SIGKILL)
                kills -= 1
        _has_ended(leading)
        _is_whole(bench, out)
    return runs


def kill_drivers(bench: Bench, chance: Random, kills: int) -> int:
    """The leading process killed at random moments and started again, until it comes to its end; how many folders."""
    runs = 0
    while kills > 0:
        out = bench.folder / f"drivers{runs}"
        runs += 1
        while kills > 0:
            leading = _start(bench, out)
            with suppress(subprocess.TimeoutExpired):
                leading.wait(chance.uniform(0.2, bench.seconds / 2))
                _has_ended(leading)
                break
            leading.kill()
            leading.communicate()
            kills -= 1
            _nobody_is_left(leading.pid)
        _complete(bench, out)
        _is_whole(bench, out)
    return runs


def cut_outputs(bench: Bench, chance: Random) -> int:
    """Each output cut at some place, as a disk that failed may leave it; how many."""
    out = bench.folder / "cut"
    shutil.copytree(bench.folder / "whole", out)
    outputs = outputs_of(out)
    for path in outputs:
        os.truncate(path, chance.randrange(path.stat().st_size))
    _complete(bench, out)
    _is_whole(bench, out)
    return len(outputs)


def fill_disk(bench: Bench) -> str:
    """A disk without room, then one with; what kind it was."""
    sizes = [len(held) for held in bench.whole.values()]
    with _small_disk(bench.folder / "small", sum(sizes) // 2) as (disk, widen):
        out = disk / "out"
        leading = _start(bench, out, None if widen else max(sizes) // 2)
        said = leading.communicate()[1]
        if leading.returncode != 1 or f"{out}: cannot be written" not in said or "make room" not in said:
            raise Broken(f"a full disk: exit code {leading.returncode}, {said}")
        _nobody_is_left(leading.pid)
        if left := [path for path in out.glob(".*") if path.name != ".lock"]:
            raise Broken(f"left on a full disk: {left}")
        if widen:
            subprocess.run(widen, check=True)
        _complete(bench, out)
        _is_whole(bench, out)
        return "of its own" if widen else "files that may not grow"


@contextmanager
def _small_disk(folder: Path, size: int) -> Iterator[tuple[Path, list[str]]]:
    """A folder on a disk of little room, and the command that widens it; none where no disk can be had here."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True).returncode == 0
    try:
        yield folder, ["mount", "-o", "remount,size=100m", str(folder)] if mounted else []
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


def _start(bench: Bench, out: Path, largest: int | None = None) -> "subprocess.Popen[str]":
    """`servanda bulk` in a process and session of its own; no file of it may grow beyond `largest`."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if largest is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    light = ["--light"] if bench.light else []
    command = [sys.executable, __file__, *light, "bulk", str(bench.inputs), "--out", str(out), "--jobs", "2"]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=limit)


def _complete(bench: Bench, out: Path) -> None:
    _has_ended(_start(bench, out))


def _has_ended(leading: "subprocess.Popen[str]") -> None:
    said = leading.communicate()[1]
    if leading.returncode != 1:  # there are documents that cannot be read
        raise Broken(f"bulk ended with {leading.returncode}: {said}")
    _nobody_is_left(leading.pid)


def _is_whole(bench: Bench, out: Path) -> None:
    """Each readable document has one row, each other is named, and the folder is that of a run in peace."""
    if sorted(_places(out)) != bench.readable:
        raise Broken("the rows are not those of the readable documents, each once")
    named = {}
    for line in map(json.loads, (out / "manifest.jsonl").read_text(encoding="utf-8").splitlines()):
        for fault in (*line.get("faults", {}).get("rejected", ()), *line.get("faults", {}).get("quarantined", ())):
            named[fault["place"]] = fault["message"]
    if named.keys() != bench.others.keys() or any(why not in named[place] for place, why in bench.others.items()):
        raise Broken(f"the manifest names {named}")
    if _contents(out) != bench.whole:
        raise Broken("the folder is not that of a run left in peace")


def _places(out: Path) -> list[str]:
    return [row.place for path in outputs_of(out) for row in read_rows(path)]


def _contents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir()}


def _nobody_is_left(session: int) -> None:
    until = time.monotonic() + _GONE
    while left := [pid for pid, (_, of) in _processes().items() if of == session]:
        if time.monotonic() > until:
            raise Broken(f"processes without a leader: {left}")
        time.sleep(0.05)


def _workers(leading: int) -> list[int]:
    """The processes that read, by what their commands say."""
    found = []
    for pid, (parent, _) in _processes().items():
        with suppress(OSError):
            if parent == leading and b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.append(pid)
    return sorted(found)


def _processes() -> dict[int, tuple[int, int]]:
    """Parent and session of each process that has not ended."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent, _, session = stat.read_text().rpartition(")")[2].split()[:4]
            if state not in "ZX":
                found[int(stat.parent.name)] = int(parent), int(session)
    return found


class Poisoned:
    """A reader that two words make hang, or abort the process."""

    def __init__(self, inner: Reads) -> None:
        self.inner = inner

    def read(self, report: Report) -> Reading:
        """The reading, if there is to be one."""
        if report.text == "HANG":
            ctypes.PyDLL(None).sleep(600)  # in foreign code, without letting another thread run
        if report.text == "ABORT":
            os.abort()
        return self.inner.read(report)


class Idle:
    """A reader that finds nothing."""

    def read(self, report: Report) -> Reading:
        """A reading without records, after a while."""
        time.sleep(0.002)
        return Reading(
            id=report.id,
            published=report.published,
            dateline=None,
            undisclosed=(),
            records=(),
            findings=(),
            mentions=(),
            evidence={},
            text=report.text,
            lang="ru",
        )


def make_poisoned() -> Poisoned:
    """Servanda's own reader, poisoned."""
    from servanda.cli.bulk import make_reader

    return Poisoned(make_reader(None, 0.995))


def make_idle() -> Poisoned:
    """One that is quick to load, poisoned."""
    return Poisoned(Idle())


def lead() -> int:
    """The command `servanda`, its reader exchanged."""
    from servanda.cli import bulk, main

    light = sys.argv[1] == "--light"
    made = bulk._run_of
    bulk._run_of = lambda args: replace(made(args), make_reader=make_idle if light else make_poisoned, limits=_LIMITS)
    return main.main(sys.argv[2:] if light else sys.argv[1:])


if __name__ == "__main__":
    sys.exit(lead() if "bulk" in sys.argv[1:3] else main())
