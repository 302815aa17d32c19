"""A block of text -> its sentences: cut at newlines and full stops, but not after an abbreviation or an initial."""

import re
from collections.abc import Callable, Iterator, Mapping

from servanda.model.spans import Span

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]++")
# A stop, what closes with it, and a blank; or none where the wire has lost the blank: «сообщил источник.Ранее».
_STOP = re.compile(
    r"""
    (?P<stop>[.!?…](?<![.!?…].)[.!?…]*+)(?P<close>["»”“’')\]]*+)
    (?: \s++ | (?<=[а-яё]{3}[.!?…])(?=[А-ЯЁ][а-яё]{2})(?!Ру\b|Орг\b) )
    """,
    re.VERBOSE,
)
_BEFORE = re.compile(r"(?P<number>\d[\s-]*+)?(?P<word>[^\W\d_]++)$")
_OPENING = re.compile(r"""["«„“”'(\[\s]*+(?:[-–—−]\s*+)?""")
_WORD = re.compile(r"[^\W\d_]++")

_LOOK_BACK = 30  # characters: longer than any abbreviation with its number


class Splitter:
    """Cuts sentences by a table of abbreviations; `is_common` tells whether a capitalised word is an ordinary word."""

    def __init__(self, abbreviations: Mapping[str, str], is_common: Callable[[str], bool]) -> None:
        self._abbreviations, self._is_common = abbreviations, is_common

    def split(self, text: str, span: Span) -> Iterator[Span]:
        """Sentences within `span`, without the blanks between them."""
        for line in _LINE.finditer(text, span.start, span.end):
            yield from self._split_line(text, *line.span())

    def _split_line(self, text: str, start: int, end: int) -> Iterator[Span]:
        for match in _STOP.finditer(text, start, end):
            if self._ends(text, start, match, end):
                yield from _strip(text, start, match.end("close"))
                start = match.end()
        yield from _strip(text, start, end)

    def _ends(self, text: str, start: int, match: re.Match[str], end: int) -> bool:
        """Whether a sentence that began at `start` ends here."""
        after = match.end()
        opening = _OPENING.match(text, after, end)
        first = opening.end() if opening else after
        if first >= end:
            return True
        if text[first].islower():
            return False
        if match["stop"] != "." or match["close"]:
            return True
        if text[after] == "/":  # «8 декабря. /ТАСС/.»
            return False
        before = _BEFORE.search(text[max(start, match.start() - _LOOK_BACK) : match.start()])
        return before is None or self._ends_word(text, start, before, first, end)

    def _ends_word(self, text: str, start: int, before: re.Match[str], first: int, end: int) -> bool:
        """The same after a word and a single full stop."""
        word = before["word"]
        kind = self._abbreviations.get(word.lower(), "")
        if len(word) == 1 and word.isupper():
            return False
        if not kind or (kind == "number" and not before["number"]):
            return not kind
        if kind == "before" or not text[first].isalpha():
            return False
        if kind == "unit":
            return True
        following = _WORD.match(text, first, min(end, first + 40))
        if following is None or self._is_common(following.group()):
            return True
        return kind == "number" and text.count(" ", start, min(first, start + 200)) > 6


def _strip(text: str, start: int, end: int) -> Iterator[Span]:
    """The span without blanks at its ends, if anything is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)
