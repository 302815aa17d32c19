"""Scores of heads -> one tree: the best head of each word where these make a tree, else the best tree there is.

Compiled; loops written out compile in half the time that numpy's functions take.
"""

import numpy as np
import numpy.typing as npt

from servanda.lang.compiled import compiled

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_LONGEST = 150  # tokens: the search for the best tree is cubic at worst


@compiled
def repair(scores: Floats, heads: Ints) -> None:
    """Heads (-1 for the root) from n x (n + 1) scores whose column 0 is the root: no cycle, one root."""
    size = len(heads)
    roots = 0
    for i in range(size):
        heads[i] = best_of(scores[i], size + 1) - 1
        roots += heads[i] < 0
    if roots == 1 and not len(find_cycle(heads)):
        return
    if size > _LONGEST:
        _patch(heads, scores)
    else:
        _best_tree(scores, heads)


@compiled
def best_of(scores: Floats | Doubles, size: int) -> int:
    """Where the greatest number stands; of equal ones the first."""
    best = 0
    for i in range(1, size):
        if scores[i] > scores[best]:
            best = i
    return best


@compiled
def find_cycle(heads: Ints) -> Ints:
    """The words of the first cycle in their order, none if there is none; linear."""
    size = len(heads)
    walk = np.zeros(size, np.int64)  # the walk on which a word was first met, from 1
    for start in range(size):
        at = start
        while at >= 0 and walk[at] == 0:
            walk[at] = start + 1
            at = heads[at]
        if at >= 0 and walk[at] == start + 1:
            length = 0
            while walk[at] > 0:
                walk[at] = -1
                at = heads[at]
                length += 1
            cycle = np.empty(length, np.int64)
            length = 0
            for i in range(size):
                if walk[i] < 0:
                    cycle[length] = i
                    length += 1
            return cycle
    return np.empty(0, np.int64)


@compiled
def _patch(heads: Ints, scores: Floats) -> None:
    """A tree for a long sentence: one root, cycles cut open at the word that would best hang on it."""
    root, rootless = -1, True
    for i in range(len(heads)):
        rootless &= heads[i] >= 0
    for i in range(len(heads)):
        if (rootless or heads[i] < 0) and (root < 0 or scores[i, 0] > scores[root, 0]):
            root = i
    for i in range(len(heads)):
        if heads[i] < 0:
            heads[i] = root
    heads[root] = -1
    cycle = find_cycle(heads)
    while len(cycle):
        best = cycle[0]
        for i in cycle:
            if scores[i, 0] > scores[best, 0]:
                best = i
        heads[best] = root
        cycle = find_cycle(heads)


@compiled
def _best_tree(scores: Floats, heads: Ints) -> None:
    """The maximum spanning tree (Chu, Liu and Edmonds) below the word that gains most by being the root."""
    size = len(heads) + 1
    weights = np.empty((size, size), np.float64)  # weights[d, h]; 0 is the root
    root, most = 1, -np.inf
    for d in range(size):
        second = -np.inf
        for h in range(size):
            weights[d, h] = -np.inf
            if d and h and h != d:
                weights[d, h] = scores[d - 1, h]
                second = max(second, weights[d, h])
        if d:
            gain = scores[d - 1, 0] - (second if size > 2 else 0.0)
            if gain > most:
                root, most = d, gain
    for h in range(1, size):
        weights[root, h] = -np.inf
    weights[root, 0] = scores[root - 1, 0]
    above = _span(weights)
    for d in range(1, size):
        heads[d - 1] = above[d] - 1


@compiled
def _span(weights: Doubles) -> Ints:
    """Heads of the best tree below node 0. Contracts one cycle a turn, then opens them from the last to the first."""
    turns = []
    while True:
        size = len(weights)
        heads = np.empty(size, np.int64)
        heads[0] = -1
        for d in range(1, size):
            heads[d] = best_of(weights[d], size)
        cycle = find_cycle(heads)
        if not len(cycle):
            break
        outside = np.empty(size - len(cycle), np.int64)
        last, k = 0, 0
        for i in range(size):
            if k < len(cycle) and cycle[k] == i:
                k += 1
            else:
                outside[last] = i
                last += 1
        small = np.empty((last + 1, last + 1), np.float64)
        small[last, last] = -np.inf
        entry = np.empty(last, np.int64)  # where an arc into the cycle best goes in, and one out of it comes from
        leave = np.empty(last, np.int64)
        for o in range(last):
            node = outside[o]
            for other in range(last):
                small[o, other] = weights[node, outside[other]]
            for k in range(len(cycle)):
                i = cycle[k]
                # Entering the cycle at a word costs the arc of the cycle that it replaces.
                gain = weights[i, node] - weights[i, heads[i]]
                if k == 0 or gain > small[last, o]:
                    small[last, o], entry[o] = gain, i
                if k == 0 or weights[node, i] > small[o, last]:
                    small[o, last], leave[o] = weights[node, i], i
        turns.append((heads, outside, entry, leave))
        weights = small
    for turn in range(len(turns) - 1, -1, -1):
        below = heads
        heads, outside, entry, leave = turns[turn]
        last = len(outside)
        for o in range(1, last):
            heads[outside[o]] = leave[o] if below[o] == last else outside[below[o]]
        heads[entry[below[last]]] = outside[below[last]]
    return heads
