"""Tokens of a sentence -> token ranges of offices («первый заместитель министра») and names («Ермека Сулейменова»)."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from servanda.lang.words import Token, fold
from servanda.model.terms import How
from servanda.reading.document import PartyMention
from servanda.reading.named import Words
from servanda.world.tables import Row, Tables

_OPEN, CLOSING = frozenset('«"“„'), frozenset('»"”')
_LONGEST_NAME = 8  # words
_UNBENT = "оиуэ"  # letters that names without cases end in
_PLAIN_SURNAME = 4  # letters; shorter ones are first names elsewhere (Ян, Ли)
_LONGEST_OFFICE = 30  # words after its first
_SITS = frozenset(
    {"envoy", "of", "group", "official"}
)  # whose office tells where they are sent: «посол в», «представитель при»
_RULERS = frozenset({"state", "government", "heir"})
_GOVERNING = frozenset({"управляющий", "командующий", "заведующий"})  # over what stands in the instrumental
_CASES = {"по": "Dat", "при": "Loc", "в": "Loc", "на": "Loc", "от": "Gen", "во": "Loc"}
_ANY_OFFICE = frozenset({"по"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "DET", "X"})


@dataclass(slots=True, eq=False)
class Lexicon:
    """The tables of offices, leaders and parts of names, laid out for look-up.

    `leaders_called` gives the rows of those whom a surname in any case may mean, `same_word` tells whether two words
    may be forms of one name.
    """

    offices: Mapping[str, tuple[tuple[tuple[str, ...], str, str], ...]]  # by first lemma, longest first
    leaders: Mapping[str, tuple[Row, ...]]  # by the surname without its ending
    given: frozenset[str]  # first names of leaders
    endings: frozenset[str]
    particles: frozenset[str]
    passing: frozenset[str]
    standing_in: frozenset[str]
    own_country: frozenset[str]
    fields: frozenset[str]
    sole: Mapping[str, str]  # first lemma of an office that one state alone has -> its code
    companies: frozenset[str]  # nouns of which one presides without being a head of state
    leaders_called: Callable[[str], tuple[Row, ...]] = field(init=False)
    same_word: Callable[[str, str], bool] = field(init=False)

    def __post_init__(self) -> None:
        self.leaders_called = lru_cache(maxsize=16_384)(self._leaders_called)
        self.same_word = lru_cache(maxsize=16_384)(self._same_word)

    def _leaders_called(self, word: str) -> tuple[Row, ...]:
        low = fold(word)
        for cut in (0, 1, 2, 3):
            stem = low[: len(low) - cut]
            if len(stem) >= 2 and (not cut or low[-cut:] in self.endings) and stem in self.leaders:
                return tuple(r for r in self.leaders[stem] if self.same_word(r["surname"], word))
        return ()

    def _same_word(self, one: str, other: str) -> bool:
        a, b = fold(one), fold(other)
        if a == b:
            return True
        n = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
        floor = max(2, min(len(a), len(b)) - 3)
        while n >= floor:
            if (n == len(a) or a[n:] in self.endings) and (n == len(b) or b[n:] in self.endings):
                return True
            n -= 1
        return False


def lexicon(tables: Tables, code: str) -> Lexicon:
    """The tables of one tongue, laid out once."""
    return tables.derive(_builder(code))


@cache
def _builder(code: str) -> Callable[[Tables], Lexicon]:
    def build(tables: Tables) -> Lexicon:
        parts = tables.rows(f"{code}/name_parts")
        sorts = {s: frozenset(r["part"] for r in parts if r["sort"] == s) for s in {r["sort"] for r in parts}}
        offices: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        for row in tables.rows(f"{code}/offices"):
            words = tuple(row["office"].split())
            offices.setdefault(words[0], []).append((words, row["role"], row["stands"]))
        leaders: dict[str, list[Row]] = {}
        for row in tables.rows("leaders"):
            name = fold(row["surname"])
            for stem in {name, *(name[:-n] for n in (1, 2) if len(name) - n >= 2 and name[-n:] in sorts["ending"])}:
                leaders.setdefault(stem, []).append(row)
        return Lexicon(
            {k: tuple(sorted(v, key=lambda o: -len(o[0]))) for k, v in offices.items()},
            {k: tuple(v) for k, v in leaders.items()},
            frozenset(w for r in tables.rows("leaders") for w in fold(r["name"]).split() if w != fold(r["surname"])),
            sorts["ending"],
            sorts["particle"],
            sorts["passing"],
            sorts["standing-in"],
            sorts["own-country"],
            sorts["field"],
            {r["office"].split()[0]: r["state"] for r in tables.rows(f"{code}/offices") if r["state"]},
            frozenset(r["word"] for r in tables.rows(f"{code}/company_nouns")) | {"банк", "фонд", "федерация", "клуб"},
        )

    return build


@dataclass(slots=True)
class PartyIndex:
    """Mentions of parties, to be asked by place."""

    mentions: Sequence[PartyMention]
    starts: list[int]

    @staticmethod
    def of(mentions: Sequence[PartyMention]) -> "PartyIndex":
        """An index over mentions sorted by start."""
        return PartyIndex(mentions, [m.start for m in mentions])

    def within(self, start: int, end: int) -> list[PartyMention]:
        """Mentions that overlap the offsets."""
        low = bisect_left(self.starts, start)
        while low and self.mentions[low - 1].end > start:
            low -= 1
        return [m for m in self.mentions[low : bisect_left(self.starts, end)] if m.end > start]

    def before(self, offset: int) -> Iterator[PartyMention]:
        """Mentions that end by an offset, the nearest first."""
        for i in range(bisect_right(self.starts, offset) - 1, -1, -1):
            if self.mentions[i].end <= offset:
                yield self.mentions[i]


@dataclass(slots=True, eq=False)
class Office:
    """An office phrase: tokens [first, last) of a sentence, its head noun, and the parties that it names, in order."""

    first: int
    last: int
    head: int
    role: str
    plural: bool
    parties: list[tuple[PartyMention, str]]  # with the code meant
    own_country: bool = False  # «президент страны»
    whole: bool = True  # False: a noun such as «глава» that names no office by itself
    acting: bool = False  # «врио главы»: the words after it do not bend
    chain: "list[Office]" = field(default_factory=list)  # of several offices of one person, each


def case_of(token: Token) -> str:
    """The case of a word, or ""."""
    return token.feats.get("Case", "")


def is_acronym(token: Token) -> bool:
    """«МИД», «США», «ЕЭК»."""
    return len(token.text) > 1 and token.text.isupper()


def is_title(token: Token) -> bool:
    """A word with a capital, no acronym."""
    text = token.text
    return text[:1].isupper() and (len(text) < 2 or not text.isupper())


def find_names(found: Words, words: Lexicon, parties: PartyIndex) -> list[tuple[int, int]]:
    """Token ranges of names: as the network tags them, set right at their ends, and known surnames that it missed."""
    out: list[tuple[int, int]] = []
    tokens, after = found.sentence.tokens, 0
    for token in found.capitals:
        i = token.index
        if i < after or not (token.ner.endswith("PER") if token.ner else _is_leader(token, words, parties)):
            continue
        first = _with_initials(tokens, i, out[-1][1] if out else 0)
        after = _end_of_name(tokens, i + 1, words, parties)
        first = _without_office(tokens, first, after, words, parties)
        if first < after and _is_name(tokens, first, after, words) and not _is_state(tokens[first:after], parties):
            out.append((first, after))
    return out


def _is_leader(token: Token, words: Lexicon, parties: PartyIndex) -> bool:
    if len(token.text) <= 3 or not is_title(token) or not words.leaders_called(token.text):
        return False
    return not parties.within(token.start, token.end)


def _is_name(tokens: Sequence[Token], first: int, last: int, words: Lexicon) -> bool:
    """Not a verb at the head of a sentence, nor an adjective of an office, that the tagger took for a name."""
    if not any(is_title(t) for t in tokens[first:last]):
        return False
    if last - first > 1 or words.leaders_called(tokens[first].text):
        return True
    if tokens[first].pos == "ADJ" and last < len(tokens) and tokens[last].lemma in words.offices:
        return False
    verbal = tokens[first].feats.get("VerbForm") or tokens[first].feats.get("Variant")
    return not verbal and tokens[first].pos not in ("ADP", "ADV", "PRON", "CCONJ", "SCONJ")


def _is_state(tokens: Sequence[Token], parties: PartyIndex) -> bool:
    """Whether the tagger took a state, town or company for a person."""
    return any(
        m.start <= tokens[0].start and m.end >= tokens[-1].end and m.kind in ("state", "capital", "organ", "body")
        for m in parties.within(tokens[0].start, tokens[-1].end)
    )


def _with_initials(tokens: Sequence[Token], i: int, floor: int) -> int:
    """«В.», «Х.» before a surname belong to it."""
    while i > floor:
        prev = tokens[i - 1]
        if prev.text == "." and i - 2 >= floor and len(tokens[i - 2].text) == 1 and tokens[i - 2].text.isupper():
            i -= 2
        elif len(prev.text) == 2 and prev.text[0].isupper() and prev.text[1] == ".":
            i -= 1
        else:
            break
    return i


def _end_of_name(tokens: Sequence[Token], i: int, words: Lexicon, parties: PartyIndex) -> int:
    """Where a name ends whose first word stands before `i`."""
    start = i
    while i < len(tokens) and i - start < _LONGEST_NAME:
        t = tokens[i]
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        if t.text == "." and len(tokens[i - 1].text) == 1 and after is not None and is_title(after):
            i += 1  # «В.» of «В. Путин»
        elif _two_leaders(tokens[i - 1], t, words) or (i == start and _is_master(tokens, i, words)):
            break
        elif _tagged_on(tokens[i - 1], t) or _continues(t, after, words, parties):
            i += 1
        else:
            break
    while i > start and fold(tokens[i - 1].text) in words.particles and tokens[i - 1].text.islower():
        i -= 1
    return i


def _continues(token: Token, after: Token | None, words: Lexicon, parties: PartyIndex) -> bool:
    """A particle before a capital, or a capitalised word that the tagger left out."""
    if fold(token.text) in words.particles and token.ner != "B-LOC" and after is not None and is_title(after):
        return True
    named = not token.ner and is_title(token) and token.pos in ("PROPN", "X", "")
    return named and not parties.within(token.start, token.end)


def _tagged_on(before: Token, token: Token) -> bool:
    """Whether the tagger counts a word to the name before it, or cut one name in two."""
    return token.ner == "I-PER" or (token.ner == "B-PER" and _joins(before, token))


def _two_leaders(one: Token, two: Token, words: Lexicon) -> bool:
    """A well-known surname, then another one or somebody's first name: «с Путиным Меркель обсудила»."""
    if not (is_title(one) and is_title(two)) or len(one.text) < _PLAIN_SURNAME:
        return False
    if fold(one.text) in words.given or one.lemma in words.given:
        return False
    first, second = words.leaders_called(one.text), words.leaders_called(two.text)
    if first and fold(two.text) in words.given and len(two.text) >= _PLAIN_SURNAME:
        return not any(words.same_word(two.text, w) for r in first for w in r["name"].split())
    if len(two.text) < _PLAIN_SURNAME:
        return False  # «Нгуен Ван Минь»
    return bool(first and second) and not {r["name"] for r in first} & {r["name"] for r in second}


def _is_master(tokens: Sequence[Token], i: int, words: Lexicon) -> bool:
    """«пресс-секретарь Путина Иван Громов»: a leader in the genitive between a servant's office and his name."""
    if i < 2 or not is_title(tokens[i]) or tokens[i - 2].lemma not in words.offices:
        return False
    master = fold(tokens[i - 1].text)
    return master not in words.given and any(fold(r["surname"]) != master for r in words.leaders_called(master))


def _joins(one: Token, two: Token) -> bool:
    """Whether two names side by side are one, cut in two by the tagger: they agree in case."""
    return bool(case_of(one)) and case_of(one) == case_of(two) and one.end < two.start


def _without_office(tokens: Sequence[Token], first: int, last: int, words: Lexicon, parties: PartyIndex) -> int:
    """The tagger may count «Президент», or the state before the name, to it."""
    while first < last:
        t = tokens[first]
        state = first + 1 < last and any(m.kind == "state" for m in parties.within(t.start, t.end))
        if not state and t.lemma not in words.offices and t.lemma not in words.passing:
            break
        first += 1
    return first


def find_offices(found: Words, names: Sequence[tuple[int, int]], words: Lexicon, parties: PartyIndex) -> list[Office]:
    """Office phrases in order, none within another or within a name."""
    tokens, out, taken = found.sentence.tokens, list[Office](), 0
    if not may_hold_office(found, words):
        return out
    named = {i for a, b in names for i in range(a, b)}
    for i, token in enumerate(tokens):
        if i < taken or i in named or not (token.lemma in words.offices or token.lemma.startswith("экс-")):
            continue
        leading = i > 0 and tokens[i - 1].text.lower() == "под"  # «под руководством министра»: a deed, not people
        match = not leading and _match(tokens, i, words)
        if not match:
            continue
        length, role, stands = match
        office = _grow(tokens, i, length, role, taken, named, words, parties)
        office.whole = stands == "alone" or office.last > i + length or office.first < i
        if role == "colleague" and not office.parties:
            continue  # «его коллега» tells nothing
        taken = max(taken, office.last)
        out.append(office)
    return out


def may_hold_office(found: Words, words: Lexicon) -> bool:
    """Whether a word stands in a sentence with which an office may begin."""
    return not words.offices.keys().isdisjoint(found.sentence.lemmas) or "экс" in found.forms


def _match(tokens: Sequence[Token], i: int, words: Lexicon) -> tuple[int, str, str] | None:
    """The longest office of the table that begins here: length, role, how it stands."""
    for prefix in ("", "экс-"):
        lemma = tokens[i].lemma
        if prefix and not lemma.startswith(prefix):
            continue
        for phrase, role, stands in words.offices.get(lemma.removeprefix(prefix), ()):
            rest = phrase[1:]
            end = _after_words(tokens, i + 1, rest)
            if end is not None:
                return end - i, role, stands
    return None


def _after_words(tokens: Sequence[Token], k: int, rest: Sequence[str]) -> int | None:
    """Where words end that follow each other here, adjectives between them aside: «глава (казахского) государства»."""
    for word in rest:
        while k < len(tokens) and tokens[k].lemma != word and tokens[k].pos == "ADJ":
            k += 1
        if k == len(tokens) or tokens[k].lemma != word:
            return None
        k += 1
    return k


def _grow(
    tokens: Sequence[Token],
    i: int,
    length: int,
    role: str,
    floor: int,
    named: set[int],
    words: Lexicon,
    parties: PartyIndex,
) -> Office:
    head = next((k for k in range(i, i + length) if tokens[k].pos in ("NOUN", "PROPN", "")), i)
    plural = tokens[head].feats.get("Number") == "Plur"
    first = _left(tokens, i, head, floor, words)
    last = _right(tokens, i + length, role, plural, named, words, parties)
    office = Office(first, last, head, role, plural, [])
    office.acting = first < i and bool(_standing_in(tokens, i, words))
    office.parties = list(_states(tokens, office, parties))
    if not office.parties and not plural and (code := words.sole.get(tokens[i].lemma)):
        span = (tokens[i].start, tokens[i + length - 1].end)
        office.parties = [(PartyMention(*span, (code,), "state", How.RESOLVED, "office of one state"), code)]
    if role == "head":
        office.role = "state" if _heads_state(tokens, i + length, parties) else "of"
    elif not office.parties and _presides(role, tokens[i + length : last], words):
        office.role = "of"
    office.own_country = not office.parties and any(t.lemma in words.own_country for t in tokens[head + 1 : last])
    return office


def _presides(role: str, after: Sequence[Token], words: Lexicon) -> bool:
    """«вице-президент банка»: of no state."""
    return role.removeprefix("deputy-") in _RULERS and any(t.lemma in words.companies for t in after)


def _standing_in(tokens: Sequence[Token], k: int, words: Lexicon) -> int:
    """How many tokens before `k` are «врио» or «и.о.»; 0 for none."""
    for size in (1, 2, 4):
        if k >= size and "".join(fold(t.text) for t in tokens[k - size : k]) in words.standing_in:
            return size
    return 0


def _heads_state(tokens: Sequence[Token], k: int, parties: PartyIndex) -> bool:
    """«глава Казахстана», «руководитель Казахстана»."""
    return k < len(tokens) and any(m.kind == "state" for m in parties.within(tokens[k].start, tokens[k].end))


def _left(tokens: Sequence[Token], i: int, head: int, floor: int, words: Lexicon) -> int:
    """Adjectives that agree with the head, and «и.о.»."""
    case = case_of(tokens[head])
    first = k = i
    while k > floor:
        t = tokens[k - 1]
        if t.pos == "ADJ" and (case_of(t) == case or not case) and t.lemma not in words.passing:
            first = k = k - 1
        elif t.text in ("и", "-") and k - 2 >= floor and tokens[k - 2].pos == "ADJ" and first == k and k < i:
            k -= 1
        elif (acting := _standing_in(tokens, k, words)) and k - acting >= floor:
            first = k = k - acting
        else:
            break
    return first


def _right(
    tokens: Sequence[Token],
    start: int,
    role: str,
    plural: bool,
    named: set[int],
    words: Lexicon,
    parties: PartyIndex,
) -> int:
    """The end of what the office is of: genitives, acronyms, quoted names, «по делам ...», «в Германии» of an envoy."""
    k = last = start
    over = tokens[start - 1].lemma in _GOVERNING and start < len(tokens) and case_of(tokens[start]) == "Ins"
    case, state = "Ins" if over else "Gen", False
    while k < len(tokens) and k - start < _LONGEST_OFFICE and k not in named:
        t = tokens[k]
        party = parties.within(t.start, t.end)
        if _goes_on(tokens, k, words, parties):
            k = last = k + 1
        elif t.text in _OPEN:
            close = _closing(tokens, k)
            if close is None or (
                k == start and role not in ("of", "company", "head") and not _is_body(tokens, k, close, parties)
            ):
                break
            k = last = close + 1
        elif (
            t.pos in _NOMINAL
            and (_belongs(t, case, last > start) or (bool(party) and case_of(t) == case))
            and (tokens[k - 1].lemma == "при" or not _other_office(tokens, k, last, start, words))
        ):
            state = state or bool(party)
            k = last = k + 1
        elif t.text in ("и", ",") and last > start and k + 1 < len(tokens) and k + 1 not in named:
            nxt = tokens[k + 1]
            more = parties.within(nxt.start, nxt.end)
            unbent = bool(more) and _goes_on(tokens, k + 1, words, parties)
            if plural and nxt.rel == "conj" and start <= nxt.head < k and any(m.kind == "state" for m in more):
                k = last = k + 2  # «президенты Гондураса и Никарагуа»: whatever case the tagger gives
                continue
            if not (_belongs(nxt, case, False) or unbent) or _match(tokens, k + 1, words):
                break
            if (state and case == "Gen" and not (plural and more)) or (
                t.text == "," and not plural and nxt.pos != "ADJ"
            ):
                break
            k += 1
        elif t.pos == "ADP" and t.lemma in _CASES and _takes(tokens, k, role, state, words):
            if t.lemma in ("в", "на", "во") and not _leads_to_party(tokens, k, parties):
                break
            case = _CASES[t.lemma]
            k += 1
        elif t.text in ("-", "–", "—") and last > start and _glued(tokens, k):
            k += 1
        else:
            break
    return last


def _takes(tokens: Sequence[Token], k: int, role: str, state: bool, words: Lexicon) -> bool:
    """Whether an office goes on with a preposition: any with «по» (after its state only with a field: «по вопросам»),
    «статс-секретарь при», envoys with «в».
    """
    preposition = tokens[k].lemma
    if preposition in _ANY_OFFICE and state:
        noun = next((t for t in tokens[k + 1 : k + 4] if t.pos != "ADJ"), tokens[k])
        return role not in _RULERS and noun.lemma in words.fields
    aide = preposition == "при" and role.startswith("deputy-")
    return preposition in _ANY_OFFICE or aide or role in _SITS


def _goes_on(tokens: Sequence[Token], k: int, words: Lexicon, parties: PartyIndex) -> bool:
    """The name of a state that does not bend: «Республики Казахстан», «Республики Союз Мьянма»."""
    t = tokens[k]
    if not is_title(t):
        return False
    around = parties.within(t.start, t.end)
    if (
        t.text[-1] in _UNBENT
        and t.lemma == fold(t.text)
        and any(m.kind == "state" and m.start == t.start for m in around)
    ):
        return True  # «король Марокко»
    inside = any(m.start < t.start for m in around)
    return inside or (tokens[k - 1].lemma in words.own_country and not t.ner.endswith("PER"))


def _glued(tokens: Sequence[Token], k: int) -> bool:
    return 0 < k < len(tokens) - 1 and tokens[k - 1].end == tokens[k].start and tokens[k].end == tokens[k + 1].start


def _leads_to_party(tokens: Sequence[Token], k: int, parties: PartyIndex) -> bool:
    """Whether «в», «на» stand before a state or body: «посол в Германии», not «посол в среду»."""
    return k + 1 < len(tokens) and bool(parties.within(tokens[k + 1].start, tokens[min(k + 2, len(tokens) - 1)].end))


def _closing(tokens: Sequence[Token], k: int) -> int | None:
    return next((j for j in range(k + 1, min(k + 12, len(tokens))) if tokens[j].text in CLOSING), None)


def _is_body(tokens: Sequence[Token], first: int, last: int, parties: PartyIndex) -> bool:
    """Whether the words in quotes are an intergovernmental body: «лидеры "Большой двадцатки"»."""
    return any(m.kind == "body" for m in parties.within(tokens[first].end, tokens[last].start))


def _belongs(token: Token, case: str, inside: bool) -> bool:
    """Whether a nominal word may go on an office phrase."""
    if token.ner.endswith("PER"):
        return False
    if case_of(token) == case or is_acronym(token):
        return True
    return inside and (case_of(token) == "Gen" or (not case_of(token) and token.pos in ("PROPN", "NUM")))


def _other_office(tokens: Sequence[Token], k: int, last: int, start: int, words: Lexicon) -> bool:
    """Whether another office begins right after a conjunction."""
    return k > last and k > start and _match(tokens, k, words) is not None


def _states(tokens: Sequence[Token], office: Office, parties: PartyIndex) -> Iterator[tuple[PartyMention, str]]:
    """The parties of an office: not the one to which an envoy is sent. Several only where a plural lists them."""
    found: list[tuple[PartyMention, str]] = []
    inner = parties.within(tokens[office.first].start, tokens[office.last - 1].end)
    for m in inner:
        k = next((i for i in range(office.first, office.last) if tokens[i].start >= m.start), office.first)
        if _governed(tokens, k, office.head) or (m.kind == "company" and m.start <= tokens[office.head].start < m.end):
            continue
        if m.codes and all(m.codes[0] != code for _, code in found):
            found.append((m, m.codes[0]))
    if not found and office.role not in _SITS:
        found = [(m, m.codes[0]) for m in inner if m.codes][:1]  # «статс-секретарь при министре обороны Чехии»
    states = [f for f in found if f[0].kind in ("state", "adjective", "capital")]
    if office.plural:
        return iter(found)
    nested = [f for f in found if f[0].kind in ("body", "company")] if not states else []
    return iter((states or nested or found)[:1])


def _governed(tokens: Sequence[Token], k: int, head: int) -> bool:
    """Whether a preposition leads to the word: «в Германии», «при ООН»; «от Индии» names the sender."""
    k -= 1
    while k > head and tokens[k].pos == "ADJ":
        k -= 1
    return k > head and tokens[k].pos == "ADP" and tokens[k].lemma != "от"
