"""Rows of records -> an index of their words and facets, and rows found by them."""

from collections.abc import Sequence

from sqlalchemy import Connection

from servanda.ledger.words import Words
from servanda.model.dossier import Told


def index_rows(connection: Connection, rows: Sequence[tuple[int, Told]], words: Words) -> None:
    """Put rows (number, record) into the index."""


def forget_rows(connection: Connection, rows: Sequence[int]) -> None:
    """Take rows out of the index."""


def clear(connection: Connection) -> None:
    """Empty the index."""
