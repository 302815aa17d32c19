"""What Servanda raises, one tree. A report's own faults are findings, a bad input is `Rejected`: neither is an error.

ServandaError
├── InputError        an argument or a source that cannot be used
├── Conflict          somebody else decided in the meantime
├── MissingWeights    the networks' weights are not installed, or damaged
└── LedgerError       a ledger that cannot be opened, read or written
"""

from typing import Any


class ServandaError(Exception):
    """Something that cannot go on: `place` is where, `message` what failed, `remedy` what to do about it."""

    def __init__(self, place: str, message: str, remedy: str) -> None:
        super().__init__(f"{place}: {message}; {remedy}")
        self.place = place
        self.message = message
        self.remedy = remedy

    def __reduce__(self) -> tuple[Any, ...]:
        """So that one raised in another process arrives whole, whatever its class is made from."""
        return _made_again, (type(self), self.args, self.__dict__)


def _made_again(kind: type[ServandaError], args: tuple[Any, ...], held: dict[str, Any]) -> ServandaError:
    made = kind.__new__(kind, *args)
    made.__dict__.update(held)
    return made


class InputError(ServandaError):
    """An argument or a source that cannot be used."""


class Conflict(ServandaError):
    """Somebody else decided after the person looked; nothing was entered. `seq` is the number of that entry."""

    def __init__(self, place: str, message: str, remedy: str, seq: int) -> None:
        super().__init__(place, message, remedy)
        self.seq = seq


class MissingWeights(ServandaError):
    """The networks' weights are not installed, or damaged; `cause` is what failed, None where nothing was found."""

    def __init__(self, place: str, cause: Exception | None) -> None:
        why = "was not found" if cause is None else f"cannot be read ({cause})"
        super().__init__(place, why, "install servanda again with its dependencies (pip install natasha==1.6.0)")
        self.cause = cause


class LedgerError(ServandaError):
    """A ledger that cannot be opened, read or written; what it holds was not touched."""
