"""Paths -> Pieces -> documents: inputs of any size cut into parts that are read by themselves, in any order.

find_pieces   files as given, folders sorted, hidden files skipped; each file cut by its kind
read_piece    the documents of one piece, each parsed only when asked for
"""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from servanda.sources.cut import cut_archive, cut_lines, cut_stream, cut_table
from servanda.sources.packed import is_packed
from servanda.sources.rejected import Rejected, printable, unreadable
from servanda.sources.take import DOCUMENTS, is_archive, read_archive, read_files, read_lines, read_rows, read_stream
from servanda.sources.taken import Piece, Taken, Taking, lost

SIZE = 16_000_000  # bytes of a piece
_LEAST, _PARTS = 1_000_000, 16  # a small file is cut finer, so that several processes end at about the same time
_LINES = (".jsonl", ".ndjson", ".json")


def find_pieces(
    paths: Iterable[str | Path], options: Taking | None = None, size: int = SIZE
) -> Iterator[Piece | Rejected]:
    """The pieces of files and folders in order, each of about `size` bytes at most, and of DOCUMENTS documents; what
    cannot be read at all comes as Rejected in its place.

    Lines are counted, which means that the file is read once; packed lines are unpacked for it.
    """
    options = options or Taking()
    for path in map(Path, paths):
        if path.is_dir():
            yield from _of_folder(path, size, options)
        else:
            yield from _of_files(str(path), [path], size, options)


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
    if is_archive(path):
        return "warc"
    if path.suffix.lower() == ".parquet":
        return "parquet"
    inner = Path(path.stem) if is_packed(path) else path
    if inner.suffix.lower() in _LINES:
        return "stream" if is_packed(path) else "lines"
    return "files"


def _of_folder(folder: Path, size: int, options: Taking) -> Iterator[Piece | Rejected]:
    faults: list[OSError] = []
    found = False
    for piece in _of_files(str(folder), _walk(folder, faults), size, options):
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


def _of_files(root: str, paths: Iterable[Path], size: int, options: Taking) -> Iterator[Piece | Rejected]:
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
                part = max(_LEAST, path.stat().st_size // _PARTS)
                yield from _CUTTERS[kind](path, min(size, part), options)
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


_CUTTERS: dict[str, Callable[[Path, int, Taking], Iterator[Piece | Rejected]]] = {
    "lines": cut_lines,
    "stream": cut_stream,
    "warc": cut_archive,
    "parquet": cut_table,
}
_READERS: dict[str, Callable[[Piece, Taking], Iterator[Taken]]] = {
    "lines": read_lines,
    "stream": read_stream,
    "files": read_files,
    "warc": read_archive,
    "parquet": read_rows,
}
