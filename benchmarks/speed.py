"""Reports -> how fast they are read, beside Natasha's README pipeline: a Markdown table.

    python benchmarks/speed.py [REPORTS.jsonl[.zst]] [--every 1] [--passes 3] [--peer-python PATH]

Each reader runs in a process of its own, on one core with one thread, over the same reports in turn; CPU time. Natasha
is measured where it is installed whole (requirements-bench.lock), here or under another Python. The reports: the gold
ones beside the project, else those of examples/.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
GOLD = HERE.parent.parent / "shared/gold/dev/ru/reports.jsonl"
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

Measured = dict[str, float]


def main() -> int:
    """Measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="?", type=Path)
    parser.add_argument("--every", type=int, default=1, help="of the reports, every so many (default: all)")
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--peer-python", metavar="PATH", help="a Python that has Natasha installed whole")
    parser.add_argument("--worker", choices=sorted(READERS), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.worker:
        print(json.dumps(work(READERS[args.worker], texts_of(args.reports), args.passes)))
        return 0
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as lines:
        texts = texts_of(args.reports or (GOLD if GOLD.is_file() else None))[:: args.every]
        lines.writelines(json.dumps({"text": t}) + "\n" for t in texts)
        lines.flush()
        pythons = {name: sys.executable for name in READERS if name != "natasha"}
        if args.peer_python or find_spec("yargy"):
            pythons["natasha"] = args.peer_python or sys.executable
        measured = {name: run(python, name, lines.name, args.passes) for name, python in pythons.items()}
    print(table(measured, texts))
    if "natasha" not in measured:
        print("Natasha's pipeline is not installed here; `make bench` installs it")
    return 0


def texts_of(reports: Path | None) -> list[str]:
    """The texts of a file of JSON lines, or of the examples."""
    if reports is None:
        return [p.read_text(encoding="utf-8") for p in sorted((HERE.parent / "examples").glob("*.txt"))]
    if reports.suffix == ".jsonl":
        return [json.loads(line)["text"] for line in reports.read_text(encoding="utf-8").split("\n") if line.strip()]
    from servanda.sources.packed import open_unpacked

    with open_unpacked(reports) as stream:
        return [json.loads(line)["text"] for line in stream if line.strip()]


def run(python: str, name: str, reports: str, passes: int) -> Measured:
    """One reader in a process of its own."""
    command = [python, __file__, reports, "--passes", str(passes), "--worker", name]
    done = subprocess.run(command, env={**os.environ, **ONE_THREAD}, capture_output=True, check=True)
    measured: Measured = json.loads(done.stdout.splitlines()[-1])
    return measured


def work(make: Callable[[], Callable[[str], Any]], texts: list[str], passes: int) -> Measured:
    """CPU seconds from the start of the process to the first result, then of warm passes over all texts."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    read = make()
    read(texts[0])
    first = time.process_time()
    spent = []
    for _ in range(passes):
        start = time.process_time()
        for text in texts:
            read(text)
        spent.append(time.process_time() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"first": first, "each": statistics.median(spent) / len(texts), "memory": peak}


def servanda_reader(keep: float | None = None) -> Callable[[str], Any]:
    from servanda.model.report import Report
    from servanda.reading.read import Reader

    reader = Reader(keep=keep)
    return lambda text: reader.read(Report("-", text, "2024-01-01", "ru"))


def natasha_reader() -> Callable[[str], Any]:
    """The pipeline of Natasha's README: segments, morphology, syntax, names, lemmas, normal forms."""
    import natasha

    segmenter, vocab, embedding = natasha.Segmenter(), natasha.MorphVocab(), natasha.NewsEmbedding()
    morph, syntax = natasha.NewsMorphTagger(embedding), natasha.NewsSyntaxParser(embedding)
    names, people = natasha.NewsNERTagger(embedding), natasha.NamesExtractor(vocab)

    def read(text: str) -> Any:
        doc = natasha.Doc(text)
        doc.segment(segmenter)
        doc.tag_morph(morph)
        doc.parse_syntax(syntax)
        doc.tag_ner(names)
        for token in doc.tokens:
            token.lemmatize(vocab)
        for span in doc.spans:
            span.normalize(vocab)
            if span.type == natasha.PER:
                span.extract_fact(people)
        return doc

    return read


READERS: dict[str, Callable[[], Callable[[str], Any]]] = {
    "servanda": servanda_reader,
    "servanda, 99.5 % of the records": partial(servanda_reader, 0.995),
    "servanda, 90 % of the records": partial(servanda_reader, 0.9),
    "natasha": natasha_reader,
}


def table(measured: dict[str, Measured], texts: list[str]) -> str:
    """A Markdown table, a reader a row."""
    words = statistics.mean(len(t.split()) for t in texts)
    rows = [
        f"{len(texts)} reports of {words:.0f} words on average, one core:",
        "",
        "| reader | reports a second | ms a report | start to first result, CPU s | peak memory, MB |",
        "|---|---|---|---|---|",
    ]
    for name, one in measured.items():
        rows.append(
            f"| {name} | {1 / one['each']:.1f} | {one['each'] * 1000:.1f} | {one['first']:.2f} | {one['memory']:.0f} |"
        )
    if "natasha" in measured:
        each = {name: measured["natasha"]["each"] / one["each"] for name, one in measured.items() if name != "natasha"}
        rows += ["", *(f"{name} / natasha: {ratio:.2f}" for name, ratio in each.items())]
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
