"""Origins are counted, not articles."""

from collections.abc import Callable
from typing import Any

import pytest

from servanda.ledger.life import make_dossier
from servanda.ledger.origins import find_grade, find_origins
from servanda.ledger.words import rough_words
from servanda.model.dossier import Told

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
