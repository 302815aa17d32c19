"""What is said of a run while it goes on."""

import pytest

from servanda.bulk.supervisor import Status
from servanda.cli.bulk import how_far


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (
            Status(started=0, total=7),
            "0 of 7 shards found so far; 0 documents, 0 a second; 0 with records",
        ),
        (
            Status(started=0, total=1_200, planned=True, before=200, done=100, documents=50_000, telling=1_500),
            "300 of 1,200 shards; 50,000 documents, 50 a second; 1,500 with records; 2 h 30 min left",
        ),
        (
            Status(started=0, total=12, planned=True, done=10, documents=5_000, at_hand=(500, 3)),
            "10 of 12 shards; 5,500 documents, 6 a second; 3 with records; 2 min left",
        ),
    ],
)
def test_rate_hits_and_time_left(status: Status, said: str) -> None:
    assert how_far(status, 1_000.0) == said
