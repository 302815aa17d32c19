"""servanda history: what happened to a dossier, a record or a report, entry by entry."""

import argparse
import json
from typing import TYPE_CHECKING

from servanda.cli.ledgers import add_ledger, open_ledger, say
from servanda.cli.options import add_look, write

if TYPE_CHECKING:
    from servanda.ledger.history import Event

HELP = "what happened to a dossier, a record or a report"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `servanda history`."""
    parser.add_argument("id", metavar="ID", help="a dossier (U345), the number of a record, or a report")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="for people, or JSON lines")
    add_look(parser)
    add_ledger(parser)


def run(args: argparse.Namespace) -> int:
    """Print the entries; 1 where there are none."""
    from servanda.ledger.history import find_events

    with open_ledger(args) as ledger:
        events = find_events(ledger, args.id)
    if not events:
        say(f"nothing is known of {args.id}; servanda search finds dossiers by their words")
        return 1
    for event in events:
        write(_json(event) if args.format == "json" else _line(event, args.ui))
    return 0


def _json(event: "Event") -> str:
    plain = {
        "entry": event.seq,
        "at": event.at,
        "who": event.who,
        "kind": event.kind,
        "report": event.report,
        "records": list(event.records),
        "undone_by": event.undone,
        "body": {k: v for k, v in event.body.items() if k != "reading"},
    }
    return json.dumps(plain, ensure_ascii=False) + "\n"


def _line(event: "Event", ui: str) -> str:
    from servanda.render.entries import say_entry
    from servanda.render.words import labels

    what = say_entry(event.kind, event.report, event.records, event.body, ui)
    undone = f" · {labels(ui)['undone_by'].format(entry=event.undone)}" if event.undone else ""
    why = f" · «{event.body['why']}»" if event.body.get("why") else ""
    return f"{event.seq:>6}  {event.at[:16].replace('T', ' ')}  {event.who}: {what}{why}{undone}\n"
