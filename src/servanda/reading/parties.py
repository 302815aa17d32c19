"""Sentences -> the states, organs, bodies, companies and places that they name.

Names are found by their forms (`world/names.py`); grammar and the network's names decide what the letters leave open:
whether «Того» is a state, whose «министерство транспорта» it is, which words in quotes are a company.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from servanda.lang import load
from servanda.lang.words import Token
from servanda.reading.document import PartyMention, PlaceMention
from servanda.reading.named import OPENING, Found, Words, network_names
from servanda.reading.organisations import find_companies, find_partners, find_sites, may_hold_company, widen_organs
from servanda.world.declension import ADJECTIVE_ALONE, GEN, fold
from servanda.world.names import Entry, Hit, build_names
from servanda.world.tables import Row, Tables

_ORDER = ("body", "state", "people", "adjective", "organ", "body organ", "place", "company", "media", "compound")
_RANKS = {sort: rank for rank, sort in enumerate(_ORDER)}
_NOT_NAMES = frozenset({"PRON", "DET", "ADV", "VERB", "AUX", "ADP", "CCONJ", "SCONJ", "PART", "INTJ", "NUM"})
_UNKNOWN = frozenset({"PROPN", "X", ""})  # parts of speech of words that are in no dictionary
_FIELD = frozenset({"NOUN", "ADJ", "PROPN", "CCONJ", "DET", "NUM"})
_FIELD_SIGNS = frozenset({",", "по", "с", "и"})
_OPENERS = OPENING | {":"}
_DOLLARS = re.compile(r"\bдол(?:л|лар\w*)?\.?\s+\Z", re.I)
_FIRST_PARTS = ("ско", "цко")  # of adjectives that no table has: «советско-китайский»
_SURNAMES = ("ов", "ев", "ин", "ский", "ый", "ич", "ан", "ас")  # towns that bear a person's name: «Киров», «Манас»
_LONGEST_FIELD = 14  # words between «министерство» and its state


def find_parties(sentences: Sequence[Words], tables: Tables) -> list[PartyMention]:
    """All mentions of parties, in order. Organs whose state is not said beside them come with no codes.

    A name out of its dates is still that state's (see `find_places`).
    """
    lists = tables.derive(_party_words)
    found: list[Found] = []
    for words in sentences:
        found += _in_sentence(words, lists)
    _settle_double_seats(found)
    return [f.mention() for f in found if f.kind != "place"]


def find_places(sentences: Sequence[Words], tables: Tables, day: date | None) -> list[PlaceMention]:
    """All places below the state, in order, with the names that the network alone knows."""
    lists = tables.derive(_party_words)
    places: list[PlaceMention] = []
    for words in sentences:
        known = [p for hit in words.hits if (p := _known_place(words, hit, day))]
        sites = list(_sites(words, known, lists.sites))
        spans = [(p.start, p.end) for p in sites]
        free = [p for p in _unknown_places(words, lists.sites) if not any(a < p.end and p.start < b for a, b in spans)]
        places += sorted([*known, *sites, *free], key=lambda p: p.start)
    return places


def _sites(words: Words, known: Sequence[PlaceMention], nouns: Mapping[str, str]) -> Iterator[PlaceMention]:
    for start, end, kind in find_sites(words, nouns):
        if not any(p.start < end and start < p.end for p in known):
            yield PlaceMention(start, end, words.text[start:end].strip(), None, kind, "place in quotes after its noun")


def party_name(code: str, lang: str, tables: Tables) -> str:
    """What a card calls a party: «Казахстан» or Kazakhstan for KZ, X for `name:X`, the code where no table knows it."""
    names = tables.derive(build_names).party_names
    return names.get((code, lang)) or names.get((code, "ru")) or code.removeprefix("name:")


@dataclass(frozen=True, slots=True)
class _PartyWords:
    company_nouns: frozenset[str]
    organisation_nouns: frozenset[str]
    not_national: frozenset[str]
    documents: frozenset[str]
    sites: Mapping[str, str]


def _party_words(tables: Tables) -> _PartyWords:
    names = ("ru/company_nouns", "ru/organisation_nouns", "ru/not_national")
    companies, organisations, not_national = (frozenset(row["word"] for row in tables.rows(name)) for name in names)
    sites = {row["word"]: row["kind"] for row in tables.rows("ru/site_nouns")}
    documents = frozenset(row["noun"] for row in tables.rows("ru/instruments") if row["force"] == "named")
    return _PartyWords(companies, organisations, not_national, documents, sites)


def _in_sentence(words: Words, lists: _PartyWords) -> list[Found]:
    hits, found = words.hits, list[Found]()
    if hits:
        joined = _join_organs(words, _join_compounds(words, hits, lists))
        found = widen_organs(words, joined, lists.organisation_nouns)
    partners = list(find_partners(words, found, lists.documents))
    if partners or may_hold_company(words, lists.company_nouns):
        taken = [(f.start, f.end) for f in found] + [(h.start, h.end) for h in hits if h.of("media")]
        taken += [(start, end) for start, end, _ in find_sites(words, lists.sites)]
        named = list(find_companies(words, taken, lists.company_nouns, lists.organisation_nouns))
        taken += [(f.start, f.end) for f in named]
        found += named + [p for p in partners if not any(a < p.end and p.start < b for a, b in taken)]
        found.sort(key=lambda f: f.start)
    return found


# Which of the names at a place is meant, if any.


def _join_compounds(words: Words, hits: Sequence[Hit], lists: _PartyWords) -> list[Found]:
    """Hits as mentions; «российско-казахстанский» as one with two codes."""
    found: list[Found] = []
    parts: list[Hit] = []  # the first parts of a compound that is not at its end
    for hit, following in zip_longest(hits, hits[1:]):
        if following is not None and _is_first_part(words, hit, following):
            parts.append(hit)
            continue
        one = _believed(words, hit, lists)
        if one is not None and one.kind == "adjective":
            one = _as_compound(one, parts) if parts else None if _follows_part(words, hit) else one
        if one is not None:
            found.append(one)
        parts = []
    return found


def _is_first_part(words: Words, hit: Hit, following: Hit) -> bool:
    joined = words.text[hit.end : following.start] in ("-", "‑", "–")
    return joined and hit.of("compound") is not None and following.of("adjective", "compound") is not None


def _as_compound(last: Found, parts: Sequence[Hit]) -> Found:
    codes = [entry.code for part in parts for entry, _ in part.entries if entry.sort == "compound"]
    codes = list(dict.fromkeys([*codes, *last.codes]))
    return Found(parts[0].start, last.end, tuple(codes), "adjective", "normalised", "compound")


def _follows_part(words: Words, hit: Hit) -> bool:
    """«южно-китайский» is not China's; «советско-китайский» is."""
    before = words.text[max(0, hit.start - 4) : hit.start]
    return before.endswith(("-", "‑")) and not before[:-1].endswith(_FIRST_PARTS)


def _believed(words: Words, hit: Hit, lists: _PartyWords) -> Found | None:
    """The mention that a hit makes, None where its letters say something else here."""
    token = words.at(hit.start)
    entry, cases = min(hit.entries, key=_rank)
    if token is None or _is_media(words, hit) or not _is_name(words, hit, entry, token):
        return None
    if entry.code == "US" and _DOLLARS.search(words.text, max(0, hit.start - 12), hit.start):
        return None  # «долларов США»
    made = _MAKERS[entry.sort](entry)
    if made is None or (entry.sort == "adjective" and not _is_national(words, token, lists.not_national)):
        return None
    codes, kind, how, rule = made
    return Found(hit.start, hit.end, codes, kind, how, rule, cases, entry.row)


def _rank(meant: tuple[Entry, int]) -> int:
    return _RANKS[meant[0].sort]


def _is_media(words: Words, hit: Hit) -> bool:
    """Written in quotes or alone in the table of media: «Взгляд», ТАСС."""
    if hit.of("media") is None:
        return False
    return len(hit.entries) == 1 or words.quoted(hit.start)


def _is_name(words: Words, hit: Hit, entry: Entry, token: Token) -> bool:
    """Whether a word that looks like a name is one: no person's, no common word that opens a sentence."""
    if entry.sort in ("body", "body organ"):
        return True
    if entry.sort == "organ":
        return _is_organ(words, hit, entry, token)
    if _is_person(words, hit, entry, token):
        return False
    written = words.text[hit.start : hit.end]
    if not written.isalpha():  # of several parts, or with digits: no common word
        return True
    if entry.sort == "company" and not words.quoted(hit.start):
        return token.ner.endswith("ORG") or token.pos in _UNKNOWN
    if entry.sort == "place" and fold(entry.name).endswith(ADJECTIVE_ALONE):
        return token.ner == "B-LOC" and _alone(words, token)
    alone_in_quotes = words.quoted(hit.start) and words.text[hit.end : hit.end + 1] in ("»", "”", '"')
    if entry.sort == "adjective" or token.ner or alone_in_quotes or not _opens(words, token):
        return True
    return token.pos in _UNKNOWN if entry.sort == "place" else token.pos not in _NOT_NAMES


def _is_person(words: Words, hit: Hit, entry: Entry, token: Token) -> bool:
    """Whether the network takes it for a part of a person's name: «Антон Грозный»."""
    if not token.ner.endswith("PER") or words.text[hit.start].islower():
        return False
    if entry.sort == "place":
        surname = fold(entry.name).endswith(_SURNAMES)
        return entry.row["kind"] != "seat" and (surname or not _alone(words, token))
    if entry.sort == "state" and _is_of_field(words, token):
        return False
    return entry.sort in ("company", "adjective") or not _alone(words, token)


def _is_of_field(words: Words, token: Token) -> bool:
    """«министра рыболовства Мавритании Мохамеда»: a genitive behind what an office is over, no first name."""
    before = words.sentence.tokens[token.index - 1 : token.index]
    field = bool(before) and before[0].text.islower() and before[0].feats.get("Animacy") == "Inan"
    return field and token.ner.startswith("B-") and before[0].feats.get("Case") == token.feats.get("Case") == "Gen"


def _is_organ(words: Words, hit: Hit, entry: Entry, token: Token) -> bool:
    """No tail of another word («спецпредставительство», «бизнес-служба»), no adjective, plural where the table is."""
    single = hit.end <= token.end
    if words.text[hit.start - 1 : hit.start] in ("-", "‑") or (single and token.rel == "amod"):
        return False
    return not (single and entry.row["number"] == "many" and token.feats.get("Number") == "Sing")


def _opens(words: Words, token: Token) -> bool:
    """Whether a word begins a sentence or speech, where any has a capital."""
    before = words.sentence.tokens[: token.index]
    return not before or before[-1].text in _OPENERS or not any(t.text[0].isalnum() for t in before[-3:])


def _alone(words: Words, token: Token) -> bool:
    """Whether the network's name is of this one word."""
    after = words.sentence.tokens[token.index + 1 : token.index + 2]
    return token.ner.startswith("B-") and not (after and after[0].ner.startswith("I-"))


def _is_national(words: Words, token: Token, nouns: frozenset[str]) -> bool:
    """«английский язык» and «американский доллар» name no party."""
    after = words.sentence.tokens[token.index + 1 : token.index + 2]
    head = words.sentence.tokens[token.head] if token.head > token.index else None
    return not ((after and after[0].lemma in nouns) or (head is not None and head.lemma in nouns))


_Made = tuple[tuple[str, ...], str, str, str]


def _make_place(entry: Entry) -> _Made:
    """A city that may stand for its state is a capital; any other is kept until an organ has claimed it."""
    if entry.row["metonym"] == "no":
        return (entry.code,) if entry.code else (), "place", "resolved", "place"
    codes = tuple(dict.fromkeys((entry.row["stands"], entry.code))) if entry.row["stands"] else (entry.code,)
    return codes, "capital", "resolved", "seat of power" if entry.row["kind"] == "seat" else "capital"


def _make_organ(entry: Entry) -> _Made:
    kind = "company" if entry.code.startswith("name:") else "organ"
    return (entry.code,) if entry.code else (), kind, "resolved", "organ of one state" if entry.code else "organ"


_MAKERS: dict[str, Callable[[Entry], _Made | None]] = {
    "state": lambda e: ((e.code,), "state", "normalised", "name of a state"),
    "people": lambda e: ((e.code,), "people", "normalised", "people of a state"),
    "adjective": lambda e: ((e.code,), "adjective", "normalised", "adjective of a state"),
    "compound": lambda e: None,
    "body": lambda e: ((e.code,), "body", "normalised", "name of a body"),
    "body organ": lambda e: ((e.code,), "body", "resolved", "organ of a body"),
    "place": _make_place,
    "organ": _make_organ,
    "company": lambda e: ((e.code,), "company", "normalised", "name of a company"),
    "media": lambda e: None,
}


def _settle_double_seats(found: Sequence[Found]) -> None:
    """«Брюссель» is the body that sits there, unless the report names the state and never the body."""
    named = {code for f in found if f.kind in ("state", "body", "adjective", "organ") for code in f.codes}
    for f in found:
        if f.kind == "capital" and len(f.codes) == 2:
            body, state = f.codes
            f.codes = (state,) if state in named and body not in named else (body,)


# Organs join the state beside them.


def _join_organs(words: Words, found: list[Found]) -> list[Found]:
    """From right to left, so that «пресс-служба правительства Казахстана» grows from its end."""
    out: list[Found] = []  # reversed: out[-1] is the neighbour on the right
    left = list(found)
    while left:
        one = left.pop()
        row = one.row
        if one.kind != "organ" or one.codes or row is None:
            out.append(one)
        elif out and _owns(words, one, row, out[-1]):
            out.append(_joined(one, out.pop(), one.start))
        elif left and left[-1].kind == "adjective" and _adjoins(words, left[-1], one):
            adjective = left.pop()
            out.append(_joined(one, adjective, adjective.start))
        elif row["kind"] == "organ":
            one.end = _field_end(words, one, row)
            out.append(one)
    return out[::-1]


def _joined(organ: Found, state: Found, start: int) -> Found:
    kind = "body" if state.kind == "body" else "organ"
    return Found(
        start, max(organ.end, state.end), state.codes, kind, "resolved", "organ of a state", organ.cases, organ.row
    )


def _owns(words: Words, organ: Found, row: Row, right: Found) -> bool:
    """Whether the name on the right, in the genitive, says whose organ it is."""
    if row["kind"] == "side" or not right.codes or not right.cases & GEN:
        return False
    if right.kind not in ("state", "capital", "place", "organ", "body"):
        return False
    gap = words.between(organ.end, right.start)
    if not gap:
        return True
    if row["open"] == "yes":
        return len(gap) <= _LONGEST_FIELD and all(map(_in_field, gap))
    return len(gap) <= 2 and all(t.pos in ("ADJ", "DET") and t.text.islower() for t in gap)


def _in_field(token: Token) -> bool:
    """Whether a word may stand in «министерство труда, занятости и социальной защиты»."""
    if token.text in _FIELD_SIGNS:
        return True
    return token.pos in _FIELD and token.feats.get("Case") in ("Gen", "Dat", "Ins", None) and token.text[0].isalpha()


def _field_end(words: Words, organ: Found, row: Row) -> int:
    """Where the field of a bare «министерство транспорта» ends."""
    end = organ.end
    if row["open"] == "no":
        return end
    for token in words.between(end, words.sentence.end)[:_LONGEST_FIELD]:
        if token.text == "и" or (token.feats.get("Case") == "Gen" and token.text.islower() and token.pos in _FIELD):
            end = token.end if token.text != "и" else end
        else:
            break
    return end


def _adjoins(words: Words, adjective: Found, organ: Found) -> bool:
    """«казахстанское правительство», «российское внешнеполитическое ведомство»."""
    gap = words.between(adjective.end, organ.start)
    return len(gap) <= 1 and all(t.pos == "ADJ" and t.text.islower() for t in gap)


# Places.


def _known_place(words: Words, hit: Hit, day: date | None) -> PlaceMention | None:
    match, token = hit.of("place"), words.at(hit.start)
    if match is None or token is None or not _is_name(words, hit, match[0], token):
        return None
    row = match[0].row
    rule = "place in the tables" if _named_then(row, day) else "place by another time's name"
    return PlaceMention(hit.start, hit.end, row["city"], row["code"] or None, row["kind"], rule)


def _named_then(row: Row, day: date | None) -> bool:
    """Whether the place bore the name on the day."""
    return day is None or ((row["from"] or "0") <= day.isoformat() <= (row["until"] or "9"))


def _unknown_places(words: Words, sites: Mapping[str, str]) -> Iterator[PlaceMention]:
    for tokens in network_names(words, "LOC"):
        start, end = tokens[0].start, tokens[-1].end
        if tokens[0].text[0].isupper() and not any(h.start < end and start < h.end for h in words.hits):
            before = words.sentence.tokens[tokens[0].index - 1].lemma if tokens[0].index else ""
            apposed = before in _KINDS or before in sites  # «на перевале Тоо-Ашуу»: the name stays as it is
            name = words.text[start:end] if apposed else load("ru").nominative(tokens)
            yield PlaceMention(start, end, name, None, "unknown", "place by the network")


_KINDS = frozenset(
    ("перевал", "залив", "пролив", "озеро", "гора", "пик", "аэродром", "застава", "бухта", "мыс", "атолл")
)
