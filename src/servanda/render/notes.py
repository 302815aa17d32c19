"""What a reader finds odd in a report -> in the language of who looks: the reader says it in English."""

import re
from collections.abc import Mapping
from functools import cache

from servanda.model.reading import Finding
from servanda.render.dates import render_period
from servanda.render.words import rows

_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}")


def say_note(finding: Finding, ui: str) -> str:
    """The message of a reader's finding; one that no table knows stays as it is."""
    if ui == "en":
        return finding.message
    for pattern, said in _notes().get(finding.code, ()):
        if found := pattern.fullmatch(finding.message):
            parts = (render_period(p, ui) if _DATE.fullmatch(p) else p for p in found.groups())
            return said.format(*parts)
    return finding.message


@cache
def _notes() -> Mapping[str, tuple[tuple[re.Pattern[str], str], ...]]:
    """Patterns of English messages with their Russian, by code of the finding."""
    found: dict[str, tuple[tuple[re.Pattern[str], str], ...]] = {}
    for row in rows("notes"):
        pattern = "(.+)".join(map(re.escape, row["english"].split("#")))
        found[row["code"]] = (*found.get(row["code"], ()), (re.compile(pattern, re.DOTALL), row["ru"]))
    return found
