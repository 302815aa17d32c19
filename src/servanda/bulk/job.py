"""What travels between a run, its supervisor and its workers."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

from servanda.model.reading import Reading
from servanda.model.report import Report
from servanda.sources.rejected import Rejected
from servanda.sources.taken import Piece, Taking

FORMATS = ("parquet", "jsonl")
Facts = Mapping[str, Any]


class Reads(Protocol):
    """What reads a report."""

    def read(self, report: Report) -> Reading: ...


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take before it is set aside. `patience` is for all else: to load, open, write."""

    seconds: float = 60.0  # the longest report that is taken (2 MB) needs half of it
    megabytes: int = 2_000  # of memory, beyond what a reader holds when it is loaded
    patience: float = 600.0  # seconds


@dataclass(frozen=True, slots=True)
class Run:
    """One run. `reader` is the name and version of what `make_reader` makes, in each worker anew."""

    inputs: tuple[str, ...]
    out: Path
    reader: str
    make_reader: Callable[[], Reads]
    format: str = "parquet"
    taking: Taking = field(default_factory=Taking)
    jobs: int = 1
    limits: Limits = field(default_factory=Limits)

    def settings(self) -> dict[str, Any]:
        """What may not change while a folder is filled."""
        return {"inputs": list(self.inputs), "format": self.format, "taking": plain_taking(self.taking)}


def plain_taking(taking: Taking) -> dict[str, Any]:
    """How inputs are taken, as JSON gives it back."""
    return {**asdict(taking), "columns": [list(pair) for pair in taking.columns]}


@dataclass(frozen=True, slots=True)
class Shard:
    """A piece of the input and the output that it becomes. `stamp` is the size of the input in bytes and the moment
    of its last change; of many files a digest of these.
    """

    piece: Piece
    output: str
    stamp: str


@dataclass(frozen=True, slots=True)
class Task:
    """A shard to be read: without the documents set aside, numbered from 0, each with the reason; and no further than
    the document that cannot be reached.
    """

    shard: Shard
    aside: Mapping[int, str] = field(default_factory=dict)
    broken: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """A worker has loaded its reader."""


@dataclass(frozen=True, slots=True)
class Done:
    """A shard stands on the disk. A worker that is `leaving` takes no other."""

    leaving: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """A worker cannot go on, nor could any other."""

    error: Exception


def expected_facts(run: Run, shard: Shard) -> dict[str, Any]:
    """The facts by which an output is known to be that of this shard, read by this reader in this way."""
    piece = shard.piece
    return {
        "input": piece.path,
        "kind": piece.kind,
        "start": piece.start,
        "stop": piece.stop,
        "stamp": shard.stamp,
        "reader": run.reader,
        "taking": plain_taking(run.taking),
    }


def plain_fault(fault: Rejected) -> dict[str, Any]:
    """What could not be read, as JSON."""
    return {"place": fault.place, "message": fault.message, "remedy": fault.remedy}
