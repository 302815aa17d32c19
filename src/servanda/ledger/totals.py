"""Dossiers -> sums that count a thing once: no stages added, no parts to their whole, no currencies together. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, get_args

from servanda.ledger.amounts import NOT_ADDED, NOTHING, Bounds, bounds_of, is_money
from servanda.ledger.steps import ORDER
from servanda.model.dossier import Dossier, Told
from servanda.model.reading import Undertaking
from servanda.model.totals import LeftOut, Stage, Sum, Totals, WhyLeft

_ADDED = ("give", "lend", "supply", "buy", "finance", "build", "transport", "pay", "train", "deploy")
_DONE = ("did", "performed", "performed_late", "partly_performed")
_NEAR = Decimal("0.01")  # share by which parts may miss their whole: rounding
_STAGES: tuple[Stage, ...] = get_args(Stage)


class _Key(NamedTuple):
    stage: Stage
    act: str
    unit: str
    by: tuple[str, ...]
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    dossier: Dossier
    bounds: Bounds


def find_totals(dossiers: Iterable[Dossier], *, sides: bool = True) -> Totals:
    """Sums over undertakings, each pair of sides apart unless `sides` is off; the instruments among the dossiers tell
    what is signed.

    What is delivered was mostly pledged or signed before, so it stands in two sums, which are never added. Of dossiers
    that are possibly one the largest is counted, the others only in the upper bound.
    """
    known = {dossier.id: dossier for dossier in dossiers}
    buckets: dict[_Key, list[_Entry]] = defaultdict(list)
    left: list[LeftOut] = []
    for id in sorted(known, key=_by_number):
        dossier = known[id]
        if dossier.type in ("instrument", "meeting"):
            continue
        if why := _why_left(dossier):
            left.append(LeftOut(id, why))
            continue
        entries = list(_entries(dossier, known, sides))
        for key, found in entries:
            buckets[key].append(_Entry(dossier, found))
        if not entries:
            left.append(LeftOut(id, "no_amount"))
    sums = []
    for key in sorted(buckets, key=lambda k: (_STAGES.index(k.stage), *k[1:])):
        out = list(_parts(buckets[key]))
        left += [o for o in out if o not in left]
        gone = {o.dossier for o in out}
        sums.append(_sum(key, [e for e in buckets[key] if e.dossier.id not in gone]))
    return Totals(tuple(sums), tuple(sorted(left, key=lambda o: (_by_number(o.dossier), o.why))))


def _by_number(id: str) -> tuple[int, str]:
    return int(id[1:]) if id[1:].isdecimal() else 0, id


def _records(told: Iterable[Told]) -> Iterator[Undertaking]:
    """What is told of it, and stands, and is not denied."""
    for t in told:
        if isinstance(t.record, Undertaking) and t.record.certainty != "denied" and not t.carrier.withdrawn:
            yield t.record


def _why_left(dossier: Dossier) -> WhyLeft | None:
    record = dossier.fullest.record
    if (
        not isinstance(record, Undertaking)
        or record.act not in _ADDED
        or record.modality in ("prohibition", "permission")
    ):
        return "not_added"
    if dossier.status in ("denied", "cancelled"):
        return "denied" if dossier.status == "denied" else "cancelled"
    firm = any(r.certainty == "stated" or r.modality == "intention" for r in _records(dossier.told))
    return None if firm else "possible"


def _entries(dossier: Dossier, known: Mapping[str, Dossier], sides: bool) -> Iterator[tuple[_Key, Bounds]]:
    """What the dossier adds to which sums: as promised, and as delivered."""
    record = dossier.fullest.record
    if not isinstance(record, Undertaking):
        return
    by, to = (tuple(sorted(record.by)), tuple(sorted(record.to))) if sides else ((), ())
    records = [r for r in _records(dossier.told) if r.certainty == "stated" or r.modality == "intention"]
    promised = [r for r in records if r.progress != "fulfilled"]
    done = [r for r in records if r.progress == "fulfilled"]
    if dossier.status in _DONE and not any(r.amounts for r in done) and dossier.status != "partly_performed":
        done = promised
    if dossier.status == "did":
        promised = []
    for stage, told in ((_stage(dossier, promised, known), promised), ("delivered", done)):
        if stage != "delivered" or dossier.status in _DONE:
            yield from ((_Key(stage, record.act, unit, by, to), b) for unit, b in _amounts(told).items())


def _stage(dossier: Dossier, promised: Sequence[Undertaking], known: Mapping[str, Dossier]) -> Stage:
    if all(r.modality == "intention" for r in promised):
        return "intended"
    instrument = known.get(dossier.under or "")
    signed = instrument is not None and ORDER.get(instrument.status, -1) >= ORDER["signed"]
    return "signed" if signed else "pledged"


def _amounts(records: Sequence[Undertaking]) -> dict[str, Bounds]:
    """By unit: where reports differ, from the lowest to the highest. One number in other words is counted once."""
    found: dict[str, Bounds] = {}
    for record in sorted(records, key=lambda r: -len(r.amounts)):
        for unit in dict.fromkeys(a.unit for a in record.amounts):
            own = bounds_of(record.amounts, unit)
            if own is None or unit in NOT_ADDED:
                continue
            if unit in found:
                found[unit] = found[unit].around(own)
            elif own not in found.values() or is_money(unit):
                found[unit] = own
    return found


def _parts(entries: Sequence[_Entry]) -> Iterator[LeftOut]:
    """Those that are parts of another entry: by what was told, or because they add up to it under one instrument."""
    holders = {t.id: e.dossier.id for e in entries for t in e.dossier.told}
    under: dict[str, list[_Entry]] = defaultdict(list)
    for entry in entries:
        wholes = {holders[t.part_of] for t in entry.dossier.told if t.part_of in holders} - {entry.dossier.id}
        if wholes:
            yield LeftOut(entry.dossier.id, "part", min(wholes, key=_by_number))
        elif entry.dossier.under:
            under[entry.dossier.under].append(entry)
    for together in under.values():
        yield from _adding_up(together)


def _adding_up(entries: Sequence[_Entry]) -> Iterator[LeftOut]:
    """All but the largest, where they make it up."""
    whole, *rest = sorted(entries, key=lambda e: (-e.bounds.low, _by_number(e.dossier.id)))
    if rest and abs(sum(e.bounds.low for e in rest) - whole.bounds.low) <= whole.bounds.low * _NEAR:
        yield from (LeftOut(e.dossier.id, "adds_up", whole.dossier.id) for e in rest)


def _sum(key: _Key, entries: Sequence[_Entry]) -> Sum:
    """Added up; of possible doubles the largest is sure."""
    low, high, doubtful = NOTHING.low, NOTHING, []
    for group in _doubles(entries):
        first, *others = sorted(group, key=lambda e: (-e.bounds.low, _by_number(e.dossier.id)))
        low += first.bounds.low
        doubtful += [e.dossier.id for e in others]
        for entry in group:
            high = high.plus(entry.bounds)
    ids = [e.dossier.id for e in entries if e.dossier.id not in doubtful]
    top = None if high.high is None else _plain(high.high)
    return Sum(*key, _plain(low), top, tuple(ids), tuple(sorted(doubtful, key=_by_number)))


def _doubles(entries: Sequence[_Entry]) -> list[list[_Entry]]:
    """Entries in groups: those that are possibly one stand together."""
    groups: list[list[_Entry]] = []
    for entry in entries:
        near = [g for g in groups if any(_possibly_one(entry.dossier, other.dossier) for other in g)]
        groups = [g for g in groups if not any(g is n for n in near)]
        groups.append([entry, *(e for g in near for e in g)])
    return groups


def _possibly_one(a: Dossier, b: Dossier) -> bool:
    return any(p.dossier == b.id for p in a.possible) or any(p.dossier == a.id for p in b.possible)


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
