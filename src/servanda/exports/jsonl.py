"""Dossiers <-> JSON lines: one dossier a line, with every record, its evidence and its quote."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from servanda.model.dossier import Dossier, dossier_json
from servanda.model.plain import dossier_from_json


def write_jsonl(dossiers: Iterable[Dossier], target: Path, *, with_text: bool = False) -> None:
    """One line a dossier, UTF-8; full texts only `with_text`, and where they are kept."""
    with target.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as lines:
        for dossier in dossiers:
            lines.write(json.dumps(dossier_json(dossier, with_text), ensure_ascii=False) + "\n")


def read_jsonl(source: Path) -> Iterator[Dossier]:
    """The dossiers of such a file."""
    with source.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield dossier_from_json(json.loads(line))
