"""What a person may set, and as what it is taken."""

from typing import Any

import pytest

from desk import POOL, give
from servanda.errors import InputError
from servanda.ledger.ledger import Ledger


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """Record 1: an undertaking with an amount; 2: an instrument; 3: a figure with one."""
    ledger.add([give("r", POOL[4], POOL[0], POOL[9])], "desk")
    return ledger


def held(ledger: Ledger, number: int) -> Any:
    made = ledger.dossier(number)
    assert made is not None
    return next(told.record for told in made.told if told.id == number)


@pytest.mark.parametrize(
    ("text", "number"), [("750", 750), ("0.5", 0.5), ("-3", -3), ("6.8e8", 680_000_000.0), (" 12 ", 12), (12, 12)]
)
def test_text_becomes_a_number_where_the_field_holds_one(text: Any, number: float, filled: Ledger) -> None:
    filled.correct(1, "amounts/0/number", text, "Аня")
    assert (held(filled, 1).amounts[0].number, type(held(filled, 1).amounts[0].number)) == (number, type(number))


def test_so_do_counts_and_numbers_of_records(filled: Ledger) -> None:
    filled.correct(2, "count", "3", "Аня")
    filled.correct(3, "amount/number", "7", "Аня")
    filled.correct(1, "under", "2", "Аня")
    made = filled.dossier(1)
    assert (held(filled, 2).count, held(filled, 3).amount.number, made and made.under) == (3, 7, "I2")


def test_a_year_stays_text(filled: Ledger) -> None:
    filled.correct(1, "when", "2025", "Аня")
    filled.correct(1, "object", "500", "Аня")
    assert (held(filled, 1).when, held(filled, 1).object) == ("2025", "500")


@pytest.mark.parametrize(
    ("number", "path", "value", "says"),
    [
        (1, "amounts/0/number", "пять", "'пять' is no number such as 1500 or 0.5"),
        (1, "amounts/0/number", "1,5", "'1,5' is no number such as 1500 or 0.5"),
        (1, "amounts/0/number", "9" * 40, "is no number such as"),
        (1, "amounts/0/number", "1e400", "inf is no number such as"),
        (2, "count", "2.5", "2.5 is no whole number from 0 to"),
        (2, "count", str(10**20), "is no whole number from 0 to"),
        (1, "under", str(10**20), "is no whole number from 0 to"),
        (1, "amounts/0", "500", "give an object of number, unit, bound"),
    ],
)
def test_what_is_no_number_is_refused(number: int, path: str, value: str, says: str, filled: Ledger) -> None:
    with pytest.raises(InputError) as error:
        filled.correct(number, path, value, "Аня")
    assert says in str(error.value)


def test_a_number_that_no_record_can_have_is_refused(filled: Ledger) -> None:
    for asked in (filled.dossier, lambda n: filled.history([n]), lambda n: filled.undo(n, "Аня")):
        with pytest.raises(InputError, match="is larger than any in a ledger; give the number of a record"):
            asked(10**20)
