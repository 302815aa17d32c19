"""servanda purge: take the words of reports out of the ledger, for good."""

import argparse
import sys

from servanda.cli.ledgers import add_ledger, add_who, open_ledger, say, who_acts
from servanda.errors import InputError

HELP = "take the words of reports out of the ledger, for good"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `servanda purge`."""
    parser.add_argument("reports", nargs="+", metavar="REPORT", help="ids of reports")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    add_ledger(parser)
    add_who(parser)


def run(args: argparse.Namespace) -> int:
    """Ask once, then purge each; backups and exports made before are not reached."""
    with open_ledger(args) as ledger:
        if not args.yes and not _agreed(args.reports):
            say("nothing was purged")
            return 0
        for report in args.reports:
            seq = ledger.purge(report, who_acts(args), args.why)
            say(f"{report}: text and quotes are gone; entry {seq}. Backups and exports made before still have them")
    return 0


def _agreed(reports: list[str]) -> bool:
    if not sys.stdin or not sys.stdin.isatty():
        raise InputError("purge", "cannot be undone, and nobody is here to be asked", "say --yes")
    print(f"Take all words of {', '.join(reports)} out for good? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes", "д", "да")
