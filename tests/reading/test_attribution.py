"""Who says so, by what channel and how surely; and what is said not to be disclosed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import servanda
from servanda.lang import load
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.attribution import Attribution, attribute, find_attributions, find_undisclosed, source_at
from servanda.reading.document import Block, Document, Page
from servanda.reading.draft import Draft
from servanda.reading.named import look_up
from servanda.reading.people import find_people
from servanda.reading.times import find_times
from servanda.world.tables import Tables


def _document(*paragraphs: str, title: str = "") -> Document:
    """Paragraphs as blocks; «— » before one is a line of a dialogue."""
    lines = [title, *paragraphs] if title else list(paragraphs)
    blocks, start = [], 0
    for line in lines:
        blocks.append(Block("title" if title and not blocks else "body", start, start + len(line)))
        start += len(line) + 1
    page = Page("\n".join(lines), tuple(blocks))
    language = load("ru")
    spans = [(s, n) for n, b in enumerate(blocks) for s in language.split(page.text, Span(b.start, b.end))]
    document = Document(page, language.analyse(page.text, spans))
    document.times = find_times(page.text, None)
    words = look_up(page.text, document.sentences, Tables.default())
    document.people = find_people(page.text, words, [], Tables.default(), language)
    return document


def _said(document: Document, words: str) -> Attribution | None:
    return source_at(find_attributions(document), document.page.text.index(words))


def _source(document: Document, words: str) -> str | None:
    said = _said(document, words)
    return document.words(*said.source) if said else None


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("Министр заявил, что мост построят.", "мост", "Министр"),
        ("Мост построят к лету, сообщает Минтранс Латвии.", "Мост", "Минтранс Латвии"),
        ("Мост построят, заявила в пятницу министр транспорта республики.", "Мост", "министр транспорта республики"),
        ("Мост построят, сообщили «Заре» в Министерстве транспорта.", "Мост", "Министерстве транспорта"),
        ("Указ подписан, говорится в сообщении Министерства связи.", "Указ", "Министерства связи"),
        ("По словам посла, мост построят.", "мост", "посла"),
        ("Мост, по данным Минтранса, построят.", "построят", "Минтранса"),
        ("Согласно документу, мост построят.", "мост", "документу"),
        ("Мост построили рабочие.", "Мост", None),
        ("Министр не сообщил, когда построят мост.", "мост", None),
        ("Посол отметил юбилей города.", "юбилей", None),
        ("На форуме говорили о мосте.", "мосте", None),
    ],
)
def test_the_speaker_of_a_sentence(text: str, words: str, source: str | None) -> None:
    assert _source(_document(text), words) == source


def test_this_was_said_looks_back() -> None:
    document = _document("Мост построят.", "Об этом сообщила пресс-служба мэрии.", title="Мост через реку")
    assert _source(document, "Мост построят") == "пресс-служба мэрии"
    assert _source(document, "Мост через") == "пресс-служба мэрии"


def test_a_speaker_goes_on_to_the_end_of_the_paragraph() -> None:
    document = _document("Посол заявил, что мост построят. Дорогу отложат.", "Река широка.")
    said = _said(document, "Дорогу")
    assert said is not None
    assert said.held
    assert document.words(*said.source) == "Посол"
    assert _source(document, "Река") is None


def test_a_quotation_is_one_speakers() -> None:
    document = _document("Сначала была тишина.", "«Мост построят. Дорогу отложат», — сказал инженер.")
    assert _source(document, "Мост") == "инженер"


def test_he_is_the_person_named_before() -> None:
    document = _document("Посол Иван Рощин заявил, что мост построят. Дорогу, по его словам, отложат.")
    assert _source(document, "отложат") == "Посол Иван Рощин"


def test_source_and_channel() -> None:
    document = _document("Мост построят, сообщает ТАСС со ссылкой на Минтранс.")
    said = _said(document, "Мост")
    assert said is not None
    assert said.via is not None
    assert (document.words(*said.source), document.words(*said.via)) == ("Минтранс", "ТАСС")


def test_parts_of_a_sentence_have_their_own_speakers() -> None:
    document = _document("Министр заявил, что мост построят; посол сообщил, что дорогу отложат.")
    assert (_source(document, "мост"), _source(document, "дорогу")) == ("Министр", "посол")


def test_turns_of_a_transcript() -> None:
    document = _document("И.Рощин: Мост будет.", "Это решено.", "П.Лугов: Дороги не будет.")
    assert _source(document, "Это решено") == "И.Рощин"
    assert _source(document, "Дороги") == "П.Лугов"


@pytest.mark.parametrize(
    ("text", "words", "certainty"),
    [
        ("МИД опроверг, что мост продан.", "мост", "denied"),
        ("Сообщение о продаже моста лишено оснований, заявили в мэрии.", "продаже", "denied"),
        ("По слухам, мост продан.", "мост", "possible"),
        ("Мост якобы продан.", "Мост", "possible"),
        ("По словам источника, мост продан.", "мост", "possible"),
        ("По неофициальным данным, мост продан.", "мост", "possible"),
        ("По словам источника в мэрии, мост продан.", "мост", None),
        ("Министр заявил, что мост продан.", "мост", None),
    ],
)
def test_certainty(text: str, words: str, certainty: str | None) -> None:
    said = _said(_document(text), words)
    assert said is not None
    assert said.certainty == certainty


def test_a_draft_takes_the_speaker_and_the_denial() -> None:
    document = _document("МИД опроверг, что мост продан.")
    draft = Draft("undertaking", 0, 0)
    start = document.page.text.index("мост")
    draft.put("quote", "мост продан", Span(start, start + 11), how=How.STATED, rule="clause")
    draft.put("certainty", "stated", how=How.INFERRED, rule="force")
    attribute(document, [draft])
    assert (draft.get("source"), draft.get("certainty")) == ("МИД", "denied")


@pytest.mark.parametrize(
    ("text", "undisclosed"),
    [
        ("Сделка заключена, ее сумма не раскрывается.", ["ее сумма не раскрывается"]),
        ("Стороны подписали договор; срок не указан.", ["срок не указан"]),
        ("Чем вызвана задержка, чиновник объяснить не смог.", ["Чем вызвана задержка, чиновник объяснить не смог"]),
        ("Груз прибыл, однако в каком объеме, в отчете не указано.", ["в каком объеме, в отчете не указано"]),
        ("Даты посол назвать отказался.", ["Даты посол назвать отказался"]),
        ("Груз прибудет — когда именно, не уточняется.", ["когда именно, не уточняется"]),
        ("Земля выкуплена, цена держится в секрете.", ["цена держится в секрете"]),
        ("Число мест, занятых к июлю, пока не публиковалось.", ["Число мест, занятых к июлю, пока не публиковалось"]),
        ("Кто заплатит, в тексте не сказано, о сроках – тоже.", ["Кто заплатит, в тексте не сказано, о сроках – тоже"]),
        ("Министр не назвал Латвию противником.", []),
        ("Мост построен.", []),
    ],
)
def test_undisclosed(text: str, undisclosed: list[str]) -> None:
    document = _document(text)
    assert [document.words(*s) for s in find_undisclosed(document)] == undisclosed


def test_an_interview_is_the_guests_and_no_is_a_denial() -> None:
    lines = ["— Мост строят?", "— Да, с мая.", "— Дорогу продали?", "— Нет.", "— Когда откроют?", "— Летом."]
    document = _document(*lines, title="Министр Иван Рощин о мостах")
    said = _said(document, "Дорогу")
    assert said is not None
    assert said.certainty == "denied"
    assert _source(document, "с мая") == "Министр Иван Рощин"


_WORDS = 'по словам данным источника опроверг якобы сообщил он МИД , . ; : — « » " об этом со ссылкой не раскрывается'
_PIECES = _WORDS.split()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=20))
def test_any_words_are_read_without_fault(pieces: list[str]) -> None:
    document = _document(" ".join(pieces))
    for said in find_attributions(document):
        assert 0 <= said.source.start <= said.source.end <= len(document.page.text)
    find_undisclosed(document)


def test_a_reminder_is_not_the_speaker_of_what_stood_before() -> None:
    text = "Парламент Чили ратифицировал договор с Перу. Чили передала Перу катер в мае, напомнил министр Луис Вега."
    treaty, boat = servanda.read(text, published="2026-07-01", lang="ru").records
    assert treaty.source is None
    assert boat.source == "министр Луис Вега"


def test_a_bare_surname_is_cited_with_the_words_that_name_him_fully() -> None:
    text = (
        "Казахстан передаст Киргизии вагоны, заявил министр транспорта Киргизии Бакыт Асанов. "
        "Доставку, по словам Асанова, оплатит киргизская сторона."
    )
    records = servanda.read(text, published="2026-05-14", lang="ru").records
    assert {r.source for r in records} == {"министр транспорта Киргизии Бакыт Асанов"}


def test_the_subject_behind_an_inserted_verb_of_speech_speaks() -> None:
    text = "Товарооборот Китая и Казахстана вырос на 32%, сообщило Главное таможенное управление КНР."
    (record,) = servanda.read(text, published="2026-05-14", lang="ru").records
    assert (record.type, record.source) == ("figure", "Главное таможенное управление КНР")
