"""Undertakings: each line of cases/undertakings_ru.txt is read alone and must hold just what is drawn below it; a line
that holds none may give a record that is doubtful by its own confidence.
"""

from pathlib import Path

import pytest

import servanda
from servanda.model.reading import Undertaking

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
    (
        "Норвегия передаст Грузии 12 катеров. Соглашение об этом Норвегия и Грузия подписали в среду.",
        "Канада намерена выйти из соглашения с Японией о рыболовстве.",
    ),
)
def test_an_instrument_told_after_or_in_the_words_is_what_it_rests_on(text: str) -> None:
    reading = servanda.read(text, published="2026-05-14", lang="ru")
    record = next(r for r in reading.records if isinstance(r, Undertaking))
    assert record.under is not None
