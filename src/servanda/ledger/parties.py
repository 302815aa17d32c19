"""The parties of a record -> the keys under which its row is found: each party alone, and each pair."""

from collections.abc import Iterable
from itertools import combinations

from servanda.model.dossier import Dossier, parties_of

_BETWEEN = "|"  # of a pair; never inside a name


def party_keys(parties: Iterable[str]) -> list[str]:
    """Where a row is filed."""
    names = sorted({_name(party) for party in parties if party})
    return [*names, *(f"{a}{_BETWEEN}{b}" for a, b in combinations(names, 2))]


def keys_of(dossier: Dossier) -> list[str]:
    """Where a dossier is filed: where its records are, by the parties that it has."""
    own = {key for told in dossier.told for key in party_keys(parties_of(told.record))}
    return sorted(own.intersection(party_keys(dossier.parties)))


def key_of(wanted: Iterable[str]) -> str:
    """Where rows of all wanted parties are looked up: their first pair, the one, or "" for any."""
    return _BETWEEN.join(sorted({_name(party) for party in wanted})[:2])


def is_pair(key: str) -> bool:
    """Whether a key is one of two parties."""
    return _BETWEEN in key


def pair_of(key: str) -> tuple[str, str]:
    """The two parties of a key."""
    a, _, b = key.partition(_BETWEEN)
    return a, b


def _name(party: str) -> str:
    return party.replace(_BETWEEN, "¦")
