"""Scores of heads -> one tree: the best head of each word where these make a tree, else the best tree there is."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_LONGEST = 150  # tokens: the search for the best tree is cubic at worst


def repair(scores: Floats) -> list[int]:
    """Heads (-1 for the root) from n x (n + 1) scores whose column 0 is the root: no cycle, one root."""
    heads: list[int] = (scores.argmax(1) - 1).tolist()
    if is_tree(heads):
        return heads
    if len(heads) > _LONGEST:
        return _patch(heads, scores)
    return _best_tree(scores)


def is_tree(heads: list[int]) -> bool:
    """Whether every word leads to one and the same root."""
    return heads.count(-1) == 1 and not find_cycles(heads)


def find_cycles(heads: list[int]) -> list[list[int]]:
    """The words of each cycle; linear."""
    walk = [-1] * len(heads)  # the walk on which a word was first met
    cycles: list[list[int]] = []
    for start in range(len(heads)):
        at = start
        while at >= 0 and walk[at] < 0:
            walk[at] = start
            at = heads[at]
        if at >= 0 and walk[at] == start:
            cycle = [at]
            while heads[cycle[-1]] != at:
                cycle.append(heads[cycle[-1]])
            cycles.append(cycle)
    return cycles


def _patch(heads: list[int], scores: Floats) -> list[int]:
    """A tree for a long sentence: one root, cycles cut open at the word that would best hang on it."""
    out = list(heads)
    roots = [i for i, head in enumerate(out) if head < 0] or list(range(len(out)))
    root = max(roots, key=lambda i: (float(scores[i, 0]), -i))
    for i in (i for i, head in enumerate(out) if head < 0):
        out[i] = root
    out[root] = -1
    for cycle in find_cycles(out):
        out[max(cycle, key=lambda i: (float(scores[i, 0]), -i))] = root
    return out


def _best_tree(scores: Floats) -> list[int]:
    """The maximum spanning tree (Chu, Liu and Edmonds) below the word that gains most by being the root."""
    size = len(scores) + 1
    weights = np.full((size, size), -np.inf)  # weights[d, h]; 0 is the root
    weights[1:] = scores
    np.fill_diagonal(weights, -np.inf)
    gain = weights[1:, 0] - weights[1:, 1:].max(1) if size > 2 else weights[1:, 0]
    root = int(gain.argmax()) + 1
    arc = weights[root, 0]
    weights[:, 0] = -np.inf
    weights[root, 0] = arc
    weights[root, 1:] = -np.inf
    return [int(h) - 1 for h in _span(weights)[1:]]


def _span(weights: npt.NDArray[np.float64]) -> Ints:
    """Heads of the best tree below node 0; contracts one cycle a turn."""
    heads: Ints = weights.argmax(1)
    heads[0] = -1
    cycles = find_cycles(heads.tolist())
    if not cycles:
        return heads
    inside = np.array(sorted(cycles[0]))
    outside = np.delete(np.arange(len(weights)), inside)
    # Entering the cycle at a word costs the arc of the cycle that it replaces.
    gain = weights[inside][:, outside] - weights[inside, heads[inside]][:, None]
    entry = gain.argmax(0)
    leave = weights[outside][:, inside]
    exit_ = leave.argmax(1)
    small = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    small[:-1, :-1] = weights[outside][:, outside]
    small[-1, :-1] = gain.max(0)
    small[:-1, -1] = leave.max(1)
    below = _span(small)
    out: Ints = heads.copy()
    for i, head in enumerate(below[:-1]):
        if i:
            out[outside[i]] = inside[exit_[i]] if head == len(outside) else outside[head]
    above = below[-1]
    out[inside[entry[above]]] = outside[above]
    return out
