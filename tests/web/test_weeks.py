"""The picture of the coming weeks."""

from datetime import date

from servanda.web.weeks import make_weeks

FIRST = date(2026, 11, 22)


def test_each_day_falls_into_its_week_and_the_fullest_is_highest() -> None:
    days = {FIRST: 1, date(2026, 11, 28): 2, date(2026, 11, 29): 6, date(2027, 2, 20): 1}
    bars = make_weeks(days, FIRST, 13, "en").bars
    assert [bar.count for bar in bars] == [3, 6, *[0] * 10, 1]
    assert max(bars, key=lambda bar: bar.high).count == 6
    assert [bar.high for bar in bars if not bar.count] == [0] * 10


def test_months_are_named_where_they_begin_and_weeks_said_in_words() -> None:
    bars = make_weeks({FIRST: 1}, FIRST, 13, "ru").bars
    assert [bar.month for bar in bars if bar.month] == ["ноябрь", "декабрь", "январь", "февраль"]
    assert bars[0].said == "22 – 28 ноября 2026 года"


def test_a_lone_deadline_is_no_tall_bar() -> None:
    (bar,) = make_weeks({FIRST: 1}, FIRST, 1, "en").bars
    assert bar.high < 20
