"""A purge takes places, too, and is done once."""

import pytest

from desk import give, plain_record
from servanda.errors import InputError
from servanda.ledger.ledger import Ledger


def test_no_place_is_left(ledger: Ledger) -> None:
    ledger.add([give("r", plain_record("undertaking", "передаст в селе Верхний Лог", places=["Верхний Лог"]))], "a")
    ledger.purge("r", "a")
    ledger.close()
    for file in ledger.store.path.parent.iterdir():
        assert "Верхний Лог".encode() not in file.read_bytes(), file.name


def test_a_second_purge_is_refused(ledger: Ledger) -> None:
    ledger.add([give("r", plain_record("undertaking", "передаст зерно"))], "a")
    ledger.purge("r", "a")
    with pytest.raises(InputError, match="purged already"):
        ledger.purge("r", "a")
