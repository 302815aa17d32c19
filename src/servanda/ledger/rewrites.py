"""Told records -> which of them an earlier report of the same wire tells alike."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

from servanda.ledger.days import published
from servanda.ledger.words import Words
from servanda.model.dossier import Told
from servanda.model.sketch import DAYS, compare, unpack

_ALIKE = 0.5  # of the words of the shorter quote stand in the other
_MOST = 8  # reports of one wire with which a later one is compared: the first; a wire may be printed by hundreds


def mark_rewrites(told: Sequence[Told], words: Words) -> Sequence[Told]:
    """The records in their order, each with the number of the first that it rewrites, where there is one."""
    reports: dict[tuple[str, int], list[Told]] = defaultdict(list)
    for t in told:
        if t.sketch:
            reports[t.carrier.report, t.carrier.version].append(t)
    first: dict[int, int] = {}
    tokens = cache(lambda quote: frozenset(words(quote)))
    for earlier, later in _same_wire(list(reports.values())):
        for t in later:
            found = (one.id for one in earlier if _alike(tokens(one.record.quote), tokens(t.record.quote)))
            if t.id not in first and (number := next(found, None)) is not None:
                first[t.id] = number
    return [replace(t, rewrites=first.get(t.id)) for t in told] if first else told


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= max(1, _ALIKE * min(len(one), len(other)))


def _same_wire(reports: Sequence[list[Told]]) -> Iterator[tuple[list[Told], list[Told]]]:
    """The records of two reports of one wire, the earlier first. Such reports share a run of words of their beginnings
    or of their samples, so only those that do are compared.
    """
    seen: dict[int, list[int]] = defaultdict(list)
    sketches = [unpack(own[0].sketch or b"") for own in reports]
    for n, own in enumerate(reports):
        runs = sketches[n].opening | {*sketches[n].sample}
        near = (o for o in sorted({o for run in runs for o in seen[run]}) if _may_rewrite(own[0], reports[o][0]))
        for other in islice((o for o in near if compare(sketches[n], sketches[o]).one_wire), _MOST):
            yield reports[other], own
        for run in runs:
            if len(seen[run]) < _MOST:
                seen[run].append(n)


def _may_rewrite(told: Told, earlier: Told) -> bool:
    """Whether it is another report, and of the same days; one without a day may be of any."""
    in_time = not told.carrier.published or (published(told) - published(earlier)).days <= DAYS
    return in_time and told.carrier.report != earlier.carrier.report
