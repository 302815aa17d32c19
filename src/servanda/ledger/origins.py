"""Told records -> who is behind them: independent origins, and the grade of the evidence.

Ten outlets with one press release are one origin: what one speaker says is one, however many carry it and whatever they
call him, and so is what is printed in the same words, what rewrites of one wire tell alike, and what one report says
without naming anybody. What a rewrite adds has its own speaker, or is its outlet's.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from servanda.ledger.organs import Organ, find_organ
from servanda.ledger.words import Speaker, Words
from servanda.model.dossier import Grade, Told, parties_of
from servanda.model.reading import Undertaking

Sort = Literal["side", "third", "official", "agency", "unnamed"]
Key = tuple[str | None, frozenset[str]]  # the party spoken for, the words that name the speaker

_SPEAKERS = Path(__file__).parent / "data" / "speakers.tsv"
_TOKEN = re.compile(r"[\w-]+")
_ALIKE = 0.8  # share of words that quotes of one text have in common
_LONG_ENOUGH = 6  # words; shorter quotes may agree by chance


def find_origins(told: Sequence[Told], words: Words, speaker: Speaker) -> tuple[tuple[int, ...], ...]:
    """The numbers of the records, those of one origin together; by the lowest number of each."""
    home = {t.id: t.id for t in told}
    spoken = *_by_speaker(told, words, speaker), *_by_organ(told, words, speaker)
    for together in (*spoken, *_by_wire(told), *_by_quote(told, words)):
        _join(home, together)
    groups: dict[int, list[int]] = defaultdict(list)
    for number in sorted(home):
        groups[_root(home, number)].append(number)
    return tuple(tuple(group) for group in groups.values())


def _join(home: dict[int, int], numbers: Iterable[int]) -> None:
    roots = {_root(home, n) for n in numbers}
    for root in roots:
        home[root] = min(roots)


def _root(home: dict[int, int], number: int) -> int:
    while home[number] != number:
        number = home[number]
    return number


def _by_speaker(told: Sequence[Told], words: Words, speaker: Speaker) -> list[list[int]]:
    """Records of one speaker: the same words name him, or fewer of them that fit nobody else."""
    named: dict[Key, list[int]] = defaultdict(list)
    by_number = {t.id: t for t in told}
    for t in told:
        named[_speaker_key(_voice(t, by_number), words, speaker)].append(t.id)
    return [numbers + [named[fuller][0] for fuller in _fuller(key, named)] for key, numbers in named.items()]


def _voice(told: Told, by_number: Mapping[int, Told]) -> Told:
    """Whose words a record's are: one that rewrites another and names nobody speaks as that one does."""
    while not _names_somebody(told) and (first := by_number.get(told.rewrites or 0)):
        told = first
    return told


def _names_somebody(told: Told) -> bool:
    return told.record.source is not None and not is_unnamed(told.record.source)


def _by_wire(told: Sequence[Told]) -> list[list[int]]:
    """Records that name their speaker, with the one that they rewrite where it names nobody."""
    unnamed = {t.id for t in told if not _names_somebody(t)}
    return [[t.id, t.rewrites] for t in told if t.rewrites in unnamed and t.id not in unnamed]


def _speaker_key(told: Told, words: Words, speaker: Speaker) -> Key:
    """Who is cited, else the agency, else the report; who is not named is known to his agency, or report, alone."""
    source, agency = told.record.source, told.carrier.agency
    outlet = _tokens(agency, words) if agency else frozenset({f"report {told.carrier.report}"})
    if source and is_unnamed(source):
        return "", _tokens(source, words) | outlet
    if source:
        return speaker(source), _tokens(source, words)
    return (speaker(agency) if agency else None), outlet


def _by_organ(told: Sequence[Told], words: Words, speaker: Speaker) -> list[list[int]]:
    """Records for which one organ speaks, whatever it is called; named without its party it is the only one there."""
    heard: dict[Organ, list[int]] = defaultdict(list)
    for t in told:
        source = t.record.source
        if source and not is_unnamed(source) and (organ := find_organ(source, words, speaker)):
            heard[organ].append(t.id)
    found = [*heard.values()]
    for organ in [o for o in heard if not o.party and not o.beside]:
        namesakes = [o for o in heard if o.name == organ.name and o.party]
        if len(namesakes) == 1:
            found.append([heard[organ][0], heard[namesakes[0]][0]])
    return found


def _tokens(name: str, words: Words) -> frozenset[str]:
    return frozenset(words(name)) or frozenset(name.lower().split())


def _fuller(key: Key, named: Mapping[Key, object]) -> list[Key]:
    """The longest name that holds all words of this one, if those that do are not of different speakers."""
    party, tokens = key
    more = [k for k in named if tokens < k[1] and k[0] == party]
    longest = max(more, key=lambda k: (len(k[1]), sorted(k[1])), default=None)
    return [longest] if longest and all(k[1] <= longest[1] for k in more) else []


def _by_quote(told: Sequence[Told], words: Words) -> list[list[int]]:
    """Records whose quotes are the same text, a word more or less."""
    quoted: dict[frozenset[str], list[int]] = defaultdict(list)
    for t in told:
        tokens = frozenset(words(t.record.quote))
        if len(tokens) >= _LONG_ENOUGH:
            quoted[tokens].append(t.id)
    pairs = [[quoted[a][0], quoted[b][0]] for a, b in _alike(list(quoted))]
    return [*quoted.values(), *pairs]


def _alike(quotes: Sequence[frozenset[str]]) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Pairs that share enough words. Such a pair shares one of the rarest words of each, so only these are asked."""
    common = Counter(token for quote in quotes for token in quote)
    seen: dict[str, list[frozenset[str]]] = defaultdict(list)
    found = []
    for quote in quotes:
        rare = sorted(quote, key=lambda w: (common[w], w))[: int(len(quote) * (1 - _ALIKE)) + 1]
        for other in {o for word in rare for o in seen[word]}:
            if len(quote & other) >= _ALIKE * len(quote | other):
                found.append((quote, other))
        for word in rare:
            seen[word].append(quote)
    return found


def find_grade(told: Sequence[Told], speaker: Speaker) -> Grade:
    """How firm the evidence is: B both sides official, C one side, D a named official channel, E an agency, F less."""
    sorts = [find_sort(t, speaker) for t in told]
    if spoken := {
        speaker(t.record.source) for t, sort in zip(told, sorts, strict=True) if sort == "side" and t.record.source
    }:
        return "B" if any(_both_sides(t, spoken) for t in told) else "C"
    if "official" in sorts:
        return "D"
    return "E" if "agency" in sorts else "F"


def find_sort(told: Told, speaker: Speaker) -> Sort:
    """What the speaker of a record is to it."""
    source = told.record.source
    if not source:
        return "agency"
    by_words = _sort_of_words(source)
    party = speaker(source)
    if by_words == "unnamed" or party is None:
        return by_words
    return "side" if party in parties_of(told.record) else "third"


def is_unnamed(source: str) -> bool:
    """Whether the words name nobody: «источник», "a person familiar with the text"."""
    return _sort_of_words(source) == "unnamed"


def _both_sides(told: Told, spoken: set[str | None]) -> bool:
    """Whether somebody spoke for each side of the record."""
    record = told.record
    if isinstance(record, Undertaking) and record.by and record.to:
        return len(spoken) > 1 and bool(spoken & set(record.by)) and bool(spoken & set(record.to))
    return len(spoken & set(parties_of(record))) > 1


def _sort_of_words(source: str) -> Sort:
    """By the table of speakers; whoever it does not know speaks as an agency does."""
    words = _TOKEN.findall(source.lower().replace("ё", "е"))
    for sort in ("unnamed", "official"):
        if any(w.startswith(_speakers()[sort]) for w in words):
            return "unnamed" if sort == "unnamed" else "official"
    return "agency"


@cache
def _speakers() -> Mapping[str, tuple[str, ...]]:
    with _SPEAKERS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))
    return {sort: tuple(r["beginning"] for r in rows if r["sort"] == sort) for sort in ("unnamed", "official")}
