"""What happened, entry by entry: appended once, read again in order.

| kind | body |
|---|---|
| report | version, published, agency, lang, url, sha256 |
| reading | carrier (seq of its report version), reader, schema, ids (numbers of its records), reading (as printed) |
| confirm, reject | record, why |
| correct | record, path, correction (value, spans; null where a purge took its words), why |
| add | report's carrier, ids (its one number), reading (with the one record), why |
| merge, split | pairs of records that belong together, or that do not; why |
| undo | entry (a judgement, or an undo), why |
| withdraw, purge | why |
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert, select

from servanda.ledger.schema import entry
from servanda.ledger.store import execute_many

JUDGEMENTS = ("confirm", "correct", "reject", "add", "merge", "split")
KINDS = ("report", "reading", *JUDGEMENTS, "undo", "withdraw", "purge")

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: when (UTC, ISO 8601), by whom, to which report."""

    seq: int
    at: str
    who: str
    kind: str
    report: str | None
    body: Body


def dump(value: Any) -> str:
    """JSON as it is stored: short, the same for the same value; a lone surrogate as its escape."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace").decode()


def digest_of(words: str) -> str:
    """SHA-256 in hexadecimal; a lone surrogate counts as its escape."""
    return sha256(words.encode("utf-8", "backslashreplace")).hexdigest()


def digest_of_entry(seq: int, at: str, who: str, kind: str, report: str | None, body: str) -> str:
    """SHA-256 of an entry, its body as stored."""
    return digest_of(dump([seq, at, who, kind, report, body]))


def last_entry(connection: Connection) -> tuple[int, str]:
    """Number and time of the last entry; 0 and "" where there is none."""
    row = connection.execute(select(entry.c.seq, entry.c.at).order_by(entry.c.seq.desc()).limit(1)).one_or_none()
    return (0, "") if row is None else (row.seq, row.at)


def append(connection: Connection, entries: list[Entry]) -> None:
    """Write entries after the last one."""
    rows = []
    for one in entries:
        body = dump(one.body)
        rows.append(
            {
                "seq": one.seq,
                "at": one.at,
                "who": one.who,
                "kind": one.kind,
                "report": one.report,
                "body": body,
                "digest": digest_of_entry(one.seq, one.at, one.who, one.kind, one.report, body),
            }
        )
    execute_many(connection, insert(entry), rows)


def read_entries(connection: Connection, after: int = 0) -> Iterator[Entry]:
    """All entries after one, in order; memory holds a thousand."""
    query = select(entry).order_by(entry.c.seq).limit(1_000)
    while rows := connection.execute(query.where(entry.c.seq > after)).all():
        for row in rows:
            yield _entry(row)
        after = rows[-1].seq


def read_entry(connection: Connection, seq: int) -> Entry | None:
    """The entry of a number."""
    row = connection.execute(select(entry).where(entry.c.seq == seq)).one_or_none()
    return None if row is None else _entry(row)


def _entry(row: Any) -> Entry:
    return Entry(row.seq, row.at, row.who, row.kind, row.report, parse_body(row.body))


@lru_cache(maxsize=512)
def parse_body(body: str) -> Body:
    """A stored body; of a reading whose records are asked for one by one it is parsed once. Not to be changed."""
    parsed: Body = json.loads(body)
    return parsed
