"""The day of publication follows from what a page says in several ways; what cannot be true does not win."""

from datetime import date

import pytest

from servanda.sources.dating import Said, choose_day, parse_address, parse_crawl, parse_moment, parse_printed

CRAWL = date(2021, 12, 9)
DATELINE = "Заголовок\n\nАСТАНА, 8 декабря. /ВЕСТЬ/. Казахстан поставит зерно."
PLAIN = "Заголовок\n\nКазахстан поставит зерно."


def said(how: str, day: str, utc: bool = False) -> Said:
    return Said(date.fromisoformat(day), how, utc)


@pytest.mark.parametrize(
    ("days", "text", "crawled", "published"),
    [
        # the order in which they are believed
        ([said("named", "2021-12-01"), said("linked", "2021-12-08")], PLAIN, None, "2021-12-08"),
        ([said("seen", "2021-12-10"), said("declared", "2021-12-08")], PLAIN, None, "2021-12-08"),
        ([said("named", "2015-03-01"), said("seen", "2021-12-08")], PLAIN, None, "2021-12-08"),
        ([said("address", "2021-12-08")], PLAIN, None, "2021-12-08"),
        ([said("named", "2021-12-08")], PLAIN, None, "2021-12-08"),
        # after the crawl is impossible, a day of time zones apart
        ([said("linked", "2022-01-15")], PLAIN, CRAWL, None),
        ([said("linked", "2022-01-15"), said("seen", "2021-12-08")], PLAIN, CRAWL, "2021-12-08"),
        ([said("linked", "2021-12-10")], PLAIN, CRAWL, "2021-12-10"),
        ([said("declared", "1970-01-01"), said("seen", "2021-12-08")], PLAIN, None, "2021-12-08"),
        # the dateline
        ([said("linked", "2015-03-01"), said("named", "2021-12-09")], DATELINE, None, "2021-12-09"),
        ([said("named", "2015-03-01")], DATELINE, None, None),
        ([said("named", "2015-03-01")], DATELINE, CRAWL, "2021-12-08"),
        ([said("named", "2021-12-06")], DATELINE, None, None),
        ([said("named", "2021-12-18")], DATELINE, None, "2021-12-18"),
        ([said("linked", "2021-12-25")], DATELINE, None, "2021-12-25"),
        ([], DATELINE, CRAWL, "2021-12-08"),
        ([], DATELINE, date(2021, 12, 7), None),
        ([], DATELINE, None, None),
        # said twice, or near the crawl
        ([said("linked", "2015-03-01"), said("seen", "2021-12-08")], PLAIN, CRAWL, "2021-12-08"),
        (
            [said("linked", "2020-01-01"), said("time", "2021-12-08"), said("address", "2021-12-08")],
            PLAIN,
            None,
            "2021-12-08",
        ),
        ([said("named", "2015-03-01")], PLAIN, CRAWL, None),
        ([said("address", "2015-03-01"), said("named", "2015-03-01")], PLAIN, CRAWL, "2015-03-01"),
        ([said("linked", "2015-03-01")], PLAIN, CRAWL, "2015-03-01"),
        # Greenwich
        ([said("linked", "2021-12-07", utc=True), said("seen", "2021-12-08")], PLAIN, None, "2021-12-08"),
        ([said("linked", "2021-12-07", utc=True)], PLAIN, None, "2021-12-07"),
        # the crawl alone
        ([], PLAIN, CRAWL, None),
    ],
)
def test_days_of_publication(days: list[Said], text: str, crawled: date | None, published: str | None) -> None:
    assert choose_day(days, text, crawled) == published
    assert choose_day(days[::-1], text, crawled) == published


def test_a_crawl_stands_in_if_asked() -> None:
    assert choose_day([], PLAIN, CRAWL, crawl_stands_in=True) == "2021-12-09"
    assert choose_day([said("linked", "2021-12-01")], PLAIN, CRAWL, crawl_stands_in=True) == "2021-12-01"


@pytest.mark.parametrize(
    "dateline",
    [
        "БИШКЕК, 8 декабря. /ВЕСТЬ/.",
        "Нур-Султан. 8 декабря. ВЕСТЬ -",
        "НЬЮ-ЙОРК, 8 дек — Весть.",
        "8 декабря, /ВЕСТЬ/.",
    ],
)
def test_datelines(dateline: str) -> None:
    assert choose_day([], f"Заголовок\n\n{dateline} Казахстан поставит зерно.", CRAWL) == "2021-12-08"


@pytest.mark.parametrize("text", ["Соглашение вступит в силу 8 декабря.", "До 8 декабря страны подпишут протокол."])
def test_a_day_in_a_sentence_is_no_dateline(text: str) -> None:
    assert choose_day([], text, CRAWL) is None


@pytest.mark.parametrize(
    ("value", "day", "utc"),
    [
        ("2021-12-08T06:27:00+06:00", "2021-12-08", False),
        ("2021-12-08T00:27:00.000Z", "2021-12-08", True),
        ("2021-12-08 06:27", "2021-12-08", False),
        ("20211208", "2021-12-08", False),
        ("Wed, 08 Dec 2021 06:27:00 GMT", "2021-12-08", False),
        ("8 декабря 2021", "2021-12-08", False),
        ("08.12.2021 06:27", "2021-12-08", False),
        ("2021-13-08", None, False),
        ("2021-02-30", None, False),
        ("1638937620", None, False),
        ("yesterday", None, False),
        ("", None, False),
    ],
)
def test_moments(value: str, day: str | None, utc: bool) -> None:
    found = parse_moment(value, "linked")
    assert found == (said("linked", day, utc) if day else None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("8 декабря 2021, 06:27", "2021-12-08"),
        ("Среда, 08 Декабрь 2021", "2021-12-08"),
        ("December 8, 2021, 06:27", "2021-12-08"),
        ("8th Dec. 2021", "2021-12-08"),
        ("Updated 8 December 2021", "2021-12-08"),
        ("8 декабря", None),
        ("December 2021", None),
        ("Просмотров: 2021", None),
        ("31 февраля 2021", None),
    ],
)
def test_printed_days(text: str, day: str | None) -> None:
    assert parse_printed(text) == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2021/12/08/grain", "2021-12-08"),
        ("https://a.example/news/20211208-17", "2021-12-08"),
        ("https://a.example/2021-12-08", "2021-12-08"),
        ("https://a.example/n/120211208", None),
        ("https://a.example/n?d=2021-12-08", None),
        ("https://a.example/2021/13/08/", None),
    ],
)
def test_days_in_addresses(url: str, day: str | None) -> None:
    assert parse_address(url) == (said("address", day) if day else None)


def test_days_of_crawls() -> None:
    assert parse_crawl("2021-12-09T01:02:03Z") == CRAWL
    assert parse_crawl("2021-12-09T01:02:03.123456Z") == CRAWL
    assert parse_crawl("soon") is None
    assert parse_crawl(None) is None
