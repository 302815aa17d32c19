"""Whatever a report holds, it is read without an exception, in time that grows with its length, and can be written."""

import json
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servanda import read
from servanda.errors import InputError
from servanda.model.edtf import is_edtf
from servanda.model.reading import Reading

PROSE = "Казахстан и Киргизия подписали договор о поставке 5 тыс. тонн муки на $3 млн до 1 мая 2025 года. "
PIECES = """Казахстан ;Киргизии ;Токаев ;премьер-министр ;подписали ;соглашение ;о ;в ;и ;не ;что ;накануне ;5 ;млн ;$;%
;2021 ;декабря ;до ;«;»;(;);. ;, ;— ;: ;/;
;МИНСК, 5 июня. /ВЕСТЬ/. ;безвозмездно ;передаст ;встретился с ;а-;\xad;\u200b;\u0301;1 000 ;0;,5 ;-;Фото: ;• """
SIGNS = "аяА ёo0159.,-–—/()«»\"'$%№|•\n\t\xa0\xad\u200b\u0301\u0306\x00\ud800\U0001f600:;!?"
TEXTS = (
    st.text(max_size=200)
    | st.text(alphabet=SIGNS, max_size=200)
    | st.lists(st.sampled_from(PIECES.split(";")), max_size=60).map("".join)
)
MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(text: str, reading: Reading) -> None:
    """What must hold of every reading: it can be written, and its evidence lies in the text."""
    json.dumps(reading.to_json(), ensure_ascii=False).encode("utf-8")
    for record in reading.records:
        for spans in record.evidence.values():
            assert all(0 <= span.start < span.end <= len(text) for span in spans)


def values(reading: Reading) -> list[dict[str, Any]]:
    """The records without the exact words, whose place in the text they share."""
    words = {"quote", "subject", "object", "terms", "source", "evidence", "basis", "confidence"}
    return [{k: v for k, v in record.items() if k not in words} for record in reading.to_json()["records"]]


@MANY
@given(TEXTS)
def test_any_text_is_read(text: str) -> None:
    check(text, read(text, published="2021-12-08", lang="ru"))


@MANY
@given(TEXTS, st.none() | st.text(max_size=12) | st.sampled_from(["2021", "2021-12", "0001-01-01", "9999-12-31"]))
def test_any_day_and_any_language_are_read(text: str, published: str | None) -> None:
    if published and not is_edtf(published[:10]):  # refused by name, as the command does
        with pytest.raises(InputError, match="no date"):
            read(text, published=published)
    else:
        check(text, read(text, published=published))


@MANY
@given(TEXTS)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read(text, lang="ru").to_json() == read(text, lang="ru").to_json()


@MANY
@given(st.text(alphabet="\xad\u200b\u202e\x00", min_size=1, max_size=3), st.integers(0, len(PROSE)))
def test_unseen_signs_move_no_value(signs: str, at: int) -> None:
    text = PROSE[:at] + signs + PROSE[at:]
    reading = read(text, lang="ru")
    assert values(reading) == values(read(PROSE, lang="ru"))
    assert all(record.quote in text for record in reading.records)


@pytest.mark.parametrize("at", range(0, len(PROSE), 7))
def test_a_lone_surrogate_can_be_written(at: int) -> None:
    text = PROSE[:at] + "\ud800" + PROSE[at:]
    check(text, read(text, lang="ru"))


@pytest.mark.parametrize(
    "piece",
    [
        PROSE,
        "«",
        "«а» ",
        "(",
        "1",
        "1 000 ",
        "$",
        "а",
        "аa6",
        "А. Б. ",
        "— ",
        ", ",
        "и ",
        "😀",
        "\n",
        "Иванов Иван Иванович, ",
        "Казахстан, ",
        "5 мая 2020 года ",
        "5 млн долларов ",
        "премьер-министр ",
        "подписал ",
        "\xad",
        "• АСТАНА. Договор подписан.\n",
    ],
    ids=lambda piece: repr(piece[:12]),
)
def test_time_grows_with_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
        start = time.process_time()
        check(text, read(text, published="2021-12-08", lang="ru"))
        return time.process_time() - start

    read(PROSE, lang="ru")
    small = min(seconds(2_000) for _ in range(2))
    assert seconds(8_000) < 10 * small + 0.5  # the square would take sixteen times as long


def test_ten_thousand_quotation_marks_are_read() -> None:
    start = time.process_time()
    check("«" * 10_000, read("«" * 10_000, lang="ru"))
    assert time.process_time() - start < 60
