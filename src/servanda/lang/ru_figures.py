"""Tables of metrics and of words of change -> one lexicon, looked up by lemma."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from servanda.lang.words import Token
from servanda.world.tables import Tables, values


@dataclass(frozen=True, slots=True)
class MetricWord:
    """A word or phrase that names a metric: its lemmas, whose quantity it is, what kinds of amount measure it."""

    lemmas: tuple[str, ...]
    form: str
    metric: str
    relation: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureWords:
    """What the reader of figures asks of Russian."""

    metrics: Mapping[str, tuple[MetricWord, ...]]  # nouns, verbs and shares by the first lemma, longest first
    counts: Mapping[str, MetricWord]  # by the unit counted
    sorts: Mapping[str, frozenset[str]]

    def metric_at(self, tokens: Sequence[Token], index: int) -> MetricWord | None:
        """The longest metric phrase that starts at a token."""
        for word in self.metrics.get(tokens[index].lemma, ()):
            if word.lemmas == tuple(t.lemma for t in tokens[index : index + len(word.lemmas)]):
                return word
        return None

    def has(self, sort: str, token: Token) -> bool:
        """Whether a token is of a sort, by its lemma or as it is printed («больше»)."""
        return token.lemma in self.sorts[sort] or token.text.lower() in self.sorts[sort]


def figure_words(tables: Tables) -> FigureWords:
    """The lexicon, for `Tables.derive`."""
    metrics: dict[str, list[MetricWord]] = {}
    counts: dict[str, MetricWord] = {}
    for row in tables.rows("ru/metrics"):
        for words in values(row["words"]):
            word = MetricWord(tuple(words.split()), row["form"], row["metric"], row["relation"], values(row["units"]))
            if word.form == "count":
                counts[words] = word
            else:
                metrics.setdefault(word.lemmas[0], []).append(word)
    return FigureWords(
        {first: tuple(sorted(of, key=lambda w: -len(w.lemmas))) for first, of in metrics.items()},
        counts,
        {row["sort"]: frozenset(values(row["words"])) for row in tables.rows("ru/figure_words")},
    )
