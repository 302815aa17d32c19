"""Trees mended by agreement: who is subject and who object, and what a verb of the future governs."""

import pytest

from servanda.lang import load
from servanda.lang.words import Sentence
from servanda.model.spans import Span


def read(text: str) -> Sentence:
    [sentence] = load("ru").analyse(text, [(Span(0, len(text)), 0)])
    return sentence


def under(sentence: Sentence, verb: str) -> dict[str, str]:
    """What hangs on a verb: words by relation."""
    index = next(t.index for t in sentence.tokens if t.text == verb)
    return {sentence.tokens[i].rel: sentence.tokens[i].text for i in sentence.children[index]}


@pytest.mark.parametrize(
    ("text", "verb", "subject", "thing"),
    [
        ("Протокол рыбаки подписали в Мванзе после двух дней споров.", "подписали", "рыбаки", "Протокол"),
        ("Безвизовый въезд лаосцам Монголия открыла весной.", "открыла", "Монголия", "въезд"),
        ("Рыболовные контракты Киева никто не отменял.", "отменял", "никто", "контракты"),
    ],
)
def test_the_subject_is_the_noun_that_the_verb_agrees_with(text, verb, subject, thing):
    found = under(read(text), verb)
    assert (found.get("nsubj"), found.get("obj")) == (subject, thing)


def test_a_form_that_may_be_a_dative_is_one_beside_a_nominative():
    sentence = read("Монголии Лаос уступит 20 тысяч гектаров земли под посевы риса.")
    assert under(sentence, "уступит") == {"nsubj": "Лаос", "iobj": "Монголии", "obj": "гектаров", "punct": "."}
    assert sentence.tokens[0].feats["Case"] == "Dat"


def test_the_subject_of_a_plural_verb_is_no_genitive():
    sentence = read("Вопрос об аренде порта стороны обсудят в мае.")
    token = next(t for t in sentence.tokens if t.text == "стороны")
    assert (token.feats["Case"], token.feats["Number"]) == ("Nom", "Plur")


def test_a_plural_verb_whose_only_noun_is_singular_has_no_subject():
    assert "nsubj" not in under(read("Ремонтный ангар возвели досрочно и за свой счёт."), "возвели")


@pytest.mark.parametrize(
    ("text", "verb", "infinitive"),
    [
        ("Замбия разоружать конголезских беженцев силой не станет.", "станет", "разоружать"),
        ("Замбия препятствовать транзиту конголезской меди не будет.", "будет", "препятствовать"),
    ],
)
def test_an_infinitive_hangs_on_the_verb_of_the_future_behind_it(text, verb, infinitive):
    sentence = read(text)
    assert under(sentence, verb)["nsubj"] == "Замбия"
    token = next(t for t in sentence.tokens if t.text == infinitive)
    assert (sentence.tokens[token.head].text, token.rel) == (verb, "xcomp")


def test_an_accusative_under_no_preposition_is_of_the_verb():
    assert under(read("По приглашению президента Кению посетит премьер-министр Непала."), "посетит")["obj"] == "Кению"


def test_a_preposition_governs_the_noun_behind_it():
    found = under(read("Турки ставят в Агадесе радиостанцию."), "ставят")
    assert (found["obl"], found["obj"]) == ("Агадесе", "радиостанцию")


def test_a_noun_is_joined_to_one_in_its_own_case():
    sentence = read("Документ предусматривает строительство двух плотин и ежегодный обмен данными.")
    token = next(t for t in sentence.tokens if t.text == "обмен")
    assert (sentence.tokens[token.head].text, token.rel) == ("строительство", "conj")


def test_what_stands_before_a_conjunction_is_of_the_verb_before_it():
    found = under(read("Венесуэла пообещала Доминике 5 тыс. тонн цемента и уже отгрузила первую тысячу."), "отгрузила")
    assert found["obj"] == "тысячу"


def test_a_subject_stands_on_its_side_of_a_semicolon():
    sentence = read("Латвия и Эстония построят в заливе ветропарк; решение о месте приняли в мае.")
    assert under(sentence, "построят")["nsubj"] == "Латвия"


def test_a_verb_in_the_first_person_has_no_noun_for_its_subject():
    assert under(read("Корпус и машинокомплекты отгрузим в феврале."), "отгрузим").keys() & {"nsubj"} == set()
    assert under(read("Технологии передадим полностью."), "передадим")["obj"] == "Технологии"
