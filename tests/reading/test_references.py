"""References: what stands for a party is brought to its antecedent, or left open; the basis says how."""

import pytest

import servanda
from servanda.model.reading import Undertaking
from servanda.model.terms import How


def _acts(text: str) -> list[Undertaking]:
    reading = servanda.read(text, published="2026-05-14", lang="ru")
    return [r for r in reading.records if isinstance(r, Undertaking)]


CASES = [
    # pronoun for the subject of the sentence before
    ("Вьетнам поддержал заявку Лаоса. Он поставит Лаосу 20 тыс. тонн риса.", "supply", ("VN",), ("LA",)),
    # pronoun for the state named before in the sentence
    ("Индия подписала с Непалом договор о предоставлении ему кредита.", "lend", ("IN",), ("NP",)),
    # dropped subject
    ("Турция открыла границу с Сирией. Также намерена построить в Сирии больницу.", "build", ("TR",), ("SY",)),
    # the speaker of «мы»
    (
        "«Мы передадим Армении десять вертолетов», – заявил министр обороны Франции Поль Дюваль.",
        "give",
        ("FR",),
        ("AM",),
    ),
    # an official for his state
    ("Президент Казахстана Ерлан Сапаров пообещал передать Монголии 40 тракторов.", "give", ("KZ",), ("MN",)),
    # a capital and a side
    ("Ташкент безвозмездно передаст Кабулу вагоны, сообщила узбекская сторона.", "give", ("UZ",), ("AF",)),
    # both sides
    ("Сербия и Венгрия провели переговоры. Стороны построят нефтепровод.", "build", ("RS", "HU"), ()),
    ("Сербия и Венгрия провели переговоры. Обе страны построят нефтепровод.", "build", ("RS", "HU"), ()),
    # «республика» is not the great power beside it
    ("Россия и Киргизия обсудили торговлю. Республика закупит у России 20 самолетов.", "buy", ("KG",), ("RU",)),
    # the body last named
    ("Азиатский банк развития работает в Грузии. Банк выделит Грузии 90 млн долларов.", "lend", ("ADB",), ("GE",)),
    # «совместно с»
    ("Катар совместно с Турцией построит в Сирии электростанцию.", "build", ("QA", "TR"), ()),
    # an owner of an intention
    ("Осло осудил намерение Дании передать Исландии корабль.", "give", ("DK",), ("IS",)),
]


@pytest.mark.parametrize(("text", "act", "by", "to"), CASES, ids=[c[0] for c in CASES])
def test_brings_a_reference_to_its_antecedent(text: str, act: str, by: tuple[str, ...], to: tuple[str, ...]) -> None:
    found = {(r.act, r.by, r.to) for r in _acts(text)}
    assert (act, by, to) in {(a, b, () if not to else t) for a, b, t in found}


def test_a_document_referred_to_is_what_the_act_rests_on() -> None:
    text = (
        "Казахстан и Монголия подписали соглашение о военной помощи. "
        "В соответствии с документом Казахстан передаст Монголии 40 грузовиков."
    )
    (record,) = _acts(text)
    assert record.under == 0


TRANSCRIPT = """Встреча с Президентом Сербии Верой Ковач

Москва, Кремль

В.Громов: Уважаемая госпожа Президент! Мы передадим Сербии десять вертолетов.

В.Ковач (как переведено): Спасибо. Мы построим российским компаниям склад в Нише. Ваши инженеры обучат наших пилотов."""


def test_in_a_transcript_each_speaks_for_his_side() -> None:
    found = {(r.act, r.by, r.to) for r in _acts(TRANSCRIPT)}
    assert {("give", ("RU",), ("RS",)), ("build", ("RS",), ("RU",)), ("train", ("RU",), ("RS",))} <= found


ONE_VOICE = [
    # in dashes: a guest's colleague who said something speaks for himself alone
    (
        "Министр сельского хозяйства Эстонии Яан Тамм – о споре с соседями\n"
        "— Что решили?\n— Латвийский коллега говорил о пошлинах.\n— А деньги?\n"
        "— Мы выделим Риге грант на 3 миллиона евро. Нам обещали построить склад.",
        {("give", ("EE",), ("LV",)), ("build", ("LV",), ("EE",))},
    ),
    # questions and answers under the title that names the guest
    (
        "Посол Кубы в Намибии Хуан Перес: «Врачи приедут»\nВопрос: Что дальше?\n"
        "Ответ: Мы построим в Намибии больницу.\nВопрос: А деньги?\nОтвет: Намибия перечислит нам 3 млн долларов.",
        {("build", ("CU",), ("NA",)), ("finance", ("NA",), ("CU",))},
    ),
    # a post: its author met and gave
    (
        "Губернатор Псковской области Иван Котов, телеграм-канал\nКоллеги, мы съездили в Тарту.\nМы довольны. "
        "Встретились с мэром Яаном Таммом. Передали Эстонии два катера. Поставим Эстонии торф.",
        {("give", ("RU",), ("EE",)), ("supply", ("RU",), ("EE",))},
    ),
]


@pytest.mark.parametrize(("text", "acts"), ONE_VOICE, ids=["interview", "answers", "post"])
def test_who_speaks_on_a_page_of_one_voice(text: str, acts: set[tuple[str, tuple[str, ...], tuple[str, ...]]]) -> None:
    assert acts <= {(r.act, r.by, r.to) for r in _acts(text)}


def test_what_no_words_name_is_left_open() -> None:
    assert _acts("Они построят мост. Сторона передаст двадцать машин.") == []


def test_what_comes_from_afar_says_so() -> None:
    (record,) = _acts("Россия и Мали провели переговоры. Россия поставит 40 тыс. тонн пшеницы.")
    assert record.to == ("ML",)
    assert record.basis["to/0"].how == How.INHERITED
    assert "to/0" not in record.evidence
