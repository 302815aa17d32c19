"""Paths -> Pieces -> documents: inputs of any size cut into parts that are read by themselves, in any order.

find_pieces   files as given, folders sorted, hidden files skipped; each file cut by its kind
read_piece    the documents of one piece, each parsed only when asked for
"""

import os
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from servanda.model.report import Report
from servanda.sources.encoding import is_wide
from servanda.sources.jsonl import check_first, split_lines, take_lines
from servanda.sources.packed import DamagedError, is_packed, open_unpacked
from servanda.sources.rejected import MAX_BYTES, Rejected, printable, unreadable
from servanda.sources.taken import Piece, Taken, Taking, lost
from servanda.sources.text import read_text

SIZE = 16_000_000  # bytes of a piece
DOCUMENTS = 2_000  # of a piece, at most
_LINES = (".jsonl", ".ndjson", ".json")


def find_pieces(
    paths: Iterable[str | Path], options: Taking | None = None, size: int = SIZE
) -> Iterator[Piece | Rejected]:
    """The pieces of files and folders in order, each of about `size` bytes and at most DOCUMENTS documents; what cannot
    be read at all comes as Rejected in its place.

    Lines are counted, which means that the file is read once; packed lines are unpacked for it.
    """
    for path in map(Path, paths):
        if path.is_dir():
            yield from _of_folder(path, size)
        else:
            yield from _of_files(str(path), [path], size)


def read_piece(piece: Piece, options: Taking | None = None) -> Iterator[Taken]:
    """The documents of one piece in order. Where the input is damaged comes one whose report is Rejected; what follows
    is read if it can be found.
    """
    options = options or Taking()
    try:
        yield from _READERS[piece.kind](piece, options)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        yield lost(unreadable(printable(piece.path), error), piece.start)


def kind_of(path: Path) -> str:
    """The kind of pieces that a file is cut into, by its name."""
    inner = Path(path.stem) if is_packed(path) else path
    if inner.suffix.lower() in _LINES:
        return "stream" if is_packed(path) else "lines"
    return "files"


def _of_folder(folder: Path, size: int) -> Iterator[Piece | Rejected]:
    faults: list[OSError] = []
    found = False
    for piece in _of_files(str(folder), _walk(folder, faults), size):
        found = True
        yield piece
    for fault in faults:
        yield unreadable(printable(str(fault.filename)), fault)
    if not found and not faults:
        yield Rejected(printable(str(folder)), "no report found", "give text files or JSON lines")


def _walk(folder: Path, faults: list[OSError]) -> Iterator[Path]:
    """The files below a folder in the order of their names; links to folders are not followed."""
    for top, folders, files in os.walk(folder, onerror=faults.append):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(f for f in files if not f.startswith(".")):
            if (path := Path(top, name)).is_file():  # a pipe or device would be waited for
                yield path


def _of_files(root: str, paths: Iterable[Path], size: int) -> Iterator[Piece | Rejected]:
    """Files of one document each are gathered into pieces; the others are cut."""
    names: list[str] = []
    start = held = 0

    def gathered() -> Iterator[Piece]:
        nonlocal start, held
        if names:
            yield Piece(root, "files", start, start + len(names), tuple(names))
            start, held = start + len(names), 0
            names.clear()

    for path in paths:
        if fault := _fault(path):
            yield from gathered()
            yield fault
        elif (kind := kind_of(path)) == "files":
            names.append(str(path))
            held += path.stat().st_size
            if len(names) >= DOCUMENTS or held >= size:
                yield from gathered()
        else:
            yield from gathered()
            try:
                yield from _CUTTERS[kind](path, size)
            except OSError as error:
                yield unreadable(printable(str(path)), error)
    yield from gathered()


def _fault(path: Path) -> Rejected | None:
    """Why a file cannot be cut."""
    place = printable(str(path))
    try:
        return None if path.exists() else Rejected(place, "is not there", "check the path")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        return unreadable(place, error)


def _cut_lines(path: Path, size: int) -> Iterator[Piece | Rejected]:
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


def _cut_stream(path: Path, size: int) -> Iterator[Piece | Rejected]:
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


def _read_plain(piece: Piece, options: Taking) -> Iterator[Taken]:
    with open(piece.path, "rb") as stream:
        stream.seek(piece.start)
        yield from _of_lines(_until(stream, piece.stop), stream, piece, piece.before, options)


def _until(stream: BinaryIO, stop: int | None) -> Iterator[bytes | None]:
    """The lines that begin before a byte."""
    lines = split_lines(stream)
    while (stop is None or stream.tell() < stop) and (line := next(lines, b"")) != b"":
        yield line


_kept: dict[str, tuple[int, BinaryIO]] = {}  # the packed file that was read last, still open, and how many of its lines


def _read_stream(piece: Piece, options: Taking) -> Iterator[Taken]:
    """Some lines of a packed file. It is kept open, so that the lines that follow can be had without those before."""
    reached, stream = _kept.pop(piece.path, (0, None))
    for _, other in _kept.values():
        other.close()
    _kept.clear()
    if stream is None or reached > piece.start:
        reached, stream = 0, open_unpacked(Path(piece.path))
    lines = split_lines(stream)
    for _ in islice(lines, piece.start - reached):
        pass
    wanted = None if piece.stop is None else piece.stop - piece.start
    yield from _of_lines(islice(lines, wanted), stream, piece, piece.start, options)
    if piece.stop is not None:
        _kept[piece.path] = piece.stop, stream


def _of_lines(
    lines: Iterator[bytes | None], stream: BinaryIO, piece: Piece, number: int, options: Taking
) -> Iterator[Taken]:
    """What stands in the lines, to their end or to where the file is damaged."""
    name = printable(piece.path)
    taken = None
    try:
        for taken in take_lines(lines, stream, name, number, options):
            yield taken
    except DamagedError as error:
        number = taken.position + 1 if taken else number + 1
        what = f"{error} (about byte {error.position:,} of the packed file); what follows is lost"
        yield lost(Rejected(f"{name}:{number}", what, "fetch or pack the file again"), number)


def _read_files(piece: Piece, options: Taking) -> Iterator[Taken]:
    for number, name in enumerate(piece.files, piece.start):
        path = Path(name)
        place = printable(name)
        yield Taken(place, number, _size(path), partial(_read_file, path, place, options))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _read_file(path: Path, place: str, options: Taking) -> Report | Rejected:
    """The one document of a file."""
    try:
        with open_unpacked(path) as stream:
            return read_text(stream.read(MAX_BYTES + 1), place, options.published)
    except DamagedError as error:
        return Rejected(place, str(error), "fetch or pack the file again")
    except OSError as error:
        return unreadable(place, error)


_CUTTERS = {"lines": _cut_lines, "stream": _cut_stream}
_READERS = {"lines": _read_plain, "stream": _read_stream, "files": _read_files}
