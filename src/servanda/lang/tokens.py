"""Text -> tokens with offsets: words, numbers, and every other sign by itself."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from servanda.lang.words import Token

# Tried in this order. Quantifiers are possessive, so that any text is read in linear time.
_TOKEN = re.compile(
    r"""
      \d++(?:[.,]\d++)*+(?:[-‐‑–—−]\d++(?:[.,]\d++)*+)*+(?:[-‐‑][^\W\d_]++)++   # 5-го, 2,5-кратный, 10-15-летний
    | \d++(?:[.,]\d++)*+(?:[-‐‑–—−]\d++(?:[.,]\d++)*+)*+                          # 680, 12,3, 08.12.2021, 80-82
    | [^\W\d_][^\W_\u0300-\u036f]*+[\u0300-\u036f]*+                              # word with its stress marks,
      (?:[^\W_]++[\u0300-\u036f]*+|[-‐‑'’ʼ](?=[^\W_])|[\u0300-\u036f]++)*+        # Нур-Султан, Кот-д'Ивуар, МиГ-29
    | \.{2,}+ | …++ | [?!]++
    | \S
    """,
    re.VERBOSE,
)

_NO_FEATURES: Mapping[str, str] = MappingProxyType({})  # one for all, until the morphology gives each its own


def cut_tokens(text: str, start: int, end: int) -> list[Token]:
    """Tokens of `text[start:end]`, in order."""
    return [
        Token(index, match.group(), *match.span(), "", "", _NO_FEATURES)
        for index, match in enumerate(_TOKEN.finditer(text, start, end))
    ]
