"""An input that is not read, said so that a person can mend it."""

from dataclasses import dataclass

# Of one report as received: a text file, or one line of JSON. The longest wire is under 50 kB, a long read under
# 200 kB; 2 MB takes under half a minute.
MAX_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Rejected:
    """`place` is the file, or file:line; `message` what is wrong there; `remedy` what to do about it."""

    place: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}; {self.remedy}"


def too_large(place: str) -> Rejected:
    """The report that is over the limit."""
    return Rejected(place, f"is over the limit of {MAX_BYTES // 1_000_000} MB for one report", "split it")


def unreadable(place: str, error: Exception) -> Rejected:
    """The file that the system does not give."""
    why = getattr(error, "strerror", None) or str(error)
    return Rejected(place, f"cannot be read: {why}", "check that it is there and may be read")


def printable(name: str) -> str:
    """A file's name as UTF-8 can hold it; bytes of the file system that are none become U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
