"""Steps of an instrument and their days -> an order that cannot be, or that speaks of another instrument."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from servanda.checks.found import Found, cite
from servanda.checks.periods import is_before
from servanda.checks.say import Line, line, say_at, say_period
from servanda.checks.words import speaks_of
from servanda.model.dossier import Cited, Dossier, Told
from servanda.model.edtf import OPEN, parse_point
from servanda.model.reading import Instrument, Undertaking
from servanda.model.spans import sentence_of

_AFTER = ("ratified", "in_force", "implemented", "extended", "amended", "suspended", "withdrawn", "terminated")
_STEPS = {
    "ratified": Line("ratified", "ратифицировано"),
    "in_force": Line("in force", "в силе"),
    "implemented": Line("implemented", "выполнено"),
    "extended": Line("extended", "продлено"),
    "amended": Line("amended", "изменено"),
    "suspended": Line("suspended", "приостановлено"),
    "withdrawn": Line("denounced", "денонсировано"),
    "terminated": Line("ended", "прекращено"),
}


@dataclass(frozen=True, slots=True)
class _At:
    """A step with its day, and where it stands."""

    told: Told
    index: int
    step: str
    date: str


def find_disorder(dossier: Dossier) -> Iterator[Found]:
    """A step that only a signed instrument can take, on a day before the signing.

    yes: ratified on 2 March, signed on 5 March
    no:  approved on 2 March, signed on 5 March
    """
    steps = list(_steps(dossier))
    signed = _first_signing(steps)
    if signed is None:
        return
    early = {(s.step, s.date): s for s in reversed(steps) if s.step in _AFTER and is_before(s.date, signed.date)}
    for at in reversed(early.values()):
        message = line(
            "{step} {day}, before it was signed {signed}: perhaps another instrument of that name",
            "{step} {day}, раньше, чем подписано ({signed}): возможно, другой документ с тем же названием",
            step=_STEPS[at.step],
            day=say_at(at.date),
            signed=say_at(signed.date),
        )
        yield Found("order_of_steps", "error" if at.step == "ratified" else "doubt", message, _cite(at, signed))


def find_another(dossier: Dossier) -> Iterator[Found]:
    """Words that tell of a concluded agreement before the day of its signing.

    yes: «5 марта одобрил соглашение», signed on 9 March
    no:  «5 марта одобрил проект соглашения», signed on 9 March
    """
    steps = list(_steps(dossier))
    signed = _first_signing(steps)
    if signed is None:
        return
    for at in (s for s in steps if s.step == "approved" and is_before(s.date, signed.date)):
        words = sentences_of(at.told, at.index, at.date)
        if words and not any(speaks_of("draft", sentence) for sentence in words):
            message = line(
                "approved {day}, told as of a concluded agreement, though it was signed {signed}: "
                "perhaps another instrument of that name",
                "{day} одобрено как уже заключённое соглашение, а подписано {signed}: "
                "возможно, другой документ с тем же названием",
                day=say_at(at.date),
                signed=say_at(signed.date),
            )
            yield Found("another_instrument", "doubt", message, _cite(at, signed))
    yield from _told_too_early(dossier, signed)


def _told_too_early(dossier: Dossier, signed: _At) -> Iterator[Found]:
    """Reports that tell of the instrument as signed or later, published before the day of signing."""
    for told in dossier.told:
        record, day = told.record, told.carrier.published
        if not isinstance(record, Instrument) or day is None or record.certainty != "stated":
            continue
        if not is_before(day, signed.date) or told is signed.told:
            continue
        done = [i for i, s in enumerate(record.steps) if s.step in ("signed", *_AFTER) and _is_past(s.date, day)]
        if done:
            message = line(
                "told as concluded {day}, before it was signed {signed}: perhaps another instrument of that name",
                "{day} сообщено как о заключённом, а подписано {signed}: возможно, другой документ с тем же названием",
                day=say_at(day),
                signed=say_at(signed.date),
            )
            cited = (cite(told, f"steps/{done[0]}"), cite(signed.told, f"steps/{signed.index}/date"))
            yield Found("another_instrument", "doubt", message, cited)


def find_early_deadlines(told: Sequence[Told]) -> Iterator[Found]:
    """A deadline that had passed before the instrument was signed on which the undertaking rests.

    yes: signed on 9 March 2024, «передаст до конца 2023 года» under it
    no:  signed on 9 March 2024, «передаст» in 2023: a day, no deadline
    """
    by_number = {t.id: t for t in told}
    for t in told:
        record, under = t.record, by_number.get(t.under) if t.under is not None else None
        if not isinstance(record, Undertaking) or under is None or not (record.when or "").startswith(OPEN):
            continue
        signed = _first_signing(list(_steps_of(under)))
        if record.when is None or signed is None or not is_before(record.when, signed.date):
            continue
        if record.progress != "announced" or record.certainty == "denied":
            continue
        message = line(
            "due {due}, but the instrument was signed only {signed}",
            "срок – {due}, а документ подписан лишь {signed}",
            due=say_period(record.when),
            signed=say_at(signed.date),
        )
        yield Found("early_deadline", "doubt", message, (cite(t, "when"), cite(under, f"steps/{signed.index}/date")))


def sentences_of(told: Told, index: int, date: str) -> list[str]:
    """The sentences that tell a step: around its evidence, or, without any, those with its day in the report's text.

    Empty where nothing shows the words.
    """
    text = told.carrier.text or ""
    spans = told.record.evidence.get(f"steps/{index}", ())
    if spans and text:
        return [sentence_of(text, span.start) for span in spans]
    if spans:
        return [told.record.quote]
    point = parse_point(date)
    if point is None or not point[2]:
        return []
    day = re.compile(rf"(?<![\d.,]){point[2]}\s+[^\W\d]{{3,}}|[^\W\d]{{3,}}\s+{point[2]}\b(?![.,]\d)")
    return [s for s in re.split(r"(?<=[.!?])\s+|\n+", text) if day.search(s)]


def _steps(dossier: Dossier) -> Iterator[_At]:
    for told in dossier.told:
        if told.record.certainty == "stated":
            yield from _steps_of(told)


def _steps_of(told: Told) -> Iterator[_At]:
    if isinstance(told.record, Instrument):
        for index, step in enumerate(told.record.steps):
            if step.date:
                yield _At(told, index, step.step, step.date)


def _first_signing(steps: Sequence[_At]) -> _At | None:
    """The earliest signing; an instrument signed in several years was signed by the first."""
    return min((s for s in steps if s.step == "signed"), key=lambda s: s.date.replace("..", "0"), default=None)


def _is_past(date: str | None, day: str) -> bool:
    """Whether a step had been taken when the report came out; one without a date had."""
    return date is None or not is_before(day, date)


def _cite(at: _At, signed: _At) -> tuple[Cited, ...]:
    return (cite(at.told, f"steps/{at.index}"), cite(signed.told, f"steps/{signed.index}/date"))
