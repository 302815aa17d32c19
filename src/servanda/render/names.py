"""Party codes -> names, from the tables of the world."""

from collections.abc import Callable, Mapping

from servanda.world.tables import Tables

Namer = Callable[[str], str]

_COMPANY = "name:"


def party_names(tables: Tables, ui: str) -> Namer:
    """The names of parties in one language: "KZ" -> "Kazakhstan"; a code that no table has stands for itself."""
    names = tables.derive(_english if ui == "en" else _russian)

    def name(code: str) -> str:
        return code[len(_COMPANY) :] if code.startswith(_COMPANY) else names.get(code, code)

    return name


def _english(tables: Tables) -> Mapping[str, str]:
    return _column(tables, "english")


def _russian(tables: Tables) -> Mapping[str, str]:
    return _column(tables, "name")


def _column(tables: Tables, column: str) -> Mapping[str, str]:
    return {row["code"]: row[column] for table in ("states", "bodies") for row in tables.rows(table)}


def names_of_codes(code: str) -> str:
    """The namer that has no tables: each code as it is."""
    return code.removeprefix(_COMPANY)
