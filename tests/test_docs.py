"""Documentation that can be caught lying: commands are run, options compared, printed files held against the code."""

import argparse
import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from servanda.cli.main import build_parser
from servanda.model.schema import reading_schema

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = [re.findall(r"^\$ (.+)$", block, re.M) for block in re.findall(r"```console\n(.*?)```", README, re.S)]


def tool(name: str) -> ModuleType:
    """A script of tools/ as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / f"tools/{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("commands", BLOCKS, ids=[block[-1] for block in BLOCKS])
def test_commands_of_the_readme_run(commands: list[str], tmp_path: Path) -> None:
    """Those of one block one after the other, in a folder that has the examples and nothing else."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    programs = tmp_path / "bin"
    programs.mkdir()
    here = programs / "servanda"
    here.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m servanda "$@"\n')
    here.chmod(0o755)
    env = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"}
    for command in (c.replace(".make/run/bin/", "") for c in commands if "servanda" in c):
        if "jq" in command and subprocess.run(["which", "jq"], capture_output=True).returncode:
            pytest.skip("jq is not installed")
        shell = ["bash", "-o", "pipefail", "-c", command]
        done = subprocess.run(shell, cwd=tmp_path, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() or "servanda:" in done.stderr


def test_the_python_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.S)
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec"), {})
    assert "undertaking" in capsys.readouterr().out


def test_the_options_of_the_readme_are_those_of_the_command() -> None:
    listed = {
        (option, verb.strip())
        for option, verbs in re.findall(r"^\| `(--[\w-]+)[^`]*` \| ([^|]+) \|", README, re.M)
        for verb in verbs.split(",")
    }
    parser = build_parser()
    verbs = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction)).choices
    real = {(option, "servanda") for option in options(parser)}
    real |= {(option, name) for name, verb in verbs.items() for option in options(verb)}
    assert listed == real


def options(parser: argparse.ArgumentParser) -> set[str]:
    own = {s for a in parser._actions for s in a.option_strings if s.startswith("--")} - {"--help"}
    if parser.prog.endswith(" decide"):  # whose decisions are verbs of their own
        below = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction)).choices
        return own.union(*map(options, below.values()))
    return own


def test_the_targets_of_the_readme_are_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"`make (\w+)`", README):
        assert f"\n{target}:" in makefile


def test_links_lead_to_files() -> None:
    for file in ROOT.glob("*.md"):
        for link in re.findall(r"\]\(([^)#:]+)\)", file.read_text(encoding="utf-8")):
            assert (ROOT / link).exists(), f"{file.name}: {link}"


def test_the_glossary_is_printed_from_the_code() -> None:
    assert (ROOT / "GLOSSARY.md").read_text(encoding="utf-8") == tool("glossary").render_glossary()


def test_the_schema_in_the_docs_is_the_one_printed() -> None:
    assert json.loads((ROOT / "docs/reading.schema.json").read_text(encoding="utf-8")) == reading_schema()


def test_lock_files_name_no_registry_and_hash_everything() -> None:
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock"):
        text = (ROOT / name).read_text()
        assert "://" not in text
        assert "index" not in text.replace("--require-hashes", "")
        entries = [e for e in re.split(r"\n(?=\w)", text) if "==" in e]
        assert entries
        assert all("--hash=sha256:" in e for e in entries)


def test_the_runtime_lock_has_all_dependencies() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    locked = set(re.findall(r"^([\w-]+)==", (ROOT / "requirements.lock").read_text(), re.M))
    assert {re.split(r"[=<>]", d)[0] for d in project["dependencies"]} <= locked
