"""Dossiers -> gold: for each report that people have judged whole, a JSON of right records, to score a reader on.

A report is judged whole when every record that it still has was confirmed, corrected or added by a person, all of them
of its last version; and it was neither withdrawn nor purged. What a person rejected has left its dossier and is not
here; who confirms all records of a report is taken to have looked for missed ones. Reports of which a part is judged
are left out: scored against a part, a reader's other records would count as wrong. For the same reason all dossiers
must be handed in, not those of a party.

Nobody judges dateline and undisclosed words: they stand empty, and say nothing.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from servanda.exports.database import storable
from servanda.ledger.entries import digest_of
from servanda.model.dossier import Carrier, Dossier, Told
from servanda.model.reading import record_json

_BEYOND = ("via", "purpose", "part_of", "evidence", "basis", "confidence")  # keys that gold does not have
_PLAIN = re.compile(r"[a-z0-9_][a-z0-9_.-]{0,80}")
_UNFIT = re.compile(r"[^A-Za-z0-9_-]+")
_TABLE = """CREATE TABLE told (
  report TEXT, version INTEGER, number INTEGER, start INTEGER, judged INTEGER, under INTEGER, record TEXT, carrier TEXT
)"""


@dataclass(frozen=True, slots=True)
class _Row:
    """One record as it waits for the others of its report."""

    report: str
    version: int
    number: int
    start: int
    judged: bool
    under: int | None
    record: Mapping[str, Any]
    carrier: Mapping[str, Any]


def write_gold(dossiers: Iterable[Dossier], folder: Path, *, with_text: bool = False) -> int:
    """One JSON a report into an empty folder, and `with_text` reports.jsonl; how many reports there are."""
    count = 0
    with closing(sqlite3.connect("")) as connection:  # a file of its own, gone when it is closed
        connection.execute(_TABLE)
        rows = (_values(told) for dossier in dossiers for told in dossier.told)
        connection.executemany("INSERT INTO told VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        for report, records in groupby(_read(connection), key=lambda row: row.report):
            some = list(records)
            if _is_whole(some):
                _save(folder / file_name(report), _gold(some))
                if with_text:
                    _save_text(folder / "reports.jsonl", some[0].carrier)
                count += 1
    return count


def _values(told: Told) -> tuple[Any, ...]:
    carrier, quoted = told.carrier, told.record.evidence.get("quote", ())
    judged = told.review is not None and not carrier.withdrawn and not carrier.purged
    start = quoted[0].start if quoted else 0
    record = json.dumps(record_json(told.record))
    source = json.dumps(_source(carrier))
    return (storable(carrier.report), carrier.version, told.id, start, judged, told.under, record, source)


def _source(carrier: Carrier) -> dict[str, Any]:
    names = ("lang", "published", "agency", "url", "text")
    return {"id": carrier.report, **{name: getattr(carrier, name) for name in names}}


def _read(connection: sqlite3.Connection) -> Iterator[_Row]:
    for row in connection.execute("SELECT * FROM told ORDER BY report, number"):
        report, version, number, start, judged, under, record, carrier = row
        yield _Row(report, version, number, start, bool(judged), under, json.loads(record), json.loads(carrier))


def _is_whole(rows: Sequence[_Row]) -> bool:
    return all(row.judged for row in rows) and len({row.version for row in rows}) == 1


def _gold(rows: Sequence[_Row]) -> dict[str, Any]:
    """A report as gold has it; records in the order of their words, `under` as a place among them."""
    ordered = sorted(rows, key=lambda row: (row.start, row.number))
    places = {row.number: place for place, row in enumerate(ordered)}
    carrier = ordered[0].carrier
    return {
        "id": carrier["id"],
        "published": carrier["published"],
        "dateline": None,
        "undisclosed": [],
        "records": [_record(row, places) for row in ordered],
    }


def _record(row: _Row, places: Mapping[int, int]) -> dict[str, Any]:
    plain = {name: value for name, value in row.record.items() if name not in _BEYOND}
    return plain | ({"under": places.get(row.under or 0)} if "under" in plain else {})


def file_name(report: str) -> str:
    """The name of a report's file: its id where every file system can take it, else what is left of it and a hash."""
    if _PLAIN.fullmatch(report):
        return f"{report}.json"
    return f"{_UNFIT.sub('-', report)[:60].strip('-').lower()}-{digest_of(report)[:12]}.json"


def _save(path: Path, plain: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(plain, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", errors="backslashreplace")


def _save_text(path: Path, carrier: Mapping[str, Any]) -> None:
    if carrier["text"] is not None:
        with path.open("a", encoding="utf-8", errors="backslashreplace") as lines:
            lines.write(json.dumps(carrier, ensure_ascii=False) + "\n")
