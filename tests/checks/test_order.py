"""Steps and deadlines against the day of signing."""

from typing import Any

import pytest

from servanda.checks import check_dossier, check_report


def steps(*taken: tuple[str, str | None, str | None]) -> list[dict[str, Any]]:
    return [{"step": step, "date": date, "by": by} for step, date, by in taken]


SIGNED = ("signed", "2024-03-09", None)


@pytest.mark.parametrize(
    ("step", "level"),
    [(("ratified", "2024-03-02", "XA"), "error"), (("in_force", "2024-02", None), "doubt")],
)
def test_a_step_before_the_signing(tell: Any, hold: Any, step: Any, level: str) -> None:
    (found,) = check_dossier(hold(tell("instrument", "договор", steps=steps(SIGNED, step))))
    assert (found.code, found.level, found.dossiers) == ("order_of_steps", level, ("I1",))
    assert "before it was signed on 9 March 2024" in found.message


@pytest.mark.parametrize(
    "step",
    [
        ("ratified", "2024-03-09", "XA"),
        ("ratified", "2024", "XA"),
        ("in_force", None, None),
        ("ratified", "2025", "XA"),
    ],
)
def test_a_step_that_may_have_followed(tell: Any, hold: Any, step: Any) -> None:
    assert not list(check_dossier(hold(tell("instrument", "договор", steps=steps(SIGNED, step)))))


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("5 марта президент Лесии одобрил соглашение с Озерией о зерне.", ["another_instrument"]),
        ("5 марта президент Лесии одобрил проект соглашения с Озерией.", []),
        ("5 марта законопроект был одобрен.", []),
        ("В начале месяца президент одобрил его.", []),  # nothing shows which words tell the day
    ],
)
def test_an_approval_before_the_signing(tell: Any, hold: Any, words: str, codes: list[str]) -> None:
    quote = "Лесия и Озерия подписали соглашение о зерне"
    told = tell("instrument", quote, text=f"{quote}.\n{words}", steps=steps(("approved", "2024-03-05", "XA"), SIGNED))
    assert [f.code for f in check_dossier(hold(told))] == codes


def test_an_approval_is_judged_by_its_evidence(tell: Any, hold: Any) -> None:
    text = "Стороны подписали соглашение 9 марта. Лесия одобрила это соглашение 5 марта. Проект дома готов."
    start = text.index("одобрила")
    told = tell(
        "instrument",
        "Стороны подписали соглашение",
        text=text,
        steps=steps(("approved", "2024-03-05", "XA"), SIGNED),
        evidence={"steps/0": [[start, start + 8]]},
    )
    (found,) = check_dossier(hold(told))
    assert found.cited[0].words == "одобрила"


def test_a_report_that_came_before_the_signing(tell: Any, hold: Any) -> None:
    early = tell("instrument", "по подписанному договору", published="2024-01-20", steps=steps(("signed", None, None)))
    late = tell("instrument", "договор подписан 9 марта", report="b", published="2024-03-10", steps=steps(SIGNED))
    (found,) = check_dossier(hold(early, late))
    assert found.code == "another_instrument"
    assert {c.report for c in found.cited} == {"a", "b"}


def test_a_report_of_a_signing_to_come(tell: Any, hold: Any) -> None:
    early = tell("instrument", "договор подпишут", published="2024-01-20", steps=steps(("planned", "2024-03-09", None)))
    late = tell("instrument", "договор подписан", report="b", published="2024-03-10", steps=steps(SIGNED))
    assert not list(check_dossier(hold(early, late)))


@pytest.mark.parametrize(
    ("when", "progress", "codes"),
    [
        ("../2023-12-31", "announced", ["early_deadline"]),
        ("../2024-12-31", "announced", []),
        ("2023", "fulfilled", []),
        ("2024", "announced", []),
    ],
)
def test_a_deadline_before_the_signing(tell: Any, when: str, progress: str, codes: list[str]) -> None:
    signed = tell("instrument", "договор подписан 9 марта", steps=steps(SIGNED))
    promise = tell("undertaking", "передаст до конца года", under=signed.id, when=when, progress=progress)
    assert [f.code for f in check_report([signed, promise])] == codes
