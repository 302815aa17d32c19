"""Document -> drafts of its instruments: every phrase that names or recalls one, gathered into one record a thing.

Titles come from `titles`, steps from `steps`; here they are told apart or joined, given parties, and quoted.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from servanda.lang.protocol import Language
from servanda.lang.words import Sentence, Token
from servanda.model.reading import Step
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.clauses import is_finite, is_short, trim
from servanda.reading.document import Document, PartyMention, TimeMention
from servanda.reading.draft import Draft
from servanda.reading.steps import StepEntry, StepWord, actor_of, clause_of, date_of, find_steps, index_steps, is_place
from servanda.reading.titles import Title, find_titles
from servanda.world.tables import Tables

_JOINT = {"совместный", "межправительственный", "межгосударственный", "двусторонний", "трехсторонний", "многосторонний",
          "международный", "межведомственный"}  # fmt: skip
_OTHER_ONE = {"предыдущий", "прежний", "другой", "отдельный", "аналогичный", "долгосрочный", "временный", "иной"}
_CREDIT = {"кредитный", "заемный", "грантовый", "займовый", "коммерческий"}
_SPEECH = {
    "сообщать", "сообщить", "передавать", "заявить", "заявлять", "сказать", "говорить", "отметить", "отмечать", "подчеркнуть",
    "подчеркивать", "писать", "уточнить", "добавить", "пояснить", "рассказать", "утверждать", "напомнить", "говориться",
    "отмечаться", "сообщаться", "следовать", "указать", "признать", "считать",
}  # fmt: skip
_TURNS = {"однако", "а", "но", "хотя", "причем", "который"}
_UNSURE = {"якобы", "возможно", "вероятно", "тайно", "слух", "предположительно"}


@dataclass(slots=True, eq=False)
class _Told:
    """A step as it was told: the word, its date and its actor."""

    step: str
    word: StepWord
    time: TimeMention | None = None
    by: tuple[str, Span, str] | None = None


@dataclass(slots=True, eq=False)
class _Thing:
    """One instrument: all that names it, and what is told of it."""

    item: int
    titles: list[Title] = field(default_factory=list)
    echoes: list[Title] = field(default_factory=list)
    pronouns: list[Span] = field(default_factory=list)
    words: list[StepWord] = field(default_factory=list)
    told: list[_Told] = field(default_factory=list)
    denied: bool = False
    supposed: bool = False

    @property
    def kind(self) -> str:
        """The kind of its first title; a credit agreement is a contract."""
        first = self.titles[0]
        if first.noun.kind == "agreement" and any(set(t.modifiers) & _CREDIT for t in self.titles):
            return "contract"
        return first.noun.kind

    def named(self) -> list[PartyMention]:
        """Party mentions within its titles."""
        return [p for t in self.titles for p in t.parties]

    def codes(self) -> set[str]:
        """Codes of the parties within its titles."""
        return {c for p in self.named() for c in p.codes}


def find_instruments(document: Document, language: Language, tables: Tables) -> list[Draft]:
    """The instruments of a document, in the order in which they are first named."""
    things: list[_Thing] = []
    for number, sentence in enumerate(document.sentences):
        titles = find_titles(document, number, tables)
        owners = {id(t): _place(document, things, t, sentence) for t in titles}
        for word in find_steps(document, titles, number, tables):
            _attach(things, word, owners, document.item_of(sentence))
    for thing in things:
        thing.told = list(_tell(document, thing, tables))
    drafts = [draft for thing in things if (draft := _draft(document, thing)) is not None]
    return drafts


def instrument_at(drafts: Iterable[Draft], start: int, end: int | None = None) -> Draft | None:
    """The instrument that the words at an offset, or within a span, name or recall; the last one named of several."""
    stop = start + 1 if end is None else end
    found = [
        (span.start, draft)
        for draft in drafts
        if draft.type == "instrument"
        for span in draft.mentions
        if span.start < stop and start < span.end
    ]
    return max(found, key=lambda f: f[0])[1] if found else None


# ---- which thing a title names


def _place(document: Document, things: list[_Thing], title: Title, sentence: Sentence) -> _Thing | None:
    item = document.item_of(sentence)
    if title.noun.force == "echo" and not (title.plural or title.count):
        thing = next((t for t in reversed(things) if t.item == item and not _is_sheaf(t)), None)
        if thing is not None:
            thing.echoes.append(title)
        return thing
    for thing in reversed(things):
        if thing.item == item and _same(thing, title):
            thing.titles.append(title)
            return thing
    thing = _Thing(item, [title])
    things.append(thing)
    return thing


def _is_sheaf(thing: _Thing) -> bool:
    return thing.titles[0].noun.force == "echo"


def _same(thing: _Thing, title: Title) -> bool:
    first = thing.titles[0]
    if _is_sheaf(thing) or title.noun.force == "echo":
        return _is_sheaf(thing) and title.noun.force == "echo" and title.count is None
    family = title.noun.kind == thing.kind or title.noun.kind == first.noun.kind
    alike = title.noun.lemmas == first.noun.lemmas
    bare = not title.subject and not title.parties
    if not family and not (bare and {title.noun.kind, thing.kind} <= {"agreement", "contract"}):
        return False
    if title.plural != first.plural and (title.plural or not bare):
        return False
    if title.noun.force == "loose" and not alike:
        return False
    marks = set(title.modifiers) & _OTHER_ONE
    if marks and not any(marks & set(t.modifiers) for t in thing.titles):
        return False
    if title.number == first.number and not bare and title.head != first.head and _listed(first, title):
        return False
    return _parties_agree(thing, title) and _subjects_agree(thing, title) and _dates_agree(thing, title)


def _listed(first: Title, title: Title) -> bool:
    """Two titles of one sentence that both say their subject are two things."""
    return first.subject is not None and title.subject is not None


def _parties_agree(thing: _Thing, title: Title) -> bool:
    mine, theirs = thing.codes(), {c for p in title.parties for c in p.codes}
    return not mine or not theirs or theirs <= mine or (len(mine) < 2 and len(theirs | mine) <= 2) or mine <= theirs


def _subjects_agree(thing: _Thing, title: Title) -> bool:
    if title.subject is None:
        return True
    theirs = _stems(title)
    known = [s for t in thing.titles if (s := _stems(t))]
    if not known or not theirs:
        return True
    return max(len(theirs & k) / min(len(theirs), len(k)) for k in known) >= 0.34


def _stems(title: Title) -> set[str]:
    if title.subject is None:
        return set()
    return {
        t.lemma[:5]
        for t in title.sentence.tokens
        if title.subject.start <= t.start < title.subject.end and t.pos in ("NOUN", "PROPN", "ADJ", "VERB", "NUM", "X")
    }


def _dates_agree(thing: _Thing, title: Title) -> bool:
    if title.dated is None or title.dated.edtf is None:
        return True
    known = [t.dated.edtf for t in thing.titles if t.dated is not None and t.dated.edtf]
    return not known or any(k.startswith(title.dated.edtf) or title.dated.edtf.startswith(k) for k in known)


def _attach(things: list[_Thing], word: StepWord, owners: dict[int, _Thing | None], item: int) -> None:
    if word.pronoun is not None:
        thing = next((t for t in reversed(things) if t.item == item and _agrees_pronoun(word.pronoun, t)), None)
        if thing is not None and word.entry.step not in ("negotiated", "implemented"):
            thing.pronouns.append(Span(word.pronoun.start, word.pronoun.end))
            thing.words.append(word)
        return
    for title in word.titles:
        thing = owners.get(id(title))
        if thing is not None and word not in thing.words:
            thing.words.append(word)


def _agrees_pronoun(pronoun: Token, thing: _Thing) -> bool:
    head = thing.titles[0].token.feats
    plural = pronoun.lemma in ("они", "их") or pronoun.feats.get("Number") == "Plur"
    if plural or head.get("Number") == "Plur":
        return plural and head.get("Number") == "Plur"
    gender = pronoun.feats.get("Gender", "")
    feminine = pronoun.text.lower() in ("её", "ее", "она", "ней", "ею") or gender == "Fem"
    return feminine == (head.get("Gender") == "Fem")


# ---- steps


def _tell(document: Document, thing: _Thing, tables: Tables) -> Iterator[_Told]:
    """The steps of a thing, one of each name and actor, in the order told; the dated one is kept."""
    told: dict[tuple[str, str | None], _Told] = {}
    for word in thing.words:
        if word.standing == "supposed":
            thing.supposed = True
        step = _step_of(thing, word, tables)
        if step is None:
            continue
        taken = [t for title in thing.titles for t in (title.valid, title.dated) if t is not None]
        time = date_of(document, word, taken)
        if time is None and word.standing in ("coming", "present") and step in ("in_force", "terminated"):
            continue
        if word.standing == "denied":
            thing.denied = True
        by = actor_of(document, word) if word.entry.side == "one" or word.standing == "refused" else None
        known = told.get((step, by[0] if by else None))
        if known is None or (known.time is None and time is not None):
            told[step, by[0] if by else None] = _Told(step, word, time, by)
    _add_dated(thing, told)
    names = {t.step for t in told.values()}
    for key, one in told.items():
        if (
            one.step in ("planned", "negotiated")
            and one.time is None
            and names & {"signed", "ratified", "in_force", "initialled"}
        ):
            continue
        if one.by is None and any(k[0] == key[0] and k[1] for k in told):
            continue
        yield one


def _add_dated(thing: _Thing, told: dict[tuple[str, str | None], _Told]) -> None:
    """«соглашение 2023 года», «договор от 5 мая» was signed then."""
    if ("signed", None) in told and told["signed", None].time is not None:
        return
    for title in thing.titles:
        if title.dated is not None and title.noun.force != "echo":
            word = told["signed", None].word if ("signed", None) in told else None
            told["signed", None] = _Told("signed", word or _silent(title), title.dated)
            return


def _silent(title: Title) -> StepWord:
    return StepWord(StepEntry((), "signed", "object", "both"), title.sentence, title.head, "noun", titles=[title])


def _step_of(thing: _Thing, word: StepWord, tables: Tables) -> str | None:
    step, standing = word.entry.step, word.standing
    if standing == "law":
        return _law_step(word, tables)
    if standing == "refused":
        return "rejected" if step == "signed" else None
    if standing in ("idle", "supposed"):
        return None
    if standing == "denied":
        return step if step in ("signed", "negotiated", "initialled") else None
    if standing == "coming":
        if step == "signed":
            return "planned"
        return step if step in ("in_force", "terminated", "extended") else None
    if standing == "present":
        if step == "signed":
            return "planned" if word.form != "participle" else None
        if word.form == "participle":
            return None
        return step if step in ("in_force", "terminated", "extended", "negotiated") else None
    agreed = word.token.lemma == "согласовать" and thing.kind in ("plan", "other", "statement")
    return "signed" if agreed else step


def _law_step(word: StepWord, tables: Tables) -> str | None:
    """«принял закон о ратификации» ratifies, «вернул законопроект о ратификации» rejects, «внес» does neither."""
    assert word.law is not None
    entries = tables.derive(index_steps)
    for token in clause_of(word.sentence, word.law):
        if not (is_finite(token) or is_short(token)) or token.feats.get("Tense") in ("Fut", "Pres"):
            continue
        steps = {e.step for e in entries.get(token.lemma, ())}
        if steps & {"signed", "ratified"}:
            return word.entry.step
        if steps & {"approved", "rejected"}:
            return next(iter(steps & {"approved", "rejected"}))
    return None


# ---- the record


def _draft(document: Document, thing: _Thing) -> Draft | None:
    parties = list(_parties(document, thing))
    if not _in_scope(thing, parties):
        return None
    best = max(thing.titles, key=lambda t: _weight(document, thing, t))
    draft = Draft("instrument", best.number, thing.item)
    draft.mentions = sorted({s for t in [*thing.titles, *thing.echoes] for s in (t.span, t.core)} | set(thing.pronouns))
    head = best.core
    draft.put("kind", thing.kind, head, how=How.INFERRED, rule="kind of the noun")
    draft.put("parties", [], how=How.INFERRED, rule="parties")
    for code, span, how, rule in parties:
        draft.add("parties", code, span, how=How(how), rule=rule)
    _put_subject(document, draft, thing)
    draft.put("count", None, how=How.INFERRED, rule="no number said")
    counted = next((t.count for t in thing.titles if t.count is not None), None)
    if counted is not None and counted.number > 1:
        draft.put("count", int(counted.number), counted.core, how=How.NORMALISED, rule=counted.rule)
    _put_steps(draft, thing)
    valid = next((t.valid for t in thing.titles if t.valid is not None and t.valid.edtf), None)
    draft.put("valid", None, how=How.INFERRED, rule="no period said")
    if valid is not None:
        draft.put("valid", valid.edtf, Span(valid.start, valid.end), how=How(valid.how), rule=valid.rule)
    _put_certainty(draft, thing, best)
    quote = _quote(best, thing)
    draft.put("quote", quote.of(document.page.text), quote, how=How.STATED, rule="clause of the title")
    draft.score = (
        0.5 + 0.1 * (len({p[0] for p in parties if p[3] != "parties of the report"}) >= 2) + 0.1 * bool(thing.told)
    )
    return draft


def _in_scope(thing: _Thing, parties: list[tuple[str, Span, str, str]]) -> bool:
    codes = {p[0] for p in parties}
    known = {p[0] for p in parties if p[3] != "parties of the report"}
    first = thing.titles[0]
    done = {t.step for t in thing.told}
    modifiers = {m for t in thing.titles for m in t.modifiers}
    said = any(t.subject for t in thing.titles)
    if len(codes) < 2 and not (codes and done & {"withdrawn", "ratified", "rejected"} and said):
        return False
    if first.noun.force == "echo":
        return bool(done & {"signed", "planned"}) and len(known) >= 1
    if first.noun.force == "loose":
        joint = bool(modifiers & _JOINT)
        return (
            len(thing.codes()) >= 2
            or (joint and bool(done))
            or (bool(done & {"signed", "planned", "initialled"}) and len(known) >= 2)
        )
    if first.noun.force == "deal":
        return len(thing.codes()) >= 2 or (bool(done) and len(known) >= 2)
    if all(t.plural for t in thing.titles):
        return bool(thing.codes() and (said or done)) or (bool(done) and len(known) >= 2)
    return bool(said or thing.codes() or done) and (bool(known) or (bool(done) and said))


def _parties(document: Document, thing: _Thing) -> Iterator[tuple[str, Span, str, str]]:
    """Code, span, how and rule of each party: of the title, else of the clause, else of the report."""
    seen: set[str] = set()

    def fresh(code: str) -> bool:
        return not (code in seen or seen.add(code))  # type: ignore[func-returns-value]

    for mention in thing.named():
        for code in mention.codes:
            if fresh(code):
                yield code, Span(mention.start, mention.end), mention.how, "party in the title"
    if len(seen) >= 2:
        return
    for code, span, how in _clause_parties(document, thing):
        if fresh(code):
            yield code, span, how, "party in the clause"
    if len(seen) >= 2:
        return
    for code, span in _main_parties(document, thing):
        if len(seen) < 2 and fresh(code):
            yield code, span, How.INHERITED, "parties of the report"


def _clause_parties(document: Document, thing: _Thing) -> Iterator[tuple[str, Span, str]]:
    """Who signs, in the clauses of the steps taken together; then who stands in the sentences of the titles."""
    joint = [w for w in thing.words if w.entry.side == "both" and w.standing != "idle"]
    found = 0
    for word in joint:
        for mention in _named_in(document, clause_of(word.sentence, word.index)):
            found += 1
            yield mention
    if not found:
        for title in thing.titles:
            yield from _named_in(document, clause_of(title.sentence, title.head))


def _named_in(document: Document, tokens: list[Token]) -> Iterator[tuple[str, Span, str]]:
    low, high = tokens[0].start, tokens[-1].end
    sentence = document.sentence_at(low)
    for party in document.parties:
        if low <= party.start < high and party.kind != "adjective" and not is_place(sentence, party.start):
            for code in party.codes:
                yield code, Span(party.start, party.end), party.how
    for person in document.people:
        if low <= person.start < high and person.party:
            yield person.party, Span(person.start, person.end), How.RESOLVED


def _main_parties(document: Document, thing: _Thing) -> Iterator[tuple[str, Span]]:
    """The parties most named in the report (or in this news of a digest), of two mentions or in its title."""
    counts: Counter[str] = Counter()
    spans: dict[str, Span] = {}
    for party in document.parties:
        sentence = document.sentence_at(party.start)
        if document.item_of(sentence) != thing.item or (is_place(sentence, party.start) and party.kind == "capital"):
            continue
        for code in party.codes:
            counts[code] += 1
            spans.setdefault(code, Span(party.start, party.end))
    for code, count in counts.most_common(3):
        if count >= 2 or len(counts) <= 2:
            yield code, spans[code]


def _put_subject(document: Document, draft: Draft, thing: _Thing) -> None:
    told = [t for t in thing.titles if t.subject is not None]
    draft.put("subject", None, how=How.INFERRED, rule="no subject said")
    if told:
        body = [t for t in told if document.page.blocks[t.sentence.block].kind != "title"] or told
        span = max((t.subject for t in body if t.subject), key=lambda s: s.end - s.start)
        draft.put("subject", span.of(document.page.text), span, how=How.STATED, rule="complement of the title")


def _put_steps(draft: Draft, thing: _Thing) -> None:
    draft.put("steps", [], how=How.INFERRED, rule="steps told")
    for number, one in enumerate(thing.told):
        time, by = one.time, one.by
        step = Step(one.step, time.edtf if time else None, by[0] if by else None)
        draft.add(
            "steps",
            step,
            Span(one.word.token.start, one.word.token.end),
            how=How.NORMALISED,
            rule=f"{one.word.form} of a step",
        )
        draft.note(
            f"steps/{number}/step",
            Span(one.word.token.start, one.word.token.end),
            how=How.NORMALISED,
            rule=one.word.form,
        )
        if time is not None and time.edtf:
            draft.note(f"steps/{number}/date", Span(time.start, time.end), how=How(time.how), rule=time.rule)
        if by is not None:
            draft.note(f"steps/{number}/by", by[1], how=How(by[2]), rule="actor of the step")


def _put_certainty(draft: Draft, thing: _Thing, best: Title) -> None:
    words = {t.lemma for t in best.sentence.tokens}
    done = [t for t in thing.told if t.word.standing == "done" or t.word.standing == "law"]
    if thing.denied and not done:
        draft.put("certainty", "denied", how=How.INFERRED, rule="negated step")
    elif (thing.supposed and not thing.told) or words & _UNSURE:
        draft.put("certainty", "possible", how=How.INFERRED, rule="condition or rumour")
    else:
        draft.put("certainty", "stated", how=How.INFERRED, rule="asserted")


def _weight(document: Document, thing: _Thing, title: Title) -> tuple[float, int]:
    kind = document.page.blocks[title.sentence.block].kind
    told = any(title in w.titles and w.standing not in ("idle", "supposed") for w in thing.words)
    codes = len({c for p in title.parties for c in p.codes})
    fullness = 1.5 * (title.subject is not None) + 0.8 * min(codes, 2) + told - 1.2 * (kind == "title")
    return fullness, -title.number


def _quote(title: Title, thing: _Thing) -> Span:
    """The clause of a title with the steps told of it there, without the words that name the speaker."""
    sentence = title.sentence
    own = [w.index for w in thing.words if w.sentence is sentence and title in w.titles]
    low, high = min([title.first, *own]), max([title.last, *own])
    tokens = sentence.tokens
    while low > 0 and not _cuts_before(sentence, low - 1):
        low -= 1
    while high < len(tokens) - 1 and not _cuts_after(sentence, high + 1):
        high += 1
    return trim(sentence, low, high)


def _cuts_before(sentence: Sentence, sign: int) -> bool:
    tokens = sentence.tokens
    if tokens[sign].text in ";:":
        return True
    if tokens[sign].text not in ",–—":
        return False
    back = []
    for i in range(sign - 1, -1, -1):
        if tokens[i].text in ",–—;:":
            break
        back.append(tokens[i])
    return any(is_finite(t) or is_short(t) or t.lemma in ("данные", "слово", "информация") for t in back)


def _cuts_after(sentence: Sentence, sign: int) -> bool:
    tokens = sentence.tokens
    if tokens[sign].text in ";:":
        return True
    if tokens[sign].text not in ",–—":
        return False
    ahead = []
    for i in range(sign + 1, len(tokens)):
        if tokens[i].text in ",–—;:":
            break
        ahead.append(tokens[i])
    if ahead and ahead[0].lemma in _TURNS - {"который"}:
        return True
    return any(t.lemma in _SPEECH for t in ahead[:4])
