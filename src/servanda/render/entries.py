"""An entry of the ledger -> what happened, in one sentence."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from servanda.model.reading import Amount
from servanda.render.amounts import render_amount
from servanda.render.dates import render_period
from servanda.render.fields import label_of
from servanda.render.words import labels


def say_entry(kind: str, report: str | None, records: Sequence[int], body: Mapping[str, Any], ui: str) -> str:
    """What an entry of a kind says of a report and records, by its body."""
    return labels(ui)[f"entry/{kind}"].format(
        report=report or "",
        version=body.get("version", ""),
        reader=body.get("reader", ""),
        records=", ".join(map(str, records)),
        count=len(body.get("ids", ())),
        path=label_of(body.get("path", ""), ui),
        value=_say_value((body.get("correction") or {}).get("value"), ui),
        entry=body.get("entry", ""),
    )


def _say_value(value: Any, ui: str) -> str:
    """What a field was corrected to."""
    if value is None:
        return labels(ui)["empty"]
    if isinstance(value, dict) and value.keys() == {"number", "unit", "bound"}:
        return render_amount(Amount(**value), ui)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def say_rejection(records: Sequence[int], who: str, at: str, why: str, ui: str) -> str:
    """That somebody rejected records, when (UTC, ISO 8601) and why."""
    numbers = ", ".join(map(str, records))
    said = labels(ui)["rejected_by"].format(records=numbers, who=who, day=render_period(at[:10], ui))
    return f"{said}: «{why}»" if why else said
