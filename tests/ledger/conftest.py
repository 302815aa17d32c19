"""Records as reports tell them, made by hand."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from servanda.model.dossier import Carrier, Told
from servanda.model.reading import Amount, Figure, Instrument, Meeting, Participant, Record, Step, Undertaking

_EMPTY: dict[type[Record], dict[str, Any]] = {
    Instrument: {"kind": "agreement", "parties": ("A", "B"), "subject": None, "count": None, "valid": None},
    Undertaking: {
        **{"modality": "obligation", "progress": "announced", "act": "give", "by": ("A",), "to": ("B",)},
        **{"object": "зерно", "amounts": (), "terms": (), "places": (), "when": None, "under": None},
    },
    Figure: {"metric": "trade", "who": ("A", "B"), "period": "2023", "amount": None, "changes": (), "forecast": False},
    Meeting: {"kind": "talks", "place": None, "date": None, "status": "held", "topics": ()},
}

Tell = Callable[..., Told]


def make_told(sort: type[Record], published: str | None, /, **fields: Any) -> Told:
    """One record of a report of that day; `report`, `agency` and `withdrawn` are of the report."""
    number = fields.pop("id")
    common = {"quote": f"слова {number}", "certainty": "stated", "source": None}
    carrier = Carrier(
        report=fields.pop("report", f"r{number}"),
        version=1,
        published=published,
        agency=fields.pop("agency", f"агентство {number}"),
        lang="ru",
        url=None,
        recorded="2030-01-01T00:00:00Z",
        reader="given",
        withdrawn=fields.pop("withdrawn", False),
    )
    ledger = {key: fields.pop(key) for key in ("under_record", "part_of_record") if key in fields}
    record = sort(**{**common, **_EMPTY[sort], **fields})
    return Told(number, record, carrier, ledger.get("under_record"), ledger.get("part_of_record"))


@pytest.fixture(scope="session")
def instrument() -> Tell:
    """Told of an agreement of A and B; steps as "signed 2024-03-05 A" (date and party may lack)."""
    numbers = count(1)

    def tell(published: str | None, *steps: str, **fields: Any) -> Told:
        fields.setdefault("id", next(numbers))
        return make_told(Instrument, published, steps=tuple(_step(s) for s in steps), **fields)

    return tell


def _step(words: str) -> Step:
    step, *more = words.split()
    date = next((w for w in more if w[0].isdigit()), None)
    return Step(step, date, next((w for w in more if w != date), None))


@pytest.fixture(scope="session")
def undertaking() -> Tell:
    """Told of A giving B grain; amounts as "500 тонна" or "over 5 USD"."""
    numbers = count(1)

    def tell(published: str | None, *amounts: str, **fields: Any) -> Told:
        fields.setdefault("id", next(numbers))
        return make_told(Undertaking, published, amounts=tuple(map(_amount, amounts)), **fields)

    return tell


@pytest.fixture(scope="session")
def figure() -> Tell:
    """Told of the trade of A and B in 2023."""
    numbers = count(1)

    def tell(published: str | None, amount: str | None = None, **fields: Any) -> Told:
        fields.setdefault("id", next(numbers))
        return make_told(Figure, published, amount=_amount(amount) if amount else None, **fields)

    return tell


def _amount(words: str) -> Amount:
    *bound, number, unit = words.split()
    return Amount(float(number), unit, *bound)


@pytest.fixture(scope="session")
def meeting() -> Tell:
    """Told of talks of A and B."""
    numbers = count(1)

    def tell(published: str | None, **fields: Any) -> Told:
        fields.setdefault("id", next(numbers))
        people = tuple(Participant(None, None, party) for party in "AB")
        return make_told(Meeting, published, participants=people, **fields)

    return tell
