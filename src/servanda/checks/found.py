"""What a check finds -> a `Discrepancy` with the words concerned. Also the one table of checks."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from servanda.checks.say import Line
from servanda.model.dossier import Cited, Discrepancy, Dossier, Told

Level = Literal["error", "doubt", "note"]
Holders = Mapping[int, str]  # number of a record -> the dossier that holds it


@dataclass(frozen=True, slots=True)
class Found:
    """A finding before it is known which dossiers it concerns."""

    code: str
    level: Level
    message: Line
    cited: tuple[Cited, ...]


def cite(told: Told, *paths: str) -> Cited:
    """The words of the first of these fields that has evidence; the clause that states the record where none has."""
    for path in (*paths, "quote"):
        spans = tuple(told.record.evidence.get(path, ()))
        if spans:
            return Cited(told.id, told.carrier.report, _words(told, path, spans), spans)
    return Cited(told.id, told.carrier.report, told.record.quote)


def _words(told: Told, path: str, spans: Sequence[tuple[int, int]]) -> str:
    text = told.carrier.text
    if text is None or path == "quote":
        return told.record.quote
    return " … ".join(text[start:end] for start, end in spans)


def discrepancy(found: Found, holders: Holders) -> Discrepancy:
    """With the dossiers of the records that it cites."""
    dossiers = tuple(dict.fromkeys(holders[c.told] for c in found.cited if c.told in holders))
    cited = tuple(dict.fromkeys(found.cited))
    return Discrepancy(found.code, found.level, found.message.en, dossiers, cited, found.message.ru)


def standing(told: Iterable[Told]) -> list[Told]:
    """What still stands: reports that were withdrawn or purged prove nothing."""
    return [t for t in told if not t.carrier.withdrawn and not t.carrier.purged]


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its code, one line of what it finds, and the function for each thing it looks at."""

    code: str
    finds: str
    finds_ru: str
    report: Callable[[Sequence[Told]], Iterator[Found]] | None = None  # records of one report
    dossier: Callable[[Dossier], Iterator[Found]] | None = None
    together: Callable[[Sequence[Told]], Iterator[Found]] | None = (
        None  # records of several reports, one pair of parties
    )
