"""A backup -> a copy that is looked at, and put in the place of a ledger, which is kept beside it."""

import os
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from servanda.errors import LedgerError
from servanda.ledger import sqlite
from servanda.ledger.ledger import Ledger
from servanda.ledger.verify import find_faults
from servanda.ledger.words import Tongue


def check_copy(backup: Path, copy: Path, tongue: Tongue) -> list[str]:
    """Copy a backup, bring the copy up to date, and name its faults; the backup itself is only read."""
    if not backup.exists():
        raise LedgerError(str(backup), "there is no backup here", "give a file written by servanda backup")
    sqlite.check_file(backup)
    sqlite.copy_to(backup, copy)
    ledger = Ledger.open(copy, tongue)
    try:
        return list(find_faults(ledger, refold=False))
    finally:
        ledger.close()


def put_back(copy: Path, path: Path) -> Path | None:
    """Give a copy the name of a ledger; where what was there is kept, None where nothing was."""
    kept = None
    if path.exists():
        stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        names = (path.with_name(f"{path.name}.{stamp}{n or ''}") for n in count())
        kept = next(name for name in names if not name.exists())
        sqlite.set_aside(path, kept)
    os.replace(copy, path)
    return kept
