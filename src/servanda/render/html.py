"""A reading -> a piece of HTML for a notebook: everything escaped, styles inline, nothing loaded."""

from collections.abc import Iterator
from html import escape

from servanda.model.reading import Reading
from servanda.render.cards import Card, make_cards
from servanda.render.marks import find_stretches, printable
from servanda.render.names import party_names
from servanda.render.notes import say_note
from servanda.render.text import says_no_records
from servanda.render.words import labels
from servanda.world.tables import Tables

_COLOURS = {"instrument": "#0a7d8c", "undertaking": "#1f7a33", "figure": "#9a6b00", "meeting": "#8a2f8f"}
_PAGE = "max-width:60em;font-family:sans-serif;line-height:1.45"
_TEXT = "white-space:pre-wrap;border-left:3px solid #ccc;padding-left:1em"


def render_html(reading: Reading, ui: str = "en", tables: Tables | None = None) -> str:
    """The report with its evidence marked, and the cards."""
    cards = make_cards(reading, ui, party_names(tables or Tables.default(), ui))
    listed = "".join(map(_card, cards))
    if says_no_records(reading):
        listed = f"<p>{_safe(labels(ui)['no_records'])}</p>"
    text = f'<div style="{_TEXT}">{"".join(_marked(reading))}</div>'
    return f'<div style="{_PAGE}">{text}{listed}{_notes(reading, ui)}</div>'


def _marked(reading: Reading) -> Iterator[str]:
    for piece in find_stretches(reading):
        words = _safe(reading.text[piece.start : piece.end])
        if not piece.records:
            yield words
            continue
        colour = _COLOURS[reading.records[piece.records[0]].type]
        line = ";text-decoration:underline" if piece.field else ""
        numbers = ", ".join(str(r + 1) for r in sorted(piece.records))
        yield f'<span style="color:{colour}{line}" title="{numbers}">{words}</span>'


def _card(card: Card) -> str:
    details = "".join(f" · {_safe(d)}" for d in card.details)
    source = f'<br><small style="color:#666">{_safe(card.source)}</small>' if card.source else ""
    number = f'<b style="color:{_COLOURS[card.type]}">{card.number}</b>'
    return f'<p style="margin:.5em 0">{number} <b>{_safe(card.sentence)}</b>{details}{source}</p>'


def _notes(reading: Reading, ui: str) -> str:
    word = labels(ui)
    notes = []
    if reading.unused:
        notes.append(f"{word['unused']}: " + ", ".join(f"«{m.text}»" for m in reading.unused))
    if reading.undisclosed:
        notes.append(f"{word['undisclosed']}: " + "; ".join(f"«{u}»" for u in reading.undisclosed))
    notes += [f"{word['findings']}: {say_note(f, ui)}" for f in reading.findings]
    return "".join(f'<p style="margin:.5em 0;color:#666">{_safe(n)}</p>' for n in notes)


def _safe(words: str) -> str:
    return escape(printable(words))
