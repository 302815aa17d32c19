"""What the finders of mentions share: a sentence with its words seen at a glance, and a mention in the making."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from servanda.lang.words import Sentence, Token
from servanda.reading.document import PartyMention
from servanda.world.declension import ANY
from servanda.world.names import Hit, Stretch, build_names
from servanda.world.tables import Row, Tables

_START = attrgetter("start")
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


@dataclass(slots=True)
class Words:
    """A sentence with what is asked of it again and again, looked up once.

    `forms` are its words, folded, and its signs; `figures` says whether it has a digit or «_», which may cling to a
    word. `hits` are the names of the tables in it, `capitals` the words that may be parts of other names: with a
    capital, or taken for such by the network.
    """

    text: str
    sentence: Sentence
    forms: frozenset[str]
    figures: bool
    hits: list[Hit]
    capitals: list[Token]

    def at(self, offset: int) -> Token | None:
        """The token that holds an offset."""
        i = bisect_right(self.sentence.tokens, offset, key=_START) - 1
        return self.sentence.tokens[i] if i >= 0 else None

    def between(self, start: int, end: int) -> list[Token]:
        """The tokens that begin within the offsets."""
        tokens = self.sentence.tokens
        first = bisect_left(tokens, start, key=_START)
        return tokens[first : bisect_left(tokens, end, lo=first, key=_START)]

    def quoted(self, offset: int) -> bool:
        """Whether a quotation mark opens right before the offset."""
        return self.text[offset - 1 : offset] in OPENING


def look_up(text: str, sentences: Sequence[Sentence], tables: Tables) -> list[Words]:
    """The sentences of a text, each with its words and names; in one without tokens, which is not read, no names."""
    names = tables.derive(build_names)
    found = []
    for s in sentences:
        stretch = Stretch.of(text, s.start, s.end)
        figures = _FIGURE.search(stretch.folded) is not None
        capitals = [t for t in s.tokens if t.ner or t.text[:1].isupper()]
        hits = names.find(stretch) if s.tokens else []
        found.append(Words(text, s, stretch.forms, figures, hits, capitals))
    return found


_FIGURE = re.compile(r"[\d_]")


def network_names(words: Words, sort: str) -> list[list[Token]]:
    """The runs of tokens that the network takes for names of a sort: PER, LOC or ORG."""
    runs: list[list[Token]] = []
    for token in words.capitals:
        if not token.ner.endswith(sort):
            continue
        if runs and token.ner[0] == "I" and runs[-1][-1].index == token.index - 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs
