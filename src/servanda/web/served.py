"""What the pages stand on, handed in by the command that serves them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from servanda.ledger.given import Given
from servanda.ledger.ledger import Ledger
from servanda.model.reading import Mention, Reading
from servanda.model.report import Report
from servanda.sources.rejected import Rejected
from servanda.web.drafts import Drafts
from servanda.world.tables import Tables


@dataclass(frozen=True, slots=True)
class Read:
    """One report that was read, and what would be recorded of it."""

    report: Report
    reading: Reading
    given: Given


class Readers(Protocol):
    """Who reads reports for the pages: outside their process, since it may take seconds."""

    def read(self, name: str, content: bytes, published: str | None) -> Sequence[Read | Rejected]:
        """The reports of a file or a pasted text."""
        ...

    def mentions(self, report: Report) -> Sequence[Mention]:
        """Every time, amount, party, person, place and instrument that a report names."""
        ...

    def close(self) -> None:
        """Nothing will be read any more."""
        ...


@dataclass(frozen=True, slots=True)
class Served:
    """All that an application needs."""

    ledger: Ledger
    tables: Tables
    readers: Readers
    drafts: Drafts  # what was read and is not recorded yet
    party_code: Callable[[str], str]  # "Казахстан" -> "KZ"; InputError where nobody knows it
    party_lemmas: Mapping[tuple[str, ...], str]  # names of parties as a search meets them
    find_lemmas: Callable[[str], Sequence[tuple[str, Any]]]  # content lemmas of a text with their places
    who: str  # the name under which decisions are entered until somebody gives another
    hosts: frozenset[str]  # names under which the pages may be asked for, without port
    examples: Path | None = None  # folder of reports offered where the ledger is empty
    version: str = ""
