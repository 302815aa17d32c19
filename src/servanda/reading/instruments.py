"""Document -> drafts of its instruments: parties, subject, steps, period, certainty and the clause to quote of each.

`titles` finds the phrases that name one, `steps` what is told of it, `things` which of them are the same. Here it is
decided whether a thing is an instrument between parties at all.
"""

from collections.abc import Iterable

from servanda.lang.protocol import Language
from servanda.lang.words import Sentence
from servanda.model.reading import Step
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.clauses import is_finite, is_short, trim
from servanda.reading.document import Document, starting
from servanda.reading.draft import Draft
from servanda.reading.signatories import BY_PASSAGE, BY_REPORT, Signatories, Signatory
from servanda.reading.steps import StepWord, clause_of, follows
from servanda.reading.things import Thing, gather_things
from servanda.reading.titles import Title, WordSets, signing_words, words_of
from servanda.world.tables import Tables


def find_instruments(document: Document, language: Language, tables: Tables) -> list[Draft]:
    """The instruments of a document, in the order in which they are first named."""
    words = tables.derive(signing_words)
    things = gather_things(document, tables)
    signatories = Signatories(document, tables, things)
    rivals = _titles_by_sentence(things)
    drafts = []
    for thing in things:
        parties = signatories.of(thing)
        if (
            _is_sport(document, thing, words)
            or _is_service(thing, words)
            or _is_past(document, thing)
            or _is_demanded(thing)
        ):
            continue
        if _in_scope(thing, parties, words) and not signatories.are_private(thing):
            _put_other_actor(thing, parties)
            drafts.append(_draft(document, thing, parties, rivals, words))
    return drafts


def _put_other_actor(thing: Thing, parties: list[Signatory]) -> None:
    """«Парламент денонсировал договор с Чили»: of two parties the one that its title leaves out acts."""
    named = thing.codes()
    others = [p for p in parties if p.code not in named]
    if len(parties) != 2 or len(others) != 1 or not all(t.opened_by_with for t in thing.titles if t.parties):
        return
    for one in thing.told:
        if one.by is None and one.word.entry.side == "one" and one.word.entry.step == one.step:
            one.by = (others[0].code, others[0].span, How.INHERITED)


def _titles_by_sentence(things: Iterable[Thing]) -> dict[int, list[Title]]:
    found: dict[int, list[Title]] = {}
    for thing in things:
        for title in thing.titles:
            found.setdefault(title.number, []).append(title)
    return found


def _is_past(document: Document, thing: Thing) -> bool:
    """History: named once, and all that is told of it is a signing of more than five years ago."""
    day = document.page.day
    if thing.treaty is not None:
        return False  # what bears a name lives on
    if day is None or len(thing.titles) + len(thing.echoes) > 1 or not thing.told:
        return False
    if not any(t.word.entry.lemmas for t in thing.told):
        return False  # «соглашение 1994 года защищает могилы»: its date alone is told
    if any(t.step != "signed" for t in thing.told) or any(map(_lives, thing.words)):
        return False
    years = [t.time.edtf[:4] for t in thing.told if t.time is not None and t.time.edtf]
    if not years:  # «в 1986 году возглавил посольство; при нем подписали протокол»
        sentence = thing.first.sentence
        near = starting(document.times, sentence.start, sentence.end)
        years = [t.edtf[:4] for t in near if t.edtf and t.grain in ("year", "day", "month")]
    return bool(years) and all(y.isdigit() and int(y) < day.year - _HISTORY for y in years)


def _is_demanded(thing: Thing) -> bool:
    """«Требует, чтобы президент не подписывал соглашений»: named once, as what others are to do."""
    if len(thing.titles) > 1 or thing.treaty is not None or not thing.words:
        return False
    return all(w.standing in ("idle", "denied") and follows(w.sentence, w.index, "чтобы") for w in thing.words)


_HISTORY = 5  # years


def _lives(word: StepWord) -> bool:
    """Whether the report tells a later step of an old instrument: «не расторгнуто», «ратифицирует»."""
    return word.entry.step != "signed" and word.form in ("finite", "short")


def instrument_at(drafts: Iterable[Draft], start: int, end: int | None = None) -> Draft | None:
    """The instrument that the words at an offset, or within a span, name or recall; the last one named of several."""
    stop = start + 1 if end is None else end
    found = [
        (span.start, number, draft)
        for number, draft in enumerate(drafts)
        if draft.type == "instrument"
        for span in draft.mentions
        if span.start < stop and start < span.end
    ]
    return max(found, key=lambda f: f[:2])[2] if found else None


def _in_scope(thing: Thing, parties: list[Signatory], words: WordSets) -> bool:
    """Whether the thing is an instrument between two parties, one of them public, and something is said of it."""
    codes = {p.code for p in parties}
    known = {p.code for p in parties if p.rule != BY_REPORT}
    done = {t.step for t in thing.told}
    said = any(t.subject and not t.bare for t in thing.titles)
    if not any(p.public for p in parties):
        return False
    if thing.treaty is not None:
        return True
    joined = any(t.step == "signed" and t.by is not None for t in thing.told)
    alone = (done & {"withdrawn", "ratified", "rejected", "suspended"} or joined) and (said or thing.first.proper)
    of_body = any(p.body for p in parties) and (thing.kind == "statement" or bool(done) or thing.is_resolution)
    if len(codes) < 2 and not (codes and (alone or of_body)):
        return False
    if thing.is_resolution:
        told = bool(done & {"signed", "rejected", "negotiated"}) and not all(t.plural for t in thing.titles)
        return of_body and (told or (said and any(p.body and p.rule != BY_PASSAGE for p in parties)))
    if thing.is_open:
        return "signed" in done and len(known) >= 2
    modifiers = {m for t in thing.titles for m in t.modifiers}
    joint = bool(modifiers & words["joint"]) or thing.first.noun.lemmas[0] in words["joint"]
    if thing.is_sheaf:
        return _sheaf_in_scope(thing, done, parties, words)
    if thing.first.noun.force == "loose":
        return _loose_in_scope(thing, joint, done, parties, words)
    sides = any(t.sides for t in thing.titles)
    firm = bool(
        done & {"signed", "ratified", "in_force", "extended", "initialled", "withdrawn", "suspended", "planned"}
    )
    if thing.first.noun.force == "deal":
        lives = any(w.entry.step == "in_force" and w.standing == "present" for w in thing.words)
        if len(known) >= 2 and (done or lives or _is_basis(thing, words)):
            return True
        return len(thing.codes()) >= 2 or sides or of_body
    if thing.first.noun.force == "talks":
        return True
    if all(t.plural for t in thing.titles):
        if "signed" in done and (said or any(t.count for t in thing.titles)):
            return True
        if _is_basis(thing, words) and (said or thing.codes()) and len(known) >= 2:
            return True
        if "planned" in done and any(t.count for t in thing.titles) and len(codes) >= 2:
            return True
        if "signed" in done and thing.codes() and len(codes) >= 2:
            return True
        return ((len(thing.codes()) >= 2 or sides) and (said or bool(done))) or (bool(done) and len(known) >= 2)
    if known and _is_basis(thing, words):
        return True
    if joint or sides:
        shared = len(thing.codes()) >= 2 or (thing.kind == "plan" and len(known) >= 2)
        return bool(done or said or thing.supposed or thing.kind == "statement" or shared)
    wanted = len(known) >= 2 and any(
        w.form == "infinitive" for w in thing.words
    )  # «хочет заключить с Чадом мирный договор»
    return bool(said or thing.codes() or done or wanted) and (bool(known) or firm or said)


def _is_basis(thing: Thing, words: WordSets) -> bool:
    """«По прошлогоднему соглашению», «в рамках договора», «нарушение договора»: it is in force."""
    for title in thing.titles:
        tokens = title.sentence.tokens
        before = [t.text.lower() for t in tokens[max(0, title.first - 3) : title.first]]
        if before[-1:] in (["по"], ["согласно"], ["вопреки"]) or " ".join(before).endswith(_BASES):
            return True
        near = tokens[max(0, title.first - 2) : title.first]
        if title.noun.force != "deal" and any(t.lemma in words["kept"] for t in near):
            return True
        if title.noun.kind == "contract" and any(t.lemma in _WORTH for t in near[-1:]):
            return True  # «стоимость контракта не раскрывается»
        case = title.token.feats.get("Case")
        near = tokens[max(0, title.first - 5) : title.first] + tokens[title.last + 1 : title.last + 6]
        if case == "Ins" and any(is_short(t) and t.lemma in words["lays_down"] for t in near):
            return True
        if case == "Nom" and any(
            is_finite(t) and t.lemma in words["lays_down"] for t in tokens[title.last + 1 : title.last + 4]
        ):
            return True
    return False


_WORTH = {"стоимость", "сумма", "цена", "объем", "условие"}
_BASES = (
    "в рамках",
    "на основании",
    "на основе",
    "в соответствии с",
    "в силу",
    "по условиям",
    "по итогам",
    "во исполнение",
    "в развитие",
    "в счет",
    "в счёт",
)


def _sheaf_in_scope(thing: Thing, done: set[str], parties: list[Signatory], words: WordSets) -> bool:
    """Unnamed documents count where parties sign them, or where they are numbered as the fruit of a visit."""
    if any(t.spelled_out for t in thing.titles) or thing.first.noun.lemmas == ("проект",):
        return False
    lemmas = {x.lemma for t in thing.titles for x in t.around()}
    if done & {"signed", "planned"} and any(t.count or t.sheaf or t.modifiers for t in thing.titles):
        known = {p.code for p in parties if p.rule != BY_REPORT}
        body = any(p.body and p.rule in ("party in the clause", "party in the title") for p in parties)
        return len(known) >= 2 or body or bool(lemmas & (words["journey"] | words["joint"]))
    return any(t.count for t in thing.titles) and bool(lemmas & words["journey"])


def _loose_in_scope(thing: Thing, joint: bool, done: set[str], parties: list[Signatory], words: WordSets) -> bool:
    """A plan, programme or statement counts where parties share it."""
    if all(t.plural and t.count is None for t in thing.titles):
        return len(thing.codes()) >= 2 and bool(done)
    if thing.kind == "statement" and not joint and _is_of_one(thing) and not any(p.body for p in parties):
        return False
    shared = len(thing.codes()) >= 2 and (bool(done) or joint or thing.kind == "plan")
    if shared or (joint and done) or (done and any(t.listed for t in thing.titles)):
        return True
    codes = {p.code for p in parties if p.public}
    known = {p.code for p in parties if p.rule != BY_REPORT and p.public}
    if thing.first.noun.lemmas[0] == "программа" and "IMF" in known:
        return True
    if thing.first.noun.lemmas == ("план",) and done and known and any(map(_is_of_peace, thing.titles)):
        return True
    about = {t.lemma for x in thing.titles if x.subject for t in words_of(x.subject, x.sentence)}
    if (
        thing.kind == "plan"
        and about & {"двусторонний", "совместный"}
        and about & words["relation"]
        and len(codes) >= 2
    ):
        return True  # «включено в план двустороннего сотрудничества»
    agreed = bool(done & {"signed", "planned", "initialled", "ratified"})
    if thing.kind == "statement" and "rejected" in done and any(p.body for p in parties):
        return True  # «заблокировала заявление ЕС»
    body = thing.kind in ("statement", "plan", "other") and any(p.body and p.rule != BY_REPORT for p in parties)
    return agreed and (len(known) >= 2 or body or bool(about & words["relation"]))


def _is_of_one(thing: Thing) -> bool:
    """«Посол выступил с заявлением»: whoever makes a statement is told in the singular."""
    words = [t.word for t in thing.told if t.step == "signed" and t.word.form == "finite"]
    return bool(words) and all(w.token.feats.get("Number") == "Sing" and not _is_passive(w) for w in words)


def _is_passive(word: StepWord) -> bool:
    return word.token.feats.get("Voice") in ("Mid", "Pass")


def _is_of_peace(title: Title) -> bool:
    """«мирный план», «план урегулирования»."""
    about = {t.lemma for t in words_of(title.subject, title.sentence)} if title.subject is not None else set()
    return "мирный" in title.modifiers or "урегулирование" in about


def _is_sport(document: Document, thing: Thing, words: WordSets) -> bool:
    """Whether a sentence that names it, or one beside it, tells of players and clubs."""
    for number in {t.number for t in thing.titles}:
        near = document.sentences[max(0, number - 1) : number + 2]
        if any(not words["sport"].isdisjoint(s.lemmas) for s in near if document.item_of(s) == thing.item):
            return True
    return False


def _is_service(thing: Thing, words: WordSets) -> bool:
    """«служат по контракту», «добровольцы заключают контракты»."""
    if thing.kind != "contract" or thing.codes():
        return False
    return any(t.lemma in words["service"] for x in thing.titles for t in clause_of(x.sentence, x.head))


def _draft(
    document: Document, thing: Thing, parties: list[Signatory], rivals: dict[int, list[Title]], words: WordSets
) -> Draft:
    best = max(thing.titles, key=lambda t: _weight(document, thing, t))
    draft = Draft("instrument", best.number, thing.item)
    spans = {s for t in (*thing.titles, *thing.echoes) for s in (t.span, t.core)}
    draft.mentions = sorted(spans | set(thing.pronouns))
    draft.put("kind", thing.kind, best.core, how=How.INFERRED, rule="kind of the noun")
    draft.put("parties", [], how=How.INFERRED, rule="parties")
    for p in parties:
        draft.add("parties", p.code, p.span, how=How(p.how), rule=p.rule)
    _put_subject(document, draft, thing)
    _put_count(draft, thing)
    _put_steps(draft, thing)
    _put_valid(draft, thing)
    _put_certainty(draft, thing, best, words)
    quote = _quote(best, thing, rivals[best.number], words)
    draft.put("quote", quote.of(document.page.text), quote, how=How.STATED, rule="clause of the title")
    known = sum(p.rule != BY_REPORT for p in parties)
    draft.score = 0.5 + 0.1 * min(known, 2) + 0.1 * bool(thing.told) + 0.1 * bool(draft.get("subject"))
    return draft


def _put_subject(document: Document, draft: Draft, thing: Thing) -> None:
    told = [t for t in thing.titles if t.subject is not None]
    draft.put("subject", None, how=How.INFERRED, rule="no subject said")
    if told:
        body = [t for t in told if document.page.blocks[t.sentence.block].kind != "title"] or told
        span = max((_without_partners(document, t) for t in body), key=lambda s: s.end - s.start)
        draft.put("subject", span.of(document.page.text), span, how=How.STATED, rule="complement of the title")


def _without_partners(document: Document, title: Title) -> Span:
    """What a title is about: «о выдаче» in «о выдаче с Чадом и Нигером»."""
    whole = title.subject or Span(0, 0)
    first = min((p.start for p in title.partners), default=whole.end)
    before = document.words(whole.start, first).rstrip()
    about = before.removesuffix(" со").removesuffix(" с")
    return Span(whole.start, whole.start + len(about)) if about != before and " " in about else whole


def _put_count(draft: Draft, thing: Thing) -> None:
    counted = next((t.count for t in thing.titles if t.count is not None and t.count.number > 1), None)
    draft.put("count", None, how=How.INFERRED, rule="no number said")
    if counted is not None:
        draft.put("count", int(counted.number), counted.core, how=How.NORMALISED, rule=counted.rule)


def _put_valid(draft: Draft, thing: Thing) -> None:
    valid = next((t.valid for t in thing.titles if t.valid is not None), thing.valid)
    draft.put("valid", None, how=How.INFERRED, rule="no period said")
    if valid is not None:
        draft.put("valid", valid.edtf, Span(valid.start, valid.end), how=How(valid.how), rule=valid.rule)


def _put_steps(draft: Draft, thing: Thing) -> None:
    draft.put("steps", [], how=How.INFERRED, rule="steps told")
    for number, one in enumerate(thing.told):
        word = Span(one.word.token.start, one.word.token.end)
        edtf = one.time.edtf if one.time is not None else None
        step = Step(one.step, edtf, one.by[0] if one.by else None)
        draft.add("steps", step, word, how=How.INFERRED, rule=f"{one.word.form}, {one.word.standing}")
        if one.time is not None and edtf:
            time = Span(one.time.start, one.time.end)
            draft.note(f"steps/{number}/date", time, how=How(one.time.how), rule=one.time.rule)
        if one.by is not None:
            draft.note(f"steps/{number}/by", one.by[1], how=How(one.by[2]), rule="actor of the step")


def _put_certainty(draft: Draft, thing: Thing, best: Title, words: WordSets) -> None:
    done = any(t.word.standing in ("done", "law", "coming", "present") for t in thing.told)
    lemmas = {t.lemma for t in best.around()}
    ready = [w for t in thing.told if (w := t.word).standing == "coming" and _is_offered(w, words)]
    if thing.denied and not done:
        draft.put("certainty", "denied", how=How.INFERRED, rule="negated step")
    elif ready and len(ready) == len(thing.told):
        draft.put("certainty", "possible", how=How.INFERRED, rule="ready to")
    elif (thing.supposed and not done) or lemmas & words["unsure"]:
        draft.put("certainty", "possible", how=How.INFERRED, rule="condition or rumour")
    else:
        draft.put("certainty", "stated", how=How.INFERRED, rule="asserted")


def _is_offered(word: StepWord, words: WordSets) -> bool:
    """«готовы подписать», «может подписать»."""
    return word.governor is not None and word.sentence.tokens[word.governor].lemma in words["ready"]


def _weight(document: Document, thing: Thing, title: Title) -> tuple[float, int]:
    """How much of the instrument a title's clause says; of equal ones the first is the best."""
    kind = document.page.blocks[title.sentence.block].kind
    told = any(title in w.titles and w.standing not in ("idle", "supposed") for w in thing.words)
    codes = len({c for p in title.parties for c in p.codes})
    return 1.5 * (title.subject is not None) + 0.8 * min(codes, 2) + told - 1.2 * (kind == "title"), -title.number


def _quote(title: Title, thing: Thing, rivals: list[Title], words: WordSets) -> Span:
    """The clause of a title with the steps told of it there, without other instruments and the name of the speaker."""
    sentence = title.sentence
    others = [t for t in rivals if t not in thing.titles and not title.first <= t.head <= title.last]
    first = max((t.last + 1 for t in others if t.last < title.first), default=0)
    last = min((t.first - 1 for t in others if t.first > title.last), default=len(sentence.tokens) - 1)
    own = [w.index for w in thing.words if w.sentence is sentence and title in w.titles and first <= w.index <= last]
    low, high = min([title.first, *own]), max([title.last, *own])
    first, last = max(first, low - _QUOTE_REACH), min(last, high + _QUOTE_REACH)
    while low > first and not _cuts_before(sentence, low - 1, words):
        low -= 1
    while high < last and not _cuts_after(sentence, high + 1, words):
        high += 1
    return trim(sentence, low, high)


_QUOTE_REACH = 120  # tokens
_BREAKS = ",–—;:"


def _cuts_before(sentence: Sentence, sign: int, words: WordSets) -> bool:
    """Whether a sign parts the clause from another one before it."""
    tokens = sentence.tokens
    if tokens[sign].text in ";:":
        return True
    if tokens[sign].text not in ",–—":
        return False
    start = next((i for i in range(sign - 1, -1, -1) if tokens[i].text in _BREAKS), -1)
    back = tokens[start + 1 : sign]
    return any(is_finite(t) or is_short(t) or t.lemma in words["speech"] | {"данные", "слово"} for t in back)


def _cuts_after(sentence: Sentence, sign: int, words: WordSets) -> bool:
    """Whether a sign parts the clause from a contrast or from the name of the speaker."""
    tokens = sentence.tokens
    if tokens[sign].text in ";:":
        return True
    if tokens[sign].text not in ",–—-":
        return False
    stop = next((i for i in range(sign + 1, len(tokens)) if tokens[i].text in _BREAKS), len(tokens))
    ahead = tokens[sign + 1 : stop]
    if tokens[sign].text == "-" and (sign + 1 < len(tokens) and tokens[sign + 1].start == tokens[sign].end):
        return False
    return bool(ahead) and (ahead[0].lemma in words["turn"] or any(t.lemma in words["speech"] for t in ahead[:4]))
