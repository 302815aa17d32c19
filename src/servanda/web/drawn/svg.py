"""Pieces of SVG as text; whatever words go in are escaped."""

from collections.abc import Iterable
from html import escape

from servanda.render.marks import printable

Pieces = Iterable[str]


def element(name: str, content: str = "", **attributes: object) -> str:
    """An element; `_` in names of attributes is `-`, a trailing one falls away (`class_`)."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(v)}"' for key, v in attributes.items() if v is not None
    )
    return f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>"


def words(text: str) -> str:
    """Words that an element may hold."""
    return escape(printable(text))


def picture(width: float, height: float, title: str, body: Pieces, class_: str) -> str:
    """The whole, with what it shows for those who do not see it."""
    content = element("title", words(title)) + "".join(body)
    return element("svg", content, viewBox=f"0 0 {width:g} {height:g}", role="group", class_=class_)


def _value(value: object) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else escape(str(value), quote=True)
