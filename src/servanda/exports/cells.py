"""Text <-> a cell of a table that no spreadsheet takes for a formula.

A cell of text begins as a formula does where = + - @ (also full-width) stand first, behind blanks and quotation marks
that some programs drop, or where a tab or a line break stands first. So may what follows a semicolon, a tab or a line
break inside it, where a spreadsheet of other settings begins a new cell. An apostrophe is put before each such place,
and before each place where an apostrophe stands already: so it can be taken away again, and the words are as they were.
A cell that is a number below zero stays as it is.
"""

import re

_DROPPED = r"""(?:[^\S\t\r\n]|["\0\ufeff])*+"""
_FORMULA = "[=+\\-@\uff1d\uff0b\uff0d\uff20']"
_FIRST = f"(?:[\\t\\r\\n]|{_DROPPED}{_FORMULA})"
_LATER = f"{_DROPPED}{_FORMULA}"
_CELL = re.compile(rf"\A(?!-[0-9.]+\Z)(?={_FIRST})|(?<=[;\t\r\n])(?={_LATER})")
_DEFUSED = re.compile(rf"\A'(?={_FIRST})|(?<=[;\t\r\n])'(?={_LATER})")

DEFUSED = (
    "Cells of text are made safe for spreadsheets: where a cell, or what follows a semicolon, a tab or a line break in "
    "it, begins like a formula (= + - @, also full-width or behind blanks and quotation marks; at the start of a cell "
    "also a tab or a line break) or with an apostrophe, one apostrophe (') stands before it. Take it away to have the "
    "exact words; offsets count them without it. Numbers are plain, those below zero too."
)


def defused(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    return _CELL.sub("'", text)


def undefused(cell: str) -> str:
    """The text that such a cell stands for."""
    return _DEFUSED.sub("", cell)
