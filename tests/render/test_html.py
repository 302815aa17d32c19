"""The piece of HTML for a notebook."""

from dataclasses import replace
from html.parser import HTMLParser

from servanda.model.reading import Reading


class Seen(HTMLParser):
    """Tags opened and closed, and the words between them."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def seen(reading: Reading) -> Seen:
    page = Seen()
    page.feed(reading._repr_html_())
    assert page.open == []
    return page


def test_the_report_and_its_cards_are_shown(reading: Reading) -> None:
    page = seen(reading)
    assert reading.text in page.words
    assert "Agreement between Лесия and Озерия" in page.words


def test_nothing_of_the_report_becomes_markup(reading: Reading) -> None:
    nasty = '<script>alert("1")</script>&<b onclick=x>'
    page = seen(replace(reading, text=nasty, records=(), undisclosed=(nasty,)))
    assert "script" not in page.tags
    assert page.words.count(nasty) == 2
