"""`servanda show --sums` adds up what a ledger holds."""

import json
from pathlib import Path
from typing import Any

import pytest

from servanda.cli.main import main


def promise(number: int, **fields: Any) -> dict[str, Any]:
    return {
        **{"type": "undertaking", "quote": f"слова {number}", "certainty": "stated", "source": None},
        **{"modality": "obligation", "progress": "announced", "act": "give", "by": ["KZ"], "to": ["KG"]},
        **{"object": "зерно", "terms": [], "places": [], "when": None, "under": None},
        **{"amounts": [{"number": number, "unit": "USD", "bound": "exactly"}], **fields},
    }


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    figure = {
        **{"type": "figure", "quote": "товарооборот вырос", "certainty": "stated", "source": None, "metric": "trade"},
        **{"who": ["KZ", "KG"], "period": "2023", "changes": [], "forecast": False},
        "amount": {"number": 9, "unit": "USD", "bound": "exactly"},
    }
    instrument = {
        **{
            "type": "instrument",
            "quote": "подписали договор",
            "certainty": "stated",
            "source": None,
            "kind": "agreement",
        },
        **{"parties": ["KZ", "KG"], "subject": None, "count": None, "valid": None},
        "steps": [{"step": "signed", "date": "2024-03-04", "by": None}],
    }
    records = [instrument, promise(50, under=0), promise(7, act="lend"), figure]
    reading = {"id": "r1", "published": "2024-03-05", "dateline": None, "undisclosed": [], "records": records}
    (tmp_path / "readings.jsonl").write_text(json.dumps(reading) + "\n", encoding="utf-8")
    file = tmp_path / "a.db"
    assert main(["add", "--readings", str(tmp_path / "readings.jsonl"), "--ledger", str(file), "--who", "me"]) == 0
    return file


def test_sums_and_series(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["show", "KZ", "--sums", "--ledger", str(ledger), "--type", "undertaking"]) == 0
    page = capsys.readouterr().out
    assert "signed · give · Kazakhstan → Kyrgyzstan · $50 · U2" in page
    assert "pledged · lend · Kazakhstan → Kyrgyzstan · $7 · U3" in page
    assert main(["show", "--sums", "--format", "json", "--ledger", str(ledger)]) == 0
    out = json.loads(capsys.readouterr().out)
    assert [s["counted"] for s in out["sums"]] == [["U3"], ["U2"]]
    assert [s["metric"] for s in out["series"]] == ["trade"]


def test_nothing_found(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["show", "US", "--sums", "--ledger", str(ledger)]) == 1
    assert capsys.readouterr().out == ""
