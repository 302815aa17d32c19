from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from servanda.exports.ical import write_calendar
from servanda.ledger.ledger import Given, Ledger
from servanda.model.dossier import Dossier

Tell = Callable[..., Given]


def events(dossiers: list[Dossier], folder: Path, ui: str = "en") -> dict[str, Event]:
    """The events of a calendar by the dossier that they are of; every line of it is whole and short."""
    file = folder / "due.ics"
    count = write_calendar(dossiers, file, lambda code: {"XA": "Lurien", "XB": "Morvenia"}.get(code, code), ui)
    lines = file.read_bytes().split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 and line.decode() is not None and b"\n" not in line for line in lines)
    calendar = Calendar.from_ical(file.read_bytes())
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    found = {str(e["uid"]).partition("-")[0]: e for e in calendar.walk("VEVENT")}
    assert len(found) == count
    assert not any(e.errors for e in found.values())
    return found


def test_every_open_deadline_is_an_event_of_a_whole_day(dossiers: list[Dossier], tmp_path: Path) -> None:
    found = events(dossiers, tmp_path)
    assert {i: e["dtstart"].dt for i, e in found.items()} == {
        "U2": date(2024, 12, 31),
        "U5": date(2024, 5, 31),
        "U6": date(2024, 6, 1),
    }
    event = found["U2"]
    assert event["dtend"].dt == date(2025, 1, 1)
    assert event["dtstamp"].dt == datetime(2024, 3, 1, tzinfo=UTC)
    assert event["transp"] == "TRANSPARENT"
    assert event["url"] == "https://news.example/alpha-1"


def test_its_words_are_plain_and_say_whose_they_are(dossiers: list[Dossier], tmp_path: Path) -> None:
    event = events(dossiers, tmp_path)["U2"]
    assert event["summary"] == "Deadline: Lurien gives Morvenia: пшеницы (500 tonnes)"
    stands, *rest = event["description"].splitlines()
    assert stands.startswith("Promised")
    assert stands.endswith("deadline: by 2024")
    assert rest == [
        "The calendar shows its last day.",
        "",
        "«Лурия до конца 2024 года безвозмездно передаст Морвении 500 тонн пшеницы»",
        "агентство alpha-1, 10 February 2024",
        "https://news.example/alpha-1",
        "",
        "Servanda U2",
    ]


def test_a_grain_is_said_where_it_is_no_day(dossiers: list[Dossier], tmp_path: Path) -> None:
    found = events(dossiers, tmp_path, "ru")
    shown = "В календаре показан его последний день."
    assert {i: shown in e["description"] for i, e in found.items()} == {"U2": True, "U5": True, "U6": False}


@pytest.mark.parametrize(
    ("due", "day", "said"),
    [
        ("2024-05", date(2024, 5, 31), True),
        ("2024", date(2024, 12, 31), True),
        ("2024-02/2024-06-15", date(2024, 6, 15), True),
        ("../2024-07-01", date(2024, 7, 1), False),
        ("2024-07-01", date(2024, 7, 1), False),
        ("9999", date(9999, 12, 31), True),
    ],
)
def test_a_deadline_stands_on_its_last_day(
    dossiers: list[Dossier], tmp_path: Path, due: str, day: date, said: bool
) -> None:
    promise = replace(next(d for d in dossiers if d.id == "U2"), due=due)
    event = events([promise], tmp_path)["U2"]
    assert event["dtstart"].dt == day
    assert ("last day" in event["description"]) is said


@pytest.mark.parametrize("status", ["did", "performed", "performed_late", "cancelled", "denied"])
def test_what_is_done_has_no_deadline(dossiers: list[Dossier], tmp_path: Path, status: str) -> None:
    promise = replace(next(d for d in dossiers if d.id == "U2"), status=status)
    assert events([promise, replace(promise, status="open", due="2024-07-01/..")], tmp_path) == {}


def test_a_withdrawn_report_is_said_to_be_one(dossiers: list[Dossier], tmp_path: Path) -> None:
    assert "report withdrawn" in events(dossiers, tmp_path)["U6"]["description"]


def test_a_revised_deadline_is_the_same_event(ledger: Ledger, later: Given, tmp_path: Path) -> None:
    before = events(list(ledger.all()), tmp_path)["U2"]
    ledger.add([later], "desk")
    ledger.merge([(2, 7)], "desk")
    after = events(list(ledger.all()), tmp_path)["U2"]
    assert after["uid"] == before["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after["dtstart"].dt == date(2025, 3, 31)
    assert "earlier: by 2024" in after["description"]


def test_the_same_number_in_two_ledgers_is_not_the_same_event(dossiers: list[Dossier], tmp_path: Path) -> None:
    promise = next(d for d in dossiers if d.id == "U2")
    carrier = replace(promise.told[0].carrier, report="elsewhere")
    other = replace(promise, told=(replace(promise.told[0], carrier=carrier),))
    assert events([promise], tmp_path)["U2"]["uid"] != events([other], tmp_path)["U2"]["uid"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(words=st.text(), url=st.text() | st.just("https://a.example/\r\nATTENDEE:x"))
def test_no_words_break_a_calendar(dossiers: list[Dossier], tmp_path: Path, words: str, url: str) -> None:
    promise = next(d for d in dossiers if d.id == "U2")
    told = promise.told[0]
    hostile = replace(
        told, record=replace(told.record, quote=words), carrier=replace(told.carrier, url=url, agency=words)
    )
    event = events([replace(promise, told=(hostile,))], tmp_path)["U2"]
    assert event["description"].endswith("Servanda U2")
    assert "attendee" not in event
