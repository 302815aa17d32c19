"""What was read on a page and waits to be recorded: a file each, in a folder that ends with the server.

Files, not memory: another process of the server may be asked to record. What was seen is what is recorded, without
reading it again: the reader, or its tables, may have changed in between.
"""

import json
import re
import secrets
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from servanda.ledger.given import Given
from servanda.ledger.ledger import Recorded
from servanda.sources.rejected import Rejected

_MANY, _BYTES, _SECONDS = 100, 256 << 20, 12 * 3600.0  # what is kept at most; the oldest go first
_TOKEN = re.compile(r"[\w-]{22}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Draft:
    """Readings to be recorded, inputs that could not be read, and what became of the readings that were recorded."""

    given: Sequence[Given]
    rejected: Sequence[Rejected]
    recorded: Sequence[Recorded] = ()


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts in a folder. Their names cannot be guessed."""

    folder: Path

    def keep(self, draft: Draft) -> str:
        """Keep a draft; the name by which it is found."""
        self._make_room()
        token = secrets.token_urlsafe(16)
        self.replace(token, draft)
        return token

    def replace(self, token: str, draft: Draft) -> None:
        """Put a draft in the place of one, whole or not at all."""
        aside = self.folder / f".{token}.{secrets.token_hex(4)}"
        aside.write_text(json.dumps(asdict(draft)), encoding="ascii")
        aside.replace(self.folder / token)

    def find(self, token: str) -> Draft | None:
        """The draft of a name; None where it is not kept, or no longer."""
        if not _TOKEN.fullmatch(token):
            return None
        try:
            plain = json.loads((self.folder / token).read_text(encoding="ascii"))
        except FileNotFoundError:
            return None
        return Draft(
            [Given(**one) for one in plain["given"]],
            [Rejected(**one) for one in plain["rejected"]],
            [Recorded(**one) for one in plain["recorded"]],
        )

    def _make_room(self) -> None:
        kept = sorted((p.stat().st_mtime, p.stat().st_size, p) for p in self.folder.iterdir())
        size = sum(bytes for _, bytes, _ in kept)
        for left, (at, bytes, path) in zip(range(len(kept), 0, -1), kept, strict=True):
            if left >= _MANY or size > _BYTES or time.time() - at > _SECONDS:
                path.unlink(missing_ok=True)
                size -= bytes
