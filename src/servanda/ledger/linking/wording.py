"""Content words of two phrases -> how far they speak of one thing, and by which pairs of words they find each other."""

from itertools import pairwise

from servanda.ledger.linking.features import Features, Side

_HEAD = 5  # words of a phrase by which it is found
_LONG = 4  # words: of longer phrases no more need be shared
_STEM = 6  # letters in which words of one root agree
_ONE = (0.6, 0.25, 0.1)  # a single word: all that the one says, one of two, one of many: «поставка» of this and of that


def shared(a: Side, b: Side) -> list[str]:
    """The words of a that b has, too, in their order."""
    return [w for w in a if w in b]


def same_script(a: Side, b: Side) -> bool:
    """Whether two phrases are of one script: of two scripts nothing follows from their words."""
    return all(w.isascii() for w in a) == all(w.isascii() for w in b)


def overlap(a: Side, b: Side) -> float | None:
    """How far two phrases name one thing, 0 to 1; None where one is silent, or of another script.

    The shorter one may be the whole of the other's; words in common say less where each has others besides.
    """
    if not a or not b:
        return None
    common, least = len(shared(a, b)), min(len(a), len(b))
    if common > 1:
        return 1.0 if common == least else min(common / (min(least, _LONG) + 1), 1.0)
    if not common:
        return 0.0 if same_script(a, b) else None
    return _ONE[min(least, len(_ONE)) - 1]


def word_pairs(topic: Side) -> list[str]:
    """Neighbours, and next but one, among the first words of a phrase; a pair has no order."""
    words = topic[:_HEAD]
    near = (*pairwise(words), *zip(words, words[2:], strict=False))
    return [f"{v} {w}" if v < w else f"{w} {v}" for v, w in near]


def word_keys(topic: Side) -> tuple[list[str], list[str]]:
    """Under which words a phrase is filed, and by which it is looked up: pairs; a phrase of one word finds all that
    hold it.
    """
    words, pairs = list(topic[:_HEAD]), word_pairs(topic)
    alone = [f"{w} alone" for w in words]
    if len(topic) == 1:
        return [*words, *alone], [*words, *alone]
    return [*words, *pairs], [*pairs, *alone]


def akin(a: Features, b: Features) -> list[str]:
    """Words of the one's topic or quote that begin like a word of the other's: «передать», «передача»."""
    theirs = {_stem(w) for w in (*b.topic, *b.quote)}
    return [w for w in (*a.topic, *a.quote) if len(w) >= _STEM and _stem(w) in theirs]


def _stem(word: str) -> str:
    return word[:_STEM]
