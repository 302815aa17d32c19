"""A record -> its fields: each by its path, with its name and value in plain words, and what is known of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from servanda.model.reading import Change, Record, record_json
from servanda.render.amounts import render_change
from servanda.render.marks import printable
from servanda.render.names import Namer
from servanda.render.values import render_value
from servanda.render.words import labels, rule_words, verbs

_SORTS = {  # the sort of mention that competes for a field
    **dict.fromkeys(("by", "to", "parties", "who", "party"), "party"),
    **dict.fromkeys(("amounts", "amount"), "amount"),
    **dict.fromkeys(("when", "valid", "period", "date", "against"), "time"),
    **dict.fromkeys(("place", "places"), "place"),
    "name": "person",
}
_NOT_FIELDS = ("type", "evidence", "basis", "confidence")
_WHOLE = {"number", "percent"}  # keys of an amount and of a change


def leaves(record: Record) -> Iterator[tuple[str, Any]]:
    """Paths and values of a record, in its order: "by/0", "steps/1/date". An empty list, an amount and a change are
    one leaf each.
    """
    for key, value in record_json(record).items():
        if key not in _NOT_FIELDS:
            yield from _leaves(key, value)


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list) and value:
        for n, part in enumerate(value):
            yield from _leaves(f"{path}/{n}", part)
    elif isinstance(value, dict) and not _WHOLE & value.keys():
        for key, part in value.items():
            yield from _leaves(f"{path}/{key}", part)
    else:
        yield path, value


def known_of(grounds: Mapping[str, Any], path: str, value: Any) -> Any:
    """What is known of the path, or else of the field that it is a part of; of nothing, only what is its own."""
    while path:
        if path in grounds:
            return grounds[path]
        path = path.rpartition("/")[0] if value is not None else ""
    return None


def sort_of(path: str) -> str | None:
    """The sort of mention that may stand in a field: time, amount, party, person, place."""
    named = [part for part in path.split("/") if not part.isdigit()]
    return _SORTS.get(named[-1])


def render_rule(rule: str, ui: str) -> str:
    """What a rule goes by: its family in words, and the word that it is about («act:передать»)."""
    family, _, about = rule.partition(":")
    known = rule_words(ui).get(family)
    if known is None:
        return rule
    return f"{known}: «{about}»" if family == "act" and about else known


def label_of(path: str, ui: str) -> str:
    """The name of a field in words, without its number: "who acts"; a path that no table has stays."""
    return labels(ui).get(f"field/{'.'.join(p for p in path.split('/') if not p.isdigit())}", path)


def say_term(sort: str, key: str, term: str, ui: str) -> str | None:
    """A term of the model in plain words, of a field of a type of record; None where the value is no term."""
    if key == "act" and term in verbs():
        return verbs()[term].base if ui == "en" else verbs()[term].ru_inf
    return labels(ui).get(f"{'meeting' if sort == 'meeting' and key == 'kind' else key}/{term}")


@dataclass(frozen=True, slots=True)
class Fields:
    """Says the fields of one record in one language."""

    record: Record
    ui: str
    name: Namer

    def label(self, path: str) -> str:
        """A field in words, with its number where there are several: "who acts", "step 2"."""
        said = label_of(path, self.ui)
        parts = path.split("/")
        number = next((int(p) for p in parts if p.isdigit()), None)
        several = said != path and number is not None and len(getattr(self.record, parts[0])) > 1
        return f"{said} {number + 1}" if several and number is not None else said

    def said(self, path: str, value: Any) -> str:
        """A value as people say it."""
        ui, key = self.ui, path.split("/")[-1]
        word = labels(ui)
        if value is None or value == []:
            return word["empty"]
        if isinstance(value, bool):
            return word["yes" if value else "no"]
        if isinstance(value, int) and key in ("under", "part_of"):
            return f"{word['card']} {value + 1}"
        if isinstance(value, int):
            return str(value)
        if isinstance(value, dict) and "percent" in value:
            return render_change(Change(**value), ui) or word["empty"]
        if isinstance(value, str) and sort_of(path) == "party":
            return printable(self.name(value))
        term = say_term(self.record.type, key, value, ui) if isinstance(value, str) else None
        return term or " ".join(printable(render_value(value, ui)).split())
