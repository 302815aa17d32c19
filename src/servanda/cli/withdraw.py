"""servanda withdraw: mark reports that their outlet took back, and all that rests on them."""

import argparse

from servanda.cli.ledgers import add_ledger, add_who, open_ledger, say, who_acts

HELP = "mark reports that their outlet took back"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `servanda withdraw`."""
    parser.add_argument("reports", nargs="+", metavar="REPORT", help="ids of reports")
    add_ledger(parser)
    add_who(parser)


def run(args: argparse.Namespace) -> int:
    """Mark each."""
    with open_ledger(args) as ledger:
        for report in args.reports:
            say(f"{report} marked as withdrawn; entry {ledger.withdraw(report, who_acts(args), args.why)}")
    return 0
