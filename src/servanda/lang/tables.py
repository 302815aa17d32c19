"""The name of a language's table -> its rows."""

from importlib.resources import files


def read_table(code: str, name: str) -> list[dict[str, str]]:
    """The rows of `data/<code>/<name>.tsv` by the names of its columns."""
    text = files("servanda.lang").joinpath("data", code, f"{name}.tsv").read_text("utf-8")
    header, *rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return [dict(zip(header, row, strict=False)) for row in rows]
