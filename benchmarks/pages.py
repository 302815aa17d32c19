"""How fast the pages answer: a real server over many invented dossiers, twenty users at once, this machine's cores.

    python benchmarks/pages.py [--dossiers 100000] [--ledger FILE] [--users 20] [--seconds 60] [--workers 2] [--pause 0]

Each user asks for one page after another, of all kinds in turn, with addresses drawn from the ledger, and waits
`pause` seconds between them. Printed are median and 95th percentile of each kind, as the user waits for them.
Datasette, over the same ledger exported for it, is asked in the same way in the same run.
"""

import argparse
import http.client
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import cycle, islice
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any
from urllib.parse import quote

from invented import invent
from servanda.cli.ledgers import tongue_of
from servanda.ledger.given import Given
from servanda.ledger.ledger import Ledger
from servanda.ledger.listing import Sought

_PORTION = 500
_WORDS = ("соглашение", "поставки", "меморандум", "обещает", "президент", "машины", "долларов", "визит")
Kinds = Mapping[str, Callable[[], str]]


def main() -> None:
    """Make a ledger, serve it, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dossiers", type=int, default=100_000)
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--pause", type=float, default=0.0)
    args = parser.parse_args()
    with TemporaryDirectory() as folder:
        path = args.ledger or Path(folder) / "ledger.db"
        ledger = Ledger.open(path, tongue_of(argparse.Namespace(tables=None)), create=True)
        fill(ledger, args.dossiers)
        counts = ledger.count()
        print(", ".join(f"{n} {name}" for name, n in counts.items()), flush=True)
        kinds = pages(ledger, Random(1))
        ledger.close()
        command = [sys.executable, "-m", "servanda", "serve", "--ledger", path, "--workers", args.workers]
        print(f"\nServanda, {args.users} users, {args.workers} processes, {args.pause:g} s between pages")
        ours = measure(command, kinds, args, "/static/icon.svg")
        exported = Path(folder) / "datasette.db"
        subprocess.run([sys.executable, "-m", "servanda", "export", "sqlite", exported, "--ledger", path], check=True)
        print("\nDatasette over the same ledger")
        serve = [sys.executable, "-m", "datasette", "serve", exported]
        theirs = measure(serve, datasette_pages(exported, Random(1)), args, "/-/versions.json")
        print(f"\nmedian of all pages: Datasette's is {theirs / ours:.1f} times ours")


def fill(ledger: Ledger, wanted: int) -> None:
    """Add invented reports, their text the quotes of their records, until there are so many dossiers."""
    readings = invent(1)
    while (there := ledger.count()["dossiers"]) < wanted:
        print(f"\r{there} dossiers", end="", file=sys.stderr, flush=True)
        ledger.add([_with_text(one) for one in islice(readings, _PORTION)], "benchmark")
    print(file=sys.stderr)
    while (state := ledger.freshen(portion=500)).left:
        print(f"\r{state.left} to be made ready", end="", file=sys.stderr, flush=True)


def _with_text(reading: Mapping[str, Any]) -> Given:
    text, records = "", []
    for record in reading["records"]:
        start = len(text)
        text += f"{record['quote']}.\n\n"
        records.append({**record, "evidence": {"quote": [[start, start + len(record["quote"])]]}})
    return Given(reading={**reading, "records": records}, text=text, agency=reading["id"].partition("/")[0], lang="ru")


def pages(ledger: Ledger, chance: Random) -> Kinds:
    """Addresses of each kind of page, drawn from the ledger, the busiest pairs among them."""
    pairs = [*ledger.pairs(), *[("KZ", "UZ"), ("KG", "KZ"), ("KZ", "RU"), ("RU", "UZ")] * 20]
    reports = [line.carrier.report for line in ledger.reports(limit=2_000)[0]]
    dossiers = [row.dossier.id for n in range(10) for row in ledger.listing(Sought(limit=200, offset=9_000 * n)).rows]

    def pair() -> tuple[str, str]:
        return chance.choice(pairs)

    def filters() -> str:
        return "&".join(f"party={quote(one)}" for one in pair())

    return {
        "today": lambda: "/",
        "report": lambda: f"/report?id={quote(chance.choice(reports), safe='')}",
        "review": lambda: f"/review?type={chance.choice(('undertaking', 'instrument', 'figure', 'meeting'))}",
        "dossier": lambda: f"/dossiers/{chance.choice(dossiers)}",
        "pair": lambda: "/parties/{}/{}".format(*(quote(one, safe="") for one in pair())),
        "party": lambda: f"/parties/{quote(pair()[0], safe='')}",
        "dossiers of a pair": lambda: f"/dossiers?{filters()}&offset={chance.randrange(4) * 25}",
        "search": lambda: f"/dossiers?q={quote(' '.join(chance.sample(_WORDS, 1 + chance.randrange(2))))}",
        "search, a pair": lambda: f"/dossiers?q={quote(chance.choice(_WORDS))}&{filters()}",
        "due, a pair": lambda: f"/dossiers?order=due&{filters()}",
        "findings": lambda: f"/findings?{filters()}",
        "reports": lambda: f"/reports?offset={chance.randrange(100) * 25}",
    }


def datasette_pages(exported: Path, chance: Random) -> Kinds:
    """The nearest that Datasette has to a list, a list of one status, and one dossier."""
    name = exported.stem
    statuses = ("open", "signed", "held", "reported")
    return {
        "table": lambda: f"/{name}/dossier?_size=25&_sort_desc=last&_next={chance.randrange(1_000)}",
        "table, one facet": lambda: f"/{name}/dossier?_size=25&status={chance.choice(statuses)}",
        "row": lambda: f"/{name}/dossier?_size=25&id=U{chance.randrange(1, 300_000)}",
    }


def measure(command: list[Any], kinds: Kinds, args: argparse.Namespace, ready: str) -> float:
    """Serve, ask as the users do, print a table; the median over all pages in milliseconds."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([*map(str, command), "--port", str(port)], stderr=subprocess.DEVNULL)
    try:
        _await(port, ready)
        times: dict[str, list[float]] = defaultdict(list)
        faults: dict[str, int] = defaultdict(int)
        end = time.monotonic() + args.seconds
        asked = [cycle(sorted(kinds, key=lambda _: turn.random())) for turn in map(Random, range(args.users))]
        users = [Thread(target=_use, args=(port, kinds, one, end, args.pause, times, faults)) for one in asked]
        for user in users:
            user.start()
        for user in users:
            user.join()
    finally:
        server.terminate()
        server.wait()
    return _print(times, faults, args.seconds)


def _use(
    port: int,
    kinds: Kinds,
    turns: Iterator[str],
    end: float,
    pause: float,
    times: Mapping[str, list[float]],
    faults: dict[str, int],
) -> None:
    """One user, on one connection that stays open."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for kind in turns:
        if time.monotonic() > end:
            break
        address = kinds[kind]()
        start = time.perf_counter()
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        if answer.status >= 400:
            faults[f"{answer.status} {address}"] += 1
        while answer.status in (301, 302, 303, 307):
            connection.request("GET", answer.headers["location"])
            answer = connection.getresponse()
            answer.read()
        times[kind].append((time.perf_counter() - start) * 1_000)
        time.sleep(pause)
    connection.close()


def _await(port: int, ready: str) -> None:
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", ready)
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server does not answer")


def _print(times: Mapping[str, list[float]], faults: Mapping[str, int], seconds: float) -> float:
    every = [one for some in times.values() for one in some]
    print("\n| page | asked | median, ms | 95th percentile, ms |\n|---|---|---|---|")
    for kind, some in sorted(times.items()):
        print(f"| {kind} | {len(some)} | {median(some):.0f} | {quantiles(some, n=20)[-1]:.0f} |")
    print(f"| all | {len(every)} | {median(every):.0f} | {quantiles(every, n=20)[-1]:.0f} |")
    print(f"{len(every) / seconds:.0f} pages a second")
    for fault, count in list(faults.items())[:10]:
        print(f"fault, {count} times: {fault}")
    return median(every)


if __name__ == "__main__":
    main()
