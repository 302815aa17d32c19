"""What a worker is at, in memory that its supervisor sees: state, number of the document, since when, and the count."""

import time
from enum import IntEnum
from multiprocessing.sharedctypes import RawArray


class State(IntEnum):
    """What a worker may be at. Only while it reads is the document at hand to blame for what happens."""

    LOADING = 0
    IDLE = 1
    FETCHING = 2
    READING = 3
    WRITING = 4


class Pulse:
    """Without a lock: a worker that dies must not hold one. Each number is written whole; since one writes and one
    looks, what is seen is at most one document old.
    """

    def __init__(self) -> None:
        self._cells = RawArray("q", 5)
        self.beat(State.LOADING)

    def beat(self, state: State, number: int = 0) -> None:
        """From now on the worker is at this; the moment comes first, so that no state is seen with an older one."""
        self._cells[2] = time.monotonic_ns()
        self._cells[0] = state
        self._cells[1] = number

    def excuse(self) -> None:
        """Let the time count from now, where it was the supervisor that did not look."""
        self._cells[2] = time.monotonic_ns()

    def count(self, documents: int, telling: int) -> None:
        """How many documents of the shard at hand are behind, and how many of them have records."""
        self._cells[3] = documents
        self._cells[4] = telling

    @property
    def state(self) -> State:
        return State(self._cells[0])

    @property
    def number(self) -> int:
        """Of the document at hand, in its piece."""
        return int(self._cells[1])

    @property
    def counted(self) -> tuple[int, int]:
        """Documents, and those of them that have records."""
        return int(self._cells[3]), int(self._cells[4])

    @property
    def since(self) -> float:
        """When the worker came to it, on the clock of `time.monotonic`."""
        return int(self._cells[2]) / 1e9
