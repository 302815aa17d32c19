"""The command as a user runs it, within this process."""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from servanda.cli.main import main


@dataclass(frozen=True)
class Ran:
    """What a command gave."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `servanda` with these arguments and this standard input."""

    def ran(*argv: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        try:
            code = main([str(a) for a in argv])
        except SystemExit as stop:
            code = int(stop.code or 0)
        seen = capsysbinary.readouterr()
        return Ran(code, seen.out.decode(), seen.err.decode())

    return ran
