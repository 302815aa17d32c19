"""Inputs -> what `servanda bulk` takes to read them, with one process and with two: a Markdown table.

    python benchmarks/bulk.py [INPUT ...] [--passes 3] [--long 0]

Runs with one and two workers follow each other in turn; CPU time is that of all their processes, medians. The ratio is
that of their rates by the clock, and means something only where two cores are free. `--long N` reads N short invented
reports besides, and prints the memory of all processes at tenths of the way. Inputs: the stream of articles beside the
project, else the examples, many times over.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import count, islice
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from phrases import say_day
from servanda.bulk.job import Run
from servanda.bulk.pulse import Pulse
from servanda.bulk.worker import work
from servanda.cli.bulk import make_reader

ROOT = Path(__file__).resolve().parents[1]
STREAM = ROOT.parent / "shared/texts/ru_stream.jsonl.zst"
_LOOKS = 10  # at the memory of a long run
_OFTEN = 0.2  # seconds between two looks at whether it is time
_MEGABYTE = 1_000_000
_KEEP = 0.995  # of the records: what the command does unless told otherwise
_DAYS = (date(2024, 3, 1), date(2024, 3, 2), date(2024, 3, 3))
_SYLLABLES = [a + b for a in "бвгджзклмнпрстфх" for b in "аеиоу"]
_COUNTRIES = ("Казахстан", "Киргизия", "Узбекистан", "Россия", "Армения", "Белоруссия", "Турция", "Китай", "Монголия")


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: documents, and seconds."""

    documents: int
    cpu: float
    wall: float


def main() -> int:
    """Measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="*", type=Path)
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--long", type=int, default=0, metavar="N", help="so many short reports (300000)")
    args = parser.parse_args()
    with TemporaryDirectory() as folder:
        print(f"a worker starts in {statistics.median(start_worker() for _ in range(args.passes)):.2f} s of CPU\n")
        inputs = args.inputs or [STREAM if STREAM.is_file() else repeat_examples(Path(folder))]
        runs: dict[int, list[Measured]] = {1: [], 2: []}
        for n in range(args.passes):
            for jobs, measured in runs.items():
                measured.append(measure(inputs, Path(folder) / f"out{n}-{jobs}", jobs))
        print(table(runs, sum(map(size_of, inputs))))
        if args.long:
            print(f"\n{args.long:,} short reports, one worker; MB that all processes hold at tenths of the way:")
            print(" ".join(f"{held:.0f}" for held in watch_memory(Path(folder), args.long)))
    return 0


def start_worker() -> float:
    """CPU seconds of a process that loads its reader and ends."""
    run = Run(inputs=(), out=Path(), reader="", make_reader=partial(make_reader, None, _KEEP))
    before = _of_children()
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(theirs, Pulse(), run, False))
    process.start()
    theirs.close()
    ours.recv()
    ours.send(None)
    process.join()
    return _of_children() - before


def measure(inputs: list[Path], out: Path, jobs: int) -> Measured:
    """One run from nothing."""
    before, start = _of_children(), time.monotonic()
    done = subprocess.run(_command(inputs, out, jobs), capture_output=True, text=True)
    wall = time.monotonic() - start
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    *_, last = (out / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    return Measured(json.loads(last)["totals"]["documents"], _of_children() - before, wall)


def table(runs: dict[int, list[Measured]], size: int) -> str:
    """A row for each number of workers, and the ratio of the rates."""
    lines = ["| workers | documents | MB | CPU s | documents a CPU s | MB a CPU s | wall s |", "|---" * 7 + "|"]
    for jobs, measured in runs.items():
        cpu, wall = (statistics.median(getattr(m, name) for m in measured) for name in ("cpu", "wall"))
        documents = measured[0].documents
        lines.append(
            f"| {jobs} | {documents:,} | {size / _MEGABYTE:.1f} | {cpu:.1f} | {documents / cpu:.0f} "
            f"| {size / _MEGABYTE / cpu:.2f} | {wall:.1f} |"
        )
    one, two = (statistics.median(m.wall for m in runs[jobs]) for jobs in (1, 2))
    return "\n".join([*lines, "", f"two workers do {one / two:.2f} times what one does"])


def size_of(path: Path) -> int:
    """Bytes of an input, unpacked."""
    from servanda.sources.packed import open_unpacked

    if path.is_dir():
        return sum(size_of(p) for p in path.rglob("*") if p.is_file())
    with open_unpacked(path) as stream:
        return sum(map(len, iter(partial(stream.read, _MEGABYTE), b"")))


def repeat_examples(folder: Path, times: int = 100) -> Path:
    """The examples over and over, as lines."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))]
    path = folder / "examples.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts * times), encoding="utf-8")
    return path


def watch_memory(folder: Path, documents: int) -> Iterator[float]:
    """Read short reports with one worker; the megabytes that all processes hold as each tenth of the shards is done."""
    path, out = folder / "short.jsonl", folder / "short"
    with path.open("w", encoding="utf-8") as file:
        for text in islice(short_reports(), documents):
            file.write(json.dumps({"text": text, "published": "2024-03-04"}, ensure_ascii=False) + "\n")
    leading = subprocess.Popen(_command([path], out, 1), stderr=subprocess.DEVNULL)
    shards = max(documents // 2_000, 1)
    looked = 0
    while leading.poll() is None and looked < _LOOKS - 1:
        if len(list(out.glob("*.parquet"))) * _LOOKS // shards > looked:
            looked += 1
            yield sum(map(_held, (leading.pid, *_children(leading.pid))))
        time.sleep(_OFTEN)
    leading.wait()


def short_reports(seed: int = 1) -> Iterator[str]:
    """Wires of two sentences, one in twenty of which tells of states; names and numbers go on without end."""
    chance = Random(seed)
    for n in count():
        name = "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).capitalize()
        day = say_day(chance.choice(_DAYS))
        if n % 20 == 0:
            one, other = chance.sample(_COUNTRIES, 2)
            tons = chance.randint(2, 900)
            yield f"{one} поставит {tons} тонн зерна в дар стране {other}. Об этом {day} сообщил {name}ов."
        else:
            yield f"В городе {name} {day} открыли школу на {chance.randint(100, 900)} мест. Директор {name}ин доволен."


def _command(inputs: list[Path], out: Path, jobs: int) -> list[str]:
    return [sys.executable, "-m", "servanda", "bulk", *map(str, inputs), "--out", str(out), "--jobs", str(jobs)]


def _of_children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _held(pid: int) -> float:
    with suppress(OSError):
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / _MEGABYTE
    return 0.0


if __name__ == "__main__":
    sys.exit(main())
