"""servanda verify: whether a ledger is whole, unchanged, and its state what follows from its entries."""

import argparse
from collections.abc import Iterable

from servanda.cli.ledgers import add_ledger, open_ledger, say

HELP = "check that a ledger is whole and follows from its entries"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `servanda verify`."""
    parser.add_argument("--quick", action="store_true", help="do not fold the entries anew to compare")
    parser.add_argument("--rebuild", action="store_true", help="fold the entries anew and keep what follows")
    add_ledger(parser)


def run(args: argparse.Namespace) -> int:
    """Name each fault as it is found; 1 where there is one. Nothing is folded anew from entries with faults."""
    from servanda.ledger.verify import find_faults, find_log_faults

    with open_ledger(args) as ledger:
        if args.rebuild and not _name(find_log_faults(ledger)):
            say("nothing was rebuilt")
            return 1
        if args.rebuild:
            ledger.rebuild()
        if not _name(find_faults(ledger, refold=not (args.quick or args.rebuild))):
            return 1
        say(f"sound: {', '.join(f'{n} {name}' for name, n in ledger.count().items())}")
    return 0


def _name(faults: Iterable[str]) -> bool:
    """Name the faults; whether there is none."""
    sound = True
    for fault in faults:
        sound = False
        say(fault)
    return sound
