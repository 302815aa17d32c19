"""Clean text and its day -> the time expressions in it, resolved to EDTF. Guesses nothing that the text leaves open."""

from servanda.lang.calendar import parse_day

__all__ = ["parse_day"]
