"""What a form enters: one decision or several, in plain values, each with who and why, each undone again."""

import asyncio
import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from servanda.cli.serve import _Maker
from servanda.ledger.ledger import Ledger

HERE = "http://127.0.0.1"


class Desk:
    """Somebody who asks for pages and sends forms, without a server between."""

    def __init__(self, path: Path) -> None:
        self.app = _Maker(path, None, "127.0.0.1", "anna", path.parent)()
        self.ledger: Ledger = self.app.state.served.ledger

    def ask(self, method: str, path: str, **more: object) -> httpx.Response:
        """The answer to one request."""

        async def asked() -> httpx.Response:
            way = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=way, base_url=HERE, cookies={"who": "Anna%20P."}) as client:
                return await client.request(method, path, headers={"origin": HERE}, **more)

        with ThreadPoolExecutor(1) as thread:  # where the browser of other tests has its loop, none can be run here
            return thread.submit(asyncio.run, asked()).result()

    def send(self, what: str, **fields: object) -> httpx.Response:
        """The answer to a form."""
        return self.ask("POST", f"/decide/{what}", data=fields)

    def decide(self, what: str, **fields: object) -> list[int]:
        """The entries that a decision made."""
        answer = self.send(what, **fields)
        assert answer.status_code == 303, answer.text
        (said,) = parse_qs(urlsplit(answer.headers["location"]).query)["said"]
        return [int(seq) for seq in said.split(",")]

    def record(self, number: int):
        """A record as it stands."""
        home = self.ledger.dossier(number)
        return next((t for t in home.told if t.id == number), None) if home else None


@pytest.fixture
def desk(recorded: Path, tmp_path: Path):
    path = tmp_path / "ledger.db"
    shutil.copy(recorded, path)
    made = Desk(path)
    yield made
    made.ledger.close()


def test_who_and_why_stand_in_the_entry(desk):
    (seq,) = desk.decide("confirm", records="1", why=" read against the report ")
    event = desk.ledger.event(seq)
    assert (event.kind, event.who, event.body["why"]) == ("confirm", "Anna P.", "read against the report")
    assert desk.record(1).review == "confirmed"


def test_several_records_are_confirmed_at_once_and_undone_at_once(desk):
    seqs = desk.decide("confirm", records=["1", "2", "3"])
    assert [desk.record(n).review for n in (1, 2, 3)] == ["confirmed"] * 3
    page = desk.ask("GET", "/", params={"said": ",".join(map(str, seqs))}).text
    assert "3 records confirmed" in page
    (entries,) = re.findall(r'name="records" value="([\d,]+)"', page)
    desk.decide("undo", records=entries)
    assert [desk.record(n).review for n in (1, 2, 3)] == [None] * 3


@pytest.fixture
def gift(desk):
    """The number of an undertaking that somebody acts in."""
    found = (t for d in desk.ledger.all() for t in d.told if t.record.type == "undertaking")
    return next(t.id for t in found if t.record.by and t.record.to)


@pytest.mark.parametrize(
    ("path", "typed", "value"),
    [
        ("when", "2024-05", "2024-05"),
        ("when", "", None),
        ("by/0", "KZ", "KZ"),
        ("act", "lend", "lend"),
        ("terms", '["безвозмездно"]', ("безвозмездно",)),
    ],
)
def test_values_are_typed_as_people_write_them(desk, gift, path, typed, value):
    desk.decide("correct", records=gift, path=path, value=typed)
    told = desk.record(gift)
    name, _, place = path.partition("/")
    held = getattr(told.record, name)
    assert (held[int(place)] if place else held) == value
    assert told.corrected == (path,)


def test_a_value_is_given_with_its_words(desk, gift):
    amount = json.dumps({"number": 1500.5, "unit": "тонна", "bound": "about"})
    desk.decide("correct", records=gift, path="amounts/0", start="3", end="9", value=amount)
    record = desk.record(gift).record
    amount = record.amounts[0]
    assert (amount.number, amount.unit, amount.bound) == (1500.5, "тонна", "about")
    assert record.evidence["amounts/0"] == ((3, 9),)


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("praise", {"records": "1"}),
        ("confirm", {}),
        ("confirm", {"records": "one"}),
        ("correct", {"records": "1", "path": "nowhere", "value": "x"}),
        ("correct", {"records": "1", "path": "quote", "value": "[1]"}),
        ("merge", {"records": "1"}),
        ("split", {"records": "99999"}),
        ("undo", {"records": "1"}),
    ],
)
def test_what_is_no_decision_is_refused_with_a_remedy(desk, what, fields):
    before = desk.ledger.count()["entries"]
    answer = desk.send(what, **fields)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert desk.ledger.count()["entries"] == before


def test_records_are_joined_and_taken_out_again(desk):
    homes = [d for d in desk.ledger.all() if d.type == "undertaking"][:2]
    one, other = (d.told[0].id for d in homes)
    desk.decide("merge", records=[d.id for d in homes])
    assert desk.ledger.dossier(one).id == desk.ledger.dossier(other).id
    desk.decide("split", dossier=desk.ledger.dossier(one).id, records=str(other))
    assert desk.ledger.dossier(one).id != desk.ledger.dossier(other).id


def test_a_missed_record_is_added(desk):
    told = next(t for d in desk.ledger.all() for t in d.told if t.record.type == "meeting")
    plain = {
        **{"type": "meeting", "quote": "", "certainty": "stated", "source": None, "kind": "call"},
        **{"participants": [], "place": None, "date": None, "status": "held", "topics": []},
    }
    (seq,) = desk.decide("add", report=told.carrier.report, value=json.dumps(plain))
    assert desk.record(desk.ledger.event(seq).records[0]).review == "added"


def test_nothing_is_entered_over_what_somebody_else_decided(desk):
    """Who came second is told what happened, and may enter it all the same."""
    seen = desk.ledger.last_seq()
    desk.decide("reject", records="1", why="told by nobody", seen=seen)
    answer = desk.send("confirm", records="1", why="it is right", seen=seen, back="/review")
    assert answer.status_code == 409
    assert "Anna P." in answer.text
    assert "«told by nobody»" in answer.text
    assert desk.record(1) is None
    assert desk.ledger.last_seq() == seen + 1
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.text.partition("<main")[2]))
    assert again["why"] == "it is right"
    desk.decide("confirm", **again)
    assert desk.record(1).review == "confirmed"


def test_lists_know_at_once_what_was_decided(desk):
    desk.ledger.freshen()
    before = desk.ledger.waiting()[1]
    desk.decide("confirm", records=["1", "2"])
    assert desk.ledger.waiting()[1] == before - 2


def test_what_was_done_is_said_in_plain_words(desk, gift):
    (seq,) = desk.decide("correct", records=gift, path="by/0", value="TJ")
    said = desk.ask("GET", "/", params={"said": seq}).text
    assert f"corrected who acts of record {gift} to TJ: Tajikistan" in said
    (back,) = desk.decide("undo", records=seq)
    assert f"took back entry {seq}: corrected who acts" in desk.ask("GET", "/", params={"said": back}).text


def test_a_rejected_record_is_still_called_by_its_name(desk, gift):
    (seq,) = desk.decide("reject", records=gift)
    assert f"rejected record {gift}: " in desk.ask("GET", "/", params={"said": seq}).text


def test_a_place_beyond_the_queue_is_its_last(desk):
    desk.ledger.freshen()
    total = desk.ledger.waiting()[1]
    assert desk.ask("GET", "/review?n=9999").headers["location"] == f"/review?n={total - 1}"


def test_a_record_that_was_rejected_is_passed_over(desk, gift):
    desk.decide("reject", records=gift)
    assert desk.ask("GET", f"/review?at={gift}&n=2").headers["location"] == "/review?n=2"
    assert desk.ask("GET", "/review?at=99999").headers["location"] == "/review"


def test_the_queue_is_narrowed_by_party_type_and_agency(desk):
    desk.ledger.freshen()
    page = desk.ask("GET", "/review", params={"party": "Грузия", "type": "instrument", "agency": "Кавказ-Пост"}).text
    assert "Агентство" not in page
    assert re.search(r'aria-current="page">To review <span class="count">1</span>', page)
    assert desk.ask("GET", "/review", params={"agency": "nobody"}).text.count("<article") == 0
    assert desk.ask("GET", "/review", params={"party": "Атлантида"}).status_code == 422
