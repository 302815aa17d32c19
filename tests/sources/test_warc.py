"""Web archives give each page once, whatever is missing, damaged or untrue in them; gaps are named with their place."""

import gzip
import random
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archives import PACK, SENTENCE, pack, page, record
from servanda.model.report import Report
from servanda.sources import Piece, Rejected, Taken, find_pieces, read_piece


def write(folder: Path, data: bytes, suffix: str = ".gz") -> Path:
    file = folder / f"news.warc{suffix}"
    file.write_bytes(data)
    return file


def cut(file: Path, size: int = 2000) -> list[Piece]:
    found = list(find_pieces([file], size=size))
    assert all(isinstance(piece, Piece) for piece in found), found
    return [piece for piece in found if isinstance(piece, Piece)]


def taken(file: Path, size: int = 2000) -> list[Taken]:
    return [one for piece in cut(file, size) for one in read_piece(piece)]


def read(file: Path, size: int = 2000) -> list[str]:
    """What came of each record: the id of a report, its fault, or a line for none."""
    reports = [one.report() for one in taken(file, size)]
    return [r.id if isinstance(r, Report) else f"! {r.message}" if r else "-" for r in reports]


@pytest.mark.parametrize("suffix", PACK)
def test_records_come_once_from_pieces_in_any_order(tmp_path: Path, suffix: str) -> None:
    file = write(tmp_path, b"".join(pack(map(record, range(60)), suffix)), suffix)
    found = cut(file)
    assert len(found) > 5
    assert {piece.kind for piece in found} == {"warc"}
    assert read(file) == [str(n) for n in range(60)]
    random.Random(3).shuffle(found)
    assert sorted(one.position for piece in found for one in read_piece(piece)) == [t.position for t in taken(file)]


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_an_archive_packed_as_a_whole_is_read_by_numbers(tmp_path: Path, suffix: str) -> None:
    file = write(tmp_path, PACK[suffix](b"".join(map(record, range(60)))), suffix)
    found = cut(file, 20_000)
    assert [piece.kind for piece in found] == ["stream"] * len(found)
    assert len(found) > 1
    assert read(file, 20_000) == [str(n) for n in range(60)]
    assert next(read_piece(found[1])).position == found[1].start + 1


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_an_archive_packed_as_a_whole_is_known_by_its_second_record(tmp_path: Path, suffix: str) -> None:
    large = random.Random(4).randbytes(300_000).hex().encode()
    records = [record(n, b"<p>" + page(n) + large) for n in range(40)]
    file = write(tmp_path, PACK[suffix](b"".join(records)), suffix)
    found = cut(file, 10_000_000)
    assert {piece.kind for piece in found} == {"stream"}
    assert read(file, 10_000_000) == [str(n) for n in range(40)]


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_an_archive_packed_as_a_whole_is_read_to_where_it_ends(tmp_path: Path, suffix: str) -> None:
    large = [random.Random(n).randbytes(100_000).hex().encode() for n in range(10)]
    packed = PACK[suffix](b"".join(record(n, b"<p>" + page(n) + large[n]) for n in range(10)))
    *found, last = read(write(tmp_path, packed[: len(packed) // 2], suffix), 10**7)
    assert len(found) >= 3
    assert found == [str(n) for n in range(len(found))]
    assert "ends in the middle" in last


def test_more_in_one_member_than_can_be_held_is_said(tmp_path: Path) -> None:
    large = b"a" * 600_000
    many = b"".join(record(n, b"<p>" + page(n) + large) for n in range(1, 40))
    found = read(write(tmp_path, b"".join(pack([record(0), many, record(50)]))), 10**7)
    assert found[:5] == ["0", "1", "2", "3", "4"]
    assert found[-1] == "50"
    assert "more records are packed together than can be held" in found[-2]


def test_a_report_has_what_the_record_says(tmp_path: Path) -> None:
    file = write(tmp_path, b"".join(pack([record(1, kind="warcinfo"), record(2)])))
    info, found = taken(file)
    assert info.report() is None
    report = found.report()
    assert isinstance(report, Report)
    assert (report.id, report.url) == ("2", "https://news.example/2")
    assert report.text == f"Заголовок номер 2 об этом\n\n{SENTENCE} 2."
    assert report.published is None
    assert found.place == f"{file}:{len(PACK['.gz'](record(1, kind='warcinfo')))}"


@pytest.mark.parametrize(
    "other",
    [
        record(1, kind="request"),
        record(1, kind="metadata"),
        record(1, kind="revisit"),
        record(1, status=404),
        record(1, status=301),
        record(1, headers=["Content-Type: image/png"]),
        record(1, headers=[]),
    ],
)
def test_what_is_no_page_is_passed_over(tmp_path: Path, other: bytes) -> None:
    assert read(write(tmp_path, b"".join(pack([other, record(2)])))) == ["-", "2"]


@pytest.mark.parametrize("suffix", PACK)
def test_an_archive_that_ends_early_says_so(tmp_path: Path, suffix: str) -> None:
    packed = pack(map(record, range(8)), suffix)
    file = write(tmp_path, b"".join(packed)[: -len(packed[-1]) // 2], suffix)
    assert read(file)[:7] == [str(n) for n in range(7)]
    *_, last = taken(file)
    fault = last.report()
    assert isinstance(fault, Rejected)
    assert fault.place == f"{file}:{sum(map(len, packed[:7]))}"
    assert "ends in the middle" in fault.message
    assert f"{file.stat().st_size - last.position:,} bytes" in fault.message


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
@pytest.mark.parametrize("size", [500, 2000, 10**6])
def test_a_damaged_record_is_named_and_the_next_is_read(tmp_path: Path, suffix: str, size: int) -> None:
    packed = pack(map(record, range(8)), suffix)
    damaged = bytearray(packed[3])
    damaged[60:160] = random.Random(1).randbytes(100)
    packed[3] = bytes(damaged)
    file = write(tmp_path, b"".join(packed), suffix)
    found = read(file, size)
    assert found[:3] + found[4:] == ["0", "1", "2", "4", "5", "6", "7"]
    fault = taken(file, size)[3].report()
    assert isinstance(fault, Rejected)
    assert fault.place == f"{file}:{sum(map(len, packed[:3]))}"
    assert "damaged" in fault.message
    assert f"{len(damaged):,} bytes are passed over" in fault.message
    assert fault.remedy


def test_a_checksum_that_is_wrong_is_a_damage(tmp_path: Path) -> None:
    packed = pack(map(record, range(3)))
    packed[1] = packed[1][:-8] + b"\0\0\0\0" + packed[1][-4:]
    found = read(write(tmp_path, b"".join(packed)))
    assert (found[0], found[2]) == ("0", "2")
    assert "damaged" in found[1]


@pytest.mark.parametrize(
    "junk", [b"\0" * 700, b"junk" * 300, b"\x1f\x8b\x08" + b"x" * 400, gzip.compress(b"no record")]
)
@pytest.mark.parametrize("size", [300, 2000])
def test_what_stands_between_records_is_a_gap(tmp_path: Path, junk: bytes, size: int) -> None:
    packed = pack(map(record, range(6)))
    file = write(tmp_path, b"".join([*packed[:3], junk, *packed[3:]]))
    found = read(file, size)
    assert [f for f in found if f[0] != "!"] == [str(n) for n in range(6)]
    assert [i for i, f in enumerate(found) if f[0] == "!"] == [3]


@pytest.mark.parametrize("suffix", [*PACK, "whole"])
@pytest.mark.parametrize("length", [0, 100, 300, 1400, 5000, 10**15])
def test_a_length_that_lies_costs_no_other_record(tmp_path: Path, suffix: str, length: int) -> None:
    records = [record(0), record(1, length=length), *map(record, range(2, 6))]
    if suffix == "whole":
        file = write(tmp_path, gzip.compress(b"".join(records)))
    else:
        file = write(tmp_path, b"".join(pack(records, suffix)), suffix)
    found = read(file, 10**6)
    if length < 10**15 or suffix in (".gz", ".zst"):
        assert [f for f in found if f[0] not in "!-"] == ["0", *(["1"] if found[1][0] != "!" else []), *"2345"]
    else:  # what it claims cannot be held, and is passed over by name
        assert found[0] == "0"
        assert "not as long as it says" in found[1]


def test_a_page_in_a_record_that_lies_is_whole(tmp_path: Path) -> None:
    file = write(tmp_path, b"".join(pack([record(0, length=300), record(1, length=90_000)])))
    texts = [r.text for one in taken(file) if isinstance(r := one.report(), Report)]
    assert [text.endswith(f"года. {n}.") for n, text in enumerate(texts)] == [True, True]


def chunked(content: bytes) -> bytes:
    return b"%x\r\n" % len(content) + content + b"\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("content", "header"),
    [
        (chunked(page(1)), "Transfer-Encoding: chunked"),
        (gzip.compress(page(1)), "Content-Encoding: gzip"),
        (zlib.compress(page(1)), "Content-Encoding: deflate"),
        (page(1), "Transfer-Encoding: chunked"),
        (page(1), "Content-Encoding: gzip"),
        (page(1), "Content-Encoding: br"),
        (page(1), "Content-Encoding: unheard-of"),
        (page(1).decode().encode("cp1251"), "X: y"),
        (page(1).decode().encode("koi8-r"), "X: y"),
        (page(1).decode().encode("utf-16"), "X: y"),
    ],
)
def test_content_is_unpacked_whatever_the_header_says(tmp_path: Path, content: bytes, header: str) -> None:
    file = write(
        tmp_path, gzip.compress(record(1, content, headers=["Content-Type: text/html; charset=utf-8", header]))
    )
    (report,) = (one.report() for one in taken(file))
    assert isinstance(report, Report)
    assert report.text.endswith(f"{SENTENCE} 1.")


def test_a_record_over_the_limit_is_named_if_it_is_a_page(tmp_path: Path) -> None:
    huge = b"<p>" + b"a" * 11_000_000
    film = record(1, huge, headers=["Content-Type: video/mp4"])
    for suffix in (".gz", ""):
        file = write(tmp_path, b"".join(pack([record(0), film, record(1, huge), record(2)], suffix)), suffix)
        found = read(file, 10**6)
        assert (found[0], found[1], found[3]) == ("0", "-", "2")
        assert "over the limit" in found[2]


def test_several_records_in_one_member_have_places_of_their_own(tmp_path: Path) -> None:
    packed = pack([record(0), record(1) + record(2), record(3)])
    file = write(tmp_path, b"".join(packed))
    assert read(file) == ["0", "1", "2", "3"]
    assert len({one.place for one in taken(file)}) == 4


def test_plain_text_is_a_page(tmp_path: Path) -> None:
    text = record(1, SENTENCE.encode(), headers=["Content-Type: text/plain"])
    (report,) = (one.report() for one in taken(write(tmp_path, gzip.compress(text))))
    assert isinstance(report, Report)
    assert report.text == SENTENCE


def test_an_empty_archive_is_said(tmp_path: Path) -> None:
    (fault,) = find_pieces([write(tmp_path, b"")])
    assert isinstance(fault, Rejected)
    assert fault.message == "is empty"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_damage_leaves_the_other_records(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    packed = pack(map(record, range(5)))
    whole = bytearray(b"".join(packed))
    start = data.draw(st.integers(0, len(whole) - 1))
    length = data.draw(st.integers(1, 600))
    noise = data.draw(st.binary(min_size=length, max_size=length))
    whole[start : start + length] = noise
    file = write(tmp_path_factory.mktemp("damage"), bytes(whole))
    found = read(file, data.draw(st.sampled_from([300, 900, 10**6])))
    ends = [sum(map(len, packed[: n + 1])) for n in range(5)]
    sound = [str(n) for n, end in enumerate(ends) if end <= start or end - len(packed[n]) >= start + length]
    assert [f for f in found if f in sound] == sound
    if len(sound) < 5 and len(noise) == length and whole != b"".join(packed):
        assert any(f[0] == "!" for f in found) or len(found) == 5
