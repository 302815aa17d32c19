"""A page of any shape gives its headline, every paragraph of its article as a line, its day, outlet and address."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.model.report import Report
from servanda.reading.layout import lay_out
from servanda.sources import Rejected, Taking
from servanda.sources.html import Fetched, read_page
from webpages import ENGLISH, LINKS, NOISE, PARAGRAPHS, SHAPES, TITLE, Shape, page

CARE = [pytest.param(False, id="fast"), pytest.param(True, id="care")]


def read(html: str | bytes, care: bool = False, fetched: Fetched | None = None, **options: object) -> Report | Rejected:
    data = html.encode() if isinstance(html, str) else html
    return read_page(data, "page.html", Taking(care=care, **options), fetched=fetched)  # type: ignore[arg-type]


def report(html: str | bytes, care: bool = False, fetched: Fetched | None = None, **options: object) -> Report:
    found = read(html, care, fetched, **options)
    assert isinstance(found, Report), found
    return found


@pytest.mark.parametrize("care", CARE)
@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_pages_of_many_shapes(shape: Shape, care: bool) -> None:
    found = report(shape.html.encode(shape.charset), care)
    title, blank, *lines = found.text.split("\n")
    assert (title, blank) == (shape.title, "")
    assert tuple(lines[-len(shape.paragraphs) :]) == shape.paragraphs
    assert all(
        any(c.isdigit() for c in line) and len(line) < 30 for line in lines[: -len(shape.paragraphs)]
    )  # its date
    assert not any(noise in found.text for noise in NOISE)
    assert (found.published, found.agency, found.url) == (shape.published, shape.agency, shape.url)


@pytest.mark.parametrize("shape", [s for s in SHAPES.values() if s.paragraphs == PARAGRAPHS])
def test_the_reader_finds_title_and_dateline(shape: Shape) -> None:
    found = report(shape.html.encode(shape.charset))
    laid = lay_out(found)
    title = next(block for block in laid.blocks if block.kind == "title")
    assert laid.text[title.start : title.end] == TITLE
    assert laid.dateline is not None
    assert laid.dateline.date == "2021-12-08"


@pytest.mark.parametrize("care", CARE)
@pytest.mark.parametrize(
    ("html", "said"),
    [
        (LINKS, "is a page without an article"),
        ("<html><body></body></html>", "is a page without"),
        (page("<p>Страница не найдена</p>"), "is a page without an article"),
        ("<html><body><p>" + "你好世界。" * 200 + "</p></body></html>", "is a page without Cyrillic or Latin words"),
        (b"<html>" + bytes(range(256)) * 10, "is binary"),
        (b"<html>" + b"a" * 11_000_000, "is over the limit of 10 MB"),
    ],
)
def test_a_page_without_an_article_is_rejected(html: str | bytes, said: str, care: bool) -> None:
    found = read(html, care)
    assert isinstance(found, Rejected)
    assert found.message.startswith(said)
    assert found.remedy


@pytest.mark.parametrize("charset", ["cp1251", "koi8-r", "utf-8", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("told", [None, "utf-8", "windows-1251", "koi8-r", "ISO-8859-1", "no-such"])
@pytest.mark.parametrize(
    "meta", ["", '<meta charset="windows-1251">', '<meta http-equiv=x content="text/html; charset=utf-8">']
)
def test_letters_are_right_whatever_is_declared(charset: str, told: str | None, meta: str) -> None:
    html = page(f"<h1>{TITLE}</h1>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS), meta)
    found = report(html.encode(charset, "ignore"), fetched=Fetched(charset=told))
    assert found.text.endswith(PARAGRAPHS[-1])  # without typography: koi8-r has none


def test_a_charset_of_another_tongue_is_believed() -> None:
    words = "Türkiye ile Kazakistan arasında yeni bir ticaret anlaşması bugün başkent Ankara’da imzalandı."
    html = f"<html><body><h1>Yeni ticaret anlaşması imzalandı</h1><p>{words}</p></body></html>"
    assert words in report(html.encode("cp1254"), fetched=Fetched(charset="windows-1254")).text


@pytest.mark.parametrize("care", CARE)
def test_pages_nested_beyond_reason_are_survived(care: bool) -> None:
    for tags in ("<div>" * 50_000, "<article>" * 50_000, "<table><tr><td>" * 3_000, "<b><i>" * 20_000):
        assert isinstance(read(f"{tags}<p>{ENGLISH[0]}</p>", care), Report | Rejected)
    (found,) = {str(read("<html>" + tags * 6_000 + ENGLISH[0], care)) for tags in ("<div>", "<ArTiCle>")}
    assert found == "page.html: is nested too deeply; give its text alone"


@pytest.mark.parametrize(
    "part",
    [
        *(
            "a",
            "<",
            "<a ",
            "<meta ",
            "<meta content='",
            "<ul><li>text of an item <a href=x>",
            "<script type=application/ld+json>",
        ),
        *("<ul>", "<ul></ul>", "<!--", "&", "A-", "Слово, ", "A. ", "1 ", "<p>", "<time datetime=1>", "<h1>", "«", "."),
    ],
)
def test_no_page_takes_more_than_its_length(part: str) -> None:
    """What a page repeats a hundred thousand times; quadratic time would be seen."""
    for html in (
        part * 100_000,
        f"<html><h1>{part * 100_000}</h1><p>{ENGLISH[0]}</p>",
        f"<ul><li>{part * 50_000}</ul>",
    ):
        assert isinstance(read(html), Report | Rejected)


def test_an_address_of_another_site_or_of_its_front_page_is_not_the_page_s() -> None:
    fetched = Fetched(url="https://www.vest.example/n/17?from=feed")
    body = f"<article><h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p></article>"
    for link, url in (
        ("https://vest.example/n/17", "https://vest.example/n/17"),
        ("https://vest.example/", fetched.url),
        ("https://other.example/n/17", fetched.url),
        ("/n/17", fetched.url),
        ("https://[", fetched.url),
    ):
        assert report(page(body, f'<link rel="canonical" href="{link}">'), fetched=fetched).url == url


@pytest.mark.parametrize(
    ("name", "agency"), [("TASS", "ТАСС"), ("«Интерфакс»", "Интерфакс"), ("Весть", "Весть"), (" ", None)]
)
def test_an_outlet_that_the_tables_know_has_its_name(name: str, agency: str | None) -> None:
    html = page(f"<h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p>", f"<meta property='og:site_name' content='{name}'>")
    assert report(html).agency == agency


def test_the_day_given_is_for_pages_that_give_none() -> None:
    html = page(f"<h1>{TITLE}</h1><p>{PARAGRAPHS[1]}</p>")
    assert report(html).published is None
    assert report(html, published="2020-01-02").published == "2020-01-02"
    crawled = Fetched(crawled=date(2021, 12, 9))
    assert report(html, fetched=crawled).published is None
    assert report(html, fetched=crawled, crawled=True).published == "2021-12-09"


PARTS = [
    *("<div>", "</p>", "<h1>", "<title>", "<!--", "</script>", "<link rel=canonical>", "<time datetime='x'>", "&#0;"),
    *("<script type='application/ld+json'>", '{"datePublished": [1]}', "<meta property='og:title' content=x>"),
    *("<meta charset=utf-16>", "\ud800", "\0", "&#xd800;", TITLE, PARAGRAPHS[0]),
]


@given(st.binary() | st.lists(st.sampled_from(PARTS)).map(lambda p: "".join(p).encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_rejected(data: bytes) -> None:
    found = read(data)
    str(found).encode("utf-8")
    if isinstance(found, Report):
        found.text.encode("utf-8")
        assert found.text.strip() == found.text
