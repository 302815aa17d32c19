"""A token -> its outline (script and letter case), as the networks were taught it."""

import re

# Signs and names of outlines are slovnet's (slovnet/shape.py, MIT): its weights know them by name.
_SIGNS = "!#$%&()[]\\/*+,.:;<=>?@^_{|}~-‐−‒⁃–—―`\"'«»„“ʼʻ”№…"
_SCRIPT = re.compile(r"(?P<RU>[а-яё]+)|(?P<EN>[a-z]+)|(?P<NUM>[+-]?\d+)|(?P<PUNCT>[" + re.escape(_SIGNS) + "]+)", re.I)


def outline(token: str) -> str:
    """«Нур-Султан» -> RU_Xx-Xx, «ООН» -> RU_XX, «680» -> NUM, «%» -> PUNCT_%."""
    match = _SCRIPT.match(token)
    if match is None:
        return "OTHER"
    script = match.lastgroup or ""
    if script == "NUM":
        return "NUM"
    if script == "PUNCT":
        return f"PUNCT_{token if token in _SIGNS and len(token) == 1 else 'OTHER'}"
    return f"{script}_{_case(token)}"


def _case(word: str) -> str:
    if len(word) == 1:
        return "X" if word.isupper() else "x"
    if word.isupper():
        return "XX"
    if word.islower():
        return "xx"
    if _is_title(word):
        return "Xx"
    left, dash, right = word.partition("-")
    return "Xx-Xx" if dash and _is_title(left) and _is_title(right) else "OTHER"


def _is_title(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word[1:].islower()
