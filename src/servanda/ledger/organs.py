"""The words that name a speaker -> the organ that speaks, named in full or shortened, in Russian or in English."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from servanda.ledger.words import Speaker, Words

_ORGANS = Path(__file__).parent / "data" / "organs.tsv"


class Organ(NamedTuple):
    """An organ of a party. `beside`: other words that tell it from its likes; none where its name is enough."""

    party: str | None
    name: str
    beside: frozenset[str] = frozenset()


def find_organ(source: str, words: Words, speaker: Speaker) -> Organ | None:
    """The organ of the longest name that stands there; None where no table has it.

    Of a known party an organ needs no other words («пресс-служба МИД РК»), but for those of the kind that many have.
    """
    tokens = frozenset(words(source))
    names = _names(words)
    standing = [(name, organ) for token in tokens for name, organ in names.get(token, ()) if name <= tokens]
    if not standing:
        return None
    name, (organ, whole) = max(standing, key=lambda found: (len(found[0]), found[1]))
    party = speaker(source)
    if party and not whole:
        return Organ(party, organ)
    of_party = {token for word in source.split() if party and speaker(word) == party for token in words(word)}
    return Organ(party, organ, tokens - name - of_party)


_Names = Mapping[str, tuple[tuple[frozenset[str], tuple[str, bool]], ...]]


@cache
def _names(words: Words) -> _Names:
    """Lemmas of the names of organs, with the organ and whether its name must be all, by one word of each."""
    found: dict[str, tuple[tuple[frozenset[str], tuple[str, bool]], ...]] = {}
    with _ORGANS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"):
            for name in filter(None, (words(name) for name in row["names"].split("|"))):
                found[min(name)] = (*found.get(min(name), ()), (frozenset(name), (row["organ"], row["whole"] == "yes")))
    return found
