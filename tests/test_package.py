"""The wheel, installed where nothing else of ours is, gives a working command with all its data."""

import json
import os
import shutil
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples/04-flash.txt"
_PASSED_OVER = shutil.ignore_patterns("__pycache__", "*.egg-info")
OFFLINE = ["-m", "pip", "--quiet", "--disable-pip-version-check"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy of the sources, so that nothing is left in the tree."""
    source = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, source)
    shutil.copytree(ROOT / "examples", source / "examples")
    shutil.copytree(ROOT / "src", source / "src", symlinks=True, ignore=_PASSED_OVER)
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, *OFFLINE, "wheel", "--no-deps", "--no-index", "--no-build-isolation", "-w", out, source]
    subprocess.run(build, check=True, capture_output=True)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def home(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel alone; what it depends on is borrowed from this one."""
    home = tmp_path_factory.mktemp("home")
    venv.create(home, with_pip=False)
    install = [sys.executable, *OFFLINE, "--python", home / "bin/python", "install", "--no-deps", "--no-index", wheel]
    subprocess.run(install, check=True, capture_output=True)
    return home


def ran(home: Path, *argv: object) -> str:
    paths = os.pathsep.join(p for p in site.getsitepackages() if Path(p).is_dir())
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": paths}
    done = subprocess.run(list(map(str, argv)), env=clean, cwd=home, capture_output=True, check=True, text=True)
    return done.stdout


def test_the_wheel_holds_every_file_of_data(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    package = ROOT / "src/servanda"
    data = {f"servanda/{p.relative_to(package)}" for p in package.rglob("*") if p.suffix in (".tsv", ".json", ".typed")}
    data |= {f"servanda/{p.relative_to(package)}" for p in package.rglob("py.typed")}
    data |= {f"servanda/examples/{p.name}" for p in (ROOT / "examples").iterdir()}
    data |= {f"servanda/{p.relative_to(package)}" for p in package.glob("web/[st]*/**/*") if p.is_file()}
    assert data <= held
    assert any(name.endswith("/LICENSE") for name in held)


def test_it_is_the_installed_one_that_runs(home: Path) -> None:
    place = ran(home, home / "bin/python", "-c", "import servanda; print(servanda.__file__)")
    assert place.startswith(str(home))


def test_the_installed_command_reads(home: Path) -> None:
    command = home / "bin/servanda"
    assert ran(home, command, "--version").startswith("servanda ")
    reading = json.loads(ran(home, command, "read", EXAMPLE, "--format", "jsonl"))
    here = [sys.executable, "-m", "servanda", "read", EXAMPLE, "--format", "jsonl"]
    assert reading == json.loads(subprocess.run(here, capture_output=True, check=True).stdout)
    assert "no fault" in ran(home, command, "tables", "check")
