"""A small ledger as `servanda add --readings` makes one: what the tests of its verbs share."""

import json
from pathlib import Path
from typing import Any

_UNDERTAKING = {"type": "undertaking", "certainty": "stated", "source": None, "modality": "obligation", "under": None}
_UNDERTAKING |= {"progress": "announced", "terms": [], "places": [], "object": "зерно", "act": "give", "when": None}
TEXTS = {
    "a": "Казахстан передаст Киргизии 500 тонн зерна до конца июня.",
    "b": "Астана передаст Бишкеку 500 тонн зерна к июлю, сообщили в посольстве.",
}


def grain(report: str, published: str | None, tonnes: int = 500, **fields: Any) -> dict[str, Any]:
    """A reading with one promise of grain, of a report whose text is known."""
    amounts = [{"number": tonnes, "unit": "тонна", "bound": "exactly"}]
    text = TEXTS.get(report, f"{report}: обещают зерно")
    record = {**_UNDERTAKING, "quote": text, "by": ["KZ"], "to": ["KG"], "amounts": amounts, **fields}
    return {"id": report, "published": published, "text": text, "records": [record]}


def treaty(report: str, published: str | None, **fields: Any) -> dict[str, Any]:
    """A reading with one agreement."""
    record = {"type": "instrument", "certainty": "stated", "source": None, "kind": "agreement", "valid": None}
    record |= {"parties": ["KZ", "KG"], "subject": "уголь", "count": None, "steps": [], "quote": f"договор ({report})"}
    return {"id": report, "published": published, "records": [{**record, **fields}]}


def write_readings(path: Path, *readings: dict[str, Any]) -> Path:
    """The readings as JSON lines."""
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in readings), encoding="utf-8")
    return path
