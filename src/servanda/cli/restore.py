"""servanda restore: a backup -> the ledger; what was there is kept beside it."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from servanda.cli.ledgers import add_ledger, open_ledger, say, tongue_of

HELP = "bring a backup back"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `servanda restore`."""
    parser.add_argument("backup", metavar="BACKUP", type=Path, help="a file written by servanda backup")
    add_ledger(parser)


def run(args: argparse.Namespace) -> int:
    """Check the backup, put what is there aside, and bring it back; 1 where the backup has a fault."""
    from servanda.ledger import sqlite
    from servanda.ledger.ledger import Ledger
    from servanda.ledger.verify import find_faults

    backup = Ledger.open(args.backup, tongue_of(args))
    faults = list(find_faults(backup, refold=False))
    backup.close()
    if faults:
        say(f"{args.backup}: {faults[0]}; nothing was touched")
        return 1
    if args.ledger.exists():
        kept = args.ledger.with_name(f"{args.ledger.name}.{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
        sqlite.set_aside(args.ledger, kept)
        say(f"what was there is kept as {kept}")
    sqlite.bring_back(args.backup, args.ledger)
    with open_ledger(args) as ledger:
        say(f"restored: {', '.join(f'{n} {name}' for name, n in ledger.count().items())}")
    return 0
