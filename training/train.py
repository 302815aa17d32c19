"""Reports with right readings -> the weights of the judge of undertakings, the confidence of records and fields, and
what both are worth.

    python training/train.py

A candidate is right where it tells a right undertaking by the gold's measure and no other tells it much better. The
model is a logistic regression with ridge, by Newton's method; the thresholds, of wires and of articles, are amid
those at which F1 in five folds over reports is highest. Same input, same weights. The reports are those of `corpus`.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt
from calibrate import Made, curve, measure, read_with
from corpus import LINE, SHARED, Read, corpus, gold
from measure import scorer

from servanda.lang import load
from servanda.model.report import Report
from servanda.reading.candidates import Candidate
from servanda.reading.confidence import Confidence
from servanda.reading.context import Context
from servanda.reading.document import Document
from servanda.reading.instruments import find_instruments
from servanda.reading.judge import Judge
from servanda.reading.layout import lay_out
from servanda.reading.read import Reader
from servanda.reading.scene import Scene
from servanda.reading.undertakings import Weigher, rank, same_words

Floats = npt.NDArray[np.float64]
Json = dict[str, Any]

OUT = Path(__file__).resolve().parent.parent / "src/servanda/reading/data"
SEEN = 4  # reports in which a trait must occur
WIDTH = 32  # dimensions that the meanings of words are brought down to
RIDGE, SPREAD = 15.0, 0.3  # how strongly weights are held down; how much a meaning weighs beside a trait
LIKE, BEST = 0.5, 0.1  # likeness from which a record counts as the right one; how much less than the best is as good
WORDS = 0.3  # likeness of object and quote from which two records are about the same words
FOLDS = 5
FLAT = 0.005  # F1 by which thresholds are as good as the best: the middle of them is taken


@dataclass(eq=False)
class Example:
    """A candidate of a report, and whether it is right."""

    report: str
    sentence: int
    candidate: Candidate
    long: bool  # whether of an article
    weight: float  # 0 where it is about the words of a right undertaking that another tells better: nothing is learned
    likes: Floats  # how much its record is each of the right undertakings of its report
    right: bool
    odds: float = 0.0  # by a model that has not seen its report


@dataclass(eq=False)
class Case:
    """A report, its document and its candidates."""

    read: Read
    document: Document
    examples: list[Example]

    @property
    def long(self) -> bool:
        """Whether it is, or holds, an article."""
        return any(e.long for e in self.examples)

    @property
    def wanted(self) -> int:
        """How many undertakings are to be found."""
        return sum(r["type"] == "undertaking" for r in self.read.records)


def main() -> int:
    """Read, fit, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="where the gold and the texts lie")
    args = parser.parse_args()
    reader, score = Reader(), scorer(args.shared / "gold/score.py")
    cases = [open_case(reader, report, score) for report in corpus(args.shared)]
    examples = [e for case in cases for e in case.examples]
    cross(examples)
    thresholds = []
    for name, long in (("wires", False), ("articles", True)):
        threshold, line = best_threshold([c for c in cases if fold_of(c.read.id) >= 0 and c.long == long])
        thresholds.append(threshold)
        print(f"{name}: {line}")
    write("undertakings.json", {"thresholds": thresholds, **fit(examples)})
    sets = {k: [c for c in cases if fold_of(c.read.id) == k] for k in range(FOLDS)}
    made: list[Made] = []
    for k, held_out in sets.items():
        seen = [e for e in examples if fold_of(e.report) != k]
        made += read_with(judge_of({"thresholds": thresholds, **fit(seen)}), held_out, score)
    shares = measure(made)
    write("confidence.json", shares)
    known = Confidence(**shares)
    print(curve("learned from", made, known))
    judge = judge_of(json.loads((OUT / "undertakings.json").read_text(encoding="utf-8")))
    unseen = [open_case(reader, report, score) for report in gold(args.shared, "check")]
    print(curve("check", read_with(judge, unseen, score), known))
    return 0


def write(name: str, data: Json) -> None:
    """A file of the package's data."""
    (OUT / name).write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def judge_of(model: Json) -> Judge:
    """A model as the judge that reads with it."""
    meanings = {place: np.array(values) for place, values in model["meanings"].items()}
    return Judge(model["weights"], meanings, tuple(model["thresholds"]), load("ru").vector)


def open_case(reader: Reader, read: Read, score: ModuleType) -> Case:
    """A report with its candidates, each held against the right undertakings."""
    document, weigher, found = weigh(reader, read)
    drafts = [weigher.draft(number, candidate).values for number, candidate in found]
    rights = [r for r in read.records if r["type"] == "undertaking"]
    likes = np.array([[score.similarity(right, draft) for right in rights] for draft in drafts])
    likes = likes.reshape(len(drafts), len(rights))
    words = np.array([[_likeness(score, right, draft) for right in rights] for draft in drafts]).reshape(likes.shape)
    best = likes.max(axis=0, initial=0)
    tells = (likes >= LIKE) & (words >= WORDS) & (likes >= best - BEST)
    near = (likes >= LIKE) | (words >= WORDS)
    examples = []
    for n, (number, candidate) in enumerate(found):
        long = document.item_of(document.sentences[number]) in document.articles
        right = bool(tells[n].any())
        weight = read.weight if right or not near[n].any() else 0.0
        examples.append(Example(read.id, number, candidate, long, weight, likes[n], right))
    return Case(read, document, examples)


def weigh(reader: Reader, read: Read) -> tuple[Document, Weigher, list[tuple[int, Candidate]]]:
    """A report, what makes drafts of its candidates, and these with the numbers of their sentences."""
    document = reader.document(lay_out(Report(read.id, read.text, read.published, "ru"), reader.tables), "ru")
    instruments = find_instruments(document, load("ru"), reader.tables)
    weigher = Weigher(Context(document, Scene(document, reader.tables), reader.tables, instruments))
    return document, weigher, [(n, c) for n, s in enumerate(document.sentences) for c in weigher.weigh(s)]


def _likeness(score: ModuleType, right: Json, read: Json) -> float:
    """How much two undertakings are about the same words."""
    thing, quote = (score.overlap(right.get(name), read.get(name)) for name in ("object", "quote"))
    return float(0.6 * thing + 0.4 * quote)


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
    return space.model(_solved(space, examples))


def _solved(space: Space, examples: Sequence[Example]) -> Floats:
    right = np.array([e.right for e in examples], float)
    return solve(space.rows(examples), right, RIDGE, np.array([e.weight for e in examples]))


def solve(rows: Floats, right: Floats, strength: float, counts: Floats) -> Floats:
    """Logistic regression of rows that count as given, with ridge (none on the first column), by Newton's method."""
    weights = np.zeros(rows.shape[1])
    ridge = np.full(rows.shape[1], strength)
    ridge[0] = 1e-6
    for _ in range(25):
        odds = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (counts * (odds - right)) + ridge * weights
        bend = (rows * (counts * odds * (1 - odds))[:, None]).T @ rows
        bend[np.diag_indices_from(bend)] += ridge
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-7:
            break
    return weights


def fold_of(report: str) -> int:
    """The fold of a report, by its id alone; -1 for a line of the cases: learned from, never measured."""
    return -1 if report.startswith(LINE) else crc32(report.encode()) % FOLDS


def cross(examples: Sequence[Example]) -> None:
    """Each example's odds, by a model that has not seen its report."""
    for k in range(FOLDS):
        seen = [e for e in examples if fold_of(e.report) != k]
        unseen = [e for e in examples if fold_of(e.report) == k]
        space = Space(seen)
        odds = 1 / (1 + np.exp(-space.rows(unseen) @ _solved(space, seen)))
        for example, own in zip(unseen, odds.tolist(), strict=True):
            example.odds = own


def best_threshold(cases: Sequence[Case]) -> tuple[float, str]:
    """The threshold, and a line that says what it is worth."""
    kept = [_kept(case.examples) for case in cases]
    measured = [(t, *_measure(cases, kept, t)) for t in np.arange(0.1, 0.7, 0.02).round(2).tolist()]
    best = max(f1 for *_, f1 in measured)
    threshold = float(np.mean([t for t, *_, f1 in measured if f1 >= best - FLAT]).round(2))
    precision, recall, f1 = _measure(cases, kept, threshold)
    return threshold, (
        f"{sum(len(c.examples) for c in cases)} candidates, {sum(c.wanted for c in cases)} undertakings to find; "
        f"threshold {threshold:.2f}, in folds P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"
    )


def _measure(cases: Sequence[Case], kept: Sequence[Sequence[Example]], threshold: float) -> tuple[float, float, float]:
    """Precision, recall and F1 by the gold's measure, each report at its weight."""
    right = read = wanted = 0.0
    for case, examples in zip(cases, kept, strict=True):
        taken = [e.likes for e in examples if e.odds >= threshold]
        right += case.read.weight * _matched(taken)
        read += case.read.weight * len(taken)
        wanted += case.read.weight * case.wanted
    return right / max(1, read), right / max(1, wanted), 2 * right / max(1, read + wanted)


def _matched(likes: Sequence[Floats]) -> int:
    """How many of the records are one right undertaking each, the likeliest pairs first."""
    pairs = sorted(((-like, n, m) for n, row in enumerate(likes) for m, like in enumerate(row) if like >= LIKE))
    one, other = set[int](), set[int]()
    for _, n, m in pairs:
        if n not in one and m not in other:
            one.add(n)
            other.add(m)
    return len(one)


def _kept(examples: Sequence[Example]) -> list[Example]:
    """Of several over the same words the likeliest."""
    kept: list[Example] = []
    for one in sorted(examples, key=lambda e: -rank(e.candidate, e.odds)):
        if not any(same_words(one.candidate, e.candidate) for e in kept if e.sentence == one.sentence):
            kept.append(one)
    return kept


if __name__ == "__main__":
    sys.exit(main())
