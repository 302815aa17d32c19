"""What the server refuses, and what it tells the browser."""

import httpx
import pytest

CONFIRM = {"records": "1"}


@pytest.fixture
def client(server):
    with httpx.Client(base_url=server.url) as made:
        yield made


def test_only_its_own_names_are_served(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"host": "localhost:1"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}, {}],
    ids=["other origin", "cross-site", "no origin", "a form of nobody"],
)
def test_a_decision_sent_by_another_site_is_not_entered(client, headers):
    refused = client.post("/decide/confirm", data=CONFIRM, headers=headers)
    assert refused.status_code == 403


def test_a_decision_of_its_own_page_is_entered(client, server):
    done = client.post("/decide/confirm", data=CONFIRM, headers={"origin": server.url})
    assert done.status_code == 303
    assert "said=" in done.headers["location"]


def test_it_never_leads_elsewhere(client, server):
    for back in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        done = client.post("/preferences", data={"back": back}, headers={"origin": server.url})
        assert done.headers["location"] == "/"


def test_answers_let_the_browser_load_nothing_else(client):
    for path in ("/", "/nowhere", "/static/base.css", "/?as_of=never"):
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_a_day_that_is_none_is_said_with_its_remedy(client):
    answer = client.get("/?as_of=never")
    assert answer.status_code == 422
    assert "2021-12-08" in answer.text
