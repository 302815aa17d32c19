"""A field of a record -> what a form shows for it; what the form gives -> the value of the field, and its spans."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from servanda.errors import InputError
from servanda.ledger.given import element_of, fields_of, parts_of, words_of
from servanda.render.fields import label_of, say_term, sort_of
from servanda.render.words import labels

Form = Mapping[str, Any]
PartyCode = Callable[[str], str]
_SPANS = re.compile(r"\d{1,12}-\d{1,12}(,\d{1,12}-\d{1,12})*")
_MOST = 200  # elements of a list
_LINKS = ("under", "part_of")
SAID_LAST = ("certainty", "modality", "progress", "source", "via")  # how it is said, after what is said
_SIDES = ("parties", "who")  # lists that hold two as a rule
_NOT_ADDED = ("quote", *_LINKS)  # a record that is added stands alone, and has its clause already


@dataclass(frozen=True, slots=True)
class Widget:
    """One value of a form. `name`: its path; `parts` of an object, `choices` of a term as value and words."""

    name: str
    kind: str
    label: str
    value: Any = None
    sort: str = ""  # of the mentions that may stand here
    choices: Sequence[tuple[str, str]] = ()
    parts: Sequence["Widget"] = ()
    optional: bool = True
    several: bool = False  # an element of a list, of which there may be more


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes widgets for a type of record. `others`: records that one may rest on, by number and words."""

    sort: str
    ui: str
    say_party: Callable[[str], str]
    others: Sequence[tuple[str, str]] = ()

    def make(self, path: str, kind: str, value: Any = None, several: bool = False) -> Widget:
        """The widget for a value at a path, with what it holds now."""
        plain = kind.rstrip("?")
        return Widget(
            name=path,
            kind="link" if path in _LINKS else plain,
            label=label_of(next_label(path) if plain in _NAMED else path, self.ui),
            value=self.say_party(value) if plain == "name" and isinstance(value, str) else value,
            sort=sort_of(path) or ("person" if path.startswith("participants/") else ""),
            choices=self.others if path in _LINKS else self.choices(path, plain),
            parts=[self.make(f"{path}/{name}", part, (value or {}).get(name)) for name, part in parts_of(kind).items()],
            optional=kind.endswith("?"),
            several=several,
        )

    def choices(self, path: str, kind: str) -> list[tuple[str, str]]:
        """The terms of the model, in plain words."""
        key = path.split("/")[-1]
        if kind == "truth":
            word = labels(self.ui)
            return [("true", word["yes"]), ("false", word["no"])]
        return [(term, say_term(self.sort, key, term, self.ui) or term) for term in words_of(kind)]

    def all(self) -> Iterator[Widget]:
        """Those of a record that is added: of lists one element each, or one for each side."""
        for name, kind in sorted(fields_of(self.sort).items(), key=lambda field: field[0] in SAID_LAST):
            element = element_of(kind)
            if name in _NOT_ADDED:
                continue
            if element is None:
                yield self.make(name, kind, _USUAL.get(name))
            else:
                for n in range(2 if name in _SIDES else 1):
                    yield self.make(f"{name}/{n}", element, several=True)


def next_label(path: str) -> str:
    """The path by which an element of a list is called: of objects the first part names the whole."""
    return {"steps": "steps/step", "participants": "participants/name"}.get(path.partition("/")[0], path)


_NAMED = ("step", "participant")  # objects that are called by their first part
_USUAL = {"certainty": "stated", "progress": "announced", "forecast": False}  # what a form holds before it is touched


def read_value(form: Form, path: str, kind: str, party_code: PartyCode) -> Any:
    """The value of a widget; None where it was left empty. InputError where it is none."""
    plain = kind.rstrip("?")
    if parts := parts_of(kind):
        values = {name: read_value(form, f"{path}/{name}", part, party_code) for name, part in parts.items()}
        values |= {"bound": values["bound"] or "exactly"} if "bound" in values else {}
        return values if any(v is not None for name, v in values.items() if name != "bound") else None
    text = str(form.get(f"f/{path}", "")).strip()
    if not text:
        return None
    if plain == "truth":
        return text == "true"
    if plain in ("number", "whole"):
        return _number(path, text)
    return party_code(text) if plain == "name" else text


def _number(path: str, text: str) -> int | float:
    plain = "".join(text.split()).replace(",", ".")
    try:
        return float(plain) if "." in plain else int(plain)
    except ValueError as error:
        raise InputError(path, f"{text[:40]!r} is no number", "write it in digits") from error


def read_spans(form: Form, path: str) -> list[tuple[int, int]]:
    """The words that say a field, as `12-20,31-40`; none where none were chosen."""
    text = str(form.get(f"s/{path}", ""))
    if not text:
        return []
    if not _SPANS.fullmatch(text):
        raise InputError(path, "has no such words", "select them in the report")
    pairs = [one.split("-") for one in text.split(",")]
    return [(int(start), int(end)) for start, end in pairs]


def read_record(form: Form, sort: str, party_code: PartyCode) -> dict[str, Any]:
    """A record of a form as JSON, each field with its words and how it came from them."""
    record: dict[str, Any] = {"type": sort, "evidence": {}, "basis": {}}
    for name, kind in fields_of(sort).items():
        element = element_of(kind)
        if name in _LINKS:
            value: Any = None
        elif element is None:
            value = read_value(form, name, kind, party_code)
            _ground(record, form, name, name, kind, value)
        else:
            value = _read_list(record, form, name, element, party_code)
        if value is not None or name not in ("via", "purpose", "part_of"):
            record[name] = value
    return record


def _read_list(record: dict[str, Any], form: Form, name: str, kind: str, party_code: PartyCode) -> list[Any]:
    """The elements that were filled, closed up."""
    values: list[Any] = []
    for n in range(_MOST):
        if not any(key.startswith((f"f/{name}/{n}/", f"s/{name}/{n}")) or key == f"f/{name}/{n}" for key in form):
            break
        value = read_value(form, f"{name}/{n}", kind, party_code)
        if value is not None:
            _ground(record, form, f"{name}/{n}", f"{name}/{len(values)}", kind, value)
            values.append(value)
    return values


def _ground(record: dict[str, Any], form: Form, asked: str, path: str, kind: str, value: Any) -> None:
    """Note the words of a value, and that a person read them."""
    spans = read_spans(form, asked)
    if value is None or not spans:
        return
    record["evidence"][path] = [list(span) for span in spans]
    how = "stated" if kind.rstrip("?") == "text" else "inferred" if words_of(kind) else "normalised"
    record["basis"][path] = {"how": how, "rule": "person"}
