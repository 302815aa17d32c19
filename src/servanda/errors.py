"""What Servanda raises, one tree. A report's own faults are findings, a bad input is `Rejected`: neither is an error.

ServandaError
├── InputError        an argument or a source that cannot be used
├── MissingWeights    the networks' weights are not installed, or damaged
└── LedgerError       a ledger that cannot be opened, read or written
"""


class ServandaError(Exception):
    """Something that cannot go on: `place` is where, `message` what failed, `remedy` what to do about it."""

    def __init__(self, place: str, message: str, remedy: str) -> None:
        super().__init__(f"{place}: {message}; {remedy}")
        self.place = place
        self.message = message
        self.remedy = remedy


class InputError(ServandaError):
    """An argument or a source that cannot be used."""


class MissingWeights(ServandaError):
    """The networks' weights are not installed, or damaged; `cause` is what failed, None where nothing was found."""

    def __init__(self, place: str, cause: Exception | None) -> None:
        why = "was not found" if cause is None else f"cannot be read ({cause})"
        super().__init__(place, why, "install servanda again with its dependencies (pip install natasha==1.6.0)")
        self.cause = cause


class LedgerError(ServandaError):
    """A ledger that cannot be opened, read or written; what it holds was not touched."""
