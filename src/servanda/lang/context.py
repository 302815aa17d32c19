"""Which reading of each word of a sentence its neighbours ask for: rumorph's own model, computed here.

The weights lie in rumorph's dictionary (its code: crates/rumorph/src/dictionary/context.rs, MIT). The model is an LSTM
read both ways; what it is given of a word does not depend on the neighbours, so it is kept by word. Every sum is taken
in rumorph's order: the choice is rumorph's to the bit.
"""

import mmap
import re
import struct
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rumorph import Analysis

from servanda.errors import MissingWeights
from servanda.lang.recurrence import GATES, Model, describe, give, rank

Floats = npt.NDArray[np.float32]
Key = tuple[str, bool]  # a word, and whether it opens its sentence

LONGEST = 256  # words that rumorph reads at once

_MAGIC = b"RUMCTX\0\0\1\0\0\0"
_SIZES = [128, 1, 32, 16, 32, 16, 32, 8, 4]
_SEEN, _RANKS, _SUFFIX = 32, 8, 4  # readings that are looked at, their ranks, letters of an ending
_SOURCES = ("dictionary", "rule", "guess")
_TABLE = 24_576  # words kept: 2 KB each
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
        self._tag_in, self._tag_out = (np.zeros((4_096, self._entries["tag_in"].shape[1]), np.float32) for _ in "io")
        self._tag_bias = np.zeros(len(self._tag_in), np.float32)
        self._table = np.zeros((_TABLE, 2 * GATES), np.float32)
        self._rows: dict[Key, int] = {}
        self._first = np.zeros(_TABLE + 1, np.int64)
        self._features = np.zeros((4 * _TABLE, 4), np.int32)

    def choose(self, sentences: Sequence[Sequence[str]]) -> list[int]:
        """Which of its readings each word has, sentence after sentence; all of plain words, 2 to `LONGEST` each."""
        keys = [key for words in sentences for key in zip(words, chain((True,), repeat(False)), strict=False)]
        fresh = [key for key in dict.fromkeys(keys) if key not in self._rows]
        if len(self._rows) + len(fresh) > _TABLE:  # full: forget all, and start with this batch
            self._rows.clear()
            fresh = list(dict.fromkeys(keys))
        if fresh:
            self._learn(fresh)
        rows = np.fromiter(map(self._rows.__getitem__, keys), np.int64, len(keys))
        ends = np.cumsum([len(words) for words in sentences], dtype=np.int64)
        given = (self._table, self._first, self._features, self._tag_out, self._tag_bias)
        best: list[int] = rank(rows, ends, *given, self._model).tolist()
        return best

    def _learn(self, keys: list[Key]) -> None:
        """Keep what the model is given of new words, and their readings where these differ."""
        first = len(self._rows)
        places, tags, shares, ends = np.zeros((len(keys), 2 + _SUFFIX), np.int64), [], [], []
        for row, ((word, opens), place) in enumerate(zip(keys, places, strict=True), first):
            seen = self._readings(word)[:_SEEN]
            probs = [reading.prob for reading in seen]
            total = max(sum(probs), 1e-9)
            own = [self._tag(reading) for reading in seen]
            place[:] = self._look_up(word, opens)
            tags += own
            shares += [prob / total for prob in probs]
            ends.append(len(tags))
            self._keep_features(row, self._features_of(seen, own, probs) if len(own) > 1 else [])
            self._rows[word, opens] = row
        entries, words = self._entries, np.zeros((len(keys), self._model.into.shape[0]), np.float32)
        given = (np.array(tags, np.int64), np.array(shares, np.float32), np.array(ends), self._tag_in)
        describe(places, *given, entries["shape"], entries["word"], entries["suffix"], words)
        give(words, self._model, self._table[first : first + len(keys)])

    def _look_up(self, word: str, opens: bool) -> list[int]:
        """The rows of a word's outline, of the word, and of its endings from one letter on."""
        folded = word.lower().replace("ё", "е")
        marked = f"^{folded}"
        endings = [self._suffixes.get(f"{size}{marked[-size:]}", 1) for size in range(1, _SUFFIX + 1)]
        return [_outline(word, opens), self._words.get(folded, 1), *endings]

    def _keep_features(self, row: int, features: list[tuple[int, int, int, int]]) -> None:
        start = int(self._first[row])
        end = self._first[row + 1] = start + len(features)
        if end > len(self._features):
            self._features = np.concatenate((self._features, np.zeros_like(self._features)))
        if features:
            self._features[start:end] = features

    def _features_of(
        self, seen: Sequence[Analysis], tags: list[int], probs: list[float]
    ) -> list[tuple[int, int, int, int]]:
        """Row of the tag, source, rank and bucket of each reading; nothing where all are the same."""
        if len({(reading.lemma, tag) for reading, tag in zip(seen, tags, strict=True)}) < 2:
            return []
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
            told = [f"{name}={value}" for name, value in sorted(feats.items())]
            whole = "|".join((f"C={reading.pos}", *told))
            for name in (f"P={reading.pos}", *(f"F={feat}" for feat in told), whole):
                number = self._names.get(name)
                if number is not None:
                    self._tag_in[row] += self._entries["tag_in"][number]
                    self._tag_out[row] += self._entries["tag_out"][number]
                    self._tag_bias[row] += self._entries["tag_bias"][number, 0]
        return row


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
