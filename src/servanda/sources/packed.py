"""gzip and zstd files -> their bytes. What ends early or is damaged is said, after all that could be had of it."""

import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, BinaryIO, Protocol, cast

_CHUNK = 4_096  # of packed bytes: zeros in zstd are packed 30,000-fold, and what a chunk holds is held in memory
_BUFFER = 131_072


class DamagedError(Exception):
    """A packed file that cannot be read on; `position` is about where, in its packed bytes."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


class Unpacker(Protocol):
    """What both libraries have in common: it unpacks one member."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


def open_unpacked(path: Path) -> BinaryIO:
    """The bytes of a file, unpacked where its name says that it is packed; reading may raise DamagedError."""
    if not (make := _UNPACKERS.get(path.suffix.lower())):
        return path.open("rb")
    return cast(BinaryIO, io.BufferedReader(Unpacked(path.open("rb", buffering=_BUFFER), make), _BUFFER))


def unpacker_of(path: Path) -> Unpacker:
    """What unpacks a member of this file."""
    return _UNPACKERS[path.suffix.lower()]()


def is_packed(path: Path) -> bool:
    """Whether the name is one of gzip or zstd."""
    return path.suffix.lower() in _UNPACKERS


class Unpacked(io.RawIOBase):
    """The bytes inside a packed stream, over all its members."""

    def __init__(self, packed: IO[bytes], make: Callable[[], Unpacker]) -> None:
        self._packed = packed
        self._make = make
        self._unpacker = make()
        self._begun = False  # the member at hand
        self._read = 0
        self._rest = b""
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._packed.close()
        super().close()

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        while not self._ready:
            if not self._more():
                return 0
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _more(self) -> bool:
        """Unpack a little more; whether there was anything."""
        data = self._rest or self._packed.read(_CHUNK)
        self._read += 0 if self._rest else len(data)
        self._rest = b""
        if not data:
            if self._begun:
                raise DamagedError("ends in the middle", self._read)
            return False
        if not self._begun and not data.strip(b"\0"):  # padding after the last member
            return True
        self._begun = True
        try:
            self._ready = memoryview(self._unpacker.decompress(data))
        except Exception as error:  # zlib.error, or that of zstandard, which is loaded only where needed
            raise DamagedError(f"is damaged: {error}", self._read) from error
        if self._unpacker.eof:
            self._rest, self._unpacker, self._begun = self._unpacker.unused_data, self._make(), False
        return True


def _gunzip() -> Unpacker:
    return zlib.decompressobj(wbits=31)


def _unzstd() -> Unpacker:
    from zstandard import ZstdDecompressor

    return cast(Unpacker, ZstdDecompressor(max_window_size=1 << 31).decompressobj())


_UNPACKERS: dict[str, Callable[[], Unpacker]] = {".gz": _gunzip, ".zst": _unzstd}
