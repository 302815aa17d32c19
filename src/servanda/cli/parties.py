"""Words for a party on the command line -> its code: "KZ", "Казахстан", "kazakhstan", "name:Газпром"."""

from collections.abc import Mapping

from servanda.errors import InputError
from servanda.world.tables import Tables

_COMPANY = "name:"


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


def _codes(tables: Tables) -> Mapping[str, str]:
    """Codes by themselves and by every name, in lower case."""
    codes: dict[str, str] = {}
    for table in ("bodies", "states"):
        for row in tables.rows(table):
            names = [row["code"], row["name"], *row.get("names", "").split("|"), *row["english"].split("|")]
            codes |= {name.lower(): row["code"] for name in names if name}
    return codes
