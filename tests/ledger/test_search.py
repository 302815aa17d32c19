"""Rows are found by their words in any form, by facets and period, the newest first; a purge leaves no trace."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servanda.errors import InputError
from servanda.lang.lemmas import lemmas
from servanda.ledger.given import Given
from servanda.ledger.ledger import Ledger
from servanda.ledger.questions import parse_terms
from servanda.ledger.search import facet
from servanda.ledger.verify import find_faults
from servanda.ledger.views import Wanted
from servanda.ledger.words import Tongue

_COMMON = {"certainty": "stated", "source": None}
_DEED = {"type": "undertaking", "modality": "obligation", "progress": "announced", "terms": [], "places": []}
_DEED |= {"amounts": [], "when": None, "under": None}
_MEETING = {"type": "meeting", "kind": "talks", "place": None, "date": None, "status": "held", "topics": []}


def deed(quote: str, act: str = "give", by: str = "KZ", to: str = "KG", **fields: Any) -> dict[str, Any]:
    return {**_COMMON, **_DEED, "quote": quote, "act": act, "by": [by], "to": [to], "object": None, **fields}


def meeting(quote: str, *people: tuple[str, str]) -> dict[str, Any]:
    participants = [{"name": name, "office": None, "party": party} for name, party in people]
    return {**_COMMON, **_MEETING, "quote": quote, "participants": participants}


READINGS = {
    "a": ("2021-03-01", deed("Астана окажет военную помощь соседу", object="техника")),
    "b": ("2022-05-10", deed("Бишкек получит помощь при подписании договора", act="supply")),
    "c": ("2020-01-02", deed("Душанбе купит 10 080 тонн муки", act="buy", by="TJ", to="KZ", terms=["безвозмездно"])),
    "d": ("2023-07-07", meeting("Стороны встретились", ("Садыр Жапаров", "KG"), ("Касым-Жомарт Токаев", "KZ"))),
    "e": ("2022-01-01", deed("Завод поставит вагоны", act="supply", by="name:Рога+Копыта", to="TJ")),
}


def given_of(report: str) -> Given:
    published, record = READINGS[report]
    return Given(reading={"id": report, "published": published, "records": [record]}, text=record["quote"])


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    made = Ledger.open(tmp_path_factory.mktemp("search") / "ledger.db", Tongue(lemmas), create=True)
    made.add([given_of(report) for report in READINGS], "anna")
    yield made
    made.close()


def reports(ledger: Ledger, text: str = "", wanted: Wanted | None = None, **view: Any) -> str:
    terms = parse_terms(text, lemmas, {("казахстан",): "KZ"}.get)
    hits = ledger.search(terms, wanted or Wanted(), ledger.view(**view))
    return "".join(told.carrier.report for hit in hits for told in hit.found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("помощи", "ba"),
        ("подписание", "b"),
        ("Договором", "b"),
        ("военная помощь", "a"),
        ("«помощь военная»", ""),
        ('"получит помощь"', "b"),
        ("10080", "c"),
        ("10 080", "c"),
        ("жапарову", "d"),
        ("ТОКАЕВ", "d"),
        ("безвозмездный", "c"),
        ("техники", "a"),
        ("соседу техника", "a"),
        ('"сосед техника"', ""),
        ("встрет*", "d"),
        ("воен* помощ*", "a"),
        ("копыта", "e"),
        ("Казахстан", "dbac"),
        ("Казахстан мука", "c"),
        ("рога", "e"),
        ("газ", ""),
    ],
)
def test_rows_are_found_by_words_in_any_form(ledger: Ledger, text: str, found: str) -> None:
    assert reports(ledger, text) == found


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(types=("meeting",)), "d"),
        (Wanted(types=("meeting", "undertaking")), "dbeac"),
        (Wanted(parties=("KZ",)), "dbac"),
        (Wanted(parties=("KG", "KZ")), "dba"),
        (Wanted(parties=("name:Рога+Копыта",)), "e"),
        (Wanted(parties=("name:Рога Копыта",)), ""),
        (Wanted(acts=("supply", "buy")), "bec"),
        (Wanted(acts=("talks",)), "d"),
        (Wanted(since=date(2021, 3, 1), until=date(2022, 5, 10)), "bea"),
        (Wanted(until=date(2020, 1, 1)), ""),
        (Wanted(limit=2), "db"),
        (Wanted(limit=2, offset=3), "ac"),
    ],
)
def test_rows_are_found_by_facets_and_period(ledger: Ledger, wanted: Wanted, found: str) -> None:
    assert reports(ledger, "", wanted) == found


def test_words_and_filters_hold_together(ledger: Ledger) -> None:
    assert reports(ledger, "помощь", Wanted(acts=("give",), parties=("KG",), until=date(2021, 12, 31))) == "a"


def test_a_search_never_sees_the_future(ledger: Ledger) -> None:
    assert reports(ledger, "помощь", as_of=date(2021, 12, 31)) == "a"


@given(text=st.text(st.sampled_from("помщь ab*\"«»():^-+{}[]'\\\x00,.NEAR/5ANDOR") | st.characters(), max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_text_breaks_a_search(ledger: Ledger, text: str) -> None:
    try:
        terms = parse_terms(text, lambda words: tuple(words.split()))
    except InputError:
        terms = ()
    list(ledger.search(terms, Wanted(parties=(text,), acts=(text,)), ledger.view()))


def test_many_words_are_a_question_too(ledger: Ledger) -> None:
    assert reports(ledger, "помощь " * 5_000) == "ba"
    assert reports(ledger, " ".join(f"слово{n}" for n in range(5_000))) == ""


@given(st.text(max_size=20))
def test_any_value_is_one_word_of_the_index(value: str) -> None:
    assert not set(facet("p", value)) & set(" \t\n*()" + '"')


def test_a_rejected_record_is_not_found(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "ledger.db", Tongue(lemmas), create=True)
    ledger.add([given_of("a")], "anna")
    seq = ledger.reject(1, "anna")
    assert reports(ledger, "помощь") == ""
    ledger.undo(seq, "anna")
    assert reports(ledger, "помощь") == "a"
    ledger.close()


def test_a_purge_takes_the_words_out_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    ledger = Ledger.open(path, Tongue(lemmas), create=True)
    ledger.add([given_of(report) for report in "abc"], "anna")
    assert "военный".encode() in path.read_bytes() + Path(f"{path}-wal").read_bytes()
    ledger.purge("a", "anna")
    assert (reports(ledger, "военная"), reports(ledger, "помощь")) == ("", "b")
    assert list(find_faults(ledger)) == []
    ledger.close()
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert "военный".encode() not in left
    assert "военную".encode() not in left


def test_a_rebuild_finds_the_same(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "ledger.db", Tongue(lemmas), create=True)
    ledger.add([given_of(report) for report in READINGS], "anna")
    ledger.purge("e", "anna")
    ledger.rebuild()
    assert reports(ledger, "помощь") == "ba"
    assert reports(ledger, "вагон") == ""
    assert list(find_faults(ledger)) == []
    ledger.close()


def test_an_index_that_lost_a_row_is_a_fault(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "ledger.db", Tongue(lemmas), create=True)
    ledger.add([given_of("a")], "anna")
    with ledger.store.writing() as connection:
        connection.exec_driver_sql("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    assert any("search index" in fault for fault in find_faults(ledger))
    ledger.close()
