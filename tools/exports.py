"""The tables of the exports -> the last part of docs/EXPORTS.md, behind its heading "Tables"."""

from pathlib import Path

from servanda.exports.tables import Column, Table, load_tables

DOC = Path(__file__).resolve().parent.parent / "docs/EXPORTS.md"
MARK = "## Tables\n"


def main() -> None:
    """Write the file anew."""
    DOC.write_text(render_exports(), encoding="utf-8")


def render_exports() -> str:
    """The whole file."""
    head, mark, _ = DOC.read_text(encoding="utf-8").partition(MARK)
    return head + mark + "".join(map(_section, load_tables(with_text=True)))


def _section(table: Table) -> str:
    rows = "".join(f"| `{c.name}` | {_kind(c)} | {c.says}{_values(c)} |\n" for c in table.columns)
    key = ", ".join(f"`{name}`" for name in table.key)
    return f"\n### {table.name}\n{table.says} Key: {key}.\n\n| column | kind | meaning |\n|---|---|---|\n{rows}"


def _kind(column: Column) -> str:
    link = f", of [{column.link}](#{column.link})" if column.link else ""
    return column.kind + link + ("" if column.needed else ", may be empty")


def _values(column: Column) -> str:
    """The words that the column may hold, where GLOSSARY.md does not tell them."""
    words = ", ".join(f"`{value}`" for value in column.values)
    return f" One of {words}." if 0 < len(column.values) < 8 and column.name != "grade" else ""


if __name__ == "__main__":
    main()
