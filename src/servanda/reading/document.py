"""A report on its way to records: the clean text, its blocks, sentences and mentions, all in one frame of offsets.

Offsets here count the *clean* text (see `Page`); `Page.span` leads back to the report's text as received.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Protocol, TypeVar

from servanda.lang.words import Sentence, Token
from servanda.model.reading import Dateline, Finding
from servanda.model.spans import Span

LONGEST_WIRE = 5_000  # letters; a longer news item is an article
_START, _END = attrgetter("start"), attrgetter("end")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the page. `kind`: title, lead, body (a paragraph without its dateline), dateline, stamp (the page's
    date
    line) or chrome (counters, captions, «Читайте также»). `item` numbers the news of a digest from 0; no record
    mixes two.
    """

    kind: str
    start: int
    end: int
    item: int = 0

    @property
    def readable(self) -> bool:
        """Whether sentences are read in it."""
        return self.kind in ("title", "lead", "body")


@dataclass(frozen=True, slots=True)
class Page:
    """The laid-out page. `text` is clean: soft hyphens and broken lines closed, no-break spaces plain, Latin
    look-alikes in
    Cyrillic words replaced; `offsets[i]` is where its code point i stands in the report's text (None: the same place).
    """

    text: str
    blocks: tuple[Block, ...]
    offsets: Sequence[int] | None = None
    published: str | None = None
    day: date | None = None  # against which relative times are resolved: the dateline's, else the day of publication
    dateline: Dateline | None = None
    evidence: dict[str, tuple[Span, ...]] = field(
        default_factory=dict
    )  # clean offsets; "published", "dateline/place", ...
    findings: tuple[Finding, ...] = ()

    def span(self, clean: Span) -> Span:
        """A span of the clean text as a span of the report's text."""
        if self.offsets is None:
            return clean
        return Span(self.offsets[clean.start], self.offsets[clean.end - 1] + 1)


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression. `edtf` is None where the text does not fix it.

    `grain`: day, week, month, quarter, half, year, season, span (an interval), duration. `deadline`: "by" for an
    open start
    («до 1 июля»), "from" for an open end («с 1 августа»), else "". `how`: normalised (printed in full) or resolved.
    """

    start: int
    end: int
    edtf: str | None
    grain: str
    deadline: str
    how: str
    rule: str


@dataclass(frozen=True, slots=True)
class AmountMention:
    """A number with its unit. `start:end` covers number, unit and bound words; `core` only the number and unit.

    `kind`: money, percent, times («в 2,5 раза», «втрое»), count (of people or things), measure (tonnes, km, MW), share.
    `high` is set for a range («80-82 млн»: number 80e6, high 82e6). `rate` are the words «в год», «в сутки» after
    it, or None.
    `noun` is the text index of the counted head noun's token start, or None. Spans of verbs that carry the bound:
    `bound_span`.
    """

    start: int
    end: int
    core: Span
    number: int | float
    unit: str
    bound: str
    kind: str
    rule: str
    high: int | float | None = None
    rate: Span | None = None
    bound_span: Span | None = None


@dataclass(frozen=True, slots=True)
class PartyMention:
    """A state, organ, body or company named. `codes` has one code, or two for «казахстанско-киргизский».

    `kind`: state (the name itself), people («россияне»), capital (a city or seat standing for its state, or a place:
    the
    clause decides), adjective («киргизский»), organ (ministry, government, region: code of its state, no codes where
    none stands beside it), body (intergovernmental), company (name:...).
    `how`: normalised for names of states and acronyms, resolved for metonymy.
    """

    start: int
    end: int
    codes: tuple[str, ...]
    kind: str
    how: str
    rule: str


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named. `name` in the dictionary form; `code` of its state, None where no table knows it.

    `kind`: capital, city, crossing (at a border), region, seat (of power), unknown.
    """

    start: int
    end: int
    name: str
    code: str | None
    kind: str
    rule: str


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person, or an office without a name. Name and office in the nominative, the fullest that the report has;
    `party` by the office's state, or the state that the report gave the person elsewhere. A list («министры
    Казахстана и
    Узбекистана») is one mention a party, all with the list's offsets.
    """

    start: int
    end: int
    name: str | None
    office: str | None
    party: str | None
    name_span: Span | None
    office_span: Span | None
    how: str
    rule: str
    role: str = ""  # of the table of offices: state, government, foreign, minister, group, ...
    plural: bool = False  # «президенты», «представители»: several people


@dataclass
class Document:
    """Page, sentences and mentions: what the extractors of records look at. Mentions are sorted by start."""

    page: Page
    sentences: list[Sentence]
    times: list[TimeMention] = field(default_factory=list)
    amounts: list[AmountMention] = field(default_factory=list)
    parties: list[PartyMention] = field(default_factory=list)
    people: list[PersonMention] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    @property
    def is_read(self) -> bool:
        """Whether any sentence has its words."""
        return any(sentence.tokens for sentence in self.sentences)

    @cached_property
    def letters(self) -> Counter[int]:
        """How many letters the sentences of each news item have."""
        lengths = Counter[int]()
        for sentence in self.sentences:
            lengths[self.item_of(sentence)] += sentence.end - sentence.start
        return lengths

    @cached_property
    def articles(self) -> frozenset[int]:
        """The news that are no wires but articles, by their length."""
        return frozenset(item for item, letters in self.letters.items() if letters > LONGEST_WIRE)

    @cached_property
    def year(self) -> int | None:
        """The year of the report: of its day, else the latest that it names and that is no term («до 2035 года»)."""
        if self.page.day:
            return self.page.day.year
        named = [(int(t.edtf[:4]), not t.deadline) for t in self.times if t.edtf and t.edtf[:4].isdigit()]
        return max((y for y, plain in named if plain), default=max((y for y, _ in named), default=None))

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds an offset, or the one before it."""
        if not self.starts:
            self.starts = [s.start for s in self.sentences]
        return self.sentences[max(0, bisect_right(self.starts, offset) - 1)]

    def item_of(self, sentence: Sentence) -> int:
        """Which news of a digest the sentence belongs to."""
        return self.page.blocks[sentence.block].item

    def words(self, start: int, end: int) -> str:
        """The clean text between two offsets."""
        return self.page.text[start:end]

    def tokens_in(self, sentence: Sentence, start: int, end: int) -> list[Token]:
        """Tokens of the sentence that lie within the offsets."""
        tokens = sentence.tokens
        first = bisect_left(tokens, start, key=_START)
        last = bisect_right(tokens, end, lo=first, key=_END)
        return tokens[first:last]


class _Placed(Protocol):
    """A mention: anything with a place."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


M = TypeVar("M", bound=_Placed)


def starting(mentions: Sequence[M], low: int, high: int) -> Sequence[M]:
    """The mentions (sorted by start) that start between two offsets."""
    first = bisect_left(mentions, low, key=_START)
    return mentions[first : bisect_left(mentions, high, lo=first, key=_START)]


def within(mentions: Sequence[M], span: Span) -> list[M]:
    """The mentions (sorted by start) that lie in a span."""
    return [m for m in starting(mentions, span.start, span.end) if m.end <= span.end]
