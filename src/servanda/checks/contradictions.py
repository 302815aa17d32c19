"""What the records of one dossier say against each other: amounts, days, terms, certainty, progress."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from servanda.checks.found import Found, cite, standing
from servanda.checks.periods import are_apart
from servanda.checks.ranges import Range, amount_range
from servanda.checks.say import Line, line, say_amount, say_period, say_words
from servanda.checks.words import ANYTHING, measure_of
from servanda.model.dossier import Dossier, Told
from servanda.model.edtf import OPEN, last_day
from servanda.model.reading import Amount, Figure, Instrument, Meeting, Undertaking

_PROMISED = ("announced", "under_way")  # what is delayed may be the rest
_UNDONE = ("broken", "cancelled")
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
    counted = [_numbers(t) for t in standing(dossier.told)]
    kinds = {what for numbers in counted for what in numbers} - {ANYTHING}
    for what in sorted(kinds):
        said = [s for numbers in counted if (s := numbers.get(what) or _anything(numbers, what, counted))]
        for stage in (_PROMISED, ("fulfilled",), (None,)):
            same = [s for s in said if _progress(s.told) in stage]
            yield from _differing("amounts", same, _amounts_differ)


def find_days(dossier: Dossier) -> Iterator[Found]:
    """Two records of one thing that give different days for it: signing, entry into force, meeting, deadline.

    yes: signed on 7 December, signed on 9 December
    no:  signed in December, signed on 9 December
    """
    for step in ("signed", "in_force"):
        yield from _differing("dates", [s for t in dossier.told for s in _step_days(t, step)], _days_differ)
    yield from _differing("dates", [s for t in dossier.told for s in _meeting_day(t)], _days_differ)
    yield from _differing("dates", [s for t in dossier.told for s in _deadline(t)], _deadlines_differ)


def find_terms(dossier: Dossier) -> Iterator[Found]:
    """Two records of one thing whose terms have the same words and other numbers.

    yes: «сроком на 25 лет» and «сроком на 49 лет»
    no:  «сроком на 25 лет» and «под 2% годовых»
    """
    for words in sorted({w for t in dossier.told for w in _terms(t)}):
        said = [s for t in dossier.told if (s := _terms(t).get(words))]
        yield from _differing("terms", said, lambda a, b: a.value != b.value)


def find_denied(dossier: Dossier) -> Iterator[Found]:
    """A thing that one record tells and another denies.

    yes: «готов разместить базу» and «о базе речи нет»
    """
    denied = [t for t in standing(dossier.told) if t.record.certainty == "denied"]
    others = [t for t in standing(dossier.told) if t.record.certainty != "denied"]
    if denied and others:
        message = line(
            "denied by {who}, told by {others}",
            "опровергает {who}, сообщает {others}",
            who=_who(denied[0]),
            others=_who(others[0]),
        )
        yield Found("denied", "doubt", message, tuple(cite(t, "certainty") for t in (denied[0], others[0])))


def find_progress(dossier: Dossier) -> Iterator[Found]:
    """One record tells a thing as done, another as not kept, called off or refused.

    yes: «поставка завершена» and «поставка сорвана»
    """
    told = [t for t in standing(dossier.told) if t.record.certainty == "stated"]
    for a, b in combinations(told, 2):
        words = _opposed(a, b) or _opposed(b, a)
        if words:
            message = line(
                "one record says {a}, another {b}", "одна запись сообщает: {a}, другая: {b}", a=words[0], b=words[1]
            )
            yield Found("progress", "doubt", message, (cite(a, "progress", "steps", "status"), cite(b, "progress")))
            return


def _opposed(a: Told, b: Told) -> tuple[Line, Line] | None:
    x, y = a.record, b.record
    if isinstance(x, Undertaking) and isinstance(y, Undertaking):
        if x.progress == "fulfilled" and y.progress in _UNDONE:
            return Line("done", "выполнено"), Line("not kept or called off", "не выполнено или отменено")
    elif isinstance(x, Meeting) and isinstance(y, Meeting):
        if x.status == "held" and y.status == "cancelled":
            return Line("held", "состоялось"), Line("called off", "отменено")
    elif isinstance(x, Instrument) and isinstance(y, Instrument):
        refused = {s.by for s in y.steps if s.step == "rejected"}
        if any(s.step == "ratified" and s.by in refused for s in x.steps):
            return Line("ratified", "ратифицировано"), Line("refused", "отклонено")
    return None


def _differing(code: str, said: Sequence[_Said], differ: Callable[[_Said, _Said], bool]) -> Iterator[Found]:
    """One finding over all the values that differ, the first record of each cited."""
    apart: list[_Said] = []
    for each in said:
        if all(differ(each, other) for other in apart):
            apart.append(each)
    if len(apart) > 1:
        values = [f"{{v{i}}} ({{r{i}}})" for i in range(len(apart))]
        parts = {f"v{i}": s.words for i, s in enumerate(apart)} | {f"r{i}": _who(s.told) for i, s in enumerate(apart)}
        message = line(" against ".join(values), " против ".join(values), **parts)
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


def _anything(numbers: Mapping[str, _Said], what: str, counted: Sequence[Mapping[str, _Said]]) -> _Said | None:
    """What a record counts by a word for anything («40 единиц»): the kind of which others give this number, or the only
    kind that others count.
    """
    said = numbers.get(ANYTHING)
    kinds = {kind for other in counted for kind in other if not kind.isupper() and kind not in ("%", ANYTHING)}
    alike = (
        {k for other in counted for k in kinds & set(other) if not _amounts_differ(other[k], said)} if said else set()
    )
    return said if what in kinds and (alike or kinds) == {what} else None


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
    return isinstance(a.value, Range) and isinstance(b.value, Range) and not a.value.meets(b.value)


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


def _terms(told: Told) -> dict[str, _Said]:
    """Terms by their words without the numbers."""
    record = told.record
    if not isinstance(record, Undertaking) or record.certainty == "denied":
        return {}
    with_numbers = [(i, t) for i, t in enumerate(record.terms) if re.search(r"\d", t)]
    return {
        re.sub(r"\d+(?:[.,]\d+)?", "#", " ".join(term.lower().split())): _Said(
            told, f"terms/{i}", say_words(f"«{term}»"), tuple(re.findall(r"\d+(?:[.,]\d+)?", term))
        )
        for i, term in with_numbers
    }
