"""The same seed gives the same archive, fewer pages are the first of more, and every page is read."""

from pathlib import Path

from crawl import records, write_archive
from servanda.model.report import Report
from servanda.sources import Piece, find_pieces, read_piece


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    first, again, more, other = (tmp_path / f"{n}.warc.gz" for n in range(4))
    for file, count, seed in ((first, 20, 1), (again, 20, 1), (more, 30, 1), (other, 20, 2)):
        write_archive(file, count, seed)
    assert first.read_bytes() == again.read_bytes()
    assert more.read_bytes().startswith(first.read_bytes())
    assert other.read_bytes() != first.read_bytes()


def test_every_page_gives_a_report_with_its_day(tmp_path: Path) -> None:
    file = tmp_path / "news.warc.gz"
    write_archive(file, 60, topic=0.5)
    pieces = [piece for piece in find_pieces([file]) if isinstance(piece, Piece)]
    info, *pages = (taken.report() for piece in pieces for taken in read_piece(piece))
    assert info is None
    assert len(pages) == 60
    reports = [page for page in pages if isinstance(page, Report)]
    assert len(reports) == 60
    assert {report.published for report in reports} == {"2023-01-09"}
    assert 20 <= sum("АСТАНА, 9 января" in report.text for report in reports) <= 40
    assert not any("Комментарии" in report.text or "dataLayer" in report.text for report in reports)


def test_pages_have_the_size_of_pages_of_the_web() -> None:
    source = records()
    sizes = [len(next(source)) for _ in range(100)]
    assert all(20_000 < size < 70_000 for size in sizes)
