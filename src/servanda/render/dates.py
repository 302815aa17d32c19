"""EDTF -> dates as people write them, in English and Russian."""

import re

_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_RU = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)
_RU_OF = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)
_RU_IN = (
    "январе",
    "феврале",
    "марте",
    "апреле",
    "мае",
    "июне",
    "июле",
    "августе",
    "сентябре",
    "октябре",
    "ноябре",
    "декабре",
)
_RU_TO = (
    "январю",
    "февралю",
    "марту",
    "апрелю",
    "маю",
    "июню",
    "июлю",
    "августу",
    "сентябрю",
    "октябрю",
    "ноябрю",
    "декабрю",
)

_POINT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_LAST_DAY = "12-31"
_UNITS = re.compile(r"\d{4} год\w*|\S+")  # a year is one with its word


def render_period(edtf: str, ui: str) -> str:
    """A date or interval as a name: "January to September 2021", «январь – сентябрь 2021 года»."""
    return _english(edtf) if ui == "en" else _russian(edtf, _RU, "год")


def render_at(edtf: str, ui: str) -> str:
    """A date or interval as an answer to "when?": "on 7 December 2021", «в декабре 2021 года»."""
    point = _parts(edtf)
    if ui == "ru":
        return _russian(edtf, _RU_IN, "году", "в ")
    if point is None:
        return _english(edtf)
    return ("on " if point[2] else "in ") + _english(edtf)


def render_against(edtf: str, ui: str) -> str:
    """A date or interval as what a change is measured against: "on 2020", «к 2020 году»."""
    if ui == "en":
        return "on " + _english(edtf)
    point = _parts(edtf)
    if point is None:
        return "к периоду " + _russian(edtf, _RU, "год")
    return "к " + _russian(edtf, _RU_TO, "году")


def _english(edtf: str) -> str:
    start, slash, end = edtf.partition("/")
    if not slash:
        return _english_point(start)
    if start == "..":
        return "by " + (f"the end of {end[:4]}" if end[5:] == _LAST_DAY else _english_point(end))
    if end == "..":
        return "from " + _english_point(start)
    first, last = _english_point(start), _english_point(end)
    return f"{_shorten(first, last)} to {last}"


def _english_point(value: str) -> str:
    point = _parts(value)
    if point is None:
        return value
    year, month, day = point
    words = [day.lstrip("0")] if day else []
    return " ".join([*words, *([_EN[int(month) - 1]] if month else []), year])


def _shorten(first: str, last: str) -> str:
    """The first date without the end that both share: "7 to 9 December 2021"."""
    a, b = _UNITS.findall(first), _UNITS.findall(last)
    while len(a) > 1 and len(a) == len(b) and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    return " ".join(a)


def _russian(edtf: str, months: tuple[str, ...], year: str, before: str = "") -> str:
    """In the case of `months` and `year` where it is a single month or year; ends of intervals keep their own cases."""
    start, slash, end = edtf.partition("/")
    if not slash:
        return _russian_point(start, months, year, before)
    if start == "..":
        return f"до конца {end[:4]} года" if end[5:] == _LAST_DAY else f"не позднее {_russian_point(end)}"
    if end == "..":
        return f"с {_russian_point(start)}"
    if len(start) == len(end) == 4:
        return f"{start}–{end} годы" if not before else f"в {start}–{end} годах"
    named = _RU if len(start) == 7 else _RU_OF
    first, last = _russian_point(start, named), _russian_point(end, named)
    return f"{_shorten(first, last)} – {last}"


def _russian_point(value: str, months: tuple[str, ...] = _RU_OF, year: str = "года", before: str = "") -> str:
    point = _parts(value)
    if point is None:
        return value
    number, month, day = point
    if day and month:
        return f"{day.lstrip('0')} {_RU_OF[int(month) - 1]} {number} года"
    if month:
        return f"{before}{months[int(month) - 1]} {number} года"
    return f"{before}{number} {year}"


def _parts(value: str) -> tuple[str, str | None, str | None] | None:
    match = _POINT.fullmatch(value)
    if match is None or not 1 <= int(match[2] or 1) <= 12:
        return None
    return match[1], match[2], match[3]
