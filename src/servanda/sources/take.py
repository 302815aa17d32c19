"""A Piece -> its documents, each parsed only when asked for."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from servanda.model.report import Report
from servanda.sources.jsonl import split_lines, take_lines
from servanda.sources.members import read_members
from servanda.sources.packed import DamagedError, is_packed, open_unpacked
from servanda.sources.records import Gap, Record, split_records
from servanda.sources.rejected import Rejected, printable, unreadable
from servanda.sources.taken import Piece, Taken, Taking, lost
from servanda.sources.text import MAX_PAGE, read_document


def read_lines(piece: Piece, options: Taking) -> Iterator[Taken]:
    with open(piece.path, "rb") as stream:
        stream.seek(piece.start)
        yield from _of_lines(_until(stream, piece.stop), piece, piece.before, options)


def _until(stream: BinaryIO, stop: int | None) -> Iterator[bytes | None]:
    """The lines that begin before a byte."""
    lines = split_lines(stream)
    while (stop is None or stream.tell() < stop) and (line := next(lines, b"")) != b"":
        yield line


DOCUMENTS = 2_000  # of a piece, at most


def is_archive(path: Path) -> bool:
    return (Path(path.stem) if is_packed(path) else path).suffix.lower() == ".warc"


def unpack(path: str) -> Iterator[Any]:
    """The lines or records of a packed file."""
    with open_unpacked(Path(path)) as stream:
        yield from split_records(stream, ends=False) if is_archive(Path(path)) else split_lines(stream)


_kept: dict[str, tuple[int, Iterator[Any]]] = {}  # the packed file that was read last, still open, and how far it was


def read_stream(piece: Piece, options: Taking) -> Iterator[Taken]:
    """Some lines or records of a packed file, which is kept open: what follows can be had without what was before."""
    reached, documents = _resume(piece, 0, partial(unpack, piece.path))
    length = None if piece.stop is None else piece.stop - reached
    of_piece = islice(documents, piece.start - reached, length)
    if is_archive(Path(piece.path)):
        yield from _of_records(enumerate(of_piece, piece.start + 1), piece, options)
    else:
        yield from _of_lines(of_piece, piece, piece.start, options)
    if piece.stop is not None:
        _kept[piece.path] = piece.stop, documents


def read_rows(piece: Piece, options: Taking) -> Iterator[Taken]:
    """Some rows of a Parquet file, which is kept open, too."""
    from servanda.sources.parquet import find_rows

    _, rows = _resume(piece, piece.start - DOCUMENTS, partial(find_rows, piece.path, piece.start, options))
    name = printable(piece.path)
    for row, following, size, make in rows:
        if following > piece.start:
            number = max(row, piece.start) + 1
            place = f"{name}:{number}"
            yield Taken(place, number, size, partial(make, place, options))
        if piece.stop is not None and following >= piece.stop:
            _kept[piece.path] = following, rows
            return


def _resume(piece: Piece, earliest: int, begin: Callable[[], Iterator[Any]]) -> tuple[int, Iterator[Any]]:
    """What is still open of a file if it stands between `earliest` and the piece, else its documents from where `begin`
    begins; and how many came before.
    """
    reached, documents = _kept.pop(piece.path, (0, None))
    _kept.clear()
    return (reached, documents) if documents and earliest <= reached <= piece.start else (0, begin())


def read_archive(piece: Piece, options: Taking) -> Iterator[Taken]:
    path = Path(piece.path)
    with path.open("rb") as stream:
        stop = path.stat().st_size if piece.stop is None else piece.stop
        if is_packed(path):
            yield from _of_records(read_members(stream, path, piece.start, stop), piece, options)
        else:
            stream.seek(piece.start)
            ends = stop < path.stat().st_size
            records = split_records(stream, piece.start, stop, ends)
            yield from _of_records(((record.start, record) for record in records), piece, options)


def _of_records(records: Iterator[tuple[int, Record | Gap]], piece: Piece, options: Taking) -> Iterator[Taken]:
    """The records, each with its position, to the end or to where the file is damaged."""
    name = printable(piece.path)
    position = piece.start
    last = None
    try:
        for position, record in records:
            place = f"{name}:{position}" if position != last else f"{name}:{position}+{record.start}"
            last = position
            size = len(record.data) if isinstance(record, Record) else record.stop - record.start
            yield Taken(place, position, size, partial(_read_record, record, place, options))
    except DamagedError as error:
        yield _broken_off(name, position + 1, error)


def _read_record(record: Record | Gap, place: str, options: Taking) -> Report | Rejected | None:
    from servanda.sources.warc import read_record

    return read_record(record, place, options)


def _of_lines(lines: Iterator[bytes | None], piece: Piece, number: int, options: Taking) -> Iterator[Taken]:
    """What stands in the lines, to their end or to where the file is damaged."""
    name = printable(piece.path)
    taken = None
    try:
        for taken in take_lines(lines, name, number, options):
            yield taken
    except DamagedError as error:
        yield _broken_off(name, taken.position + 1 if taken else number + 1, error)


def _broken_off(name: str, position: int, error: DamagedError) -> Taken:
    what = f"{error} (about byte {error.position:,} of the packed file); what follows is lost"
    return lost(Rejected(f"{name}:{position}", what, "fetch or pack the file again"), position)


def read_files(piece: Piece, options: Taking) -> Iterator[Taken]:
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
            return read_document(stream.read(MAX_PAGE + 1), place, options)
    except DamagedError as error:
        return Rejected(place, str(error), "fetch or pack the file again")
    except OSError as error:
        return unreadable(place, error)
