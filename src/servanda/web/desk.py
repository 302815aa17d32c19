"""A request -> the desk at which a page is made: who looks, in which language, from which day, and what draws it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Annotated, Any, Self
from urllib.parse import quote, unquote, urlencode

from fastapi import Depends, Request
from jinja2 import Environment
from starlette.responses import HTMLResponse, RedirectResponse

from servanda.errors import InputError
from servanda.ledger.deciding import parse_number
from servanda.ledger.history import Event
from servanda.ledger.ledger import Ledger
from servanda.ledger.views import View
from servanda.render.names import Namer, party_names
from servanda.render.words import LANGUAGES
from servanda.web.served import Served
from servanda.web.words import page_words

_SAID = 500  # decisions named at once
THEMES = ("auto", "light", "dark")


@dataclass
class Desk:
    """What the pages of one request have in common. Values of the request that cannot be used raise InputError."""

    request: Request
    served: Served
    templates: Environment

    @property
    def ledger(self) -> Ledger:
        """The ledger that is shown."""
        return self.served.ledger

    @cached_property
    def ui(self) -> str:
        """The language of who reads: as chosen, else as the browser asks."""
        chosen = self.request.cookies.get("ui", "")
        asked = self.request.headers.get("accept-language", "")[:2].lower()
        return next((one for one in (chosen, asked) if one in LANGUAGES), LANGUAGES[0])

    @cached_property
    def theme(self) -> str:
        """Light, dark, or as the browser has it."""
        chosen = self.request.cookies.get("theme", "")
        return chosen if chosen in THEMES else THEMES[0]

    @cached_property
    def who(self) -> str:
        """The name under which decisions are entered."""
        return unquote(self.request.cookies.get("who", "")).strip() or self.served.who

    @cached_property
    def words(self) -> Mapping[str, str]:
        """What pages say, by key."""
        return page_words(self.ui)

    def word(self, key: str, **values: object) -> str:
        """One of them, with values put in."""
        return self.words[key].format(**values) if values else self.words[key]

    @cached_property
    def name(self) -> Namer:
        """The names of parties."""
        return party_names(self.served.tables, self.ui)

    @cached_property
    def today(self) -> date:
        """The day on which deadlines are judged, unless a view has its own."""
        return self.ledger.clock().date()

    @cached_property
    def as_of(self) -> date | None:
        """The day from which the ledger is seen; None: from now."""
        return self.day("as_of")

    @cached_property
    def known_at(self) -> datetime | None:
        """The moment up to which entries are seen; None: all."""
        text = self.asked("known_at")
        try:
            found = datetime.fromisoformat(text) if text else None
        except ValueError as error:
            raise InputError("known_at", f"{text!r} is no time", "write it as 2024-05-01T09:30Z") from error
        return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)

    @cached_property
    def view(self) -> View:
        """From where the page looks; deadlines are judged on that day."""
        seen = self.ledger.view(self.as_of, self.known_at)
        on = self.as_of or (self.known_at.date() if self.known_at else self.today)
        return View(seen.as_of, seen.upto, seen.tongue, on)

    @cached_property
    def said(self) -> tuple[Event, ...]:
        """The decisions that led here, to be named and perhaps undone."""
        seqs = [parse_number(text) for text in self.asked("said").split(",")[:_SAID]]
        return tuple(event for seq in seqs if seq and (event := self.ledger.event(seq)))

    @cached_property
    def seen(self) -> int:
        """The number of the last entry when the page is made: nothing is decided over what came after it."""
        return self.ledger.last_seq()

    def without_view(self) -> Self:
        """The same, seen from now: a page that tells of a fault must not trip over what the address asks."""
        self.as_of, self.known_at, self.said = None, None, ()
        return self

    def asked(self, name: str) -> str:
        """A value of the address, without blanks around it; empty where it is not there."""
        return self.request.query_params.get(name, "").strip()

    def all_asked(self, name: str) -> tuple[str, ...]:
        """All values of one name, each once."""
        return tuple(dict.fromkeys(v.strip() for v in self.request.query_params.getlist(name) if v.strip()))

    def is_on(self, name: str) -> bool:
        """Whether a box of the address is ticked."""
        return self.asked(name).lower() not in ("", "0", "false", "no", "off")

    def day(self, name: str) -> date | None:
        """A day of the address."""
        text = self.asked(name)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError as error:
            raise InputError(name, f"{text!r} is no day", "write it as 2021-12-08") from error

    def number(self, name: str, default: int, most: int = 1 << 53) -> int:
        """A whole number of the address, from 0."""
        text = self.asked(name)
        if not text:
            return default
        if not (text.isascii() and text.isdecimal() and len(text) < 17 and int(text) <= most):
            raise InputError(name, f"{text[:40]!r} is no number from 0 to {most}", "leave it out")
        return int(text)

    def link(self, **changed: str | int | None) -> str:
        """The address of this page with some values changed; None takes one away."""
        pairs = [(k, v) for k, v in self.request.query_params.multi_items() if k not in changed]
        pairs += [(k, str(v)) for k, v in changed.items() if v is not None]
        return self._address(pairs)

    def _address(self, pairs: Sequence[tuple[str, str]]) -> str:
        path = quote(self.request.url.path)
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def with_one(self, name: str, value: str) -> str:
        """The address of this page with one value more, from its first page on."""
        return self._address([*self._pairs(), (name, value)])

    def without(self, name: str, value: str) -> str:
        """The address of this page without one value, from its first page on."""
        return self._address([pair for pair in self._pairs() if pair != (name, value)])

    def _pairs(self) -> list[tuple[str, str]]:
        asked = self.request.query_params.multi_items()
        return [(k, v.strip()) for k, v in asked if v.strip() and k not in ("offset", "said")]

    def page(self, template: str, code: int = 200, **values: Any) -> HTMLResponse:
        """A page from a template."""
        made = self.templates.get_template(template).render(desk=self, w=self.word, **values)
        return HTMLResponse(made.encode("utf-8", "replace"), code)

    def go(self, where: str) -> RedirectResponse:
        """Lead to another of our pages."""
        return RedirectResponse(where if is_own(where) else "/", 303)


def is_own(where: str) -> bool:
    """Whether an address leads to a page of ours: a path, not another site's."""
    return where.startswith("/") and not where.startswith(("//", "/\\")) and where.isprintable()


def desk_of(request: Request) -> Desk:
    """The desk of a request."""
    return Desk(request, request.app.state.served, request.app.state.templates)


At = Annotated[Desk, Depends(desk_of)]
