"""Dates as people write them."""

import pytest

from servanda.render.dates import render_against, render_at, render_period

PERIODS = [
    ("2021-12-07", "7 December 2021", "7 декабря 2021 года"),
    ("2021-12", "December 2021", "декабрь 2021 года"),
    ("2021", "2021", "2021 год"),
    ("2021-01/2021-09", "January to September 2021", "январь – сентябрь 2021 года"),
    ("2021-12-07/2021-12-09", "7 to 9 December 2021", "7 – 9 декабря 2021 года"),
    ("2021-11-30/2022-01-02", "30 November 2021 to 2 January 2022", "30 ноября 2021 года – 2 января 2022 года"),
    ("2021/2023", "2021 to 2023", "2021–2023 годы"),
    ("../2025-12-31", "by the end of 2025", "до конца 2025 года"),
    ("../2025-06-30", "by 30 June 2025", "не позднее 30 июня 2025 года"),
    ("../2030", "by 2030", "не позднее 2030 года"),
    ("2024-08-01/..", "from 1 August 2024", "с 1 августа 2024 года"),
    ("what is no date", "what is no date", "what is no date"),
    ("2021-13", "2021-13", "2021-13"),
]


@pytest.mark.parametrize(("edtf", "english", "russian"), PERIODS)
def test_a_period_by_name(edtf: str, english: str, russian: str) -> None:
    assert render_period(edtf, "en") == english
    assert render_period(edtf, "ru") == russian


@pytest.mark.parametrize(
    ("edtf", "english", "russian"),
    [
        ("2021-12-07", "on 7 December 2021", "7 декабря 2021 года"),
        ("2021-12", "in December 2021", "в декабре 2021 года"),
        ("2021", "in 2021", "в 2021 году"),
        ("2021/2023", "2021 to 2023", "в 2021–2023 годах"),
        ("../2030", "by 2030", "не позднее 2030 года"),
    ],
)
def test_an_answer_to_when(edtf: str, english: str, russian: str) -> None:
    assert render_at(edtf, "en") == english
    assert render_at(edtf, "ru") == russian


@pytest.mark.parametrize(
    ("edtf", "english", "russian"),
    [
        ("2020", "on 2020", "к 2020 году"),
        ("2020-12", "on December 2020", "к декабрю 2020 года"),
        ("2020-01/2020-09", "on January to September 2020", "к периоду январь – сентябрь 2020 года"),
    ],
)
def test_what_a_change_is_against(edtf: str, english: str, russian: str) -> None:
    assert render_against(edtf, "en") == english
    assert render_against(edtf, "ru") == russian
