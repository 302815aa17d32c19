"""A report and its reading -> the row that is kept of it."""

import json
from dataclasses import dataclass, fields
from hashlib import sha256
from typing import Any

from servanda.model.reading import Reading
from servanda.model.report import Report
from servanda.sources.rejected import Rejected

_OUTCOMES = {"language": "language", "triage": "passed over"}  # by the code of the finding that tells it


@dataclass(frozen=True, slots=True)
class Row:
    """One document that was read. `outcome` is `read`, `passed over` (nothing in it can be a record) or `language` (one
    that is not read yet); `digest` the SHA-256 of the text; text and reading stand only where there are records.
    """

    place: str
    id: str
    url: str | None
    agency: str | None
    published: str | None
    lang: str | None
    outcome: str
    records: int
    digest: str
    sketch: bytes | None = None
    text: str | None = None
    reading: str | None = None

    def values(self) -> dict[str, Any]:
        """The values by their names."""
        return {name: getattr(self, name) for name in NAMES}

    def to_plain(self) -> dict[str, Any]:
        """The row as JSON holds it, the reading as an object."""
        return {
            **self.values(),
            "sketch": self.sketch.hex() if self.sketch is not None else None,
            "reading": json.loads(self.reading) if self.reading is not None else None,
        }


NAMES = tuple(field.name for field in fields(Row))


def row_from_plain(plain: dict[str, Any]) -> Row:
    """The row again."""
    sketch, reading = plain["sketch"], plain["reading"]
    return Row(
        **{
            **plain,
            "sketch": bytes.fromhex(sketch) if sketch is not None else None,
            "reading": dump(reading) if reading is not None else None,
        }
    )


def make_row(place: str, report: Report, reading: Reading) -> Row | Rejected:
    """The row of a document; Rejected where its letters are wrong, so that nothing could be read."""
    codes = {finding.code: finding.message for finding in reading.findings}
    if "encoding" in codes:
        what, _, remedy = codes["encoding"].partition("; ")
        return Rejected(place, what, remedy)
    from servanda.bulk.sketch import sketch  # loaded by the worker

    telling = bool(reading.records)
    return Row(
        place=place,
        id=report.id,
        url=report.url,
        agency=report.agency,
        published=reading.published,
        lang=reading.lang,
        outcome=next((said for code, said in _OUTCOMES.items() if code in codes), "read"),
        records=len(reading.records),
        digest=sha256(report.text.encode()).hexdigest(),
        sketch=sketch(report.text),
        text=report.text if telling else None,
        reading=dump(reading.to_json()) if telling else None,
    )


def dump(value: Any) -> str:
    """JSON in one short line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
