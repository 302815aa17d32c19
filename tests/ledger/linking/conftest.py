"""The lines of cases/links.txt -> clusters of told records with their answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from servanda.lang.lemmas import lemmas
from servanda.ledger.linking import Features, make_features
from servanda.model.dossier import Carrier, Told
from servanda.model.reading import Amount, Change, Figure, Instrument, Meeting, Participant, Record, Step, Undertaking

CASES = Path(__file__).parents[2] / "cases" / "links.txt"
RECORD = re.compile(r"([~-]?)(\d+) ([IUFM]) (\w+)((?: \|.*)?)")


@dataclass
class Cluster:
    """Told records by name, and which of them are one thing or open."""

    name: str
    told: dict[str, Told] = field(default_factory=dict)
    together: list[frozenset[str]] = field(default_factory=list)
    open: list[frozenset[str]] = field(default_factory=list)

    @property
    def groups(self) -> set[frozenset[str]]:
        """All records, those that stand alone included."""
        joined = frozenset[str]().union(*self.together)
        return {*self.together, *(frozenset({n}) for n in self.told if n not in joined)}

    def features(self) -> dict[str, Features]:
        """What the linker sees of them."""
        return {name: make_features(told, self._under(name, told), lemmas) for name, told in self.told.items()}

    def _under(self, name: str, told: Told) -> Record | None:
        place = getattr(told.record, "under", None)
        return self.told[name[0] + str(place)].record if place else None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for a cluster runs for each."""
    if "cluster" in metafunc.fixturenames:
        metafunc.parametrize("cluster", list(read_clusters()), ids=lambda c: c.name.replace(" ", "-"))


@pytest.fixture
def clusters() -> list[Cluster]:
    """All of them."""
    return list(read_clusters())


def read_clusters() -> Iterator[Cluster]:
    """All clusters of the file."""
    for part in CASES.read_text().split("\n## ")[1:]:
        title, *lines = part.splitlines()
        cluster, report, day = Cluster(title), "", None
        for line in filter(None, lines):
            if line.startswith("@"):
                _, report, *given = line.split()
                day = next(iter(given), None)
            elif line[0] in "=?":
                (cluster.together if line[0] == "=" else cluster.open).append(frozenset(line[1:].split()))
            else:
                number, record = read_record(line)
                carrier = Carrier(report, 1, day, None, None, None, f"{day or '2034-01-01'}T12:00:00", "given")
                cluster.told[report + number] = Told(len(cluster.told) + 1, record, carrier)
        yield cluster


def read_record(line: str) -> tuple[str, Record]:
    """A record's number in its report, and the record."""
    found = RECORD.fullmatch(line.strip())
    assert found, line
    sign, number, kind, what, rest = found.groups()
    cells = [c.strip() for c in rest.split("|")[1:]] + [""] * 7
    common = {
        "certainty": {"": "stated", "~": "possible", "-": "denied"}[sign],
        "source": None,
        "quote": " ".join(cells[:3]),
    }
    return number, _READ[kind](what, cells, common)


def _instrument(kind: str, cells: list[str], common: dict[str, Any]) -> Record:
    parties, subject, steps, valid, count = cells[:5]
    made = [
        Step(s[0], s[1] if len(s) > 1 else None, s[2] if len(s) > 2 else None) for s in map(str.split, _list(steps))
    ]
    return Instrument(
        kind=kind,
        parties=tuple(_list(parties)),
        subject=subject or None,
        count=int(count) if count else None,
        steps=tuple(made),
        valid=valid or None,
        **common,
    )


def _undertaking(act: str, cells: list[str], common: dict[str, Any]) -> Record:
    sides, thing, amounts, progress, places, under = cells[:6]
    by, _, to = sides.partition(">")
    state, _, when = progress.partition(" ")
    return Undertaking(
        modality="obligation",
        progress=state or "announced",
        act=act,
        by=tuple(_list(by)),
        to=tuple(_list(to)),
        object=thing or None,
        amounts=tuple(map(_amount, _list(amounts, ";"))),
        terms=(),
        places=tuple(_list(places, ";")),
        when=when or None,
        under=int(under) if under else None,
        **common,
    )


def _figure(metric: str, cells: list[str], common: dict[str, Any]) -> Record:
    who, period, amount, changes = cells[:4]
    return Figure(
        metric=metric,
        who=tuple(_list(who.replace(">", ","))),
        period=period or None,
        amount=_amount(amount) if amount else None,
        changes=tuple(Change(float(c), None, None) for c in _list(changes)),
        forecast=False,
        **common,
    )


def _meeting(kind: str, cells: list[str], common: dict[str, Any]) -> Record:
    people, place, when = cells[:3]
    date, _, status = when.rpartition(" ")
    return Meeting(
        kind=kind,
        participants=tuple(map(_participant, _list(people, ";"))),
        place=place or None,
        date=date or None,
        status=status,
        topics=(),
        **common,
    )


def _participant(cell: str) -> Participant:
    found = re.fullmatch(r"(\S+)\s*([^(]*?)\s*(?:\((.+)\))?", cell)
    assert found, cell
    party, name, office = found.groups()
    return Participant(name or None, office, party)


def _amount(cell: str) -> Amount:
    *bound, number, unit = cell.split()
    return Amount(float(number), unit, *bound)


def _list(cell: str, mark: str = ",") -> list[str]:
    return [p.strip() for p in cell.split(mark) if p.strip()]


_READ = {"I": _instrument, "U": _undertaking, "F": _figure, "M": _meeting}
