"""EDTF values and the days that they cover."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.model import edtf


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2021-12-07", "2021-12-07", "2021-12-07"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021-01/2021-09", "2021-01-01", "2021-09-30"),
        ("../2025-12-31", None, "2025-12-31"),
        ("2021/..", "2021-01-01", None),
        ("2021-13", None, None),
        ("soon", None, None),
    ],
)
def test_first_and_last_day(value: str, first: str | None, last: str | None) -> None:
    assert edtf.first_day(value) == (date.fromisoformat(first) if first else None)
    assert edtf.last_day(value) == (date.fromisoformat(last) if last else None)


def test_intervals_do_not_run_backwards() -> None:
    assert edtf.interval("2021", "2023") == "2021/2023"
    assert edtf.interval("2023", "2021") is None


def test_the_same_period_of_another_year() -> None:
    assert edtf.in_year("2021-01/2021-09", 2020) == "2020-01/2020-09"
    assert edtf.shift_years("2020-02-29", -1) == "2019-02-28"
    assert edtf.shift_years("../2025", 1) == "../2026"
    assert edtf.shift_years("9999", 1) is None


def test_months_run_into_the_next_year() -> None:
    assert edtf.months(2021, 12, 14) == "2021-12/2022-02"
    assert edtf.months(2021, 5, 5) == "2021-05"


@given(st.text(max_size=24))
def test_any_text_is_an_answer(value: str) -> None:
    edtf.is_edtf(value)
    edtf.shift_years(value, 1)
    edtf.in_year(value, 2000)


@given(st.dates(), st.integers(-5000, 5000))
def test_days_shift_within_the_calendar(day: date, n: int) -> None:
    moved = edtf.add_months(day, n)
    assert moved is None or moved.month == (day.month - 1 + n) % 12 + 1
    edtf.add_days(day, n)
    edtf.week_of(day)
