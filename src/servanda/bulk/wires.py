"""Outputs of a run -> `rewrites.jsonl`: a line for each document that is not the only one to tell a wire.

In the order of the run; `group` is the place of the earliest that tells it. The last line has the facts, as that of an
output.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from servanda.bulk.folder import REWRITES
from servanda.bulk.job import Facts
from servanda.bulk.output import read_columns, read_facts, write_whole
from servanda.bulk.rewrites import Rewrite, Row, find_rewrites
from servanda.bulk.rows import dump


def write_rewrites(out: Path, outputs: Sequence[str]) -> Facts:
    """Write the file anew, unless it was made of the same outputs; its facts: how many documents tell how many."""
    made_of = sha256(dump([[name, read_facts(out / name)] for name in outputs]).encode()).hexdigest()
    before = read_facts(out / REWRITES)
    if before is None or before.get("outputs") != made_of:
        write_whole(out / REWRITES, _lines(find_rewrites(lambda: _rows(out, outputs), out), made_of))
    return read_facts(out / REWRITES) or {}


def _rows(out: Path, outputs: Sequence[str]) -> Iterator[Row]:
    for name in outputs:
        yield from (Row(*values) for values in read_columns(out / name, Row._fields))


def _lines(found: Iterator[Rewrite], made_of: str) -> Iterator[bytes]:
    documents, wires = 0, 0
    for one in found:
        documents, wires = documents + 1, wires + (one.place == one.group)
        yield (dump(one._asdict()) + "\n").encode("utf-8", "backslashreplace")
    yield (dump({"shard": {"outputs": made_of, "documents": documents, "wires": wires}}) + "\n").encode()
