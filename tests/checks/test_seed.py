"""The report that the project began with: what its figures and its third paragraph give."""

from collections.abc import Callable
from pathlib import Path

import pytest

import servanda
from servanda.checks import check_dossier, check_report
from servanda.model.dossier import Carrier, Dossier, Told
from servanda.model.reading import Instrument

SEED = Path(__file__).parents[3] / "shared/seed/report.txt"

pytestmark = pytest.mark.skipif(not SEED.exists(), reason="../shared/seed is not there")


@pytest.fixture(scope="module")
def told() -> list[Told]:
    text = SEED.read_text(encoding="utf-8")
    reading = servanda.read(text, id="seed")
    carrier = Carrier("seed", 1, reading.published, "ТАСС", "ru", None, "2021-12-08T06:27:00Z", "reader", text)
    return [Told(n, record, carrier) for n, record in enumerate(reading.records, 1)]


def test_what_follows_from_its_figures(told: list[Told]) -> None:
    found = {f.code: [g.message for g in check_report(told) if g.code == f.code] for f in check_report(told)}
    assert set(found) == {"implied_base", "implied_change", "target_distance"}
    in_2020, in_2019 = found["implied_base"]
    assert "at least $625\u00a0million, computed (over $680\u00a0million / 1.088 = 625.0 million)" in in_2020
    assert "at least $671.9\u00a0million, computed (over $680\u00a0million / 1.012 = 671.9 million)" in in_2019
    assert "a fall of about 7.0%, computed" in found["implied_change"][0]
    assert "about 10.3% above the yearly level of at least $906.7\u00a0million" in found["target_distance"][0]


def test_its_third_paragraph_may_speak_of_another_agreement(told: list[Told], hold: Callable[..., Dossier]) -> None:
    (aid,) = (t for t in told if isinstance(t.record, Instrument) and len(t.record.steps) == 2)
    (found,) = check_dossier(hold(aid))
    assert (found.code, found.level) == ("another_instrument", "doubt")
    assert "approved on 2 December 2021" in found.message
    assert "signed on 7 December 2021" in found.message
