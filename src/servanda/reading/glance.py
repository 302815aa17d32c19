"""Sentences -> what is seen of each at a glance, as numbers: how many of its words each table knows, and who is named
in it and around it. No grammar and no networks; a word is looked at once.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
import numpy.typing as npt

from servanda.model.spans import Span
from servanda.reading.acts import build_acts
from servanda.reading.document import Block
from servanda.world.names import Stretch, build_names
from servanda.world.tables import Tables, values

Numbers = npt.NDArray[np.float32]
Lemmas = Callable[[str], tuple[str, ...]]  # all dictionary forms that a word may be of

_CAPITAL = re.compile(r"\b[A-ZА-ЯЁ]")
_SORTED = (  # tables whose words are counted, by the column that sorts them
    ("ru/meetings", "form", "words"),
    ("ru/metrics", "form", "words"),
    ("ru/figure_words", "sort", "words"),
    ("ru/steps", "step", "words"),
    ("ru/silent", "sort", "words"),
    ("ru/terms", "sort", "words"),
    ("ru/instruments", "force", "noun"),
    ("ru/scope", "scope", "words"),
    ("ru/calendar", "kind", "word"),
    ("treaties", "kind", "names"),
)
_SIGNS = {"%": "percent", "$": "sum", "€": "sum", "?": "question", "«": "quote"}
_DIGIT = "number"
_KINDS = ("title", "lead", "body")  # of blocks
_KEPT = 150_000  # words, some 20 MB


@dataclass(frozen=True, slots=True)
class Sorts:
    """Lemma -> the numbers of the sorts of words that it is of; `names` of all sorts, signs among them."""

    of: dict[str, tuple[int, ...]]
    names: tuple[str, ...]


def build_sorts(tables: Tables) -> Sorts:
    """The sorts of all tables; use it as `tables.derive(build_sorts)`. Of several words the first and last count."""
    pairs = {(sort, word) for sort, words in _sorted_words(tables) for word in (words[0], words[-1])}
    names = tuple(sorted({sort for sort, _ in pairs} | {*_SIGNS.values(), _DIGIT}))
    number = {name: n for n, name in enumerate(names)}
    of: dict[str, list[int]] = {}
    for sort, word in sorted(pairs):
        of.setdefault(word, []).append(number[sort])
    return Sorts({word: tuple(numbers) for word, numbers in of.items()}, names)


def _sorted_words(tables: Tables) -> Iterable[tuple[str, list[str]]]:
    """A sort and the lemmas of one thing of it, again and again."""
    acts = tables.derive(build_acts)
    named = (
        (f"{name}:{row[key]}", words.split())
        for name, key, column in _SORTED
        for row in tables.rows(name)
        for words in values(row[column])
    )
    speech = (("speech", [word]) for row in tables.rows("ru/speech") for word in row["lemma"].split())
    offices = (("office", row["office"].split()) for row in tables.rows("ru/offices"))
    deeds = ((f"act:{rules[0].act}", [lemma]) for lemma, rules in acts.rules.items())
    forces = ((f"force:{forces[0].name}", [lemma]) for lemma, forces in acts.forces.items())
    things = ((f"thing:{name}", [lemma]) for lemma, classes in acts.things.items() for name in classes)
    return chain(named, speech, offices, deeds, forces, things)


@dataclass(slots=True)
class _Named:
    """Who is named in a sentence."""

    codes: set[str] = field(default_factory=set)
    sorts: Counter[str] = field(default_factory=Counter)


class Glance:
    """Looks at the sentences of reports. What it knows of a word it keeps; the numbers follow from the text alone."""

    columns: tuple[str, ...]  # what the numbers of a sentence count

    def __init__(self, tables: Tables, lemmas: Lemmas) -> None:
        self._lemmas = lemmas
        self._names = tables.derive(build_names)
        self._sorts = tables.derive(build_sorts)
        number = {name: n for n, name in enumerate(self._sorts.names)}
        self._signs = {sign: (number[name],) for sign, name in _SIGNS.items()}
        self._digit = (number[_DIGIT],)
        self._known: dict[str, tuple[int, ...]] = {}
        self.columns = (*self._sorts.names, *_OF_ALL)

    def look(self, text: str, sentences: Sequence[tuple[Span, Block]]) -> Numbers:
        """One row a sentence, as `columns` says."""
        width, flat = len(self._sorts.names), []
        own: list[tuple[int, ...]] = []
        named: list[_Named] = []
        for n, (span, block) in enumerate(sentences):
            stretch = Stretch.of(text, *span)
            flat += [width * n + sort for atom in stretch.atoms for sort in self._of(atom)]
            capitals = len(_CAPITAL.findall(text, span.start + 1, span.end))
            own.append((len(stretch.atoms), capitals, span.end - span.start, _KINDS.index(block.kind), block.item))
            named.append(self._named(stretch))
        counts = (
            np.bincount(flat, minlength=width * len(named)).reshape(len(named), width)
            if named
            else np.empty((0, width))
        )
        around = np.array([(*o, *a) for o, a in zip(own, _around(named), strict=True)]).reshape(
            len(named), len(_OF_ALL)
        )
        return np.hstack([counts, around]).astype(np.float32)

    def _of(self, word: str) -> tuple[int, ...]:
        """The sorts of a word."""
        sorts = self._known.get(word)
        if sorts is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            sorts = self._known[word] = self._sort(word)
        return sorts

    def _sort(self, word: str) -> tuple[int, ...]:
        if word[0].isdigit():
            return self._digit
        if not word[0].isalpha():
            return self._signs.get(word, ())
        return tuple(sorted({sort for lemma in self._lemmas(word) for sort in self._sorts.of.get(lemma, ())}))

    def _named(self, stretch: Stretch) -> _Named:
        found = _Named()
        for hit in self._names.find(stretch):
            entry = hit.entries[0][0]
            found.codes.add(entry.code or entry.name)
            found.sorts[entry.sort] += 1
        return found


_OF_ALL = (
    *("words", "capitals", "letters", "block", "item"),
    *("named", "adjectives", "organs", "places", "codes", "codes with the one before", "codes of four", "codes so far"),
    *("codes in all", "since one was named", "place", "sentences", "places left", "weight", "heaviest", "foreign"),
)
_HOME = "RU"


def _around(named: Sequence[_Named]) -> list[tuple[int, ...]]:
    """Who is named in each sentence, beside it and in the report."""
    weights = Counter(code for one in named for code in one.codes)
    heaviest = max(weights.values(), default=0)
    so_far: set[str] = set()
    rows: list[tuple[int, ...]] = []
    last = -_FAR
    for n, one in enumerate(named):
        before, second, after = (named[i].codes if 0 <= i < len(named) else set() for i in (n - 1, n - 2, n + 1))
        so_far |= one.codes
        last = n if one.codes else last
        sorts = one.sorts
        said = (sorts.total(), sorts["adjective"], sorts["organ"], sorts["place"], len(one.codes))
        beside = (
            len(one.codes | before),
            len(one.codes | before | second | after),
            len(so_far),
            len(weights),
            n - last,
        )
        where = (n, len(named), len(named) - n)
        rows.append((*said, *beside, *where, sum(weights[c] for c in one.codes), heaviest, len(one.codes - {_HOME})))
    return rows


_FAR = 9  # sentences
