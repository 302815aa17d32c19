"""The value of a mention -> a few words."""

from typing import Any

from servanda.model.reading import Amount, plain
from servanda.render.amounts import render_amount
from servanda.render.dates import render_period
from servanda.render.words import labels


def render_value(value: Any, ui: str) -> str:
    """A time, an amount, parties or a person in short; what the text does not fix is said to be open."""
    value = plain(value)
    if value is None:
        return labels(ui)["empty"]
    if isinstance(value, dict) and "number" in value:
        said = render_amount(Amount(value["number"], value["unit"], value["bound"]), ui)
        return f"{said} – {value['high']:g}" if value.get("high") is not None else said
    if isinstance(value, dict):
        return ", ".join(str(v) for v in value.values() if v is not None)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return render_period(value, ui) if value[:1].isdigit() or value.startswith("..") else str(value)
