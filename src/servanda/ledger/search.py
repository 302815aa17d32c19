"""Rows of records -> an index of their words and facets, and the rows in it that a question asks for.

The table `search` holds the text that is indexed, alike in every store; the index over it is the store's own. Its key
is day and row in one number: what was published last has the highest, and is found first.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select

from servanda.ledger import sqlite
from servanda.ledger.days import day_of
from servanda.ledger.questions import Term
from servanda.ledger.schema import record, search
from servanda.ledger.store import execute_many
from servanda.ledger.words import Words
from servanda.model.dossier import Told, parties_of
from servanda.model.reading import Figure, Instrument, Meeting, Record, Undertaking

_ROWS = 32  # bits of a key that hold the row
_APART = " ¦ "  # no word: a phrase of a question ends at it
_UNSAFE = re.compile(r"[^\w:.-]")
_COMPANY = "name:"


def index_rows(connection: Connection, rows: Sequence[tuple[int, Told]], words: Words) -> None:
    """Put rows (number, record) into the index."""
    made = [_entry(row, told, words) for row, told in rows]
    made.sort(key=lambda entry: entry["key"])  # the index takes them faster in their order
    execute_many(connection, insert(search), made)
    sqlite.index_words(connection, made)


def forget_rows(connection: Connection, rows: Sequence[int]) -> None:
    """Take rows out of the index."""
    for row in rows:
        day = connection.execute(select(record.c.day).where(record.c.row == row)).scalar_one()
        key = _key(date.fromisoformat(day), row)
        sqlite.forget_words(connection, key)
        connection.execute(delete(search).where(search.c.key == key))


def clear(connection: Connection) -> None:
    """Empty the index."""
    sqlite.clear_index(connection)


def find_rows(
    connection: Connection,
    terms: Sequence[Term] = (),
    *,
    types: Sequence[str] = (),
    acts: Sequence[str] = (),
    parties: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
    where: Sequence[Any] = (),
    limit: int | None = None,
    offset: int = 0,
) -> Iterator[int]:
    """Rows that hold all terms and parties, of any of the types and of the acts, published in a period; newest first.

    `where` are conditions on the table of records.
    """
    query = matching_rows(terms, types=types, acts=acts, parties=parties, since=since, until=until).where(*where)
    yield from connection.execute(query.limit(limit).offset(offset)).scalars()


def matching_rows(
    terms: Sequence[Term],
    *,
    types: Sequence[str] = (),
    acts: Sequence[str] = (),
    parties: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
) -> Select[Any]:
    """What `find_rows` asks."""
    facets = [[facet("t", t) for t in types], [facet("a", a) for a in acts], *([facet("p", p)] for p in parties)]
    asked = sqlite.make_match(
        [([(form.lemmas, form.open) for form in term.forms], [facet("p", p) for p in term.parties]) for term in terms],
        [some for some in facets if some],
    )
    key: Any
    key, matching = sqlite.matching(asked) if asked else (search.c.key, [])
    query = select(record.c.row).where(*matching, record.c.row == key.bitwise_and((1 << _ROWS) - 1))
    if since:
        query = query.where(key >= _key(since, 0))
    if until:
        query = query.where(key < _key(until, 0) + (1 << _ROWS))
    return query.order_by(key.desc())


def _key(day: date, row: int) -> int:
    return day.toordinal() << _ROWS | row


def _entry(row: int, told: Told, words: Words) -> Mapping[str, Any]:
    return {
        "key": _key(date.fromisoformat(day_of(told.carrier.published, told.carrier.recorded)), row),
        "words": _words_of(told.record, words),
        "facets": " ".join(_facets_of(told.record)),
    }


def _words_of(record: Record, words: Words) -> str:
    """The lemmas of the quote, and of the other words of the record that do not stand in it."""
    text = " ".join(words(record.quote))
    for phrase in _phrases_of(record):
        lemmas = " ".join(words(phrase))
        if lemmas and f" {lemmas} " not in f" {text} ":
            text = f"{text}{_APART}{lemmas}" if text else lemmas
    return text


def _phrases_of(record: Record) -> Iterator[str]:
    """What else a record says in words."""
    found: list[str | None] = [record.source, record.via]
    match record:
        case Instrument():
            found += [record.subject]
        case Undertaking():
            found += [record.object, record.purpose, *record.terms, *record.places]
        case Meeting():
            found += [record.place, *record.topics]
            found += [words for p in record.participants for words in (p.name, p.office)]
        case Figure():
            pass
    found += [code.removeprefix(_COMPANY) for code in parties_of(record) if code.startswith(_COMPANY)]
    return filter(None, found)


def _facets_of(record: Record) -> list[str]:
    what = {facet("a", w) for name in ("act", "kind", "metric") if (w := getattr(record, name, None))}
    return [facet("t", record.type), *what, *sorted({facet("p", code) for code in parties_of(record)})]


def facet(letter: str, value: str) -> str:
    """A value as one word of the index, that no question's word equals."""
    return f"{letter}:" + _UNSAFE.sub(lambda sign: f"_{ord(sign[0]):x}_", value)
