"""What every page has in common: one heading, a way past the bar by keyboard, language and theme."""

import httpx
import pytest
from playwright.sync_api import Page, expect

from web.conftest import Server

PAGES = ("/", "/add", "/dossiers", "/dossiers/I1", "/findings", "/report?id=01-aid", "/reports", "/review", "/parties")


@pytest.mark.parametrize("path", PAGES)
def test_each_page_has_one_heading_and_its_language(shown: Server, path: str) -> None:
    for ui in ("en", "ru"):
        page = httpx.get(shown.url + path, headers={"accept-language": ui}).text
        assert page.count("<h1") == 1
        assert f'<html lang="{ui}"' in page


def test_the_first_key_leads_past_the_bar(shown_page: Page) -> None:
    shown_page.goto("/dossiers")
    shown_page.keyboard.press("Tab")
    expect(shown_page.get_by_role("link", name="To the content")).to_be_focused()
    shown_page.keyboard.press("Enter")
    expect(shown_page.locator("#main")).to_be_focused()
    shown_page.keyboard.press("Tab")
    assert shown_page.evaluate("document.querySelector('#main').contains(document.activeElement)")


def test_language_and_theme_are_kept(shown_page: Page) -> None:
    shown_page.goto("/findings")
    shown_page.get_by_title("Who you are, language, theme").click()
    shown_page.get_by_label("Language").select_option("ru")
    shown_page.get_by_label("Theme").select_option("dark")
    shown_page.get_by_role("button", name="Keep").click()
    expect(shown_page.get_by_role("heading", name="Замечания")).to_be_visible()
    assert shown_page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    shown_page.emulate_media(media="print")
    assert shown_page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    expect(shown_page.locator("header.bar")).to_be_hidden()


def test_keys_lead_from_page_to_page_and_are_listed(shown_page: Page) -> None:
    shown_page.goto("/")
    shown_page.keyboard.press("?")
    expect(shown_page.get_by_role("dialog", name="Keys")).to_be_visible()
    shown_page.keyboard.press("Escape")
    shown_page.keyboard.press("g")
    shown_page.keyboard.press("d")
    expect(shown_page.get_by_role("heading", name="Dossiers")).to_be_visible()
