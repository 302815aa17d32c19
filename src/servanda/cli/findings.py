"""servanda findings: what does not add up in the ledger, or follows from it, with the words and the arithmetic."""

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from servanda.cli.ledgers import add_ledger, add_view, open_ledger, record_number, say, view_of
from servanda.cli.options import add_look, add_tables, choose_paper, load_tables, write
from servanda.cli.parties import party_code
from servanda.model.dossier import Discrepancy, Dossier, Told
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


def find_all(ledger: "Ledger", parties: tuple[str, ...], view: "View") -> Iterator[Discrepancy]:
    """The findings over the dossiers of some parties, or over all, pair by pair; each once."""
    found = chain.from_iterable(
        chain(findings_of(some), _of_readers(ledger, some)) for some in _neighbours(ledger, parties, view)
    )
    return _once(found)


def _once(found: Iterable[Discrepancy]) -> Iterator[Discrepancy]:
    """What several reports, or several pairs of parties, give alike stands once."""
    seen: set[tuple[object, ...]] = set()
    for one in found:
        key = (one.code, one.message, one.dossiers or one.cited)
        if key not in seen:
            seen.add(key)
            yield one


def _of_readers(ledger: "Ledger", dossiers: Iterable[Dossier]) -> Iterator[Discrepancy]:
    """What the reader itself found in the reports: clashes of dates."""
    from servanda.checks import carry_findings

    carriers = {(t.carrier.report, t.carrier.version): t.carrier for one in dossiers for t in one.told}
    for carrier in carriers.values():
        found = ledger.reader_findings(carrier.report, carrier.version)
        yield from carry_findings(carrier.report, found, carrier.text)


def _neighbours(ledger: "Ledger", parties: tuple[str, ...], view: "View") -> Iterator[list[Dossier]]:
    """Dossiers that are looked at together: of the parties asked for, or of each pair; those of one party alone."""
    from servanda.ledger.views import Wanted

    if parties:
        yield list(ledger.find(Wanted(parties), view, texts=True))
        return
    for pair in ledger.pairs():
        yield list(ledger.find(Wanted(pair), view, texts=True))
    for lone in ledger.all(view, texts=True):
        if len(lone.parties) < 2:
            yield [lone]


def findings_of(dossiers: Iterable[Dossier]) -> Iterator[Discrepancy]:
    """What the checks find in each dossier, in each report, and in all together; each once."""
    return _once(_checked(dossiers))


def _checked(dossiers: Iterable[Dossier]) -> Iterator[Discrepancy]:
    from servanda.checks import check_dossier, check_report, check_together

    some = list(dossiers)
    reports: dict[tuple[str, int], list[Told]] = defaultdict(list)
    for one in some:
        yield from check_dossier(one)
        for told in one.told:
            reports[told.carrier.report, told.carrier.version].append(told)
    holders = {told.id: one.id for one in some for told in one.told}
    for own in reports.values():
        yield from check_report(sorted(own, key=lambda t: t.id), holders)
    yield from check_together(some)
