"""A speaker is known by the words that name him."""

import pytest

from servanda.world.speakers import make_speaker
from servanda.world.tables import Tables


@pytest.mark.parametrize(
    ("words", "party"),
    [
        ("пресс-служба Министерства обороны РК", "KZ"),
        ("посол Казахстана в Киргизии", "KZ"),
        ("посол республики в Москве", None),
        ("в казахстанском посольстве", "KZ"),
        ("в российском Минфине", "RU"),
        ("Москва", "RU"),
        ("Еврокомиссия", "EU"),
        ("министр обороны", None),
        ("источник", None),
        ("Владимира Путина", "RU"),
        ("the Kazakhstan Ministry of Defence", "KZ"),
        ("ambassador to Kyrgyzstan", None),
        ("", None),
    ],
)
def test_the_party_for_which_somebody_speaks(words: str, party: str | None) -> None:
    assert make_speaker(Tables.default())(words) == party
