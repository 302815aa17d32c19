"""The enumerations and dataclasses of the field -> the JSON Schema (draft 2020-12) of a printed reading."""

from enum import StrEnum
from typing import Any

from servanda.model.reading import SCHEMA_VERSION
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

DRAFT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


def reading_schema() -> Schema:
    """The schema of one line of `servanda read --format jsonl`."""
    return {
        "$schema": DRAFT,
        "$id": f"urn:servanda:reading:{SCHEMA_VERSION}",
        "title": "Reading",
        "description": "What one news report says; every field with the words that say it. "
        "Offsets count code points of the report's text as received.",
        **_closed(
            {
                "id": _text("of the report"),
                "published": _edtf("day of publication"),
                "dateline": _or_null(_ref("dateline")),
                "undisclosed": _list(_text("exact words that say something is not disclosed")),
                "records": _list({"oneOf": [_ref(t) for t in ("instrument", "undertaking", "figure", "meeting")]}),
                "findings": _list(_ref("finding")),
                "unused": _list(_ref("mention")),
                **_grounds(),
            }
        ),
        "$defs": _definitions(),
    }


def _definitions() -> Schema:
    return {
        "span": {
            "description": "[start, end) in code points of the report's text",
            "type": "array",
            "items": {"type": "integer", "minimum": 0},
            "minItems": 2,
            "maxItems": 2,
        },
        "party": {
            "description": "ISO 3166-1 alpha-2 code, acronym of an intergovernmental body, or `name:` and the name",
            "type": "string",
            "minLength": 1,
        },
        "edtf": {"description": "ISO 8601-2 (EDTF) date or interval", "type": "string", "pattern": r"^[0-9X./~?%-]+$"},
        "dateline": _closed({"place": _nullable("string"), "date": _edtf("its day"), "agency": _nullable("string")}),
        "amount": _closed(
            {
                "number": {"type": "number"},
                "unit": _text("ISO 4217 code, %, or the word in its dictionary form"),
                "bound": _enum(Bound),
            }
        ),
        "change": _closed(
            {"percent": _nullable("number"), "times": _nullable("number"), "against": _edtf("compared with")}
        ),
        "step": _closed({"step": _enum(StepName), "date": _edtf("its date"), "by": _or_null(_ref("party"))}),
        "participant": _closed(
            {"name": _nullable("string"), "office": _nullable("string"), "party": _or_null(_ref("party"))}
        ),
        "basis": _closed({"how": _enum(How), "rule": _text("name of the rule that read it")}),
        "finding": _closed({"code": {"type": "string"}, "message": {"type": "string"}, "spans": _list(_ref("span"))}),
        "mention": _closed(
            {"type": {"enum": ["time", "amount"]}, "span": _ref("span"), "text": {"type": "string"}, "value": {}}
        ),
        "instrument": _record(
            "instrument",
            {
                "kind": _enum(Kind),
                "parties": _list(_ref("party")),
                "subject": _nullable("string"),
                "count": _nullable("integer"),
                "steps": _list(_ref("step")),
                "valid": _edtf("period that it covers"),
            },
        ),
        "undertaking": _record(
            "undertaking",
            {
                "modality": _enum(Modality),
                "progress": _enum(Progress),
                "act": _enum(Act),
                "by": _list(_ref("party")),
                "to": _list(_ref("party")),
                "object": _nullable("string"),
                "amounts": _list(_ref("amount")),
                "terms": _list(_text("exact words of a condition")),
                "places": _list(_text("dictionary form")),
                "when": _edtf("deadline, date or period"),
                "under": _index("the instrument that it rests on"),
            },
            {"purpose": {"type": "string"}, "part_of": _index("the record whose amount this is a part of")},
        ),
        "figure": _record(
            "figure",
            {
                "metric": _enum(Metric),
                "who": _list(_ref("party")),
                "period": _edtf("that it covers"),
                "amount": _or_null(_ref("amount")),
                "changes": _list(_ref("change")),
                "forecast": {"type": "boolean"},
            },
            {"part_of": _index("the record whose amount this is a part of")},
        ),
        "meeting": _record(
            "meeting",
            {
                "kind": _enum(MeetingKind),
                "participants": _list(_ref("participant")),
                "place": _nullable("string"),
                "date": _edtf("its day"),
                "status": _enum(Status),
                "topics": _list(_text("exact words")),
            },
        ),
    }


def _record(kind: str, own: Schema, optional: Schema | None = None) -> Schema:
    """A record type: the fields of all records around its own."""
    required = {
        "type": {"const": kind},
        "quote": _text("the clause of the report that states the thing"),
        **own,
        "certainty": _enum(Certainty),
        "source": _nullable("string"),
        **_grounds(),
    }
    return _closed(required, {"via": {"type": "string"}, **(optional or {})})


def _grounds() -> Schema:
    """Evidence, basis and confidence by path of the field."""
    return {
        "evidence": {"type": "object", "additionalProperties": _list(_ref("span"))},
        "basis": {"type": "object", "additionalProperties": _ref("basis")},
        "confidence": {
            "type": "object",
            "additionalProperties": {"type": "number", "minimum": 0, "maximum": 1},
        },
    }


def _closed(required: Schema, optional: Schema | None = None) -> Schema:
    """An object of exactly these keys."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def _enum(words: type[StrEnum]) -> Schema:
    return {"description": (words.__doc__ or "").strip(), "enum": [w.value for w in words]}


def _text(description: str) -> Schema:
    return {"description": description, "type": "string"}


def _nullable(kind: str) -> Schema:
    return {"type": [kind, "null"]}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _edtf(description: str) -> Schema:
    return {"description": description, **_or_null(_ref("edtf"))}


def _index(description: str) -> Schema:
    return {"description": f"index from 0 of {description}", "type": ["integer", "null"], "minimum": 0}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}
