"""How fast a ledger takes readings, and answers, as it grows: invented readings, one core.

    python benchmarks/ledger.py [--readings 200000] [--ledger FILE] [--seed 1]

Adds in portions of 200 readings, as `servanda add` does, and prints for each tenth: records, records a second of CPU
time and of the clock, bytes a record, memory. Then asks the ledger what analysts ask, each question with many values,
and prints median and 95th percentile. With a FILE that is there already only the questions are asked.
"""

import argparse
import gc
import resource
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from invented import invent
from servanda.cli.ledgers import tongue_of
from servanda.ledger.found import FindingsWanted
from servanda.ledger.given import Given
from servanda.ledger.ledger import Ledger
from servanda.ledger.listing import Sought
from servanda.ledger.questions import parse_terms
from servanda.ledger.views import Wanted

_PORTION = 200
_TIMES = 40  # that each question is asked
_LISTED = 20  # dossiers of an answer

Question = Callable[[], object]


def main() -> None:
    """Add, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readings", type=int, default=200_000)
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    with TemporaryDirectory() as folder:
        path = args.ledger or Path(folder) / "ledger.db"
        there = path.exists()
        ledger = Ledger.open(path, tongue_of(argparse.Namespace(tables=None)), create=True)
        if not there:
            add(ledger, path, args.readings, args.seed)
        make_fresh(ledger)
        ask(ledger, Random(args.seed))
        ledger.close()


def add(ledger: Ledger, path: Path, count: int, seed: int) -> None:
    """Add readings, and print how it goes."""
    print("| records | records a CPU second | records a second | bytes a record | memory, MB |\n|---|---|---|---|---|")
    readings = islice(invent(seed), count)
    records, told, cpu, clock = 0, 0, 0.0, 0.0
    for n in range(1, (count + _PORTION - 1) // _PORTION + 1):
        given = [Given(reading=r) for r in islice(readings, _PORTION)]
        start, began = time.process_time(), time.perf_counter()
        records += sum(one.records for one in ledger.add(given, "benchmark"))
        cpu, clock = cpu + time.process_time() - start, clock + time.perf_counter() - began
        if n * _PORTION * 10 // count > (n - 1) * _PORTION * 10 // count:
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            new, size = records - told, path.stat().st_size // records
            print(f"| {records} | {new / cpu:.0f} | {new / clock:.0f} | {size} | {memory} |", flush=True)
            told, cpu, clock = records, 0.0, 0.0


def make_fresh(ledger: Ledger) -> None:
    """Bring the index up to date, and print how long it takes."""
    start, left = time.process_time(), ledger.freshness()
    done = ledger.freshen().done
    print(f"\n{left} dossiers were put into the index, {done} steps in {time.process_time() - start:.0f} CPU seconds")


def ask(ledger: Ledger, chance: Random) -> None:
    """Ask what analysts ask, and print how long it takes."""
    counts = ", ".join(f"{n} {name}" for name, n in ledger.count().items())
    print(f"\n{counts}\n\n| question | median, ms | 95th percentile, ms |\n|---|---|---|")
    spent: list[float] = []
    for name, questions in _questions(ledger, chance).items():
        times = [_time(question) for question in questions]
        spent += times
        print(f"| {name} | {median(times):.0f} | {quantiles(times, n=20)[-1]:.0f} |", flush=True)
    print(f"| all | {median(spent):.0f} | {quantiles(spent, n=20)[-1]:.0f} |")


def _time(question: Question) -> float:
    start = time.perf_counter()
    question()
    return (time.perf_counter() - start) * 1_000


def _questions(ledger: Ledger, chance: Random) -> dict[str, list[Question]]:
    """Each kind of question with values drawn from the ledger, the busiest pairs among them."""
    pairs = ledger.pairs()
    busiest = [("KZ", "UZ"), ("KG", "KZ"), ("KZ", "RU"), ("RU", "UZ")]
    days = [date(2015, 1, 1) + timedelta(days=chance.randrange(2_500)) for _ in range(_TIMES)]
    some = [*busiest, *chance.sample(pairs, _TIMES - len(busiest))]
    numbers = [chance.randrange(1, 100_000) for _ in range(_TIMES)]
    words = ("соглашение", "поставки", "меморандум", "обещает", "президент", "машины", "долларов", "визит")
    asked = [chance.sample(words, 1 + n % 2) for n in range(_TIMES)]
    return {
        "show, one party": [_find(ledger, pair[:1]) for pair in some],
        "show, two parties": [_find(ledger, pair) for pair in some],
        "show, one dossier": [lambda n=n: ledger.dossier(n) for n in numbers],
        "show, two parties as of a day": [
            lambda p=p, d=d: list(ledger.find(Wanted(tuple(sorted(p)), limit=_LISTED), ledger.view(d)))
            for p, d in zip(some, days, strict=True)
        ],
        "search, words": [_search(ledger, w, ()) for w in asked],
        "search, words and a pair": [_search(ledger, w, p) for w, p in zip(asked, some, strict=True)],
        "due in 30 days": [
            lambda d=d: list(islice(ledger.due(first=d, last=d + timedelta(days=30)), _LISTED)) for d in days
        ],
        "due, a pair": [
            lambda p=p, d=d: list(islice(ledger.due(parties=p, first=d, last=d + timedelta(days=30)), _LISTED))
            for p, d in zip(some, days, strict=True)
        ],
        "list, all": [lambda n=n: ledger.listing(Sought(offset=n)) for n in range(0, 50 * _TIMES, 50)],
        "list, two parties": [lambda p=p: ledger.listing(Sought(parties=p)) for p in some],
        "list, one party, one type": [
            lambda p=p: ledger.listing(Sought(parties=p[:1], types=("undertaking",))) for p in some
        ],
        "list, words": [
            lambda w=w: ledger.listing(Sought(terms=parse_terms(" ".join(w), ledger.tongue.words))) for w in asked
        ],
        "facets, one party": [lambda p=p: ledger.facets(Sought(parties=p[:1])) for p in some],
        "what waits": [lambda n=n: ledger.waiting(offset=n) for n in range(0, 50 * _TIMES, 50)],
        "findings": [lambda n=n: ledger.find_stored(FindingsWanted(offset=n)) for n in range(0, 50 * _TIMES, 50)],
        "overview": [ledger.overview] * _TIMES,
        "history of a dossier": [lambda n=n: _history(ledger, n) for n in numbers],
    }


def _find(ledger: Ledger, parties: Sequence[str]) -> Question:
    return lambda: list(ledger.find(Wanted(tuple(sorted(parties)), limit=_LISTED)))


def _search(ledger: Ledger, words: Sequence[str], parties: Sequence[str]) -> Question:
    terms = parse_terms(" ".join(words), ledger.tongue.words)
    return lambda: list(ledger.search(terms, Wanted(tuple(sorted(parties)), limit=_LISTED)))


def _history(ledger: Ledger, number: int) -> None:
    made = ledger.dossier(number)
    if made is not None:
        ledger.history([t.id for t in made.told])


if __name__ == "__main__":
    sys.exit(main())
