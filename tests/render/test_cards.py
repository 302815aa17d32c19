"""Cards say a record in plain words."""

from dataclasses import replace
from typing import Any

import pytest

from servanda.model.reading import Instrument, Reading, Step, Undertaking
from servanda.model.terms import (
    Act,
    Certainty,
    Kind,
    MeetingKind,
    Metric,
    Progress,
    Status,
    StepName,
)
from servanda.render.cards import Writer, make_cards
from servanda.render.words import LANGUAGES, labels, term_in_english, verbs


def name(code: str) -> str:
    return code.removeprefix("name:")


def told(reading: Reading, ui: str) -> list[str]:
    return [" · ".join([c.sentence, *c.details]).replace("\u00a0", " ") for c in make_cards(reading, ui, name)]


def test_cards_in_english(reading: Reading) -> None:
    assert told(reading, "en") == [
        "Agreement between Лесия and Озерия · о помощи · signed on 4 March 2024",
        "Лесия gives Озерия: зерна (500 tonnes) · free of charge · by the end of 2024 · "
        "under: agreement signed on 4 March 2024 [1]",
        "Озерия will refrain, towards Лесия: «Озерия не будет перепродавать зерно» · "
        "under: agreement signed on 4 March 2024 [1]",
        "Trade between Лесия and Озерия, 2023: $20 million · up 5% on 2022",
        "Talks: Анна Бор (министр Лесии) and Озерия · Озёрск, 5 March 2024 · planned · about: о дорогах",
    ]


def test_cards_in_russian(reading: Reading) -> None:
    assert told(reading, "ru") == [
        "Соглашение: Лесия и Озерия · о помощи · подписали 4 марта 2024 года",
        "Лесия передаёт: зерна (500 тонн) · кому: Озерия · безвозмездно · до конца 2024 года · "
        "основание: соглашение подписали 4 марта 2024 года [1]",
        "Озерия обязуется воздержаться: «Озерия не будет перепродавать зерно» · перед кем: Лесия · "
        "основание: соглашение подписали 4 марта 2024 года [1]",
        "Торговля: Лесия и Озерия, 2023 год: 20 млн долл. · рост на 5% к 2022 году",
        "Переговоры: Анна Бор (министр Лесии) и Озерия · Озёрск, 5 марта 2024 года · в планах · темы: о дорогах",
    ]


def test_the_source_and_its_channel(reading: Reading) -> None:
    assert [c.source for c in make_cards(reading, "en", name)][2] == "source: министр (via: газета)"


@pytest.mark.parametrize(
    ("changes", "english", "russian"),
    [
        ({"modality": "intention"}, "Лесия plans to give Озерия", "Лесия планирует передать"),
        ({"modality": "intention", "certainty": "possible"}, "Лесия may give Озерия", "Лесия может передать"),
        ({"modality": "prohibition"}, "Лесия will not give Озерия", "Лесия обязуется не передать"),
        ({"modality": "prohibition", "act": "restrict"}, "Лесия bans, against Озерия", "Лесия запрещает"),
        ({"modality": "permission", "act": "transport"}, "Лесия allows transporting", "Лесия разрешает перевезти"),
        ({"modality": "permission", "act": "ease"}, "Лесия allows for Озерия: зерна", "Лесия разрешает: зерна"),
        ({"progress": "fulfilled"}, "Лесия gave Озерия", "Лесия передаёт"),
        ({"progress": "under_way"}, "Лесия is giving Озерия", "Лесия передаёт"),
        ({"certainty": "denied"}, "Denied: Лесия gives", "Опровергается: Лесия передаёт"),
        ({"certainty": "possible"}, "Possibly: Лесия gives", "Возможно: Лесия передаёт"),
        ({"by": ()}, "(not said who) gives", "(не сказано кто) передаёт"),
        ({"by": ("US",)}, "US gives", "US передают"),
        ({"by": ("A", "B", "C")}, "A, B and C give", "A, B и C передают"),
    ],
)
def test_force_and_progress_are_in_the_verb(
    reading: Reading, changes: dict[str, Any], english: str, russian: str
) -> None:
    given = reading.records[1]
    assert isinstance(given, Undertaking)
    changed = replace(reading, records=(reading.records[0], replace(given, **changes)))
    assert told(changed, "en")[1].startswith(english)
    assert told(changed, "ru")[1].startswith(russian)


def test_an_amount_within_the_object_is_not_said_twice(reading: Reading) -> None:
    given = reading.records[1]
    assert isinstance(given, Undertaking)
    evidence = {**given.evidence, "object": given.evidence["quote"]}
    changed = replace(reading, records=(reading.records[0], replace(given, evidence=evidence)))
    assert "tonnes" not in told(changed, "en")[1]


@pytest.mark.parametrize("ui", LANGUAGES)
def test_every_word_of_the_model_has_its_words(ui: str) -> None:
    keys = labels(ui)
    for prefix, words in (
        ("kind", Kind),
        ("kinds", Kind),
        ("step", StepName),
        ("progress", Progress),
        ("certainty", Certainty),
        ("metric", Metric),
        ("meeting", MeetingKind),
        ("status", Status),
    ):
        assert [w for w in words if not keys.get(f"{prefix}/{w}")] == []
    assert set(verbs()) == set(Act)


@pytest.mark.parametrize(
    ("term", "english"),
    [
        ("безвозмездной", "free of charge"),
        ("Разовой", "once"),
        ("под 2% годовых", "at 2% a year"),
        ("сроком на 25 лет", "for 25 years"),
        ("на 90% товарной номенклатуры", None),
        ("при условии согласия", None),
    ],
)
def test_common_terms_in_english(term: str, english: str | None) -> None:
    assert term_in_english(term) == english


@pytest.mark.parametrize(
    ("step", "english", "russian"),
    [
        (Step("in_force", "2024-11-01", None), "in force from 1 November 2024", "в силе с 1 ноября 2024 года"),
        (
            Step("ratified", "2024-11", "KG"),
            "ratified by KG in November 2024",
            "ратифицировали в ноябре 2024 года (KG)",
        ),
        (Step("planned", None, None), "to be signed", "планируют подписать"),
    ],
)
def test_steps_with_their_day_and_actor(reading: Reading, step: Step, english: str, russian: str) -> None:
    given = reading.records[0]
    assert isinstance(given, Instrument)
    changed = replace(reading, records=(replace(given, steps=(step,)),))
    assert told(changed, "en")[0].endswith(f" · {english}")
    assert told(changed, "ru")[0].endswith(f" · {russian}")


@pytest.mark.parametrize("kind", ["memorandum", "agreement"])
@pytest.mark.parametrize("count", [None, 3])
def test_russian_steps_and_statuses_fit_any_noun(reading: Reading, kind: Kind, count: int | None) -> None:
    given = reading.records[0]
    assert isinstance(given, Instrument)
    changed = replace(reading, records=(replace(given, kind=kind, count=count),))
    assert told(changed, "ru")[0].endswith(" · подписали 4 марта 2024 года")
    of_gender = ("но", "ен", "то", "ась", "ось", "ся")
    words = {k: w for k, w in labels("ru").items() if k.startswith(("step/", "status/"))}
    assert {k: w for k, w in words.items() if w.endswith(of_gender)} == {}


def test_where_the_words_were_removed_it_is_said() -> None:
    fields = {"certainty": "stated", "source": None, "modality": "obligation", "progress": "announced", "act": "other"}
    empty = dict.fromkeys(("to", "amounts", "terms", "places"), ())
    blank = Undertaking(**fields, **empty, quote="", by=("KZ",), object=None, when=None, under=None)
    assert Writer("en", str).title(blank).endswith("(text removed)")
