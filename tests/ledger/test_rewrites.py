"""What rewrites of one wire tell alike has one origin; what a rewrite adds has its own."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from servanda.bulk.sketch import sketch
from servanda.ledger.life import make_dossier
from servanda.ledger.rewrites import mark_rewrites
from servanda.ledger.words import rough_words
from servanda.model.dossier import Told
from servanda.model.sketch import DAYS
from wires import find_wires

Tell = Callable[..., Told]
WIRE, OTHER = find_wires()[:2]
REWRITE = f"Стали известны подробности\n{WIRE}"
GRAIN = "Лесия до конца года передаст Озерии пятьсот тонн зерна"
AGAIN = "До конца года Лесия отправит Озерии зерно: пятьсот тонн пшеницы"
SEEDS = "Половину груза составят отборные семена из запаса"


def of(text: str | None, told: Told) -> Told:
    """The same record, in a report of this text."""
    return replace(told, sketch=sketch(text) if text else None)


def origins(*told: Told) -> list[tuple[int, ...]]:
    return list(make_dossier("U1", told, words=rough_words).origins)


def marks(*told: Told) -> list[int | None]:
    return [t.rewrites for t in mark_rewrites(told, rough_words)]


def test_two_outlets_that_print_one_wire_are_one_origin(undertaking: Tell) -> None:
    first = of(WIRE, undertaking("2024-03-01", quote=GRAIN, id=1))
    assert origins(first, of(REWRITE, undertaking("2024-03-01", quote=AGAIN, id=2))) == [(1, 2)]
    assert origins(first, of(OTHER, undertaking("2024-03-01", quote=AGAIN, id=2))) == [(1,), (2,)]
    assert origins(first, of(None, undertaking("2024-03-01", quote=AGAIN, id=2))) == [(1,), (2,)]


def test_a_speaker_whom_a_rewrite_adds_is_another_origin(undertaking: Tell) -> None:
    told = [
        of(WIRE, undertaking("2024-03-01", quote=GRAIN, id=1)),
        of(REWRITE, undertaking("2024-03-02", quote=AGAIN, id=2, report="b", agency="b")),
        of(REWRITE, undertaking("2024-03-02", quote=SEEDS, source="министр Кедров", id=3, report="b", agency="b")),
    ]
    assert origins(*told) == [(1, 2), (3,)]


def test_what_a_rewrite_adds_in_its_own_words_is_its_outlets(undertaking: Tell) -> None:
    told = [
        of(WIRE, undertaking("2024-03-01", quote=GRAIN, id=1)),
        of(REWRITE, undertaking("2024-03-02", quote=AGAIN, id=2, report="b", agency="b")),
        of(REWRITE, undertaking("2024-03-02", quote=SEEDS, id=3, report="b", agency="b")),
        of(OTHER, undertaking("2024-04-02", quote="Груз в пути", id=4, agency="b")),
    ]
    assert origins(*told) == [(1, 2), (3, 4)]


def test_who_is_named_in_one_of_the_two_speaks_in_both(undertaking: Tell) -> None:
    named, unnamed = {"source": "министр Кедров"}, {"source": "источник"}
    for one, other in ((named, {}), ({}, named), (unnamed, named)):
        told = [
            of(WIRE, undertaking("2024-03-01", quote=GRAIN, id=1, **one)),
            of(REWRITE, undertaking("2024-03-01", quote=AGAIN, id=2, **other)),
        ]
        assert origins(*told) == [(1, 2)]


def test_two_speakers_stay_two(undertaking: Tell) -> None:
    told = [
        of(WIRE, undertaking("2024-03-01", quote=GRAIN, id=1, source="министр Кедров")),
        of(REWRITE, undertaking("2024-03-01", quote=AGAIN, id=2, source="посол Ольхин")),
    ]
    assert origins(*told) == [(1,), (2,)]


def test_the_first_that_tells_it_is_named(undertaking: Tell) -> None:
    told = [of(f"{n}\n{WIRE}", undertaking(f"2024-03-0{n}", quote=GRAIN, id=n)) for n in (1, 2, 3)]
    assert marks(*told) == [None, 1, 1]


@pytest.mark.parametrize(("later", "first"), [(DAYS, 1), (DAYS + 1, None)])
def test_a_rewrite_comes_within_days(undertaking: Tell, later: int, first: int | None) -> None:
    told = [of(WIRE, undertaking("2024-03-01", quote=GRAIN, id=1))]
    assert marks(*told, of(REWRITE, undertaking(f"2024-03-{1 + later:02}", quote=GRAIN, id=2))) == [None, first]


def test_a_report_without_a_day_may_rewrite_any(undertaking: Tell) -> None:
    told = [of(WIRE, undertaking("2024-03-01", quote=GRAIN, id=1)), of(REWRITE, undertaking(None, quote=GRAIN, id=2))]
    assert marks(*told) == [None, 1]


def test_versions_of_one_report_do_not_rewrite_each_other(undertaking: Tell) -> None:
    told = [of(WIRE, undertaking("2024-03-01", quote=GRAIN, id=n, report="a")) for n in (1, 2)]
    later = replace(told[1], carrier=replace(told[1].carrier, version=2))
    assert marks(told[0], later) == [None, None]
