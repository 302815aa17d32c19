import asyncio
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from servanda.exports.datasette import make_metadata, write_database
from servanda.exports.tables import load_tables
from servanda.ledger.ledger import Ledger
from servanda.model.dossier import Cited, Discrepancy, Dossier
from servanda.model.reading import Amount

Title = Callable[[Dossier], str]


def words(text: str) -> tuple[str, ...]:
    """Dictionary forms of the words that are asked for below."""
    return tuple("пшеница" for word in text.split() if word.startswith("пшениц"))


@pytest.fixture
def file(dossiers: list[Dossier], title: Title, tmp_path: Path) -> Path:
    """The export of all dossiers."""
    finding = Discrepancy("amounts", "doubt", "500 against 600", ("U2",), (Cited(2, "alpha-1", "500 тонн"),))
    write_database(dossiers, tmp_path / "desk.db", title, words, findings=[finding])
    return tmp_path / "desk.db"


def asked(file: Path, path: str) -> Any:
    """What Datasette answers, as JSON or as a page."""

    async def ask() -> Any:
        app = Datasette([str(file)], metadata=make_metadata(file.stem))
        response = await app.client.get(path, follow_redirects=True)
        assert response.status_code == 200, response.text
        return response.json() if ".json" in path else response.text

    return asyncio.run(ask())


@pytest.mark.parametrize("table", [table.name for table in load_tables(False)])
def test_datasette_opens_every_table(file: Path, table: str) -> None:
    page = unescape(asked(file, f"/desk/{table}"))
    about = next(t for t in load_tables(False) if t.name == table)
    assert about.title in page
    assert about.says in page


def test_the_indexes_of_words_are_hidden(file: Path) -> None:
    tables = asked(file, "/desk.json")["tables"]
    assert {t["name"] for t in tables if not t["hidden"]} == {table.name for table in load_tables(False)}


@pytest.mark.parametrize(("table", "found"), [("dossiers", ["U2"]), ("records", [2])])
def test_a_word_finds_its_forms(file: Path, table: str, found: list[object]) -> None:
    for word in ("пшеницы", "пшеница"):
        answer = asked(file, f"/desk/{table}.json?_search={word}&_shape=objects")
        assert [row[table[:-1]] for row in answer["rows"]] == found


def test_links_show_the_title_of_what_they_lead_to(file: Path) -> None:
    (row,) = asked(file, "/desk/records.json?record=2&_labels=on&_shape=array")
    assert row["dossier"] == {"value": "U2", "label": "@U2"}
    assert row["carrier"] == {"value": "alpha-1@1", "label": "alpha-1"}
    assert "500 against 600" in asked(file, "/desk/finding_words")


def test_parties_are_counted_one_by_one(file: Path) -> None:
    facets = asked(file, "/desk/dossiers.json")["facet_results"]
    assert {f["value"]: f["count"] for f in facets["parties"]["results"]} == {"XA": 5, "XB": 6, "XC": 1, "name:=1+1": 1}
    assert {f["value"] for f in facets["type"]["results"]} == {"instrument", "undertaking", "figure", "meeting"}


def test_open_deadlines_are_a_question_ready_to_be_asked(file: Path) -> None:
    rows = asked(file, "/desk/due.json?_shape=array")
    assert [row["dossier"] for row in rows] == ["U5", "U6", "U2"]


def test_links_hold(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_full_texts_come_only_where_they_are_asked_for(dossiers: list[Dossier], title: Title, tmp_path: Path) -> None:
    for with_text in (False, True):
        file = tmp_path / f"{with_text}.db"
        write_database(dossiers, file, title, words, with_text=with_text)
        assert ("Морвения готовит склад".encode() in file.read_bytes()) is with_text


def test_nothing_is_left_of_the_words_of_a_purged_report(ledger: Ledger, title: Title, tmp_path: Path) -> None:
    ledger.purge("alpha-1", "desk")
    write_database(ledger.all(texts=True), tmp_path / "desk.db", title, words, with_text=True)
    assert "пшениц".encode() not in (tmp_path / "desk.db").read_bytes()


def test_metadata_name_every_column() -> None:
    tables = make_metadata("desk", with_text=True)["databases"]["desk"]["tables"]
    assert "text" in tables["reports"]["columns"]
    assert json.dumps(tables)


def test_numbers_of_any_size_are_kept(dossiers: list[Dossier], title: Title, tmp_path: Path) -> None:
    promise = next(d for d in dossiers if d.id == "U2")
    amounts = tuple(Amount(number, "тугрик") for number in (10**30, 10**400, -7, 0.5, float("nan")))
    record = replace(promise.told[0].record, amounts=amounts)
    huge = replace(promise, told=(replace(promise.told[0], record=record),))
    write_database([huge], tmp_path / "desk.db", title, words)
    with closing(sqlite3.connect(tmp_path / "desk.db")) as connection:
        numbers = connection.execute("SELECT number FROM amounts").fetchall()
    assert numbers == [(1e30,), (float("inf"),), (-7,), (0.5,), ("NaN",)]
