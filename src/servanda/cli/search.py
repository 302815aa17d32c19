"""servanda search: words, in any of their forms -> the dossiers that hold them, with the words marked."""

import argparse
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from servanda.cli.ledgers import add_filters, add_ledger, add_view, day, open_ledger, say, view_of
from servanda.cli.options import add_look, add_tables, choose_paper, load_tables, write
from servanda.cli.parties import parties_by_words, party_code
from servanda.exports.lists import brief, row

if TYPE_CHECKING:
    from servanda.ledger.hits import Hit
    from servanda.ledger.ledger import Ledger
    from servanda.ledger.questions import Term
    from servanda.ledger.views import View
    from servanda.model.dossier import Told
    from servanda.model.spans import Span

HELP = "find dossiers by words, in any of their forms"

COLUMNS = ("dossier", "type", "status", "parties", "record", "report", "version", "published", "agency", "url", "quote")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `servanda search`."""
    help = "words that must all be there; «several in their order»; подпис* for what begins so"
    parser.add_argument("words", nargs="*", metavar="WORDS", help=help)
    help = "only records of this party (KZ, Казахстан); given twice, of both"
    parser.add_argument("--party", action="append", default=[], metavar="PARTY", help=help)
    parser.add_argument("--since", type=day, metavar="DATE", help="only what was published on that day or later")
    parser.add_argument("--until", type=day, metavar="DATE", help="only what was published by that day")
    add_filters(parser, limit=20)
    help = "for people, one object a line, or a table (default: text)"
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text", help=help)
    add_view(parser)
    add_look(parser)
    add_tables(parser)
    add_ledger(parser)


def run(args: argparse.Namespace) -> int:
    """Print what is found; 1 where there is nothing."""
    from servanda.lang.lemmas import lemmas
    from servanda.ledger.questions import parse_terms
    from servanda.ledger.views import Wanted

    tables = load_tables(args.tables)
    terms = parse_terms(" ".join(args.words), lemmas, tables.derive(parties_by_words).get)
    parties = tuple(party_code(word, tables) for word in args.party)
    wanted = Wanted(parties, tuple(args.type), tuple(args.act), args.since, args.until, args.limit)
    with open_ledger(args) as ledger:
        view = view_of(args, ledger)
        count = _print_all(list(ledger.search(terms, wanted, view)), terms, args)
        if not count:
            say(_remedy(ledger, terms, view))
        elif count == args.limit:
            say(f"the last {count} are shown; --limit N shows more, another word or --party fewer")
    return 0 if count else 1


def _print_all(hits: Sequence["Hit"], terms: Sequence["Term"], args: argparse.Namespace) -> int:
    if args.format == "csv":
        write(row(COLUMNS))
        for hit in hits:
            for told in hit.found:
                write(row(_cells(hit, told)))
        return len(hits)
    if args.format == "json":
        for hit in hits:
            write(json.dumps(_plain(hit, terms), ensure_ascii=False) + "\n")
        return len(hits)
    from servanda.render.hits import render_hit
    from servanda.render.names import party_names

    paper, name = choose_paper(args), party_names(load_tables(args.tables), args.ui)
    for hit in hits:
        found = [(told, _marks(told, terms)) for told in hit.found]
        write(render_hit(hit.dossier, found, paper, name))
    return len(hits)


def _marks(told: "Told", terms: Sequence["Term"]) -> "list[Span]":
    """Where the words stand in the quote."""
    from servanda.lang.lemmas import find_lemmas
    from servanda.ledger.questions import find_marks

    return list(find_marks(terms, list(find_lemmas(told.record.quote))))


def _plain(hit: "Hit", terms: Sequence["Term"]) -> dict[str, Any]:
    """A hit as JSON: `spans` of the quote in the report, `marks` of the words in the quote."""
    found = [
        {
            "record": told.id,
            "report": told.carrier.report,
            "version": told.carrier.version,
            "published": told.carrier.published,
            "agency": told.carrier.agency,
            "url": told.carrier.url,
            "quote": told.record.quote,
            "spans": told.record.evidence.get("quote", ()),
            "marks": _marks(told, terms),
        }
        for told in hit.found
    ]
    return {**brief(hit.dossier), "found": found}


def _cells(hit: "Hit", told: "Told") -> list[str]:
    made, carrier = hit.dossier, told.carrier
    head = [made.id, made.type, made.status, " ".join(made.parties), str(told.id)]
    days = [carrier.published or "", carrier.agency or "", carrier.url or ""]
    return [*head, carrier.report, str(carrier.version), *days, told.record.quote]


_REMEDIES = {
    "empty": "the ledger holds nothing yet as you look at it; servanda add PATHS reads reports into it",
    "filters": "these words are there, but not so filtered; leave out --party, --type, --act, --since or --until",
    "unknown": "nothing holds {words}; try another word for it, or its beginning with *",
    "apart": "each of these words is there, but no record holds them all; ask for fewer words",
    "chosen": "nothing is so filtered; leave out --party, --type, --act, --since or --until",
}


def _remedy(ledger: "Ledger", terms: Sequence["Term"], view: "View") -> str:
    """Why nothing was found, and what to do."""
    from servanda.ledger.nothing import find_why

    found = find_why(ledger, terms, view)
    return _REMEDIES[found.why].format(words=", ".join(found.words))
