"""The bytes of a web archive -> its records, one by one, though lengths lie and bytes are missing.

A record says how long it is. Where the next one does not begin right after that, the length lied: the record then ends
where the next one begins, be that earlier or later.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

LIMIT = 10_000_000  # bytes of a record that are kept; pages with pictures inside them have a few millions
OPENS = re.compile(rb"WARC/\d\.\d\r?\n")
_LENGTH = re.compile(rb"(?im)^(Content-Length:)[ \t]*(\d{1,18})[ \t]*(?=\r?$)")
_INSIDE = re.compile(rb"\n\r?\n(?=WARC/\d\.\d\r?\n)")
_LINE = 65_536
_HEADER_LINES = 500


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it stands in the archive, with its true length; `whole` unless it is over the limit."""

    start: int
    data: bytes
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Gap:
    """Bytes that cannot be read, and why."""

    start: int
    stop: int
    why: str


class _Source:
    """A stream of which some bytes can be given back."""

    def __init__(self, stream: BinaryIO, at: int) -> None:
        self.at = at
        self._stream = stream
        self._back = b""

    def line(self) -> bytes:
        """The next line, or a part of a long one."""
        if not self._back:
            line = self._stream.readline(_LINE)
        else:
            end = self._back.find(b"\n", 0, _LINE) + 1 or _LINE
            line, self._back = self._back[:end], self._back[end:]
            if not self._back and not line.endswith(b"\n"):
                line += self._stream.readline(_LINE)
        self.at += len(line)
        return line

    def take(self, count: int) -> bytes:
        """So many bytes, or all that are left."""
        taken, self._back = self._back[:count], self._back[count:]
        taken += self._stream.read(count - len(taken))
        self.at += len(taken)
        return taken

    def skip(self, count: int) -> int:
        """Pass over bytes; how many there were."""
        left = count
        while left and (taken := self.take(min(left, 1_000_000))):
            left -= len(taken)
        return count - left

    def give_back(self, data: bytes) -> None:
        self._back = data + self._back
        self.at -= len(data)

    def until_record(self) -> bytes:
        """What stands before the line that opens the next record, no more of it than a record may have."""
        parts: list[bytes] = []
        kept = 0
        while line := self.line():
            if OPENS.match(line):
                self.give_back(line)
                break
            if kept < LIMIT:
                parts.append(line)
                kept += len(line)
        return b"".join(parts)


def split_records(
    stream: BinaryIO, start: int = 0, stop: int | None = None, ends: bool = True
) -> Iterator[Record | Gap]:
    """The records that begin before `stop`, in a stream that stands at `start`.

    `ends` says that the stream ends where it should, as a whole member of a packed archive does; else a last record
    that is too short has lost its end.
    """
    source = _Source(stream, start)
    while (stop is None or source.at < stop) and (line := source.line()):
        at = source.at - len(line)
        if OPENS.match(line):
            yield _read_record(source, at, line, ends)
        elif line.strip():
            source.until_record()
            yield Gap(at, source.at, "no record begins here")


def find_record(stream: BinaryIO, start: int, stop: int) -> int:
    """Where the next record begins in a plain archive, after a blank line, or `stop`."""
    stream.seek(max(start - 2, 0))
    at, blank = stream.tell(), False
    while at < stop and (line := stream.readline(_LINE)):
        if blank and at >= start and OPENS.match(line):
            return at
        blank = not line.strip()
        at += len(line)
    return stop


def _read_record(source: _Source, at: int, first: bytes, ends: bool) -> Record | Gap:
    header = _read_header(source, first)
    match = _LENGTH.search(header)
    length = int(match[2]) if match else 0
    block = source.take(min(length, LIMIT))
    missing = length - len(block) - source.skip(length - len(block))
    rest = source.until_record()
    if not missing and not rest.strip(b"\r\n"):
        return Record(at, header + block, length <= LIMIT)
    if length > LIMIT:
        return Gap(at, source.at, "the record is not as long as it says")
    if inside := _INSIDE.search(block):
        source.give_back(block[inside.end() :] + rest)
        block, rest = block[: inside.start()], b""
    elif missing and not ends:
        return Gap(at, source.at, "the record ends in the middle")
    block = (block + rest).rstrip(b"\r\n")
    return Record(at, _with_length(header, match, len(block)) + block, len(block) <= LIMIT)


def _read_header(source: _Source, first: bytes) -> bytes:
    """The lines to the blank one."""
    lines = [first]
    while len(lines) < _HEADER_LINES and (line := source.line()):
        lines.append(line)
        if not line.strip():
            break
    return b"".join(lines)


def _with_length(header: bytes, match: re.Match[bytes] | None, length: int) -> bytes:
    """The header with the length that the block has."""
    said = b"Content-Length: %d" % length
    if match:
        return header[: match.start()] + said + header[match.end() :]
    return header.rstrip(b"\r\n") + b"\r\n" + said + b"\r\n\r\n"
