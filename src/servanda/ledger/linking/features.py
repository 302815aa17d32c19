"""A told record -> the few hundred bytes by which it is compared with others."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from servanda.ledger.linking.spans import Days, days_of, grain
from servanda.ledger.words import Words
from servanda.model.dossier import Told
from servanda.model.reading import Amount, Figure, Instrument, Meeting, Record, Undertaking

Number = tuple[float, str, str]  # number, unit, bound
Side = tuple[str, ...]  # party codes, sorted; a name in lower case

_MOST_WORDS = 12  # of a phrase: what it is about stands at its head


class StepMade(NamedTuple):
    """A step, who took it alone, and when."""

    step: str
    by: str
    days: Days | None


class Person(NamedTuple):
    """Words of a name, words of an office, party."""

    name: Side
    office: Side
    party: str


class Features(NamedTuple):
    """What a record is known by. `kind` is an instrument's or a meeting's kind, an act, a metric."""

    type: str  # the first letter of the record's type
    report: str
    day: int | None  # of publication
    kind: str
    by: Side  # who acts; all parties where nobody acts towards another
    to: Side
    topic: Side  # content words of subject, object or topics
    quote: Side  # the quote's other content words
    source: Side = ()  # content words of who says so
    denied: bool = False
    numbers: tuple[Number, ...] = ()
    days: Days | None = None  # of signature, of the deed, of the period, of the meeting
    state: str = ""  # progress, meeting status, forecast
    steps: tuple[StepMade, ...] = ()
    valid: Days | None = None
    places: Side = ()
    people: tuple[Person, ...] = ()
    changes: tuple[tuple[float | None, float | None], ...] = ()
    part: bool = False
    under: "Features | None" = None  # what an undertaking rests on


def make_features(told: Told, under: Record | None, words: Words) -> Features:
    """The features of a record; `under` is the instrument that it rests on, of the same report."""
    record = told.record
    topic = _content(words, _topic(record))
    day = days_of(told.carrier.published)
    bare = Features(
        type=record.type[0].upper(),
        report=told.carrier.report,
        day=day[0] if day else _own_day(record),
        kind=_kind(record),
        by=(),
        to=(),
        topic=topic,
        quote=tuple(w for w in _content(words, (record.quote,)) if w not in topic),
        source=_content(words, (record.source,))[:4],
        denied=record.certainty == "denied",
        part=told.part_of is not None,
    )
    if isinstance(record, Instrument):
        return _of_instrument(bare, record)
    if isinstance(record, Undertaking):
        return _of_undertaking(bare, record, under, words)
    return _of_figure(bare, record) if isinstance(record, Figure) else _of_meeting(bare, record, words)


def _of_instrument(bare: Features, record: Instrument) -> Features:
    steps = tuple(StepMade(s.step, s.by or "", days_of(s.date)) for s in record.steps)
    return bare._replace(
        by=_side(record.parties),
        days=next((s.days for s in steps if s.step == "signed" and s.days), None),
        steps=steps,
        valid=days_of(record.valid),
        numbers=((float(record.count), "", "exactly"),) if record.count else (),
    )


def _of_undertaking(bare: Features, record: Undertaking, under: Record | None, words: Words) -> Features:
    by, to = _side(record.by), _side(record.to)
    if record.act == "buy":  # what one buys the other supplies
        by, to = to, by
    rests = None
    if isinstance(under, Instrument):
        basis = bare._replace(type="I", kind=under.kind, topic=_content(words, _topic(under)), quote=(), source=())
        rests = _of_instrument(basis._replace(denied=under.certainty == "denied", part=False), under)
    return bare._replace(
        by=by,
        to=to,
        numbers=_numbers(record.amounts),
        days=days_of(record.when),
        state=record.progress,
        places=_side(record.places),
        under=rests,
    )


def _of_figure(bare: Features, record: Figure) -> Features:
    flows = record.metric in ("exports", "imports") and len(record.who) == 2
    return bare._replace(
        by=_side(record.who[:1] if flows else record.who),
        to=_side(record.who[1:] if flows else ()),
        numbers=_numbers([record.amount] if record.amount else []),
        days=days_of(record.period),
        state="forecast" if record.forecast else "",
        changes=tuple((c.percent, c.times) for c in record.changes),
    )


def _of_meeting(bare: Features, record: Meeting, words: Words) -> Features:
    people = [Person(_name(p.name), _content(words, (p.office,))[:4], p.party or "") for p in record.participants]
    return bare._replace(
        by=_side(p.party for p in people if p.party),
        days=days_of(record.date),
        state=record.status,
        places=_side([record.place] if record.place else []),
        people=tuple(sorted(people)),
    )


def _own_day(record: Record) -> int | None:
    """The last day of which a record tells as past: about when its report appeared, where that is not known.

    A year alone tells nothing of it.
    """
    dates: list[str | None] = []
    if isinstance(record, Instrument):
        dates = [s.date for s in record.steps if s.step != "planned"]
    elif isinstance(record, Meeting) or (isinstance(record, Undertaking) and record.progress == "fulfilled"):
        dates = [record.date if isinstance(record, Meeting) else record.when]
    ends = [days[1] for days in map(days_of, dates) if days and grain(days) in ("day", "month")]
    return max(ends, default=None)


def _kind(record: Record) -> str:
    if isinstance(record, Undertaking):
        return record.act
    return record.metric if isinstance(record, Figure) else record.kind


def _topic(record: Record) -> tuple[str | None, ...]:
    if isinstance(record, Instrument):
        return (record.subject,)
    if isinstance(record, Undertaking):
        return (record.object,)
    return record.topics if isinstance(record, Meeting) else ()


def _content(words: Words, phrases: Iterable[str | None]) -> Side:
    """The first distinct content words of some phrases."""
    return tuple(dict.fromkeys(w for phrase in phrases if phrase for w in words(phrase)))[:_MOST_WORDS]


def _side(names: Iterable[str]) -> Side:
    return tuple(sorted({n.lower() if n.startswith("name:") or not n.isupper() else n for n in names}))


def _name(name: str | None) -> Side:
    """The words of a name in lower case, without initials."""
    return tuple(w for w in (name or "").lower().replace("ё", "е").split() if len(w.strip(".")) > 1)


def _numbers(amounts: Iterable[Amount]) -> tuple[Number, ...]:
    return tuple((float(a.number), a.unit, a.bound) for a in amounts)


def pack(features: Features) -> str:
    """Features as compact JSON; equal features give equal strings."""
    return json.dumps(features, ensure_ascii=False, separators=(",", ":"))


def unpack(packed: str) -> Features:
    """What `pack` made, as it was."""
    return _features(json.loads(packed))


def _features(plain: list[Any]) -> Features:
    (
        kind,
        report,
        day,
        what,
        by,
        to,
        topic,
        quote,
        source,
        denied,
        numbers,
        days,
        state,
        steps,
        valid,
        places,
        people,
        changes,
        part,
        under,
    ) = plain
    return Features(
        kind,
        report,
        day,
        what,
        tuple(by),
        tuple(to),
        tuple(topic),
        tuple(quote),
        tuple(source),
        denied,
        tuple((n, unit, bound) for n, unit, bound in numbers),
        _days(days),
        state,
        tuple(StepMade(step, who, _days(at)) for step, who, at in steps),
        _days(valid),
        tuple(places),
        tuple(Person(tuple(name), tuple(office), party) for name, office, party in people),
        tuple((percent, times) for percent, times in changes),
        part,
        _features(under) if under else None,
    )


def _days(plain: list[int] | None) -> Days | None:
    return (plain[0], plain[1]) if plain else None
