"""A file -> the Pieces that it is cut into. It is read once, without being parsed."""

from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from servanda.sources.encoding import is_wide
from servanda.sources.jsonl import check_first
from servanda.sources.members import find_member, holds_one
from servanda.sources.packed import DamagedError, is_packed, open_unpacked
from servanda.sources.records import Record, find_record
from servanda.sources.rejected import MAX_BYTES, Rejected, printable
from servanda.sources.take import DOCUMENTS, unpack
from servanda.sources.taken import Piece, Taking


def cut_lines(path: Path, size: int, options: Taking) -> Iterator[Piece | Rejected]:
    """Ranges of bytes of a plain file; one in wide letters stays whole."""
    with path.open("rb") as stream:
        first = stream.readline(MAX_BYTES + 1)
        if fault := check_first(first, printable(str(path))):
            yield fault
        elif is_wide(first):
            yield Piece(str(path), "lines", 0, None)
        else:
            start = before = 0
            for lines, length in _runs(first, stream, size):
                yield Piece(str(path), "lines", start, start + length, before=before)
                start, before = start + length, before + lines


def cut_stream(path: Path, size: int, options: Taking) -> Iterator[Piece | Rejected]:
    """Ranges of lines of a packed file; where it is damaged the last one has no end."""
    start = 0
    with open_unpacked(path) as stream:
        try:
            first = stream.readline(MAX_BYTES + 1)
            if fault := check_first(first, printable(str(path))):
                yield fault
            elif is_wide(first):
                yield Piece(str(path), "stream", 0, None)
            else:
                for lines, _ in _runs(first, stream, size):
                    yield Piece(str(path), "stream", start, start + lines)
                    start += lines
        except DamagedError:
            yield Piece(str(path), "stream", start, None)


def cut_archive(path: Path, size: int, options: Taking) -> Iterator[Piece | Rejected]:
    """Ranges of bytes that begin with records; of an archive that is packed as a whole, ranges of records."""
    stop = path.stat().st_size
    with path.open("rb") as stream:
        if not stop:
            yield Rejected(printable(str(path)), "is empty", "give a web archive with records")
        elif is_packed(path) and not holds_one(stream, path):
            yield from _cut_whole(path, size)
        else:
            find = partial(find_member, stream, path) if is_packed(path) else partial(find_record, stream)
            start = 0
            while start < stop:
                end = find(start + size, stop) if start + size < stop else stop
                yield Piece(str(path), "warc", start, end)
                start = end


def _cut_whole(path: Path, size: int) -> Iterator[Piece]:
    """Ranges of records of an archive in one stream."""
    start = number = held = 0
    try:
        for number, record in enumerate(unpack(str(path)), 1):
            held += len(record.data) if isinstance(record, Record) else 0
            if number - start >= DOCUMENTS or held >= size:
                yield Piece(str(path), "stream", start, number)
                start, held = number, 0
    except DamagedError:
        yield Piece(str(path), "stream", start, None)
    else:
        if start < number:
            yield Piece(str(path), "stream", start, number)


def _runs(first: bytes, stream: BinaryIO, size: int) -> Iterator[tuple[int, int]]:
    """How many lines and bytes the next pieces hold; `first` is what was read before."""
    lines = length = 0
    for part in chain([first], iter(partial(stream.readline, MAX_BYTES), b"")):
        length += len(part)
        if part.endswith(b"\n"):
            lines += 1
            if lines >= DOCUMENTS or length >= size:
                yield lines, length
                lines = length = 0
    if length:
        yield lines + 1, length


def cut_table(path: Path, size: int, options: Taking) -> Iterator[Piece | Rejected]:
    """Ranges of rows of a Parquet file."""
    from servanda.sources.parquet import cut_rows

    return cut_rows(path, size, DOCUMENTS, options)
