"""A page of the web -> Report: headline, a blank line, and a line for each paragraph of the article.

The article is found by resiliparse or, with care and ten times slower, by trafilatura. What the page says of itself
(headline, outlet, address, day) is read by `facts` and `dating`, the same way for both.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from servanda.model.report import Report
from servanda.sources.dating import Said, choose_day, parse_printed
from servanda.sources.encoding import UndecodableError, decode_declared
from servanda.sources.facts import clean_line, find_dated, find_facts
from servanda.sources.lists import free_lists
from servanda.sources.rejected import MAX_BYTES, Rejected, too_large
from servanda.sources.taken import Taking
from servanda.sources.text import MAX_PAGE

if TYPE_CHECKING:
    from resiliparse.parse.html import DocumentNode

_CHARSET = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{3,40})", re.I)
_WORDS = re.compile(r"(?:[A-Za-z\u0400-\u052f]{2,30}+[\s,.:;«»\"'()\d–—-]{1,30}+){4}")
_ENDS = re.compile(r"[.!?…][»\"”’)\]]*$")
_BLOCK = re.compile(r"<(/?)(?:div|article|[uo]l)\b", re.I)
_DEEP = 5_000
_SENTENCE = 40  # letters of the shortest article
_LONG = 100  # letters of what is no headline, date or button
_SHORT = 60
_HEAD = 8  # lines
_BROKEN = 3  # lines of a headline


@dataclass(frozen=True, slots=True)
class Fetched:
    """What is known of a page beside its bytes: its address, the charset that the server told, the day of the visit."""

    url: str | None = None
    charset: str | None = None
    crawled: date | None = None


def read_page(
    data: bytes, place: str, options: Taking, id: str | None = None, fetched: Fetched | None = None
) -> Report | Rejected:
    """The report of a page, called by its place unless an id is given; Rejected where the page has no article."""
    fetched = fetched or Fetched()
    try:
        page = _decode(data, fetched.charset)
    except UndecodableError as error:
        return Rejected(place, str(error), "save it in UTF-8")
    if why := _unfit(data, page):
        return Rejected(place, *why)
    page = free_lists(page)
    document, plain = _parse(page)
    lines = (_with_care(page) if options.care else []) or plain
    if not any(len(line) >= _SENTENCE and _ENDS.search(line) for line in lines):
        return Rejected(place, "is a page without an article", "give a page that tells one piece of news")
    facts = find_facts(page, document, fetched.url)
    headed = _headed(lines, facts.titles)
    text = "\n".join(headed)
    if len(text) > MAX_BYTES:
        return too_large(place)
    above = _head(_headed(plain, facts.titles))
    facts.said += [Said(d, "seen") for line in above if (d := parse_printed(line))] or find_dated(page)
    day = choose_day(facts.said, "\n".join(headed[:_HEAD]), fetched.crawled, options.crawled)
    return Report(id=id or place, text=text, published=day or options.published, agency=facts.agency, url=facts.url)


def _decode(data: bytes, charset: str | None) -> str:
    """The page's letters, by what server and page tell of them."""
    return decode_declared(data, (charset, *(m[1].decode() for m in _CHARSET.finditer(data[:4000]))))


def _unfit(data: bytes, page: str) -> tuple[str, str] | None:
    """Why a page is not even parsed, and the remedy."""
    if len(data) > MAX_PAGE:
        return f"is over the limit of {MAX_PAGE // 1_000_000} MB for one page", "give its text alone"
    if not _WORDS.search(page):
        return "is a page without Cyrillic or Latin words", "leave it out"
    if _is_deep(page):
        return "is nested too deeply", "give its text alone"
    return None


def _is_deep(page: str) -> bool:
    """Whether so many blocks stand in each other that resiliparse, quadratic in them, would take seconds."""
    if page.count("<") < _DEEP:
        return False
    depth = 0
    for block in _BLOCK.finditer(page):
        depth = max(depth - 1, 0) if block[1] else depth + 1
        if depth > _DEEP:
            return True
    return False


def _parse(page: str) -> "tuple[DocumentNode, list[str]]":
    """The page's tree, and the paragraphs of its article with what the page shows above them."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(page)
    assert tree.document is not None
    text = extract_plain_text(tree, main_content=True, alt_texts=False, comments=False)
    lines = [line for row in text.split("\n") if (line := clean_line(row))]
    while lines and len(lines[-1]) < _SHORT and not _ENDS.search(lines[-1]):  # buttons below the article
        lines.pop()
    return tree.document, lines


def _with_care(page: str) -> list[str]:
    """The paragraphs by trafilatura; [] where it finds none, or runs those of a table into one."""
    import trafilatura

    found = trafilatura.extract(page, favor_precision=True, include_comments=False, output_format="txt")
    lines = [line for row in (found or "").split("\n") if (line := clean_line(row))]
    return [] if any(line.startswith("|") for line in lines) else lines


def _head(lines: list[str]) -> list[str]:
    """The short lines above the article."""
    long = next((i for i, line in enumerate(lines) if len(line) >= _LONG), len(lines))
    return lines[: min(long, _HEAD)]


def _headed(lines: list[str], titles: list[str]) -> list[str]:
    """The headline, a blank line and the others; what stands above the headline, the page's own, is left out."""
    head = _head(lines)
    for title in titles:
        for start in range(len(head)):
            for end in range(start + 1, min(start + _BROKEN, len(lines) - 1) + 1):
                line = " ".join(lines[start:end])
                if line.startswith(title) and len(line) < len(title) + _SHORT:
                    rest = line[len(title) :].strip()  # a date run into it
                    return [title, "", *([rest] if rest else []), *lines[end:]]
    return [titles[0], "", *lines] if titles else lines
