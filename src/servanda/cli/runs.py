"""The folder of `servanda bulk` -> readings to be recorded, without reading anything again."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from servanda.model.report import Report
from servanda.sources.rejected import Rejected

if TYPE_CHECKING:
    from servanda.bulk.rows import Row
    from servanda.ledger.given import Given
    from servanda.ledger.ledger import Ledger

_AGAIN = "run the same servanda bulk again"


def is_run(path: str) -> bool:
    """Whether a path is the folder of a run."""
    from servanda.bulk import folder

    return folder.is_run(Path(path))


def is_finished(path: str) -> bool:
    """Whether the run came to its end."""
    from servanda.bulk import folder

    return folder.is_finished(Path(path))


def readings_of_run(out: str, ledger: "Ledger") -> Iterator["Given | Rejected | None"]:
    """The reading of each document that has records, by the reader that made it; None for one that is known already.

    Documents without records have no text in a run, and would add nothing to a ledger but their names.
    """
    from servanda.bulk.folder import outputs_of
    from servanda.bulk.output import read_facts, read_rows

    for path in outputs_of(Path(out)):
        facts = read_facts(path)
        if facts is None:
            yield Rejected(str(path), "is damaged", _AGAIN)
            continue
        try:
            for row in read_rows(path):
                if row.records:
                    yield _given(row, facts["reader"], ledger)
        except (OSError, ValueError) as error:
            yield Rejected(str(path), f"is damaged ({error})", f"remove it and {_AGAIN}")


def _given(row: "Row", reader: str, ledger: "Ledger") -> "Given | Rejected | None":
    from servanda.ledger.given import Given, find_faults

    report = Report(row.id, row.text or "", row.published, row.lang, row.agency, row.url)
    if ledger.knows(report, reader):
        return None
    plain = json.loads(row.reading or "null")
    if fault := next(find_faults(plain), None):
        return Rejected(row.place, fault, f"this is no reading of servanda bulk; {_AGAIN}")
    return Given(reading=plain, reader=reader, text=row.text, agency=row.agency, lang=row.lang, url=row.url)
