"""What a person confirmed stays as it was confirmed, until the report itself says otherwise."""

from desk import give, plain_record
from servanda.ledger.ledger import Ledger

QUOTE = "Казахстан передаст Таджикистану зерно"


def told(ledger: Ledger, number: int = 1) -> tuple[str, str | None]:
    dossier = ledger.dossier(number)
    assert dossier is not None
    (one,) = (t for t in dossier.told if t.id == number)
    return one.record.act, one.review


def test_a_reader_does_not_change_what_was_confirmed(ledger: Ledger) -> None:
    ledger.add([give("r", plain_record("undertaking", QUOTE))], "reader")
    seq = ledger.confirm(1, "Анна")
    changes = ledger.reread(give("r", plain_record("undertaking", QUOTE, act="lend"), reader="another"), "reader")
    assert [c.what for c in changes] == ["kept"]
    assert told(ledger) == ("give", "confirmed")
    ledger.undo(seq, "Анна")
    assert told(ledger) == ("lend", None)


def test_of_another_text_nothing_is_confirmed(ledger: Ledger) -> None:
    ledger.add([give("r", plain_record("undertaking", QUOTE))], "reader")
    ledger.confirm(1, "Анна")
    ledger.add([give("r", plain_record("undertaking", QUOTE, act="lend"), text="Другой текст.")], "reader")
    assert told(ledger) == ("lend", None)
