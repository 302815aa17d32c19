"""A report of examples/ -> docs/servanda.svg: what the terminal shows for it, drawn from the command's real output."""

import re
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHOWN = ["servanda", "read", "examples/02-ratified.txt"]
COLUMN, LINE, MARGIN = 8.2, 19, 20
INK = {"36": "#2fb5c7", "32": "#57c46b", "33": "#e0b13c", "35": "#d77ede"}
PAPER, PLAIN, DIM = "#15191f", "#d8dee6", "#8b95a1"
_STYLE = re.compile(r"\x1b\[([\d;]*)m")


def main() -> None:
    """Run the command and write the picture."""
    command = [sys.executable, "-m", *SHOWN, "--color", "always"]
    page = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    lines = [f"\x1b[1m$ {' '.join(SHOWN)}\x1b[0m", *page.rstrip().split("\n")]
    (ROOT / "docs/servanda.svg").write_text(render_svg(lines), encoding="utf-8")


def render_svg(lines: list[str]) -> str:
    """The lines as an SVG; each run is fitted to its columns, whatever font the viewer has."""
    width = max(len(_STYLE.sub("", line)) for line in lines) * COLUMN + 2 * MARGIN
    height = len(lines) * LINE + 2 * MARGIN
    body = "\n".join(run for n, line in enumerate(lines) for run in _runs(line, MARGIN + (n + 1) * LINE - 5))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" width="{width:.0f}" '
        f'font-family="\'DejaVu Sans Mono\', Menlo, Consolas, monospace" font-size="13.6">\n'
        f'<rect width="100%" height="100%" rx="8" fill="{PAPER}"/>\n{body}\n</svg>\n'
    )


def _runs(line: str, y: int) -> Iterator[str]:
    """The runs of one style in a line, each where its columns begin."""
    column, style = 0, ""
    for n, piece in enumerate(_STYLE.split(line)):
        if n % 2:
            style = piece
        elif piece:
            if piece.strip():
                yield _run(piece.rstrip(), style.split(";"), MARGIN + column * COLUMN, y)
            column += len(piece)


def _run(words: str, styles: list[str], x: float, y: int) -> str:
    ink = next((INK[s] for s in styles if s in INK), DIM if "2" in styles else PLAIN)
    look = f' fill="{ink}"' + (' font-weight="bold"' if "1" in styles else "")
    look += ' text-decoration="underline"' if "4" in styles else ""
    lead = len(words) - len(words.lstrip())
    words = words.lstrip()
    fitted = f'textLength="{len(words) * COLUMN:.1f}" lengthAdjust="spacingAndGlyphs"'
    return f'<text x="{x + lead * COLUMN:.1f}" y="{y}" {fitted} xml:space="preserve"{look}>{escape(words)}</text>'


if __name__ == "__main__":
    main()
