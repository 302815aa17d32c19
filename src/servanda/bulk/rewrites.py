"""Rows of a run -> which of them are rewrites of one wire, each group named by the place of its earliest.

Of each row a few dozen bytes are held in memory; sketches, and the runs of words under which texts are filed, lie in
files. Texts that are the same to the letter are one group at once, whenever they were published. Of the others each is
held against two that have such a run too, the first of the same days and the last before it, and goes to the wire that
it is most like: the work grows as the number of rows. A wire that stands deep inside a longer text is not found.
"""

import mmap
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import groupby, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, NamedTuple

import numpy as np
import numpy.typing as npt

from servanda.bulk.folder import SCRATCH
from servanda.lang.compiled import compiled
from servanda.model.edtf import first_day
from servanda.model.sketch import DAYS, Sketch, compare, unpack

Ints = npt.NDArray[np.int64]
Pairs = npt.NDArray[np.uint64]

_PORTION = 32_000_000  # bytes that are sorted at once, at most about so many
_OF_OPENING, _OF_SAMPLE = 24, 8  # runs under which a row is filed
_AT_ONCE = 2_000  # texts filed at once
_UNDATED = date.max.toordinal()
_HALF = np.uint64(32)


class Row(NamedTuple):
    """What is needed of a row of the output. `digest` is that of its text."""

    place: str
    id: str
    published: str | None
    digest: str
    sketch: bytes | None


class Rewrite(NamedTuple):
    """A row that is one of a group; `group` is the place of the earliest of it."""

    place: str
    id: str
    group: str


def find_rewrites(rows: Callable[[], Iterable[Row]], scratch: Path) -> Iterator[Rewrite]:
    """The rows that are not alone in their group, in the order of the run; `rows` gives all of them anew at each call.

    `scratch` is a folder with room for about a thousand bytes a row.
    """
    with (
        TemporaryDirectory(dir=scratch, prefix=SCRATCH) as folder,
        (Path(folder) / "sketches").open("w+b") as file,
    ):
        kept = _Kept(file)
        for row in rows():
            kept.add(row)
        groups = kept.find_groups(Path(folder))
    names = _names(rows(), groups)
    for number, row in enumerate(rows()):
        if groups[number] in names:
            yield Rewrite(row.place, row.id, names[groups[number]])


def _names(rows: Iterable[Row], groups: Ints) -> dict[int, str]:
    """The places of the earliest rows of groups that have more than one."""
    sizes = np.bincount(groups, minlength=len(groups)) if len(groups) else groups
    return {number: row.place for number, row in enumerate(rows) if sizes[number] > 1}


class _Kept:
    """What is kept of the rows: day, beginning of the digest, and where the sketch stands in a file."""

    def __init__(self, file: BinaryIO) -> None:
        self.days = bytearray()
        self.digests = bytearray()
        self.ends = bytearray()
        self.sketches = file

    def add(self, row: Row) -> None:
        """One row more."""
        day = first_day(row.published) if row.published else None
        self.days += (day.toordinal() if day else _UNDATED).to_bytes(4, "little")
        self.digests += bytes.fromhex(row.digest[:16])
        self.sketches.write(row.sketch or b"")
        self.ends += self.sketches.tell().to_bytes(8, "little")

    def find_groups(self, scratch: Path) -> Ints:
        """The number of the earliest row of each row's group."""
        if not self.ends:
            return np.zeros(0, np.int64)
        days, digests = np.frombuffer(self.days, "<i4"), np.frombuffer(self.digests, "<u8")
        first = _earliest_of_same(days, digests)
        order = np.argsort(days, kind="stable")
        order = order[first[order] == order]  # each text once, the earliest first
        self.sketches.flush()
        sketches = _Sketches(self.sketches, np.frombuffer(self.ends, "<u8"), order)
        leader = _Leaders(sketches, days[order].astype(np.int64), scratch).find()
        groups = np.empty(len(days), np.int64)
        groups[order] = order[leader]
        return groups[first]


def _earliest_of_same(days: Ints, digests: Pairs) -> Ints:
    """For each row the earliest with the same text."""
    order = np.lexsort((np.arange(len(days)), days, digests))
    starts = np.flatnonzero(np.r_[True, digests[order[1:]] != digests[order[:-1]]])
    first = np.empty(len(days), np.int64)
    first[order] = np.repeat(order[starts], np.diff(np.r_[starts, len(order)]))
    return first


class _Sketches:
    """The sketches of rows in some order, out of a file."""

    def __init__(self, file: BinaryIO, ends: Pairs, order: Ints) -> None:
        self.file = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if ends[-1] else b""
        self.ends = ends
        self.order = order

    def __getitem__(self, place: int) -> Sketch | None:
        row = self.order[place]
        kept = self.file[self.ends[row - 1] if row else 0 : self.ends[row]]
        return unpack(kept) if kept else None


class _Leaders:
    """Different texts by their place in order, the earliest first -> for each the one that it rewrites, or its own."""

    def __init__(self, sketches: _Sketches, days: Ints, folder: Path) -> None:
        self.sketches = sketches
        self.days = days
        self.folder = folder

    def find(self) -> Ints:
        """The leader of each."""
        leader = np.arange(len(self.days))
        for text, pairs in groupby(self._pairs(), lambda pair: pair >> 32):
            earlier = [pair & 0xFFFFFFFF for pair in pairs]
            leader[text] = self._choose(text, {n: int(leader[n]) for n in earlier})
        return leader

    def _choose(self, text: int, leaders: dict[int, int]) -> int:
        """The leader of the earlier text that is most like this one, of those that are the same wire; else its own."""
        this, best, found = self.sketches[text], 0.0, text
        for other, leader in leaders.items():
            sketch = self.sketches[other]
            if this and sketch and not self._is_late(text, leader):
                alike = compare(this, sketch)
                if alike.one_wire and alike.all > best:
                    best, found = alike.all, leader
        return found

    def _is_late(self, text: int, leader: int) -> bool:
        return bool(self.days[text] != _UNDATED and self.days[text] - self.days[leader] > DAYS)

    def _pairs(self) -> Iterator[int]:
        """Texts to be compared with an earlier one, in their order: both in one number."""
        count = _parts(len(self.days) * (_OF_OPENING + _OF_SAMPLE))
        found = _Parts(self.folder / "pairs", count)
        for filed in self._filed(count):
            pairs = _pair_with_first(np.sort(filed), self.days)
            found.add(pairs, (pairs >> _HALF) * np.uint64(count) // np.uint64(len(self.days)))
        for part in found:
            yield from np.unique(part).tolist()

    def _filed(self, count: int) -> "_Parts":
        """Runs of words with the texts that have them, each in one number, those of one run in one part."""
        filed = _Parts(self.folder / "filed", count)
        for start in range(0, len(self.days), _AT_ONCE):
            numbers = range(start, min(start + _AT_ONCE, len(self.days)))
            both = [run << 32 | n for n in numbers if (sketch := self.sketches[n]) for run in _filed_under(sketch)]
            filed.add(np.array(both, np.uint64), (np.array(both, np.uint64) >> _HALF) % np.uint64(count))
        return filed


def _filed_under(sketch: Sketch) -> list[int]:
    """The runs under which a text is found: those with the lowest numbers, so that of like texts they are the same."""
    return list({*sorted(sketch.opening)[:_OF_OPENING], *sketch.sample[:_OF_SAMPLE]})


@compiled
def _pair_with_first(filed: Pairs, days: Ints) -> Pairs:
    """Each text with the first of those that have the run too and are not too old, and the last; `filed` ascends."""
    pairs = np.empty(2 * len(filed), np.uint64)
    count, first = 0, np.uint64(0)
    for i in range(len(filed)):
        text = filed[i] & np.uint64(0xFFFFFFFF)
        apart = days[text] - days[first]
        if i == 0 or filed[i] >> _HALF != filed[i - 1] >> _HALF or (apart > DAYS and days[text] != _UNDATED):
            first = text
        elif text != first:
            last = filed[i - 1] & np.uint64(0xFFFFFFFF)
            pairs[count], pairs[count + 1] = text << _HALF | first, text << _HALF | last
            count += 2
    return pairs[:count]


def _parts(numbers: int) -> int:
    """Into how many parts so many numbers of eight bytes are laid."""
    return 1 + numbers * 8 // _PORTION


class _Parts:
    """Numbers laid in files, each of which is small enough to be sorted."""

    def __init__(self, stem: Path, count: int) -> None:
        self.paths = [stem.with_suffix(f".{n}") for n in range(count)]

    def add(self, numbers: Pairs, parts: Pairs) -> None:
        """Numbers more, each into its part."""
        order = np.argsort(parts, kind="stable")
        ends = np.searchsorted(parts[order], np.arange(len(self.paths) + 1))
        for path, (start, end) in zip(self.paths, pairwise(ends), strict=True):
            if start < end:
                with path.open("ab") as file:
                    file.write(numbers[order[start:end]].tobytes())

    def __iter__(self) -> Iterator[Pairs]:
        for path in self.paths:
            if path.exists():
                yield np.fromfile(path, np.uint64)
                path.unlink()
