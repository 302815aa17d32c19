"""What was read of a shard so far, a line a document, so that a process that dies costs only the document in hand."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any

from servanda.bulk.job import plain_fault
from servanda.bulk.rows import Row, dump, row_from_plain
from servanda.sources.rejected import Rejected
from servanda.sources.text import storable

COUNTED = ("rows", "telling", "records", "passed over", "language", "rejected", "quarantined", "no page")


class Journal:
    """The journal of one shard; it is written by one process, and read on by the next where that one died."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.next = 0  # the number of the document from which on nothing is known
        self.telling = 0
        size = self._read_on()
        self._file = path.open("ab")
        self._file.truncate(size)

    def _read_on(self) -> int:
        """How many bytes of the file are whole lines."""
        size = 0
        if self.path.exists():
            with self.path.open("rb") as lines:
                for line in lines:
                    if not line.endswith(b"\n"):
                        break
                    size += len(line)
                    entry = json.loads(line)
                    self.next = entry["n"] + 1
                    self.telling += bool(entry.get("row", {}).get("records"))
        return size

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self._file.close()
        except OSError:  # of a full disk, again, for what could not be written before
            if error is None:
                raise

    def add(self, n: int, made: Row | Rejected) -> None:
        """What became of a document."""
        if isinstance(made, Row):
            self.telling += made.records > 0
            self._write(n, "row", made.to_plain())
        else:
            self._write(n, "rejected", plain_fault(made))

    def set_aside(self, n: int, fault: Rejected, limits: dict[str, float]) -> None:
        """A document that is not to be read again, and the limits that it went beyond."""
        self._write(n, "quarantined", {**plain_fault(fault), **limits})

    def _write(self, n: int, kind: str, plain: dict[str, Any]) -> None:
        self._file.write((storable(dump({"n": n, kind: plain})) + "\n").encode())
        self._file.flush()
        self.next = n + 1

    def rows(self) -> Iterator[Row]:
        """The rows, in order."""
        return (row_from_plain(entry["row"]) for entry in self._entries() if "row" in entry)

    def facts(self, seen: int) -> dict[str, Any]:
        """What is to be said of all that was read of `seen` items: documents, and records of an archive that are no
        page (requests, pictures), of which nothing was noted.
        """
        counts = dict.fromkeys(COUNTED, 0)
        counts["no page"] = seen
        faults: dict[str, list[Any]] = {"rejected": [], "quarantined": []}
        digest = sha256()
        for entry in self._entries():
            counts["no page"] -= entry["n"] < seen
            if row := entry.get("row"):
                counts["rows"] += 1
                counts["telling"] += row["records"] > 0
                counts["records"] += row["records"]
                if row["outcome"] in counts:
                    counts[row["outcome"]] += 1
                digest.update(f"{row['place']}\0{row['digest']}\n".encode())
            for kind, found in faults.items():
                if fault := entry.get(kind):
                    counts[kind] += 1
                    found.append(fault)
                    digest.update(f"{fault['place']}\0\n".encode())
        return {"digest": digest.hexdigest(), "documents": seen - counts["no page"], **counts, "faults": faults}

    def _entries(self) -> Iterator[dict[str, Any]]:
        with self.path.open("rb") as lines:
            yield from map(json.loads, lines)
