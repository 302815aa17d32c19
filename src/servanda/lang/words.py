"""A sentence as grammar sees it: tokens with offsets, lemma, form and their place in the tree."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


def fold(text: str) -> str:
    """Lower case, «ё» as «е»."""
    return text.lower().replace("ё", "е")


@dataclass(slots=True, eq=False)
class Token:
    """One word or sign. Offsets count code points of the clean text; `head` is an index in the sentence, -1 for the
    root.

    `lemma` is lower-case with «ё» written «е»; `pos` and `feats` are Universal Dependencies', `rel` too;
    `ner` is "", or B-/I- before PER, LOC or ORG.
    """

    index: int
    text: str
    start: int
    end: int
    lemma: str = ""
    pos: str = ""
    feats: Mapping[str, str] = field(default_factory=dict)
    head: int = -1
    rel: str = ""
    ner: str = ""


@dataclass(slots=True, eq=False)
class Sentence:
    """Tokens in order, and the children of each in the tree. `block` is the number of the page block it stands in.

    Tokens are set once: what is asked of all of them together is kept. A sentence in which nothing is to be looked for
    has its place, but no tokens.
    """

    tokens: list[Token]
    start: int
    end: int
    block: int = 0
    children: list[list[int]] = field(default_factory=list)
    _lemmas: frozenset[str] | None = field(default=None, init=False, repr=False)

    @property
    def lemmas(self) -> frozenset[str]:
        """The lemmas of its tokens: tells at once that no word of a table stands in it."""
        if self._lemmas is None:
            self._lemmas = frozenset([t.lemma for t in self.tokens])
        return self._lemmas

    @property
    def closing(self) -> str:
        """The last word or sign, "" of a sentence without tokens."""
        return self.tokens[-1].text if self.tokens else ""

    def subtree(self, index: int) -> Iterator[int]:
        """The token and all below it, in no particular order; safe on any head array."""
        seen, todo = set(), [index]
        while todo:
            i = todo.pop()
            if i not in seen:
                seen.add(i)
                yield i
                todo.extend(self.children[i])
