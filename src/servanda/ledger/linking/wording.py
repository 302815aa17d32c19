"""Content words of two phrases -> how far they speak of one thing."""

from servanda.ledger.linking.features import Features, Side

HEAD = 6  # words of a phrase by which it is found


def shared(a: Side, b: Side) -> list[str]:
    """The words of a that b has, too, in their order."""
    return [w for w in a if w in b]


def overlap(a: Side, b: Side) -> float | None:
    """The part of the shorter phrase that stands in the longer one; None where one is silent."""
    if not a or not b:
        return None
    return len(shared(a, b)) / min(len(a), len(b))


def heads(a: Features, b: Features) -> bool:
    """Whether a word stands at the head of both topics."""
    return not set(a.topic[:HEAD]).isdisjoint(b.topic[:HEAD])


def wider(a: Features, b: Features) -> list[str]:
    """Words of the one's topic or quote that the other has in topic or quote."""
    theirs = {*b.topic, *b.quote}
    return [w for w in (*a.topic, *a.quote) if w in theirs]
