"""Options that several verbs share, and what they stand for."""

import argparse
import os
import shutil
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from servanda.render.words import LANGUAGES

if TYPE_CHECKING:
    from servanda.render.text import Paper
    from servanda.world.tables import Tables

_FIELDS = ("id", "text", "published", "agency", "url", "lang")
_NARROWEST, _WIDEST, _WIDTH_OF_FILES = 40, 120, 100


def add_paths(parser: argparse.ArgumentParser) -> None:
    """The inputs, and the day for those that have none."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="text files, pages (.html), JSON lines (.jsonl), Parquet, web archives (.warc), each also as .gz or .zst; "
        "folders of these; or - for standard input (the default)",
    )
    parser.add_argument(
        "--published",
        metavar="DATE",
        help="day of publication of reports that give none, as 2021-12-08; relative dates need it",
    )
    add_columns(parser)
    add_tables(parser)


def add_columns(parser: argparse.ArgumentParser) -> None:
    """What holds the fields of a report where it is called otherwise."""
    parser.add_argument(
        "--column",
        metavar="FIELD=NAME",
        action="append",
        default=[],
        type=_column,
        help=f"column of Parquet, or key of JSON lines, that holds a field ({', '.join(_FIELDS)}), as text=body",
    )


def _column(text: str) -> tuple[str, str]:
    field, _, name = text.partition("=")
    if field not in _FIELDS or not name:
        raise argparse.ArgumentTypeError(f"{text!r}: write FIELD=NAME, the field one of {', '.join(_FIELDS)}")
    return field, name


def add_tables(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tables", metavar="DIR", type=Path, help="folder of tables laid over those of Servanda")


def add_look(parser: argparse.ArgumentParser) -> None:
    """How a page for people looks."""
    add_ui(parser)
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="colours; auto: on a terminal, unless NO_COLOR is set (default: auto)",
    )


def add_ui(parser: argparse.ArgumentParser) -> None:
    """In which language people read."""
    parser.add_argument("--ui", choices=LANGUAGES, default="en", help="language of the cards (default: en)")


@cache
def load_tables(folder: Path | None) -> "Tables":
    """The tables that a command reads with; TableError where a file laid over cannot be used."""
    from servanda.world.schema import TABLES
    from servanda.world.tables import TableError, Tables, find_strange

    if folder is None:
        return Tables.default()
    tables = Tables.with_overlay(folder)
    for name in TABLES:
        tables.rows(name)
    for fault in find_strange(folder):
        raise TableError(fault)
    return tables


def choose_paper(args: argparse.Namespace) -> "Paper":
    """The paper of standard output, as the options of `add_look` have it."""
    plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    colour = args.color == "always" or (args.color == "auto" and sys.stdout.isatty() and not plain)
    return plain_paper(args.ui, colour)


def plain_paper(ui: str = "en", colour: bool = False) -> "Paper":
    """The paper of standard output: a terminal has its own width, a file always the same."""
    from servanda.render.text import Paper

    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDTH_OF_FILES
    return Paper(ui, max(_NARROWEST, min(columns, _WIDEST)), colour)


def write(text: str) -> None:
    """Put text on standard output as UTF-8 with plain line feeds, on any machine; a lone surrogate as its escape."""
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()
