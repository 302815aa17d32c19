"""A page -> the same with its lists of text as paragraphs: resiliparse takes every list for a menu and leaves it out.

A list of text has few links in it, and items of several words («передать 20 тыс. тонн зерна до 1 марта;»).
"""

import re
from itertools import pairwise

_EDGE = re.compile(r"<(/?)[uo]l\b[^<>]*>", re.I)
_ITEM = re.compile(r"<(/?)li\b", re.I)
_LINK = re.compile(r"<a\b[^<>]{0,2000}>(.{0,1000}?)</a\b", re.I | re.S)
_TAG = re.compile(r"<[^<>]*>")
_LONG = 20  # letters of an item


def free_lists(page: str) -> str:
    """The page with the innermost lists of text changed into blocks of paragraphs."""
    parts: list[str] = []
    done = 0
    for first, last in pairwise(_EDGE.finditer(page)):
        body = page[first.end() : last.start()]
        if first[1] or not last[1] or not _is_text(body):
            continue
        parts += (page[done : first.start()], "<div>", _ITEM.sub(r"<\1p", body), "</div>")
        done = last.end()
    return "".join((*parts, page[done:])) if parts else page


def _is_text(body: str) -> bool:
    items = body.count("<li") + body.count("<LI")
    if body.count("<a ") >= items:  # a menu
        return False
    shown = len(_TAG.sub("", body).strip())
    if shown < items * _LONG:
        return False
    return sum(len(_TAG.sub("", link)) for link in _LINK.findall(body)) * 3 < shown
