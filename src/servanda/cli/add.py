"""servanda add: reports, or what servanda bulk or others read of them -> the ledger. What is there adds nothing."""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from servanda.cli.ledgers import add_ledger, add_who, open_ledger, say, who_acts
from servanda.cli.options import add_paths, load_tables, write
from servanda.cli.read import add_jobs
from servanda.cli.runs import is_finished, is_run, readings_of_run
from servanda.cli.work import Progress, find_inputs, read_all
from servanda.model.reading import Reading
from servanda.model.report import Report
from servanda.sources.rejected import Rejected

if TYPE_CHECKING:
    from servanda.ledger.given import Given
    from servanda.ledger.ledger import Ledger

HELP = "read reports, or take what servanda bulk read, and record it in the ledger"

_PORTION, _SECONDS = 200, 1.0  # readings recorded at once, or what came in this time


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `servanda add`."""
    add_paths(parser)
    parser.add_argument(
        "--readings",
        metavar="FILE",
        action="append",
        default=[],
        help="record readings made elsewhere, one object a line",
    )
    parser.add_argument("--list", action="store_true", help="name each report once it is recorded")
    add_jobs(parser)
    add_ledger(parser)
    add_who(parser)


def run(args: argparse.Namespace) -> int:
    """Record all inputs; run again after an interruption, it goes on where it stopped."""
    load_tables(args.tables)
    who = who_acts(args)
    with open_ledger(args, create=True) as ledger:
        adding = _Adding(ledger, who, args.list)
        try:
            for given in _all_given(args, ledger, adding):
                adding.take(given)
        finally:
            adding.record()
        adding.close()
        return adding.progress.exit_code


def _all_given(args: argparse.Namespace, ledger: "Ledger", adding: "_Adding") -> Iterator["Given | Rejected"]:
    for name in args.readings:
        yield from _readings_of(Path(name))
    runs = [path for path in args.paths if is_run(path)]
    for path in runs:
        if not is_finished(path):
            say(f"{path}: its run has not come to its end; what is done so far is added")
        for one in readings_of_run(path, ledger):
            adding.known += one is None
            if one:
                yield one
    others = [path for path in args.paths if path not in runs]
    if others or not (args.readings or runs):
        yield from _read(argparse.Namespace(**{**vars(args), "paths": others}), ledger, adding)


def _read(args: argparse.Namespace, ledger: "Ledger", adding: "_Adding") -> Iterator["Given | Rejected"]:
    reader = reader_name(args.tables)

    def unknown() -> Iterator[Report | Rejected]:
        for report in find_inputs(args):
            if isinstance(report, Report) and ledger.knows(report, reader):
                adding.known += 1
            else:
                yield report

    for one in read_all(args.tables, unknown(), make_given, args.jobs):
        yield one if isinstance(one, Rejected) else with_reader(one, reader)


def make_given(report: Report, reading: Reading) -> "Given":
    """What is recorded of a report and its reading."""
    from servanda.ledger.given import Given

    lang = reading.lang or report.lang
    return Given(
        reading=reading.to_json(), reader="", text=report.text, agency=report.agency, lang=lang, url=report.url
    )


def with_reader(given: "Given", reader: str) -> "Given":
    """The same, with the name of what read it."""
    from dataclasses import replace

    return replace(given, reader=reader)


def reader_name(tables: Path | None) -> str:
    """Name and version of the reader; a folder of tables laid over it makes it another one."""
    from hashlib import sha256
    from importlib.metadata import version

    name = f"servanda {version('servanda')}"
    if tables is None:
        return name
    words = b"".join(path.name.encode() + path.read_bytes() for path in sorted(tables.glob("*.tsv")))
    return f"{name} with tables {sha256(words).hexdigest()[:8]}"


def _readings_of(path: Path) -> Iterator["Given | Rejected"]:
    """Readings of a file, or `-`; one that cannot be recorded is named and passed over."""
    from servanda.ledger.given import Given, find_faults

    stream = sys.stdin.buffer if str(path) == "-" else None
    try:
        with path.open("rb") if stream is None else stream as lines:
            for place, plain in _objects_of(path, lines):
                faults = [] if isinstance(plain, Rejected) else list(find_faults(plain))
                if isinstance(plain, Rejected):
                    yield plain
                elif faults:
                    yield Rejected(place, faults[0], "see servanda schema and GLOSSARY.md for what a reading holds")
                else:
                    yield Given(reading=plain, **{k: plain.get(k) for k in ("text", "agency", "lang", "url")})
    except OSError as error:
        yield Rejected(str(path), error.strerror or str(error), "give a file of readings that can be read")


def _objects_of(path: Path, lines: BinaryIO) -> Iterator[tuple[str, Any]]:
    """What stands in JSON lines, each with its place; a brace alone opens one that fills the file."""
    for number, line in enumerate(lines, 1):
        place = f"{path}:{number}"
        words = line + lines.read() if number == 1 and line.strip() == b"{" else line
        if not words.strip():
            continue
        try:
            yield place, json.loads(words)
        except (ValueError, RecursionError) as error:
            yield place, Rejected(place, f"is no JSON ({error})", "write one reading a line")


class _Adding:
    """Readings that wait to be recorded, and the count of what became of them."""

    def __init__(self, ledger: "Ledger", who: str, names: bool) -> None:
        self.ledger = ledger
        self.who = who
        self.names = names
        self.waiting: list[Given] = []
        self.since = time.monotonic()
        self.counts = dict.fromkeys(("recorded", "version", "reread", "known"), 0)
        self.records = 0
        self.known = 0  # not even read again
        self.progress = Progress(sys.stderr)

    def take(self, given: "Given | Rejected") -> None:
        """One reading more; recorded with its portion."""
        if isinstance(given, Rejected):
            self.progress.clear()
            say(str(given))
        else:
            self.waiting.append(given)
        self.progress.count(isinstance(given, Rejected))
        if len(self.waiting) >= _PORTION or time.monotonic() - self.since > _SECONDS:
            self.record()

    def record(self) -> None:
        """Record what waits; what is named after this stands on the disk."""
        waiting, self.waiting = self.waiting, []
        if waiting:
            for one in self.ledger.add(waiting, self.who):
                self.counts[one.outcome] += 1
                self.records += one.records
                if self.names:
                    write(f"{one.outcome}\t{one.report}\t{one.records}\n")
        self.since = time.monotonic()

    def close(self) -> None:
        """Say what was done."""
        self.progress.clear()
        self.counts["known"] += self.known
        said = {
            "recorded": "recorded",
            "version": "recorded as new versions",
            "reread": "read anew",
            "known": "known already",
        }
        counts = ", ".join(f"{n} {said[k]}" for k, n in self.counts.items() if n) or "nothing to record"
        say(f"reports: {counts}; {self.records} records")
