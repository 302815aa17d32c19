"""What the verbs of the ledger share: which file, who acts, from where one looks."""

import argparse
import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from servanda.cli.options import load_tables
from servanda.errors import InputError
from servanda.ledger.deciding import parse_number
from servanda.model.terms import Act, Kind, MeetingKind, Metric

if TYPE_CHECKING:
    from servanda.ledger.ledger import Ledger
    from servanda.ledger.views import View
    from servanda.ledger.words import Tongue

DEFAULT = Path("servanda.db")
_DIGITS = 15  # of the number of a record, at most
_TYPES = ("instrument", "undertaking", "figure", "meeting")
_WHATS = sorted({word.value for words in (Act, Kind, MeetingKind, Metric) for word in words})


def add_ledger(parser: argparse.ArgumentParser) -> None:
    """The file of the ledger."""
    help = f"the file of the ledger (default: {DEFAULT})"
    parser.add_argument("--ledger", metavar="FILE", type=Path, default=DEFAULT, help=help)


def add_who(parser: argparse.ArgumentParser) -> None:
    """Who acts, and why."""
    parser.add_argument("--who", help="name of the person who acts (default: the user's)")
    parser.add_argument("--why", default="", help="the reason, for the history")


def add_view(parser: argparse.ArgumentParser) -> None:
    """From where one looks."""
    parser.add_argument(
        "--as-of", metavar="DATE", type=day, help="only what was published by that day; deadlines are judged on it"
    )
    parser.add_argument(
        "--known-at",
        metavar="TIME",
        type=moment,
        help="only what was recorded by then, as 2024-05-01 or 2024-05-01T09:30Z",
    )


def add_filters(parser: argparse.ArgumentParser, limit: int = 50) -> None:
    """Which dossiers of many."""
    help = "only instruments, undertakings, figures or meetings"
    parser.add_argument("--type", choices=_TYPES, action="append", default=[], help=help)
    help = "only this act, kind or metric (give, agreement, trade)"
    parser.add_argument("--act", choices=_WHATS, action="append", default=[], metavar="ACT", help=help)
    help = f"at most so many, the last told first (default: {limit})"
    add_limit(parser, limit, help)


def add_limit(parser: argparse.ArgumentParser, limit: int, help: str) -> None:
    """How many at most."""
    parser.add_argument("--limit", type=_limit, default=limit, metavar="N", help=help)


def _limit(text: str) -> int:
    if not (text.isdecimal() and 0 < len(text) <= _DIGITS and int(text)):
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 on")
    return int(text)


def day(text: str) -> date:
    """A day of the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2021-12-08") from error


def moment(text: str) -> datetime:
    """A moment of the command line; a day alone is its end; without a zone UTC."""
    try:
        if len(text) == len("2021-12-08"):
            return datetime.combine(date.fromisoformat(text), time.max, UTC)
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no time; write it as 2024-05-01T09:30Z") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@contextmanager
def open_ledger(args: argparse.Namespace, *, create: bool = False) -> Iterator["Ledger"]:
    """The ledger that a command works on."""
    from servanda.ledger.ledger import Ledger

    ledger = Ledger.open(args.ledger, tongue_of(args), create=create)
    try:
        yield ledger
    finally:
        ledger.close()


def tongue_of(args: argparse.Namespace) -> "Tongue":
    """What the ledger asks of our languages and tables."""
    from servanda.lang.lemmas import lemmas
    from servanda.ledger.words import Tongue
    from servanda.world.speakers import make_speaker

    return Tongue(lemmas, make_speaker(load_tables(getattr(args, "tables", None))), _sketch)


def _sketch(text: str) -> bytes:
    """The sketch of a text; what makes it is loaded only where one is needed, it takes half a second."""
    from servanda.bulk.sketch import sketch

    return sketch(text)


def view_of(args: argparse.Namespace, ledger: "Ledger") -> "View":
    """From where the command looks; without a day, deadlines are judged as things stand today."""
    view = ledger.view(args.as_of, args.known_at)
    known = args.known_at.date() if args.known_at else ledger.clock().date()
    return replace(view, on=args.as_of or known)


def who_acts(args: argparse.Namespace) -> str:
    """The name that stands in the history."""
    try:
        return args.who or getpass.getuser()
    except (OSError, KeyError) as error:
        raise InputError("--who", "your name is not known to this machine", "give it with --who NAME") from error


def record_number(text: str) -> int:
    """The number in "U345", "u345" or "345"."""
    number = parse_number(text)
    if number is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no id; they look like U345")
    return number


def say(message: str) -> None:
    """A line for the person at the terminal."""
    print(f"servanda: {message}", file=sys.stderr)
