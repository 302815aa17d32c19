"""Bytes of unknown encoding are read as what they are, or said to be no text."""

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.sources.encoding import UndecodableError, decode

TEXT = "Казахстан и Киргизия подписали соглашение о поставке «безвозмездно» десяти насосов — сообщила пресс-служба."
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "koi8-r", "cp866"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_russian_text_is_read_in_any_of_its_encodings(encoding: str) -> None:
    data = TEXT.encode(encoding, "replace")
    assert decode(data) == data.decode(encoding)


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_a_byte_order_mark_decides(mark: bytes) -> None:
    encoding = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    assert decode(mark + TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
@pytest.mark.parametrize("text", ["МОСКВА, 5 июня. Договор подписан.", "Министр прибыл в Астану с визитом", "КИШИНЕВ"])
def test_a_line_is_enough(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_single_faults_in_utf8_are_marked_and_the_rest_is_read() -> None:
    data = TEXT.encode() + b"\xff" + TEXT.encode()[:-1] + b"\xd0"
    assert decode(data).count("\ufffd") == 2
    assert decode(data).startswith(TEXT)


def test_a_western_text_is_read() -> None:
    text = "Le café de la gare était fermé, a dit “Figaro”."
    assert decode(text.encode("cp1252")) == text


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 ...", b"PK\x03\x04....", b"\x89PNG\r\n", bytes(range(256)) * 9, b"\x00" * 99]
)
def test_what_is_no_text_is_said(data: bytes) -> None:
    with pytest.raises(UndecodableError, match=r"not text|is binary"):
        decode(data)


@given(st.binary())
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    with suppress(UndecodableError):
        decode(data).encode("utf-8")
