"""Candidate -> the time when it is done or due, as the tense of its clause and its progress leave it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from servanda.lang.words import Token
from servanda.model import edtf
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.candidates import Candidate
from servanda.reading.clauses import SUBJECTS, is_finite, kind_of, preposition
from servanda.reading.context import Context
from servanda.reading.document import TimeMention, within
from servanda.reading.forces import ForceRead

_APART = frozenset(("acl", "acl:relcl", "advcl"))  # relations that open another clause
_BEGINNING = frozenset(("начать", "начинать", "начиная"))  # «начиная с 1 июня»
_PLANNING = frozenset(("intention", "commitment"))  # forces whose participles carry the deed's own time
_PLANNED = frozenset(("назначить", "назначенный"))  # and words that say no more than its time
_CLIMB = 8
# Rules of times that may be printed without their year.
_YEARLESS = frozenset(
    ("day", "month", "days", "months", "month-alone", "season", "season-by", "part-of-month", "quarter")
)
# «в течение 25 лет» is a duration, among the terms; «февральская квота» tells what the thing is.
_NEVER = frozenset(("within", "monthly"))
_TO_COME = frozenset(("announced",))
_STOPPED = frozenset(("state-left",))  # rules of states that last from their day on


@dataclass(frozen=True, slots=True)
class Due:
    """When a deed is done or due, with the words that say it."""

    edtf: str
    spans: tuple[Span, ...]
    how: How
    rule: str


def own_times(context: Context, candidate: Candidate) -> list[TimeMention]:
    """The times said of a candidate: a deadline first, then what stands nearest to the predicate."""
    sentence, quote = candidate.sentence, candidate.quote
    times = [t for t in within(context.document.times, Span(sentence.start, sentence.end)) if t.edtf]
    times = [t for t in times if t.rule not in _NEVER]
    if candidate.beside is not None and (told := [t for t in times if candidate.gap.covers(Span(t.start, t.end))]):
        return told
    own = [t for t in times if _is_own(context, candidate, t, quote.start <= t.start and t.end <= quote.end)]
    here = candidate.clause.token.start
    return sorted(own, key=lambda t: (t.deadline != "by", not t.deadline, t.grain == "duration", abs(t.start - here)))


def read_due(context: Context, candidate: Candidate, times: Sequence[TimeMention], force: ForceRead) -> Due | None:
    """The first of the times that fits what is told: what is to come lies ahead, what has been done lies behind."""
    day = context.document.page.day
    if force.progress == "delayed":  # «перенесён с мая на октябрь»
        times = sorted(times, key=lambda t: not context.document.words(t.start, t.end).startswith("на "))
    fitting = (_in_tense(context, candidate, t, force, day) for t in times)
    best = next((t for t in fitting if t is not None), None)
    if best is None or not best.edtf:
        return None
    opens = next((t for t in times if t.deadline == "from" and t.end < best.start and best.deadline == "by"), None)
    if opens and opens.edtf:  # «с мая и до конца года»
        whole = f"{opens.edtf.partition('/')[0]}/{best.edtf.partition('/')[2]}"
        return Due(whole, (Span(opens.start, opens.end), Span(best.start, best.end)), How(best.how), best.rule)
    value = best.edtf
    if force.progress == "fulfilled" and best.deadline == "from":
        value = value.partition("/")[0]
    if force.rule in _STOPPED and not best.deadline and "/" not in value:
        value = edtf.since(value)
    return Due(value, (Span(best.start, best.end),), How(best.how), best.rule)


def _in_tense(
    context: Context, candidate: Candidate, time: TimeMention, force: ForceRead, day: date | None
) -> TimeMention | None:
    """A time printed without its year lies where the deed puts it; one that cannot be the deed's is none of its."""
    assert time.edtf is not None
    ahead = force.progress in _TO_COME
    daily = time.how == How.RESOLVED or time.grain == "day"
    of_saying = ahead and daily and _is_of_saying(context, candidate, time)
    if day is None:
        return None if of_saying and time.deadline != "by" else time
    first, last = edtf.first_day(time.edtf), edtf.last_day(time.edtf)
    open_year = time.rule in _YEARLESS and time.how == How.RESOLVED
    if ahead:
        point = edtf.last_day(time.edtf.partition("/")[0]) if time.deadline == "from" else last
        over = point is not None and (point < day or (point == day and of_saying))
        if not over or not daily:
            return time
        later = edtf.shift_years(time.edtf, 1) if open_year and not of_saying and force.rule != "no-tense" else None
        return replace(time, edtf=later) if later else None
    put_off = force.progress == "delayed" and context.document.words(time.start, time.end).startswith("на ")
    if put_off and open_year and last is not None and last < day:
        return replace(time, edtf=edtf.shift_years(time.edtf, 1))
    done = force.progress in ("fulfilled", "under_way") and force.certainty == "stated"
    if done and first is not None and first > day and open_year and time.deadline != "by":
        return replace(time, edtf=edtf.shift_years(time.edtf, -1))
    return time


def _is_of_saying(context: Context, candidate: Candidate, time: TimeMention) -> bool:
    """«В воскресенье пообещал передать …»: whether a time hangs on a past verb above the deed."""
    sentence = candidate.sentence
    token = _head_of(context, candidate, time)
    told = candidate.told
    above = {*candidate.clause.above, *told.clause.above, candidate.clause.index} - {told.clause.index}
    itself = told.force_at is None and told.clause.index == candidate.clause.index and force_itself(context, told)
    for _ in range(_CLIMB):
        if token is None or token.head < 0:
            return False
        if token.head == told.clause.index:
            return itself and _is_past(sentence.tokens[token.head])
        if token.head in above:
            return _is_past(sentence.tokens[token.head])
        token = sentence.tokens[token.head]
    return False


def force_itself(context: Context, candidate: Candidate) -> bool:
    """Whether the predicate is itself a word that binds («пообещал 3 млрд», «одобрил передачу»)."""
    force = context.acts.force(candidate.clause.token.lemma)
    return force is not None and force.name in ("intention", "readiness", "commitment")


def _is_past(token: Token) -> bool:
    return token.feats.get("Tense") == "Past" and (is_finite(token) or kind_of(token) == "short")


def _head_of(context: Context, candidate: Candidate, time: TimeMention) -> Token | None:
    """The token through which a time hangs on the rest of its sentence."""
    tokens = context.document.tokens_in(candidate.sentence, time.start, time.end)
    own = {t.index for t in tokens}
    return next((t for t in tokens if t.head not in own), None)


def _is_own(context: Context, candidate: Candidate, time: TimeMention, inside: bool) -> bool:
    """Whether a time is said of the predicate: not of another one («санкции, введенные в марте»), nor of a document
    («протокол 2022 года»); one outside the quote must hang on the predicate, or stand before the one it is joined to
    («обязался до мая снизить тариф и открыть рынок»).
    """
    sentence, clause = candidate.sentence, candidate.clause
    stops = {clause.index, *clause.above}
    first = _joined_to(candidate)
    token = head = _head_of(context, candidate, time)
    if head is not None and preposition(sentence, head.index) == "от":  # «по договору от 5 мая»
        return False
    for _ in range(_CLIMB):
        if token is None or head is None or token.head < 0:
            return inside
        if first is not None and token is head and time.start < first.start and token.head in (first.index, *stops):
            return True
        if token.head in stops:
            return inside or token.head == clause.index
        token = sentence.tokens[token.head]
        if _is_plan(context, token):
            continue
        apart = token.rel in _APART and kind_of(token) != "infinitive" and token.lemma not in _BEGINNING
        told = token.feats.get("VerbForm") == "Part" and token.rel == "amod"  # «введенный в марте запрет»
        if apart or told or (kind_of(token) not in ("", "noun") and token.rel in ("conj", "parataxis")):
            return False
        if context.instrument_at(sentence, token.index) and not preposition(sentence, head.index):
            return False
    return inside


def _joined_to(candidate: Candidate) -> Token | None:
    """The predicate of the same form that a predicate is joined to, whose time is its own too."""
    token = candidate.clause.token
    first = candidate.sentence.tokens[token.head] if token.rel == "conj" and token.head >= 0 else None
    alike = first is not None and kind_of(first) == kind_of(token) and _is_past(first) == _is_past(token)
    below = (candidate.sentence.tokens[i].rel for i in candidate.sentence.children[token.index])
    return first if alike and kind_of(token) != "noun" and not any(r in SUBJECTS for r in below) else None


def _is_plan(context: Context, token: Token) -> bool:
    """«намеченный на май запуск»: a participle that says for when the deed is planned."""
    if token.feats.get("VerbForm") != "Part":
        return False
    force = context.acts.force(token.lemma)
    return token.lemma in _PLANNED or (force is not None and force.name in _PLANNING)
