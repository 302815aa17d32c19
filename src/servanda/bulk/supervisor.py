"""Shards -> workers that read them. A document that ends, hangs or overfills its worker twice is set aside by its
number, and the shard goes on where it was.
"""

import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any

from servanda.bulk.job import Done, Failed, Ready, Run, Shard, Task
from servanda.bulk.plan import is_done
from servanda.bulk.pulse import Pulse, State
from servanda.bulk.worker import OUT_OF_MEMORY, work
from servanda.errors import InputError

_TURN = 0.5  # seconds between two looks at the workers
_PLANNING = 0.1  # of a turn
_STOPPED = 5.0  # a turn that took longer: the machine slept, or all was stopped; no document is to blame
_OWN, _ALL = 2, 10  # strikes: of a document's own, and together with kills that came from outside
_OWN_LOADS, _ALL_LOADS = 5, 50  # the same, of workers in a row that ended while they loaded: then the run ends
_WRITES = 3  # ends of workers while they wrote a shard: then, too
_KILLED = "the process was killed from outside"

_context = multiprocessing.get_context("spawn")  # threads of this process (of Arrow) make a fork unsafe


@dataclass(slots=True)
class Status:
    """How far a run is. `total` shards are known so far, all of them once `planned`; `before` were done already."""

    started: float = field(default_factory=time.monotonic)
    total: int = 0
    planned: bool = False
    before: int = 0
    done: int = 0
    documents: int = 0
    telling: int = 0
    at_hand: tuple[int, int] = (0, 0)  # documents of shards that are being read, and those that have records


@dataclass(slots=True)
class _Trying:
    """A shard, and what happened to those who read it."""

    shard: Shard
    strikes: dict[int, list[str]] = field(default_factory=dict)  # of documents, by number
    stalls: dict[int, list[str]] = field(default_factory=dict)  # before a document was at hand
    writes: int = 0
    aside: dict[int, str] = field(default_factory=dict)
    broken: tuple[int, str] | None = None


@dataclass(slots=True)
class _Hand:
    """A worker as its supervisor sees it."""

    process: SpawnProcess
    pipe: "Connection[Any, Any]"
    pulse: Pulse
    ready: bool = False
    leaving: bool = False
    trying: _Trying | None = None
    killed: str = ""  # why, where it was us


class Supervisor:
    """Reads the shards of a run that are not done; `tell` is called about twice a second."""

    def __init__(self, run: Run, shards: Iterator[Shard], tell: Callable[[Status], None]) -> None:
        self.status = Status()
        self._run = run
        self._shards = shards
        self._tell = tell
        self._waiting: deque[_Trying] = deque()
        self._hands: list[_Hand] = []
        self._loads: list[str] = []  # why workers ended while they loaded, since one was well
        self._started = 0
        self._turned = time.monotonic()

    def run(self) -> None:
        """Read all. What ends a run (a full disk, a reader that does not load) is raised; no process is left."""
        try:
            while self._plan() or self._waiting or any(hand.trying for hand in self._hands):
                self._hand_out()
                self._listen()
                self._watch()
                self.status.at_hand = _sums(hand.pulse.counted for hand in self._hands if hand.trying)
                self._tell(self.status)
        finally:
            self._dismiss()

    def _plan(self) -> bool:
        """Look for shards for a moment; whether there may be more."""
        until = time.monotonic() + _PLANNING
        while not self.status.planned and time.monotonic() < until:
            shard = next(self._shards, None)
            if shard is None:
                self.status.planned = True
                break
            self.status.total += 1
            if is_done(self._run, shard):
                self.status.before += 1
            else:
                self._waiting.append(_Trying(shard))
        return not self.status.planned

    def _hand_out(self) -> None:
        """A shard for each worker that has none, and a worker for each shard, up to the number of jobs."""
        for hand in self._hands:
            if self._waiting and hand.ready and not hand.leaving and hand.trying is None:
                self._give(hand, self._waiting.popleft())
        starting = sum(not hand.ready for hand in self._hands)
        for _ in range(min(self._run.jobs - len(self._hands), len(self._waiting) - starting)):
            self._hands.append(self._start())

    def _give(self, hand: _Hand, trying: _Trying) -> None:
        hand.trying = trying
        hand.pulse.count(0, 0)
        with suppress(OSError):  # it is dead, as will be seen
            hand.pipe.send(Task(trying.shard, trying.aside, trying.broken))

    def _start(self) -> _Hand:
        ours, theirs = _context.Pipe()
        pulse = Pulse()
        first = self._started == 0
        process = _context.Process(target=work, args=(theirs, pulse, self._run, first), daemon=True)
        with _uninterrupted():
            process.start()
        theirs.close()
        self._started += 1
        return _Hand(process, ours, pulse)

    def _listen(self) -> None:
        """Wait for what workers say, or for their end."""
        said: dict[Any, _Hand] = {hand.pipe: hand for hand in self._hands}
        ended = {hand.process.sentinel: hand for hand in self._hands}
        found = set(wait([*said, *ended], _TURN if self.status.planned else 0))
        for pipe in said.keys() & found:
            self._hear(said[pipe])
        for sentinel in ended.keys() & found:
            self._bury(ended[sentinel])

    def _hear(self, hand: _Hand) -> None:
        for said in _receive(hand.pipe):
            match said:
                case Ready():
                    hand.ready, self._loads = True, []
                case Done(leaving):
                    self._count(hand)
                    hand.leaving, hand.trying = leaving, None
                case Failed(error):
                    raise error

    def _count(self, hand: _Hand) -> None:
        documents, telling = hand.pulse.counted
        self.status.done += 1
        self.status.documents += documents
        self.status.telling += telling

    def _bury(self, hand: _Hand) -> None:
        """A worker is dead: find out what is to blame, and put its shard back."""
        self._hear(hand)
        hand.process.join()
        self._hands.remove(hand)
        why = hand.killed or _why(hand.process.exitcode, self._run)
        if not hand.ready and _strike(self._loads, why, _OWN_LOADS, _ALL_LOADS):
            raise InputError("bulk", f"workers end while they load: {why}", "see whether servanda read works")
        if hand.trying:
            if is_done(self._run, hand.trying.shard):  # it died between writing and saying so
                self._count(hand)
            else:
                self._blame(hand, hand.trying, why)
                self._waiting.appendleft(hand.trying)
        hand.pipe.close()
        hand.process.close()

    def _blame(self, hand: _Hand, trying: _Trying, why: str) -> None:
        state, number = hand.pulse.state, hand.pulse.number
        if hand.killed and time.monotonic() - hand.pulse.since < self._limit(state):
            return  # it had just gone on
        if state == State.READING and _strike(trying.strikes.setdefault(number, []), why):
            trying.aside[number] = why
        elif state == State.FETCHING and _strike(trying.stalls.setdefault(number, []), why):
            trying.broken = number, why
        elif state == State.WRITING:
            trying.writes += 1
            if trying.writes >= _WRITES:
                what = f"cannot be written: {why}"
                raise InputError(str(self._run.out / trying.shard.output), what, "check the disk; run again")

    def _watch(self) -> None:
        """Kill workers that have been at one thing for too long."""
        now = time.monotonic()
        stopped, self._turned = now - self._turned > _STOPPED, now
        for hand in self._hands:
            limit = self._limit(hand.pulse.state)
            if stopped:
                hand.pulse.excuse()
            elif now - hand.pulse.since > limit:
                hand.killed = f"took over {limit:g} s"
                hand.process.kill()

    def _limit(self, state: State) -> float:
        limits = self._run.limits
        return {State.READING: limits.seconds, State.IDLE: float("inf")}.get(state, limits.patience)

    def _dismiss(self) -> None:
        """End all workers. Those without a shard hold nothing, and a shard that is not whole is not kept."""
        with _uninterrupted():
            for hand in self._hands:
                hand.process.kill()
            for hand in self._hands:
                hand.process.join()
                hand.pipe.close()
            self._hands.clear()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C waits until the block is left. Processes that are started in it never see one."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _receive(pipe: "Connection[Any, Any]") -> Iterator[Any]:
    """What has been said."""
    with suppress(EOFError, OSError):  # it is dead, as will be seen
        while pipe.poll():
            yield pipe.recv()


def _why(code: int | None, run: Run) -> str:
    """What the exit code of a process tells."""
    if code == OUT_OF_MEMORY:
        return f"needed over {run.limits.megabytes} MB of memory"
    if code == -signal.SIGKILL:
        return _KILLED
    if code is not None and code < 0:
        return f"ended the process ({signal.Signals(-code).name})"
    return f"ended the process (exit code {code})"


def _strike(strikes: list[str], why: str, own: int = _OWN, every: int = _ALL) -> bool:
    """One more; whether it is enough. Kills from outside may befall what did nothing."""
    strikes.append(why)
    return sum(one != _KILLED for one in strikes) >= own or len(strikes) >= every


def _sums(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    first, second = 0, 0
    for one, other in pairs:
        first, second = first + one, second + other
    return first, second
