"""The arithmetic of rumorph's model of context, compiled: every sum in rumorph's own order."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from servanda.lang.compiled import WORDS, add_rows, align, compiled, cut_panels, multiply, product
from servanda.lang.compiled import power_of_two as _power_of_two

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Shorts = npt.NDArray[np.int32]
Small = npt.NDArray[np.int16]

HIDDEN = 64  # numbers of a state, of each of the two directions
GATES = 4 * HIDDEN
SOURCES, RANKS = 3, 8  # of readings: the first features
LANE = 8  # rumorph adds products in eight sums side by side

_ROUND = np.float32(12_582_912.0)  # added and taken away again, it leaves a whole number
_LOG2_E = np.float32(1.442_695)
_LN2 = np.float32(0.693_145_75), np.float32(1.428_606_8e-6)
_SIXTH, _LEAST, _MOST = np.float32(1) / np.float32(6), np.float32(-87), np.float32(88)
_24TH, _120TH, _720 = np.float32(1) / np.float32(24), np.float32(1) / np.float32(120), np.float32(720)
_ONE, _TWO, _HALF, _NONE = np.float32(1), np.float32(2), np.float32(0.5), np.float32(0)
_SMALL = np.float32(1e-5)


class Model(NamedTuple):
    """Weights, in x out. Of the gates (input, forget, candidate, output) forward, then backward."""

    into: Floats  # in panels of columns, as `gates`
    into_bias: Floats
    gates: Floats  # 128 x 512: what a word adds to its gates
    gates_bias: Floats
    states: Floats  # 64 x 512: what the state before adds; in panels
    norm: Floats  # weight, bias
    query: Floats  # 128 x 32, rows lane by lane
    query_bias: Floats
    features: Floats  # source, rank and bucket of a reading
    feature_bias: Floats

    @classmethod
    def of(cls, entries: Mapping[str, Any]) -> "Model":
        """From the entries of rumorph's file."""
        ways = ("lstm.0.forward", "lstm.0.backward")
        order = [j for lane in range(LANE) for j in range(lane, 2 * HIDDEN, LANE)]
        none = np.zeros(len(entries["source"]), np.float32)
        return cls(
            cut_panels(entries["input.weight"].T),
            entries["input.bias"][0],
            cut_panels(np.concatenate([entries[f"{way}.ih"] for way in ways]).T),
            np.concatenate([entries[f"{way}.bias"][0] for way in ways]),
            cut_panels(np.concatenate([entries[f"{way}.hh"] for way in ways]).T),
            np.concatenate([entries["norm.weight"], entries["norm.bias"]]),
            align(entries["query.weight"].T[order]),
            entries["query.bias"][0],
            align(np.concatenate([entries["source"], entries["rank"], entries["bucket"]])),
            np.concatenate([none, entries["rank_bias"][:, 0], entries["bucket_bias"][:, 0]]),
        )


@compiled
def describe(
    places: Ints,
    tags: Ints,
    probs: Doubles,
    ends: Ints,
    tag_in: Floats,
    outlines: Floats,
    words: Floats,
    endings: Floats,
    out: Floats,
) -> None:
    """Side by side of each word: its outline, the mean of its readings' tags, their mean by likelihood, its own vector,
    those of its endings. Row i of `places` has the rows of outline, word and endings; readings end at `ends[i]`.
    """
    start, size = 0, tag_in.shape[1]
    for i in range(len(places)):
        at = outlines.shape[1]
        out[i, :at] = outlines[places[i, 0]]
        total = 0.0
        for k in range(start, ends[i]):
            total += probs[k]
        for k in range(start, ends[i]):
            share = np.float32(probs[k] / max(total, 1e-9))
            for j in range(size):
                out[i, at + j] += tag_in[tags[k], j]
                out[i, at + size + j] += tag_in[tags[k], j] * share
        count = np.float32(max(ends[i] - start, 1))
        for j in range(size):
            out[i, at + j] /= count
        start, at = ends[i], at + 2 * size
        out[i, at : at + words.shape[1]] = words[places[i, 1]]
        at += words.shape[1]
        for k in range(2, places.shape[1]):
            out[i, at : at + endings.shape[1]] = endings[places[i, k]]
            at += endings.shape[1]


@compiled
def compare(
    rows: Ints,
    tags: Ints,
    probs: Doubles,
    ends: Ints,
    sources: Ints,
    differ: Flags,
    edges: Doubles,
    counts: Ints,
    features: Small,
) -> None:
    """What tells the readings of each word apart, into its row: where they `differ` how many there are, and of each the
    row of its tag and its rows among the model's features, by source, rank and likelihood.
    """
    start = 0
    for i in range(len(rows)):
        counts[rows[i]] = ends[i] - start if differ[i] else 0
        for k in range(start, ends[i]):
            rank, bucket = 0, 0
            for other in range(start, ends[i]):
                rank += probs[other] > probs[k] or (probs[other] == probs[k] and other < k)
            for edge in edges:
                bucket += edge < probs[k]
            reading = features[rows[i], k - start]
            reading[0], reading[1] = tags[k], sources[k]
            reading[2], reading[3] = SOURCES + min(rank, RANKS - 1), SOURCES + RANKS + bucket
        start = ends[i]


@compiled
def give(words: Floats, model: Model, rows: Ints, table: Floats) -> None:
    """What each word (a row of features) adds to its gates, into its row of the table."""
    size = len(model.into_bias)
    some, hidden = np.zeros((WORDS, words.shape[1]), np.float32), np.empty((WORDS, size), np.float32)
    total = np.empty((WORDS, table.shape[1]), np.float32)
    for first in range(0, len(words), WORDS):
        count = min(WORDS, len(words) - first)
        some[:count] = words[first : first + count]
        multiply(some, model.into, hidden)
        for k in range(WORDS):
            for j in range(size):
                hidden[k, j] = max(hidden[k, j] + model.into_bias[j], _NONE)
        multiply(hidden, model.gates, total)
        for k in range(count):
            for j in range(len(model.gates_bias)):
                table[rows[first + k], j] = total[k, j] + model.gates_bias[j]


@compiled
def rank(
    rows: Ints,
    ends: Ints,
    order: Ints,
    table: Floats,
    counts: Ints,
    features: Small,
    tags: Floats,
    biases: Floats,
    model: Model,
) -> Ints:
    """The best reading of each word of sentences that end at `ends`, looked at in an `order` by length. The word in
    row r has `counts[r]` readings to choose from, `features[r]`: row of its tag, source, rank, bucket.
    """
    best, longest = np.zeros(len(rows), np.int64), 0
    starts = np.zeros(len(ends), np.int64)
    for n in range(len(ends)):
        starts[n] = ends[n - 1] if n else 0
        longest = max(longest, ends[n] - starts[n])
    every = _count(2 * HIDDEN)
    hidden = np.empty((WORDS, longest, 2 * HIDDEN), np.float32)
    for first in range(0, len(order), WORDS):
        some = order[first : first + WORDS]
        _walk(rows, starts[some], ends[some], table, model, hidden)
        for k in range(len(some)):
            start = starts[some[k]]
            for t in range(start, ends[some[k]]):
                if counts[rows[t]] > 1:
                    query = _ask(hidden[k, t - start], every, model)
                    most = np.float32(-np.inf)
                    for i in range(counts[rows[t]]):
                        score = _score(query, features[rows[t], i], tags, biases, model)
                        if score > most:
                            most, best[t] = score, i
    return best


@compiled
def _walk(rows: Ints, starts: Ints, ends: Ints, table: Floats, model: Model, hidden: Floats) -> None:
    """The states of both directions at each word of `WORDS` sentences or fewer, of nearly the same length."""
    ways, longest = len(model.states) // 2, 0
    for n in range(len(starts)):
        longest = max(longest, ends[n] - starts[n])
    gates, entering = np.empty((WORDS, GATES), np.float32), np.empty(GATES, np.float32)
    cells, states = np.empty((WORDS, HIDDEN), np.float32), np.empty((WORDS, HIDDEN), np.float32)
    for way in range(2):
        cells[:] = states[:] = 0
        offset, panels = way * GATES, model.states[way * ways : (way + 1) * ways]
        for step in range(longest):
            multiply(states, panels, gates)
            for n in range(len(starts)):
                if step < ends[n] - starts[n]:
                    t = ends[n] - 1 - step if way else starts[n] + step
                    given, cell, state = table[rows[t]], cells[n], states[n]
                    for j in range(GATES):
                        entering[j] = given[offset + j] + gates[n, j]
                    for j in range(2 * HIDDEN):
                        entering[j] = _ONE / (_ONE + _exp(-entering[j]))
                    for j in range(2 * HIDDEN, 3 * HIDDEN):
                        entering[j] = _TWO / (_ONE + _exp(-_TWO * entering[j])) - _ONE
                    for j in range(3 * HIDDEN, GATES):
                        entering[j] = _ONE / (_ONE + _exp(-entering[j]))
                    for j in range(HIDDEN):
                        cell[j] = entering[HIDDEN + j] * cell[j] + entering[j] * entering[2 * HIDDEN + j]
                    for j in range(HIDDEN):
                        state[j] = entering[3 * HIDDEN + j] * (_TWO / (_ONE + _exp(-_TWO * cell[j])) - _ONE)
                    for j in range(HIDDEN):
                        hidden[n, t - starts[n], way * HIDDEN + j] = state[j]


@compiled
def _ask(hidden: Floats, every: Shorts, model: Model) -> Floats:
    """What is asked of a word's reading."""
    size, width = len(hidden), len(model.query_bias)
    mean, spread = _NONE, _NONE
    for j in range(size):
        mean += hidden[j]
    mean /= np.float32(size)
    for j in range(size):
        spread += (hidden[j] - mean) * (hidden[j] - mean)
    scale = _ONE / np.sqrt(spread / np.float32(size) + _SMALL)
    normal = np.empty(size, np.float32)  # lane by lane
    part = size // LANE
    for j in range(size):
        normal[j % LANE * part + j // LANE] = (hidden[j] - mean) * scale * model.norm[0, j] + model.norm[1, j]
    query, lane = np.zeros(width, np.float32), np.empty(width, np.float32)
    for k in range(LANE):
        for j in range(width):
            lane[j] = 0
        add_rows(32, 0, part, every[k * part :], normal[k * part :], model.query, lane)
        for j in range(width):
            query[j] += lane[j]
    for j in range(width):
        query[j] += model.query_bias[j]
    return query


@compiled
def _score(query: Floats, reading: Small, tags: Floats, biases: Floats, model: Model) -> np.float32:
    """How well a reading answers."""
    score: np.float32 = product(LANE, query, tags[reading[0]])
    for k in range(1, 4):
        score += product(LANE, query, model.features[reading[k]])
    score += biases[reading[0]]
    for k in range(2, 4):
        score += model.feature_bias[reading[k]]
    return score


@compiled
def _count(size: int) -> Shorts:
    """0, 1, 2, ..."""
    every = np.empty(size, np.int32)
    for j in range(size):
        every[j] = j
    return every


@compiled
def _exp(x: np.float32) -> np.float32:
    """e ** x as rumorph takes it."""
    x = _LEAST if x < _LEAST else x
    x = _MOST if x > _MOST else x
    n = (x * _LOG2_E + _ROUND) - _ROUND
    r = x - n * _LN2[0] - n * _LN2[1]
    p = _ONE + r * (_ONE + r * (_HALF + r * (_SIXTH + r * (_24TH + r * (_120TH + r / _720)))))
    power: np.float32 = p * _power_of_two(np.int32(n))
    return power
