"""Parts and their whole, shares, units out of scale."""

from typing import Any

import pytest

from servanda.checks import check_report


def counted(number: float, unit: str = "тонна", bound: str = "exactly") -> dict[str, Any]:
    return {"number": number, "unit": unit, "bound": bound}


def tonnes(*numbers: float) -> list[dict[str, Any]]:
    return [counted(n) for n in numbers]


def codes(told: Any) -> list[str]:
    return [f.code for f in check_report(told)]


@pytest.mark.parametrize(
    ("quote", "numbers", "found"),
    [
        ("передаст 500 тонн, из них 300 тонн муки и 400 тонн зерна", (500, 300, 400), ["parts_total"]),
        ("передаст 500 тонн, из них 300 тонн муки и 200 тонн зерна", (500, 300, 200), []),
        ("передаст 500 тонн, в том числе 300 тонн муки", (500, 300), []),
        ("передаст 169 тонн груза, в том числе 10 080 тонн воды", (169, 10080), ["scale"]),
        ("передаст 169 тонн, всего у него 900 тонн, в том числе 300 тонн воды", (169, 300), []),
        ("в мае 169 тонн, в июне 900 тонн, в том числе 300 тонн воды", (169, 900, 300), []),
        ("передаст 169 тонн груза, а за год передал 10 080 тонн", (169, 10080), []),
        ("710 тонн: 330, 260, 90 и 40", (710, 330, 260, 90, 40), ["parts_total"]),
        ("710 тонн: 330, 260, 90 и 30", (710, 330, 260, 90, 30), []),
        ("710 тонн, 330 тонн, 260 тонн, 12 тонн", (710, 330, 260, 12), []),
    ],
)
def test_amounts_of_one_record(tell: Any, quote: str, numbers: Any, found: list[str]) -> None:
    assert codes([tell("undertaking", quote, amounts=tonnes(*numbers))]) == found


def test_a_part_in_another_unit(tell: Any) -> None:
    amounts = [counted(2), counted(3500, "килограмм")]
    (found,) = check_report([tell("undertaking", "2 тонны, из них 3500 килограммов соли", amounts=amounts)])
    assert found.code == "scale"
    fits = [counted(2), counted(1500, "килограмм")]
    assert codes([tell("undertaking", "2 тонны, из них 1500 килограммов соли", amounts=fits)]) == []


def test_a_thousandth_that_would_fit_is_named(tell: Any) -> None:
    quote = "169 тонн груза, в том числе 10 080 тонн воды"
    (found,) = check_report([tell("undertaking", quote, amounts=tonnes(169, 10080))])
    assert found.level == "error"
    assert found.message == (
        "10,080 tonnes as a part of 169 tonnes (10,080 / 169 = 59.6): "
        "perhaps another unit; a thousandth, 10.08 tonnes, would fit"
    )


def test_parts_in_records_of_their_own(tell: Any) -> None:
    text = "Лесия передаст 169 тонн груза. В том числе это 20 тонн муки. Среди прочего, из них 200 тонн соли."
    whole = tell("undertaking", "Лесия передаст 169 тонн груза", text=text, amounts=tonnes(169))
    part = tell("undertaking", "20 тонн муки", text=text, part_of=whole.id, amounts=tonnes(20))
    more = tell("undertaking", "200 тонн соли", text=text, part_of=whole.id, amounts=tonnes(200))
    assert codes([whole, part]) == []
    assert codes([whole, part, more]) == ["scale"]


def test_words_of_parts_between_two_records_of_a_sentence(tell: Any) -> None:
    text = "Лесия передаст 169 тонн груза, из них 200 тонн соли."
    whole = tell("undertaking", "Лесия передаст 169 тонн груза", text=text, amounts=tonnes(169))
    part = tell("undertaking", "200 тонн соли", text=text, amounts=tonnes(200))
    assert codes([whole, part]) == ["scale"]


def flow(tell: Any, metric: str, quote: str, number: float, who: list[str]) -> Any:
    return tell("figure", quote, metric=metric, who=who, period="2023", amount=counted(number, "USD"))


@pytest.mark.parametrize(("imports", "found"), [(("$40 млн", 40e6), []), (("$50 млн", 50e6), ["parts_total"])])
def test_exports_and_imports_make_the_trade(tell: Any, imports: Any, found: list[str]) -> None:
    told = [
        flow(tell, "trade", "торговля – $100 млн", 100e6, ["XA", "XB"]),
        flow(tell, "exports", "вывоз – $60 млн", 60e6, ["XA", "XB"]),
        flow(tell, "imports", f"ввоз – {imports[0]}", imports[1], ["XB", "XA"]),
    ]
    assert codes(told) == found


def test_each_side_counts_its_own_way(tell: Any) -> None:
    told = [
        flow(tell, "trade", "торговля – $100 млн", 100e6, ["XA", "XB"]),
        flow(tell, "exports", "вывоз – $60 млн", 60e6, ["XA", "XB"]),
        flow(tell, "imports", "ввоз – $40 млн", 40e6, ["XB", "XA"]),
        flow(tell, "trade", "по данным соседей, $70 млн", 70e6, ["XA", "XB"]),
        flow(tell, "exports", "$45 млн", 45e6, ["XA", "XB"]),
        flow(tell, "imports", "$25 млн", 25e6, ["XB", "XA"]),
    ]
    assert codes(told) == []


def share(tell: Any, quote: str, percent: float, party: str) -> Any:
    who = [party, "XC"]
    return tell("figure", quote, metric="transit", who=who, period="2023", amount=counted(percent, "%"))


def test_shares_of_one_whole(tell: Any) -> None:
    a, b = share(tell, "доля Лесии – 70%", 70, "XA"), share(tell, "Озерии – 45%", 45, "XB")
    (found,) = check_report([a, b])
    assert (found.code, found.message) == ("shares", "70% + 45% = 115%, against 100%")
    assert codes([a, share(tell, "Озерии – 30%", 30, "XB")]) == []


def test_percentages_that_are_no_shares(tell: Any) -> None:
    told = [share(tell, "Лесия выбрала 73% квоты", 73, "XA"), share(tell, "Озерия – 88%", 88, "XB")]
    assert codes(told) == []
