"""A headline against its body."""

from typing import Any

import pytest

from servanda.checks import check_report
from servanda.checks.headlines import headline_end


def codes(told: Any) -> list[str]:
    return [f.code for f in check_report(told)]


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("Лесия вышла из договора\nЛесия внесла законопроект.", "Лесия вышла из договора"),
        ("8 мая\n\nЛесия вышла из договора\n\nЛесия внесла законопроект.", "8 мая\n\nЛесия вышла из договора"),
        ("Лесия внесла законопроект.", ""),
        ("Лесия внесла законопроект о выходе\nиз договора.", ""),  # lines broken to a width
        ("Лесия вышла из договора", ""),
    ],
)
def test_where_the_headline_ends(text: str, headline: str) -> None:
    assert text[: headline_end(text)] == headline


def step(name: str) -> list[dict[str, Any]]:
    return [{"step": name, "date": None, "by": None}]


def test_signed_above_and_planned_below(tell: Any) -> None:
    text = "Лесия и Озерия подписали договор\nДоговор подпишут Лесия и Озерия в мае."
    head = tell("instrument", "Лесия и Озерия подписали договор", text=text, steps=step("signed"))
    body = tell("instrument", "Договор подпишут Лесия и Озерия", text=text, steps=step("planned"))
    (found,) = check_report([head, body])
    assert (found.code, found.level) == ("headline", "doubt")
    assert found.message == "the headline says signed, the body only to be signed"
    same = tell("instrument", "Договор подпишут Лесия и Озерия", text=text, steps=step("signed"))
    assert codes([head, body, same]) == codes([head]) == []


def test_one_record_whose_last_step_stands_above_alone(tell: Any) -> None:
    text = "Сенат ратифицировал договор\nКомитет сената одобрил договор, голосование впереди."
    spans = {"quote": [[28, 56]], "steps/0": [[6, 19]], "steps/1": [[43, 50]]}
    told = tell(
        "instrument",
        "Комитет сената одобрил договор",
        text=text,
        steps=[*step("ratified"), *step("approved")],
        evidence=spans,
    )
    assert codes([told]) == ["headline"]


def test_a_step_whose_word_returns_in_the_body(tell: Any) -> None:
    text = "Сенат ратифицировал договор\nКомитет одобрил договор, затем сенат его ратифицировал."
    spans = {"quote": [[28, 51]], "steps/0": [[6, 19]], "steps/1": [[36, 43]]}
    steps = [*step("ratified"), *step("approved")]
    assert codes([tell("instrument", "Комитет одобрил договор", text=text, steps=steps, evidence=spans)]) == []


@pytest.mark.parametrize(
    ("above", "below", "found"),
    [
        ({"progress": "fulfilled"}, {}, ["headline"]),
        ({}, {"certainty": "possible"}, ["headline"]),
        ({}, {"modality": "intention"}, ["headline"]),
        ({}, {}, []),
        ({}, {"progress": "fulfilled"}, []),
        ({}, {"certainty": "possible", "act": "lend"}, []),
    ],
)
def test_undertakings(tell: Any, above: Any, below: Any, found: list[str]) -> None:
    text = "Лесия передаст Озерии зерно\nЛесия готова передать Озерии часть зерна."
    head = tell("undertaking", "Лесия передаст Озерии зерно", text=text, **above)
    body = tell("undertaking", "Лесия готова передать Озерии часть зерна", text=text, **below)
    assert codes([head, body]) == found


def test_without_the_text_nothing_is_a_headline(tell: Any) -> None:
    told = [tell("instrument", "подписан", steps=step("signed")), tell("instrument", "подпишут", steps=step("planned"))]
    assert codes(told) == []
