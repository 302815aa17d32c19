"""Figures of short reports, as drawn in the cases; evidence of each field; nothing where there is no relation."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.lang import load
from servanda.model.reading import Change, Figure
from servanda.reading.read import read

CASES = Path(__file__).parents[1] / "cases/figures_ru.txt"


def cases() -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in CASES.read_text("utf-8").splitlines():
        if line.startswith("@"):
            found.append((line[1:].strip().replace("|", "\n"), []))
        elif line and not line.startswith("#"):
            found[-1][1].append(line)
    return found


def figures(text: str) -> list[Figure]:
    load("ru")
    return [r for r in read(text, "2021-12-08", lang="ru").records if isinstance(r, Figure)]


def drawn(figure: Figure) -> str:
    """A figure as the cases write it."""
    amount = figure.amount
    told = f"{amount.number} {amount.unit} {amount.bound}" if amount else "-"
    changes = "; ".join(map(_change, figure.changes)) or "-"
    flags = [*(["forecast"] if figure.forecast else []), *([figure.certainty] if figure.certainty != "stated" else [])]
    head = f"{figure.metric} {','.join(figure.who)} {figure.period or '-'}"
    return " | ".join([head, told, changes, *([" ".join(flags)] if flags else [])])


def _change(change: Change) -> str:
    size = f"x{change.times:g}" if change.times is not None else f"{change.percent:g}"
    return f"{size} {change.against or '-'}"


@pytest.mark.parametrize(("text", "expected"), cases(), ids=lambda v: v[:60] if isinstance(v, str) else "")
def test_figures_are_read_as_drawn(text: str, expected: list[str]) -> None:
    assert sorted(map(drawn, figures(text))) == sorted(expected)


@pytest.mark.parametrize("text", [text for text, expected in cases() if expected], ids=lambda text: text[:60])
def test_every_value_points_at_its_words(text: str) -> None:
    for figure in figures(text):
        spans = {path: [s.of(text) for s in spans] for path, spans in figure.evidence.items()}
        assert figure.quote in text
        for path, basis in figure.basis.items():
            assert path in spans or basis.how not in ("stated", "normalised", "resolved"), path
        if figure.amount:
            in_digits = any(c.isdigit() for words in spans["amount"] for c in words)
            assert in_digits or figure.amount.unit == "%"  # «четверть»


def test_clause_of_the_figure_leaves_out_who_says_so() -> None:
    text = "По данным ведомства, товарооборот Армении с Ираном составил 400 млн долларов, сообщил министр экономики."
    (figure,) = figures(text)
    assert figure.quote == "товарооборот Армении с Ираном составил 400 млн долларов"


def test_value_of_another_year_has_a_clause_of_its_own() -> None:
    quotes = [f.quote for f in figures("Доля России в импорте Киргизии составила в 2020 году 35% (в 2019-м – 37%).")]
    assert quotes == ["Доля России в импорте Киргизии составила в 2020 году 35%", "в 2019-м – 37%"]


WORDS = (
    "товарооборот экспорт доля России с Китаем вырос составил на до против 5 млрд долларов 12% в 2020 году"
    " ( ) , . – и годом ранее"
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=25).map(" ".join))
def test_any_order_of_words_is_read(text: str) -> None:
    for figure in figures(text):
        assert figure.quote in text
        assert len(set(figure.who)) >= 2


def test_what_is_told_in_title_and_body_is_one_figure() -> None:
    text = (
        "Товарооборот Казахстана и Грузии вырос на 5%\n\n"
        "Товарооборот Казахстана и Грузии в 2020 году вырос на 5% и составил 70 млн долларов."
    )
    assert len(figures(text)) == 1
