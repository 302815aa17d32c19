"""servanda findings: what does not add up in the ledger, or follows from it, with the words and the arithmetic."""

import argparse
import json
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING

from servanda.cli.ledgers import add_ledger, add_view, open_ledger, record_number, say, view_of
from servanda.cli.options import add_look, add_tables, choose_paper, load_tables, write
from servanda.cli.parties import party_code
from servanda.errors import LedgerError
from servanda.model.dossier import Discrepancy
from servanda.model.reading import plain

if TYPE_CHECKING:
    from servanda.ledger.ledger import Ledger
    from servanda.ledger.views import View

HELP = "what does not add up, with the words and the arithmetic"

_LEVELS = ("error", "doubt", "note")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `servanda findings`."""
    parser.add_argument("parties", nargs="*", metavar="PARTY", help="only dossiers of all these parties (default: all)")
    parser.add_argument("--level", choices=_LEVELS, action="append", help="only findings of this level")
    parser.add_argument("--code", action="append", metavar="CODE", type=_code, help="only findings of this kind")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="for people, or one object a line")
    add_view(parser)
    add_look(parser)
    add_tables(parser)
    add_ledger(parser)


def _code(text: str) -> str:
    from servanda.checks import ALL

    codes = [check.code for check in ALL]
    if text not in codes:
        raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(codes)}")
    return text


def run(args: argparse.Namespace) -> int:
    """Print the findings."""
    parties = tuple(party_code(word, load_tables(args.tables)) for word in args.parties)
    count, notes = 0, []
    with open_ledger(args) as ledger:
        view = view_of(args, ledger)
        printed = _printer(args, ledger, view)
        for found in find_all(ledger, parties, view):
            if found.level not in (args.level or _LEVELS) or (args.code and found.code not in args.code):
                continue
            count += 1
            if found.level == "note":
                notes.append(found)  # what is to be looked at comes first
            else:
                write(printed(found))
        for found in notes:
            write(printed(found))
    if not count:
        say("nothing was found")
    return 0


def _printer(args: argparse.Namespace, ledger: "Ledger", view: "View") -> Callable[[Discrepancy], str]:
    if args.format == "json":
        return lambda found: json.dumps(plain(found), ensure_ascii=False) + "\n"
    from servanda.render.findings import render_findings

    paper, title = choose_paper(args), titles_of(args, ledger, view)
    return lambda found: render_findings([found], paper, title) + "\n"


def titles_of(args: argparse.Namespace, ledger: "Ledger", view: "View") -> Callable[[str], str]:
    """The title of a dossier by its id; empty where there is none."""
    from servanda.render.dossiers import dossier_title
    from servanda.render.names import party_names

    name = party_names(load_tables(args.tables), args.ui)

    @cache
    def title(dossier: str) -> str:
        made = ledger.dossier(record_number(dossier), view)
        return dossier_title(made, args.ui, name) if made else ""

    return title


def find_all(ledger: "Ledger", parties: tuple[str, ...], view: "View") -> Iterable[Discrepancy]:
    """What concerns the dossiers of some parties, or all: seen from now what is stored, else checked anew."""
    from servanda.ledger.found import FindingsWanted

    if view.is_now and _is_fresh(ledger):
        return ledger.find_stored(FindingsWanted(parties=parties, limit=None))[0]
    return ledger.find_discrepancies(parties, view)


def _is_fresh(ledger: "Ledger") -> bool:
    """Whether what is stored could be brought up to date; not in a file that may only be read."""
    try:
        return not ledger.freshen().left
    except LedgerError:
        return False
