"""What the readers of one document share: its mentions by place, its instruments, the tables of acts."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from servanda.lang.words import Sentence, Token
from servanda.model.spans import Span
from servanda.reading.acts import Acts, build_acts
from servanda.reading.clauses import case_of, noun_phrase, preposition
from servanda.reading.document import AmountMention, Document, starting
from servanda.reading.draft import Draft
from servanda.reading.scene import Scene
from servanda.world.tables import Tables

_GROWN = re.compile(r"\s[–—-]\s(?:до|с|уже)\s|\sс\s\d+\sдо\s\d")  # what a number grows to


@dataclass(slots=True, eq=False)
class Context:
    """One document under the eyes of the undertaking readers. Look-ups are by offset; nothing is searched for twice."""

    document: Document
    scene: Scene
    tables: Tables
    instruments: list[Draft]
    acts: Acts = field(init=False)
    year: int | None = field(init=False)
    _amounts: list[int] = field(init=False)
    _years: list[tuple[int, int]] = field(init=False)  # start of a time and its year
    _named: list[tuple[int, int, int]] = field(init=False)  # start, end, number of the instrument, by start

    def __post_init__(self) -> None:
        self.acts = self.tables.derive(build_acts)
        self.year = self.document.year
        self._amounts = [a.start for a in self.document.amounts]
        times = self.document.times
        self._years = [(t.start, int(t.edtf[:4])) for t in times if t.edtf and t.edtf[:4].isdigit()]
        self._named = sorted((m.start, m.end, n) for n, d in enumerate(self.instruments) for m in d.mentions)

    def years_in(self, span: Span) -> list[int]:
        """The years that the times of a stretch of text lie in, in their order."""
        return [year for _, year in self._years[bisect_left(self._years, (span.start,)) : self._years_to(span.end)]]

    def year_before(self, sentence: Sentence) -> int | None:
        """The year named last before the end of a sentence, in its paragraph or the two above."""
        at = self._years_to(sentence.end) - 1
        blocks = self.document.page.blocks
        first = blocks[max(0, sentence.block - _PARAGRAPHS)]
        if at < 0 or self._years[at][0] < first.start or first.item != self.document.item_of(sentence):
            return None
        return self._years[at][1]

    def _years_to(self, end: int) -> int:
        return bisect_left(self._years, (end,))

    def instrument_at(self, sentence: Sentence, index: int) -> Draft | None:
        """The instrument whose words hold the token; of several titles the first in the report."""
        if not self._named:
            return None
        token = sentence.tokens[index]
        at = bisect_right(self._named, (token.start, 10**12, 0)) - 1
        found: list[int] = []
        for start, end, number in reversed(self._named[max(0, at - _NEAR) : at + 1]):
            if start <= token.start and token.end <= end:
                found.append(number)
        return self.instruments[min(found)] if found else None

    def amount_at(self, sentence: Sentence, index: int) -> AmountMention | None:
        """The amount that a token is part of: «40 тыс. тонн» has its noun at the end, wherever the tree has its
        head.
        """
        if not self._amounts:
            return None
        token = sentence.tokens[index]
        at = bisect_right(self._amounts, token.start) - 1
        if at >= 0 and token.end <= self.document.amounts[at].end:
            return self.document.amounts[at]
        return None

    def counted(self, sentence: Sentence, index: int) -> int:
        """The noun counted where the token is part of an amount, else the token itself."""
        amount = self.amount_at(sentence, index)
        if not amount:
            return index
        inside = [t for t in self.document.tokens_in(sentence, amount.start, amount.end) if t.pos == "NOUN"]
        return inside[-1].index if inside else index

    def thing_span(self, sentence: Sentence, index: int) -> Span:
        """The words of a thing, its whole number among them; of goods by measure the goods alone."""
        counted = self.counted(sentence, index)
        amount = self.amount_at(sentence, index)
        if amount and amount.kind in ("measure", "money"):
            for i in (*sentence.children[counted], *(sentence.children[index] if index != counted else ())):
                child = sentence.tokens[i]
                beyond = child.rel == "nmod" and case_of(child) == "gen" and child.start >= amount.core.end
                if beyond and not preposition(sentence, i):
                    return noun_phrase(sentence, i)  # «20 тонн пшеницы»: the wheat, its measure stands in amounts
        below = sentence.children[counted]
        apart = frozenset(i for i in below if self._is_apart(sentence, i)) | self._explanations(sentence, counted)
        span = noun_phrase(sentence, counted, without=apart)
        tail = _GROWN.search(self.document.words(*span))  # «число мест – до 200»
        span = Span(span.start, span.start + tail.start()) if tail else span
        return Span(min(span.start, amount.start), max(span.end, amount.end)) if amount else span

    def _explanations(self, sentence: Sentence, index: int) -> frozenset[int]:
        """Clauses that tell more of a thing: «механизм контроля, который дополняет договор»."""
        tokens = sentence.tokens
        inner = (i for i in sentence.subtree(index) if i > index and tokens[i].rel == "acl:relcl")
        return frozenset(i for i in inner if tokens[min(sentence.subtree(i))].text == ",")

    def _is_apart(self, sentence: Sentence, index: int) -> bool:
        """Whether a phrase below a thing is no part of its name: a term, a purpose, a sum («кредит в 5 млн евро», «на
        сумму …»), a participle after a comma.
        """
        if self._is_term(sentence, index) or self.is_purpose(sentence, index):
            return True
        token = sentence.tokens[index]
        near = starting(self.document.times, token.start - _DATE, token.end)
        if preposition(sentence, index) in _DATING and any(t.end >= token.end for t in near):
            return True
        if token.rel in ("acl", "acl:relcl"):
            return token.index > token.head and any(
                sentence.tokens[i].text == "," and i < index for i in sentence.children[index]
            )
        if preposition(sentence, index) in ("с", "до") and self.amount_at(sentence, index):
            return True  # «число мест с 90 до 150»
        amount = self.amount_at(sentence, index) if preposition(sentence, index) in _PRICING else None
        return token.lemma in _SUMS or (amount is not None and amount.kind == "money")

    def _is_term(self, sentence: Sentence, index: int) -> bool:
        """«без пошлин», «в рассрочку»: said of the deed, no part of the thing."""
        prep, terms = preposition(sentence, index), self.acts.terms
        return prep in terms["preposition"] or f"{prep}_{sentence.tokens[index].lemma}" in terms["phrase"]

    def is_purpose(self, sentence: Sentence, index: int) -> bool:
        """«для восстановления …»: a noun of doing under «для», or any under «в целях»."""
        prep = preposition(sentence, index)
        lemma = sentence.tokens[index].lemma
        return prep in ("в_целях", "с_целью") or (prep in ("для", "ради") and lemma.endswith(_DOING))


_DOING = ("ние", "тие", "ция", "ка")  # endings of nouns of doing
_PRICING = frozenset(("в", "на", "за"))  # before a sum: «кредит в 5 млн евро»
_DATING = frozenset(("до", "с", "к", "в", "на", "от"))  # before a time: «50 тысяч тонн до октября»
_DATE = 20  # letters from the beginning of a time to its noun
_SUMS = frozenset(("сумма", "стоимость", "объем", "размер"))  # «на сумму», «стоимостью», «объемом»
_NEAR = 12  # mentions of instruments looked back at: titles nest, but not deeper
_PARAGRAPHS = 2  # above a sentence, whose years may be its own


def span_of(token: Token) -> Span:
    """The token's place."""
    return Span(token.start, token.end)
