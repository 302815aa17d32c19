"""The members of a packed web archive, each unpacked by itself, and the next good one after damage.

An archive is packed record by record (gzip members, zstd frames), so that it can be entered anywhere. No library says
that the last member is cut off, and all of them stop at a damaged one: so members are found and unpacked here.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from servanda.sources.packed import Unpacker, unpacker_of
from servanda.sources.records import LIMIT, OPENS, Gap, Record, split_records

_MAGIC = {".gz": b"\x1f\x8b\x08", ".zst": b"\x28\xb5\x2f\xfd"}
_OPENING = 20  # bytes that show a record
_CHUNK = 4_096  # as in packed.py
_BLOCK = 1 << 20
_KEPT = LIMIT + 100_000  # of a member: the longest record and its headers


def read_members(stream: BinaryIO, path: Path, start: int, stop: int) -> Iterator[tuple[int, Record | Gap]]:
    """The records of the members that begin in a range of bytes, each with the place of its member; `start` is one."""
    at = start
    while at < stop:
        try:
            data, end = _unpack(stream, path, at)
        except _Damage as damage:
            end = find_member(stream, path, at + 1, stop)
            yield at, Gap(at, end, str(damage))
        else:
            cut = len(data) >= _KEPT
            for record in split_records(BytesIO(data)):
                lost = cut and record.start and isinstance(record, Record) and _ends(record, data)
                yield at, Gap(at, end, "more records are packed together than can be held") if lost else record
        at = end


def _ends(record: Record, data: bytes) -> bool:
    """Whether a record is the last in the data of a member."""
    return record.start + len(record.data) >= len(data.rstrip(b"\r\n"))


def find_member(stream: BinaryIO, path: Path, start: int, stop: int) -> int:
    """Where the next member with a record begins, or `stop`."""
    magic = _MAGIC[path.suffix.lower()]
    base, block = start, b""
    while base < stop:
        stream.seek(base)
        block = stream.read(_BLOCK + len(magic) - 1)
        at = -1
        while (at := block.find(magic, at + 1)) >= 0:
            if base + at >= stop:
                return stop
            if OPENS.match(_head(unpacker_of(path), stream, base + at, _OPENING)):
                return base + at
        if len(block) < _BLOCK:
            break
        base += _BLOCK
    return stop


def holds_one(stream: BinaryIO, path: Path) -> bool:
    """Whether the first member holds one record and no more: if not, the archive cannot be entered in the middle."""
    records = split_records(BytesIO(_head(unpacker_of(path), stream, 0, _KEPT)))
    return len([r for r, _ in zip(records, range(2), strict=False) if isinstance(r, Record)]) < 2


class _Damage(Exception):
    """A member that cannot be unpacked."""


def _unpack(stream: BinaryIO, path: Path, at: int) -> tuple[bytes, int]:
    """What a member holds, no more of it than can be used, and where it ends."""
    unpacker = unpacker_of(path)
    parts: list[bytes] = []
    kept, end = 0, at
    stream.seek(at)
    while not unpacker.eof:
        chunk = stream.read(_CHUNK)
        if not chunk:
            raise _Damage("the record ends in the middle")
        end += len(chunk)
        part = _decompress(unpacker, chunk)
        if kept < _KEPT:
            parts.append(part)
            kept += len(part)
    return b"".join(parts), end - len(unpacker.unused_data)


def _decompress(unpacker: Unpacker, chunk: bytes) -> bytes:
    try:
        return unpacker.decompress(chunk)
    except Exception as error:  # zlib.error, or that of zstandard
        raise _Damage(f"the record is damaged ({error})") from error


def _head(unpacker: Unpacker, stream: BinaryIO, at: int, most: int = 1) -> bytes:
    """The beginning of what a member holds, as far as it is sound: `most` bytes and what comes with them."""
    parts: list[bytes] = []
    held = 0
    stream.seek(at)
    try:
        while held < most and not unpacker.eof and (chunk := stream.read(_CHUNK)):
            parts.append(_decompress(unpacker, chunk))
            held += len(parts[-1])
    except _Damage:
        pass
    return b"".join(parts)
