"""What is compiled is kept, and compiled anew where what was kept is damaged."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

SOURCE = """
from servanda.lang.compiled import compiled

@compiled
def twice(number: int) -> int:
    return 2 * number
"""


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("doubling", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def kept(folder: Path) -> list[Path]:
    return sorted([*folder.rglob("*.nbi"), *folder.rglob("*.nbc")])


def cut(words: bytes) -> bytes:
    return words[: len(words) // 2]


@pytest.mark.parametrize("ending", [".nbi", ".nbc"])
@pytest.mark.parametrize("harm", [cut, lambda _: b"", lambda words: b"?" * len(words)], ids=["cut", "empty", "other"])
def test_a_damaged_file_is_compiled_anew_and_kept_whole(
    tmp_path: Path, ending: str, harm: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "doubling.py"
    path.write_text(SOURCE, encoding="utf-8")
    assert load(path).twice(4) == 8
    files = [f for f in kept(tmp_path) if f.suffix == ending]
    assert files
    for file in files:
        file.write_bytes(harm(file.read_bytes()))
    assert load(path).twice(5) == 10
    again = load(path)
    assert again.twice(6) == 12
    assert sum(again.twice.stats.cache_hits.values()) == 1
