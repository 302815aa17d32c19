"""pyproject.toml -> the three lock files: exact versions with the hashes of their wheels.

    python tools/lock.py

Versions are resolved for the oldest Python on x86_64; the other targets add the hashes of their wheels. natasha is
taken without what it depends on: only its data files are read. What pyproject.toml asks for on one machine alone is
locked for that one.
"""

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13")
MACHINES = ("x86_64", "aarch64")
GLIBC = ("2_34", "2_28", "2_27", "2_17", "2_12", "2_5")
BARE = "natasha"  # whose code, and so what it needs, is never imported
INSTALLER = ["setuptools"]  # puts servanda itself into an environment
# Natasha whole, for the comparison of speed; pymorphy2 asks for pkg_resources, which later setuptools have not.
COMPARED = [
    "natasha==1.6.0",
    "navec",
    "slovnet",
    "razdel",
    "yargy",
    "ipymarkup",
    "intervaltree",
    "sortedcontainers",
    "pymorphy2",
    "dawg-python",
    "pymorphy2-dicts-ru",
    "numpy",
    "numba",
    "llvmlite",
    "rumorph==0.4.0",
    "setuptools<81",
]

Wheels = dict[str, tuple[str, set[str]]]  # name -> version, hashes


def main() -> None:
    """Write the files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    bare = [one for one in project["dependencies"] if one.startswith(BARE)]
    whole = [one for one in project["dependencies"] if one not in bare]
    runtime = lock([*whole, *INSTALLER], deps=True) | lock(bare, deps=False)
    write("requirements.lock", "What servanda needs to run", runtime, whole)
    development = lock(project["optional-dependencies"]["dev"], deps=True)
    write("requirements-dev.lock", "What its tests and checks need besides", development)
    write("requirements-bench.lock", "Servanda and, whole, Natasha, to compare their speed", lock(COMPARED, deps=False))


def lock(wanted: list[str], *, deps: bool) -> Wheels:
    """Versions for the first target, then the wheels of the same versions for all targets."""
    wheels = resolve(wanted, PYTHONS[0], MACHINES[0], deps=deps)
    pinned = [f"{name}=={version}" for name, (version, _) in wheels.items()]
    alone = conditions(wanted)
    for python in PYTHONS:
        for machine in MACHINES:
            here = [one for one in pinned if machine in alone.get(one.partition("==")[0], machine)]
            for name, (_, hashes) in wheels_of(here, python, machine).items():
                wheels[name][1].update(hashes)
    return wheels


def conditions(wanted: Iterable[str]) -> dict[str, str]:
    """Name -> the condition under which it is asked for ("platform_machine == 'x86_64'")."""
    parted = (one.partition(";") for one in wanted)
    return {re.split(r"[^\w-]", name)[0]: condition.strip() for name, _, condition in parted if condition}


def wheels_of(pinned: list[str], python: str, machine: str) -> Wheels:
    """The wheels of one target; packages that have none for it are named and left out."""
    try:
        return resolve(pinned, python, machine, deps=False)
    except subprocess.CalledProcessError:
        found: Wheels = {}
        for one in pinned:
            try:
                found |= resolve([one], python, machine, deps=False)
            except subprocess.CalledProcessError:
                print(f"no wheel of {one} for Python {python} on {machine}", file=sys.stderr)
        return found


def resolve(wanted: Iterable[str], python: str, machine: str, *, deps: bool) -> Wheels:
    """What pip would install."""
    platforms = [f"--platform=manylinux_{glibc}_{machine}" for glibc in GLIBC]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed"]
        command += [
            "--only-binary=:all:",
            f"--python-version={python}",
            f"--platform=manylinux2014_{machine}",
            *platforms,
        ]
        command += [f"--target={folder}", f"--report={report}", *([] if deps else ["--no-deps"]), *wanted]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        installs = json.loads(report.read_text())["install"]
    return {
        one["metadata"]["name"].lower().replace("_", "-"): (
            one["metadata"]["version"],
            {one["download_info"]["archive_info"]["hashes"]["sha256"]},
        )
        for one in installs
    }


def write(name: str, title: str, wheels: Wheels, wanted: Iterable[str] = ()) -> None:
    """The lock file, sorted, so that a change shows as one."""
    alone = {package: f"; {condition}" for package, condition in conditions(wanted).items()}
    lines = [
        f"# {title}; written by tools/lock.py.",
        "# Install with: pip install --no-deps --require-hashes -r " + name,
    ]
    for package, (version, hashes) in sorted(wheels.items()):
        asked = f"{package}=={version}{alone.get(package, '')}"
        lines.append(" \\\n    ".join([asked, *(f"--hash=sha256:{h}" for h in sorted(hashes))]))
    (ROOT / name).write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
