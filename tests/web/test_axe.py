"""axe-core finds nothing serious on any page: light, dark and in a narrow window; and nothing is cut off there."""

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from web.conftest import Server

PAGES = (
    "/",
    "/add",
    "/dossiers",
    "/dossiers?q=помощь",
    "/dossiers/I1",
    "/dossiers/U4",
    "/dossiers/F11",
    "/dossiers/M12",
    "/dossiers/U35?as_of=2024-12-31",
    "/findings",
    "/report?id=01-aid",
    "/report?id=11-denial&record=2",
    "/reports",
    "/review",
    "/review?at=4",
    "/review/doubles",
    "/parties",
    "/parties/KZ",
    "/parties/KG/KZ",
    "/sums/KG/KZ",
    "/api",
    "/nowhere",
)
LOOKS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
    "narrow": {"color_scheme": "light", "viewport": {"width": 380, "height": 800}, "locale": "ru-RU"},
}
GRAVE = ("serious", "critical")


@pytest.fixture(params=LOOKS)
def look(request: pytest.FixtureRequest, browser: Browser, shown: Server):
    """A window of each sort."""
    context = browser.new_context(base_url=shown.url, **{"locale": "en-GB", **LOOKS[request.param]})
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def draft(shown: Server) -> str:
    """The address of a reading that waits to be recorded."""
    text = {"text": "Казахстан передал Киргизии 40 грузовиков.\nДо конца 2026 года передаст еще 20."}
    sent = httpx.post(f"{shown.url}/add/text", data=text, headers={"origin": shown.url}, timeout=60)
    return sent.headers["location"]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_grave_is_found(look: Page, path: str) -> None:
    look.goto(path)
    assert _faults(look) == []
    assert _too_wide(look) == []


def test_a_reading_to_be_recorded_has_nothing_grave(look: Page, draft: str) -> None:
    look.goto(draft)
    assert _faults(look) == []
    assert _too_wide(look) == []


def _faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:200]} {node['any'][0]['message'] if node['any'] else ''}"
        for one in found
        for node in one["nodes"]
        if one["impact"] in GRAVE
    ]


def _too_wide(page: Page) -> list[str]:
    """What stands out of the window to the right, unless it can be scrolled to."""
    return page.evaluate(
        """() => {
          if (document.documentElement.scrollWidth <= innerWidth) return [];
          const wide = (one) => one.getBoundingClientRect().right > innerWidth + 1;
          const found = [...document.querySelectorAll("main *, header *")].filter(wide);
          return found.slice(0, 5).map((one) => one.outerHTML.slice(0, 160));
        }"""
    )
