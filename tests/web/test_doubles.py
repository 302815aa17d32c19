"""Two dossiers that may be one: side by side, merged, kept apart, or left for later."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from web.conftest import Server, Watched, open_page, serve

STEPPE, MEKONG = "Степные вести", "Меконг-пресс"


def agreement(report: str, day: str, agency: str, text: str, subject: str, step: str, parties: list[str]) -> Any:
    """A report of one sentence that tells of an agreement."""
    quote = text.partition(".")[0]
    record = {
        **{"type": "instrument", "quote": quote, "certainty": "stated", "source": None, "kind": "agreement"},
        **{"parties": parties, "subject": subject, "count": None, "valid": None},
        "steps": [{"step": step, "date": day if step == "signed" else None, "by": None}],
        "evidence": {
            "quote": [[0, len(quote)]],
            "subject": [[text.index(subject), text.index(subject) + len(subject)]],
        },
    }
    return {"id": report, "published": day, "agency": agency, "lang": "ru", "text": text, "records": [record]}


TWINS = [
    agreement(
        "water-1",
        "2031-03-04",
        STEPPE,
        "Казахстан и Киргизия подписали соглашение о совместном использовании водохранилища. Оно действует пять лет.",
        "о совместном использовании водохранилища",
        "signed",
        ["KZ", "KG"],
    ),
    agreement(
        "water-2",
        "2031-05-20",
        MEKONG,
        "Киргизия и Казахстан готовят соглашение о водохранилище. Текст обсуждают эксперты.",
        "о водохранилище",
        "negotiated",
        ["KG", "KZ"],
    ),
    agreement(
        "gas-1",
        "2031-04-10",
        STEPPE,
        "Россия и Лаос подписали соглашение о поставке газовых турбин. Сумма не названа.",
        "о поставке газовых турбин",
        "signed",
        ["RU", "LA"],
    ),
    agreement(
        "gas-2",
        "2031-07-11",
        MEKONG,
        "Лаос обсуждает с Россией соглашение о поставке турбин. Речь о второй станции.",
        "о поставке турбин",
        "negotiated",
        ["LA", "RU"],
    ),
]


@pytest.fixture
def twins(tmp_path: Path) -> Iterator[Server]:
    """A server over two pairs of agreements, of which each may be one."""
    readings, ledger = tmp_path / "twins.jsonl", tmp_path / "twins.db"
    readings.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in TWINS), encoding="utf-8")
    for command in (["add", "--readings", readings, "--who", "desk"], ["findings"]):
        argv = [sys.executable, "-m", "servanda", *map(str, command), "--ledger", str(ledger)]
        subprocess.run(argv, check=True, capture_output=True)
    yield from serve(ledger)


@pytest.fixture
def twins_page(browser: Browser, twins: Server, watched: Watched) -> Iterator[Page]:
    """A window at it."""
    yield from open_page(browser, twins, watched)


def said(page: Page) -> Any:
    """What the page says was decided."""
    return page.locator("#said .said")


def left(page: Page) -> int:
    """How many records wait."""
    return int(page.locator(".tabs [aria-current] .count").inner_text())


def press(page: Page, key: str, outcome: str) -> None:
    """Press a key, and wait for what the page then says."""
    page.keyboard.press(key)
    expect(said(page)).to_contain_text(outcome)


def test_two_are_merged_and_two_kept_apart(twins_page: Page) -> None:
    page = twins_page
    page.goto("/review/doubles")
    assert left(page) == 2
    expect(page.locator(".because")).to_contain_text("same parties")
    assert page.locator(".differs").count() > 0
    titles = page.locator("thead th").all_inner_texts()
    press(page, "m", "joined records")
    expect(page.locator(".tabs [aria-current] .count")).to_have_text("1")
    assert page.locator("thead th").all_inner_texts() != titles
    press(page, "s", "kept apart records")
    expect(page.locator(".none")).to_be_visible()
    press(page, "u", "took back entry")
    assert left(page) == 1


def test_later_enters_nothing(twins_page: Page) -> None:
    page = twins_page
    page.goto("/review/doubles")
    titles = page.locator("thead th").all_inner_texts()
    page.keyboard.press("j")
    expect(page.locator(".pair-head")).to_contain_text("2 of 2")
    assert page.locator("thead th").all_inner_texts() != titles
    assert left(page) == 2


def test_a_double_is_settled_from_its_record(twins_page: Page) -> None:
    page = twins_page
    page.goto("/review")
    expect(page.locator(".double")).to_contain_text("Perhaps the same")
    press(page, "m", "joined records")
    expect(page.locator(".double")).to_have_count(0)
    expect(page.locator(".known .others li")).to_have_count(1)
    press(page, "t", "kept apart records")
    expect(page.locator(".known .others li")).to_have_count(0)
