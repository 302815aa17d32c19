"""Which tables there are, which columns they have, and what a cell may hold. A new table is one line in `TABLES`.

A line names the columns in order. `*` marks a key (together the keys name a row), `?` a cell that may be empty; after `:`
stands the sort of value (one of `SORTS`, else any text), after `=` the words allowed. Lists are parted by «|». Tables of
the world have a bare name (`states` is world/data/states.tsv), those of a tongue its folder (`ru/acts` is
lang/data/ru/acts.tsv).
"""

import re
from dataclasses import dataclass
from functools import cache

TABLES = {
    "states": "code*:code name:name names?:names adjectives?:names compounds?:names english:name capital?:name",
    "cities": "city*:name code?:code kind=capital|city|crossing|region|seat metonym=yes|no from*?:day until?:day",
    "bodies": "code*:code name:name names?:names english:name organs?:names",
    "organs": "organ*:lemma code?:code kind=organ|office|region|side|mission|power",
    "companies": "name*:name names?:names code:code",
    "media": "name*:name names?:names",
    "ru/families": "family*:lemma words:lemmas",
    "ru/acts": (
        "family*:lemma object*:text act=give|lend|supply|buy|finance|build|transport|raise|cut|train|share|ease|restrict"
        "|deploy|cooperate|host|recognise|refrain|pay|other to?:text obj?:text turn=yes|no"
    ),
    "ru/things": "class*:word words:lemmas",
    "ru/modality": (
        "force*:word words:lemmas modality=obligation|intention|prohibition|permission"
        " certainty=stated|possible|denied progress=announced|under_way|fulfilled|delayed|suspended|broken|cancelled"
    ),
}

SORTS = {
    "text": r".+",
    "code": r"[A-Z][A-Za-z]*\d*\+?|name:\S.*",  # of a state or body in the tables
    "day": r"\d{4}-\d\d-\d\d",
    "number": r"-?\d+(\.\d+)?",
    "word": r"[^\s|]+",
    "lemma": r"[^A-ZА-ЯЁё|]+",  # one word or several
    "lemmas": r"[^A-ZА-ЯЁё|]+(\|[^A-ZА-ЯЁё|]+)*",
    "name": r"[^|]+",
    "names": r"[^|]+(\|[^|]+)*",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: whether it is of the key, whether it may be empty, and the pattern of a whole cell."""

    name: str
    key: bool
    optional: bool
    sort: str
    pattern: re.Pattern[str]


_COLUMN = re.compile(r"(\w+)(\*?)(\??)(?::(\w+)|=(\S+))?")


def _column(text: str) -> Column:
    match = _COLUMN.fullmatch(text)
    if match is None:
        raise ValueError(f"the registry of tables has a column that cannot be read: {text!r}")
    name, key, optional, sort, words = match.groups()
    sort = "one of" if words else sort or "text"
    pattern = "|".join(map(re.escape, words.split("|"))) if words else SORTS[sort]
    return Column(name, bool(key), bool(optional), sort, re.compile(pattern))


@cache
def columns(table: str) -> tuple[Column, ...]:
    """The columns of a registered table; KeyError for an unknown one."""
    return tuple(map(_column, TABLES[table].split()))
