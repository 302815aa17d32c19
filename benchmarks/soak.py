"""A ledger under kills, full disks and wrong files: nothing that was acknowledged is lost, nothing is doubled.

    python benchmarks/soak.py [--rounds 200] [--seed 1]

Kills: `servanda add --list` gets kill -9 at a random moment, and is run again. After the kill `verify` finds nothing,
what was named as recorded is there; after the second run everything is there once, and the state is the same as that
of a ledger that was never disturbed. Beside it: two that add the same at once, two that add what overlaps, writes that
fail, folders in which nothing may be written, files that are no ledger.
"""

import argparse
import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from invented import invent
from servanda.cli.ledgers import tongue_of
from servanda.ledger.ledger import Ledger
from servanda.ledger.verify import find_faults

READINGS = 60
_PORTION = 4  # readings that one transaction records: many moments between
_NOBODY = 65534  # a user to whom nothing belongs
_WHILE_STARTING = 0.2  # share of the kills that may come before anything is recorded
_ADD = "import sys\nfrom servanda.cli import add, main\nadd._PORTION = {portion}\nsys.exit(main.main(sys.argv[1:]))"

Groups = list[list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Bench:
    """A folder with readings, and what a ledger makes of them that is left in peace."""

    folder: Path
    readings: Path
    whole: Groups
    seconds: float  # that adding takes, from the first report named to the last

    def ledger(self, name: str) -> Path:
        """Where a ledger of that name stands."""
        return self.folder / name


class Broken(AssertionError):
    """What must never be."""


def main() -> int:
    """Run all, and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200, help="kills (default: 200)")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with TemporaryDirectory() as folder:
        bench = make_bench(Path(folder))
        print(f"{READINGS} readings, {_PORTION} in a transaction; recording takes {bench.seconds:.1f} s undisturbed")
        named = [kill_once(bench, chance) for chance in _rounds("kills", args.rounds, args.seed)]
        some = sum(0 < n < READINGS for n in named)
        print(f"kills: {len(named)}, {some} in the middle of recording; {sum(named)} reports acknowledged, none lost")
        few = max(1, args.rounds // 10)
        for _ in _rounds("two at once", few, args.seed):
            add_at_once(bench)
        print(f"two that add at once: {few} times, everything once")
        for chance in _rounds("two with overlapping readings", few, args.seed):
            add_overlapping(bench, chance)
        print(f"two that add readings of which each has some of the other's: {few} times, everything once")
        for chance in _rounds("writes that fail", few, args.seed):
            fail_to_write(bench, chance)
        print(f"writes that fail: at {few} sizes of the file, what was acknowledged stands")
        if can_be_somebody():
            print(f"folders in which nothing may be written: {refuse_folders(bench)}, each said in one line")
        else:
            print("folders in which nothing may be written: not tried, only root can run this Python")
        print(f"files that are no ledger of this version: {refuse_others(bench)}, none touched")
    return 0


def _rounds(name: str, count: int, seed: int) -> Iterator[Random]:
    """Chance for each round; how far it is, on standard error."""
    for n in range(count):
        print(f"\r{name}: {n + 1} of {count}\x1b[K", end="", file=sys.stderr, flush=True)
        yield Random(f"{name} {seed} {n}")
    print("\r\x1b[K", end="", file=sys.stderr)


def make_bench(folder: Path) -> Bench:
    """The readings, and the state that they give."""
    readings = folder / "readings.jsonl"
    readings.write_text("".join(json.dumps(r) + "\n" for r in islice(invent(7), READINGS)), encoding="utf-8")
    process = _start(folder / "whole.db", [readings])
    process.stdout.readline()  # type: ignore[union-attr]
    start = time.monotonic()
    process.communicate()
    return Bench(folder, readings, _groups(folder / "whole.db"), time.monotonic() - start)


def kill_once(bench: Bench, chance: Random) -> int:
    """One kill at a random moment, and the run that completes it; how many reports had been acknowledged."""
    path = bench.ledger("killed.db")
    process = _start(path, [bench.readings])
    first = b""
    if chance.random() < _WHILE_STARTING:
        time.sleep(chance.uniform(0, 2))
    else:
        first = process.stdout.readline()  # type: ignore[union-attr]
        time.sleep(chance.uniform(0, bench.seconds))
    process.send_signal(signal.SIGKILL)
    printed = (first + process.communicate()[0]).decode()
    named = {line.split("\t")[1] for line in printed.splitlines(keepends=True) if line.endswith("\n")}
    if path.exists():
        _is_sound(path)
    lost = named - _reports(path) if named else set()
    if lost:
        raise Broken(f"acknowledged, but not there: {sorted(lost)}")
    _run(path, [bench.readings])
    _is_whole(bench, path)
    _remove(path)
    return len(named)


def add_at_once(bench: Bench) -> None:
    """Two processes add the same readings at the same time."""
    path = bench.ledger("both.db")
    processes = [_start(path, [bench.readings]) for _ in range(2)]
    for process in processes:
        process.communicate()
        if process.returncode:
            raise Broken(f"one of two that add ended with {process.returncode}")
    _is_whole(bench, path)
    _remove(path)


def add_overlapping(bench: Bench, chance: Random) -> None:
    """Two processes add at the same time, in any order, readings of which some are in both."""
    path = bench.ledger("overlapping.db")
    lines = bench.readings.read_text(encoding="utf-8").splitlines(keepends=True)
    first, last = sorted(chance.sample(range(READINGS + 1), 2))
    parts = (lines[:last], lines[first:])
    processes = []
    for n, part in enumerate(parts):
        chance.shuffle(part)
        readings = bench.folder / f"part {n}.jsonl"
        readings.write_text("".join(part), encoding="utf-8")
        processes.append(_start(path, [readings]))
    named: list[str] = []
    for process in processes:
        printed, said = process.communicate()
        if process.returncode:
            raise Broken(f"one of two that add ended with {process.returncode}: {said.decode()}")
        named += [line.split("\t")[1] for line in printed.decode().splitlines() if not line.startswith("known")]
    if sorted(named) != sorted(_reports(path)):
        raise Broken("a report was recorded by both, or by none")
    _is_whole(bench, path)
    _remove(path)


def fail_to_write(bench: Bench, chance: Random) -> None:
    """No file may grow beyond some size, as where a disk is full: a clear error, and what was recorded stands."""
    size = int(chance.uniform(0, 1) ** 2 * 1_200_000)
    path = bench.ledger("full.db")
    process = _start(path, [bench.readings], size)
    printed, said = process.communicate()
    if process.returncode and (b"Traceback" in said or said.count(b"\n") != 1):
        raise Broken(f"at {size} bytes: exit {process.returncode}, {said.decode()}")
    named = {line.split("\t")[1] for line in printed.decode().splitlines()}
    if path.exists():
        _is_sound(path)
    if named and named - _reports(path):
        raise Broken(f"at {size} bytes: acknowledged, but not there")
    _run(path, [bench.readings])
    _is_whole(bench, path)
    _remove(path)


def can_be_somebody() -> bool:
    """Whether somebody who is held by permissions can run this Python: always, unless root keeps it to himself."""
    ways = (Path(sys.executable), Path(sys.executable).resolve())
    return os.getuid() != 0 or all(p.stat().st_mode & 0o001 for way in ways for p in (way, *way.parents))


def refuse_folders(bench: Bench) -> int:
    """A ledger where nobody may write: one line with its place, and nothing is changed. How many such places.

    Who is not held by permissions (root) adds as somebody who is.
    """
    closed = bench.folder / "closed"
    closed.mkdir()
    shutil.copyfile(bench.ledger("whole.db"), closed / "there.db")
    before = (closed / "there.db").read_bytes()
    (closed / "there.db").chmod(0o444)
    closed.chmod(0o555)
    bench.folder.chmod(0o755)  # to be read by others
    places = [closed / "there.db", closed / "new.db", bench.readings / "under a file.db", Path("/proc/new.db")]
    for path in places:
        process = _start(path, [bench.readings], somebody=os.getuid() == 0)
        said = process.communicate()[1]
        if process.returncode not in (1, 2) or said.count(b"\n") != 1 or path.name.encode() not in said:
            raise Broken(f"{path}: exit {process.returncode}, {said.decode()}")
    closed.chmod(0o755)
    if [p.name for p in closed.iterdir()] != ["there.db"] or (closed / "there.db").read_bytes() != before:
        raise Broken("a folder in which nothing may be written was")
    shutil.rmtree(closed)
    return len(places)


def refuse_others(bench: Bench) -> int:
    """Files that are no ledger, or not one for this version: exit 2, one line, not a byte changed. How many."""
    count = 0
    for count, path in enumerate(_strangers(bench), 1):  # noqa: B007
        before = path.read_bytes()
        process = _start(path, [bench.readings])
        said = process.communicate()[1]
        if process.returncode != 2 or said.count(b"\n") != 1 or b"Traceback" in said:
            raise Broken(f"{path.name}: exit {process.returncode}, {said.decode()}")
        if path.read_bytes() != before:
            raise Broken(f"{path.name}: was touched")
        _remove(path)
    return count


def _strangers(bench: Bench) -> Iterator[Path]:
    whole = bench.ledger("whole.db")
    for name, size in (("half.db", whole.stat().st_size // 2), ("page.db", 5_000), ("header.db", 50)):
        path = bench.ledger(name)
        path.write_bytes(whole.read_bytes()[:size])
        yield path
    text = bench.ledger("text.db")
    text.write_text("Правительства подписали соглашение.\n", encoding="utf-8")
    yield text
    other = bench.ledger("other.db")
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE entry (seq INTEGER)")
    connection.close()
    yield other
    newer = bench.ledger("newer.db")
    shutil.copyfile(whole, newer)
    with sqlite3.connect(newer) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    yield newer


def _start(
    path: Path, files: Sequence[Path], largest: int | None = None, *, somebody: bool = False
) -> "subprocess.Popen[bytes]":
    """`servanda add` in a process of its own; no file of it may grow beyond `largest`; as `somebody` without rights."""

    def limit() -> None:
        if somebody:
            os.setgid(_NOBODY)
            os.setuid(_NOBODY)
        if largest is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    readings = [word for file in files for word in ("--readings", str(file))]
    code = _ADD.format(portion=_PORTION)
    command = [sys.executable, "-c", code, "add", *readings, "--list", "--who", "soak", "--ledger", str(path)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=limit)


def _run(path: Path, files: Sequence[Path]) -> None:
    process = _start(path, files)
    said = process.communicate()[1]
    if process.returncode:
        raise Broken(f"add ended with {process.returncode}: {said.decode()}")


def _is_sound(path: Path) -> None:
    with _open(path) as ledger:
        faults = list(find_faults(ledger))
    if faults:
        raise Broken(f"verify: {faults}")


@contextmanager
def _open(path: Path) -> Iterator[Ledger]:
    ledger = Ledger.open(path, tongue_of(argparse.Namespace(tables=None)))
    try:
        yield ledger
    finally:
        ledger.close()


def _is_whole(bench: Bench, path: Path) -> None:
    """Everything is there once, and as it is where nothing happened."""
    _is_sound(path)
    if _groups(path) != bench.whole:
        raise Broken("the dossiers are not those of a ledger left in peace")


def _groups(path: Path) -> Groups:
    """The dossiers, each as the quotes of its records, with their reports."""
    with _open(path) as ledger:
        return sorted(sorted((t.carrier.report, t.record.quote) for t in one.told) for one in ledger.all())


def _reports(path: Path) -> set[str]:
    with _open(path) as ledger:
        return {t.carrier.report for one in ledger.all() for t in one.told}


def _remove(path: Path) -> None:
    for beside in path.parent.glob(path.name + "*"):
        os.remove(beside)


if __name__ == "__main__":
    sys.exit(main())
