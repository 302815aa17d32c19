"""What the finders of parties and places share: a sentence with its tokens by offset, and a mention in the making."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from servanda.lang.words import Sentence, Token
from servanda.reading.document import PartyMention
from servanda.world.declension import ANY
from servanda.world.tables import Row

OPENING = frozenset('«"“„')


@dataclass(slots=True)
class Found:
    """A mention while its neighbours may still join it. `cases` are those that its form may stand in."""

    start: int
    end: int
    codes: tuple[str, ...]
    kind: str
    how: str
    rule: str
    cases: int = ANY
    row: Row | None = None

    def mention(self) -> PartyMention:
        """The mention as others see it."""
        return PartyMention(self.start, self.end, self.codes, self.kind, self.how, self.rule)


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence with the starts of its tokens."""

    text: str
    sentence: Sentence
    starts: list[int]

    @staticmethod
    def of(text: str, sentence: Sentence) -> "Words":
        """The sentence of a text."""
        return Words(text, sentence, [t.start for t in sentence.tokens])

    def at(self, offset: int) -> Token | None:
        """The token that holds an offset."""
        i = bisect_right(self.starts, offset) - 1
        return self.sentence.tokens[i] if i >= 0 else None

    def between(self, start: int, end: int) -> list[Token]:
        """The tokens that begin within the offsets."""
        return self.sentence.tokens[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def quoted(self, offset: int) -> bool:
        """Whether a quotation mark opens right before the offset."""
        return self.text[offset - 1 : offset] in OPENING


def network_names(sentence: Sentence, sort: str) -> Iterator[list[Token]]:
    """The runs of tokens that the network takes for names of a sort: PER, LOC or ORG."""
    run: list[Token] = []
    for token in sentence.tokens:
        if run and token.ner != f"I-{sort}":
            yield run
            run = []
        if token.ner in (f"B-{sort}", f"I-{sort}"):
            run.append(token)
    if run:
        yield run
