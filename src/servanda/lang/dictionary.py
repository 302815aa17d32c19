"""The code of a language -> its dictionary of words: rumorph's, with the names of our table added to it."""

from rumorph import Analyzer

from servanda.lang.tables import read_table

NAME = "PROPN"


def open_dictionary(code: str) -> Analyzer:
    """Readings of words out of context; open in some 20 ms."""
    rows = read_table(code, "words")
    return Analyzer(words={row["word"]: (row["like"], NAME) for row in rows})
