"""The start of a paragraph -> the wire's own line in it: place, day, agency, and where the news begins."""

import re
from dataclasses import dataclass

from servanda.lang.words import fold
from servanda.model.spans import Span
from servanda.reading.furniture import DAY, TIME, WEEKDAY, Furniture
from servanda.world.tables import Tables, values

_REACH = 160  # a dateline is shorter
_W = "[А-ЯЁ][А-ЯЁа-яё’'-]*[А-ЯЁа-яё]"
_PLACE = (
    rf"(?:г\.[ ]?)?(?P<place>{_W}(?:[ ]{_W}){{0,2}}(?:(?:/|[ ]/[ ]){_W}(?:[ ]{_W})?)?)(?:[ ]\([А-ЯЁ][^()\n]{{2,30}}\))?"
)
_DASH = "(?:--|[—–-])"
_DASHES = "—–-"
_NAME = r"[«\"“]?[A-ZА-ЯЁ][\w&-]*[»\"”]?(?:\.[A-ZА-ЯЁa-zа-яё]{2,4}\b)?"
_AGENCY = rf"(?P<agency>{_NAME}(?:[ ]{_NAME}){{0,3}})"
_AUTHOR = rf"(?:,[ ]{_W}(?:[ ]{_W}){{1,2}})?"
_SHUT = r"(?:/(?P<slashed>[^/\n]{2,60})/|\((?P<parted>[^()\n]{2,60})\)|\[(?P<squared>[^\[\]\n]{2,60})\])"
_STOP = rf"(?:[ ]?(?:[.:]|$)(?:[ ]?{_DASH})?(?=\s|$)|[ ]?{_DASH}(?=\s|$))"
_SOFT_STOP = rf"(?:[ ]?[.,:])?(?:[ ]?{_DASH}(?=\s|$))?"

_WHEN = rf"(?:(?i:{WEEKDAY}),?[ ])?(?P<date>(?i:{DAY}))(?:,?[ ](?:в[ ])?{TIME})?"
_START = re.compile(rf"{_PLACE}[ ]?[.,]?[ ]{_WHEN}")
_DAY_FIRST = re.compile(rf"{_WHEN}[ ]?[.,]?[ ]{_PLACE}")
_AFTER_SHUT = re.compile(rf"[ ]?[.,]?[ ]?{_SHUT}{_SOFT_STOP}")
_AFTER_NAME = re.compile(rf"(?:[ ]?(?:[.,]|{_DASH})|(?<=\.))[ ]{_AGENCY}{_AUTHOR}{_STOP}")
_AFTER_OUTLET = re.compile(rf"[ ]?(?:[.,]|{_DASH})[ ](?P<agency>{_W}(?:[ ]{_W})?[ ](?P<noun>[а-яё]+)){_STOP}")
_AFTER_NONE = re.compile(rf"(?:[ ]?[.:]|(?<=\.))(?:[ ]?{_DASH})?(?=\s|$)|[ ]?,?[ ]?{_DASH}(?=\s)")
_PLACE_SHUT = re.compile(rf"{_PLACE}[ ]?[.,]?[ ]?{_SHUT}{_SOFT_STOP}")
_PLACE_NAME = re.compile(rf"{_PLACE}(?:[.,]|[ ]{_DASH})[ ]{_AGENCY}{_AUTHOR}{_STOP}")
_NAME_PLACE = re.compile(rf"{_AGENCY},[ ]{_PLACE}(?:,?[ ](?P<date>(?i:{DAY})))?{_STOP}")
_NAME_DATE = re.compile(rf"{_AGENCY}[.,][ ](?P<date>(?i:{DAY})){_STOP}")
_SHUT_ALONE = re.compile(rf"{_SHUT}{_SOFT_STOP}")
_PLACE_ALONE = re.compile(
    rf"{_PLACE}(?:[ ]?[—–-][ ]?{_W}(?:[ ]{_W}){{0,2}}){{0,2}}(?:\.(?=[ ][А-ЯЁ«\"“0-9A-Z])|[ ][—–-](?=[ ][А-ЯЁ][а-яё]))"
)
_PLAIN = re.compile(rf"[А-ЯЁ][а-яё]*[ ](?!(?i:{WEEKDAY}))[а-яё]")  # how most sentences begin, and no dateline
_INSIDE_DAY = re.compile(DAY, re.IGNORECASE)
_CORRESPONDENT = re.compile(r"(?:(?:соб|собств|спец)\.? ?)?(?:корр?\.|корреспондент) ", re.IGNORECASE)
_SIGNED = re.compile(rf"([A-ZА-ЯЁ-]{{3,}}(?:-[А-ЯЁа-яё]+)?) {_W}(?: {_W})?")  # the agency and its author
_RUN_IN = re.compile(r"(?<=[а-яё»\"”.!?]\s)(?=[А-ЯЁ][А-ЯЁ-]{2,30}(?:[ /][А-ЯЁ-]{2,20})?[.,]?[ ]\d{1,2}[ ])")
_LOW = ("на", "о", "де", "ди", "дю", "ду", "ле", "эш", "дос", "да")  # small inside a place's name


@dataclass(frozen=True, slots=True)
class DatelineWords:
    """Spans of a dateline in the text; `end` is where the news begins. `place` and `agency` as a record has them."""

    start: int
    end: int
    place: str | None = None
    agency: str | None = None
    place_span: Span | None = None
    date_span: Span | None = None
    agency_span: Span | None = None

    @property
    def strong(self) -> bool:
        """Whether more than a place is named."""
        return self.date_span is not None or self.agency_span is not None


class Names:
    """Places, and names that are none, in lower case."""

    def __init__(self, tables: Tables) -> None:
        rows = [row for row in tables.rows("cities") if row["kind"] != "crossing"]
        self.places = {fold(row["city"]): row["city"] for row in reversed(rows)}
        bodies = tables.rows("bodies")
        self.bodies = frozenset(fold(n) for row in bodies for n in (row["name"], *values(row["names"])))


@dataclass(frozen=True, slots=True)
class DatelineReader:
    """Finds datelines by the words of some tables, and the report's own agency."""

    known: Furniture
    names: Names
    agency: str | None = None

    def find_at(self, text: str, start: int, end: int, alone: bool = False) -> DatelineWords | None:
        """The dateline at the start of a paragraph; `alone`: also a bare place («БИШКЕК. ...»)."""
        words = text[start : min(end, start + _REACH)]
        if not words or not (
            words[0] in '/([«"“' or words[0].isupper() or words[0].isdigit() or words.startswith("г.")
        ):
            return None
        if _PLAIN.match(words):
            return None
        found = self._dated(words) or self._undated(words) or (self._alone(words) if alone else None)
        return _moved(found, text, start) if found else None

    def find_inside(self, text: str, start: int, end: int) -> DatelineWords | None:
        """A dateline after a title that was run into the paragraph: only one in capitals, with day and agency."""
        for match in _RUN_IN.finditer(text, start, min(end, start + 400)):
            found = self.find_at(text, match.end(), end)
            if found and found.date_span and found.agency_span:
                return found
        return None

    def _dated(self, words: str) -> DatelineWords | None:
        """Place and day, then an agency in slashes or brackets, a bare one, or none."""
        match = _START.match(words) or _DAY_FIRST.match(words)
        if match is None:
            return None
        place, date = match["place"], Span(*match.span("date"))
        span = Span(*match.span("place"))
        proper = self._is_place(place)
        if shut := _AFTER_SHUT.match(words, match.end()):
            return self._made(shut.end(), place, span, date, *self._shut(words, shut))
        named = _AFTER_NAME.match(words, match.end()) or self._own_name(words, match.end())
        if named and (proper or self._is_agency(named["agency"])):
            return self._made(named.end(), place, span, date, *_agency(named))
        titled = _AFTER_OUTLET.match(words, match.end())
        if titled and proper and titled["noun"] in self.known.outlets:  # «Восточная лента»
            return self._made(titled.end(), place, span, date, *_agency(titled))
        none = _AFTER_NONE.match(words, match.end())
        return self._made(none.end(), place, span, date) if none and proper else None

    def _own_name(self, words: str, index: int) -> re.Match[str] | None:
        """The report's own agency, however it is written."""
        if not self.agency:
            return None
        pattern = rf"(?:[ ]?(?:[.,]|{_DASH})|(?<=\.))[ ](?P<agency>{re.escape(self.agency)}){_AUTHOR}{_STOP}"
        return re.compile(pattern, re.IGNORECASE).match(words, index)

    def _undated(self, words: str) -> DatelineWords | None:
        """Place and agency in either order, the agency with its day, or the agency in slashes."""
        if (m := _PLACE_SHUT.match(words)) and (m["slashed"] or (self._is_place(m["place"]) and m["place"].isupper())):
            agency, span, date = self._shut_parts(words, m)
            return self._made(m.end(), m["place"], Span(*m.span("place")), date, agency, span)
        if (m := _PLACE_NAME.match(words)) and self._is_place(m["place"]) and self._signs(m):
            return self._made(m.end(), m["place"], Span(*m.span("place")), None, *_agency(m))
        if (m := _NAME_PLACE.match(words)) and self._is_place(m["place"]) and self._opens(m):
            date = Span(*m.span("date")) if m["date"] else None
            return self._made(m.end(), m["place"], Span(*m.span("place")), date, *_agency(m))
        if (m := _NAME_DATE.match(words)) and self._is_agency(m["agency"]):
            return self._made(m.end(), None, None, Span(*m.span("date")), *_agency(m))
        if m := _SHUT_ALONE.match(words):
            agency, span, date = self._shut_parts(words, m)
            if agency and ((m["slashed"] and (agency.isupper() or date)) or self._is_agency(agency)):
                return self._made(m.end(), None, None, date, agency, span)
        return None

    def _alone(self, words: str) -> DatelineWords | None:
        match = _PLACE_ALONE.match(words)
        if match is None or not self._is_place(match["place"]):
            return None
        return self._made(match.end(), match["place"], Span(*match.span("place")), None)

    def _shut(self, words: str, match: re.Match[str]) -> tuple[str | None, Span | None]:
        agency, span, _ = self._shut_parts(words, match)
        return agency, span

    def _shut_parts(self, words: str, match: re.Match[str]) -> tuple[str | None, Span | None, Span | None]:
        """Agency, its span and that of a day in slashes or brackets, without author and «корр.»."""
        group = next(g for g in ("slashed", "parted", "squared") if match[g])
        start, end = match.span(group)
        date = _INSIDE_DAY.search(words, start, end)
        for part in re.finditer(r"[^,]+", words[start:end]):
            name = part[0].strip()
            at = start + part.start() + len(part[0]) - len(part[0].lstrip())
            if prefix := _CORRESPONDENT.match(name):
                at, name = at + prefix.end(), name[prefix.end() :]
            if signed := _SIGNED.fullmatch(name):
                name = signed[1]
            if name and not _INSIDE_DAY.match(name) and any(c.isupper() for c in name):
                return name.strip('«»"“”'), Span(at, at + len(name)), Span(*date.span()) if date else None
        return None, None, Span(*date.span()) if date else None

    def _is_agency(self, name: str) -> bool:
        low = fold(name).strip('«»"“”. ')
        return low in self.known.media or (self.agency is not None and low == fold(self.agency))

    def _signs(self, match: re.Match[str]) -> bool:
        """Whether an agency is named without slashes and day: a known one, or capitals («КазТАГ») before a dash."""
        name = match["agency"]
        return self._is_agency(name) or (
            match[0][-1] in _DASHES and sum(c.isupper() for c in name) > name.count(" ") + 1
        )

    def _opens(self, match: re.Match[str]) -> bool:
        """Whether an agency is named before the place: a known one, or any before a dash («Имя-пресс, Тбилиси. –»)."""
        return self._is_agency(match["agency"]) or match[0][-1] in _DASHES

    def _is_place(self, name: str) -> bool:
        """Whether a name is a place's: one in the tables, or one in capitals that is nothing else."""
        low = fold(name)
        if low in self.names.places or all(part.strip() in self.names.places for part in re.split("[/–—]", low)):
            return True
        vowels = sum(low.count(v) for v in "аеиоуыэюя")
        other = low in self.known.flash or low in self.known.media or low in self.names.bodies
        return name.isupper() and len(name) >= 4 and vowels >= 2 and not other

    def _made(
        self,
        end: int,
        place: str | None,
        place_span: Span | None,
        date_span: Span | None,
        agency: str | None = None,
        agency_span: Span | None = None,
    ) -> DatelineWords:
        name = self.name_of(place) if place else None
        return DatelineWords(0, end, name, agency, place_span, date_span, agency_span)

    def name_of(self, place: str) -> str:
        """A place as a proper name: «НУР-СУЛТАН» -> «Нур-Султан», «РОСТОВ-НА-ДОНУ» -> «Ростов-на-Дону»."""
        if not place.isupper():
            return place
        return "/".join(self.names.places.get(fold(p.strip())) or _titled(p.strip()) for p in place.split("/"))


def _titled(place: str) -> str:
    parts = re.split("([ -])", place.lower())
    return "".join(p if p in _LOW and i else p[:1].upper() + p[1:] for i, p in enumerate(parts))


def _agency(match: re.Match[str]) -> tuple[str, Span]:
    """The agency's name without quotation marks, and its span."""
    return match["agency"].strip('«»"“”'), Span(*match.span("agency"))


def _moved(found: DatelineWords, text: str, start: int) -> DatelineWords:
    """In the frame of the text; the blanks after it belong to it."""

    def move(span: Span | None) -> Span | None:
        return Span(span.start + start, span.end + start) if span else None

    return DatelineWords(
        start,
        start + found.end,
        found.place,
        found.agency,
        move(found.place_span),
        move(found.date_span),
        move(found.agency_span),
    )
