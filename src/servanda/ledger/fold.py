"""Entries, in their order -> the tables of state. The same entries give the same state, in whatever portions."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, or_, select, update

from servanda.ledger import search, sqlite
from servanda.ledger.days import day_of
from servanda.ledger.entries import Body, Entry, dump, read_entry
from servanda.ledger.groups import Member, Open, group, load_decisions, noted_pairs
from servanda.ledger.life import find_open_deadline
from servanda.ledger.linker import Components, Fresh
from servanda.ledger.linking import make_features, pack
from servanda.ledger.parties import party_keys
from servanda.ledger.performance import deadline_of
from servanda.ledger.purge import blank_correction
from servanda.ledger.schema import (
    INDEX,
    STATE,
    block,
    bond,
    carrier,
    deadline,
    dossier,
    judgement,
    maybe,
    party,
    possible,
    record,
    sketch,
    stale,
    text,
)
from servanda.ledger.schema import entry as log
from servanda.ledger.store import execute_many
from servanda.ledger.told import LINKS, Word, carrier_of, chunks, load_last_words, load_told, make_record, read_by
from servanda.ledger.words import Tongue
from servanda.model.dossier import Carrier, Told, parties_of
from servanda.model.reading import Record

LETTERS = {"instrument": "I", "undertaking": "U", "figure": "F", "meeting": "M"}


@dataclass(slots=True)
class Row:
    """A row of the table of records before it is written."""

    values: dict[str, Any]
    told: Told
    fresh: Fresh


@dataclass(slots=True)
class Fold:
    """Applies entries to the state behind a connection that writes; `settle` brings linking up to date."""

    connection: Connection
    tongue: Tongue
    components: Components
    rows: list[Row] = field(default_factory=list)  # made, not yet written
    touched: set[int] = field(default_factory=set)  # components to be parted anew
    renewed: set[int] = field(default_factory=set)  # those whose dossiers are made anew in any case
    left: set[int] = field(default_factory=set)  # dossiers that rows have left
    carriers: dict[int, Carrier] = field(default_factory=dict)  # by the entries of reports, and of readings
    unseen: set[str] = field(default_factory=set)  # reports that had no version before this fold
    next_row: int = 0

    def __post_init__(self) -> None:
        self.next_row = (self.connection.execute(select(func.max(record.c.row))).scalar() or 0) + 1

    def apply(self, entry: Entry) -> None:
        """One entry more."""
        if entry.kind not in ("report", "reading"):
            self.settle()
            self.components.told.clear()
        getattr(self, f"_{entry.kind}")(entry)

    def _report(self, entry: Entry) -> None:
        body = entry.body
        row = {k: body[k] for k in ("version", "published", "agency", "lang", "url", "sha256")}
        row |= {"seq": entry.seq, "report": entry.report, "recorded": entry.at, "withdrawn": None, "purged": None}
        row["day"] = day_of(body["published"], entry.at)
        self.connection.execute(insert(carrier), row)
        self._sketch(body["sha256"])
        self.carriers[entry.seq] = carrier_of(SimpleNamespace(**row))
        if body["version"] == 1:
            self.unseen.add(entry.report or "")

    def _sketch(self, sha: str | None) -> None:
        """Keep the sketch of a text that has none."""
        new = select(text.c.text).where(text.c.sha256 == sha, ~exists().where(sketch.c.sha256 == sha))
        if sha and self.tongue.sketch and (words := self.connection.execute(new).scalar()) is not None:
            self.connection.execute(insert(sketch), {"sha256": sha, "sketch": self.tongue.sketch(words)})

    def _reading(self, entry: Entry) -> None:
        if entry.report not in self.unseen:
            self._make_rows(entry, *self._replace(entry, set(entry.body["ids"])))
            return
        self.unseen.discard(entry.report)
        made = len(self.rows)
        self._make_rows(entry, {})
        self.components.told |= {row.fresh.row: row.told for row in self.rows[made:]}

    def _replace(self, entry: Entry, ids: set[int]) -> tuple[dict[int, int], set[int]]:
        """End the rows of a report's reading before; those that people spoke of stay where nothing takes their place.

        The last row before, by number of its record; and the numbers of those that a person confirmed in this very
        version: they stay as they were confirmed.
        """
        self.settle()
        rows = self._of_report(entry.report)
        current = [r for r in rows if r.until is None]
        spoken_of = load_last_words(self.connection, [r.id for r in current])
        version = entry.body["carrier"]
        held = {r.id for r in current if r.carrier == version and r.id in spoken_of and _confirmed(r, spoken_of[r.id])}
        ended = [r for r in current if r.id not in held and (r.id in ids or r.id not in spoken_of)]
        self._end(ended, entry.seq, version)
        return {r.id: r.row for r in rows}, held

    def _make_rows(self, entry: Entry, before: Mapping[int, int], held: Collection[int] = ()) -> None:
        """Rows for the records of a reading, but for those whose row is held."""
        ids = entry.body["ids"]
        patches = self._patches(ids) if before else {}
        told = [self._told(entry, place, number, patches.get(number, {})) for place, number in enumerate(ids)]
        for place, one in enumerate(told):
            if one.id in held:
                continue
            self._add_row(entry, place, one, patches.get(one.id), before.get(one.id), _under(one, told))

    def _told(self, entry: Entry, place: int, number: int, patch: Mapping[str, Any]) -> Told:
        made, _ = make_record(entry.body, place, patch)
        links: dict[str, int | None] = {
            name: patch[name]["value"] if name in patch else _number(entry.body["ids"], getattr(made, name, None))
            for name in LINKS
        }
        under, part_of = links["under"], links["part_of"]
        return Told(id=number, record=made, carrier=self._told_by(entry), under=under, part_of=part_of)

    def _told_by(self, entry: Entry) -> Carrier:
        """The report version of a reading, with the name of its reader."""
        if entry.seq not in self.carriers:
            self.carriers[entry.seq] = read_by(self._carrier(entry.body["carrier"]), entry.body)
        return self.carriers[entry.seq]

    def _carrier(self, seq: int) -> Carrier:
        if seq not in self.carriers:
            row = self.connection.execute(select(carrier).where(carrier.c.seq == seq)).one()
            self.carriers[seq] = carrier_of(row)
        return self.carriers[seq]

    def _add_row(
        self, entry: Entry, place: int, told: Told, patch: Any, before: int | None, under: Record | None
    ) -> None:
        features = make_features(told, under, self.tongue.words)
        row, self.next_row = self.next_row, self.next_row + 1
        values = {
            "row": row,
            "id": told.id,
            "since": entry.seq,
            "until": None,
            "carrier": entry.body["carrier"],
            "source": entry.seq,
            "place": place,
            "type": told.record.type,
            "over": None,
            "day": day_of(told.carrier.published, told.carrier.recorded),
            "under": told.under,
            "part_of": told.part_of,
            "patch": dump(patch) if patch else None,
            "features": pack(features),
        }
        self.rows.append(Row(values, told, Fresh(row, told.id, features, before)))

    def _patches(self, ids: Sequence[int]) -> Mapping[int, Mapping[str, Any]]:
        """Corrections in force, by record and path; the last word on a path counts."""
        found: dict[int, dict[str, Any]] = {}
        for some in chunks(ids):
            query = select(judgement.c.seq, judgement.c.record).where(judgement.c.record.in_(some))
            query = query.where(judgement.c.kind == "correct", judgement.c.undone.is_(None)).order_by(judgement.c.seq)
            for seq, number in self.connection.execute(query).all():
                body = _body(self.connection, seq)
                if body["correction"] is not None:
                    found.setdefault(number, {})[body["path"]] = body["correction"]
        return found

    def _versions(self, report: str | None) -> list[int]:
        return list(self.connection.execute(select(carrier.c.seq).where(carrier.c.report == report)).scalars())

    def _of_report(self, report: str | None) -> Sequence[Any]:
        """All rows of a report, in their order."""
        query = select(record).where(record.c.carrier.in_(self._versions(report))).order_by(record.c.row)
        return self.connection.execute(query).all()

    def _current(self, *where: Any) -> Sequence[Any]:
        return self.connection.execute(select(record).where(record.c.until.is_(None), *where)).all()

    def _end(self, rows: Sequence[Any], seq: int, version: int | None = None) -> None:
        """Rows are in force no more; those of an older version than this one had their time."""
        for some in chunks([r.row for r in rows]):
            change = update(record).where(record.c.row.in_(some)).values(until=seq, dossier=None)
            self.connection.execute(change)
            if version is not None:
                older = update(record).where(record.c.row.in_(some), record.c.carrier != version)
                self.connection.execute(older.values(over=version))
        self._renew(rows)
        self.left |= {r.dossier for r in rows if r.dossier is not None}

    # What people decide.

    def _judge(self, entry: Entry, number: int) -> None:
        row = {"seq": entry.seq, "kind": entry.kind, "record": number, "undone": None}
        self.connection.execute(insert(judgement), row)
        self._touch([number])

    def _touch(self, numbers: Sequence[int]) -> None:
        """Have the dossiers of some records made anew."""
        self._renew(self._current(record.c.id.in_(numbers)))

    def _renew(self, rows: Sequence[Any]) -> None:
        components = {r.component for r in rows}
        self.touched |= components
        self.renewed |= components

    def _confirm(self, entry: Entry) -> None:
        self._judge(entry, entry.body["record"])

    _reject = _confirm

    def _correct(self, entry: Entry) -> None:
        number = entry.body["record"]
        self._judge(entry, number)
        self._make_again(number, entry.seq)

    def _make_again(self, number: int, seq: int) -> None:
        """Another row for a record whose corrections changed, and for what rests on it."""
        for old in self._current(record.c.id == number):
            self._put(old, self._source(old), old.place, seq)
            self.settle()
            for resting in self._current(record.c.carrier == old.carrier, record.c.under == number):
                self._put(resting, self._source(resting), resting.place, seq)

    def _source(self, row: Any) -> Entry:
        found = read_entry(self.connection, row.source)
        assert found is not None
        return found

    def _put(self, old: Any, source: Entry, place: int, seq: int) -> None:
        """A row for a record as it stands at a place of a reading, instead of an older row."""
        patch = self._patches([old.id]).get(old.id, {})
        told = self._told(source, place, old.id, patch)
        under = self._record_of(told.under)
        self._end([old], seq)
        self._add_row(source, place, told, patch, old.row, under)
        self.rows[-1].values["since"] = seq

    def _record_of(self, number: int | None) -> Record | None:
        rows = self._current(record.c.id == number) if number is not None else []
        return next((t.record for t in load_told(self.connection, [r.row for r in rows]).values()), None)

    def _add(self, entry: Entry) -> None:
        self._judge(entry, entry.body["ids"][0])
        self._make_rows(entry, {})

    def _merge(self, entry: Entry) -> None:
        pairs = [tuple(sorted(pair)) for pair in entry.body["pairs"]]
        self._judge(entry, pairs[0][0])
        rows = [{"seq": entry.seq, "a": a, "b": b, "together": entry.kind == "merge"} for a, b in pairs]
        self.connection.execute(insert(bond), rows)
        if entry.kind == "merge":
            for pair in pairs:
                self.components.bind(self.connection, pair)
        self._touch([number for pair in pairs for number in pair])

    _split = _merge

    def _undo(self, entry: Entry) -> None:
        seq = entry.body["entry"]
        self.connection.execute(update(judgement).where(judgement.c.seq == seq).values(undone=entry.seq))
        undone = self.connection.execute(select(judgement).where(judgement.c.seq == seq)).one()
        numbers = {undone.record}
        for a, b in self.connection.execute(select(bond.c.a, bond.c.b).where(bond.c.seq == seq)):
            numbers |= {a, b}
        self._touch(sorted(numbers))
        self._end(self._current(record.c.id == undone.record, record.c.source == seq), entry.seq)  # was added by it
        self._read_anew(undone.record, entry)
        if undone.kind == "correct":
            self._make_again(undone.record, entry.seq)

    def _read_anew(self, number: int, entry: Entry) -> None:
        """Let a record that nobody confirms any more be as the last reading of its report has it, or end."""
        for row in self._current(record.c.id == number):
            word = load_last_words(self.connection, [number]).get(number)
            last = read_entry(self.connection, self._last_reading(self._carrier(row.carrier).report, entry.seq))
            if last is None or row.source >= last.seq or (word and _confirmed(row, word)):
                continue
            if number in last.body["ids"]:
                self._put(row, last, last.body["ids"].index(number), entry.seq)
            elif word is None:
                self._end([row], entry.seq)

    def _last_reading(self, report: str, before: int) -> int:
        query = select(func.max(log.c.seq)).where(log.c.report == report, log.c.kind == "reading", log.c.seq < before)
        return self.connection.execute(query).scalar() or 0

    # What happens to a report.

    def _withdraw(self, entry: Entry) -> None:
        self._mark(entry, "withdrawn")

    def _mark(self, entry: Entry, column: str) -> None:
        versions = self._versions(entry.report)
        change = update(carrier).where(carrier.c.seq.in_(versions), carrier.c[column].is_(None))
        self.connection.execute(change.values({column: entry.seq}))
        self.carriers.clear()
        self._renew(self._current(record.c.carrier.in_(versions)))

    def _purge(self, entry: Entry) -> None:
        """Make every row of the report anew: the words are gone from its entries, and go from what was made of them."""
        self._mark(entry, "purged")
        own = select(carrier.c.sha256).where(carrier.c.report == entry.report)
        kept = exists().where(text.c.sha256 == sketch.c.sha256)
        self.connection.execute(delete(sketch).where(sketch.c.sha256.in_(own), ~kept))
        rows = self._of_report(entry.report)
        search.forget_rows(self.connection, [old.row for old in rows])
        fresh = [self._without_words(old) for old in rows]
        self.components.forget()
        self.touched |= set(self._place(fresh).values())

    def _without_words(self, old: Any) -> Fresh:
        """A row whose source has no words any more, made of what is left."""
        source = read_entry(self.connection, old.source)
        assert source is not None
        corrections = json.loads(old.patch) if old.patch else {}
        patch = {path: left for path, one in corrections.items() if (left := blank_correction(one)) is not None}
        told = self._told(source, old.place, old.id, patch)
        features = make_features(told, None, self.tongue.words)
        values = {"features": pack(features), "patch": dump(patch) if patch else None}
        self.connection.execute(update(record).where(record.c.row == old.row).values(values))
        for table in (block, party, deadline):
            self.connection.execute(delete(table).where(table.c.row == old.row))
        self.connection.execute(delete(maybe).where(or_(maybe.c.row == old.row, maybe.c.other == old.row)))
        execute_many(self.connection, insert(party), _named(told, old.row, old.day))
        execute_many(self.connection, insert(deadline), _deadlines(told, old.row))
        return Fresh(old.row, old.id, features, old.row)

    # Linking.

    def settle(self) -> None:
        """Write what was made, and part anew what it touched."""
        rows, self.rows = self.rows, []
        grown: set[int] = set()
        if rows:
            placed = self._place([row.fresh for row in rows])
            self._write(rows, placed)
            grown = set(placed.values()) - self.touched
        touched, self.touched = self.touched, set()
        if touched or grown:
            self._part(touched, grown)

    def _place(self, fresh: Sequence[Fresh]) -> dict[int, int]:
        """The component of each fresh row; those that were touched go by the numbers that they have now."""
        placed = self.components.place(self.connection, fresh)
        self.touched = {self.components.now(one) for one in self.touched}
        self.renewed = {self.components.now(one) for one in self.renewed}
        return placed

    def _write(self, rows: Sequence[Row], placed: Mapping[int, int]) -> None:
        for row in rows:
            row.values |= {"component": placed[row.fresh.row], "dossier": None}
        execute_many(self.connection, insert(record), [row.values for row in rows])
        named = [line for row in rows for line in _named(row.told, row.fresh.row, row.values["day"])]
        execute_many(self.connection, insert(party), named)
        due = [line for row in rows for line in _deadlines(row.told, row.fresh.row)]
        execute_many(self.connection, insert(deadline), due)
        search.index_rows(self.connection, [(row.fresh.row, row.told) for row in rows], self.tongue.words)

    def _part(self, touched: set[int], grown: set[int]) -> None:
        """The partition of components, and the dossiers that are new, gone or changed by it.

        To those that have `grown` rows have only come.
        """
        renewed, self.renewed = self.renewed, set()
        gone, self.left = self.left, set()
        moves: list[dict[str, int | None]] = []
        changed: dict[int, Sequence[Member]] = {}
        open_pairs: list[Open] = []
        members = self._members(touched | grown)
        decisions = load_decisions(self.connection, [m.id for own in members.values() for m in own])
        for component, own in members.items():
            found = group(own, decisions, self.components.knowledge, grown=component in grown)
            founder = {m.row: first for first, some in found.members.items() for m in some}
            moving = [m for m in own if m.dossier != founder.get(m.row)]
            moves += [{"at": m.row, "to": founder.get(m.row)} for m in moving]
            left = {m.dossier for m in moving if m.dossier is not None} | gone
            for first, some in found.members.items():
                if component in renewed or first in left or any(m.dossier != first for m in some):
                    changed[first] = some
            gone |= left
            open_pairs += found.open
        change = update(record).where(record.c.row == bindparam("at")).values(dossier=bindparam("to"))
        execute_many(self.connection, change, moves)
        self._rewrite(gone | set(changed), changed, open_pairs)

    def _load(self, rows: Sequence[int]) -> Mapping[int, Told]:
        """At least these rows, as they stand; as long as only readings come, nothing that was seen has changed."""
        known = self.components.told
        known |= load_told(self.connection, [row for row in rows if row not in known])
        return known

    def _dossiers(self, changed: Mapping[int, Sequence[Member]]) -> list[dict[str, Any]]:
        """The rows of dossiers; only an undertaking that tells a day can have a deadline."""
        dated = {n for n, some in changed.items() if any(m.features.type == "U" and m.features.days for m in some)}
        told = self._load([m.row for n in dated for m in changed[n]])
        rows = []
        for n, some in changed.items():
            due = find_open_deadline([told[m.row] for m in some], self.tongue.speaker) if n in dated else None
            rows.append({"id": n, "due": due.isoformat() if due else None})
        return rows

    def _members(self, components: set[int]) -> dict[int, list[Member]]:
        """The rows in force of some components."""
        found: list[Any] = []
        query = select(record.c.row, record.c.id, record.c.component, record.c.dossier).where(record.c.until.is_(None))
        for some in chunks(sorted(components)):
            found += self.connection.execute(query.where(record.c.component.in_(some)))
        features = self.components.features(self.connection, [row.row for row in found])
        members: dict[int, list[Member]] = {}
        for row in found:
            one = Member(row.row, row.id, features[row.row], row.dossier)
            members.setdefault(row.component, []).append(one)
        return members

    def _rewrite(self, gone: set[int], changed: Mapping[int, Sequence[Member]], beside: Sequence[Open]) -> None:
        """Put dossiers in the place of those that are gone; `beside` are the open pairs inside components."""
        for some in chunks(sorted(gone)):
            self.connection.execute(delete(dossier).where(dossier.c.id.in_(some)))
            self.connection.execute(delete(possible).where(possible.c.a.in_(some)))
            self.connection.execute(delete(possible).where(possible.c.b.in_(some)))
        sqlite.insert_new(self.connection, stale, [{"dossier": n} for n in sorted(gone | set(changed))])
        execute_many(self.connection, insert(dossier), self._dossiers(changed))
        pairs = {(one.a, one.b): one for one in beside if one.a in changed or one.b in changed}
        pairs |= {(one.a, one.b): one for one in noted_pairs(self.connection, changed, self.components)}
        rows = [{"a": a, "b": b, "score": one.score, "reasons": dump(one.reasons)} for (a, b), one in pairs.items()]
        execute_many(self.connection, insert(possible), rows)


def _named(told: Told, row: int, day: str) -> list[dict[str, Any]]:
    """A row under its parties."""
    return [{"parties": key, "day": day, "row": row} for key in party_keys(parties_of(told.record))]


def _deadlines(told: Told, row: int) -> list[dict[str, Any]]:
    """A row under the parties of a deadline that it tells, and under none."""
    end = deadline_of(told.record)
    if end is None:
        return []
    keys = ["", *party_keys(parties_of(told.record))]
    return [{"parties": key, "day": end.isoformat(), "row": row} for key in keys]


def _confirmed(row: Any, word: Word) -> bool:
    """Whether a person's last word on a record is that it is right as this row has it."""
    return word.kind == "confirm" and word.seq > row.source


def _under(told: Told, beside: Sequence[Told]) -> Record | None:
    """The instrument that a record rests on, in its own reading."""
    place = getattr(told.record, "under", None)
    return beside[place].record if place is not None and place < len(beside) else None


def _number(ids: Sequence[int], place: int | None) -> int | None:
    return ids[place] if place is not None and place < len(ids) else None


def _body(connection: Connection, seq: int) -> Body:
    found = read_entry(connection, seq)
    assert found is not None
    return found.body


def clear(connection: Connection) -> None:
    """Take away all state, and leave what happened."""
    for table in (*STATE, *INDEX):
        connection.execute(delete(table))
    search.clear(connection)
