"""The folder of a run: one run at a time, one set of settings; what was left half done is swept away."""

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from shutil import rmtree
from typing import Any

from servanda.bulk.job import FORMATS, Run
from servanda.bulk.output import read_facts, write_whole
from servanda.errors import InputError

SETTINGS, MANIFEST, REWRITES, _LOCK = "run.json", "manifest.jsonl", "rewrites.jsonl", ".lock"
SCRATCH = ".rewrites-"  # how the folder in which rewrites are looked for begins
_WHAT = "servanda bulk"


@contextmanager
def hold(run: Run) -> Iterator[None]:
    """The folder, made where it is not there. InputError where it cannot be written, is another's, or is in use."""
    _check_ours(run)
    try:
        run.out.mkdir(parents=True, exist_ok=True)
        lock = (run.out / _LOCK).open("ab")
    except OSError as error:
        what = f"cannot be written: {error.strerror or error}"
        raise InputError(str(run.out), what, "give a folder that can be written with --out") from error
    with lock:
        _lock(lock.fileno(), run.out)
        _sweep(run.out)
        _settle(run)
        (run.out / MANIFEST).unlink(missing_ok=True)
        try:
            yield
        finally:
            _sweep(run.out)


def is_run(path: Path) -> bool:
    """Whether a path is the folder of a run."""
    return path.is_dir() and _settings_of(path) is not None


def is_finished(out: Path) -> bool:
    """Whether the last run came to its end: from its beginning to its end there is no manifest."""
    return (out / MANIFEST).exists()


def outputs_of(out: Path) -> list[Path]:
    """The outputs in a folder, in the order of their names."""
    found = chain.from_iterable(out.glob(f"*.{format}") for format in FORMATS)
    return sorted(path for path in found if path.name not in (MANIFEST, REWRITES))


def remove_strangers(out: Path, outputs: Collection[str]) -> None:
    """Remove outputs of pieces that the input no longer has, and nothing that is not ours."""
    for path in outputs_of(out):
        if path.name not in outputs and read_facts(path) is not None:
            path.unlink()


def _check_ours(run: Run) -> None:
    place = str(run.out)
    if run.out.exists() and not run.out.is_dir():
        raise InputError(place, "is a file", "give a folder with --out")
    if run.out.is_dir() and _settings_of(run.out) is None and any(p.name != _LOCK for p in run.out.iterdir()):
        raise InputError(place, "holds something else than a run", "give an empty or new folder with --out")


def _settings_of(out: Path) -> dict[str, Any] | None:
    try:
        plain = json.loads((out / SETTINGS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return plain if isinstance(plain, dict) and plain.pop("what", None) == _WHAT else None


def _settle(run: Run) -> None:
    """Write the settings down, or hold them against those of the first time."""
    before, now = _settings_of(run.out), run.settings()
    if before is None:
        text = json.dumps({"what": _WHAT, **now}, ensure_ascii=False, indent=1)
        write_whole(run.out / SETTINGS, [f"{text}\n".encode("utf-8", "backslashreplace")])
    elif other := [name for name in now if before.get(name) != now[name]]:
        said = "; ".join(f"{name} was {json.dumps(before.get(name), ensure_ascii=False)}" for name in other)
        raise InputError(str(run.out), f"was begun with other settings ({said})", "repeat them, or give another folder")


def _lock(handle: int, out: Path) -> None:
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise InputError(str(out), "is being filled by another run", "wait for it, or give another folder") from error


def _sweep(out: Path) -> None:
    """Remove what processes left that were killed."""
    for path in chain(out.glob(".*.part"), out.glob(".*.journal")):
        path.unlink(missing_ok=True)
    for path in out.glob(f"{SCRATCH}*"):
        rmtree(path)
