"""Readings that somebody else made (people, another program), as JSON -> readings that a ledger takes, or their faults.

The shape is that of `servanda read --format jsonl`; `evidence`, `basis`, `confidence` and the keys of a reading
around its records may be absent.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from servanda.model.edtf import is_edtf
from servanda.model.terms import Act, Bound, Certainty, Kind, MeetingKind, Metric, Modality, Progress, Status, StepName

Plain = Mapping[str, Any]

_COMMON: dict[str, str] = {"quote": "text", "certainty": "Certainty", "source": "text?"}
_FIELDS: dict[str, dict[str, str]] = {
    "instrument": {
        "kind": "Kind",
        "parties": "parties",
        "subject": "text?",
        "count": "whole?",
        "steps": "steps",
        "valid": "edtf?",
    },
    "undertaking": {
        "modality": "Modality",
        "progress": "Progress",
        "act": "Act",
        "by": "parties",
        "to": "parties",
        "object": "text?",
        "amounts": "amounts",
        "terms": "texts",
        "places": "texts",
        "when": "edtf?",
        "under": "whole?",
    },
    "figure": {
        "metric": "Metric",
        "who": "parties",
        "period": "edtf?",
        "amount": "amount?",
        "changes": "changes",
        "forecast": "truth",
    },
    "meeting": {
        "kind": "MeetingKind",
        "participants": "participants",
        "place": "text?",
        "date": "edtf?",
        "status": "Status",
        "topics": "texts",
    },
}
_OPTIONAL: dict[str, str] = {"via": "text?", "purpose": "text?", "part_of": "whole?"}
_PARTS: dict[str, dict[str, str]] = {
    "step": {"step": "StepName", "date": "edtf?", "by": "text?"},
    "amount": {"number": "number", "unit": "text", "bound": "Bound"},
    "change": {"percent": "number?", "times": "number?", "against": "edtf?"},
    "participant": {"name": "text?", "office": "text?", "party": "text?"},
}
_LISTS = {
    "parties": "text",
    "texts": "text",
    "steps": "step",
    "amounts": "amount",
    "changes": "change",
    "participants": "participant",
}
_WORDS: dict[str, type[StrEnum]] = {
    c.__name__: c for c in (Act, Bound, Certainty, Kind, MeetingKind, Metric, Modality, Progress, Status, StepName)
}
_GROUNDS = ("evidence", "basis", "confidence")


def find_faults(reading: Any) -> Iterator[str]:
    """What keeps a reading from being recorded, each with its place; nothing where it is good."""
    if not isinstance(reading, Mapping):
        yield "is no object"
        return
    if not isinstance(reading.get("id"), str) or not reading["id"]:
        yield "id: give the report's id as text"
    yield from _faults("published", "edtf?", reading.get("published"))
    records = reading.get("records")
    if not isinstance(records, list):
        yield "records: give a list"
        return
    for n, record in enumerate(records):
        yield from (f"records/{n}/{fault}" for fault in _record_faults(record, len(records)))


def _record_faults(record: Any, among: int) -> Iterator[str]:
    fields = _FIELDS.get(str(record.get("type"))) if isinstance(record, Mapping) else None
    if fields is None:
        yield f"type: give one of {', '.join(_FIELDS)}"
        return
    known = {**_COMMON, **fields}
    for name, kind in {**known, **_OPTIONAL}.items():
        if name in record:
            yield from _faults(name, kind, record[name])
        elif name in known:
            yield f"{name}: is missing"
    yield from (f"{name}: no such field" for name in record if name not in {"type", *known, *_OPTIONAL, *_GROUNDS})
    for name in ("under", "part_of"):
        place = record.get(name)
        if isinstance(place, int) and not 0 <= place < among:
            yield f"{name}: there is no record {place}"


def _faults(path: str, kind: str, value: Any) -> Iterator[str]:
    """The faults of one value by the kind that it should be of; `?` may be null."""
    if value is None and kind.endswith("?"):
        return
    kind = kind.rstrip("?")
    if kind in _LISTS:
        if isinstance(value, list):
            for n, one in enumerate(value):
                yield from _faults(f"{path}/{n}", _LISTS[kind], one)
        else:
            yield f"{path}: give a list"
    elif kind in _PARTS:
        yield from _part_faults(path, _PARTS[kind], value)
    elif kind in _WORDS:
        words = [w.value for w in _WORDS[kind]]
        if value not in words:
            yield f"{path}: {value!r} is none of {', '.join(words)}"
    elif not _is(kind, value):
        yield f"{path}: {value!r} is no {_SAID[kind]}"


def _part_faults(path: str, fields: Mapping[str, str], value: Any) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield f"{path}: give an object of {', '.join(fields)}"
        return
    for name, kind in fields.items():
        yield from _faults(f"{path}/{name}", kind, value.get(name))
    yield from (f"{path}/{name}: no such field" for name in value if name not in fields)


_SAID = {"text": "text", "edtf": "EDTF date such as 2021-12-07 or ../2025", "number": "number", "whole": "whole number"}
_SAID["truth"] = "true or false"


def _is(kind: str, value: Any) -> bool:
    match kind:
        case "text":
            return isinstance(value, str)
        case "edtf":
            return isinstance(value, str) and is_edtf(value)
        case "truth":
            return isinstance(value, bool)
        case "whole":
            return isinstance(value, int) and not isinstance(value, bool)
        case _:
            return isinstance(value, (int, float)) and not isinstance(value, bool)
