import importlib.util
import json
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from servanda.exports.gold import file_name, write_gold
from servanda.ledger.ledger import Given, Ledger

GOLD = Path(__file__).parents[3] / "shared/gold"
KEYS = {
    "instrument": "type quote kind parties subject count steps valid certainty source",
    "undertaking": "type quote modality progress act by to object amounts terms places when under certainty source",
    "figure": "type quote metric who period amount changes forecast certainty source",
    "meeting": "type quote kind participants place date status topics certainty source",
}

Export = Callable[..., dict[str, Any]]


@pytest.fixture
def export(ledger: Ledger, tmp_path: Path) -> Export:
    """What is exported of the ledger now, by report."""

    def made(with_text: bool = False) -> dict[str, Any]:
        folder = tmp_path / "gold"
        folder.mkdir()
        count = write_gold(ledger.all(texts=with_text), folder, with_text=with_text)
        found = [json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")]
        assert len(found) == count
        return {plain["id"]: plain for plain in found}

    return made


def judge(ledger: Ledger) -> None:
    """A person judges all records of the first report: one is wrong in a field, one should not be."""
    ledger.reject(1, "анна")
    ledger.confirm(2, "анна")
    ledger.correct(3, "period", "2022", "анна")
    ledger.confirm(4, "анна")


def test_a_report_whose_records_are_all_judged_is_gold(ledger: Ledger, export: Export) -> None:
    judge(ledger)
    (report,) = export().values()
    assert list(report) == ["id", "published", "dateline", "undisclosed", "records"]
    assert (report["id"], report["published"]) == ("alpha-1", "2024-02-10")
    assert {r["type"]: set(r) for r in report["records"]} == {
        kind: set(KEYS[kind].split()) for kind in ("undertaking", "figure", "meeting")
    }
    assert report["records"][1]["period"] == "2022"


def test_a_report_of_which_a_record_is_not_judged_is_none(ledger: Ledger, export: Export) -> None:
    for number in (1, 2, 3):
        ledger.confirm(number, "анна")
    assert export() == {}


def test_a_decision_taken_back_does_not_count(ledger: Ledger, export: Export) -> None:
    judge(ledger)
    ledger.undo(ledger.confirm(5, "анна"), "анна")
    assert list(export()) == ["alpha-1"]


def test_an_added_record_stands_where_its_words_do(ledger: Ledger, missed: Any, export: Export) -> None:
    judge(ledger)
    ledger.add_missed("alpha-1", missed, "анна")
    (report,) = export().values()
    assert [r["type"] for r in report["records"]] == ["instrument", "undertaking", "figure", "meeting"]


def test_under_is_a_place_in_the_list_or_nothing(ledger: Ledger, export: Export) -> None:
    judge(ledger)
    (report,) = export().values()
    assert report["records"][0]["under"] is None  # the instrument was rejected


def test_under_leads_to_the_instrument(ledger: Ledger, export: Export) -> None:
    for number in (1, 2, 3, 4):
        ledger.confirm(number, "анна")
    (report,) = export().values()
    assert report["records"][report["records"][1]["under"]]["type"] == "instrument"


@pytest.mark.parametrize("gone", ["withdraw", "purge"])
def test_a_report_that_is_gone_is_no_gold(ledger: Ledger, export: Export, gone: str) -> None:
    judge(ledger)
    getattr(ledger, gone)("alpha-1", "анна")
    assert export() == {}


def test_texts_come_beside_where_they_are_asked_for(ledger: Ledger, tmp_path: Path, export: Export) -> None:
    judge(ledger)
    export(with_text=True)
    (line,) = (tmp_path / "gold/reports.jsonl").read_text(encoding="utf-8").splitlines()
    report = json.loads(line)
    assert list(report) == ["id", "lang", "published", "agency", "url", "text"]
    assert report["text"].startswith("Лурия и Морвения подписали")


def test_no_texts_come_unasked(ledger: Ledger, tmp_path: Path, export: Export) -> None:
    judge(ledger)
    export()
    assert not (tmp_path / "gold/reports.jsonl").exists()


def test_a_name_of_a_file_is_safe_and_each_report_has_its_own() -> None:
    ids = ["alpha-1", "Alpha-1", "../x", "a/b", "a:b", "news.html:3", "", ".", "con?", "я" * 300, "a" * 300]
    names = [file_name(id) for id in ids]
    assert names[0] == "alpha-1.json"
    assert len({name.lower() for name in names}) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9_-][a-z0-9_.-]{0,90}\.json", name) for name in names)


def test_the_scorer_finds_a_reading_of_the_same_records_right(
    ledger: Ledger, first: Given, tmp_path: Path, export: Export
) -> None:
    if not (GOLD / "score.py").exists():
        pytest.skip("the scorer of the gold is not beside this project")
    for number in (1, 2, 3, 4):
        ledger.confirm(number, "анна")
    export(with_text=True)
    score = script(GOLD / "score.py")
    scored = score.score(score.load_gold(tmp_path / "gold"), {"alpha-1": dict(first.reading)})
    assert scored["records"]["all"] == {"P": 1.0, "R": 1.0, "F1": 1.0, "gold": 4, "pred": 4}
    assert scored["exact"] == 1.0
    assert scored["slots"]["F1"] == 1.0


def script(path: Path) -> ModuleType:
    """A script as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
