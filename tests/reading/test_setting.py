"""Where a record stands: what its news is like, who speaks beside it, how old the years are."""

from servanda.model.report import Report
from servanda.reading.layout import lay_out
from servanda.reading.read import Reader

NEWS = "Словакия передаст Чехии десять вертолётов.\n\nБратислава передаст их Праге в мае, сообщил министр."
ANALYSIS = (
    "Долгая дружба: почему Словакия помогает Чехии\n\n"
    "В 1998 году Словакия передала Чехии десять вертолётов, рассказал эксперт Ян Новак. "
    "«Если бы Словакия передала Чехии ещё десять вертолётов, это ничего бы не изменило», — считает он."
)


def _settings(text: str, published: str | None) -> list[set[str]]:
    reader = Reader()
    document = reader.document(lay_out(Report("x", text, published, "ru"), reader.tables), "ru")
    return [set(d.setting) for d in reader.drafts(document, "ru") if d.type == "undertaking"]


def test_news_of_the_day() -> None:
    told = _settings(NEWS, "2026-05-14")
    assert told
    assert all({"letters*0", "experts*0", "dated"} <= setting for setting in told)
    assert not {"title asks", "expert here", "age=old"} & set.union(*told)


def test_an_analysis_asks_in_its_title_and_lets_experts_speak_of_what_was_and_may_be() -> None:
    told = set.union(*_settings(ANALYSIS, "2026-05-14"))
    assert {"title asks", "title in two", "experts*1"} <= told
    assert {"expert here", "age=old", "own=old"} & told
    assert "undated" in set.union(*_settings(ANALYSIS.replace("1998", "прошлом"), None))
