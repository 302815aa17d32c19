"""The tables of words in `data/` -> labels, verbs, units and terms in the language of the reader."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "ru")

_DATA = Path(__file__).parent / "data"


@cache
def rows(table: str) -> tuple[Mapping[str, str], ...]:
    """The rows of a table in `data/`."""
    with (_DATA / f"{table}.tsv").open(encoding="utf-8", newline="") as lines:
        plain = (line for line in lines if not line.startswith("#"))
        return tuple(csv.DictReader(plain, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def labels(ui: str) -> Mapping[str, str]:
    """Labels by key, in one language."""
    return {row["key"]: row[ui] for row in rows("words")}


@cache
def rule_words(ui: str) -> Mapping[str, str]:
    """What a rule says, by the family of rules that it is of."""
    return {row["rule"]: row[ui] for row in rows("rules")}


@cache
def trait_words(ui: str) -> Mapping[str, str]:
    """What a trait of an undertaking is about."""
    return {row["trait"]: row[ui] for row in rows("traits")}


@dataclass(frozen=True, slots=True)
class Verb:
    """How an act is said. See data/acts.tsv."""

    base: str
    third: str
    ing: str
    past: str
    to: str
    ru_one: str
    ru_many: str
    ru_inf: str
    ru_to: str


@cache
def verbs() -> Mapping[str, Verb]:
    """Verbs by act."""
    return {row["act"]: Verb(**{k: v for k, v in row.items() if k != "act"}) for row in rows("acts")}


@cache
def units() -> Mapping[str, Mapping[str, str]]:
    """Forms of a unit by its code or dictionary form."""
    return {row["unit"].replace("ё", "е"): row for row in rows("units")}


@cache
def english_units() -> Mapping[str, Mapping[str, str]]:
    """The same by the English word for one."""
    return {row["en_one"]: row for row in reversed(rows("units")) if row["en_one"].replace(" ", "").isalpha()}


@cache
def _terms() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((_term_pattern(row["words"]), row["english"]) for row in rows("terms"))


def _term_pattern(words: str) -> re.Pattern[str]:
    """Each word is a beginning, `#` a number; between them only blanks."""
    parts = (r"(\d[\d.,\s]*%?|[а-я]+)" if w == "#" else re.escape(w) + r"\w*" for w in words.split())
    return re.compile(r"\s+".join(parts))


def term_in_english(term: str) -> str | None:
    """What a common condition says in English; None for one that the table has not."""
    plain = term.strip(" «»\"'.,").lower().replace("ё", "е")
    for pattern, english in _terms():
        if match := pattern.fullmatch(plain):
            return english.replace("#", match.group(1).replace(",", ".")) if "#" in english else english
    return None
