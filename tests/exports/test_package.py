import csv
import json
import re
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from frictionless import Package, system
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servanda.exports.cells import undefused
from servanda.exports.package import write_package
from servanda.ledger.ledger import Ledger
from servanda.ledger.views import Wanted
from servanda.model.dossier import Cited, Discrepancy, Dossier
from servanda.model.spans import Span

NUMBER = re.compile(r"-[0-9.]+")

Title = Callable[[Dossier], str]


@pytest.fixture
def folder(dossiers: list[Dossier], title: Title, tmp_path: Path) -> Path:
    """The package of all dossiers."""
    made = tmp_path / "package"
    made.mkdir()
    write_package(dossiers, made, title)
    return made


def faults(package: Path) -> list[str]:
    with system.use_context(trusted=True):
        return [str(e) for e in Package(str(package)).validate().flatten(["title", "message"])]


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return [{k: undefused(v) for k, v in row.items()} for row in csv.DictReader(lines)]


def test_a_folder_validates(folder: Path) -> None:
    assert faults(folder / "datapackage.json") == []


def test_so_does_a_zip_file(dossiers: list[Dossier], title: Title, tmp_path: Path) -> None:
    write_package(dossiers, tmp_path / "package.zip", title, zipped=True)
    assert faults(tmp_path / "package.zip") == []


def test_so_does_an_empty_one(title: Title, tmp_path: Path) -> None:
    write_package([], tmp_path, title)
    assert faults(tmp_path / "datapackage.json") == []


def test_a_validator_sees_what_is_wrong(folder: Path) -> None:
    table = folder / "amounts.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("exactly", "roughly"), encoding="utf-8")
    assert any("roughly" in fault for fault in faults(folder / "datapackage.json"))


def test_the_same_dossiers_give_the_same_bytes(dossiers: list[Dossier], title: Title, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        write_package(dossiers, tmp_path / name, title, zipped=True)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_zip_file_holds_what_a_folder_does(
    folder: Path, dossiers: list[Dossier], title: Title, tmp_path: Path
) -> None:
    write_package(dossiers, tmp_path / "package.zip", title, zipped=True)
    with zipfile.ZipFile(tmp_path / "package.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            path.name: path.read_bytes() for path in folder.iterdir()
        }


def test_sizes_and_hashes_are_told(folder: Path) -> None:
    for resource in json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{sha256(content).hexdigest()}"


def test_every_record_stands_under_its_dossier(folder: Path, dossiers: list[Dossier]) -> None:
    told = {(str(t.id), d.id, t.record.quote) for d in dossiers for t in d.told}
    assert {(r["record"], r["dossier"], r["quote"]) for r in rows(folder, "records")} == told


def test_evidence_has_the_words(folder: Path, dossiers: list[Dossier]) -> None:
    texts = {str(t.id): t.carrier.text or "" for d in dossiers for t in d.told}
    found = rows(folder, "evidence")
    assert {r["path"] for r in found} >= {"quote", "object", "amounts/0", "terms/0", "participants/0/name"}
    for row in found:
        assert row["words"] == texts[row["record"]][int(row["start"]) : int(row["end"])]


def test_without_texts_the_words_are_those_of_the_fields(ledger: Ledger, title: Title, tmp_path: Path) -> None:
    write_package(ledger.all(), tmp_path, title)
    words = {r["path"]: r["words"] for r in rows(tmp_path, "evidence") if r["record"] == "2"}
    assert words["object"] == "пшеницы"
    assert words["terms/0"] == "безвозмездно"
    assert words["amounts/0"] == ""


def test_words_that_look_like_formulas_are_defused_and_numbers_stay_numbers(folder: Path) -> None:
    page = (folder / "records.csv").read_text(encoding="utf-8")
    assert "'=SUM(A1;'=B2)" in page
    assert "'-опасная" in page
    assert rows(folder, "changes")[0]["percent"] == "-4.5"
    assert (folder / "dossiers.csv").read_text(encoding="utf-8").count(",'@") == 6
    assert "one apostrophe" in json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["description"]


def test_a_withdrawn_report_is_marked(folder: Path) -> None:
    assert {r["report"]: r["withdrawn"] for r in rows(folder, "reports")} == {
        "alpha-1": "false",
        "=beta;2": "false",
        "gamma-3": "true",
    }


def test_full_texts_come_only_where_they_are_asked_for(dossiers: list[Dossier], title: Title, tmp_path: Path) -> None:
    write_package(dossiers, tmp_path, title)
    assert "text" not in rows(tmp_path, "reports")[0]
    write_package(dossiers, tmp_path, title, with_text=True)
    assert {r["text"] for r in rows(tmp_path, "reports")} == {t.carrier.text for d in dossiers for t in d.told}
    assert faults(tmp_path / "datapackage.json") == []


def test_nothing_is_left_of_the_words_of_a_purged_report(ledger: Ledger, title: Title, tmp_path: Path) -> None:
    ledger.purge("alpha-1", "desk")
    folder = tmp_path / "package"
    folder.mkdir()
    write_package(ledger.all(texts=True), folder, title, with_text=True)
    assert faults(folder / "datapackage.json") == []
    assert not any("пшениц" in path.read_text(encoding="utf-8") for path in folder.iterdir())
    assert {r["report"]: r["purged"] for r in rows(folder, "reports")}["alpha-1"] == "true"
    assert any(r["start"] for r in rows(folder, "records") if r["carrier"] == "alpha-1@1")


def test_links_that_lead_outside_are_empty(dossiers: list[Dossier], title: Title, tmp_path: Path) -> None:
    promises = [d for d in dossiers if d.type == "undertaking"]
    assert any(d.under for d in promises)
    write_package(promises, tmp_path, title)
    assert faults(tmp_path / "datapackage.json") == []
    assert {r["under"] for r in rows(tmp_path, "dossiers")} == {""}


def test_dossiers_of_some_parties_validate(ledger: Ledger, title: Title, tmp_path: Path) -> None:
    write_package(ledger.find(Wanted(("XC",))), tmp_path, title)
    assert [r["dossier"] for r in rows(tmp_path, "dossiers")] == ["U5"]
    assert faults(tmp_path / "datapackage.json") == []


def test_findings_lead_to_the_words(dossiers: list[Dossier], title: Title, tmp_path: Path) -> None:
    cited = (Cited(2, "alpha-1", "500 тонн", (Span(5, 13),)), Cited(0, "alpha-1", ""), Cited(99, "elsewhere", "слова"))
    finding = Discrepancy("amounts", "doubt", "=500 against 600", ("U2",), cited)
    write_package(dossiers, tmp_path, title, findings=[finding])
    assert faults(tmp_path / "datapackage.json") == []
    assert rows(tmp_path, "findings")[0]["message"] == "=500 against 600"
    assert [(r["record"], r["start"], r["words"]) for r in rows(tmp_path, "finding_words")] == [
        ("2", "5", "500 тонн"),
        ("", "", ""),
        ("", "", "слова"),
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(words=st.text(st.sampled_from("=+-@\uff1d'\";,\t\r\n aя\0\ud800"), max_size=20) | st.text(max_size=20))
def test_whatever_a_report_says_comes_back_as_said(
    dossiers: list[Dossier], title: Title, tmp_path: Path, words: str
) -> None:
    promise = next(d for d in dossiers if d.id == "U2")
    told = promise.told[0]
    record = replace(told.record, quote=words, object=words, terms=(words,), by=(words,))
    carrier = replace(told.carrier, agency=words, url=words)
    hostile = replace(promise, told=(replace(told, record=record, carrier=carrier),), parties=(words,))
    write_package([hostile], tmp_path, title)
    said = words.encode("utf-8", "backslashreplace").decode()
    (row,) = rows(tmp_path, "records")
    assert (row["quote"], row["object"], json.loads(row["terms"])) == (said, said, [words_of_json(words)])
    assert [(r["agency"], r["url"]) for r in rows(tmp_path, "reports")] == [(said, said)]
    for cell in cells_of(tmp_path):
        assert not cell.lstrip(' \t\r\n"\0').startswith(tuple("=+-@\uff1d")) or NUMBER.fullmatch(cell)


def words_of_json(words: str) -> str:
    """A lone surrogate is written as the letters of its escape, and JSON reads these."""
    return json.loads(json.dumps(words, ensure_ascii=False).encode("utf-8", "backslashreplace").decode())


def cells_of(folder: Path) -> Iterator[str]:
    """Every cell of every table as it stands."""
    for table in folder.glob("*.csv"):
        with table.open(encoding="utf-8", newline="") as lines:
            yield from (cell for row in csv.reader(lines) for cell in row)


def test_memory_does_not_grow_with_the_number_of_dossiers(
    title: Title, tmp_path: Path, dossiers: list[Dossier]
) -> None:
    promise = next(d for d in dossiers if d.id == "U5")

    def many(count: int) -> Iterator[Dossier]:
        for n in range(count):
            carrier = replace(promise.told[0].carrier, report=f"r-{n}")
            yield replace(
                promise, id=f"U{n}", told=(replace(promise.told[0], id=n, carrier=carrier),), progress=(), dues=()
            )

    def peak(count: int) -> int:
        tracemalloc.start()
        write_package(many(count), tmp_path, title)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(4_000) < 1.5 * peak(1_300)  # in both the portions are full
