"""A dossier, or a finding -> rows of the tables of an export. Values as the model has them; order as in the tables."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from servanda.model.dossier import Carrier, Discrepancy, Dossier, Told, parties_of
from servanda.model.edtf import last_day
from servanda.model.reading import Basis, Figure, Instrument, Meeting, Record, Undertaking, plain
from servanda.model.spans import Span

Title = Callable[[Dossier], str]
"""A dossier in plain words, on one line."""

Row = tuple[str, Mapping[str, Any]]  # name of a table, values by column; what is left out is empty

_OWN = {
    Instrument: ("kind", "subject", "count", "valid"),
    Undertaking: ("modality", "progress", "act", "by", "to", "object", "terms", "places", "when", "purpose"),
    Figure: ("metric", "who", "period", "forecast"),
    Meeting: ("kind", "place", "date", "status", "topics"),
}
_EXACT = ("quote", "subject", "object", "terms", "topics")  # fields that hold the words of their evidence


def rows_of(dossier: Dossier, title: Title, with_text: bool) -> Iterator[Row]:
    """All rows of one dossier; a report that several dossiers share comes with each."""
    yield "dossiers", _dossier(dossier, title)
    origins = {number: place for place, origin in enumerate(dossier.origins) for number in origin}
    for told in dossier.told:
        yield "reports", _report(told.carrier, with_text)
        yield "records", _record(told, dossier.id, origins.get(told.id))
        yield from _parts(told)
        yield from (("evidence", row) for row in _evidence(told))
    for table in ("steps", "progress", "dues"):
        for place, one in enumerate(getattr(dossier, table)):
            yield table, {"dossier": dossier.id, "place": place, **_fold(plain(one))}
    for place, point in enumerate(dossier.points):
        amount = plain(point.amount) or {}
        yield "points", {"dossier": dossier.id, "place": place, **amount, **_fold(plain(point))}
    for possible in dossier.possible:
        other = {"other": possible.dossier, "score": possible.score, "reasons": possible.reasons}
        yield "possible", {"dossier": dossier.id, **other}


def rows_of_finding(number: int, finding: Discrepancy) -> Iterator[Row]:
    """The rows of one finding; `number` is its own in the export."""
    names = ("code", "level", "message", "dossiers")
    values = {name: getattr(finding, name) for name in names}
    yield "findings", {"finding": number, "message_ru": finding.message_ru or None, **values}
    for place, cited in enumerate(finding.cited):
        span = cited.spans[0] if cited.spans else None
        row = {"finding": number, "place": place, "record": cited.told or None, "report": cited.report}
        yield "finding_words", {**row, **_place(span), "words": cited.words or None}


def _dossier(dossier: Dossier, title: Title) -> dict[str, Any]:
    due = last_day(dossier.due) if dossier.due else None
    names = ("type", "parties", "status", "first", "last", "as_of", "due", "under", "grade")
    return {
        "dossier": dossier.id,
        "title": title(dossier),
        **{name: getattr(dossier, name) for name in names},
        "due_day": due.isoformat() if due else None,
        "records": len(dossier.told),
        "reports": len({t.carrier.report for t in dossier.told}),
        "origins": len(dossier.origins),
        "withdrawn": all(t.carrier.withdrawn for t in dossier.told),
    }


def _report(carrier: Carrier, with_text: bool) -> dict[str, Any]:
    names = ("report", "version", "published", "agency", "lang", "url", "recorded", "withdrawn", "purged")
    row = {name: getattr(carrier, name) for name in names}
    return {"carrier": _name(carrier), **row, **({"text": _text(carrier)} if with_text else {})}


def _name(carrier: Carrier) -> str:
    return f"{carrier.report}@{carrier.version}"


def _text(carrier: Carrier) -> str | None:
    return None if carrier.purged else carrier.text


def _record(told: Told, dossier: str, origin: int | None) -> dict[str, Any]:
    record = told.record
    quoted = record.evidence.get("quote", ())
    names = ("type", "certainty", "source", "via", *_OWN[type(record)])
    return {
        **{name: getattr(record, name) for name in names},
        **_place(quoted[0] if quoted else None),
        "record": told.id,
        "dossier": dossier,
        "carrier": _name(told.carrier),
        "quote": record.quote or None,
        "reader": told.carrier.reader,
        "review": told.review,
        "corrected": told.corrected,
        "confidence": record.confidence.get(""),
        "origin": origin,
        "under": told.under,
        "part_of": told.part_of,
        "parties": parties_of(record),
    }


def _place(span: Span | None) -> dict[str, int | None]:
    return {"start": span.start, "end": span.end} if span else {"start": None, "end": None}


def _parts(told: Told) -> Iterator[Row]:
    """The parts of a record that have tables of their own."""
    match told.record:
        case Instrument(steps=steps):
            yield from _listed("record_steps", told, "steps", steps)
        case Undertaking(amounts=amounts):
            yield from _listed("amounts", told, "amounts", amounts)
        case Figure(amount=amount, changes=changes):
            if amount is not None:
                yield "amounts", {"record": told.id, "path": "amount", **plain(amount)}
            yield from _listed("changes", told, "changes", changes)
        case Meeting(participants=participants):
            yield from _listed("participants", told, "participants", participants)


def _listed(table: str, told: Told, field: str, values: tuple[Any, ...]) -> Iterator[Row]:
    for n, value in enumerate(values):
        yield table, {"record": told.id, "path": f"{field}/{n}", **plain(value)}


def _evidence(told: Told) -> Iterator[dict[str, Any]]:
    """Each field with its words; one that no words say has a row too, for its basis."""
    record = told.record
    for path in dict.fromkeys((*record.evidence, *record.basis)):
        basis: Basis | None = record.basis.get(path)
        grounds = {"how": basis and str(basis.how), "rule": basis and basis.rule}
        row = {"record": told.id, "path": path, **grounds, "confidence": record.confidence.get(path)}
        spans = record.evidence.get(path) or (None,)
        for part, span in enumerate(spans):
            yield {**row, "part": part, **_place(span), "words": span and _words(told, path, span, len(spans))}


def _words(told: Told, path: str, span: Span, parts: int) -> str | None:
    """The words of a span; where the text is not at hand, those of a field that holds them."""
    text = _text(told.carrier)
    if text is not None:
        return span.of(text) or None
    return _value(told.record, path) or None if parts == 1 else None


def _value(record: Record, path: str) -> str | None:
    field, _, place = path.partition("/")
    if field not in _EXACT:
        return None
    value = getattr(record, field, None)
    if isinstance(value, tuple):
        return value[int(place)] if place.isdecimal() and int(place) < len(value) else None
    return value


def _fold(row: Mapping[str, Any]) -> dict[str, Any]:
    """A line of a fold: the records that tell it, the first of them as a link."""
    told = row["told"]
    rest = {name: value for name, value in row.items() if name not in ("told", "amount")}
    return {**rest, "record": told[0] if told else None, "records": told}
