"""A report that was just recorded -> what became of its records: new dossiers, those that they joined, doubts."""

from collections.abc import Iterator
from dataclasses import dataclass

from servanda.ledger.ledger import Ledger, Outcome, Recorded
from servanda.model.dossier import Discrepancy, Dossier
from servanda.render.findings import by_gravity
from servanda.web.desk import Desk


@dataclass(frozen=True, slots=True)
class Home:
    """Where records of one report stand now. `beside`: the other reports that tell the same."""

    dossier: Dossier
    records: tuple[int, ...]
    beside: tuple[str, ...]
    findings: tuple[Discrepancy, ...]


@dataclass(frozen=True, slots=True)
class Became:
    """A report, what was done with it, and where its records stand."""

    report: str
    outcome: Outcome
    homes: tuple[Home, ...]


def find_became(desk: Desk, recorded: Recorded) -> Became:
    """Looked up anew each time: records may have been decided on since."""
    return Became(recorded.report, recorded.outcome, tuple(_homes(desk, recorded.report)))


def _homes(desk: Desk, report: str) -> Iterator[Home]:
    seen: set[str] = set()
    for number in _records_of(desk.ledger, report):
        made = desk.ledger.dossier(number, desk.view)
        if made is not None and made.id not in seen:
            seen.add(made.id)
            own = tuple(t.id for t in made.told if t.carrier.report == report)
            beside = dict.fromkeys(t.carrier.report for t in made.told if t.carrier.report != report)
            findings = [one for one in desk.ledger.findings_of(made, desk.view) if one.level != "note"]
            yield Home(made, own, tuple(beside), tuple(by_gravity(findings)))


def _records_of(ledger: Ledger, report: str) -> list[int]:
    """The numbers of a report's records, as last read."""
    read = [event.body["ids"] for event in ledger.history_of_report(report) if event.kind == "reading"]
    return read[-1] if read else []
