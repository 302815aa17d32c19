"""The page of a report: reading, correcting, adding and rejecting, with the mouse and by keys alone; hostile texts."""

import re
import time

import httpx
import pytest
from playwright.sync_api import expect

from desk import give, plain_record
from servanda.ledger.ledger import Ledger
from servanda.ledger.words import PLAIN
from servanda.web.blocks import make_blocks

# What stands outside of the basic plane before the words moves them in UTF-16, not in code points.
TEXT = (
    "📣 Сводка 🤝 дня\n\n"
    "Казахстан передаст Кыргызстану 300 тонн муки и обучит 20 врачей 🩺 до конца 2024 года.\r\n"
    "Узбекистан в мае построит для Таджикистана мост."
)
ID = "сводка/1 & <b>"


def span(words, text=TEXT):
    start = text.index(words)
    return [start, start + len(words)]


def _promise(quote, evidence, **fields):
    record = plain_record("undertaking", quote, by=["KZ"], to=["KG"], **fields)
    basis = {path: {"how": "stated", "rule": "object"} for path in evidence}
    own = {path: [span(words)] for path, words in ({"quote": quote} | evidence).items()}
    return record | {"evidence": own, "basis": basis, "confidence": {"": 0.4, "object": 0.9}}


GIVES = _promise(
    "Казахстан передаст Кыргызстану 300 тонн муки и обучит 20 врачей",
    {"object": "300 тонн муки", "by/0": "Казахстан", "to/0": "Кыргызстану"},
    object="300 тонн муки",
)
TRAINS = _promise(
    "обучит 20 врачей 🩺 до конца 2024 года",
    {"object": "20 врачей", "by/0": "Казахстан", "when": "до конца 2024 года"},
    act="train",
    object="20 врачей",
    when="../2023-12-31",
)


def record(server, *given):
    """Record readings behind the server's back."""
    ledger = Ledger.open(server.ledger, PLAIN)
    ledger.add(list(given), "desk")
    ledger.close()


def kept(server, report=ID):
    """What the ledger keeps of the report now."""
    ledger = Ledger.open(server.ledger, PLAIN)
    try:
        return ledger.kept(report)
    finally:
        ledger.close()


@pytest.fixture
def told(server):
    """The numbers of the two records of a report of our own."""
    record(server, give(ID, GIVES, TRAINS, text=TEXT, published="2023-10-01", lang="ru"))
    return [one.id for one in kept(server).told]


@pytest.fixture
def meant(server, told):
    """The same, where the reader has said already what the words mean: it takes some seconds to begin."""
    found = httpx.get(f"{server.url}/report/mentions", params={"id": ID}, timeout=120).json()
    assert any(one["value"] == "../2024-12-31" for one in found)
    return told


def open_report(page, number=None, report=ID):
    page.goto("/report?" + str(httpx.QueryParams({"id": report} | ({"record": number} if number else {}))))


def now(page):
    return page.locator(".card.now")


def lit(page, name="lit"):
    """The words that are lit, in order."""
    return page.evaluate("name => [...(CSS.highlights.get(name) ?? [])].map(String)", name)


def select(page, words):
    """Drag the mouse over words of the report."""
    boxes = page.evaluate(
        """([start, end]) => { const boxes = [...page.text.range(start, end).getClientRects()];
        return [boxes[0], boxes.at(-1)].map((b) => b.toJSON()) }""",
        span(words),
    )
    page.mouse.move(boxes[0]["left"] + 1, boxes[0]["top"] + boxes[0]["height"] / 2)
    page.mouse.down()
    page.mouse.move(boxes[1]["right"] - 1, boxes[1]["top"] + boxes[1]["height"] / 2, steps=4)
    page.mouse.up()


def click_words(page, words):
    box = page.evaluate("([s, e]) => page.text.range(s, e).getClientRects()[0].toJSON()", span(words))
    page.mouse.click(box["left"] + box["width"] / 2, box["top"] + box["height"] / 2)


def go_to(page, key, there):
    """Press a key until what has the focus is what was wanted."""
    for _ in range(60):
        if page.evaluate(f"({there})(document.activeElement)"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} never leads there")


def field(page, path):
    return page.locator(f'.card.now .field[data-path="{path}"]')


# Reading, and stepping through the records.


def test_a_record_lights_its_words_and_words_find_their_record(page, server, told):
    open_report(page)
    assert lit(page, "quote-undertaking") == [GIVES["quote"], TRAINS["quote"]]
    page.locator("a.head").first.click()
    assert lit(page, "now-quote-undertaking") == [GIVES["quote"]]
    assert lit(page, "now-field-undertaking") == ["Казахстан", "Кыргызстану", "300 тонн муки"]
    field(page, "object").hover()
    assert lit(page) == ["300 тонн муки"]
    click_words(page, "врачей")  # words of both: the narrowest record first, then the other
    expect(now(page)).to_have_id(f"r{told[1]}")
    assert lit(page) == ["20 врачей"]
    click_words(page, "врачей")
    expect(now(page)).to_have_id(f"r{told[0]}")
    click_words(page, "года")
    expect(now(page)).to_have_id(f"r{told[1]}")
    assert page.evaluate("new URL(location).searchParams.get('record')") == str(told[1])


def test_records_are_stepped_through_by_keys(page, server, told):
    open_report(page)
    page.keyboard.press("j")
    expect(now(page)).to_have_id(f"r{told[0]}")
    page.keyboard.press("n")
    expect(now(page)).to_have_id(f"r{told[1]}")
    expect(now(page).locator(".head")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(field(page, "by/0")).to_be_focused()
    assert lit(page) == ["Казахстан"]
    page.keyboard.press("k")
    expect(now(page)).to_have_id(f"r{told[0]}")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_contain_text("select words")


def test_each_field_says_how_it_came_from_the_words(page, server, told):
    open_report(page, told[0])
    expect(field(page, "object")).to_contain_text("300 тонн муки")
    expect(field(page, "object")).to_contain_text("as it stands · what the verb is done to · 0.90")
    expect(now(page)).to_contain_text("check")  # the record is not sure


def test_without_script_the_marks_of_the_server_show_it(browser, server, told, watched):
    context = browser.new_context(base_url=server.url, java_script_enabled=False)
    watched.follow(context, server.url)
    page = context.new_page()
    open_report(page, told[1])
    assert "".join(page.locator("mark.now").all_inner_texts()).startswith("Казахстан")
    page.locator(f"#r{told[0]} a.head").click()
    expect(now(page)).to_have_id(f"r{told[0]}")
    field(page, "object").locator(".edit").click()
    page.locator('.edit-form [name="f/object"]').fill("мука")
    page.locator(".edit-form button.main").click()
    expect(page.locator(".said")).to_contain_text("мука")
    context.close()


def test_where_a_browser_has_no_highlights_the_marks_show_it(page, server, told):
    page.add_init_script("delete window.Highlight")
    open_report(page)
    page.keyboard.press("j")
    assert page.locator("mark.now").first.evaluate("one => getComputedStyle(one).backgroundColor") != "rgba(0, 0, 0, 0)"
    assert "".join(page.locator("mark.now").all_inner_texts()) == GIVES["quote"]
    click_words(page, "года")
    expect(now(page)).to_have_id(f"r{told[1]}")


# Correcting a field by selecting words.


def test_a_field_is_corrected_by_selecting_words(page, server, meant):
    open_report(page, meant[1])
    field(page, "when").hover()
    field(page, "when").locator(".edit").click()
    select(page, "до конца 2024 года")
    form = page.locator(".edit-form")
    expect(form.locator("output")).to_have_text("«до конца 2024 года»")
    meaning = form.locator('[name="f/when"]')  # of the words, for a deadline; the first asked for waits for the reader
    expect(meaning).to_have_value("../2024-12-31", timeout=90_000)
    form.locator('[name="why"]').fill("the year")
    form.locator("button.main").click()
    expect(page.locator(".said")).to_contain_text("the year")
    expect(field(page, "when")).to_contain_text("set by a person")
    corrected = kept(server).told[1].record
    assert corrected.when == "../2024-12-31"
    assert corrected.evidence["when"] == (tuple(span("до конца 2024 года")),)


def test_a_field_is_corrected_by_keys_alone(page, server, meant):
    open_report(page, meant[0])
    page.keyboard.press("e")  # to the fields
    go_to(page, "ArrowDown", "one => one.dataset.path === 'to/0'")
    page.keyboard.press("e")
    expect(page.locator("#text")).to_be_focused()
    for key in ("End", "ArrowDown", "Home"):  # from «Кыргызстану» to the paragraph below, however wide the font
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    given = page.locator('.edit-form [name="f/to/0"]')
    expect(given).to_be_focused()
    expect(given).to_have_value("Uzbekistan")
    page.keyboard.press("Enter")
    expect(page.locator(".said")).to_be_visible()
    corrected = kept(server).told[0].record
    assert corrected.to == ("UZ",)
    assert corrected.evidence["to/0"] == (tuple(span("Узбекистан")),)


def test_a_choice_is_made_among_the_terms_and_what_is_filled_can_be_emptied(page, server, meant):
    open_report(page, meant[0])
    field(page, "act").focus()
    page.keyboard.press("Enter")
    page.locator('.edit-form [name="f/act"]').select_option("supply")
    page.keyboard.press("Tab")
    page.locator(".edit-form button.main").click()
    expect(field(page, "act")).to_contain_text("set by a person")
    field(page, "object").focus()
    page.keyboard.press("e")
    page.locator(".edit-form [name=empty]").click()
    expect(field(page, "object")).to_have_count(0)
    assert (kept(server).told[0].record.act, kept(server).told[0].record.object) == ("supply", None)
    now(page).locator('.open [data-path="amounts/0"]').click()
    expect(page.locator("#text")).to_be_focused()
    select(page, "300 тонн")
    expect(page.locator('.edit-form [name="f/amounts/0/number"]')).to_have_value("300")
    page.locator(".edit-form button.main").click()
    expect(field(page, "amounts/0")).to_contain_text("300")
    assert kept(server).told[0].record.amounts[0].number == 300


# Adding a missed record.


def test_a_missed_record_is_added_from_selected_words(page, server, meant):
    quote = "Узбекистан в мае построит для Таджикистана мост"
    open_report(page)
    select(page, quote)
    page.locator(".add-here").click()
    page.locator(".types .undertaking").click()
    form = page.locator("#new .edit-form")
    for path, words in (("by/0", "Узбекистан"), ("to/0", "Таджикистана"), ("object", "мост"), ("act", "построит")):
        form.locator(f'[name="f/{path}"]').focus()
        select(page, words)
        expect(form.locator(f'[data-widget="{path}"] output')).to_have_text(f"«{words}»")
    expect(form.locator('[name="f/by/0"]')).to_have_value("Uzbekistan")
    form.locator('[name="f/act"]').select_option("build")
    form.locator('[name="f/modality"]').select_option("obligation")
    form.locator("button.main").click()
    expect(now(page)).to_contain_text("Uzbekistan")
    expect(now(page).locator(".tag.added")).to_be_visible()
    added = next(t for t in kept(server).told if t.review == "added").record
    assert (added.quote, added.act, added.by, added.to, added.object) == (quote, "build", ("UZ",), ("TJ",), "мост")
    assert added.evidence["quote"] == (tuple(span(quote)),)
    assert added.evidence["to/0"] == (tuple(span("Таджикистана")),)
    assert added.basis["object"].how == "stated"


def test_a_missed_record_is_added_by_keys_alone(page, server, told):
    open_report(page)
    page.locator("body").press("v")
    expect(page.locator("#picking")).to_be_visible()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    page.keyboard.press("Shift+End")
    page.keyboard.press("Shift+ArrowLeft")  # without the full stop
    page.keyboard.press("a")
    expect(page.locator(".types .undertaking")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # undertaking, instrument, figure, meeting
    page.keyboard.press("Enter")
    form = page.locator("#new .edit-form")
    expect(form.locator('[name="f/kind"]')).to_be_focused()
    page.keyboard.press("t")  # talks
    go_to(page, "Tab", "one => one.name === 'f/status'")
    page.keyboard.press("h")  # held
    go_to(page, "Tab", "one => one.type === 'submit'")
    page.keyboard.press("Enter")
    expect(page.locator(".said")).to_contain_text("added record")
    added = next(t for t in kept(server).told if t.review == "added").record
    assert (added.type, added.kind, added.status) == ("meeting", "talks", "held")
    assert added.quote == "Узбекистан в мае построит для Таджикистана мост"


# Rejecting, and taking it back.


def test_a_record_is_rejected_and_taken_back(page, server, told):
    open_report(page, told[0])
    now(page).locator(".decide .why").fill("told by nobody")
    now(page).get_by_role("button", name="Reject").click()
    expect(now(page)).to_have_class(re.compile("rejected"))
    expect(now(page)).to_contain_text("told by nobody")
    assert kept(server).rejected == {told[0]}
    page.locator("[data-key~=z]").click()
    expect(now(page)).not_to_have_class(re.compile("rejected"))
    assert kept(server).rejected == frozenset()


def test_a_record_is_rejected_and_taken_back_by_keys_alone(page, server, told):
    open_report(page)
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(now(page)).to_have_class(re.compile("rejected"))
    page.keyboard.press("z")
    expect(now(page)).not_to_have_class(re.compile("rejected"))
    page.keyboard.press("c")
    expect(now(page).locator(".tag.confirmed")).to_be_visible()
    page.keyboard.press("j")
    expect(now(page)).to_have_id(f"r{told[1]}")
    assert [t.review for t in kept(server).told] == ["confirmed", None]


def test_what_somebody_decided_meanwhile_is_shown_and_not_overwritten(page, server, told, watched):
    open_report(page, told[0])
    ledger = Ledger.open(server.ledger, PLAIN)
    ledger.confirm(told[0], "Борис", "read it twice")
    ledger.close()
    page.keyboard.press("x")
    expect(page.locator("#main")).to_contain_text("Борис")
    expect(page.locator("#main")).to_contain_text("read it twice")
    watched.faults.clear()  # the browser and htmx note the refusal (409) as an error
    assert kept(server).rejected == frozenset()


# What else the ledger knows.


def test_other_reports_versions_and_decisions_stand_beside_it(page, server, told):
    record(server, give("другое", GIVES, text="Иначе. " + TEXT, published="2023-10-02", agency="Вестник"))
    record(server, give(ID, GIVES, text=TEXT + " Дополнено.", published="2023-10-01", lang="ru"))
    open_report(page, told[0])
    expect(page.locator(".report-head")).to_contain_text("version 2 of 2")
    expect(now(page).locator(".knows").first).to_contain_text("Also told by: Вестник, 2 October 2023")
    page.get_by_role("link", name="version 1, recorded").click()
    expect(page.locator(".notice")).to_contain_text("older version")
    expect(page.locator(".decide")).to_have_count(0)


def test_a_report_without_text_shows_the_clauses_and_says_why(page, server, told):
    record(server, give("без текста", GIVES, text=None))
    open_report(page, report="без текста")
    expect(page.locator(".notice")).to_contain_text("not kept")
    page.keyboard.press("j")
    expect(now(page).locator("blockquote")).to_have_text(GIVES["quote"])
    ledger = Ledger.open(server.ledger, PLAIN)
    ledger.purge(ID, "anna", "asked for")
    ledger.close()
    open_report(page, told[0])
    expect(page.locator(".notice.warn")).to_contain_text("asked for")
    expect(page.locator("body")).not_to_contain_text("муки")


def test_what_is_not_there_is_said(server):
    with httpx.Client(base_url=server.url) as client:
        check_refusals(client, server.url)


def check_refusals(client, url):
    assert client.get("/report?id=none").status_code == 404
    assert client.get("/report?id=07-loan&version=x").status_code == 422
    assert client.get("/report/field?id=07-loan&record=9999&field=by").status_code == 404
    assert client.get("/report?id=07-loan&record=9999").status_code == 200
    assert client.get("/report?id=07-loan&said=1").status_code == 200  # an entry that has no reason
    own = {"origin": url}
    late = {"report": "01-aid", "record": "1", "path": "quote", "f/quote": "слова", "seen": "0"}
    assert client.post("/report/correct", data=late, headers=own).status_code == 409  # what was read since then
    sent = {"report": "07-loan", "record": "9999", "path": "by/0"}
    assert client.post("/report/correct", data=sent, headers=own).status_code == 422
    assert client.post("/report/add", data={"report": "07-loan", "type": "rumour"}, headers=own).status_code == 422


# Hostile texts.


def test_every_code_point_keeps_its_place():
    text = "\ud800\x00\r\n📣\u202e\rа\n\n" + "б " * 4000 + "\n" * 3000 + "в"
    blocks = make_blocks(text, [])
    for block in blocks:
        words = "".join(piece.words for piece in block.pieces)
        own = text[block.start : block.start + len(words)]
        assert all(a == b or b in "\ufffd " for a, b in zip(own, words, strict=True))
    assert not set("".join(p.words for b in blocks for p in b.pieces)) & set("\ud800\x00\r\u202e")
    assert max(len(p.words) for b in blocks for p in b.pieces) < 4000


HOSTILE = (
    "<script>document.title='broken'</script><img src=x onerror=alert(1)></p></section>\x00\x1b[31m конец\n"
    "\u202eоторвано\u202c \u2066а\u2069 &lt;b&gt; {{ 7*7 }} \r\nКазахстан передаст муку."
)


def test_a_hostile_text_is_text(page, server):
    quote = "Казахстан передаст муку"
    own = plain_record("undertaking", quote, object="<b>муку</b>", source="</p><script>alert(1)</script>")
    own["evidence"] = {"quote": [span(quote, HOSTILE)]}
    record(server, give("hostile", own, text=HOSTILE))
    open_report(page, report="hostile")
    page.keyboard.press("j")
    assert lit(page, "now-quote-undertaking") == [quote]
    assert page.title() == "hostile · Servanda"
    shown = page.locator("#text").inner_text()
    assert "<script>document.title='broken'</script>" in shown
    assert not set(shown) & set("\x00\x1b\u202e\u202c\u2066\u2069")
    expect(now(page)).to_contain_text("<b>муку</b>")


@pytest.mark.parametrize("piece", ["слово " * 10, "ж" * 61, "а\n" * 30], ids=["one line", "one word", "short lines"])
def test_five_megabytes_stay_usable(page, server, piece):
    text = piece * (5_000_000 // len(piece.encode())) + "Казахстан передаст муку."
    quote = "Казахстан передаст муку"
    own = plain_record("undertaking", quote) | {"evidence": {"quote": [span(quote, text)]}}
    record(server, give("long", own, text=text))
    begun = time.monotonic()
    open_report(page, report="long")
    page.keyboard.press("j")
    expect(now(page)).to_be_visible()
    assert lit(page, "now-quote-undertaking") == [quote]
    assert time.monotonic() - begun < 20


# Other windows.


def test_in_a_narrow_window_the_sheet_of_the_record_stands_below(browser, server, watched, told):
    context = browser.new_context(base_url=server.url, viewport={"width": 380, "height": 700})
    watched.follow(context, server.url)
    page = context.new_page()
    open_report(page, told[1])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    text, sheet = page.locator("#text").bounding_box(), page.locator(".side").bounding_box()
    assert text["y"] < sheet["y"]
    assert sheet["y"] + sheet["height"] <= 701
    page.locator('[data-step="-1"]').click()
    expect(now(page)).to_have_id(f"r{told[0]}")
    context.close()
