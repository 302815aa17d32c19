"""Records read, right or not -> the shares by which their confidence is set, and how well it holds.

A record of a type is weighed by a logistic model over its traits; a field by the share right among those that came by
the same rule, where enough did, else in the same way, else at all.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
from measure import fields, matches

from servanda.model.reading import record_json
from servanda.reading.confidence import Confidence, column, family, odds_of, traits
from servanda.reading.draft import Draft
from servanda.reading.finish import finish_records, in_order
from servanda.reading.judge import Judge
from servanda.reading.read import Reader

if TYPE_CHECKING:
    from train import Case

Json = dict[str, Any]

ENOUGH = 12  # fields that came by a rule before its own share counts
SEEN = 5  # records that a trait must occur in
RIDGE = 12.0
ERROR = 0.05
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 1.01)


@dataclass(eq=False)
class Made:
    """A draft, whether its record is right, and which of its fields are."""

    draft: Draft
    right: bool
    fields: dict[str, bool]


def read_with(judge: Judge, cases: Sequence["Case"], score: ModuleType) -> list[Made]:
    """The records of reports as read with a judge."""
    reader = Reader(judge=judge)
    return [made for case in cases for made in _read(reader, case, score)]


def _read(reader: Reader, case: "Case", score: ModuleType) -> Iterator[Made]:
    drafts = in_order(reader.drafts(case.document, "ru"))
    records = finish_records(case.read.text, case.document.page, drafts)
    read = [record_json(r) for r in records]
    right = matches(score, case.read.records, read)
    for n, (draft, record) in enumerate(zip(drafts, read, strict=True)):
        if draft.type not in case.read.types:
            continue
        known = n in right and not case.read.judged
        told = dict(fields(score, case.read.records[right[n]], record)) if known else {}
        yield Made(draft, n in right, told)


def measure(made: Sequence[Made]) -> Json:
    """What `confidence.json` holds."""
    by_type: defaultdict[str, list[Made]] = defaultdict(list)
    for one in made:
        by_type[one.draft.type].append(one)
    return {"records": {kind: _weights(of) for kind, of in sorted(by_type.items())}, "fields": _shares(made)}


def _weights(made: Sequence[Made]) -> dict[str, float]:
    from train import solve

    own = [set(traits(m.draft)) for m in made]
    seen: defaultdict[str, int] = defaultdict(int)
    for names in own:
        for name in names:
            seen[name] += 1
    columns = sorted(n for n, times in seen.items() if SEEN <= times < len(made))
    rows = np.zeros((len(made), 2 + len(columns)))
    rows[:, 0] = 1
    rows[:, 1] = [odds_of(m.draft.score) for m in made]
    for row, names in zip(rows, own, strict=True):
        row[2:] = [name in names for name in columns]
    weights = solve(rows, np.array([m.right for m in made], float), RIDGE, np.ones(len(made)))
    return {n: round(float(w), 3) for n, w in zip(("", "odds", *columns), weights, strict=True)}


def _shares(made: Sequence[Made]) -> dict[str, dict[str, float]]:
    told: defaultdict[str, defaultdict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for one in made:
        for path, right in one.fields.items():
            if basis := one.draft.basis.get(path):
                for key in ("", basis.how.value, family(basis)):
                    told[f"{one.draft.type}.{column(path)}"][key].append(right)
    return {
        name: {key: round(sum(r) / len(r), 2) for key, r in sorted(keys.items()) if not key or len(r) >= ENOUGH}
        for name, keys in sorted(told.items())
    }


def curve(name: str, made: Sequence[Made], known: Confidence) -> str:
    """How confidence holds: a Markdown table of shares right by confidence, and what could be accepted unseen."""
    sure = np.array([known.of(m.draft)[""] for m in made])
    right = np.array([m.right for m in made])
    rows = [f"| {name}: confidence | records | mean | right |", "|---|---|---|---|"]
    for low, high in pairwise(BINS):
        inside = (sure >= low) & (sure < high)
        if inside.any():
            share, mean = right[inside].mean(), sure[inside].mean()
            rows.append(f"| {low:.1f} to {min(high, 1):.1f} | {inside.sum()} | {mean:.2f} | {share:.2f} |")
    return "\n".join([*rows, f"accepted unseen at {ERROR:.0%} error: {_acceptable(sure, right):.1%} of {len(made)}"])


def _acceptable(sure: Any, right: Any) -> float:
    """The largest share of records, surest first, of which at most `ERROR` are wrong."""
    order = np.argsort(-sure, kind="stable")
    wrong = np.cumsum(~right[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(wrong <= ERROR)
    return float((good[-1] + 1) / len(order)) if len(good) else 0.0
