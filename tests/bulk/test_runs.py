"""What a run leaves: everything once, the same bytes however it came about, and refusals that touch nothing."""

import json
import os
from pathlib import Path

import pytest

import archives
from faulty import bulk, contents, faults, places, write_lines
from servanda.bulk.folder import hold, outputs_of
from servanda.bulk.job import Run
from servanda.bulk.output import read_facts, read_rows
from servanda.errors import InputError
from servanda.sources.taken import Taking

FORMATS = pytest.mark.parametrize("format", ["parquet", "jsonl"])


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A folder with lines and texts."""
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.txt").write_text(f"text {n} TELLS")
    write_lines(folder / "more.jsonl", ["ok"] * 2_100 + ["RAISE", "TELLS"])
    (folder / "z.txt").write_bytes(b"")
    return folder


@FORMATS
def test_any_number_of_jobs_gives_the_same_bytes(tmp_path: Path, inputs: Path, format: str) -> None:
    for jobs in (1, 2):
        bulk(tmp_path / f"out{jobs}", inputs, jobs=jobs, format=format)
    assert contents(tmp_path / "out1") == contents(tmp_path / "out2")
    found = places(tmp_path / "out1")
    assert len(found) == len(set(found)) == 3 + 2_101
    assert set(faults(tmp_path / "out1")) == {f"{inputs}/more.jsonl:2101", f"{inputs}/z.txt"}


@FORMATS
def test_a_second_run_does_nothing_and_changes_nothing(tmp_path: Path, inputs: Path, format: str) -> None:
    bulk(tmp_path / "out", inputs, format=format)
    before = contents(tmp_path / "out")
    status = bulk(tmp_path / "out", inputs, format=format).status
    assert (status.done, status.before) == (0, status.total)
    assert contents(tmp_path / "out") == before


@FORMATS
def test_rows_come_back_as_they_were(tmp_path: Path, format: str) -> None:
    bulk(tmp_path / "out", write_lines(tmp_path / "in.jsonl", ["ok", "TELLS"]), format=format)
    (output,) = outputs_of(tmp_path / "out")
    plain, telling = read_rows(output)
    assert (plain.id, plain.records, plain.text, plain.reading) == ("d0", 0, None, None)
    assert (telling.id, telling.records, telling.text) == ("d1", 1, "TELLS")
    assert json.loads(telling.reading)["records"][0]["quote"] == "TELLS"  # type: ignore[arg-type]


@FORMATS
def test_an_output_that_was_cut_short_is_made_again(tmp_path: Path, inputs: Path, format: str) -> None:
    bulk(tmp_path / "out", inputs, format=format)
    before = contents(tmp_path / "out")
    for output in outputs_of(tmp_path / "out")[:2]:
        output.write_bytes(output.read_bytes()[:-7])
        assert read_facts(output) is None
    bulk(tmp_path / "out", inputs, format=format)
    assert contents(tmp_path / "out") == before


def test_what_processes_left_half_done_is_swept_away(tmp_path: Path, inputs: Path) -> None:
    bulk(tmp_path / "out", inputs)
    before = contents(tmp_path / "out")
    for name in (".x.parquet.12.part", ".x.parquet.journal"):
        (tmp_path / "out" / name).write_text("half")
    bulk(tmp_path / "out", inputs)
    assert contents(tmp_path / "out") == before


def test_an_input_that_changed_is_read_again(tmp_path: Path, inputs: Path) -> None:
    bulk(tmp_path / "out", inputs)
    write_lines(inputs / "more.jsonl", ["new"] * 10)
    status = bulk(tmp_path / "out", inputs).status
    assert (status.total, status.done) == (3, 1)
    bulk(tmp_path / "fresh", inputs)
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_an_input_that_was_taken_away_leaves_no_rows(tmp_path: Path, inputs: Path) -> None:
    bulk(tmp_path / "out", inputs)
    (inputs / "more.jsonl").unlink()
    bulk(tmp_path / "out", inputs)
    bulk(tmp_path / "fresh", inputs)
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_a_new_version_of_the_reader_reads_all_again(tmp_path: Path, inputs: Path) -> None:
    bulk(tmp_path / "out", inputs)
    status = bulk(tmp_path / "out", inputs, reader="faulty 2").status
    assert status.done == status.total


def test_other_settings_are_refused_and_nothing_is_touched(tmp_path: Path, inputs: Path) -> None:
    bulk(tmp_path / "out", inputs)
    before = contents(tmp_path / "out")
    for changed in ({"format": "jsonl"}, {"taking": Taking(published="2020-01-01")}):
        with pytest.raises(InputError, match="was begun with other settings"):
            bulk(tmp_path / "out", inputs, **changed)
    with pytest.raises(InputError, match="inputs was"):
        bulk(tmp_path / "out", inputs / "0.txt")
    assert contents(tmp_path / "out") == before


def test_a_folder_that_another_run_fills_is_refused(tmp_path: Path, inputs: Path) -> None:
    run = Run(inputs=(str(inputs),), out=tmp_path / "out", reader="x", make_reader=object)  # type: ignore[arg-type]
    with hold(run), pytest.raises(InputError, match="is being filled by another run"):
        bulk(tmp_path / "out", inputs)


def test_a_folder_that_holds_something_else_is_refused(tmp_path: Path, inputs: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="holds something else than a run"):
        bulk(tmp_path / "out", inputs)
    assert set(contents(tmp_path / "out")) == {"thesis.txt"}


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="a folder in which nobody may write")
def test_a_folder_that_cannot_be_written_is_said(inputs: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        bulk(Path("/proc/self/servanda"), inputs)


def test_inputs_that_are_missing_or_given_twice_are_refused(tmp_path: Path, inputs: Path) -> None:
    for given, said in (
        ([tmp_path / "nowhere"], "is not there"),
        ([inputs, tmp_path / "in/../in"], "is given twice"),
        ([inputs, inputs / "0.txt"], "lies within"),
        ([tmp_path], "or holds it"),
    ):
        with pytest.raises(InputError, match=said):
            bulk(tmp_path / "out", *given)
    assert not (tmp_path / "out").exists()


def test_inputs_without_a_report_are_said(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(InputError, match="no input found"):
        bulk(tmp_path / "out", tmp_path / "in")


def test_records_of_an_archive_that_are_no_page_are_counted_apart(tmp_path: Path) -> None:
    page = archives.record(1, b"<html><body><p>TELLS</p></body></html>")
    (tmp_path / "in.warc").write_bytes(archives.record(0, b"software: none", kind="warcinfo") + page)
    totals = bulk(tmp_path / "out", tmp_path / "in.warc").totals
    assert (totals["documents"], totals["rows"] + totals["rejected"], totals["no page"]) == (1, 1, 1)
