"""The arithmetic of the networks over a stream of words, compiled.

Behind a ReLU four of five numbers are zero: of each word the others are listed, and only these are multiplied. Batch
normalisation is folded into the weights that follow it. All widths are whole `LANES`, filled up with zeros.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from servanda.lang.compiled import LANES, WORDS, add_rows, compiled, multiply
from servanda.lang.trees import best_of, repair

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Shorts = npt.NDArray[np.int32]

Listed = tuple[Shorts, Shorts, Floats]  # of each word: how many numbers are above zero, which, and their values


class Encoder(NamedTuple):
    """Three convolutions of width 3; the later two have a bias for each of what stands beside: nothing, a word before,
    one after, both.
    """

    bias: Floats  # 256
    filters2: Floats  # 3 x 256 x 128
    bias2: Floats
    filters3: Floats  # 3 x 128 x 64
    bias3: Floats


class Syntax(NamedTuple):
    """What a word is as a head and as a dependent, for arcs and for relations: one projection, four sides."""

    weight: Floats  # 64 x (4 x 32)
    bias: Floats
    root: Floats  # the four sides of the root
    arcs: Floats  # 32 x 32
    labels: Floats  # (32 x 32) x relations


class Names(NamedTuple):
    """The head of the network of names."""

    weight: Floats  # 64 x tags
    bias: Floats
    transitions: Floats  # tags x tags


@compiled
def learn(codes: Bytes, centroids: Floats, panels: Floats, rows: Ints, table: Floats) -> None:
    """What each word (the codes of the parts of its vector) adds to the first layer, into its row of the table."""
    parts, _, part = centroids.shape
    width = panels.shape[0] * panels.shape[2]
    some, total = np.zeros((WORDS, parts * part), np.float32), np.empty((WORDS, width), np.float32)
    for first in range(0, len(rows), WORDS):
        words = min(WORDS, len(rows) - first)
        for k in range(words):
            for i in range(parts):
                for j in range(part):
                    some[k, i * part + j] = centroids[i, codes[first + k, i], j]
        multiply(some, panels, total)
        for k in range(words):
            _copy(total[k], table[rows[first + k]].reshape(width))


@compiled
def read_stream(
    table: Floats,
    shapes: Floats,
    rows: Ints,
    outlines: Ints,
    trees: Encoder,
    syntax: Syntax,
    tagger: Encoder,
    names: Names,
) -> tuple[Ints, Ints, Ints]:
    """Of each place (its rows of the tables of words and outlines) its head (counted from its piece; -1 for the root),
    its relation and its tag.
    """
    heads, rels, tags = np.zeros(len(rows), np.int64), np.zeros(len(rows), np.int64), np.zeros(len(rows), np.int64)
    longest = _longest(rows)
    room = _room(longest, trees)
    sides = np.empty((longest, len(syntax.bias)), np.float32)
    scores = np.empty((longest, len(names.bias)), np.float32)
    start = 1
    for end in range(1, len(rows)):
        if rows[end] == 0:
            words = end - start
            piece = rows[start - 1 : end + 1], outlines[start - 1 : end + 1]
            _encode(table, shapes, piece, 0, trees, room)
            _read_tree(room[2], syntax, sides[:words], heads[start:end], rels[start:end])
            _encode(table, shapes, piece, len(trees.bias), tagger, room)
            _read_tags(room[2], names, scores[:words], tags[start:end])
            start = end + 1
    return heads, rels, tags


@compiled
def _read_tree(listed: Listed, syntax: Syntax, sides: Floats, heads: Ints, rels: Ints) -> None:
    """Heads and relations of one piece."""
    counts, places, values = listed
    for i in range(len(sides)):
        _copy(syntax.bias, sides[i])
        add_rows(128, 0, counts[i + 1], places[i + 1], values[i + 1], syntax.weight, sides[i])
        for j in range(sides.shape[1]):
            sides[i, j] = max(sides[i, j], np.float32(0))
    repair(_score(sides, syntax), heads)
    for i in range(len(sides)):
        rels[i] = _label(sides[heads[i]] if heads[i] >= 0 else syntax.root, sides[i], syntax.labels)


@compiled
def _score(sides: Floats, syntax: Syntax) -> Floats:
    """n x (n + 1): how well each word would hang on the root (column 0) or on each word."""
    words, size = len(sides), len(syntax.arcs)
    width = (words + LANES) // LANES * LANES
    tails = np.zeros((size, width), np.float32)
    for j in range(size):
        tails[j, 0] = syntax.root[size + j]
        for i in range(words):
            tails[j, i + 1] = sides[i, size + j]
    scores, head = np.zeros((words, width), np.float32), np.empty(size, np.float32)
    places, values = np.empty(size, np.int32), np.empty(size, np.float32)
    every = np.empty(size, np.int32)
    for j in range(size):
        every[j] = j
    for i in range(words):
        for j in range(size):
            head[j] = 0
        add_rows(32, 0, _list(sides[i, :size], places, values), places, values, syntax.arcs, head)
        for start in range(0, width, LANES):
            add_rows(16, start, size, every, head, tails, scores[i])
    return scores[:, : words + 1]


@compiled
def _label(head: Floats, tail: Floats, weight: Floats) -> int:
    """The best relation of two words."""
    size = len(tail) // 4
    tails, listed, values = np.empty(size, np.int32), np.empty(size, np.float32), np.empty(size, np.float32)
    last, total = _list(tail[3 * size :], tails, listed), np.zeros(weight.shape[1], np.float32)
    for i in range(size):
        factor = head[2 * size + i]
        if factor > 0:
            for j in range(last):
                values[j] = factor * listed[j]
            add_rows(48, 0, last, tails, values, weight[i * size : (i + 1) * size], total)
    return best_of(total, 45)


@compiled
def _read_tags(listed: Listed, names: Names, scores: Floats, path: Ints) -> None:
    """The best path of tags over one piece (Viterbi); of equal ones the first."""
    counts, places, values = listed
    words, tags = len(scores), len(names.transitions)
    back = np.zeros((words, tags), np.int64)
    for t in range(words):
        _copy(names.bias, scores[t])
        add_rows(16, 0, counts[t + 1], places[t + 1], values[t + 1], names.weight, scores[t])
        for tag in range(tags):
            if t:
                most = scores[t - 1, 0] + names.transitions[0, tag]
                for before in range(1, tags):
                    reach = scores[t - 1, before] + names.transitions[before, tag]
                    if reach > most:
                        most, back[t, tag] = reach, before
                scores[t, tag] += most
    path[words - 1] = best_of(scores[words - 1], tags)
    for t in range(words - 1, 0, -1):
        path[t - 1] = back[t, path[t]]


@compiled
def _longest(rows: Ints) -> int:
    """Places of the longest piece, with the gaps at its ends."""
    longest, last = 0, 0
    for t in range(len(rows)):
        if rows[t] == 0:
            longest, last = max(longest, t - last + 1), t
    return longest


@compiled
def _room(size: int, encoder: Encoder) -> tuple[Listed, Listed, Listed]:
    """Room for the lists of a piece, a layer after the other."""
    return (
        _listed(size, len(encoder.bias)),
        _listed(size, encoder.bias2.shape[1]),
        _listed(size, encoder.bias3.shape[1]),
    )


@compiled
def _listed(size: int, width: int) -> Listed:
    return np.zeros(size, np.int32), np.empty((size, width), np.int32), np.empty((size, width), np.float32)


@compiled
def _encode(
    table: Floats,
    shapes: Floats,
    piece: tuple[Ints, Ints],
    start: int,
    encoder: Encoder,
    room: tuple[Listed, Listed, Listed],
) -> None:
    """All three convolutions over one piece with the gaps at its ends; of the tables the columns from `start`."""
    rows, outlines = piece
    first, second, third = room
    total = np.empty(len(encoder.bias), np.float32)
    last = len(rows) - 1
    first[0][last] = second[0][last] = 0
    end = start + len(total)
    for t in range(1, last):
        own, shape = table[rows[t], 1, start:end], shapes[outlines[t], 1, start:end]
        before, shape_before = table[rows[t - 1], 0, start:end], shapes[outlines[t - 1], 0, start:end]
        after, shape_after = table[rows[t + 1], 2, start:end], shapes[outlines[t + 1], 2, start:end]
        for j in range(len(total)):
            beside = own[j] + shape[j] + (before[j] + shape_before[j]) + (after[j] + shape_after[j])
            total[j] = beside + encoder.bias[j]
        first[0][t] = _list(total, first[1][t], first[2][t])
    for t in range(1, last):
        _copy(encoder.bias2[(t > 1) + 2 * (t < last - 1)], total)
        for tap in range(3):
            at = t + tap - 1
            add_rows(128, 0, first[0][at], first[1][at], first[2][at], encoder.filters2[tap], total)
        second[0][t] = _list(total[:128], second[1][t], second[2][t])
    for t in range(1, last):
        _copy(encoder.bias3[(t > 1) + 2 * (t < last - 1)], total)
        for tap in range(3):
            at = t + tap - 1
            add_rows(64, 0, second[0][at], second[1][at], second[2][at], encoder.filters3[tap], total)
        third[0][t] = _list(total[:64], third[1][t], third[2][t])


@compiled
def _copy(source: Floats, target: Floats) -> None:
    """The numbers of `source` to the start of `target`."""
    for j in range(len(source)):
        target[j] = source[j]


@compiled
def _list(total: Floats, places: Shorts, values: Floats) -> int:
    """List the numbers above zero; how many there are."""
    count = 0
    for j in range(len(total)):
        places[count] = j
        values[count] = total[j]
        count += total[j] > 0
    return count
