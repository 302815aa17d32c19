"""An entry of the ledger -> what happened, in one sentence."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from servanda.render.dates import render_period
from servanda.render.words import labels


def say_entry(kind: str, report: str | None, records: Sequence[int], body: Mapping[str, Any], ui: str) -> str:
    """What an entry of a kind says of a report and records, by its body."""
    correction = (body.get("correction") or {}).get("value")
    return labels(ui)[f"entry/{kind}"].format(
        report=report or "",
        version=body.get("version", ""),
        reader=body.get("reader", ""),
        records=", ".join(map(str, records)),
        count=len(body.get("ids", ())),
        path=body.get("path", ""),
        value=correction if isinstance(correction, str) else json.dumps(correction, ensure_ascii=False),
        entry=body.get("entry", ""),
    )


def say_rejection(records: Sequence[int], who: str, at: str, why: str, ui: str) -> str:
    """That somebody rejected records, when (UTC, ISO 8601) and why."""
    numbers = ", ".join(map(str, records))
    said = labels(ui)["rejected_by"].format(records=numbers, who=who, day=render_period(at[:10], ui))
    return f"{said}: «{why}»" if why else said
