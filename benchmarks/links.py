"""Gold readings of clusters of reports -> groups as the ledger makes them, for `score_links.py`; the cost of a compare.

    python benchmarks/links.py GOLD/links/dev.jsonl GOLD/dev/ru > groups.jsonl

The groups go to standard output, a table of costs to standard error.
"""

import json
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from time import perf_counter
from typing import Any

from servanda.lang.lemmas import lemmas
from servanda.ledger.linking import Features, block_keys, compare, make_features, pack, partition, probe_keys
from servanda.ledger.words import Words
from servanda.model.dossier import Carrier, Told
from servanda.model.plain import record_from_json


def tell(report: str, n: int, plain: dict[str, Any], published: str | None) -> Told:
    """A gold record as the ledger holds it."""
    carrier = Carrier(report, 1, published, None, "ru", None, "2030-01-01T00:00:00", "given")
    return Told(n, record_from_json(plain), carrier, part_of=plain.get("part_of"))


def features_of(reports: list[str], folder: Path, words: Words) -> Iterator[tuple[tuple[str, int], Features]]:
    """The features of all records of some reports, with report and place."""
    for report in reports:
        gold = json.loads((folder / f"{report}.json").read_text())
        told = [tell(report, n, plain, gold["published"]) for n, plain in enumerate(gold["records"])]
        for n, (one, plain) in enumerate(zip(told, gold["records"], strict=True)):
            under = plain.get("under")
            yield (report, n), make_features(one, told[under].record if under is not None else None, words)


def group(cluster: dict[str, Any], folder: Path, words: Words) -> tuple[dict[str, Any], list[Features]]:
    """The groups of one cluster's records."""
    named = list(features_of(cluster["reports"], folder, words))
    made = partition(dict(enumerate(f for _, f in named)))
    name = [list(key) for key, _ in named]
    answer = {
        "cluster": cluster["cluster"],
        "groups": [[name[n] for n in members] for members in made.groups],
        "possible": [[name[n] for n in p.pair] for p in made.possible],
    }
    return answer, [f for _, f in named]


def main(clusters: str, folder: str) -> None:
    """Print the groups, then what they cost."""
    everything: list[Features] = []
    for line in Path(clusters).read_text().splitlines():
        answer, features = group(json.loads(line), Path(folder), lemmas)
        print(json.dumps(answer, ensure_ascii=False))
        everything += features
    pairs = [(a, b) for a, b in combinations(everything, 2) if a.type == b.type]
    started = perf_counter()
    for a, b in pairs:
        compare(a, b)
    spent = perf_counter() - started
    each = len(everything)
    print(f"compare  {spent / len(pairs) * 1e6:.1f} microseconds", file=sys.stderr)
    print(f"packed   {sum(len(pack(f).encode()) for f in everything) / each:.0f} bytes", file=sys.stderr)
    print(
        f"keys     {sum(len(block_keys(f)) for f in everything) / each:.1f} filed, "
        f"{sum(len(probe_keys(f)) for f in everything) / each:.1f} looked up",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main(*sys.argv[1:3])
