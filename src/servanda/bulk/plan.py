"""Inputs -> shards: the pieces of the inputs, each with the name of its output, and which of them are done."""

import os
import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from servanda.bulk.job import Run, Shard, expected_facts
from servanda.bulk.output import read_facts
from servanda.errors import InputError
from servanda.sources.pieces import find_pieces
from servanda.sources.rejected import Rejected, printable
from servanda.sources.taken import Piece

_STRANGE = re.compile(r"[^\w.-]+")
_LONGEST = 40  # characters of an input's name in that of an output
_DIGITS = 12  # of a place in an input


def check_inputs(inputs: Sequence[str], out: Path) -> None:
    """InputError where an input is not there, lies within another (its documents would be read twice) or within the
    output.
    """
    whole: dict[Path, str] = {}
    for name in inputs:
        path = Path(name)
        if not path.exists():
            raise InputError(name, "is not there", "check the path; nothing was done")
        if (real := path.resolve()) in whole:
            raise InputError(name, f"is given twice, also as {whole[real]}", "give it once")
        whole[real] = name
    for real, name in whole.items():
        for above in real.parents:
            if above in whole:
                raise InputError(name, f"lies within {whole[above]}, which is given, too", "give one of them")
        if out.resolve() in (real, *real.parents) or real in out.resolve().parents:
            raise InputError(str(out), f"lies within the input {name}, or holds it", "give another folder for --out")


def find_shards(run: Run) -> Iterator[Shard | Rejected]:
    """The shards in the order of the inputs; what cannot be cut at all comes as Rejected in its place."""
    for piece in find_pieces(run.inputs, run.taking):
        yield piece if isinstance(piece, Rejected) else Shard(piece, _name(piece, run.format), _stamp(piece))


def is_done(run: Run, shard: Shard) -> bool:
    """Whether the output stands there, of this input as it is now, by this reader; documents that were set aside are
    tried again under wider limits.
    """
    path = run.out / shard.output
    facts = read_facts(path) if path.exists() else None
    if facts is None or any(facts.get(key) != value for key, value in expected_facts(run, shard).items()):
        return False
    return not any(
        one["seconds"] < run.limits.seconds or one["megabytes"] < run.limits.megabytes
        for one in facts["faults"]["quarantined"]
    )


def _name(piece: Piece, format: str) -> str:
    """The same for the same place of the same input, and for no other."""
    path = printable(piece.path)
    name = _STRANGE.sub("_", Path(path).name).strip(".")[:_LONGEST] or "input"
    digest = sha256(f"{path}\0{piece.kind}".encode()).hexdigest()[:8]
    return f"{name}-{digest}-{piece.start:0{_DIGITS}}.{format}"


def _stamp(piece: Piece) -> str:
    if not piece.files:
        return _stamp_of(piece.path)
    stamps = "\n".join(f"{name}\0{_stamp_of(name)}" for name in piece.files)
    return sha256(stamps.encode("utf-8", "surrogateescape")).hexdigest()


def _stamp_of(name: str) -> str:
    try:
        stat = os.stat(name)
    except OSError:
        return "gone"
    return f"{stat.st_size} {stat.st_mtime_ns}"
