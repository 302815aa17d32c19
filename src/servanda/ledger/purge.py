"""A report -> its entries without its words: text, quotes and all that was copied out of it.

What is left tells that there was a report, its hash, who recorded what and when, which fields a record had, in codes,
numbers and dates, and at which offsets they stood.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, select, update

from servanda.ledger.entries import digest_of_entry, dump, parse_body
from servanda.ledger.schema import carrier, entry, judgement, record, text

_EMPTY: Mapping[str, Any] = {"quote": ""}
# Exact words of a report, and places: who knows them finds it.
_WORDS = ("quote", "subject", "object", "source", "via", "purpose", "terms", "topics", "place", "places")
_OF_READING = ("undisclosed", "findings", "unused")


def take_words_out(connection: Connection, report: str, purge: int) -> None:
    """Delete the report's texts, unless another report has the same, and blank its entries; `purge` is why."""
    own = select(carrier.c.sha256).where(carrier.c.report == report)
    others = select(carrier.c.sha256).where(carrier.c.report != report, carrier.c.purged.is_(None))
    others = others.where(carrier.c.sha256.is_not(None))
    connection.execute(delete(text).where(text.c.sha256.in_(own), text.c.sha256.not_in(others)))
    for row in connection.execute(_entries_of(report)).all():
        body = dump(without_words(row.kind, parse_body(row.body)))
        digest = digest_of_entry(row.seq, row.at, row.who, row.kind, row.report, body)
        change = update(entry).where(entry.c.seq == row.seq)
        connection.execute(change.values(body=body, digest=digest, purged=purge))


def _entries_of(report: str) -> Any:
    """The entries that hold words of a report: its readings, and what people corrected and wrote of its records."""
    versions = select(carrier.c.seq).where(carrier.c.report == report)
    numbers = select(record.c.id).where(record.c.carrier.in_(versions))
    decided = select(judgement.c.seq).where(judgement.c.record.in_(numbers))
    rows = select(entry).where((entry.c.report == report) | entry.c.seq.in_(decided))
    return rows.where(entry.c.kind.in_(("reading", "add", "correct")))


def without_words(kind: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """The body of an entry with the words of the report taken out of it."""
    if kind == "correct":
        return dict(body, correction=body["correction"] and blank_correction(body["correction"]))
    reading = dict(body["reading"], records=[_blank_record(r) for r in body["reading"]["records"]])
    reading |= {name: [] for name in _OF_READING if name in reading}
    return dict(body, reading=reading)


def blank_correction(correction: Mapping[str, Any]) -> dict[str, Any] | None:
    """A correction without its words; None where nothing is left. What is empty stays so, numbers stay."""
    value = correction["value"]
    return {"value": value, "spans": []} if value is None or isinstance(value, (bool, int, float)) else None


def _blank_record(plain: Mapping[str, Any]) -> dict[str, Any]:
    record = {k: _EMPTY.get(k, _blank(v)) if k in _WORDS else v for k, v in plain.items()}
    if "participants" in record:  # of people only the party stays
        record["participants"] = [{**dict.fromkeys(p), "party": p.get("party")} for p in record["participants"]]
    return record


def _blank(value: Any) -> Any:
    """Null for words, an empty list for a list of them; numbers stay."""
    if isinstance(value, list):
        return []
    return None if isinstance(value, (str, Mapping)) else value
