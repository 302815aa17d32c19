"""What a person types to search: words, phrases, beginnings, names of parties; no text breaks anything."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.errors import InputError
from servanda.lang.lemmas import find_lemmas, lemmas
from servanda.ledger.questions import Form, find_marks, parse_terms


def forms(text: str) -> list[list[str]]:
    return [[" ".join(f.lemmas) + "*" * f.open for f in term.forms] for term in parse_terms(text, lemmas)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("безвозмездной помощи", [["безвозмездный"], ["помощь"]]),
        ("«безвозмездной помощи»", [["безвозмездный помощь"]]),
        ('"безвозмездной помощи', [["безвозмездный помощь"]]),
        ("о помощи для них", [["помощь"]]),
        ("помощи помощью", [["помощь"]]),
        ("подпис*", [["подпис*", "подпис"]]),
        ("Нур-Султ*", [["нур султ*", "нур султ"]]),
        ("вице-премьер", [["вица премьер"]]),
        ("10,080", [["10080"]]),
        ("10 080 тонн", [["10080"], ["тонна"]]),
        ("помощь AND (NOT", [["помощь"]]),
    ],
)
def test_a_question_is_parted_into_terms(text: str, expected: list[list[str]]) -> None:
    assert forms(text) == expected


def test_a_name_may_be_typed_in_small_letters() -> None:
    [term] = parse_terms("токаев", lemmas)
    assert Form(("токаев",)) in term.forms


@pytest.mark.parametrize("text", ["и", "по*", "*", '""', "— !"])
def test_a_question_that_asks_nothing_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse_terms(text, lemmas)


def test_no_words_are_no_terms() -> None:
    assert parse_terms("  ", lemmas) == ()


def test_a_word_may_name_a_party() -> None:
    [term] = parse_terms("Казахстану", lemmas, {("казахстан",): "KZ"}.get)
    assert term.parties == ("KZ",)


@pytest.mark.parametrize(
    ("question", "text", "marked"),
    [
        ("помощь", "Объём помощи и помощь", ["помощи", "помощь"]),
        ('"военная помощь"', "Военную помощь, а не помощь", ["Военную помощь"]),
        ("газ*", "газопровод и газ", ["газопровод", "газ"]),
        ("помощь", "Ничего", []),
    ],
)
def test_found_words_are_marked(question: str, text: str, marked: list[str]) -> None:
    placed = [(lemma, span) for lemma, span in find_lemmas(text)]
    assert [span.of(text) for span in find_marks(parse_terms(question, lemmas), placed)] == marked


@given(st.text(max_size=80))
def test_any_text_is_a_question_or_refused_with_a_remedy(text: str) -> None:
    with suppress(InputError):
        assert all(term.forms and all(form.lemmas for form in term.forms) for term in parse_terms(text, lemmas))
