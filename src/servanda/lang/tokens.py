"""Text -> tokens with offsets: words, numbers, and every other sign by itself."""

import re
from typing import NamedTuple

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


class Cut(NamedTuple):
    """Tokens in columns: as written, and where they start and end."""

    words: list[str]
    starts: list[int]
    ends: list[int]


def cut_tokens(text: str, start: int, end: int) -> Cut:
    """Tokens of `text[start:end]`, in order."""
    found = list(_TOKEN.finditer(text, start, end))
    return Cut([m[0] for m in found], [m.start() for m in found], [m.end() for m in found])
