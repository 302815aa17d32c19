"""How long a sketch takes, and how long and how much memory it takes to find the rewrites of a run.

    python benchmarks/rewrites.py [--rows 300000]

Rows are invented: a third rewrite one of the last wires, seven tenths of whose runs of words they keep, and all end
with some that many share; the days of a year pass.
"""

import argparse
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import numpy as np

from servanda.bulk.rewrites import Row, find_rewrites
from servanda.bulk.sketch import sketch
from servanda.model.sketch import OPENING, SAMPLE, pack

_EXAMPLE = Path(__file__).parent.parent / "examples" / "01-aid.txt"
_BEGIN = date(2021, 1, 1).toordinal()
_REWRITTEN, _CHANGED = 0.33, 0.3
_RECENT = 1_000  # wires that may be rewritten
_SHARED = 20  # runs at the end of each text that many have


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=300_000)
    args = parser.parse_args()
    text = (_EXAMPLE.read_text(encoding="utf-8") * 2)[:2_500]
    sketch(text)
    print(f"a sketch of 2,500 characters: {min(_time_sketches(text) for _ in range(5)) * 1e6:.0f} µs")
    began = time.process_time()
    rows = list(invent(args.rows))
    print(f"{len(rows):,} rows, a third of them rewrites, invented in {time.process_time() - began:.0f} s")
    began, watch = time.process_time(), _Watch()
    with TemporaryDirectory() as folder, watch:
        found = sum(one.place != one.group for one in find_rewrites(lambda: iter(rows), Path(folder)))
    each = (time.process_time() - began) / len(rows)
    print(f"{found:,} rewrites found, {each * 1e6:.0f} µs a row, {watch.most:.0f} MB more than before")


def _time_sketches(text: str, count: int = 500) -> float:
    began = time.process_time()
    for _ in range(count):
        sketch(text)
    return (time.process_time() - began) / count


class _Watch:
    """Looks now and then at what the process holds of its own, in MB; pages of files can be given back at any time."""

    def __enter__(self) -> None:
        self.most, self._before, self._done = 0.0, _own_memory(), Event()
        self._thread = Thread(target=self._look)
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(0.05):
            self.most = max(self.most, _own_memory() - self._before)


def _own_memory() -> float:
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(fields["RssAnon"].split()[0]) / 1024


def invent(count: int, seed: int = 1) -> Iterator[Row]:
    """Rows by the day on which they were published."""
    chance = np.random.default_rng(seed)
    common = _runs(chance, 2_000)
    wires = [_runs(chance, 300)]
    for n in range(count):
        runs = wires[chance.integers(len(wires))].copy()
        if chance.random() < _REWRITTEN:
            start, size = chance.integers(len(runs)), int(len(runs) * _CHANGED)
            runs[start : start + size] = _runs(chance, len(runs[start : start + size]))
        else:
            start = chance.integers(len(common) - _SHARED)
            runs = np.concatenate([_runs(chance, chance.integers(40, 500)), common[start : start + _SHARED]])
            wires = [*wires[-_RECENT:], runs]
        every = np.unique(runs)
        made = pack(len(every), np.unique(runs[:OPENING]).tobytes(), every[:SAMPLE].tobytes(), b"")
        day = date.fromordinal(_BEGIN + n * 365 // count).isoformat()
        yield Row(f"news.warc.gz:{n * 4_000}", f"id {n}", day, f"{n:016x}"[::-1], made)


def _runs(chance: np.random.Generator, count: int) -> np.ndarray:
    return chance.integers(0, 2**32, count, dtype=np.uint32)


if __name__ == "__main__":
    main()
