"""The pages of `servanda serve` over the examples -> docs/*.png, taken by Debian's chromium."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SHOWN = {"report": "/report?id=01-aid&record=4", "today": "/"}
WINDOW = {"width": 1160, "height": 680}
LARGEST = 200_000  # bytes of a picture
SERVANDA = [sys.executable, "-m", "servanda"]


def main() -> None:
    """Take all of them."""
    program = shutil.which("chromium")
    if program is None:
        sys.exit("chromium is missing: install it with apt-get install chromium")
    with served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=WINDOW, locale="en-GB")
        for name, path in SHOWN.items():
            page.goto(url + path)
            target = ROOT / f"docs/{name}.png"
            page.screenshot(path=target)
            assert target.stat().st_size < LARGEST, f"{target} is too large"
        browser.close()


@contextmanager
def served() -> Iterator[str]:
    """A server over a ledger of its own with the examples, all of them counted; its address."""
    with TemporaryDirectory() as folder:
        ledger = ["--ledger", str(Path(folder, "examples.db"))]
        subprocess.run([*SERVANDA, "add", "examples", *ledger], cwd=ROOT, check=True, capture_output=True)
        subprocess.run([*SERVANDA, "findings", *ledger], cwd=ROOT, check=True, capture_output=True)
        command = [*SERVANDA, "serve", "--port", "0", "--who", "anna", *ledger]
        server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        assert server.stderr is not None
        said = re.search(r"http://\S+(?=/)", server.stderr.readline())
        assert said is not None
        yield said[0]
        server.terminate()
        server.communicate()


if __name__ == "__main__":
    main()
