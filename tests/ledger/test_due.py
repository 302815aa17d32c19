"""What falls due and what fell due: by the deadline in force, by party, as of any day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from servanda.lang.lemmas import lemmas
from servanda.ledger.given import Given
from servanda.ledger.ledger import Ledger
from servanda.ledger.views import View
from servanda.ledger.words import Tongue

_DEED = {"type": "undertaking", "certainty": "stated", "source": None, "modality": "obligation", "under": None}
_DEED |= {"progress": "announced", "act": "build", "terms": [], "places": [], "amounts": []}


def deed(what: str, when: str | None, **fields: Any) -> dict[str, Any]:
    given = {"by": ["KZ"], "to": ["KG"], "object": what, "when": when}
    return {**_DEED, "quote": f"Стороны построят {what}", **given, **fields}


# The report, its day, and the undertaking that it tells.
REPORTS = [
    ("мост", "2024-01-10", deed("мост через реку Или", "../2024-06-30")),
    ("завод", "2024-01-11", deed("стекольный завод под Ошем", "../2024-12-31", to=["UZ"])),
    ("школа", "2024-01-12", deed("русскую школу на сто мест", "2024-03", by=["TJ"])),
    ("порт", "2024-01-13", deed("сухой порт Алтынколь", None)),
    ("запрет", "2024-01-14", deed("вышки на границе", "../2024-05-01", modality="prohibition")),
    ("слух", "2024-01-15", deed("новую дорогу в горах", "../2024-05-02", certainty="denied")),
]
DONE = ("готово", "2024-04-02", deed("русскую школу на сто мест", "2024-03-30", by=["TJ"], progress="fulfilled"))


def given_of(report: str, published: str, record: dict[str, Any]) -> Given:
    return Given(reading={"id": report, "published": published, "records": [record]})


@pytest.fixture
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    made = Ledger.open(tmp_path_factory.mktemp("due") / "ledger.db", Tongue(lemmas), create=True)
    made.add([given_of(*one) for one in REPORTS], "anna")
    yield made
    made.close()


def due(ledger: Ledger, day: str, view: View | None = None, **asked: Any) -> list[tuple[str, str]]:
    seen = view or replace(ledger.view(), on=date.fromisoformat(day))
    return [(made.told[0].carrier.report, made.status) for made in ledger.due(seen, **asked)]


def test_what_falls_due_comes_in_the_order_of_its_deadlines(ledger: Ledger) -> None:
    first, last = date(2024, 2, 1), date(2024, 12, 31)
    found = due(ledger, "2024-02-01", first=first, last=last)
    assert found == [("школа", "open"), ("мост", "open"), ("завод", "open")]
    assert due(ledger, "2024-02-01", first=first, last=last, latest=True) == found[::-1]


def test_a_deadline_that_passed_in_silence_is_overdue(ledger: Ledger) -> None:
    found = due(ledger, "2024-07-01", last=date(2024, 6, 30), latest=True)
    assert found == [("мост", "overdue_no_report"), ("школа", "overdue_no_report")]


def test_all_parties_asked_for_take_part(ledger: Ledger) -> None:
    def of(*parties: str) -> list[str]:
        return [report for report, _ in due(ledger, "2024-01-20", parties=parties)]

    assert of("KG") == ["школа", "мост"]
    assert of("KG", "KZ") == of("KZ", "KG") == ["мост"]
    assert of("KZ") == ["мост", "завод"]
    assert of("TJ", "KZ") == []


def test_what_is_reported_as_done_is_due_no_more_but_was_before(ledger: Ledger) -> None:
    ledger.add([given_of(*DONE)], "anna")
    assert ("школа", "overdue_no_report") not in due(ledger, "2024-07-01", last=date(2024, 6, 30))
    before = ledger.view(as_of=date(2024, 4, 1))
    assert due(ledger, "", before, last=date(2024, 3, 31)) == [("школа", "overdue_no_report")]


def test_no_day_sees_what_was_published_later(ledger: Ledger) -> None:
    assert due(ledger, "", ledger.view(as_of=date(2024, 1, 10))) == [("мост", "open")]


def test_a_new_deadline_takes_the_place_of_the_old_one(ledger: Ledger) -> None:
    later = deed("мост через реку Или", "../2025-06-30", progress="delayed")
    ledger.add([given_of("отсрочка", "2024-06-15", later)], "anna")
    ledger.merge([(1, 7)], "anna")
    assert "мост" not in dict(due(ledger, "2024-07-01", last=date(2024, 12, 30)))
    found = due(ledger, "2024-07-01", first=date(2024, 1, 1))
    assert [report for report, _ in found] == ["школа", "завод", "мост"]
