"""servanda backup: a copy of the ledger as it stands, while others go on writing."""

import argparse
from pathlib import Path

from servanda.cli.ledgers import add_ledger, open_ledger, say
from servanda.errors import InputError

HELP = "copy the ledger as it stands"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `servanda backup`."""
    parser.add_argument("target", metavar="FILE", type=Path, help="the copy, a file that is not there yet")
    add_ledger(parser)


def run(args: argparse.Namespace) -> int:
    """Write the copy."""
    if args.target.exists():
        raise InputError(str(args.target), "is there already", "give another name")
    with open_ledger(args) as ledger:
        ledger.backup(args.target)
        say(f"{args.target}: {args.target.stat().st_size:,} bytes".replace(",", " "))
    return 0
