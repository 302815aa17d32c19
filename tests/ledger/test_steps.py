"""Steps of an instrument come together on a time line."""

from collections.abc import Callable
from datetime import date

import pytest

from servanda.ledger.steps import fold_steps, furthest
from servanda.model.dossier import Told
from servanda.model.reading import Basis
from servanda.model.terms import How, StepName

Tell = Callable[..., Told]
LATE = date(2030, 1, 1)


def said(*told: Told, day: date = LATE) -> list[str]:
    return [" ".join(filter(None, (s.step, s.date, s.by))) for s in fold_steps(told, day)]


def status(*told: Told, day: date = LATE) -> str:
    return furthest(fold_steps(told, day))


def test_one_step_of_many_reports_is_one_and_its_finer_date_wins(instrument: Tell) -> None:
    told = [
        instrument("2024-03-10", "signed 2024-03", id=1),
        instrument("2024-03-06", "signed 2024-03-05", id=2),
        instrument("2024-03-11", "signed", id=3),
    ]
    [step] = fold_steps(told, LATE)
    assert (step.date, step.told) == ("2024-03-05", (2, 1, 3))


def test_a_step_told_before_its_day_is_another_one(instrument: Tell) -> None:
    assert said(instrument("2024-03-01", "signed"), instrument("2024-03-06", "signed 2024-03-05")) == [
        "signed",
        "signed 2024-03-05",
    ]


def test_each_party_ratifies_for_itself(instrument: Tell) -> None:
    told = instrument("2024-06-01", "ratified 2024-05 A", "ratified 2024-05 B")
    assert said(told) == ["ratified 2024-05 A", "ratified 2024-05 B"]


def test_both_sign_together(instrument: Tell) -> None:
    told = [instrument("2024-03-06", "signed 2024-03-05 A"), instrument("2024-03-06", "signed 2024-03-05 B")]
    assert len(said(*told)) == 1


def test_the_line_runs_by_days_and_then_as_treaty_law_has_it(instrument: Tell) -> None:
    told = instrument(
        "2024-06-01", "in_force 2024-05-01", "signed 2024-03-05", "ratified 2024-05-01 A", "approved 2024-02"
    )
    assert [s.partition(" ")[0] for s in said(told)] == ["approved", "signed", "ratified", "in_force"]


@pytest.mark.parametrize("step", [s.value for s in StepName])
def test_every_step_can_be_the_furthest(step: str, instrument: Tell) -> None:
    assert status(instrument("2024-06-01", step)) == step


def test_what_is_still_to_come_is_no_status(instrument: Tell) -> None:
    told = instrument("2024-05-01", "signed 2024-04-30", "in_force 2024-06-01")
    assert status(told, day=date(2024, 5, 20)) == "signed"
    assert status(told, day=date(2024, 6, 1)) == "in_force"


def test_what_may_be_or_is_denied_is_no_status(instrument: Tell) -> None:
    maybe = instrument("2024-05-01", "signed", certainty="possible")
    denied = instrument("2024-05-01", "terminated", certainty="denied")
    assert status(maybe, denied) == "mentioned"
    assert status(maybe, instrument("2024-05-02", "negotiated"), denied) == "negotiated"


def test_a_later_step_lifts_a_suspension(instrument: Tell) -> None:
    told = [instrument("2024-05-01", "suspended 2024-05-01"), instrument("2024-09-02", "in_force 2024-09-01")]
    assert status(*told) == "in_force"
    assert status(told[0], instrument("2024-06-01", "signed")) == "suspended"


@pytest.mark.parametrize(
    ("steps", "stage"),
    [
        (("signed 2020-03-05", "ratified 2020-09-01", "amended 2023-04-01"), "ratified"),
        (("in_force 2020-09-01", "extended 2023-04-01", "amended"), "in_force"),
        (("negotiated 2023-03-01", "extended 2023-04-01"), "extended"),
        (("amended 2022-04-01", "extended 2023-04-01"), "amended"),
        (("in_force 2015-01-01", "terminated 2020-01-01", "extended 2020-02-01"), "in_force"),
        (("in_force 2015-01-01", "suspended 2020-01-01", "amended 2020-02-01"), "suspended"),
        (("rejected 2020-01-01", "suspended"), "rejected"),
    ],
)
def test_an_extension_is_an_event_of_a_life_that_goes_on(steps: tuple[str, ...], stage: str, instrument: Tell) -> None:
    assert status(instrument("2024-06-01", *steps)) == stage


def test_in_force_by_its_clause_is_marked_computed(instrument: Tell) -> None:
    told = instrument("2024-03-06", "signed 2024-03-05", quote="Соглашение вступает в силу с даты подписания")
    signed, in_force = fold_steps([told], LATE)
    assert (in_force.step, in_force.date, in_force.computed, signed.computed) == ("in_force", "2024-03-05", True, False)


@pytest.mark.parametrize(
    ("clause", "since"),
    [
        ("Соглашение вступает в силу через 30 дней после подписания", "2024-04-04"),
        ("договор вступит в силу по истечении шести месяцев со дня его подписания, сообщили в ведомстве", "2024-09-05"),
        ("оно вступает в силу на тридцатый день с даты подписания", "2024-04-04"),
        ("вступает в силу через сто восемьдесят календарных дней после подписания", "2024-09-01"),
        ("вступит в силу через месяц после подписания", "2024-04-05"),
        ("the treaty enters into force sixty days after signature", "2024-05-04"),
        ("will enter into force on the 30th day following the date of its signing", "2024-04-04"),
    ],
)
def test_a_clause_told_elsewhere_counts_from_the_signing(clause: str, since: str, instrument: Tell) -> None:
    told = [instrument("2024-02-01", "negotiated", quote=clause), instrument("2024-03-06", "signed 2024-03-05")]
    in_force = fold_steps(told, date(2024, 3, 10))[-1]
    assert (in_force.step, in_force.date, in_force.computed, in_force.to_come) == ("in_force", since, True, True)
    assert (status(*told, day=date(2024, 3, 10)), status(*told)) == ("signed", "in_force")


@pytest.mark.parametrize(
    "clause",
    [
        "вступает в силу через 30 рабочих дней после подписания",
        "вступает в силу со дня подписания и ратификации обеими сторонами",
        "вступает в силу со дня обмена ратификационными грамотами",
        "вступит в силу вскоре после подписания",
        "не вступает в силу со дня подписания",
        "временно применяется со дня подписания",
        "enters into force after signature",
    ],
)
def test_what_no_record_can_tell_is_not_computed(clause: str, instrument: Tell) -> None:
    assert said(instrument("2024-03-06", "signed 2024-03-05", quote=clause)) == ["signed 2024-03-05"]


def test_the_last_ratification_counts_where_all_are_told(instrument: Tell) -> None:
    clause = "вступает в силу с даты ратификации"
    told = instrument("2024-06-01", "ratified 2024-05-02 A", "ratified 2024-05-20 B", quote=clause)
    in_force = fold_steps([told], LATE)[-1]
    assert (in_force.step, in_force.date, in_force.computed) == ("in_force", "2024-05-20", True)
    assert len(fold_steps([instrument("2024-06-01", "ratified 2024-05-02 A", quote=clause)], LATE)) == 1


def test_days_count_from_a_day_alone_and_two_clauses_from_none(instrument: Tell) -> None:
    clauses = ("вступает в силу через 30 дней после подписания", "вступает в силу со дня подписания")
    assert said(instrument("2024-04-06", "signed 2024-03", quote=clauses[0])) == ["signed 2024-03"]
    told = [instrument("2024-03-06", "signed 2024-03-05", quote=clause) for clause in clauses]
    assert said(*told) == ["signed 2024-03-05"]


def test_what_the_reader_has_worked_out_is_marked_computed(instrument: Tell) -> None:
    basis = {"steps/1/date": Basis(How.COMPUTED, "counted")}
    told = [
        instrument("2024-03-06", "signed 2024-03-05", "in_force 2024-04-04", basis=basis),
        instrument("2024-04-05", "in_force"),
    ]
    assert [s.computed for s in fold_steps(told, LATE)] == [False, True]
    told.append(instrument("2024-04-05", "in_force 2024-04-04", basis={"steps/0/date": Basis(How.STATED, "day")}))
    assert not any(s.computed for s in fold_steps(told, LATE))


def test_in_force_is_not_computed_without_the_clause_or_the_day(instrument: Tell) -> None:
    clause = "Agreement enters into force upon signature"
    assert said(instrument("2024-03-06", "signed 2024-03-05")) == ["signed 2024-03-05"]
    assert said(instrument("2024-03-06", "signed", quote=clause)) == ["signed"]


def test_the_first_day_of_all_is_no_fault(instrument: Tell) -> None:
    assert said(instrument("0001-01-01", "extended")) == ["extended"]


def test_what_is_extended_again_months_later_is_another_extension(instrument: Tell) -> None:
    told = [instrument(day, "extended") for day in ("2024-03-01", "2024-03-04", "2024-09-01")]
    assert [len(s.told) for s in fold_steps(told, LATE)] == [2, 1]
