"""servanda undo: take decisions back; they stay in the history."""

import argparse

from servanda.cli.ledgers import add_ledger, add_who, open_ledger, say, who_acts

HELP = "take a decision back"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `servanda undo`."""
    parser.add_argument("entries", nargs="+", type=int, metavar="ENTRY", help="number of its entry (servanda history)")
    add_ledger(parser)
    add_who(parser)


def run(args: argparse.Namespace) -> int:
    """Undo each, the last given first."""
    with open_ledger(args) as ledger:
        for seq in reversed(args.entries):
            say(f"entry {seq} undone by entry {ledger.undo(seq, who_acts(args), args.why)}")
    return 0
