"""The review queue by keyboard, dossiers that may be one, and two people who decide at once."""

import re
from typing import Any

from playwright.sync_api import Browser, Page, expect

from web.conftest import Server, Watched, open_page


def said(page: Page) -> Any:
    """What the page says was decided."""
    return page.locator("#said .said")


def left(page: Page) -> int:
    """How many records wait."""
    return int(page.locator(".tabs [aria-current] .count").inner_text())


def in_focus(page: Page) -> str:
    """The number of the record in focus."""
    return page.locator("article.focus").get_attribute("data-record") or ""


def press(page: Page, key: str, outcome: str) -> None:
    """Press a key, and wait for what the page then says."""
    page.keyboard.press(key)
    expect(said(page)).to_contain_text(outcome)


def test_the_queue_is_gone_through_by_keyboard(page: Page) -> None:
    page.goto("/review")
    waiting, first = left(page), in_focus(page)
    press(page, "c", f"confirmed record {first}")
    second = in_focus(page)
    assert second != first
    assert left(page) == waiting - 1
    press(page, "x", f"rejected record {second}")
    assert in_focus(page) not in (first, second)
    assert left(page) == waiting - 2
    press(page, "u", "took back entry")
    assert in_focus(page) == second
    assert left(page) == waiting - 1
    assert "n=" not in page.url


def test_a_reason_stands_in_the_history(page: Page) -> None:
    page.goto("/review")
    page.keyboard.press("w")
    page.keyboard.type("read it twice")
    page.keyboard.press("Enter")  # leaves the field, and decides nothing
    expect(page.locator('input[name="why"]').first).to_have_value("read it twice")
    press(page, "c", "«read it twice»")


def test_keys_go_on_and_back_without_a_decision(page: Page) -> None:
    page.goto("/review")
    first, waiting = in_focus(page), left(page)
    page.keyboard.press("j")
    expect(page.locator(f'article.focus:not([data-record="{first}"])')).to_be_visible()
    page.keyboard.press("k")
    expect(page.locator(f'article.focus[data-record="{first}"]')).to_be_visible()
    assert left(page) == waiting


def test_a_field_is_corrected_by_words_chosen_with_keys(page: Page) -> None:
    page.goto("/review?party=Таджикистан&type=undertaking")
    row = page.locator('.field[data-path="object"]')
    number = in_focus(page)
    row.locator(".name").press("Enter")
    form = row.locator("form")
    expect(form).to_be_visible()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    words = page.evaluate("getSelection().toString()")
    value = form.locator('[name="f/object"]')
    expect(value).to_be_focused(timeout=60_000)
    expect(value).to_have_value(re.sub(r"\s+", " ", words).strip())
    page.keyboard.press("Enter")
    expect(said(page)).to_contain_text(f"record {number}")
    assert in_focus(page) == number  # more fields may be wrong
    expect(page.locator(".kicker .tag")).to_have_text("corrected by a person")
    press(page, "z", "took back entry")


def test_the_field_most_in_doubt_is_turned_to(page: Page) -> None:
    page.goto("/review")
    unsure = page.locator(".whys [data-field]").first.get_attribute("data-field")
    page.keyboard.press("e")
    expect(page.locator(f'.field[data-path="{unsure}"] form')).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator(".edit-form")).to_have_count(0)


def test_whoever_comes_second_is_told_and_overwrites_nothing(page: Page, browser: Browser, server: Server) -> None:
    other = browser.new_context(base_url=server.url, locale="en-GB")
    other.add_cookies([{"name": "who", "value": "boris", "url": server.url}])
    second = other.new_page()
    page.goto("/review")
    second.goto("/review")
    number = in_focus(page)
    press(page, "x", f"rejected record {number}")
    second.keyboard.press("c")
    told = second.locator(".conflict")
    expect(told).to_contain_text("Somebody else decided first")
    expect(told).to_contain_text(f"anna: rejected record {number}")
    page.reload()
    assert "confirmed" not in page.locator("main").inner_text()
    second.keyboard.press("j")  # that record is passed over
    expect(second.locator("article.focus")).to_be_visible()
    assert in_focus(second) != number
    second.keyboard.press("c")
    expect(said(second)).to_contain_text("confirmed record")
    other.close()


def test_a_narrow_window_holds_it(browser: Browser, shown: Server, watched: Watched) -> None:
    for page in open_page(browser, shown, watched, viewport={"width": 380, "height": 800}, locale="ru-RU"):
        for path in ("/review", "/review/doubles"):
            page.goto(path)
            expect(page.locator(".tabs")).to_contain_text("На проверку")
            assert page.evaluate("document.documentElement.scrollWidth") <= 380
