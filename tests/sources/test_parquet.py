"""Rows of Parquet files are reports; columns are found by name or as told, and what is wrong is said."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from servanda.model.report import Report
from servanda.sources import MAX_BYTES, Piece, Rejected, Taking, find_pieces, read_piece
from servanda.sources.take import DOCUMENTS


def write(folder: Path, columns: dict[str, Any], **options: Any) -> Path:
    file = folder / "news.parquet"
    pq.write_table(pa.table(columns), file, **options)
    return file


def cut(file: Path, size: int = 10**9, **options: Any) -> list[Piece]:
    found = list(find_pieces([file], Taking(**options), size=size))
    assert all(isinstance(piece, Piece) for piece in found), found
    return [piece for piece in found if isinstance(piece, Piece)]


def read(pieces: list[Piece], **options: Any) -> list[Report | Rejected | None]:
    return [taken.report() for piece in pieces for taken in read_piece(piece, Taking(**options))]


def ids(found: list[Report | Rejected | None]) -> list[str]:
    return [one.id if isinstance(one, Report) else f"! {one}" for one in found]


def numbered(count: int) -> dict[str, Any]:
    return {"id": [str(n) for n in range(count)], "text": [f"Text {n}" for n in range(count)]}


@pytest.mark.parametrize("group", [100, 1500, 5000, 100_000])
def test_rows_come_once_from_pieces_in_any_order(tmp_path: Path, group: int) -> None:
    file = write(tmp_path, numbered(12_345), row_group_size=group)
    pieces = cut(file)
    assert all(piece.stop and piece.stop - piece.start <= DOCUMENTS for piece in pieces)
    assert ids(read(pieces)) == [str(n) for n in range(12_345)]
    assert sorted(map(int, ids(read(pieces[::-2] + pieces[-2::-2])))) == list(range(12_345))


def test_large_rows_make_small_pieces(tmp_path: Path) -> None:
    file = write(tmp_path, {"text": [f"{n:09}" * 1000 for n in range(1000)]}, row_group_size=100, compression="none")
    assert 9 <= len(cut(file, size=1_000_000)) <= 12
    assert 18 <= len(cut(file, size=500_000)) <= 24


def test_all_fields_are_kept_whatever_their_type(tmp_path: Path) -> None:
    columns = {
        "id": [7, 8],
        "published": pa.array([date(2021, 12, 8), None]),
        "agency": pa.array(["Весть", "Весть"]).dictionary_encode(),
        "text": pa.array(["Т", "У"], pa.large_string()),
        "more": [{"a": 1}, None],
    }
    first, second = read(cut(write(tmp_path, columns)))
    assert first == Report("7", "Т", "2021-12-08", agency="Весть")
    assert second == Report("8", "У", agency="Весть")


@pytest.mark.parametrize("moment", [datetime(2021, 12, 8, 6, tzinfo=UTC), datetime(2021, 12, 8), "2021-12-08T06:27Z"])
def test_moments_are_days(tmp_path: Path, moment: object) -> None:
    (report,) = read(cut(write(tmp_path, {"text": ["Т"], "published": [moment]})))
    assert isinstance(report, Report)
    assert report.published == "2021-12-08"


def test_columns_are_mapped(tmp_path: Path) -> None:
    file = write(tmp_path, {"body": [b"Text"], "day": ["2021-12-08"], "text": [5]})
    columns = (("text", "body"), ("published", "day"))
    (report,) = read(cut(file, columns=columns), columns=columns)
    assert report == Report(f"{file}:1", "Text", "2021-12-08")


def test_a_column_that_is_not_there_is_said_with_those_that_are(tmp_path: Path) -> None:
    file = write(tmp_path, {"body": ["Text"], "day": ["2021-12-08"]})
    (fault,) = find_pieces([file])
    assert str(fault) == (
        f'{file}: has no column "text"; it has body, day; name the one that holds the text: --column text=NAME'
    )
    (fault,) = find_pieces([file], Taking(columns=(("text", "body"), ("agency", "source"))))
    assert str(fault).startswith(f'{file}: has no column "source"; it has body, day')


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, '"text" is null'), (" ", '"text" is empty'), ("a" * (MAX_BYTES + 1), "is over the limit of 2 MB")],
)
def test_a_row_without_a_text_spoils_no_other(tmp_path: Path, value: str | None, said: str) -> None:
    file = write(tmp_path, {"id": ["a", "b", "c"], "text": ["x", value, "y"]})
    before, fault, after = read(cut(file))
    assert isinstance(fault, Rejected)
    assert fault.place == f"{file}:2"
    assert fault.message.startswith(said)
    assert ids([before, after]) == ["a", "c"]


def test_a_row_group_that_is_damaged_is_named_and_the_next_is_read(tmp_path: Path) -> None:
    file = write(tmp_path, numbered(5000), row_group_size=1000, compression="snappy")
    about = pq.ParquetFile(file).metadata.row_group(2).column(1)
    data = bytearray(file.read_bytes())
    start = about.dictionary_page_offset or about.data_page_offset
    data[start : start + about.total_compressed_size] = b"\xff" * about.total_compressed_size
    file.write_bytes(data)
    found = ids(read(cut(file)))
    assert [one for one in found if one[0] != "!"] == [str(n) for n in (*range(2000), *range(3000, 5000))]
    (fault,) = [one for one in found if one[0] == "!"]
    assert f"{file}:2001: 1,000 rows cannot be decoded" in fault


@pytest.mark.parametrize("data", [b"", b"PAR1", b"plain text"])
def test_what_is_no_parquet_is_said(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "news.parquet"
    file.write_bytes(data)
    (fault,) = find_pieces([file])
    assert isinstance(fault, Rejected)
    assert "cannot be read as Parquet" in fault.message


def test_a_file_without_rows_is_said(tmp_path: Path) -> None:
    (fault,) = find_pieces([write(tmp_path, {"text": pa.array([], pa.string())})])
    assert isinstance(fault, Rejected)
    assert fault.message == "has no rows"
