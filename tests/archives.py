"""Web archives made by code: records of a page each, whole and with every fault that is met."""

import gzip
from collections.abc import Callable, Iterable

import zstandard

SENTENCE = "Казахстан и Киргизия подписали соглашение о поставке зерна до конца весны будущего года."


def page(number: int) -> bytes:
    """A small page with an article that holds its number."""
    body = f"<h1>Заголовок номер {number} об этом</h1><p>{SENTENCE} {number}.</p>"
    return f"<html><head><title>Заголовок номер {number} об этом</title></head><body>{body}</body></html>".encode()


def record(
    number: int,
    content: bytes | None = None,
    *,
    kind: str = "response",
    status: int = 200,
    headers: Iterable[str] = ("Content-Type: text/html; charset=utf-8",),
    length: int | None = None,
) -> bytes:
    """A record; `length` is what it says of its length, the truth unless told."""
    content = page(number) if content is None else content
    http = "\r\n".join((f"HTTP/1.1 {status} OK", *headers, "", "")).encode() + content
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://news.example/{number}\r\n"
        f"WARC-Date: 2021-12-09T01:02:03Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(http) if length is None else length}"
    )
    return head.encode() + b"\r\n\r\n" + http + b"\r\n\r\n"


PACK: dict[str, Callable[[bytes], bytes]] = {
    "": lambda data: data,
    ".gz": lambda data: gzip.compress(data, mtime=0),
    ".zst": zstandard.ZstdCompressor().compress,
}


def pack(records: Iterable[bytes], suffix: str = ".gz") -> list[bytes]:
    """Each record packed by itself."""
    return [PACK[suffix](one) for one in records]
