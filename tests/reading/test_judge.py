"""The judge: a sum of what speaks for and against; a word or trait that it does not know says nothing."""

import numpy as np
import pytest

import servanda
from servanda.lang import load
from servanda.model.report import Report
from servanda.reading.judge import Judge, load_judge
from servanda.reading.read import Reader

VECTORS = {"передать": np.array([1.0, 0.0]), "понять": np.array([0.0, 1.0])}
WEIGHTS = {"": -1.0, "ruled": 2.0, "question": -3.0}
MEANINGS = {"act": np.array([4.0, -4.0]), "clause": np.array([1.0, 1.0])}


@pytest.fixture
def judge() -> Judge:
    return Judge(WEIGHTS, MEANINGS, 0.5, VECTORS.get)


@pytest.mark.parametrize(
    ("traits", "words", "odds"),
    [
        ([], {}, 0.269),
        (["ruled"], {}, 0.731),
        (["ruled", "question"], {}, 0.119),
        (["no such trait"], {}, 0.269),
        ([], {"act": ("передать",)}, 0.953),
        ([], {"act": ("понять",)}, 0.007),
        ([], {"act": ("неведомое",)}, 0.269),
        ([], {"clause": ("передать", "неведомое", "понять")}, 0.5),
    ],
)
def test_what_speaks_for_and_against_adds_up(
    judge: Judge, traits: list[str], words: dict[str, tuple[str, ...]], odds: float
) -> None:
    assert judge.probability(traits, words) == odds


def test_the_judge_of_the_package_takes_a_plain_promise_and_leaves_a_bare_mention() -> None:
    judge = load_judge(load("ru").vector)
    promise = ["ruled", "known", "kind=finite", "tense=future/perf", "sides named", "parties=2", "object fits"]
    mention = ["unknown", "kind=finite", "tense=past/imp", "sides brought", "parties=2", "no object", "silent"]
    assert judge.probability(promise, {}) > 2 * judge.probability(mention, {})


def test_words_of_a_letter_that_print_leaves_out_have_their_vector() -> None:
    vector = load("ru").vector
    assert vector("самолет") is not None
    assert vector("ъъъ") is None


def test_a_likelier_record_is_surer() -> None:
    plain = servanda.read("Казахстан передаст Киргизии 40 грузовиков.", published="2026-05-14", lang="ru")
    vague = servanda.read("Вопросом занимается Казахстан, сообщили в Киргизии.", published="2026-05-14", lang="ru")
    assert plain.records
    assert all(r.confidence[""] < plain.records[0].confidence[""] for r in vague.records)


@pytest.mark.parametrize(("year", "age"), [("1998", "old"), ("2023", "years")])
def test_the_year_at_the_head_of_a_passage_is_that_of_its_deeds(year: str, age: str) -> None:
    text = f"Зимой {year} года в Лусаке сменилась власть.\nЗамбия передала Малави 40 грузовиков."
    (reasons,) = Reader().reasons(Report("r", text, "2026-05-14", "ru")).values()
    assert f"told={age}" in reasons


def test_sides_named_long_before_weigh_less_than_those_of_the_clause() -> None:
    weights = load_judge(load("ru").vector)
    named, brought = ({f"{side} far={far}": 1 for side in ("by", "to")} for far in (0, 4))
    assert weights.probability(named, {}) > weights.probability(brought, {})
