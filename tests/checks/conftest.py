"""Records told by reports, made by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from servanda.model.dossier import Carrier, Dossier, Told
from servanda.model.plain import record_from_json

_EMPTY: dict[str, dict[str, Any]] = {
    "instrument": {
        "kind": "agreement",
        "parties": ["XA", "XB"],
        "subject": None,
        "count": None,
        "steps": [],
        "valid": None,
    },
    "undertaking": {
        "modality": "obligation",
        "progress": "announced",
        "act": "give",
        "by": ["XA"],
        "to": ["XB"],
        "object": None,
        "amounts": [],
        "terms": [],
        "places": [],
        "when": None,
        "under": None,
    },
    "figure": {
        "metric": "trade",
        "who": ["XA", "XB"],
        "period": None,
        "amount": None,
        "changes": [],
        "forecast": False,
    },
    "meeting": {"kind": "talks", "participants": [], "place": None, "date": None, "status": "held", "topics": []},
}

Tell = Callable[..., Told]


@pytest.fixture
def tell() -> Tell:
    """`tell("figure", "quote", report="a", published="2024-03-05", text=None, **fields)`: numbered from 1."""
    numbers = iter(range(1, 1000))

    def make(
        type: str,
        quote: str,
        report: str = "a",
        published: str | None = "2024-03-05",
        text: str | None = None,
        under: int | None = None,
        part_of: int | None = None,
        withdrawn: bool = False,
        **values: Any,
    ) -> Told:
        common = {"type": type, "quote": quote, "certainty": "stated", "source": None}
        record = record_from_json({**common, **_EMPTY[type], **values})
        carrier = Carrier(
            report, 1, published, None, "ru", None, "2024-03-06T00:00:00Z", "given", text, withdrawn=withdrawn
        )
        return Told(next(numbers), record, carrier, under=under, part_of=part_of)

    return make


@pytest.fixture
def hold() -> Callable[..., Dossier]:
    """A dossier of records of one thing."""

    def make(*told: Told) -> Dossier:
        kind = told[0].record.type
        number = min(t.id for t in told)
        return Dossier(
            id=f"{kind[0].upper()}{number}",
            type=kind,
            told=told,
            parties=("XA", "XB"),
            status="open",
            first=None,
            last=None,
        )

    return make
