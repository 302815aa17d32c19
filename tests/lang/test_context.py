"""rumorph's model of context, computed here, against rumorph."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rumorph import Analyzer

from servanda.errors import MissingWeights
from servanda.lang.context import Context, Form, is_plain
from servanda.lang.words import fold

ANALYZER = Analyzer()
CONTEXT = Context(Path(ANALYZER.path), ANALYZER.analyze)

SENTENCES = [
    "Президент Турана подписал соглашение о поставках стали .",
    "Стали мыли раму , и мы стали ее есть .",
    "В 2031 году 12,5 % экспорта ушло через порт N-5 « Заря » .",
    "В 2031—2035 годах построят 10–12 мостов и 3,5−4 км дорог .",
    "ООО « Рога » , АО Copyright и ПОСЁЛОК В ГОРАХ",
    ". . .",
]
SOME = st.lists(st.sampled_from(sorted({word for s in SENTENCES for word in s.split()})), min_size=2, max_size=30)
ODD = st.text("абвёйКЯ-09.zZ", min_size=1, max_size=9).filter(lambda word: is_plain([word]))


def of_rumorph(words: list[str]) -> list[Form]:
    return [(fold(a[0].lemma), a[0].pos, a[0].feats) for a in ANALYZER.analyze_sentence(words)]


def of_context(*sentences: list[str]) -> list[Form]:
    return list(CONTEXT.choose(sentences))


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_choice_is_rumorphs(sentence: str) -> None:
    words = sentence.split()
    assert is_plain(words)
    assert of_context(words) == of_rumorph(words)


@settings(max_examples=100, deadline=None)
@given(SOME, SOME)
def test_the_choice_is_rumorphs_in_any_order_and_batch(one: list[str], other: list[str]) -> None:
    assert of_context(other, one, other) == [*of_rumorph(other), *of_rumorph(one), *of_rumorph(other)]


@settings(max_examples=100, deadline=None)
@given(st.lists(ODD, min_size=2, max_size=9))
def test_the_choice_is_rumorphs_for_words_of_no_dictionary(words: list[str]) -> None:
    assert of_context(words) == of_rumorph(words)


def test_no_sentences_give_no_choice() -> None:
    assert list(CONTEXT.choose([])) == []


@pytest.mark.parametrize("word", ["мо\u0301ря", "cтали", "ТНК-BP", "қала", "5\u00ad6"])
def test_words_that_rumorph_mends_are_left_to_it(word: str) -> None:
    assert not is_plain(["в", word])


def test_a_dictionary_without_the_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ru.dict").write_bytes(b"RUMORPH" * 9)
    with pytest.raises(MissingWeights, match="no model of context"):
        Context(tmp_path / "ru.dict", ANALYZER.analyze)
