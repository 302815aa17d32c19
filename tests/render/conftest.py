"""A reading made by hand, with every type of record and of field."""

from typing import Any

import pytest

from servanda.model.plain import reading_from_json
from servanda.model.reading import Reading

TEXT = """Лесия передаст Озерии зерно

Лесия и Озерия подписали договор о помощи. Лесия безвозмездно передаст Озерии 500 тонн зерна до конца 2024 года.
Озерия не будет перепродавать зерно. Торговля выросла на 5%, до $20 млн. Министр Лесии Анна Бор встретилась с послом."""


def at(words: str, nth: int = 0) -> list[int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return [start, start + len(words)]


def record(sort: str, quote: str, evidence: dict[str, list[int]], **fields: Any) -> dict[str, Any]:
    spans = {path: [span] for path, span in {"quote": at(quote), **evidence}.items()}
    basis = {path: {"how": "normalised", "rule": "by hand"} for path in evidence}
    common = {"type": sort, "quote": quote, "certainty": "stated", "source": None}
    return {**common, "evidence": spans, "basis": basis, "confidence": {"": 0.9}, **fields}


@pytest.fixture
def plain_reading() -> dict[str, Any]:
    """As `servanda read --format jsonl` prints it."""
    undertaking = {
        "modality": "obligation",
        "progress": "announced",
        "places": [],
        "terms": [],
        "when": None,
        "under": 0,
    }
    return {
        "id": "grain",
        "published": "2024-03-05",
        "dateline": None,
        "undisclosed": [],
        "records": [
            record(
                "instrument",
                "Лесия и Озерия подписали договор о помощи",
                {"parties/0": at("Лесия", 1), "parties/1": at("Озерия"), "subject": at("о помощи")},
                kind="agreement",
                parties=["name:Лесия", "name:Озерия"],
                subject="о помощи",
                count=None,
                steps=[{"step": "signed", "date": "2024-03-04", "by": None}],
                valid=None,
            ),
            record(
                "undertaking",
                "Лесия безвозмездно передаст Озерии 500 тонн зерна до конца 2024 года",
                {"object": at("зерна"), "terms/0": at("безвозмездно"), "amounts/0": at("500 тонн")},
                **{**undertaking, "terms": ["безвозмездно"], "when": "../2024-12-31"},
                act="give",
                by=["name:Лесия"],
                to=["name:Озерия"],
                object="зерна",
                amounts=[{"number": 500, "unit": "тонна", "bound": "exactly"}],
            ),
            record(
                "undertaking",
                "Озерия не будет перепродавать зерно",
                {"object": at("зерно", 1)},
                **{**undertaking, "modality": "prohibition"},
                act="refrain",
                by=["name:Озерия"],
                to=["name:Лесия"],
                object="зерно",
                amounts=[],
                source="министр",
                via="газета",
            ),
            record(
                "figure",
                "Торговля выросла на 5%, до $20 млн",
                {"amount": at("$20 млн"), "changes/0": at("на 5%")},
                metric="trade",
                who=["name:Лесия", "name:Озерия"],
                period="2023",
                amount={"number": 20e6, "unit": "USD", "bound": "exactly"},
                changes=[{"percent": 5, "times": None, "against": "2022"}],
                forecast=False,
            ),
            record(
                "meeting",
                "Министр Лесии Анна Бор встретилась с послом",
                {"participants/0/name": at("Анна Бор")},
                kind="talks",
                participants=[
                    {"name": "Анна Бор", "office": "министр Лесии", "party": "name:Лесия"},
                    {"name": None, "office": None, "party": "name:Озерия"},
                ],
                place="Озёрск",
                date="2024-03-05",
                status="planned",
                topics=["о дорогах"],
            ),
        ],
        "findings": [{"code": "made", "message": "a finding", "spans": []}],
        "unused": [{"type": "time", "span": at("2024"), "text": "2024", "value": "2024"}],
        "evidence": {},
        "basis": {},
        "confidence": {},
    }


@pytest.fixture
def reading(plain_reading: dict[str, Any]) -> Reading:
    return reading_from_json(plain_reading, TEXT)
