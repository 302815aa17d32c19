"""The API as programs use it: what the pages show as JSON, decisions entered and undone, refusals with remedies."""

import json

import pytest

from servanda.web.app import API

GIVEN = {
    "id": "told-elsewhere",
    "published": "2024-05-21",
    "records": [
        {
            **{"type": "meeting", "quote": "Министры встретились", "certainty": "stated", "source": None},
            **{
                "kind": "talks",
                "participants": [],
                "place": None,
                "date": "2024-05-21",
                "status": "held",
                "topics": [],
            },
        }
    ],
}


def test_a_list_is_narrowed_ordered_and_paged(asked):
    def found(**query):
        return asked(
            f"{API}/dossiers", params={"type": "undertaking", "party": "Казахстан", "limit": 2, **query}
        ).json()

    first, second = found(), found(offset=2)
    assert first["total"] == second["total"] > 4
    ids = [one["id"] for page in (first, second) for one in page["items"]]
    assert len(set(ids)) == 4
    assert all("KZ" in one["parties"] and one["title"] for one in first["items"])


def test_words_find_other_forms_of_themselves(asked):
    forms = [asked(f"{API}/dossiers", params={"q": word}).json()["total"] for word in ("помощь", "помощи", "ПОМОЩЬЮ")]
    assert forms[0] == forms[1] == forms[2] > 0


def test_a_dossier_comes_with_its_evidence_and_as_of_a_day(asked):
    found = asked(f"{API}/dossiers/U4").json()
    assert found["id"] == "U4"
    assert all(told["record"]["evidence"] for told in found["told"])
    early = asked(f"{API}/dossiers/U4?as_of=2021-12-31").json()
    assert 0 < len(early["told"]) < len(found["told"])
    assert asked(f"{API}/dossiers/U4?as_of=2001-01-01").status_code == 404


def test_what_is_due_between_two_parties_comes_in_the_order_of_its_deadlines(asked):
    found = asked(f"{API}/due?party=KZ&party=KG").json()["items"]
    assert found
    assert [one["id"] for one in found] == [one.id for one in asked.ledger.due(parties=("KZ", "KG"))]


def test_reports_come_with_their_text_and_records(asked):
    listed = asked(f"{API}/reports?q=loan").json()["items"]
    assert [one["carrier"]["report"] for one in listed] == ["07-loan"]
    whole = asked(f"{API}/report?id=07-loan").json()
    assert len(whole["records"]) == listed[0]["records"]
    for told in whole["records"]:
        for start, end in told["record"]["evidence"].get("quote", ()):
            assert whole["carrier"]["text"][start:end] in told["record"]["quote"]


@pytest.mark.parametrize("path", ["findings", "queue", "doubles", "parties", "reports", "dossiers"])
def test_lists_tell_how_many_there_are(asked, path):
    answer = asked(f"{API}/{path}").json()
    assert answer.get("total", len(answer["items"])) >= len(answer["items"])


def test_an_unchanged_answer_is_not_sent_again(asked):
    first = asked(f"{API}/dossiers/U4")
    again = asked(f"{API}/dossiers/U4", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_decision_is_entered_and_undone(changing):
    number = asked_number(changing)
    made = changing(
        f"{API}/decisions", "POST", json={"what": "confirm", "records": [number], "who": "bek", "why": "read"}
    )
    assert made.status_code == 201
    assert changing(f"{API}/records/{number}").json()["review"] == "confirmed"
    events = changing(f"{API}/history?id={number}").json()
    assert (events[-1]["who"], events[-1]["body"]["why"]) == ("bek", "read")
    assert changing(f"{API}/undo", "POST", json=made.json()).status_code == 201
    assert changing(f"{API}/records/{number}").json()["review"] is None


def asked_number(changing):
    return changing(f"{API}/queue?limit=1").json()["items"][0]["record"]["id"]


def test_what_was_decided_meanwhile_is_told_as_a_conflict(changing):
    number = asked_number(changing)
    seen = changing(f"{API}/health").json()["entries"]
    body = {"what": "confirm", "records": [number], "seen": seen}
    assert changing(f"{API}/decisions", "POST", json=body).status_code == 201
    late = changing(f"{API}/decisions", "POST", json={**body, "what": "reject"})
    assert late.status_code == 409
    assert set(late.json()) == {"place", "message", "remedy"}


def test_a_reading_made_elsewhere_is_recorded_once(changing):
    first, second = (changing(f"{API}/readings", "POST", json=GIVEN).json() for _ in range(2))
    assert (first["outcome"], first["records"]) == ("recorded", 1)
    assert second["outcome"] == "known"
    assert changing(f"{API}/report?id=told-elsewhere").json()["records"][0]["record"]["kind"] == "talks"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("decisions", {"what": "praise", "records": [1]}),
        ("decisions", {"what": "confirm", "records": ["one"]}),
        ("decisions", {"what": "correct", "records": [1], "path": "nowhere", "value": 1}),
        ("decisions", {"what": "add", "report": "01-aid", "value": {"type": "\ud800"}}),
        ("undo", {"entries": [1]}),
        ("readings", {"id": "x", "records": [{"type": "letter"}]}),
        ("read", {"text": ""}),
    ],
)
def test_what_cannot_be_entered_is_refused_with_a_remedy(asked, path, body):
    before = asked.ledger.last_seq()
    answer = asked(f"{API}/{path}", "POST", content=json.dumps(body), headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert set(answer.json()) == {"place", "message", "remedy"}
    assert asked.ledger.last_seq() == before


@pytest.mark.parametrize("path", ["dossiers/U999999", "dossiers/%00", "records/x", "report?id=none", "history?id=none"])
def test_what_is_not_there_is_said_as_such(asked, path):
    answer = asked(f"{API}/{path}")
    assert answer.status_code == 404
    assert set(answer.json()) == {"place", "message", "remedy"}


LISTS = ["/dossiers", "/dossiers.csv", "/findings", "/reports", f"{API}/dossiers", f"{API}/findings"]
HOSTILE = ["%00", "'; drop table entry --", "\u202e", "x" * 5000, "1e999", "-1", '"«*', "name:|", "a AND NEAR(", "９"]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize(
    "path", ["/dossiers", "/dossiers.csv", "/findings", "/reports", f"{API}/dossiers", f"{API}/findings"]
)
def test_no_query_breaks_a_list(asked, path, value):
    names = ("q", "party", "type", "act", "status", "agency", "since", "limit", "order", "code", "dossier", "as_of")
    for name in names:
        assert asked(path, params={name: value}).status_code < 500


def test_the_api_is_described_for_people(asked):
    page = asked("/api").text
    for path in asked.app.openapi()["paths"]:
        assert page.count(path) >= 2
    assert "curl" in page
