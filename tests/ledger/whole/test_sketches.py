"""A ledger keeps the sketch of each text as long as the text itself."""

from pathlib import Path

import pytest
from sqlalchemy import select, text

from desk import Clock, give, plain_record
from servanda.bulk.sketch import sketch
from servanda.ledger.ledger import Ledger
from servanda.ledger.migrations.versions import v0003
from servanda.ledger.schema import sketch as sketches
from servanda.ledger.verify import find_faults
from servanda.ledger.words import Tongue, rough_words
from servanda.model.dossier import Dossier
from wires import find_wires

WIRE = find_wires()[0]
GIFT = {"object": "зерно пшеницы", "when": "../2022-05-01"}


@pytest.fixture
def ledger(empty: Path, tmp_path: Path) -> Ledger:
    """A ledger that knows rewrites, with one wire from two outlets."""
    path = tmp_path / "ledger.db"
    path.write_bytes(empty.read_bytes())
    ledger = Ledger.open(path, Tongue(rough_words, sketch=sketch), clock=Clock())
    for agency, words in (("Вестник", WIRE), ("Курьер", f"Иначе\n{WIRE}")):
        told = plain_record("undertaking", f"Лесия передаст Озерии зерно, пишет {agency}", **GIFT)
        ledger.add([give(agency, told, agency=agency, text=words)], "desk")
    return ledger


def dossier(ledger: Ledger) -> Dossier:
    (made,) = ledger.all()
    return made


def kept(ledger: Ledger) -> int:
    with ledger.store.reading() as connection:
        return len(connection.execute(select(sketches)).all())


def test_one_wire_from_two_outlets_is_one_origin(ledger: Ledger) -> None:
    made = dossier(ledger)
    first, second = made.told
    assert (first.rewrites, second.rewrites) == (None, first.id)
    assert made.origins == ((first.id, second.id),)
    assert list(find_faults(ledger)) == []


def test_a_purge_takes_the_sketch_along(ledger: Ledger) -> None:
    ledger.purge("Вестник", "desk")
    assert kept(ledger) == 1
    assert {t.rewrites for made in ledger.all() for t in made.told} == {None}
    assert list(find_faults(ledger)) == []


def test_a_text_that_another_report_has_too_keeps_it(ledger: Ledger) -> None:
    told = plain_record("undertaking", "Лесия передаст Озерии зерно", **GIFT)
    ledger.add([give("Меридиан", told, agency="Меридиан", text=WIRE)], "desk")
    assert kept(ledger) == 2
    ledger.purge("Вестник", "desk")
    assert kept(ledger) == 2
    assert list(find_faults(ledger)) == []


def test_a_ledger_of_before_gets_them_when_it_is_folded_anew(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.store.writing() as connection:
        connection.execute(text("DROP TABLE sketch"))
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{v0003.down_revision}'"))
    ledger.close()
    again = Ledger.open(tmp_path / "ledger.db", ledger.tongue)
    assert kept(again) == 0
    assert [fault for fault in find_faults(again) if "table sketch" in fault]
    again.rebuild()
    assert kept(again) == 2
    assert list(find_faults(again)) == []
