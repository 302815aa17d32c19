"""Texts -> what triage costs in records and saves in time, at each of its settings: a Markdown table.

    python benchmarks/triage.py [--shared ../shared] [--every 5]

The gold reports were never looked at to make the trees of triage; the articles without gold were, but the thresholds
were found on such as the trees had not seen. A record is found where the gold's own measure takes one of the triaged
reading for it, and the same where all its fields are. CPU time on one core; letters of the sentences that are read.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from servanda.lang import load
from servanda.model.reading import Reading, record_json
from servanda.model.report import Report
from servanda.reading.layout import lay_out
from servanda.reading.read import Reader, split
from servanda.reading.triage import Triage, load_trees
from servanda.sources import find_reports

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "training"))
from measure import scorer  # noqa: E402  (found by the line above)

SHARED = HERE.parent.parent / "shared"
LONG = 1_500  # letters of an article; a lede has fewer
WARM = 60  # texts read before the clock starts
_ASIDE = ("confidence", "basis", "evidence", "under", "part_of")  # numbers of other records among them


@dataclass(frozen=True)
class Cost:
    """What a setting does to a set of reports."""

    seconds: float
    readings: Sequence[Reading]


def main() -> int:
    """Read each set in full and at every setting; print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--every", type=int, default=5, help="of the mixed stream, every so many (default: 5)")
    args = parser.parse_args()
    if not (args.shared / "gold/score.py").is_file():
        print(f"triage: {args.shared} is not there, so nothing was measured")
        return 0
    score = scorer(args.shared / "gold/score.py")
    print("| reports | setting | passed over | letters read | records | found | same | new | ms a report |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, reports in sets(args.shared, args.every).items():
        measure(name, reports, score)
    return 0


def sets(shared: Path, every: int) -> dict[str, list[Report]]:
    """The gold reports, articles on topic, and a mixed stream: ledes and articles apart."""
    stream = _read(shared / "texts/ru_stream.jsonl.zst")[::every]
    return {
        "gold": _read(shared / "gold/dev/ru/reports.jsonl"),
        "on topic": _read(shared / "texts/ru_ontopic.jsonl.zst")[:: max(1, every // 3)],
        "stream, ledes": [r for r in stream if len(r.text) < LONG],
        "stream, articles": [r for r in stream if len(r.text) >= LONG],
    }


def _read(path: Path) -> list[Report]:
    return [report for report in find_reports([path]) if isinstance(report, Report)]


def measure(name: str, reports: list[Report], score: ModuleType) -> None:
    """Print a row for the full reading and for each setting."""
    full = read_all(Reader(), reports)
    records = [[record_json(r) for r in reading.records] for reading in full.readings]
    count = sum(map(len, records))
    print(f"| {name}, {len(reports)} | full | | 100 % | {count} | | | | {1000 * full.seconds / len(reports):.1f} |")
    for share in map(float, load_trees().thresholds):
        cost = read_all(Reader(keep=share), reports)
        found = same = new = 0
        for wanted, reading in zip(records, cost.readings, strict=True):
            made = [record_json(r) for r in reading.records]
            matched = len(score.match(wanted, made))
            found, new = found + matched, new + len(made) - matched
            same += sum((Counter(map(plain, wanted)) & Counter(map(plain, made))).values())
        over = sum(any(f.code == "triage" for f in r.findings) for r in cost.readings) / len(reports)
        shares = (f"{100 * n / max(1, count):.2f} %" for n in (found, same, new))
        letters = letters_read(share, reports)
        milliseconds = 1000 * cost.seconds / len(reports)
        print(f"| | {share} | {over:.1%} | {letters:.1%} | | {' | '.join(shares)} | {milliseconds:.1f} |", flush=True)


def read_all(reader: Reader, reports: list[Report]) -> Cost:
    """Read all, on a warm reader."""
    for report in reports[:WARM]:
        reader.read(report)
    start = time.process_time()
    readings = [reader.read(report) for report in reports]
    return Cost(time.process_time() - start, readings)


def letters_read(share: float, reports: list[Report]) -> float:
    """Of the letters of all sentences, the share of those that are read."""
    reader, language = Reader(), load("ru")
    triage = Triage(share, reader.tables, language.lemmas)
    read = total = 0
    for report in reports:
        page = lay_out(report, reader.tables)
        sentences = [(span, page.blocks[block]) for span, block in split(page, language)]
        for (span, _), good in zip(sentences, triage.choose(page.text, sentences), strict=True):
            total += span.end - span.start
            read += good * (span.end - span.start)
    return read / total


def plain(record: dict[str, Any]) -> str:
    """What a record says, without how sure it is and where it stands."""
    return json.dumps({k: v for k, v in record.items() if k not in _ASIDE}, sort_keys=True)


if __name__ == "__main__":
    sys.exit(main())
