"""What the ledger asks of a language: functions that are handed in."""

from collections.abc import Callable

Words = Callable[[str], tuple[str, ...]]
"""Content lemmas of a phrase, lower-case, without stop words."""

Speaker = Callable[[str], str | None]
"""The party for which the speaker named by these words speaks; None where they name none."""
