"""The words that name a speaker -> the party for which he speaks: «посол Казахстана в Киргизии» -> KZ."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from servanda.world.declension import fold
from servanda.world.names import Hit, Stretch, build_names
from servanda.world.tables import Tables, values

_SENT_TO = ("state", "body", "place")
_PARTIES = (*_SENT_TO, "adjective", "compound", "people", "body organ")
_SENT = re.compile(
    r"\b(посол|посл[аоу]|посольств|полпред|представител|представительств|консул|envoy|embassy|ambassador)"
)
_WHERE = re.compile(r"(?:^|\s)(?:в|во|при|на|in|to|at)\s+(?:the\s+)?\Z", re.IGNORECASE)
_WORD = re.compile(r"[\w-]+")
_ENDING = 3  # letters that a surname may take on
_SURNAME = 5  # letters; shorter ones are words elsewhere


def make_speaker(tables: Tables) -> Callable[[str], str | None]:
    """A function from words to a party: the first that they name, but not the one to which an envoy is sent.

    None where they name none: «министр», «источник», an agency.
    """
    names = tables.derive(build_names)
    english, leaders = tables.derive(_english), tables.derive(_leaders)

    def named(words: str) -> str | None:
        sent = bool(_SENT.search(words.lower()))
        for hit in names.find(Stretch.of(words, 0, len(words))):
            found = hit.of(*_PARTIES)
            if found and found[0].code and not (sent and _sent_there(words, hit)):
                return found[0].code
        return _in_english(words, sent, english) or _leader(words, leaders)

    return lru_cache(maxsize=4096)(named)


def _sent_there(words: str, hit: Hit) -> bool:
    """Whether an envoy's post is named, and not whom he speaks for: «в Киргизии», but «в киргизском посольстве»."""
    return bool(hit.of(*_SENT_TO) and _WHERE.search(words[: hit.start]))


def _english(tables: Tables) -> Mapping[str, str]:
    return {
        name.lower(): row["code"]
        for table in ("states", "bodies")
        for row in tables.rows(table)
        for name in values(row["english"])
    }


def _in_english(words: str, sent: bool, names: Mapping[str, str]) -> str | None:
    """The first English name, of up to four words."""
    spans = list(_WORD.finditer(words))
    for first, start in enumerate(spans):
        for last in reversed(spans[first : first + 4]):
            code = names.get(words[start.start() : last.end()].lower())
            if code and not (sent and _WHERE.search(words[: start.start()])):
                return code
    return None


def _leaders(tables: Tables) -> Mapping[str, str]:
    """Surnames that leaders of one state alone have, without the vowel that they may lose."""
    states: dict[str, set[str]] = {}
    for row in tables.rows("leaders"):
        states.setdefault(fold(row["surname"]).rstrip("аяьй"), set()).add(row["state"])
    return {stem: min(codes) for stem, codes in states.items() if len(codes) == 1 and len(stem) >= _SURNAME}


def _leader(words: str, leaders: Mapping[str, str]) -> str | None:
    for match in _WORD.finditer(words):
        word = fold(match.group())
        if match.group()[0].isupper():
            cuts = (word[: len(word) - cut] for cut in range(_ENDING + 1))
            if stem := next((c for c in cuts if c in leaders), None):
                return leaders[stem]
    return None
