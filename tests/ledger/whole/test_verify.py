"""What was done to a ledger behind its back is named with its place and a remedy, and the looking goes on."""

import pytest
from sqlalchemy import text

from desk import POOL, give
from servanda.ledger.ledger import Ledger
from servanda.ledger.verify import find_faults

REMEDY = "bring back a backup: servanda restore BACKUP"
NOT_COMPARED = "the tables: were not compared with entries that have faults; bring back a backup, then verify again"
REPORTS = ("entry 1 of r0", "entry 3 of r1", "entry 5 of r2")


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """Entries 1 to 6: three reports, each with its reading."""
    ledger.add([give(f"r{n}", POOL[4], POOL[0]) for n in range(3)], "desk")
    return ledger


def harm(ledger: Ledger, *statements: str) -> list[str]:
    with ledger.store.writing() as connection:
        for statement in statements:
            connection.execute(text(statement))
    return list(find_faults(ledger))


@pytest.mark.parametrize(
    ("statement", "faults"),
    [
        ("DELETE FROM entry WHERE seq = 3", ["entry 3: is missing"]),
        ("DELETE FROM entry WHERE seq < 5", ["entries 1 to 4: are missing"]),
        (
            "UPDATE entry SET body = '{\"ids\": [' WHERE seq = 2",
            ["entry 2 (reading of r0): is not what was written", "entry 2 (reading of r0): its body cannot be read"],
        ),
        (
            "UPDATE entry SET body = '[]' WHERE seq = 5",
            ["entry 5 (report of r2): is not what was written", "entry 5 (report of r2): its body cannot be read"],
        ),
        ("UPDATE entry SET who = 'somebody' WHERE seq = 4", ["entry 4 (reading of r1): is not what was written"]),
        ("UPDATE text SET text = text || '.'", [f"{place}: the text is not what was written" for place in REPORTS]),
        ("DELETE FROM text", [f"{place}: the text is missing" for place in REPORTS]),
    ],
)
def test_each_fault_has_its_place_and_a_remedy(statement: str, faults: list[str], filled: Ledger) -> None:
    *found, last = harm(filled, statement)
    assert (sorted(found), last) == (sorted(f"{fault}; {REMEDY}" for fault in faults), NOT_COMPARED)


def test_one_fault_does_not_hide_another(filled: Ledger) -> None:
    found = harm(
        filled,
        "DELETE FROM entry WHERE seq = 1",
        "UPDATE entry SET body = '{' WHERE seq = 4",
        "DELETE FROM text WHERE rowid = 3",
        "DELETE FROM search",
    )
    assert [fault.split(":")[0] for fault in found] == [
        *("entry 1", "entry 4 (reading of r1)", "entry 4 (reading of r1)", "entry 5 of r2"),
        *("the search index", "the tables"),
    ]


def test_tables_that_do_not_follow_are_named(filled: Ledger) -> None:
    found = harm(filled, "UPDATE carrier SET agency = 'x' WHERE seq = 1", "DELETE FROM deadline")
    remedy = "does not follow from the entries; run servanda verify --rebuild"
    assert found == [f"table {name}: {remedy}" for name in ("carrier", "deadline")]
    filled.rebuild()
    assert list(find_faults(filled)) == []


def test_a_purged_text_is_not_missing(filled: Ledger) -> None:
    filled.purge("r1", "Аня")
    assert list(find_faults(filled)) == []
    filled.add([give("r1", POOL[4], text="другой текст")], "desk")
    assert harm(filled, "DELETE FROM text WHERE text = 'другой текст'")[0].startswith(
        "entry 8 of r1: the text is missing"
    )
