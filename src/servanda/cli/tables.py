"""servanda tables: the tables of knowledge -> their list, or what is wrong in them."""

import argparse
import sys

from servanda.cli.options import add_tables, write
from servanda.world.tables import TableError, Tables, check_tables, table_file

__all__ = ["HELP", "TableError", "add_arguments", "run"]

HELP = "list the tables of knowledge, or check them"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `servanda tables`."""
    parser.add_argument("action", choices=("list", "check"), help="what to do")
    add_tables(parser)


def run(args: argparse.Namespace) -> int:
    """List the tables with their rows and files, or name each fault with its line and remedy."""
    return _check(args) if args.action == "check" else _list(args)


def _check(args: argparse.Namespace) -> int:
    faults = check_tables(args.tables)
    for fault in faults:
        print(f"servanda: {fault}", file=sys.stderr)
    write(f"{len(faults) or 'no'} fault{'s' if len(faults) > 1 else ''}\n")
    return 1 if faults else 0


def _list(args: argparse.Namespace) -> int:
    from servanda.cli.options import load_tables
    from servanda.world.schema import TABLES

    known: Tables = load_tables(args.tables)
    for name in TABLES:
        write(f"{len(known.rows(name)):>6} rows  {name:<14} {table_file(name)}\n")
    return 0
