"""Reports with right readings to learn from: (id, published, text, records), from these places.

wires.jsonl      wires of our own: invented events, told as agencies tell them
tests/cases      lines of news of our own, each a report by itself
readings.jsonl   our readings of public articles, without their words: offsets into ../shared/texts; of whole articles
                 the undertakings alone
../shared/gold   the reports read for the project, those that its split marks `tune`
../shared/seed   the first report of all
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Json = dict[str, Any]

HERE = Path(__file__).resolve().parent
_CASES = HERE.parent / "tests/cases/undertakings_ru.txt"
SHARED = HERE.parent.parent / "shared"
LINE = "line-"  # how the id of a single line begins
_SEED = 8.0  # weight of the first report: it is to be read for ever
_LINE = 2.0  # what tests hold the reading to
_GOLD = 3.0  # read twice
_PIECE, _WHOLE = 0.35, 0.15  # public articles tell much that binds nobody: at full weight they draw the wires down
_CUT = ("quote", "object", "subject")
_CUT_LISTS = ("terms", "topics")
_TEXTS = ("texts/ru_ontopic.jsonl.zst", "texts/ru_stream.jsonl.zst")
_ABSENT: Json = {  # what a field is that the files leave out
    **{"modality": "obligation", "progress": "announced", "certainty": "stated", "forecast": False},
    **{k: [] for k in ("by", "to", "amounts", "terms", "places", "steps", "changes", "topics")},
}


@dataclass(frozen=True)
class Read:
    """A report with its right records, in the form of the gold; of `types` alone where the others were not read."""

    id: str
    published: str | None
    text: str
    records: list[Json]
    types: frozenset[str] = frozenset(("instrument", "undertaking", "figure", "meeting"))
    weight: float = 1.0  # of each of its candidates beside others
    judged: bool = False  # whether its right records are those of the reader that were so: their fields prove nothing


def corpus(shared: Path = SHARED) -> list[Read]:
    """All there is to learn from; FileNotFoundError where `shared` lacks a part."""
    return [*wires(), *lines(), *readings(shared), *gold(shared, "tune"), *seed(shared)]


def wires() -> Iterator[Read]:
    """The wires of our own."""
    for row in _lines((HERE / "wires.jsonl").read_text(encoding="utf-8")):
        yield Read(row["id"], row["published"], row["text"], [{**_ABSENT, **r} for r in row["records"]])


def lines() -> list[Read]:
    """The lines of `tests/cases/undertakings_ru.txt`: the whole line is the quote of what is drawn below it."""
    cases: list[Read] = []
    for line in _CASES.read_text(encoding="utf-8").splitlines():
        if line.startswith("  ") and " | " in line:
            sides, form, thing = line.strip().split(" | ")
            by, _, to = sides.partition(">")
            told = dict(zip(("act", "modality", "progress", "certainty"), form.split(), strict=True))
            words = {"type": "undertaking", "quote": cases[-1].text.rstrip("."), "object": thing.strip()}
            cases[-1].records.append({**_ABSENT, **words, "by": by.split(), "to": to.split(), **told})
        elif line.strip() and not line.startswith(("#", " ")):
            cases.append(Read(LINE + line, "2026-05-14", line, [], weight=_LINE))
    return cases


def readings(shared: Path) -> Iterator[Read]:
    """The articles read by us, put together from their pieces."""
    texts = {row["id"]: row["text"] for row in articles(shared)}
    for row in _lines((HERE / "readings.jsonl").read_text(encoding="utf-8")):
        text = "\n".join(texts[row["id"]][start:end] for start, end in row["pieces"])
        records = [_worded(r, text) for r in row["records"]]
        whole = "types" in row
        types = frozenset(row["types"]) if whole else Read.types
        weight = _WHOLE if whole else _PIECE
        yield Read(row["id"], row["published"], text, records, types, weight, row.get("judged", False))


def articles(shared: Path = SHARED) -> Iterator[Json]:
    """The articles without gold, each once."""
    return iter({row["id"]: row for name in _TEXTS for row in _lines(_unpacked(shared / name))}.values())


def gold(shared: Path, part: str) -> Iterator[Read]:
    """The reports read for the project that the split gives to `tune` or to `check`."""
    folder = shared / "gold/dev/ru"
    split = dict(line.split() for line in (folder / "split.tsv").read_text(encoding="utf-8").splitlines())
    for row in _lines((folder / "reports.jsonl").read_text(encoding="utf-8")):
        if split[row["id"]] == part:
            right = json.loads((folder / f"{row['id']}.json").read_text(encoding="utf-8"))
            yield Read(row["id"], row.get("published"), row["text"], right["records"], weight=_GOLD)


def seed(shared: Path) -> Iterator[Read]:
    """The first report."""
    right = json.loads((shared / "seed/seed.json").read_text(encoding="utf-8"))
    for row in _lines((shared / "seed/reports.jsonl").read_text(encoding="utf-8")):
        yield Read(row["id"], row.get("published"), row["text"], right["records"], weight=_SEED)


def _lines(text: str) -> Iterator[Json]:
    return (json.loads(line) for line in text.split("\n") if line.strip())


def _unpacked(path: Path) -> str:
    from zstandard import ZstdDecompressor

    with path.open("rb") as file:
        return ZstdDecompressor().stream_reader(file).read().decode("utf-8")


def _worded(record: Json, text: str) -> Json:
    """A record with its offsets replaced by the words there."""
    words = {k: text[slice(*record[k])] for k in _CUT if record.get(k)}
    lists = {k: [text[slice(*span)] for span in record[k]] for k in _CUT_LISTS if record.get(k)}
    return {**_ABSENT, **record, **words, **lists}
