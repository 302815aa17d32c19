"""The JSON Schema and the dataclasses say the same."""

from dataclasses import fields
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from servanda.model import terms
from servanda.model.plain import reading_from_json
from servanda.model.reading import SCHEMA_VERSION, Figure, Instrument, Meeting, Undertaking
from servanda.model.schema import reading_schema

SCHEMA = reading_schema()
COMMON = {"type", "quote", "certainty", "source", "via", "evidence", "basis", "confidence"}
ENUMS = [
    ("instrument", "kind", terms.Kind),
    ("undertaking", "modality", terms.Modality),
    ("undertaking", "progress", terms.Progress),
    ("undertaking", "act", terms.Act),
    ("figure", "metric", terms.Metric),
    ("meeting", "kind", terms.MeetingKind),
    ("meeting", "status", terms.Status),
    ("meeting", "certainty", terms.Certainty),
    ("step", "step", terms.StepName),
    ("amount", "bound", terms.Bound),
    ("basis", "how", terms.How),
]


def test_it_is_a_schema_with_a_version() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"].endswith(SCHEMA_VERSION)


@pytest.mark.parametrize(("name", "field", "words"), ENUMS)
def test_enums_are_those_of_the_terms(name: str, field: str, words: Any) -> None:
    assert SCHEMA["$defs"][name]["properties"][field]["enum"] == [w.value for w in words]


@pytest.mark.parametrize("record", [Instrument, Undertaking, Figure, Meeting])
def test_records_have_the_fields_of_their_dataclass(record: Any) -> None:
    own = {f.name for f in fields(record)} | COMMON
    assert set(SCHEMA["$defs"][record.type]["properties"]) == own


def test_a_bare_reading_is_valid_and_comes_back() -> None:
    plain = {
        "id": "r",
        "published": None,
        "dateline": {"place": "Вена", "date": "2024-03", "agency": None},
        "undisclosed": ["цена не названа"],
        "records": [],
        "findings": [{"code": "c", "message": "m", "spans": [[0, 2]]}],
        "unused": [{"type": "amount", "span": [3, 5], "text": "5%", "value": None}],
        "evidence": {"dateline/place": [[0, 4]]},
        "basis": {},
        "confidence": {},
    }
    Draft202012Validator(SCHEMA).validate(plain)
    assert reading_from_json(plain).to_json() == plain


@pytest.mark.parametrize(
    "fault",
    [{"published": "yesterday"}, {"records": [{"type": "gossip"}]}, {"extra": 1}, {"confidence": {"": 2}}],
)
def test_what_is_no_reading_is_refused(fault: dict[str, Any]) -> None:
    plain = reading_from_json({"id": "r", "records": []}).to_json()
    assert not Draft202012Validator(SCHEMA).is_valid({**plain, **fault})
