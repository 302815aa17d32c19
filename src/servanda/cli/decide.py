"""servanda decide: what a person says of records and dossiers, entered for good; each can be undone."""

import argparse
import json
from typing import TYPE_CHECKING, Any

from servanda.cli.ledgers import add_ledger, add_who, open_ledger, record_number, say, who_acts
from servanda.errors import InputError

if TYPE_CHECKING:
    from servanda.ledger.ledger import Ledger
    from servanda.model.dossier import Dossier

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
    return [(ledger.confirm(n, who, args.why), f"record {n} confirmed") for n in args.records]


def _reject(ledger: "Ledger", args: argparse.Namespace, who: str) -> Done:
    return [(ledger.reject(n, who, args.why), f"record {n} rejected") for n in args.records]


def _correct(ledger: "Ledger", args: argparse.Namespace, who: str) -> Done:
    spans = _spans(ledger, args.record, args.words) if args.words else ()
    seq = ledger.correct(args.record, args.field, _value(args.value), who, args.why, spans)
    return [(seq, f"record {args.record}: {args.field} corrected")]


def _add(ledger: "Ledger", args: argparse.Namespace, who: str) -> Done:
    try:
        plain = json.loads(args.json)
    except ValueError as error:
        raise InputError("JSON", f"is none ({error})", "give the record as one JSON object") from error
    seq, number = ledger.add_missed(args.report, plain, who, args.why)
    return [(seq, f"record {number} added to {args.report}")]


def _merge(ledger: "Ledger", args: argparse.Namespace, who: str) -> Done:
    first, *others = _several(args.dossiers)
    seq = ledger.merge([(first, other) for other in others], who, args.why)
    return [(seq, "dossiers merged")]


def _apart(ledger: "Ledger", args: argparse.Namespace, who: str) -> Done:
    numbers = _several(args.dossiers)
    homes = [_dossier(ledger, number).id for number in numbers]
    if twice := next((id for n, id in enumerate(homes) if id in homes[:n]), None):
        remedy = f"take records out of it: servanda decide split {twice} RECORD"
        raise InputError(twice, "is one dossier with another that you named", remedy)
    pairs = [(a, b) for n, a in enumerate(numbers) for b in numbers[n + 1 :]]
    return [(ledger.split(pairs, who, args.why), "dossiers kept apart")]


def _split(ledger: "Ledger", args: argparse.Namespace, who: str) -> Done:
    home = _dossier(ledger, args.dossier)
    held = [t.id for t in home.told]
    strange = sorted(set(args.records) - set(held))
    if strange:
        raise InputError(home.id, f"does not hold record {strange[0]}", f"it holds {', '.join(map(str, held))}")
    stay = [n for n in held if n not in args.records]
    if not stay:
        raise InputError(home.id, "would hold no record", "name some of its records, not all")
    pairs = [(a, b) for a in args.records for b in stay]
    return [(ledger.split(pairs, who, args.why), f"taken out of {home.id}")]


_DECISIONS = {
    "confirm": _confirm,
    "reject": _reject,
    "correct": _correct,
    "add": _add,
    "merge": _merge,
    "apart": _apart,
    "split": _split,
}


def _several(numbers: list[int]) -> list[int]:
    if len(set(numbers)) < 2:
        raise InputError("decide", "needs two dossiers or more", "give their ids, as U345 U367")
    return list(dict.fromkeys(numbers))


def _dossier(ledger: "Ledger", number: int) -> "Dossier":
    found = ledger.dossier(number, texts=True)
    if found is None:
        raise InputError(f"{number}", "no dossier holds this record", "servanda search finds dossiers")
    return found


def _spans(ledger: "Ledger", number: int, words: str) -> tuple[tuple[int, int], ...]:
    """Where the report has the words; its first place."""
    told = next(t for t in _dossier(ledger, number).told if t.id == number)
    at = (told.carrier.text or "").find(words)
    if at < 0:
        raise InputError("--words", f"{told.carrier.report} does not have these words", "copy them from the report")
    return ((at, at + len(words)),)


def _value(text: str) -> Any:
    """JSON where it is some, else the text itself: 2024 is a year, no number, unless the field wants one."""
    if text[:1] in '[{"' or text in ("null", "true", "false"):
        try:
            return json.loads(text)
        except ValueError as error:
            raise InputError("VALUE", f"is no JSON ({error})", "quote it whole, or give plain text") from error
    return text
