"""What the reader finds odd is said in the language of who looks."""

import pytest

from servanda.model.reading import Finding
from servanda.model.report import Report
from servanda.reading.read import Reader
from servanda.render.notes import say_note


@pytest.mark.parametrize(
    ("code", "text", "published", "says"),
    [
        (
            "weekday_clash",
            "Министр прибыл в Астану в среду, 9 декабря 2021 года.",
            "2021-12-10",
            "9 декабря 2021 года – не «среду», а «четверг»",
        ),
        ("published", "Министр прибыл в Астану.", "скоро", "указанный день публикации не является датой: 'скоро'"),
        ("language", "The minister has arrived in Astana for talks.", None, "язык сообщения пока не читается (en)"),
        (
            "encoding",
            "Казахстан подписал соглашение с Россией, сообщил министр".encode().decode("cp1251", "ignore"),
            None,
            "текст записан в кодировке utf-8, а прочитан как ",
        ),
    ],
)
def test_a_note_in_russian(code: str, text: str, published: str | None, says: str) -> None:
    reading = Reader().read(Report("r", text, published))
    [note] = [finding for finding in reading.findings if finding.code == code]
    assert say_note(note, "ru").startswith(says)
    assert say_note(note, "en") == note.message


@pytest.mark.parametrize(
    ("code", "message", "said"),
    [
        (
            "published",
            "the report was given as of 2021-12, its page says 2023-01-05",
            "сообщение передано с датой декабрь 2021 года, а на его странице стоит 5 января 2023 года",
        ),
        (
            "unknown_verb",
            "«обнял» stands between two parties, and no table knows it; nothing was read from it",
            "«обнял» стоит между двумя сторонами, но такого слова нет ни в одной таблице; из него ничего не прочитано",
        ),
        ("published", "what nobody foresaw", "what nobody foresaw"),
        ("new", "what nobody foresaw", "what nobody foresaw"),
    ],
)
def test_a_message_in_russian(code: str, message: str, said: str) -> None:
    assert say_note(Finding(code, message), "ru").replace("\u00a0", " ") == said
