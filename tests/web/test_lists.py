"""Lists as an analyst uses them: found by words, narrowed by facets, taken home as they stand."""

import csv
import io

import pytest
from axe_playwright_python.sync_playwright import Axe


def shown_ids(page):
    return page.locator("main .rows > li > .id").all_inner_texts()


def test_everything_due_between_two_countries_is_found(shown_page, asked):
    shown_page.goto("/dossiers")
    for country in ("Казахстан", "Kyrgyzstan"):
        shown_page.get_by_label("Party", exact=True).fill(country)
        shown_page.get_by_label("Order").select_option("due")
        shown_page.get_by_role("button", name="Show").click()
    assert shown_page.get_by_role("heading", level=1).inner_text() == "What is due"
    chips = shown_page.locator(".chip").all_inner_texts()
    assert {chip.removesuffix(" ×") for chip in chips} == {"Kazakhstan", "Kyrgyzstan"}
    assert shown_ids(shown_page) == [one.id for one in asked.ledger.due(parties=("KZ", "KG"))] != []
    shown_page.locator(".chip", has_text="Kyrgyzstan").click()
    shown_page.wait_for_url(lambda url: "Kyrgyzstan" not in url)
    assert shown_ids(shown_page) == [one.id for one in asked.ledger.due(parties=("KZ",))]


def test_an_inflected_word_finds_and_the_list_is_taken_home_as_it_stands(shown_page):
    shown_page.goto("/")
    shown_page.keyboard.press("/")
    shown_page.keyboard.type("помощью")
    shown_page.keyboard.press("Enter")
    shown_page.wait_for_url("**/dossiers?q=*")
    marked = shown_page.locator("main mark").all_inner_texts()
    assert marked
    assert all(word.lower().startswith("помощ") for word in marked)
    shown_page.locator("aside").get_by_role("link", name="Undertakings").click()
    shown_page.wait_for_url("**type=undertaking**")
    with shown_page.expect_download() as waited:
        shown_page.get_by_role("link", name="table (CSV)").click()
    text = waited.value.path().read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["id"] for row in rows] == shown_ids(shown_page) != []


def test_several_values_of_one_facet_mean_any_of_them(asked):
    def total(*types):
        return int(asked("/api/v1/dossiers", params={"type": types}).json()["total"])

    assert total("figure", "meeting") == total("figure") + total("meeting")
    page = asked("/dossiers?type=figure").text
    assert "type=figure&amp;type=meeting" in page


def test_facets_count_what_they_lead_to(shown_page):
    shown_page.goto("/dossiers?type=undertaking")
    facet = shown_page.locator(".facet", has_text="Act or kind").locator("li").first
    count = int(facet.locator("span").inner_text())
    facet.locator("a").click()
    shown_page.wait_for_url("**act=*")
    assert shown_page.locator(".count").inner_text().endswith(f"of {count}")


@pytest.mark.parametrize(
    ("address", "said", "remedy"),
    [
        ("/dossiers?q=носорог", "Nothing holds носорог", "asterisk"),
        ("/dossiers?q=помощь&type=meeting&party=CN", "not with these filters", "Without “China”"),
        ("/dossiers?party=KZ&since=2031-01-01", "fits all of these filters", "Without “Kazakhstan”"),
    ],
)
def test_where_nothing_is_found_the_page_says_why_and_what_to_do(asked, address, said, remedy):
    page = asked(address).text
    assert said in page
    assert remedy in page


def test_an_empty_ledger_leads_to_where_reports_are_added(browser, empty, watched):
    context = browser.new_context(base_url=empty.url, locale="en-GB")
    watched.follow(context, empty.url)
    page = context.new_page()
    for path in ("/dossiers", "/reports", "/findings"):
        page.goto(path)
        assert page.locator("main .nothing").is_visible()
    page.goto("/dossiers")
    page.locator("main").get_by_role("link", name="Add reports").click()
    page.wait_for_url("**/add")
    context.close()


def test_findings_lead_to_their_reports_and_dossiers(shown_page):
    shown_page.goto("/findings?level=doubt")
    first = shown_page.locator(".found > li").first
    assert first.locator("figure q").count() > 1
    first.locator(".of a").first.click()
    shown_page.wait_for_url("**/dossiers/*")
    shown_page.go_back()
    first.locator("figcaption a").first.click()
    shown_page.wait_for_url("**/report?id=*")


def test_reports_are_found_by_their_names(shown_page):
    shown_page.goto("/reports")
    shown_page.locator("main input[type=search]").fill("LOAN")
    shown_page.get_by_role("button", name="Show").click()
    shown_page.wait_for_url("**q=LOAN**")
    found = shown_page.locator("main .rows .what")
    assert [one.get_attribute("href") for one in found.all()] == ["/report?id=07-loan&version=1"]


@pytest.mark.parametrize("path", ["/dossiers?q=помощь&type=undertaking", "/findings", "/reports", "/api"])
def test_no_serious_fault_of_access(shown_page, path):
    shown_page.goto(path)
    found = Axe().run(shown_page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []


@pytest.mark.parametrize("path", ["/dossiers?party=KZ", "/findings", "/reports", "/api"])
def test_a_narrow_window_needs_no_scrolling_sideways(shown_page, path):
    shown_page.set_viewport_size({"width": 380, "height": 800})
    shown_page.goto(path)
    assert shown_page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_while_the_index_is_behind_lists_say_so(changing):
    changing.ledger.confirm(1, "anna")
    for path in ("/dossiers", "/findings"):
        assert "being brought up to date (1 left)" in changing(path).text
    changing.ledger.freshen()
    assert "being brought up to date" not in changing("/dossiers").text
