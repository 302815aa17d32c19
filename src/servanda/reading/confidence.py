"""Draft -> how sure it and its fields are, measured on reports read by people.

A record's confidence is the share of records of its make that were right: a logistic model over how its fields came
from the words. A field's is that times the share of such fields that were right where their record was.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from servanda.model.reading import Basis
from servanda.reading.document import LONGEST_WIRE
from servanda.reading.draft import Draft

LEAST = 0.2  # confidence of an undertaking below which it is not told: six in seven of these are wrong
IN_LONG = 0.35  # of an undertaking in a long wire, where what is told besides the news counts for more
IN_ARTICLE = 0.65  # of any record in an article: two in three of those below are wrong
_LONG = 2_000  # letters of a long wire
ALONE = 0.53  # odds of an undertaking from which it is told where its news holds no surer one and no other record
_TOLD = ("kind", "act", "modality", "progress", "certainty", "metric", "status")  # closed lists of values
_COUNTED = ("parties", "steps", "by", "to", "amounts", "terms", "places", "who", "changes", "participants", "topics")
_SIDES = frozenset(("parties", "by", "to", "who", "participants"))  # what articles get wrong in other ways than wires
_SINGLE = ("subject", "valid", "object", "when", "period", "amount", "place", "date")


def traits(draft: Draft) -> Iterator[str]:
    """What a record is made of."""
    for name in _TOLD:
        if value := draft.get(name):
            yield f"{name}={value}"
    for name in _COUNTED:
        if (value := draft.get(name)) is not None:
            yield f"{name}*{min(3, len(value))}"
    for name in _SINGLE:
        if draft.get(name) is not None:
            yield name
    made = {(column(path), basis.how.value, family(basis)) for path, basis in draft.basis.items()}
    for name, how, rule in sorted(made):
        yield f"{name}:{how}"
        yield f"{name}:{rule}"
    if draft.under:
        yield "under"
    if draft.letters > LONGEST_WIRE:
        yield "article"
        yield from (f"article/{name}:{rule}" for name, _, rule in sorted(made) if name in _SIDES)
    yield from draft.setting
    yield f"words*{min(4, len(str(draft.get('quote')).split()) // 6)}"


def column(path: str) -> str:
    """The field of a path, whatever its place in a list: "by/1" -> "by", "steps/0/date" -> "steps.date"."""
    return ".".join(part for part in path.split("/") if not part.isdigit())


def family(basis: Basis) -> str:
    """The first word of a rule: "time:weekday" -> "time"."""
    return basis.rule.partition(":")[0]


def odds_of(probability: float) -> float:
    """A probability as log odds, within bounds."""
    bounded = min(0.99, max(0.01, probability))
    return math.log(bounded / (1 - bounded))


@dataclass(frozen=True, slots=True)
class Confidence:
    """The measured shares. `records`: weights by type and trait ("" for none, "odds" for the judge's); `fields`:
    shares by type and column, then by rule, way ("how") or "" for all.
    """

    records: Mapping[str, Mapping[str, float]]
    fields: Mapping[str, Mapping[str, float]]

    def of(self, draft: Draft) -> dict[str, float]:
        """The confidence of the record (path "") and of each of its fields."""
        whole = self.whole(draft)
        said = {path: whole * self._share(draft.type, path, basis) for path, basis in draft.basis.items()}
        return {"": round(whole, 2), **{path: round(share, 2) for path, share in said.items()}}

    def whole(self, draft: Draft) -> float:
        """The confidence of the record alone, not rounded."""
        weights = self.records[draft.type]
        total = weights[""] + weights.get("odds", 0.0) * odds_of(draft.score)
        total += sum(weights.get(trait, 0.0) for trait in traits(draft))
        return 1 / (1 + math.exp(-total))

    def _share(self, kind: str, path: str, basis: Basis) -> float:
        shares = self.fields.get(f"{kind}.{column(path)}", {})
        return shares.get(family(basis), shares.get(basis.how.value, shares.get("", 1.0)))


@lru_cache(maxsize=1)
def load_confidence() -> Confidence:
    """The shares that come with the package."""
    data = json.loads(files("servanda.reading").joinpath("data/confidence.json").read_text(encoding="utf-8"))
    return Confidence(data["records"], data["fields"])


def _least(draft: Draft) -> float:
    if draft.letters > LONGEST_WIRE:
        return IN_ARTICLE
    if draft.type != "undertaking":
        return 0.0
    return IN_LONG if draft.letters > _LONG else LEAST


def sure(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts that are sure enough to be told: of undertakings the judge weighs the clause, this also what was read
    from it, and whether the news tells anything else; of articles, which mostly tell history, opinions and what may be,
    any record must be likelier right than wrong.
    """
    known = load_confidence()
    kept = [d for d in drafts if round(known.whole(d), 2) >= _least(d)]
    backed = {d.item for d in kept if d.type != "undertaking" or d.score >= ALONE}
    return [d for d in kept if d.item in backed]
