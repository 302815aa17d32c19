"""Inputs are cut into pieces that, read one by one and in any order, hold every document once."""

import gzip
import json
import pickle
import random
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from servanda.model.report import Report
from servanda.sources import MAX_BYTES, Piece, Rejected, Taken, Taking, find_pieces, read_piece
from servanda.sources.take import DOCUMENTS

PACK: dict[str, Callable[[bytes], bytes]] = {
    "": lambda data: data,
    ".gz": gzip.compress,
    ".zst": zstandard.ZstdCompressor().compress,
}


def lines(count: int, length: int = 100) -> bytes:
    """Lines of JSON whose ids are their numbers from 0."""
    return b"".join(json.dumps({"id": str(i), "text": "x" * length}).encode() + b"\n" for i in range(count))


def pieces(*paths: Path, size: int = 10_000) -> list[Piece]:
    found = list(find_pieces(paths, size=size))
    assert all(isinstance(piece, Piece) for piece in found), found
    return [piece for piece in found if isinstance(piece, Piece)]


def documents(*given: Piece) -> list[Taken]:
    return [taken for piece in given for taken in read_piece(piece)]


def ids(taken: list[Taken]) -> list[str]:
    return [report.id if isinstance(report := one.report(), Report) else f"! {report}" for one in taken]


@pytest.mark.parametrize("suffix", PACK)
def test_lines_come_once_from_pieces_in_any_order(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"news.jsonl{suffix}"
    file.write_bytes(PACK[suffix](lines(1000)))
    found = pieces(file)
    assert len(found) > 5
    assert ids(documents(*found)) == [str(i) for i in range(1000)]
    backwards = {piece: ids(documents(piece)) for piece in reversed(found)}
    random.Random(1).shuffle(found)
    assert {piece: ids(documents(piece)) for piece in found} == backwards
    assert sorted(int(id) for some in backwards.values() for id in some) == list(range(1000))


@pytest.mark.parametrize("suffix", PACK)
def test_places_are_lines_of_the_file(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"news.jsonl{suffix}"
    file.write_bytes(PACK[suffix](lines(200) + b"\n \n{\n" + lines(100)))
    taken = documents(*pieces(file))
    assert [one.place for one in taken][198:202] == [f"{file}:{n}" for n in (199, 200, 203, 204)]
    assert [one.position for one in taken][198:202] == [199, 200, 203, 204]
    assert "is no JSON" in str(taken[200].report())


def test_a_piece_holds_a_limited_number_of_documents(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_bytes(lines(2 * DOCUMENTS + 1, 1))
    assert [len(documents(piece)) for piece in pieces(file, size=10**9)] == [DOCUMENTS, DOCUMENTS, 1]


@pytest.mark.parametrize("suffix", PACK)
def test_a_last_line_without_an_end_is_read(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"news.jsonl{suffix}"
    file.write_bytes(PACK[suffix](lines(150)[:-1]))
    assert ids(documents(*pieces(file))) == [str(i) for i in range(150)]


@pytest.mark.parametrize("suffix", PACK)
def test_a_line_over_the_limit_stands_alone(tmp_path: Path, suffix: str) -> None:
    huge = b'{"id": "huge", "text": "' + b"a" * (2 * MAX_BYTES) + b'"}\n'
    file = tmp_path / f"news.jsonl{suffix}"
    file.write_bytes(PACK[suffix](lines(50) + huge + lines(50)))
    found = ids(documents(*pieces(file)))
    assert len(found) == 101
    assert "over the limit" in found[50]


@pytest.mark.parametrize(("suffix", "packed"), [(s, p) for s, p in PACK.items() if s])
def test_a_packed_file_that_ends_early_is_read_as_far_as_it_goes(
    tmp_path: Path, suffix: str, packed: Callable[[bytes], bytes]
) -> None:
    rng = random.Random(2)
    data = b"".join(json.dumps({"id": str(i), "text": rng.randbytes(200).hex()}).encode() + b"\n" for i in range(1000))
    whole = packed(data)
    file = tmp_path / f"news.jsonl{suffix}"
    file.write_bytes(whole[: len(whole) // 2])
    *read, last = documents(*pieces(file))
    assert ids(read) == [str(i) for i in range(len(read))]
    assert len(read) > 200
    fault = last.report()
    assert isinstance(fault, Rejected)
    assert fault.place == f"{file}:{len(read) + 1}"
    assert fault.message.startswith("ends in the middle")
    assert fault.remedy


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_packed_file_that_is_none_is_said(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"news.jsonl{suffix}"
    file.write_bytes(b"plain text")
    (found,) = ids(documents(*pieces(file)))
    assert f"{file}:1: is damaged" in found
    assert "pack the file again" in found


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_members_one_after_another_are_one_file(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"news.jsonl{suffix}"
    file.write_bytes(PACK[suffix](lines(3)) + PACK[suffix](lines(2)) + b"\0" * 500)
    assert ids(documents(*pieces(file))) == ["0", "1", "2", "0", "1"]


def test_a_folder_is_gathered_and_its_large_files_cut(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt.gz", "d.txt"):
        (tmp_path / name).write_bytes(PACK[name[5:]]("Договор подписан".encode()))
    (tmp_path / "c.jsonl").write_bytes(lines(300))
    found = pieces(tmp_path)
    assert [piece.kind for piece in found] == ["files", *["lines"] * 4, "files"]
    assert [one.position for piece in (found[0], found[-1]) for one in documents(piece)] == [0, 1, 2]
    assert ids(documents(found[0], found[-1])) == [str(tmp_path / n) for n in ("a.txt", "b.txt.gz", "d.txt")]


def test_many_files_are_several_pieces(tmp_path: Path) -> None:
    for n in range(25):
        (tmp_path / f"{n:02}.txt").write_text("x" * 100)
    assert [len(piece.files) for piece in pieces(tmp_path, size=1000)] == [10, 10, 5]


def test_what_is_not_there_is_said_where_it_is_cut_and_where_it_is_read(tmp_path: Path) -> None:
    (fault,) = find_pieces([tmp_path / "none.jsonl"])
    assert str(fault) == f"{tmp_path / 'none.jsonl'}: is not there; check the path"
    file = tmp_path / "a.jsonl"
    file.write_bytes(lines(1))
    (piece,) = pieces(file)
    file.unlink()
    assert ids(documents(piece)) == [
        f"! {file}: cannot be read: No such file or directory; check that it is there and may be read"
    ]


def test_keys_of_lines_are_mapped(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'{"id": "a", "body": "Text", "source": "Vest", "text": 5}\n')
    options = Taking(columns=(("text", "body"), ("agency", "source")))
    (taken,) = read_piece(*pieces(file), options)
    assert taken.report() == Report("a", "Text", agency="Vest")


def test_pieces_and_options_travel_between_processes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    for given in (*pieces(tmp_path), Taking(columns=(("text", "body"),))):
        assert pickle.loads(pickle.dumps(given)) == given
