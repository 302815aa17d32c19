"""Readings that people made stay above those of a program, whichever comes first."""

from dataclasses import replace

from desk import POOL, give
from servanda.ledger.ledger import Ledger
from servanda.ledger.views import Wanted

PEOPLE = give("r", POOL[0], POOL[4], text=None)
PROGRAM = replace(give("r", POOL[1], text=give("r", POOL[0], POOL[4]).text), reader="servanda 1")


def _quotes(ledger: Ledger) -> set[str]:
    return {told.record.quote for made in ledger.find(Wanted()) for told in made.told}


def test_what_people_read_stays_when_the_text_comes(ledger: Ledger) -> None:
    ledger.add([PEOPLE], "anna")
    assert ledger.add([PROGRAM], "anna")[0].records == 2
    assert _quotes(ledger) == {POOL[0]["quote"], POOL[4]["quote"]}


def test_adding_both_again_adds_nothing(ledger: Ledger) -> None:
    for _ in range(2):
        found = [ledger.add([one], "anna")[0].outcome for one in (PEOPLE, PROGRAM)]
    assert found == ["known", "known"]


def test_another_text_is_another_version(ledger: Ledger) -> None:
    ledger.add([PEOPLE, replace(PROGRAM, text="О другом")], "anna")
    assert _quotes(ledger) == {POOL[1]["quote"]}
