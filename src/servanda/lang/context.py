"""Which reading of each word of a sentence its neighbours ask for: rumorph's own model, computed here.

The weights lie in rumorph's dictionary (its code: crates/rumorph/src/dictionary/context.rs, MIT). The model is an LSTM
read both ways; what it is given of a word does not depend on the neighbours, so it is kept by word. Every sum is taken
in rumorph's order: the choice is rumorph's to the bit.
"""

import mmap
import re
import struct
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rumorph import Analysis

from servanda.errors import MissingWeights
from servanda.lang.recurrence import GATES, Model, describe, give, rank
from servanda.lang.shelf import Shelf
from servanda.lang.words import fold

Floats = npt.NDArray[np.float32]
Key = tuple[str, bool]  # a word, and whether it opens its sentence
Form = tuple[str, str, Mapping[str, str]]  # lemma, part of speech, features

LONGEST = 256  # words that rumorph reads at once

_MAGIC = b"RUMCTX\0\0\1\0\0\0"
_SIZES = [128, 1, 32, 16, 32, 16, 32, 8, 4]
_SEEN, _RANKS, _SUFFIX = 32, 8, 4  # readings that are looked at, their ranks, letters of an ending
_SOURCES = ("dictionary", "rule", "guess")
_TABLE = 16_384  # words kept: 2 KB each, and their forms
_BATCH = 60  # sentences looked at together: fewer words than are kept
# Words that rumorph takes as they are written; it mends stress marks, and letters of two scripts in one word.
_USUAL = re.compile(r"([а-яё]+)|[А-ЯЁ][а-яё]+")
_PLAIN = re.compile(r"[!-~]+|[а-яёА-ЯЁ!-@\[-`{-~]+|[«»„“”–—−…№]+")


class Context:
    """Chooses readings; `readings` gives those of a word out of context."""

    def __init__(self, path: Path, readings: Callable[[str], Sequence[Analysis]]) -> None:
        """Read the model from rumorph's dictionary."""
        try:
            self._entries = _read_entries(path)
            if self._entries["config"] != _SIZES:
                raise ValueError(f"a model of other sizes: {self._entries['config']}")
            self._model = Model.of(self._entries)
            self._words = {word: i for i, word in enumerate(self._entries["words"], 2)}  # 0 is empty, 1 unknown
            self._suffixes = {suffix: i for i, suffix in enumerate(self._entries["suffixes"], 2)}
            self._names = {name: i for i, name in enumerate(self._entries["tags"], 1)}
        except (OSError, KeyError, ValueError, struct.error) as error:
            raise MissingWeights(str(path), error) from error
        self._readings = readings
        self._edges = list(self._entries["edges"])
        self._tags: dict[tuple[str, ...], int] = {}  # a tag -> its row in the sums below
        self._kinds: list[tuple[str, Mapping[str, str]]] = []  # part of speech and features of each, one for all words
        self._tag_in, self._tag_out = (np.zeros((4_096, self._entries["tag_in"].shape[1]), np.float32) for _ in "io")
        self._tag_bias = np.zeros(len(self._tag_in), np.float32)
        self._shelf: Shelf[Key] = Shelf(_TABLE)
        self._forms: list[tuple[Form, ...]] = [()] * _TABLE
        self._table = np.zeros((_TABLE, 2 * GATES), np.float32)
        self._counts = np.zeros(_TABLE, np.int64)  # readings to choose from
        self._features = np.zeros((_TABLE, _SEEN, 4), np.int16)

    def choose(self, sentences: Sequence[Sequence[str]]) -> Iterator[Form]:
        """The form of each word, sentence after sentence; all of plain words, 2 to `LONGEST` each."""
        for start in range(0, len(sentences), _BATCH):
            yield from self._choose(sentences[start : start + _BATCH])

    def _choose(self, sentences: Sequence[Sequence[str]]) -> Iterator[Form]:
        keys = [key for words in sentences for key in zip(words, chain((True,), repeat(False)), strict=False)]
        rows, fresh = self._shelf.find(keys)
        if fresh:
            self._learn(fresh)
        lengths = np.array([len(words) for words in sentences], np.int64)
        ends, order = np.cumsum(lengths), np.argsort(lengths, kind="stable")
        given = (self._table, self._counts, self._features, self._tag_out, self._tag_bias)
        best = rank(rows, ends, order, *given, self._model)
        return (self._forms[row][one] for row, one in zip(rows.tolist(), best.tolist(), strict=True))

    def _learn(self, fresh: Mapping[Key, int]) -> None:
        """Keep what the model is given of new words, their forms, and what tells their readings apart."""
        places, tags, shares, ends = np.zeros((len(fresh), 2 + _SUFFIX), np.int64), [], [], []
        for ((word, opens), row), place in zip(fresh.items(), places, strict=True):
            seen = self._readings(word)[:_SEEN]
            probs = [reading.prob for reading in seen]
            total = max(sum(probs), 1e-9)
            own = [self._tag(reading) for reading in seen]
            lemmas = [reading.lemma for reading in seen]
            place[:] = self._look_up(word, opens)
            tags += own
            shares += [prob / total for prob in probs]
            ends.append(len(tags))
            forms = [(fold(lemma), *self._kinds[tag]) for lemma, tag in zip(lemmas, own, strict=True)]
            self._forms[row] = tuple(forms) or (unread(word),)
            self._counts[row] = 0
            if len(set(zip(lemmas, own, strict=True))) > 1:
                self._counts[row] = len(own)
                self._features[row, : len(own)] = self._features_of(seen, own, probs)
        entries, words = self._entries, np.zeros((len(fresh), self._model.into.shape[1]), np.float32)
        given = (np.array(tags, np.int64), np.array(shares, np.float32), np.array(ends), self._tag_in)
        describe(places, *given, entries["shape"], entries["word"], entries["suffix"], words)
        give(words, self._model, np.array([*fresh.values()]), self._table)

    def _look_up(self, word: str, opens: bool) -> list[int]:
        """The rows of a word's outline, of the word, and of its endings from one letter on."""
        folded = word.lower().replace("ё", "е")
        marked = f"^{folded}"
        endings = [self._suffixes.get(f"{size}{marked[-size:]}", 1) for size in range(1, _SUFFIX + 1)]
        return [_outline(word, opens), self._words.get(folded, 1), *endings]

    def _features_of(
        self, seen: Sequence[Analysis], tags: list[int], probs: list[float]
    ) -> list[tuple[int, int, int, int]]:
        """Row of the tag, source, rank and bucket of each reading."""
        order = sorted(range(len(seen)), key=lambda i: -probs[i])
        ranks = {i: len(_SOURCES) + min(rank, _RANKS - 1) for rank, i in enumerate(order)}
        buckets, edges = len(_SOURCES) + _RANKS, self._edges
        return [
            (tags[i], _SOURCES.index(reading.source), ranks[i], buckets + bisect_left(edges, probs[i]))
            for i, reading in enumerate(seen)
        ]

    def _tag(self, reading: Analysis) -> int:
        """The row of a tag: the sums of what is known of its part of speech, its features and all together."""
        feats = reading.feats
        tag = (reading.pos, *feats, *feats.values())
        row = self._tags.get(tag)
        if row is None:
            row = self._tags[tag] = len(self._tags)
            self._kinds.append((reading.pos, feats))
            told = [f"{name}={value}" for name, value in sorted(feats.items())]
            whole = "|".join((f"C={reading.pos}", *told))
            for name in (f"P={reading.pos}", *(f"F={feat}" for feat in told), whole):
                number = self._names.get(name)
                if number is not None:
                    self._tag_in[row] += self._entries["tag_in"][number]
                    self._tag_out[row] += self._entries["tag_out"][number]
                    self._tag_bias[row] += self._entries["tag_bias"][number, 0]
        return row


def unread(word: str) -> Form:
    """The form of an odd sign that has no reading."""
    return fold(word), "X", {}


def is_plain(words: Sequence[str]) -> bool:
    """Whether rumorph takes all words as they are written."""
    return all(map(_PLAIN.fullmatch, words))


def _outline(word: str, opens: bool) -> int:
    """The row of a word's outline: signs, number, letter case, Latin script, start of the sentence, hyphen."""
    if usual := _USUAL.fullmatch(word):
        return (3 if usual[1] else 5) * 4 + 2 * opens
    letters = [c for c in word if c.isalpha()]
    if any(map(str.isdigit, word)):
        kind = 1 if word.isdigit() else 2
    elif not letters:
        kind = 0
    else:
        if not any(map(str.isupper, letters)):
            kind = 3
        elif len(letters) > 1 and not any(map(str.islower, letters)):
            kind = 4
        else:
            kind = 5 if letters[0].isupper() and not any(map(str.isupper, letters[1:])) else 6
        kind += 4 * any(map(str.isascii, letters))
    return kind * 4 + 2 * opens + ("-" in word)


def _read_entries(path: Path) -> dict[str, Any]:
    """Vocabularies, sizes and matrices by their names."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        start = data.rfind(_MAGIC)
        if start < 0:
            raise ValueError("no model of context")
        return dict(_Entries(data[start + len(_MAGIC) :]).read())


class _Entries:
    """The entries of rumorph's file of weights: name, kind, content; little-endian."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def read(self) -> Iterator[tuple[str, Any]]:
        """All, in their order."""
        for _ in range(self._number()):
            name = self._take(self._number("<H")).decode()
            yield name, self._value(self._number("<B"))

    def _value(self, kind: int) -> Any:
        count = self._number()
        if kind == 0:
            return [self._take(int.from_bytes(self._take(4), "little")).decode() for _ in range(count)]
        if kind == 3:
            return [self._number() for _ in range(count)]
        if kind == 4:
            return [self._number("<d") for _ in range(count)]
        width = self._number()
        scales = self._floats(count) if kind == 2 else None
        if scales is None:
            return self._floats(count * width).reshape(count, width)
        whole = np.frombuffer(self._take(count * width), np.int8).reshape(count, width)
        return whole.astype(np.float32) * scales[:, None]

    def _number(self, form: str = "<I") -> Any:
        (number,) = struct.unpack(form, self._take(struct.calcsize(form)))
        return number

    def _floats(self, count: int) -> Floats:
        return np.frombuffer(self._take(4 * count), "<f4").astype(np.float32)

    def _take(self, size: int) -> bytes:
        self._at += size
        return self._data[self._at - size : self._at]
