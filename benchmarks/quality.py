"""Gold reports -> how right the reading is: a Markdown table, and exit code 1 where a score is below its floor.

    python benchmarks/quality.py [--gold ../shared/gold] [--raise-floor]

`floor.json` holds, for each set, the best F1 seen less 0.01. The gold and its scorer lie beside the project and are
not part of it; where they are absent, one line says so and nothing fails.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from servanda.model.report import Report
from servanda.reading.read import Reader

HERE = Path(__file__).resolve().parent
FLOOR = HERE / "floor.json"
SLACK = 0.01
TYPES = ("all", "instrument", "undertaking", "figure", "meeting")

Scores = dict[str, float]


def main() -> int:
    """Score, print, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=HERE.parent.parent / "shared/gold")
    parser.add_argument("--raise-floor", action="store_true", help="write floors where the scores are higher")
    args = parser.parse_args()
    if not (args.gold / "score.py").is_file():
        print(f"gold: {args.gold} is not there, so nothing was scored")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        scores, faults = measure(args.gold, Path(folder))
    print(table(scores))
    print("\n".join(faults.splitlines()[-10:]))
    if args.raise_floor:
        raise_floor(scores)
    below = list(find_below(scores, json.loads(FLOOR.read_text()) if FLOOR.is_file() else {}))
    print("\n".join(below) or "every score is above its floor")
    return 1 if below or "faults 0 " not in faults else 0


def measure(gold: Path, folder: Path) -> tuple[dict[str, Scores], str]:
    """The scores of each set by name, and what check_readings.py says."""
    readings = folder / "readings.jsonl"
    dev = gold / "dev/ru"
    read_into(readings, dev / "reports.jsonl")
    split = dict(line.split() for line in (dev / "split.tsv").read_text().splitlines() if line.strip())
    scores = {"dev/ru": score(gold, dev, readings)}
    for name in ("tune", "check"):
        part = folder / name
        part.mkdir()
        for report, side in split.items():
            if side == name and (dev / f"{report}.json").is_file():
                shutil.copy(dev / f"{report}.json", part)
        scores[f"dev/ru, {name}"] = score(gold, part, readings)
    checked = [sys.executable, gold / "check_readings.py", dev / "reports.jsonl", readings]
    faults = subprocess.run(checked, capture_output=True, text=True).stdout
    seed = gold.parent / "seed"
    if seed.is_dir():
        read_into(readings, seed / "reports.jsonl")
        scores["seed"] = score(gold, seed, readings)
    return scores, faults


def read_into(out: Path, reports: Path) -> None:
    """The readings of a file of reports, one line each."""
    reader = Reader()
    with out.open("w", encoding="utf-8") as lines:
        for line in filter(str.strip, reports.read_text(encoding="utf-8").split("\n")):
            given = json.loads(line)
            report = Report(given["id"], given["text"], given.get("published"), given.get("lang"))
            lines.write(json.dumps(reader.read(report).to_json(), ensure_ascii=False) + "\n")


def score(gold: Path, folder: Path, readings: Path) -> Scores:
    """F1 of records by type, and of slots."""
    command = [sys.executable, gold / "score.py", folder, readings, "--json"]
    said: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    by_type = {kind: said["records"][kind]["F1"] for kind in TYPES if kind in said["records"]}
    return {**by_type, "slots": said["slots"]["F1"], "marked": said["marked"]["F1"]}


def table(scores: dict[str, Scores]) -> str:
    """A Markdown table, a set a row."""
    columns = [*TYPES, "slots", "marked"]
    rows = [
        "| F1 | " + " | ".join("records" if c == "all" else c for c in columns) + " |",
        "|---" * (len(columns) + 1) + "|",
    ]
    for name, one in scores.items():
        rows.append(f"| {name} | " + " | ".join(f"{one[c]:.3f}" if c in one else "" for c in columns) + " |")
    return "\n".join(rows)


def find_below(scores: dict[str, Scores], floor: dict[str, Scores]) -> Iterator[str]:
    """What is lower than it may be."""
    for name, one in floor.items():
        for column, least in one.items():
            got = scores.get(name, {}).get(column)
            if got is not None and got < least:
                yield f"below the floor: {name}, {column}: {got:.3f} < {least:.3f}"


def raise_floor(scores: dict[str, Scores]) -> None:
    """Floors go up, never down."""
    floor: dict[str, Scores] = json.loads(FLOOR.read_text()) if FLOOR.is_file() else {}
    for name, one in scores.items():
        held = floor.setdefault(name, {})
        for column, got in one.items():
            held[column] = max(held.get(column, 0.0), round(got - SLACK, 3))
    FLOOR.write_text(json.dumps(floor, indent=2) + "\n")


if __name__ == "__main__":
    sys.exit(main())
