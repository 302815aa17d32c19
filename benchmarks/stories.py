"""A source of chance -> invented stories: what two or three parties agree, promise and meet about over some months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from phrases import MANY, OF, WITH, Thing, make_name, make_thing
from servanda.world.tables import Tables

OFFICES = (
    *("президент", "премьер-министр", "министр иностранных дел", "министр обороны", "министр торговли"),
    *("министр энергетики", "министр транспорта", "вице-премьер", "посол", "глава администрации"),
)
ACTS = (
    *("give", "supply", "buy", "build", "finance", "transport"),
    *("share", "deploy", "cooperate", "lend", "restrict", "ease"),
)
UNITS = ("USD", "EUR", "RUB", "тонна", "единица", "штука")
SUBJECTS = (  # what is done with a thing, and the form that this takes
    *(("о поставках", MANY), ("о закупке", MANY), ("о производстве", MANY), ("об обслуживании", MANY)),
    *(("об обмене", WITH), ("о торговле", WITH), ("в области", OF), ("о развитии", OF), ("о перевозке", OF)),
    *(("о взаимном признании", OF), ("об испытаниях", MANY), ("о ремонте", MANY), ("о хранении", OF)),
)
KINDS = ("agreement", "agreement", "memorandum", "protocol", "contract")
_PARTIES = 200
_SIZES = range(1, 31)  # reports of a story
_OFTEN = tuple(size**-1.25 for size in _SIZES)
_AGAIN = 0.15  # of stories turn to what another story of the pair is about: a second agreement of one name


@dataclass(frozen=True, slots=True)
class Party:
    """A state and who acts for it: names and offices."""

    code: str
    name: str
    capital: str
    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to an instrument, when, and by whom alone."""

    step: str
    day: date
    by: str | None


@dataclass(frozen=True, slots=True)
class Deed:
    """What one party does for the other, with the days of the promise, of its deadline and of its keeping."""

    act: str
    by: Party
    to: Party
    thing: Thing
    number: float
    unit: str
    promised: date
    due: date | None
    done: date | None  # None: nothing is heard of it again

    def progress(self, day: date) -> str:
        """How far it has come on a day."""
        if self.done and day >= self.done:
            return "fulfilled"
        if self.due and day > self.due:
            return "delayed"
        return "under_way" if self.done and (day - self.promised) * 2 > self.done - self.promised else "announced"


@dataclass(frozen=True, slots=True)
class Encounter:
    """People of both parties meet: names, offices, parties."""

    kind: str
    day: date
    place: str
    people: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Story:
    """What two or three parties have to do with each other over some months, and the days on which reports tell it."""

    parties: tuple[Party, ...]
    thing: Thing
    kind: str
    subject: tuple[str, int]  # what is done with the thing, and the form that it takes
    steps: tuple[Step, ...]  # of the instrument; none where there is none
    deeds: tuple[Deed, ...]
    encounters: tuple[Encounter, ...]
    told: tuple[date, ...]


@cache
def load_parties(seed: int) -> tuple[Party, ...]:
    """The 200 parties, the busiest first: the first states of the table, with people who do not exist."""
    chance = Random(f"people {seed}")
    rows = [row for row in Tables.default().rows("states") if len(row["code"]) == 2][:_PARTIES]
    return tuple(
        Party(row["code"], row["name"], row["capital"], tuple((make_name(chance), office) for office in OFFICES))
        for row in rows
    )


class Teller:
    """Makes stories, one after another, of parties that are the busier the earlier they stand in the table."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.parties = load_parties(seed)
        self._busy = [1 / rank for rank in range(1, len(self.parties) + 1)]
        self._before: dict[tuple[Party, ...], Thing] = {}

    def make(self, start: date) -> Story:
        """A story that begins on a day."""
        chance = self.chance
        parties = self._some(2 if chance.random() < 0.9 else 3)
        thing = self._before.get(parties) if chance.random() < _AGAIN else None
        thing = self._before[parties] = thing or make_thing(chance)
        steps = self._steps(parties, start) if chance.random() < 0.85 else ()
        deeds = [self._deed(parties, thing, start) for _ in range(chance.choice((1, 2, 3, 4, 6)))]
        encounters = [self._encounter(parties, start) for _ in range(chance.choice((0, 1, 2, 3, 4)))]
        size = chance.choices(_SIZES, _OFTEN)[0]
        subject = chance.choice(SUBJECTS)
        told = self._days(start, steps, deeds, encounters, size)
        return Story(parties, thing, chance.choice(KINDS), subject, steps, tuple(deeds), tuple(encounters), told)

    def _some(self, number: int) -> tuple[Party, ...]:
        found: set[Party] = set()
        while len(found) < number:
            found.update(self.chance.choices(self.parties, self._busy))
        return tuple(sorted(found, key=lambda party: party.code))

    def _steps(self, parties: tuple[Party, ...], start: date) -> tuple[Step, ...]:
        """From talks to the end, or as far as it comes."""
        chance, day = self.chance, start
        course: list[tuple[str, str | None]] = [("negotiated", None), ("planned", None), ("signed", None)]
        course += [("approved", parties[0].code), *(("ratified", party.code) for party in parties)]
        course += [("in_force", None), ("extended", None)]
        steps = []
        for step, by in course[: chance.randint(1, len(course))]:
            steps.append(Step(step, day, by))
            day += timedelta(days=chance.randint(5, 120))
        return tuple(steps)

    def _deed(self, parties: tuple[Party, ...], thing: Thing, start: date) -> Deed:
        chance = self.chance
        by, to = chance.sample(parties, 2)
        promised = start + timedelta(days=chance.choice((0, 0, chance.randint(1, 200))))
        due = promised + timedelta(days=chance.randint(30, 700)) if chance.random() < 0.6 else None
        done = promised + timedelta(days=chance.randint(20, 500)) if chance.random() < 0.6 else None
        number = float(f"{10 ** chance.uniform(0.5, 8):.2g}")
        own = thing if chance.random() < 0.4 else make_thing(chance)
        return Deed(chance.choice(ACTS), by, to, own, number, chance.choice(UNITS), promised, due, done)

    def _encounter(self, parties: tuple[Party, ...], start: date) -> Encounter:
        chance = self.chance
        rank = chance.randrange(len(OFFICES))
        people = tuple((*party.people[rank], party.code) for party in parties)
        place = chance.choice(parties).capital or "столица"
        day = start + timedelta(days=chance.choice((0, chance.randint(1, 300))))
        return Encounter(chance.choice(("talks", "visit", "call")), day, place, people)

    def _days(
        self, start: date, steps: Sequence[Step], deeds: Sequence[Deed], encounters: Sequence[Encounter], size: int
    ) -> tuple[date, ...]:
        """The days of the reports: what happens is told within three days, by several outlets."""
        days = [start, *(s.day for s in steps), *(e.day for e in encounters)]
        days += [day for deed in deeds for day in (deed.promised, deed.done) if day]
        told = [self.chance.choice(days) + timedelta(days=self.chance.randint(0, 3)) for _ in range(size)]
        return tuple(sorted(told))
