"""Content words of two phrases -> how far they speak of one thing."""

from servanda.ledger.linking.features import Features, Side

HEAD = 6  # words of a phrase by which it is found
_STEM = 6  # letters in which words of one root agree


def shared(a: Side, b: Side) -> list[str]:
    """The words of a that b has, too, in their order."""
    return [w for w in a if w in b]


def overlap(a: Side, b: Side) -> float | None:
    """The part of the shorter phrase that stands in the longer one, three words sufficing; None where one is silent."""
    if not a or not b:
        return None
    return min(len(shared(a, b)) / min(len(a), len(b), 3), 1.0)


def heads(a: Features, b: Features) -> bool:
    """Whether a word stands at the head of both topics."""
    return not set(a.topic[:HEAD]).isdisjoint(b.topic[:HEAD])


def akin(a: Features, b: Features) -> list[str]:
    """Words of the one's topic or quote that begin like a word of the other's: «передать», «передача»."""
    theirs = {_stem(w) for w in (*b.topic, *b.quote)}
    return [w for w in (*a.topic, *a.quote) if len(w) >= _STEM and _stem(w) in theirs]


def _stem(word: str) -> str:
    return word[:_STEM]
