"""Files, folders and standard input -> Reports, in order and one by one. Reads no network; raises for no bad input."""

from servanda.sources.rejected import MAX_BYTES, Rejected
from servanda.sources.text import storable
from servanda.sources.walk import find_reports

__all__ = ["MAX_BYTES", "Rejected", "find_reports", "storable"]
