"""Entries as they are written, each folded into the state at once: the work of one transaction."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from servanda.errors import InputError
from servanda.ledger.continuing import continue_numbers
from servanda.ledger.entries import Body, Entry, append, dump, parse_body
from servanda.ledger.fold import Fold
from servanda.ledger.given import GIVEN, Given
from servanda.ledger.history import event_of
from servanda.ledger.purge import take_words_out
from servanda.ledger.schema import carrier, judgement, record, text
from servanda.ledger.told import load_told
from servanda.ledger.versions import Version, find_known, find_readings, find_versions
from servanda.model.dossier import Told
from servanda.model.plain import record_from_json
from servanda.model.reading import SCHEMA_VERSION

Plain = Mapping[str, Any]


class Log:
    """Entries being written in one transaction, each folded into the state at once."""

    def __init__(self, connection: Connection, fold: Fold, seq: int, who: str, at: str) -> None:
        self.connection = connection
        self.fold = fold
        self.seq = seq
        self.who = who
        self.at = at
        self.entries: list[Entry] = []
        self._next = 0
        self._new: set[str] = set()  # reports of which there is no version

    def write(self, kind: str, body: Body, report: str | None = None) -> int:
        """One entry more; its number."""
        self.seq += 1
        one = Entry(self.seq, self.at, self.who, kind, report, body)
        self.entries.append(one)
        if kind not in ("report", "reading"):
            self.flush()
        self.fold.apply(one)
        return self.seq

    def flush(self) -> None:
        """Put the entries where they can be read again."""
        append(self.connection, self.entries)
        self.entries.clear()

    def close(self) -> None:
        """Write what is left, and settle the state."""
        self.flush()
        self.fold.settle()

    def number(self) -> int:
        """A number that no record had."""
        if not self._next:
            self._next = (self.connection.execute(select(func.max(record.c.id))).scalar() or 0) + 1
        self._next += 1
        return self._next - 1

    def look_up(self, reports: Collection[str]) -> None:
        """Learn at once which of some reports are new."""
        self._new = set(reports) - find_known(self.connection, sorted(reports))

    def versions(self, report: str) -> Sequence[Version]:
        """All versions of a report, the newest first."""
        return [] if report in self._new else find_versions(self.connection, report)

    def last_version(self, report: str) -> Version:
        """The last version of a report. InputError where there is none."""
        found = find_versions(self.connection, report)
        if not found:
            raise InputError(report, "is not in the ledger", "add the report first; ids are told by servanda search")
        return found[0]

    def is_read(self, report: str, given: Given) -> bool:
        """Whether the same reader has said the same of a report before."""
        self.flush()
        return is_read(self.connection, report, given)

    def given_of(self, versions: Sequence[Version], given: Given) -> Given | None:
        """What people read in a report of which only now the text comes: it stands above what a program reads in it.

        None where there is no such reading, or it was one of another text.
        """
        if not versions or given.reader == GIVEN or versions[0].sha256 is not None or versions[0].purged is not None:
            return None
        self.flush()
        *_, last = find_readings(self.connection, versions[0].report)
        words = " ".join((given.text or "").split())
        held = all(" ".join(r["quote"].split()) in words for r in last["reading"]["records"])
        return Given(reading=last["reading"]) if last["reader"] == GIVEN and held else None

    def write_report(self, report: str, given: Given, sha: str | None, version: int) -> int:
        """A new version of a report, its text kept once."""
        if (
            sha is not None
            and self.connection.execute(select(text.c.sha256).where(text.c.sha256 == sha)).first() is None
        ):
            self.connection.execute(insert(text), {"sha256": sha, "text": given.text})
        body = {
            "version": version,
            "published": given.reading.get("published"),
            "agency": given.agency,
            "lang": given.lang,
            "url": given.url,
            "sha256": sha,
        }
        self._new.discard(report)
        return self.write("report", body, report)

    def write_reading(self, report: str, carrier_seq: int, given: Given, again: bool) -> None:
        """A reading; its records keep the numbers of those that they go on, where the report is read `again`."""
        records = given.reading["records"]
        going_on = self._going_on(report, records) if again else [None] * len(records)
        body = {
            "carrier": carrier_seq,
            "reader": given.reader,
            "schema": SCHEMA_VERSION,
            "ids": [number if number is not None else self.number() for number in going_on],
            "reading": given.kept(),
        }
        self.write("reading", body, report)

    def _going_on(self, report: str, records: Sequence[Plain]) -> list[int | None]:
        before = self._load(select(func.max(record.c.row)).group_by(record.c.id), report)
        return continue_numbers(before, [record_from_json(r) for r in records], self.current(report))

    def current(self, report: str) -> dict[int, Told]:
        """The records of a report that are in force, by number."""
        return self._load(select(record.c.row).where(record.c.until.is_(None)), report)

    def _load(self, rows: Select[Any], report: str) -> dict[int, Told]:
        """Records of a report, by number."""
        self.flush()
        self.fold.settle()
        own = rows.where(record.c.carrier.in_(select(carrier.c.seq).where(carrier.c.report == report)))
        told = load_told(self.connection, list(self.connection.execute(own).scalars()))
        return {one.id: one for one in told.values()}

    def told(self, number: int) -> Told:
        """A record in force. InputError where there is none."""
        query = select(record.c.row).where(record.c.id == number, record.c.until.is_(None))
        found = load_told(self.connection, list(self.connection.execute(query).scalars()))
        if not found:
            raise InputError(f"record {number}", "there is no such record", "servanda show names the records")
        return next(iter(found.values()))

    def records_of(self, seq: int) -> tuple[int, ...]:
        """The records that a decision names. InputError where the entry is none, or was undone before."""
        found = self.connection.execute(select(judgement).where(judgement.c.seq == seq)).one_or_none()
        event = event_of(self.connection, seq)
        if found is None or event is None:
            raise InputError(f"entry {seq}", "is no decision", "servanda history ID lists those of a dossier")
        if found.undone is not None:
            raise InputError(f"entry {seq}", f"was undone by entry {found.undone}", "decide again instead")
        return event.records

    def take_words_out(self, report: str) -> None:
        """Delete the texts of a report, and blank the words in its entries."""
        self.flush()
        take_words_out(self.connection, report, self.seq + 1)


def is_read(connection: Connection, report: str, given: Given) -> bool:
    """Whether the same reader has said the same of a report before; what is being written is not looked at."""
    kept = parse_body(dump(given.kept()))
    bodies = find_readings(connection, report)
    return any(body["reader"] == given.reader and body["reading"] == kept for body in bodies)
