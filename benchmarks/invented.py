"""A seed -> any number of invented readings in the order of their publication, as `servanda add --readings` takes them.

    python benchmarks/invented.py 200000 [--seed 1] > readings.jsonl

The same seed gives the same readings, and fewer are the first of more. About five records a reading; 200 parties, of
which some pairs have tens of thousands of records in a million and most have few; 20,000 readings a year. A story is
told by 1 to 30 reports over months: steps move on, amounts are rounded or revised, things are named in other words and
forms; of the outlets of one day some carry the same release.
"""

import argparse
import json
from collections.abc import Iterator
from datetime import date, timedelta
from heapq import heappop, heappush
from itertools import count, islice
from random import Random

from stories import Story, Teller
from tellings import Plain, tell

_BEGIN = date(2014, 1, 1)
_STORIES = 9.0  # begin on a day
_SAME = 0.3  # of the reports of a day carry what another one said
_OUTLETS = tuple(f"{name}-{n}" for name in ("Вестник", "Курьер", "Меридиан", "Полдень") for n in range(1, 9))


def main() -> None:
    """Print readings."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, help="how many readings")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    for reading in islice(invent(args.seed), args.count):
        print(json.dumps(reading, ensure_ascii=False))


def invent(seed: int = 1) -> Iterator[Plain]:
    """Readings without end, the oldest first."""
    chance = Random(f"outlets {seed}")
    for number, (day, records) in enumerate(_reports(seed), 1):
        outlet = chance.choice(_OUTLETS)
        published = day.isoformat() if chance.random() < 0.98 else None
        yield {
            "id": f"{outlet}/{day:%Y%m%d}/{number}",
            "published": published,
            "dateline": {"place": None, "date": published, "agency": outlet},
            "undisclosed": [],
            "records": records,
            "agency": outlet,
            "lang": "ru",
            "url": f"https://news.example/{number}",
        }


def _reports(seed: int) -> Iterator[tuple[date, list[Plain]]]:
    """The reports of all stories by day; what has begun waits for its days."""
    teller, chance = Teller(seed), Random(f"tellings {seed}")
    waiting: list[tuple[date, int, list[Plain]]] = []
    order = count()
    for serial in count():
        start = _BEGIN + timedelta(days=int(serial / _STORIES))
        while waiting and waiting[0][0] < start:
            day, _, records = heappop(waiting)
            yield day, records
        for day, records in _told(teller.make(start), chance):
            heappush(waiting, (day, next(order), records))


def _told(story: Story, chance: Random) -> Iterator[tuple[date, list[Plain]]]:
    last, release = None, []
    for day in story.told:
        if day != last or chance.random() >= _SAME:
            last, release = day, tell(story, day, chance)
        yield day, release


if __name__ == "__main__":
    main()
