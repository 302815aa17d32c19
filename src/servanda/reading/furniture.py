"""A line of a page -> what it is: text, the page's date line (stamp), or furniture (chrome)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from servanda.lang.calendar import load_calendar, one_of
from servanda.lang.words import fold
from servanda.world.tables import Tables, values

_CALENDAR = load_calendar("ru")
_MONTH = one_of(w for w, (kind, _) in _CALENDAR.items() if kind == "short" or kind.startswith("month."))
WEEKDAY = one_of(w for w, (kind, _) in _CALENDAR.items() if kind.startswith("weekday"))
DAY = (
    rf"\d{{1,2}}(?:-го)?[ ]{{1,2}}(?:{_MONTH})\b\.?(?:,?[ ](?:19|20)\d\d\b(?:[ ]?(?:года|год\b|г\b\.?))?)?"
    r"|\b\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d\d)\b|\b\d{4}-\d\d-\d\d(?!\d)"
)
TIME = r"\b\d{1,2}[:.]\d\d(?::\d\d)?\b"
_MOMENT = re.compile(rf"{DAY}|{TIME}|T\d\d:\d\d\S*", re.IGNORECASE)

_SHORT = 150  # longer lines are text
_LABEL = 30
_HEADLINE = 5  # words, at least
_LINKS = 40  # below one heading, at most
_PARTS = re.compile(r"[ ]*[|☰⋮│┃][ ]*|[ ]+[•·●▪›»→⟩>/\\][ ]+|[ ]{3,}")
_CYRILLIC = re.compile("[А-Яа-яЁё]")
_LETTER = re.compile(r"[^\W\d_]")
_BEFORE_WORD = re.compile(r"^[^А-Яа-яЁёA-Za-z(©]*(?:[ккK]\b[ ]?)?", re.IGNORECASE)
_THOUSAND = re.compile(r"(?<=\d)[ ]?[кk]\b")
_NAMES = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?(?: [А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?){1,2}(?:, [А-ЯЁ][А-яё-]+)?")
BULLET = re.compile(r"(?:[•●■▪◆►▶→➔✓*·–—-]|\d{1,2}[.)])[ ]+")
STARS = re.compile(r"[*＊⁂x×]([ ]?[*＊x×]){1,}$|[-—–_=]{3,}$")


@dataclass(slots=True)
class Line:
    """A line without the blanks around it. `gap`: a blank line stands before. `kind`: text, stamp or chrome.

    `inset`: a foreign word that a sentence was broken around.
    """

    start: int
    end: int
    gap: bool
    kind: str = "text"
    inset: bool = False

    def __len__(self) -> int:
        return self.end - self.start


def split_lines(text: str) -> list[Line]:
    """The lines that are not blank."""
    lines: list[Line] = []
    start, gap = 0, False
    for row in text.split("\n"):
        words = row.strip()
        if words:
            at = start + len(row) - len(row.lstrip())
            lines.append(Line(at, at + len(words), gap))
        gap = not words
        start += len(row) + 1
    return lines


class Furniture:
    """The words of page furniture, as patterns."""

    def __init__(self, tables: Tables) -> None:
        roles: dict[str, list[str]] = {}
        for row in tables.rows("ru/page"):
            roles.setdefault(row["role"], []).append(row["phrase"])
        self.start, self.brief, self.list = (_begins(roles[r]) for r in ("start", "brief", "list"))
        self.part, self.digest = _begins(roles["part"]), re.compile(rf"\b(?:{_alternatives(roles['digest'])})\b")
        self.beside = re.compile(rf"(?:{_alternatives(roles['stamp'])})(?!\w)")
        self.whole = frozenset(roles["whole"])
        self.flash = frozenset(roles["flash"])
        self.outlets = frozenset(roles["outlet"])
        self.ends = tuple(roles["end"])
        media = tables.rows("media")
        self.media = frozenset(fold(n) for row in media for n in (row["name"], *values(row["names"])))


def furniture(tables: Tables) -> Furniture:
    """The page furniture of these tables."""
    return tables.derive(Furniture)


def _alternatives(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(p) for p in sorted(phrases, key=lambda p: (-len(p), p)))


def _begins(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_alternatives(phrases)})(?!\w)")


def mark_lines(text: str, lines: list[Line], agency: str | None, known: Furniture) -> None:
    """Set the kind of every line."""
    foreign = not _CYRILLIC.search(text[:2000])
    body = False
    for line in lines:
        if len(line) <= _SHORT:
            line.kind = _kind(text[line.start : line.end], agency, known, foreign, body)
        elif (start := known.start.match(fold(text[line.start : line.start + _LABEL]))) and start[0][-1] == ".":
            line.kind = "chrome"  # «ИСПРАВЛЕНО. ...»; other words may be run into the text
        body = body or _is_body(text, line)
    _mark_insets(text, lines)
    _mark_links(text, lines, known)
    _mark_captions(text, lines)
    _mark_bylines(text, lines)


def _is_body(text: str, line: Line) -> bool:
    return line.kind == "text" and len(line) > 60 and text[line.end - 1] in '.!?»"'


def _kind(words: str, agency: str | None, known: Furniture, foreign: bool, body: bool) -> str:
    """What a short line is by itself; «Источник: ...» with many words is a headline or a sentence."""
    if not foreign and not _CYRILLIC.search(words):
        return "stamp" if _is_moment(words, known) else "chrome"
    low = fold(words)
    parts = [p for p in _PARTS.split(low) if p]
    if len(parts) > 1:
        kind = _kind_of_parts(parts, agency, known)
        if kind:
            return kind
    elif _has_digit(low) and _is_moment(low, known):
        return "stamp"
    if low in known.whole or low.strip(" .") in known.media or (agency and low == fold(agency)):
        return "chrome"
    brief = len(words.split()) <= 8 and words[-1] not in ".,;"
    start = known.start.match(low)
    labelled = start is not None and start[0][-1] == ":"
    if start and not (labelled and low.count(" ") >= _HEADLINE and (not body or words[-1] == ".")):
        return "stamp" if _has_day(low) and brief else "chrome"
    if brief and known.brief.match(low):
        return "stamp" if _has_day(low) else "chrome"
    rest, found = known.part.subn(" ", low)
    return "chrome" if found and _has_digit(low) and not _LETTER.search(_THOUSAND.sub(" ", rest)) else "text"


def _kind_of_parts(parts: list[str], agency: str | None, known: Furniture) -> str:
    """What a line is that is parted by bars or dots; "" where one part is more than a date, a button or a label."""
    moments = [_is_moment(p, known) for p in parts]
    counters = [_is_counter(p, known) for p in parts]
    labels = [len(p) <= _LABEL and p.count(" ") <= 2 and p[-1] not in ".?!»" for p in parts]
    if not all(map(any, zip(moments, counters, labels, strict=True))):
        return "chrome" if sum(counters) > 1 else ""
    if any(moments):
        return "stamp"
    named = agency is not None and fold(agency) in parts
    return "chrome" if any(counters) or named or len(parts) > 2 else ""


def _is_moment(words: str, known: Furniture) -> bool:
    """Whether it is a day or time, with nothing but the words that stand beside one."""
    rest, found = _MOMENT.subn(" ", words)
    return found > 0 and not _LETTER.search(known.beside.sub(" ", rest)) and not _has_digit(rest)


def _has_digit(words: str) -> bool:
    return any(map(str.isdigit, words))


def _has_day(words: str) -> bool:
    return any(":" not in m[0] for m in _MOMENT.finditer(words))


def _is_counter(words: str, known: Furniture) -> bool:
    """Whether it is a button, or a number with what it counts; also a number alone."""
    start = _BEFORE_WORD.match(words)
    rest = words[start.end() :] if start else words
    return not _LETTER.search(rest) or (known.part.match(rest) is not None and rest.count(" ") <= 8)


def _mark_insets(text: str, lines: list[Line]) -> None:
    """A foreign word on a line of its own (a link's) between the halves of a sentence belongs to it."""
    for before, line, below in zip(lines, lines[1:], lines[2:], strict=False):
        if (
            line.kind != "chrome"
            or len(line) > _LABEL
            or line.gap
            or below.gap
            or {before.kind, below.kind} != {"text"}
        ):
            continue
        first = text[below.start]
        if (first.islower() or first in ",.;:)»") and text[before.end - 1] not in ".!?…":
            line.kind, line.inset = "text", True


def _mark_links(text: str, lines: list[Line], known: Furniture) -> None:
    """Headings like «Читайте также» and the links below: bulleted ones, or a headline with its broken-off teaser."""
    body = False
    for i, line in enumerate(lines):
        body = body or _is_body(text, line)
        if line.kind != "text" or len(line) > _SHORT:
            continue
        words = text[line.start : line.end]
        match = known.list.match(low := fold(words))
        if match and not body and known.digest.match(low):  # «Главное к этому часу» above the news is their title
            continue
        if match is None or not _is_heading(words, match.end()):
            continue
        line.kind = "chrome"
        below = lines[i + 1 : i + 1 + _LINKS]
        count = next((n for n, b in enumerate(below) if not BULLET.match(text, b.start)), len(below))
        if not count and len(below) > 1 and text[below[1].start : below[1].end].endswith(("...", "…")):
            count = 2
        elif not count:  # links without bullets close the page
            last = i + _LINKS >= len(lines) and all(_is_link(text, b) for b in below)
            count = len(below) if last else 0
        for link in below[:count]:
            link.kind = "chrome"


def _is_heading(words: str, end: int) -> bool:
    """Whether the line is the heading alone, or goes on after a colon."""
    rest = words[end:]
    before, colon, _ = rest.partition(":")
    return before.count(" ") <= 3 and (bool(colon) or not rest.endswith((".", ",", ";")))


def _is_link(text: str, line: Line) -> bool:
    return len(line) <= _SHORT and text[line.end - 1] not in ".;,"


def _mark_captions(text: str, lines: list[Line]) -> None:
    """In the body, a short line without a full stop right above a photographer's or agency's name is a caption."""
    body = False
    for line, below in pairwise(lines):
        owner = text[below.start : below.end]
        credit = below.kind == "chrome" and (owner[0] == "©" or (len(below) <= _LABEL and owner[-1].isalpha()))
        if body and credit and line.kind == "text" and len(line) <= 100 and text[line.end - 1].isalnum():
            line.kind = "chrome"
        body = body or (line.kind == "text" and text[line.end - 1] == ".")


def _mark_bylines(text: str, lines: list[Line]) -> None:
    """The author's name, with or without his place, as the last line of the text."""
    texts = [line for line in lines if line.kind == "text"]
    if len(texts) > 2 and len(texts[-1]) <= 60 and _NAMES.fullmatch(text, texts[-1].start, texts[-1].end):
        texts[-1].kind = "chrome"
