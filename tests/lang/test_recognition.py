"""The language of a report is recognised, also of a single line."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.lang import find_misreading, recognise

LINES = """
ru Договор подписан
ru Кабмин
ru Москва — Пекин
ru Премьер-министр Жапаров вылетел в Астану
ru Пресс-служба Ақорды сообщила о визите
ru В Баку компания «Азәри» купила танкер
ru СМИ: SOCAR и BP договорились
kk Үкімет басшысы Ташкентте келіссөз жүргізді
ky Министрлер кабинети жаңы мыйзам долбоорун кабыл алды
ky Кыргызстан Казакстан менен келишимге кол койду
uk Уряд підписав угоду про постачання газу
be Урад падпісаў пагадненне аб гандлі з суседзямі
uz Ҳукумат ва банк шартнома имзолади
uz Hukumat va bank shartnoma imzoladi
tg Ҳукумат бо сафири Чин мулоқот кард
en The government has signed a deal with its neighbours
en Russia expels diplomats
other Правителството подписа договора, който ще бъде ратифициран
other Влада је потписала споразум са суседима
other Die Regierung hat das Abkommen mit den Nachbarn gestern unterzeichnet
other Hükümet dün komşularıyla anlaşma imzaladı
other 1234
""".strip()


@pytest.mark.parametrize("line", LINES.split("\n"))
def test_a_line_is_recognised(line: str) -> None:
    lang, _, text = line.partition(" ")
    assert recognise(text) == lang


CASES = [
    line.split("\t")
    for line in (Path(__file__).parents[1] / "cases" / "languages.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
NOT_YET = {  # names alone, or words that Russian, or another language, spells alike
    "Sadyr Japarov visits Dushanbe",
    "Парламент протоколду ратификациялады.",
    "Переговори пройшли за зачиненими дверима.",
    "Рада не ухвалила закон про оборону.",
    "Палата не прыняла закон аб абароне.",
    "Нохчийн Республикин куьйгалхочо кхеташо дӀаяьхьира.",
}


@pytest.mark.parametrize(("lang", "sentence"), CASES, ids=[s for _, s in CASES])
def test_sentences_of_the_news_are_recognised(lang: str, sentence: str) -> None:
    assert (recognise(sentence) == lang) is (sentence not in NOT_YET)


def test_there_are_fifteen_sentences_of_each_language() -> None:
    counts = Counter(lang for lang, _ in CASES)
    assert set(counts) == {"ru", "en", "kk", "ky", "uk", "be", "uz", "tg", "other"}
    assert min(counts.values()) >= 15


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert recognise(text) in ("ru", "en", "kk", "ky", "uk", "be", "uz", "tg", "other")


@pytest.mark.parametrize(("right", "wrong"), [("utf-8", "cp1251"), ("utf-8", "cp1252"), ("cp1251", "cp1252")])
def test_letters_read_in_a_wrong_encoding_are_told(right: str, wrong: str) -> None:
    text = "Правительства Казахстана и Киргизии заключили в среду соглашение о помощи."
    assert find_misreading(text) is None
    assert find_misreading(text.encode(right).decode(wrong, "replace")) == (right, wrong)


@pytest.mark.parametrize("text", ["", "Ъ", "Élysée: être à Genève", "Ақорда және Үкімет", "РФ и РБ, СССР", "ÀÈÊ"])
def test_letters_as_they_are_are_no_misreading(text: str) -> None:
    assert find_misreading(text) is None
