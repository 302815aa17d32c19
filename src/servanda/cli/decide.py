"""servanda decide: what a person says of records and dossiers, entered for good; each can be undone."""

import argparse
import json
from typing import TYPE_CHECKING

from servanda.cli.ledgers import add_ledger, add_who, open_ledger, record_number, say, who_acts
from servanda.errors import InputError
from servanda.ledger.deciding import find_home, find_words, join_dossiers, keep_apart, parse_value, take_out

if TYPE_CHECKING:
    from servanda.ledger.ledger import Decided, Ledger

HELP = "confirm, correct, reject or add a record; merge dossiers or keep them apart"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `servanda decide`."""
    what = parser.add_subparsers(dest="what", metavar="WHAT", required=True, title="decisions")
    confirm = what.add_parser("confirm", help="the record is right")
    reject = what.add_parser("reject", help="the report does not tell this")
    for one in (confirm, reject):
        one.add_argument("records", nargs="+", type=record_number, metavar="RECORD", help="numbers of records")
    correct = what.add_parser("correct", help="a field is wrong; give what is right")
    correct.add_argument("record", type=record_number, metavar="RECORD")
    correct.add_argument("field", metavar="FIELD", help="name of the field, or a place in it: when, by/0, steps/1/date")
    correct.add_argument("value", metavar="VALUE", help="text, or JSON: a number, null, a list")
    correct.add_argument("--words", help="the exact words of the report that say it")
    add = what.add_parser("add", help="a record that the reader missed")
    add.add_argument("report", metavar="REPORT", help="id of the report")
    add.add_argument("json", metavar="JSON", help="the record, as in `servanda read --format jsonl`")
    merge = what.add_parser("merge", help="dossiers tell of one thing")
    apart = what.add_parser("apart", help="dossiers tell of different things")
    for one in (merge, apart):
        one.add_argument("dossiers", nargs="+", type=record_number, metavar="ID", help="two or more, as U345")
    split = what.add_parser("split", help="records do not belong to their dossier")
    split.add_argument("dossier", type=record_number, metavar="ID")
    split.add_argument("records", nargs="+", type=record_number, metavar="RECORD")
    for one in (confirm, reject, correct, add, merge, apart, split):
        add_ledger(one)
        add_who(one)


def run(args: argparse.Namespace) -> int:
    """Enter the decision, and say how to undo it."""
    with open_ledger(args) as ledger:
        for seq, said in _DECISIONS[args.what](ledger, args, who_acts(args)):
            say(f"{said}; entry {seq} (servanda undo {seq} takes it back)")
    return 0


Done = list[tuple[int, str]]


def _confirm(ledger: "Ledger", args: argparse.Namespace, who: str) -> Done:
    return _each(ledger, "confirm", args, who, "record {} confirmed")


def _reject(ledger: "Ledger", args: argparse.Namespace, who: str) -> Done:
    return _each(ledger, "reject", args, who, "record {} rejected")


def _each(ledger: "Ledger", what: "Decided", args: argparse.Namespace, who: str, said: str) -> Done:
    """All of them, or none."""
    numbers = list(dict.fromkeys(args.records))
    return [(seq, said.format(n)) for n, seq in zip(numbers, ledger.decide(what, numbers, who, args.why), strict=True)]


def _correct(ledger: "Ledger", args: argparse.Namespace, who: str) -> Done:
    spans = find_words(ledger, args.record, args.words) if args.words else ()
    seq = ledger.correct(args.record, args.field, parse_value(args.value), who, args.why, spans)
    return [(seq, f"record {args.record}: {args.field} corrected")]


def _add(ledger: "Ledger", args: argparse.Namespace, who: str) -> Done:
    try:
        plain = json.loads(args.json)
    except ValueError as error:
        raise InputError("JSON", f"is none ({error})", "give the record as one JSON object") from error
    seq, number = ledger.add_missed(args.report, plain, who, args.why)
    return [(seq, f"record {number} added to {args.report}")]


def _merge(ledger: "Ledger", args: argparse.Namespace, who: str) -> Done:
    return [(join_dossiers(ledger, args.dossiers, who, args.why), "dossiers merged")]


def _apart(ledger: "Ledger", args: argparse.Namespace, who: str) -> Done:
    return [(keep_apart(ledger, args.dossiers, who, args.why), "dossiers kept apart")]


def _split(ledger: "Ledger", args: argparse.Namespace, who: str) -> Done:
    home = find_home(ledger, args.dossier).id
    seq = take_out(ledger, args.dossier, args.records, who, args.why)
    return [(seq, f"taken out of {home}")]


_DECISIONS = {
    "confirm": _confirm,
    "reject": _reject,
    "correct": _correct,
    "add": _add,
    "merge": _merge,
    "apart": _apart,
    "split": _split,
}
