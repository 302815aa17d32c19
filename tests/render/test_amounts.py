"""Amounts and changes as people write them."""

import pytest

from servanda.model.reading import Amount, Change
from servanda.render.amounts import render_amount, render_amounts, render_change


def plain(words: str | None) -> str:
    """The words with common blanks."""
    return (words or "").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("amount", "english", "russian"),
    [
        (Amount(680e6, "USD", "over"), "over $680 million", "более 680 млн долл."),
        (Amount(3_000_000, "EUR", "about"), "about €3 million", "около 3 млн евро"),
        (Amount(5e9, "KZT"), "5 billion tenge", "5 млрд тенге"),
        (Amount(1500, "тонна"), "1,500 tonnes", "1500 тонн"),
        (Amount(21, "тонна"), "21 tonnes", "21 тонна"),
        (Amount(21, "тонна", "over"), "over 21 tonnes", "более 21 тонны"),
        (Amount(3, "центр"), "3 centres", "3 центра"),
        (Amount(3, "центр", "under"), "up to 3 centres", "до 3 центров"),
        (Amount(1, "вертолёт"), "1 helicopter", "1 вертолёт"),
        (Amount(8.8, "%"), "8.8%", "8,8%"),
        (Amount(2.5, "тонна"), "2.5 tonnes", "2,5 тонны"),
        (Amount(2.3e12, "куб. м"), "2.3 trillion cubic metres", "2,3 трлн куб. м"),
        (Amount(17.03e9, "USD"), "$17.03 billion", "17,03 млрд долл."),
        (Amount(12_345_678, "USD"), "$12,345,678", "12 345 678 долл."),
        (Amount(40, "XOF"), "40 XOF", "40 XOF"),
        (Amount(7, "сайгак"), "7 сайгак", "7 сайгак"),
    ],
)
def test_an_amount(amount: Amount, english: str, russian: str) -> None:
    assert plain(render_amount(amount, "en")) == english
    assert plain(render_amount(amount, "ru")) == russian


def test_the_ends_of_a_range_are_joined() -> None:
    ends = [Amount(80e6, "тонна", "over"), Amount(82e6, "тонна", "under"), Amount(5, "%")]
    assert [plain(a) for a in render_amounts(ends, "en")] == ["80 million tonnes to 82 million tonnes", "5%"]
    assert len(render_amounts(ends[:1], "en")) == 1


@pytest.mark.parametrize(
    ("change", "english", "russian"),
    [
        (Change(8.8, None, "2020"), "up 8.8% on 2020", "рост на 8,8% к 2020 году"),
        (Change(-3, None, None), "down 3%", "снижение на 3%"),
        (Change(None, 2.5, None), "up 2.5 times", "рост в 2,5 раза"),
        (Change(None, -2, "2019"), "down 2 times on 2019", "снижение в 2 раза к 2019 году"),
        (Change(None, None, "2019"), "", ""),
    ],
)
def test_a_change(change: Change, english: str, russian: str) -> None:
    assert plain(render_change(change, "en")) == english
    assert plain(render_change(change, "ru")) == russian


@pytest.mark.parametrize(
    ("number", "unit", "en", "ru"),
    [
        (5, "vehicle", "5 vehicles", "5 автомобилей"),
        (1, "vehicle", "1 vehicle", "1 автомобиль"),
        (2, "cubic metre", "2 cubic metres", "2 кубометра"),
        (5, "ferry", "5 ferries", "5 ferry"),
        (5, "bcm", "5 bcm", "5 bcm"),
        (5, "экскаватор", "5 экскаватор", "5 экскаватор"),
    ],
)
def test_units_of_english_reports_are_inflected(number: int, unit: str, en: str, ru: str) -> None:
    assert (render_amount(Amount(number, unit), "en"), render_amount(Amount(number, unit), "ru")) == (en, ru)
