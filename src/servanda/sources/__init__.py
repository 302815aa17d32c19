"""Files, folders and standard input -> Reports, in order and one by one; inputs of any size -> pieces that are read by
themselves. Reads no network; raises for no bad input.
"""

from servanda.sources.pieces import find_pieces, read_piece
from servanda.sources.rejected import MAX_BYTES, Rejected
from servanda.sources.taken import Piece, Taken, Taking
from servanda.sources.text import storable
from servanda.sources.walk import find_reports, parse_taking

__all__ = [
    "MAX_BYTES",
    "Piece",
    "Rejected",
    "Taken",
    "Taking",
    "find_pieces",
    "find_reports",
    "parse_taking",
    "read_piece",
    "storable",
]
