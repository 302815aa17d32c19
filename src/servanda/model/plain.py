"""The plain object that a reading or a dossier prints -> the reading or the dossier again."""

from collections.abc import Mapping, Sequence
from typing import Any

from servanda.model.dossier import (
    Carrier,
    Dossier,
    DueTold,
    Point,
    Possible,
    ProgressTold,
    StepTold,
    Told,
)
from servanda.model.reading import (
    Amount,
    Basis,
    Change,
    Dateline,
    Figure,
    Finding,
    Instrument,
    Meeting,
    Mention,
    Participant,
    Reading,
    Record,
    Step,
    Undertaking,
)
from servanda.model.spans import Span
from servanda.model.terms import How

Plain = Mapping[str, Any]

_RECORDS: dict[str, type[Record]] = {c.type: c for c in (Instrument, Undertaking, Figure, Meeting)}
_PARTS: dict[str, Any] = {
    "steps": Step,
    "amounts": Amount,
    "changes": Change,
    "participants": Participant,
    "amount": Amount,
}
_ROWS: dict[str, Any] = {
    "dues": DueTold,
    "steps": StepTold,
    "progress": ProgressTold,
    "points": Point,
    "possible": Possible,
}


def reading_from_json(plain: Plain, text: str = "") -> Reading:
    """A reading from one line of `servanda read --format jsonl`; `text` is the report that it reads.

    Of the mentions a printed reading keeps only the unused ones.
    """
    dateline = plain.get("dateline")
    return Reading(
        id=plain["id"],
        published=plain.get("published"),
        dateline=Dateline(**dateline) if dateline else None,
        undisclosed=tuple(plain.get("undisclosed", ())),
        records=tuple(record_from_json(r) for r in plain["records"]),
        findings=findings_from_json(plain.get("findings", ())),
        mentions=tuple(
            Mention(m["type"], Span(*m["span"]), m["text"], m["value"], rule="") for m in plain.get("unused", ())
        ),
        text=text,
        **_grounds(plain),
    )


def findings_from_json(plain: Sequence[Plain]) -> tuple[Finding, ...]:
    """The findings of a printed reading."""
    return tuple(Finding(f["code"], f["message"], _spans(f["spans"])) for f in plain)


def record_from_json(plain: Plain) -> Record:
    """One record of a printed reading."""
    fields = {k: _value(k, v) for k, v in plain.items() if k not in ("type", "evidence", "basis", "confidence")}
    return _RECORDS[plain["type"]](**fields, **_grounds(plain))


def dossier_from_json(plain: Plain) -> Dossier:
    """A dossier from what `dossier_json` gives; texts only where they are in it."""
    made: dict[str, Any] = {k: _row(k, v) if isinstance(v, list) else v for k, v in plain.items() if k != "told"}
    return Dossier(told=tuple(_told(t) for t in plain["told"]), **made)


def _row(name: str, values: Sequence[Any]) -> tuple[Any, ...]:
    """One list of a dossier; those of numbers and of codes are not of objects."""
    if name not in _ROWS:
        return tuple(tuple(v) if isinstance(v, list) else v for v in values)
    return tuple(_ROWS[name](**{k: _in_row(k, v) for k, v in row.items()}) for row in values)


def _in_row(name: str, value: Any) -> Any:
    return tuple(value) if name in ("told", "reasons") else _value(name, value)


def _told(plain: Plain) -> Told:
    corrected = tuple(plain["corrected"])
    record, carrier = record_from_json(plain["record"]), Carrier(**plain["carrier"])
    return Told(**{**plain, "record": record, "carrier": carrier, "corrected": corrected})


def _value(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_value(name, v) for v in value)
    return _PARTS[name](**value) if isinstance(value, dict) else value


def _grounds(plain: Plain) -> dict[str, Any]:
    return {
        "evidence": {k: _spans(v) for k, v in plain.get("evidence", {}).items()},
        "basis": {k: Basis(How(b["how"]), b["rule"]) for k, b in plain.get("basis", {}).items()},
        "confidence": dict(plain.get("confidence", {})),
    }


def _spans(plain: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(*s) for s in plain)
