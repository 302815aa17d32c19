"""The command's verbs, streams and exit codes."""

import json
import logging
import os
import signal
import subprocess
import sys
import time
from multiprocessing import Semaphore
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from servanda.cli.work import _begin
from servanda.model.schema import reading_schema

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
AID = EXAMPLES / "01-aid.txt"


def test_every_example_gives_a_valid_line(run) -> None:
    done = run("read", EXAMPLES, "--format", "jsonl")
    assert done.code == 0
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert len(lines) >= 12
    validator = Draft202012Validator(reading_schema())
    for line in lines:
        validator.validate(line)


def test_the_same_bytes_from_one_process_or_two_in_the_order_of_the_input(run) -> None:
    command = [sys.executable, "-m", "servanda", "read", EXAMPLES, "--format", "jsonl"]
    alone = subprocess.run(command, capture_output=True, check=True)
    together = subprocess.run([*command, "--jobs", "2"], capture_output=True, check=True)
    assert alone.stdout == together.stdout
    assert alone.stderr == together.stderr
    backwards = run("read", *sorted(EXAMPLES.iterdir(), reverse=True), "--format", "jsonl")
    assert sorted(backwards.out.splitlines()) == sorted(alone.stdout.decode().splitlines())


def test_a_page_for_people(run) -> None:
    done = run("read", AID)
    assert done.code == 0
    assert "Kazakhstan" in done.out
    assert "\x1b" not in done.out
    assert "Казахстан" in run("read", AID, "--ui", "ru").out


def test_colour_when_asked_for(run) -> None:
    assert "\x1b[" in run("read", AID, "--color", "always").out


def test_standard_input_as_text_and_as_lines(run) -> None:
    text = AID.read_text()
    lines = json.dumps({"id": "one", "text": text}, ensure_ascii=False).encode()
    first = json.loads(run("read", "--format", "jsonl", stdin=text.encode()).out)
    second = json.loads(run("read", "-", "--format", "jsonl", stdin=lines).out)
    assert (first["id"], second["id"]) == ("stdin", "one")
    assert first["records"] == second["records"]


def test_the_day_of_publication_is_asked_for_where_dates_hang_on_it(run) -> None:
    text = "Президент Казахстана накануне провел встречу с президентом Киргизии.".encode()
    done = run("read", "--format", "jsonl", stdin=text)
    assert done.code == 0
    assert "stdin: no publication date: 1 date left open; give it with --published" in done.err
    assert run("read", "--format", "jsonl", "--published", "2024-05-03", stdin=text).err == ""


def test_what_cannot_be_read_is_named_and_the_rest_is_read(run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "a", "text": "Слово."}\n{"id": "b"\n{"id": "c"}\n', encoding="utf-8")
    done = run("read", bad, tmp_path / "gone.txt", AID, "--format", "jsonl")
    assert done.code == 1
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == ["a", "01-aid"]
    errors = done.err.splitlines()
    assert [line.split(": ")[1] for line in errors] == [f"{bad}:2", f"{bad}:3", str(tmp_path / "gone.txt")]
    assert all(";" in line for line in errors)  # each with its remedy


def test_another_language_is_said_and_not_misread(run) -> None:
    done = run("read", EXAMPLES / "14-english.txt", "--format", "jsonl")
    reading = json.loads(done.out)
    assert reading["records"] == []
    assert "language" in [f["code"] for f in reading["findings"]]


def test_a_lone_surrogate_leaves_valid_json(run) -> None:
    line = b'{"id": "x", "text": "\xd0\x9a\xd0\xb0\xd0\xb7\xd0\xb0\xd1\x85\\ud800"}'
    done = run("read", "--format", "jsonl", stdin=line)
    assert "Traceback" not in done.err
    assert [json.loads(one)["id"] for one in done.out.splitlines()] in (["x"], [])


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["write"],
        ["read", "--format", "xml"],
        ["read", AID, "--published", "yesterday"],
        ["read", AID, "--tables", "/nowhere"],
        ["read", AID, "--jobs", "-1"],
        ["explain", AID, "--record", "first"],
    ],
)
def test_a_command_not_understood(run, argv: list[str]) -> None:
    done = run(*argv)
    assert done.code == 2
    assert done.out == ""
    assert "Traceback" not in done.err
    assert done.err.startswith(("servanda:", "usage:"))


def test_the_version_and_the_schema(run) -> None:
    assert run("--version").out.startswith("servanda ")
    assert json.loads(run("schema").out) == reading_schema()


def test_mentions_are_the_words_at_their_spans(run) -> None:
    text = AID.read_text()
    mentions = [json.loads(line) for line in run("mentions", AID, "--format", "jsonl").out.splitlines()]
    assert {"time", "amount", "party", "person"} <= {m["type"] for m in mentions}
    for m in mentions:
        assert text[slice(*m["span"])] == m["text"]
        assert list(m) == ["id", "type", "span", "text", "value", "rule", "used"]
    assert "in no record" in run("mentions", AID).out


def test_explain_tells_words_and_rule_of_one_record(run) -> None:
    done = run("explain", AID, "--record", "1")
    assert done.code == 0
    assert "kind: Agreement" in done.out
    assert "    words " in done.out
    assert "    how " in done.out


def test_explain_says_which_records_there_are(run) -> None:
    done = run("explain", EXAMPLES / "06-domestic.txt", "--record", "3")
    assert done.code == 1
    assert "has no record" in done.err
    assert "No record" in run("explain", EXAMPLES / "06-domestic.txt").out
    assert "no report has the id" in run("explain", AID, "--id", "nobody").err


def test_tables_are_listed_and_checked(run, tmp_path: Path) -> None:
    assert "states" in run("tables", "list").out
    assert run("tables", "check").code == 0
    (tmp_path / "states.tsv").write_text("code\tname\nXX\n", encoding="utf-8")
    done = run("tables", "check", "--tables", tmp_path)
    assert done.code == 1
    assert "states.tsv:" in done.err


def test_a_table_laid_over_changes_the_reading(run, tmp_path: Path) -> None:
    row = "code\tname\tadjectives\tenglish\nname:Лесия\tЛесия\tлесийский\tForestia|Republic of Forestia\n"
    (tmp_path / "states.tsv").write_text(row, encoding="utf-8")
    text = "Киргизия и Лесия подписали соглашение о дорогах.".encode()
    assert "Kyrgyzstan and Forestia" in run("read", "--tables", tmp_path, stdin=text).out
    assert "Forestia" not in run("read", stdin=text).out


def test_a_closed_pipe_is_no_error() -> None:
    command = [sys.executable, "-m", "servanda", "read", EXAMPLES]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read().count(b"Traceback") == 0


def test_an_interrupt_ends_it_without_a_traceback() -> None:
    command = [sys.executable, "-m", "servanda", "read", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        time.sleep(1)
        os.kill(running.pid, signal.SIGINT)
        assert running.stderr is not None
        assert b"Traceback" not in running.stderr.read()
    assert running.returncode == 130


def shell(line: str) -> subprocess.CompletedProcess[str]:
    """A command line with redirections, `servanda` being this one."""
    line = line.replace("servanda", f"{sys.executable} -m servanda")
    return subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, check=False, timeout=60, cwd=ROOT)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("servanda read examples/01-aid.txt >/dev/full", 1),
        ("servanda schema >/dev/full", 1),
        ("servanda --version >/dev/full", 1),
        ("servanda read examples/01-aid.txt >&-", 2),
        ("servanda read - <&-", 2),
    ],
)
def test_streams_that_are_full_or_closed_are_said_in_one_line(line: str, code: int) -> None:
    done = shell(line)
    assert done.returncode == code
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("servanda: ")


def test_a_closed_input_that_is_not_needed_is_no_fault() -> None:
    assert shell("servanda read examples/01-aid.txt <&-").returncode == 0


def test_an_interrupt_does_not_wait_for_the_processes(tmp_path: Path) -> None:
    text = AID.read_text() * 300
    for n in range(40):
        (tmp_path / f"{n}.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "servanda", "read", tmp_path, "--jobs", "4"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as running:
        time.sleep(3)
        os.kill(running.pid, signal.SIGINT)
        _, err = running.communicate(timeout=5)
    assert running.returncode == 130
    assert b"Traceback" not in err


def test_numbers_that_cannot_be_are_refused_with_a_remedy(run) -> None:
    for number in ("0", "-2", "first"):
        done = run("explain", AID, f"--record={number}")
        assert done.code == 2
        assert "cards count from 1" in done.err
    done = run("read", AID, "--jobs", "-1")
    assert "give 0 (one for each core) or more" in done.err
    assert "_count" not in done.err


def test_explain_says_which_numbers_there_are(run) -> None:
    count = len(json.loads(run("read", AID, "--format", "jsonl").out)["records"])
    assert f"there is no number 99, give 1 to {count}" in run("explain", AID, "--record", "99").err


def test_one_fault_is_one(run, tmp_path: Path) -> None:
    (tmp_path / "nothing.tsv").write_text("code\n", encoding="utf-8")
    assert run("tables", "check", "--tables", tmp_path).out == "1 fault\n"


def test_a_broken_line_of_a_table_is_named_once(run, tmp_path: Path) -> None:
    (tmp_path / "states.tsv").write_text("code\tname\nXX\tЛесия\tmore\n", encoding="utf-8")
    done = run("tables", "check", "--tables", tmp_path)
    assert done.err.count("states.tsv") == 1
    assert done.err.startswith("servanda: states.tsv:2: 3 cells under 2 columns")


def test_an_empty_folder_is_said(run, tmp_path: Path) -> None:
    done = run("read", tmp_path)
    assert done.code == 1
    assert done.err == f"servanda: {tmp_path}: no report found; give text files or JSON lines\n"


@pytest.mark.parametrize("verb", ["read", "explain", "mentions"])
def test_a_broken_table_laid_over_is_said_once_and_as_its_own(run, verb: str, tmp_path: Path) -> None:
    (tmp_path / "states.tsv").write_text("code\tnom\nXX\tЛесия\n", encoding="utf-8")
    done = run(verb, AID, EXAMPLES / "02-ratified.txt", "--tables", tmp_path)
    assert done.code == 2
    assert done.out == ""
    assert len(done.err.splitlines()) == 1
    assert "states.tsv:1: unknown columns nom" in done.err


def test_mentions_keep_to_the_width(run) -> None:
    done = run("mentions", EXAMPLES)
    assert max(map(len, done.out.splitlines())) <= 100


def test_several_processes_say_one_thing_about_the_start_once() -> None:
    word = Semaphore()
    handlers = signal.getsignal(signal.SIGINT)
    logger = logging.getLogger("servanda")
    try:
        _begin(word)
        said = [logger.filter(logging.makeLogRecord({})) for _ in range(2)]
    finally:
        signal.signal(signal.SIGINT, handlers)
        logger.filters.clear()
    assert list(map(bool, said)) == [True, False]


def test_a_column_is_told_by_field_and_name(run, tmp_path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"id": "a", "body": "Казахстан передаст Киргизии 5 тонн зерна."}\n', encoding="utf-8")
    done = run("read", "--format", "jsonl", "--column", "text=body", str(file))
    assert (done.code, '"id":"a"' in done.out) == (0, True)
    done = run("read", "--column", "body=text", str(file))
    assert done.code == 2
    assert "write FIELD=NAME, the field one of id, text" in done.err
