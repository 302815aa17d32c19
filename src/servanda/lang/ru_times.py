"""Russian text -> time expressions in neutral form (`Phrase`), unresolved. Looks at words only, never at a clock.

Every word is one letter, by its kind in `calendar.tsv`; a rule is a pattern over kinds: `<kind>`, `<a|b>` for either,
`<kind:name>` to use the word (`name_` in a further alternative). `<month>` stands for `month.gen` and all other cases.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from servanda.lang.calendar import SAME_YEAR, Phrase, full_year, load_calendar

_TOKEN = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d(?![\d-])|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d)(?![\d.:]))"
    r"|(?P<clock>\d{1,2}:\d\d(?::\d\d)?)"
    r"|(?P<th>\d{1,4}-(?:го|му|ом|ой|ым|ых|м|й|е|я|х|ю)(?!\w))"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<word>гг?\.|[^\W\d_]+)"
    r"|(?P<dash>[-–—−])|(?P<mark>[,()/])|(?P<stop>[\n.;:!?«»\"“”])|(?P<other>\S)"
)
_MARKS = {",": "comma", "(": "open", ")": "close", "/": "slash"}
_DIGITS = ("num.day", "num.big", "year4", "year4th", "numth", "decade-year", "date")
_PLAIN = ("dash", *_MARKS.values(), "stop", "x", "trait")
_FUTURE_REACH = 8  # words on either side, within the clause


class Word(NamedTuple):
    """A word or sign: its kind, its number by the table, and where it stands."""

    kind: str
    value: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Letters:
    """Which letter stands for which kind."""

    by_kind: dict[str, str]

    def pattern(self, source: str) -> re.Pattern[str]:
        return re.compile(re.sub(r"<([^<>=!:?]+)(?::(\w+))?>", self._group, source))

    def _group(self, m: re.Match[str]) -> str:
        chars = "".join(self._of(kind) for kind in m[1].split("|"))
        return f"(?P<{m[2]}>[{chars}])" if m[2] else f"[{chars}]"

    def _of(self, kind: str) -> str:
        letters = [c for k, c in self.by_kind.items() if k == kind or k.startswith(kind + ".")]
        if not letters:
            raise KeyError(kind)
        return "".join(letters)


@lru_cache(maxsize=1)
def _letters() -> _Letters:
    kinds = dict.fromkeys([*_DIGITS, *_PLAIN, *(kind for kind, _ in load_calendar("ru").values())])
    return _Letters({kind: chr(0x3400 + i) for i, kind in enumerate(kinds)})


_TRAIT = ("ого", "его", "ом", "ем")  # what a year may be called: «девять месяцев рекордного 2021 года»


@lru_cache(maxsize=32_768)
def _read(name: str, shown: str) -> tuple[str, int, str]:
    """Kind, number and letter of a word or sign."""
    kind, value = "x", 0
    if name == "word":
        kind, value = load_calendar("ru").get(shown.lower().replace("ё", "е"), ("x", 0))
        if kind == "x" and shown.endswith(_TRAIT) and len(shown) > 5 and shown.islower():
            kind = "trait"
    elif name in ("number", "th"):
        kind, value = _number(shown, name)
    elif name == "mark":
        kind = _MARKS[shown]
    elif name in ("dash", "stop", "date"):
        kind = name
    return kind, value, _letters().by_kind[kind]


def _word(match: re.Match[str]) -> Word:
    kind, value, _ = _read(match.lastgroup or "other", match[0])
    return Word(kind, value, *match.span(), match[0])


def _number(shown: str, name: str) -> tuple[str, int]:
    digits = shown.partition("-")[0]
    if not digits.isdecimal() or not digits.isascii() or len(digits) > 4:
        return "x", 0
    value = int(digits)
    if name == "th" and shown.endswith(("-е", "-х", "-ых")) and len(digits) == 4 and value % 10 == 0:
        return "decade-year", value
    if len(digits) == 4:
        kind = "year4" if 1900 <= value <= 2100 else "x"
        return ("year4th" if name == "th" and kind == "year4" else kind), value
    if name == "th":
        return ("numth" if 1 <= value <= 31 else "x"), value
    return ("num.day" if 1 <= value <= 31 and len(digits) < 3 else "num.big"), value


# The year of a day or month: printed, «прошлого года», «того же года».
_Y4 = "<year4|year4th:y>"
_YEARWORD = "<year.nom|year.gen|year.dat|year.ins|year.loc|year.pl|year.abbr>"
_YEAR = f"(?:(?:<trait>(?=<year4|year4th>{_YEARWORD}))?{_Y4}{_YEARWORD}?|<relative:r><year>|<that:t><very><year>)"
_YEAR1 = f"(?:<year4|year4th:y1>{_YEARWORD}?)"
_PRE = "(?:<not><later|earlier>|<in><night><on>|<before|by|from|up-to|later-than|in|on|during>)?"
_TO = "<dash|up-to|before>"
_MON = "<month.gen|short:m>"
_COUNT = "(?:<number|num.day|num.big|onehalf:n>)"
_UNIT = "<year.nom|year.gen|year.count|year.loc|month-unit|week|day-unit|halfyear:u>"
_NTH = "<ordinal|numth|num.day:o>"
_WEEKDAY_AFTER = "(?:<comma|open>*<in>?<weekday.acc|weekday.nom><close>?)?"

Build = Callable[[dict[str, Word]], dict[str, Any] | None]


def _year(g: dict[str, Word]) -> dict[str, Any]:
    if "y" in g:
        return {"year": g["y"].value}
    if "r" in g:
        return {"shift": g["r"].value}
    return {"shift": SAME_YEAR} if "t" in g else {}


def _date(g: dict[str, Word]) -> dict[str, Any]:
    parts = [int(p) for p in re.split(r"[-.]", g["d"].text)]
    year, month, day = parts if len(g["d"].text.partition("-")[0]) == 4 else reversed(parts)
    return {"shape": "day", "year": full_year(year), "first": (month, day)}


def _day(g: dict[str, Word]) -> dict[str, Any]:
    return {"shape": "day", "first": (g["m"].value, g["d"].value), **_year(g)}


def _day_of_month(g: dict[str, Word]) -> dict[str, Any] | None:
    """«с первого числа», «до 24-го»: of the month of the report, or of the next where that day is over."""
    return {"shape": "monthday", "n": g["d"].value} if g["d"].value <= 31 else None


def _spelled_day(g: dict[str, Word]) -> dict[str, Any] | None:
    """«первого февраля», «двадцать пятого мая»."""
    tens = g["tens"].value if "tens" in g else 0
    day, whole = tens + g["d"].value, not tens or (tens in (20, 30) and g["d"].value < 10)
    spelled = g["d"].text.lower().endswith(("ого", "его", "ому", "ему"))
    return {"shape": "day", "first": (g["m"].value, day), **_year(g)} if whole and spelled and day <= 31 else None


def _days(g: dict[str, Word]) -> dict[str, Any]:
    first_month = g.get("m1", g["m"]).value
    years = {"first_year": g["y1"].value} if "y1" in g else {}
    return {
        "shape": "days",
        "first": (first_month, g["d1"].value),
        "last": (g["m"].value, g["d2"].value),
        **years,
        **_year(g),
    }


def _counted(g: dict[str, Word]) -> dict[str, Any]:
    return {**_day(g), "shape": "counted", **(_length(g) or {})}


def _first_days(g: dict[str, Word]) -> dict[str, Any] | None:
    month = g["m"].value
    ends = {"first": (month, 1), "last": (month, g["n"].value)}
    return {"shape": "days", **ends, **_year(g)} if g["o"].value == 1 else None


def _month(g: dict[str, Word]) -> dict[str, Any]:
    return _months(g["m"].value, g["m"].value, g)


def _month_range(g: dict[str, Word]) -> dict[str, Any]:
    years = {"first_year": g["y1"].value} if "y1" in g else {}
    return {**_months(g["m1"].value, g["m"].value, g), "relation": "", **years}


def _months(first: int, last: int, g: dict[str, Word], unit: str = "month") -> dict[str, Any]:
    part = {"part": g["p"].value} if "p" in g else {}
    unit = unit if first == last or unit != "month" else "span"
    return {"shape": "months", "first": (first, 0), "last": (last, 0), "unit": unit, **part, **_year(g)}


def _third_of_month(g: dict[str, Word]) -> dict[str, Any] | None:
    value = 3 if g["o"].kind == "latest" else g["o"].value
    return {**_month(g), "part": value - 1} if value <= 3 else None


def _half_of_month(g: dict[str, Word]) -> dict[str, Any] | None:
    # parts 3 and 4 are the halves
    return {**_month(g), "part": g["o"].value + 2} if g["o"].value <= 2 else None


def _quarter(g: dict[str, Word]) -> dict[str, Any] | None:
    n = g["o"].value
    counted = g["o"].kind == "num.day" and n > 1 and g["q"].text.lower() == "квартала" and not _year(g)
    if n > 4 or counted:
        return None
    return _months(3 * n - 2, 3 * n, g, "quarter")


def _half(g: dict[str, Word]) -> dict[str, Any] | None:
    n = g["o"].value
    if n > 2:
        return None
    year = _year(g) or ({"shift": 0} if "plain" in g else {})
    return {**_months(6 * n - 5, 6 * n, g, "half"), **year}


def _first_months(g: dict[str, Word]) -> dict[str, Any] | None:
    n = g["n"].value
    if "o" in g and g["o"].value != 1:
        return None
    return _months(1, n, g, "span") | {"n": n} if 2 <= n <= 11 else None


def _season(g: dict[str, Word]) -> dict[str, Any]:
    first = g["s"].value
    years = {"year": g["y1"].value} if "y1" in g else {}
    return {**_months(first, first + 2, g, "season"), **years}


def _season_of(g: dict[str, Word]) -> dict[str, Any]:
    known = {-1: {"ahead": False}, 1: {"ahead": True}}.get(g["r"].value, {"shift": 0})
    first = g["s"].value
    return {"shape": "months", "first": (first, 0), "last": (first + 2, 0), "unit": "season", **known}


def _years(g: dict[str, Word]) -> dict[str, Any] | None:
    if "y1" in g and not 0 < g["y"].value - g["y1"].value <= 60:
        return None
    years = {"first_year": g["y1"].value, "relation": ""} if "y1" in g else {}
    return {"shape": "years", **years, **_year(g)}


def _split_year(g: dict[str, Word]) -> dict[str, Any] | None:
    """«в 2024/25 финансовом году»: two years, since whose and from which month it runs is not said."""
    year = g["y1"].value // 100 * 100 + g["s"].value
    if year != g["y1"].value + 1:
        return None
    return {"shape": "years", "first_year": g["y1"].value, "year": year, "relation": ""}


def _decade(g: dict[str, Word]) -> dict[str, Any]:
    return {"shape": "years", "first_year": g["y"].value, "year": g["y"].value + 9}


def _unit(word: Word) -> str:
    return {"year": "year", "halfyear": "month", "month-unit": "month", "week": "week", "day-unit": "day"}.get(
        word.kind.partition(".")[0], word.kind.partition(".")[0]
    )


# «несколько дней назад» counts nothing
_PLURALS = frozenset(("дни", "дней", "дням", "днями", "недель", "неделями", "месяцы", "месяцев", "месяцами", "лет"))


def _length(g: dict[str, Word]) -> dict[str, Any] | None:
    unit, n = _unit(g["u"]), g["n"].value if "n" in g else 1
    if "n" not in g and g["u"].text.lower() in _PLURALS:
        return None
    if g["u"].kind == "halfyear":
        return {"unit": "month", "n": 6}
    if "n" in g and g["n"].kind == "onehalf":
        return {"unit": "month", "n": 18} if unit == "year" else {"unit": unit, "n": 1}
    return {"unit": unit, "n": n}


def _sized(shape: str, sign: int = 1) -> Build:
    def build(g: dict[str, Word]) -> dict[str, Any] | None:
        length = _length(g)
        return {"shape": shape, **length, "n": sign * length["n"]} if length else None

    return build


def _apart(g: dict[str, Word]) -> dict[str, Any] | None:
    length, earlier = _length(g), "e" in g
    if length is None:
        return None
    if earlier and length["unit"] == "year" and length["n"] == 1:
        return {"shape": "same", "shift": -1}
    return {"shape": "apart", **length, "n": -length["n"] if earlier else length["n"]}


def _relative_unit(g: dict[str, Word]) -> dict[str, Any]:
    return {"shape": "unit", "n": g["r"].value, "unit": _unit(g["u"])}


def _part_of_unit(g: dict[str, Word]) -> dict[str, Any]:
    if "y" in g:
        return {"shape": "unit", "unit": "year", "part": g["p"].value, "year": g["y"].value}
    return {
        "shape": "unit",
        "unit": _unit(g["u"]) if "u" in g else "year",
        "n": g["r"].value if "r" in g else 0,
        "part": g["p"].value,
    }


def _new_year(g: dict[str, Word]) -> dict[str, Any]:
    if "f" in g:  # «с Нового года»
        return {"shape": "day", "first": (1, 1), "shift": 1}
    return {"shape": "unit", "unit": "year", "part": 2, "relation": "by"}


def _adverb(g: dict[str, Word]) -> dict[str, Any]:
    return {"shape": "unit", "unit": "day", "n": g["a"].value}


def _monthly(g: dict[str, Word]) -> dict[str, Any] | None:
    """«Июньский саммит»; «Октябрьский» with a capital is a town."""
    return _month(g) if g["m"].text.islower() else None


def _last_years(g: dict[str, Word]) -> dict[str, Any]:
    return {"shape": "unit", "n": g["r"].value, "unit": "year"}


def _weekday(g: dict[str, Word]) -> dict[str, Any]:
    which = {"relative": g["r"].value, "nearest": 2}.get(g["r"].kind, 0) if "r" in g else 0
    return {"shape": "weekday", "weekday": g["w"].value, "n": which, "unit": "this" if "r" in g and which == 0 else ""}


def _weekdays(g: dict[str, Word]) -> dict[str, Any]:
    return {"shape": "weekdays", "weekday": g["w"].value, "n": g["w1"].value}


def _same(g: dict[str, Word]) -> dict[str, Any]:
    return {"shape": "same", **({"shift": -1} | _year(g) if "y" not in g else _year(g))}


def _day_of_talk(g: dict[str, Word]) -> dict[str, Any]:
    return {"shape": "apart", "unit": "day", "n": g["r"].value if "r" in g else 0}


_RULES: tuple[tuple[str, str, Build], ...] = (
    ("date", f"{_PRE}<date:d>", _date),
    ("day-of-dates", f"{_PRE}<num.day:d>{_MON}(?=<comma|and><num.day><month.gen>{_YEAR})", _day),
    (
        "day",
        f"(?:<in>?<weekday.acc|weekday.nom><comma>?)?{_PRE}<num.day|numth:d>{_MON}(?:<comma>?{_YEAR})?{_WEEKDAY_AFTER}",
        _day,
    ),
    ("spelled-day", f"{_PRE}<number:tens>?<ordinal|day.spelled:d><month.gen:m>(?:<comma>?{_YEAR})?", _spelled_day),
    ("day-of-list", f"{_PRE}<num.day:d>(?=(?:<comma|and><num.day>){{1,5}}{_MON}{_YEAR}?)", _day),
    ("days", f"<from|in>?<num.day:d1>{_TO}<num.day:d2>{_MON}{_YEAR}?", _days),
    ("days-of-months", f"<from>?<num.day:d1><month.gen|short:m1>{_YEAR1}?{_TO}<num.day:d2>{_MON}{_YEAR}?", _days),
    ("first-days", f"<during|in><ordinal:o>{_COUNT}<day-unit.gen><month.gen:m>{_YEAR}?", _first_days),
    (
        "counted",
        f"{_PRE}{_COUNT}<day-unit|month-unit|week|year.gen|year.count:u><from><num.day:d>{_MON}{_YEAR}?",
        _counted,
    ),
    ("months", f"{_PRE}<month:m1>{_YEAR1}?{_TO}<month:m>{_YEAR}?", _month_range),
    ("month-of-months", f"{_PRE}<month:m>(?=<comma|and><in>?<month>{_YEAR})", _month),
    (
        "month",
        f"(?:<in|before|by|on|during|up-to>|<from>(?=<month.gen|month.ins>)|<not><later|earlier>)<month:m>{_YEAR}?",
        _month,
    ),
    ("month-of-year", f"<month:m>{_YEAR}", _month),
    ("month-alone", "(?<!<num.day>)(?<!<numth>)(?<!<close>)<month.gen:m>", _month),
    ("month-of-list", f"(?<=<month><comma|and>)<in>?<month:m>{_YEAR}?", _month),
    ("part-of-month", f"{_PRE}<part:p><month.gen:m>{_YEAR}?", _month),
    ("half-of-month", f"{_PRE}<ordinal:o><half-of><month.gen:m>{_YEAR}?", _half_of_month),
    ("third-of-month", f"{_PRE}<ordinal|latest:o><decade><month.gen:m>{_YEAR}?", _third_of_month),
    ("quarter", f"{_PRE}(?:<part:p>)?{_NTH}<quarter:q>{_YEAR}?", _quarter),
    ("half-year", f"{_PRE}(?:<part:p>)?{_NTH}<half>{_YEAR}?", _half),
    ("half-of-year", f"{_PRE}<ordinal:o><half-of>(?:{_YEAR}|<year.gen:plain>)", _half),
    ("first-months", f"<during|in>?(?:<ordinal:o>)?{_COUNT}<month-unit>{_YEAR}", _first_months),
    ("first-months", f"<during><ordinal:o>?{_COUNT}<month-unit><relative:r>(?=<comma|stop>|$)", _first_months),
    ("first-months", f"(?:<during><ordinal:o>?|<in>?<ordinal:o_>){_COUNT}<month-unit>", _first_months),
    ("season", f"<season.ins:s>{_YEAR}?", _season),
    ("season-of-year", f"<season.acc|season.nom|season.gen:s>{_YEAR}", _season),
    (
        "season-by",
        f"(?:<not><later|earlier>|<before|from|by|on|later-than>)<season.gen|season.dat|season.acc:s>{_YEAR}?",
        _season,
    ),
    ("part-of-season", f"{_PRE}<part:p><season.gen:s>{_YEAR}?", _season),
    ("winter", "<season.ins|season.acc|season.nom:s><year4:y1><dash|slash><year4><year.pl>?", _season),
    ("season-of", "<relative:r><season.ins|season.acc:s>", _season_of),
    ("season-of", "<before|by|on|from><relative:r><season.gen|season.dat|season.acc:s>", _season_of),
    ("year", f"{_PRE}(?:<year4:y>{_YEARWORD}|<year4th:y_>{_YEARWORD}?)", _years),
    ("year-alone", "(?:<in|before|by|from><year4:y>|<open><year4:y_>(?=<close>))(?=<stop|comma|close>)", _years),
    ("year-of-list", f"{_PRE}<year4|year4th:y>(?=(?:<comma|and><year4|year4th>){{1,5}}{_YEARWORD})", _years),
    ("years", f"{_PRE}<year4|year4th:y1>(?:<year.gen|year.abbr>?<up-to|before>|<dash|slash>){_Y4}{_YEARWORD}?", _years),
    ("split-year", f"{_PRE}<year4:y1><slash|dash><num.day|num.big:s><x|trait>?{_YEARWORD}", _split_year),
    ("split-year", f"{_PRE}<year4:y1><slash><num.day|num.big:s>", _split_year),
    ("that-year", f"{_PRE}<that:t><very><year>", _years),
    ("decade", f"{_PRE}<decade-year:y>{_YEARWORD}?", _decade),
    (
        "relative-unit",
        f"{_PRE}<relative:r><very>?<year.nom|year.gen|year.dat|year.ins|year.loc|month-unit|week|quarter|half:u>",
        _relative_unit,
    ),
    ("part-of-unit", f"{_PRE}<part:p>(?:<relative:r>)?<year.gen|month-unit.gen|week.gen|quarter:u>", _part_of_unit),
    ("part-of-year", f"{_PRE}<part:p>{_Y4}<year.gen|year.abbr>?", _part_of_unit),
    ("new-year", "(?:<before|by>|<from:f>)<new><year.gen|year.dat>", _new_year),
    ("adverb", "<adverb:a>", _adverb),
    ("adverb", "<from><adverb-day:a><day-unit.gen>", _adverb),
    ("day-of-month", f"{_PRE}<numth|ordinal|day.spelled:d><dayword>", _day_of_month),
    ("monthly", "<monthly:m>", _monthly),
    ("last-years", "<yearold:r>", _last_years),
    ("eve", "<eve:a>", _adverb),
    ("weekday", "<in><weekday.acc:w>", _weekday),
    ("weekday-of", "<in|on>?<relative|nearest:r><very>?<weekday.acc:w>", _weekday),
    (
        "weekday-by",
        "(?:<in><night>)?<on><weekday.acc:w>|<from|before><relative:r>?<weekday.gen:w_>|<by><relative:r_>?<weekday.dat:w__>",
        _weekday,
    ),
    ("weekdays", "<from><weekday.gen:w1><up-to><weekday.acc:w>", _weekdays),
    ("weekend", "<in|on><relative>?<weekend>", lambda _: {"shape": "weekdays", "n": 5, "weekday": 6}),
    ("ago", f"{_COUNT}?{_UNIT}<ago>", _sized("ago", -1)),
    ("after", f"<after>{_COUNT}?{_UNIT}", _sized("ago")),
    (
        "apart",
        "(?:<number|num.day:n>)?<year.ins|month-unit.ins|month-unit.loc|week.ins|week.loc|day-unit.ins:u>(?:<earlier:e>|<later|passed>)",
        _apart,
    ),
    ("passed", f"<passed>{_COUNT}?{_UNIT}", _sized("apart")),
    ("passed", f"{_COUNT}{_UNIT}<passed>", _sized("apart")),
    ("within", f"<in|on><course>{_COUNT}?{_UNIT}", _sized("within")),
    ("year", f"<in|on><course>(?:{_Y4}{_YEARWORD})", _years),
    ("relative-unit", "<in|on><course><relative:r><year.gen|month-unit.gen|week.gen:u>", _relative_unit),
    (
        "last",
        f"(?:{_PRE}|<in|on><course>)<latest>{_COUNT}<year.gen|year.count|year.nom|month-unit|week|day-unit:u>",
        _sized("last", -1),
    ),
    ("last", "(?:<during|in>)<latest><year.nom|month-unit.nom|week.nom|halfyear:u>", _sized("last", -1)),
    ("duration", f"<on|before>{_COUNT}{_UNIT}", _sized("duration")),
    ("same-period", f"{_PRE}(?:<alike><very>?|<that><very>)<period>{_YEAR}?", _same),
    ("same-month", f"{_PRE}(?:<alike><very>?|<that><very>)<month-unit>{_YEAR}", _same),
    ("same-indicator", f"{_PRE}<alike><very>?<indicator>{_YEAR}", _same),
    ("year-on-year", "<in><yearly><terms>|<year.nom><by><year.dat>|<year.abbr><slash><year.abbr>", _same),
    ("that-day", "<in><that|relative><very>?<day-unit.nom>", _day_of_talk),
    ("next-day", "<on><relative:r><day-unit.nom>", _day_of_talk),
)


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[str, re.Pattern[str], Build], ...]:
    letters = _letters()
    return tuple((name, letters.pattern(source), build) for name, source, build in _RULES)


# Kinds on which an expression can rest.
_HOT = (
    *("adverb-day", "dayword"),
    *("month", "date", "year", "year4th", "decade-year", "year4", "weekday", "season", "month-unit", "week"),
    *("day-unit", "halfyear", "quarter", "half", "half-of", "period", "indicator", "adverb", "eve", "terms"),
    *("monthly", "yearold", "weekend"),
)


@lru_cache(maxsize=1)
def resting_words() -> frozenset[str]:
    """The words, folded, without which no expression stands, but for those that rest on figures."""
    words = load_calendar("ru").items()
    return frozenset(w.rstrip(".") for w, (kind, _) in words if kind in _HOT or kind.partition(".")[0] in _HOT)


# A year, a date, or a figure that clings to a word.
RESTING_FIGURES = re.compile(r"\d{4}|\d\.\d|\d[^\W\d]|[^\W\d]\d|_")


def ends_clearly(text: str, end: int) -> bool:
    """Whether a sentence that ends there is parted from the next for every expression: «2021 г.» need not be."""
    last = text[end - 1]
    return last in "!?;:»" or (last == "." and text[end - 2] != "г")


@lru_cache(maxsize=1)
def _runs() -> re.Pattern[str]:
    """Runs of known words with one in them on which an expression can rest, and the word after."""
    letters = _letters()
    known = f"[^{letters._of('x')}{letters._of('stop')}]"
    hots = "".join(letters._of(kind) for kind in _HOT)
    return re.compile(f"(?:(?![{hots}]){known}){{0,12}}[{hots}]{known}{{0,80}}{letters._of('stop')}?")


class _Hit(NamedTuple):
    first: int
    last: int
    rule: int
    groups: tuple[tuple[str, int], ...]


@lru_cache(maxsize=8192)
def _match(run: str) -> tuple[_Hit, ...]:
    """The expressions of a run: leftmost, longest, then the first rule."""
    hits = []
    for number, (_, pattern, _) in enumerate(_compiled()):
        for m in pattern.finditer(run):
            groups = tuple((name.rstrip("_"), m.start(name)) for name in m.groupdict() if m[name] is not None)
            hits.append(_Hit(m.start(), m.end(), number, groups))
    hits.sort(key=lambda h: (h.first, -h.last, h.rule))
    return tuple(hits)


def find_phrases(text: str, start: int, end: int) -> Iterator[Phrase]:
    """The time expressions of a block, in order and without overlaps."""
    matches = list(_TOKEN.finditer(text, start, end))
    line = "".join([_read(m.lastgroup or "other", m[0])[2] for m in matches])
    for run in _runs().finditer(line):
        after = 0
        for hit in _match(run[0]):
            if hit.first >= after:
                phrase = _phrase(matches, run.start(), hit)
                if phrase is not None:
                    after = hit.last
                    yield phrase


def _phrase(matches: list[re.Match[str]], offset: int, hit: _Hit) -> Phrase | None:
    name, _, build = _compiled()[hit.rule]
    near = max(0, offset + hit.first - _FUTURE_REACH)
    first, last = offset + hit.first - near, offset + hit.last - near
    words = list(map(_word, matches[near : near + last + _FUTURE_REACH]))
    said = words[first:last]
    made = build({group: words[offset + place - near] for group, place in hit.groups})
    if made is None or _is_other_sense(name, words, last):
        return None
    made.setdefault("relation", _relation(said))
    compared = said[0].kind == "from" and not made["relation"]
    made.setdefault("ahead", False if compared else _tense(words, first, last))
    return replace(Phrase(said[0].start, said[-1].end, name, ""), **made)


_RELATIONS = {
    "before": "before",
    "by": "by",
    "up-to": "by",
    "from": "from",
    "later-than": "from",
    "on": "on",
    "during": "during",
}


def _relation(said: list[Word]) -> str:
    """What the leading preposition makes of the period; «с» before an instrumental only compares."""
    if said[0].kind == "not":
        return "by" if said[1].kind == "later" else "from"
    if said[0].kind == "from" and any(w.kind in ("year.ins", "month.ins", "month-unit.ins") for w in said):
        return ""
    return _RELATIONS.get(said[0].kind, "")


def _is_other_sense(name: str, words: list[Word], last: int) -> bool:
    """«Накануне саммита» and «в среду обитания» name no day of the calendar."""
    following = words[last].text.lower() if last < len(words) else ""
    if name == "weekday":
        return following == "обитания"
    if name != "eve":
        return False
    if re.fullmatch(r"\w+(?:ания|ения|ования|ции)|\d+", following) or _is_event(words, last):
        return True
    if following in ("его", "ее", "их", "своего", "своей"):
        return _is_event(words, last + 1)
    adjective = re.fullmatch(r"\w{3,}(?:ого|его|[оеы]й|[иы]х)", following) is not None
    return (
        adjective
        and (following.endswith(("ого", "его", "ых", "их")) or _is_event(words, last + 1))
        and following != "этого"
    )


def _is_event(words: list[Word], at: int) -> bool:
    return at < len(words) and words[at].kind in ("event", "new", "season.gen", "that", "relative")


def _tense(words: list[Word], first: int, last: int) -> bool | None:
    """True where the clause has a word of the future near, None where not; «через» beside a past verb tells a story."""
    near = [*_clause(words, first - 1, -1), *_clause(words, last, 1)]
    if words[first].kind == "after" and last < len(words) and words[last].kind == "later-than":
        return False
    if any(w.kind == "future" for w in near):
        return True
    told = words[first].kind == "after" and any(_PAST_VERB.fullmatch(w.text) for w in near)
    return False if told else None


_PAST_VERB = re.compile(r"[а-яё]{3,}[аеияуы](?:л|ла|ло|ли|лся|лась|лось|лись)")


def _clause(words: list[Word], at: int, step: int) -> Iterator[Word]:
    """Words from a place on, within the clause and near."""
    for i in range(at, at + step * _FUTURE_REACH, step):
        if not 0 <= i < len(words) or words[i].kind in ("stop", "comma"):
            return
        yield words[i]
