"""The tables of words in `data/`, one for each page -> what a page says, in the language of who reads it."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from servanda.render.words import labels

_DATA = Path(__file__).parent / "data"


@cache
def page_words(ui: str) -> Mapping[str, str]:
    """Words by key: those of the pages, and those that cards and lists use anywhere."""
    found = dict(labels(ui))
    for path in sorted(_DATA.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            plain = (line for line in lines if not line.startswith("#"))
            found |= {row["key"]: row[ui] for row in csv.DictReader(plain, delimiter="\t", quoting=csv.QUOTE_NONE)}
    return found
