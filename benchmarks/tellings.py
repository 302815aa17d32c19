"""A story and a day -> the records of a report of that day: some of what is known by then, in words of its own."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from phrases import MANY, OF, ONE, WITH, say_day, say_number
from stories import Deed, Encounter, Step, Story

Plain = dict[str, Any]

_SPEAKERS = ("пресс-служба правительства", "министерство торговли", "министерство обороны", "посольство", "источник")
_ACTS = {
    "give": "безвозмездно передать",
    "supply": "поставить",
    "buy": "закупить",
    "build": "построить",
    "finance": "профинансировать",
    "transport": "перевезти",
    "share": "предоставить",
    "deploy": "разместить",
    "cooperate": "вместе развивать",
    "lend": "дать в кредит",
    "restrict": "ограничить ввоз",
    "ease": "облегчить ввоз",
}
_PROGRESS = {
    "announced": ("собирается", "обещает", "берётся"),
    "under_way": ("начинает исполнять обещание", "частями исполняет обещание"),
    "fulfilled": ("до конца исполняет обещание", "объявляет, что держит слово"),
    "delayed": ("откладывает обещание", "просит отсрочки, чтобы"),
}
_UNITS = {"USD": "долларов", "EUR": "евро", "RUB": "рублей", "тонна": "тонн", "единица": "единиц", "штука": "штук"}
_KINDS = {"agreement": "соглашение", "memorandum": "меморандум", "protocol": "протокол", "contract": "контракт"}
_BATCHES = ("", "", "", "партию", "поставку", "часть", "образцы")
_STEPS = {
    "negotiated": "обсуждают",
    "planned": "готовятся подписать",
    "signed": "подписывают",
    "approved": "одобряют",
    "ratified": "ратифицируют",
    "in_force": "вводят в действие",
    "extended": "продлевают",
}
_METRICS = {
    "trade": ("товарооборот", "USD", 3e8),
    "exports": ("экспорт", "USD", 2e8),
    "investment": ("объём вложений", "USD", 1e8),
    "transit": ("транзит", "тонна", 2e6),
    "energy": ("переток энергии", "киловатт-час", 4e7),
}
_MEETINGS = {"talks": "проводят переговоры", "visit": "встречаются с ответным визитом", "call": "говорят по телефону"}
_PLACES = ("Верхний Лог", "Новый Брод", "Каменный Мыс", "Старая Верфь", "Белый Порт", "Дальний Стан")


def tell(story: Story, day: date, chance: Random) -> list[Plain]:
    """The records of one report, about five."""
    records: list[Plain] = []
    reached = [s for s in story.steps if s.day <= day + timedelta(days=7)]
    if reached and chance.random() < 0.9:
        records.append(_instrument(story, reached, chance))
    under = 0 if records else None
    records += [_deed(d, day, under, chance) for d in story.deeds if d.promised <= day and chance.random() < 0.85]
    near = [e for e in story.encounters if abs((e.day - day).days) <= 30]
    records += [_encounter(story, e, day, chance) for e in near if chance.random() < 0.8]
    least = 0 if records else 1
    metrics = chance.sample(tuple(_METRICS), chance.choice((least, 1, 1, 2, 3)))
    return records + [_figure(story, metric, day, chance) for metric in metrics]


def _instrument(story: Story, reached: Sequence[Step], chance: Random) -> Plain:
    told = reached[-1:] if chance.random() < 0.6 else reached[-2:]
    names = " и ".join(party.name for party in story.parties)
    lead, form = story.subject
    subject = f"{lead} {(story.thing.plain if chance.random() < 0.4 else story.thing.full)[form]}"
    dated = chance.random() < 0.7
    when = f" {say_day(told[-1].day)}" if dated else ""
    return {
        "type": "instrument",
        "quote": f"{names} {_STEPS[told[-1].step]} {_KINDS[story.kind]} {subject}{when}",
        "kind": story.kind,
        "parties": [party.code for party in story.parties],
        "subject": subject,
        "count": None,
        "steps": [{"step": s.step, "date": s.day.isoformat() if dated else None, "by": s.by} for s in told],
        "valid": None,
        **_said(chance),
    }


def _deed(deed: Deed, day: date, under: int | None, chance: Random) -> Plain:
    progress = deed.progress(day)
    words = (deed.thing.plain if chance.random() < 0.4 else deed.thing.full)[chance.choice((OF, MANY))]
    words = f"{chance.choice(_BATCHES)} {words}".lstrip()
    number, bound = _retell(deed.number, chance)
    due = deed.due if chance.random() < 0.7 else None
    counted = chance.random() < 0.8
    much = f" на {say_number(number)} {_UNITS[deed.unit]}" if counted else ""
    until = f" до {say_day(due)}" if due else ""
    lead = chance.choice(_PROGRESS[progress])
    return {
        "type": "undertaking",
        "quote": f"{deed.by.name} {lead} {_ACTS[deed.act]} {words}{much}{until}",
        "modality": "intention" if progress == "announced" and chance.random() < 0.3 else "obligation",
        "progress": progress,
        "act": deed.act,
        "by": [deed.by.code],
        "to": [deed.to.code],
        "object": words,
        "amounts": [{"number": number, "unit": deed.unit, "bound": bound}] if counted else [],
        "terms": ["безвозмездно"] if deed.act == "give" else [],
        "places": [chance.choice(_PLACES)] if chance.random() < 0.2 else [],
        "when": f"../{due.isoformat()}" if due else None,
        "under": under,
        **_said(chance),
    }


def _encounter(story: Story, one: Encounter, day: date, chance: Random) -> Plain:
    lead, topic = ("заняты", story.thing.full[WITH]) if chance.random() < 0.5 else ("тема:", story.thing.plain[ONE])
    named = chance.random() < 0.8
    who = " и ".join(f"{office} {name}" if named else office for name, office, _ in one.people)
    return {
        "type": "meeting",
        "quote": f"{who} {_MEETINGS[one.kind]} {say_day(one.day)}, {lead} {topic}",
        "kind": one.kind,
        "participants": [{"name": n if named else None, "office": o, "party": p} for n, o, p in one.people],
        "place": None if one.kind == "call" or chance.random() < 0.2 else one.place,
        "date": one.day.isoformat(),
        "status": "held" if one.day <= day else "planned",
        "topics": [topic],
        **_said(chance),
    }


def _figure(story: Story, metric: str, day: date, chance: Random) -> Plain:
    """A value of a series that all stories of the pair share, now and then revised."""
    name, unit, usual = _METRICS[metric]
    year, months = (day.year, day.month - 1) if day.month > 1 and chance.random() < 0.6 else (day.year - 1, 12)
    a, b = story.parties[:2]
    series = f"{a.code} {b.code} {metric}"
    value, before = (usual * _factor(series) * _factor(f"{series} {y}") * months / 12 for y in (year, year - 1))
    number, bound = _retell(float(f"{value:.4g}"), chance)
    percent = round((value / before - 1) * 100, 1) if chance.random() < 0.4 else None
    grown = "" if percent is None else f", изменение {say_number(percent)} процента"
    return {
        "type": "figure",
        "quote": f"{a.name} и {b.name}: {name} за {months} мес. {year} года {say_number(number)}{grown}",
        "metric": metric,
        "who": [a.code, b.code],
        "period": str(year) if months == 12 else f"{year}-01/{year}-{months:02d}" if months > 1 else f"{year}-01",
        "amount": {"number": number, "unit": unit, "bound": bound},
        "changes": [] if percent is None else [{"percent": percent, "times": None, "against": None}],
        "forecast": False,
        **_said(chance),
    }


@cache
def _factor(name: str) -> float:
    """0.5 to 2, always the same for the same name."""
    return float(2 ** Random(name).uniform(-1, 1))


def _retell(number: float, chance: Random) -> tuple[float, str]:
    """A number as outlets tell it: as it is, rounded, or revised."""
    how = chance.random()
    if how < 0.7:
        return number, "exactly"
    if how < 0.9:
        return float(f"{number:.1g}"), chance.choice(("about", "over", "under"))
    return float(f"{number * chance.uniform(0.85, 1.15):.3g}"), "exactly"


def _said(chance: Random) -> Plain:
    certainty = chance.choices(("stated", "possible", "denied"), (0.9, 0.08, 0.02))[0]
    return {"certainty": certainty, "source": chance.choice(_SPEAKERS) if chance.random() < 0.6 else None}
