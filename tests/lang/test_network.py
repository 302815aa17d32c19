"""The networks' weights and their faults."""

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from servanda.errors import MissingWeights
from servanda.lang.network import LONGEST, Networks, cut_pieces

SPEC = find_spec("natasha")
assert SPEC is not None
assert SPEC.submodule_search_locations
DATA = Path(SPEC.submodule_search_locations[0]) / "data"


def test_missing_weights_say_where_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MissingWeights, match="pip install natasha") as caught:
        Networks(tmp_path)
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize("keep", [0, 1_000, 600_000, 2_000_000])
def test_damaged_weights_are_refused(tmp_path: Path, keep: int) -> None:
    for name in ("emb", "model"):
        shutil.copytree(DATA / name, tmp_path / name)
    file = tmp_path / "model" / "slovnet_syntax_news_v1.tar"
    file.write_bytes(file.read_bytes()[:keep])
    with pytest.raises(MissingWeights):
        Networks(tmp_path)


def test_cut_off_vectors_are_refused(tmp_path: Path) -> None:
    for name in ("emb", "model"):
        shutil.copytree(DATA / name, tmp_path / name)
    file = next((tmp_path / "emb").iterdir())
    file.write_bytes(file.read_bytes()[:20_000_000])
    with pytest.raises(MissingWeights):
        Networks(tmp_path)


def test_the_code_of_the_weights_is_never_imported() -> None:
    import sys

    Networks().parse([["Он", "прибыл", "."]])
    assert not {"natasha", "slovnet", "navec"} & sys.modules.keys()


def test_long_sentences_are_cut_at_a_sign() -> None:
    words = (["слово"] * 300 + [","]) * 4
    pieces = cut_pieces(words)
    assert [w for p in pieces for w in p] == words
    assert all(len(p) <= LONGEST for p in pieces)
    assert pieces[0][-1] == ","
    assert cut_pieces(["слово"] * 1_000)[0] == ["слово"] * LONGEST
    assert cut_pieces([]) == []
