"""Readings made by hand, and what people may do with a ledger in any order: what its tests share."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import select

from servanda.errors import InputError
from servanda.ledger.given import Given
from servanda.ledger.ledger import Ledger
from servanda.ledger.schema import STATE, carrier, record

Plain = dict[str, Any]

_COMMON: Plain = {"certainty": "stated", "source": None}
_EMPTY: dict[str, Plain] = {
    "instrument": {"kind": "agreement", "parties": ["KZ", "KG"], "subject": None, "count": None, "valid": None},
    "undertaking": {
        **{"modality": "obligation", "progress": "announced", "act": "give", "by": ["KZ"], "to": ["TJ"]},
        **{"object": None, "amounts": [], "terms": [], "places": [], "when": None, "under": None},
    },
    "figure": {
        **{"metric": "trade", "who": ["KZ", "KG"], "period": None, "amount": None},
        **{"changes": [], "forecast": False},
    },
    "meeting": {"kind": "visit", "participants": [], "place": None, "date": None, "status": "held", "topics": []},
}


def plain_record(sort: str, quote: str, /, **fields: Any) -> Plain:
    """A record as JSON; what is not given is empty."""
    fields.setdefault("steps", []) if sort == "instrument" else None
    return {"type": sort, "quote": quote, **_COMMON, **_EMPTY[sort], **fields}


def give(report: str, *records: Plain, published: str | None = "2021-12-08", **fields: Any) -> Given:
    """A reading to be recorded; without `text` the report has one that is its own."""
    reading = {"id": report, "published": published, "records": list(records)}
    fields.setdefault("text", f"Текст {report}: {' '.join(r['quote'] for r in records)}")
    return Given(reading=reading, **fields)


def _amount(number: float, unit: str, bound: str = "exactly") -> Plain:
    return {"number": number, "unit": unit, "bound": bound}


def _step(step: str, date: str | None = None, by: str | None = None) -> Plain:
    return {"step": step, "date": date, "by": by}


def _person(name: str | None, office: str | None, party: str | None) -> Plain:
    return {"name": name, "office": office, "party": party}


_TREATY = {"subject": "поставки угля и зерна"}
_GRAIN = {"object": "зерно пшеницы"}
_TALKS = {"participants": [_person("Токаев", "президент", "KZ"), _person(None, "президент", "KG")]}
POOL: tuple[Plain, ...] = (
    plain_record(
        "instrument", "подписали соглашение о поставках угля", **_TREATY, steps=[_step("signed", "2021-03-02")]
    ),
    plain_record("instrument", "соглашение о поставках подписано", **_TREATY, steps=[_step("signed", "2021-12-07")]),
    plain_record("instrument", "ратифицировали соглашение", **_TREATY, steps=[_step("ratified", "2021-12", "KZ")]),
    plain_record("instrument", "меморандум", kind="memorandum", parties=["KZ", "TJ"], steps=[]),
    plain_record("undertaking", "передаст зерно", **_GRAIN, amounts=[_amount(500, "тонна")], when="../2021-12-31"),
    plain_record("undertaking", "передал зерно", **_GRAIN, amounts=[_amount(500, "тонна")], progress="fulfilled"),
    plain_record("undertaking", "передаст больше зерна", **_GRAIN, amounts=[_amount(900, "тонна", "over")]),
    plain_record("undertaking", "даст в долг", act="lend", to=["KG"], amounts=[_amount(10e6, "USD")], object="кредит"),
    plain_record("undertaking", "построит станцию", act="build", by=["name:Росатом"], to=["KG"], object="станция"),
    plain_record("figure", "товарооборот составил", period="2020", amount=_amount(680e6, "USD")),
    plain_record("figure", "товарооборот достиг", period="2020", amount=_amount(700e6, "USD", "over")),
    plain_record("figure", "экспорт вырос", metric="exports", period="2021", changes=[]),
    plain_record("meeting", "прибыл с визитом", **_TALKS, date="2021-03-02", place="Бишкек"),
    plain_record("meeting", "провели встречу", **_TALKS, topics=["уголь"]),
)


class Clock:
    """A clock that goes on by a second whenever it is asked."""

    def __init__(self) -> None:
        self.ticks = count()
        self.start = datetime(2030, 1, 1, tzinfo=UTC)
        self.now = self.start

    def __call__(self) -> datetime:
        self.now = self.start + timedelta(seconds=next(self.ticks))
        return self.now


State = dict[str, list[tuple[Any, ...]]]


def state_of(ledger: Ledger) -> State:
    """All that was folded, table by table; components may be wider than they need be."""
    with ledger.store.reading() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(
                    select(*[c for c in table.columns if c.name != "component"]).order_by(*table.primary_key)
                )
            ]
            for table in STATE
        }


def places(ledger: Ledger) -> dict[int, tuple[str, int]]:
    """Where each record in force stands: its report, and its place in the reading."""
    with ledger.store.reading() as connection:
        query = select(record.c.id, carrier.c.report, record.c.place).join(carrier, carrier.c.seq == record.c.carrier)
        return {n: (report, place) for n, report, place in connection.execute(query.where(record.c.until.is_(None)))}


def types_of(ledger: Ledger) -> dict[int, str]:
    """The type of each record in force."""
    with ledger.store.reading() as connection:
        query = select(record.c.id, record.c.type).where(record.c.until.is_(None))
        return dict(map(tuple, connection.execute(query)))


def partition_of(ledger: Ledger) -> set[frozenset[tuple[str, int]]]:
    """The dossiers, each as the places of its records."""
    where = places(ledger)
    return {frozenset(where[t.id] for t in dossier.told) for dossier in ledger.all()}


def open_pairs_of(ledger: Ledger) -> set[frozenset[frozenset[tuple[str, int]]]]:
    """The pairs of dossiers that may be one, each as the places of its records."""
    where = places(ledger)
    members = {one.id: frozenset(where[t.id] for t in one.told) for one in ledger.all()}
    return {frozenset((members[one.id], members[other.dossier])) for one in ledger.all() for other in one.possible}


Operation = tuple[Any, ...]
REPORTS = ("r1", "r2", "r3", "r4")
_DAYS = ("2021-03-01", "2021-12-08", "2021-12", None, "2022-02-01")
_CHANGES = (("when", "2022-01"), ("object", "мука"), ("subject", "газ"), ("act", "lend"), ("certainty", "denied"))

readings = st.tuples(
    st.just("add"),
    st.sampled_from(REPORTS),
    st.integers(0, 2),  # which of its texts
    st.sampled_from(("given", "reader 1", "reader 2")),
    st.sampled_from(_DAYS),
    st.lists(st.integers(0, len(POOL) - 1), max_size=4),
)
_some = st.integers(0, 30)
judgements = st.one_of(
    st.tuples(st.sampled_from(("confirm", "reject")), _some),
    st.tuples(st.just("correct"), _some, st.sampled_from(_CHANGES)),
    st.tuples(st.just("add_missed"), st.sampled_from(REPORTS), st.integers(0, len(POOL) - 1)),
    st.tuples(st.sampled_from(("merge", "split")), _some, _some),
)
undoing = st.tuples(st.just("undo"), _some)
beginnings = st.lists(readings, min_size=1, max_size=4)
on_reports = st.tuples(st.sampled_from(("withdraw", "purge")), st.sampled_from(REPORTS))


@dataclass
class Desk:
    """Does operations, of which some cannot be done; their numbers are taken round among what there is."""

    ledger: Ledger
    decided: list[int] = field(default_factory=list)

    def do(self, operation: Operation) -> bool:
        """Whether it could be done."""
        kind, *how = operation
        try:
            getattr(self, kind)(*how)
        except InputError:
            return False
        return True

    def add(self, report: str, text: int, reader: str, day: str | None, places: Sequence[int]) -> None:
        self.ledger.add([reading_of(report, text, reader, day, places)], "desk")

    def number(self, n: int) -> int:
        """One of the records in force; where there is none, one that never was."""
        numbers = sorted(places(self.ledger)) or [99]
        return numbers[n % len(numbers)]

    def pair(self, a: int, b: int) -> tuple[int, int]:
        """Two records in force, of one type where there are two."""
        one, types = self.number(a), types_of(self.ledger)
        others = [n for n in sorted(types) if n != one and types[n] == types.get(one)] or [one]
        return one, others[b % len(others)]

    def confirm(self, n: int) -> None:
        self.decided.append(self.ledger.confirm(self.number(n), "Аня"))

    def reject(self, n: int) -> None:
        self.decided.append(self.ledger.reject(self.number(n), "Аня"))

    def correct(self, n: int, change: tuple[str, str]) -> None:
        self.decided.append(self.ledger.correct(self.number(n), *change, "Аня"))

    def add_missed(self, report: str, place: int) -> None:
        self.decided.append(self.ledger.add_missed(report, POOL[place], "Аня")[0])

    def merge(self, a: int, b: int) -> None:
        self.decided.append(self.ledger.merge([self.pair(a, b)], "Аня"))

    def split(self, a: int, b: int) -> None:
        self.decided.append(self.ledger.split([self.pair(a, b)], "Аня"))

    def undo(self, n: int) -> None:
        if self.decided:
            self.ledger.undo(self.decided[n % len(self.decided)], "Аня")

    def withdraw(self, report: str) -> None:
        self.ledger.withdraw(report, "Аня")

    def purge(self, report: str) -> None:
        self.ledger.purge(report, "Аня")


def reading_of(report: str, text: int, reader: str, day: str | None, places: Sequence[int]) -> Given:
    """A reading of some records of the pool; undertakings rest on its first instrument."""
    chosen = [dict(POOL[n]) for n in places]
    under = next((n for n, one in enumerate(chosen) if one["type"] == "instrument"), None)
    for one in chosen:
        if one["type"] == "undertaking":
            one["under"] = under
    return give(report, *chosen, published=day, text=f"{report}, текст {text}", reader=reader)
