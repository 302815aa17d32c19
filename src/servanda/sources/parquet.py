"""The rows of a Parquet file -> Reports; which column holds which field is told by the options.

Row groups are decoded from their beginning, so a file is kept open by whoever reads it piece by piece.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from servanda.model.report import Report
from servanda.sources.jsonl import FIELDS, to_report
from servanda.sources.rejected import MAX_BYTES, Rejected, printable, too_large
from servanda.sources.taken import Piece, Taking

if TYPE_CHECKING:
    from pyarrow import RecordBatch
    from pyarrow.parquet import ParquetFile

_BATCH = 256
Row = Callable[[str, Taking], Report | Rejected | None]


def open_table(path: Path, options: Taking) -> "ParquetFile | Rejected":
    """The file, if it is one and has the columns that are needed."""
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    place = printable(str(path))
    try:
        table = ParquetFile(path)
    except (ArrowException, OSError) as error:
        return Rejected(place, f"cannot be read as Parquet ({_line(error)})", "write the file anew")
    named = dict(options.columns)
    there = table.schema_arrow.names
    for field in ("text", *named):
        if (column := named.get(field, field)) not in there:
            what = f'has no column "{column}"; it has {", ".join(there)}'
            return Rejected(place, what, f"name the one that holds the {field}: --column {field}=NAME")
    return table


def cut_rows(path: Path, size: int, most: int, options: Taking) -> Iterator[Piece | Rejected]:
    """Ranges of rows of about `size` bytes, as far as the row groups tell, and `most` rows."""
    table = open_table(path, options)
    if isinstance(table, Rejected):
        yield table
        return
    with table:
        about = table.metadata
        start = stop = held = 0
        for group in map(about.row_group, range(about.num_row_groups)):
            if stop > start and (stop - start + group.num_rows > most or held + group.total_byte_size > size):
                yield Piece(str(path), "parquet", start, stop)
                start, held = stop, 0
            parts = max(-(-group.num_rows // most), -(-group.total_byte_size // size), 1)
            first, stop = stop, stop + group.num_rows
            for part in range(1, parts):
                end = first + group.num_rows * part // parts
                yield Piece(str(path), "parquet", start, end)
                start = end
            held += group.total_byte_size // parts
        if stop > start:
            yield Piece(str(path), "parquet", start, stop)
        elif not stop:
            yield Rejected(printable(str(path)), "has no rows", "give a file with reports")


def find_rows(path: str, start: int, options: Taking) -> Iterator[tuple[int, int, int, Row]]:
    """The rows from the beginning of the row group that holds `start`: its number, that of the next one, its size, and
    what gives its report. All that cannot be decoded of a row group is one such.
    """
    from pyarrow import ArrowException

    table = open_table(Path(path), options)
    if isinstance(table, Rejected):
        yield start, start + 1, 0, partial(_fault, table)
        return
    named = dict(options.columns)
    columns = {field: c for field in FIELDS if (c := named.get(field, field)) in table.schema_arrow.names}
    with table:
        first = 0
        for group in range(table.num_row_groups):
            row, end = first, first + table.metadata.row_group(group).num_rows
            if end > start:
                try:
                    for batch in table.iter_batches(_BATCH, [group], sorted(set(columns.values()))):
                        size = batch.nbytes // max(batch.num_rows, 1)
                        for at in range(batch.num_rows):
                            yield row, row + 1, size, partial(_read_row, batch, at, columns)
                            row += 1
                except (ArrowException, OSError) as error:
                    what = f"{end - row:,} rows cannot be decoded ({_line(error)})"
                    fault = Rejected(path, what, "write the file anew; the rows after these are read")
                    yield row, end, 0, partial(_fault, fault)
            first = end


def _read_row(batch: "RecordBatch", at: int, columns: dict[str, str], place: str, options: Taking) -> Report | Rejected:
    values = {field: _plain(batch.column(column)[at].as_py()) for field, column in columns.items()}
    text = values.get("text")
    if isinstance(text, str) and len(text) > MAX_BYTES:
        return too_large(place)
    return to_report(values, place, options.published)


def _plain(value: Any) -> Any:
    """A value as JSON would hold it."""
    if isinstance(value, date):
        return value.isoformat()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def _fault(rejected: Rejected, place: str, options: Taking) -> Rejected:
    return Rejected(place, rejected.message, rejected.remedy)


def _line(error: Exception) -> str:
    """The first line of what pyarrow says."""
    return str(error).strip().split("\n")[0][:200]
