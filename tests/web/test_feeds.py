"""A list as a file: the rows that the page shows, in formats that others read."""

import csv
import io
import json
from datetime import datetime
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from servanda.model.plain import dossier_from_json

ATOM = "{http://www.w3.org/2005/Atom}"


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_a_table_holds_the_rows_of_the_list(asked):
    rows = rows_of(asked("/dossiers.csv?type=undertaking&party=KZ"))
    assert rows
    assert {row["type"] for row in rows} == {"undertaking"}
    assert all("KZ" in row["parties"].split() for row in rows)
    shown = asked("/dossiers?type=undertaking&party=KZ&limit=200").text
    assert all(f">{row['id']}<" in shown for row in rows)


def test_json_holds_whole_dossiers(asked):
    found = asked("/dossiers.json").json()
    made = [dossier_from_json(plain) for plain in found]
    assert {one.id for one in made} == {one.id for one in asked.ledger.all()}
    assert all(told.record.evidence for one in made for told in one.told)


def test_files_follow_the_words_and_the_order(asked):
    found = asked("/dossiers.json?q=помощью&order=first").json()
    assert found
    assert all("помощ" in json.dumps(one, ensure_ascii=False).lower() for one in found)
    assert [one["last"] for one in found] == sorted(one["last"] for one in found)


@pytest.mark.parametrize("path", ["/dossiers.atom", "/dossiers.atom?q=помощь&party=Казахстан", "/dossiers.atom?q=ыъыъ"])
def test_a_feed_is_valid(asked, path):
    answer = asked(path)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    for one in (feed, *entries):
        assert len(one.findall(f"{ATOM}id")) == len(one.findall(f"{ATOM}title")) == 1
        assert one.findtext(f"{ATOM}id").startswith("urn:uuid:")
        assert datetime.fromisoformat(one.findtext(f"{ATOM}updated")).tzinfo is not None
        assert any(link.get("rel") == "alternate" for link in one.findall(f"{ATOM}link"))
    assert len({one.findtext(f"{ATOM}id") for one in entries}) == len(entries)


def test_what_is_decided_on_comes_first_in_the_feed_under_its_own_name(changing):
    def entries():
        return ElementTree.fromstring(changing("/dossiers.atom?type=undertaking").content).findall(f"{ATOM}entry")

    before = {one.findtext(f"{ATOM}id"): one.findtext(f"{ATOM}updated") for one in entries()}
    last = next(d for d in changing.ledger.all() if d.type == "undertaking")
    changing.ledger.confirm(last.told[0].id, "anna")
    first = entries()[0]
    assert first.find(f"{ATOM}link").get("href").endswith(f"/dossiers/{last.id}")
    assert first.findtext(f"{ATOM}updated") > before[first.findtext(f"{ATOM}id")]


def test_a_feed_is_of_now(asked):
    assert asked("/dossiers.atom?as_of=2021-12-08").status_code == 422


def test_a_calendar_holds_the_open_deadlines_of_the_list(asked):
    calendar = Calendar.from_ical(asked("/dossiers.ics?party=KZ").content)
    ids = {str(event["uid"]).partition("-")[0] for event in calendar.walk("VEVENT")}
    assert ids
    assert ids == {one.id for one in asked.ledger.due(parties=("KZ",))}


@pytest.mark.parametrize("kind", ["csv", "json", "atom", "ics"])
@pytest.mark.parametrize("query", ["party=Atlantis", "type=letter", "order=%00", "since=tomorrow", "limit=-1"])
def test_what_cannot_be_asked_is_refused_before_a_file_begins(asked, kind, query):
    assert asked(f"/dossiers.{kind}?{query}").status_code == 422
