"""What the records of one dossier say against each other: amounts, days, terms, certainty, progress."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from servanda.checks.denials import denies
from servanda.checks.found import Found, cite, standing
from servanda.checks.periods import are_apart, is_before
from servanda.checks.ranges import Range, amount_range, find_duration
from servanda.checks.say import Line, line, say_amount, say_period, say_words
from servanda.checks.words import ANYTHING, measure_of
from servanda.model.dossier import Dossier, Told
from servanda.model.edtf import OPEN, first_day, last_day
from servanda.model.reading import Amount, Figure, Instrument, Meeting, Undertaking

_PROMISED = ("announced", "under_way")  # what is delayed may be the rest
_TIMES = ("year", "month", "day")
_UNDONE = ("broken", "cancelled")
_TWO = Line(": perhaps two instruments of one name", ": возможно, два документа с одним названием")
_YEAR = 400  # days between two reports that may still speak against each other
_MONTH = 31  # days by which two wordings of one deadline may differ


class _Said(NamedTuple):
    """One value of a field, as a record has it."""

    told: Told
    path: str
    words: Line
    value: object


def find_amounts(dossier: Dossier) -> Iterator[Found]:
    """Two records of one thing that give different numbers for it.

    yes: «передаст 40 машин» and «получит 45 автомобилей»
    no:  «передаст 40 машин» and «24 машины переданы»
    """
    counted = _resolve_anything([_numbers(t) for t in standing(dossier.told)])
    for what in sorted({what for numbers in counted for what in numbers}):
        said = [numbers[what] for numbers in counted if what in numbers]
        for stage in (_PROMISED, ("fulfilled",), (None,)):
            same = [s for s in said if _progress(s.told) in stage]
            yield from _differing("amounts", same, _amounts_differ)


def find_days(dossier: Dossier) -> Iterator[Found]:
    """Two records of one thing that give different days for it: signing, entry into force, meeting, deadline.

    yes: signed on 7 December, signed on 9 December
    no:  signed in December, signed on 9 December
    """
    records = standing(dossier.told)
    for step in ("signed", "in_force"):
        yield from _differing("dates", [s for t in records for s in _step_days(t, step)], _days_differ, _TWO)
    yield from _differing("dates", [s for t in records for s in _meeting_day(t)], _days_differ)
    yield from _differing("dates", [s for t in records for s in _deadline(t)], _deadlines_differ)


def find_terms(dossier: Dossier) -> Iterator[Found]:
    """Two records of one thing with other numbers in the same words, or other lengths of time.

    yes: «под 2% годовых» and «под 3% годовых»; «сроком на 25 лет» and «не более чем пять лет»
    no:  «сроком на 25 лет» and «под 2% годовых»
    """
    records = standing(dossier.told)
    terms = [_terms(t) for t in records]
    for words in sorted({w for own in terms for w in own}):
        yield from _differing("terms", [own[words] for own in terms if words in own], _values_differ)
    for unit in _TIMES:
        yield from _differing("terms", [s for t in records if (s := _duration(t, unit))], _ranges_differ)


def find_denied(dossier: Dossier) -> Iterator[Found]:
    """A thing that one record tells and another denies, within a year or so.

    yes: «готов разместить базу» and «о базе речи нет»
    no:  «поставки обсуждаются» and «до сих пор не поставляли»
    """
    told = standing(dossier.told)
    others = [t for t in told if t.record.certainty != "denied"]
    deniers = {(t.carrier.report, t.record.source): t for t in told if t.record.certainty == "denied"}
    for denied in deniers.values():
        against = next((t for t in others if denies(denied.record, t.record) and _same_time(denied, t)), None)
        if against is not None:
            message = line(
                "denied by {who}, told by {against}",
                "опровергает {who}, сообщает {against}",
                who=_who(denied),
                against=_who(against),
            )
            yield Found("denied", "doubt", message, (cite(denied, "certainty"), cite(against, "certainty")))


def _same_time(a: Told, b: Told) -> bool:
    """Whether the reports lie within a year or so, or a day is not known."""
    days = [first_day(t.carrier.published) for t in (a, b) if t.carrier.published]
    known = [day for day in days if day]
    return len(known) < 2 or abs((known[0] - known[1]).days) <= _YEAR


def find_progress(dossier: Dossier) -> Iterator[Found]:
    """One record tells a thing as done, a later one as not kept, called off or refused. Done after all is no finding.

    yes: «поставка завершена» in March, «поставка сорвана» in April
    no:  «поставка сорвана» in March, «поставка завершена» in April
    """
    told = [t for t in standing(dossier.told) if t.record.certainty == "stated"]
    done = {end.subject: (end, t) for t in reversed(told) for end in _ends(t) if end.done}  # the first
    undone = {end.subject: (end, t) for t in told for end in _ends(t) if not end.done}  # the last
    for subject, (end, t) in done.items():
        other, against = undone.get(subject, (None, None))
        if other is not None and against is not None and _is_opposed(t, against):
            message = line(
                "one record says {a}, another {b}",
                "одна запись сообщает: {a}, другая: {b}",
                a=end.words,
                b=other.words,
            )
            yield Found(
                "progress", "doubt", message, (cite(t, "progress", "status"), cite(against, "progress", "status"))
            )
            return


def _is_opposed(done: Told, undone: Told) -> bool:
    """Whether what is told as undone was not done after all; meetings must be of one day."""
    a, b = done.record, undone.record
    if isinstance(a, Meeting) and isinstance(b, Meeting):
        return a.date is not None and b.date is not None and not are_apart(a.date, b.date)
    first, second = undone.carrier.published, done.carrier.published
    return first is None or second is None or not is_before(first, second)


class _End(NamedTuple):
    """How a thing ended, and for whom."""

    done: bool
    subject: str | None
    words: Line


def _ends(told: Told) -> Iterator[_End]:
    record = told.record
    if isinstance(record, Undertaking) and record.act != "other":  # of vague deeds each report may mean its own
        if record.progress == "fulfilled":
            yield _End(True, None, Line("done", "выполнено"))
        elif record.progress in _UNDONE:
            yield _End(False, None, Line("not kept or called off", "не выполнено или отменено"))
    elif isinstance(record, Meeting):
        if record.status == "held":
            yield _End(True, None, Line("held", "состоялось"))
        elif record.status == "cancelled":
            yield _End(False, None, Line("called off", "отменено"))
    elif isinstance(record, Instrument):
        for step in record.steps:
            if step.step == "ratified":
                yield _End(True, step.by, Line("ratified", "ратифицировано"))
            elif step.step == "rejected":
                yield _End(False, step.by, Line("refused", "отклонено"))


def _differing(
    code: str, said: Sequence[_Said], differ: Callable[[_Said, _Said], bool], far: Line | None = None
) -> Iterator[Found]:
    """One finding over all the values that differ, the first record of each cited; `far` is added to days far apart."""
    apart: list[_Said] = []
    for each in said:
        if all(differ(each, other) for other in apart):
            apart.append(each)
    if len(apart) > 1:
        values = [f"{{v{i}}} ({{r{i}}})" for i in range(len(apart))]
        parts = {f"v{i}": s.words for i, s in enumerate(apart)} | {f"r{i}": _who(s.told) for i, s in enumerate(apart)}
        message = line(" against ".join(values), " против ".join(values), **parts)
        if far and any(_far_apart(str(apart[0].value), str(other.value)) for other in apart[1:]):
            message = Line(message.en + far.en, message.ru + far.ru)
        yield Found(code, "doubt", message, tuple(cite(s.told, s.path) for s in apart))


def _who(told: Told) -> Line:
    """The report, and who says so in it."""
    source = f", {told.record.source}" if told.record.source else ""
    return say_words(told.carrier.report + source)


def _progress(told: Told) -> str | None:
    return told.record.progress if isinstance(told.record, Undertaking) else None


def _numbers(told: Told) -> dict[str, _Said]:
    """What a record counts, where it gives one number of it (or the two ends of a range)."""
    record = told.record
    if record.certainty == "denied" or not isinstance(record, (Undertaking, Figure)):
        return {}
    amounts = record.amounts if isinstance(record, Undertaking) else (record.amount,) if record.amount else ()
    found: dict[str, _Said] = {}
    for what in {measure_of(a.unit)[0] for a in amounts}:
        own = [(i, a) for i, a in enumerate(amounts) if measure_of(a.unit)[0] == what]
        value = _one_range([a for _, a in own], record.quote)
        if value is not None:
            path = f"amounts/{own[0][0]}" if isinstance(record, Undertaking) else "amount"
            found[what] = _Said(told, path, say_amount(own[0][1]), value)
    return found


def _resolve_anything(counted: Sequence[Mapping[str, _Said]]) -> list[Mapping[str, _Said]]:
    """A word for anything («40 единиц») counts what others count: the kind of which they give this number, or the only
    kind that they count. Where neither tells, it is left out.
    """
    things = [{k: s for k, s in own.items() if not k.isupper() and k not in ("%", ANYTHING)} for own in counted]
    kinds = {kind for own in things for kind in own}
    resolved: list[Mapping[str, _Said]] = []
    for own in counted:
        known = {kind: said for kind, said in own.items() if kind != ANYTHING}
        if said := own.get(ANYTHING):
            alike = {k for other in things for k, s in other.items() if not _amounts_differ(s, said)} or kinds
            known.update({kind: said for kind in alike if len(alike) == 1 and kind not in known})
        resolved.append(known)
    return resolved


def _one_range(amounts: Sequence[Amount], words: str) -> Range | None:
    ranges = [amount_range(a, words).scaled(measure_of(a.unit)[1]) for a in amounts]
    if len(ranges) == 1:
        return ranges[0]
    if len(ranges) == 2 and [a.bound for a in amounts] == ["over", "under"]:
        return Range(ranges[0].low, ranges[1].high)
    return None


def _amounts_differ(a: _Said, b: _Said) -> bool:
    """Whether two ranges share no number, in records that speak of the same time."""
    x, y = a.told.record, b.told.record
    if isinstance(x, Undertaking) and isinstance(y, Undertaking) and x.when and y.when and _far_apart(x.when, y.when):
        return False
    return _ranges_differ(a, b)


def _ranges_differ(a: _Said, b: _Said) -> bool:
    return isinstance(a.value, Range) and isinstance(b.value, Range) and not a.value.meets(b.value)


def _values_differ(a: _Said, b: _Said) -> bool:
    return a.value != b.value


def _step_days(told: Told, step: str) -> Iterator[_Said]:
    record = told.record
    if isinstance(record, Instrument) and record.certainty == "stated":
        for index, each in enumerate(record.steps):
            if each.step == step and each.date and each.by is None:
                yield _Said(told, f"steps/{index}/date", _dated(step, each.date), each.date)
                return


def _dated(step: str, date: str) -> Line:
    words = {"signed": Line("signed", "подписано"), "in_force": Line("in force", "в силе")}[step]
    return line("{step} {day}", "{step}: {day}", step=words, day=say_period(date))


def _meeting_day(told: Told) -> Iterator[_Said]:
    if isinstance(told.record, Meeting) and told.record.date and told.record.certainty == "stated":
        yield _Said(told, "date", say_period(told.record.date), told.record.date)


def _deadline(told: Told) -> Iterator[_Said]:
    """The last day of a promise; a deadline that was moved is news, not a contradiction."""
    record = told.record
    if not isinstance(record, Undertaking) or not record.when or not record.when.startswith(OPEN):
        return
    if record.progress == "announced" and record.certainty == "stated":
        yield _Said(told, "when", say_period(record.when), record.when)


def _days_differ(a: _Said, b: _Said) -> bool:
    return are_apart(str(a.value), str(b.value))


def _deadlines_differ(a: _Said, b: _Said) -> bool:
    return _far_apart(str(a.value), str(b.value))


def _far_apart(a: str, b: str) -> bool:
    """Whether two periods end more than a month from each other."""
    x, y = last_day(a), last_day(b)
    return x is not None and y is not None and abs((x - y).days) > _MONTH


def _duration(told: Told, unit: str) -> _Said | None:
    """The one length of time in years, months or days that the terms give."""
    record = told.record
    if not isinstance(record, Undertaking) or record.certainty == "denied":
        return None
    found = [(i, t, d) for i, t in enumerate(record.terms) if (d := find_duration(t, unit))]
    if len(found) != 1:
        return None
    index, term, duration = found[0]
    return _Said(told, f"terms/{index}", say_words(f"«{term}»"), duration)


def _terms(told: Told) -> dict[str, _Said]:
    """Terms other than lengths of time, by their words without the numbers."""
    record = told.record
    if not isinstance(record, Undertaking) or record.certainty == "denied":
        return {}
    with_numbers = [
        (i, t)
        for i, t in enumerate(record.terms)
        if re.search(r"\d", t) and not any(find_duration(t, unit) for unit in _TIMES)
    ]
    return {
        re.sub(r"\d+(?:[.,]\d+)?", "#", " ".join(term.lower().split())): _Said(
            told, f"terms/{i}", say_words(f"«{term}»"), tuple(re.findall(r"\d+(?:[.,]\d+)?", term))
        )
        for i, term in with_numbers
    }
