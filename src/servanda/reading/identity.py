"""People found one by one -> mentions that know each other (fullest name, office, party); whom a pronoun means."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, pairwise

from servanda.lang.words import Sentence, Token, fold
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.document import Document, PartyMention, PersonMention
from servanda.reading.offices import Lexicon, PartyIndex
from servanda.world.tables import Row

_OF_STATE = frozenset({"state", "government", "foreign", "minister", "heir"})  # offices that a state alone has
_LOOSE = frozenset({"of", "group", "official", "colleague"})  # offices that many may hold
_NEAR = 3  # sentences back in which a pronoun or bare office looks for its person
_ALIKE = 2  # letters that forms of one word begin with
_MARGIN = 1  # years by which a term of office may be overstepped («бывший», «избранный»)


@dataclass(slots=True, eq=False)
class Found:
    """One mention as it stands, before it is known whose it is."""

    start: int
    end: int
    sentence: Sentence
    name: Sequence[Token]
    case: str
    nominative: str | None
    office: str | None
    office_span: Span | None
    role: str
    party: tuple[PartyMention, str] | None
    own_country: bool
    gender: str
    plural: bool = False
    serves: "Found | None" = None  # whose spokesman or aide it is
    words: list[str] = field(init=False)  # of the name, without its signs

    def __post_init__(self) -> None:
        self.words = [t.text for t in self.name if t.text[:1].isalpha()]


@dataclass(slots=True, eq=False)
class _Person:
    """One person of the report and all mentions by name."""

    mentions: list[Found] = field(default_factory=list)
    name: str = ""
    office: str | None = None
    party: str | None = None
    roles: set[str] = field(default_factory=set)
    how: How = How.RESOLVED
    guessed: bool = False  # whether the party is but the state last named


def tell_apart(
    text: str, found: Sequence[Found], words: Lexicon, parties: PartyIndex, day: date | None
) -> Iterator[PersonMention]:
    """Mentions with the name, office and party that the whole report gives each person."""
    people = _gather([f for f in found if f.name], words)
    known = {m.codes[0] for m in parties.mentions if m.codes}
    for person in people:
        _settle(person, words, known, parties, day)
    owner = {id(f): p for p in people for f in p.mentions}
    for person in people:
        master = next((m.serves for m in person.mentions if m.serves), None)
        if person.party is None and master is not None:
            person.party = owner[id(master)].party
    _share_states(text, found, owner, parties)
    _lend_offices(people, [f for f in found if not f.name])
    by_party: dict[str | None, list[_Person]] = {}
    for person in people:
        by_party.setdefault(person.party, []).append(person)
    last: dict[str, _Person] = {}
    for f in found:
        holder = owner.get(id(f)) or _holder(f, by_party, last)
        yield _mention(f, holder, parties)
        if f.name:
            last.update(dict.fromkeys(owner[id(f)].roles, owner[id(f)]))


def _gather(named: Sequence[Found], words: Lexicon) -> list[_Person]:
    """Mentions by name, grouped: a shorter name joins the person whose fuller name holds all its words."""
    people: list[_Person] = []
    order = sorted(range(len(named)), key=lambda i: (-len(named[i].words), i))
    by_letters: dict[str, list[_Person]] = {}
    for i in order:
        f = named[i]
        letters = dict.fromkeys(fold(w)[:_ALIKE] for w in f.words)
        home = [p for x in letters for p in by_letters.get(x, ()) if _same(f, p.mentions[0], words)]
        if home:
            min(home, key=lambda p: abs(p.mentions[-1].start - f.start)).mentions.append(f)
            continue
        people.append(_Person([f]))
        for x in letters:
            by_letters.setdefault(x, []).append(people[-1])
    for p in people:
        p.mentions.sort(key=lambda m: m.start)
    return people


def _same(short: Found, full: Found, words: Lexicon) -> bool:
    """Whether a name may be another's shorter form; an initial stands for a first name."""
    rest = list(full.words)
    hits = 0
    for w in short.words:
        bare = w.rstrip(".")
        hit = next(
            (r for r in rest if words.same_word(bare, r) or (len(bare) == 1 and fold(r).startswith(fold(bare)))), None
        )
        if hit is None:
            continue
        rest.remove(hit)
        hits += len(bare) > 1
    count = len(short.words)
    surname = words.same_word(short.words[-1], full.words[-1])
    missed = count - (len(full.words) - len(rest))
    spelt_otherwise = missed == 1 and count > 1 and surname and fold(short.words[0])[:2] == fold(full.words[0])[:2]
    return hits > 0 and (missed == 0 or spelt_otherwise)


def _settle(person: _Person, words: Lexicon, known: set[str], parties: PartyIndex, day: date | None) -> None:
    """Name, office, party and roles of a person from all mentions, then from the table of leaders."""
    longest = max(len(m.words) for m in person.mentions)
    fullest = [
        m for m in person.mentions if len(m.words) == longest and not any(len(w.rstrip(".")) == 1 for w in m.words)
    ]
    best = next((m for m in fullest if m.case == "Nom"), (fullest or person.mentions)[0])
    person.name = best.nominative or ""
    offices = [m.office for m in person.mentions if m.office]
    person.office = max(offices, key=len, default=None)
    person.roles = {m.role for m in person.mentions if m.role}
    told = [m.party[1] for m in person.mentions if m.party]
    rows = _leaders(person, words, known, day)
    rows = [r for r in rows if r["state"] in known or not person.roles or r["role"] in person.roles]
    person.roles |= {r["role"] for r in rows}
    if told:
        person.party = max(told, key=told.count)
    elif rows:
        person.party = rows[0]["state"]
    else:
        person.party = _by_passage(person, parties)
        person.guessed = person.party is not None


def _leaders(person: _Person, words: Lexicon, known: set[str], day: date | None) -> list[Row]:
    """Rows of the table that may mean the person: by name, in office at the day, of a party in the report first."""
    best = max(person.mentions, key=lambda m: len(m.words))
    spoken = best.words
    surname = next((w for w in reversed(spoken) if words.leaders_called(w)), None)
    if surname is None:
        return []
    rows = [r for r in words.leaders_called(surname) if _fits(r, spoken, words)]
    if day is not None:
        rows = [r for r in rows if int(r["from"]) - _MARGIN <= day.year <= int(r["until"] or 9999) + _MARGIN] or (
            rows if len(spoken) > 1 else []
        )
    if len({r["state"] for r in rows}) > 1:
        rows = [r for r in rows if r["state"] in known] or rows
    return rows if len({r["state"] for r in rows}) == 1 or len(spoken) > 1 else []


def _fits(row: Row, spoken: Sequence[str], words: Lexicon) -> bool:
    """Whether the words of a mention are all of a known name; spellings of first names vary: first letters count."""
    full = row["name"].split()
    if full[0] != row["surname"] and not words.same_word(spoken[-1], row["surname"]) and full[-1] == row["surname"]:
        return False
    return all(
        any(words.same_word(w, n) or fold(w.rstrip("."))[:1] == fold(n)[:1] for n in full)
        or w.lower() in words.particles
        for w in spoken
    )


def _by_passage(person: _Person, parties: PartyIndex) -> str | None:
    """The party of «президент страны», «министр обороны» with a name: the state last named before."""
    office = next((m for m in person.mentions if m.office), None)
    if office is None or office.role.removeprefix("deputy-") not in _OF_STATE:
        return None
    return _last_state(office.start, parties)


def _share_states(text: str, found: Sequence[Found], owner: Mapping[int, _Person], parties: PartyIndex) -> None:
    """«министры обороны Анна Рид и Борис Ян»: of the two states last named, in the order of the text."""
    for one, two in pairwise(f for f in found if f.name):
        first, second = owner[id(one)], owner[id(two)]
        if (
            not (first.guessed and second.guessed)
            or text[one.end : two.start] != " и "
            or first.office != second.office
        ):
            continue
        named = (m.codes[0] for m in parties.before(one.start) if m.kind in ("state", "adjective") and m.codes)
        last = list(islice(dict.fromkeys(named), 2))
        if len(last) == 2:
            second.party, first.party = last


def _last_state(offset: int, parties: PartyIndex) -> str | None:
    return next(
        (m.codes[0] for m in parties.before(offset) if m.kind in ("state", "adjective", "organ") and len(m.codes) == 1),
        None,
    )


def _lend_offices(people: Sequence[_Person], bare: Sequence[Found]) -> None:
    """«Президент России» elsewhere in the report is the office of the one person who holds it."""
    for f in bare:
        if f.party is None or f.plural:
            continue
        holders = [p for p in people if p.office is None and p.party == f.party[1] and _holds(p, f.role)]
        if len(holders) == 1:
            holders[0].office = f.office


def _holds(person: _Person, role: str) -> bool:
    """Whether somebody may be called by an office of this role."""
    return role not in _LOOSE and role in person.roles


def _holder(f: Found, by_party: dict[str | None, list[_Person]], last: dict[str, _Person]) -> _Person | None:
    """Whom an office without a name means: the one holder of that party, or the last person of that role before."""
    if f.plural:
        return None
    if f.party is not None:
        ours = by_party.get(f.party[1], ())
        holders = [p for p in ours if _holds(p, f.role)]
        if f.role == "colleague":  # «турецкий коллега» is the one of Turkey named before
            holders = [p for p in ours if p.mentions[0].start < f.start]
        return holders[0] if len(holders) == 1 else None
    return last.get(f.role) if f.role not in _LOOSE else None


def _mention(f: Found, person: _Person | None, parties: PartyIndex) -> PersonMention:
    name_span = Span(f.name[0].start, f.name[-1].end) if f.name else None
    if person is None:
        code, rule = (f.party[1], "office-of") if f.party else (None, "office-alone")
        if code is None and not f.plural and (f.own_country or f.role in ("state", "government")):
            code, rule = _last_state(f.start, parties), "office-of-passage"
        how = How.NORMALISED if f.party or code is None else How.INHERITED
        return PersonMention(f.start, f.end, None, f.office, code, None, f.office_span, how, rule, f.role, f.plural)
    full = bool(f.name) and f.nominative == person.name
    how = How.NORMALISED if full else How.RESOLVED
    rule = "named" if full else "named-elsewhere"
    role = f.role or next(iter(sorted(person.roles)), "")
    return PersonMention(
        f.start, f.end, person.name, person.office or f.office, person.party, name_span, f.office_span, how, rule, role
    )


def resolve_person(document: Document, sentence: Sentence, token: Token) -> PersonMention | None:
    """Whom a pronoun, or an office without a name, means: the subject of the sentence before, else the nearest.

    None where nobody of its gender was named in the last sentences, or the word stands for several.
    """
    if token.feats.get("Number") == "Plur":
        return None
    document.sentence_at(sentence.start)  # which makes the index of starts
    here = bisect_right(document.starts, sentence.start) - 1
    gender = token.feats.get("Gender", "")
    first = bisect_left(document.people, document.starts[max(0, here - _NEAR)], key=lambda m: m.start)
    last = bisect_left(document.people, token.start, key=lambda m: m.start)
    earlier = [m for m in document.people[first:last] if (m.name or m.party) and not m.plural]
    for s in reversed(document.sentences[max(0, here - _NEAR) : here + 1]):
        if document.item_of(s) != document.item_of(sentence):
            break
        near = [m for m in earlier if s.start <= m.start < s.end and _agrees(document, s, m, gender)]
        subjects = [m for m in near if _is_subject(document, s, m)]
        named = [m for m in near if m.name]
        if subjects or near:
            return ([m for m in subjects if m.name] or subjects or (named or near)[::-1])[0]
    return None


def _agrees(document: Document, sentence: Sentence, mention: PersonMention, gender: str) -> bool:
    """By the name, or for «он» by the office: the tagger may take a foreign name for a woman's."""
    if not gender or gender == "Neut":
        return True
    spans = [s for s in (mention.name_span, mention.office_span if gender == "Masc" else None) if s]
    told = [[t.feats["Gender"] for t in document.tokens_in(sentence, *s) if "Gender" in t.feats] for s in spans]
    return not any(told) or any(genders[0] == gender for genders in told if genders)


def _is_subject(document: Document, sentence: Sentence, mention: PersonMention) -> bool:
    return any(t.rel.startswith("nsubj") for t in document.tokens_in(sentence, mention.start, mention.end))
