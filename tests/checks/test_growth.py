"""A stated growth against printed values, and what follows from it."""

from typing import Any

import pytest

from servanda.checks import check_report, check_together

NOW = "Торговля в 2023 году составила {value}, на {percent}% больше, чем в 2022-м"


def usd(number: float, bound: str = "exactly") -> dict[str, Any]:
    return {"number": number, "unit": "USD", "bound": bound}


def grown(percent: float, against: str = "2022") -> list[dict[str, Any]]:
    return [{"percent": percent, "times": None, "against": against}]


@pytest.mark.parametrize(
    ("value", "percent", "base", "fits"),
    [
        (("$120 млн", 120e6), ("20", 20), ("$100 млн", 100e6), True),
        (("$120 млн", 120e6), ("20", 20), ("$90 млн", 90e6), False),
        (("$120,4 млн", 120.4e6), ("20", 20), ("$100 млн", 100e6), True),  # 20 % is anything from 19.5 to 20.5
        (("$1,23 млрд", 1.23e9), ("12,9", 12.9), ("$1,09 млрд", 1.09e9), True),  # 12.8, and the values are rounded
        (("$1,23 млрд", 1.23e9), ("14,9", 14.9), ("$1,09 млрд", 1.09e9), False),
        (("$120 млн", 120e6), ("более чем на 20", 20), ("$90 млн", 90e6), True),
        (("$120 млн", 120e6), ("почти 40", 40), ("$90 млн", 90e6), True),
    ],
)
def test_a_stated_growth_and_two_values(tell: Any, value: Any, percent: Any, base: Any, fits: bool) -> None:
    quote = f"Торговля в 2023 году составила {value[0]}, рост – {percent[0]}%"
    told = [
        tell("figure", quote, period="2023", amount=usd(value[1]), changes=grown(percent[1])),
        tell("figure", f"{base[0]} годом ранее", period="2022", amount=usd(base[1])),
    ]
    assert [f.code for f in check_report(told)] == ([] if fits else ["growth"])


def test_the_arithmetic_is_in_the_message(tell: Any) -> None:
    told = [
        tell("figure", "Торговля: $120 млн, рост 20%", period="2023", amount=usd(120e6), changes=grown(20)),
        tell("figure", "$90 млн годом ранее", period="2022", amount=usd(90e6)),
    ]
    (found,) = check_report(told)
    assert found.level == "error"
    assert found.message.startswith("$120\u00a0million against $90\u00a0million is +33.3%, not +20.0% as stated")
    assert "а сказано +20,0%" in found.message_ru
    assert {c.words for c in found.cited} == {"Торговля: $120 млн, рост 20%", "$90 млн годом ранее"}


def test_the_dossiers_of_its_records_are_named(tell: Any) -> None:
    figure = tell("figure", "$330 млн, рост 10%", period="2023", amount=usd(330e6), changes=grown(10))
    (found,) = check_report([figure], {figure.id: "F7"})
    assert found.dossiers == ("F7",)


def test_a_base_of_another_relation_is_no_base(tell: Any) -> None:
    told = [
        tell("figure", "Экспорт: $120 млн, рост 20%", metric="exports", period="2023", amount=usd(120e6)),
        tell("figure", "$90 млн", metric="exports", who=["XB", "XA"], period="2022", amount=usd(90e6)),
    ]
    assert list(check_report(told)) == []


def test_one_fitting_base_is_enough(tell: Any) -> None:
    told = [
        tell("figure", "Торговля: $120 млн, рост 20%", period="2023", amount=usd(120e6), changes=grown(20)),
        tell("figure", "$90 млн зерном", period="2022", amount=usd(90e6)),
        tell("figure", "всего $100 млн", period="2022", amount=usd(100e6)),
    ]
    assert list(check_report(told)) == []


def test_the_base_of_another_report(tell: Any) -> None:
    now = tell("figure", "Торговля: $120 млн, рост 20%", period="2023", amount=usd(120e6), changes=grown(20))
    base = tell("figure", "$90 млн за 2022 год", report="b", period="2022", amount=usd(90e6))
    (found,) = check_together([now, base], {now.id: "F1", base.id: "F2"})
    assert (found.code, found.level, found.dossiers) == ("base_elsewhere", "doubt", ("F1", "F2"))
    fitting = tell("figure", "$100 млн за 2022 год", report="c", period="2022", amount=usd(100e6))
    assert list(check_together([now, fitting])) == []


def test_a_withdrawn_report_proves_nothing(tell: Any) -> None:
    now = tell("figure", "Торговля: $120 млн, рост 20%", period="2023", amount=usd(120e6), changes=grown(20))
    base = tell("figure", "$90 млн", report="b", withdrawn=True, period="2022", amount=usd(90e6))
    assert list(check_together([now, base])) == []


@pytest.mark.parametrize(
    ("bound", "said"), [("over", "at least"), ("under", "at most"), ("exactly", "about"), ("about", "about")]
)
def test_a_base_follows_with_its_bound(tell: Any, bound: str, said: str) -> None:
    figure = tell("figure", "$330 млн, рост 10%", period="2023", amount=usd(330e6, bound), changes=grown(10))
    (found,) = check_report([figure])
    assert (found.code, found.level) == ("implied_base", "note")
    assert found.message.startswith(f"2022: {said} $300\u00a0million, computed (")
    assert found.message.endswith(" / 1.1 = 300.0 million)")


def test_no_base_follows_from_a_change_in_words(tell: Any) -> None:
    changes = [{"percent": None, "times": 2.0, "against": "2022"}]
    assert not list(check_report([tell("figure", "$330 млн, почти вдвое", amount=usd(330e6), changes=changes)]))


def test_two_changes_tell_what_was_between(tell: Any) -> None:
    changes = [*grown(10), *grown(32, "2021")]
    figure = tell("figure", "на 10% больше, чем в 2022-м, и на 32% – чем в 2021-м", period="2023", changes=changes)
    (found,) = check_report([figure])
    assert found.code == "implied_change"
    assert found.message == "2021 → 2022: a rise of about 20.0%, computed (1.32 / 1.1 = 1.200)"
