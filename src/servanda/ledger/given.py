"""Readings that somebody else made (people, another program), as JSON -> readings that a ledger takes, or their faults.

The shape is that of `servanda read --format jsonl`; `evidence`, `basis`, `confidence` and the keys of a reading
around its records may be absent.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from reprlib import Repr
from typing import Any

from servanda.model.edtf import is_edtf
from servanda.model.terms import (
    Act,
    Bound,
    Certainty,
    How,
    Kind,
    MeetingKind,
    Metric,
    Modality,
    Progress,
    Status,
    StepName,
)

GIVEN = "given"  # the reader of readings that somebody else made
Plain = Mapping[str, Any]

_OF_READING: dict[str, str] = {
    "dateline": "dateline?",
    "undisclosed": "texts",
    "findings": "findings",
    "unused": "unused",
    "evidence": "evidence",
    "basis": "bases",
    "confidence": "numbers",
}
_OF_REPORT: dict[str, str] = {"text": "text?", "agency": "name?", "lang": "name?", "url": "text?"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A reading to be recorded: as printed by `servanda read --format jsonl`, who read it, and the report's own."""

    reading: Plain
    reader: str = GIVEN
    text: str | None = None
    agency: str | None = None
    lang: str | None = None
    url: str | None = None

    def kept(self) -> Plain:
        """What a ledger keeps of the reading: what a reading holds, and nothing that was beside it."""
        return {k: v for k, v in self.reading.items() if k in ("id", "published", "records", *_OF_READING)}


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
_MAY_LACK: dict[str, dict[str, str]] = {
    "instrument": {"via": "text?"},
    "undertaking": {"via": "text?", "purpose": "text?", "part_of": "whole?"},
    "figure": {"via": "text?", "part_of": "whole?"},
    "meeting": {"via": "text?"},
}
_GROUNDS: dict[str, str] = {"evidence": "evidence", "basis": "bases", "confidence": "numbers"}
_PARTS: dict[str, dict[str, str]] = {
    "step": {"step": "StepName", "date": "edtf?", "by": "name?"},
    "amount": {"number": "number", "unit": "text", "bound": "Bound"},
    "change": {"percent": "number?", "times": "number?", "against": "edtf?"},
    "participant": {"name": "text?", "office": "text?", "party": "name?"},
    "dateline": {"place": "text?", "date": "edtf?", "agency": "text?"},
    "finding": {"code": "text", "message": "text", "spans": "spans"},
    "mention": {"type": "text", "span": "span", "text": "text", "value": "any"},
    "based": {"how": "How", "rule": "text"},
}
_LISTS = {
    "parties": "name",
    "texts": "text",
    "steps": "step",
    "amounts": "amount",
    "changes": "change",
    "participants": "participant",
    "findings": "finding",
    "unused": "mention",
    "spans": "span",
}
_BY_PATH = {"evidence": "spans", "bases": "based", "numbers": "number"}
_WORDS: dict[str, type[StrEnum]] = {
    c.__name__: c for c in (Act, Bound, Certainty, How, Kind, MeetingKind, Metric, Modality, Progress, Status, StepName)
}
_MOST_PARTIES = 200
_LONGEST_ID, _LONGEST_NAME = 500, 200  # characters
_HUGE = 1e30  # beyond what is counted or paid
_LARGEST = 2**53  # of whole numbers that every program holds exactly
_NUMBER = re.compile(r"-?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_PATH = re.compile(r"[a-z_]*(?:/[a-z0-9_]+)*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SHORT = Repr()
_SHORT.maxstring = _SHORT.maxother = _SHORT.maxlong = 60


def fields_of(sort: str) -> dict[str, str]:
    """The fields of a type of record with the kind of value that each holds, those that may lack last."""
    return {**_FIELDS[sort], **_COMMON, **_MAY_LACK[sort]}


def parts_of(kind: str) -> dict[str, str]:
    """The parts of an object of a kind, with their kinds; none of what is no object."""
    return _PARTS.get(kind.rstrip("?"), {})


def element_of(kind: str) -> str | None:
    """The kind of what a list of some kind holds; None of what is no list."""
    return _LISTS.get(kind)


def words_of(kind: str) -> list[str]:
    """The terms among which a field of a kind chooses; none where it is no choice."""
    return [word.value for word in _WORDS.get(kind, ())]


def kind_at(sort: str, path: str) -> str | None:
    """The kind of value at a path of a record ("when", "by/0", "steps/1/date"); None where there is no such place."""
    name, *keys = path.split("/")
    kind = fields_of(sort).get(name)
    for key in keys:
        kind = (element_of(kind) if key.isdigit() else parts_of(kind).get(key)) if kind else None
    return kind


def find_faults(reading: Any) -> Iterator[str]:
    """What keeps a reading from being recorded, each with its place; nothing where it is good."""
    if not isinstance(reading, Mapping):
        yield "is no object"
        return
    if not is_id(reading.get("id")):
        yield f"id: give the report's id as text in one line, of at most {_LONGEST_ID} characters"
    yield from _faults("published", "edtf?", reading.get("published"))
    for name, kind in {**_OF_READING, **_OF_REPORT}.items():
        if name in reading:
            yield from _faults(name, kind, reading[name])
    records = reading.get("records")
    if not isinstance(records, list):
        yield "records: give a list"
        return
    for n, record in enumerate(records):
        yield from (f"records/{n}/{fault}" for fault in (*find_record_faults(record), *_link_faults(n, records)))


def is_id(value: Any) -> bool:
    """Whether a report can be known by this: printable text."""
    return is_text(value, _LONGEST_ID) and value.strip() == value != "" and value.isprintable()


def is_text(value: Any, longest: int | None = None) -> bool:
    """Whether a value is text that a file can hold, not longer than some characters."""
    fits = isinstance(value, str) and (longest is None or len(value) <= longest)
    return fits and not _SURROGATE.search(value)


def find_record_faults(record: Any) -> Iterator[str]:
    """What keeps a record from being taken, by itself."""
    sort = str(record.get("type")) if isinstance(record, Mapping) else ""
    if sort not in _FIELDS:
        yield f"type: give one of {', '.join(_FIELDS)}"
        return
    known = {**_COMMON, **_FIELDS[sort]}
    others = {**_MAY_LACK[sort], **_GROUNDS}
    for name, kind in {**known, **others}.items():
        if name in record:
            yield from _faults(name, kind, record[name])
        elif name in known:
            yield f"{name}: is missing"
    yield from (f"{_shown(name)}: no such field" for name in record if name not in {"type", *known, *others})


def read_value(sort: str, path: str, value: Any) -> Any:
    """The value for a place in a record of this sort: a number where text writes one and the field holds numbers."""
    counted = (kind_at(sort, path) or "").rstrip("?") in ("number", "whole")
    if counted and isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return float(value) if "." in value or "e" in value.lower() else int(value)
    return value


def _link_faults(n: int, records: list[Any]) -> Iterator[str]:
    """Faults of the places that a record names among those of its report."""
    for name in ("under", "part_of"):
        place = records[n].get(name) if isinstance(records[n], Mapping) else None
        if not isinstance(place, int) or isinstance(place, bool):
            continue
        if place == n or not 0 <= place < len(records):
            yield f"{name}: {_shown(place)} is the place of no other record"
        elif name == "under" and _type_of(records[place]) != "instrument":
            yield f"{name}: record {place} is no instrument"


def _type_of(record: Any) -> Any:
    return record.get("type") if isinstance(record, Mapping) else None


def _faults(path: str, kind: str, value: Any) -> Iterator[str]:
    """The faults of one value by the kind that it should be of; `?` may be null."""
    if value is None and kind.endswith("?"):
        return
    kind = kind.rstrip("?")
    if kind in _LISTS:
        yield from _list_faults(path, kind, value)
    elif kind in _PARTS:
        yield from _part_faults(path, _PARTS[kind], value)
    elif kind in _BY_PATH:
        yield from _map_faults(path, _BY_PATH[kind], value)
    elif kind in _WORDS:
        words = [w.value for w in _WORDS[kind]]
        if value not in words:
            yield f"{path}: {_shown(value)} is none of {', '.join(words)}"
    elif not _IS[kind](value):
        yield f"{path}: {_shown(value)} is no {_SAID[kind]}"


def _list_faults(path: str, kind: str, value: Any) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{path}: give a list"
    elif kind == "parties" and len(value) > _MOST_PARTIES:
        yield f"{path}: more than {_MOST_PARTIES} parties"
    else:
        for n, one in enumerate(value):
            yield from _faults(f"{path}/{n}", _LISTS[kind], one)


def _part_faults(path: str, fields: Mapping[str, str], value: Any) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield f"{path}: give an object of {', '.join(fields)}"
        return
    for name, kind in fields.items():
        if name in value:
            yield from _faults(f"{path}/{name}", kind, value[name])
        elif name != "bound":
            yield f"{path}/{name}: is missing"
    yield from (f"{path}/{_shown(name)}: no such field" for name in value if name not in fields)


def _map_faults(path: str, kind: str, value: Any) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield f"{path}: give an object by the paths of fields"
        return
    for name, one in value.items():
        if not (isinstance(name, str) and _PATH.fullmatch(name)):
            yield f"{path}: {_shown(name)} is the path of no field"
        else:
            yield from _faults(f"{path}/{name}", kind, one)


def _shown(value: Any) -> str:
    """A value in a message, cut short."""
    return _SHORT.repr(value)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < _HUGE and isfinite(value)


def _is_span(value: Any) -> bool:
    pair = isinstance(value, list) and len(value) == 2 and all(map(_is_whole, value))
    return pair and 0 <= value[0] <= value[1] <= _LARGEST


_IS: dict[str, Callable[[Any], bool]] = {
    "text": is_text,
    "name": lambda value: is_text(value, _LONGEST_NAME) and value != "",
    "edtf": lambda value: isinstance(value, str) and is_edtf(value),
    "number": _is_number,
    "whole": lambda value: _is_whole(value) and 0 <= value <= _LARGEST,
    "truth": lambda value: isinstance(value, bool),
    "span": _is_span,
    "any": lambda value: True,
}
_SAID = {
    "text": "text",
    "name": f"name of 1 to {_LONGEST_NAME} characters",
    "edtf": "EDTF date such as 2021-12-07 or ../2025",
    "number": "number such as 1500 or 0.5",
    "whole": f"whole number from 0 to {_LARGEST}",
    "truth": "true or false",
    "span": "span of two offsets",
}
