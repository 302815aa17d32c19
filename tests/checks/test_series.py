"""A figure beside the others of its series."""

from typing import Any

from servanda.checks import check_report, check_together


def usd(tell: Any, number: float, period: str, report: str = "a", **values: Any) -> Any:
    amount = {"number": number, "unit": "USD", "bound": "exactly"}
    return tell("figure", f"{number:.0f} долларов", report=report, period=period, amount=amount, **values)


def test_a_billion_among_millions(tell: Any) -> None:
    told = [usd(tell, 1.2e6, "2021"), usd(tell, 1.3e6, "2022", "b"), usd(tell, 1.4e9, "2023", "c")]
    (found,) = check_together(told)
    assert (found.code, found.level) == ("series", "doubt")
    assert found.message.replace("\u00a0", " ") == (
        "$1.4 billion in 2023 is out of scale: $116.7 million a month, $104,200 in the others "
        "($116.7 million / $104,200 = 1,120.0)"
    )
    assert found.cited[0].report == "c"


def test_months_and_years_are_compared_by_the_month(tell: Any) -> None:
    told = [usd(tell, 90e6, "2022-01"), usd(tell, 1.2e9, "2022"), usd(tell, 80e6, "2022-03")]
    assert not list(check_report(told))


def test_one_other_value_is_no_series(tell: Any) -> None:
    assert not list(check_report([usd(tell, 1.2e6, "2021"), usd(tell, 1.4e9, "2023")]))


def test_values_far_from_each_other_are_no_series(tell: Any) -> None:
    told = [usd(tell, 1e6, "2021"), usd(tell, 50e6, "2022"), usd(tell, 2e9, "2023")]
    assert not list(check_report(told))
