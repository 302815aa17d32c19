"""Gold readings of clusters of reports -> how rightly they are joined, and what a comparison costs.

    python benchmarks/links.py [--gold ../shared/gold] [--groups FILE]

Prints what the gold's own scorer says; exit code 1 where a score is below its floor. `--groups` keeps the groups. The
gold lies beside the project and is not part of it; where it is absent, one line says so and nothing fails.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from time import perf_counter
from typing import Any

from servanda.lang.lemmas import lemmas
from servanda.ledger.linking import Features, block_keys, compare, make_features, pack, partition, probe_keys
from servanda.model.dossier import Carrier, Told
from servanda.model.plain import record_from_json

HERE = Path(__file__).resolve().parent
FLOORS = (0.80, 0.83)  # F1 of joins, and of joins across reports


def main() -> int:
    """Group, score, measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=HERE.parent.parent / "shared/gold")
    parser.add_argument("--groups", type=Path, help="where to keep the groups, one cluster a line")
    args = parser.parse_args()
    if not (args.gold / "score_links.py").is_file():
        print(f"gold: {args.gold} is not there, so nothing was scored")
        return 0
    clusters = [json.loads(line) for line in (args.gold / "links/dev.jsonl").read_text().splitlines()]
    named = {c["cluster"]: dict(features_of(c["reports"], args.gold / "dev/ru")) for c in clusters}
    with tempfile.TemporaryDirectory() as folder:
        groups = args.groups or Path(folder) / "groups.jsonl"
        groups.write_text("".join(json.dumps(group(*item), ensure_ascii=False) + "\n" for item in named.items()))
        script = [sys.executable, args.gold / "score_links.py", args.gold / "links/dev.jsonl", groups]
        printed = subprocess.run(script, check=True, capture_output=True, text=True).stdout
    print(printed, end="")
    print_costs([f for features in named.values() for f in features.values()])
    found = [float(f1) for f1 in re.findall(r"F1 (\S+)", printed)]
    return int(any(f1 < floor for f1, floor in zip(found, FLOORS, strict=False)) or "wrong joins 0/" not in printed)


def features_of(reports: list[str], folder: Path) -> Iterator[tuple[tuple[str, int], Features]]:
    """The features of all records of some reports, with report and place."""
    for report in reports:
        gold = json.loads((folder / f"{report}.json").read_text())
        carrier = Carrier(report, 1, gold["published"], None, "ru", None, "", "given")
        records = [record_from_json(plain) for plain in gold["records"]]
        for n, record in enumerate(records):
            under = getattr(record, "under", None)
            told = Told(n, record, carrier, part_of=getattr(record, "part_of", None))
            yield (report, n), make_features(told, None if under is None else records[under], lemmas)


def group(cluster: str, named: dict[tuple[str, int], Features]) -> dict[str, Any]:
    """The groups of one cluster's records, as the scorer reads them."""
    names = list(named)
    made = partition(dict(enumerate(named.values())))
    return {
        "cluster": cluster,
        "groups": [[names[n] for n in members] for members in made.groups],
        "possible": [[names[n] for n in one.pair] for one in made.possible],
    }


def print_costs(features: list[Features]) -> None:
    """Time of a comparison, size and keys of a record."""
    pairs = [(a, b) for a, b in combinations(features, 2) if a.type == b.type]
    started = perf_counter()
    for a, b in pairs:
        compare(a, b)
    spent = (perf_counter() - started) / len(pairs)
    size, filed, sought = (
        sum(len(made(f)) for f in features) / len(features)
        for made in (lambda f: pack(f).encode(), block_keys, probe_keys)
    )
    print(
        f"a comparison {spent * 1e6:.1f} microseconds; a record {size:.0f} bytes, {filed:.0f} keys, {sought:.0f} sought"
    )


if __name__ == "__main__":
    sys.exit(main())
