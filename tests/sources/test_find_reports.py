"""Files, folders and standard input come as reports in order; what cannot be read is rejected with place and remedy."""

import gzip
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from archives import SENTENCE, page, record
from servanda.errors import InputError
from servanda.model.report import Report
from servanda.sources import MAX_BYTES, Rejected, find_reports
from servanda.sources.jsonl import parse_published


def read(data: bytes, published: str | None = None) -> list[Report | Rejected]:
    return list(find_reports(["-"], io.BytesIO(data), published))


def one(data: bytes) -> Report | Rejected:
    (found,) = read(data)
    return found


def rejected(data: bytes) -> Rejected:
    found = one(data)
    assert isinstance(found, Rejected)
    assert found.remedy
    return found


def report(data: bytes) -> Report:
    found = one(data)
    assert isinstance(found, Report)
    return found


def line(**fields: object) -> bytes:
    return json.dumps(fields).encode() + b"\n"


def test_text_files_lines_and_folders_come_in_order(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Второй отчет", "utf-8")
    (tmp_path / "a.TXT").write_text("Первый отчет", "cp1251")
    (tmp_path / ".hidden.txt").write_text("Скрытый", "utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text("Скрытый", "utf-8")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "c.ndjson").write_bytes(line(id="c1", text="Третий") + line(id="c2", text="Четвертый"))
    found = list(find_reports([tmp_path, str(tmp_path / "b.txt")], None))
    assert [r.id for r in found if isinstance(r, Report)] == ["a", "b", "c1", "c2", str(tmp_path / "b")]
    assert [r.text for r in found if isinstance(r, Report)][:3] == ["Первый отчет", "Второй отчет", "Третий"]


def test_the_same_file_given_three_times_is_rejected_once_its_path_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Отчет", "utf-8")
    found = list(find_reports([file, file, file], None))
    assert [type(r) for r in found] == [Report, Report, Rejected]


def test_all_fields_of_a_line_are_kept() -> None:
    fields = {
        "id": "a",
        "lang": "ru",
        "published": "2021-12-08",
        "agency": "Весть",
        "url": "https://a.example",
        "text": "Т",
    }
    assert report(line(**fields, more=1)) == Report(**fields)


def test_lines_are_recognised_on_standard_input_after_blank_ones_and_a_mark() -> None:
    assert [getattr(r, "id", None) for r in read(b"\xef\xbb\xbf\n\n" + line(id="a", text="x"))] == ["a"]
    assert report(b"\n\nText\n").text == "\n\nText\n"


def test_no_path_is_standard_input() -> None:
    assert [r.id for r in find_reports([], io.BytesIO("Отчет".encode())) if isinstance(r, Report)] == ["stdin"]


def test_lines_in_utf16_are_read() -> None:
    data = (line(id="a", text="x") + line(id="b", text="y")).decode().encode("utf-16")
    assert [getattr(r, "id", None) for r in read(data)] == ["a", "b"]


def test_lines_in_cp1251_are_read() -> None:
    data = json.dumps({"id": "a", "text": "Договор подписан"}, ensure_ascii=False).encode("cp1251")
    assert report(data).text == "Договор подписан"


def test_a_file_s_lines_keep_unicode_line_ends_inside(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"id": "a", "text": "один\u2028два"}, ensure_ascii=False), "utf-8")
    assert [r.text for r in find_reports([file], None) if isinstance(r, Report)] == ["один\u2028два"]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (b'{"id": "x"}', 'has no "text"'),
        (b'{"text": 5}', '"text" is a number'),
        (b'{"text": null}', '"text" is null'),
        (b'{"text": ["a"]}', '"text" is a list'),
        (b'{"text": " "}', '"text" is empty'),
        (b'{"text": "a", "id": [1]}', '"id" is a list'),
        (b'{"text": "a", "agency": 7}', '"agency" is a number'),
        (b'{"text": "a", "published": "yesterday"}', '"published" is no date'),
        (b'{"text": "a", "published": "2021-02-30"}', '"published" is no date'),
        (b'{"text": "a"', "is no JSON"),
        (b"{text: 1}", "is no JSON"),
        (b"[1]", "is a list, not an object"),
        (b"[" * 100_000, "is nested too deeply"),
        (b'{"text": ' + b"1" * 5000 + b"}", "has a number that is too long"),
    ],
)
def test_a_bad_line_is_rejected_at_its_place_and_the_others_are_read(bad: bytes, said: str) -> None:
    before, found, after = read(line(id="a", text="x") + bad + b"\n" + line(id="b", text="y"))
    assert isinstance(found, Rejected)
    assert found.place == "stdin:2"
    assert found.message.startswith(said)
    assert found.remedy
    assert str(found) == f"stdin:2: {found.message}; {found.remedy}"
    assert (getattr(before, "id", None), getattr(after, "id", None)) == ("a", "b")


def test_an_id_given_twice_is_rejected_with_the_place_of_the_first() -> None:
    first, second = read(line(id="a", text="x") + line(id="a", text="y"))
    assert isinstance(first, Report)
    assert isinstance(second, Rejected)
    assert "stdin:1" in second.message


def test_a_line_without_an_id_is_called_after_its_place() -> None:
    assert [getattr(r, "id", None) for r in read(line(text="x") + line(id=7, text="y"))] == ["stdin:1", "7"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b" \n \n", "has no text"),
        (b"\x89PNG\r\n\x1a\n", "is a PNG file"),
        (b"\x00\x01\x02\x03" * 100, "is binary"),
        (b"a" * (MAX_BYTES + 1), "is over the limit of 2 MB"),
    ],
)
def test_what_is_no_report_is_rejected(data: bytes, said: str) -> None:
    assert rejected(data).message.startswith(said)


def test_a_line_over_the_limit_is_rejected_and_the_next_is_read() -> None:
    huge = b'{"text": "' + b"a" * MAX_BYTES + b'"}\n'
    first, second = read(huge + line(id="b", text="y"))
    assert isinstance(first, Rejected)
    assert first.place == "stdin:1"
    assert getattr(second, "id", None) == "b"


def test_a_megabyte_in_one_report_is_read_and_ten_are_refused() -> None:
    assert len(report("Договор подписан. ".encode() * 31_250).text) == 18 * 31_250
    assert rejected("Договор подписан. ".encode() * 312_500).remedy == "split it"


def test_json_over_several_lines_is_said_once(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"id": "a", "text": "x"}, indent=1), "utf-8")
    (found,) = find_reports([file], None)
    assert isinstance(found, Rejected)
    assert "several lines" in found.message


def test_files_that_are_missing_or_empty_are_rejected(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "empty.jsonl").touch()
    found = list(find_reports([tmp_path / "none.txt", tmp_path, "a\0b"], None))
    assert [type(r) for r in found] == [Rejected] * 4
    assert [r.message for r in found if isinstance(r, Rejected)][:3] == ["is not there", "is empty", "is empty"]


def test_no_standard_input_is_rejected() -> None:
    (found,) = find_reports(["-"], None)
    assert isinstance(found, Rejected)


def test_a_stream_that_fails_is_rejected() -> None:
    class Broken(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    (found,) = find_reports(["-"], Broken())
    assert isinstance(found, Rejected)
    assert found.message == "cannot be read: Input/output error"


def test_the_day_given_is_for_reports_without_one() -> None:
    data = line(id="a", text="x") + line(id="b", text="y", published="2021-12-08T23:30:00+06:00")
    assert [getattr(r, "published", None) for r in read(data, "2020-01-02")] == ["2020-01-02", "2021-12-08"]


def test_a_day_given_that_is_none_is_an_error() -> None:
    with pytest.raises(InputError, match="no date") as caught:
        list(find_reports(["-"], io.BytesIO(b"x"), "soon"))
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2021-12-08", "2021-12-08"),
        ("2021-12", "2021-12"),
        (" 2021-12-08 ", "2021-12-08"),
        ("2021-12-08T06:27:00Z", "2021-12-08"),
        ("2021-12-08 06:27", "2021-12-08"),
        ("2021-12-08T99:00", None),
        ("2021-13", None),
        ("08.12.2021", None),
        ("2021", None),
        ("2021-12-08x", None),
    ],
)
def test_days_of_publication(value: str, day: str | None) -> None:
    assert parse_published(value) == day


def test_strange_signs_are_kept_and_can_be_written() -> None:
    text = report(b'{"text": "a\\ud800b\\u0000c\\u202ed\\u200be\\r\\nf"}').text
    assert text == "a\ufffdb\0c\u202ed\u200be\r\nf"
    text.encode("utf-8")


def test_lines_are_read_one_by_one() -> None:
    class Counted(io.BytesIO):
        lines = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.lines += 1
            return super().readline(size)

    stream = Counted(b"".join(line(id=str(i), text="x") for i in range(1000)))
    reports = find_reports(["-"], stream)
    next(reports)
    assert stream.lines < 10


@given(
    st.binary()
    | st.lists(st.sampled_from([b'{"text":', b'"a"', b"}", b"\n", b"\xff\xfe", b"\0", b"[", b'"id":1,'])).map(b"".join)
)
def test_any_input_is_read_or_rejected(data: bytes) -> None:
    for found in read(data):
        str(found).encode("utf-8")
        if isinstance(found, Report):
            assert found.text.strip()
        else:
            assert found.place.startswith("stdin")
            assert found.remedy


def test_a_folder_without_reports_is_rejected(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_text("Отчет", "utf-8")
    (found,) = find_reports([tmp_path], None)
    assert isinstance(found, Rejected)
    assert str(found) == f"{tmp_path}: no report found; give text files or JSON lines"


def test_every_kind_of_file_is_read_from_one_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    (tmp_path / "b.html").write_bytes(page(1))
    (tmp_path / "c.html.gz").write_bytes(gzip.compress(page(2)))
    (tmp_path / "d.jsonl.zst").write_bytes(zstandard.ZstdCompressor().compress(line(id="d", text="x")))
    (tmp_path / "e.warc.gz").write_bytes(gzip.compress(record(3)))
    pq.write_table(pa.table({"id": ["f"], "text": ["y"]}), tmp_path / "f.parquet")
    found = list(find_reports([tmp_path]))
    assert [getattr(r, "id", r) for r in found] == ["a", "b", "c", "d", "3", "f"]


def test_a_page_on_standard_input_is_read() -> None:
    assert report(page(7)).text.startswith("Заголовок номер 7 об этом\n\n")


def test_keys_are_mapped_as_told() -> None:
    (found,) = find_reports(["-"], io.BytesIO(line(body="x")), columns=[("text", "body")])
    assert getattr(found, "text", None) == "x"
