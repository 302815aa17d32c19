"""servanda export: dossiers -> a file or folder that other programs read. It appears whole, or not at all."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from servanda.cli.ledgers import add_ledger, add_view, open_ledger, say, view_of
from servanda.cli.options import add_tables, add_ui, load_tables
from servanda.cli.parties import party_code
from servanda.errors import InputError
from servanda.exports.aside import whole_file, whole_folder

if TYPE_CHECKING:
    from servanda.exports.rows import Title
    from servanda.ledger.ledger import Ledger
    from servanda.model.dossier import Discrepancy, Dossier
    from servanda.render.names import Namer

HELP = "write dossiers into a file that other programs read"

FORMATS = ("jsonl", "csv", "sqlite", "ics", "gold")
_TABLES = ("csv", "sqlite")  # cut words out of texts, and hold findings
_SHOWN = 0.5  # seconds between two signs of progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `servanda export`."""
    parser.add_argument(
        "format",
        metavar="FORMAT",
        choices=FORMATS,
        help="jsonl: dossiers, one a line; csv: a data package; sqlite: for Datasette; ics: a calendar of deadlines; "
        "gold: reports that people have judged",
    )
    parser.add_argument("out", metavar="OUT", type=Path, help="the file; for csv a folder or .zip, for gold a folder")
    parser.add_argument("parties", metavar="PARTY", nargs="*", help="only dossiers of all these: KZ, Kazakhstan, EU")
    parser.add_argument("--with-text", action="store_true", help="with the full texts of the reports")
    parser.add_argument("--findings", action="store_true", help="csv, sqlite: with what does not add up")
    parser.add_argument("--force", action="store_true", help="replace what is there")
    add_view(parser)
    add_ui(parser)
    add_tables(parser)
    add_ledger(parser)


def run(args: argparse.Namespace) -> int:
    """Write the export."""
    _check(args)
    with open_ledger(args) as ledger:
        shown = _Shown(_dossiers(args, ledger))
        count = _WRITERS[args.format](args, shown, ledger)
        shown.clear()
    say(f"{args.out}: {count}{shown.count} dossiers")
    return 0


def _check(args: argparse.Namespace) -> None:
    """InputError where the options do not go together."""
    if args.format == "gold" and args.parties:
        raise InputError("gold", "holds whole reports, not those of a party", "leave the parties out")
    if args.format == "ics" and args.with_text:
        raise InputError("--with-text", "a calendar holds no texts", "leave it out")
    if args.findings and args.format not in _TABLES:
        raise InputError("--findings", f"has no place in {args.format}", f"leave it out, or export {_TABLES[0]}")


def _dossiers(args: argparse.Namespace, ledger: "Ledger") -> "Iterator[Dossier]":
    """With the texts where words are cut out of them."""
    from servanda.ledger.views import Wanted

    view, texts = view_of(args, ledger), args.with_text or args.format in _TABLES
    if not args.parties:
        return ledger.all(view, texts=texts)
    return ledger.find(Wanted(_codes(args)), view, texts=texts)


def _findings(args: argparse.Namespace, ledger: "Ledger") -> "Iterable[Discrepancy]":
    from servanda.cli.findings import find_all

    return find_all(ledger, _codes(args), view_of(args, ledger)) if args.findings else ()


def _codes(args: argparse.Namespace) -> tuple[str, ...]:
    return tuple(party_code(party, load_tables(args.tables)) for party in args.parties)


def _write_jsonl(args: argparse.Namespace, dossiers: "Iterable[Dossier]", _: "Ledger") -> str:
    from servanda.exports.jsonl import write_jsonl

    with whole_file(args.out, replace=args.force) as path:
        write_jsonl(dossiers, path, with_text=args.with_text)
    return ""


def _write_csv(args: argparse.Namespace, dossiers: "Iterable[Dossier]", ledger: "Ledger") -> str:
    from servanda.exports.package import write_package

    zipped = args.out.suffix == ".zip"
    with (whole_file if zipped else whole_folder)(args.out, replace=args.force) as path:
        found = _findings(args, ledger)
        write_package(dossiers, path, _title(args), findings=found, with_text=args.with_text, zipped=zipped)
    return ""


def _write_sqlite(args: argparse.Namespace, dossiers: "Iterable[Dossier]", ledger: "Ledger") -> str:
    from servanda.exports.datasette import make_metadata, write_database

    beside = args.out.with_name(f"{args.out.stem}.metadata.json")
    with whole_file(beside, replace=args.force) as metadata, whole_file(args.out, replace=args.force) as path:
        found = _findings(args, ledger)
        words = ledger.tongue.words
        write_database(dossiers, path, _title(args), words, findings=found, with_text=args.with_text)
        plain = make_metadata(args.out.stem, with_text=args.with_text)
        metadata.write_text(json.dumps(plain, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return ""


def _write_ics(args: argparse.Namespace, dossiers: "Iterable[Dossier]", _: "Ledger") -> str:
    from servanda.exports.ical import write_calendar

    with whole_file(args.out, replace=args.force) as path:
        count = write_calendar(dossiers, path, _namer(args), args.ui)
    return f"{count} open deadlines of "


def _write_gold(args: argparse.Namespace, dossiers: "Iterable[Dossier]", _: "Ledger") -> str:
    from servanda.exports.gold import write_gold

    with whole_folder(args.out, replace=args.force) as path:
        count = write_gold(dossiers, path, with_text=args.with_text)
    return f"{count} reports judged whole, of "


_WRITERS: "dict[str, Callable[[argparse.Namespace, Iterable[Dossier], Ledger], str]]" = {
    "jsonl": _write_jsonl,
    "csv": _write_csv,
    "sqlite": _write_sqlite,
    "ics": _write_ics,
    "gold": _write_gold,
}


def _namer(args: argparse.Namespace) -> "Namer":
    from servanda.render.names import party_names

    return party_names(load_tables(args.tables), args.ui)


def _title(args: argparse.Namespace) -> "Title":
    from servanda.render.dossiers import dossier_title

    return partial(dossier_title, ui=args.ui, name=_namer(args))


class _Shown:
    """Dossiers as they pass, counted on a terminal."""

    def __init__(self, dossiers: "Iterable[Dossier]") -> None:
        self.dossiers = dossiers
        self.count = 0
        self.next = time.monotonic() + _SHOWN
        self.shown = False

    def __iter__(self) -> "Iterator[Dossier]":
        for dossier in self.dossiers:
            yield dossier
            self.count += 1
            if time.monotonic() > self.next and sys.stderr.isatty():
                print(f"\r{self.count} dossiers", end="", file=sys.stderr, flush=True)
                self.next, self.shown = time.monotonic() + _SHOWN, True

    def clear(self) -> None:
        """Take the line away."""
        if self.shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
