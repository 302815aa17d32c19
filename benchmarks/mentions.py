"""Gold reports -> how many of the times, amounts and parties that their records hold are mentions of the reading.

    python benchmarks/mentions.py [--gold ../shared/gold] [--sample 20 --seed 1]

A gold value is counted once a report, whatever record or slot holds it. A time is found where a mention has the same
EDTF as score.py compares it, or (second column) one that contains it; an amount by number and unit, a party by code.
What a mention should be where no record uses it the gold does not say: precision is judged by reading, and `--sample`
prints the mentions of as many reports of `tune`, in their words, to judge. Where the gold is absent, one line says so.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from servanda.model.reading import Mention, Reading
from servanda.model.report import Report
from servanda.reading.read import Reader

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "training"))

from measure import scorer  # noqa: E402  (found by the line above)

KINDS = ("time", "amount", "party")
TIMES = ("valid", "when", "period", "date")  # slots of a record that hold one time
PARTIES = ("parties", "by", "to", "who")
AROUND = 45  # letters either side of a mention in the sample

Record = dict[str, Any]


def main() -> int:
    """Measure and print, or print a sample to judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=HERE.parent.parent / "shared/gold")
    parser.add_argument("--sample", type=int, help="print the mentions of so many reports of `tune`")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if not (args.gold / "score.py").is_file():
        print(f"gold: {args.gold} is not there, so nothing was measured")
        return 0
    dev = args.gold / "dev/ru"
    split = dict(line.split() for line in (dev / "split.tsv").read_text().splitlines() if line.strip())
    if args.sample:
        tune = sorted(report for report, side in split.items() if side == "tune")
        print_sample(read_some(dev, set(random.Random(args.seed).sample(tune, args.sample))))
        return 0
    counts = count(scorer(args.gold / "score.py"), dev, split)
    print(table(counts))
    return 0


def read_some(dev: Path, ids: Iterable[str]) -> Iterator[Reading]:
    """The readings of the reports named."""
    reader, wanted = Reader(), set(ids)
    for line in filter(str.strip, (dev / "reports.jsonl").read_text(encoding="utf-8").split("\n")):
        given = json.loads(line)
        if given["id"] in wanted:
            yield reader.read(Report(given["id"], given["text"], given.get("published"), given.get("lang")))


def count(score: ModuleType, dev: Path, split: dict[str, str]) -> dict[tuple[str, str], list[int]]:
    """By set and kind: gold values, those found, and those found or contained."""
    counts: dict[tuple[str, str], list[int]] = {}
    for reading in read_some(dev, split):
        path = dev / f"{reading.id}.json"
        if not path.is_file():
            continue
        records = json.loads(path.read_text(encoding="utf-8"))["records"]
        for kind in KINDS:
            mentions = [m for m in reading.mentions if m.type == kind]
            for name in ("dev/ru", f"dev/ru, {split[reading.id]}"):
                row = counts.setdefault((name, kind), [0, 0, 0])
                for value in gold_values(records, kind):
                    row[0] += 1
                    row[1] += any(is_same(score, kind, value, m) for m in mentions)
                    row[2] += any(is_same(score, kind, value, m) or is_within(score, kind, value, m) for m in mentions)
    return counts


def gold_values(records: Iterable[Record], kind: str) -> list[Any]:
    """The distinct values of a kind that the records of a report hold."""
    found = {"time": _times, "amount": _amounts, "party": _parties}[kind]
    values = {json.dumps(v, sort_keys=True, ensure_ascii=False): v for record in records for v in found(record) if v}
    return list(values.values())


def _times(record: Record) -> Iterator[str | None]:
    yield from (record.get(slot) for slot in TIMES)
    yield from (step.get("date") for step in record.get("steps") or [])
    yield from (change.get("against") for change in record.get("changes") or [])


def _amounts(record: Record) -> Iterator[Record | None]:
    for amount in (record.get("amount"), *(record.get("amounts") or [])):
        yield {"number": amount["number"], "unit": amount["unit"]} if amount else None


def _parties(record: Record) -> Iterator[str | None]:
    for slot in PARTIES:
        yield from record.get(slot) or []
    yield from (person.get("party") for person in record.get("participants") or [])


def is_same(score: ModuleType, kind: str, value: Any, mention: Mention) -> bool:
    """Whether a mention has the value, as the scorer compares values."""
    if kind == "time":
        return bool(score.same_time(value, mention.value))
    if kind == "party":
        return any(score.party(value) == score.party(code) for code in mention.value or [])
    ends = (mention.value, {**mention.value, "number": mention.value.get("high")})
    return any(score.number(value, end) == 1.0 for end in ends)


def is_within(score: ModuleType, kind: str, value: Any, mention: Mention) -> bool:
    """Whether the days of a gold time lie within those of a mention («с 3 по 5 мая» for 3 May)."""
    if kind != "time" or not mention.value:
        return False
    (first, last), (since, until) = score.normal_time(value), score.normal_time(mention.value)
    return bool(first and last) and since <= first and (not until or last <= until)


def table(counts: dict[tuple[str, str], list[int]]) -> str:
    """A Markdown table, a set and kind a row."""
    rows = ["| recall of mentions | gold values | found | recall | or contained |", "|---" * 5 + "|"]
    for (name, kind), (gold, found, contained) in sorted(counts.items()):
        within = f"{contained / gold:.3f}" if kind == "time" else ""
        rows.append(f"| {name}, {kind} | {gold} | {found} | {found / gold:.3f} | {within} |")
    return "\n".join(rows)


def print_sample(readings: Iterable[Reading]) -> None:
    """Each mention of a time, amount or party in its words, with its value."""
    for reading in readings:
        print(f"# {reading.id} {reading.published or ''}")
        for mention in reading.mentions:
            if mention.type in KINDS:
                start, end = mention.span
                left = reading.text[max(0, start - AROUND) : start].replace("\n", " ")
                right = reading.text[end : end + AROUND].replace("\n", " ")
                value = json.dumps(mention.value, ensure_ascii=False)
                print(f"{mention.type}\t{value}\t{left}[{mention.text}]{right}")


if __name__ == "__main__":
    sys.exit(main())
