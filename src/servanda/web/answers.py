"""Pages that were made, kept until the ledger changes: the same question gives the same answer without asking again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_MOST, _LARGEST = 64 << 20, 1 << 20  # bytes kept in all, and of one page
_COOKIES = ("ui", "theme", "who")  # what a page depends on besides its address
_NEVER = ("/static/", "/add")


@dataclass(slots=True)
class _Answer:
    """The messages of one answer."""

    messages: list[Message] = field(default_factory=list)
    size: int = 0


class Answers:
    """Keeps whole answers to GET; `stamp` tells the state of the ledger, and changes with it."""

    def __init__(self, app: ASGIApp, stamp: Callable[[], Hashable]) -> None:
        self.app = app
        self.stamp = stamp
        self._kept: OrderedDict[Hashable, _Answer] = OrderedDict()
        self._size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept, or have it made."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(_NEVER):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        cookies = cookie_parser(headers.get("cookie", ""))
        who = tuple(cookies.get(name) for name in _COOKIES)
        key = (self.stamp(), scope["path"], scope["query_string"], headers.get("accept-language", "")[:2], who)
        tag = f'"{sha256(repr(key).encode()).hexdigest()[:32]}"'
        kept = self._kept.get(key)
        if kept is None:
            await self.app(scope, receive, self._keeping(key, tag, send))
        elif headers.get("if-none-match") == tag:
            await send({"type": "http.response.start", "status": 304, "headers": [(b"etag", tag.encode())]})
            await send({"type": "http.response.body", "body": b""})
        else:
            self._kept.move_to_end(key)
            for message in kept.messages:
                await send({**message, "headers": [*message["headers"]]} if "headers" in message else message)

    def _keeping(self, key: Hashable, tag: str, send: Send) -> Send:
        """Send on, and keep what was sent once it is whole and good."""
        answer = _Answer()
        good = True

        async def sent(message: Message) -> None:
            nonlocal good
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                good = message["status"] == 200 and "set-cookie" not in headers and "cache-control" not in headers
                if good:
                    headers["etag"], headers["cache-control"] = tag, "no-cache"
                answer.messages.append({**message, "headers": [*message["headers"]]})
            elif good:
                answer.messages.append(message)
                answer.size += len(message.get("body", b""))
                good = answer.size <= _LARGEST
                if good and not message.get("more_body"):
                    self._keep(key, answer)
            await send(message)

        return sent

    def _keep(self, key: Hashable, answer: _Answer) -> None:
        if key not in self._kept:
            self._kept[key] = answer
            self._size += answer.size
        while self._size > _MOST:
            self._size -= self._kept.popitem(last=False)[1].size
