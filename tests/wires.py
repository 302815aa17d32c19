"""Our examples -> pairs of texts of which one rewrites the other, and pairs that only share what many share."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from random import Random

EXAMPLES = Path(__file__).parents[1] / "examples"
_WIRES = ("01", "02", "03", "07", "08", "09", "10", "11", "12", "13")
_SENTENCE = re.compile(r"(?<=[.!?»])\s+(?=[А-ЯЁ«])")
_OTHER_WORDS = (
    *("как стало известно", "в тот же день", "по этому поводу", "при этом", "в частности", "вместе с тем"),
    *("со своей стороны", "в свою очередь", "на встрече", "ведомство", "уточнил", "рассказали", "отметили там"),
)
_TITLES = ("Стороны обо всем договорились", "Что стоит за новой договоренностью", "Стали известны подробности")
_MORE = (
    "Эксперты ожидают, что подробности станут известны на следующей неделе. Ранее похожие шаги предпринимали и соседи.",
    "Наблюдатели напоминают, что предыдущий раунд длился почти год и закончился ничем, а рынок отозвался ростом цен.",
)
BACKGROUNDS = (
    "Отношения двух стран были установлены в 1992 году. С тех пор подписано более ста документов, действует "
    "межправительственная комиссия, которая собирается раз в год поочередно в каждой из столиц. Торговля растет "
    "пятый год подряд, главными ее статьями остаются зерно, металлы и удобрения. В приграничных областях работают "
    "восемь совместных предприятий, еще три строятся на средства банка развития.",
    "Напомним, что переговоры о границе продолжаются с 2005 года. Согласовано около двух третей ее протяженности, "
    "спорными остаются участки у водохранилища и вдоль старой дороги. В прошлом году стороны договорились не "
    "применять силу и открыли телефонную линию между погранзаставами, которая работает круглосуточно.",
    "Организация создана в 1996 году, в нее входят девять государств, решения принимаются единогласно. Штаб-квартира "
    "находится в столице председательствующей страны, бюджет складывается из равных взносов, наблюдателями при ней "
    "состоят еще шесть стран и два межгосударственных банка.",
)
_ABOVE = "Главная Новости Политика Экономика Общество Мир Спорт Видео\nВойти Подписка Поиск\n"
_BELOW = (
    "\nЧитайте также: главные новости недели в нашей рассылке. Нашли ошибку? Выделите ее и нажмите Ctrl+Enter. "
    "При использовании материалов ссылка на сайт обязательна. Подписывайтесь на наш канал, чтобы ничего не пропустить."
)
_FORMS = (
    "Официальный курс доллара на {0} апреля установлен в размере {1},{2} единицы, курс евро - {3},{4} единицы. За "
    "сутки на биржевых торгах продано {5} млн долларов. Национальный банк в торгах не участвовал, сообщает регулятор.",
    "За минувшие сутки режим прекращения огня нарушен {0} раз, сообщили в военном ведомстве. "
    "Из крупнокалиберных пулеметов выпущено {1} пуль, применялись и минометы калибра {3} мм. Подавлено {5} точек.",
    "На {0} апреля в водохранилище накоплено {1} млн кубометров воды, это на {3} млн больше, чем год назад. Приток "
    "составляет {4} кубометров в секунду, сброс - {5}. Вегетационный период начнется по графику, уверяют в ведомстве.",
)


def find_wires() -> list[str]:
    """Texts of examples, each of another report."""
    return [path.read_text(encoding="utf-8") for n in _WIRES for path in EXAMPLES.glob(f"{n}-*.txt")]


def find_rewrites() -> Iterator[tuple[str, str, str]]:
    """How it was rewritten, a wire, and its rewrite."""
    for n, wire in enumerate(find_wires()):
        chance = Random(f"wire {n}")
        title, more = chance.choice(_TITLES), chance.choice(_MORE)
        yield "title", wire, f"{title}\n\n{wire}"
        yield "agency", wire, f"Вести долины, 4 мая. {_body(wire)} Об этом сообщает /Озерная хроника/."
        yield "cut", wire, _cut(wire)
        yield "added", wire, f"{wire}\n\n{more}"
        yield "put before", wire, f"{more}\n\n{wire}"
        yield "signs", wire, wire.upper().replace("Ё", "Е").replace(",", " ,").replace("«", '"').replace("»", '"')
        yield "words", wire, _reword(wire, 0.2, chance)
        yield "words and title", wire, f"{title}\n\n{_reword(_body(wire), 0.25, chance)}"
        yield "in an article", wire, f"{wire}\n\n" + "\n\n".join((more, *BACKGROUNDS))


def find_others() -> Iterator[tuple[str, str, str]]:
    """What they share, and two texts that tell of different things."""
    wires = find_wires()
    for n, (one, other) in enumerate(pairwise(wires)):
        background = BACKGROUNDS[n % len(BACKGROUNDS)]
        yield "nothing", one, other
        yield "background", f"{_lead(one)}\n\n{background}", f"{_lead(other)}\n\n{background}"
        yield "page", f"{_ABOVE}{_lead(one)}{_BELOW}", f"{_ABOVE}{_lead(other)}{_BELOW}"
        yield "follow-up", one, f"{other}\n\nРанее сообщалось: {_lead(one)}"
    chance = Random("forms")
    for form in _FORMS * 4:
        one, other = ([str(chance.randint(1, 99)) for _ in range(6)] for _ in range(2))
        yield "form", form.format(*one), form.format(*other)


def _body(wire: str) -> str:
    """Without title and dateline."""
    return _SENTENCE.split(wire, maxsplit=1)[-1] if wire[:12].isupper() else wire


def _lead(wire: str) -> str:
    """The paragraph that tells the news."""
    return max(wire.split("\n\n")[:3], key=len)


def _cut(wire: str) -> str:
    """Without a quarter of its sentences, at the end."""
    sentences = _SENTENCE.split(wire)
    return " ".join(sentences[: len(sentences) - max(1, len(sentences) // 4)])


def _reword(wire: str, share: float, chance: Random) -> str:
    """With other words for this share of its words, two to four at a place."""
    words = wire.split(" ")
    left = int(len(words) * share)
    while left > 0:
        size = min(left, chance.randint(2, 4))
        at = chance.randrange(len(words) - size)
        words[at : at + size] = [chance.choice(_OTHER_WORDS)]
        left -= size
    return " ".join(words)
