"""Lines of JSON -> Reports, one object a line: `id, lang, published, agency, url, text`. A bad line spoils no other."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Any, BinaryIO

from servanda.model.edtf import parse_point
from servanda.model.report import Report
from servanda.sources.encoding import UndecodableError, decode, is_wide
from servanda.sources.rejected import MAX_BYTES, Rejected, too_large
from servanda.sources.taken import Taken, Taking, lost
from servanda.sources.text import storable

BLANK = b" \t\r\n\xef\xbb\xbf"
FIELDS = ("id", "lang", "published", "agency", "url", "text")
_DAY = re.compile(r"(\d{4}-\d\d(?:-\d\d)?)(?:[T ].+)?", re.DOTALL)


def looks_like_json(line: bytes) -> bool:
    """Whether a first line opens an object, as a line of JSON does and a news text does not."""
    head = line.lstrip(BLANK)
    return head.startswith(b"{") and head[1:].lstrip(BLANK)[:1] in (b'"', b"}")


def split_lines(stream: BinaryIO, taken: Iterable[bytes] = ()) -> Iterator[bytes | None]:
    """The lines of a stream after those already taken from it; None for one that is over the limit."""
    for line in chain(taken, iter(partial(stream.readline, MAX_BYTES + 1), b"")):
        if len(line) <= MAX_BYTES:
            yield line
            continue
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(MAX_BYTES)
        yield None


def check_first(line: bytes, place: str) -> Rejected | None:
    """What the first line of a file tells against all of it."""
    if not line:
        return Rejected(place, "is empty", "give one JSON object a line")
    if line.strip(BLANK) in (b"{", b"["):
        return Rejected(f"{place}:1", "is JSON over several lines", "write one object a line, as jq -c does")
    return None


def take_lines(lines: Iterator[bytes | None], name: str, number: int, options: Taking) -> Iterator[Taken]:
    """A document for each line that is not blank; `lines` are those of the file after the first `number`."""
    first = next(lines, b"")
    if number == 0 and first and is_wide(first):
        first, lines = _split_wide(first, lines)
    if number == 0 and first is not None and (fault := check_first(first, name)):
        yield lost(fault, 0)
        return
    for position, line in enumerate(chain([first], lines), number + 1):
        place = f"{name}:{position}"
        if line is None:
            yield lost(too_large(place), position)
        elif line.strip(BLANK):
            yield Taken(place, position, len(line), partial(read_line, line, place, options))


def _split_wide(first: bytes, lines: Iterator[bytes | None]) -> tuple[bytes | None, Iterator[bytes | None]]:
    """The first line and the others of UTF-16 or UTF-32, in UTF-8; None where all of it is over the limit."""
    parts, length = [first], len(first)
    for line in lines:
        if line is None or (length := length + len(line)) > MAX_BYTES:
            return None, iter(())
        parts.append(line)
    begin, *others = decode(b"".join(parts)).encode("utf-8", "replace").split(b"\n")
    return begin, iter(others)


def read_line(line: bytes, place: str, options: Taking) -> Report | Rejected:
    """The report of one line, called by its place unless it has an id of its own."""
    try:
        value = json.loads(_decode(line.strip(BLANK)))
    except UndecodableError as error:
        return Rejected(place, str(error), "write JSON in UTF-8")
    except json.JSONDecodeError as error:
        return Rejected(place, f"is no JSON: {error.msg} at character {error.pos + 1}", "write one JSON object a line")
    except RecursionError:
        return Rejected(place, "is nested too deeply", "write one flat JSON object a line")
    except ValueError:
        return Rejected(place, "has a number that is too long", "write it as a string")
    if not isinstance(value, dict):
        return Rejected(place, f"is {_name(value)}, not an object", 'write {"id": ..., "text": ...}')
    if options.columns:
        value = value | {field: value.get(key) for field, key in options.columns}
    return to_report(value, place, options.published)


def _decode(line: bytes) -> str:
    """The letters of a line; of one in UTF-8, as nearly all are, without a closer look."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return decode(line)


def to_report(value: dict[str, Any], place: str, published: str | None) -> Report | Rejected:
    """The report of one JSON object; keys that are not known are left aside."""
    if "text" not in value:
        return Rejected(place, 'has no "text"', 'give the report\'s text as "text"')
    given, id = value.get("id"), place
    if isinstance(given, (str, int)) and not isinstance(given, bool):
        id = str(given) or id
    elif given is not None:
        return Rejected(place, f'"id" is {_name(given)}', "give a string, or leave it out")
    for field in FIELDS[1:]:
        if not isinstance(value.get(field), (str, type(None))) or (field == "text" and value["text"] is None):
            return Rejected(place, f'"{field}" is {_name(value[field])}', "give a string")
    if not value["text"].strip():
        return Rejected(place, '"text" is empty', "give the report's text")
    day = parse_published(value["published"]) if value.get("published") else published
    if value.get("published") and day is None:
        return Rejected(
            place, f'"published" is no date: {value["published"][:40]!r}', "write it as 2021-12-08, or null"
        )
    optional = {f: storable(value[f]) if value.get(f) else None for f in ("lang", "agency", "url")}
    return Report(id=storable(id), text=storable(value["text"]), published=day, **optional)


def parse_published(value: str) -> str | None:
    """The EDTF day or month of an ISO date, or the day of an ISO date and time as printed; None for anything else."""
    value = value.strip()
    match = _DAY.fullmatch(value)
    if match is None or parse_point(match[1]) is None:
        return None
    if match[1] != value:
        try:
            datetime.fromisoformat(value)
        except ValueError:
            return None
    return match[1]


def _name(value: object) -> str:
    """What JSON calls the kind of a value."""
    names = {bool: "a boolean", int: "a number", float: "a number", list: "a list", dict: "an object", str: "a string"}
    return names.get(type(value), "null")
