"""What `servanda show --sums` prints: sums and series over the dossiers found."""

import argparse
import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from servanda.cli.options import choose_paper, load_tables, write
from servanda.model.dossier import Dossier
from servanda.model.reading import plain

if TYPE_CHECKING:
    from servanda.ledger.ledger import Ledger
    from servanda.ledger.views import View


def print_sums(found: Iterable[Dossier], args: argparse.Namespace, ledger: "Ledger", view: "View") -> int:
    """Print sums and series, of how many dossiers; the instruments that promises rest on tell which are signed."""
    from servanda.lang.lemmas import lemmas
    from servanda.ledger.points import find_series
    from servanda.ledger.totals import find_totals

    dossiers = list(found)
    totals = find_totals([*dossiers, *_instruments(dossiers, ledger, view)])
    undertakings = [made for made in dossiers if made.type == "undertaking"]
    series = find_series([made for made in dossiers if made.type == "figure"], undertakings, lemmas)
    if args.format == "json":
        write(json.dumps({**plain(totals), "series": plain(series)}, ensure_ascii=False) + "\n")
        return len(dossiers)
    from servanda.render.names import party_names
    from servanda.render.totals import render_totals

    paper, name = choose_paper(args), party_names(load_tables(args.tables), args.ui)
    write(render_totals(totals, paper, name, series) if dossiers else "")
    return len(dossiers)


def _instruments(dossiers: Sequence[Dossier], ledger: "Ledger", view: "View") -> list[Dossier]:
    """Those on which undertakings rest and which are not among the dossiers."""
    wanted = {made.under for made in dossiers if made.under} - {made.id for made in dossiers}
    found = (ledger.dossier(int(id[1:]), view) for id in sorted(wanted))
    return [made for made in found if made is not None]
