"""What travels between inputs and their readers: a piece of an input, how it is taken, and one document of it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from servanda.model.report import Report
from servanda.sources.rejected import Rejected


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an input that is read by itself. The same inputs give the same pieces.

    kind       start and stop count
    lines      bytes of a plain file of JSON lines; both are beginnings of lines
    stream     documents of a packed file that cannot be entered in the middle, from 0
    warc       bytes of a web archive; the records that begin there
    parquet    rows, from 0; both are edges of row groups
    files      files of a folder, from 0: those named in `files`

    `before` is how many lines of the file come before it. `stop` is None where the file is read to its end.
    """

    path: str
    kind: str
    start: int
    stop: int | None
    files: tuple[str, ...] = ()
    before: int = 0


@dataclass(frozen=True, slots=True)
class Taking:
    """How inputs are taken. `published` is the day of documents that give none; `columns` are pairs of a field of a
    report and the column of a Parquet file, or the key of a JSON line, that holds it.
    """

    published: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    crawled: bool = False  # the day on which a page was fetched is that of publication where nothing else tells
    care: bool = False  # pages of the web parsed as well as can be, ten times slower


@dataclass(frozen=True, slots=True)
class Taken:
    """A document before it is read. `place` names it in messages and is unique among all inputs, `position` is where
    it stands in its file (line, byte, row or file, growing), `size` its bytes as far as they are known.
    """

    place: str
    position: int
    size: int
    make: Callable[[], Report | Rejected | None] = field(repr=False)

    def report(self) -> Report | Rejected | None:
        """The costly part: decode and parse. None where there is neither report nor fault (what is no page)."""
        return self.make()


def lost(rejected: Rejected, position: int) -> Taken:
    """What stands where nothing can be read."""
    return Taken(rejected.place, position, 0, lambda: rejected)
