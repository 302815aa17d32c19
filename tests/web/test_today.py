"""The first page: one glance at an empty ledger and at one with the examples."""

import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from playwright.sync_api import Page, expect

from servanda.ledger.given import Given
from servanda.ledger.ledger import Ledger
from servanda.ledger.words import PLAIN
from web.conftest import Server, open_page

FIRST = 90_000.0  # milliseconds in which the reader starts and reads, on a busy machine


@pytest.fixture
def empty_page(browser, empty: Server, watched):
    yield from open_page(browser, empty, watched)


def test_a_first_visit_explains_itself_and_offers_the_examples(empty_page: Page) -> None:
    page = empty_page
    page.goto("/")
    expect(page.get_by_role("heading", name="An empty ledger")).to_be_visible()
    expect(page.get_by_role("link", name="Add your own reports")).to_be_visible()
    page.get_by_role("button", name="See it with the examples").click()
    expect(page.get_by_text("17 in the last 7 days")).to_be_visible(timeout=FIRST)
    page.get_by_role("button", name="See it with the examples").wait_for(state="detached")


def test_each_part_leads_to_its_whole_list_and_its_things(shown_page: Page) -> None:
    page = shown_page
    page.goto("/")
    for name in ("New", "Due", "Does not add up", "To decide"):
        section = page.get_by_role("region", name=name, exact=True)
        expect(section.locator("header a")).to_have_attribute(
            "href", re.compile("^/(reports|dossiers|findings|review)")
        )
    expect(page.get_by_role("region", name="New").get_by_role("link").nth(1)).to_have_attribute(
        "href", re.compile(r"^/report\?id=")
    )
    first = page.get_by_role("region", name="To decide").locator("ol a").first
    expect(first).to_have_attribute("href", re.compile(r"^/review\?at=\d+$"))
    expect(page.get_by_role("region", name="Does not add up")).to_contain_text("over $680 million")
    expect(page.get_by_role("region", name="Due")).to_contain_text("The deadline passed")


def test_rows_are_walked_by_keys(shown_page: Page) -> None:
    shown_page.goto("/")
    shown_page.keyboard.press("j")
    expect(shown_page.locator("[data-rows] > li a").first).to_be_focused()


def test_deadlines_to_come_are_drawn_and_counted(server: Server) -> None:
    soon = (datetime.now(UTC) + timedelta(5)).date()
    text = "Казахстан передаст Киргизии зерно."
    record = {
        **{"type": "undertaking", "quote": text, "certainty": "stated", "source": None, "act": "give"},
        **{"modality": "obligation", "progress": "announced", "by": ["KZ"], "to": ["KG"], "object": "зерно"},
        **{"amounts": [], "terms": [], "places": [], "when": f"../{soon}", "under": None},
    }
    published = (datetime.now(UTC) - timedelta(1)).date().isoformat()
    ledger = Ledger.open(server.ledger, PLAIN)
    ledger.add([Given(reading={"id": "grain", "published": published, "records": [record]}, text=text)], "desk")
    ledger.freshen()
    ledger.close()
    seen = httpx.get(server.url).text
    assert "in 5 days" in seen
    assert f"due_from={soon - timedelta(5)}" in seen
    assert "<rect" in seen


def test_a_view_from_an_earlier_day_is_a_list(shown: Server) -> None:
    assert httpx.get(f"{shown.url}/?as_of=2021-12-31").headers["location"] == "/dossiers?as_of=2021-12-31"
