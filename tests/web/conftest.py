"""The real server over a real ledger, and a real browser; without chromium its tests skip, but never where CI=true."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from servanda.cli.serve import _Maker

EXAMPLES = Path(__file__).parents[2] / "examples"
_FLAGS = ("no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking")
_SECONDS = 60.0  # for a server to answer


@dataclass(frozen=True)
class Server:
    """A running `servanda serve`."""

    url: str
    ledger: Path


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with what the examples tell; copied for whoever changes it."""
    path = tmp_path_factory.mktemp("ledger") / "examples.db"
    _servanda("add", EXAMPLES, "--ledger", path, "--who", "desk")
    _servanda("findings", "--ledger", path)  # brings the index up to date: no test sees half of a list
    return path


@pytest.fixture(scope="session")
def shown(recorded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server with the examples, for all tests that change nothing."""
    ledger = tmp_path_factory.mktemp("shown") / "ledger.db"
    shutil.copy(recorded, ledger)
    yield from serve(ledger)


@pytest.fixture
def server(recorded: Path, tmp_path: Path) -> Iterator[Server]:
    """A server over a ledger of its own with the examples in it."""
    ledger = tmp_path / "ledger.db"
    shutil.copy(recorded, ledger)
    yield from serve(ledger)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Server]:
    """A server over a ledger in which nothing is."""
    yield from serve(tmp_path / "ledger.db")


def serve(ledger: Path) -> Iterator[Server]:
    """Serve a ledger until the test is over."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "servanda", "serve", "--ledger", ledger, "--port", str(port), "--who", "anna"]
    process = subprocess.Popen(list(map(str, command)), stderr=subprocess.PIPE)
    try:
        url = f"http://127.0.0.1:{port}"
        _await(process, url)
        yield Server(url, ledger)
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _servanda(*argv: object) -> None:
    subprocess.run([sys.executable, "-m", "servanda", *map(str, argv)], check=True, capture_output=True)


def _await(process: "subprocess.Popen[bytes]", url: str) -> None:
    end = time.monotonic() + _SECONDS
    while True:
        try:
            httpx.get(f"{url}/static/icon.svg", timeout=5)
            return
        except httpx.TransportError:
            if process.poll() is not None or time.monotonic() > end:
                process.kill()
                raise
            time.sleep(0.1)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium without a window."""
    program = shutil.which("chromium")
    if program is None:
        assert os.environ.get("CI") != "true", "chromium is missing: install it with apt-get install chromium"
        pytest.skip("chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=[f"--{flag}" for flag in _FLAGS])
        yield started
        started.close()


@dataclass
class Watched:
    """What a browser must not have done by the end of a test."""

    faults: list[str]
    outside: list[str]

    def follow(self, context: BrowserContext, url: str) -> None:
        """Note errors and requests that leave this server."""
        context.on("console", lambda m: self.faults.append(m.text) if m.type == "error" else None)
        context.on("weberror", lambda e: self.faults.append(str(e.error)))
        context.on("request", lambda r: self.outside.append(r.url) if not r.url.startswith((url, "data:")) else None)


@pytest.fixture
def watched() -> Iterator[Watched]:
    """No test ends well with an error on the console, or with a request to the outside."""
    seen = Watched([], [])
    yield seen
    assert seen.faults == []
    assert seen.outside == []


@pytest.fixture
def page(browser: Browser, server: Server, watched: Watched) -> Iterator[Page]:
    """A fresh window at the server with the examples; addresses are relative to it."""
    yield from open_page(browser, server, watched)


@pytest.fixture
def shown_page(browser: Browser, shown: Server, watched: Watched) -> Iterator[Page]:
    """The same at the server that nobody changes."""
    yield from open_page(browser, shown, watched)


def open_page(browser: Browser, server: Server, watched: Watched, **options: Any) -> Iterator[Page]:
    """A window in a context of its own, with options such as `viewport`, `color_scheme`, `locale`."""
    asked = {"locale": "en-GB", "viewport": {"width": 1280, "height": 900}} | options
    context = browser.new_context(base_url=server.url, **asked)
    context.set_default_timeout(15_000)
    watched.follow(context, server.url)
    yield context.new_page()
    context.close()


class Asked:
    """Answers of the application, without a server or a browser between; its index is up to date."""

    def __init__(self, ledger: Path, drafts: Path) -> None:
        self.app = _Maker(ledger, None, "127.0.0.1", "anna", drafts)()
        self.ledger = self.app.state.served.ledger
        self.ledger.freshen()

    def __call__(self, path: str, method: str = "GET", **more: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            way = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=way, base_url="http://127.0.0.1") as client:
                return await client.request(method, path, **more)

        with ThreadPoolExecutor(1) as thread:  # where the browser of other tests has its loop, none can be run here
            return thread.submit(asyncio.run, ask()).result()


@pytest.fixture(scope="session")
def asked(recorded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    """The application over the examples, for tests that change nothing."""
    folder = tmp_path_factory.mktemp("asked")
    shutil.copy(recorded, folder / "ledger.db")
    made = Asked(folder / "ledger.db", folder)
    yield made
    made.ledger.close()


@pytest.fixture
def changing(recorded: Path, tmp_path: Path) -> Iterator[Asked]:
    """The same over a ledger of its own."""
    shutil.copy(recorded, tmp_path / "ledger.db")
    made = Asked(tmp_path / "ledger.db", tmp_path)
    yield made
    made.ledger.close()
