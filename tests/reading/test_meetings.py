"""Meetings: who, how, where, when, of what; one record however often a report tells of it."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.lang import load
from servanda.model.spans import Span
from servanda.reading.document import Block, Document, Page
from servanda.reading.draft import Draft
from servanda.reading.meetings import find_meetings
from servanda.reading.named import look_up
from servanda.reading.parties import find_parties, find_places
from servanda.reading.people import find_people
from servanda.reading.read import read as read_report
from servanda.reading.times import find_times
from servanda.world.tables import Tables

CASES = Path(__file__).parents[1] / "cases" / "meetings_ru.txt"
HEAD = re.compile(r"- (\w+) (\w+[?!]?) ([^@=]+?)(?: @([^=]+?))?(?: =(\S+))?$")
DOUBT = {"possible": "?", "denied": "!"}
LANGUAGE, TABLES = load("ru"), Tables.default()
WORDS = [
    "Ян",
    "Новак",
    "президент",
    "Чехии",
    "встретился",
    "с",
    ",",
    "и",
    ".",
    "посетит",
    "который",
    "Вену",
    "переговоры",
]
DAY = date(2024, 6, 12)  # a Wednesday


def document(*lines: str, kinds: tuple[str, ...] = (), published: str | None = None) -> Document:
    """A report of one block a line; the first of several is the title unless `kinds` says otherwise."""
    kinds = kinds or (("title",) if len(lines) > 1 else ()) + ("body",) * len(lines)
    text, blocks = "\n".join(lines), []
    at = 0
    for line, kind in zip(lines, kinds, strict=False):
        blocks.append(Block(kind, at, at + len(line)))
        at += len(line) + 1
    spans = [(s, n) for n, b in enumerate(blocks) if b.readable for s in LANGUAGE.split(text, Span(b.start, b.end))]
    made = Document(Page(text, tuple(blocks), None, published, DAY), LANGUAGE.analyse(text, spans))
    made.times = find_times(text, DAY, spans=[Span(b.start, b.end) for b in blocks if b.readable])
    words = look_up(text, made.sentences, TABLES)
    made.parties = find_parties(words, TABLES)
    made.places = find_places(words, TABLES, DAY)
    made.people = find_people(text, words, made.parties, TABLES, LANGUAGE, DAY, made.places)
    return made


def read(*lines: str, **kinds: object) -> list[Draft]:
    return find_meetings(document(*lines, **kinds), LANGUAGE, TABLES)  # type: ignore[arg-type]


def who(draft: Draft) -> set[tuple[str | None, str | None]]:
    return {(p.name, p.party) for p in draft.values["participants"]}


@pytest.mark.parametrize(
    ("text", "kind", "parties", "status"),
    [
        (
            "Президент Чехии Ян Новак провёл переговоры с премьер-министром Венгрии Тибором Хорватом.",
            "talks",
            "CZ HU",
            "held",
        ),
        (
            "Президент Чехии Ян Новак встретится в Вене с премьер-министром Венгрии Тибором Хорватом.",
            "talks",
            "CZ HU",
            "planned",
        ),
        ("Министры обороны Чехии и Венгрии намерены встретиться в июле.", "talks", "CZ HU", "planned"),
        (
            "Состоялся телефонный разговор президента Чехии Яна Новака с канцлером Германии Анной Вебер.",
            "call",
            "CZ DE",
            "held",
        ),
        ("Главы МИД Чехии и Венгрии обсудили по телефону поставки зерна.", "call", "CZ HU", "held"),
        ("Россия и Япония ведут переговоры о поставках рыбы.", "talks", "JP RU", "under_way"),
        ("Президент Чехии Ян Новак прибудет с визитом в Венгрию.", "visit", "CZ", "planned"),
        ("Президент Чехии Ян Новак посетил Будапешт.", "visit", "CZ", "held"),
        ("Президент Чехии Ян Новак отменил визит в Венгрию.", "visit", "CZ", "cancelled"),
        ("Президент Чехии Ян Новак принял в Праге посла Венгрии Тибора Хорвата.", "talks", "CZ HU", "held"),
        ("Саммит НАТО пройдёт в Риге в июле.", "session", "NATO", "planned"),
        ("Состоялась церемония подписания договора между Чехией и Венгрией.", "ceremony", "CZ HU", "held"),
        (
            "Документ подписали министр обороны Чехии Ян Новак и министр обороны Венгрии Тибор Хорват.",
            "ceremony",
            "CZ HU",
            "held",
        ),
    ],
)
def test_one_meeting_of_its_kind(text: str, kind: str, parties: str, status: str) -> None:
    (draft,) = read(text)
    assert draft.get("kind") == kind
    assert {p.party for p in draft.values["participants"]} == set(parties.split())
    assert draft.get("status") == status


@pytest.mark.parametrize(
    "text",
    [
        "Президент Чехии Ян Новак провёл встречу с министром обороны Чехии Петром Громом.",
        "Встреча сборных Чехии и Венгрии завершилась вничью, матч прошёл в Праге.",
        "Президент Чехии Ян Новак прибыл в Прагу.",
        "Министр обороны Чехии Ян Новак провёл пресс-конференцию.",
        "Жители Праги обсудили погоду.",
        "",
    ],
)
def test_what_is_no_meeting(text: str) -> None:
    assert read(text) == []


def test_title_and_body_tell_one_meeting() -> None:
    (draft,) = read(
        "Новак встретился с Хорватом",
        "Президент Чехии Ян Новак в среду провёл встречу с премьер-министром Венгрии Тибором Хорватом.",
        "В ходе встречи стороны обсудили поставки зерна, а также строительство моста.",
    )
    assert who(draft) == {("Ян Новак", "CZ"), ("Тибор Хорват", "HU")}
    assert draft.get("date") == "2024-06-12"
    assert draft.get("topics") == ["поставки зерна", "строительство моста"]
    assert str(draft.get("quote")).startswith("Президент Чехии Ян Новак")


def test_visit_and_its_talks_are_two_records() -> None:
    text = "13 июня президент Чехии Ян Новак проведёт переговоры с президентом Сербии Драганом Иличем, "
    talks, visit = sorted(read(text + "который посетит Чехию с визитом."), key=lambda d: str(d.get("kind")))
    assert (talks.get("kind"), visit.get("kind")) == ("talks", "visit")
    assert (visit.get("place"), visit.get("date")) == ("Чехия", "2024-06-13")
    assert who(visit) == {("Драган Илич", "RS")}


def test_list_of_verbs_keeps_its_subject() -> None:
    drafts = read("Президент Чехии Ян Новак проведёт встречу с канцлером Германии Анной Вебер и посетит Польшу.")
    assert [(d.get("kind"), d.get("quote")) for d in drafts] == [
        ("talks", "Президент Чехии Ян Новак проведёт встречу с канцлером Германии Анной Вебер"),
        ("visit", "посетит Польшу"),
    ]
    assert who(drafts[1]) == {("Ян Новак", "CZ")}


def test_pronoun_is_the_person_of_the_sentence_before() -> None:
    (draft,) = read("Президент Чехии Ян Новак выступил в Праге. В среду он принял президента Австрии Ханса Фишера.")
    assert who(draft) == {("Ян Новак", "CZ"), ("Ханс Фишер", "AT")}


def test_side_that_the_phrase_leaves_out() -> None:
    (draft,) = read("После встречи с президентом Австрии Хансом Фишером президент Чехии Ян Новак ответил на вопросы.")
    assert who(draft) == {("Ян Новак", "CZ"), ("Ханс Фишер", "AT")}
    assert draft.get("quote") == "После встречи с президентом Австрии Хансом Фишером"


def test_host_is_told_by_the_place() -> None:
    (draft,) = read("Глава МИД Судана по окончании переговоров в Москве заявил, что препятствий нет.")
    assert {p.party for p in draft.values["participants"]} == {"SD", "RU"}
    assert draft.get("place") == "Москва"


def test_talks_that_follow_a_visit() -> None:
    visit, talks = read(
        "Премьер Грузии Ираклий Беридзе посетит Астану 20 июня. По итогам переговоров подпишут шесть документов."
    )
    assert {p.party for p in talks.values["participants"]} == {"GE", "KZ"}
    assert talks.get("date") == visit.get("date") == "2024-06-20"


def test_sides_are_the_two_of_whom_the_news_is() -> None:
    (draft,) = read("Чехия и Венгрия сближают позиции. Министры двух стран обсудили в Вене поставки зерна.")
    assert who(draft) == {(None, "CZ"), (None, "HU")}


def test_seat_of_power_lies_in_the_capital() -> None:
    (draft,) = read("В Кремле прошли переговоры президента России с султаном Омана.")
    assert draft.get("place") == "Москва"


def test_stamp_of_the_page_is_the_day_of_the_meeting() -> None:
    (draft,) = read(
        "Состоялся телефонный разговор президента России с президентом Сербии.",
        "12 июня 2024 года 21:10",
        kinds=("body", "stamp"),
        published="2024-06-12",
    )
    assert (draft.get("date"), draft.basis["date"].how) == ("2024-06-12", "inherited")


def test_history_is_left_out() -> None:
    assert read("В 1998 году президент Чехии Ян Новак посетил Венгрию.") == []


def test_doubt_makes_it_possible() -> None:
    (draft,) = read("Президент Чехии Ян Новак может встретиться с канцлером Германии Анной Вебер.")
    assert (draft.get("certainty"), draft.get("status")) == ("possible", "planned")


def test_topics_before_the_verb() -> None:
    (draft,) = read("Поставки зерна обсудили президент Чехии Ян Новак и премьер-министр Венгрии Тибор Хорват.")
    assert draft.get("topics") == ["Поставки зерна"]


def test_topic_of_talks_ends_before_the_verb() -> None:
    (draft,) = read("Переговоры Чехии и Венгрии о поставках зерна идут с мая.")
    assert (draft.get("topics"), draft.get("status")) == (["о поставках зерна"], "under_way")


VISIT = (
    "Накануне премьер-министр Чехии Милош Громек провёл переговоры с премьер-министром Сербии Гораном Иличем, "
    "который прибыл в Прагу с официальным визитом."
)


def told(drafts: list[Draft]) -> list[tuple[object, object, object]]:
    return [(d.get("kind"), d.get("status"), d.get("place")) for d in drafts]


def test_the_day_before_is_no_plan() -> None:
    assert [d.get("status") for d in read(VISIT) if d.get("kind") == "talks"] == ["held"]


@pytest.mark.parametrize("before", ["Накануне", "Накануне предстоящей", "Перед"])
def test_what_comes_after_is_planned(before: str) -> None:
    noun = "встречей" if before == "Перед" else "встречи"
    (draft,) = read(f"{before} {noun} с премьером Сербии Гораном Иличем президент Чехии Ян Новак ответил на вопросы.")
    assert draft.get("status") == "planned"


def test_what_else_the_same_two_discussed_is_of_the_same_talks() -> None:
    talks, visit = read(VISIT, "Помимо этого, Громек и Илич обсудили поставки зерна.", kinds=("body", "body"))
    assert (talks.get("topics"), talks.get("date")) == (["поставки зерна"], "2024-06-11")
    assert str(talks.get("quote")).startswith("Накануне премьер-министр Чехии")
    assert (talks.get("place"), visit.get("kind")) == ("Прага", "visit")


def test_each_counterpart_and_the_sights_of_a_visit() -> None:
    programme = (
        "В ходе визита Илича в Прагу намечены его беседы с Новаком и главой МИД Чехии Петром Громом, "
        "посещение автозавода, Национального музея и ряда других объектов."
    )
    filler = "Президент Чехии Ян Новак одобрил бюджет."
    drafts = read(*[filler] * 4, VISIT, programme, kinds=("body",) * 6)
    assert told(drafts) == [
        ("talks", "held", "Прага"),
        ("visit", "under_way", "Прага"),
        ("talks", "planned", "Прага"),
        ("talks", "planned", "Прага"),
        ("visit", "planned", "Прага"),
    ]
    _, _, one, two, tour = drafts
    assert who(one) == {("Горан Илич", "RS"), ("Ян Новак", "CZ")}
    assert who(two) == {("Горан Илич", "RS"), ("Петр Гром", "CZ")}
    assert str(one.get("quote")).endswith("его беседы с Новаком")
    assert two.get("quote") == "главой МИД Чехии Петром Громом"
    assert who(tour) == {("Горан Илич", "RS")}
    assert tour.get("topics") == ["автозавода, Национального музея и ряда других объектов"]
    assert tour.get("date") is None


def test_arrival_told_late_is_past_without_a_programme() -> None:
    filler = "Президент Чехии Ян Новак одобрил бюджет."
    assert told(read(*[filler] * 4, VISIT, kinds=("body",) * 5))[1] == ("visit", "held", "Прага")


def test_list_of_sights_ends_before_another_meeting() -> None:
    drafts = read(
        "Премьер-министр Сербии Горан Илич прибыл в Вену с визитом. "
        "Запланированы переговоры с канцлером Австрии Хансом Фишером, осмотр верфи и музея, заседание комиссии."
    )
    assert [d.get("topics") for d in drafts if d.get("quote") == "осмотр верфи и музея"] == [["верфи и музея"]]


def test_sights_without_a_visit_are_no_meeting() -> None:
    drafts = read("Запланированы переговоры Чехии и Сербии, посещение завода.")
    assert [d.get("kind") for d in drafts] == ["talks"]


def test_every_value_stands_where_its_span_says() -> None:
    doc = document("Президент Чехии Ян Новак 13 июня обсудит в Риге с канцлером Германии Анной Вебер поставки зерна.")
    (draft,) = find_meetings(doc, LANGUAGE, TABLES)
    words = {path: [doc.words(*s) for s in spans] for path, spans in draft.evidence.items()}
    assert words["participants/0/name"] == ["Ян Новак"]
    assert words["participants/0/office"] == ["Президент Чехии"]
    assert words["place"] == ["Риге"]
    assert words["date"] == ["13 июня"]
    for path, basis in draft.basis.items():
        assert basis.how not in ("stated", "normalised", "resolved") or draft.evidence.get(path), path


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS)))
def test_any_words_are_read(words: list[str]) -> None:
    for draft in read(" ".join(words)):
        assert draft.get("kind")


def drawn() -> list[tuple[str, list[str]]]:
    """Each case: the news, and the lines of its meetings."""
    out: list[tuple[str, list[str]]] = []
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line.startswith("- "):
            out[-1][1].append(line)
        elif not line.startswith("#"):
            out.append((line, []))
    return out


@pytest.mark.parametrize(("text", "expected"), drawn())
def test_meetings_as_drawn(text: str, expected: list[str]) -> None:
    records = read_report(text, DAY.isoformat(), lang="ru").to_json()["records"]
    found = [r for r in records if r["type"] == "meeting"]
    for line in expected:
        head, _, topics = line.partition(" : ")
        match = HEAD.match(head)
        assert match, line
        kind, status, parties, place, day = match.groups()
        at = [
            m
            for m in found
            if (m["kind"], m["status"] + DOUBT.get(m["certainty"], "")) == (kind, status)
            and {p["party"] for p in m["participants"]} == _codes(parties)
            and (place is None or m["place"] == place)
            and (day is None or m["date"] == day)
            and (not topics or m["topics"] == topics.split("; "))
        ]
        assert at, (line, found)
    assert len(found) == len(expected)


def _codes(cell: str) -> set[str]:
    """Codes of a line; a name runs to its end."""
    codes, _, name = cell.partition("name:")
    return {*codes.split(), *([f"name:{name}"] if name else [])}


def test_there_are_many_cases() -> None:
    assert len(drawn()) >= 200
