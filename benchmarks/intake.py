"""A web archive of invented pages -> what each step from its bytes to a reading takes: a Markdown table.

    python benchmarks/intake.py [--pages 1000] [--passes 5] [--care 100]

CPU time of one process, medians. Beside each step stands the least that could be done with the same bytes: copy them,
unpack them, look through them once. `--care N` parses so many pages by trafilatura, too.
"""

import argparse
import statistics
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from crawl import write_archive
from servanda.lang import recognise
from servanda.model.report import Report
from servanda.reading.read import Reader
from servanda.sources import Piece, Taken, Taking, find_pieces, read_piece


@dataclass(frozen=True, slots=True)
class Step:
    """What is done with each of some things; `least` is what a bare machine would do with them."""

    name: str
    run: Callable[[Any], Any]
    things: list[Any]
    least: str
    bare: Callable[[Any], Any]
    on: list[Any]


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--passes", type=int, default=5)
    parser.add_argument("--care", type=int, default=100)
    args = parser.parse_args()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "news.warc.gz"
        write_archive(file, args.pages)
        print("| step | µs a page | least | µs a page |\n|---|---|---|---|")
        for step in find_steps(file, args.pages, args.care):
            taken = statistics.median(_time(step.run, step.things) for _ in range(args.passes))
            bound = statistics.median(_time(step.bare, step.on) for _ in range(args.passes))
            share = len(step.things) if len(step.things) > 1 else args.pages
            print(f"| {step.name} | {taken / share:.0f} | {step.least} | {bound / (len(step.on) or 1):.1f} |")


def find_steps(file: Path, count: int, care: int) -> Iterator[Step]:
    """The steps in their order, each over all pages."""
    taken = take(file)
    pages = [one.split(b"\r\n\r\n", 2)[2] for one in unpack(file).split(b"WARC/1.0\r\n") if b"HTTP/1.1" in one]
    letters = [page.decode() for page in pages]
    trees = list(map(HTMLTree.parse, letters))
    reports = [report for one in taken if isinstance(report := one.report(), Report)]
    texts = [report.text for report in reports]
    reader = Reader(keep=0.995)  # as bulk has it
    reader.read(reports[0])
    yield Step("take the archive apart", take, [file], "copy", bytearray, pages)
    yield Step("of which unpack", unpack, [file], "copy", bytearray, pages)
    yield Step("page to report", Taken.report, taken, "decode", bytes.decode, pages)
    yield Step("of which the tree", HTMLTree.parse, letters, "scan", lambda page: page.count("<"), letters)
    yield Step("of which the article", _extract, trees, "scan", lambda page: page.count("<"), letters)
    yield Step("page to report, with care", Taken.report, take(file, care=True)[:care], "decode", bytes.decode, pages)
    yield Step("recognise the language", recognise, texts, "scan", lambda text: text.count("ъ"), texts)
    yield Step("read the report", reader.read, reports, "scan", lambda text: text.count("ъ"), texts)


def take(file: Path, care: bool = False) -> list[Taken]:
    """The documents of an archive, none parsed."""
    pieces = [piece for piece in find_pieces([file]) if isinstance(piece, Piece)]
    return [one for piece in pieces for one in read_piece(piece, Taking(care=care))]


def unpack(file: Path) -> bytes:
    """All members, by zlib and nothing else."""
    packed = memoryview(file.read_bytes())
    parts: list[bytes] = []
    at = 0
    while at < len(packed):
        unpacker = zlib.decompressobj(wbits=31)
        while not unpacker.eof:
            parts.append(unpacker.decompress(packed[at : at + 4096]))
            at = min(at + 4096, len(packed))
        at -= len(unpacker.unused_data)
    return b"".join(parts)


def _extract(tree: HTMLTree) -> str:
    return extract_plain_text(tree, main_content=True, alt_texts=False, comments=False)


def _time(run: Callable[[Any], Any], things: list[Any]) -> float:
    """CPU microseconds of all of it."""
    begun = time.process_time()
    for thing in things:
        run(thing)
    return (time.process_time() - begun) * 1e6


if __name__ == "__main__":
    main()
