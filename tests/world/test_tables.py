"""The tables as shipped, what a folder lays over them, and faults that say where they are."""

import pickle
import re
from pathlib import Path
from threading import Lock

import pytest

from servanda.world.declension import adjective_forms, case_forms
from servanda.world.tables import TableError, Tables, check_tables, load_table, table_file, values

HEADER = "name\tnames\tcode\n"


def overlay(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder


def names(tables: Tables) -> set[str]:
    return {row["name"] for row in tables.rows("companies")}


def test_the_shipped_tables_have_no_faults() -> None:
    assert [str(f) for f in check_tables()] == []


@pytest.mark.parametrize("name", ["states", "cities", "bodies", "organs", "companies", "media"])
def test_every_table_of_the_world_names_its_source(name: str) -> None:
    assert "# Source:" in table_file(name).read_text("utf-8")


def test_every_state_with_an_iso_code_is_there_once() -> None:
    codes = [row["code"] for row in load_table("states")]
    assert len(codes) == len(set(codes))
    assert len([c for c in codes if re.fullmatch("[A-Z]{2}", c)]) >= 195
    assert {"XK", "PS", "TW", "HK", "MO", "name:Абхазия", "name:Северный Кипр"} <= set(codes)


def test_every_capital_of_a_state_is_among_the_places() -> None:
    known = {row["city"] for row in load_table("cities") if row["kind"] == "capital"}
    small = {row["capital"] for row in load_table("states") if row["capital"] and row["capital"] not in known}
    assert len(small) < 40  # islands whose capital never stands for them in the news


def test_rows_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        load_table("states")[0]["code"] = "ZZ"  # type: ignore[index]


def test_an_overlay_replaces_adds_and_drops(tmp_path: Path) -> None:
    folder = overlay(tmp_path, "companies.tsv", HEADER + "Росатом\tАтомпром\tRU\nСиний Мост\t\tKZ\n-Лукойл\t\t\n")
    tables = Tables.with_overlay(folder)
    rows = {row["name"]: row for row in tables.rows("companies")}
    assert rows["Росатом"]["names"] == "Атомпром"
    assert "Синий Мост" in rows
    assert "Лукойл" not in rows
    assert "Лукойл" in names(Tables.default())


def test_an_overlay_may_leave_columns_out(tmp_path: Path) -> None:
    folder = overlay(tmp_path, "media.tsv", "name\nСтепной вестник\n")
    assert {"name": "Степной вестник", "names": ""} in [dict(r) for r in Tables.with_overlay(folder).rows("media")]


def test_what_is_derived_is_built_once_for_each_object(tmp_path: Path) -> None:
    built: list[Tables] = []

    def count(tables: Tables) -> int:
        built.append(tables)
        return len(tables.rows("states"))

    one, two = Tables(), Tables(tmp_path)
    assert one.derive(count) == one.derive(count) == two.derive(count)
    assert built == [one, two]


def test_tables_travel_to_another_process_without_what_was_derived(tmp_path: Path) -> None:
    tables = Tables(tmp_path)
    tables.derive(lock_of)
    assert pickle.loads(pickle.dumps(tables)).overlay == tmp_path


def lock_of(tables: Tables) -> object:
    return Lock()


def test_an_unknown_table_says_what_to_do() -> None:
    with pytest.raises(TableError, match=r"register it"):
        load_table("planets")


def test_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no such folder"):
        Tables.with_overlay(tmp_path / "absent")


@pytest.mark.parametrize(
    ("name", "text", "line", "message"),
    [
        ("companies.tsv", HEADER + "Синий Мост\t\tQQ\n", 2, "code QQ is unknown"),
        ("companies.tsv", "# ours\n" + HEADER + "Синий Мост\t\t\n", 3, "code is empty"),
        ("companies.tsv", HEADER + "А\t\tKZ\nА\t\tKZ\n", 3, "has the key of line 2"),
        ("companies.tsv", HEADER + "-Никто\t\t\n", 2, "drops Никто"),
        ("companies.tsv", HEADER + "А\tБ||В\tKZ\n", 2, "names cannot be"),
        ("companies.tsv", HEADER + "А\t\tKZ\tlишнее\n", 2, "4 cells under 3 columns"),
        ("companies.tsv", "name\tcolour\n", 1, "unknown columns colour"),
        ("companies.tsv", "names\tcode\n", 1, "no column name"),
        ("cities.tsv", "city\tcode\tkind\tmetonym\tfrom\nДол\tKZ\tcity\tno\t2019-02-30\n", 2, "is no day"),
        ("cities.tsv", "city\tcode\tkind\tmetonym\nДол\tKZ\ttown\tno\n", 2, "kind cannot be 'town'"),
        ("planets.tsv", "name\n", 0, "lies over no table"),
    ],
)
def test_faults_of_an_overlay_say_where_and_what(tmp_path: Path, name: str, text: str, line: int, message: str) -> None:
    faults = check_tables(overlay(tmp_path, name, text))
    assert [(f.file, f.line) for f in faults] == [(name, line)]
    assert message in faults[0].message
    assert faults[0].remedy


def test_a_good_overlay_has_no_faults(tmp_path: Path) -> None:
    assert check_tables(overlay(tmp_path, "companies.tsv", HEADER + "Синий Мост\t\tKZ\n")) == []


def test_list_cells() -> None:
    assert values("РК|Республика Казахстан") == ("РК", "Республика Казахстан")
    assert values("") == ()


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Казахстан", "казахстаном"),
        ("Киргизия", "киргизией"),
        ("Соединенные Штаты Америки", "соединенных штатах америки"),
        ("Босния и Герцеговина", "боснии и герцеговине"),
        ("Ростов-на-Дону", "ростова - на - дону"),
        ("Нур-Султан", "нур - султане"),
        ("Белый дом", "белому дому"),
        ("Верхний Ларс", "верхнем ларсе"),
        ("Большая семерка", "большой семеркой"),
        ("Грозный", "грозном"),
        ("Филиппины", "филиппин"),
        ("Европейский банк реконструкции и развития", "европейским банком реконструкции и развития"),
        ("МИД", "мида"),
        ("США", "сша"),
    ],
)
def test_names_decline(name: str, form: str) -> None:
    assert tuple(form.split(" ")) in case_forms(name)


@pytest.mark.parametrize(("name", "form"), [("Сочи", "сочей"), ("США", "сшами"), ("Тбилиси", "тбилисей")])
def test_names_that_do_not_decline(name: str, form: str) -> None:
    assert (form,) not in case_forms(name)


def test_adjectives_decline_in_all_genders() -> None:
    forms = adjective_forms("киргизский")
    assert {("киргизского",), ("киргизскую",), ("киргизские",), ("киргизским",)} <= set(forms)


def test_a_table_of_the_grammar_cannot_be_laid_over(tmp_path: Path) -> None:
    (tmp_path / "words.tsv").write_text((table_file("ru/words")).read_text("utf-8"), "utf-8")
    faults = [str(f) for f in check_tables(tmp_path)]
    assert any("words.tsv: cannot be laid over" in f for f in faults)


def test_a_row_is_widened(tmp_path: Path) -> None:
    (tmp_path / "families.tsv").write_text("family\twords\n+передать\tпрепоручить\n", "utf-8")
    rows = {r["family"]: values(r["words"]) for r in Tables.with_overlay(tmp_path).rows("ru/families")}
    assert {"передать", "препоручить"} <= set(rows["передать"])
    assert check_tables(tmp_path) == []


def test_a_row_that_is_not_there_cannot_be_widened(tmp_path: Path) -> None:
    (tmp_path / "families.tsv").write_text("family\twords\n+нетаких\tпрепоручить\n", "utf-8")
    assert "adds to нетаких" in str(check_tables(tmp_path)[0])
