"""Russian text -> sentences of tokens."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.errors import InputError
from servanda.lang import load
from servanda.lang.trees import find_cycle
from servanda.lang.words import Sentence
from servanda.model.spans import Span

TEXTS = [
    "Президент Турана Арман Сериков подписал соглашение с Ясиром Каримовым.",
    "Завод построят в Бишкеке к 2030 году.",
    "Товарооборот вырос на 8,8% и превысил $680 млн.",
    "По словам Аскара Мамина, «дорогу откроют весной».",
    "Министр иностранных дел приедет в Алма-Ату, чтобы обсудить транзит зерна.",
    "Нет.",
]


def analyse(*texts: str) -> list[Sentence]:
    text = "\n".join(texts)
    starts = [sum(len(t) + 1 for t in texts[:i]) for i in range(len(texts))]
    return load("ru").analyse(text, [(Span(s, s + len(t)), 0) for s, t in zip(starts, texts, strict=True)])


def is_tree(heads: list[int]) -> bool:
    return heads.count(-1) == 1 and not len(find_cycle(np.array(heads, np.int64)))


def seen(sentence: Sentence) -> list[tuple[object, ...]]:
    return [(t.text, t.lemma, t.pos, dict(t.feats), t.head, t.rel, t.ner) for t in sentence.tokens]


def test_a_sentence_has_its_tree_lemmas_and_names() -> None:
    (sentence,) = analyse("Президент Арман Сериков подписал соглашение в Бишкеке.")
    tokens = {t.text: t for t in sentence.tokens}
    verb = tokens["подписал"]
    assert (verb.lemma, verb.pos, verb.head) == ("подписать", "VERB", -1)
    assert verb.feats["Aspect"] == "Perf"
    assert verb.feats["Tense"] == "Past"
    assert tokens["Президент"].rel == "nsubj"
    assert sentence.tokens[tokens["соглашение"].head] is verb
    assert tokens["соглашение"].feats["Case"] == "Acc"
    assert [t.ner for t in sentence.tokens] == ["", "B-PER", "I-PER", "", "", "", "B-LOC", ""]
    assert tokens["соглашение"].index in sentence.children[verb.index]


def test_surnames_are_no_common_words() -> None:
    (sentence,) = analyse("Премьер-министр Аскар Мамин принял Камчыбека Ташиева и Токаева.")
    lemmas = [t.lemma for t in sentence.tokens if t.feats.get("NameType") == "Sur"]
    assert lemmas == ["мамин", "ташиев", "токаев"]


def test_yo_is_folded_in_lemmas_alone() -> None:
    (sentence,) = analyse("Он передаёт всё.")
    assert [(t.text, t.lemma) for t in sentence.tokens[1:3]] == [("передаёт", "передавать"), ("всё", "все")]


def test_a_sentence_reads_the_same_in_any_batch() -> None:
    alone = [seen(analyse(text)[0]) for text in TEXTS]
    together = [seen(s) for s in analyse(*TEXTS)]
    backwards = [seen(s) for s in reversed(analyse(*reversed(TEXTS)))]
    many = TEXTS * 200
    random.Random(1).shuffle(many)
    crowd = {s.tokens[0].text + s.tokens[-2].text: seen(s) for s in analyse(*many)}
    assert alone == together == backwards
    assert sorted(map(repr, crowd.values())) == sorted(map(repr, alone))


def test_a_sentence_of_any_length_has_one_root() -> None:
    (sentence,) = analyse("слово, " * 3_000)
    assert is_tree([t.head for t in sentence.tokens])
    assert len(sentence.children) == len(sentence.tokens)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), max_size=60))
def test_any_text_is_read(text: str) -> None:
    russian = load("ru")
    for sentence in russian.analyse(text, [(s, 0) for s in russian.split(text, Span(0, len(text)))]):
        assert is_tree([t.head for t in sentence.tokens])
        assert isinstance(russian.nominative(sentence.tokens), str)
    assert isinstance(russian.lemma(text), str)


@pytest.mark.parametrize(
    "text", ["", " ", "\ud800\udfff", "\0\x07\x1b", '"' * 10_000, "<pad> <unk>", "а" * 50_000, "İİ"]
)
def test_odd_text_is_read(text: str) -> None:
    (sentence,) = analyse(text)
    assert [t.head for t in sentence.tokens].count(-1) == min(1, len(sentence.tokens))


def test_words_out_of_context() -> None:
    assert [load("ru").lemma(w) for w in ("подписали", "ещё", "соглашений")] == ["подписать", "еще", "соглашение"]


def test_a_language_that_is_not_read_is_refused() -> None:
    with pytest.raises(InputError, match="not read yet"):
        load("tlh")
