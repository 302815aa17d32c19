"""Text -> a cell of a table that no spreadsheet takes for a formula."""

_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def defused(text: str) -> str:
    """The text with an apostrophe before it where it begins as a formula does; a number stays a number."""
    return text if not text.startswith(_FORMULA) or _is_number(text) else f"'{text}"


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isascii() and text.removeprefix("-").replace(".", "", 1).isdigit()
