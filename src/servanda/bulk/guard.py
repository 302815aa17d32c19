"""What keeps a worker from outliving its supervisor, and from eating the memory of the machine."""

import ctypes
import os
import signal
import sys
import threading
from contextlib import suppress
from multiprocessing import parent_process
from pathlib import Path

_PDEATHSIG = 1  # of prctl(2)
_MEGABYTE = 1_000_000


def die_with_parent() -> None:
    """Let this process be killed when its parent ends, however it ends.

    Where the system does it, even a process that hangs in foreign code is killed; but it looks at who started the
    process, which may be a server of processes. So a thread waits for the end of the parent itself, too.
    """
    parent = parent_process()
    if parent is None:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGKILL)

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def limit_memory(megabytes: int) -> None:
    """From now on at most so much more memory; who asks for more gets a MemoryError, or an abort in foreign code."""
    held = _held("VmData")
    if held:
        import resource

        most, (_, hard) = held + megabytes * _MEGABYTE, resource.getrlimit(resource.RLIMIT_DATA)
        if hard == resource.RLIM_INFINITY or most < hard:
            resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def megabytes_held() -> float:
    """The memory that this process holds now; 0 where the system does not tell."""
    return _held("VmRSS") / _MEGABYTE


def _held(what: str) -> int:
    """Bytes, of what Linux tells of a process."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith(f"{what}:"):
                return int(line.split()[1]) * 1_024
    return 0
