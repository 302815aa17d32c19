"""servanda show: dossiers in plain words, as of a day and as known at a time."""

import argparse
import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from servanda.cli.findings import titles_of
from servanda.cli.ledgers import add_filters, add_ledger, add_view, open_ledger, record_number, say, view_of
from servanda.cli.options import add_look, add_tables, choose_paper, load_tables, write
from servanda.cli.parties import party_code
from servanda.cli.sums import print_sums
from servanda.exports.lists import COLUMNS, cells, row
from servanda.model.dossier import Dossier, dossier_json

if TYPE_CHECKING:
    from servanda.ledger.ledger import Ledger
    from servanda.ledger.views import View

HELP = "show dossiers: of parties, or those named"

_ID = re.compile(r"[IUFMiufm]\d{1,15}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `servanda show`."""
    help = "parties (KZ, Казахстан), all of them in each; or ids (U345)"
    parser.add_argument("what", nargs="*", metavar="PARTY", help=help)
    add_view(parser)
    add_filters(parser)
    parser.add_argument("--full", action="store_true", help="all that is told of each, however many")
    help = "sums and series over all that is found, with what they count, in place of the dossiers"
    parser.add_argument("--sums", action="store_true", help=help)
    parser.add_argument(
        "--format", choices=("text", "json", "csv"), default="text", help="for people, one object a line, or a table"
    )
    add_look(parser)
    add_tables(parser)
    add_ledger(parser)


def run(args: argparse.Namespace) -> int:
    """Print what is asked for; 1 where there is nothing."""
    with open_ledger(args) as ledger:
        view = view_of(args, ledger)
        found = _found(args, ledger, view)
        if args.sums:
            return 0 if print_sums(found, args, ledger, view) else 1
        count = print_dossiers(found, args, ledger, view)
        if not count and (args.as_of or args.known_at):
            say("nothing was told of this by then; a later --as-of or --known-at shows more")
        elif not count and not args.what and not args.type and not args.act:
            say("the ledger is empty; servanda add PATHS reads reports into it")
        elif not count:
            say("nothing is told of this; servanda search WORDS looks for words, without --act and --type for more")
        elif count == args.limit:
            say(f"the last {count} are shown; --limit N shows more, --type and --act fewer")
    return 0 if count else 1


def print_dossiers(found: Iterable[Dossier], args: argparse.Namespace, ledger: "Ledger", view: "View") -> int:
    """Print dossiers as the options ask, all in full where one is called by its id. How many they were."""
    match args.format:
        case "json":
            return _print_each(found, lambda made: json.dumps(dossier_json(made), ensure_ascii=False) + "\n")
        case "csv":
            write(row(COLUMNS))
            return _print_each(found, lambda made: row(cells(made)))
    from servanda.render.dossiers import dossier_line, render_dossier
    from servanda.render.entries import say_rejection
    from servanda.render.names import party_names

    paper, name = choose_paper(args), party_names(load_tables(args.tables), args.ui)
    if args.full or any(_ID.fullmatch(word) for word in args.what):
        title = titles_of(args, ledger, view)

        def page(made: Dossier) -> str:
            events = ledger.rejections(made.told[0].id, view)
            out = [say_rejection(e.records, e.who, e.at, e.body["why"], args.ui) for e in events]
            return render_dossier(made, paper, name, ledger.findings_of(made, view), title, out) + "\n"

        return _print_each(found, page)
    return _print_each(found, lambda made: dossier_line(made, paper, name) + "\n")


def _print_each(found: Iterable[Dossier], printed: Callable[[Dossier], str]) -> int:
    count = 0
    for count, made in enumerate(found, 1):  # noqa: B007
        write(printed(made))
    return count


def _found(args: argparse.Namespace, ledger: "Ledger", view: "View") -> "Iterator[Dossier]":
    from servanda.ledger.views import Wanted

    ids = [word for word in args.what if _ID.fullmatch(word)]
    for word in ids:
        made = ledger.dossier(record_number(word), view, texts=True)
        if made is None:
            say(f"{word}: no dossier holds this record; servanda history {word} tells what became of it")
        else:
            yield made
    if ids and len(ids) == len(args.what):
        return
    tables = load_tables(args.tables)
    parties = tuple(party_code(word, tables) for word in args.what if word not in ids)
    wanted = Wanted(parties, tuple(args.type), tuple(args.act), limit=None if args.sums else args.limit)
    yield from ledger.find(wanted, view, texts=args.full)
