"""Titles and step words -> things: all that is said of one instrument in a report, gathered.

A title joins the last thing that it does not contradict in kind, parties, subject or date; «документ» and «его» join
the last thing of their gender.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from servanda.lang.words import Sentence, Token
from servanda.model import edtf
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.clauses import is_finite, is_short
from servanda.reading.document import Document, PartyMention, TimeMention, starting
from servanda.reading.steps import (
    StepEntry,
    StepWord,
    actor_of,
    awaits,
    clause_of,
    date_of,
    find_steps,
    index_steps,
    is_place,
)
from servanda.reading.titles import Title, Treaty, WordSets, find_titles, signing_words, words_of
from servanda.world.tables import Tables, values

_ALIKE = 0.34  # share of the shorter subject's words that two names of one instrument have in common
_TALKS_REACH = 600  # characters back to the day of the talks
_FAR = 2000  # letters after which several documents are others than those told before
_LEAD = 2  # sentences from the top in which a thing may be named without its subject
_NAMES = 12  # titles of a thing that a new one is compared with
_REACH = 40  # things back that a title or pronoun may mean
_CREDITS = {"фонд", "мвф", "транш", "кредитование", "финансирование", "расширенный", "расширить", "кредитный", "$"}
_NEAR = 4  # tokens behind a programme that tell of its money
_WIDE = {"конвенция", "статут", "хартия"}
_CLOSED = {"signed", "ratified", "in_force", "initialled", "terminated", "extended"}


@dataclass(slots=True, eq=False)
class Told:
    """A step as it was told: the word, its date and its actor (code, words, how)."""

    step: str
    word: StepWord
    time: TimeMention | None = None
    by: tuple[str, Span, str] | None = None


@dataclass(slots=True, eq=False)
class Thing:
    """One instrument: all that names it, and what is told of it."""

    item: int
    titles: list[Title] = field(default_factory=list)
    echoes: list[Title] = field(default_factory=list)
    pronouns: list[Span] = field(default_factory=list)
    words: list[StepWord] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    commercial: bool = False
    valid: TimeMention | None = None  # the period up to which it is extended, or from which it is in force
    denied: bool = False
    supposed: bool = False

    @property
    def first(self) -> Title:
        """The title that opens it, one that names it if there is any."""
        return next((t for t in self.titles if t.noun.force != "echo"), self.titles[0])

    @property
    def is_open(self) -> bool:
        """Whether only «документ» named it so far."""
        return self.is_sheaf and not self.first.plural and not self.first.sheaf

    @property
    def kind(self) -> str:
        """The kind of its noun; an agreement on credit or supply is a contract."""
        kind = self.first.noun.kind
        traded = self.commercial and self.first.noun.lemmas[0] not in _WIDE
        return "contract" if kind == "agreement" and traded else kind

    @property
    def is_sheaf(self) -> bool:
        """Whether no noun but «документ» names it."""
        return self.first.noun.force == "echo"

    @property
    def treaty(self) -> Treaty | None:
        """The one of the tables that it is."""
        return next((t.treaty for t in self.titles[:_NAMES] if t.treaty is not None), None)

    @property
    def is_resolution(self) -> bool:
        """Whether an organ of a body adopts it."""
        return self.first.noun.lemmas[0] == "резолюция"

    @property
    def is_credit_programme(self) -> bool:
        """«расширенная программа», «программа с фондом»: of those that a fund lends under."""
        if self.first.noun.lemmas != ("программа",):
            return False
        return any(
            _CREDITS & {x.lemma for x in t.sentence.tokens[t.first : t.last + _NEAR]} for t in self.titles[:_NAMES]
        )

    @property
    def is_wide(self) -> bool:
        """Whether many may be bound by it: a treaty of the tables without parties, a convention that names none."""
        if self.treaty is not None:
            return not self.treaty.parties
        named = any(t.parties for t in self.titles[:_NAMES])
        return not named and (self.first.proper or self.first.noun.lemmas[0] in _WIDE) and self.kind == "agreement"

    @property
    def is_further(self) -> bool:
        """Whether it is told beside one of its sort: «прежний контракт»."""
        return bool({"прежний", "предыдущий", "прошлый"} & set(self.first.modifiers))

    def named(self) -> list[PartyMention]:
        """Party mentions within its titles."""
        return [p for t in self.titles[:_NAMES] for p in t.parties]

    def codes(self) -> set[str]:
        """Codes of the parties within its titles."""
        return {c for p in self.named() for c in p.codes}

    def take(self, title: Title, words: WordSets) -> None:
        """Add a title, and learn from it."""
        self.titles.append(title)
        subject = [t.lemma for t in _subject(title)][:4]
        self.commercial = self.commercial or title.priced or _is_of_trade(title)
        self.commercial = self.commercial or bool(words["commercial"] & {*title.modifiers, *subject})


def _is_of_trade(title: Title) -> bool:
    """«Договор с фирмой «Парус»»; an agreement with a company may be of any kind."""
    return title.noun.lemmas == ("договор",) and any(p.kind == "company" for p in title.parties)


def gather_things(document: Document, tables: Tables) -> list[Thing]:
    """All things of a document, in the order in which they are first named."""
    words = tables.derive(signing_words)
    things: list[Thing] = []
    opened: list[StepWord] = []  # told by the sentence that opens a list of lines
    for number, sentence in enumerate(document.sentences):
        titles = find_titles(document, number, tables)
        item = document.item_of(sentence)
        owners = {id(t): _place(document, things, t, item, words) for t in titles}
        told = find_steps(document, titles, number, tables)
        for word in told:
            _attach(things, word, owners, item)
        if sentence.closing == ":":
            opened = [w for w in told if w.entry.step in _LISTED]
        elif titles and titles[0].first <= 1:
            for word in opened:
                _attach_line(word, titles, owners)
        else:
            opened = []
    things = _join_named_inside([t for t in things if not t.is_open or _is_signed(t)])
    for thing in things:
        thing.told = list(_tell(document, thing, tables))
    _share_actors(things)
    home = _home(document, tables)
    for thing in things:
        for one in thing.told:
            if home is not None and one.by is None and one.step in _ACTS_OF_STATE and _may_be_of(home[0], thing):
                one.by = home
    return things


def _may_be_of(code: str, thing: Thing) -> bool:
    """Whether a state is a party by the titles, or they name the other side alone."""
    codes = thing.codes()
    return code in codes or len(codes) == 1


def _home(document: Document, tables: Tables) -> tuple[str, Span, str] | None:
    """The state in whose capital the news is datelined: its organs act where none is named."""
    line = document.page.dateline
    span = document.page.evidence.get("dateline/place")
    if line is None or line.place is None or not span:
        return None
    code = tables.derive(_capitals).get(line.place)
    return (code, span[0], How.RESOLVED) if code else None


def _capitals(tables: Tables) -> dict[str, str]:
    return {row["city"]: row["code"] for row in tables.rows("cities") if row["kind"] == "capital"}


_ACTS_OF_STATE = {"ratified", "approved", "rejected"}


def _is_signed(thing: Thing) -> bool:
    """«Соответствующий документ подписали министры»: one that nothing else names."""
    return any(w.entry.step == "signed" and w.standing == "done" and w.form in ("finite", "short") for w in thing.words)


_LISTED = {"signed", "initialled", "approved", "ratified"}


def _attach_line(word: StepWord, titles: list[Title], owners: dict[int, Thing | None]) -> None:
    """A line of a list has the step of the sentence that opens it."""
    thing = owners.get(id(titles[0]))
    if thing is not None and thing.titles[-1] is titles[0]:
        titles[0].listed = True
        thing.words.append(word)


def _share_actors(things: list[Thing]) -> None:
    """A ratification told without its actor is by the one whose parliament acts elsewhere in the same news."""
    known: dict[int, tuple[str, Span, str]] = {}
    for thing in things:
        for one in thing.told:
            if one.by is not None and one.step in _HOME_STEPS and not one.by[0].startswith("name:"):
                known.setdefault(thing.item, one.by)
    for thing in things:
        for one in thing.told:
            if one.by is None and one.step in _HOME_STEPS and thing.item in known:
                one.by = (known[thing.item][0], known[thing.item][1], How.INHERITED)


_HOME_STEPS = {"ratified", "rejected"}


def _place(document: Document, things: list[Thing], title: Title, item: int, words: WordSets) -> Thing | None:
    """The thing that a title names: one known, or a new one; None for «документы» that name nothing."""
    if title.noun.force == "echo" and not title.plural and not title.count and not title.sheaf:
        thing = next((t for t in _recent(things) if t.item == item and (t.is_open or not t.is_sheaf)), None)
        if thing is not None:
            thing.echoes.append(title)
            return thing
        if _speaks(title, words):
            return None
        things.append(thing := Thing(item, [title]))
        return thing
    for thing in _recent(things):
        if thing.item == item and _same(document, thing, title, words):
            thing.take(title, words)
            return thing
    thing = Thing(item)
    thing.take(title, words)
    things.append(thing)
    return thing


def _speaks(title: Title, words: WordSets) -> bool:
    """«сообщается в документе», «следует из документа»: where something is told, whatever it is."""
    tokens, head = title.sentence.tokens, title.token.head
    return head >= 0 and tokens[head].lemma in words["speech"] | {"следовать", "указать", "сказать", "говориться"}


def _recent(things: list[Thing]) -> Iterator[Thing]:
    """The things named last, the latest first."""
    return reversed(things[-_REACH:])


def _same(document: Document, thing: Thing, title: Title, words: WordSets) -> bool:
    first = thing.first
    if thing.treaty is not None and title.treaty is not None:
        return thing.treaty == title.treaty
    if title.treaty is not None and (first.plural or title.token.lemma != first.token.lemma):
        return False
    if title.treaty is not None and any(t.subject for t in thing.titles[:_NAMES]):
        return False  # «соглашение об ассоциации», later «Минские соглашения»
    if thing.treaty is not None and title.subject is not None and not any(t.subject for t in thing.titles[:_NAMES]):
        return False
    if (thing.first.noun.force == "talks") != (title.noun.force == "talks"):
        return False  # talks are about another instrument than the one signed
    if thing.is_open and title.noun.force == "named" and not title.plural:
        return True
    if thing.is_sheaf or title.noun.force == "echo":
        return thing.is_sheaf and not thing.is_open and title.noun.force == "echo" and title.count is None
    bare = not title.subject and not title.parties and not title.dated
    if title.plural and title.sentence.start - thing.titles[-1].sentence.end > _FAR:
        return False
    if not title.plural and first.noun.lemmas[0] in _VAGUE and _is_headline(document, thing):
        return _parties_meet(document, thing, title)
    family = title.noun.kind in (thing.kind, first.noun.kind)
    if not family and not (bare and {title.noun.kind, thing.kind} <= {"agreement", "contract"}):
        return False
    if title.plural != first.plural and (title.plural or not bare):
        return False
    if title.noun.force == "loose" and title.noun.lemmas[-1] != first.noun.lemmas[-1]:
        return False
    if min(len(title.noun.lemmas), len(first.noun.lemmas)) > 1 and title.noun.lemmas != first.noun.lemmas:
        return False  # «план совместных действий», «план сотрудничества»
    if _is_headline(document, thing) and not title.plural and _parties_meet(document, thing, title):
        return True  # a headline words the subject its own way
    if not _marks(title, words) <= {m for t in thing.titles[:_NAMES] for m in _marks(t, words)}:
        return False
    if (
        title.subject
        and not any(t.subject for t in thing.titles[:_NAMES])
        and (first.number > _LEAD or title.noun.force == "loose")
        and title.number > first.number
    ):
        return False  # a thing told in the body gets no subject later
    if set(title.modifiers) & words["commercial"] and not thing.commercial and thing.first.number != title.number:
        return False  # «межправительственное соглашение», later «кредитное соглашение»
    if _has_other_partner(document, thing, title):
        return False
    if title.number == first.number and first.subject is not None and title.subject is not None:
        return False  # two that both say their subject in one sentence are a list
    return _parties_agree(thing, title) and _subjects_agree(thing, title) and _dates_agree(document, thing, title)


def _has_other_partner(document: Document, thing: Thing, title: Title) -> bool:
    """«такое же соглашение Чад обсуждает с Нигером»: the clause tells of a partner that the thing does not have."""
    if title.parties:
        return False
    mine = thing.codes()
    mine = mine if len(mine) > 1 else mine | _partners(document, thing.first)
    theirs = _partners(document, title)
    return bool(mine and theirs) and not mine & theirs


def _partners(document: Document, title: Title) -> set[str]:
    """Those with whom the verb of its clause is done: «обсуждает с Кореей»."""
    found: set[str] = set()
    tokens = title.sentence.tokens
    for before, token in pairwise(clause_of(title.sentence, title.head)):
        if before.text.lower() not in ("с", "со") or before.index + 1 != token.index:
            continue
        for p in starting(document.parties, token.start, token.end):
            heads = {t.head for t in document.tokens_in(title.sentence, p.start, p.end)}
            if p.kind in ("state", "capital", "body") and any(h >= 0 and tokens[h].pos == "VERB" for h in heads):
                found |= set(p.codes)
    return found


def _is_headline(document: Document, thing: Thing) -> bool:
    """Whether only the headline has named it so far."""
    return all(document.page.blocks[t.sentence.block].kind == "title" for t in thing.titles[:_NAMES])


def _parties_meet(document: Document, thing: Thing, title: Title) -> bool:
    """Whether a name at the top of the body says the parties of the headline, or fewer or more of them."""
    if title.number > _TOP:
        return False
    mine, theirs = thing.codes(), {c for p in title.parties for c in p.codes}
    if not theirs:
        theirs = _named_in(document, title)
    if not mine and title.noun is thing.first.noun:  # «наложила вето на резолюцию», and its organ in the body
        return bool(_named_in(document, thing.first) & theirs)
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def _named_in(document: Document, title: Title) -> set[str]:
    return {c for p in starting(document.parties, title.sentence.start, title.sentence.end) for c in p.codes}


_VAGUE = {"сделка", "договоренность"}  # what a headline calls any instrument
_TOP = 3  # sentences from the top that retell the headline


def _marks(title: Title, words: WordSets) -> set[str]:
    """The attributes that part an instrument from a namesake: «предыдущий», «трехлетний», «долгосрочный»."""
    return {m for m in title.modifiers if m in words["other"] or m.endswith(("летний", "срочный"))}


def _parties_agree(thing: Thing, title: Title) -> bool:
    mine, theirs = thing.codes(), {c for p in title.parties for c in p.codes}
    return not mine or not theirs or theirs <= mine or mine <= theirs or (len(mine) < 2 and len(theirs | mine) <= 2)


def _subject(title: Title) -> list[Token]:
    return list(words_of(title.subject, title.sentence)) if title.subject is not None else []


def _stems(title: Title) -> set[str]:
    return {t.lemma[:5] for t in _subject(title) if t.pos in ("NOUN", "PROPN", "ADJ", "VERB", "NUM", "X")}


def _subjects_agree(thing: Thing, title: Title) -> bool:
    theirs = _stems(title)
    known = [s for t in thing.titles[:_NAMES] if (s := _stems(t))]
    if not known or not theirs:
        return True
    if any(_abbreviates(title, t) or _abbreviates(t, title) for t in thing.titles[:_NAMES]):
        return True
    return max(len(theirs & k) / min(len(theirs), len(k)) for k in known) >= _ALIKE


def _abbreviates(short: Title, full: Title) -> bool:
    """«договор по СНВ», «договор о сокращении стратегических наступательных вооружений»."""
    acronyms = [t.text for t in _subject(short) if t.text.isupper() and t.text.isalpha() and len(t.text) > 2]
    initials = "".join(t.text[0].upper() for t in _subject(full) if t.text[0].isalpha())
    return any(a in initials for a in acronyms)


def _dates_agree(document: Document, thing: Thing, title: Title) -> bool:
    """Whether «соглашение 2023 года» can be the thing: one of its dates says so, or neither has any."""
    dated = title.dated.edtf if title.dated is not None else None
    if dated is None:
        return True
    known = [t.dated.edtf for t in thing.titles[:_NAMES] if t.dated is not None and t.dated.edtf]
    signed = [date_of(document, w, []) for w in thing.words[:_NAMES] if w.entry.step == "signed"]
    known += [t.edtf for t in signed if t is not None and t.edtf]
    return any(k.startswith(dated) or dated.startswith(k) for k in known) if known else not thing.words


def _attach(things: list[Thing], word: StepWord, owners: dict[int, Thing | None], item: int) -> None:
    if word.pronoun is not None:
        thing = next((t for t in _recent(things) if t.item == item and _agrees_pronoun(word.pronoun, t)), None)
        if thing is not None and word.entry.step not in ("negotiated", "implemented", "amended"):
            thing.pronouns.append(Span(word.pronoun.start, word.pronoun.end))
            thing.words.append(word)
        return
    if not word.titles and word.sentence.closing != ":":
        thing = next((t for t in _recent(things) if t.item == item and not t.is_sheaf), None)
        if thing is not None and _is_fresh(thing, word):
            thing.words.append(word)
        return
    for title in word.titles:
        thing = owners.get(id(title))
        if thing is not None and word not in thing.words[-3:]:
            thing.words.append(word)


def _is_fresh(thing: Thing, word: StepWord) -> bool:
    """Whether the sentences right before one name the thing."""
    last = max((*thing.titles[-1:], *thing.echoes[-1:]), key=lambda t: t.sentence.start).sentence
    return 0 < word.sentence.start - last.end <= _FRESH


_FRESH = 60  # letters between the end of one sentence and the beginning of another that leaves out its object


def _agrees_pronoun(pronoun: Token, thing: Thing) -> bool:
    head = thing.first.token.feats
    plural = pronoun.lemma in ("они", "их") or pronoun.feats.get("Number") == "Plur"
    if plural or head.get("Number") == "Plur":
        return plural and head.get("Number") == "Plur"
    feminine = pronoun.text.lower() in ("её", "ее", "она", "ней", "ею") or pronoun.feats.get("Gender") == "Fem"
    return feminine == (head.get("Gender") == "Fem")


def _join_named_inside(things: list[Thing]) -> list[Thing]:
    """«согласовали программу», then «соглашение о программе»: what stands in the subject of another joins it."""
    gone: set[int] = set()
    for one in things[:_REACH]:
        for other in things[:_REACH]:
            if one is other or one.item != other.item or id(other) in gone or any(t.subject for t in one.titles):
                continue
            if one.kind == "plan" and one.first.noun.lemmas[0] in {t.lemma for x in other.titles for t in _subject(x)}:
                other.echoes += one.titles + one.echoes
                other.words += one.words
                gone.add(id(one))
                break
    return [t for t in things if id(t) not in gone]


def _tell(document: Document, thing: Thing, tables: Tables) -> Iterator[Told]:
    """The steps of a thing, one of each name and actor, in the order told; the dated one is kept."""
    words = tables.derive(signing_words)
    told: dict[tuple[str, str | None], Told] = {}
    if thing.first.noun.force == "talks":
        talks = StepWord(_TALKS, thing.first.sentence, thing.first.head, "noun", "open", [thing.first])
        told["negotiated", None] = Told("negotiated", talks)
    for word in thing.words:
        taken = [t for title in word.titles for t in (title.valid, title.dated) if t is not None]
        thing.supposed = thing.supposed or word.standing == "supposed"
        step = step_of(thing, word, tables)
        if step is None or (word.standing == "denied" and word.entry.role == "oblique" and word.entry.side == "one"):
            continue  # «к соглашению не присоединилась»: others have signed it
        time = date_of(document, word, taken)
        if time is not None and awaits(document, time):
            time = _counted(document, time, told, tables)
        time = _in_tense(document, word, time)
        shared = step == "approved" and thing.kind in ("plan", "statement", "other") and _is_shared(document, word)
        if shared:
            step = "signed"  # «министерства двух стран утвердили дорожную карту»
        if time is None and step == "planned" and (due := _due(word)) is not None:
            time = due
        ahead = word.standing in ("coming", "present") and not _is_taking(word)
        if time is None and ahead and step in _DATED_AHEAD:
            continue
        if step == "planned" and word.standing == "present" and _is_over(document, time):
            step = "signed"  # «в 1972 году стороны заключают договор»
        thing.denied = thing.denied or word.standing == "denied"
        if time is None and step in _TOLD_AT_TALKS:
            time = _in_tense(document, word, _day_of_talks(document, word, words))
        if time is not None and step == "signed" and time.deadline == "from":
            time = None
        if time is not None and _covers(step, word, time) and (step == "in_force" or word.standing != "coming"):
            thing.valid, time = time, _first_day(time)
        alone = (word.entry.side == "one" and not shared) or word.standing in ("refused", "offered")
        alone = alone or (step == "signed" and thing.is_wide and _is_one(word))
        alone = alone or (step in ("negotiated", "approved") and word.entry.step == "signed" and not shared)
        by = actor_of(document, word) if alone else None
        key = step, by[0] if by else None
        known = told.get(key)
        if known is None or (known.time is None and time is not None):
            told[key] = Told(step, word, time, by)
    _add_dated(thing, told)
    if thing.valid is None and not any(t.valid for t in thing.titles):
        thing.valid = _from_signing(document, thing, told.get(("signed", None)), tables)
    yield from _without_doubles(told)


def _due(word: StepWord) -> TimeMention | None:
    """«намерены подписать соглашение до июля»: the day by which it is to be done is no period of the document."""
    for title in word.titles:
        valid = title.valid
        if valid is not None and valid.deadline == "by" and title.last > word.index and valid.grain != "year":
            due, title.valid = valid, None
            return due
    return None


def _in_tense(document: Document, word: StepWord, time: TimeMention | None) -> TimeMention | None:
    """A day or month printed without its year lies where the tense of its verb puts it; none where it cannot."""
    day = document.page.day
    if time is None or day is None or not time.edtf or word.standing not in ("done", "coming", "present"):
        return time
    first, last = edtf.first_day(time.edtf), edtf.last_day(time.edtf)
    if word.form == "noun" and word.entry.step == "terminated":
        return time  # «с истечением срока действия договора в 2029 году»
    open_year = time.rule in ("day", "month", "days", "months") and time.how == How.RESOLVED
    if word.standing == "done" and first is not None and first > day:
        back = edtf.shift_years(time.edtf, -1) if open_year and not time.deadline else None
        return replace(time, edtf=back) if back else None
    overdue = last is not None and last <= day
    if word.standing == "done" and time.deadline == "by" and not overdue and word.entry.step != "extended":
        return None  # «согласовали проект и намерены подписать его до конца июня»
    ahead = word.standing == "coming" or (word.standing == "present" and word.entry.step in ("in_force", "terminated"))
    if ahead and open_year and last is not None and last < day and word.form != "participle":
        return replace(time, edtf=edtf.shift_years(time.edtf, 1))
    return time


def _counted(
    document: Document, time: TimeMention, told: dict[tuple[str, str | None], Told], tables: Tables
) -> TimeMention | None:
    """«Через 30 дней после подписания» from the day of signature; None where that is not told."""
    sentence = document.sentence_at(time.start)
    entries = tables.derive(index_steps)
    ahead = document.tokens_in(sentence, time.end, time.end + _EVENT_REACH)
    steps = {e.step for t in ahead for e in entries.get(t.lemma, ())}
    base = next((one.time for (step, _), one in told.items() if step in steps and one.time is not None), None)
    start = edtf.first_day(base.edtf) if base is not None and base.edtf and base.grain == "day" else None
    words = document.words(time.start, time.end)
    months, days = _months(words, tables), _days(words, tables)
    if start is None or not (months or days):
        return None
    day = edtf.add_months(start, months) if months else edtf.add_days(start, days or 0)
    return replace(time, edtf=day.isoformat(), grain="day", how=How.COMPUTED) if day is not None else None


_EVENT_REACH = 40  # letters from «через месяц» to the event that it is counted from


def _days(words: str, tables: Tables) -> int | None:
    """«через 30 дней» in days; None for what is no number of days or weeks."""
    count = 1
    for word in words.lower().split():
        if word.startswith(("дн", "ден", "сут", "недел")):
            return count * (7 if word.startswith("недел") else 1)
        if word.isdigit() and len(word) <= _DIGITS:
            count = int(word)
        else:
            count = int(tables.derive(_cardinals).get(word, count))
    return None


def _is_shared(document: Document, word: StepWord) -> bool:
    """Whether two parties or more take a step with a verb in the plural."""
    if word.token.feats.get("Number") != "Plur" or word.form != "finite":
        return False
    clause = clause_of(word.sentence, word.index)
    own = [t.span for t in word.titles]
    named = {
        c
        for p in starting(document.parties, clause[0].start, clause[-1].end)
        for c in p.codes
        if not any(s.start <= p.start < s.end for s in own) and not is_place(word.sentence, p.start)
    }
    return len(named) >= 2 or any(t.lemma in ("сторона", "страна") and _is_many(t) for t in clause)


def _is_one(word: StepWord) -> bool:
    """Whether one party by itself takes a step that many have taken: «Чад подписал конвенцию»."""
    alone = word.form == "finite" and word.token.feats.get("Number") == "Sing"
    together = any(t.lemma == "вместе" for t in clause_of(word.sentence, word.index))
    return alone and not together and word.token.feats.get("Voice") not in ("Mid", "Pass")


def _is_many(token: Token) -> bool:
    return token.feats.get("Number") == "Plur"


def _from_signing(document: Document, thing: Thing, signed: Told | None, tables: Tables) -> TimeMention | None:
    """«Сроком на три года» runs from the day of signature."""
    start = edtf.first_day(signed.time.edtf) if signed and signed.time and signed.time.edtf else None
    if signed is None or start is None or signed.time is None or signed.time.grain != "day":
        return None
    for sentence in {id(t.sentence): t.sentence for t in thing.titles}.values():
        for time in starting(document.times, sentence.start, sentence.end):
            before = document.words(max(sentence.start, time.start - _TERM_REACH), time.start).split()
            if time.grain != "duration" or not before or not before[-1].lower().startswith(_TERMS):
                continue
            months = _months(document.words(time.start, time.end), tables)
            end = edtf.add_months(start, months) if months else None
            if end is not None:
                return replace(time, edtf=f"{start.isoformat()}/{end.isoformat()}", grain="span", how=How.COMPUTED)
    return None


_TERMS = "срок"
_TERM_REACH = 20  # letters


def _months(words: str, tables: Tables) -> int | None:
    """«на три года» in months; None for what is no whole number of months."""
    count = None
    for word in words.lower().split():
        if word.startswith(("год", "лет", "месяц")):
            whole = 1 if count is None else count
            return int(whole) * (1 if word.startswith("мес") else 12) if float(whole).is_integer() else None
        count = float(word) if word.isdigit() and len(word) <= _DIGITS else tables.derive(_cardinals).get(word, count)
    return None


_DIGITS = 3  # no term is longer than 999


def _cardinals(tables: Tables) -> dict[str, float]:
    rows = (row for row in tables.rows("ru/numerals") if row["kind"] == "cardinal")
    return {word: float(row["value"]) for row in rows for word in values(row["words"])}


def _is_over(document: Document, time: TimeMention | None) -> bool:
    """Whether a time lies before the day of the report."""
    day = document.page.day
    return (
        time is not None
        and day is not None
        and bool(time.edtf)
        and str(time.edtf)[:10] < day.isoformat()[: len(str(time.edtf)[:10])]
    )


def _day_of_talks(document: Document, word: StepWord, words: WordSets) -> TimeMention | None:
    """«по итогам переговоров подписали»: the day last named before, within a few sentences of the same news; of a
    plain «подписали» that of the talks told right before.
    """
    if word.form == "participle":
        return None
    here = {t.lemma for t in clause_of(word.sentence, word.index)}
    told = bool(here & words["journey"])
    plain = word.standing == "law" or (word.form in ("finite", "short") and word.standing == "done")
    plain = plain or (word.form == "infinitive" and word.standing == "coming")
    if not told and (not plain or here & _EARLIER):
        return None
    low = max(0, word.sentence.start - _TALKS_REACH)
    item = document.item_of(word.sentence)
    high = word.sentence.end if told else word.sentence.start
    for time in reversed(starting(document.times, low, high)):
        sentence = document.sentence_at(time.start)
        if _is_of_days(time) and document.item_of(sentence) == item:
            gone = word.standing == "coming" and _is_over(document, time)
            if (told or _is_of_talks(sentence, words)) and not gone:
                return replace(time, how=How.INHERITED)
            return None
    return _day_of_lead(document, item, words) or (_day_of_page(document, item, words) if plain else None)


def _day_of_page(document: Document, item: int, words: WordSets) -> TimeMention | None:
    """The day that the page is stamped with, which is that of the talks it begins with."""
    first = bisect_left(document.sentences, item, key=document.item_of)
    if not any(_is_of_talks(s, words) for s in document.sentences[first : first + _LEAD]):
        return None
    stamp = next((b for b in document.page.blocks if b.kind == "stamp" and b.item == item), None)
    day = document.page.day
    if stamp is None or day is None or document.page.published != day.isoformat():
        return None
    return TimeMention(stamp.start, stamp.end, day.isoformat(), "day", "", How.INHERITED, "day of the page")


def _is_of_talks(sentence: Sentence, words: WordSets) -> bool:
    return any(t.lemma in words["journey"] or t.lemma in _TALKED for t in sentence.tokens)


def _day_of_lead(document: Document, item: int, words: WordSets) -> TimeMention | None:
    """The day of the talks that the first sentences of a news tell of: its list of documents was signed then."""
    first = bisect_left(document.sentences, item, key=document.item_of)
    for sentence in document.sentences[first : first + _LEAD + 1]:
        if document.item_of(sentence) == item and _is_of_talks(sentence, words):
            for time in starting(document.times, sentence.start, sentence.end):
                if _is_of_days(time):
                    return replace(time, how=How.INHERITED)
    return None


_TALKED = {"разговор", "посетить", "посещать", "посещение", "встретиться", "встречаться", "прибыть"}
_TOLD_AT_TALKS = {"signed", "planned", "initialled", "ratified", "rejected"}
_EARLIER = {"ранее", "прежде", "раньше", "прошлый", "тогда", "уже"}


def _is_of_days(time: TimeMention) -> bool:
    """A day, or the days from one to another: «10-11 апреля»."""
    parts = (time.edtf or "").split("/")
    return len(parts[0]) == _DAY and len(parts[-1]) == _DAY and time.deadline == ""


_DAY = len("2021-05-31")


def _covers(step: str, word: StepWord, time: TimeMention) -> bool:
    """«продлен до 31 октября», «действует с 2013 года» or «до 2030 года»: the time is the period, not its day."""
    acts = word.token.lemma == "действовать" and time.deadline == "by"
    return (step == "extended" and time.deadline == "by") or (step == "in_force" and (acts or time.deadline == "from"))


def _first_day(time: TimeMention) -> TimeMention | None:
    """The day from which a period runs, or None where it has no start."""
    edtf = (time.edtf or "").removesuffix("/..")
    return replace(time, edtf=edtf, deadline="") if edtf and not edtf.startswith("..") else None


def _without_doubles(told: dict[tuple[str, str | None], Told]) -> Iterator[Told]:
    """Leave out what was to come where it is told as done, and a step without actor that is told with one."""
    done = {t.step for t in told.values()}
    for (step, _), one in told.items():
        if step in ("planned", "negotiated") and one.time is None and done & (_CLOSED | {"suspended"}):
            continue
        running = one.word.standing in ("present", "coming") or one.word.token.feats.get("Aspect") == "Imp"
        if step == "terminated" and "extended" in done and running:
            continue  # «истекающий завтра контракт продлен», «истекавшее в мае соглашение продлили»
        if one.by is None and any(k[0] == step and k[1] for k in told):
            continue
        yield one


def _add_dated(thing: Thing, told: dict[tuple[str, str | None], Told]) -> None:
    """«соглашение 2023 года», «договор от 5 мая» was signed then."""
    known = told.get(("signed", None))
    if known is not None and known.time is not None:
        return
    for title in thing.titles:
        if title.dated is not None and title.dated.edtf and title.noun.force != "echo":
            word = known.word if known else StepWord(_DATED, title.sentence, title.head, "noun", titles=[title])
            told["signed", None] = Told("signed", word, title.dated)
            return


_TALKS = StepEntry((), "negotiated", "object", "both")
_DATED = StepEntry((), "signed", "object", "both")


def step_of(thing: Thing, word: StepWord, tables: Tables) -> str | None:
    """The step that a word tells of a thing by its standing, or None where it tells none."""
    standing = word.standing
    step: str | None = word.entry.step
    if standing == "law":
        step = _law_step(word, tables)
    elif standing == "refused":
        return "rejected" if step in ("signed", "ratified") else None
    elif standing == "offered":
        return "negotiated" if step == "signed" else None
    elif standing == "granted":
        return "approved"  # «одобрил подписание соглашения»
    elif standing == "denied":
        return step if step in ("signed", "negotiated", "initialled") else None
    elif standing == "coming":
        return "planned" if step == "signed" else step if step in {"extended", *_DATED_AHEAD} else None
    elif standing == "present":
        if word.form == "participle":
            return step if step in _DATED_AHEAD else None
        taken = step in _OPEN_STEPS or (_is_taking(word) and step in _DATED_AHEAD)
        return "planned" if step == "signed" else step if taken else None
    elif standing != "done":
        return None
    if step == "ratified" and _by_one_chamber(word, tables.derive(signing_words)):
        return "approved"
    if word.token.lemma == "опубликовать" and thing.kind != "statement":
        return None
    if word.token.lemma in _OF_RESOLUTIONS and not (
        thing.is_resolution or (thing.kind == "statement" and step == "rejected")
    ):
        return None
    if step == "extended" and thing.first.noun.force == "talks":
        return "negotiated"  # «переговоры возобновились»
    if word.token.lemma in ("объявить", "объявлять") and thing.first.noun.force == "loose":
        return None
    if word.token.lemma in _LAID_DOWN and word.form in ("participle", "short"):
        return None  # «закреплено в договоре» tells of no new one
    if thing.first.noun.lemmas[0] in ("нота", "инициатива") and step != "signed":
        return None  # one that is sent or handed over is no instrument
    if word.token.lemma == "выступить" and thing.kind == "plan" and step == "signed":
        return "negotiated"  # «выступил с мирным планом»
    if step == "approved" and thing.is_resolution:
        return "signed"
    agreed = word.token.lemma == "согласовать" and thing.kind in ("plan", "other", "statement")
    return "signed" if agreed else step


def _is_taking(word: StepWord) -> bool:
    """«Чад выходит из договора»: the step is taken with the news of it."""
    return word.standing == "present" and word.form == "finite" and word.entry.side == "one"


_LAID_DOWN = {"закрепить", "зафиксировать"}
_OF_RESOLUTIONS = {"блокировать", "заблокировать", "внести"}
_DATED_AHEAD = {"in_force", "terminated", "withdrawn", "suspended"}  # told of the time to come only with their day
_OPEN_STEPS = {"in_force", "terminated", "extended", "negotiated"}


def _by_one_chamber(word: StepWord, words: WordSets) -> bool:
    """«нижняя палата ратифицировала» is one chamber's vote."""
    lemmas = {t.lemma for t in clause_of(word.sentence, word.index)}
    if "чтение" in lemmas and lemmas & {"первый", "второй"} and not lemmas & {"третий", "окончательный", "два"}:
        return True
    return bool(words["lower"] & lemmas) and not lemmas & {"оба", "обе", "закон"}


def _law_step(word: StepWord, tables: Tables) -> str | None:
    """«принял закон о ратификации» ratifies, «вернул законопроект о ратификации» rejects, «внес» does neither."""
    entries = tables.derive(index_steps)
    for token in clause_of(word.sentence, word.law if word.law is not None else word.index):
        if not (is_finite(token) or is_short(token)) or token.feats.get("Tense") in ("Fut", "Pres"):
            continue
        steps = {e.step for e in entries.get(token.lemma, ())}
        if steps & {"signed", "ratified"}:
            return word.entry.step
        if steps & {"approved", "rejected"}:
            return "approved" if "approved" in steps else "rejected"
    return None
