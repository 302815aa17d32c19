"""Sentences and parties -> people: an office with its holder's name, or either alone; who is who across the report."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from servanda.lang.protocol import Language
from servanda.lang.words import Sentence, Token
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.document import PartyMention, PersonMention, PlaceMention
from servanda.reading.identity import Found, tell_apart
from servanda.reading.named import Words
from servanda.reading.offices import (
    CLOSING,
    Lexicon,
    Office,
    PartyIndex,
    case_of,
    find_names,
    find_offices,
    is_acronym,
    is_title,
    lexicon,
)
from servanda.world.tables import Tables

_DASHES = frozenset("—–-")
_SIGNS = frozenset({",", "(", "—", "–", "-"})
_KEPT_PLURAL = frozenset({"of"})  # «представители России» are several people, «министры России и США» one each


def find_people(
    text: str,
    sentences: Sequence[Words],
    parties: Sequence[PartyMention],
    tables: Tables,
    language: Language,
    day: date | None = None,
    places: Sequence[PlaceMention] = (),
) -> list[PersonMention]:
    """The people of a report, sorted by start. `day` tells whom a bare surname meant then."""
    words = lexicon(tables, language.code)
    lent = [*_swallowed_states(sentences, parties, words, tables), *_regions(places, parties)]
    index = PartyIndex.of(sorted([*parties, *lent], key=lambda m: m.start))
    found = [f for s in sentences for f in _in_sentence(s, words, index, language)]
    return sorted(tell_apart(text, found, words, index, day), key=lambda m: (m.start, m.end))


def _swallowed_states(
    sentences: Sequence[Words], parties: Sequence[PartyMention], words: Lexicon, tables: Tables
) -> Iterator[PartyMention]:
    """States right after an office that the tagger counts to a person's name: «Султана Омана»."""
    states = tables.derive(_state_names)
    starts = {m.start for m in parties}
    for s in sentences:
        for state in s.capitals:
            if state.ner != "I-PER" or state.lemma not in states or state.start in starts:
                continue
            if state.index and s.sentence.tokens[state.index - 1].lemma in words.offices:
                code = states[state.lemma]
                yield PartyMention(state.start, state.end, (code,), "state", How.NORMALISED, "name of a state")


def _regions(places: Sequence[PlaceMention], parties: Sequence[PartyMention]) -> Iterator[PartyMention]:
    """«губернатор Омской области», «мэр Гданьска» act for their state."""
    starts = {m.start for m in parties}
    for p in places:
        if p.code and p.kind in ("region", "city") and p.start not in starts:
            yield PartyMention(p.start, p.end, (p.code,), "region", How.RESOLVED, "place of an office")


def _state_names(tables: Tables) -> dict[str, str]:
    return {r["name"].lower().replace("ё", "е"): r["code"] for r in tables.rows("states")}


@dataclass(slots=True)
class _Piece:
    """A name or office of a sentence, in the order of its tokens [first, last)."""

    first: int
    last: int
    office: Office | None = None


def _in_sentence(found: Words, words: Lexicon, parties: PartyIndex, language: Language) -> Iterator[Found]:
    sentence = found.sentence
    names = find_names(found, words, parties)
    offices = find_offices(found, names, words, parties)
    if not names and not offices:
        return
    names = sorted([*names, *_unseen_names(sentence, offices, names, words, parties)])
    pieces = sorted(
        [_Piece(a, b) for a, b in names] + [_Piece(o.first, o.last, o) for o in offices], key=lambda p: p.first
    )
    i = 0
    while i < len(pieces):
        i, people = _read(sentence, pieces, i, parties, language)
        yield from people


def _unseen_names(
    sentence: Sentence, offices: Sequence[Office], names: Sequence[tuple[int, int]], words: Lexicon, parties: PartyIndex
) -> Iterator[tuple[int, int]]:
    """Capitalised words right after an office that the tagger took for nothing."""
    taken = {i for a, b in names for i in range(a, b)} | {i for o in offices for i in range(o.first, o.last)}
    tokens = sentence.tokens
    for office in offices:
        k = office.last
        while k < len(tokens) and k not in taken and k - office.last < 6:
            t = tokens[k]
            if not (is_title(t) or (_is_particle(t, words) and k > office.last)) or parties.within(t.start, t.end):
                break
            if t.ner.endswith(("LOC", "ORG")) or t.pos in ("ADP", "PRON", "VERB", "ADV", "CCONJ"):
                break
            k += 1
        while k > office.last and not is_title(tokens[k - 1]):
            k -= 1
        if k > office.last and not office.plural:
            yield office.last, k


def _is_particle(token: Token, words: Lexicon) -> bool:
    """«бен», «аль», «фон»."""
    return token.text.lower() in words.particles


def _read(
    sentence: Sentence, pieces: Sequence[_Piece], i: int, parties: PartyIndex, language: Language
) -> tuple[int, list[Found]]:
    """The person or people that begin with piece `i`, and where the next begin."""
    tokens, piece = sentence.tokens, pieces[i]
    if piece.office is None:
        office = _apposed(tokens, pieces, i)
        if office is not None:
            return i + 2, [_person(sentence, office, piece, language)]
        return i + 1, [_person(sentence, None, piece, language)]
    if piece.office.plural:
        return _read_plural(sentence, pieces, i, parties, language)
    chain, j = [piece.office], i + 1
    while j < len(pieces) and (nxt := pieces[j].office) is not None and _chained(tokens, chain[-1], nxt):
        chain.append(nxt)
        j += 1
    named = j < len(pieces) and pieces[j].office is None and _adjacent(tokens, chain[-1].last, pieces[j].first)
    if named and not _acts(tokens, chain[-1], pieces[j]):
        if not _serves(tokens, chain[-1], pieces[j]):
            return j + 1, [_person(sentence, _joined(chain), pieces[j], language)]
        master = _person(sentence, None, pieces[j], language, case="Gen")
        chain[-1].last = pieces[j].last
        j += 1
        if j < len(pieces) and pieces[j].office is None and pieces[j].first == chain[-1].last:
            servant = _person(sentence, _joined(chain), pieces[j], language)
            servant.serves = master
            return j + 1, [master, servant]
        return j, [master]
    return i + 1, [_person(sentence, piece.office, None, language)] if piece.office.whole else []


def _acts(tokens: Sequence[Token], office: Office, name: _Piece) -> bool:
    """«после встречи с главой комиссии Иван Гранич заявил»: the name is of another, who acts."""
    first = tokens[name.first]
    oblique = case_of(tokens[office.head]) in ("Ins", "Dat", "Loc")
    return oblique and first.rel == "nsubj" and case_of(first) in ("Nom", "")


def _chained(tokens: Sequence[Token], one: Office, two: Office) -> bool:
    """Two offices of one person: «министр энергетики, глава комиссии по атому ...» in one case, of one party."""
    between = [t.text for t in tokens[one.last : two.first]]
    if not between and two.role == "official" and not two.parties and not two.plural:
        return True  # «глава Минобороны Китая генерал ...»
    if between not in ([","], ["и"]) or two.plural or case_of(tokens[one.head]) != case_of(tokens[two.head]):
        return False
    codes = {c for _, c in [*one.parties, *two.parties] if not c.startswith("name:")}
    return len(codes) < 2 and (between == [","] or not one.parties or not two.parties)


def _joined(chain: Sequence[Office]) -> Office:
    """Several offices of one person as one phrase."""
    if len(chain) == 1:
        return chain[0]
    parties = sorted((p for o in chain for p in o.parties), key=lambda p: p[1].startswith("name:"))
    first = chain[0]
    joined = Office(first.first, chain[-1].last, first.head, first.role, False, parties, first.own_country)
    joined.chain = list(chain)
    return joined


def _serves(tokens: Sequence[Token], office: Office, name: _Piece) -> bool:
    """«пресс-секретарь Сулейменова», «помощник Сулейменова»: the name is of whom the office serves."""
    if office.role not in ("of", "official"):
        return False
    if (
        office.last == office.head + 1
        and tokens[name.first].rel == "nmod"
        and name.last < len(tokens)
        and is_title(tokens[name.last])
    ):
        return True
    return all(case_of(t) == "Gen" for t in tokens[name.first : name.last]) and case_of(tokens[office.head]) not in (
        "Gen",
        "Acc",
        "",
    )


def _adjacent(tokens: Sequence[Token], end: int, start: int) -> bool:
    """Whether a name follows an office at once, or after a title of courtesy."""
    return start == end or (start == end + 1 and tokens[end].text in ("г-н", "господин", "г-жа"))


def _apposed(tokens: Sequence[Token], pieces: Sequence[_Piece], i: int) -> Office | None:
    """«Эндой Кенни, премьер-министром Ирландии,»: the office after the name, in its case and closed by a sign."""
    if i + 1 >= len(pieces) or (office := pieces[i + 1].office) is None or office.plural:
        return None
    if office.first != pieces[i].last + 1 or tokens[pieces[i].last].text not in _SIGNS:
        return None
    if i + 2 < len(pieces) and pieces[i + 2].office is None and pieces[i + 2].first == office.last:
        return None
    name_case, office_case = case_of(tokens[pieces[i].first]), case_of(tokens[office.head])
    closed = office.last >= len(tokens) or tokens[office.last].text in (",", ".", ")", ";", "—", "–", ":", "!", "?")
    return office if closed and (not name_case or name_case == office_case) else None


def _read_plural(
    sentence: Sentence, pieces: Sequence[_Piece], i: int, parties: PartyIndex, language: Language
) -> tuple[int, list[Found]]:
    """«министры обороны Казахстана и Узбекистана», with or without their names in the same order."""
    tokens, office = sentence.tokens, pieces[i].office
    assert office is not None
    j, at = i + 1, office.last
    if at < len(tokens) and tokens[at].text in _DASHES:
        at += 1
    names: list[_Piece] = []
    while j < len(pieces) and pieces[j].office is None and pieces[j].first == at:
        names.append(pieces[j])
        at, j = pieces[j].last + 1, j + 1
        if at - 1 >= len(tokens) or tokens[at - 1].text not in (",", "и"):
            break
    if len(names) == 1 and len(office.parties) == 1 and j < len(pieces) and pieces[j].office is None:
        second = _state_between(tokens, names[0].last, pieces[j].first, parties)
        if second is not None:
            return j + 1, _each_with_state(sentence, office, second, (names[0], pieces[j]), language)
    if len(names) > 1 or (names and not office.parties):
        return j, [_one_of(sentence, office, k, len(names), name, language) for k, name in enumerate(names)]
    if not office.whole:
        return i + 1, []
    if len(office.parties) > 1:
        return i + 1, [
            _one_of(sentence, office, k, len(office.parties), None, language) for k in range(len(office.parties))
        ]
    found = _person(sentence, office, None, language)
    found.plural = True
    return i + 1, [found]


def _state_between(tokens: Sequence[Token], end: int, start: int, parties: PartyIndex) -> PartyMention | None:
    """The state of the second name in «главы МИД Сербии Илич и Катара аль-Мисри»."""
    if start - end < 2 or tokens[end].text not in (",", "и"):
        return None
    found = parties.within(tokens[end + 1].start, tokens[start - 1].end)
    whole = [m for m in found if (m.start, m.end) == (tokens[end + 1].start, tokens[start - 1].end)]
    return whole[0] if whole and whole[0].kind == "state" and whole[0].codes else None


def _each_with_state(
    sentence: Sentence, office: Office, second: PartyMention, names: tuple[_Piece, _Piece], language: Language
) -> list[Found]:
    """Two holders of like offices, each name after its own state."""
    first = office.parties[0][0]
    found = [_one_of(sentence, office, 0, 1, name, language) for name in names]
    inner = [[t for t in sentence.tokens if m.start <= t.start < m.end] for m in (first, second)]
    own = [t for t in inner[0] if t.ner.endswith("LOC")] or inner[0]  # «МИД Сербии» -> «Сербии»
    found[1].start, found[1].party = second.start, (second, second.codes[0])
    found[1].office = (found[0].office or "").replace(_printed(own), _printed(inner[1]))
    return found


def _one_of(sentence: Sentence, office: Office, k: int, count: int, name: _Piece | None, language: Language) -> Found:
    """One of several holders of like offices: with the party that stands in the same place of the list."""
    match len(office.parties):
        case 1:
            parties = office.parties
        case n if n == count:
            parties = [office.parties[k]]
        case _:
            parties = []
    one = Office(office.first, office.last, office.head, office.role, True, parties, office.own_country)
    found = _person(sentence, one, name, language)
    found.office = _office_words(sentence, one, language, single=office.role not in _KEPT_PLURAL or name is not None)
    found.plural = name is None and office.role in _KEPT_PLURAL
    if name is not None and k > 0:
        found.start = sentence.tokens[name.first].start
    return found


def _person(
    sentence: Sentence, office: Office | None, name: _Piece | None, language: Language, case: str = ""
) -> Found:
    """A mention as it stands. `case` is that of a bare name, where its place in the sentence tells it."""
    tokens = sentence.tokens
    edges = [(p.first, p.last) for p in (office, name) if p is not None]
    first, last = min(a for a, _ in edges), max(b for _, b in edges)
    named = tokens[name.first : name.last] if name else []
    return Found(
        start=tokens[first].start,
        end=tokens[last - 1].end,
        sentence=sentence,
        name=named,
        case=case_of(named[0]) if named else "",
        nominative=language.nominative(_as_name(named, tokens, office, case)) if named else None,
        office=_office_words(sentence, office, language, single=False) if office else None,
        office_span=Span(tokens[office.first].start, tokens[office.last - 1].end) if office else None,
        role=office.role if office else "",
        party=office.parties[0] if office and office.parties else None,
        own_country=bool(office and office.own_country),
        gender=_gender(named, tokens[office.head] if office else None),
    )


def _as_name(name: Sequence[Token], tokens: Sequence[Token], office: Office | None, case: str) -> list[Token]:
    """The words of a name as one name, in the case of the office before it: it says more than an unknown ending."""
    if office and office.last <= name[0].index:
        case = case_of(tokens[office.head])
    return [
        replace(t, ner="I-PER" if k else "B-PER", feats={**t.feats, "Case": case} if case else t.feats)
        for k, t in enumerate(name)
    ]


def _gender(name: Sequence[Token], head: Token | None) -> str:
    for t in [*name, *([head] if head else [])]:
        if t.feats.get("Gender") in ("Masc", "Fem"):
            return t.feats["Gender"]
    return "Masc"


def _office_words(sentence: Sentence, office: Office, language: Language, single: bool) -> str:
    """The office in the nominative. Of a list, the holder's own: «министры Чехии и Венгрии» -> «министр Чехии»."""
    tokens = sentence.tokens
    if office.chain:
        return _joined_words(office.chain, [_office_words(sentence, o, language, single) for o in office.chain])
    if office.acting:
        return _as_inside(_printed(tokens[office.first : office.last]), office.first, tokens)
    if not office.plural:
        own = [_no_person(t) if t.ner.endswith("PER") else t for t in tokens[office.first : office.last]]
        return _as_inside(language.nominative(own), office.first, tokens)
    body = _own_part(tokens, office)
    if not single:
        return _as_inside(language.nominative(body), office.first, tokens)
    head = tokens[office.head]
    lemma = head.lemma.capitalize() if head.text[:1].isupper() and office.first else head.lemma
    before = [language.lemma(t.text) for t in body if t.start < head.start]
    after = [t for t in body if t.start > head.start]
    return _as_inside(" ".join([*before, lemma, _printed(after)]).strip(), office.first, tokens)


def _no_person(token: Token) -> Token:
    """The name of a state that the tagger counts to a person's."""
    return replace(token, ner="", feats={**token.feats, "NameType": "Geo"})


def _joined_words(chain: Sequence[Office], offices: Sequence[str]) -> str:
    """Side by side as in the text: «министр обороны генерал», «министр энергетики, глава комиссии»."""
    out = offices[0]
    for (one, two), office in zip(pairwise(chain), offices[1:], strict=True):
        out += (" " if one.last == two.first else ", ") + office
    return out


def _as_inside(words: str, first: int, tokens: Sequence[Token]) -> str:
    """Without the capital of a sentence's first word."""
    return words if first or is_acronym(tokens[0]) else words[:1].lower() + words[1:]


def _own_part(tokens: Sequence[Token], office: Office) -> list[Token]:
    """The words of a list of offices without the other parties."""
    whole = tokens[office.first : office.last]
    if len(office.parties) != 1:
        return list(whole)
    mention = office.parties[0][0]
    head = tokens[office.head]
    if mention.start < head.start:
        return [t for t in whole if mention.start <= t.start < mention.end or t.start >= head.start]
    own = next((i for i in range(office.head, office.last) if tokens[i].end >= mention.end), None)
    if own is None:  # the party's name goes on beyond the office
        return list(whole)
    own += own + 1 < office.last and tokens[own + 1].text in CLOSING
    begin = own
    while begin > office.head + 1 and tokens[begin - 1].text not in (",", "и"):
        begin -= 1
    if begin == office.head + 1:
        return list(tokens[office.first : own + 1])
    shared = office.head + 1
    while shared < begin and _is_shared(tokens, shared, begin, mention):
        shared += 1
    return [*tokens[office.first : shared], *tokens[begin : own + 1]]


def _is_shared(tokens: Sequence[Token], k: int, stop: int, mention: PartyMention) -> bool:
    """Whether a word after the head is said of all the parties of a list: not the first one's own."""
    if not tokens[k].text[:1].isupper():
        return tokens[k].text not in (",", "и")
    nxt = tokens[k + 1] if k + 1 < stop else None
    return mention.kind == "state" and nxt is not None and nxt.text not in (",", "и") and is_acronym(tokens[k])


def _printed(tokens: Sequence[Token]) -> str:
    out = ""
    for k, t in enumerate(tokens):
        glued = k > 0 and tokens[k - 1].end == t.start
        out += t.text if glued or not out else " " + t.text
    return out
