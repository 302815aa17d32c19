"""Origins are counted, not articles."""

from collections.abc import Callable
from typing import Any

import pytest

from servanda.lang.lemmas import lemmas
from servanda.ledger.life import make_dossier
from servanda.ledger.origins import find_grade, find_origins
from servanda.ledger.words import rough_words
from servanda.model.dossier import Told
from servanda.world.speakers import make_speaker
from servanda.world.tables import Tables

Tell = Callable[..., Told]


def speaker(words: str) -> str | None:
    return words[-1] if words[-1] in "ABC" else None


def origins(*told: Told) -> list[tuple[int, ...]]:
    return list(find_origins(told, rough_words, speaker))


def test_ten_outlets_with_one_press_release_are_one_origin(undertaking: Tell) -> None:
    told = [undertaking("2024-03-01", source="пресс-служба министерства A", id=n) for n in range(1, 11)]
    assert origins(*told) == [tuple(range(1, 11))]


def test_so_are_those_with_the_same_words(undertaking: Tell) -> None:
    words = "Лесия до конца года безвозмездно передаст Озерии пятьсот тонн зерна"
    told = [undertaking("2024-03-01", quote=words, id=1), undertaking("2024-03-02", quote=words + " нового", id=2)]
    assert origins(*told) == [(1, 2)]


def test_short_quotes_agree_by_chance(undertaking: Tell) -> None:
    told = [undertaking("2024-03-01", quote="дадут Озерии зерно", id=n) for n in (1, 2)]
    assert origins(*told) == [(1,), (2,)]


def test_an_agency_is_the_origin_of_its_own_words_and_of_what_is_cited_from_it(undertaking: Tell) -> None:
    told = [
        undertaking("2024-03-01", agency="Вестник", id=1),
        undertaking("2024-03-02", agency="Курьер", source="Вестник", id=2),
        undertaking("2024-03-02", agency="Курьер", id=3),
    ]
    assert origins(*told) == [(1, 2), (3,)]


def test_a_shorter_name_belongs_to_the_longer_one_unless_two_could_be_meant(undertaking: Tell) -> None:
    named = [undertaking("2024-03-01", source=s, id=n) for n, s in enumerate(("министр обороны", "министр"), 1)]
    assert origins(*named) == [(1, 2)]
    assert len(origins(*named, undertaking("2024-03-01", source="министр энергетики", id=3))) == 3


def test_an_unnamed_source_is_known_to_its_agency_alone(undertaking: Tell) -> None:
    told = [undertaking("2024-03-01", source="источник", agency=a, id=n) for n, a in enumerate("xyx", 1)]
    assert origins(*told) == [(1, 3), (2,)]


def test_one_report_that_names_nobody_is_one_origin(undertaking: Tell) -> None:
    told = [undertaking("2024-03-01", agency=None, report=r, id=n) for n, r in enumerate(("x", "y", "x"), 1)]
    assert origins(*told) == [(1, 3), (2,)]
    unnamed = [undertaking("2024-03-01", agency=None, report="x", source="источник", id=n) for n in (4, 5)]
    assert origins(*told, *unnamed) == [(1, 3), (2,), (4, 5)]


@pytest.mark.parametrize(
    "sources",
    [
        ("МИД Казахстана", "Министерство иностранных дел Республики Казахстан", "Kazakh Foreign Ministry"),
        ("Минобороны РФ", "Russia's Defence Ministry", "пресс-служба российского министерства обороны"),
        ("Ministry of Foreign Affairs of Kyrgyzstan", "министр иностранных дел Киргизии Кулубаев", "МИД"),
        ("Нацбанк Киргизии", "Национальный банк Киргизии", "National Bank of Kyrgyzstan"),
        ("правительство Узбекистана", "the government of Uzbekistan", "кабмин Узбекистана"),
    ],
)
def test_an_organ_is_one_whatever_it_is_called(sources: tuple[str, ...], undertaking: Tell) -> None:
    told = [undertaking("2024-03-01", source=source) for source in sources]
    assert len(find_origins(told, lemmas, make_speaker(Tables.default()))) == 1


@pytest.mark.parametrize(
    "sources",
    [
        ("МИД Казахстана", "МИД Киргизии", "МИД"),  # whose is not said
        ("МИД Казахстана", "МВД Казахстана", "министерство финансов Казахстана"),
        ("президент Торговой палаты Казахстана", "президент Академии наук Казахстана", "президент компании «Берёза»"),
        ("посольство Казахстана в Киргизии", "Embassy of Kazakhstan in Russia"),
    ],
)
def test_different_organs_are_not_one(sources: tuple[str, ...], undertaking: Tell) -> None:
    told = [undertaking("2024-03-01", source=source) for source in sources]
    assert len(find_origins(told, lemmas, make_speaker(Tables.default()))) == len(sources)


@pytest.mark.parametrize(
    ("sources", "grade"),
    [
        (["министр A", "посол B", None], "B"),
        (["министр A", "президент A"], "C"),
        (["пресс-служба министерства"], "D"),
        ([None, "источник"], "E"),
        (["газета «Вестник»"], "E"),
        (["источник в министерстве A"], "F"),
        (["министр C"], "F"),
    ],
)
def test_grades(sources: list[Any], grade: str, undertaking: Tell) -> None:
    assert find_grade([undertaking("2024-03-01", source=s) for s in sources], speaker) == grade


def test_two_takers_are_one_side(undertaking: Tell) -> None:
    told = [undertaking("2024-03-01", to=("B", "C"), source=s) for s in ("министр B", "министр C")]
    assert find_grade(told, speaker) == "C"


def test_a_denial_is_no_evidence_for_the_thing(undertaking: Tell) -> None:
    told = [undertaking("2024-03-01"), undertaking("2024-03-02", certainty="denied", source="министр A")]
    assert make_dossier("U1", told, speaker=speaker).grade == "E"
