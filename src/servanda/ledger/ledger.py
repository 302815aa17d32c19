"""The ledger: what others call. Every change is an entry first, then state; every answer is read from state."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic
from typing import Any, Literal

from sqlalchemy import Connection, func, select

from servanda.errors import InputError
from servanda.ledger import sqlite
from servanda.ledger.changes import find_changed, last_recorded
from servanda.ledger.checking import find_about, find_discrepancies, reader_findings
from servanda.ledger.conflict import check_report_seen, check_seen
from servanda.ledger.due import find_due
from servanda.ledger.entries import digest_of, last_entry, read_entries
from servanda.ledger.facets import Facets, count_facets
from servanda.ledger.fold import Fold, clear
from servanda.ledger.found import FindingsWanted, codes_of, find_stored
from servanda.ledger.fresh import Freshness, count_left, forget_report, freshen_some
from servanda.ledger.given import GIVEN, Given, find_faults, find_record_faults, is_text, read_value
from servanda.ledger.groups import splits_between
from servanda.ledger.history import Event, event_of, history_of, history_of_report, rejections_of
from servanda.ledger.hits import Hit, find_hits
from servanda.ledger.kept import Kept, load_kept
from servanda.ledger.linker import Components
from servanda.ledger.listing import Listed, Listing, Sought, count_pairs, count_types, find_in, find_listed, load_listed
from servanda.ledger.log import Log, is_read
from servanda.ledger.overview import Overview, count_deadlines, count_overview
from servanda.ledger.parties import is_pair, pair_of
from servanda.ledger.purge import has_words
from servanda.ledger.questions import Term
from servanda.ledger.queue import Double, Waiting, WaitingOrder, find_doubles, find_waiting
from servanda.ledger.rejected import find_rejected
from servanda.ledger.reports import ReportLine, ReportTold, list_reports, load_report
from servanda.ledger.schema import carrier, entry, party, record
from servanda.ledger.store import Store, open_store
from servanda.ledger.told import LINKS, NO_PLACE, correct, load_carriers, load_told
from servanda.ledger.versions import Version, find_readings, find_versions, match_version
from servanda.ledger.views import (
    FROM_NOW,
    View,
    Wanted,
    all_founders,
    entry_before,
    find_dossiers,
    founder_of,
    load_dossiers,
)
from servanda.ledger.words import Tongue
from servanda.model.dossier import Carrier, Discrepancy, Dossier, Told
from servanda.model.reading import Finding, record_json
from servanda.model.report import Report

_LONGEST_NAME = 200  # characters: the name of a person who acts
_FEW = 100  # records asked for at once
Outcome = Literal["recorded", "version", "reread", "known"]
Decided = Literal["confirm", "reject", "undo"]
Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one reading: recorded, of a new `version` of its report, `reread`, or `known` already."""

    report: str
    outcome: Outcome
    records: int


@dataclass(frozen=True, slots=True)
class Changed:
    """What a new reading makes of a record: `new`, `gone`, `changed` in some fields, or `kept` as it was."""

    what: Literal["new", "gone", "changed", "kept"]
    record: int
    quote: str
    fields: tuple[str, ...] = ()


def utc_now() -> datetime:
    """The clock of a ledger."""
    return datetime.now(UTC)


class Ledger:
    """One ledger. `tongue` is what it asks of a language; `clock` gives the moment of recording."""

    def __init__(self, store: Store, tongue: Tongue, clock: Callable[[], datetime] = utc_now) -> None:
        self.store = store
        self.tongue = tongue
        self.clock = clock
        self._components = Components()
        self._seen = 0  # the last entry that this process wrote

    @classmethod
    def open(
        cls, path: Path, tongue: Tongue, *, create: bool = False, clock: Callable[[], datetime] = utc_now
    ) -> "Ledger":
        """The ledger in a file. LedgerError where it cannot be used; nothing is touched then."""
        return cls(open_store(path, create=create), tongue, clock)

    def close(self) -> None:
        """Let go of the file."""
        self.store.close()

    # Recording.

    def add(self, given: Sequence[Given], who: str) -> list[Recorded]:
        """Record readings, all or none; what is there already adds nothing."""
        with self._recording(who) as log:
            log.look_up({one.reading["id"] for one in given})
            return [self._add_one(log, one) for one in given]

    def _add_one(self, log: "Log", given: Given) -> Recorded:
        report, sha = given.reading["id"], digest_of(given.text) if given.text is not None else None
        versions = log.versions(report)
        same = _same_version(versions, given)
        outcome = _outcome(versions, same, lambda: log.is_read(report, given))
        if outcome == "known":
            return Recorded(report, "known", 0)
        stays = None
        if same is None:
            stays = log.given_of(versions, given)
            seq = log.write_report(report, given, sha, len(versions) + 1)
        else:
            seq = same.seq
        log.write_reading(report, seq, given, versions != [])
        if stays is not None:
            log.write_reading(report, seq, stays, again=True)
        return Recorded(report, outcome, len((stays or given).reading["records"]))

    def foresee(self, given: Given) -> Outcome:
        """What `add` would make of a reading."""
        report = given.reading["id"]
        with self.store.reading() as connection:
            versions = find_versions(connection, report)
            return _outcome(versions, _same_version(versions, given), lambda: is_read(connection, report, given))

    def reread(self, given: Given, who: str) -> list[Changed]:
        """Record what another reader reads in the last version of a report, and say what changed."""
        report = given.reading["id"]
        with self._recording(who) as log:
            before = log.current(report)
            self._add_one(log, given)
            return list(_changes(before, log.current(report)))

    def latest_reports(self, wanted: Sequence[str] = (), not_read_by: str = "") -> Iterator[Carrier]:
        """The last version of each report, with its text where it is kept; of those asked for, or all.

        Withdrawn ones are passed over; of all, also purged ones and those last read by `not_read_by`, or by people.
        """
        with self.store.reading() as connection:
            query = select(func.max(carrier.c.seq)).where(carrier.c.withdrawn.is_(None)).group_by(carrier.c.report)
            if wanted:
                query = query.where(carrier.c.report.in_(wanted))
            for some in connection.execute(query).scalars().partitions(100):
                for seq, one in load_carriers(connection, some, texts=True).items():
                    if wanted or not self._is_settled(connection, one, seq, not_read_by):
                        yield one

    def _is_settled(self, connection: Connection, one: Carrier, seq: int, reader: str) -> bool:
        """Whether a report version is not to be read again: it was purged, or last read by this reader or people."""
        readers = [body["reader"] for body in find_readings(connection, one.report) if body["carrier"] == seq]
        return one.purged or (readers[-1:] != [] and readers[-1] in (reader, GIVEN))

    def pairs(self) -> list[tuple[str, str]]:
        """The pairs of parties of which something is told."""
        with self.store.reading() as connection:
            keys = connection.execute(select(party.c.parties).distinct().order_by(party.c.parties)).scalars()
            return [pair_of(key) for key in keys if is_pair(key)]

    def knows(self, report: Report, reader: str) -> bool:
        """Whether a report adds nothing: this reader has read it already, or it is an older version, or purged."""
        with self.store.reading() as connection:
            versions = find_versions(connection, report.id)
            said = {"published": report.published, "agency": report.agency, "url": report.url}
            same = match_version(versions, digest_of(report.text), **said)
            if same is None or same is not versions[0] or same.purged is not None:
                return same is not None
            return any(body["reader"] == reader for body in find_readings(connection, report.id))

    # Deciding.

    # `seen` is the last entry that the person knew: Conflict, and nothing is entered, where a later one concerns the
    # same records.

    def confirm(self, number: int, who: str, why: str = "", seen: int | None = None) -> int:
        """A person says that a record is right. The entry's number, by which it can be undone."""
        return self.decide("confirm", [number], who, why, seen)[0]

    def reject(self, number: int, who: str, why: str = "", seen: int | None = None) -> int:
        """A person says that the report does not tell this; the record leaves its dossier."""
        return self.decide("reject", [number], who, why, seen)[0]

    def decide(
        self, what: Decided, numbers: Sequence[int], who: str, why: str = "", seen: int | None = None
    ) -> list[int]:
        """Confirm or reject several records, or undo several entries: all or none. The numbers of the entries."""
        numbers = list(dict.fromkeys(numbers))
        with self._recording(who) as log:
            if what == "undo":
                check_seen(log.connection, sorted({n for seq in numbers for n in log.records_of(seq)}), seen)
                return [log.write("undo", {"entry": seq, "why": why}) for seq in numbers]
            check_seen(log.connection, numbers, seen)
            for number in numbers:
                log.told(number)
            return [log.write(what, {"record": number, "why": why}) for number in numbers]

    def correct(
        self,
        number: int,
        path: str,
        value: Any,
        who: str,
        why: str = "",
        spans: Sequence[tuple[int, int]] = (),
        seen: int | None = None,
    ) -> int:
        """A person sets a field ("when", "by/0"), with the spans of the report that say it.

        `under` and `part_of` are set by the number of the record; a number may be given as text. InputError where
        there is no such field, or it cannot hold the value.
        """
        with self._recording(who) as log:
            check_seen(log.connection, [number], seen)
            told = log.told(number)
            value = read_value(told.record.type, path, value)
            correction = {"value": value, "spans": [list(s) for s in spans]}
            body = {"record": number, "path": path, "correction": correction, "why": why}
            _check_correction(told, log.current(told.carrier.report), path, correction)
            return log.write("correct", body)

    def add_missed(
        self, report: str, plain: Plain, who: str, why: str = "", seen: int | None = None
    ) -> tuple[int, int]:
        """A person adds a record that the reader missed; `plain` is the record as JSON. The entry, and its number.

        InputError where the report is not known, or the record no good.
        """
        if faults := list(find_faults({"id": report, "records": [plain]})):
            raise InputError("the record", faults[0].removeprefix("records/0/"), "see servanda schema for its fields")
        with self._recording(who) as log:
            last = log.last_version(report)
            check_report_seen(log.connection, report, seen)
            number = log.number()
            reading = {"id": report, "records": [plain]}
            body = {"carrier": last.seq, "reader": who, "ids": [number], "reading": reading, "why": why}
            return log.write("add", body, report), number

    def merge(self, pairs: Sequence[tuple[int, int]], who: str, why: str = "", seen: int | None = None) -> int:
        """A person says that records tell of one thing, and so all that stands with them.

        What was split between their dossiers before is lifted: those pairs are entered, too.
        """
        return self._bind("merge", pairs, who, why, seen)

    def split(self, pairs: Sequence[tuple[int, int]], who: str, why: str = "", seen: int | None = None) -> int:
        """A person says that records tell of different things."""
        return self._bind("split", pairs, who, why, seen)

    def undo(self, seq: int, who: str, why: str = "", seen: int | None = None) -> int:
        """Take a decision back. InputError where the entry is none, or was undone before."""
        return self.decide("undo", [seq], who, why, seen)[0]

    def withdraw(self, report: str, who: str, why: str = "") -> int:
        """The outlet has withdrawn a report: all that rests on it is marked."""
        with self._recording(who) as log:
            log.last_version(report)
            return log.write("withdraw", {"why": why}, report)

    def purge(self, report: str, who: str, why: str = "") -> int:
        """Take a report's text and words out of the ledger for good; hash, offsets, who and when stay."""
        with self._recording(who) as log:
            last = log.last_version(report)
            done = last.purged is not None and not has_words(log.connection, report)
            if not done:
                log.take_words_out(report)
                seq = log.write("purge", {"why": why}, report)
                log.fold.settle()
                forget_report(log.connection, report)
        self.store.shrink()  # also after one that was hindered
        if done:
            raise InputError(report, f"is purged already, by entry {last.purged}", "nothing more is to be done")
        return seq

    def _bind(self, kind: str, pairs: Sequence[tuple[int, int]], who: str, why: str, seen: int | None) -> int:
        with self._recording(who) as log:
            if not pairs or any(a == b for a, b in pairs):
                raise InputError(kind, "needs pairs of two records", "give different ones")
            check_seen(log.connection, sorted({number for pair in pairs for number in pair}), seen)
            for a, b in pairs:
                one, other = log.told(a), log.told(b)
                if one.record.type != other.record.type:
                    what = f"{one.record.type} and {other.record.type} are never one thing"
                    raise InputError(f"records {a} and {b}", what, "give records of one type")
            bound = {(min(pair), max(pair)) for pair in pairs}
            if kind == "merge":
                bound |= splits_between(log.connection, sorted({number for pair in bound for number in pair}))
            return log.write(kind, {"pairs": sorted(map(list, bound)), "why": why})

    @contextmanager
    def _recording(self, who: str) -> Iterator["Log"]:
        """A log to write into; state is brought up to it at the end, in the same transaction."""
        if not (who.strip() and is_text(who, _LONGEST_NAME)):
            raise InputError("who", "is no name", f"give one of at most {_LONGEST_NAME} characters")
        try:
            with self.store.writing() as connection:
                seq, before = last_entry(connection)
                if seq != self._seen:
                    self._components.forget()
                at = max(before, self._moment())  # a clock that was set back does not turn entries round
                log = Log(connection, Fold(connection, self.tongue, self._components), seq, who, at)
                yield log
                log.close()
            self._seen = log.seq
        except BaseException:
            self._components.forget()
            self._seen = -1
            raise

    def _moment(self) -> str:
        return self.clock().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    # Asking.

    def view(self, as_of: date | None = None, known_at: datetime | None = None) -> View:
        """From where to look; `known_at` without a zone is UTC."""
        if known_at is None:
            return View(as_of)
        moment = known_at if known_at.tzinfo else known_at.replace(tzinfo=UTC)
        with self.store.reading() as connection:
            stamp = moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
            return View(as_of, entry_before(connection, stamp))

    def find(self, wanted: Wanted, view: View = FROM_NOW, *, texts: bool = False) -> Iterator[Dossier]:
        """The dossiers wanted, the last told first."""
        with self.store.reading() as connection:
            yield from find_dossiers(connection, wanted, self._own(view), texts=texts)

    def all(self, view: View = FROM_NOW, *, texts: bool = False) -> Iterator[Dossier]:
        """All dossiers, by number; memory holds a portion."""
        with self.store.reading() as connection:
            for founders in all_founders(connection, view):
                yield from load_dossiers(connection, founders, self._own(view), texts=texts)

    def dossier(self, number: int, view: View = FROM_NOW, *, texts: bool = False) -> Dossier | None:
        """The dossier that holds a record, by the record's number or any number that the dossier ever had."""
        with self.store.reading() as connection:
            founder = founder_of(connection, number, view)
            founders = [founder] if founder is not None else []
            return next(iter(load_dossiers(connection, founders, self._own(view), texts=texts)), None)

    def search(self, terms: Sequence[Term], wanted: Wanted, view: View = FROM_NOW) -> Iterator[Hit]:
        """The dossiers that hold the terms (see `parse_terms`), the last told first."""
        with self.store.reading() as connection:
            yield from find_hits(connection, terms, wanted, self._own(view))

    def due(
        self,
        view: View = FROM_NOW,
        *,
        parties: Sequence[str] = (),
        first: date | None = None,
        last: date | None = None,
        latest: bool = False,
    ) -> Iterator[Dossier]:
        """Undertakings not done whose deadline lies between two days, in its order, or the `latest` first."""
        with self.store.reading() as connection:
            yield from find_due(connection, self._own(view), parties=parties, first=first, last=last, latest=latest)

    def _own(self, view: View) -> View:
        """The view with the tongue of this ledger."""
        return replace(view, tongue=self.tongue)

    def count(self) -> dict[str, int]:
        """How much there is: entries, reports, records, dossiers."""
        with self.store.reading() as connection:
            current = select(func.count()).select_from(record).where(record.c.dossier.is_not(None))
            homes = select(func.count(func.distinct(record.c.dossier)))
            return {
                "entries": connection.execute(select(func.count()).select_from(entry)).scalar_one(),
                "reports": connection.execute(select(func.count(func.distinct(carrier.c.report)))).scalar_one(),
                "records": connection.execute(current).scalar_one(),
                "dossiers": connection.execute(homes).scalar_one(),
            }

    def history(self, numbers: Sequence[int]) -> list[Event]:
        """What happened to some records, in order."""
        with self.store.reading() as connection:
            return history_of(connection, numbers)

    def rejections(self, number: int, view: View = FROM_NOW) -> list[Event]:
        """Who rejected records that would stand in the dossier of a record, when and why."""
        with self.store.reading() as connection:
            return rejections_of(connection, find_rejected(connection, number, view), view.upto)

    def event(self, seq: int) -> Event | None:
        """One entry, by its number."""
        with self.store.reading() as connection:
            return event_of(connection, seq)

    def history_of_report(self, report: str) -> list[Event]:
        """What happened to a report and its records, in order; nothing where it is not known."""
        with self.store.reading() as connection:
            return history_of_report(connection, report)

    def kept(self, report: str, version: int | None = None) -> Kept | None:
        """A version of a report with all that was read of it, or the newest; None where there is none."""
        with self.store.reading() as connection:
            return load_kept(connection, report, version)

    def records(self, numbers: Sequence[int]) -> list[Told]:
        """Some records as they stand, by number; rejected ones, too."""
        with self.store.reading() as connection:
            query = select(record.c.row).where(record.c.id.in_(numbers[:_FEW]), record.c.until.is_(None))
            told = load_told(connection, list(connection.execute(query).scalars()))
            return sorted(told.values(), key=lambda one: one.id)

    def dossiers(self, ids: Iterable[str], view: View = FROM_NOW) -> list[Dossier]:
        """Some dossiers by their ids, in that order."""
        with self.store.reading() as connection:
            return load_dossiers(connection, [int(one[1:]) for one in ids], self._own(view))

    def reader_findings(self, report: str, version: int) -> tuple[Finding, ...]:
        """What the last reader of a report version found odd in it."""
        with self.store.reading() as connection:
            query = select(carrier.c.seq).where(carrier.c.report == report, carrier.c.version == version)
            return reader_findings(connection, report, connection.execute(query).scalar_one())

    # The index: what lists show, made of what changed, as of today.

    def freshen(self, portion: int = 200, seconds: float | None = None) -> Freshness:
        """Bring the index up to date, a portion a transaction, for so long at most; safe beside other processes."""
        began, done = monotonic(), 0
        view = self._today()
        while seconds is None or monotonic() - began < seconds:
            if not self.freshness():
                return Freshness(done, 0)
            with self.store.writing() as connection:
                done += freshen_some(connection, view, portion)
        return Freshness(done, self.freshness())

    def freshness(self) -> int:
        """How many dossiers, reports and pairs of the index are behind; 0 where it is up to date."""
        with self.store.reading() as connection:
            return count_left(connection, self.today())

    def today(self) -> date:
        """The day as of which the index says how things stand."""
        return self.clock().date()

    def _today(self) -> View:
        return View(on=self.today(), tongue=self.tongue)

    def last_seq(self) -> int:
        """The number of the last entry; 0 where there is none."""
        with self.store.reading() as connection:
            return last_entry(connection)[0]

    def listing(self, sought: Sought, *, counted: bool = True) -> Listing:
        """A page of a list of dossiers, from the index; where it is not `counted`, the total is that of the page."""
        with self.store.reading() as connection:
            return find_listed(connection, sought, self.today(), counted=counted)

    def count_types(self, parties: Sequence[str]) -> dict[str, int]:
        """How many dossiers of each type tell of all these parties, from the index."""
        with self.store.reading() as connection:
            return count_types(connection, parties)

    def facets(self, sought: Sought) -> Facets:
        """How many of the dossiers sought are of each type, act, status, party, agency and year."""
        with self.store.reading() as connection:
            return count_facets(connection, sought, self.today())

    def listed(self, numbers: Sequence[int]) -> tuple[Listed, ...]:
        """Dossiers by their numbers as a list shows them, in the order given; those that are no more are left out."""
        with self.store.reading() as connection:
            return tuple(load_listed(connection, numbers, self.today()))

    def resting_on(self, numbers: Sequence[int]) -> tuple[Listed, ...]:
        """The dossiers of what rests on some records of an instrument, as a list shows them."""
        with self.store.reading() as connection:
            beside = record.c.carrier.in_(select(record.c.carrier).where(record.c.id.in_(numbers)))
            homes = select(record.c.dossier).where(beside, record.c.under.in_(numbers), record.c.dossier.is_not(None))
            found = sorted(connection.execute(homes.distinct()).scalars())
            return tuple(load_listed(connection, found, self.today()))

    def changed(self, sought: Sought, limit: int) -> list[tuple[str, str]]:
        """Of a list the dossiers that changed last, by id, and when."""
        with self.store.reading() as connection:
            return find_changed(connection, sought, self.today(), limit)

    def last_recorded(self, reports: Sequence[str]) -> dict[str, str]:
        """When the last version of each report was recorded."""
        with self.store.reading() as connection:
            return last_recorded(connection, reports)

    def busiest_pairs(self, limit: int, party: str | None = None) -> list[tuple[tuple[str, str], int]]:
        """The pairs of parties of which most dossiers tell, with how many; those of one party where it is given."""
        with self.store.reading() as connection:
            return count_pairs(connection, limit, party)

    def found_in(self, sought: Sought, numbers: Sequence[int]) -> dict[int, list[Told]]:
        """Of some dossiers of a list the records that hold its words, by the number of the dossier."""
        with self.store.reading() as connection:
            return find_in(connection, sought, numbers) if sought.terms else {}

    def find_stored(self, wanted: FindingsWanted) -> tuple[list[Discrepancy], int]:
        """The findings wanted, from the index, the gravest first, and how many there are in all."""
        with self.store.reading() as connection:
            return find_stored(connection, wanted)

    def finding_codes(self, levels: Sequence[str] = ()) -> tuple[tuple[str, int], ...]:
        """The kinds of stored findings, of some levels or all, and how many there are of each, the most first."""
        with self.store.reading() as connection:
            return codes_of(connection, levels)

    def findings_of(self, dossier: Dossier, view: View = FROM_NOW) -> list[Discrepancy]:
        """The findings in one dossier, and in the reports that tell it, as seen: made anew."""
        with self.store.reading() as connection:
            return list(find_about(connection, dossier, self._own(view)))

    def find_discrepancies(self, parties: Sequence[str] = (), view: View = FROM_NOW) -> Iterator[Discrepancy]:
        """The findings over the dossiers of all these parties, or all, as seen: made anew, each once."""
        with self.store.reading() as connection:
            yield from find_discrepancies(connection, parties, self._own(view))

    def waiting(
        self,
        order: WaitingOrder = "rank",
        *,
        parties: Sequence[str] = (),
        types: Sequence[str] = (),
        agencies: Sequence[str] = (),
        after: int | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[list[Waiting], int]:
        """The records that no person has seen, from the index, and how many there are in all; `after` one of them."""
        with self.store.reading() as connection:
            return find_waiting(
                connection,
                order=order,
                parties=parties,
                types=types,
                agencies=agencies,
                after=after,
                limit=limit,
                offset=offset,
            )

    def doubles(self, limit: int = 50, offset: int = 0) -> tuple[list[Double], int]:
        """Pairs of dossiers that may be one, the likest first, and how many there are in all."""
        with self.store.reading() as connection:
            return find_doubles(connection, limit, offset)

    def reports(
        self,
        limit: int = 50,
        offset: int = 0,
        *,
        since: date | None = None,
        until: date | None = None,
        words: str = "",
        waits: bool = False,
    ) -> tuple[list[ReportLine], int]:
        """The report versions recorded last, and how many there are in all; of days, by words, that wait."""
        with self.store.reading() as connection:
            return list_reports(connection, limit, offset, since=since, until=until, words=words, waits=waits)

    def report(self, report: str, version: int | None = None) -> ReportTold | None:
        """A report with its text and records, and what else the ledger knows of them; its last version unless told."""
        with self.store.reading() as connection:
            return load_report(connection, report, version)

    def overview(self) -> Overview:
        """How much there is of what a front page counts."""
        with self.store.reading() as connection:
            return count_overview(connection, self.today())

    def deadlines(self, first: date, last: date) -> dict[date, int]:
        """How many things promised are still to be done by each day between two."""
        with self.store.reading() as connection:
            return count_deadlines(connection, first, last)

    def stamp(self) -> Hashable:
        """What changes whenever anything in the ledger may have changed, and the day on which deadlines are judged."""
        return self.today(), *sqlite.stamps(self.store.path)

    # Keeping.

    def backup(self, target: Path) -> None:
        """A copy of the ledger as it stands; it appears whole or not at all."""
        sqlite.copy_to(self.store.path, target)

    def rebuild(self) -> None:
        """Fold all entries anew."""
        with self.store.writing() as connection:
            clear(connection)
            fold = Fold(connection, self.tongue, Components())
            for n, one in enumerate(read_entries(connection)):
                fold.apply(one)
                if n % 500 == 499:
                    fold.settle()
            fold.settle()
        self._components.forget()


def _same_version(versions: Sequence[Version], given: Given) -> Version | None:
    """The version of a report that a reading is of."""
    said = {"published": given.reading.get("published"), "agency": given.agency, "url": given.url}
    return match_version(versions, digest_of(given.text) if given.text is not None else None, **said)


def _outcome(versions: Sequence[Version], same: Version | None, is_read: Callable[[], bool]) -> Outcome:
    """What becomes of a reading of the version that is the `same`."""
    if same is None:
        return "version" if versions else "recorded"
    return "known" if same is not versions[0] or same.purged is not None or is_read() else "reread"


def _changes(before: Mapping[int, Told], now: Mapping[int, Told]) -> Iterator[Changed]:
    """What became of each record."""
    for number in sorted({*before, *now}):
        old, new = before.get(number), now.get(number)
        if new is None and old is not None:
            yield Changed("gone", number, old.record.quote)
        elif old is None and new is not None:
            yield Changed("new", number, new.record.quote)
        elif old is not None and new is not None:
            fields = tuple(n for n in old.record.__dataclass_fields__ if _differs(old, new, n))
            yield Changed("changed" if fields else "kept", number, new.record.quote, fields)


def _differs(old: Told, new: Told, name: str) -> bool:
    return name not in ("evidence", "basis", "confidence") and getattr(old.record, name) != getattr(new.record, name)


def _check_correction(told: Told, beside: Mapping[int, Told], path: str, correction: Mapping[str, Any]) -> None:
    """InputError where a record has no such place, or it cannot hold the value; `beside` are those of its report."""
    where = f"record {told.id}, {path}"
    try:
        changed = correct(record_json(told.record), path, correction)
    except NO_PLACE as error:
        raise InputError(where, "there is no such field", "servanda show --format json names the fields") from error
    wrong = list(find_record_faults(changed))
    number = correction["value"]
    if path in LINKS and not wrong and number is not None:
        other = beside.get(number)
        if other is None or number == told.id or (path == "under" and other.record.type != "instrument"):
            what = "instrument" if path == "under" else "other record"
            wrong.append(f"{number} is the number of no {what} of {told.carrier.report}")
    if wrong:
        raise InputError(where, wrong[0].removeprefix(f"{path}: "), "give a value that the field can hold")
