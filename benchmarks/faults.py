"""Gold reports -> what is wrong in the readings, counted by cause and type: a Markdown table.

    python benchmarks/faults.py [--gold ../shared/gold] [--part tune] [--readings FILE]

Records are matched as the gold's scorer matches them. A right record that nothing matches is *missed*, or *told
otherwise* where a record of its type has about its words. A record that matches nothing is *double* where its words
are those of a right record found already, else *invented*. Of matched records each field that is not right counts,
under *reference* where a party stands for words that name none (a pronoun, «стороны», the passage).
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from servanda.model.report import Report
from servanda.reading.read import Reader

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "training"))

from measure import scorer  # noqa: E402  (found by the line above)

TYPES = ("instrument", "undertaking", "figure", "meeting")
NEAR = 0.4  # of the words of two quotes
CAUSES = {
    "act, kind, metric": ("act", "kind", "metric"),
    "party": ("by", "to", "parties", "who", "participants"),
    "modality, progress, certainty": ("modality", "progress", "certainty", "status", "forecast"),
    "step": ("steps",),
    "date": ("when", "period", "date", "valid"),
    "amount": ("amount", "amounts", "changes", "count"),
    "words (object, subject, terms, topics)": ("object", "subject", "terms", "topics"),
    "place": ("place", "places"),
    "instrument beneath": ("under",),
}
ROWS = ("missed", "told otherwise", "invented", "double", *CAUSES, "reference")

Json = dict[str, Any]


def main() -> int:
    """Read, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=HERE.parent.parent / "shared/gold")
    parser.add_argument("--part", choices=("tune", "check"), default="tune")
    parser.add_argument("--readings", type=Path, help="readings made before, JSON lines")
    args = parser.parse_args()
    if not (args.gold / "score.py").is_file():
        print(f"gold: {args.gold} is not there, so nothing was counted")
        return 0
    score, folder = scorer(args.gold / "score.py"), args.gold / "dev/ru"
    split = dict(line.split() for line in (folder / "split.tsv").read_text(encoding="utf-8").splitlines())
    given = (args.readings or folder / "reports.jsonl").read_text(encoding="utf-8").split("\n")
    rows = [row for row in map(json.loads, filter(str.strip, given)) if split.get(row["id"]) == args.part]
    counts: Counter[tuple[str, str]] = Counter()
    for reading in rows if args.readings else map(read, rows):
        right = json.loads((folder / f"{reading['id']}.json").read_text(encoding="utf-8"))
        counts.update(faults(score, right["records"], reading["records"]))
    print(table(counts))
    return 0


_READER: list[Reader] = []


def read(row: Json) -> Json:
    """The reading of a report."""
    if not _READER:
        _READER.append(Reader())
    return _READER[0].read(Report(row["id"], row["text"], row.get("published"), "ru")).to_json()


def faults(score: ModuleType, right: list[Json], read: list[Json]) -> Iterator[tuple[str, str]]:
    """(cause, type) of each fault of a reading."""
    pairs = dict(score.match(right, read))
    found = {j: i for i, j in pairs.items()}
    for i, wanted in enumerate(right):
        if i in pairs:
            for cause in set(_wrong(score, wanted, read[pairs[i]], found)):
                yield cause, wanted["type"]
        else:
            near = any(_near(score, wanted, r) for r in read)
            yield ("told otherwise" if near else "missed"), wanted["type"]
    for j, made in enumerate(read):
        if j not in found and not any(_near(score, w, made) for i, w in enumerate(right) if i not in pairs):
            yield ("double" if any(_near(score, w, made) for w in right) else "invented"), made["type"]


def _near(score: ModuleType, right: Json, read: Json) -> bool:
    return bool(right["type"] == read["type"] and score.overlap(right["quote"], read["quote"]) >= NEAR)


def _wrong(score: ModuleType, right: Json, read: Json, found: dict[int, int]) -> Iterator[str]:
    for cause, names in CAUSES.items():
        for name in names:
            if name not in score.SLOTS[right["type"]]:
                continue
            wanted, value = right.get(name), read.get(name)
            if name == "under" and value is not None:
                value = found.get(value, -1)
            if score.empty(wanted) and score.empty(value):
                continue
            if score.empty(wanted) != score.empty(value) or score.safe(score.value, name, wanted, value) < 0.999:
                yield cause
                hows = [b["how"] for path, b in read["basis"].items() if path.split("/")[0] == name]
                if cause == "party" and any(how in ("resolved", "inherited") for how in hows):
                    yield "reference"


def table(counts: Counter[tuple[str, str]]) -> str:
    """A row a cause, a column a type."""
    lines = ["| fault | " + " | ".join(TYPES) + " | all |", "|---" * (len(TYPES) + 2) + "|"]
    for row in ROWS:
        own = [counts[row, kind] for kind in TYPES]
        lines.append(f"| {row} | " + " | ".join(map(str, own)) + f" | {sum(own)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
