"""Dossiers of a list, as JSON and as rows of a table."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from servanda.exports.cells import defused
from servanda.ledger.entries import digest_of
from servanda.model.dossier import Dossier

COLUMNS = ("id", "type", "status", "parties", "first", "last", "due", "under", "reports", "origins", "grade", "quote")


def brief(made: Dossier) -> dict[str, Any]:
    """What a list tells of a dossier; its fullest quote stands for it."""
    reports = len({t.carrier.report for t in made.told})
    days = {"first": made.first, "last": made.last, "due": made.due, "under": made.under}
    head = {"id": made.id, "type": made.type, "status": made.status, "parties": list(made.parties)}
    counts = {"reports": reports, "origins": len(made.origins), "grade": made.grade}
    return {**head, **days, **counts, "quote": made.fullest.record.quote}


def cells(made: Dossier) -> list[str]:
    """The same as cells of a table, in the order of COLUMNS."""
    values = brief(made) | {"parties": " ".join(made.parties)}
    return ["" if values[column] is None else str(values[column]) for column in COLUMNS]


def row(values: Sequence[str]) -> str:
    """A row of a table, which no spreadsheet takes for a formula, with its line feed."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([defused(value) for value in values])
    return out.getvalue()


def table(rows: Iterable[Sequence[str]], columns: Sequence[str]) -> Iterator[str]:
    """A whole table, line by line."""
    yield row(columns)
    yield from map(row, rows)


def uid(made: Dossier) -> str:
    """What a calendar or a feed knows the dossier by: its id with the founding report's.

    Two ledgers may have given the same number.
    """
    founder = min(made.told, key=lambda t: t.id)
    return f"{made.id}-{digest_of(founder.carrier.report)[:12]}@servanda"
