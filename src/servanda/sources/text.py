"""The bytes of one text -> Report."""

import re

from servanda.model.report import Report
from servanda.sources.encoding import UndecodableError, decode
from servanda.sources.rejected import MAX_BYTES, Rejected, too_large
from servanda.sources.taken import Taking

MAX_PAGE = 10_000_000  # bytes of a page of the web; those with pictures inside them have a few millions
_OPENING = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """The text as UTF-8 can hold it: each lone surrogate (JSON's \\ud800) becomes U+FFFD, so that no offset moves."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def read_document(data: bytes, place: str, options: Taking) -> Report | Rejected:
    """The report of a file's bytes, a page of the web or plain text."""
    if looks_like_html(data):
        from servanda.sources.html import read_page

        return read_page(data, place, options)
    return read_text(data, place, options.published)


def looks_like_html(data: bytes) -> bool:
    """Whether a file begins as a page does."""
    return _OPENING.match(data[:2000].removeprefix(b"\xef\xbb\xbf")) is not None


def read_text(data: bytes, place: str, published: str | None) -> Report | Rejected:
    """One report of a text file's bytes, called by its place; line ends, control and zero-width characters are kept as
    received.
    """
    if len(data) > MAX_BYTES:
        return too_large(place)
    if not data:
        return Rejected(place, "is empty", "give a file with the text of a report")
    try:
        text = storable(decode(data))
    except UndecodableError as error:
        return Rejected(place, str(error), "save its text as UTF-8")
    if not text.strip():
        return Rejected(place, "has no text", "give a file with the text of a report")
    return Report(id=place, text=text, published=published)
