"""What the ledger holds -> what does not add up in it, unit by unit: a dossier, a report version, a pair of parties.

Of a report all records are looked at together, whoever its parties are; of a pair the figures and goals of the dossiers
that were told last, and where there are more than are compared a finding says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from sqlalchemy import Connection, select

from servanda.checks import carry_findings, check_dossier, check_report, check_together, compared_by
from servanda.ledger.entries import parse_body
from servanda.ledger.fold import LETTERS
from servanda.ledger.parties import is_pair, keys_of, pair_of
from servanda.ledger.schema import carrier, entry, record
from servanda.ledger.told import chunks, load_told
from servanda.ledger.views import View, Wanted, all_founders, find_dossiers, founders_of, load_dossiers
from servanda.model.dossier import Carrier, Discrepancy, Dossier, Told
from servanda.model.plain import findings_from_json
from servanda.model.reading import Finding

MOST = 2_000  # dossiers of one pair whose figures and goals are compared
_CODE = "not_compared"
_OF = " of "  # between a pair and a metric


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
    if not any(map(is_pair, keys_of(dossier))):
        yield from check_together(dossier.told, {t.id: dossier.id for t in dossier.told})


def check_versions(connection: Connection, seqs: Sequence[int], view: View) -> Iterator[tuple[int, list[Discrepancy]]]:
    """Findings over the records of some report versions that are in force, and what their readers found."""
    for some in chunks(seqs):
        query = select(record.c.row, record.c.carrier).where(record.c.carrier.in_(some), *view.alive())
        versions = {row.row: row.carrier for row in connection.execute(query)}
        homes = founders_of(connection, list(versions), view)
        told = load_told(connection, list(homes), view.upto, texts=True)
        holders = {one.id: f"{LETTERS[one.record.type]}{homes[row]}" for row, one in told.items()}
        own: dict[int, list[Told]] = defaultdict(list)
        for row, one in sorted(told.items(), key=lambda pair: pair[1].id):
            own[versions[row]].append(one)
        read = _read_in(connection, [some[0].carrier.report for some in own.values()])
        for seq, records in own.items():
            yield seq, [*check_report(records, holders), *_carried(records[0].carrier, read.get(seq, ()))]


def _carried(one: Carrier, findings: Sequence[Finding]) -> Iterator[Discrepancy]:
    yield from carry_findings(one.report, findings, one.text)


def _read_in(connection: Connection, reports: Sequence[str]) -> dict[int, tuple[Finding, ...]]:
    """What the last reader of each version of some reports found odd in it, by the version's entry."""
    found: dict[int, tuple[Finding, ...]] = {}
    for some in chunks(sorted(set(reports))):
        query = select(entry.c.body).where(entry.c.report.in_(some), entry.c.kind == "reading").order_by(entry.c.seq)
        for body in map(parse_body, connection.execute(query).scalars()):
            found[body["carrier"]] = findings_from_json(body["reading"].get("findings", ()))
    return found


def reader_findings(connection: Connection, report: str, seq: int) -> tuple[Finding, ...]:
    """What the last reader of a report version found odd in it."""
    return _read_in(connection, [report]).get(seq, ())


def check_pair(key: str, told: Iterable[Told], holders: Mapping[int, str], more: int) -> Iterator[Discrepancy]:
    """Findings between the records of one metric of a pair; so many `more` dossiers are not looked at."""
    yield from check_together(sorted(told, key=lambda t: t.id), holders)
    if more:
        said = f"{key}: the last {MOST} figures and goals are compared with each other, {more} earlier ones are not"
        said_ru = f"{key}: сравниваются последние {MOST} показателей и целей, {more} более ранних не сравниваются"
        yield Discrepancy(_CODE, "note", said, (), (), said_ru)


def compared_under(dossier: Dossier) -> list[str]:
    """The pairs and metrics by which its records are compared with those of other dossiers, as keys."""
    metrics = {metric for t in dossier.told if (metric := compared_by(t.record))}
    return sorted(f"{key}{_OF}{metric}" for key in keys_of(dossier) if is_pair(key) for metric in metrics)


def is_compared(key: str) -> bool:
    """Whether a key is one of a pair and a metric."""
    return _OF in key


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
        self.pairs |= set(compared_under(dossier))

    def concerns(self, found: Discrepancy) -> bool:
        return not found.dossiers or not self.ids.isdisjoint(found.dossiers)


def _find(connection: Connection, parties: Sequence[str], view: View) -> Iterator[Discrepancy]:
    looked = _Looked()
    for dossier in _dossiers(connection, parties, view):
        looked.at(dossier)
        yield from check_alone(dossier)
    yield from _in_reports(connection, looked, view)
    for key in sorted(looked.pairs):
        pair = pair_of(key.partition(_OF)[0])
        if len(parties) > 2 or set(parties) <= set(pair):
            wanted = Wanted(pair, ("figure", "undertaking"))
            some = [one for one in find_dossiers(connection, wanted, view, texts=True) if key in compared_under(one)]
            told = [t for one in some[:MOST] for t in one.told]
            holders = {t.id: one.id for one in some[:MOST] for t in one.told}
            yield from filter(looked.concerns, check_pair(key, told, holders, len(some[MOST:])))


def _in_reports(connection: Connection, looked: _Looked, view: View) -> Iterator[Discrepancy]:
    seqs: list[int] = []
    for some in chunks(sorted({report for report, _ in looked.versions})):
        query = select(carrier.c.report, carrier.c.version, carrier.c.seq).where(carrier.c.report.in_(some))
        seqs += [c.seq for c in connection.execute(query) if (c.report, c.version) in looked.versions]
    for _, found in check_versions(connection, sorted(seqs), view):
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
