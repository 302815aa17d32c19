"""Rows of the table of records -> the records that they stand for, with their carriers, corrections and reviews."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Row, select

from servanda.ledger.entries import Body, parse_body
from servanda.ledger.schema import carrier, entry, judgement, record, sketch, text
from servanda.model.dossier import Carrier, Review, Told
from servanda.model.plain import record_from_json
from servanda.model.reading import Record

NOW = 2**53  # later than any entry: all that is known
_CHUNK = 500  # values handed to one statement
_REVIEWS: dict[str, Review] = {"confirm": "confirmed", "correct": "corrected", "add": "added"}

_BUT_FEATURES = select(*(column for column in record.columns if column.name != "features"))

T = TypeVar("T")


class Word(NamedTuple):
    """A judgement of a record, and the number of its entry."""

    kind: str
    seq: int


Patch = Mapping[str, Any]


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values in portions that one statement takes."""
    for at in range(0, len(values), _CHUNK):
        yield values[at : at + _CHUNK]


def load_told(connection: Connection, rows: Sequence[int], upto: int = NOW, *, texts: bool = False) -> dict[int, Told]:
    """By row; reviews and withdrawals as they stood at the entry `upto`, the texts of reports where asked for."""
    found: list[Row[Any]] = []
    for some in chunks(rows):
        found += connection.execute(_BUT_FEATURES.where(record.c.row.in_(some))).all()
    carriers = load_carriers(connection, sorted({r.carrier for r in found}), upto, texts=texts)
    bodies = _load_bodies(connection, sorted({r.source for r in found}))
    words = load_last_words(connection, sorted({r.id for r in found}), upto)
    told_by = {r.source: read_by(carriers[r.carrier], bodies[r.source]) for r in found}
    sketches = _load_sketches(connection, sorted(carriers))
    return {
        r.row: _told(r, told_by[r.source], bodies[r.source], _review(r, words.get(r.id)), sketches.get(r.carrier))
        for r in found
    }


def _load_sketches(connection: Connection, carriers: Sequence[int]) -> dict[int, bytes]:
    """Of report versions whose text is kept, by the number of their entry."""
    found: dict[int, bytes] = {}
    query = select(carrier.c.seq, sketch.c.sketch).join(sketch, sketch.c.sha256 == carrier.c.sha256)
    for some in chunks(carriers):
        known = query.where(carrier.c.seq.in_(some), carrier.c.purged.is_(None))
        found |= {row.seq: row.sketch for row in connection.execute(known)}
    return found


def _told(row: Row[Any], carrier: Carrier, body: Body, review: Review | None, sketch: bytes | None) -> Told:
    made, corrected = make_record(body, row.place, json.loads(row.patch) if row.patch else {})
    return Told(
        id=row.id,
        record=made,
        carrier=carrier,
        under=row.under,
        part_of=row.part_of,
        review=review,
        corrected=corrected,
        sketch=sketch,
    )


def read_by(carrier: Carrier, body: Body) -> Carrier:
    """The carrier with the name of what read it."""
    return Carrier(
        carrier.report,
        carrier.version,
        carrier.published,
        carrier.agency,
        carrier.lang,
        carrier.url,
        carrier.recorded,
        body["reader"],
        carrier.text,
        carrier.withdrawn,
        carrier.purged,
    )


def make_record(body: Body, place: int, patch: Patch) -> tuple[Record, tuple[str, ...]]:
    """A record of a stored reading, with people's corrections laid over it, and the paths of these.

    A correction of what a newer reading does not have is passed over.
    """
    plain, corrected = body["reading"]["records"][place], []
    for path, correction in patch.items():
        if path in LINKS:
            number = correction["value"]
            correction = dict(correction, value=body["ids"].index(number) if number in body["ids"] else None)
        try:
            plain = correct(plain, path, correction)
        except NO_PLACE:
            continue
        corrected.append(path)
    return record_from_json(plain), tuple(sorted(corrected))


LINKS = ("under", "part_of")  # corrected by the number of a record; a reading has its place among its own
NO_PLACE = (KeyError, IndexError, TypeError, ValueError)  # what `correct` raises where a record has no such place
_GROUNDS = ("evidence", "basis", "confidence")
_MAY_LACK = ("via", "purpose", "part_of")  # fields that are left out where they are empty


def correct(plain: Mapping[str, Any], path: str, correction: Mapping[str, Any]) -> dict[str, Any]:
    """A record as JSON with the value at a path ("when", "by/0", "steps/1/date") replaced, and its grounds with it.

    One of `NO_PLACE` where there is no such place.
    """
    name, *keys = path.split("/")
    if name in (*_GROUNDS, "type"):
        raise KeyError(name)
    old = plain.get(name) if name in _MAY_LACK else plain[name]
    changed = dict(plain, **{name: _put(old, keys, correction["value"])})
    for grounds in _GROUNDS:
        own = {k: v for k, v in plain.get(grounds, {}).items() if k != path and not k.startswith(path + "/")}
        changed[grounds] = own
    if spans := correction.get("spans"):
        changed["evidence"][path] = spans
    return changed


def _put(value: Any, keys: Sequence[str], new: Any) -> Any:
    if not keys:
        return new
    if isinstance(value, list):
        at = _index(keys[0])
        if at == len(value) and len(keys) == 1:
            return [*value, new]
        return [*value[:at], _put(value[at], keys[1:], new), *value[at + 1 :]]
    return dict(value, **{keys[0]: _put(value[keys[0]], keys[1:], new)})


def _index(key: str) -> int:
    if not (key.isascii() and key.isdecimal()):
        raise KeyError(key)
    return int(key)


def load_carriers(
    connection: Connection, seqs: Sequence[int], upto: int = NOW, *, texts: bool = False
) -> dict[int, Carrier]:
    """Report versions by the number of their entry."""
    found: dict[int, Carrier] = {}
    for some in chunks(seqs):
        query = select(carrier, text.c.text) if texts else select(carrier)
        source = carrier.outerjoin(text, carrier.c.sha256 == text.c.sha256) if texts else carrier
        for row in connection.execute(query.select_from(source).where(carrier.c.seq.in_(some))):
            kept = texts and row.purged is None
            found[row.seq] = carrier_of(row, upto, row.text if kept else None)
    return found


def carrier_of(row: Any, upto: int = NOW, words: str | None = None) -> Carrier:
    """A row of the table of carriers as it stood at an entry."""
    return Carrier(
        row.report,
        row.version,
        row.published,
        row.agency,
        row.lang,
        row.url,
        row.recorded,
        reader="",
        text=words,
        withdrawn=row.withdrawn is not None and row.withdrawn <= upto,
        purged=row.purged is not None,
    )


def _load_bodies(connection: Connection, seqs: Sequence[int]) -> dict[int, Body]:
    bodies: dict[int, Body] = {}
    for some in chunks(seqs):
        for row in connection.execute(select(entry.c.seq, entry.c.body).where(entry.c.seq.in_(some))):
            bodies[row.seq] = parse_body(row.body)
    return bodies


def _review(row: Row[Any], word: Word | None) -> Review | None:
    """What a person said of a record; what was confirmed is so only as long as nothing was read in its place."""
    if word is None or (word.kind == "confirm" and word.seq < row.source):
        return None
    return _REVIEWS.get(word.kind)


def load_rejected(connection: Connection, ids: Sequence[int], upto: int = NOW) -> set[int]:
    """The numbers of those that a person rejected."""
    return {number for number, word in load_last_words(connection, ids, upto).items() if word.kind == "reject"}


def load_last_words(connection: Connection, ids: Sequence[int], upto: int = NOW) -> dict[int, Word]:
    """The last judgement of each record that one was passed on, of those in force at an entry."""
    words: dict[int, Word] = {}
    for some in chunks(ids):
        query = select(judgement.c.record, judgement.c.kind, judgement.c.undone, judgement.c.seq)
        query = query.where(judgement.c.record.in_(some), judgement.c.kind.in_((*_REVIEWS, "reject")))
        for number, kind, undone, seq in connection.execute(
            query.where(judgement.c.seq <= upto).order_by(judgement.c.seq)
        ):
            if undone is None or undone > upto:
                words[number] = Word(kind, seq)
    return words
