"""A dossier as of a day -> its rows in the index: what a list shows, filters and sorts by. And back. Pure."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from servanda.ledger.checking import compared_under
from servanda.ledger.days import day_of
from servanda.ledger.due import awaits
from servanda.ledger.entries import dump
from servanda.ledger.parties import keys_of
from servanda.ledger.weight import weigh
from servanda.model.dossier import Discrepancy, Dossier, Told, dossier_json
from servanda.model.edtf import first_day, last_day
from servanda.model.plain import dossier_from_json

AGENCY = "@"  # before the name of an agency in the table of what is filed under which key
_LEFT_OUT = ("under", "origins", "possible")  # stands on the page of the dossier alone
_GROUNDS = ("evidence", "basis", "confidence")

Row = dict[str, Any]


def shorten(dossier: Dossier) -> Dossier:
    """The dossier as lists need it: its title, its line and how it stands are those of the whole.

    Told are only the record that a list shows and, where a promise was not kept, who says so; without evidence.
    """
    accusing = {n for p in dossier.progress if p.progress == "broken" for n in p.told}
    listed = dossier.listed.id
    kept = [t for t in dossier.told if t.id in accusing or t.id == listed]
    told = tuple(_without_grounds(t) for t in kept)
    return replace(dossier, told=told, under=None, origins=(), possible=())


def _without_grounds(told: Told) -> Told:
    record = replace(told.record, evidence={}, basis={}, confidence={})
    return replace(told, record=record, carrier=replace(told.carrier, text=None))


def pack(dossier: Dossier) -> str:
    """A shortened dossier as it is stored; the day of the view goes without saying."""
    plain = dossier_json(dossier)
    body = {name: value for name, value in plain.items() if name not in (*_LEFT_OUT, "as_of")}
    for told in body["told"]:
        told["record"] = {k: v for k, v in told["record"].items() if k not in _GROUNDS}
    return dump(body)


@lru_cache(maxsize=512)
def unpack(body: str, today: date) -> Dossier:
    """A stored dossier again, as of today."""
    return dossier_from_json({**json.loads(body), "as_of": today.isoformat()})


def make_brief(dossier: Dossier, numbers: Mapping[str, int], waiting: Sequence[Row], today: date) -> Row:
    """The row of a dossier; `numbers` are those of the entries of its report versions, by `carrier_key`."""
    record, carriers = dossier.listed.record, [t.carrier for t in dossier.told]
    days = [day_of(c.published, c.recorded) for c in carriers]
    due = last_day(dossier.due) if dossier.due and awaits(dossier) else None
    return {
        "number": int(dossier.id[1:]),
        "type": dossier.type,
        "act": next((w for name in ("act", "kind", "metric") if (w := getattr(record, name, None))), ""),
        "status": dossier.status,
        "first": min(days),
        "last": max(days),
        "due": due.isoformat() if due else None,
        "until": _changes_on(dossier, today),
        "reports": len({c.report for c in carriers}),
        "records": len(dossier.told),
        "origins": len(dossier.origins),
        "grade": dossier.grade,
        "withdrawn": all(c.withdrawn for c in carriers),
        "waiting": len(waiting),
        "rank": max((row["rank"] for row in waiting), default=0.0),
        "parties": dump(dossier.parties),
        "agencies": dump(sorted({c.agency for c in carriers if c.agency})),
        "carriers": dump(sorted({numbers[carrier_key(t)] for t in dossier.told})),
    }


def carrier_key(told: Told) -> str:
    """The report version that tells a record."""
    return f"{told.carrier.version} {told.carrier.report}"


def _changes_on(dossier: Dossier, today: date) -> str | None:
    """The first day to come on which it stands otherwise though nothing more is told: a step comes, a deadline passed.

    None where there is none.
    """
    starts = [first_day(s.date) for s in dossier.steps if s.date]
    ends = [last_day(d.due) for d in dossier.dues]
    days = [*filter(None, starts), *(end + timedelta(days=1) for end in ends if end and end < date.max)]
    return min((day.isoformat() for day in days if day > today), default=None)


def make_filed(dossier: Dossier, brief: Row) -> list[Row]:
    """Where a dossier is filed: under each party, each pair, each agency, and where it is compared with others."""
    agencies = [AGENCY + name for name in json.loads(brief["agencies"])]
    keys = [*keys_of(dossier), *compared_under(dossier), *agencies]
    return [{"key": key, "last": brief["last"], "number": brief["number"]} for key in keys]


def make_waiting(dossier: Dossier, findings: Sequence[Discrepancy]) -> Iterator[Row]:
    """A row for each record that no person has seen; what was withdrawn or purged waits for nobody."""
    odd = any(found.level != "note" for found in findings)
    for told in dossier.told:
        if told.review is None and not told.carrier.withdrawn and not told.carrier.purged:
            weighed = weigh(told, dossier, odd)
            yield {
                "record": told.id,
                "dossier": int(dossier.id[1:]),
                "type": dossier.type,
                "day": day_of(told.carrier.published, told.carrier.recorded),
                "doubt": weighed.doubt,
                "weight": weighed.weight,
                "rank": round(weighed.rank, 6),
            }
