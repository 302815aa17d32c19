"""Requests that are not a person's own at this machine are refused; answers tell the browser to load nothing else."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SAFE = ("GET", "HEAD", "OPTIONS")
MOST = 16 << 20  # bytes of one request: the longest report and what is said of it
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data", "text/plain", "")  # what any page may send
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """Checks the host, the origin of what changes something, and the size; adds the headers."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self.app = app
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refuse(scope["method"], headers)
        if refusal is not None:
            await refusal(scope, receive, _with_headers(send))
            return
        await self.app(scope, _counted(receive), _with_headers(send))

    def _refuse(self, method: str, headers: Headers) -> PlainTextResponse | None:
        host = headers.get("host", "")
        if _name_of(host) not in self.hosts:
            return PlainTextResponse(f"This page is not served under the name {_name_of(host)!r}.", 421)
        if method not in _SAFE and not _is_own(host, headers):
            return PlainTextResponse("This was sent from another site's page, and is not done.", 403)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MOST:
            return PlainTextResponse(f"More than {MOST >> 20} MB were sent at once; send less.", 413)
        return None


def _name_of(host: str) -> str:
    """The host without its port."""
    name, _, port = host.rpartition(":")
    return (name if name and port.isdecimal() else host).lower().strip("[]")


def _is_own(host: str, headers: Headers) -> bool:
    """Whether a request comes from our own pages, or from a program that is no browser.

    Browsers name the site that a request comes from, in one of two headers; a form without either is refused.
    """
    if site := headers.get("sec-fetch-site"):
        return site in ("same-origin", "none")
    if origin := headers.get("origin"):
        return urlsplit(origin).netloc == host
    return headers.get("content-type", "").partition(";")[0].strip().lower() not in _FORMS


def _counted(receive: Receive) -> Receive:
    """The same, ended where more comes than was announced or than is taken."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return {"type": "http.disconnect"} if seen > MOST else message

    return counted


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sent
