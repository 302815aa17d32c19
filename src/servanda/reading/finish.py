"""Drafts -> records: spans led back to the report's text, exact words cut from it, confidence set, references
numbered.
"""

from collections.abc import Sequence
from typing import Any

from servanda.model.reading import Basis, Figure, Instrument, Meeting, Record, Undertaking
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.confidence import load_confidence
from servanda.reading.document import Page
from servanda.reading.draft import Draft

_ORDER = ("instrument", "undertaking", "figure", "meeting")
_TYPES: dict[str, Any] = {"instrument": Instrument, "undertaking": Undertaking, "figure": Figure, "meeting": Meeting}
_EXACT = ("quote", "subject", "object", "purpose")
_EXACT_LISTS = ("terms", "topics")
_LISTS = {
    "instrument": ("parties", "steps"),
    "undertaking": ("by", "to", "amounts", "terms", "places"),
    "figure": ("who", "changes"),
    "meeting": ("participants", "topics"),
}
_ABSENT: dict[str, dict[str, Any]] = {
    "instrument": {"subject": None, "count": None, "valid": None},
    "undertaking": {"object": None, "when": None},
    "figure": {"period": None, "amount": None, "forecast": False},
    "meeting": {"place": None, "date": None},
}


def finish_records(text: str, page: Page, drafts: Sequence[Draft]) -> tuple[Record, ...]:
    """Records in the order of types, then of the text; `under` and `part_of` are indexes of this tuple."""
    ordered = in_order(drafts)
    number = {id(d): i for i, d in enumerate(ordered)}
    return tuple(_record(text, page, d, number) for d in ordered)


def in_order(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts in the order of their records."""
    return sorted(drafts, key=lambda d: (_ORDER.index(d.type), d.evidence["quote"][0], d.get("act") or ""))


def _record(text: str, page: Page, draft: Draft, number: dict[int, int]) -> Record:
    evidence = {path: tuple(page.span(s) for s in spans) for path, spans in draft.evidence.items()}
    fields: dict[str, Any] = {**_ABSENT[draft.type], "certainty": "stated", "source": None, **draft.values}
    for name in _EXACT:
        if evidence.get(name) and fields.get(name) is not None:
            fields[name] = _cut(text, evidence[name])
    for name in _LISTS[draft.type]:
        fields[name] = tuple(fields.get(name) or ())
    for name in _EXACT_LISTS:
        if name in fields:
            fields[name] = tuple(
                _cut(text, evidence[f"{name}/{i}"]) if f"{name}/{i}" in evidence else v
                for i, v in enumerate(fields[name])
            )
    if draft.type == "undertaking":
        fields["under"] = number.get(id(draft.under)) if draft.under else None
        if fields["under"] is not None:
            draft.basis.setdefault("under", Basis(How.INFERRED, "rests-on"))
    if draft.part_of:
        fields["part_of"] = number.get(id(draft.part_of))
    basis = {path: b for path, b in draft.basis.items() if _says(fields, path, b)}
    sure = load_confidence().of(draft)
    confidence = {path: sure[path] for path in ("", *basis) if path in sure}
    made: Record = _TYPES[draft.type](**fields, evidence=evidence, basis=basis, confidence=confidence)
    return made


def _says(fields: dict[str, Any], path: str, basis: Basis) -> bool:
    """Whether a path has a value of its own: no basis for what is absent, for a list beside its members, or for a
    certainty that no word of the report touches."""
    name, _, rest = path.partition("/")
    value = fields.get(name)
    if value is None or value is False or (isinstance(value, (list, tuple)) and not rest):
        return False
    return not (name == "certainty" and value == "stated" and basis.how == How.INFERRED)


def _cut(text: str, spans: tuple[Span, ...]) -> str:
    """The report's own words of a field; a field of several spans is their hull."""
    return text[spans[0].start : spans[-1].end]
