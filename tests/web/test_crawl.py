"""Every link of the pages leads to a page, none to the outside; no page carries much script."""

import gzip
import re
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import httpx
import pytest
from playwright.sync_api import Page

from web.conftest import Server

MOST = 400  # pages asked for
OF_ONE_SORT = 2  # pages of one sort that are opened in a browser
SCRIPT = 100_000  # bytes, compressed
_LINK = re.compile(r"""<a\b[^>]*?\bhref="([^"]*)\"""")
_SCRIPT = re.compile(r"""<script\b[^>]*?\bsrc="([^"]*)\"""")


@pytest.fixture(scope="module")
def crawled(shown: Server) -> dict[str, str]:
    """What stands at each address that can be reached from the first page, breadth first; a sort's share is bounded."""
    found: dict[str, str] = {}
    sorts: Counter[object] = Counter()
    waiting = deque(["/"])
    seen = {"/"}
    faults = []
    with httpx.Client(base_url=shown.url, timeout=60, follow_redirects=True) as client:
        while waiting and len(found) < MOST:
            path = waiting.popleft()
            answer = client.get(path)
            if answer.status_code != 200:
                faults.append(f"{path}: {answer.status_code}")
                continue
            if not answer.headers["content-type"].startswith("text/html"):
                continue
            found[path] = answer.text
            for link in _links(path, answer.text):
                sorts[_sort(link)] += link not in seen
                if link not in seen and sorts[_sort(link)] <= MOST // 8:
                    seen.add(link)
                    waiting.append(link)
    assert faults == []
    return found


def _links(path: str, html: str) -> Iterator[str]:
    for href in _LINK.findall(html):
        link = urldefrag(urljoin(path, unescape(href))).url
        if not urlsplit(link).netloc and not urlsplit(link).scheme:
            yield link


def _sort(path: str) -> tuple[object, ...]:
    """Pages of one sort differ in what they show alone."""
    parts = urlsplit(path)
    names = tuple(sorted({name for name, _ in parse_qsl(parts.query)}))
    return re.sub(r"\b[A-Z]\d+\b|\b[A-Z]{2,}\b|\d+", "#", parts.path), names


def test_every_link_leads_to_a_page(crawled: dict[str, str]) -> None:
    assert len(crawled) > 50


def test_links_to_the_outside_are_marked(crawled: dict[str, str]) -> None:
    for path, html in crawled.items():
        for tag in re.findall(r'<a\b[^>]*\bhref="[a-z]+:[^>]*>', html):
            assert "noreferrer" in tag, f"{path}: {tag}"


def test_pages_of_each_sort_open_without_an_error_or_a_request_to_the_outside(
    crawled: dict[str, str], shown_page: Page
) -> None:
    opened: Counter[object] = Counter()
    for path in crawled:
        opened[_sort(path)] += 1
        if opened[_sort(path)] <= OF_ONE_SORT:
            shown_page.goto(path)


def test_no_page_carries_much_script(crawled: dict[str, str], shown: Server) -> None:
    weights: dict[str, int] = {}
    with httpx.Client(base_url=shown.url) as client:
        for path, html in crawled.items():
            scripts = set(map(unescape, _SCRIPT.findall(html)))
            for one in scripts - set(weights):
                weights[one] = len(gzip.compress(client.get(one).raise_for_status().content))
            assert sum(weights[one] for one in scripts) <= SCRIPT, path
