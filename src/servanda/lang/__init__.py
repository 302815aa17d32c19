"""How a tongue works: text -> sentences, words, grammar, names. Knows nothing of records, states or news.

`load("ru")` gives the one object that `reading/` asks; `protocol.py` says what it answers.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from servanda.errors import InputError
from servanda.lang.recognition import find_misreading, recognise

if TYPE_CHECKING:
    from servanda.lang.protocol import Language

__all__ = ["find_misreading", "load", "recognise"]


@lru_cache(maxsize=4)
def load(code: str) -> "Language":
    """The language of an ISO 639-1 code, its weights read when first needed; InputError for one that is not read."""
    if code != "ru":
        raise InputError(code, "this language is not read yet", "give reports in Russian (ru)")
    from servanda.lang.russian import Russian  # numpy comes with it: only when a report is to be read

    return Russian()
