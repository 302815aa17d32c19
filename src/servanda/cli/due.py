"""servanda due: what falls due, and what fell due and is not reported as done."""

import argparse
import json
import re
from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from servanda.cli.ledgers import add_ledger, add_limit, add_view, open_ledger, say, view_of
from servanda.cli.options import add_look, add_tables, choose_paper, load_tables, write
from servanda.cli.parties import party_code
from servanda.exports.lists import COLUMNS, brief, cells, row
from servanda.model.dossier import Dossier
from servanda.model.edtf import add_days, last_day

if TYPE_CHECKING:
    from servanda.ledger.ledger import Ledger
    from servanda.ledger.views import View

HELP = "what falls due, and what fell due and is not reported as done"

_SPAN = re.compile(r"(\d{1,5})([dwmy]?)")
_DAYS = {"": 1, "d": 1, "w": 7, "m": 30, "y": 365}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `servanda due`."""
    parser.add_argument("parties", nargs="*", metavar="PARTY", help="only of all these parties (KZ, Казахстан)")
    help = "deadlines so far ahead: days, or 4w, 6m, 1y (default: 30d)"
    parser.add_argument("--within", type=_days, default=30, metavar="SPAN", help=help)
    parser.add_argument("--overdue", action="store_true", help="only what fell due already")
    help = "at most so many of each, the nearest deadlines first (default: 50)"
    add_limit(parser, 50, help)
    help = "for people, one object a line, or a table (default: text)"
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text", help=help)
    add_view(parser)
    add_look(parser)
    add_tables(parser)
    add_ledger(parser)


def _days(text: str) -> int:
    match = _SPAN.fullmatch(text.strip().lower())
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no span of time; write it as 30d, 4w, 6m or 1y")
    return int(match[1]) * _DAYS[match[2]]


def run(args: argparse.Namespace) -> int:
    """Print both lists; 1 where there is nothing."""
    parties = tuple(party_code(word, load_tables(args.tables)) for word in args.parties)
    with open_ledger(args) as ledger:
        view = view_of(args, ledger)
        day = view.on or date.today()
        end = add_days(day, args.within) or date.max
        before = ledger.due(view, parties=parties, last=add_days(day, -1) or day, latest=True)
        ahead = ledger.due(view, parties=parties, first=day, last=end)
        lists = [list(islice(some, args.limit)) for some in ([before] if args.overdue else [before, ahead])]
        write_all = {"text": _write_text, "json": _write_json, "csv": _write_table}[args.format]
        write_all(args, lists, day, end)
        if any(lists):
            return 0
        say(_remedy(args, ledger, view))
    return 1


def _left(made: Dossier, day: date) -> int:
    """Days to the deadline; fewer than none where it passed."""
    return ((last_day(made.due or "") or day) - day).days


def _write_text(args: argparse.Namespace, lists: Sequence[Sequence[Dossier]], day: date, end: date) -> None:
    from servanda.render.dates import render_period
    from servanda.render.hits import render_due
    from servanda.render.names import party_names
    from servanda.render.words import labels

    paper, name, word = choose_paper(args), party_names(load_tables(args.tables), args.ui), labels(args.ui)
    for key, until, some in zip(("due/passed", "due/ahead"), (day, end), lists, strict=False):
        write(f"{word[key]} {render_period(until.isoformat(), args.ui)}:\n")
        for made in some:
            write(render_due(made, _left(made, day), paper, name))
        note = word["due/more"] if len(some) == args.limit else "" if some else word["due/none"]
        write(f"  {note}\n\n" if note else "\n")


def _write_json(args: argparse.Namespace, lists: Sequence[Sequence[Dossier]], day: date, end: date) -> None:
    for made in (made for some in lists for made in some):
        write(json.dumps({"days": _left(made, day), **brief(made)}, ensure_ascii=False) + "\n")


def _write_table(args: argparse.Namespace, lists: Sequence[Sequence[Dossier]], day: date, end: date) -> None:
    write(row(("days", *COLUMNS)))
    for made in (made for some in lists for made in some):
        write(row([str(_left(made, day)), *cells(made)]))


def _remedy(args: argparse.Namespace, ledger: "Ledger", view: "View") -> str:
    """Why nothing is due, and what to do."""
    from servanda.ledger.views import Wanted

    if not any(ledger.search((), Wanted(limit=1))):
        return "the ledger is empty; servanda add PATHS reads reports into it"
    if args.parties:
        return "nothing of these parties is due; servanda show PARTY tells all that is told of them"
    if next(iter(ledger.due(view, first=view.on)), None):
        return "nothing is due so soon; give a longer --within, as 1y"
    return "no undertaking that is not done has a deadline; servanda show --type undertaking lists them all"
