"""Clean text and its day -> the time expressions in it, resolved to EDTF. Guesses nothing that the text leaves open."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from servanda.lang.calendar import SAME_YEAR, Phrase, make_day, parse_day
from servanda.lang.ru_times import RESTING_FIGURES, ends_clearly, find_phrases, resting_words
from servanda.model import edtf
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.document import TimeMention
from servanda.reading.named import Words

__all__ = ["find_times", "parse_day"]

Ahead = Callable[[int], bool | None]

_SENTENCE_END = re.compile(r"[.!?…]\s|\n")

# Without a word on tense: a day this far back yields to the same day this near ahead («5 января» said on 28 December).
_STALE_DAYS, _SOON_DAYS = 180, 45
# A deadline lies ahead unless it has passed so lately.
_OVERDUE_DAYS = 90
# «За N месяцев» without a year is a statistical period if it ended no longer ago; else it is a mere duration.
_FRESH_DAYS = 160
_TALK_REACH = 300  # characters within which «в тот же день» looks back for its day
_NEAR = 30  # expressions among which the year of a passage is looked for
# Months in which a year begins, is half over and ends; a longer period is cut in thirds.
_PARTS_OF_YEAR = ((1, 3), (5, 8), (10, 12))


def find_times(
    text: str, day: date | None, *, spans: Sequence[Span] | None = None, ahead: Ahead | None = None
) -> list[TimeMention]:
    """Time expressions within the spans (default: the whole text), in order, without overlaps.

    `day` is the day of the report; `ahead` tells whether the clause at an offset speaks of the future, None if unknown.
    """
    phrases = [p for s in (spans if spans is not None else [Span(0, len(text))]) for p in find_phrases(text, *s)]
    passage = _Passage(text, day, ahead, phrases)
    return [passage.mention(i) for i in range(len(phrases))]


def may_hold_time(words: Words) -> bool:
    """Whether a time may stand in a sentence: it has a word or a figure on which one can rest."""
    if not words.forms.isdisjoint(resting_words()):
        return True
    sentence = words.sentence
    return words.figures and RESTING_FIGURES.search(words.text, sentence.start, sentence.end) is not None


def worth_reading(sentences: Sequence[Words]) -> list[Span]:
    """The sentences in which a time may stand, together with those that no stop parts from them."""
    spans: list[Span] = []
    start, held = -1, False
    for words, following in zip_longest(sentences, sentences[1:]):
        sentence = words.sentence
        start = sentence.start if start < 0 else start
        held = held or may_hold_time(words)
        joined = following is not None and following.sentence.block == sentence.block
        if not joined or ends_clearly(words.text, sentence.end):
            spans += [Span(start, sentence.end)] if held else []
            start, held = -1, False
    return spans


@dataclass(slots=True)
class _Passage:
    """What was spoken of so far: the latest day, year and period, to which later words look back."""

    text: str
    day: date | None
    ahead: Ahead | None
    phrases: list[Phrase]
    spoken_day: date | None = None
    spoken_at: int = 0
    spoken_year: int | None = None
    period: str | None = None

    def mention(self, i: int) -> TimeMention:
        """The i-th phrase resolved; phrases are to be asked for in order."""
        p = self.phrases[i]
        value, grain = self._value(i)
        if value is not None and not edtf.is_edtf(value):
            value = None
        relation = ""
        if value is not None:
            self._remember(p, value, grain)
            value, relation = _related(p, value)
        how = How.NORMALISED if p.year is not None and p.shape != "same" else How.RESOLVED
        return TimeMention(p.start, p.end, value, grain, relation, how, p.rule)

    def _remember(self, p: Phrase, value: str, grain: str) -> None:
        self.spoken_day, self.spoken_at = edtf.last_day(value), p.end
        told = p.shape in ("days", "months", "years", "unit", "same") and p.relation not in ("by", "before", "from")
        if told and grain not in ("day", "week") and not (p.shape == "years" and p.first_year):
            self.period = value
        if p.year is not None or p.shift is not None:
            self.spoken_year = edtf.year_of(value)

    def _value(self, i: int) -> tuple[str | None, str]:
        p = self.phrases[i]
        match p.shape:
            case "day":
                day = self._day(i)
                return day.isoformat() if day else None, "day"
            case "days":
                return self._days(i), "span"
            case "months":
                return self._months(i), p.unit
            case "years":
                return self._years(i)
            case "unit":
                return self._unit(i)
            case "weekday" | "weekdays":
                return self._weekday(i)
            case "monthday":
                return self._monthday(p), "day"
            case "counted":
                return self._counted(i), "span"
            case "same":
                return self._same(i), "span"
            case "duration":
                return None, "duration"
        return self._away(p)

    def _future(self, p: Phrase) -> bool | None:
        known = self._by_tree(p)
        return p.ahead if known is None else known

    def _by_tree(self, p: Phrase) -> bool | None:
        """The tense over a phrase; «обязалась до июля снизить» may hang its deadline on the promise."""
        known = self.ahead(p.start) if self.ahead else None
        return None if known is False and p.relation in ("by", "before") else known

    def _own_year(self, i: int) -> int | None:
        """The year that the words fix without the calendar's help, printed or counted from the present one."""
        p = self.phrases[i]
        if p.year is not None:
            return p.year
        if p.shift == SAME_YEAR:
            return self.spoken_year
        if p.shift is not None or self.day is None:
            present = self.day.year if self.day else self._dated_year(i)
            return present + (p.shift or 0) if present is not None else None
        return None

    def _dated_year(self, i: int) -> int | None:
        """For a report without a day: the year of the nearest date printed in full, first before the phrase."""
        p = self.phrases[i]
        order = [*reversed(self.phrases[max(0, i - _NEAR) : i]), *self.phrases[i + 1 : i + _NEAR]]
        alike = (q.year for q in order if q.shape == "day" and q.year and (q.first == p.first or q.start < p.start))
        return next(alike, None)

    def _day(self, i: int) -> date | None:
        p = self.phrases[i]
        year = self._own_year(i)
        if year is None and self._is_open(p):
            year = self._choose_year(p, lambda y: (make_day(y, *p.first), make_day(y, *p.first)))
        return make_day(year, *p.first) if year is not None else None

    def _is_open(self, p: Phrase) -> bool:
        """Whether tense and the day of the report are to choose the year."""
        return self.day is not None and p.year is None and p.shift is None

    def _choose_year(self, p: Phrase, bounds: Callable[[int], tuple[date | None, date | None]]) -> int | None:
        """The year of a period printed without one, by tense; when that is unknown, by nearness to the report's day."""
        assert self.day is not None
        around = 4 if p.first == (2, 29) else 1
        years = range(self.day.year - around, self.day.year + around + 1)
        known = [(y, b[0], b[1]) for y in years if 1 <= y <= 9998 and (b := bounds(y)) and b[0] and b[1]]
        past = [k for k in known if k[1] <= self.day]
        coming = [k for k in known if k[2] >= self.day]
        future = self._future(p)
        if not past or not coming:
            return None
        before, after = past[-1], coming[0]
        since, until = (self.day - before[2]).days, (after[1] - self.day).days
        if p.relation in ("by", "before") and self._by_tree(p) is None:
            return before[0] if since <= _OVERDUE_DAYS and until > 2 * since else after[0]
        if future is not None or before[0] == after[0]:
            return after[0] if future else before[0]
        if before[1].year == self.day.year and p.relation != "on":
            return after[0] if since > _STALE_DAYS and until <= _SOON_DAYS else before[0]
        return before[0] if since <= until else after[0]

    def _days(self, i: int) -> str | None:
        p = self.phrases[i]
        year = self._own_year(i)
        if year is None and self._is_open(p):
            turn = p.first > p.last
            year = self._choose_year(p, lambda y: (make_day(y - turn, *p.first), make_day(y, *p.last)))
        if year is None:
            return None
        first_year = p.first_year or (year - 1 if p.first > p.last else year)
        first, last = make_day(first_year, *p.first), make_day(year, *p.last)
        return edtf.interval(first.isoformat(), last.isoformat()) if first and last else None

    def _months(self, i: int) -> str | None:
        p = self.phrases[i]
        first, last = p.first[0], p.last[0]
        turned = last < first and p.year is not None  # «ноябрь-март 2022 года» ends in the year printed
        last += 12 if last < first else 0
        year = self._own_year(i)
        if year is None and self._is_open(p):
            year = self._choose_months_year(p, first, last)
        if year is None:
            return None
        year = p.first_year if p.first_year else year - turned
        last += 12 * (p.year - p.first_year - (last > 12)) if p.first_year and p.year else 0
        value = edtf.months(year, first, last)
        return value if p.part is None else _part_of(value, p.part)

    def _choose_months_year(self, p: Phrase, first: int, last: int) -> int | None:
        def bounds(year: int) -> tuple[date | None, date | None]:
            value = edtf.months(year, first, last)
            return edtf.first_day(value), edtf.last_day(value)

        assert self.day is not None
        if p.unit != "span" or self._future(p):
            return self._choose_year(p, bounds)
        # a statistical period is told when it is over
        done = [y for y in (self.day.year, self.day.year - 1) if (end := bounds(y)[1]) and end < self.day]
        end = bounds(done[0])[1] if done else None
        if end is None or (p.n and (self.day - end).days > _FRESH_DAYS):
            return None
        return done[0]

    def _years(self, i: int) -> tuple[str | None, str]:
        p = self.phrases[i]
        year = self._own_year(i)
        if year is None:
            return None, "year"
        if p.first_year:
            return edtf.interval(edtf.year_value(p.first_year), edtf.year_value(year)), "span"
        return edtf.year_value(year), "year"

    def _unit(self, i: int) -> tuple[str | None, str]:
        p = self.phrases[i]
        present = self.day
        if present is None:
            year = self._own_year(i) if p.unit == "year" else None
            present = date(year, 1, 1) if year else None
        elif p.year is not None:
            present = date(p.year, 1, 1)
        if present is None:
            return None, p.unit
        moved = _moved(present, p.n, p.unit)
        value = _unit_around(moved, p.unit) if moved else None
        if value is None or p.part is None:
            return value, p.unit
        if p.part == 0 and p.relation == "from" and self.day and moved and moved.year == self.day.year:
            return edtf.interval(str(edtf.first_day(value)), self.day.isoformat()), "span"
        return _part_of(value, p.part), "span"

    def _weekday(self, i: int) -> tuple[str | None, str]:
        p = self.phrases[i]
        if self.day is None or p.weekday is None:
            return None, "day"
        if p.shape == "weekdays":
            first = _weekday_near(self.day, p.n, bool(self._future(p)))
            last = _weekday_near(first, p.weekday, True) if first else None
            return (edtf.interval(first.isoformat(), last.isoformat()) if first and last else None), "span"
        found = _weekday_by(self.day, p, self._future(p))
        return found.isoformat() if found else None, "day"

    def _monthday(self, p: Phrase) -> str | None:
        """«24-го»: the day nearest to the report, by tense where that is known."""
        day = self.day
        if day is None:
            return None
        months = (edtf.add_months(day.replace(day=1), n) for n in (-1, 0, 1))
        days = [found for m in months if m and (found := make_day(m.year, m.month, p.n))]
        future = self._future(p)
        if future is False:
            days = [d for d in days if d < day][-1:]
        elif future or p.relation in ("by", "before"):
            days = [d for d in days if d >= day][:1]
        return min(days, key=lambda d: abs(d - day)).isoformat() if days else None

    def _counted(self, i: int) -> str | None:
        p = self.phrases[i]
        start = self._day(i)
        after = _moved(start, p.n, p.unit) if start else None
        end = edtf.add_days(after, -1) if after else None
        return edtf.interval(start.isoformat(), end.isoformat()) if start and end else None

    def _same(self, i: int) -> str | None:
        p = self.phrases[i]
        period = self.period or self._period_to_come(i)
        if period is None or (p.relation == "on" and p.year is None):
            return None
        return edtf.in_year(period, p.year) if p.year is not None else edtf.shift_years(period, p.shift or -1)

    def _period_to_come(self, i: int) -> str | None:
        """«По сравнению с тем же периодом 2020 года за девять месяцев 2021-го ...»: the period follows."""
        for j in range(i + 1, min(i + 3, len(self.phrases))):
            if self.phrases[j].shape == "months":
                return self._months(j)
        return None

    def _away(self, p: Phrase) -> tuple[str | None, str]:
        """Shapes counted from a day: ago, apart, within, last."""
        if p.rule == "after" and self._future(p) is False:
            return None, p.unit
        base = self._base(p) if p.shape == "apart" else self.day
        moved = _moved(base, p.n, p.unit) if base else None
        if base is None or moved is None:
            return None, p.unit
        if p.shape in ("within", "last"):
            first, last = sorted((base, moved))
            return edtf.interval(first.isoformat(), last.isoformat()), "span"
        if p.unit in ("day", "week"):
            return moved.isoformat(), "day"
        return _unit_around(moved, p.unit), p.unit

    def _base(self, p: Phrase) -> date | None:
        """The day spoken of last in the same sentence; else, for what lies before, the day of the report.

        «В тот же день» and «на следующий день» look back further, and to nothing else.
        """
        if p.rule in ("that-day", "next-day"):
            return self.spoken_day if p.start - self.spoken_at <= _TALK_REACH else None
        near = self.spoken_day is not None and _SENTENCE_END.search(self.text, self.spoken_at, p.start) is None
        return self.spoken_day if near else self.day if p.n < 0 else None


def _related(p: Phrase, value: str) -> tuple[str, str]:
    """A period with the preposition before it: by its end, from its start, or in it."""
    if p.shape in ("days", "weekdays", "counted", "within", "last", "same"):
        return value, ""
    if p.relation == "from":
        # «с начала года» has been closed by the day of the report
        return (value, "") if p.part == 0 and p.shape == "unit" and len(value) > 15 else (edtf.since(value), "from")
    if p.relation == "before" and p.shape == "months" and p.unit in ("month", "season") and p.part is None:
        return edtf.until(_month_before(value)), "by"
    if p.relation in ("by", "before"):
        last = edtf.last_day(value)
        if p.part == 1 and last:
            return edtf.until(_middle(value) or value), "by"
        return edtf.until(last.isoformat() if p.part == 2 and last else value), "by"
    if p.relation == "on" and p.part == 2:
        return str(edtf.last_day(value)), ""  # «долг на конец октября»
    return value, ""


def _middle(value: str) -> str | None:
    """The day or month in which half of the month or year is over, whose middle third is given."""
    first, last = edtf.first_day(value), edtf.last_day(value)
    if first is None or last is None or first.year != last.year:
        return None
    if first.month == last.month:
        return first.replace(day=15).isoformat()
    return edtf.month_value(first.year, 6) if (first.month, last.month) == _PARTS_OF_YEAR[1] else None


def _month_before(value: str) -> str:
    first = edtf.first_day(value)
    before = edtf.add_months(first, -1) if first else None
    return edtf.month_value(before.year, before.month) if before else value


def _moved(day: date, n: int, unit: str) -> date | None:
    if unit in ("day", "week"):
        return edtf.add_days(day, n * (7 if unit == "week" else 1))
    return edtf.add_months(day, n * {"month": 1, "quarter": 3, "half": 6, "year": 12}[unit])


def _unit_around(day: date, unit: str) -> str | None:
    if unit == "day":
        return day.isoformat()
    if unit == "week":
        return edtf.week_of(day)
    if unit == "year":
        return edtf.year_value(day.year)
    size = {"month": 1, "quarter": 3, "half": 6}[unit]
    first = (day.month - 1) // size * size + 1
    return edtf.months(day.year, first, first + size - 1)


def _part_of(value: str, part: int) -> str | None:
    """Start, middle or end of a period (thirds), or its halves (parts 3 and 4)."""
    first, last = edtf.first_day(value), edtf.last_day(value)
    if first is None or last is None:
        return None
    length = (last - first).days + 1
    if length > 300:
        return edtf.months(first.year, *_PARTS_OF_YEAR[part])
    if length > 31:
        month = first.month + part * ((length // 30) // 3 or 1)
        return edtf.months(first.year + (month - 1) // 12, (month - 1) % 12 + 1, (month - 1) % 12 + length // 90)
    if length == 7:
        return f"{edtf.add_days(first, 2 * part)}/{edtf.add_days(first, 2 * part + 2)}"
    start, end = ((1, 10), (10, 20), (20, last.day), (1, 15), (16, last.day))[part]
    return f"{first.replace(day=start)}/{first.replace(day=end)}"


def _weekday_near(day: date, weekday: int, future: bool) -> date | None:
    """The last such weekday up to the day, or the first from it on."""
    return edtf.add_days(day, (weekday - day.weekday()) % 7 if future else -((day.weekday() - weekday) % 7))


def _weekday_by(day: date, p: Phrase, future: bool | None) -> date | None:
    """«В минувшую», «в следующую», «в ближайшую», «в эту пятницу», or plain by tense."""
    assert p.weekday is not None
    if p.n == -1:
        before = edtf.add_days(day, -1)
        return _weekday_near(before, p.weekday, False) if before else None
    if p.n == 1:
        return edtf.add_days(day, 7 - day.weekday() + p.weekday)
    if p.n == 2:
        after = edtf.add_days(day, 1)
        return _weekday_near(after, p.weekday, True) if after else None
    if p.unit == "this":
        return edtf.add_days(day, p.weekday - day.weekday())
    return _weekday_near(day, p.weekday, p.relation in ("by", "before") if future is None else future)
