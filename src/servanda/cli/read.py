"""servanda read: reports -> pages for people, or one JSON object a line."""

import argparse
import json
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from servanda.cli.options import add_look, add_paths, choose_paper, load_tables
from servanda.cli.work import Printed, print_all
from servanda.model.reading import Reading

if TYPE_CHECKING:
    from servanda.render.text import Paper

HELP = "read reports into records"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `servanda read`."""
    add_paths(parser)
    parser.add_argument(
        "--format", choices=("text", "jsonl"), default="text", help="for people, or one object a line (default: text)"
    )
    add_look(parser)
    add_jobs(parser)


def add_jobs(parser: argparse.ArgumentParser, default: int = 1) -> None:
    """Over how many processes reading is spread."""
    help = f"processes; 0: one for each core (default: {default})"
    parser.add_argument("--jobs", type=_count, default=str(default), metavar="N", help=help)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("give 0 (one for each core) or more")
    cores = os.cpu_count() or 1
    return min(int(text) or cores, 4 * cores)  # more would only wait for each other, each with a language in memory


def run(args: argparse.Namespace) -> int:
    """Print the reading of every input."""
    if args.format == "jsonl":
        return print_all(args, print_line, args.jobs)
    return print_all(args, partial(print_page, choose_paper(args), args.tables), args.jobs)


def print_line(reading: Reading) -> Printed:
    """A reading as one line of JSON."""
    line = json.dumps(reading.to_json(), ensure_ascii=False, separators=(",", ":"))
    return Printed(line + "\n", _notes(reading))


def print_page(paper: "Paper", tables: Path | None, reading: Reading) -> Printed:
    """A reading as a page."""
    from servanda.render.names import party_names
    from servanda.render.text import render_text

    return Printed(render_text(reading, paper, party_names(load_tables(tables), paper.ui)) + "\n", _notes(reading))


def _notes(reading: Reading) -> tuple[str, ...]:
    missing = left_open(reading)
    return (f"{reading.id}: {missing}; give it with --published",) if missing else ()


def left_open(reading: Reading) -> str | None:
    """What the missing day of publication costs ("no publication date: 2 dates left open"), or None."""
    count = sum(m.type == "time" and m.value is None for m in reading.mentions)
    if reading.published or not count:
        return None
    return f"no publication date: {count} {'date' if count == 1 else 'dates'} left open"
