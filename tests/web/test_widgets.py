"""What a form gives -> values and records, with their words."""

import pytest

from servanda.errors import InputError
from servanda.ledger.given import find_record_faults, kind_at
from servanda.web.widgets import Maker, read_record, read_spans, read_value


def code(name):
    return {"Казахстан": "KZ", "Kyrgyzstan": "KG"}.get(name, name)


@pytest.mark.parametrize(
    ("path", "given", "value"),
    [
        ("by/0", {"f/by/0": " Казахстан "}, "KZ"),
        ("when", {"f/when": "../2024-12-31"}, "../2024-12-31"),
        ("object", {"f/object": ""}, None),
        (
            "amounts/0",
            {"f/amounts/0/number": "1 500,5", "f/amounts/0/unit": "тонна", "f/amounts/0/bound": ""},
            {"number": 1500.5, "unit": "тонна", "bound": "exactly"},
        ),
        ("amounts/0", {"f/amounts/0/number": "", "f/amounts/0/unit": "", "f/amounts/0/bound": "over"}, None),
    ],
)
def test_a_widget_gives_the_value_of_its_kind(path, given, value):
    assert read_value(given, path, kind_at("undertaking", path), code) == value


def test_what_is_no_number_or_no_place_is_refused():
    with pytest.raises(InputError, match="is no number"):
        read_value({"f/count": "two"}, "count", "whole?", code)
    with pytest.raises(InputError, match="no such words"):
        read_spans({"s/by/0": "12-x"}, "by/0")


def test_a_record_holds_what_was_filled_in_closed_up_with_its_words():
    form = {
        **{"f/act": "give", "f/modality": "obligation", "f/progress": "announced", "f/certainty": "stated"},
        **{
            "f/by/0": "",
            "s/by/0": "",
            "f/by/1": "Казахстан",
            "s/by/1": "3-12",
            "f/object": "мука",
            "s/object": "20-24",
        },
        **{"s/act": "13-19"},
    }
    record = read_record(form, "undertaking", code)
    assert (record["by"], record["to"], record["object"], record["under"]) == (["KZ"], [], "мука", None)
    assert record["evidence"] == {"act": [[13, 19]], "by/0": [[3, 12]], "object": [[20, 24]]}
    assert {path: basis["how"] for path, basis in record["basis"].items()} == {
        "act": "inferred",
        "by/0": "normalised",
        "object": "stated",
    }
    assert list(find_record_faults({**record, "quote": "Казахстан передаст мука"})) == []


@pytest.mark.parametrize("sort", ["instrument", "undertaking", "figure", "meeting"])
def test_every_field_that_can_be_added_has_a_name_and_its_terms_in_words(sort):
    for widget in Maker(sort, "ru", str).all():
        assert widget.label != widget.name
        for one in (widget, *widget.parts):
            assert all(words != term for term, words in one.choices), one.name
