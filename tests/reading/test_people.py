"""People as drawn into `cases/people_ru.txt`, and who is who across a report."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.lang import load
from servanda.model.spans import Span
from servanda.reading.document import Block, Document, Page, PersonMention
from servanda.reading.identity import resolve_person
from servanda.reading.named import look_up
from servanda.reading.parties import find_parties
from servanda.reading.people import find_people
from servanda.world.tables import Tables

LANGUAGE, TABLES = load("ru"), Tables.default()
CASES = [
    line
    for line in (Path(__file__).parent.parent / "cases" / "people_ru.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
DRAWN = re.compile(r"\[([^]]*)\]")


def read(text: str, day: date | None = None) -> Document:
    """A document with the people of one paragraph."""
    sentences = LANGUAGE.analyse(text, [(span, 0) for span in LANGUAGE.split(text, Span(0, len(text)))])
    document = Document(Page(text, (Block("body", 0, len(text)),)), sentences)
    words = look_up(text, sentences, TABLES)
    document.parties = find_parties(words, TABLES)
    document.people = find_people(text, words, document.parties, TABLES, LANGUAGE, day)
    return document


def people(text: str, day: date | None = None) -> list[PersonMention]:
    return read(text, day).people


@pytest.mark.parametrize("line", CASES)
def test_people_as_drawn(line: str) -> None:
    expected = []
    for cells in (drawn.split("|") for drawn in DRAWN.findall(line)):
        who = [None if c == "-" else c for c in cells[1:]]
        expected += [(cells[0], *who[i : i + 3]) for i in range(0, len(who), 3)]
    text = DRAWN.sub(lambda m: m[1].split("|")[0], line)
    found = [(text[m.start : m.end], m.name, m.office, m.party) for m in people(text)]
    assert found == expected


def test_there_are_sixty_cases() -> None:
    assert len(CASES) >= 60


def test_bare_surname_takes_the_fullest_name_of_the_report() -> None:
    text = "Премьер-министр Чехии Ян Новак прибыл в Вену. Новак выступил с речью. Потом Новаку вручили ноту."
    found = people(text)
    assert {m.name for m in found} == {"Ян Новак"}
    assert [m.rule for m in found] == ["named", "named-elsewhere", "named-elsewhere"]
    assert {m.party for m in found} == {"CZ"}


def test_office_of_the_state_means_its_one_holder() -> None:
    text = "Владимир Путин провёл встречу. Президент России поздравил гостя."
    first, second = people(text, date(2024, 5, 1))
    assert (first.name, first.office) == ("Владимир Путин", "президент России")
    assert (second.name, second.party) == ("Владимир Путин", "RU")


def test_leader_is_known_by_the_day() -> None:
    assert people("Саркози прибыл в Тбилиси.", date(2008, 8, 12))[0].party == "FR"


def test_two_people_of_one_surname_stay_apart() -> None:
    text = "Президент Чехии Ян Новак прибыл. Министр обороны Венгрии Петер Новак его встретил."
    assert [(m.name, m.party) for m in people(text)] == [("Ян Новак", "CZ"), ("Петер Новак", "HU")]


def test_initial_stands_for_a_first_name() -> None:
    text = "Ермек Сулейменов выступил в Риме. Е.Сулейменов: Благодарю вас."
    assert [m.name for m in people(text)] == ["Ермек Сулейменов", "Ермек Сулейменов"]


def test_spokesman_and_the_leader_he_speaks_for() -> None:
    servant, master = people("Пресс-секретарь Токаева Берик Асанов подтвердил это.")
    assert (servant.name, servant.office, servant.party) == ("Берик Асанов", "пресс-секретарь Токаева", "KZ")
    assert (master.name, master.party) == ("Токаев", "KZ")


def test_spans_cover_name_and_office() -> None:
    text = "Об этом сказала пресс-служба премьер-министра Казахстана Ермека Сулейменова."
    (m,) = people(text)
    assert m.name_span is not None
    assert m.office_span is not None
    assert m.name_span.of(text) == "Ермека Сулейменова"
    assert m.office_span.of(text) == "премьер-министра Казахстана"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Президент Чехии Ян Новак принял посла Венгрии Тибора Хорвата. Он поблагодарил гостя.", "Ян Новак"),
        ("Министр обороны Чехии Ян Новак встретил Марию Лопес. Она уехала вечером.", "Мария Лопес"),
        ("Снег шёл весь день. Он растаял.", None),
    ],
)
def test_pronoun_means_the_subject_before_of_its_gender(text: str, name: str | None) -> None:
    document = read(text)
    sentence = document.sentences[-1]
    person = resolve_person(document, sentence, sentence.tokens[0])
    assert (person.name if person else None) == name


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="абвИПСР .,«»-президент Казахстана\n", max_size=120))
def test_any_text_is_read(text: str) -> None:
    for m in people(text):
        assert 0 <= m.start < m.end <= len(text)
