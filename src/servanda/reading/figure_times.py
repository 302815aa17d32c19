"""A figure in the making -> its period, and what each of its changes is against."""

import re

from servanda.model.edtf import shift_years
from servanda.model.reading import Change
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.document import AmountMention, TimeMention
from servanda.reading.draft import Draft
from servanda.reading.metrics import BASES, Figure, Line, Role

_SINCE_REACH = 40  # characters after an amount within which «с 2011 года» still is its span
_YEAR_ON_YEAR = re.compile(
    r"год к году|в годовом (?:выражении|исчислении|сопоставлении)|прошлогодн|прошл\w+ год|за год\b"
)


def put_period(draft: Draft, figure: Figure) -> None:
    line, amount = figure.line, figure.first
    if figure.base:
        _base_period(draft, figure)
        return
    against = {id(t) for a, r in figure.changes for t in [_against_time(figure, a, r)] if t}
    bases = {id(t) for t in line.times if t.rule in BASES and (figure.changes or t.start > amount.start)}
    times = [
        t
        for t in _own_times(figure)
        if id(t) not in against | bases and t.edtf and not t.deadline and _is_period(line, t)
    ]
    if times:
        place = amount.start
        best = min(times, key=lambda t: abs(t.start - place) if t.end <= place else (t.start - amount.end) * 1.5)
        edtf = best.edtf
        if edtf and line.text(best.start, best.end).startswith(("на конец", "к концу")):
            edtf = edtf.rpartition("/")[2]
        draft.put("period", edtf, Span(best.start, best.end), how=How(best.how), rule=best.rule)
        return
    told_first = figure.level is not None and all(a.start > figure.level.start for a, _ in figure.changes)
    if told_first and (since := _since(figure)):
        draft.put("period", _begun(line, since), Span(since.start, since.end), how=How(since.how), rule=since.rule)
        return
    if line.has("now", 0, line.at(amount.start)):
        return
    if line.has("forecast", 0, line.at(amount.start)) and (by := _by(figure)):
        draft.put("period", by.edtf, Span(by.start, by.end), how=How(by.how), rule=by.rule)
        return
    before = figure.before
    if before and before.base and before.line is not line:
        before = before.before  # «против 2 млрд годом ранее» dates nothing of what follows
    if before and before.draft and before.draft.get("period") and not _is_aim(before):
        draft.put("period", before.draft.get("period"), how=How.INHERITED, rule="period-before")


def _by(figure: Figure) -> TimeMention | None:
    """«к концу года, как ожидается, составит»: the day by which it is foreseen."""
    return next((t for t in _own_times(figure) if t.deadline == "by" and t.edtf and t.start < figure.first.start), None)


def _is_aim(figure: Figure) -> bool:
    """A goal, whose time is none of what is; a question asks of its own time."""
    return figure.target and not (figure.level is not None and figure.level.rule == "asked")


def _begun(line: Line, since: TimeMention) -> str | None:
    """«с января» of a quantity told in the past, where the next January is read: a year before."""
    day, edtf = line.document.page.day, since.edtf or ""
    late = day is not None and since.how != How.STATED and edtf[:4].isdigit() and int(edtf[:4]) > day.year
    return shift_years(edtf, -1) if late else since.edtf


def _since(figure: Figure) -> TimeMention | None:
    """«с 1993 года предоставил», «с начала года зафиксировано»: an open span over which the quantity grew."""
    line = figure.line
    start = next((t.start for t in reversed(line.tokens[: line.at(figure.first.start)]) if t.text == ";"), 0)
    times = [t for t in line.times if t.deadline == "from" and t.grain != "day" and start <= t.start and t.edtf]
    return times[-1] if times and times[-1].start < figure.first.end + _SINCE_REACH else None


def _own_times(figure: Figure) -> list[TimeMention]:
    """Times between the figure before in the sentence and the end of the figure's own clause."""
    line = figure.line
    before = figure.before if figure.before and figure.before.line is line else None
    if before and before.level is None and figure.level is not None:
        before = None
    start = line.sentence.start
    if before and not (before.base and before.anchor is figure.anchor):
        start = before.first.end if figure.level else before.last
    taken = before.draft.evidence.get("period", ()) if before and before.base and before.draft else ()
    last = max([figure.first.end, *(a.end for a, _ in figure.changes)])
    end = line.sentence.end
    stops = (";", "(", ",") if any(a.start > last for a in line.amounts) else (";", "(")
    for token in line.tokens[line.at(last) :]:
        if token.text in stops or any(a.start == token.start for a in line.amounts):
            end = token.start
            break
    return [t for t in line.times if start <= t.start and t.end <= end and Span(t.start, t.end) not in taken]


def _is_period(line: Line, time: TimeMention) -> bool:
    """A day is one only as the day of the count («на 1 января»)."""
    if time.grain == "duration":
        return False
    words = line.text(time.start, time.end)
    if words.startswith("прошлогодн"):
        return False  # «вдвое больше прошлогоднего»
    if "последн" in words and time.grain == "span":
        return False  # «за последние пять лет вырос втрое» tells since when it grows
    at = line.at(time.start)
    if any(line.low(i) in ("сравнению", "относительно", "отношению") for i in range(at - 3, at)):
        return False
    before = line.low(at - 1)
    return time.grain != "day" or words.startswith("на ") or before in ("на", "к")


def _base_period(draft: Draft, figure: Figure) -> None:
    level = figure.first
    time = next((t for t in figure.line.times if level.end <= t.start <= level.end + 25 and t.edtf), None)
    if time:
        draft.put("period", time.edtf, Span(time.start, time.end), how=How(time.how), rule=time.rule)
        return
    before = figure.before.draft if figure.before else None
    if before and before.get("period") and figure.line.low(figure.line.at(level.start) - 1) != "с":
        shifted = shift_years(before.get("period"), -1)
        if shifted:
            draft.put("period", shifted, how=How.COMPUTED, rule="year-before")


def put_changes(draft: Draft, figure: Figure) -> None:
    for amount, role in figure.changes:
        against, time = _against(draft, figure, amount, role)
        signed = amount.number * role.sign
        value = Change(None if amount.unit == "раз" else signed, signed if amount.unit == "раз" else None, against)
        spans = [Span(amount.start, amount.end)]
        if role.word is not None and not spans[0].covers(Span(role.word.start, role.word.end)):
            spans.append(Span(role.word.start, role.word.end))
        if time is not None:
            spans.append(Span(time.start, time.end))
        draft.add("changes", value, *sorted(spans), how=How.NORMALISED, rule="change")


def _against(draft: Draft, figure: Figure, amount: AmountMention, role: Role) -> tuple[str | None, TimeMention | None]:
    """What a change is against, and its words; a year before where the report compares without saying with what."""
    time = _against_time(figure, amount, role)
    period, line = draft.get("period"), figure.line
    if time is not None:
        year = line.text(time.start, time.end).startswith(("год ", "годом "))
        shifted = shift_years(period, -1) if year and period and ".." not in period else None
        return shifted or time.edtf, time
    words = line.text(amount.end, _window_end(figure, amount))
    if not _YEAR_ON_YEAR.search(words) and line.has("base", line.at(amount.end), line.at(_window_end(figure, amount))):
        return None, None
    return (shift_years(period, -1) if period and ".." not in period else None), None


def _window_end(figure: Figure, amount: AmountMention) -> int:
    """Where the words that belong to a change end: at the next amount, or with the clause."""
    line = figure.line
    later = [a.start for a in line.amounts if a.start > amount.end]
    stop = next((t.start for t in line.tokens[line.at(amount.end) :] if t.text in (";", ")")), line.sentence.end)
    return min([stop, *later])


def _against_time(figure: Figure, amount: AmountMention, role: Role) -> TimeMention | None:
    """The time that a change is compared with: after it, or before it («к уровню 2019 года», «по сравнению с»)."""
    line = figure.line
    end = _window_end(figure, amount)
    after = [t for t in line.times if amount.end <= t.start < end]
    for time in after:
        gap = (line.at(amount.end), line.at(time.start))
        if time.rule in BASES or line.has("base", *gap) or line.low(gap[1] - 1) in ("к", "против"):
            return time
        if line.low(gap[0]) in ("–", "—", "-", "к", "против"):
            return time
    earlier = [a.end for a in line.amounts if a.end <= amount.start]
    start = max(earlier, default=line.sentence.start)
    for time in reversed([t for t in line.times if start <= t.start and t.end <= amount.start]):
        i = line.at(time.start)
        if line.has("base", i - 3, i + 1) or (line.low(i - 1) == "к" and time.grain != "day"):
            return time
        if time.rule in BASES:
            return time
    return None
