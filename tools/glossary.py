"""The enumerations of model/terms.py -> GLOSSARY.md on standard output: every word of a record and what it means."""

import ast
from collections.abc import Iterator
from pathlib import Path

TERMS = Path(__file__).resolve().parent.parent / "src/servanda/model/terms.py"
HEAD = """# Glossary

The words a record may use, printed from `src/servanda/model/terms.py` by `make docs`.

Parties are ISO 3166-1 alpha-2 codes (`KZ`), acronyms of intergovernmental bodies (`EAEU`), or `name:` and a name.
Dates are EDTF (ISO 8601-2): `2021-12-07`, `2021-01/2021-09`, `../2025-12-31` (by then), `2021/..` (from then).
Spans are `[start, end)` in code points of the report's text as received.
"""


def main() -> None:
    """Print the glossary."""
    print(render_glossary(), end="")


def render_glossary() -> str:
    """The whole file."""
    source = TERMS.read_text(encoding="utf-8")
    classes = [node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)]
    return HEAD + "".join(_section(node, source.splitlines()) for node in classes)


def _section(node: ast.ClassDef, lines: list[str]) -> str:
    rows = "".join(f"| `{word}` | {meaning} |\n" for word, meaning in _words(node, lines))
    return f"\n## {node.name}\n{ast.get_docstring(node)}\n\n| word | meaning |\n|---|---|\n{rows}"


def _words(node: ast.ClassDef, lines: list[str]) -> Iterator[tuple[str, str]]:
    """Each value with the comment beside it, which the syntax tree does not keep."""
    for item in node.body:
        if isinstance(item, ast.Assign) and isinstance(item.value, ast.Constant):
            yield str(item.value.value), lines[item.lineno - 1].partition("#")[2].strip()


if __name__ == "__main__":
    main()
