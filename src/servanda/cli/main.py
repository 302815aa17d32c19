"""Arguments of the command line -> the verb that runs, and its exit code.

0: all was read; 1: some input was rejected, a table has faults, or the output cannot be written;
2: the command was not understood; 130: interrupted.
"""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from servanda.cli import (
    add,
    backup,
    bulk,
    decide,
    due,
    explain,
    export,
    findings,
    history,
    mentions,
    purge,
    read,
    reread,
    restore,
    schema,
    search,
    serve,
    show,
    tables,
    undo,
    verify,
    withdraw,
)
from servanda.errors import ServandaError

_OF_REPORTS = {"read": read, "explain": explain, "mentions": mentions, "bulk": bulk}
_OF_THE_LEDGER = {
    "add": add,
    "show": show,
    "findings": findings,
    "search": search,
    "due": due,
    "decide": decide,
    "undo": undo,
    "history": history,
    "reread": reread,
    "withdraw": withdraw,
    "purge": purge,
    "export": export,
    "backup": backup,
    "restore": restore,
    "verify": verify,
    "serve": serve,
}
VERBS = {**_OF_REPORTS, **_OF_THE_LEDGER, "schema": schema, "tables": tables}
OK, REJECTED, USAGE, INTERRUPTED, CLOSED = 0, 1, 2, 130, 141
# Of what is read and listed hardly anything holds a cycle; to look for some took a seventh of reading, a quarter of
# listing.
_COLLECTING = (100_000, 20, 50)


def build_parser() -> argparse.ArgumentParser:
    """The parser of all verbs; README's list of options is compared with it."""
    parser = argparse.ArgumentParser(
        prog="servanda",
        description="Who promised what to whom: news reports read into records, each field tied to its words.",
        epilog="Exit codes: 0 all read, 1 some input rejected, 2 command not understood.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and stop")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True, title="verbs")
    for name, module in VERBS.items():
        verb = verbs.add_parser(name, help=module.HELP, description=module.HELP, allow_abbrev=False)
        module.add_arguments(verb)
    return parser


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *args: object) -> NoReturn:
        from importlib.metadata import version

        print(f"servanda {version('servanda')}", flush=True)
        parser.exit(OK)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; SystemExit only for usage and --help."""
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        print("servanda: standard output is closed; send it to a file or to a terminal", file=sys.stderr)
        return USAGE
    gc.set_threshold(*_COLLECTING)
    try:
        args = build_parser().parse_args(argv)
        code: int = VERBS[args.verb].run(args)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        print("\nservanda: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return CLOSED
    except OSError as error:
        what = error.strerror or str(error)
        print(f"servanda: cannot go on: {what}; check the disk and where the output goes", file=sys.stderr)
        _drop_output()
        return REJECTED
    except (ServandaError, tables.TableError) as error:
        print(f"servanda: {error}", file=sys.stderr)
        return USAGE


def _drop_output() -> None:
    """Nothing more may be flushed at exit into an output that takes no more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
