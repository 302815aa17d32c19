import json
from dataclasses import replace
from pathlib import Path

from servanda.exports.jsonl import read_jsonl, write_jsonl
from servanda.model.dossier import Dossier


def test_dossiers_come_back_as_they_were(dossiers: list[Dossier], tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    write_jsonl(dossiers, file, with_text=True)
    assert list(read_jsonl(file)) == dossiers


def test_texts_stay_where_they_are_unless_asked_for(dossiers: list[Dossier], tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    write_jsonl(dossiers, file)
    assert list(read_jsonl(file)) == [without_texts(d) for d in dossiers]
    told = json.loads(file.read_text(encoding="utf-8").splitlines()[0])["told"][0]
    assert "text" not in told["carrier"]
    assert told["record"]["quote"]
    assert told["record"]["evidence"]["quote"]


def without_texts(dossier: Dossier) -> Dossier:
    return replace(dossier, told=tuple(replace(t, carrier=replace(t.carrier, text=None)) for t in dossier.told))
