"""Pages: their blocks, days and datelines, and the way back from clean text to the text as received."""

import re
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.model.report import Report
from servanda.model.spans import Span
from servanda.reading.cleaning import clean
from servanda.reading.document import Page
from servanda.reading.layout import lay_out

CASES = Path(__file__).parent.parent / "cases" / "layout_ru.txt"
DRAWN = re.compile(r"\{(\w+)(?: (\d+))?\|(.*?)\}", re.DOTALL)


def cases() -> Iterator[object]:
    for case in re.split(r"^== ", CASES.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        head, _, rest = case.partition("\n")
        name, *given_ = head.split(" | ")
        drawn, _, answer = rest.rpartition("\n-> ")
        yield pytest.param(drawn, dict(g.split("=") for g in given_), answer.split("\n")[0], id=name)


def lay(text: str, published: str | None = None, agency: str | None = None) -> Page:
    return lay_out(Report(id="x", text=text, published=published, agency=agency))


@pytest.mark.parametrize(("drawn", "given_", "answer"), list(cases()))
def test_pages_are_laid_out_as_drawn(drawn: str, given_: dict[str, str], answer: str) -> None:
    text = DRAWN.sub(lambda m: m[3], drawn)
    page = lay(text, **given_)
    wanted = [(kind, int(item or 0), " ".join(words.split("\n"))) for kind, item, words in DRAWN.findall(drawn)]
    wanted = [(kind, item, words.removesuffix(" -0-")) for kind, item, words in wanted]
    assert [(b.kind, b.item, page.text[b.start : b.end]) for b in page.blocks] == wanted
    line = page.dateline
    said = (page.published, line and line.place, line and line.date, line and line.agency)
    assert "; ".join(value or "-" for value in said) == answer
    for path, (span,) in page.evidence.items():
        assert page.span(span).of(text) == page.text[span.start : span.end], path


def test_the_cases_are_many() -> None:
    assert len(list(cases())) >= 40


def test_the_words_of_a_dateline_are_its_evidence() -> None:
    text = "1 июня 2024\n\nМИНСК, 27\xa0мая /Корр. ВЕ\xadСТЬ/. Квоту увеличат."
    page = lay(text)
    words = {path: page.span(spans[0]).of(text) for path, spans in page.evidence.items()}
    assert words == {
        "published": "1 июня 2024",
        "dateline/place": "МИНСК",
        "dateline/date": "27\xa0мая",
        "dateline/agency": "ВЕ\xadСТЬ",
    }


def test_the_day_of_a_page_is_its_dateline_s_else_its_publication_s() -> None:
    assert str(lay("МИНСК, 27 мая. /ВЕСТЬ/. Квоту увеличат.", "2024-06-01").day) == "2024-05-27"
    assert str(lay("Квоту увеличат.", "2024-06-01").day) == "2024-06-01"
    assert lay("Квоту увеличат.", "2024-06").day is None
    assert lay("Квоту увеличат.").day is None


def test_a_day_given_that_is_none_is_a_finding() -> None:
    page = lay("Квоту увеличат.", "вчера")
    assert page.published is None
    assert [f.code for f in page.findings] == ["published"]


def test_a_page_that_contradicts_the_day_given_is_a_finding() -> None:
    page = lay("8 декабря 2021, 06:27\nКвоту увеличат\nКвоту увеличат на год. Так решил совет.", "2024-06-01")
    assert page.published == "2024-06-01"
    assert [f.code for f in page.findings] == ["published"]


@pytest.mark.parametrize(
    ("received", "printed"),
    [
        ("со\xadгла\xadшение", "соглашение"),
        ("беспилот\xad\nников", "беспилотников"),
        ("распростра-\nняется", "распространяется"),
        ("распростра-\r\nняется", "распространяется"),
        ("догово-\nренностей", "договоренностей"),
        ("торгово-\nэкономический", "торгово-экономический"),
        ("кто-\nлибо", "кто-либо"),
        ("экс-\nпремьер", "экс-премьер"),
        ("Алма-\nАта", "Алма-\nАта"),
        ("поезд -\nавтобус", "поезд -\nавтобус"),
        ("5\xa0июня,\u202f10\u2009тонн", "5 июня, 10 тонн"),
        ("ци\u200bта\u2060та \u202eвперёд\u202c", "цитата вперёд"),
        ("с\x00о\x07юз", "союз"),
        ("a\r\nб\rв\u2028г", "a\nб\nв\nг"),
        ("зaконопроект Mинтранса", "законопроект Минтранса"),
        ("Респу6лика, вы6оры, стр0ительство", "Республика, выборы, строительство"),
        ("B среду c 1 августа", "В среду с 1 августа"),
        ("CCCР", "СССР"),
        ("СOVID-19", "COVID-19"),
        ("SOCAR, 5G, C5+1, COVID-19, Т-90М, Ми-8МТВ", "SOCAR, 5G, C5+1, COVID-19, Т-90М, Ми-8МТВ"),
        ("IT-компания, VIPы, на3дня", "IT-компания, VIPы, на3дня"),
        ("чёрный чëрный", "чёрный чёрный"),
        ("казахскии\u0306, е\u0308лка", "казахский, ёлка"),
        ("войны\u0301", "войны"),
        ("\ud800 суррогат", "\ufffd суррогат"),
    ],
)
def test_text_is_cleaned_and_leads_back(received: str, printed: str) -> None:
    text, _ = clean(received)
    assert text == printed


def test_a_word_s_span_covers_its_composed_last_letter() -> None:
    text = "Казахскии\u0306 посол"
    page = lay(text)
    assert page.text == "Казахский посол"
    assert page.span(Span(0, 9)).of(text) == "Казахскии\u0306"
    assert page.span(Span(10, 15)).of(text) == "посол"


PIECES = """МИНСК, ;5 июня ;2024;. /ВЕСТЬ/. ;Читайте также:
;© ;
;

;Текст новости. ;• ;1. ;***
;распростра-
;няется ;06.02.2025 11:31 ;8 декабря 2021 года 10:00 Москва, Кремль ;Фото: ;Просмотров: 5 ;Reuters
;-0-;Коротко """
TEXTS = (
    st.text()
    | st.text(alphabet="аяАЯёйaoOZ069 .,-–—/()«»|•\n\r\t\xa0\xad\u200b\u0301\u0306\ud800*:")
    | st.lists(st.sampled_from(PIECES.split(";"))).map("".join)
)


@given(TEXTS)
def test_any_text_is_laid_out(text: str) -> None:
    page = lay(text)
    ends = 0
    for block in page.blocks:
        words = page.text[block.start : block.end]
        assert words == words.strip() != ""
        assert "\n" not in words
        assert block.start >= ends
        ends = block.end
    for spans in page.evidence.values():
        for span in spans:
            assert 0 <= span.start < span.end <= len(page.text)
    page.text.encode("utf-8")


@given(TEXTS)
def test_every_code_point_leads_back_to_its_own(text: str) -> None:
    page = lay(text)
    offsets = range(len(text)) if page.offsets is None else page.offsets
    assert len(offsets) == len(page.text)
    assert all(a < b for a, b in pairwise(offsets))
    for printed, at in zip(page.text, offsets, strict=True):
        assert printed == text[at] or _stands_for(printed, text[at])


def _stands_for(printed: str, received: str) -> bool:
    """Whether a clean sign may stand for the one received: spaces, line ends, look-alikes, letters with their marks."""
    if printed in " \n":
        return received.isspace() or not received.isprintable()
    if printed == "\ufffd":
        return "\ud800" <= received <= "\udfff"
    return received in "aceopxyABCEHKMOPTXYёЁëËасеорхуАВСЕНКМОРТХУ603иИеЕ\u0306\u0308\u2010\u2011\u2012\u2015"


@given(TEXTS)
def test_no_letter_of_the_text_is_outside_the_blocks(text: str) -> None:
    page = lay(text)
    covered = "".join(page.text[b.start : b.end] for b in page.blocks)
    outside = list(page.text)
    for block in page.blocks:
        outside[block.start : block.end] = " " * (block.end - block.start)
    assert not re.search(r"[^\W\d_]", "".join(outside).replace("конец", ""))
    assert len(covered) <= len(page.text)


@pytest.mark.parametrize(
    "piece",
    [
        "Казахстан и Киргизия подписали договор о воде. ",
        "«",
        "«»\n",
        "(",
        " ",
        "- \n",
        "a-\n",
        "а-\n",
        "аa6",
        "а" * 7,
        "Фото: |  ",
        "Читайте также:\n",
        "Читайте также:\nСсылка\n",
        "МИНСК, 5 июня. /ВЕСТЬ/. Текст.\n",
        "***\nТекст.\n",
        "• АСТАНА. Текст новости.\n",
        "Reuters\nтекст\n",
        "5 июня 2024 | ",
        "\xad\u200b",
        "и\u0306",
        "\r",
        "А/",
        "...",
    ],
)
def test_time_grows_with_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.perf_counter()
        lay(text)
        return time.perf_counter() - start

    lay("Разогрев. " * 10)
    small = min(seconds(100_000) for _ in range(2))
    assert seconds(400_000) < 12 * small + 0.2


def test_ten_megabytes_are_laid_out() -> None:
    text = "Казахстан и Киргизия подписали договор о воде. Его ратифицируют в мае.\n" * 80_000
    start = time.perf_counter()
    page = lay(text)
    assert len(page.blocks) == 80_000
    assert time.perf_counter() - start < 30
