"""Told records -> which of them an earlier report of the same wire tells alike."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from servanda.ledger.days import published
from servanda.ledger.words import Words
from servanda.model.dossier import Told
from servanda.model.sketch import DAYS, compare, unpack

_ALIKE = 0.5  # of the words of the shorter quote stand in the other


def mark_rewrites(told: Sequence[Told], words: Words) -> Sequence[Told]:
    """The records in their order, each with the number of the first that it rewrites, where there is one."""
    reports: dict[tuple[str, int], list[Told]] = defaultdict(list)
    for t in told:
        if t.sketch:
            reports[t.carrier.report, t.carrier.version].append(t)
    first: dict[int, int] = {}
    for earlier, later in _same_wire(list(reports.values())):
        tokens = [(one.id, frozenset(words(one.record.quote))) for one in earlier]
        for t in later:
            own = frozenset(words(t.record.quote))
            found = (n for n, other in tokens if own and len(own & other) >= _ALIKE * min(len(own), len(other)))
            if t.id not in first and (number := next(found, None)) is not None:
                first[t.id] = number
    return [replace(t, rewrites=first.get(t.id)) for t in told] if first else told


def _same_wire(reports: Sequence[list[Told]]) -> Iterator[tuple[list[Told], list[Told]]]:
    """The records of two reports of one wire, the earlier first. Such reports share a run of words of their beginnings
    or of their samples, so only those that do are compared.
    """
    seen: dict[int, list[int]] = defaultdict(list)
    sketches = [unpack(own[0].sketch or b"") for own in reports]
    for n, own in enumerate(reports):
        runs = sketches[n].opening | {*sketches[n].sample}
        for other in sorted({o for run in runs for o in seen[run]}):
            near = not own[0].carrier.published or (published(own[0]) - published(reports[other][0])).days <= DAYS
            distinct = own[0].carrier.report != reports[other][0].carrier.report
            if near and distinct and compare(sketches[n], sketches[other]).one_wire:
                yield reports[other], own
        for run in runs:
            seen[run].append(n)
