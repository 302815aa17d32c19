"""What the ledger holds -> what does not add up in it, unit by unit: a dossier, a report version, a pair of parties.

Of a report all records are looked at together, whoever its parties are; of a pair the figures and goals of the dossiers
that were told last, and where there are more than are compared a finding says so.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from sqlalchemy import Connection, select

from servanda.checks import carry_findings, check_dossier, check_report, check_together, is_compared
from servanda.ledger.fold import LETTERS
from servanda.ledger.parties import is_pair, keys_of, pair_of
from servanda.ledger.schema import carrier, record
from servanda.ledger.told import load_told
from servanda.ledger.versions import find_readings
from servanda.ledger.views import View, Wanted, all_founders, find_dossiers, founders_of, load_dossiers
from servanda.model.dossier import Discrepancy, Dossier
from servanda.model.plain import findings_from_json
from servanda.model.reading import Finding

MOST = 2_000  # dossiers of one pair whose figures and goals are compared
_CODE = "not_compared"


def once(found: Iterable[Discrepancy]) -> Iterator[Discrepancy]:
    """What several reports, or several pairs of parties, give alike stands once."""
    seen: set[tuple[object, ...]] = set()
    for one in found:
        if (key := sameness(one)) not in seen:
            seen.add(key)
            yield one


def sameness(found: Discrepancy) -> tuple[object, ...]:
    """What findings that are the same have in common."""
    return found.code, found.message, found.dossiers or found.cited


def check_alone(dossier: Dossier) -> Iterator[Discrepancy]:
    """Findings in one dossier; of one that has no pair of parties also those between its reports."""
    yield from check_dossier(dossier)
    if not pairs_of(dossier):
        yield from check_together([dossier])


def check_version(connection: Connection, seq: int, view: View) -> Iterator[Discrepancy]:
    """Findings over the records of a report version that are in force, and what its reader found."""
    query = select(record.c.row).where(record.c.carrier == seq, *view.alive())
    homes = founders_of(connection, list(connection.execute(query).scalars()), view)
    told = load_told(connection, list(homes), view.upto, texts=True)
    if told:
        holders = {one.id: f"{LETTERS[one.record.type]}{homes[row]}" for row, one in told.items()}
        own = sorted(told.values(), key=lambda t: t.id)
        yield from check_report(own, holders)
        one = own[0].carrier
        yield from carry_findings(one.report, reader_findings(connection, one.report, seq), one.text)


def reader_findings(connection: Connection, report: str, seq: int) -> tuple[Finding, ...]:
    """What the last reader of a report version found odd in it."""
    bodies = [body for body in find_readings(connection, report) if body["carrier"] == seq]
    return findings_from_json(bodies[-1]["reading"].get("findings", ())) if bodies else ()


def check_pair(key: str, dossiers: Sequence[Dossier], count: int) -> Iterator[Discrepancy]:
    """Findings between the figures and goals of a pair; the dossiers given are the last told of `count`."""
    yield from check_together(sorted(dossiers, key=lambda d: int(d.id[1:])))
    if more := count - len(dossiers):
        said = f"{key}: the last {MOST} figures and goals are compared with each other, {more} earlier ones are not"
        said_ru = f"{key}: сравниваются последние {MOST} показателей и целей, {more} более ранних не сравниваются"
        yield Discrepancy(_CODE, "note", said, (), (), said_ru)


def counts(dossier: Dossier) -> bool:
    """Whether it is compared with others of its pairs."""
    return any(is_compared(t.record) for t in dossier.told)


def pairs_of(dossier: Dossier) -> list[str]:
    """The keys of its pairs of parties."""
    return [key for key in keys_of(dossier) if is_pair(key)]


def find_discrepancies(connection: Connection, parties: Sequence[str], view: View) -> Iterator[Discrepancy]:
    """The findings that concern the dossiers of all these parties, or all there are, as seen; each once."""
    yield from once(_find(connection, parties, view))


@dataclass(slots=True)
class _Looked:
    """What was looked at on the way through the dossiers."""

    ids: set[str] = field(default_factory=set)
    versions: set[tuple[str, int]] = field(default_factory=set)
    pairs: set[str] = field(default_factory=set)

    def at(self, dossier: Dossier) -> None:
        self.ids.add(dossier.id)
        self.versions |= {(t.carrier.report, t.carrier.version) for t in dossier.told}
        if counts(dossier):
            self.pairs |= set(pairs_of(dossier))

    def concerns(self, found: Discrepancy) -> bool:
        return not found.dossiers or not self.ids.isdisjoint(found.dossiers)


def _find(connection: Connection, parties: Sequence[str], view: View) -> Iterator[Discrepancy]:
    looked = _Looked()
    for dossier in _dossiers(connection, parties, view):
        looked.at(dossier)
        yield from check_alone(dossier)
    yield from _in_reports(connection, looked, view)
    for key in sorted(looked.pairs):
        if len(parties) > 2 or set(parties) <= set(pair_of(key)):
            wanted = Wanted(pair_of(key), ("figure", "undertaking"))
            some = [one for one in find_dossiers(connection, wanted, view, texts=True) if counts(one)]
            yield from filter(looked.concerns, check_pair(key, some[:MOST], len(some)))


def _in_reports(connection: Connection, looked: _Looked, view: View) -> Iterator[Discrepancy]:
    for report, version in sorted(looked.versions):
        query = select(carrier.c.seq).where(carrier.c.report == report, carrier.c.version == version)
        found = check_version(connection, connection.execute(query).scalar_one(), view)
        yield from filter(looked.concerns, found)


def find_about(connection: Connection, dossier: Dossier, view: View) -> Iterator[Discrepancy]:
    """The findings in one dossier, and in the reports that tell it, as seen."""
    looked = _Looked()
    looked.at(dossier)
    yield from once(chain(check_alone(dossier), _in_reports(connection, looked, view)))


def _dossiers(connection: Connection, parties: Sequence[str], view: View) -> Iterator[Dossier]:
    if parties:
        yield from find_dossiers(connection, Wanted(tuple(parties)), view, texts=True)
        return
    for founders in all_founders(connection, view):
        yield from load_dossiers(connection, founders, view, texts=True)
