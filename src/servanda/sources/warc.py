"""A record of a web archive -> the Report of its page; None for what is no page.

Pages are responses and resources of HTML or plain text, with status 200. A report is called by the id of its record.
"""

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from servanda.model.report import Report
from servanda.sources.dating import parse_crawl
from servanda.sources.html import Fetched, read_page
from servanda.sources.records import Gap, Record
from servanda.sources.rejected import Rejected
from servanda.sources.taken import Taking
from servanda.sources.text import MAX_PAGE, looks_like_html, read_text

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_HTML = ("text/html", "application/xhtml+xml")
_TEXT = "text/plain"
_REMEDY = "fetch the archive again; what follows, if anything, is read"


def read_record(record: Record | Gap, place: str, options: Taking) -> Report | Rejected | None:
    """The report of a record that begins at `place`."""
    if isinstance(record, Gap):
        return Rejected(place, f"{record.why}; {record.stop - record.start:,} bytes are passed over", _REMEDY)
    try:
        parsed = _parse(record.data, "all")
        kind = _kind(parsed)
        return _read_page(parsed, kind, record, place, options) if kind else None
    except OSError:  # what is said of its packing is not true
        return _read_raw(record, place, options)


def _read_raw(record: Record, place: str, options: Taking) -> Report | Rejected | None:
    """The report of a record whose content is not packed in the way that its header says."""
    try:
        parsed = _parse(record.data, "none")
        kind = _kind(parsed)
        return _read_page(parsed, kind, record, place, options) if kind else None
    except OSError as error:
        return Rejected(place, f"the record cannot be parsed ({error})", _REMEDY)


def _parse(data: bytes, decoding: Literal["all", "none"]) -> "WarcRecord":
    from fastwarc.warc import ArchiveIterator

    for record in ArchiveIterator(BytesIO(data), parse_http=True, auto_decode=decoding, stream_detect=False):
        return record
    raise OSError("it has no header")


def _kind(record: "WarcRecord") -> str | None:
    """The content type of a page, None for any other record."""
    from fastwarc.warc import WarcRecordType

    if record.record_type == WarcRecordType.response and record.is_http:
        headers = record.http_headers
        if headers.status_code != 200:
            return None
        kind = headers.get("Content-Type") or ""
    elif record.record_type == WarcRecordType.resource:
        kind = record.headers.get("Content-Type") or ""
    else:
        return None
    kind = kind.partition(";")[0].strip().lower()
    return kind if kind in (*_HTML, _TEXT) else None


def _read_page(record: "WarcRecord", kind: str, whole: Record, place: str, options: Taking) -> Report | Rejected:
    headers = record.headers
    id = (record.record_id or place).strip("<>").removeprefix("urn:uuid:")
    url = (headers.get("WARC-Target-URI") or "").strip("<> ") or None
    data = record.reader.read(MAX_PAGE + 1)
    if not whole.whole or len(data) > MAX_PAGE:
        return Rejected(place, f"is over the limit of {MAX_PAGE // 1_000_000} MB for one page", "give its text alone")
    fetched = Fetched(url, record.http_charset if record.is_http else None, parse_crawl(headers.get("WARC-Date")))
    if kind != _TEXT or looks_like_html(data):
        return read_page(data, place, options, id, fetched)
    report = read_text(data, place, options.published)
    return replace(report, id=id, url=url) if isinstance(report, Report) else report
