"""Party codes -> names, from the tables of the world."""

from collections.abc import Callable, Mapping

from servanda.world.tables import Tables

Namer = Callable[[str], str]

_COMPANY = "name:"
_TABLES = ("states", "bodies")


def party_names(tables: Tables, ui: str) -> Namer:
    """The names of parties in one language: "KZ" -> "Kazakhstan"; a code that no table has stands for itself."""
    names = tables.derive(_english if ui == "en" else _russian)

    def name(code: str) -> str:
        return names.get(code) or code.removeprefix(_COMPANY)

    return name


def _english(tables: Tables) -> Mapping[str, str]:
    return _column(tables, "english")


def _russian(tables: Tables) -> Mapping[str, str]:
    return _column(tables, "name")


def _column(tables: Tables, column: str) -> Mapping[str, str]:
    """The first name of each cell: tables put the one for cards there."""
    return {row["code"]: row[column].partition("|")[0] for table in _TABLES for row in tables.rows(table)}


def table_of_party(code: str, tables: Tables) -> str | None:
    """The table that holds a party, and its row there: "states.tsv, KZ Казахстан"; None for one of no table."""
    for table in _TABLES:
        for row in tables.rows(table):
            if row["code"] == code:
                return f"{table}.tsv, {code} {row['name']}"
    return None
