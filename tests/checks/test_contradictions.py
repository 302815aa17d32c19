"""Two reports of one thing that do not agree."""

from typing import Any

import pytest

from servanda.checks import check_dossier


def counted(number: float, unit: str, bound: str = "exactly") -> dict[str, Any]:
    return {"number": number, "unit": unit, "bound": bound}


def codes(dossier: Any) -> list[str]:
    return [f.code for f in check_dossier(dossier)]


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        (counted(40, "машина"), counted(45, "автомобиль"), True),
        (counted(40, "машина"), counted(45, "единица"), True),
        (counted(40, "машина"), counted(40, "автомобиль"), False),
        (counted(40, "машина"), counted(41, "машина"), True),
        (counted(40, "машина"), counted(45, "тонна"), False),
        (counted(2, "тонна"), counted(2000, "килограмм"), False),
        (counted(2, "тонна"), counted(3500, "килограмм"), True),
        (counted(100e6, "USD", "over"), counted(120e6, "USD"), False),
        (counted(100e6, "USD", "under"), counted(120e6, "USD"), True),
        (counted(100e6, "USD"), counted(8e9, "RUB"), False),
    ],
)
def test_numbers(tell: Any, hold: Any, first: Any, second: Any, differ: bool) -> None:
    a = tell("undertaking", f"передаст {first['number']}", amounts=[first])
    b = tell("undertaking", f"передаст {second['number']}", report="b", amounts=[second])
    assert codes(hold(a, b)) == (["amounts"] if differ else [])


def test_a_part_that_was_delivered_is_no_contradiction(tell: Any, hold: Any) -> None:
    promised = tell("undertaking", "передаст 40 машин", amounts=[counted(40, "машина")])
    part = tell("undertaking", "передано 24", report="b", progress="fulfilled", amounts=[counted(24, "машина")])
    assert codes(hold(promised, part)) == []


def test_a_word_for_anything_counts_what_others_count(tell: Any, hold: Any) -> None:
    a = tell("undertaking", "40 машин, 120 раций", amounts=[counted(40, "машина"), counted(120, "рация")])
    b = tell("undertaking", "40 единиц", report="b", amounts=[counted(40, "единица")])
    assert codes(hold(a, b)) == []


def test_amounts_of_two_terms_may_differ(tell: Any, hold: Any) -> None:
    a = tell("undertaking", "6 млн в сутки", amounts=[counted(6e6, "кубометр")], when="../2025-10-31")
    b = tell("undertaking", "4 млн", report="b", amounts=[counted(4e6, "кубометр")], when="../2026-06-30")
    assert "amounts" not in codes(hold(a, b))


def test_the_message_names_who_says_so(tell: Any, hold: Any) -> None:
    a = tell("undertaking", "передаст 40 машин", source="министр", amounts=[counted(40, "машина")])
    b = tell("undertaking", "получит 45 машин", report="b", amounts=[counted(45, "машина")])
    (found,) = check_dossier(hold(a, b))
    assert found.message == "40 vehicles (a, министр) against 45 vehicles (b)"
    assert found.message_ru == "40 машин (a, министр) против 45 машин (b)"
    assert found.dossiers == ("U1",)


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [("2024-03-07", "2024-03-09", True), ("2024-03", "2024-03-09", False), ("2024", "2023-12", True)],
)
def test_days_of_signing(tell: Any, hold: Any, first: str, second: str, differ: bool) -> None:
    told = [
        tell("instrument", "подписан", report=r, published=None, steps=[{"step": "signed", "date": d, "by": None}])
        for r, d in (("a", first), ("b", second))
    ]
    assert codes(hold(*told)) == (["dates"] if differ else [])


def test_signings_far_apart_may_be_of_two_instruments(tell: Any, hold: Any) -> None:
    told = [
        tell("instrument", "подписан", report=r, published=None, steps=[{"step": "signed", "date": d, "by": None}])
        for r, d in (("a", "2021-03-02"), ("b", "2021-12-07"))
    ]
    (found,) = check_dossier(hold(*told))
    assert found.message == (
        "signed 2 March 2021 (a) against signed 7 December 2021 (b): perhaps two instruments of one name"
    )


def test_deadlines(tell: Any, hold: Any) -> None:
    a = tell("undertaking", "до конца лета", when="../2024-08-31")
    b = tell("undertaking", "до сентября", report="b", when="../2024-09")
    c = tell("undertaking", "до конца года", report="c", when="../2024-12-31")
    assert codes(hold(a, b)) == []
    assert codes(hold(a, c)) == ["dates"]


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        ("сроком на 25 лет", "не более чем пять лет", True),
        ("сроком на 25 лет", "не менее двадцати лет", False),
        ("на два года", "на 2 года", False),
        ("на 30 дней", "до 90 дней", False),
        ("на 18 месяцев", "на два года", False),  # other units are not compared
    ],
)
def test_lengths_of_time(tell: Any, hold: Any, first: str, second: str, differ: bool) -> None:
    a = tell("undertaking", first, terms=[first])
    b = tell("undertaking", second, report="b", terms=[second])
    assert codes(hold(a, b)) == (["terms"] if differ else [])


def test_terms_with_other_numbers(tell: Any, hold: Any) -> None:
    a = tell("undertaking", "сроком на 25 лет", terms=["сроком на 25 лет", "под 2% годовых"])
    b = tell("undertaking", "под 3% годовых", report="b", terms=["Под 3% годовых"])
    c = tell("undertaking", "под 2% годовых", report="c", terms=["под 2% годовых"])
    assert codes(hold(a, b)) == ["terms"]
    assert codes(hold(a, c)) == []


def test_told_and_denied(tell: Any, hold: Any) -> None:
    a = tell("undertaking", "готов разместить базу", certainty="possible", source="газета")
    b = tell("undertaking", "о базе речи нет", report="b", certainty="denied", source="министерство")
    (found,) = check_dossier(hold(a, b))
    assert found.message == "denied by b, министерство, told by a, газета"
    assert codes(hold(a)) == codes(hold(b)) == []


@pytest.mark.parametrize(
    ("denied", "told", "differ"),
    [
        ({"progress": "fulfilled"}, {"progress": "announced"}, False),  # not yet done, and promised
        ({"progress": "fulfilled"}, {"progress": "fulfilled"}, True),
        ({"progress": "announced"}, {"progress": "fulfilled"}, True),
        ({}, {"published": "2021"}, False),  # long before
    ],
)
def test_a_denial_of_a_deed(tell: Any, hold: Any, denied: Any, told: Any, differ: bool) -> None:
    a = tell("undertaking", "не передавали", certainty="denied", **denied)
    b = tell("undertaking", "передали", report="b", **told)
    assert codes(hold(a, b)) == (["denied"] if differ else [])


@pytest.mark.parametrize(
    ("denied", "told", "differ"),
    [
        (("signed", None), ("signed", None), True),
        (("signed", None), ("ratified", "XA"), True),
        (("signed", None), ("negotiated", None), False),
        (("signed", "XA"), ("signed", "XB"), False),
        (("signed", "XA"), ("signed", None), True),
        (("negotiated", None), ("suspended", "XA"), True),  # what was suspended was going on
        (("terminated", None), ("signed", None), False),
        (("terminated", None), ("terminated", "XB"), True),
    ],
)
def test_a_denial_of_a_step(tell: Any, hold: Any, denied: Any, told: Any, differ: bool) -> None:
    a, b = (
        tell("instrument", "договор", report=r, certainty=c, steps=[{"step": s[0], "date": None, "by": s[1]}])
        for r, c, s in (("a", "denied", denied), ("b", "stated", told))
    )
    assert codes(hold(a, b)) == (["denied"] if differ else [])


def test_done_and_not_done(tell: Any, hold: Any) -> None:
    done = tell("undertaking", "поставка завершена", progress="fulfilled")
    undone = tell("undertaking", "поставка сорвана", report="b", progress="broken")
    going = tell("undertaking", "поставка идёт", report="c", progress="under_way")
    assert codes(hold(undone, done)) == ["progress"]
    after_all = tell("undertaking", "поставка завершена", report="d", published="2024-05", progress="fulfilled")
    assert codes(hold(undone, after_all)) == []
    assert codes(hold(done, going)) == []


def test_held_and_called_off(tell: Any, hold: Any) -> None:
    held = tell("meeting", "встреча прошла", date="2024-03-05")
    off = tell("meeting", "встреча отменена", report="b", date="2024-03-05", status="cancelled")
    another = tell("meeting", "встреча отменена", report="c", date=None, status="cancelled")
    assert codes(hold(held, off)) == ["progress"]
    assert codes(hold(held, another)) == []
