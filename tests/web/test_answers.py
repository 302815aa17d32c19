"""Answers that are kept: the same as long as nothing changed, new as soon as something did."""

import subprocess
import sys
import time

import httpx
import pytest

from servanda.ledger.ledger import Ledger
from servanda.ledger.listing import Sought
from servanda.ledger.words import PLAIN


@pytest.fixture
def client(server):
    with httpx.Client(base_url=server.url, headers={"origin": server.url}) as made:
        yield made


def test_a_page_is_kept_until_the_ledger_changes(client):
    first = client.get("/").raise_for_status()
    again = client.get("/", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert client.get("/").text == first.text
    client.post("/decide/confirm", data={"records": "1"})
    changed = client.get("/", headers={"if-none-match": first.headers["etag"]})
    assert changed.status_code == 200


def test_each_language_has_its_own(client):
    english = client.get("/", headers={"accept-language": "en"}).raise_for_status()
    russian = client.get("/", headers={"accept-language": "ru", "if-none-match": english.headers["etag"]})
    assert russian.status_code == 200
    assert "Сегодня" in russian.text
    assert client.get("/", headers={"accept-language": "en"}).text == english.text


def test_faults_are_not_kept(client):
    assert client.get("/?as_of=never").status_code == 422
    assert "etag" not in client.get("/?as_of=never").headers


def test_what_another_process_adds_appears(client, server, tmp_path):
    """The lists follow within seconds, unasked."""
    report = tmp_path / "later.txt"
    report.write_text("Москва. 3 марта 2025 года. Россия передаст Монголии 40 автобусов до конца 2025 года.\n")
    add = [sys.executable, "-m", "servanda", "add", report, "--published", "2025-03-03", "--ledger", server.ledger]
    subprocess.run(list(map(str, add)), check=True, capture_output=True)
    ledger = Ledger.open(server.ledger, PLAIN)
    end = time.monotonic() + 20
    while ledger.freshness() and time.monotonic() < end:
        time.sleep(0.1)
    assert ledger.freshness() == 0
    assert ledger.listing(Sought(parties=("MN",))).total > 0
    ledger.close()
