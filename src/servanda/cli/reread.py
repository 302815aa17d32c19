"""servanda reread: the reports whose text is kept, read by the reader of today; people's decisions stay."""

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from servanda.cli.add import make_given, reader_name, with_reader
from servanda.cli.ledgers import add_ledger, add_who, open_ledger, say, who_acts
from servanda.cli.options import add_tables, load_tables, write
from servanda.cli.read import add_jobs
from servanda.cli.work import Progress, read_all
from servanda.model.report import Report
from servanda.sources.rejected import Rejected

if TYPE_CHECKING:
    from servanda.ledger.ledger import Changed, Ledger

HELP = "read kept reports again with the reader of today, and show what changed"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `servanda reread`."""
    help = "ids of reports (default: all that an older reader read)"
    parser.add_argument("reports", nargs="*", metavar="REPORT", help=help)
    add_tables(parser)
    add_jobs(parser)
    add_ledger(parser)
    add_who(parser)


def run(args: argparse.Namespace) -> int:
    """Record a reading of each, and print the records that are new, gone or read otherwise."""
    from servanda.render.counts import counted

    load_tables(args.tables)
    who, reader, progress = who_acts(args), reader_name(args.tables), Progress(sys.stderr)
    counts = dict.fromkeys(("new", "gone", "changed", "kept"), 0)
    with open_ledger(args) as ledger:
        reports = list(_kept(ledger, args.reports, reader))
        missing = _missing(ledger, args.reports)
        for given in read_all(args.tables, reports, make_given, args.jobs):
            progress.clear()
            if isinstance(given, Rejected):
                say(str(given))
            else:
                for change in ledger.reread(with_reader(given, reader), who):
                    counts[change.what] += 1
                    if change.what != "kept":
                        write(_line(given.reading["id"], change))
            progress.count(isinstance(given, Rejected))
        progress.clear()
        said = ", ".join(f"{n} {what}" for what, n in counts.items())
        say(f"{counted(len(reports), 'report', 'en')} read again; records: {said}")
    return progress.exit_code or int(missing)


def _missing(ledger: "Ledger", wanted: list[str]) -> bool:
    """Say which of the reports asked for cannot be read again; whether there is one."""
    there = {carrier.report: carrier for carrier in ledger.latest_reports(wanted)} if wanted else {}
    for report in wanted:
        if report not in there and ledger.history_of_report(report):
            say(f"{report}: was withdrawn; it is not read again")
        elif report not in there:
            say(f"{report}: is not in the ledger; servanda search and show --full name the reports")
    return any(report not in there or there[report].text is None for report in wanted)


def _kept(ledger: "Ledger", wanted: list[str], reader: str) -> Iterator[Report]:
    """The reports to be read: those asked for, or all that this reader has not read."""
    for carrier in ledger.latest_reports(wanted, not_read_by=reader):
        if carrier.text is None:
            say(f"{carrier.report}: its text is not kept; it cannot be read again")
        else:
            yield Report(carrier.report, carrier.text, carrier.published, carrier.lang, carrier.agency, carrier.url)


def _line(report: str, change: "Changed") -> str:
    fields = f" ({', '.join(change.fields)})" if change.fields else ""
    return f"{change.what}\t{report}\t{change.record}\t{change.quote}{fields}\n"
