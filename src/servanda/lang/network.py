"""Words of sentences -> heads, relations and names, by slovnet's syntax and NER weights; numpy only.

The weights lie in the installed `natasha` distribution (its code is never imported). Both networks are three
convolutions of width 3 over word and outline vectors. Word vectors never change, so their product with the first
filters is kept by word. All sentences of a batch lie end to end in one stream with a zero row between them.

BLAS adds in another order for another shape or processor. So matrices are rounded to whole numbers of `_GRAIN` before
they are multiplied: float64 holds every sum exactly, and a sentence reads the same in any batch and on any machine.
"""

import gzip
import json
import tarfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from servanda.errors import MissingWeights
from servanda.lang.outlines import outline
from servanda.lang.trees import repair
from servanda.lang.words import fold

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LONGEST = 400  # tokens of one piece; the heads compare all words of a piece with each other
_GRAIN = 2.0**-19  # sums of products stay below 2^13 (5950 in 100 reports) and count 2^-38: float64 has 53 bits for 51
_PER_GRAIN = np.float32(1 / _GRAIN)
_ROWS = 256  # pairs multiplied at once, to stay in the processor's cache
_TABLE = 24_576  # words kept with their first layer: 6 KB each
_BATCH = 4_096  # tokens in one stream, which bounds memory for a report of any length
_EMB = "emb/navec_news_v1_1B_250K_300d_100q.tar"
_SYNTAX = "model/slovnet_syntax_news_v1.tar"
_NER = "model/slovnet_ner_news_v1.tar"


@dataclass(frozen=True, slots=True)
class Parsed:
    """One sentence as the networks see it: head indices (-1 for the root), relations, and names as B-/I- tags or ""."""

    heads: list[int]
    rels: list[str]
    names: list[str]


@dataclass(frozen=True, slots=True)
class _Part:
    """The same of a piece of a sentence, in the networks' numbers."""

    heads: list[int]
    rels: list[int]
    tags: list[int]


class Networks:
    """Syntax and NER, run together over a batch of sentences."""

    def __init__(self, folder: Path | None = None) -> None:
        """Read the weights from `folder` (natasha's `data`), or from where natasha is installed."""
        folder = folder or _find_weights()
        try:
            syntax, ner = _Pack(folder / _SYNTAX), _Pack(folder / _NER)
            self._codes, self._centroids = _open_vectors(folder / _EMB)
            words = syntax.lines("word")
            self._words = dict(zip(words, range(len(words)), strict=True))
            self._outlines = {name: i for i, name in enumerate(syntax.lines("shape"))}
            self._rels, self._tags = syntax.lines("rel"), ["" if t in ("<pad>", "O") else t for t in ner.lines("tag")]
            self._first = _First(syntax, ner)
            self._syntax_layers = [_Layer(syntax, 1), _Layer(syntax, 2)]
            self._ner_layers = [_Layer(ner, 1), _Layer(ner, 2)]
            self._arcs, self._labels = _Arcs(syntax), _Labels(syntax)
            self._emit = _Linear(ner, ner.model["head"]["proj"])
            self._transitions = ner.array(ner.model["head"]["crf"]["transitions"])
            if len(words) != len(self._codes):
                raise ValueError(f"{len(words)} words, {len(self._codes)} vectors")
        except (OSError, tarfile.TarError, KeyError, ValueError, TypeError, EOFError, zlib.error) as error:
            raise MissingWeights(str(folder), error) from error
        self._unknown = self._words["<unk>"]
        self._rows: dict[str, int] = {}  # token as written -> its row in the table
        self._pairs: dict[tuple[int, int], int] = {}  # (word, outline) -> the same
        self._table = np.zeros((_TABLE, 3, self._first.width), np.float32)  # row 0 is the gap between sentences

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[Parsed]:
        """Trees and names of each sentence, whatever else is in the batch."""
        pieces = [cut_pieces(words) for words in sentences]
        parts = (part for batch in _batches(pieces) for part in self._parse(batch))
        return [self._join([next(parts) for _ in sentence]) for sentence in pieces]

    def vector(self, lemma: str) -> Doubles | None:
        """The meaning of a folded lemma as 300 numbers; None for a word that the vectors do not have."""
        word = lemma if lemma in self._words else self._spelt.get(lemma)
        if word is None:
            return None
        codes = self._codes[self._words[word]]
        vector: Doubles = self._centroids[np.arange(len(codes)), codes].reshape(-1).astype(np.float64)
        return vector

    @cached_property
    def _spelt(self) -> dict[str, str]:
        """Folded -> as written, of the words that «ё» is written in."""
        return {fold(word): word for word in self._words if "ё" in word}

    def _parse(self, pieces: list[list[str]]) -> Iterator[_Part]:
        rows = self._lookup(pieces)
        gaps = rows == 0
        syntax, ner = self._first.run(self._table, rows)
        for layer in self._syntax_layers:
            syntax = layer.run(syntax, gaps)
        for layer in self._ner_layers:
            ner = layer.run(ner, gaps)
        starts = [int(gap) + 1 for gap in np.flatnonzero(gaps)[:-1]]
        sizes = [len(p) for p in pieces]
        names = viterbi(self._emit.run(ner), self._transitions, starts, sizes)
        for (heads, rels), tags in zip(self._trees(syntax, gaps, starts, sizes), names, strict=True):
            yield _Part(heads, rels, tags)

    def _trees(
        self, x: Doubles, gaps: npt.NDArray[np.bool_], starts: list[int], sizes: list[int]
    ) -> Iterator[tuple[list[int], list[int]]]:
        """Heads (-1 for the root) and relation numbers of each piece."""
        arcs = self._arcs.project(x, gaps)
        trees: list[list[int]] = []
        above: list[int] = []
        for start, size in zip(starts, sizes, strict=True):
            heads = repair(self._arcs.scores(arcs, start, size))
            trees.append(heads)
            above += [head + start if head >= 0 else -1 for head in heads]
        rels = self._labels.label(x, np.array(above, np.int64), np.flatnonzero(~gaps))
        at = 0
        for heads in trees:
            yield heads, rels[at : at + len(heads)]
            at += len(heads)

    def _join(self, parts: list[_Part]) -> Parsed:
        """One sentence from its pieces: the roots of later pieces hang on the first's."""
        heads: list[int] = []
        rels: list[str] = []
        names: list[str] = []
        root = -1
        for part in parts:
            offset = len(heads)
            for i, (head, rel) in enumerate(zip(part.heads, part.rels, strict=True)):
                if head >= 0:
                    heads.append(head + offset)
                    rels.append(self._rels[rel])
                else:
                    heads.append(root)
                    rels.append("root" if root < 0 else "parataxis")
                    root = offset + i if root < 0 else root
            names.extend(self._tags[t] for t in part.tags)
        return Parsed(heads, rels, names)

    def _lookup(self, pieces: list[list[str]]) -> Ints:
        """The table's row of every token, 0 around each piece, after computing those of words not met before."""
        words = {word for piece in pieces for word in piece}
        fresh = {word for word in words if word not in self._rows}
        if len(self._pairs) + len(fresh) >= _TABLE:  # full: forget all, and start with this batch
            self._rows.clear()
            self._pairs.clear()
            fresh = words
        self._learn(sorted(fresh))
        rows = [0]
        for piece in pieces:
            rows.extend(map(self._rows.__getitem__, piece))
            rows.append(0)
        return np.array(rows, np.int64)

    def _learn(self, words: list[str]) -> None:
        first = len(self._pairs) + 1
        fresh: list[tuple[int, int]] = []
        for word in words:
            pair = (self._words.get(word.lower(), self._unknown), self._outlines[outline(word)])
            row = self._pairs.get(pair)
            if row is None:
                row = self._pairs[pair] = len(self._pairs) + 1
                fresh.append(pair)
            self._rows[word] = row
        if fresh:
            ids = np.array(fresh)
            codes = self._codes[ids[:, 0]]
            vectors = self._centroids[np.arange(codes.shape[1]), codes].reshape(len(fresh), -1)
            self._first.learn(vectors, ids[:, 1], self._table[first : first + len(fresh)])


class _Pack:
    """A model's archive: weights by their number, vocabularies by their name."""

    def __init__(self, path: Path) -> None:
        with tarfile.open(path) as archive:
            self._files = {m.name: archive.extractfile(m).read() for m in archive.getmembers()}  # type: ignore[union-attr]
        self.model: dict[str, Any] = json.loads(self._files["model.json"])

    def array(self, weight: dict[str, Any]) -> Floats:
        """The matrix that `model.json` names."""
        out = np.frombuffer(self._files[f"arrays/{weight['array']}.bin"], np.float32).reshape(weight["shape"])
        if not np.isfinite(out).all():
            raise ValueError(f"weights {weight['array']} are not finite")
        return out

    def lines(self, vocabulary: str) -> list[str]:
        """The items of a vocabulary, in the order of their numbers."""
        return gzip.decompress(self._files[f"vocabs/{vocabulary}.gz"]).decode().rstrip("\n").split("\n")


class _Linear:
    """x @ weight + bias."""

    def __init__(self, pack: _Pack, part: dict[str, Any]) -> None:
        self._weight, self._bias = _fixed(pack.array(part["weight"])), pack.array(part["bias"])

    def run(self, grains: Doubles) -> Floats:
        """One row of output for each of input."""
        return _multiply(grains, self._weight) + self._bias


class _Norm:
    """Bias, ReLU, batch normalisation folded into one product and sum; a power of two in both gives grains."""

    def __init__(self, *layers: tuple[_Pack, dict[str, Any]]) -> None:
        """One norm for the outputs of all layers side by side."""
        parts = [self._read(pack, layer) for pack, layer in layers]
        self._bias, self._scale, self._shift = (np.concatenate(p) for p in zip(*parts, strict=True))

    def _read(self, pack: _Pack, layer: dict[str, Any]) -> tuple[Floats, Floats, Floats]:
        norm = layer["norm"]
        scale = pack.array(norm["weight"]) / pack.array(norm["std"])
        shift = pack.array(norm["bias"]) - pack.array(norm["mean"]) * scale
        return pack.array(layer["conv"]["bias"]), scale * _PER_GRAIN, shift * _PER_GRAIN

    def run(self, x: Floats) -> Floats:
        """The same array, in grains."""
        x += self._bias
        np.maximum(x, 0, out=x)
        x *= self._scale
        x += self._shift
        return np.rint(x, out=x)


class _First:
    """The first layer of both networks: sums of rows kept by word and outline."""

    def __init__(self, *packs: _Pack) -> None:
        layers = [p.model["encoder"]["layers"][0] for p in packs]
        filters = [p.array(layer["conv"]["weight"]) for p, layer in zip(packs, layers, strict=True)]
        self.width = sum(len(f) for f in filters)
        self._cuts = np.cumsum([len(f) for f in filters])[:-1].tolist()
        shapes = [p.array(p.model["emb"]["shape"]["weight"]) for p in packs]
        dim = filters[0].shape[1] - shapes[0].shape[1]
        words = [np.transpose(f[:, :dim], (1, 2, 0)) for f in filters]  # dim x 3 x out
        self._words = _fixed(np.concatenate(words, axis=2).reshape(dim, -1))
        outlines = [np.einsum("se,oek->sko", shape, f[:, dim:]) for shape, f in zip(shapes, filters, strict=True)]
        self._outlines: Floats = np.concatenate(outlines, axis=2)
        self._norm = _Norm(*zip(packs, layers, strict=True))

    def learn(self, vectors: Floats, outlines: Ints, into: Floats) -> None:
        """The share of each word in its own and its neighbours' output: rows of 3 x width."""
        into[:] = _multiply(_grains(vectors), self._words).reshape(into.shape)
        into += self._outlines[outlines]

    def run(self, table: Floats, rows: Ints) -> tuple[Doubles, Doubles]:
        """Output of the layer at every place of the stream, one array a network."""
        shares, at = table.reshape(-1, self.width), rows * 3
        out = shares.take(at + 1, axis=0)
        out[1:] += shares.take(at[:-1], axis=0)
        out[:-1] += shares.take(at[1:] + 2, axis=0)
        self._norm.run(out)
        out[rows == 0] = 0
        cut = self._cuts[0]
        return out[:, :cut].astype(np.float64, "C"), out[:, cut:].astype(np.float64, "C")


class _Layer:
    """A convolution of width 3 over the stream."""

    def __init__(self, pack: _Pack, number: int) -> None:
        layer = pack.model["encoder"]["layers"][number]
        weight = pack.array(layer["conv"]["weight"])  # out x in x 3
        self._taps = [_fixed(weight[:, :, tap].T) for tap in range(3)]
        self._norm = _Norm((pack, layer))

    def run(self, x: Doubles, gaps: npt.NDArray[np.bool_]) -> Doubles:
        """Output at every place; zero in the gaps."""
        total = x[:-2] @ self._taps[0]
        total += x[1:-1] @ self._taps[1]
        total += x[2:] @ self._taps[2]
        out = np.zeros((len(x), total.shape[1]))
        out[1:-1] = self._norm.run(total.astype(np.float32))
        out[gaps] = 0
        return out


class _Sides:
    """What a word is as a head, and as a dependent."""

    def __init__(self, pack: _Pack, name: str) -> None:
        part = pack.model[name]
        self._head, self._tail = _Linear(pack, part["head"]["proj"]), _Linear(pack, part["tail"]["proj"])
        self._kernel = pack.array(part["kernel"])
        root = _grains(pack.array(part["root"])[None])
        self._root_head, self._root_tail = self.heads(root), self.tails(root)

    def heads(self, x: Doubles) -> Floats:
        """All places as heads."""
        return np.maximum(self._head.run(x), 0)

    def tails(self, x: Doubles) -> Floats:
        """All places as dependents."""
        return np.maximum(self._tail.run(x), 0)


class _Arcs(_Sides):
    """Scores every word against every other: which is its head."""

    def __init__(self, pack: _Pack) -> None:
        super().__init__(pack, "head")
        self._fixed = _fixed(self._kernel)

    def project(self, x: Doubles, gaps: npt.NDArray[np.bool_]) -> tuple[Doubles, Doubles]:
        """Heads times kernel, and tails, of all places at once; the root stands in the gaps."""
        tails = self.tails(x)
        tails[gaps] = self._root_tail
        return _grains(_multiply(_grains(self.heads(x)), self._fixed)), _fixed(tails)

    def scores(self, projected: tuple[Doubles, Doubles], start: int, size: int) -> Floats:
        """n x (n + 1): how well each word would hang on the root (column 0) or on each word."""
        heads, tails = projected
        return _multiply(heads[start : start + size], tails[start - 1 : start + size].T)


class _Labels(_Sides):
    """Names the relation of a word to its head."""

    def __init__(self, pack: _Pack) -> None:
        super().__init__(pack, "rel")
        size = len(self._kernel)
        kernel = self._kernel.reshape(size, -1, size)  # head x relation x tail
        self._fixed = _fixed(kernel.transpose(0, 2, 1).reshape(size * size, -1))

    def label(self, x: Doubles, above: Ints, places: Ints) -> list[int]:
        """The best relation of the words at `places` to those at `above` (-1: the root)."""
        heads = np.concatenate((self.heads(x), self._root_head))[above]
        heads *= _PER_GRAIN
        tails = self.tails(x)[places]
        best: list[int] = []
        for start in range(0, len(places), _ROWS):
            part = slice(start, start + _ROWS)
            pairs = np.rint(heads[part, :, None] * tails[part, None, :]).reshape(-1, len(self._fixed))
            best += _multiply(pairs.astype(np.float64), self._fixed).argmax(1).tolist()
        return best


def _grains(x: Floats) -> Doubles:
    """In whole numbers of `_GRAIN`."""
    out: Doubles = np.rint(x * _PER_GRAIN).astype(np.float64)
    return out


def _fixed(weight: Floats) -> Doubles:
    """Weights as multiples of `_GRAIN`, scaled so that their product with grains is the true one."""
    return np.ascontiguousarray(_grains(weight) * _GRAIN**2)


def _multiply(grains: Doubles, weight: Doubles) -> Floats:
    """Grains times fixed weights: exact, but for the rounding of the result to float32."""
    out: Floats = np.matmul(grains, weight).astype(np.float32)
    return out


def viterbi(scores: Floats, transitions: Floats, starts: list[int], sizes: list[int]) -> list[list[int]]:
    """Best path of tags of each sentence; all walk side by side, the longest first."""
    order = sorted(range(len(sizes)), key=lambda i: -sizes[i])
    begin = np.array([starts[i] for i in order], np.int64)
    lengths = [sizes[i] for i in order]
    best = scores[begin]
    back: list[list[list[int]]] = []
    live = len(order)
    for step in range(1, lengths[0] if lengths else 0):
        while lengths[live - 1] <= step:
            live -= 1
        reach = best[:live, :, None] + transitions
        back.append(reach.argmax(1).tolist())
        best[:live] = reach.max(1) + scores[begin[:live] + step]
    ends = best.argmax(1).tolist()
    out: list[list[int]] = [[]] * len(sizes)
    for rank, i in enumerate(order):
        tag = ends[rank]
        path = [tag]
        for step in range(sizes[i] - 2, -1, -1):
            tag = back[step][rank][tag]
            path.append(tag)
        out[i] = path[::-1]
    return out


def _batches(sentences: list[list[list[str]]]) -> Iterator[list[list[str]]]:
    """The pieces of all sentences, some `_BATCH` tokens at a time."""
    batch: list[list[str]] = []
    size = 0
    for piece in (p for pieces in sentences for p in pieces):
        if batch and size + len(piece) > _BATCH:
            yield batch
            batch, size = [], 0
        batch.append(piece)
        size += len(piece)
    if batch:
        yield batch


def cut_pieces(words: Sequence[str]) -> list[list[str]]:
    """A long sentence cut at the last sign that is no word within `LONGEST` tokens, or just there."""
    pieces: list[list[str]] = []
    start = 0
    while len(words) - start > LONGEST:
        stop = start + LONGEST
        signs = (i for i in range(stop - 1, start + LONGEST // 2, -1) if not words[i][0].isalnum())
        stop = next(signs, stop - 1) + 1
        pieces.append(list(words[start:stop]))
        start = stop
    pieces.append(list(words[start:]))
    return [p for p in pieces if p]


def _open_vectors(path: Path) -> tuple[npt.NDArray[np.uint8], Floats]:
    """Codes (words x parts) and centroids (parts x 256 x 3) of the word vectors; the codes stay on the disk."""
    with tarfile.open(path) as archive:
        member = archive.getmember("pq.bin")
        file = archive.extractfile(member)
        assert file is not None
        words, _, parts, centroids = np.frombuffer(file.read(16), np.uint32).tolist()
        start = member.offset_data + 16
        file.seek(16 + words * parts)
        vectors = np.frombuffer(file.read(), np.float32).reshape(parts, centroids, -1)
    return np.memmap(path, np.uint8, "r", start, (words, parts)), vectors


def _find_weights() -> Path:
    spec = find_spec("natasha")
    if spec is None or not spec.submodule_search_locations:
        raise MissingWeights("the distribution natasha", None)
    return Path(spec.submodule_search_locations[0]) / "data"
