"""Parties and places drawn into lines of news, and what any text must keep."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.lang import load
from servanda.lang.words import Sentence
from servanda.model.spans import Span
from servanda.reading.document import PartyMention, PlaceMention
from servanda.reading.named import look_up
from servanda.reading.parties import find_parties, find_places, party_name
from servanda.world.tables import Tables

ROOT = Path(__file__).parents[2]
CASES = [
    line
    for line in (ROOT / "tests/cases/parties_ru.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
DRAWN = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")


def analyse(text: str) -> list[Sentence]:
    language = load("ru")
    return language.analyse(text, [(span, 0) for span in language.split(text, Span(0, len(text)))])


def parties(text: str, tables: Tables | None = None) -> list[PartyMention]:
    tables = tables or Tables.default()
    return find_parties(look_up(text, analyse(text), tables), tables)


def places(text: str, day: date | None = None) -> list[PlaceMention]:
    tables = Tables.default()
    return find_places(look_up(text, analyse(text), tables), tables, day)


def drawn(text: str) -> str:
    """The text with its parties and places drawn in as the cases have them."""
    found = [(m.start, m.end, f"{m.kind} {' '.join(m.codes) or '-'}") for m in parties(text)]
    for p in places(text):
        apart = all(p.end <= start or end <= p.start for start, end, _ in found)
        if p.kind not in ("capital", "seat") and apart:
            found.append((p.start, p.end, f"@{p.kind} {p.name}" + (f" {p.code}" if p.code else "")))
    for start, end, value in sorted(found, reverse=True):
        text = f"{text[:start]}[{text[start:end]}|{value}]{text[end:]}"
    return text


@pytest.mark.parametrize("case", CASES)
def test_parties_are_found_as_drawn(case: str) -> None:
    assert drawn(DRAWN.sub(r"\1", case)) == case


def codes(text: str) -> list[tuple[str, ...]]:
    return [m.codes for m in parties(text)]


def test_an_organ_covers_its_state() -> None:
    text = "Вчера министерство транспорта Кыргызской Республики купило вагоны."
    (mention,) = parties(text)
    assert text[mention.start : mention.end] == "министерство транспорта Кыргызской Республики"
    assert (mention.kind, mention.how) == ("organ", "resolved")


def test_brussels_is_the_union_unless_belgium_is_spoken_of() -> None:
    assert codes("Брюссель продлил меры.") == [("EU",)]
    assert codes("Брюссель и Бельгия готовят меры.")[0] == ("BE",)
    assert codes("Бельгия ждет. ЕС и Брюссель готовят меры.")[-1] == ("EU",)


def test_a_name_of_another_time_is_found_and_said_to_be_one() -> None:
    text = "Форум прошел в Нур-Султане."
    (then,) = places(text, date(2020, 5, 1))
    (later,) = places(text, date(2024, 5, 1))
    assert (then.name, then.kind, then.rule) == ("Нур-Султан", "capital", "place in the tables")
    assert later.rule == "place by another time's name"


def test_a_village_that_no_table_has_is_a_place() -> None:
    (place,) = places("Колонна дошла до села Ак-Беширово.")
    assert (place.kind, place.code) == ("unknown", None)


@pytest.mark.parametrize(
    ("code", "lang", "name"),
    [
        ("KZ", "ru", "Казахстан"),
        ("KZ", "en", "Kazakhstan"),
        ("UN", "ru", "ООН"),
        ("AfU", "en", "African Union"),
        ("name:Росатом", "en", "Росатом"),
        ("name:Абхазия", "en", "Abkhazia"),
        ("ZZ", "ru", "ZZ"),
    ],
)
def test_party_names(code: str, lang: str, name: str) -> None:
    assert party_name(code, lang, Tables.default()) == name


def test_a_line_of_the_users_table_names_a_party(tmp_path: Path) -> None:
    (tmp_path / "companies.tsv").write_text("name\tnames\tcode\nЛазурный берег\t\tKZ\n", "utf-8")
    found = parties("Поставки начнет Лазурный берег.", Tables.with_overlay(tmp_path))
    assert [m.codes for m in found] == [("name:Лазурный берег",)]


WORDS = [
    *(DRAWN.sub(r"\1", case) for case in CASES[:60]),
    "«",
    "»",
    "-",
    "российско-",
    "(",
    "G7",
    "ОПЕК+",
    "\n",
    "Того",
    "министерство ",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=12), max_size=6).map(" ".join))
def test_mentions_of_any_text_lie_in_order_within_it(text: str) -> None:
    mentions = parties(text)
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(a.start <= b.start for a, b in pairwise(mentions))
    assert all(p.name and text[p.start : p.end].strip() for p in places(text))
    assert mentions == parties(text)
