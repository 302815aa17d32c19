"""A source of chance -> Russian phrases that nobody wrote: things, names, days, numbers, in the forms of a sentence."""

from dataclasses import dataclass
from datetime import date
from random import Random

ONE, OF, WITH, MANY = range(4)  # a thing, of a thing, with a thing; many things, in the genitive


def _parted(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_FIRST = _parted(
    "агро авиа авто аэро био вело ветро видео водо газо гео гидро древо зерно камне кино книго кормо космо крио лесо "
    "льно метео металло молоко мото мясо нефте овоще паро пневмо радио рудо рыбо сейсмо сено стекло теле тепло термо "
    "торфо травмо угле фото хлебо хлопко чае шелко шерсте электро энерго"
)
_SECOND = _parted(
    "агрегат арсенал буксир завод зонд катер комбинат комплекс контейнер кран материал мост мотор насос прибор провод "
    "состав склад терминал транспорт трактор фонд база магистраль машина панель плита платформа система смесь схема "
    "компания лаборатория линия партия станция экспедиция изделие оборудование снабжение снаряжение хранение"
)
_ENDINGS = {  # of a word that ends so: its gender and its four forms
    "ия": ("f", ("ия", "ии", "ией", "ий")),
    "ие": ("n", ("ие", "ия", "ием", "ий")),
    "а": ("f", ("а", "ы", "ой", "")),
    "ь": ("f", ("ь", "и", "ью", "ей")),
    "": ("m", ("", "а", "ом", "ов")),
}
_ADJECTIVES = _parted(
    "автономн аварийн безопасн быстроходн восточн грузов долгосрочн западн защитн комплектн крупн мобильн модульн "
    "наземн опытн отечественн пограничн приграничн промышленн резервн речн северн сезонн совместн современн "
    "спасательн учебн цельн центральн экспортн южн"
)
_AGREEING = {"m": ("ый", "ого", "ым", "ых"), "f": ("ая", "ой", "ой", "ых"), "n": ("ое", "ого", "ым", "ых")}

_SYLLABLES = _parted("ар бел вен гор дар ель жан зим ив кар лан мур нел ор пол рев сат тур ур фар хол чер шум эл юр яс")
_FAMILIES = ("ов", "ин", "ский", "енко", "бек", "ян", "сон")
_GIVEN = _parted(
    "Азамат Алан Борис Виктор Глеб Давид Ержан Захар Игорь Камол Лев Марат Нурлан Олег Павел Рустам Степан Тимур Улан "
    "Фёдор Чингиз Эдуард Юрий Ян"
)
_MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)


@dataclass(frozen=True, slots=True)
class Thing:
    """What an agreement or a deed is about, in its four forms, alone and with an adjective."""

    plain: tuple[str, ...]
    full: tuple[str, ...]


def make_thing(chance: Random) -> Thing:
    """One of some 2,000 nouns, with one of 30 adjectives."""
    noun, adjective = chance.choice(_FIRST) + chance.choice(_SECOND), chance.choice(_ADJECTIVES)
    ending = next(e for e in _ENDINGS if noun.endswith(e))
    gender, endings = _ENDINGS[ending]
    forms = tuple(noun.removesuffix(ending) + e for e in endings)
    agreeing = (adjective + e for e in _AGREEING[gender])
    return Thing(forms, tuple(f"{a} {n}" for a, n in zip(agreeing, forms, strict=True)))


def make_name(chance: Random) -> str:
    """A given name and a family name."""
    stem = "".join(chance.choices(_SYLLABLES, k=2))
    return f"{chance.choice(_GIVEN)} {stem.capitalize()}{chance.choice(_FAMILIES)}"


def say_day(day: date) -> str:
    """«7 декабря 2021 года»."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year} года"


def say_number(number: float) -> str:
    """«10 080», «12,5»."""
    return f"{number:,.0f}".replace(",", " ") if number == int(number) else f"{number:.1f}".replace(".", ",")
