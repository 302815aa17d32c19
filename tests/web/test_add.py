"""Reports given on the page: their reading is seen, then recorded, then told what became of it."""

import json

import httpx
import pytest
from playwright.sync_api import Page, expect

from web.conftest import Server

TEXT = (
    "Бишкек, 3 октября. Казахстан передал Киргизии 40 грузовиков, сообщил министр обороны Киргизии Бакыт Сеитов. "
    "До конца 2026 года Казахстан передаст еще 20 грузовиков."
)
FIRST = 60_000.0  # milliseconds in which the reader starts, on a busy machine
TRUCKS = "Казахстан передал Киргизии 40 грузовиков."


@pytest.fixture
def client(server: Server):
    with httpx.Client(base_url=server.url, headers={"origin": server.url}, timeout=60) as made:
        yield made


def test_a_pasted_report_is_seen_recorded_and_found(page: Page) -> None:
    page.goto("/add")
    page.get_by_label("Text of the report").fill(TEXT)
    page.get_by_label("Published on", exact=True).fill("2026-10-03")
    page.get_by_text("Outlet, address, name").click()
    page.get_by_label("Name", exact=True).fill("trucks")
    page.get_by_role("button", name="Read").first.click()
    expect(page.get_by_role("heading", name="Read, not recorded yet")).to_be_visible(timeout=FIRST)
    expect(page.locator(".cards > li")).to_have_count(2)
    page.locator(".cards > li").nth(1).hover()
    expect(page.locator("mark.lit", has_text="До конца 2026 года")).to_be_visible()
    page.keyboard.press("r")
    expect(page.get_by_role("heading", name="Recorded", exact=True)).to_be_visible()
    expect(page.locator(".homes > li")).to_have_count(2)
    page.goto("/add")
    page.get_by_label("Text of the report").fill(TEXT)
    page.get_by_label("Published on", exact=True).fill("2026-10-03")
    page.get_by_text("Outlet, address, name").click()
    page.get_by_label("Name", exact=True).fill("trucks")
    page.get_by_role("button", name="Read").first.click()
    expect(page.get_by_text("there already, adds nothing")).to_be_visible()


def test_of_dropped_lines_one_that_is_broken_is_named_and_the_rest_recorded(page: Page) -> None:
    lines = [json.dumps({"id": "one", "published": "2026-10-03", "text": TRUCKS}), '{"id": "two", ', ""]
    lines.append(json.dumps({"id": "three", "published": "2026-10-04", "text": "Иран передал Армении 5 автобусов."}))
    page.goto("/add")
    page.evaluate(
        """(text) => {
          const data = new DataTransfer();
          data.items.add(new File([text], "wire.jsonl"));
          document.querySelector(".drop").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
        }""",
        "\n".join(lines),
    )
    page.get_by_role("button", name="Read").last.click()
    expect(page.locator(".rejected li")).to_contain_text("wire.jsonl:2", timeout=FIRST)
    expect(page.locator(".seen-report")).to_have_count(2)
    page.get_by_role("checkbox", name="three").uncheck()
    page.get_by_role("button", name="Record").click()
    expect(page.locator("article")).to_have_count(1)
    expect(page.locator("article")).to_contain_text("one")


def test_it_works_without_script(browser, server: Server) -> None:
    context = browser.new_context(base_url=server.url, java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto("/add")
    page.get_by_label("Text of the report").fill(TRUCKS)
    page.get_by_role("button", name="Read").first.click(timeout=FIRST)
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_role("heading", name="Recorded", exact=True)).to_be_visible()
    context.close()


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.pdf", b"%PDF-1.4", "PDF"),
        ("a.txt", b"", "is empty"),
        ("a.txt", b"a" * 3_000_000, "over the limit of 2 MB"),
        ("a.jsonl", b"[1]", "is a list, not an object"),
    ],
    ids=["PDF", "empty", "too large", "no object"],
)
def test_what_cannot_be_read_is_said_with_its_remedy(client, name: str, content: bytes, fault: str) -> None:
    seen = client.post("/add/files", files=[("files", (name, content))], follow_redirects=True)
    assert fault in seen.text
    assert "Nothing here could be read" in seen.text


def test_other_encodings_are_read(client) -> None:
    seen = client.post("/add/files", files=[("files", ("a.txt", TRUCKS.encode("cp1251")))], follow_redirects=True)
    assert "Kazakhstan gave Kyrgyzstan" in seen.text


def test_a_day_that_is_none_is_said(client) -> None:
    files = [("files", ("a.txt", TRUCKS.encode()))]
    refused = client.post("/add/files", data={"published": "вчера"}, files=files)
    assert refused.status_code == 422
    assert "2021-12-08" in refused.text


def test_another_text_of_the_same_name_is_a_new_version(client) -> None:
    seen = client.post("/add/text", data={"id": "01-aid", "text": TRUCKS}, follow_redirects=True)
    assert "a new version of a report that is there" in seen.text


def test_two_files_of_one_name_are_not_two_versions(client) -> None:
    files = [("files", ("a.txt", TRUCKS.encode())), ("files", ("other/a.txt", b"Something else."))]
    seen = client.post("/add/files", files=files, follow_redirects=True)
    assert "two reports with different texts" in seen.text


def test_hostile_words_are_shown_as_words(client) -> None:
    text = f"<script>alert(1)</script>\u202e {TRUCKS}"
    seen = client.post("/add/text", data={"id": "<b>x", "text": text}, follow_redirects=True)
    assert "<script>alert" not in seen.text
    assert "\u202e" not in seen.text
    assert "&lt;b&gt;x" in seen.text


def test_what_the_reader_finds_odd_is_said_in_russian(client) -> None:
    client.cookies.set("ui", "ru")
    text = "Министр прибыл в Астану в среду, 9 декабря 2021 года. " + TRUCKS
    seen = client.post("/add/text", data={"text": text}, follow_redirects=True)
    assert "9 декабря 2021 года – не «среду», а «четверг»" in seen.text.replace("\u00a0", " ")


def test_what_is_no_longer_kept_is_said(client) -> None:
    assert client.get("/add/AAAAAAAAAAAAAAAAAAAAAA").status_code == 404
    assert client.get("/add/..%2f..%2fetc%2fpasswd").status_code == 404


def test_the_page_can_be_left_and_seen_again_after_recording(client) -> None:
    read = client.post("/add/text", data={"id": "trucks", "text": TRUCKS})
    where = read.headers["location"]
    assert client.post(where, data={"chosen": "0"}).headers["location"] == where
    assert "New dossier" in client.get(where).text
    assert "was there already" in client.post(where, data={"chosen": "0"}, follow_redirects=True).text


@pytest.mark.parametrize("name", ["..", ".", "/", "a\\..\\..", "я" * 400 + ".txt", "a\x00b.txt", ".txt"])
def test_a_file_may_be_called_anything(client, name: str) -> None:
    seen = client.post("/add/files", files=[("files", (name, TRUCKS.encode()))], follow_redirects=True)
    assert "Kazakhstan gave Kyrgyzstan" in seen.text
