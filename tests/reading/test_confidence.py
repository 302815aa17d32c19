"""Confidence: a share for the record and for each field that has a ground, the field never surer than its record."""

from pathlib import Path

import pytest

from servanda.model.report import Report
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading import confidence
from servanda.reading.confidence import Confidence, odds_of, sure
from servanda.reading.draft import Draft
from servanda.reading.read import Reader
from servanda.sources import find_reports

EXAMPLES = Path(__file__).parents[2] / "examples"


def _draft(how: How = How.STATED, rule: str = "rule") -> Draft:
    draft = Draft("figure", 0, 0)
    draft.put("quote", "Экспорт вырос", Span(0, 13), how=How.STATED, rule="clause")
    draft.add("who", "RS", Span(0, 7), how=how, rule=rule)
    return draft


def test_traits_add_up_to_the_share_of_records() -> None:
    known = Confidence({"figure": {"": 0.0, "who:resolved": -1.0, "who*1": 1.0}}, {})
    assert known.of(_draft())[""] == 0.73
    assert known.of(_draft(How.RESOLVED))[""] == 0.5


@pytest.mark.parametrize(
    ("rule", "how", "share"), [("a:b", How.STATED, 0.2), ("c", How.STATED, 0.4), ("c", How.RESOLVED, 0.3)]
)
def test_a_field_has_the_share_of_its_rule_else_of_its_way_else_of_all(rule: str, how: How, share: float) -> None:
    known = Confidence({"figure": {"": 0.0}}, {"figure.who": {"": 0.6, "stated": 0.8, "a": 0.4}})
    assert known.of(_draft(how, rule))["who/0"] == share


def test_what_the_judge_says_counts() -> None:
    known = Confidence({"undertaking": {"": 0.0, "odds": 1.0}}, {})
    draft = Draft("undertaking", 0, 0)
    draft.put("quote", "Сербия передаст", Span(0, 15), how=How.STATED, rule="clause")
    shares = []
    for odds in (0.0, 0.2, 0.9, 1.0):
        draft.score = odds
        shares.append(known.of(draft)[""])
    assert shares == [0.01, 0.2, 0.9, 0.99]
    assert odds_of(0.5) == 0


@pytest.mark.parametrize(
    ("kind", "letters", "least"),
    [("undertaking", 900, 0.2), ("undertaking", 2_500, 0.35), ("undertaking", 9_000, 0.65), ("figure", 9_000, 0.65)],
)
def test_the_longer_the_news_the_surer_a_record_must_be(
    monkeypatch: pytest.MonkeyPatch, kind: str, letters: int, least: float
) -> None:
    for share, told in ((least - 0.02, False), (least + 0.02, True)):
        known = Confidence({kind: {"": odds_of(share)}}, {})
        monkeypatch.setattr(confidence, "load_confidence", lambda known=known: known)
        assert (sure([Draft(kind, 0, 0, letters=letters, score=0.9)]) != []) == told


def test_every_ground_has_its_confidence_and_no_field_is_surer_than_its_record() -> None:
    reader = Reader()
    for report in find_reports([EXAMPLES]):
        if isinstance(report, Report):
            for record in reader.read(report).records:
                assert set(record.confidence) == {"", *record.basis}
                assert all(0 <= share <= record.confidence[""] + 0.01 for share in record.confidence.values())
