"""After a purge no word of a report stands anywhere; that it was there, its hash, offsets, who and when stay."""

from hashlib import sha256

import pytest
from sqlalchemy import select

from desk import Plain, give, plain_record, state_of
from servanda.errors import InputError, LedgerError
from servanda.ledger.ledger import Ledger
from servanda.ledger.questions import parse_terms
from servanda.ledger.schema import entry
from servanda.ledger.verify import find_faults
from servanda.ledger.views import FROM_NOW, Wanted
from servanda.ledger.words import PLAIN
from servanda.model.dossier import dossier_json

SPANS = {"evidence": {"object": [[11, 22]]}, "basis": {"object": {"how": "stated", "rule": "правилослово"}}}
GROUNDS = {**SPANS, "confidence": {"object": 0.5}}


def words_of(report: str) -> list[Plain]:
    """Records whose every word is the report's own."""
    return [
        plain_record("instrument", f"{report}цитатадоговора", subject=f"{report}предмет", steps=[_step(report)]),
        plain_record(
            "undertaking",
            f"{report}цитата",
            by=["KZ", f"name:{report}Компания"],
            object=f"{report}объект",
            amounts=[{"number": 412, "unit": f"{report}единица", "bound": "over"}],
            terms=[f"{report}условие"],
            places=[f"{report}Город"],
            purpose=f"{report}цель",
            source=f"{report}источник",
            via=f"{report}посредник",
            when="../2022-05-01",
            under=0,
            **GROUNDS,
        ),
        plain_record(
            "meeting",
            f"{report}встреча",
            participants=[{"name": f"{report}Имя", "office": f"{report}должность", "party": "KZ"}],
            place=f"{report}Столица",
            topics=[f"{report}тема"],
        ),
    ]


def _step(report: str) -> Plain:
    return {"step": "signed", "date": "2021-03-02", "by": f"name:{report}Сторона"}


def bytes_of(ledger: Ledger) -> str:
    """All that stands in the file and beside it, in lower case."""
    files = ledger.store.path.parent.glob(ledger.store.path.name + "*")
    return b"".join(path.read_bytes() for path in files).decode("utf-8", "replace").lower()


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    """Reports альфа (two versions, two readers, judged), бета (which is like it) and гамма (with the text of альфа)."""
    text = "альфатекст " * 400  # more than a page
    first = give("r1", *words_of("альфа"), text="альфаранний текст")
    first.reading["undisclosed"] = ["альфатайна"]  # type: ignore[index]
    first.reading["findings"] = [{"code": "x", "message": "альфанаходка", "spans": []}]  # type: ignore[index]
    first.reading["unused"] = [{"type": "time", "span": [0, 3], "text": "альфавремя", "value": "альфа"}]  # type: ignore[index]
    first.reading["dateline"] = {"place": "альфаместо", "date": None, "agency": "альфалента"}  # type: ignore[index]
    first.reading["notes"] = "альфазаметка"  # type: ignore[index]
    ledger.add([first, give("r1", *words_of("альфа"), text=text, reader="reader 1")], "desk")
    others = [*words_of("альфа")[1:], plain_record("figure", "альфачисло")]
    ledger.add([give("r1", *others, text=text, reader="reader 2")], "desk")
    ledger.add([give("r2", *words_of("бета"), text="бетатекст"), give("r3", *words_of("гамма"), text=text)], "desk")
    ledger.correct(2, "object", "альфаправка", "Аня", "зачем альфа")
    ledger.correct(2, "amounts/0/number", 500, "Аня")
    ledger.undo(ledger.correct(3, "topics/0", "альфатема", "Аня"), "Аня")
    ledger.add_missed("r1", plain_record("figure", "альфапропуск"), "Аня")
    ledger.merge([(2, 6)], "Борис", "одно и то же")
    ledger.reject(3, "Борис")
    return ledger


def test_no_word_stands_anywhere(told) -> None:
    assert "альфа" in bytes_of(told)
    told.purge("r1", "Аня", "по просьбе")
    left = bytes_of(told)
    assert "зачем альфа" in left  # what a person wrote as the reason
    words = "ранний тайна находка время место лента заметка число правка тема пропуск цитата предмет Компания объект"
    words += " единица условие Город цель источник посредник Имя должность Столица сторона встреча"
    assert [word for word in words.lower().split() if f"альфа{word}" in left] == []
    assert "правилослово" in left  # of the others
    told.purge("r3", "Аня")
    assert "альфатекст" not in bytes_of(told)
    assert "гамма" not in bytes_of(told)


def test_other_reports_keep_their_words(told) -> None:
    told.purge("r1", "Аня")
    assert [one.text[:9] for one in told.latest_reports(["r2", "r3"]) if one.text] == ["бетатекст", "альфатекс"]
    left = bytes_of(told)
    assert all(f"{report}{word}" in left for report in ("бета", "гамма") for word in ("объект", "цитата", "условие"))
    assert next(iter(told.latest_reports(["r1"]))).text is None  # though another has it


def test_hash_offsets_who_and_when_stay(told) -> None:
    before = told.history_of_report("r1")
    told.purge("r1", "Борис", "по просьбе")
    after = told.history_of_report("r1")
    assert [(one.seq, one.at, one.who, one.kind) for one in after[:-1]] == [
        (one.seq, one.at, one.who, one.kind) for one in before
    ]
    assert (after[-1].kind, after[-1].who, after[-1].body["why"]) == ("purge", "Борис", "по просьбе")
    assert after[0].body["sha256"] == sha256("альфаранний текст".encode()).hexdigest()
    reading = next(one for one in after if one.kind == "reading").body["reading"]
    assert reading["records"][1] == {
        **plain_record("undertaking", "", amounts=[{"number": 412, "unit": "?", "bound": "over"}]),
        **{"when": "../2022-05-01", "under": 0, "purpose": None, "via": None},
        **{"evidence": SPANS["evidence"], "basis": {}, "confidence": {"object": 0.5}},
    }
    home = told.dossier(2)
    assert home is not None
    assert all(t.carrier.purged == (t.carrier.report == "r1") for t in home.told)


def test_a_purged_ledger_is_sound_and_can_be_rebuilt(told) -> None:
    told.purge("r1", "Аня")
    assert list(find_faults(told)) == []
    before = state_of(told)
    told.rebuild()
    assert state_of(told) == before


def test_a_second_purge_takes_what_came_since(told) -> None:
    told.purge("r1", "Аня")
    with pytest.raises(InputError, match=r"^r1: is purged already, by entry"):
        told.purge("r1", "Аня")
    told.correct(2, "object", "альфаобъект", "Аня")
    told.purge("r1", "Аня")
    assert "альфаобъект" not in bytes_of(told)
    assert list(find_faults(told)) == []


def test_what_is_purged_is_not_found_by_its_words(told) -> None:
    def found(words: str) -> list[str]:
        terms = parse_terms(words, told.tongue.words)
        return [hit.dossier.id for hit in told.search(terms, Wanted(), FROM_NOW)]

    assert found("альфаобъект") or found("альфаправка")
    told.purge("r1", "Аня")
    assert found("альфаобъект") == found("альфаправка") == found("альфаусловие") == []
    assert found("бетаобъект") != []
    assert list(told.find(Wanted(parties=("name:альфаКомпания",)))) == []


def test_what_is_purged_is_not_recorded_again(told) -> None:
    told.purge("r1", "Аня")
    before = told.count()
    text = "альфатекст " * 400
    again = [give("r1", *words_of("альфа"), text=text), give("r1", *words_of("альфа"), text="альфаранний текст")]
    assert [one.outcome for one in told.add(again, "desk")] == ["known", "known"]
    assert told.count() == before
    corrected = give("r1", *words_of("альфа"), text="исправленный текст")
    assert [one.outcome for one in told.add([corrected], "desk")] == ["version"]  # of this nothing was said


def test_a_person_may_correct_what_was_purged(told) -> None:
    told.purge("r1", "Аня")
    told.correct(2, "when", "2022", "Аня")
    record = next(t for t in told.dossier(2).told if t.id == 2)
    assert (record.record.when, record.record.object, record.record.amounts[0].number) == ("2022", None, 500)
    before = state_of(told)
    told.rebuild()
    assert state_of(told) == before


def test_what_was_known_before_is_seen_without_the_words(told) -> None:
    before = told.clock.now
    told.purge("r1", "Аня")
    seen = str([dossier_json(one, with_text=True) for one in told.all(told.view(known_at=before))])
    assert "альфа" not in seen.replace("альфатекст", "")
    assert "бетаобъект" in seen


def test_a_purge_that_another_process_hinders_says_so(told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servanda.ledger.sqlite._WAIT", 50)
    ledger = Ledger.open(told.store.path, PLAIN)
    with told.store.reading() as connection:
        connection.execute(select(entry.c.seq)).all()
        with pytest.raises(LedgerError, match="while another process reads in it; end that process"):
            ledger.purge("r1", "Аня")
    with pytest.raises(InputError, match="is purged already"):
        ledger.purge("r1", "Аня")
    assert "альфаобъект" not in bytes_of(ledger)
    ledger.close()
