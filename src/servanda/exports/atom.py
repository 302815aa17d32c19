"""Entries -> an Atom feed (RFC 4287), which a reader of feeds follows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from servanda.render.marks import printable

_ATOM = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold
TYPE = "application/atom+xml"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One thing that is new or changed. `key` names it for ever; `updated` is UTC, ISO 8601."""

    key: str
    title: str
    url: str
    updated: str
    summary: str
    category: str


def render_feed(title: str, url: str, page: str, entries: Iterable[FeedEntry], updated: str) -> bytes:
    """A feed that stands at `url` and tells what is new on `page`; `updated` where it holds nothing."""
    found = sorted(entries, key=lambda one: one.updated, reverse=True)
    feed = Element("feed", xmlns=_ATOM)
    _put(feed, "id", _name(re.sub(r"^\w+://[^/]*", "", url)))
    _put(feed, "title", title)
    _put(feed, "updated", found[0].updated if found else updated)
    SubElement(feed, "link", rel="self", type=TYPE, href=_plain(url))
    SubElement(feed, "link", rel="alternate", type="text/html", href=_plain(page))
    SubElement(SubElement(feed, "author"), "name").text = "Servanda"
    for one in found:
        _put_entry(SubElement(feed, "entry"), one)
    return tostring(feed, "utf-8", xml_declaration=True)  # type: ignore[no-any-return]


def _put_entry(entry: Element, one: FeedEntry) -> None:
    _put(entry, "id", _name(one.key))
    _put(entry, "title", one.title)
    _put(entry, "updated", one.updated)
    SubElement(entry, "link", rel="alternate", type="text/html", href=_plain(one.url))
    SubElement(entry, "category", term=_plain(one.category))
    _put(entry, "summary", one.summary)


def _put(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = _plain(text)


def _plain(text: str) -> str:
    return _NO_XML.sub("\ufffd", printable(text))


def _name(key: str) -> str:
    """A name that no other thing has, and that stays the same."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'servanda:{key}')}"
