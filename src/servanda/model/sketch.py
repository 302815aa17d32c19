"""What is kept of a text so that its rewrites are known: samples of its runs of three words, as numbers.

As bytes: `_HEAD` (the version of this form, how many numbers each part has, how many runs the text has), then, in
little-endian uint32, its opening runs, a sample of all its runs, and its figures, each ascending. The sample holds the
runs with the lowest numbers, so that of any two texts the same runs are drawn.
"""

import struct
from dataclasses import dataclass
from functools import lru_cache

VERSION = 1
OPENING = 40  # runs of the title and the lead
SAMPLE = 64
FIGURES = 12  # distinct ones, the first of the text
_HEAD = struct.Struct("<4BI")
_ALL = 2**32

DAYS = 7  # between a wire and its last rewrite

_OPENS_ALIKE = 0.22  # share of the opening runs of the one with fewer
_ALIKE = 0.2  # share of all runs of both
_HELD = 0.6  # share of the runs of the shorter
_NEARLY_ALL = 0.6  # of the runs of both, where one opens otherwise
_SAME_FIGURES = 0.34  # share of the figures of the one with fewer
_FEW_FIGURES = 3  # say nothing


@dataclass(frozen=True, slots=True)
class Sketch:
    """The parts of a sketch; `runs` counts all distinct ones of the text."""

    runs: int
    opening: frozenset[int]
    sample: tuple[int, ...]
    figures: frozenset[int]

    @property
    def bound(self) -> int:
        """Below it the sample holds every run."""
        return self.sample[-1] + 1 if self.runs > len(self.sample) else _ALL


def pack(runs: int, opening: bytes, sample: bytes, figures: bytes) -> bytes:
    """A sketch as bytes, of parts in little-endian uint32, ascending."""
    return (
        _HEAD.pack(VERSION, len(opening) // 4, len(sample) // 4, len(figures) // 4, runs) + opening + sample + figures
    )


@lru_cache(maxsize=1024)
def unpack(sketch: bytes) -> Sketch:
    """The parts of a sketch."""
    _, opening, sample, _, runs = _HEAD.unpack_from(sketch)
    numbers = struct.unpack(f"<{(len(sketch) - _HEAD.size) // 4}I", sketch[_HEAD.size :])
    end = opening + sample
    return Sketch(runs, frozenset(numbers[:opening]), numbers[opening:end], frozenset(numbers[end:]))


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two texts have in common, each a share: their openings, all runs of both, those of the shorter, figures."""

    opening: float
    all: float
    shorter: float
    figures: float | None  # None: too few to say

    @property
    def one_wire(self) -> bool:
        """Whether one rewrites the other: they open alike and share enough, or share nearly all; figures agree."""
        if self.figures is not None and self.figures < _SAME_FIGURES:  # a form that is filled in day by day
            return False
        if self.opening >= _OPENS_ALIKE:
            return self.all >= _ALIKE or self.shorter >= _HELD
        return self.all >= _NEARLY_ALL


def compare(one: Sketch, other: Sketch) -> Likeness:
    """How alike two texts are, estimated from their sketches (exact for up to `SAMPLE` runs)."""
    if one.runs > other.runs:
        one, other = other, one
    bound = min(one.bound, other.bound)
    a, b = ({n for n in s.sample if n < bound} for s in (one, other))
    common, either = len(a & b), len(a | b)
    few = min(len(one.figures), len(other.figures))
    return Likeness(
        opening=len(one.opening & other.opening) / (min(len(one.opening), len(other.opening)) or 1),
        all=common / (either or 1),
        shorter=common / (len(a) or 1),
        figures=len(one.figures & other.figures) / few if few >= _FEW_FIGURES else None,
    )
