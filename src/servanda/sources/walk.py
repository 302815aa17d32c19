"""Paths and standard input -> Reports and Rejecteds, in order: files as given, folders sorted, hidden files skipped."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from servanda.errors import InputError
from servanda.model.report import Report
from servanda.sources.encoding import decode, is_wide
from servanda.sources.jsonl import BLANK, looks_like_json, parse_published, read_lines, split_lines
from servanda.sources.rejected import MAX_BYTES, Rejected, too_large
from servanda.sources.text import read_text

STDIN = "-"
_LINES = (".jsonl", ".ndjson", ".json")
_BLANK_LINES = 100  # before a text or the first line of JSON on standard input


def find_reports(
    paths: Sequence[str | Path], stdin: BinaryIO | None = None, published: str | None = None
) -> Iterator[Report | Rejected]:
    """The reports of text files, files of JSON lines, folders of both, and standard input («-», or no path at all).

    `published` is the day of reports that give none; InputError where it is no date. What cannot be read comes as
    Rejected in its place, and stops nothing. Ids are unique within the call: a text file whose name is taken is called
    by its path, a JSON line with an id already given is rejected.
    """
    day = parse_published(published) if published else None
    if published and day is None:
        raise InputError("published", f"is no date: {published!r}", "write it as 2021-12-08")
    return _find(paths or [STDIN], stdin, day)


def _find(paths: Sequence[str | Path], stdin: BinaryIO | None, published: str | None) -> Iterator[Report | Rejected]:
    ids = _Ids()
    for path in paths:
        if str(path) == STDIN:
            yield from _of_stdin(stdin, ids, published)
        elif Path(path).is_dir():
            yield from _of_folder(Path(path), ids, published)
        else:
            yield from _of_file(Path(path), ids, published)


@dataclass(slots=True)
class _Ids:
    """The ids given so far, and where."""

    places: dict[str, str] = field(default_factory=dict)

    def claim(self, report: Report | Rejected, place: str) -> Report | Rejected:
        """The report, or its rejection where its id was given before."""
        if isinstance(report, Rejected):
            return report
        if report.id in self.places:
            what = f"id {report.id[:80]!r} was already given at {self.places[report.id]}"
            return Rejected(place, what, "give each report an id of its own")
        self.places[report.id] = place
        return report


def _of_folder(folder: Path, ids: _Ids, published: str | None) -> Iterator[Report | Rejected]:
    """The files below a folder in the order of their names; links to folders are not followed."""
    faults: list[OSError] = []
    found = False
    for top, folders, files in os.walk(folder, onerror=faults.append):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(f for f in files if not f.startswith(".")):
            if Path(top, name).is_file():  # a pipe or device would be waited for
                for report in _of_file(Path(top, name), ids, published):
                    found = True
                    yield report
    for fault in faults:
        yield _unreadable(_printable(str(fault.filename)), fault)
    if not found and not faults:
        yield Rejected(_printable(str(folder)), "no report found", "give text files or JSON lines")


def _of_file(path: Path, ids: _Ids, published: str | None) -> Iterator[Report | Rejected]:
    place, stem = _printable(str(path)), _printable(path.stem)
    try:
        if not path.exists():
            yield Rejected(place, "is not there", "check the path")
            return
        with path.open("rb") as stream:
            if path.suffix.lower() in _LINES:
                yield from _of_lines(stream, [], place, stem, ids, published)
            else:
                id = stem if stem not in ids.places else _printable(str(path.with_suffix("")))
                yield ids.claim(read_text(stream.read(MAX_BYTES + 1), place, id, published), place)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        yield _unreadable(place, error)


def _of_stdin(stream: BinaryIO | None, ids: _Ids, published: str | None) -> Iterator[Report | Rejected]:
    """Standard input: lines of JSON if the first that is not blank is one, else a single text."""
    if stream is None:
        yield Rejected("stdin", "cannot be read", "give a file or a folder")
        return
    try:
        taken = [stream.readline(MAX_BYTES + 1)]
        while taken[-1] and not taken[-1].strip(BLANK) and len(taken) < _BLANK_LINES:
            taken.append(stream.readline(MAX_BYTES + 1))
        if looks_like_json(taken[-1]):
            yield from _of_lines(stream, taken, "stdin", "stdin", ids, published)
        else:
            data = b"".join(taken) + stream.read(MAX_BYTES + 1)
            if is_wide(data) and looks_like_json(narrow := decode(data).encode("utf-8", "replace")):
                yield from _of_lines(BytesIO(narrow), [], "stdin", "stdin", ids, published)
                return
            yield ids.claim(read_text(data, "stdin", "stdin", published), "stdin")
    except OSError as error:
        yield _unreadable("stdin", error)


def _of_lines(
    stream: BinaryIO, taken: list[bytes], name: str, stem: str, ids: _Ids, published: str | None
) -> Iterator[Report | Rejected]:
    """Lines of JSON; `taken` are those that were read before."""
    lines = split_lines(stream, taken)
    first = next(lines, b"")
    if first == b"":
        yield Rejected(name, "is empty", "give one JSON object a line")
        return
    if first is not None and is_wide(first):
        data = first + stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            yield too_large(name)
            return
        first, *others = decode(data).encode("utf-8", "replace").split(b"\n")
        lines = iter(others)
    if first is not None and first.strip(BLANK) in (b"{", b"["):
        yield Rejected(f"{name}:1", "is JSON over several lines", "write one object a line, as jq -c does")
        return
    for place, report in read_lines(chain([first], lines), name, stem, published):
        yield ids.claim(report, place)


def _unreadable(place: str, error: Exception) -> Rejected:
    why = getattr(error, "strerror", None) or str(error)
    return Rejected(place, f"cannot be read: {why}", "check that it is there and may be read")


def _printable(name: str) -> str:
    """A file's name as UTF-8 can hold it; bytes of the file system that are none become U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
