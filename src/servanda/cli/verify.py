"""servanda verify: whether a ledger is whole, unchanged, and its state what follows from its entries."""

import argparse

from servanda.cli.ledgers import add_ledger, open_ledger, say

HELP = "check that a ledger is whole and follows from its entries"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `servanda verify`."""
    parser.add_argument("--quick", action="store_true", help="do not fold the entries anew to compare")
    parser.add_argument("--rebuild", action="store_true", help="fold the entries anew and keep what follows")
    add_ledger(parser)


def run(args: argparse.Namespace) -> int:
    """Name each fault; 1 where there is one."""
    from servanda.ledger.verify import find_faults

    with open_ledger(args) as ledger:
        if args.rebuild:
            ledger.rebuild()
        faults = list(find_faults(ledger, refold=not (args.quick or args.rebuild)))
        for fault in faults:
            say(fault)
        if not faults:
            counts = ledger.count()
            say(f"sound: {', '.join(f'{n} {name}' for name, n in counts.items())}")
    return 1 if faults else 0
