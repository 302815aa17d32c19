"""Which reading of each word of a sentence its neighbours ask for: rumorph's own model, computed here.

The weights lie in rumorph's dictionary (its code: crates/rumorph/src/dictionary/context.rs, MIT). The model is an LSTM
read both ways; what it is given of a word does not depend on the neighbours, so it is kept by word. Every sum is taken
in rumorph's order: the choice is rumorph's to the bit.
"""

import mmap
import re
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rumorph import Analysis

from servanda.errors import MissingWeights
from servanda.lang.compiled import make_room
from servanda.lang.recurrence import GATES, Model, compare, describe, give, rank
from servanda.lang.shelf import Shelf
from servanda.lang.words import fold

Floats = npt.NDArray[np.float32]
Form = tuple[str, str, Mapping[str, str]]  # lemma, part of speech, features

LONGEST = 256  # words that rumorph reads at once

_MAGIC = b"RUMCTX\0\0\1\0\0\0"
_SIZES = [128, 1, 32, 16, 32, 16, 32, 8, 4]
_SEEN, _SUFFIX = 32, 4  # readings that are looked at, letters of an ending
_SOURCES = {"dictionary": 0, "rule": 1, "guess": 2}
_TABLE = 16_384  # words kept: 2 KB each, and their forms
_BATCH = 60  # sentences looked at together: fewer words than are kept
# Words that rumorph takes as they are written; it mends stress marks, and letters of two scripts in one word.
_USUAL = re.compile(r"([а-яё]+)|[А-ЯЁ][а-яё]+")
_PLAIN = re.compile(r"[!-~]+|[а-яёА-ЯЁ!-@\[-`{-~]+|[«»„“”–—−…№]+|[0-9.,–—−-]+")


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
            self._endings: list[dict[str, int]] = [{} for _ in range(_SUFFIX)]  # by their letters, with "^" before all
            for i, suffix in enumerate(self._entries["suffixes"], 2):
                self._endings[int(suffix[0]) - 1][suffix[1:]] = i
            self._names = {name: i for i, name in enumerate(self._entries["tags"], 1)}
        except (OSError, KeyError, ValueError, struct.error) as error:
            raise MissingWeights(str(path), error) from error
        self._readings = readings
        self._edges = np.array(self._entries["edges"], np.float64)
        self._tags: dict[tuple[str, ...], int] = {}  # a tag -> its row in the sums below
        self._kinds: list[tuple[str, Mapping[str, str]]] = []  # part of speech and features of each, one for all words
        self._tag_in, self._tag_out = (make_room(4_096, self._entries["tag_in"].shape[1]) for _ in "io")
        self._tag_bias = np.zeros(len(self._tag_in), np.float32)
        self._shelf: Shelf[str] = Shelf(_TABLE)  # words; before one that opens its sentence a blank
        self._forms: list[tuple[Form, ...]] = [()] * _TABLE
        self._table = make_room(_TABLE, 2 * GATES)
        self._counts = np.zeros(_TABLE, np.int64)  # readings to choose from
        self._features = np.zeros((_TABLE, _SEEN, 4), np.int16)

    def choose(self, sentences: Sequence[Sequence[str]]) -> Iterator[Form]:
        """The form of each word, sentence after sentence; all of plain words, 2 to `LONGEST` each."""
        for start in range(0, len(sentences), _BATCH):
            yield from self._choose(sentences[start : start + _BATCH])

    def _choose(self, sentences: Sequence[Sequence[str]]) -> Iterator[Form]:
        keys = list(chain.from_iterable((f" {words[0]}", *words[1:]) for words in sentences))
        rows, fresh = self._shelf.find(keys)
        if fresh:
            self._learn(fresh)
        lengths = np.array([len(words) for words in sentences], np.int64)
        ends, order = np.cumsum(lengths), np.argsort(lengths, kind="stable")
        given = (self._table, self._counts, self._features, self._tag_out, self._tag_bias)
        best = rank(rows, ends, order, *given, self._model)
        return (self._forms[row][one] for row, one in zip(rows.tolist(), best.tolist(), strict=True))

    def _learn(self, fresh: Mapping[str, int]) -> None:
        """Keep what the model is given of new words, their forms, and what tells their readings apart."""
        places, tags, sources, ends, differ = list[int](), list[int](), list[int](), list[int](), list[bool]()
        probs = list[float]()
        for key, row in fresh.items():
            word = key.lstrip(" ")
            seen = self._readings(word)[:_SEEN]
            lemmas = [reading.lemma for reading in seen]
            own = list(map(self._tag, seen))
            forms = [(fold(lemma), *self._kinds[tag]) for lemma, tag in zip(lemmas, own, strict=True)]
            self._forms[row] = tuple(forms) or (unread(word),)
            places += self._look_up(word, opens=key != word)
            tags += own
            sources += [_SOURCES[reading.source] for reading in seen]
            probs += [reading.prob for reading in seen]
            ends.append(len(tags))
            differ.append(len(own) > 1 and len(set(zip(lemmas, own, strict=True))) > 1)
        entries, words = self._entries, np.zeros((len(fresh), self._model.into.shape[1]), np.float32)
        rows, shape = np.array([*fresh.values()]), (len(fresh), 2 + _SUFFIX)
        readings = np.array(tags, np.int64), np.array(probs, np.float64), np.array(ends)
        given = self._tag_in, entries["shape"], entries["word"], entries["suffix"]
        describe(np.array(places).reshape(shape), *readings, *given, words)
        give(words, self._model, rows, self._table)
        kept = self._counts, self._features
        compare(rows, *readings, np.array(sources, np.int64), np.array(differ), self._edges, *kept)

    def _look_up(self, word: str, opens: bool) -> list[int]:
        """The rows of a word's outline, of the word, and of its endings from one letter on."""
        folded = word.lower().replace("ё", "е")
        marked = f"^{folded}"
        endings = [known.get(marked[-size:], 1) for size, known in enumerate(self._endings, 1)]
        return [_outline(word, opens), self._words.get(folded, 1), *endings]

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
