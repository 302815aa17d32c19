"""Reports with right readings -> the weights of the judge of undertakings, and what they are worth.

    python training/train.py FOLDER... [--out FILE]

Each folder holds `reports.jsonl` (id, text, published) and beside or below it one <id>.json a report with its right
records. A candidate is right where its object and quote are those of a right undertaking. The model is fitted with
ridge by Newton's method; the threshold is where F1 is highest in five folds over reports. Same input, same weights.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from servanda.lang import load
from servanda.model.report import Report
from servanda.reading.candidates import Candidate
from servanda.reading.context import Context
from servanda.reading.instruments import find_instruments
from servanda.reading.layout import lay_out
from servanda.reading.merge import overlap
from servanda.reading.read import Reader
from servanda.reading.scene import Scene
from servanda.reading.undertakings import Weigher, same_words

Floats = npt.NDArray[np.float64]
Json = dict[str, Any]

OUT = Path(__file__).resolve().parent.parent / "src/servanda/reading/data/undertakings.json"
SEEN = 3  # reports in which a trait must occur
WIDTH = 16  # dimensions that the meanings of words are brought down to
RIDGE, SPREAD = 20.0, 0.3  # how strongly weights are held down; how much a meaning weighs beside a trait
CLOSE = 0.4  # likeness from which a candidate tells a right undertaking
FOLDS = 5


@dataclass(eq=False)
class Example:
    """A candidate of a report, and whether it is right."""

    report: str
    sentence: int
    candidate: Candidate
    likeness: dict[int, float] = field(default_factory=dict)
    right: bool = False


def main() -> int:
    """Read, fit, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--ids", type=Path, help="a file of report ids to keep, one a line")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    keep = set(args.ids.read_text().split()) if args.ids else None
    examples = [e for folder in args.folders for e in read_folder(folder, keep)]
    model = fit(examples)
    odds = cross(examples)
    threshold, line = best_threshold(examples, odds)
    print(line, file=sys.stderr)
    import os

    if os.environ.get("DUMP"):
        for pre in ("n-", "ru-", "w-", "wa", "wb", "wc", "wd", "o-", "s-"):
            at = [i for i, e in enumerate(examples) if e.report.startswith(pre)]
            if at:
                print(pre, best_threshold([examples[i] for i in at], odds[at], threshold)[1], file=sys.stderr)
    args.out.write_text(json.dumps({"threshold": threshold, **model}, ensure_ascii=False, indent=0), encoding="utf-8")
    return 0


def read_folder(folder: Path, keep: set[str] | None) -> Iterator[Example]:
    """The examples of a folder's reports."""
    reader = Reader()
    for line in (folder / "reports.jsonl").read_text(encoding="utf-8").split("\n"):
        if not line.strip():
            continue
        row = json.loads(line)
        gold = next((p for p in (folder / f"{row['id']}.json", folder / f"gold/{row['id']}.json") if p.is_file()), None)
        if gold and (keep is None or row["id"] in keep):
            yield from examples_of(reader, row, json.loads(gold.read_text(encoding="utf-8"))["records"])


def examples_of(reader: Reader, row: Json, records: Sequence[Json]) -> list[Example]:
    """The candidates of a report; of those that tell one right undertaking the closest is right."""
    language, report = load("ru"), Report(row["id"], row["text"], row.get("published"), "ru")
    document = reader.document(lay_out(report, reader.tables), "ru")
    instruments = find_instruments(document, language, reader.tables)
    context = Context(document, Scene(document, reader.tables), reader.tables, instruments)
    weigher = Weigher(context)
    examples = [
        Example(row["id"], number, candidate)
        for number, sentence in enumerate(document.sentences)
        for candidate in weigher.weigh(sentence)
    ]
    drafts = [weigher.draft(e.sentence, e.candidate) for e in examples]
    for right in (r for r in records if r["type"] == "undertaking"):
        close = [(likeness(right, draft.values), -n) for n, draft in enumerate(drafts)]
        if close and max(close)[0] >= CLOSE:
            examples[-max(close)[1]].right = True
    return examples


def likeness(right: Json, read: Json) -> float:
    """How much a reading tells the right undertaking: by object and quote, then by act and sides."""
    words = 0.6 * overlap(right["object"], read.get("object")) + 0.4 * overlap(right["quote"], read["quote"])
    sides = sum(_shared(right[name], read.get(name) or ()) for name in ("by", "to")) / 2
    return words + 0.15 * sides + 0.1 * (right["act"] == read.get("act"))


def _shared(a: Sequence[str], b: Sequence[str]) -> float:
    union = {*a, *b}
    return len({*a} & {*b}) / len(union) if union else 1.0


class Space:
    """Traits and meanings -> rows of numbers."""

    def __init__(self, examples: Sequence[Example]) -> None:
        seen: defaultdict[str, set[str]] = defaultdict(set)
        for example in examples:
            for trait in example.candidate.traits:
                seen[trait].add(example.report)
        self.traits = {t: n for n, t in enumerate(sorted(t for t, r in seen.items() if len(r) >= SEEN))}
        self.vector = load("ru").vector
        self.places = sorted({p for e in examples for p in e.candidate.words})
        lemmas = sorted({w for e in examples for ws in e.candidate.words.values() for w in ws})
        vectors = np.array([v for v in map(self.vector, lemmas) if v is not None])
        _, _, axes = np.linalg.svd(vectors - vectors.mean(0), full_matrices=False)
        down = axes[:WIDTH].T
        self.down: Floats = down / (vectors @ down).std(0) * SPREAD  # 300 x WIDTH
        self._known: dict[str, Floats | None] = {}

    def rows(self, examples: Sequence[Example]) -> Floats:
        """One row an example: 1, its traits, the mean meaning of the words at each place."""
        out = np.zeros((len(examples), 1 + len(self.traits) + WIDTH * len(self.places)))
        out[:, 0] = 1
        for row, example in zip(out, examples, strict=True):
            row[[1 + self.traits[t] for t in example.candidate.traits if t in self.traits]] = 1
            for n, place in enumerate(self.places):
                known = [v for w in example.candidate.words[place] if (v := self._low(w)) is not None]
                if known:
                    at = 1 + len(self.traits) + n * WIDTH
                    row[at : at + WIDTH] = np.mean(known, axis=0)
        return out

    def _low(self, lemma: str) -> Floats | None:
        if lemma not in self._known:
            vector = self.vector(lemma)
            self._known[lemma] = None if vector is None else vector @ self.down
        return self._known[lemma]

    def model(self, weights: Floats) -> Json:
        """The weights by name, the meanings back in the space of the vectors."""
        traits = {"": weights[0]} | {t: weights[1 + n] for t, n in self.traits.items()}
        low = weights[1 + len(self.traits) :].reshape(len(self.places), WIDTH)
        meanings = {p: np.round(self.down @ low[n], 4).tolist() for n, p in enumerate(self.places)}
        return {"weights": {t: round(float(w), 3) for t, w in traits.items()}, "meanings": meanings}


def fit(examples: Sequence[Example]) -> Json:
    """The model of the examples."""
    space = Space(examples)
    return space.model(solve(space.rows(examples), _right(examples)))


def solve(rows: Floats, right: Floats) -> Floats:
    """Logistic regression with ridge (none on the first column), by Newton's method."""
    weights = np.zeros(rows.shape[1])
    ridge = np.full(rows.shape[1], RIDGE)
    ridge[0] = 1e-6
    for _ in range(25):
        odds = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (odds - right) + ridge * weights
        bend = (rows * (odds * (1 - odds))[:, None]).T @ rows
        bend[np.diag_indices_from(bend)] += ridge
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-7:
            break
    return weights


def cross(examples: Sequence[Example]) -> Floats:
    """The odds of each example by a model that has not seen its report."""
    reports = sorted({e.report for e in examples})
    fold = {r: n % FOLDS for n, r in enumerate(reports)}
    odds = np.zeros(len(examples))
    for k in range(FOLDS):
        seen = [e for e in examples if fold[e.report] != k]
        unseen = [n for n, e in enumerate(examples) if fold[e.report] == k]
        space = Space(seen)
        weights = solve(space.rows(seen), _right(seen))
        odds[unseen] = 1 / (1 + np.exp(-space.rows([examples[n] for n in unseen]) @ weights))
    return odds


def best_threshold(examples: Sequence[Example], odds: Floats, only: float = 0.0) -> tuple[float, str]:
    """Where F1 is highest, when of several candidates over the same words the likeliest is kept."""
    right = _right(examples)
    kept = _kept(examples, odds)
    best = (0.0, 0.0, "")
    for threshold in [only] if only else np.arange(0.1, 0.7, 0.02):
        taken = kept & (odds >= threshold)
        hits = float((taken * right).sum())
        precision, recall = hits / max(1, taken.sum()), hits / right.sum()
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        line = f"{len(examples)} candidates, {int(right.sum())} right; in folds: threshold {threshold:.2f}"
        best = max(best, (f1, float(threshold), f"{line} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"))
    ruled = np.array([e.candidate.ruled for e in examples])
    hits = float((ruled * right).sum())
    rules = f"rules alone P {hits / ruled.sum():.3f} R {hits / right.sum():.3f}"
    return round(best[1], 2), f"{best[2]}; {rules}"


def _kept(examples: Sequence[Example], odds: Floats) -> npt.NDArray[np.bool_]:
    sentences: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for n, e in enumerate(examples):
        sentences[e.report, e.sentence].append(n)
    kept = np.zeros(len(examples), bool)
    for numbers in sentences.values():
        chosen: list[int] = []
        for n in sorted(numbers, key=lambda n: -odds[n]):
            if not any(same_words(examples[n].candidate, examples[c].candidate) for c in chosen):
                chosen.append(n)
        kept[chosen] = True
    return kept


def _right(examples: Sequence[Example]) -> Floats:
    return np.array([e.right for e in examples], float)


if __name__ == "__main__":
    sys.exit(main())
