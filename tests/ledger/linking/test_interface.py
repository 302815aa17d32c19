"""A record's features travel as text and come back as they were."""

from servanda.ledger.linking import block_keys, compare, make_features, pack, partition, probe_keys, unpack
from servanda.model.dossier import Carrier, Told
from servanda.model.reading import Amount, Instrument, Step, Undertaking

SIGNED = Instrument(
    quote="The agreement was signed on 1 March",
    certainty="stated",
    source=None,
    kind="agreement",
    parties=("KZ", "KG"),
    subject="on water",
    count=None,
    steps=(Step("signed", "2031-03-01", None),),
    valid=None,
)
GIVEN = Undertaking(
    quote="Astana will give Bishkek 30 pumps",
    certainty="stated",
    source=None,
    modality="obligation",
    progress="announced",
    act="give",
    by=("KZ",),
    to=("KG",),
    object="30 pumps",
    amounts=(Amount(30, "pump"),),
    terms=(),
    places=(),
    when="../2031-12-31",
    under=0,
)


def words(phrase: str) -> tuple[str, ...]:
    return tuple(phrase.lower().split())


def told(n: int, record: Instrument | Undertaking, report: str = "a") -> Told:
    return Told(n, record, Carrier(report, 1, "2031-03-02", None, "en", None, "2031-03-02T10:00:00", "given"))


def test_packed_features_come_back() -> None:
    features = make_features(told(1, GIVEN), SIGNED, words)
    assert unpack(pack(features)) == features
    assert features.under is not None


def test_one_deed_in_two_reports_is_one_group() -> None:
    features = {n: make_features(told(n, GIVEN, report), SIGNED, words) for n, report in ((1, "a"), (2, "b"))}
    assert set(block_keys(features[1])) & set(probe_keys(features[2]))
    assert compare(features[1], features[2]).kind == "same"
    assert partition(features).groups == ((1, 2),)
    assert partition(features, cannot=[(1, 2)]).groups == ((1,), (2,))
