"""Articles without gold -> the trees that choose which sentences are read, and what each of their settings is worth.

    python training/triage.py

A sentence is worth reading where the full reading quotes it for a record, right or wrong: what is kept is the reader's
own output. Thresholds are those at which, in five folds over articles, the shares of `KEEP` are kept;
`benchmarks/triage.py` measures what is kept in truth. Needs scikit-learn 1.9, which nothing else does; same input,
same trees.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt
from corpus import SHARED, articles
from sklearn.ensemble import HistGradientBoostingClassifier

from servanda.lang import load
from servanda.model.report import Report
from servanda.model.spans import Span
from servanda.reading.glance import Glance
from servanda.reading.layout import lay_out
from servanda.reading.read import Reader, split

Array = npt.NDArray[Any]

OUT = Path(__file__).resolve().parent.parent / "src/servanda/reading/data/triage.json"
KEEP = (0.995, 0.98, 0.95, 0.9)
OWN = 0.3  # of the records that may be lost, those whose own sentences are not read: others lose what stands around
FOLDS = 5
MODEL = {"max_iter": 150, "learning_rate": 0.1, "max_leaf_nodes": 23, "l2_regularization": 1.0, "random_state": 0}


def main() -> int:
    """Look, fit, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="where the texts lie")
    args = parser.parse_args()
    reader = Reader()
    glance = Glance(reader.tables, load("ru").lemmas)
    seen = [sight for row in articles(args.shared) for sight in look(reader, glance, row)]
    numbers = np.concatenate([s[1] for s in seen])
    letters = np.concatenate([s[2] for s in seen])
    home = np.repeat([crc32(s[0].encode()) % FOLDS for s in seen], [len(s[2]) for s in seen])
    records = _records(seen)
    worth = np.zeros(len(letters), bool)
    worth[[n for sentences in records for n in sentences]] = True
    scores = cross(numbers, worth, home)
    best = np.sort([scores[sentences].max() for sentences in records])
    thresholds = {str(keep): round(float(best[int((1 - keep) * OWN * len(best))]), 3) for keep in KEEP}
    print(f"{len(seen)} articles, {len(letters)} sentences, {worth.mean():.3f} of them quoted, {len(records)} records")
    for keep, threshold in thresholds.items():
        print(f"keeps {keep} of the records by {letters[scores >= threshold].sum() / letters.sum():.3f} of the letters")
    trees = export(HistGradientBoostingClassifier(**MODEL).fit(numbers, worth))
    said = {**trees, "thresholds": thresholds, "columns": glance.columns}
    OUT.write_text(json.dumps(said, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def look(reader: Reader, glance: Glance, row: dict[str, Any]) -> Iterator[tuple[str, Array, Array, list[list[int]]]]:
    """The numbers and letters of the sentences of an article, and those that each of its records quotes."""
    report = Report(row["id"], row["text"], row.get("published"), "ru")
    page = lay_out(report, reader.tables)
    sentences = list(split(page, load("ru")))
    if not sentences:
        return
    numbers = glance.look(page.text, [(span, page.blocks[block]) for span, block in sentences])
    places = [page.span(span) for span, _ in sentences]
    quotes = [record.evidence["quote"] for record in reader.read(report).records]
    told = [[n for n, place in enumerate(places) if any(_touch(place, q) for q in quote)] for quote in quotes]
    yield row["id"], numbers, np.array([p.end - p.start for p in places]), told


def _touch(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _records(seen: list[tuple[str, Array, Array, list[list[int]]]]) -> list[list[int]]:
    """The sentences of each record, numbered over all articles."""
    records, first = [], 0
    for _, _, letters, told in seen:
        records += [[first + n for n in sentences] for sentences in told if sentences]
        first += len(letters)
    return records


def cross(numbers: Array, worth: Array, home: Array) -> Array:
    """The score of each sentence by trees that have not seen its article."""
    scores = np.zeros(len(worth))
    for fold in range(FOLDS):
        held = home == fold
        model = HistGradientBoostingClassifier(**MODEL).fit(numbers[~held], worth[~held])
        scores[held] = model.decision_function(numbers[held])
    return scores


def export(model: HistGradientBoostingClassifier) -> dict[str, Any]:
    """The trees as `servanda.reading.triage.Trees` has them."""
    roots: list[int] = []
    column: list[int] = []
    above: list[int] = []
    value: list[float] = []

    def put(nodes: Array, at: int) -> None:
        node, here = nodes[at], len(column)
        column.append(-1 if node["is_leaf"] else int(node["feature_idx"]))
        value.append(round(float(node["value"] if node["is_leaf"] else node["num_threshold"]), 4))
        above.append(0)
        if not node["is_leaf"]:
            put(nodes, node["left"])
            above[here] = len(column)
            put(nodes, node["right"])

    for (tree,) in model._predictors:
        roots.append(len(column))
        put(tree.nodes, 0)
    return {
        "base": float(model._baseline_prediction[0, 0]),
        "roots": roots,
        "column": column,
        "above": above,
        "value": value,
    }


if __name__ == "__main__":
    raise SystemExit(main())
