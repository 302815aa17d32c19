"""Servanda: news reports read into records, each field tied to the words that say it.

reading = servanda.read(text, published="2021-12-08")
reading.records, reading.unused, reading.to_json()
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from servanda.model.reading import Reading
    from servanda.model.report import Report
    from servanda.reading.read import Reader, read
    from servanda.world.tables import Tables

__all__ = ["Reader", "Reading", "Report", "Tables", "read"]

_HOMES = {
    "Reader": "servanda.reading.read",
    "Reading": "servanda.model.reading",
    "Report": "servanda.model.report",
    "Tables": "servanda.world.tables",
    "read": "servanda.reading.read",
}


def __getattr__(name: str) -> Any:
    """Load what is asked for at its first use, so that `servanda --version` waits for no network weights."""
    if name not in _HOMES:
        raise AttributeError(f"module 'servanda' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
