"""The `yes:` and `no:` lines of docstrings are run: what a rule says of itself is true."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import servanda
from servanda.model.report import Report
from servanda.reading.attribution import find_attributions
from servanda.reading.layout import lay_out
from servanda.reading.read import Reader

READING = Path(__file__).parent.parent / "src/servanda/reading"
LINE = re.compile(r"^\s*(yes|no): (.+)$", re.M)


def _lines(file: str) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse((READING / file).read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield from LINE.findall(ast.get_docstring(node) or "")


@pytest.mark.parametrize(("side", "text"), list(_lines("undisclosed.py")))
def test_what_is_kept_back(side: str, text: str) -> None:
    assert bool(servanda.read(text, lang="ru").undisclosed) == (side == "yes")


@pytest.mark.parametrize(("side", "text"), list(_lines("cues.py")))
def test_who_says_so(side: str, text: str) -> None:
    document = Reader().document(lay_out(Report("-", text)), "ru")
    assert bool(find_attributions(document)) == (side == "yes")
