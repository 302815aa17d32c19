"""A report -> its entries without its words: text, quotes and all that was copied out of it.

What is left tells that there was a report, its hash, who recorded what and when, which fields a record had, in codes,
numbers and dates, and at which offsets they stood.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, delete, select, update

from servanda.ledger.entries import digest_of_entry, dump, parse_body
from servanda.ledger.schema import carrier, entry, judgement, record, text

_OF_READING: Mapping[str, Any] = {"undisclosed": [], "findings": [], "unused": [], "dateline": None, "basis": {}}


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


def has_words(connection: Connection, report: str) -> bool:
    """Whether an entry of a report was not purged."""
    return connection.execute(_entries_of(report).where(entry.c.purged.is_(None)).limit(1)).first() is not None


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
    reading |= {name: empty for name, empty in _OF_READING.items() if name in reading}
    return dict(body, reading=reading)


def blank_correction(correction: Mapping[str, Any]) -> dict[str, Any] | None:
    """A correction without its words; None where nothing is left. What is empty stays so, numbers stay."""
    value = correction["value"]
    return {"value": value, "spans": []} if value is None or isinstance(value, (bool, int, float)) else None


def _blank_record(plain: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _BLANK[name](value) if name in _BLANK else value for name, value in plain.items()}


def _codes(parties: Iterable[str]) -> list[str]:
    """The parties that have a code; names are words of the report."""
    return [party for party in parties if _code(party)]


def _code(word: str | None) -> str | None:
    return word if word and word.isascii() and (word.isupper() or word == "%") else None


def _number(amount: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if amount is None else dict(amount, unit=_code(amount["unit"]) or "?")


_BLANK: Mapping[str, Callable[[Any], Any]] = {
    "quote": lambda _: "",
    **dict.fromkeys(("subject", "object", "source", "via", "purpose", "place"), lambda _: None),
    **dict.fromkeys(("terms", "topics", "places"), lambda _: []),
    **dict.fromkeys(("parties", "by", "to", "who"), _codes),
    "steps": lambda steps: [dict(step, by=_code(step["by"])) for step in steps],
    "amount": _number,
    "amounts": lambda amounts: [_number(amount) for amount in amounts],
    "participants": lambda people: [{**dict.fromkeys(one), "party": _code(one["party"])} for one in people],
    "basis": lambda _: {},
}
