"""How an undertaking stands follows from what is reported, never from silence."""

from collections.abc import Callable
from datetime import date

import pytest

from servanda.ledger.life import make_dossier
from servanda.model.dossier import Dossier, Told

Tell = Callable[..., Told]
LATE = date(2030, 1, 1)


def speaker(words: str) -> str | None:
    return words[-1] if words[-1] in "ABC" else None


def dossier(*told: Told, as_of: date | None = LATE) -> Dossier:
    return make_dossier("U1", told, as_of=as_of, speaker=speaker)


def test_the_givers_delivered_is_not_the_takers_received(undertaking: Tell) -> None:
    told = [
        undertaking("2024-03-01"),
        undertaking("2024-05-01", progress="fulfilled", source="министр A"),
        undertaking("2024-05-01", progress="fulfilled", source="министр B"),
        undertaking("2024-05-01", progress="fulfilled", source="наблюдатель C"),
    ]
    lines = [(p.progress, p.reporter, p.side) for p in dossier(*told).progress]
    assert lines == [
        ("announced", None, "unknown"),
        ("fulfilled", "A", "giver"),
        ("fulfilled", "B", "taker"),
        ("fulfilled", "C", "third"),
    ]


def test_one_deed_of_many_reports_is_one_line(undertaking: Tell) -> None:
    told = [
        undertaking("2024-05-03", progress="fulfilled", when="2024-05", id=1),
        undertaking("2024-05-01", progress="fulfilled", when="2024-04-30", id=2),
        undertaking("2024-05-02", progress="fulfilled", id=3),
    ]
    assert [(p.date, p.told) for p in dossier(*told).progress] == [("2024-04-30", (2, 3)), ("2024-05", (1,))]


@pytest.mark.parametrize(
    ("progress", "status"),
    [
        ("under_way", "in_progress"),
        ("delayed", "delayed"),
        ("suspended", "suspended"),
        ("cancelled", "cancelled"),
        ("broken", "reported_not_performed"),
        ("fulfilled", "performed"),
        ("announced", "open"),
    ],
)
def test_the_last_report_tells_how_it_stands(progress: str, status: str, undertaking: Tell) -> None:
    assert dossier(undertaking("2024-03-01"), undertaking("2024-05-01", progress=progress)).status == status


def test_an_act_told_only_as_done_was_never_a_promise(undertaking: Tell) -> None:
    assert dossier(undertaking("2024-03-01", progress="fulfilled")).status == "did"


@pytest.mark.parametrize("later", ["under_way", "delayed"])
def test_what_is_still_under_way_or_delayed_after_it_was_done_is_the_rest(later: str, undertaking: Tell) -> None:
    told = [
        undertaking("2024-03-01"),
        undertaking("2024-04-01", progress="fulfilled"),
        undertaking("2024-05-01", progress=later),
    ]
    assert dossier(*told).status == "partly_performed"
    assert dossier(told[1], undertaking("2024-04-01", progress="under_way")).status == "did"
    assert dossier(told[1], undertaking("2024-05-01", progress="under_way")).status == "in_progress"


def test_an_unnamed_source_speaks_for_nobody(undertaking: Tell) -> None:
    [line] = dossier(undertaking("2024-03-01", source="источник в министерстве A")).progress
    assert (line.reporter, line.side) == (None, "unknown")


def test_a_deadline_that_passes_in_silence_is_overdue_and_never_broken(undertaking: Tell) -> None:
    told = undertaking("2024-03-01", when="../2024-06-30")
    assert dossier(told, as_of=date(2024, 6, 30)).status == "open"
    assert dossier(told, as_of=date(2024, 7, 1)).status == "overdue_no_report"


def test_a_report_after_the_deadline_breaks_the_silence(undertaking: Tell) -> None:
    told = [undertaking("2024-03-01", when="../2024-06-30"), undertaking("2024-07-05", progress="under_way")]
    assert dossier(*told).status == "in_progress"


@pytest.mark.parametrize("modality", ["prohibition", "permission"])
def test_a_ban_is_not_overdue(modality: str, undertaking: Tell) -> None:
    assert dossier(undertaking("2024-03-01", when="../2024-06-30", modality=modality)).status == "open"


def test_a_deadline_told_later_is_in_force_and_the_earlier_kept(undertaking: Tell) -> None:
    told = [undertaking("2024-03-01", when="../2024-06-30"), undertaking("2024-06-01", when="../2024-12-31", id=9)]
    made = dossier(*told)
    assert ([d.due for d in made.dues], made.due) == (["../2024-06-30", "../2024-12-31"], "../2024-12-31")


def test_a_deadline_said_again_more_coarsely_revises_nothing(undertaking: Tell) -> None:
    told = [undertaking("2024-03-01", when="../2024-06-30"), undertaking("2024-04-01", when="2024")]
    assert [d.due for d in dossier(*told).dues] == ["../2024-06-30"]


def test_the_day_of_a_deed_is_no_deadline(undertaking: Tell) -> None:
    assert dossier(undertaking("2024-03-02", progress="fulfilled", when="2024-03-01")).due is None


@pytest.mark.parametrize(("done", "status"), [("2024-06-30", "performed"), ("2024-07-01", "performed_late")])
def test_late_is_what_was_done_after_the_deadline(done: str, status: str, undertaking: Tell) -> None:
    promise = undertaking("2024-03-01", when="../2024-06-30")
    assert dossier(promise, undertaking("2024-07-02", progress="fulfilled", when=done)).status == status


@pytest.mark.parametrize(
    ("promised", "done", "status"),
    [
        ("500 тонна", "200 тонна", "partly_performed"),
        ("500 тонна", "500 тонна", "performed"),
        ("over 500 тонна", "490 тонна", "partly_performed"),
        ("500 тонна", "over 200 тонна", "performed"),
        ("500 тонна", "3 вагон", "performed"),
        ("40 машина", "24 машина", "partly_performed"),
    ],
)
def test_less_than_was_promised_is_a_part(promised: str, done: str, status: str, undertaking: Tell) -> None:
    told = [undertaking("2024-03-01", promised), undertaking("2024-07-02", done, progress="fulfilled")]
    assert dossier(*told).status == status


def test_denied_by_all_and_denied_by_one(undertaking: Tell) -> None:
    denied = undertaking("2024-03-02", certainty="denied", source="министр A")
    assert dossier(denied).status == "denied"
    disputed = dossier(undertaking("2024-03-01"), denied)
    assert (disputed.status, [p.certainty for p in disputed.progress]) == ("open", ["stated", "denied"])


def test_a_deadline_that_had_passed_when_it_was_told_is_history(undertaking: Tell) -> None:
    assert dossier(undertaking("2024-03-01", when="../1918-07-31")).status == "open"
