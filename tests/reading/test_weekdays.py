"""A weekday beside a date must be the one that the calendar gives."""

from datetime import date

import pytest

from servanda.reading.times import find_times
from servanda.reading.weekdays import check_weekdays

DAY = date(2021, 12, 8)


@pytest.mark.parametrize(
    "text",
    [
        "В среду, 8 декабря, стороны подписали акт.",
        "Акт подписан 3 декабря (пятница).",
        "Акт подписан в среду.",
        "Акт подписан 8 декабря.",
    ],
)
def test_no_finding_where_they_agree(text: str) -> None:
    assert check_weekdays(text, find_times(text, DAY), DAY) == []


def test_a_wrong_weekday_is_found() -> None:
    text = "В четверг, 8 декабря, стороны подписали акт."
    (finding,) = check_weekdays(text, find_times(text, DAY), DAY)
    assert finding.code == "weekday_clash"
    assert finding.spans[0].of(text) == "В четверг, 8 декабря"
    assert "среду" in finding.message


def test_without_a_year_nothing_is_compared() -> None:
    text = "В четверг, 8 декабря, стороны подписали акт."
    assert check_weekdays(text, find_times(text, None), None) == []
