"""servanda explain: a report -> why each field of its records has its value."""

import argparse
import sys

from servanda.cli.options import add_look, add_paths, choose_paper, load_tables, write
from servanda.cli.work import read_each, weigh
from servanda.sources.rejected import Rejected

HELP = "say why each field of a record has its value"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `servanda explain`."""
    add_paths(parser)
    parser.add_argument("--record", type=_number, metavar="N", help="number of its card, from 1 (default: all)")
    parser.add_argument("--id", help="the report, where there are several (default: all)")
    add_look(parser)


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("give a number; cards count from 1")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Print the grounds of the records asked for; 1 where an input is rejected or there is no such record."""
    from servanda.render.grounds import render_grounds, render_no_grounds
    from servanda.render.names import party_names

    paper, tables = choose_paper(args), load_tables(args.tables)
    faults, found = 0, 0
    for reading in read_each(args):
        if isinstance(reading, Rejected):
            faults += 1
            print(f"servanda: {reading}", file=sys.stderr)
            continue
        if args.id not in (None, reading.id):
            continue
        if args.record is None and not reading.records:
            found += 1
            write(render_no_grounds(reading, paper))
        weighed = weigh(args, reading) if any(r.type == "undertaking" for r in reading.records) else {}
        numbers = [args.record] if args.record else range(1, len(reading.records) + 1)
        for number in numbers:
            if not 1 <= number <= len(reading.records):
                faults += 1
                print(f"servanda: {reading.id}: {_missing(number, len(reading.records))}", file=sys.stderr)
                continue
            found += 1
            quotes = reading.records[number - 1].evidence.get("quote", ())
            reasons = weighed.get(quotes[0]) if quotes else None
            write(render_grounds(reading, number - 1, paper, party_names(tables, args.ui), tables, reasons))
    if args.id and not found and not faults:
        print(f"servanda: no report has the id {args.id!r}; `servanda mentions` prints the ids", file=sys.stderr)
        faults += 1
    return 1 if faults else 0


def _missing(number: int, count: int) -> str:
    """That there is no such record, and which there are."""
    if not count:
        return f"has no record; there is no number {number}"
    has, give = ("1 record", "1") if count == 1 else (f"{count} records", f"1 to {count}")
    return f"has {has}; there is no number {number}, give {give}"
