"""servanda export, over a small ledger."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FORMATS = {"jsonl": "all.jsonl", "csv": "all", "sqlite": "all.db", "ics": "all.ics", "gold": "gold"}
TEXT = "Казахстан передаст Узбекистану зерно до 1 июня 2024 года. Посол уехал."

Export = Callable[..., Any]


@pytest.fixture
def export(run: Callable[..., Any], tmp_path: Path) -> Export:
    """Run `servanda export` over a ledger of one report."""
    promise = {
        **{"type": "undertaking", "quote": TEXT[:56], "certainty": "stated", "source": None, "modality": "obligation"},
        **{"progress": "announced", "act": "give", "by": ["KZ"], "to": ["UZ"], "object": "зерно", "amounts": []},
        **{"terms": [], "places": [], "when": "../2024-06-01", "under": None},
    }
    reading = {"id": "r-1", "published": "2024-03-01", "records": [promise], "text": TEXT}
    (tmp_path / "readings.jsonl").write_text(json.dumps(reading), encoding="utf-8")
    ledger = tmp_path / "ledger.db"
    assert run("add", "--readings", tmp_path / "readings.jsonl", "--ledger", ledger, "--who", "desk").code == 0
    return lambda *argv: run("export", *argv, "--ledger", ledger)


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_written(export: Export, tmp_path: Path, format: str) -> None:
    done = export(format, tmp_path / FORMATS[format])
    assert (done.code, done.out) == (0, "")
    assert (tmp_path / FORMATS[format]).exists()
    assert "1 dossier" in done.err


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_is_replaced_unless_it_is_asked_for(export: Export, tmp_path: Path, format: str) -> None:
    out = tmp_path / FORMATS[format]
    assert export(format, out).code == 0
    again = export(format, out)
    assert again.code == 2
    assert "--force" in again.err
    assert export(format, out, "--force").code == 0


def test_a_zip_file_is_a_package_too(export: Export, tmp_path: Path) -> None:
    assert export("csv", tmp_path / "all.zip").code == 0
    assert (tmp_path / "all.zip").read_bytes().startswith(b"PK")


def test_datasette_finds_its_metadata_beside(export: Export, tmp_path: Path) -> None:
    export("sqlite", tmp_path / "desk.db")
    assert "desk" in json.loads((tmp_path / "desk.metadata.json").read_text(encoding="utf-8"))["databases"]


def test_parties_are_asked_for_by_name(export: Export, tmp_path: Path) -> None:
    for n, (party, count) in enumerate({"KZ": 1, "Узбекистан": 1, "Таджикистан": 0}.items()):
        done = export("jsonl", tmp_path / f"{n}.jsonl", party)
        assert done.code == 0
        assert len((tmp_path / f"{n}.jsonl").read_text(encoding="utf-8").splitlines()) == count


def test_as_of_a_day_only_what_was_published_is_there(export: Export, tmp_path: Path) -> None:
    export("ics", tmp_path / "before.ics", "--as-of", "2024-02-01")
    export("ics", tmp_path / "after.ics", "--as-of", "2024-07-01", "--ui", "ru")
    assert "VEVENT" not in (tmp_path / "before.ics").read_text(encoding="utf-8")
    assert "Срок прошёл 30 дней назад" in (tmp_path / "after.ics").read_text(encoding="utf-8").replace("\n ", "")


@pytest.mark.parametrize("format", ["jsonl", "csv", "sqlite"])
def test_texts_come_only_where_they_are_asked_for(export: Export, tmp_path: Path, format: str) -> None:
    for options in ((), ("--with-text",)):
        out = tmp_path / f"{len(options)}{FORMATS[format]}"
        assert export(format, out, *options).code == 0
        files = [out] if out.is_file() else list(out.iterdir())
        assert any("Посол уехал".encode() in file.read_bytes() for file in files) is bool(options)


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("gold", "KZ"), "leave the parties out"),
        (("ics", "--with-text"), "a calendar holds no texts"),
        (("jsonl", "--findings"), "has no place in jsonl"),
    ],
)
def test_what_does_not_go_together_is_refused(export: Export, tmp_path: Path, argv: list[str], said: str) -> None:
    done = export(argv[0], tmp_path / "out", *argv[1:])
    assert done.code == 2
    assert said in done.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("format", ["csv", "sqlite"])
def test_findings_come_where_they_are_asked_for(
    export: Export, run: Callable[..., Any], tmp_path: Path, format: str
) -> None:
    quote = "Зерна будет передано 70 тонн, а не 90."
    told = {"type": "figure", "quote": quote, "certainty": "stated", "source": None, "metric": "trade"}
    told |= {"who": ["KZ", "UZ"], "period": "2023", "forecast": False}
    value = {"amount": {"number": 3, "unit": "USD", "bound": "exactly"}, "changes": []}
    growth = {"amount": {"number": 9, "unit": "USD", "bound": "exactly"}}
    growth["changes"] = [{"percent": 20.0, "times": None, "against": "2023"}]
    records = [told | value, told | growth | {"period": "2024"}]
    reading = {"id": "r-2", "published": "2025-03-01", "records": records, "text": quote}
    (tmp_path / "more.jsonl").write_text(json.dumps(reading), encoding="utf-8")
    assert run("add", "--readings", tmp_path / "more.jsonl", "--ledger", tmp_path / "ledger.db", "--who", "x").code == 0
    for options in ((), ("--findings",)):
        out = tmp_path / f"{len(options)}{FORMATS[format]}"
        assert export(format, out, *options).code == 0
        file = out if out.is_file() else out / "findings.csv"
        assert (b"growth" in file.read_bytes().replace(b"growth or fall", b"")) is bool(options)


def test_a_party_that_nobody_knows_is_refused(export: Export, tmp_path: Path) -> None:
    assert export("jsonl", tmp_path / "out", "Атлантида").code == 2
