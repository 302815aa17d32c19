"""Paths and standard input -> Reports and Rejecteds, in order: files as given, folders sorted, hidden files skipped."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from servanda.errors import InputError
from servanda.model.report import Report
from servanda.sources.encoding import decode, is_wide
from servanda.sources.jsonl import BLANK, looks_like_json, parse_published, split_lines, take_lines
from servanda.sources.packed import is_packed
from servanda.sources.pieces import find_pieces, read_piece
from servanda.sources.rejected import MAX_BYTES, Rejected, unreadable
from servanda.sources.taken import Taken, Taking
from servanda.sources.text import MAX_PAGE, read_document

STDIN = "-"
_BLANK_LINES = 100  # before a text or the first line of JSON on standard input


def find_reports(
    paths: Sequence[str | Path],
    stdin: BinaryIO | None = None,
    published: str | None = None,
    columns: Iterable[tuple[str, str]] = (),
) -> Iterator[Report | Rejected]:
    """The reports of text files, pages, JSON lines, Parquet, web archives, packed or not, of folders of these, and of
    standard input («-», or no path at all).

    `published` is the day of reports that give none, InputError where it is no date; `columns` say what holds a field
    (text, body). What cannot be read comes as Rejected in its place, and stops nothing. Ids are unique within the
    call: a text file whose name is taken is called by its path, a report with an id already given is rejected.
    """
    return _find(paths or [STDIN], stdin, parse_taking(published, columns))


def parse_taking(published: str | None = None, columns: Iterable[tuple[str, str]] = ()) -> Taking:
    """How inputs are taken, from what a person writes; InputError for what is no date."""
    day = parse_published(published) if published else None
    if published and day is None:
        raise InputError("published", f"is no date: {published!r}", "write it as 2021-12-08")
    return Taking(published=day, columns=tuple(columns))


def _find(paths: Sequence[str | Path], stdin: BinaryIO | None, options: Taking) -> Iterator[Report | Rejected]:
    ids = _Ids()
    for path in paths:
        if str(path) == STDIN:
            yield from _of_stdin(stdin, ids, options)
        else:
            for piece in find_pieces([path], options):
                if isinstance(piece, Rejected):
                    yield piece
                else:
                    single = piece.kind == "files"
                    yield from ids.claim_all(read_piece(piece, replace(options, care=single)), short=single)


@dataclass(slots=True)
class _Ids:
    """The ids given so far, and where."""

    places: dict[str, str] = field(default_factory=dict)

    def claim_all(self, documents: Iterable[Taken], short: bool = False) -> Iterator[Report | Rejected]:
        """The reports of documents; `short` calls them by the name of their file while it is free."""
        for taken in documents:
            report = taken.report()
            if isinstance(report, Report):
                yield self.claim(replace(report, id=self._shorten(Path(report.id))) if short else report, taken.place)
            elif report:
                yield report

    def _shorten(self, path: Path) -> str:
        path = path.with_suffix("") if is_packed(path) else path
        return path.stem if path.stem not in self.places else str(path.with_suffix(""))

    def claim(self, report: Report | Rejected, place: str) -> Report | Rejected:
        """The report, or its rejection where its id was given before."""
        if isinstance(report, Rejected):
            return report
        if report.id in self.places:
            what = f"id {report.id[:80]!r} was already given at {self.places[report.id]}"
            return Rejected(place, what, "give each report an id of its own")
        self.places[report.id] = place
        return report


def _of_stdin(stream: BinaryIO | None, ids: _Ids, options: Taking) -> Iterator[Report | Rejected]:
    """Standard input: lines of JSON if the first that is not blank is one, else a single text."""
    if stream is None:
        yield Rejected("stdin", "cannot be read", "give a file or a folder")
        return
    try:
        taken = [stream.readline(MAX_BYTES + 1)]
        while taken[-1] and not taken[-1].strip(BLANK) and len(taken) < _BLANK_LINES:
            taken.append(stream.readline(MAX_BYTES + 1))
        if looks_like_json(taken[-1]):
            yield from ids.claim_all(take_lines(split_lines(stream, taken), "stdin", 0, options))
        else:
            data = b"".join(taken) + stream.read(MAX_PAGE + 1)
            if is_wide(data) and looks_like_json(narrow := decode(data).encode("utf-8", "replace")):
                yield from ids.claim_all(take_lines(split_lines(BytesIO(narrow)), "stdin", 0, options))
                return
            yield ids.claim(read_document(data, "stdin", replace(options, care=True)), "stdin")
    except OSError as error:
        yield unreadable("stdin", error)
