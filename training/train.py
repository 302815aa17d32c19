"""Reports with right readings -> the weights of the judge of undertakings, the confidence of records and fields, and
what both are worth.

    python training/train.py

A candidate is right where its object and quote are those of a right undertaking. The model is a logistic regression
with ridge, by Newton's method; the thresholds, of wires and of articles, are amid
those at which F1 in five folds over reports is highest. Same input, same weights. The reports are those of `corpus`.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
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
from servanda.reading.judge import LONG, Judge
from servanda.reading.layout import lay_out
from servanda.reading.merge import overlap
from servanda.reading.read import Reader
from servanda.reading.scene import Scene
from servanda.reading.undertakings import Weigher, rank, same_words

Floats = npt.NDArray[np.float64]
Json = dict[str, Any]

OUT = Path(__file__).resolve().parent.parent / "src/servanda/reading/data"
SEEN = 4  # reports in which a trait must occur
WIDTH = 32  # dimensions that the meanings of words are brought down to
RIDGE, SPREAD = 30.0, 0.3  # how strongly weights are held down; how much a meaning weighs beside a trait
CLOSE, SURE = 0.45, 0.55  # likeness from which a candidate may tell a right undertaking, and surely does
FOLDS = 5
FLAT = 0.005  # F1 by which thresholds are as good as the best: the middle of them is taken


@dataclass(eq=False)
class Example:
    """A candidate of a report, and whether it is right."""

    report: str
    sentence: int
    candidate: Candidate
    long: bool  # whether of an article
    weight: float
    tells: set[tuple[str, int]] = field(default_factory=set)  # the right undertakings that it tells: report, number


@dataclass(eq=False)
class Case:
    """A report, its document and its candidates."""

    read: Read
    document: Document
    examples: list[Example]


def main() -> int:
    """Read, fit, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="where the gold and the texts lie")
    args = parser.parse_args()
    reader = Reader()
    cases = [open_case(reader, report) for report in corpus(args.shared)]
    examples = [e for case in cases for e in case.examples]
    odds = cross(examples)
    thresholds = []
    for name, long in (("wires", False), ("articles", True)):
        of_kind = [n for n, e in enumerate(examples) if fold_of(e.report) >= 0 and e.long == long]
        threshold, line = best_threshold([examples[n] for n in of_kind], odds[of_kind])
        thresholds.append(threshold)
        print(f"{name}: {line}")
    write("undertakings.json", {"thresholds": thresholds, **fit(examples)})
    score = scorer(args.shared / "gold/score.py")
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
    unseen = [open_case(reader, report) for report in gold(args.shared, "check")]
    print(curve("check", read_with(judge, unseen, score), known))
    return 0


def write(name: str, data: Json) -> None:
    """A file of the package's data."""
    (OUT / name).write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def judge_of(model: Json) -> Judge:
    """A model as the judge that reads with it."""
    meanings = {place: np.array(values) for place, values in model["meanings"].items()}
    return Judge(model["weights"], meanings, tuple(model["thresholds"]), load("ru").vector)


def open_case(reader: Reader, read: Read) -> Case:
    """A report with its candidates; those are right that tell a right undertaking, surely or closest of all."""
    document = reader.document(lay_out(Report(read.id, read.text, read.published, "ru"), reader.tables), "ru")
    instruments = find_instruments(document, load("ru"), reader.tables)
    weigher = Weigher(Context(document, Scene(document, reader.tables), reader.tables, instruments))
    lengths = Counter(map(document.item_of, document.sentences))
    examples = [
        Example(read.id, number, candidate, lengths[document.item_of(sentence)] > LONG, read.weight)
        for number, sentence in enumerate(document.sentences)
        for candidate in weigher.weigh(sentence)
    ]
    drafts = [weigher.draft(e.sentence, e.candidate).values for e in examples]
    for number, right in enumerate(read.records):
        if right["type"] != "undertaking":
            continue
        close = [likeness(right, draft) for draft in drafts]
        least = max(CLOSE, min(SURE, max(close, default=0)))
        for example, like in zip(examples, close, strict=True):
            if like >= least:
                example.tells.add((read.id, number))
    return Case(read, document, examples)


def likeness(right: Json, read: Json) -> float:
    """How much a reading is the right undertaking: by its words, its sides and its act."""
    words = 0.6 * overlap(right.get("object"), read.get("object")) + 0.4 * overlap(right["quote"], read["quote"])
    sides = sum(_shared(right.get(name) or (), read.get(name) or ()) for name in ("by", "to")) / 2
    return 0.45 * words + 0.3 * sides + (0.25 if right["act"] == read.get("act") else 0.0)


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
    return space.model(solve(space.rows(examples), _right(examples), RIDGE, _weights(examples)))


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


def cross(examples: Sequence[Example]) -> Floats:
    """The odds of each example by a model that has not seen its report."""
    odds = np.zeros(len(examples))
    for k in range(FOLDS):
        seen = [e for e in examples if fold_of(e.report) != k]
        unseen = [n for n, e in enumerate(examples) if fold_of(e.report) == k]
        space = Space(seen)
        weights = solve(space.rows(seen), _right(seen), RIDGE, _weights(seen))
        odds[unseen] = 1 / (1 + np.exp(-space.rows([examples[n] for n in unseen]) @ weights))
    return odds


def best_threshold(examples: Sequence[Example], odds: Floats) -> tuple[float, str]:
    """The threshold, and a line that says what it is worth."""
    measured = [(t, *_measure(examples, odds, t)) for t in np.arange(0.1, 0.7, 0.02).round(2).tolist()]
    best = max(f1 for *_, f1 in measured)
    threshold = float(np.mean([t for t, *_, f1 in measured if f1 >= best - FLAT]).round(2))
    precision, recall, f1 = _measure(examples, odds, threshold)
    ruled = [e for e in examples if e.candidate.ruled]
    right, wanted = sum(bool(e.tells) for e in ruled), _told(examples)
    return threshold, (
        f"{len(examples)} candidates, {len(wanted)} undertakings to find; threshold {threshold:.2f}, in folds "
        f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f}; rules alone "
        f"P {right / len(ruled):.3f} R {len(_told(ruled)) / len(wanted):.3f}"
    )


def _measure(examples: Sequence[Example], odds: Floats, threshold: float) -> tuple[float, float, float]:
    """Precision, recall and F1 where of several candidates over the same words the likeliest is kept."""
    taken = [e for e, k in zip(examples, _kept(examples, odds) & (odds >= threshold), strict=True) if k]
    precision = sum(bool(e.tells) for e in taken) / max(1, len(taken))
    recall = len(_told(taken)) / max(1, len(_told(examples)))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _told(examples: Sequence[Example]) -> set[tuple[str, int]]:
    return {t for e in examples for t in e.tells}


def _kept(examples: Sequence[Example], odds: Floats) -> npt.NDArray[np.bool_]:
    sentences: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for n, e in enumerate(examples):
        sentences[e.report, e.sentence].append(n)
    kept = np.zeros(len(examples), bool)
    for numbers in sentences.values():
        chosen: list[int] = []
        for n in sorted(numbers, key=lambda n: -rank(examples[n].candidate, odds[n])):
            if not any(same_words(examples[n].candidate, examples[c].candidate) for c in chosen):
                chosen.append(n)
        kept[chosen] = True
    return kept


def _right(examples: Sequence[Example]) -> Floats:
    return np.array([bool(e.tells) for e in examples], float)


def _weights(examples: Sequence[Example]) -> Floats:
    return np.array([e.weight for e in examples])


if __name__ == "__main__":
    sys.exit(main())
