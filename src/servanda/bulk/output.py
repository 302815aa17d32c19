"""Rows and facts -> one file, whole on the disk under its name or not there at all; and such a file -> rows and facts.

The facts stand in the file itself: of Parquet in its metadata, of JSON lines in the last line, which is the only one
with the key `shard`. There they tell, as the end of a Parquet file does, that the file was not cut short.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from servanda.bulk.job import Facts
from servanda.bulk.rows import NAMES, Row, dump, row_from_plain

_KEY = b"servanda"
_LAST = b'{"shard":'
_BLOCK = 65_536
_BATCH = 500  # rows in memory at once


def write_output(path: Path, rows: Iterable[Row], facts: Facts) -> None:
    """Put rows and facts under a name that tells by its end which format it is. The same ones give the same bytes."""
    _put(path, lambda aside: _WRITERS[path.suffix](aside, rows, facts))


def write_whole(path: Path, parts: Iterable[bytes]) -> None:
    """The same for a file that is no output."""
    _put(path, lambda aside: _write_parts(aside, parts))


def _put(path: Path, write: Callable[[Path], None]) -> None:
    """Let a file be written aside, and put it in its place once it stands on the disk."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        write(aside)
        sync(aside)
        os.replace(aside, path)
        sync(path.parent)
    finally:
        aside.unlink(missing_ok=True)


def _write_parts(path: Path, parts: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(parts)


def sync(path: Path) -> None:
    """Wait until a file or folder stands on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_facts(path: Path) -> Facts | None:
    """The facts of an output; None where it is none, or was cut short."""
    with suppress(OSError, ValueError, KeyError):
        return _FACTS[path.suffix](path)
    return None


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of an output, in order. ValueError or OSError where it is damaged."""
    return _READERS[path.suffix](path)


def read_columns(path: Path, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Of each row of an output only these columns."""
    return _COLUMNS[path.suffix](path, names)


def _write_parquet(path: Path, rows: Iterable[Row], facts: Facts) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    types: dict[str, Any] = {"records": pa.int32(), "sketch": pa.binary()}
    columns: list[tuple[str, Any]] = [(name, types.get(name, pa.string())) for name in NAMES]
    table = pa.Table.from_pylist([row.values() for row in rows], schema=pa.schema(columns))
    with path.open("xb") as file:
        parquet.write_table(
            table.replace_schema_metadata({_KEY: dump(facts)}), file, compression="zstd", write_page_checksum=True
        )


def _parquet_facts(path: Path) -> Facts:
    from pyarrow import parquet

    return _checked(json.loads((parquet.read_metadata(path).metadata or {})[_KEY]))


def _parquet_rows(path: Path) -> Iterator[Row]:
    from pyarrow import parquet

    with parquet.ParquetFile(path, page_checksum_verification=True) as file:
        for batch in file.iter_batches(_BATCH):
            for plain in batch.to_pylist():
                yield Row(**plain)


def _parquet_columns(path: Path, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    from pyarrow import parquet

    with parquet.ParquetFile(path, page_checksum_verification=True) as file:
        for batch in file.iter_batches(columns=list(names)):
            yield from zip(*(batch.column(name).to_pylist() for name in names), strict=True)


def _write_lines(path: Path, rows: Iterable[Row], facts: Facts) -> None:
    with path.open("xb") as file:
        file.writelines((dump(row.to_plain()) + "\n").encode() for row in rows)
        file.write((dump({"shard": facts}) + "\n").encode())


def _facts_of_lines(path: Path) -> Facts:
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        tail = b""
        while end and b"\n" not in tail[:-1]:
            start = max(0, end - _BLOCK)
            file.seek(start)
            tail, end = file.read(end - start) + tail, start
    last = tail[tail.rfind(b"\n", 0, -1) + 1 :]
    if not last.endswith(b"\n"):
        raise ValueError("cut short")
    return _checked(json.loads(last)["shard"])


def _rows_of_lines(path: Path) -> Iterator[Row]:
    with path.open("rb") as lines:
        for line in lines:
            if not line.startswith(_LAST):
                yield row_from_plain(json.loads(line))


def _columns_of_lines(path: Path, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    for row in _rows_of_lines(path):
        yield tuple(getattr(row, name) for name in names)


def _checked(facts: Any) -> Facts:
    if not isinstance(facts, dict):
        raise ValueError("no facts")
    return facts


_WRITERS: dict[str, Callable[[Path, Iterable[Row], Facts], None]] = {
    ".parquet": _write_parquet,
    ".jsonl": _write_lines,
}
_FACTS: dict[str, Callable[[Path], Facts]] = {".parquet": _parquet_facts, ".jsonl": _facts_of_lines}
_READERS: dict[str, Callable[[Path], Iterator[Row]]] = {".parquet": _parquet_rows, ".jsonl": _rows_of_lines}
_COLUMNS: dict[str, Callable[[Path, Sequence[str]], Iterator[tuple[Any, ...]]]] = {
    ".parquet": _parquet_columns,
    ".jsonl": _columns_of_lines,
}
