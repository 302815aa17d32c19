"""Outputs of a run -> its manifest: a line a shard, one for each input that could not be cut, and the sums."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from servanda.bulk.folder import MANIFEST
from servanda.bulk.job import Facts, plain_fault
from servanda.bulk.journal import COUNTED
from servanda.bulk.output import read_facts, write_whole
from servanda.bulk.rows import dump
from servanda.errors import InputError
from servanda.sources.rejected import Rejected

_SUMMED = ("documents", *COUNTED)
Totals = dict[str, int]


def write_manifest(out: Path, plan: Sequence[str | Rejected]) -> Totals:
    """Write the manifest anew from the outputs, which are named in the order of the plan; the sums."""
    totals = dict.fromkeys(("shards", *_SUMMED), 0)
    lines = [dump(line) for line in _lines(out, plan, totals)]
    write_whole(out / MANIFEST, ((line + "\n").encode("utf-8", "backslashreplace") for line in lines))
    return totals


def find_faults(out: Path, plan: Iterable[str | Rejected]) -> Iterator[Rejected]:
    """What could not be read, in order."""
    for one in plan:
        if isinstance(one, Rejected):
            yield one
        else:
            faults = _facts_of(out, one)["faults"]
            for plain in (*faults["rejected"], *faults["quarantined"]):
                yield Rejected(plain["place"], plain["message"], plain["remedy"])


def _lines(out: Path, plan: Iterable[str | Rejected], totals: Totals) -> Iterator[dict[str, Any]]:
    for one in plan:
        if isinstance(one, Rejected):
            totals["rejected"] += 1
            yield {"rejected": plain_fault(one)}
        else:
            facts = _facts_of(out, one)
            totals["shards"] += 1
            for name in _SUMMED:
                totals[name] += facts.get(name, 0)  # outputs written before may not count "no page"
            yield {"output": one, **facts}
    yield {"totals": totals}


def _facts_of(out: Path, output: str) -> Facts:
    facts = read_facts(out / output)
    if facts is None:
        raise InputError(str(out / output), "is gone or damaged", "run the same command again")
    return facts
