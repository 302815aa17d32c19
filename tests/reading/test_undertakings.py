"""Undertakings: each line of cases/undertakings_ru.txt is read alone and must hold just what is drawn below it; a line
that holds none may give a record that is doubtful by its own confidence.
"""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

import servanda
from servanda.lang import load
from servanda.model.reading import Undertaking
from servanda.model.report import Report
from servanda.reading.draft import Draft
from servanda.reading.judge import Judge
from servanda.reading.layout import lay_out
from servanda.reading.read import Reader

CASES = Path(__file__).parent.parent / "cases" / "undertakings_ru.txt"

DOUBT = 0.4  # below which a record says of itself that it is doubtful


def _cases() -> list[tuple[str, list[str]]]:
    cases: list[tuple[str, list[str]]] = []
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            cases[-1][1].append(line.strip())
        elif line.strip() and not line.startswith("#"):
            cases.append((line, []))
    return cases


def _drawn(record: Undertaking, expected: str) -> str:
    """The record as the cases draw it; of the object only the words that the case names."""
    who = f"{' '.join(record.by)} > {' '.join(record.to)}".rstrip()
    form = f"{record.act} {record.modality} {record.progress} {record.certainty}"
    words = expected.rsplit("| ", 1)[-1]
    held = words if words in (record.object or "") else record.object
    return f"{who} | {form} | {held}"


@pytest.mark.parametrize(("line", "expected"), _cases(), ids=[line for line, _ in _cases()])
def test_reads_the_undertakings_of_a_line(line: str, expected: list[str]) -> None:
    reading = servanda.read(line, published="2026-05-14", lang="ru")
    wanted = [e for e in expected if e != "none"]
    sure = 0.0 if wanted else DOUBT
    records = [r for r in reading.records if isinstance(r, Undertaking) and r.confidence[""] >= sure]
    assert len(records) == len(wanted)
    drawn = sorted(_drawn(r, w) for r, w in zip(records, wanted, strict=True))
    assert drawn == sorted(" ".join(w.split()) for w in wanted)


def test_every_value_rereads_from_its_words() -> None:
    text = "Казахстан безвозмездно передаст Таджикистану 40 грузовиков до 1 августа 2026 года."
    reading = servanda.read(text, published="2026-05-14", lang="ru")
    record = next(r for r in reading.records if isinstance(r, Undertaking))
    assert record.when == "../2026-08-01"
    assert record.terms == ("безвозмездно",)
    (span,) = record.evidence["by/0"]
    assert span.of(text) == "Казахстан"
    assert record.amounts[0].unit == "грузовик"


def test_purpose_stands_apart_from_the_object() -> None:
    text = "Норвегия выделит Грузии 5 млн евро для восстановления дороги."
    reading = servanda.read(text, published="2026-05-14", lang="ru")
    record = next(r for r in reading.records if isinstance(r, Undertaking))
    assert record.purpose == "для восстановления дороги"
    assert record.object == "5 млн евро"


def test_a_headline_and_its_report_give_one_record() -> None:
    body = "ВИЛЬНЮС, 14 мая. Литва 1 июня закроет границу с Белоруссией, сообщили в МВД."
    text = f"Литва закроет границу с Белоруссией\n\n{body}"
    reading = servanda.read(text, published="2026-05-14", lang="ru")
    records = [r for r in reading.records if isinstance(r, Undertaking)]
    assert len(records) == 1
    assert records[0].when == "2026-06-01"


@pytest.mark.parametrize("verb", ["отгородилась", "задружилась", "открестилась", "рассорилась", "перемигнулась"])
def test_a_verb_that_no_table_knows_is_read_as_other_or_said(verb: str) -> None:
    reading = servanda.read(f"Монголия {verb} от Китая.", published="2026-05-14", lang="ru")
    acts = [r.act for r in reading.records if isinstance(r, Undertaking)]
    said = [(f.code, f.spans[0].of(reading.text)) for f in reading.findings]
    assert (acts, said) in ((["other"], []), ([], [("unknown_verb", verb)]))


@pytest.mark.parametrize(
    "text",
    [
        "Норвегия передаст Грузии 12 катеров. Соглашение об этом Норвегия и Грузия подписали в среду.",
        "Канада намерена выйти из соглашения с Японией о рыболовстве.",
    ],
)
def test_an_instrument_told_after_or_in_the_words_is_what_it_rests_on(text: str) -> None:
    reading = servanda.read(text, published="2026-05-14", lang="ru")
    record = next(r for r in reading.records if isinstance(r, Undertaking))
    assert record.under is not None


@cache
def _reader_of_all() -> Reader:
    """A reader whose judge takes every candidate."""
    data = json.loads((files("servanda.reading") / "data/undertakings.json").read_text(encoding="utf-8"))
    meanings = {place: np.array(values) for place, values in data["meanings"].items()}
    return Reader(judge=Judge(data["weights"], meanings, (0.0, 0.0), load("ru").vector))


def _likeliest(text: str) -> Draft:
    """The likeliest undertaking of a line, be it told or not."""
    reader = _reader_of_all()
    page = lay_out(Report("line", text, "2026-05-14", "ru"), reader.tables)
    drafts = reader.drafts(reader.document(page, "ru"), "ru")
    return max((d for d in drafts if d.type == "undertaking"), key=lambda d: d.score)


def _read_first(text: str) -> Undertaking:
    reading = servanda.read(text, published="2026-05-14", lang="ru")
    return next(r for r in reading.records if isinstance(r, Undertaking))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Турция пустит воду в Ирак, как только соседи согласуют график.", ["как только соседи согласуют график"]),
        ("Индия продлила на год визовые льготы для граждан Непала.", ["на год"]),
        ("Санкции ЕС против Мьянмы останутся в силе до проведения выборов.", ["до проведения выборов"]),
        ("Китай откроет рынок для узбекской черешни в ближайшее время.", ["в ближайшее время"]),
        ("Румыния увеличит квоту для грузовиков Турции с 5 до 8 тысяч разрешений.", []),
    ],
)
def test_conditions_and_durations_are_terms(text: str, terms: list[str]) -> None:
    assert list(_read_first(text).terms) == terms


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Иран построит на территории Ирака электростанцию на 300 МВт.", ["Ирак"]),
        ("Узбекистан откроет рейсы Ташкент – Хельсинки с 1 мая.", ["Ташкент", "Хельсинки"]),
        ("Канада продлила санкции против России из-за ситуации в Крыму.", []),
    ],
)
def test_places_are_where_the_act_is_done(text: str, places: list[str]) -> None:
    assert list(_read_first(text).places) == places


def test_amounts_end_with_a_bracket_and_leave_the_start_of_a_rise() -> None:
    assert [a.unit for a in _read_first("Вьетнам выделит Лаосу $40 млн (около 900 млрд донгов).").amounts] == [
        "USD",
        "VND",
    ]
    assert [a.number for a in _read_first("Румыния увеличит квоту Турции с 5 до 8 тысяч разрешений.").amounts] == [8000]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        (
            "Если парламент одобрит сделку, Кения продаст Замбии сахар и подготовит водителей.",
            ["Если парламент одобрит сделку"] * 2,
        ),
        ("Оман увеличит число рейсов в Танзанию с трех до пяти в неделю.", ["в неделю"]),
        ("Эстония построит Молдавии школу за два года.", ["за два года"]),
        ("Латвия, в свою очередь, передаст Молдавии 10 автобусов.", []),
        ("Чили будет помогать Перу до тех пор, пока идет ремонт.", ["до тех пор, пока идет ремонт"]),
    ],
)
def test_reads_the_terms(text: str, terms: list[str]) -> None:
    reading = servanda.read(text, published="2026-05-14", lang="ru")
    assert [t for r in reading.records if isinstance(r, Undertaking) for t in r.terms] == terms


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Иран сдаст Ираку мост в марте.", "2027-03"),
        ("Иран сдал Ираку мост в марте.", "2026-03"),
        ("В воскресенье Евросоюз пообещал Турции 3 млрд евро помощи.", None),
        ("Норвегия обязалась до июля снизить квоты и передать Исландии данные.", "../2026-06"),
        ("Россия выделит Вьетнаму 100 мест в вузах на 2026/27 учебный год.", "2026/2027"),
        ("Передача Норвегией Исландии катеров, намеченная на 30 сентября, не состоялась.", "2026-09-30"),
    ],
)
def test_reads_when_a_deed_is_due(text: str, when: str | None) -> None:
    reading = servanda.read(text, published="2026-05-14", lang="ru")
    assert {r.when for r in reading.records if isinstance(r, Undertaking)} == {when}


@pytest.mark.parametrize(
    "text",
    [
        "Договор, согласно которому Норвегия передаст Грузии 12 катеров, Норвегия и Грузия подписали в среду.",
        "Совместное коммюнике Грузии и Норвегии.\n\nГрузинская Сторона предоставит Норвегии земли под завод.",
    ],
)
def test_words_of_a_document_rest_on_it(text: str) -> None:
    reading = servanda.read(text, published="2026-05-14", lang="ru")
    assert next(r for r in reading.records if isinstance(r, Undertaking)).under is not None


def _marks() -> list[list[str]]:
    lines = (CASES.parent / "undertaking_marks_ru.txt").read_text(encoding="utf-8").splitlines()
    return [line.split(" | ") for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(("marks", "line"), _marks(), ids=[line for _, line in _marks()])
def test_reads_modality_progress_and_certainty(marks: str, line: str) -> None:
    read = _likeliest(line)
    assert " ".join(read.values[name] for name in ("modality", "progress", "certainty")) == marks
