"""Two records' parties -> how well they agree, and by which handles records of the same parties find each other."""

from itertools import combinations

from servanda.ledger.linking.features import Features

EQUAL, PARTLY, LOOSELY, NOT = 3, 2, 1, 0

_NAMED = "name:"
_CROWD = 4  # more parties than these make too many pairs
_OF_FIRMS = frozenset(
    {"give", "supply", "buy", "transport", "lend", "finance", "pay", "build", "agreement", "contract", "memorandum"}
)


def agreement(a: Features, b: Features) -> int:
    """`EQUAL` sides; `PARTLY`: two parties in common, the rest of one lacking in the other; `LOOSELY`: one party in
    common, and where the other state stands here, a company or a body stands there; else `NOT`.
    """
    if a.by == b.by and a.to == b.to:
        return EQUAL if a.by or a.to else NOT
    if _reversed(a, b):
        return NOT
    ours, theirs = {*a.by, *a.to}, {*b.by, *b.to}
    shared = ours & theirs
    left, right = ours - shared, theirs - shared
    if not left or not right:
        return PARTLY if len(shared) > 1 else LOOSELY if shared else NOT
    if left <= _akin(left, right) or right <= _akin(right, left):
        return LOOSELY if shared or _same_names(left, right) else NOT
    return NOT


def _reversed(a: Features, b: Features) -> bool:
    """Whether one acts in the one record and is acted upon in the other."""
    if not (a.to and b.to):
        return False
    return (not set(a.by) & set(b.by) and bool(set(a.by) & set(b.to))) or (
        not set(a.to) & set(b.to) and bool(set(a.to) & set(b.by))
    )


def _akin(some: set[str], others: set[str]) -> set[str]:
    """Those of some that may stand for one of the others: a name for a state, or for a name that shares a word."""
    return {p for p in some if p.startswith(_NAMED) and any(_may_be(p, q) for q in others)}


def _may_be(name: str, other: str) -> bool:
    return not other.startswith(_NAMED) or bool(set(_words(name)) & set(_words(other)))


def _same_names(left: set[str], right: set[str]) -> bool:
    return any(
        first_word(p) == first_word(q) for p in left for q in right if p.startswith(_NAMED) and q.startswith(_NAMED)
    )


def _words(name: str) -> list[str]:
    return [w for w in name.removeprefix(_NAMED).split() if len(w) > 3]


def first_word(name: str) -> str:
    """The word by which a name is found: its first of more than three letters."""
    return (_words(name) or [name.removeprefix(_NAMED)])[0]


def sides(features: Features) -> str:
    """Both sides as one word, for what must agree in all parties."""
    return ">".join((",".join(features.by), ",".join(features.to)))


def may_be_firms(kind: str) -> bool:
    """Whether companies, too, do such things, so that one report may name a company where another names its state."""
    return kind in _OF_FIRMS


def pair_handles(features: Features) -> list[str]:
    """Pairs of parties; each party of those that stand alone or in a crowd."""
    parties = _handles(features)
    if 1 < len(parties) <= _CROWD:
        return [f"{p}|{q}" for p, q in combinations(parties, 2)]
    return [f"{p}|" for p in parties]


def loose_handles(features: Features) -> tuple[list[str], list[str]]:
    """Single parties, filed and looked up so that those of whom one is a company, alone or a crowd find each other."""
    parties = _handles(features)
    codes = [p for p in parties if not p.startswith("=")]
    single = [f"~{p}" for p in parties]
    if len(codes) < len(parties) or not 1 < len(parties) <= _CROWD:
        return [*codes, *single], [*codes, *single]
    return codes, single


def _handles(features: Features) -> list[str]:
    """All parties, companies by the word by which they are found."""
    return sorted({f"={first_word(p)}" if p.startswith(_NAMED) else p for p in (*features.by, *features.to)})
