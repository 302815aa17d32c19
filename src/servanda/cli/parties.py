"""Words for a party on the command line -> its code: "KZ", "Казахстан", "kazakhstan", "name:Газпром"."""

from collections.abc import Iterator, Mapping

from servanda.errors import InputError
from servanda.world.tables import Tables

_COMPANY = "name:"
_TABLES = ("bodies", "states")


def party_code(text: str, tables: Tables) -> str:
    """The code of a party; InputError where no table has it."""
    if text.startswith(_COMPANY):
        return text
    codes = tables.derive(_codes)
    found = codes.get(text.strip().lower())
    if found is None:
        remedy = "give a code as KZ or EU, the name of a state, or name: and a company's name"
        raise InputError(text, "is no party that is known", remedy)
    return found


def parties_by_words(tables: Tables) -> Mapping[tuple[str, ...], str]:
    """Codes by the lemmas of every name; use it with `tables.derive`."""
    from servanda.lang.lemmas import lemmas

    codes = {lemmas(name): code for name, code in _names(tables)}
    return {words: code for words, code in codes.items() if words}


def _codes(tables: Tables) -> Mapping[str, str]:
    """Codes by themselves and by every name, in lower case."""
    return {name.lower(): code for name, code in _names(tables)} | {
        row["code"].lower(): row["code"] for table in _TABLES for row in tables.rows(table)
    }


def _names(tables: Tables) -> Iterator[tuple[str, str]]:
    for table in _TABLES:
        for row in tables.rows(table):
            names = [row["name"], *row.get("names", "").split("|"), *row["english"].split("|")]
            yield from ((name, row["code"]) for name in names if name)
