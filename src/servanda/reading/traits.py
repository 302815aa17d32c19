"""Candidate -> traits: short names of all that speaks for or against its being an undertaking, for the judge to weigh.

Everything here is read off the tree, the tables and the mentions; a trait is a name, present or absent.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from servanda.lang.words import Sentence
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.candidates import OWN_WORDS, Candidate, Finder
from servanda.reading.clauses import kind_of
from servanda.reading.context import Context
from servanda.reading.document import within

# Words of a sentence or beside the predicate that say what sort of telling it is.
_TELLING = frozenset(("если", "бы", "чтобы", "мы", "я", "как", "который", "что", "когда", "быть"))
_TELLING |= {"ранее", "уже", "также", "еще", "только", "теперь", "однако", "напомнить", "например", "обычно", "всегда"}
_CONTENT = ("NOUN", "VERB", "ADJ", "ADV", "PROPN")
_OLD, _RECENT = 5, 1  # years before the report


@dataclass(frozen=True, slots=True)
class _Passage:
    """The traits that all candidates of a sentence share."""

    sentence: Sentence
    named: str
    news: tuple[str, ...]
    place: tuple[str, ...]
    years: tuple[str, ...]
    asks: bool
    telling: tuple[str, ...]


class Traits:
    """Reads the traits of the candidates of one document."""

    def __init__(self, context: Context, finder: Finder) -> None:
        self.context, self.finder = context, finder
        self.acts, self.scene, self.document = context.acts, context.scene, context.document
        self._around: _Passage | None = None  # of the sentence read last
        self._first: dict[int, int] = {}  # item -> number of its first sentence
        self._named: defaultdict[str, list[int]] = defaultdict(list)  # party -> numbers of the sentences that name it
        for number in range(len(self.document.sentences)):
            for code in self.scene.named_in(number):
                self._named[code].append(number)

    def read(self, candidate: Candidate) -> list[str]:
        """All traits of a candidate whose quote is read but those of its sides."""
        found = [
            *self._of_form(candidate),
            *self._of_words(candidate),
            *self._of_object(candidate),
            *self._of_subject(candidate),
            *self._of_passage(candidate),
        ]
        return list(dict.fromkeys(found))

    def of_sides(self, candidate: Candidate) -> list[str]:
        """Those of its sides; `bounds` tells how much they may weigh."""
        return list(dict.fromkeys([*self._of_sides(candidate), *self._together(candidate)]))

    def beside_sides(self, candidate: Candidate) -> tuple[str, str, str, str]:
        """Whether a table knows the word, the subject, the act, and whether an article or a wire tells it: what counts
        beside how the sides are known.
        """
        known = "known" if candidate.clause.token.lemma in self.acts.rules else "unknown"
        told = "article" if self.document.item_of(candidate.sentence) in self.document.articles else "wire"
        return known, next(self._of_subject(candidate)), candidate.act, told

    def is_placed(self, sentence: Sentence) -> bool:
        """Whether a candidate of the sentence's news has been read."""
        return self.document.item_of(sentence) in self._first

    def words(self, candidate: Candidate) -> dict[str, tuple[str, ...]]:
        """The lemmas whose meaning is weighed, by their place in the clause."""
        clause, tokens = candidate.clause, candidate.sentence.tokens
        thing, subject = candidate.object, clause.subject
        named = subject is None or self.scene.actor(candidate.sentence, subject)
        inside = self.document.tokens_in(candidate.sentence, *candidate.quote)
        return {
            "act": (clause.token.lemma,),
            "object": () if thing is None else (tokens[self.context.counted(candidate.sentence, thing)].lemma,),
            "head": (tokens[clause.token.head].lemma,) if clause.token.head >= 0 else (),
            "subject": () if named or subject is None else (tokens[subject].lemma,),
            "above": (tokens[clause.above[0]].lemma,) if clause.above else (),
            "clause": tuple(t.lemma for t in inside if t.pos in _CONTENT and t is not clause.token),
        }

    def _of_form(self, candidate: Candidate) -> Iterator[str]:
        clause, sentence = candidate.clause, candidate.sentence
        token, kind, tense = clause.token, clause.kind, clause.tense or "-"
        force = candidate.force.name if candidate.force else "-"
        yield f"kind={kind}"
        yield f"tense={tense}/{'perf' if clause.perfective else 'imp'}"
        yield f"form={kind}/{tense}"
        yield f"rel={token.rel}"
        yield f"force={force}"
        yield f"force={force}/{kind}"
        for name in ("negated", "passive", "conditional"):
            if getattr(clause, name):
                yield name
        if "Person" in token.feats:
            yield f"person={token.feats['Person']}"
        if candidate.ruled:
            yield "ruled"
            yield f"ruled/{kind}"
        if kind == "noun":
            yield f"light={self._light(candidate)}"
        depth, i = 0, token
        while i.head >= 0 and depth < 4:
            i, depth = sentence.tokens[i.head], depth + 1
        yield f"depth={depth}"

    def _light(self, candidate: Candidate) -> str:
        if candidate.light is None:
            return "none"
        if candidate.light == OWN_WORDS:
            return "said"
        force = self.acts.force(candidate.sentence.tokens[candidate.light].lemma)
        return force.name if force else "document"

    def _of_words(self, candidate: Candidate) -> Iterator[str]:
        clause, sentence = candidate.clause, candidate.sentence
        tokens, lemma = sentence.tokens, clause.token.lemma
        yield f"lemma={lemma}"
        if rules := self.acts.rules.get(lemma):
            act = candidate.rule.act if candidate.rule else "-"
            yield from ("known", f"act={act}", f"act={act}/{clause.kind}", f"family={rules[0].family}")
            if self.acts.choose(lemma, self.finder.classes(sentence, candidate.object)):
                yield "object fits"
        else:
            yield "unknown"
        if lemma in self.acts.silent:
            yield "silent"
        if lemma in self.scene.speech:
            yield "speech"
        if own := self.acts.force(lemma):
            yield f"is={own.name}"
        for i in clause.above[:4]:
            if force := self.acts.force(tokens[i].lemma):
                yield f"above={force.name}"
            if tokens[i].lemma in self.scene.speech:
                yield "above=speech"
            if self.context.instrument_at(sentence, i):
                yield "above=instrument"
        for i in sentence.children[clause.index]:
            if tokens[i].lemma in _TELLING:
                yield f"beside={tokens[i].lemma}"
            if tokens[i].rel == "mark":
                yield "marked"

    def _of_object(self, candidate: Candidate) -> Iterator[str]:
        sentence, thing = candidate.sentence, candidate.object
        if thing is None:
            yield "no object"
            return
        head = sentence.tokens[self.context.counted(sentence, thing)]
        yield f"object={head.pos}"
        for name in sorted(self.finder.classes(sentence, thing)):
            yield f"object={name}"
        if amount := self.context.amount_at(sentence, thing):
            yield f"object={amount.kind}"
        if self.context.instrument_at(sentence, thing):
            yield "object=instrument"
        if kind_of(head) == "noun" and head.lemma in self.acts.rules:
            yield "object=deed"
        mention = self.scene.mention_at(sentence, thing)
        if mention and mention.kind != "adjective":
            yield "object=party"

    def _of_subject(self, candidate: Candidate) -> Iterator[str]:
        sentence, subject = candidate.sentence, candidate.clause.subject
        if subject is None:
            yield "no subject"
            return
        who = self.scene.actor(sentence, subject)
        token = sentence.tokens[subject]
        yield f"subject={who[0].how.value}" if who else f"subject={token.pos}"
        if not who:
            yield f"subject={token.feats.get('Animacy', '-')}"
        if self.context.instrument_at(sentence, subject):
            yield "subject=instrument"
        if self.scene.people_at(sentence, subject):
            yield "subject=person"

    def _of_sides(self, candidate: Candidate) -> Iterator[str]:
        for name, side in (("by", candidate.by), ("to", candidate.to)):
            yield f"{name}:{min(2, len(side))}"
            for who in side[:2]:
                yield f"{name}={who.how.value}"
                yield f"{name}={who.rule.partition(':')[0]}"
        if any(w.code.startswith("name:") for w in candidate.by):
            yield "by=named"
        both = (*candidate.by, *candidate.to)
        yield f"parties={min(3, len({w.code for w in both}))}"
        if candidate.joint:
            yield "joint"
        number = self.scene.number[id(candidate.sentence)]
        by, to = (max((self._distance(w.code, number) for w in s), default=0) for s in (candidate.by, candidate.to))
        yield from (f"far={max(by, to)}", f"by far={by}", f"to far={to}")
        if both and all(w.how == How.INHERITED for w in both):
            yield "sides brought"
        if candidate.by and candidate.to and not any(w.how == How.INHERITED for w in both):
            yield "sides named"

    def _distance(self, code: str, number: int) -> int:
        """How many sentences back a party was named last; 4 stands for more and for never."""
        named = self._named[code]
        at = bisect_left(named, number + 1) - 1
        return min(4, number - named[at]) if at >= 0 else 4

    def _together(self, candidate: Candidate) -> Iterator[str]:
        """How the sides are known beside each other, the subject, the act, and what else `beside_sides` tells."""
        by, to = (side[0].how.value if side else "-" for side in (candidate.by, candidate.to))
        known, subject, act, told = self.beside_sides(candidate)
        yield f"subject/by={subject}/{by}"
        yield f"by/to={by}/{to}"
        yield f"{known}/by={by}"
        yield f"{known}/to={to}"
        yield f"act/to={act}/{to}"
        if told == "article":
            yield from (f"article/by={by}", f"article/to={to}")

    def _of_passage(self, candidate: Candidate) -> Iterator[str]:
        sentence, quote, document = candidate.sentence, candidate.quote, self.document
        if self._around is None or self._around.sentence is not sentence:
            self._around = self._passage(sentence)
        around = self._around
        yield around.named
        here = self.scene.parties[self.scene.number[id(sentence)]]
        inside = {c for m in here if quote.start <= m.start and m.end <= quote.end for c in m.codes}
        yield f"in clause={min(3, len(inside))}"
        yield from around.news
        if candidate.instrument:
            yield "rests"
        yield from around.place
        for time in within(document.times, quote)[:2]:
            yield "time"
            yield f"time={time.deadline or '-'}"
        yield from around.years
        for amount in within(document.amounts, quote)[:3]:
            yield f"amount={amount.kind}"
        before = document.words(sentence.start, candidate.clause.token.start)
        if around.asks:
            yield "question"
        if before.count("«") > before.count("»"):
            yield "in quotes"
        yield from around.telling

    def _passage(self, sentence: Sentence) -> "_Passage":
        number, item = self.scene.number[id(sentence)], self.document.item_of(sentence)
        named = {c for m in self.scene.parties[number] for c in m.codes}
        years = self.context.years_in(Span(sentence.start, sentence.end))
        return _Passage(
            sentence,
            named=f"in sentence={min(3, len(named))}",
            news=(
                f"in news={min(5, len(self.scene.weights[item]))}",
                f"instruments={min(2, len(self.context.instruments))}",
            ),
            place=(
                f"block={self.document.page.blocks[sentence.block].kind}",
                f"place={min(4, number - self._first.setdefault(item, number))}",
                f"length={min(5, len(sentence.tokens) // 12)}",
            ),
            years=(
                *self._age("age", max(years) if years else None),
                *self._age("told", self.context.year_before(sentence)),
            ),
            asks="?" in self.document.words(sentence.start, sentence.end),
            telling=tuple(self._telling(sentence.lemmas)),
        )

    def _telling(self, lemmas: frozenset[str]) -> Iterator[str]:
        for word in sorted(_TELLING & lemmas):
            yield f"word={word}"
        if not lemmas.isdisjoint(self.scene.speech):
            yield "said"

    def _age(self, name: str, year: int | None) -> Iterator[str]:
        """How long ago a year lies."""
        if year is None or not self.context.year:
            return
        age = self.context.year - year
        yield f"{name}=" + ("old" if age > _OLD else "years" if age > _RECENT else "future" if age < 0 else "now")
