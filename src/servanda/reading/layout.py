"""Report -> Page: clean text cut into title, leads, body, dateline, date line and furniture; the day it was written.

clean          the text as printed, with the way back to the text as received
mark_lines     which lines are text, which the page's own
_join          lines of one paragraph
_lay_blocks    the news of a digest apart; title, leads, dateline, body
_date_page     the day of publication, and the day of the news
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from servanda.lang.words import fold
from servanda.model.edtf import first_day, parse_point
from servanda.model.reading import Dateline, Finding
from servanda.model.report import Report
from servanda.model.spans import Span
from servanda.reading.cleaning import clean
from servanda.reading.dateline import DatelineReader, DatelineWords, Names
from servanda.reading.document import Block, Page
from servanda.reading.furniture import (
    BULLET,
    DAY,
    STARS,
    TIME,
    Furniture,
    Line,
    furniture,
    mark_lines,
    split_lines,
)
from servanda.reading.times import parse_day
from servanda.world.tables import Tables

_TITLE = 250  # a longer paragraph is no title
_LEAD = 300
_REACH = 900  # how far into a page of one paragraph its date line is looked for
_REGION = ("область", "край", "Республика")
_HEAD = 6  # paragraphs from the top in which a dateline is looked for
_STOP = re.compile(r"[.!?…][»\"”)]*$")
_FULL_STOP = re.compile(r"(?<![.…])\.[»\"”)]*$")
_SENTENCE_END = re.compile(r"[.!?…][»\"”)]*\s+(?=[«\"“(]?[А-ЯЁA-Z0-9])")
_DAY = re.compile(DAY, re.IGNORECASE)
_INLINE = re.compile(
    rf"(?<=\s)(?:(?P<day>(?:{DAY})),?[ ]{TIME}(?:[ ](?P<place>[А-ЯЁ][\w-]+(?:[ ](?:область|край|Республика))?,[ ]"
    rf"[А-ЯЁ][А-ЯЁа-яё-]+))?|Анонс на (?:{DAY}))(?=\s|$)"
)
_RUN_ON = re.compile(
    r"(?<=[а-яёА-ЯЁ»])[ ](?=(?:[А-ЯЁ][а-яё]+(?:лся|лась|лось|лись|ены|ено)"
    r"|В|На|По|С|О|Об|Во|Под|При|После)[ ])"
)


def lay_out(report: Report, tables: Tables | None = None) -> Page:
    """The page of a report: total, pure, in time linear in the text.

    The words of a block are whole lines, but for the dateline and bullets before it; a line end within a paragraph is a
    space in the clean text. Years that neither the report nor its page gives stay open.
    """
    tables = tables or Tables.default()
    text, offsets = clean(report.text)
    known = furniture(tables)
    lines = split_lines(text)
    mark_lines(text, lines, report.agency, known)
    _trim_ends(text, lines, known)
    text, lines = _join(text, lines)
    blocks, datelines = _lay_blocks(text, lines, DatelineReader(known, tables.derive(Names), report.agency))
    return _date_page(Page(text, tuple(blocks), offsets), report, datelines)


def _trim_ends(text: str, lines: list[Line], known: Furniture) -> None:
    """Agencies' end marks («-0-») are no part of the last sentence."""
    for line in lines:
        for mark in known.ends if text.endswith(known.ends, line.start, line.end) else ():
            if len(line) > len(mark) and text.endswith(mark, line.start, line.end):
                line.end = line.start + len(text[line.start : line.end - len(mark)].rstrip())


def _join(text: str, lines: list[Line]) -> tuple[str, list[Line]]:
    """Lines of one paragraph made one, the line ends between them spaces: wrapped texts, and broken by links."""
    width = _wrap_width(text, lines)
    joined: list[Line] = []
    pieces: list[str] = []
    last = 0
    for line in lines:
        before = joined[-1] if joined else None
        if before and _goes_on(text, before, line, width):
            pieces += (text[last : before.end], text[before.end : line.start].replace("\n", " "))
            last = line.start
            joined[-1] = Line(before.start, line.end, before.gap)
        else:
            joined.append(line)
    return ("".join((*pieces, text[last:])) if pieces else text), joined


def _wrap_width(text: str, lines: Sequence[Line]) -> int:
    """The width at which the text was wrapped, or 0 for one with a line for each paragraph."""
    widest = max((len(line) for line in lines), default=0)
    if len(lines) < 4 or not 40 <= widest <= 120:
        return 0
    inner = [(a, text[b.start]) for a, b in pairwise(lines) if not (b.gap or BULLET.match(text, b.start))]
    full = sum(1 for a, _ in inner if len(a) * 10 >= widest * 7)
    small = sum(1 for _, first in inner if first.islower())
    return widest if inner and full * 10 >= len(inner) * 6 and small * 10 >= len(inner) * 3 else 0


def _goes_on(text: str, before: Line, line: Line, width: int) -> bool:
    """Whether a line goes on with the sentence or, in a wrapped text, the paragraph before it."""
    if line.gap or before.kind != "text" or line.kind != "text":
        return False
    if text[before.end : line.start].strip():  # an end mark
        return False
    first = text[line.start]
    stops = _STOP.search(text, max(before.start, before.end - 3), before.end)
    if width and not BULLET.match(text, line.start):
        return not stops or _last_length(text, before) * 10 >= width * 7
    if first in ",.;:)»" or line.inset:
        return True
    return first.islower() and not stops


def _last_length(text: str, line: Line) -> int:
    """How long the last printed line of a paragraph is."""
    return line.end - max(line.start, text.rfind("\n", line.start, line.end) + 1)


def _lay_blocks(text: str, lines: list[Line], reader: DatelineReader) -> tuple[list[Block], list[DatelineWords]]:
    """The blocks in order, and the datelines that stand in them."""
    paragraphs = [line for line in lines if line.kind == "text"]
    blocks = [Block(line.kind, line.start, line.end) for line in lines if line.kind != "text"]
    starts = _item_starts(text, lines, paragraphs, reader)
    datelines: list[DatelineWords] = []
    bounds = [0, *starts, len(paragraphs)]
    groups = [paragraphs[a:b] for a, b in pairwise(bounds) if a < b]
    for item, group in enumerate(groups):
        laid, dateline = _lay_inline(text, group) if len(paragraphs) <= 2 else ([], None)
        if not laid:
            laid, dateline = _lay_item(text, group, reader, alone=bool(starts))
        blocks += [replace(block, item=item) for block in laid] if item else laid
        datelines += [dateline] if dateline else []
    return _fill_items(sorted(blocks, key=lambda b: b.start)), datelines


def _fill_items(blocks: list[Block]) -> list[Block]:
    """Furniture belongs to the news above it."""
    item = 0
    for i, block in enumerate(blocks):
        if block.kind in ("chrome", "stamp") and block.item != item:
            blocks[i] = replace(block, item=item)
        item = blocks[i].item
    return blocks


def _item_starts(text: str, lines: list[Line], paragraphs: list[Line], reader: DatelineReader) -> list[int]:
    """Which paragraphs begin a further news of a digest: [] for a plain article, though it may list documents."""
    marked = [i for i, p in enumerate(paragraphs) if i and BULLET.match(text, p.start)]
    placed = [
        i
        for i, p in enumerate(paragraphs)
        if not _is_headline(text, p) and reader.find_at(text, _news(text, p), p.end, alone=True)
    ]
    if len(placed) >= 2:
        if len(set(placed) & set(marked)) >= 2:
            return sorted({*placed, *marked} - {0})
        return _with_headlines(text, paragraphs, placed)
    if len(marked) >= 2 and reader.known.digest.search(fold(text[: paragraphs[0].end][:_TITLE])):
        return marked
    stars = [line.start for line in lines if STARS.match(text, line.start, line.end)]
    after = {bisect_left(paragraphs, star, key=lambda p: p.start) for star in stars}
    return sorted(after - {0, len(paragraphs)}) if len(stars) >= 2 else []


def _with_headlines(text: str, paragraphs: list[Line], placed: list[int]) -> list[int]:
    """Starts of news that begin with a dateline, moved up to the headline above it."""
    starts = []
    for i in placed[1:]:
        headline = i - 1 not in placed and _is_headline(text, paragraphs[i - 1])
        starts.append(i - 1 if headline else i)
    return starts


def _news(text: str, paragraph: Line) -> int:
    """Where a paragraph begins after its bullet or number."""
    match = BULLET.match(text, paragraph.start, paragraph.end)
    return match.end() if match else paragraph.start


def _lay_item(
    text: str, paragraphs: list[Line], reader: DatelineReader, alone: bool
) -> tuple[list[Block], DatelineWords | None]:
    """One news: title, leads, dateline, body."""
    at, dateline = _find_dateline(text, paragraphs, reader, alone)
    heads = at if dateline else _count_heads(text, paragraphs)
    if alone and len(paragraphs) == 1 and _is_headline(text, paragraphs[0]):  # the title of a digest
        heads = 1
    blocks = []
    for i, p in enumerate(paragraphs):
        start = _news(text, p)
        kind = "body" if i >= heads else "title" if i == 0 and _is_headline(text, p) else "lead"
        if dateline and i == at:
            blocks += _parted(text, start, p.end, dateline)
        elif start < p.end:
            blocks.append(Block(kind, start, p.end))
    return blocks, dateline


def _parted(text: str, start: int, end: int, dateline: DatelineWords) -> list[Block]:
    """A paragraph cut into the title run into it, the dateline, and the body."""
    edges = (("title", start, dateline.start), ("dateline", dateline.start, dateline.end), ("body", dateline.end, end))
    return [Block(kind, *span) for kind, a, b in edges if (span := _trimmed(text, a, b))]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    words = text[start:end]
    first = start + len(words) - len(words.lstrip())
    last = start + len(words.rstrip())
    return (first, last) if first < last else None


def _find_dateline(
    text: str, paragraphs: list[Line], reader: DatelineReader, alone: bool
) -> tuple[int, DatelineWords | None]:
    """The paragraph that begins with a dateline, and the dateline: the first long paragraph, or one above it."""
    for i, p in enumerate(paragraphs[:_HEAD]):
        bare = not _is_headline(text, p) and (alone or i > 0 or len(paragraphs) == 1 or len(p) > _TITLE)
        found = reader.find_at(text, _news(text, p), p.end, alone=bare)
        if found:
            return i, found
        if len(p) > _LEAD:
            break
    return 0, reader.find_inside(text, paragraphs[0].start, paragraphs[0].end)


def _count_heads(text: str, paragraphs: list[Line]) -> int:
    """How many paragraphs from the top are title and leads, where no dateline tells."""
    count = 0
    for p, below in pairwise(paragraphs[: _HEAD - 1]):
        single = not _SENTENCE_END.search(text, p.start, p.end)
        set_off = below.gap and (count == 0 or p.gap) and single and len(p) <= _TITLE and len(below) > len(p)
        if not (_is_headline(text, p) or set_off):
            break
        count += 1
    return count


def _is_headline(text: str, paragraph: Line) -> bool:
    """A short paragraph that is no full sentence: no full stop at its end, and no speech."""
    if len(paragraph) > _TITLE or text[paragraph.end - 1] in ",;:" or BULLET.match(text, paragraph.start):
        return False
    return not _FULL_STOP.search(text, max(paragraph.start, paragraph.end - 4), paragraph.end)


def _lay_inline(text: str, paragraphs: list[Line]) -> tuple[list[Block], DatelineWords | None]:
    """A page in one paragraph with its date line inside: «... 13 марта 2025 года 23:50 Москва, Кремль ...»."""
    first = paragraphs[0]
    match = _INLINE.search(text, first.start, min(first.end, first.start + _REACH))
    if match is None or len(first) < _TITLE / 2:
        return [], None
    dateline = _inline_place(match)
    stamp_end = dateline.start if dateline else match.end()
    title_end = _run_on(text, first.start, match.start())
    edges = [
        ("title", first.start, title_end),
        ("lead", title_end, match.start()),
        ("stamp", match.start(), stamp_end),
        ("dateline", stamp_end, match.end()),
        ("body", match.end(), first.end),
        *(("body", p.start, p.end) for p in paragraphs[1:]),
    ]
    return [Block(kind, *span) for kind, a, b in edges if (span := _trimmed(text, a, b))], dateline


def _inline_place(match: re.Match[str]) -> DatelineWords | None:
    """The place after an inline date line: the city, not its region or palace."""
    if not match["place"]:
        return None
    first, _, second = match["place"].partition(", ")
    start = match.start("place")
    if first.endswith(_REGION):
        start, place = match.end() - len(second), second
    else:
        place = first
    span = Span(start, start + len(place))
    return DatelineWords(match.start("place"), match.end(), place, None, span, Span(*match.span("day")))


def _run_on(text: str, start: int, end: int) -> int:
    """Where a title ends that runs into a sentence: before its own first words come again, or a capital opens one."""
    words = text[start:end]
    opening = " ".join(words.split(" ", 2)[:2])
    again = words.find(" " + opening, len(opening)) if len(opening) > 3 else -1
    if again > 0:
        return start + again
    match = _RUN_ON.search(words)
    if match:
        return start + match.start()
    sentence = _FULL_STOP.search(words.rstrip())
    return start if sentence else end


def _date_page(page: Page, report: Report, datelines: list[DatelineWords]) -> Page:
    """The page with day of publication, dateline and day."""
    given = _edtf(report.published)
    near = first_day(given) if given else None
    stamp = _stamp(page)
    stamped = parse_day(stamp.of(page.text), near) if stamp else None
    found = datelines[0] if datelines and datelines[0].strong else None
    found = found or next((d for d in datelines if len(datelines) == 1), None)
    day = parse_day(found.date_span.of(page.text), near or stamped) if found and found.date_span else None
    evidence = _evidence(found, day)
    published = given or (str(stamped) if stamped else None) or (str(day) if day else None)
    if stamp and stamped and str(stamped) == published:
        evidence["published"] = (stamp,)
    elif found and found.date_span and str(day) == published:
        evidence["published"] = (found.date_span,)
    return replace(
        page,
        published=published,
        day=day or _whole_day(published),
        dateline=Dateline(found.place, str(day) if day else None, found.agency) if found else None,
        evidence=evidence,
        findings=tuple(_disagreements(report.published, given, stamped, stamp)),
    )


def _edtf(published: str | None) -> str | None:
    """The day, month or year that a report gives; a time of day is left out."""
    if not published:
        return None
    return next((p for p in (published, published[:10]) if parse_point(p)), None)


def _whole_day(published: str | None) -> date | None:
    return first_day(published) if published and len(published) == len("2021-12-08") else None


def _stamp(page: Page) -> Span | None:
    """The words of the page's day: in the first date line above the body, or within a page of one paragraph."""
    for block in page.blocks:
        match = _DAY.search(page.text, block.start, block.end) if block.kind == "stamp" else None
        if match and not page.text.startswith("Анонс", block.start):
            return Span(*match.span())
        if block.kind == "body":
            break
    return None


def _evidence(found: DatelineWords | None, day: date | None) -> dict[str, tuple[Span, ...]]:
    """The words of the dateline's parts."""
    if found is None:
        return {}
    parts = {"place": found.place_span, "date": found.date_span if day else None, "agency": found.agency_span}
    return {f"dateline/{name}": (span,) for name, span in parts.items() if span}


def _disagreements(
    published: str | None, given: str | None, stamped: date | None, stamp: Span | None
) -> Iterator[Finding]:
    """What is wrong with the days of a page."""
    if published and not given:
        yield Finding("published", f"the day of publication given is no date: {published[:40]!r}")
    if stamp and stamped and given and (first := first_day(given)) and abs((stamped - first).days) > 31:
        yield Finding("published", f"the report was given as of {given}, its page says {stamped}", (stamp,))
