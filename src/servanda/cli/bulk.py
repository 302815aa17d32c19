"""servanda bulk: inputs of any size -> a folder of readings, by processes that a bad document cannot stop."""

import argparse
import sys
import time
from dataclasses import replace
from functools import partial
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from servanda.cli.add import reader_name
from servanda.cli.ledgers import say
from servanda.cli.options import add_columns, add_tables, load_tables
from servanda.cli.read import add_jobs
from servanda.model.report import Report

if TYPE_CHECKING:
    from servanda.bulk.job import Run
    from servanda.bulk.supervisor import Status
    from servanda.bulk.whole import Ran
    from servanda.reading.read import Reader

HELP = "read whole archives into a folder of readings"

KEEP = ("1", "0.995", "0.98", "0.95", "0.9")  # as servanda.reading.triage has them, and all

_NAMED = 5  # of what could not be read, on the terminal
_OFTEN, _SELDOM = 0.5, 60.0  # seconds between two looks at how far it is: on a terminal, elsewhere
_INTERRUPTED, _FULL = 130, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `servanda bulk`."""
    help = "text, pages (.html), JSON lines, Parquet, web archives (.warc), each also as .gz or .zst; folders of these"
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help=help)
    help = "the folder of the readings; run again, what is done there is passed over"
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help=help)
    parser.add_argument("--format", choices=("parquet", "jsonl"), default="parquet", help="default: parquet")
    add_columns(parser)
    parser.add_argument("--published", metavar="DATE", help="day of publication of reports that give none")
    help = "pages of the web parsed as well as can be, some ten times slower"
    parser.add_argument("--care", action="store_true", help=help)
    help = "share to find of the records that reading every sentence finds (1); less is faster (default: 0.995)"
    parser.add_argument("--keep", choices=KEEP, default=KEEP[1], metavar="SHARE", help=help)
    add_tables(parser)
    add_jobs(parser, 0)
    help = "a document that takes longer, twice, is set aside (default: 60)"
    parser.add_argument("--limit-seconds", metavar="N", type=_positive, default=60.0, help=help)
    help = "a document that takes more memory, twice, is set aside (default: 2000)"
    parser.add_argument("--limit-mb", metavar="N", type=_positive, default=2_000.0, help=help)


def _positive(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return number


def run(args: argparse.Namespace) -> int:
    """Read what is not read yet; say how far it is, and at the end what came of it."""
    from servanda.bulk.whole import run_bulk

    job = _run_of(args)
    line = _Line(sys.stderr)
    try:
        ran = run_bulk(job, line.show)
    except KeyboardInterrupt:
        line.clear()
        say(f"stopped; {_so_far(line)}; the same command goes on from there")
        return _INTERRUPTED
    except OSError as error:
        line.clear()
        what = error.strerror or str(error)
        say(f"{args.out}: cannot be written: {what}; {_so_far(line)}; make room and run the same command again")
        return _FULL
    finally:
        line.clear()
    return _tell(args.out, ran)


def _run_of(args: argparse.Namespace) -> "Run":
    from servanda.bulk.job import Limits, Run
    from servanda.sources import parse_taking

    load_tables(args.tables)  # a folder that cannot be used is said before anything is read
    keep = None if args.keep == "1" else float(args.keep)
    return Run(
        inputs=tuple(args.inputs),
        out=args.out,
        reader=reader_name(args.tables) + (f", keeping {args.keep}" if keep else ""),
        make_reader=partial(make_reader, args.tables, keep),
        format=args.format,
        taking=replace(parse_taking(args.published, sorted(args.column)), care=args.care),
        jobs=args.jobs,
        limits=Limits(seconds=args.limit_seconds, megabytes=int(args.limit_mb)),
    )


def make_reader(tables: Path | None, keep: float | None = None) -> "Reader":
    """The reader of a worker. What is loaded at the first text is loaded now, so that no document's time counts it."""
    from servanda.bulk.sketch import sketch
    from servanda.reading.read import Reader

    reader = Reader(load_tables(tables), keep=keep)
    text = sorted(files("servanda.examples").iterdir(), key=lambda f: f.name)[0].read_text(encoding="utf-8")
    reader.read(Report("-", text))
    sketch(text)
    return reader


def _tell(out: Path, ran: "Ran") -> int:
    """Say what came of it; the exit code."""
    from servanda.bulk.manifest import find_faults

    totals, status = ran.totals, ran.status
    faults = totals["rejected"] + totals["quarantined"]
    for fault in islice(find_faults(out, ran.plan), _NAMED if faults else 0):
        say(str(fault))
    if faults > _NAMED:
        say(f"and {faults - _NAMED:,} more, each with its reason, in {out / 'manifest.jsonl'}")
    before = f" ({status.before:,} done before)" if status.before else ""
    repeating = ran.rewrites["documents"] - ran.rewrites["wires"]
    said = [
        f"{totals['shards']:,} {'shard' if totals['shards'] == 1 else 'shards'}{before}",
        f"{totals['rows']:,} documents read, {totals['telling']:,} of them with {totals['records']:,} records",
        f"{totals['language']:,} in another language" if totals["language"] else "",
        f"{totals['passed over']:,} passed over" if totals["passed over"] else "",
        f"{repeating:,} rewrite or repeat another" if repeating else "",
        f"{totals['rejected']:,} rejected, {totals['quarantined']:,} set aside",
    ]
    say("; ".join(filter(None, said)))
    return int(faults > 0)


def _so_far(line: "_Line") -> str:
    if line.status is None:
        return "nothing was done yet"
    status = line.status
    done = status.before + status.done
    return f"{done:,} of {status.total:,} shards are done" if status.planned else f"{done:,} shards are done"


class _Line:
    """How far a run is: a line that changes on a terminal, elsewhere one now and then."""

    def __init__(self, stream: TextIO) -> None:
        self.status: Status | None = None
        self._stream = stream
        self._live = stream.isatty()
        self._next = time.monotonic() + (_OFTEN if self._live else _SELDOM)
        self._shown = False

    def show(self, status: "Status") -> None:
        """Say it, where it is time to."""
        self.status = status
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + (_OFTEN if self._live else _SELDOM)
        if self._live:
            self._stream.write(f"\r{how_far(status, now)}\x1b[K")
            self._stream.flush()
            self._shown = True
        else:
            say(how_far(status, now))

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._shown = False


def how_far(status: "Status", now: float) -> str:
    """Shards, documents, rate, those with records, and the time left once it is known how much there is."""
    spent = max(now - status.started, 0.001)
    documents, telling = status.documents + status.at_hand[0], status.telling + status.at_hand[1]
    total = f"of {status.total:,} shards" + ("" if status.planned else " found so far")
    parts = [
        f"{status.before + status.done:,} {total}",
        f"{documents:,} documents, {documents / spent:,.0f} a second",
        f"{telling:,} with records",
    ]
    if status.planned and status.done:
        parts.append(f"{_duration(_left(status, spent, documents))} left")
    return "; ".join(parts)


def _left(status: "Status", spent: float, documents: int) -> float:
    """Seconds, if the shards that are left are like those that are done."""
    left = status.total - status.before - status.done
    at_hand = status.at_hand[0] * status.done / max(status.documents, 1)
    return max(left - at_hand, 0) * spent / (status.done + at_hand) if documents else 0.0


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return "under a minute"
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60} min"
