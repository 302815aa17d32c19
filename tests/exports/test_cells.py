import csv
import io
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from servanda.exports.cells import defused, undefused

FORMULA = "=+-@＝＋－＠"
HOSTILE = st.text(st.sampled_from(FORMULA + "'\";,\t\r\n \u00a0aя1\0\ufeff"), max_size=30) | st.text(max_size=30)


@pytest.mark.parametrize("text", ["=1+1", "+7", "-x", "-5+1", "@x", "\tx", "\rx", "\nx", "＝1", " =1", '"=1"', "'x"])
def test_what_begins_like_a_formula_has_an_apostrophe_before_it(text: str) -> None:
    assert defused(text) == f"'{text}"


def test_so_has_what_another_spreadsheet_takes_for_the_next_cell() -> None:
    assert defused("зерно; =1+1;\n-5; - нет") == "зерно;' =1+1;\n'-5;' - нет"


@pytest.mark.parametrize("text", ["", "зерно", "2024-05", "../2024", "a=b", "a - b", "10; 20", "л'Ор", "-5", "-4.5"])
def test_other_words_stay(text: str) -> None:
    assert defused(text) == text


@given(HOSTILE)
@example("\n'\n=")
def test_the_words_come_back(text: str) -> None:
    assert undefused(defused(text)) == text


@given(st.lists(HOSTILE, min_size=1, max_size=4))
def test_no_spreadsheet_finds_a_formula(cells: list[str]) -> None:
    page = io.StringIO(newline="")
    csv.writer(page).writerow(["U1", *map(defused, cells)])
    assert next(csv.reader(io.StringIO(page.getvalue(), newline=""))) == ["U1", *map(defused, cells)]
    for cell in [*map(defused, cells), *re.split("[;\t\r\n]", page.getvalue())]:
        plain = cell.lstrip(' "\u00a0\0\ufeff')
        assert not plain.startswith(tuple(FORMULA)) or re.fullmatch("-[0-9.]+", cell)


def test_a_text_of_many_lines_takes_no_long_time() -> None:
    text = "\n" * 200_000 + " " * 200_000
    assert undefused(defused(text)) == text
