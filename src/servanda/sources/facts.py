"""The head of a page, parsed -> what it says of itself: titles, outlet, address, days."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from servanda.lang.words import fold
from servanda.sources.dating import Said, parse_address, parse_moment, parse_printed
from servanda.world.tables import Tables, values

if TYPE_CHECKING:
    from resiliparse.parse.html import DocumentNode

_DECLARED = (
    "article:published_time", "og:published_time", "datepublished", "publishdate", "article.published", "pubdate",
    "publish_date", "dcterms.issued", "dc.date.issued", "sailthru.date", "mediator_published_time",
)  # fmt: skip
_NAMED = ("date", "dc.date", "dcterms.date", "dcterms.created", "article:date", "og:article:published_time")
_ARTICLES = re.compile(r"Article|Posting|Report|WebPage")
_LD_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_HEADLINE = 15  # letters, at least
_LONGEST = 500_000  # of JSON-LD
_HEAD = 100_000  # letters of a page that may hold its head
_META = re.compile(r"""<meta\b((?:[^>"']|"[^"]{0,5000}"|'[^']{0,5000}'){1,3000}+)>""", re.I)
_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_LINKED = re.compile(r"<script\b[^>]{0,200}?\bapplication/ld\+json\b[^>]{0,200}>", re.I)
_LINK = re.compile(r"<link\b([^<>]{1,3000})>", re.I)
_ARTICLE = re.compile(r"<(?:h1|article|main)\b", re.I)
_ITEMPROP = re.compile(r"itemprop\s*=\s*[\"']?datePublished\b")
_TIME = re.compile(r"<time\b[^<>]{1,300}?\bdatetime\s*=\s*[\"']?([^\"'<>]{8,40})")
_DATED = re.compile(r"date")
_SHOWN = re.compile(r"\s*(?:<[^<>]{1,200}>\s*)?([^<>]{6,60})<")  # the words of an element, or of the first one in it
_REACH = 500  # letters of a tag
_FEW = 3  # days of an article and its comments; a list of news has more
_SEPARATOR = re.compile(r"\s+[|—–·•:»-]{1,2}\s+")


@dataclass(slots=True)
class Facts:
    """What a page says of itself. `titles` come in the order in which they are believed."""

    titles: list[str] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    agency: str | None = None
    url: str | None = None


def find_facts(page: str, document: "DocumentNode", url: str | None) -> Facts:
    """All that the marks of a page and its tree tell; `url` is where it was fetched."""
    facts = Facts()
    meta = _metas(page)
    linked = next(_linked(page), {})
    publisher = linked.get("publisher")
    facts.agency = _first(meta.get("og:site_name"), publisher.get("name") if isinstance(publisher, dict) else publisher)
    facts.agency = facts.agency and _known_outlets().get(fold(facts.agency.strip('«»" ')), facts.agency)
    facts.url = _address(page, meta, linked, url)
    facts.said = list(_said(page, meta, linked, facts.url))
    facts.titles = _titles(document, meta, linked, facts.agency)
    return facts


@cache
def _known_outlets() -> dict[str, str]:
    """The spellings of outlets that the tables know, folded, and their names («tass»: «ТАСС»)."""
    rows = Tables.default().rows("media")
    return {fold(spelling): row["name"] for row in rows for spelling in (row["name"], *values(row["names"]))}


def _metas(page: str) -> dict[str, str]:
    """The first content of each meta name, property or itemprop, in small letters."""
    found: dict[str, str] = {}
    for tag in _META.finditer(page, 0, _HEAD):
        marks = _attributes(tag[1])
        if content := marks.get("content", "").strip():
            for attribute in ("property", "name", "itemprop"):
                if name := marks.get(attribute):
                    found.setdefault(name.lower(), content)
    return found


def _attributes(tag: str) -> dict[str, str]:
    """The attributes of a tag by their names in small letters."""
    return {name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(tag)}


def _linked(page: str) -> Iterator[dict[str, Any]]:
    """The articles of JSON-LD; of one that is broken, its day."""
    for opening in _LINKED.finditer(page):
        end = page.find("</", opening.end())
        while end >= 0 and page[end + 2 : end + 8].lower() != "script":
            end = page.find("</", end + 2)
        words = page[opening.end() : end if end >= 0 else None][:_LONGEST]
        try:
            yield from _articles(json.loads(words, strict=False))
        except (ValueError, RecursionError):
            if match := _LD_DATE.search(words):
                yield {"datePublished": match[1]}


def _articles(value: Any, depth: int = 4) -> Iterator[dict[str, Any]]:
    if isinstance(value, list) and depth:
        for one in value[:100]:
            yield from _articles(one, depth - 1)
    elif isinstance(value, dict):
        if "datePublished" in value or ("headline" in value and _ARTICLES.search(str(value.get("@type")))):
            yield value
        yield from _articles(value.get("@graph", []), depth - 1)


def _said(page: str, meta: dict[str, str], linked: dict[str, Any], url: str | None) -> Iterator[Said]:
    """The days that the page says of itself."""
    values = [("linked", str(linked.get("datePublished", "")))]
    values += [("declared", meta[name]) for name in _DECLARED if name in meta]
    for tag, shown in islice(_find_tags(page, _ITEMPROP), 5):
        marks = _attributes(tag)
        values.append(("declared", marks.get("datetime") or marks.get("content") or shown))
    times = [tag[1] for tag in islice(_TIME.finditer(page, _begin(page)), 20)]
    if len({time[:10] for time in times}) <= _FEW:
        values += [("time", time) for time in times]
    values += [("named", meta[name]) for name in _NAMED if name in meta]
    once: set[str] = set()
    for how, value in values:
        if how not in once and (said := parse_moment(value, how)):
            once.add(how)
            yield said
    if url and (said := parse_address(url)):
        yield said


def find_dated(page: str) -> list[Said]:
    """The day in the first element of the article that is called date."""
    tags = _find_tags(page, _DATED, _begin(page))
    days = (parse_printed(shown) for tag, shown in islice(tags, 50) if "class" in tag)
    return [Said(day, "seen") for day in days if day][:1]


def _find_tags(page: str, mark: re.Pattern[str], start: int = 0) -> Iterator[tuple[str, str]]:
    """The tags in which a mark stands, each with the words that follow it."""
    for match in mark.finditer(page, start):
        left = page.rfind("<", max(match.start() - _REACH, 0), match.start())
        right = page.find(">", match.end(), match.end() + _REACH)
        if left >= 0 and right >= 0 and page.find(">", left, match.start()) < 0:
            shown = _SHOWN.match(page, right + 1)
            yield page[left:right], unescape(shown[1]) if shown else ""


def _begin(page: str) -> int:
    """Where the article of a page begins at the earliest: no feed of news above it is its own."""
    match = _ARTICLE.search(page)
    return match.start() if match else len(page)


def _address(page: str, meta: dict[str, str], linked: dict[str, Any], url: str | None) -> str | None:
    """The page's own address, unless it leads to another site or to the front page."""
    links = map(_attributes, (tag[1] for tag in _LINK.finditer(page, 0, _HEAD)))
    canonical = next((link.get("href") for link in links if link.get("rel", "").lower() == "canonical"), None)
    main = linked.get("mainEntityOfPage")
    given = (
        canonical,
        meta.get("og:url"),
        main.get("@id") if isinstance(main, dict) else main,
    )
    for one in given:
        if isinstance(one, str) and one.startswith(("http://", "https://")) and (url is None or _same_site(one, url)):
            return one
    return url


def _same_site(one: str, other: str) -> bool:
    try:
        first, second = urlsplit(one), urlsplit(other)
    except ValueError:
        return False
    hosts = {(part.hostname or "").removeprefix("www.").removeprefix("m.") for part in (first, second)}
    return len(hosts) == 1 and (len(first.path) > 1 or len(second.path) <= 1)


def _titles(document: "DocumentNode", meta: dict[str, str], linked: dict[str, Any], agency: str | None) -> list[str]:
    """What may be the headline: a heading that the window repeats, as declared, a heading, what the window says."""
    shown = document.query_selector("title")
    window = clean_line(shown.text or "") if shown else ""
    headings = [clean_line(tag.inner_text or "") for tag in document.query_selector_all("h1, h2")[:6]]
    repeated = [h for h in headings if len(h) >= _HEADLINE and h in window]
    repeated += [t for t in (_without_outlet(window, agency),) if any(h.startswith(t) for h in headings if t)]
    declared = [clean_line(_first(linked.get("headline")) or ""), clean_line(meta.get("og:title", ""))]
    shortened = [_without_outlet(t, agency) for t in (*declared, window)]
    return [t for t in (*repeated, *shortened[:2], *headings[:1], shortened[2], *headings[1:]) if t]


def _without_outlet(title: str, agency: str | None) -> str:
    """A title without the name of the outlet behind it."""
    separators = list(_SEPARATOR.finditer(title))
    if not separators:
        return title
    head, tail = title[: separators[-1].start()], title[separators[-1].end() :]
    short = len(tail.split()) <= 4 and len(tail) < len(head) and len(head.split()) >= 3
    return head if short or tail == agency else title


def clean_line(text: str) -> str:
    """One line without the blanks that HTML does not show."""
    return " ".join(text.split())


def _first(*values: object) -> str | None:
    return next((v.strip() for v in values if isinstance(v, str) and v.strip()), None)
