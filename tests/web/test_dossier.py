"""The page of a dossier, as a person uses it."""

import re

import pytest
from playwright.sync_api import Page, expect

from desk import give, plain_record
from servanda.bulk.sketch import sketch
from servanda.lang.lemmas import lemmas
from servanda.ledger.ledger import Ledger
from servanda.ledger.words import PLAIN, Tongue


def dossier(page: Page, words: str) -> str:
    """Open the first dossier that holds some words; its id."""
    page.goto(f"/dossiers?q={words}")
    page.locator(".rows .what").first.click()
    expect(page.locator(".permalink")).to_be_visible()
    return page.locator(".permalink").inner_text()


def test_the_strip_of_time_and_the_list_beneath_tell_the_same(shown_page: Page) -> None:
    dossier(shown_page, "ратифицировал соглашение")
    numbers = shown_page.locator("svg.timeline .number").all_inner_texts()
    assert len(numbers) > 1
    assert shown_page.locator(".moments li").count() == len(numbers)


def test_an_earlier_day_shows_less(shown_page: Page) -> None:
    id = dossier(shown_page, "ратифицировал соглашение")
    expect(shown_page.locator(".standing")).to_contain_text("ratified")
    shown_page.get_by_label("As reported by").fill("2021-12-31")
    shown_page.get_by_role("button", name="Show").click()
    expect(shown_page.locator(".standing")).not_to_contain_text("ratified")
    expect(shown_page.locator(".seen")).to_contain_text("31 December 2021")
    assert shown_page.locator(".permalink").inner_text() == id


def test_differences_stand_side_by_side(shown_page: Page) -> None:
    dossier(shown_page, "ратифицировал соглашение")
    table = shown_page.locator(".compared")
    assert table.locator("thead th").count() == shown_page.locator(".told > li").count()
    assert table.locator("tr.differs").count() > 0


def test_an_id_leads_to_the_dossier_for_ever(page: Page) -> None:
    one = dossier(page, "референс-лабораторий")
    other = dossier(page, "комплекса")
    page.get_by_label("Join with").fill(one)
    page.locator(".merge").get_by_role("button").click()
    first = min(one, other, key=lambda id: int(id[1:]))
    for id in (one, other):
        page.goto(f"/dossiers/{id}")
        assert page.locator(".permalink").inner_text() == first
    page.locator(".history").get_by_role("button", name="Undo").last.click()
    expect(page.locator(".history .undone")).to_have_count(1)
    page.goto(f"/dossiers/{one}")
    assert page.locator(".permalink").inner_text() == one


def test_a_record_is_taken_out(page: Page) -> None:
    dossier(page, "ратифицировал соглашение")
    before = page.locator(".told > li").count()
    page.locator(".told > li").first.get_by_role("button", name="Take out").click()
    expect(page.locator(".told > li")).to_have_count(before - 1)


def test_what_nobody_knows_is_not_there(shown_page: Page, watched) -> None:  # type: ignore[no-untyped-def]
    for id in ("U99999", "nonsense", "%3Cscript%3E"):
        answer = shown_page.goto(f"/dossiers/{id}")
        assert answer is not None
        assert answer.status == 404
    watched.faults.clear()  # the browser reports each page that is not there


@pytest.mark.parametrize("path", ["/parties", "/parties/KZ", "/parties/KZ/KG", "/sums/KZ/KG"])
def test_a_narrow_window_is_enough(shown_page: Page, path: str) -> None:
    shown_page.set_viewport_size({"width": 380, "height": 800})
    for address in (path, "/dossiers/1"):
        shown_page.goto(address)
        assert shown_page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0


def test_a_pair_has_its_groups_and_leads_on(shown_page: Page) -> None:
    shown_page.goto("/parties")
    shown_page.locator(".pair a").first.click()
    assert re.search(r"/parties/[^/]+/[^/]+$", shown_page.url)
    expect(shown_page.locator("#undertakings, #instruments, #meetings, #figures").first).to_be_visible()
    shown_page.goto("/parties/KZ/KG")
    expect(shown_page.get_by_role("heading", name="Kazakhstan → Kyrgyzstan")).to_be_visible()
    expect(shown_page.get_by_role("heading", name="Told only as done").first).to_be_visible()
    shown_page.get_by_role("link", name="Sums").click()
    expect(shown_page.locator(".findings li", has_text="$").first).to_be_visible()


def test_a_figure_is_a_chart_with_its_target(page: Page, server) -> None:  # type: ignore[no-untyped-def]
    """Two years of trade, one only bounded, and a goal: an arrow, and a line of its own."""
    trade = {"metric": "trade", "who": ["KZ", "MN"]}
    goal = {"act": "raise", "by": ["KZ", "MN"], "to": [], "object": "товарооборот", "when": "../2030"}
    records = [
        plain_record("figure", "товарооборот составил 90 млн", period="2020", amount=dollars(90e6), **trade),
        plain_record("figure", "товарооборот превысил 120 млн", period="2021", amount=dollars(120e6, "over"), **trade),
        plain_record("undertaking", "увеличить товарооборот", amounts=[dollars(500e6)], **goal),
    ]
    ledger = Ledger.open(server.ledger, PLAIN)
    ledger.add([give("trade", *records, published="2022-02-01")], "desk")
    ledger.freshen()
    ledger.close()
    page.goto("/parties/KZ/MN")
    chart = page.locator("svg.series").first
    expect(chart).to_be_visible()
    expect(chart.locator("circle")).to_have_count(3)
    expect(chart.locator("path.arrow")).to_have_count(1)
    expect(chart.locator("line.target")).to_have_count(1)


def test_a_rewrite_leads_to_the_record_that_it_tells_again(page: Page, server) -> None:
    wire = "Лесия до конца года безвозмездно передаст Озерии пятьсот тонн зерна пшеницы"
    told = {"object": "зерно", "by": ["KZ"], "to": ["MN"]}
    ledger = Ledger.open(server.ledger, Tongue(lemmas, sketch=sketch))
    for outlet, text in (("wire-1", wire), ("wire-2", f"Иначе. {wire}")):
        ledger.add([give(outlet, plain_record("undertaking", wire, **told), text=text)], "desk")
    ledger.freshen()
    ledger.close()
    dossier(page, "пшеницы")
    first, second = (
        page.locator(".told > li", has=page.get_by_role("link", name=name)) for name in ("wire-1", "wire-2")
    )
    link = second.get_by_role("link", name="rewrites #")
    assert link.get_attribute("href") == f"#{first.get_attribute('id')}"
    expect(page.locator("#told + .dim")).to_contain_text("independent origins: 1")


def dollars(number: float, bound: str = "exactly") -> dict[str, object]:
    return {"number": number, "unit": "USD", "bound": bound}
