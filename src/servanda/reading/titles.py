"""Sentence -> the noun phrases in it that name an instrument: head, parties, subject, period, date, number.

A phrase is read word by word from its head. The tree is not asked: titles are long, and trees of long titles break.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from servanda.lang.words import Sentence, Token
from servanda.model.spans import Span
from servanda.reading.clauses import is_finite, is_short
from servanda.reading.document import AmountMention, Document, PartyMention, TimeMention, starting
from servanda.world.tables import Tables, values

WordSets = Mapping[str, frozenset[str]]

_OPEN, _CLOSE = '«“"„(', '»”"“)'
_SUBJECT_PREPOSITIONS = {"о", "об", "обо", "по", "для"}
_FIELD_NOUNS = {"область", "сфера"}
_GENITIVE_KINDS = {"plan", "contract", "protocol", "other"}
_ENDING = {"до", "после", "перед", "при", "к", "благодаря", "из-за", "несмотря"}  # open no part of a subject
_OCCASIONS = {"присутствие", "ход", "итог", "преддверие", "кулуары", "ответ", "обмен", "случай"}
_MEASURES = {"уровень", "сумма", "срок"}  # «на общую сумму»: no subject
_LEFT_REACH = 14
_PARTS = ("проект", "текст", "этап", "часть", "фаза", "раздел")  # «первый этап плана»: of one document
_RIGHT_REACH = 70  # tokens
_RIGHT_LETTERS = 1200
_JOINED = 3  # letters between two names in a list


@dataclass(frozen=True, slots=True)
class Noun:
    """A row of ru/instruments: its lemmas, the kind, and how firmly it names an instrument."""

    lemmas: tuple[str, ...]
    kind: str
    force: str


@dataclass(frozen=True, slots=True)
class Treaty:
    """A row of `treaties`: the kind, those bound by it (none: too many to be meant), and the day of signature or ""."""

    kind: str
    parties: tuple[str, ...]
    signed: str


@dataclass(slots=True, eq=False)
class Title:
    """A phrase that names an instrument. `first` and `last` are tokens of the whole phrase, `head` is its noun."""

    sentence: Sentence
    number: int  # index of the sentence in the document
    head: int
    end: int  # last token of the noun itself («план мероприятий»)
    noun: Noun
    first: int
    last: int
    parties: list[PartyMention] = field(default_factory=list)
    partners: list[PartyMention] = field(default_factory=list)  # named within the subject: «об ассоциации с ЕС»
    subject: Span | None = None
    bare: bool = False  # no subject but words of the noun itself: «план действий»
    valid: TimeMention | None = None
    dated: TimeMention | None = None
    count: AmountMention | None = None
    numbered: bool = False  # a number stands before the noun, whether or not it is their count here
    modifiers: tuple[str, ...] = ()
    draft: bool = False
    sheaf: bool = False  # «ряд документов», «пакет соглашений»
    listed: bool = False  # a further member of a list of documents
    member: bool = False  # one of several under one plural noun: «соглашения с Оманом о визах и с Катаром о газе»
    spelled_out: bool = False  # its members are all named behind a colon
    priced: bool = False  # «договор на $96 млн»
    sides: bool = False  # «между сторонами», «между двумя странами»
    between: bool = False  # «между» opens the names of all parties
    opened_by_with: bool = False  # «с» opens those of one side
    treaty: Treaty | None = None  # the one that bears this name
    proper: bool = False  # «Оттавская конвенция»: bears a name of its own

    @property
    def token(self) -> Token:
        """The head noun."""
        return self.sentence.tokens[self.head]

    @property
    def plural(self) -> bool:
        """Whether several are named at once."""
        several = self.token.feats.get("Number") == "Plur" or self.count is not None
        return several and not self.member and self.treaty is None

    @property
    def span(self) -> Span:
        """The whole phrase."""
        return Span(self.sentence.tokens[self.first].start, self.sentence.tokens[self.last].end)

    def holds(self, token: Token) -> bool:
        """Whether a token stands in its subject."""
        return self.subject is not None and self.subject.start <= token.start < self.subject.end

    def around(self) -> list[Token]:
        """The words of its sentence, as far as any rule looks."""
        return self.sentence.tokens[max(0, self.first - _RIGHT_REACH) : self.last + _RIGHT_REACH]

    @property
    def core(self) -> Span:
        """The noun that names it."""
        return Span(self.token.start, self.sentence.tokens[self.end].end)


def index_nouns(tables: Tables) -> dict[str, list[Noun]]:
    """Nouns by their first lemma, the longest first."""
    found: dict[str, list[Noun]] = {}
    for row in tables.rows("ru/instruments"):
        lemmas = tuple(row["noun"].split())
        found.setdefault(lemmas[0], []).append(Noun(lemmas, row["kind"], row["force"]))
    for nouns in found.values():
        nouns.sort(key=lambda n: -len(n.lemmas))
    return found


def index_treaties(tables: Tables) -> dict[str, list[tuple[tuple[str, ...], Treaty]]]:
    """Names of treaties by their first lemma, the longest first; of several that bear one name the latest."""
    found: dict[str, list[tuple[tuple[str, ...], Treaty]]] = {}
    for row in tables.rows("treaties"):
        treaty = Treaty(row["kind"], values(row["parties"]), row["signed"])
        for name in values(row["names"]):
            lemmas = tuple(name.split())
            found.setdefault(lemmas[0], []).append((lemmas, treaty))
    for names in found.values():
        names.sort(key=lambda n: (len(n[0]), n[1].signed), reverse=True)
    return found


def signing_words(tables: Tables) -> WordSets:
    """The sets of words of ru/signing, by what they do; with the words of sport, whose contracts are its own."""
    words = {row["sort"]: frozenset(values(row["words"])) for row in tables.rows("ru/signing")}
    for row in tables.rows("ru/scope"):
        if row["scope"] == "sport":
            words["sport"] |= frozenset(values(row["words"]))
    return words


def find_titles(document: Document, number: int, tables: Tables) -> list[Title]:
    """All phrases of a sentence that name or recall an instrument, in order."""
    sentence = document.sentences[number]
    nouns = tables.derive(index_nouns)
    words = tables.derive(signing_words)
    titles: list[Title] = []
    after = 0
    tokens = sentence.tokens
    treaties = _treaties_in(document, sentence, tables)
    if not treaties and nouns.keys().isdisjoint(sentence.lemmas):
        return []
    for token in tokens:
        if token.index < after or token.rel == "fixed":
            continue
        found = _match(sentence, token.index, nouns.get(token.lemma, ()))
        if found is None and token.index not in treaties:
            continue
        within = bool(titles) and titles[-1].holds(token)
        if found is not None and within and (found[0].force in _LOOSE or found[0].kind == "plan"):
            continue  # «соглашение о порядке обращения лекарств»
        noun, end = found or (treaties[token.index].noun, treaties[token.index].end)
        if any(
            p.start < token.start and token.end <= p.end
            for p in starting(document.parties, token.start - 80, token.start)
        ):
            continue  # «Организация Договора о коллективной безопасности»
        if noun.force == "echo" and _opens_phrase(tokens, end):
            continue  # «проект соглашения»
        head = next(i for i in range(token.index, end + 1) if tokens[i].pos in ("NOUN", "PROPN") or i == end)
        title = Title(sentence, number, head, end, noun, token.index, end)
        if head in treaties:
            title.treaty = treaties[head].treaty
        _read_left(document, title, words)
        title.proper = _is_proper(title)
        if (noun.force == "loose" and _is_name_of(title, nouns)) or _is_set_aside(title):
            continue
        if title.first and tokens[title.first - 1].lemma in ("никакой", "какой"):
            continue
        if "любой" in title.modifiers or (title.first and tokens[title.first - 1].lemma == "любой"):
            continue  # «любое соглашение» is none
        if "какой" in title.modifiers and title.first > 1 and tokens[title.first - 2].text.lower() == "ни":
            continue  # «ни о каких договоренностях»
        counted = title.count
        if title.plural and (start := _opens_list(title)):
            title.member, title.count = True, None
            _Right(document, title, nouns, words).walk(start)
        else:
            _Right(document, title, nouns, words).walk()
        if title.plural and not (title.count or title.member):
            title.count = _one_each(document, title)
        if noun.force == "talks" and not _is_bargain(title, nouns, words):
            continue
        titles.append(title)
        members = list(_members(document, title, nouns, words))
        titles += members
        if title.member and not members and counted is not None:
            title.member, title.count = False, counted  # «пять соглашений: по спорту и туризму»
        after = end + 1
    return titles


def _one_each(document: Document, title: Title) -> AmountMention | None:
    """«Контракты с пятью заводами» are five."""
    tokens = title.sentence.tokens
    if title.last < title.end + 2 or tokens[title.end + 1].text.lower() not in ("с", "со"):
        return None
    start = tokens[title.end + 2].start
    return next((a for a in starting(document.amounts, start, start + 1) if a.kind == "count"), None)


_LOOSE = {"loose", "echo", "talks"}
_LIST_REACH = 14  # tokens from the noun to the colon of its list
_OPENERS = {"с", "со", "между", "о", "об", "обо", "по"}


def _opens_list(title: Title) -> int:
    """Where the first member stands in «соглашения, подписанные в мае: с Оманом о визах и с Катаром о газе», or 0."""
    tokens = title.sentence.tokens
    for i in range(title.end + 1, min(len(tokens) - 1, title.end + _LIST_REACH)):
        if tokens[i].text == ":":
            return i + 1 if tokens[i + 1].text.lower() in _OPENERS else 0
        if is_finite(tokens[i]) or tokens[i].text in ";.":
            return 0
    return 0


def _members(document: Document, title: Title, nouns: dict[str, list[Noun]], words: WordSets) -> Iterator[Title]:
    """The further members that share a plural noun; one that names no parties has those of the first."""
    if not (title.plural or title.member) or not (title.subject or title.parties):
        return
    last = title
    while start := _next_member(document, title, last):
        title.member, title.count = True, None
        one = Title(title.sentence, title.number, title.head, title.end, title.noun, start, start)
        one.member, one.listed, one.modifiers = True, True, title.modifiers
        _Right(document, one, nouns, words).walk(start)
        if not one.subject and not one.parties:
            return
        one.parties = one.parties or title.parties
        yield one
        last = one


def _next_member(document: Document, first: Title, last: Title) -> int:
    """Where a phrase of the same make follows: «, с Перу», «и о спорте»; 0 where none does."""
    tokens = first.sentence.tokens
    i = last.last + 1
    while i < len(tokens) and i - last.last <= _JOINED and (tokens[i].text in ",–—" or tokens[i].lemma in _AND):
        i += 1
    if i == last.last + 1 or i + 1 >= len(tokens) or tokens[i].text.lower() not in _OPENERS:
        return 0
    own = next(iter(words_of(first.subject, first.sentence)), None) if first.subject else None
    if own is not None and _alike(tokens[i].text.lower(), own.text.lower()):
        return i
    named = starting(document.parties, tokens[i + 1].start, tokens[min(i + 3, len(tokens) - 1)].end)
    return i if first.opened_by_with and tokens[i].text.lower() in ("с", "со") and named else 0


_OF_DEEDS = {"договоренность", "соглашение"}
_AND = {"и", "а", "также"}


@dataclass(frozen=True, slots=True)
class _Name:
    """A treaty's name in a sentence, up to the token `end`; it is a noun of its own where no other opens it: «СВПД»."""

    treaty: Treaty
    noun: Noun
    end: int


def _treaties_in(document: Document, sentence: Sentence, tables: Tables) -> dict[int, _Name]:
    """The names of treaties in a sentence by each of their tokens."""
    names = tables.derive(index_treaties)
    if names.keys().isdisjoint(sentence.lemmas):
        return {}
    day = document.page.day.isoformat() if document.page.day is not None else "9999"
    tokens = sentence.tokens
    found: dict[int, _Name] = {}
    for token in tokens:
        if token.index in found:
            continue
        for lemmas, treaty in names.get(token.lemma, ()):
            span = range(token.index, token.index + len(lemmas))
            said = [t.lemma for t in tokens[token.index : span.stop]]
            if treaty.signed <= day and all(map(_alike, said, lemmas)) and len(said) == len(lemmas):
                name = _Name(treaty, Noun(lemmas, treaty.kind, "named"), span.stop - 1)
                found.update(dict.fromkeys(span, name))
                break
    return found


def _alike(said: str, lemma: str) -> bool:
    return said == lemma or {said, lemma} == {"о", "об"}


def _is_proper(title: Title) -> bool:
    """Whether an attribute in a capital letter names it: «Оттавская конвенция», «Парижский протокол»."""
    tokens = title.sentence.tokens
    known = {p.start for p in title.parties}
    return any(
        t.text[0].isupper() and t.text.endswith(_TOPONYMIC) and t.start not in known and not t.text.isupper()
        for t in tokens[title.first : title.head]
    )


_TOPONYMIC = ("ская", "ский", "ское", "ские", "ской", "ского", "скому", "ском", "скую", "ским", "ских", "скими")


def _is_set_aside(title: Title) -> bool:
    """«вместо договора», «не договор, а декларация», «декларация, а не договор»."""
    tokens, i = title.sentence.tokens, title.first
    before = [t.text.lower() for t in tokens[max(0, i - 2) : i]]
    if before[-1:] == ["вместо"] or before == ["а", "не"]:
        return True
    ahead = [t.text.lower() for t in tokens[title.end + 1 : title.end + 3]]
    return before[-1:] == ["не"] and ahead == [",", "а"]


def _is_name_of(title: Title, nouns: dict[str, list[Noun]]) -> bool:
    """«форум «Инициатива юга»», «партия «Новая программа»»: a quoted name of what is no document."""
    tokens, i = title.sentence.tokens, title.first
    quoted = i > 1 and tokens[i - 1].text in _OPEN and tokens[i - 1].text != "("
    return quoted and tokens[i - 2].pos == "NOUN" and tokens[i - 2].lemma not in nouns


def _is_bargain(title: Title, nouns: dict[str, list[Noun]], words: WordSets) -> bool:
    """«переговоры о свободной торговле» are about an agreement to be; most talks are about topics."""
    subject = title.subject
    if subject is None:
        return False
    lemmas = {t.lemma for t in words_of(subject, title.sentence)}
    return bool(lemmas & words["bargain"]) and not lemmas & nouns.keys()


def _match(sentence: Sentence, start: int, nouns: Sequence[Noun]) -> tuple[Noun, int] | None:
    tokens = sentence.tokens
    for noun in nouns:
        i = start
        for lemma in noun.lemmas[1:]:
            i += 1
            if (
                i < len(tokens)
                and tokens[i].lemma != lemma
                and tokens[i].pos == "ADJ"
                and noun.lemmas[0] in ("совместный", "план", "программа")
            ):
                i += 1  # «совместное политическое заявление», «план двустороннего сотрудничества»
            if i >= len(tokens) or tokens[i].lemma != lemma:
                break
        else:
            if tokens[i].pos in ("NOUN", "PROPN", "X", ""):
                return noun, i
    return None


def _opens_phrase(tokens: list[Token], end: int) -> bool:
    """Whether a genitive follows: the noun is then no name by itself."""
    ahead = tokens[end + 1] if end + 1 < len(tokens) else None
    return ahead is not None and ahead.pos in ("NOUN", "ADJ") and ahead.feats.get("Case") == "Gen" and ahead.text != "о"


def agrees(token: Token, head: Token) -> bool:
    """Whether an adjective or participle can belong to a noun: case, number, and gender in the singular."""
    a, b = token.feats, head.feats
    case, other = a.get("Case"), b.get("Case")
    if case and other and case != other and {case, other} != {"Nom", "Acc"}:
        return False
    if a.get("Number") and b.get("Number") and a["Number"] != b["Number"]:
        return False
    if a.get("Number") != "Sing" or not a.get("Gender") or not b.get("Gender"):
        return True
    oblique = case not in ("Nom", "Acc", None)  # «подписанного» is masculine and neuter alike
    return a["Gender"] == b["Gender"] or (oblique and {a["Gender"], b["Gender"]} == {"Masc", "Neut"})


def _same_case(one: Token, other: Token) -> bool:
    cases = {one.feats.get("Case"), other.feats.get("Case")}
    return len(cases) == 1 or cases == {"Nom", "Acc"}


def _is_attribute(token: Token) -> bool:
    return token.pos in ("ADJ", "DET") or (token.feats.get("VerbForm") == "Part" and not is_short(token))


def _read_left(document: Document, title: Title, words: WordSets) -> None:
    """Adjectives, numbers and «проект», «ряд» in front of the noun."""
    tokens = title.sentence.tokens
    head = title.token
    modifiers: list[str] = []
    start = head.start
    near = starting(document.amounts, start - 60, start + 1)
    counted = (
        a
        for a in near
        if a.kind == "count" and document.words(*a.core)[0] not in "нН" and a.core.start <= start < a.end
    )
    title.count = next(counted, None)
    title.numbered = title.count is not None
    if title.count is not None:
        title.first = next((t.index for t in tokens if t.start >= title.count.core.start), title.first)
        modifiers += [t.lemma for t in tokens[title.first : title.head]]
    i = title.first - 1
    while i >= 0 and title.first - i <= 2 and title.head - i < _LEFT_REACH:
        token = tokens[i]
        if token.text in _OPEN or (token.text == "," and i and _is_attribute(tokens[i - 1]) and i + 1 == title.first):
            i -= 1
            continue
        joined = token.lemma == "и" and i and _is_attribute(tokens[i - 1]) and _is_attribute(tokens[i + 1])
        if _is_attribute(token) and (agrees(token, head) or title.count is not None):
            modifiers.append(token.lemma)
        elif token.lemma in words["sheaf"] and head.feats.get("Case") == "Gen":
            title.draft = title.draft or token.lemma == "проект"
            title.sheaf = title.sheaf or token.lemma not in _PARTS
            head = token
        elif not joined:
            break
        title.first = i
        i -= 1
    title.modifiers = tuple(modifiers)
    first = tokens[title.first].start
    adjectives = (p for p in starting(document.parties, first, start) if p.kind == "adjective")
    title.parties += [p for p in adjectives if p.start == tokens[0].start or document.page.text[p.start].islower()]


_TAKES_INSTRUMENTAL = ("ние", "тие", "ция", "обмен", "торговля", "помощь")  # endings of nouns like «обмен опытом»


class _Right:
    """The walk from the head noun to the end of its phrase."""

    def __init__(self, document: Document, title: Title, nouns: dict[str, list[Noun]], words: WordSets) -> None:
        self.document, self.title, self.nouns, self.words = document, title, nouns, words
        self.tokens = title.sentence.tokens
        self.zone = ""  # "", parties, subject, aside
        self.subject: list[int] = []
        self.partners = 0  # where «между» or «с» opens the names of the parties
        stop = min(title.sentence.end, title.token.start + _RIGHT_LETTERS)
        start = title.token.start
        self.times = {t.start: t for t in starting(document.times, start, stop)}
        self.parties = starting(document.parties, start + 1, stop)

    def walk(self, start: int = 0) -> None:
        """Take what follows the noun, or of a member of a list what stands from `start` on."""
        title, tokens = self.title, self.tokens
        i = start or title.end + 1
        reach = i + _RIGHT_REACH
        opened = title.first > 0 and tokens[title.first - 1].text == '"'
        if i < len(tokens) and tokens[i].text in ("»", "”", *('"' if opened else ())):
            title.last, i = i, i + 1
        while i < min(len(tokens), reach):
            following = self.step(i)
            if following is None:
                break
            title.last = following - 1
            i = following
        self.close()

    def step(self, i: int) -> int | None:
        """The index after what was taken at i, or None where the phrase ends."""
        token = self.tokens[i]
        if token.text == "(":
            return self.bracket(i)
        if i <= self.title.end + 2 and (token.text == "№" or (token.text.isdigit() and token.start not in self.times)):
            return i + 1  # «резолюция 2231 о»
        if token.start in self.times and token.pos != "ADP":
            return self.time(i, self.times[token.start])
        if (
            is_finite(token)
            or is_short(token)
            or token.pos in ("AUX", "SCONJ", "PRON")
            or token.feats.get("VerbForm") in ("Inf", "Conv")
        ):
            if token.feats.get("VerbForm") == "Inf" and self.opens_deed(i):
                self.zone = "subject"
                return self.take(i)
            return i + 1 if self.zone == "subject" and token.pos == "PRON" and token.lemma in ("друг", "себя") else None
        if token.lemma == "который" or token.text in ".;:!?…":
            return None
        if token.pos == "ADP" or token.lemma in _SUBJECT_PREPOSITIONS | {"между", "с", "на", "до"}:
            return self.preposition(i)
        if token.text in _OPEN:
            return self.quoted(i)
        if token.text in _CLOSE:
            return i + 1 if self.zone == "subject" and self.unclosed(i) else None
        if token.text in ",–—-":
            return self.comma(i)
        if token.pos == "CCONJ":
            return self.conjunction(i)
        return self.word(i)

    def opens_deed(self, i: int) -> bool:
        """«договоренность увеличить число рейсов»: the deed is the subject."""
        return (
            self.title.noun.lemmas[0] in _OF_DEEDS
            and self.zone in ("", "parties")
            and i - self.title.end <= _LIST_REACH
        )

    def bracket(self, i: int) -> int | None:
        end = next((j for j in range(i + 1, min(len(self.tokens), i + 30)) if self.tokens[j].text == ")"), None)
        if end is None or (self.zone == "subject" and end + 1 >= len(self.tokens)):
            return None
        short = end - i <= 4 and not any(is_short(t) or is_finite(t) for t in self.tokens[i:end])
        if self.zone == "subject" and not short:
            self.zone = "aside"
        elif self.zone == "subject":
            self.subject += range(i, end + 1)
        return end + 1

    def time(self, i: int, time: TimeMention) -> int | None:
        """A year after the noun dates it; a period after the subject is what it covers."""
        following = i + 1
        while following < len(self.tokens) and self.tokens[following].start < time.end:
            following += 1
        if (self.zone == "" and self.tokens[i].feats.get("Case", "Gen") == "Gen") or self.zone == "dated":
            self.title.dated = self.title.dated or time
            self.zone = ""
            return following
        if self.zone == "subject" and time.grain == "year" and self.tokens[following - 1].text == "года":
            self.title.dated = self.title.dated or time  # «соглашение о рыбе 2009 года»
            self.zone = "aside"
            return following
        return None

    def preposition(self, i: int) -> int | None:
        token, tokens = self.tokens[i], self.tokens
        word = token.text.lower()
        ahead = tokens[i + 1] if i + 1 < len(tokens) else None
        if ahead is None:
            return None
        period = self.times.get(token.start) or self.times.get(ahead.start)
        if (period and word in ("на", "до", "от") and period.grain not in ("day", "week")) or (period and word == "от"):
            return self.period(i, word, period)
        if period and word in ("в", "во", "на", "с", "со", "до", "к", "за", "после"):
            return None
        if word == "без" and ahead.lemma == "участие":
            return None  # «соглашение о рыбе без участия Китая»
        if word == "между":
            told = {t.lemma for t in tokens[i + 1 : i + 4]}
            if self.zone == "subject" and told & self.words["itself"] and not self.party_at(ahead.start):
                self.subject.append(i)
            else:
                self.zone = "parties"
                self.partners = self.partners or token.start
                self.title.between = True
            return i + 1
        if word in ("с", "со") and self.zone != "subject":
            if ahead.lemma in ("один", "другой"):
                return i + 1
            if self.names_partner(i):
                self.zone = "parties"
                self.partners = self.partners or token.start
                self.title.opened_by_with = True
                return i + 1
            self.zone = "aside"
            return i + 1
        if self.zone == "subject":
            if (
                word in _ENDING
                or (ahead.lemma in _OCCASIONS and word in ("в", "во"))
                or ahead.lemma in self.words["aside"]
            ):
                return None
            self.subject.append(i)
            return i + 1
        money = next((a for a in starting(self.document.amounts, token.start, ahead.end) if a.kind == "money"), None)
        if word == "на" and money is not None and self.zone != "subject":
            self.zone = "aside"  # «контракт на $96 млн»: the sum is no subject
            self.title.priced = True
            return next((j for j in range(i + 1, len(tokens)) if tokens[j].start >= money.end), len(tokens))
        noun = next((t for t in tokens[i + 1 : i + 4] if t.pos == "NOUN"), None)
        if word == "на" and noun is not None and noun.lemma in _MEASURES:
            self.zone = "aside"
            return i + 1
        if self.opens_subject(i, word, ahead):
            self.zone = "subject"
            self.subject.append(i)
            return i + 1
        if self.zone == "parties" and word in ("от", "при"):
            return i + 1
        return None

    def names_partner(self, i: int) -> bool:
        """Whether a party stands behind «с»: «с Чадом», «с израильской компанией Elbit»."""
        for token in self.tokens[i + 1 : i + 7]:
            if token.pos in ("NOUN", "PROPN", "X") and self.party_at(token.start):
                return True
            if token.pos not in ("ADJ", "NOUN", "PROPN", "X") and token.text not in _OPEN:
                return False
        return False

    def opens_subject(self, i: int, word: str, ahead: Token) -> bool:
        if word in _SUBJECT_PREPOSITIONS:
            return ahead.lemma not in self.words["aside"]
        if word in ("в", "во") and ahead.lemma in _FIELD_NOUNS:
            return True
        return (
            word == "на"
            and ahead.lemma not in self.words["aside"]
            and ahead.pos in ("NOUN", "ADJ", "NUM", "VERB")
            and self.title.noun.kind in ("contract", "agreement")
            and (ahead.feats.get("Case", "Acc") in ("Acc", "Nom") or ahead.pos == "NUM")
        )

    def period(self, i: int, word: str, period: TimeMention) -> int:
        following = i + 1
        while following < len(self.tokens) and self.tokens[following].start < period.end:
            following += 1
        if word == "от":
            if not any(self.tokens[j].lemma in self.nouns for j in self.subject):  # else it is the date of that one
                self.title.dated = self.title.dated or period
        else:
            self.title.valid = self.title.valid or (period if period.edtf else None)
            if self.zone == "subject":
                self.zone = "aside"
        return following

    def quoted(self, i: int) -> int | None:
        close = {"«": "»", "“": "”", "„": "“", '"': '"'}.get(self.tokens[i].text)
        end = next((j for j in range(i + 1, min(len(self.tokens), i + 40)) if self.tokens[j].text == close), None)
        if end is None:
            return None
        lower = self.tokens[i + 1].text.islower()
        told = lower and any(is_finite(t) for t in self.tokens[i:end])
        told = told or (lower and self.tokens[i + 1].lemma in ("в", "на", "из", "как"))  # «в любой момент»
        before = self.tokens[i - 1].lemma
        signer = self.party_at(self.tokens[i + 1].start) and before not in self.words["bearer"]
        if told or (self.zone == "subject" and signer):
            return None  # a quotation, or a company that signs
        if self.zone == "subject":
            self.subject += range(i, end + 1)
        elif self.zone == "" and end - i > 2:
            self.subject += range(i + 1, end)
            self.zone = "aside"
        return end + 1

    def unclosed(self, i: int) -> bool:
        return any(self.tokens[j].text in _OPEN for j in self.subject)

    def comma(self, i: int) -> int | None:
        tokens = self.tokens
        if i + 1 >= len(tokens):
            return None
        ahead = tokens[i + 1]
        words = [t.text.lower() for t in tokens[i + 1 : i + 4]]
        if self.zone == "parties":
            if ahead.text in ",–—-" or words[:2] in (["с", "одной"], ["с", "другой"]) or self.party_at(ahead.start):
                return i + 1
            if tokens[i].text in "–—-" and words[:1] and words[0] in _OPENERS:
                return i + 1
            near = [t.start for t in tokens[i + 2 : i + 5]]
            return i + 1 if words[:1] == ["и"] and any(map(self.party_at, near)) else None
        if self.zone == "" and i and self.party_at(tokens[i - 1].start) and self.party_at(ahead.start):
            return i + 1  # «соглашение Перу, Чили и Боливии»
        if self.zone != "subject":
            return None
        if tokens[i].text == "-" or (tokens[i].text in "–—" and i and tokens[i - 1].end == tokens[i].start):
            self.subject.append(i)
            return i + 1
        if tokens[i].text in "–—" and self.party_at(ahead.start):
            self.subject.append(i)
            return i + 1
        if tokens[i].text != ",":
            # «в государствах - участниках СНГ»: an apposition goes on, a new clause does not
            if (
                ahead.pos == "NOUN"
                and tokens[i - 1].pos == "NOUN"
                and agrees(ahead, tokens[i - 1])
                and ahead.feats.get("Case") != "Nom"
            ):
                self.subject.append(i)
                return i + 1
            return None
        return self.continued(i, ahead)

    def continued(self, i: int, ahead: Token) -> int | None:
        """After a comma the subject goes on with a participle of its own noun or with the next member of a list."""
        tokens = self.tokens
        participle = next(
            (t for t in tokens[i + 1 : i + 4] if t.feats.get("VerbForm") == "Part" and not is_short(t)), None
        )
        last = next((tokens[j] for j in reversed(self.subject) if tokens[j].pos in ("NOUN", "PROPN")), None)
        if participle is not None and last is not None:
            own = agrees(participle, last) and participle.feats.get("Case") == last.feats.get("Case")
            if own and not (
                agrees(participle, self.title.token)
                and self.title.token.feats.get("Case") == participle.feats.get("Case")
            ):
                self.subject.append(i)
                return i + 1
            return None
        ends = next(
            (
                j
                for j in range(i + 1, min(len(tokens), i + 12))
                if tokens[j].lemma in ("и", "или") or is_finite(tokens[j]) or tokens[j].text == "."
            ),
            None,
        )
        if (
            ends is not None
            and tokens[ends].lemma in ("и", "или")
            and ahead.pos in ("NOUN", "ADJ")
            and last is not None
        ):
            noun = next((t for t in tokens[i + 1 : ends] if t.pos == "NOUN"), None)
            if (
                noun is not None
                and noun.lemma not in self.nouns
                and noun.feats.get("Case")
                in (
                    self.first_case(),
                    last.feats.get("Case"),
                )
            ):
                self.subject.append(i)
                return i + 1
        return None

    def first_case(self) -> str | None:
        return next((self.tokens[j].feats.get("Case") for j in self.subject if self.tokens[j].pos == "NOUN"), None)

    def party_at(self, start: int) -> bool:
        return any(p.start <= start < p.end for p in self.parties)

    def conjunction(self, i: int) -> int | None:
        tokens = self.tokens
        if i + 1 >= len(tokens) or tokens[i].lemma in ("а", "но"):
            return None
        for token in tokens[i + 1 : i + 6]:
            if is_finite(token) or is_short(token):
                return None
            counted = tokens[i + 1].pos == "NUM" and _same_case(tokens[i + 1], self.title.token)
            if token.lemma in self.nouns and (self.zone != "subject" or counted or _same_case(token, self.title.token)):
                return None
            if token.pos in ("NOUN", "PROPN"):
                break
        if self.zone == "subject":
            ahead = tokens[i + 1].text.lower()
            parted = (self.title.plural or self.title.member) and ahead in _OPENERS
            if parted and (ahead in ("с", "со") or _alike(ahead, tokens[self.subject[0]].text.lower())):
                return None
            return self.take(i) if self.coordinates(i) else None
        genitives = self.zone == "" and self.party_at(tokens[i - 1].start) and self.party_at(tokens[i + 1].start)
        return i + 1 if self.zone == "parties" or genitives else None

    def coordinates(self, i: int) -> bool:
        """Whether the noun behind «и» has the case of one before it."""
        ahead = next((t for t in self.tokens[i + 1 : i + 6] if t.pos in ("NOUN", "PROPN", "ADP", "VERB")), None)
        case = ahead.feats.get("Case") if ahead is not None else None
        return case is None or case in {self.tokens[j].feats.get("Case", case) for j in self.subject}

    def word(self, i: int) -> int | None:
        token = self.tokens[i]
        if self.zone == "subject":
            return self.word_of_subject(i)
        if token.pos == "ADV":
            return None if self.zone in ("", "aside") else i + 1
        if self.zone in ("parties", "aside"):
            before = self.tokens[i - 1]
            opens = before.pos in ("ADP", "CCONJ", "PUNCT") or self.party_at(before.start)
            named = self.zone == "parties" and self.party_at(token.start) and opens
            return i + 1 if named or token.feats.get("Case") != "Nom" else None
        return None if self.title.noun.force == "echo" else self.word_behind_noun(i)

    def word_of_subject(self, i: int) -> int | None:
        token, before = self.tokens[i], self.tokens[i - 1]
        case = token.feats.get("Case")
        if token.lemma in self.words["hoped"] or token.pos == "PART":
            self.stop_before_negation(i)
            return None
        if (
            before.text.isupper()
            and len(before.text) > 1
            and token.pos in ("NOUN", "PROPN", "ADJ")
            and case not in ("Gen", None)
        ):
            return None  # a phrase ends with «СНВ» unless a genitive follows
        if token.lemma == "срок" and case == "Ins":
            self.zone = "aside"
            return i + 1
        signs = token.rel.startswith("nsubj") and token.head > i and self.party_at(token.start)
        if (
            token.feats.get("Variant") == "Short"
            or self.is_stray(i)
            or (signs and before.pos != "ADP")
            or self.opens_doer(i)
        ):
            return None
        if token.pos == "ADV" and not (i + 1 < len(self.tokens) and _is_attribute(self.tokens[i + 1])):
            return None
        opens = before.pos in ("ADP", "PUNCT", "CCONJ", "ADJ", "NUM") or case != "Nom" or token.pos == "ADJ"
        if not opens and (token.feats.get("Animacy") == "Anim" or self.party_at(token.start)):
            return None  # «... о границе президент подписал»
        return self.take(i)

    def word_behind_noun(self, i: int) -> int | None:
        """A genitive names a party, the parties, or of plans and contracts the subject; an acronym is the subject."""
        token = self.tokens[i]
        genitive = token.feats.get("Case") == "Gen" or not token.feats
        party = next((p for p in self.parties if p.start <= token.start < p.end and p.kind != "company"), None)
        if party is not None and (genitive or token.text.isupper()):
            return next(
                (j for j in range(i + 1, len(self.tokens)) if self.tokens[j].start >= party.end), len(self.tokens)
            )
        if token.text.isupper() and len(token.text) > 1 and token.text.isalpha():
            self.zone = "subject"
            return self.take(i)
        if genitive and (token.lemma in self.words["itself"] or token.lemma in ("член", "участник")):
            return i + 1
        fits = token.lemma in self.words["commercial"] or self.title.noun.kind in _GENITIVE_KINDS
        if genitive and fits and token.pos in ("NOUN", "ADJ", "PROPN"):
            self.zone = "subject"
            return self.take(i)
        if token.lemma == "срок":
            self.zone = "aside"
            return i + 1
        return i + 1 if genitive and token.pos in ("NOUN", "PROPN", "ADJ") else None

    def is_stray(self, i: int) -> bool:
        """A noun of another phrase: «назвал договор о поставках делом», «по договору о портах тарифы снизят»."""
        token, before = self.tokens[i], self.tokens[i - 1]
        if token.pos == "NOUN" and token.feats.get("Case") in ("Nom", "Acc") and before.pos == "NOUN":
            return before.feats.get("Case") not in (token.feats["Case"], None) and token.text.islower()
        if token.feats.get("Case") != "Ins" or token.pos != "NOUN" or before.feats.get("Case") == "Ins":
            return False
        if before.pos in ("ADP", "CCONJ", "NUM", "PUNCT"):
            return False
        return not any(self.tokens[j].lemma.endswith(_TAKES_INSTRUMENTAL) for j in self.subject)

    def opens_doer(self, i: int) -> bool:
        """«контракт на 20 судов государственные компании подписали»: the subject of the verb that has the title."""
        noun = self.tokens[i]
        if noun.rel == "amod" and noun.head > i:
            noun = self.tokens[noun.head]
        verb = self.title.token.head
        return noun.rel == "nsubj" and noun.head == verb > noun.index > self.title.token.index

    def stop_before_negation(self, i: int) -> None:
        """«договоренности о границе сообщений не было»: the genitive before «не» belongs to the verb."""
        tokens = self.tokens
        pair = [tokens[j] for j in self.subject[-2:]]
        if tokens[i].text.lower() == "не" and len(pair) == 2 and all(t.feats.get("Case") == "Gen" for t in pair):
            self.subject.pop()
            self.title.last = self.subject[-1]

    def take(self, i: int) -> int:
        self.subject.append(i)
        return i + 1

    def close(self) -> None:
        title, tokens = self.title, self.tokens
        while title.last > title.end and (
            tokens[title.last].pos in ("ADP", "CCONJ") or tokens[title.last].text in ",–—-("
        ):
            title.last -= 1
        if tokens[title.last].text == ")":  # «о коллективной безопасности (ДКБ)»
            opening = next((i for i in range(title.last, title.end, -1) if tokens[i].text == "("), title.last)
            self.subject = [i for i in self.subject if i < opening]
        start, stop = (tokens[title.first] if title.listed else title.token).start, tokens[title.last].end
        subject = [i for i in self.subject if i <= title.last]
        while subject and (
            tokens[subject[-1]].pos in ("ADP", "CCONJ", "PUNCT") and tokens[subject[-1]].text not in '»”")'
        ):
            subject.pop()
        self.drop_place(subject)
        if subject and title.end > title.head and subject[0] == title.end + 1 and tokens[subject[0]].pos != "ADP":
            subject.insert(0, title.end)  # «план сотрудничества портов» is about their cooperation
        if not subject and title.end > title.head + 1 and title.noun.kind == "plan":
            subject = list(range(title.head + 1, title.end + 1))  # «план совместных действий»
            title.bare = True
        if subject and any(tokens[i].pos in ("NOUN", "PROPN", "X", "NUM", "ADJ", "VERB") for i in subject):
            title.subject = Span(tokens[subject[0]].start, tokens[subject[-1]].end)
        inner = title.subject
        for party in self.parties:
            if not start <= party.start < stop or (party.kind == "company" and not 0 < self.partners < party.start):
                continue
            if inner is None or not inner.start <= party.start < inner.end:
                title.parties.append(party)
            elif self.is_partner(party):
                title.partners.append(party)
        title.parties = [p for p in title.parties if not self.is_nationality(p)]
        title.sides = any(t.lemma in self.words["itself"] for t in tokens[title.end + 1 : title.last + 1])

    def is_nationality(self, party: PartyMention) -> bool:
        """«с израильской компанией Elbit»: the company is the party, not its state."""
        if party.kind != "adjective":
            return False
        behind = next((p for p in self.parties if p.start > party.start), None)
        between = self.tokens_within(party.end, behind.start) if behind is not None else []
        return (
            behind is not None
            and behind.kind == "company"
            and all(t.pos in ("ADJ", "NOUN") or t.text in _OPEN for t in between)
        )

    def tokens_within(self, start: int, end: int) -> list[Token]:
        """The words between two offsets."""
        low = bisect_left(self.tokens, start, key=lambda t: t.start)
        return self.tokens[low : bisect_left(self.tokens, end, key=lambda t: t.start)]

    def is_partner(self, party: PartyMention) -> bool:
        """«об ассоциации с ЕС», «о транзите с Перу и Чили»."""
        before = self.tokens_before(party.start)
        i = bisect_left(self.tokens, party.start, key=lambda t: t.start)
        if i > 1 and self.tokens[i - 1].lemma in self.words["itself"] | {"правительство"}:
            before = self.tokens[i - 2].text.lower()  # «с правительством Чада», «со странами ЕС»
        last = self.title.partners[-1] if self.title.partners else None
        joined = before in ("и", ",") and last is not None and party.start - last.end <= _JOINED
        towards = self.title.noun.kind == "contract" and before in ("в", "во", "из", "для") and party.kind == "state"
        return before in ("с", "со") or joined or towards

    def tokens_before(self, start: int) -> str:
        """The word in front of an offset."""
        i = bisect_left(self.tokens, start, key=lambda t: t.start)
        return self.tokens[i - 1].text.lower() if i else ""

    def drop_place(self, subject: list[int]) -> None:
        """«договор о дружбе в Дохе»: the city where it was signed is no part of the subject."""
        tokens = self.tokens
        if len(subject) < 4 or tokens[subject[-2]].text.lower() not in ("в", "во"):
            return
        start = tokens[subject[-1]].start
        if any(p.kind == "capital" and p.start == start for p in self.parties):
            del subject[-2:]


def words_of(span: Span, sentence: Sentence) -> Iterator[Token]:
    """Tokens of a span."""
    tokens = sentence.tokens
    first = bisect_left(tokens, span.start, key=lambda t: t.start)
    for i in range(first, len(tokens)):
        if tokens[i].end > span.end:
            return
        yield tokens[i]
