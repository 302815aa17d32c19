"""servanda restore: a backup -> the ledger; what was there is kept beside it."""

import argparse
import os
from pathlib import Path

from servanda.cli.ledgers import add_ledger, open_ledger, say, tongue_of
from servanda.errors import InputError

HELP = "bring a backup back"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `servanda restore`."""
    parser.add_argument("backup", metavar="BACKUP", type=Path, help="a file written by servanda backup")
    add_ledger(parser)


def run(args: argparse.Namespace) -> int:
    """Check a copy of the backup, put what is there aside, and the copy in its place; 1 where it has a fault."""
    from servanda.ledger.copies import check_copy, put_back

    if args.ledger.exists() and args.backup.exists() and args.backup.samefile(args.ledger):
        raise InputError(str(args.backup), "is the ledger itself", "give a file written by servanda backup")
    copy = args.ledger.with_name(f"{args.ledger.name}.{os.getpid()}.copy")
    try:
        faults = check_copy(args.backup, copy, tongue_of(args))
        if faults:
            say(f"{args.backup}: {faults[0]}; nothing was touched")
            return 1
        if kept := put_back(copy, args.ledger):
            say(f"what was there is kept as {kept}")
    finally:
        copy.unlink(missing_ok=True)
    with open_ledger(args) as ledger:
        say(f"restored: {', '.join(f'{n} {name}' for name, n in ledger.count().items())}")
    return 0
