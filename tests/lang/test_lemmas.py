"""Content words in dictionary form: what makes two phrases, or a question and its answer, speak of the same."""

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.lang.lemmas import find_lemmas, lemmas


@pytest.mark.parametrize(
    ("forms", "lemma"),
    [
        ("помощь помощи помощью Помощь ПОМОЩЬ", "помощь"),
        ("подписание подписании подписанию", "подписание"),
        ("Казахстан Казахстана Казахстаном КАЗАХСТАН", "казахстан"),
        ("Жапаров Жапарова Жапаровым Жапаровой жапаров", "жапаров"),
        ("Токаев Токаева Токаевым Токаеву", "токаев"),
        ("Песков Пескова Песковым", "песков"),
        ("Идрисов Идрисовым Идрисову", "идрисов"),
        ("Зеленский Зеленского Зеленским Зеленская", "зеленский"),
        ("Уиткофф Уиткоффа Уиткоффом", "уиткофф"),
        ("Ермекбаев Ермекбаеву", "ермекбаев"),
        ("премьер премьера премьеру премьером", "премьер"),
        ("ЕАЭС еаэс", "еаэс"),
        ("безвозмездный безвозмездная безвозмездно", "безвозмездный"),
        ("самолёт самолета самолётами", "самолет"),
        ("agreement Agreements AGREEMENT", "agreement"),
    ],
)
def test_forms_of_one_word_give_one_lemma(forms: str, lemma: str) -> None:
    assert {lemmas(form) for form in forms.split()} == {(lemma,)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 080 тонн", ("10080", "тонна")),
        ("10\u00a0080\u202f000", ("10080000",)),
        ("10,080 tons", ("10080", "ton")),
        ("10,080.5 tons", ("10080.5", "ton")),
        ("1,125 млрд", ("1.125", "миллиард")),
        ("12,5", ("12.5",)),
        ("12,5 млн", ("12.5", "миллион")),
        ("8 и 12 сёл", ("8", "12", "село")),
        ("в 2021 100 тонн", ("2021", "100", "тонна")),
        ("08.12.2021", ("08", "12", "2021")),
        ("5-го числа, 2021-2023", ("5", "число", "2021", "2023")),
        ("МиГ-29", ("миг", "29")),
    ],
)
def test_numbers_are_kept_as_figures(text: str, expected: tuple[str, ...]) -> None:
    assert lemmas(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("о безвозмездной помощи для них", ("безвозмездный", "помощь")),
        ("the supply of gas and its transit", ("suppli", "gas", "transit")),
        ("вице-премьер", lemmas("вице премьер")),
        ("Жапа\u0301ров", ("жапаров",)),
        (" — «…» ", ()),
        ("", ()),
    ],
)
def test_only_content_words_remain(text: str, expected: tuple[str, ...]) -> None:
    assert lemmas(text) == expected


def test_a_word_of_other_letters_stays_as_it_is() -> None:
    assert lemmas("Өзгөн") == ("өзгөн",)


def test_each_lemma_is_found_at_its_word() -> None:
    text = "Доставили 10 080 тонн муки (Жапа\u0301ровым)"
    assert [(lemma, span.of(text)) for lemma, span in find_lemmas(text)] == [
        ("доставить", "Доставили"),
        ("10080", "10 080"),
        ("тонна", "тонн"),
        ("мука", "муки"),
        ("жапаров", "Жапа\u0301ровым"),
    ]


def test_decomposed_letters_are_letters() -> None:
    text = "визит Йожефа в Ёлкино"
    assert lemmas(unicodedata.normalize("NFD", text)) == lemmas(text)


@given(st.text(max_size=60))
def test_any_text_gives_plain_words(text: str) -> None:
    found = lemmas(text)
    assert found == tuple(lemma for lemma, _ in find_lemmas(text))
    assert all(word and not set(word) & set(' "*()^{}') for word in found)


def test_no_network_is_loaded() -> None:
    code = "import sys, servanda.lang.lemmas as l; l.lemmas('помощи'); print({'numpy', 'numba'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
