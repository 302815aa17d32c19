"""Draft -> traits of where its record stands: how long and of what manner its news is, who speaks around it, how old
the years beside it are. Confidence is weighed by them: an analysis tells history, opinions and what may be in the very
words in which a wire tells news.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from servanda.lang.words import Sentence
from servanda.model.spans import Span
from servanda.reading.document import Document, starting
from servanda.reading.draft import Draft

_LETTERS = (1_000, 2_000, 3_500, 5_000, 8_000, 12_000)  # of a news item
_PLACES = (1, 3, 7, 16, 32)  # sentences from its beginning
_ASKING = frozenset(("почему", "зачем", "чем", "кто", "как", "что", "куда", "какой", "чего"))
_EXPERT = re.compile(  # by its letters: also in a sentence whose words are not read
    r"\b(?:эксперт|политолог|аналитик|обозревател|историк|востоковед|экономист|американист|международник|социолог"
    r"|профессор|доцент|сотрудник|исследовател|наблюдател|собеседник|специалист|журналист|публицист|юрист|колумнист"
    r"|военкор|доктор[а-я]* [а-я]+ наук|кандидат[а-я]* [а-я]+ наук)",
    re.IGNORECASE,
)
_DOUBTFUL = frozenset(
    (
        *("если", "бы", "чтобы", "мочь", "возможно", "якобы", "вероятно", "видимо", "тогда", "вряд", "ли", "должный"),
        *("надеяться", "опасаться", "уверен", "уверенный", "считать", "полагать", "думать", "мнение", "вопрос"),
        *("обвинить", "обвинять", "требовать", "потребовать", "призвать", "призывать", "хотеть", "необходимо", "нужно"),
    )
)
_OLD, _RECENT = 5, 1  # years before the report
_DATED = ("when", "date", "period", "valid")


@dataclass(frozen=True, slots=True)
class _News:
    """What all records of a news item share."""

    first: int  # the number of its first sentence
    traits: tuple[str, ...]
    experts: frozenset[int]  # the numbers of the sentences that name one


class Settings:
    """Reads where the records of one document stand."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._news: dict[int, _News] = {}
        self._sentences: defaultdict[int, list[int]] = defaultdict(list)  # item -> the numbers of its sentences
        for number, sentence in enumerate(document.sentences):
            self._sentences[document.item_of(sentence)].append(number)
        titles = (b for b in reversed(document.page.blocks) if b.kind == "title")
        self._titles = {b.item: document.words(b.start, b.end) for b in titles}

    def of(self, draft: Draft) -> tuple[str, ...]:
        """The traits of a draft's setting, each once."""
        if draft.item not in self._news:
            self._news[draft.item] = self._read(draft.item)
        news = self._news[draft.item]
        return tuple(dict.fromkeys([*news.traits, *self._of_place(draft, news), *self._of_years(draft)]))

    def _read(self, item: int) -> _News:
        numbers = self._sentences[item]
        experts = frozenset(n for n in numbers if _EXPERT.search(self._text(self.document.sentences[n])))
        title = self._titles.get(item, "")
        traits = [f"letters*{_step(self.document.letters[item], _LETTERS)}"]
        traits.append(f"experts*{min(3, len(experts))}")
        traits.append("dated" if self.document.page.day else "undated")
        if self.document.page.dateline:
            traits.append("dateline")
        if "?" in title or not _ASKING.isdisjoint(title.lower().replace(":", " ").split()):
            traits.append("title asks")
        if ": " in title:
            traits.append("title in two")
        return _News(numbers[0] if numbers else 0, tuple(traits), experts)

    def _of_place(self, draft: Draft, news: _News) -> Iterator[str]:
        sentence, quote = self.document.sentences[draft.sentence], draft.evidence["quote"][0]
        yield f"place*{_step(draft.sentence - news.first, _PLACES)}"
        yield f"sentence*{min(5, len(sentence.tokens) // 12)}"
        if draft.sentence in news.experts:
            yield "expert here"
        elif not news.experts.isdisjoint(range(draft.sentence - 2, draft.sentence + 3)):
            yield "expert near"
        before = self.document.words(sentence.start, quote.start)
        if before.count("«") > before.count("»"):
            yield "in quotes"
        if "?" in self._text(sentence):
            yield "question"
        for word in sorted(_DOUBTFUL & sentence.lemmas):
            yield f"word={word}"
        named = {c for p in starting(self.document.parties, sentence.start, sentence.end) for c in p.codes}
        yield f"named*{min(4, len(named))}"

    def _of_years(self, draft: Draft) -> Iterator[str]:
        year, sentence = self.document.year, self.document.sentences[draft.sentence]
        if not year:
            return
        beside = self._years(Span(sentence.start, sentence.end))
        yield f"age={_age(year - max(beside))}" if beside else "age=-"
        blocks = self.document.page.blocks
        passage = self._years(Span(blocks[max(0, sentence.block - 2)].start, sentence.end))
        yield f"told={_age(year - passage[-1])}" if passage else "told=-"
        dates = [str(draft.get(name) or "") for name in _DATED]
        dates += [str(step.date or "") for step in draft.get("steps") or ()]
        own = [int(d[:4]) for d in (part for date in dates for part in date.split("/")) if d[:4].isdigit()]
        if own:
            yield f"own={_age(year - max(own))}"

    def _text(self, sentence: Sentence) -> str:
        return self.document.words(sentence.start, sentence.end)

    def _years(self, span: Span) -> list[int]:
        times = starting(self.document.times, span.start, span.end)
        return [int(t.edtf[:4]) for t in times if t.edtf and t.edtf[:4].isdigit()]


def _step(number: int, bounds: tuple[int, ...]) -> int:
    return sum(number >= bound for bound in bounds)


def _age(years: int) -> str:
    return "old" if years > _OLD else "years" if years > _RECENT else "future" if years < 0 else "now"
