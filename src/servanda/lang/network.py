"""Words of sentences -> heads, relations and names, by slovnet's syntax and NER weights.

The weights lie in the installed `natasha` distribution (its code is never imported). Both networks are three
convolutions of width 3 over word and outline vectors. Word vectors never change, so their product with the first
filters is kept by word. All sentences of a batch lie end to end in one stream with a zero row between them.

A sentence reads the same in any batch and on any machine: all sums are taken in `layers`, in one order. BLAS adds in
another for another shape or processor.
"""

import gzip
import json
import tarfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from servanda.errors import MissingWeights
from servanda.lang.compiled import LANES, align, cut_panels, make_room
from servanda.lang.layers import Encoder, Names, Syntax, learn, read_stream
from servanda.lang.outlines import outline
from servanda.lang.shelf import Shelf
from servanda.lang.words import fold

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LONGEST = 400  # tokens of one piece; the heads compare all words of a piece with each other
_TABLE = 12_288  # words kept with their first layer: 6 KB each
_TOKENS = 32_768  # tokens whose word and outline are kept
_OUTLINES = 128  # more than there are
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
            self._outlines = {name: i for i, name in enumerate(syntax.lines("shape"), 1)}
            self._rels, self._tags = syntax.lines("rel"), ["" if t in ("<pad>", "O") else t for t in ner.lines("tag")]
            self._first = _First(syntax, ner)
            self._trees, norm = _encoder(syntax)
            self._syntax = _syntax(syntax, norm)
            self._tagger, norm = _encoder(ner)
            self._names = _names(ner, norm)
            if len(words) != len(self._codes):
                raise ValueError(f"{len(words)} words, {len(self._codes)} vectors")
        except (OSError, tarfile.TarError, KeyError, ValueError, TypeError, EOFError, zlib.error) as error:
            raise MissingWeights(str(folder), error) from error
        self._unknown = self._words["<unk>"]
        self._code = lru_cache(maxsize=_TOKENS)(self._find_code)
        self._shelf: Shelf[int] = Shelf(_TABLE)
        self._table = make_room(_TABLE, 3, self._first.width)  # row 0 is the gap between sentences

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[Parsed]:
        """Trees and names of each sentence, whatever else is in the batch."""
        pieces = [cut_pieces(words) for words in sentences]
        parts = (part for batch in _batches(pieces) for part in self._parse(batch))
        return [_join([next(parts) for _ in sentence]) for sentence in pieces]

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

    def _parse(self, pieces: list[list[str]]) -> Iterator[Parsed]:
        words, outlines = self._lookup(pieces)
        given = self._table, self._first.outlines, words, outlines
        found = read_stream(*given, self._trees, self._syntax, self._tagger, self._names)
        heads, rels, tags = (numbers.tolist() for numbers in found)
        start = 1
        for piece in pieces:
            end = start + len(piece)
            yield Parsed(
                heads[start:end], [self._rels[r] for r in rels[start:end]], [self._tags[t] for t in tags[start:end]]
            )
            start = end + 1

    def _lookup(self, pieces: list[list[str]]) -> tuple[Ints, Ints]:
        """The rows of every token's word and outline, 0 around each piece, after computing those of new words."""
        count = sum(map(len, pieces))
        codes = np.fromiter(map(self._code, chain.from_iterable(pieces)), np.int64, count)
        rows, fresh = self._shelf.find((codes // _OUTLINES).tolist())
        if fresh:
            learn(
                self._codes[list(fresh)], self._centroids, self._first.words, np.array([*fresh.values()]), self._table
            )
        gaps = np.cumsum([0, *map(len, pieces)])  # before each piece, and after the last
        return np.insert(rows, gaps, 0), np.insert(codes % _OUTLINES, gaps, 0)

    def _find_code(self, token: str) -> int:
        """The numbers of a token's word and of its outline (from 1 on) in one."""
        return self._words.get(token.lower(), self._unknown) * _OUTLINES + self._outlines[outline(token)]


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


class _Norm:
    """Batch normalisation as a product and a sum, folded into the weights that come after it."""

    def __init__(self, pack: _Pack, part: dict[str, Any]) -> None:
        self._scale: Doubles = np.divide(pack.array(part["weight"]), pack.array(part["std"]), dtype=np.float64)
        self._shift: Doubles = pack.array(part["bias"]) - pack.array(part["mean"]) * self._scale

    def fold(self, weight: Floats) -> tuple[Doubles, Doubles]:
        """Weight (in x out) and bias that do the same to what was not normalised."""
        folded: Doubles = weight * self._scale[:, None]
        return folded, self._shift @ weight


def _encoder(pack: _Pack) -> tuple[Encoder, _Norm]:
    """The convolutions of a network, and the norm that is left for its heads."""
    layers = pack.model["encoder"]["layers"]
    norms = [_Norm(pack, layer["norm"]) for layer in layers]
    folded = []
    for norm, layer in zip(norms, layers[1:], strict=False):
        taps, biases = zip(*map(norm.fold, pack.array(layer["conv"]["weight"]).transpose(2, 1, 0)), strict=True)
        beside = [biases[1] + before * biases[0] + after * biases[2] for after in (0, 1) for before in (0, 1)]
        folded += [align(taps), align(pack.array(layer["conv"]["bias"]) + beside)]
    return Encoder(pack.array(layers[0]["conv"]["bias"]), *folded), norms[-1]


def _syntax(pack: _Pack, norm: _Norm) -> Syntax:
    """Heads of the syntax network."""
    parts = [pack.model[name][side]["proj"] for name in ("head", "rel") for side in ("head", "tail")]
    weight = np.concatenate([pack.array(part["weight"]) for part in parts], axis=1)
    bias = np.concatenate([pack.array(part["bias"]) for part in parts])
    roots = [pack.array(pack.model[name]["root"]).astype(np.float64) for name in ("head", "rel")]
    half = weight.shape[1] // 2
    root = np.concatenate([roots[0] @ weight[:, :half], roots[1] @ weight[:, half:]]) + bias
    folded, more = norm.fold(weight)
    arcs, labels = pack.array(pack.model["head"]["kernel"]), pack.array(pack.model["rel"]["kernel"])
    size = len(arcs)
    labels = labels.reshape(size, -1, size).transpose(0, 2, 1).reshape(size * size, -1)  # head x relation x tail
    return Syntax(align(folded), align(bias + more), align(np.maximum(root, 0)), align(arcs), _wide(labels))


def _names(pack: _Pack, norm: _Norm) -> Names:
    """The head of the network of names."""
    head = pack.model["head"]
    weight, bias = norm.fold(pack.array(head["proj"]["weight"]))
    transitions = pack.array(head["crf"]["transitions"])
    return Names(_wide(weight), _wide(pack.array(head["proj"]["bias"]) + bias), align(transitions))


def _wide(values: Floats | Doubles) -> Floats:
    """With columns of zeros up to whole lanes."""
    wide: Floats = align(np.pad(values, [(0, 0)] * (values.ndim - 1) + [(0, -values.shape[-1] % LANES)]))
    return wide


class _First:
    """The first layer of both networks, side by side: what words and outlines add to them."""

    def __init__(self, *packs: _Pack) -> None:
        filters = [p.array(p.model["encoder"]["layers"][0]["conv"]["weight"]) for p in packs]
        self.width = sum(len(f) for f in filters)
        shapes = [p.array(p.model["emb"]["shape"]["weight"]) for p in packs]
        dim = filters[0].shape[1] - shapes[0].shape[1]
        words = [np.transpose(f[:, :dim], (1, 2, 0)) for f in filters]  # dim x 3 x out
        self.words = cut_panels(np.concatenate(words, axis=2).reshape(dim, -1))
        outlines = [np.einsum("se,oek->sko", shape, f[:, dim:]) for shape, f in zip(shapes, filters, strict=True)]
        self.outlines = align(np.pad(np.concatenate(outlines, axis=2), ((1, 0), (0, 0), (0, 0))))  # row 0: the gap


def _join(parts: list[Parsed]) -> Parsed:
    """One sentence from its pieces: the roots of later pieces hang on the first's."""
    if len(parts) == 1:
        (part,) = parts
        part.rels[part.heads.index(-1)] = "root"
        return part
    heads: list[int] = []
    rels: list[str] = []
    names: list[str] = []
    root = -1
    for part in parts:
        offset = len(heads)
        for i, (head, rel) in enumerate(zip(part.heads, part.rels, strict=True)):
            if head >= 0:
                heads.append(head + offset)
                rels.append(rel)
            else:
                heads.append(root)
                rels.append("root" if root < 0 else "parataxis")
                root = offset + i if root < 0 else root
        names += part.names
    return Parsed(heads, rels, names)


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
