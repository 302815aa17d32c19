"""A number and what it counts: "2 dates", «5 дат»."""

_FORMS = {
    ("amount", "en"): ("amount", "amounts", "amounts"),
    ("time", "en"): ("date", "dates", "dates"),
    ("report", "en"): ("report", "reports", "reports"),
    ("origin", "en"): ("origin", "different origins", "different origins"),
    ("day", "en"): ("day", "days", "days"),
    ("record", "en"): ("record", "records", "records"),
    ("dossier", "en"): ("dossier", "dossiers", "dossiers"),
    ("amount", "ru"): ("величина", "величины", "величин"),
    ("time", "ru"): ("дата", "даты", "дат"),
    ("report", "ru"): ("сообщение", "сообщения", "сообщений"),
    ("origin", "ru"): ("первоисточник", "разных первоисточника", "разных первоисточников"),
    ("day", "ru"): ("день", "дня", "дней"),
    ("record", "ru"): ("запись", "записи", "записей"),
    ("dossier", "ru"): ("досье", "досье", "досье"),
}


def counted(number: int, kind: str, ui: str) -> str:
    """The number with the noun in the form that it asks for."""
    one, few, many = _FORMS[kind, ui]
    tens, ones = number % 100, number % 10
    if number == 1 or (ui == "ru" and ones == 1 and tens != 11):
        return f"{number} {one}"
    return f"{number} {few if 2 <= ones <= 4 and not 12 <= tens <= 14 else many}"
