"""Candidate -> its force: modality, certainty and progress, from the words above, negation, tense and aspect."""

from dataclasses import dataclass, replace

from servanda.lang.speech import is_speech
from servanda.lang.words import Token
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.acts import LENDERS, Acts, Force
from servanda.reading.candidates import HINDERING, Candidate
from servanda.reading.clauses import is_finite, kind_of, preposition
from servanda.reading.context import Context, span_of
from servanda.reading.document import Document, TimeMention, within

_DECIDING = frozenset(("одобрить", "нести", "обратиться", "запросить"))  # families whose past is no deed yet
_OPEN = _DECIDING | {"запросить", "обратиться", "подать"}  # what they tell in the present is still to come
_OWING = frozenset(("оплатить", "оплатить 2", "соблюдать", "выполнить", "выполнять"))  # not done: a duty broken
_KEEPING = frozenset(("продлить", "остаться"))  # their deed goes on
_SPEAKING = frozenset(("intention", "readiness", "commitment", "refusal"))  # forces of words that tell no deed
_BOUND = frozenset(("doing", "beginning", "end"))  # forces that leave the rest to tense
_LASTING = frozenset(("restrict", "ease"))
_TELIC = frozenset(("give", "lend", "pay", "ease", "restrict", "transport", "build", "finance", "host", "share", "cut"))
_PROCESSES = frozenset(("построить", "обучить", "обучить 2", "лечить", "распределить"))  # their present goes on
_REPEATED = frozenset(
    (
        "ежегодно",
        "ежемесячно",
        "еженедельно",
        "ежедневно",
        "ежеквартально",
        "регулярно",
        "систематически",
        "бесперебойно",
        "непрерывно",
        "поэтапно",
        "постепенно",
        "активно",
        "уже",
        "сейчас",
        "постоянно",
        "постоянный",
        "традиционно",
    )
)
_MAYBE = frozenset(("мочь", "смочь"))
_SOON = frozenset(("ближайший", "предстоящий"))
_DURING = frozenset(  # verbs whose present tells what goes on
    (
        "снабжать",
        "оказывать",
        "помогать",
        "поддерживать",
        "содействовать",
        "обеспечивать",
        "кормить",
        "спонсировать",
        "финансировать",
        "оплачивать",
        "содержать",
    )
)
_STILL = frozenset(("дальше", "впредь", "далее", "по-прежнему", "по_прежнему"))
_LASTING_STILL = frozenset(("дальше", "далее", "по-прежнему", "по_прежнему"))
_PROMISING = frozenset(("обещать", "пообещать", "обязаться", "обязываться", "взяться", "подрядиться"))
_YET = frozenset(("пока", "еще", "ещё", "до_сих_пор"))
_NO_MORE = frozenset(("больше", "более"))
_BIASPECTUAL = frozenset(  # of both aspects: their past is done
    (
        "инвестировать",
        "эвакуировать",
        "конфисковать",
        "экспортировать",
        "импортировать",
        "арестовать",
        "использовать",
        "компенсировать",
        "гарантировать",
        "атаковать",
        "оккупировать",
        "национализировать",
        "приватизировать",
        "реализовать",
        "модернизировать",
        "реконструировать",
        "реструктурировать",
        "реструктуризировать",
        "ликвидировать",
        "демонтировать",
        "депортировать",
        "экстрадировать",
        "репатриировать",
        "амнистировать",
        "аннексировать",
        "мобилизовать",
        "либерализовать",
        "легализовать",
        "дислоцировать",
        "командировать",
        "делегировать",
        "санкционировать",
        "кредитовать",
        "урезать",
    )
)
_DASHES = frozenset(("-", "–", "—"))
_CHARGES = frozenset(("пошлина", "тариф", "налог", "ндс", "сбор", "акциз", "плата", "ставка"))
_CHANCES = frozenset(("перспектива", "вариант", "идея", "сценарий", "шанс", "риск", "опасность", "слух", "вероятность"))
_THANKING = frozenset(("благодарить", "поблагодарить", "благодарность", "признательный", "признательность"))
_FULFILLING = frozenset(("выполнить", "исполнить", "соблюсти", "сдержать"))
_HONOURING = _FULFILLING | {"выполнять", "исполнять", "соблюдать"}
_DUTIFUL = frozenset(("выполнять", "исполнять", "соблюдать", "придерживаться"))
_LAWS = frozenset(("закон", "указ"))
_ENACTING = frozenset(("подписать", "издать", "опубликовать", "обнародовать", "промульгировать"))
_TABLING = frozenset(("внести", "вносить", "представить", "представлять", "подготовить", "разработать", "предложить"))
_BILLS = frozenset(("законопроект", "проект"))
_GOING_ON = frozenset(("продолжить", "продолжать", "продолжаться", "сохранять", "сохранить", "продолжение"))
_ENACTED = frozenset(("restrict", "ease", "recognise", "other"))  # done once their law is signed
_HELD = frozenset(("restrict", "ease", "cut", "deploy"))  # their deed leaves a state that lasts
_OWED_WORDS = frozenset(("обязательство", "долг", "задолженность", "контракт"))
_CAUSING = frozenset(("из-за", "после", "в_результате", "вследствие", "в_связи_с", "в_ответ_на", "благодаря"))
_GRANTING = frozenset(("other", "ease", "share", "give"))
_GIVING = frozenset(
    (
        "предоставить",
        "предоставлять",
        "предоставляться",
        "дать",
        "давать",
        "выдать",
        "выдавать",
        "получить",
        "получать",
        "обещать",
        "пообещать",
        "открыть",
        "открывать",
        "гарантировать",
    )
)
_GRANTS = frozenset(("доступ", "право", "разрешение", "лицензия", "коридор", "допуск"))
_DENYING_LEAVE = frozenset(("отказать", "отказывать"))  # «отказал в визе»
_LETTING_IN = ("пуска", "пусти")
_LETTING = ("разреш", "допус", "пусти", "пуска", "пропус", "впус")
_LIFTING = ("отмен", "снят", "упраздн")  # a lifting is done at once
_FOLLOWING = frozenset(("следовать", "вытекать"))
_COUNTING = frozenset(("раз", "дважды", "трижды", "неоднократно", "многократно", "одно_время"))
_COMING_TRUE = frozenset(
    (
        "произойти",
        "выполнить",
        "выполняться",
        "исполнить",
        "исполняться",
        "сделать",
        "состояться",
        "случиться",
        "сдержать",
    )
)
_HINGING = frozenset(("зависеть",))
_FREE = frozenset(
    (
        *("грант", "безвозмездно", "безвозмездный", "безвозвратный", "гуманитарный", "помощь", "бесплатно", "дар"),
        *("даром", "подарить", "пожертвовать"),
    )
)
_PAID = frozenset(("рассрочка", "оплата", "предоплата", "отсрочка"))
_BY_THING = (  # what is done with a thing under a verb that no table knows
    *(("learner", "train"), ("training", "train"), ("credit", "lend"), ("aid", "give"), ("debt", "pay")),
    *(("mission", "deploy"), ("facility", "build")),
)
_BANNING = ("запре", "закры", "приостан", "заблок", "блоки")
_MOVING = frozenset(("finance", "supply", "transport"))  # gifts where nothing is paid
_DRAFTS = frozenset(("law",))
_PASSING = frozenset(
    ("стать", "быть", "пытаться", "попытаться", "иметь", "пойти", "идти")
)  # verbs through which a negation reaches the deed
_LACKING = frozenset(("нет", "отсутствовать"))
_DUE = frozenset(("должен", "должный", "обязанный"))
_WISHING = frozenset(("хотеть", "желать", "желание", "стремление", "намерение", "готовность"))
_OWED = frozenset(("debt", "credit"))
_DUTIES = frozenset(("duty",))
_TURNED = {"host": "restrict", "ease": "restrict", "restrict": "ease"}  # acts that «больше не» turns into another


@dataclass(frozen=True, slots=True)
class ForceRead:
    """The force of an act, its act as the force leaves it, the words and the rules that tell both."""

    act: str
    act_rule: str
    act_how: How
    act_at: Span
    modality: str
    certainty: str
    progress: str
    at: Span
    how: How
    rule: str


@dataclass(frozen=True, slots=True)
class _Standing:
    """Modality, certainty and progress, and the rule that reads them; `at` is the word that says it, if one does."""

    modality: str
    certainty: str
    progress: str
    rule: str
    at: int | None = None


def read_force(context: Context, candidate: Candidate, time: TimeMention | None = None) -> ForceRead:
    """The force of a candidate whose sides are known, or of the deed that it tells («заявил о планах построить»).

    «не передаёт» under a document binds not to: prohibition, refrain. `time` is when it is done or due.
    """
    told = candidate.told
    standing = _timed(context, told, _stand(context, told), time)
    owed = (standing.modality, standing.certainty, standing.progress) == ("obligation", "stated", "announced")
    if owed and _falls_through(candidate):
        standing = replace(standing, progress="delayed", rule="fell-through")
    if standing.certainty == "stated" and _is_asked(context, candidate):
        standing = replace(standing, certainty="possible", rule="question")
    modality = standing.modality
    act, name = told.act, f"act:{told.rule.family}" if told.rule else "act:unknown-verb"
    if told.rule is None and not told.clause.negated:
        act = next((does for thing, does in _BY_THING if thing in told.classes), act)
    how = How.NORMALISED if told.rule else How.INFERRED
    words = {t.lemma for t in context.document.tokens_in(candidate.sentence, *candidate.quote)}
    refused = standing.rule == "force:refusal"
    if act in _MOVING and words & _FREE and not refused:
        act, name, how = "give", "for-nothing", How.INFERRED
    elif act == "give" and words & _PAID and not refused:
        act, name, how = "supply", "for-payment", How.INFERRED
    elif (act == "finance" or (act == "give" and "money" in told.classes)) and _lends(context, candidate):
        act, name, how = "lend", "lender", How.INFERRED
    bars = modality == "prohibition" or standing.rule == "negated"
    if refused or (bars and (standing.rule == "negated" or act not in ("restrict", "ease"))):
        act, name, how = "refrain", "prohibition-refrains", How.INFERRED
    progress = standing.progress
    if act == "ease" and standing.rule == "force:pause":  # «перестала выдавать визы»
        act, name, modality, progress = "restrict", "ease-stopped", "prohibition", "under_way"
    if standing.rule == "not-let":
        act, name = "restrict", "not-let"
    if standing.rule == "no-more" and progress == "under_way":  # «больше не принимает», «больше не задерживает»
        act, name = _TURNED[told.act], "no-more"
        modality = "permission" if act == "ease" else "prohibition"
    if act == "restrict" and modality == "obligation" and _is_ban(context, told):
        modality = "prohibition"
    if act == "ease" and modality == "obligation" and _frees(told, standing):
        modality = "permission"
    if act in _GRANTING and modality == "obligation" and _is_grant(told):
        modality = "permission"
    certainty = standing.certainty
    if act == "ease" and told.rule and told.rule.turn and standing.rule == "force:readiness":
        modality, certainty = "permission", "stated"  # «могут ездить без виз»
    at = span_of(told.clause.token)
    said = at if standing.at is None else span_of(told.sentence.tokens[standing.at])
    plain = How.INFERRED if standing.at is None else How.NORMALISED
    return ForceRead(act, name, how, at, modality, certainty, progress, said, plain, standing.rule)


def _lends(context: Context, candidate: Candidate) -> bool:
    """Money of a bank that lends, or under a rate of interest."""
    if candidate.by and all(w.code in LENDERS for w in candidate.by):
        return True
    document = context.document
    percents = [a for a in within(document.amounts, candidate.quote) if a.kind == "percent"]
    return any(document.words(a.start - 4, a.start) == "под " or _of_year(document, a.end) for a in percents)


def _of_year(document: Document, end: int) -> bool:
    return document.words(end, end + 7).strip() == "годовых"


def _is_ban(context: Context, candidate: Candidate) -> bool:
    words = {candidate.clause.token.lemma}
    if candidate.object is not None:
        words.add(candidate.sentence.tokens[candidate.object].lemma)
    if any((f := context.acts.force(w)) and f.name == "ban" for w in words):
        return True
    return any(w.startswith(_BANNING) for w in words) or not words.isdisjoint(_DENYING_LEAVE)


def _is_grant(candidate: Candidate) -> bool:
    """«предоставит доступ к порту», «выдал лицензию»: leave is what is given."""
    thing = candidate.object
    gives = candidate.clause.token.lemma in _GIVING
    return gives and thing is not None and candidate.sentence.tokens[thing].lemma in _GRANTS


def _frees(candidate: Candidate, standing: _Standing) -> bool:
    """Lifting a ban, opening a border, a visa waived: leave; where it is promised it is owed, and so is a duty cut
    until done.
    """
    if standing.progress in ("fulfilled", "under_way"):
        return True
    if standing.rule in ("force:commitment", "content-of-instrument", "was-due"):
        return False
    sentence = candidate.sentence
    named = {sentence.tokens[i].lemma for i in sentence.subtree(candidate.clause.index)}
    return not candidate.classes & _DUTIES and not named & _CHARGES


def _stand(context: Context, candidate: Candidate) -> _Standing:
    """The standing of a deed: by negation, by the word of force over it or in it, else by its form."""
    clause, tokens = candidate.clause, candidate.sentence.tokens
    force, at = _force(context, candidate)
    certainty = "possible" if clause.conditional else "stated"
    if (
        clause.kind == "noun"
        and candidate.light is not None
        and context.instrument_at(clause.sentence, candidate.light)
    ):
        return _of_instrument(context, candidate, candidate.light)
    if force and force.name == "intention" and at is not None and context.instrument_at(clause.sentence, at):
        return _of_instrument(context, candidate, at)  # «план мероприятий по …»
    if (unkept := _unkept(candidate)) is not None:
        return _Standing("obligation", "stated", "broken", "owed-not-done", unkept)
    denied = _negated_above(context, candidate)
    said = [clause.index] if clause.negated and clause.token.lemma not in context.acts.conveying else []
    if denied is not None:
        below = candidate.sentence.children[denied]
        said += [denied, *(i for i in below if kind_of(tokens[i]) in ("", "noun"))]  # «не взял обязательств»
    for index in said:
        if turned := context.acts.turned(tokens[index].lemma):
            twice = clause.negated and turned.certainty == "denied" and index != clause.index  # «не обещал не …»
            modality = "prohibition" if twice else turned.modality
            return _Standing(modality, turned.certainty, turned.progress, f"force:{turned.name}", index)
    if _is_bill(candidate):
        doubt = force is not None and force.name in ("readiness", "not-excluded")
        return _Standing("intention", "possible" if doubt else certainty, "announced", "proposed")
    if force and force.name == "refusal" and at is not None:
        return _refused(candidate, tokens[at])
    if force and force.name == "ban":
        return _Standing("prohibition", "stated", "announced", f"force:{force.name}", at)
    if clause.negated or denied is not None:
        return _negated(context.acts, candidate, force, certainty)
    if force and force.name in HINDERING and at is not None:
        done = clause.tense == "past" or at != clause.index
        progress = force.progress if done or force.name in ("delay", "breach") else "announced"
        return _Standing("obligation", certainty, progress, f"force:{force.name}", at)
    if force and at is not None and _was_due(candidate, tokens[at]):
        return _Standing("obligation", certainty, "broken" if candidate.act == "pay" else "delayed", "was-due", at)
    if force and force.progress != "as_tense" and at is not None:
        wish = clause.conditional and force.name != "intention"  # «хотели бы» is a plain wish
        certainty = "possible" if wish else force.certainty
        return _Standing(force.modality, certainty, _progress_under(context, candidate, force, at), *_named(force, at))
    if clause.kind == "noun" and (hinge := _mere_chance(context, candidate)) is not None:
        told = candidate.act == "ease" or tokens[hinge].lemma == "слух"
        modality = "obligation" if told else "intention"
        return _Standing(modality, "possible", "announced", "mere-chance", hinge)
    bill = next((i for i in clause.above if tokens[i].lemma in _BILLS), None)
    if bill is not None and not _is_enacted(candidate):
        return _Standing("intention", certainty, "announced", "proposed", bill)
    if clause.conditional and clause.tense == "past":  # «дорога упростила бы поставки»
        return _Standing("intention", "possible", "announced", "would")
    return _Standing("obligation", certainty, *_by_tense(candidate))


def _is_asked(context: Context, candidate: Candidate) -> bool:
    """Whether the sentence asks for the deed, outside a dialogue."""
    sentence = candidate.sentence
    before = context.document.words(max(0, sentence.start - 3), sentence.start + 1)
    return sentence.closing == "?" and not any(d in before for d in _DASHES)


def _is_bill(candidate: Candidate) -> bool:
    """«внесла в парламент законопроект о санкциях», «внести поправки»: what is proposed to a parliament."""
    tokens, thing = candidate.sentence.tokens, candidate.object
    tabled = candidate.clause.token.lemma in _TABLING
    if candidate.rule and candidate.rule.family == "внести" and candidate.classes & _DRAFTS:
        return True
    return tabled and thing is not None and tokens[thing].lemma in (*_BILLS, "поправка")


def _named(force: Force, at: int) -> tuple[str, int]:
    """The rule of a force and the word that it stands in."""
    return f"force:{force.name}", at


def _of_instrument(context: Context, candidate: Candidate, light: int) -> _Standing:
    """What an instrument binds to: owed, unless the words above say that it is only planned, broken or prolonged."""
    tokens = candidate.sentence.tokens
    for index in candidate.clause.above:
        titled = index == light or context.instrument_at(candidate.sentence, index)
        force = None if titled else context.acts.force(tokens[index].lemma)
        if force and force.name in ("intention", "readiness"):
            return _Standing(force.modality, force.certainty, "announced", *_named(force, index))
        if force and force.name in HINDERING:
            return _Standing("obligation", "stated", force.progress, *_named(force, index))
        if any(r.family in _KEEPING for r in context.acts.rules.get(tokens[index].lemma, ())):
            return _Standing("obligation", "stated", "under_way", "goes-on", index)
    return _Standing("obligation", "stated", "announced", "content-of-instrument")


def _refused(candidate: Candidate, word: Token) -> _Standing:
    """«отказался платить» breaks what is owed, «отказал в визах» has been done, «откажется от участия» binds not to."""
    below = {candidate.sentence.tokens[i].lemma for i in candidate.sentence.subtree(word.index)}
    owing = candidate.act == "pay" or bool(candidate.rule and candidate.rule.family in _OWING)
    tokens = candidate.sentence.tokens
    certainty = "possible" if word.head >= 0 and tokens[word.head].lemma in _MAYBE else "stated"  # «может отказаться»
    if owing or below & _OWED_WORDS:
        return _Standing("obligation", certainty, "broken", "refused-owed", word.index)
    told = word.lemma == "отказ" and any(tokens[i].lemma == "свой" for i in candidate.sentence.children[word.index])
    done = told or (_is_past(word) and word.lemma == "отказать")
    return _Standing("prohibition", certainty, "fulfilled" if done else "announced", "force:refusal", word.index)


def _progress_under(context: Context, candidate: Candidate, force: Force, at: int) -> str:
    """Progress under a word of force: «начнёт» is to come, «разрешил» and «подписал закон» done, «намерен сохранить»
    goes on, «отказался от планов» given up.
    """
    sentence, clause = candidate.sentence, candidate.clause
    tokens, word = sentence.tokens, sentence.tokens[at]
    if force.name == "leave" and _is_past(word):
        return "fulfilled"
    if force.name in ("beginning", "end") and _is_to_come(candidate, word) and word.lemma not in _GOING_ON:
        return "announced" if force.name == "beginning" else "under_way"
    if word.lemma in _LAWS and _is_enacted(candidate):
        return "fulfilled"
    if force.name in ("intention", "commitment"):
        for index in clause.above:
            over = context.acts.force(tokens[index].lemma) if index != at and word.pos == "NOUN" else None
            if tokens[index].lemma in _FULFILLING and _is_past(tokens[index]):
                return "fulfilled"
            if over and over.name in ("refusal", *HINDERING) and _is_past(tokens[index]):
                given_up = "cancelled" if force.name == "intention" else "broken"
                return given_up if over.name == "refusal" else over.progress
        if _goes_on(candidate):
            return "under_way"
    return force.progress


def _is_enacted(candidate: Candidate) -> bool:
    """«подписал закон о санкциях»: what a law does is done once it is signed."""
    above = (candidate.sentence.tokens[i] for i in candidate.clause.above)
    return candidate.act in _ENACTED and any(t.lemma in _ENACTING and _is_past(t) for t in above)


def _is_to_come(candidate: Candidate, word: Token) -> bool:
    """Whether a finite word of beginning or end tells what is to come."""
    below = candidate.sentence.children[word.index]
    ahead = any(candidate.sentence.tokens[i].text.lower().startswith("буд") for i in below)
    tense, aspect = word.feats.get("Tense"), word.feats.get("Aspect")
    return ahead or (is_finite(word) and (tense == "Fut" or (tense == "Pres" and aspect == "Perf")))


def _goes_on(candidate: Candidate) -> bool:
    """Whether words of the clause say that the deed is done already: «намерен сохранить», «договорились продолжить»."""
    tokens, clause = candidate.sentence.tokens, candidate.clause
    words = {tokens[i].lemma for i in (clause.index, *clause.above)}
    beside = {tokens[i].lemma for i in candidate.sentence.children[clause.index]}
    stays = candidate.rule is not None and candidate.rule.family == "остаться"
    return bool(words & _GOING_ON or beside & _LASTING_STILL) or stays


def _mere_chance(context: Context, candidate: Candidate) -> int | None:
    """The word that makes a noun of doing a mere chance: «возможная отмена санкций», «отмена зависит от …»."""
    tokens, clause = candidate.sentence.tokens, candidate.clause
    for i in candidate.sentence.children[clause.index]:
        force = context.acts.force(tokens[i].lemma) if tokens[i].rel == "amod" else None
        if force and force.name == "readiness":
            return i
    head = clause.token.head
    if head < 0:
        return None
    hinges = tokens[head].lemma in _HINGING and clause.token.rel == "nsubj"
    return head if hinges or (tokens[head].lemma in _CHANCES and clause.token.rel == "nmod") else None


def _timed(context: Context, candidate: Candidate, standing: _Standing, time: TimeMention | None) -> _Standing:
    """The standing with its time: «с марта запретил» and «закрыт до мая» last, a promise whose day is over is late."""
    if time is None or not time.edtf:
        return standing
    day = context.document.page.day.isoformat() if context.document.page.day else ""
    starts, _, ends = time.edtf.partition("/")
    over = bool(day and ends and ends != ".." and ends < day[: len(ends)])
    if standing.progress == "fulfilled" and standing.rule.startswith(("tense:", "state")) and candidate.act in _HELD:
        begun = time.deadline == "from" and not (day and starts > day[: len(starts)])
        if begun or (time.deadline == "by" and not over):
            return replace(standing, progress="under_way", rule="lasts")
    if standing.rule == "tense:present" and day and starts and starts != "..":
        if starts > day[: len(starts)]:  # «с июля закупает»
            return replace(standing, progress="announced", rule="day-to-come")
        if time.deadline == "from":
            return replace(standing, progress="under_way", rule="lasts")
    promised = standing.rule == "force:commitment" and standing.progress == "announced"
    if promised and standing.certainty == "stated" and standing.at is not None and time.deadline == "by" and over:
        word = candidate.sentence.tokens[standing.at]
        if word.lemma in _PROMISING and _is_past(word):
            return replace(standing, progress="delayed", rule="promise-overdue")
    return standing


def _falls_through(candidate: Candidate) -> bool:
    """«обещал построить до лета, однако этого не произошло»: whether the rest of the sentence says it was not done."""
    tokens = candidate.sentence.tokens
    if "не" not in (texts := {t.lemma for t in tokens}) or texts.isdisjoint(_COMING_TRUE):
        return False
    after = (t for t in tokens if t.start >= candidate.quote.end and t.lemma in _COMING_TRUE)
    return any(tokens[i].lemma == "не" for t in after for i in candidate.sentence.children[t.index])


def _was_due(candidate: Candidate, word: Token) -> bool:
    """«должен был сдать к маю»: what is told so was not done in time, unless it is a plan of the news."""
    below = (candidate.sentence.tokens[i] for i in candidate.sentence.children[word.index])
    return word.lemma in _DUE and any(t.lemma == "быть" and _is_past(t) for t in below)


def _force(context: Context, candidate: Candidate) -> tuple[Force | None, int | None]:
    """The word of force over the predicate, or the predicate where it is one itself («пообещал помощь»)."""
    own = context.acts.force(candidate.clause.token.lemma)
    if own and own.name in HINDERING and not _is_deed(candidate):
        speaking = candidate.force is not None and candidate.force.name in _SPEAKING
        return (candidate.force, candidate.force_at) if speaking else (own, candidate.clause.index)
    itself = own is not None and own.name == "refusal" and candidate.rule is not None  # «отказала в визах»
    if own and own.name in _SPEAKING and not itself and (candidate.force is None or candidate.force.name in _BOUND):
        return own, candidate.clause.index
    if own and own.name == "leave" and candidate.rule is None and candidate.force is None:
        return own, candidate.clause.index
    if candidate.force is None and (joined := _noun_joined_to(context, candidate)):
        return joined
    if _is_beside_the_deed(candidate):
        speaks = own is not None and own.name in _SPEAKING and not itself
        return (own, candidate.clause.index) if speaks else (None, None)
    if candidate.force_at is not None and _is_allowed_for(candidate, candidate.force_at):
        return context.acts.turned("исключать"), candidate.force_at
    return candidate.force, candidate.force_at


def _noun_joined_to(context: Context, candidate: Candidate) -> tuple[Force, int] | None:
    """«выразил готовность и далее помогать»: the noun of force that a tree takes for the first member of a list, or
    leaves beside the infinitive.
    """
    clause, tokens = candidate.clause, candidate.sentence.tokens
    if clause.kind != "infinitive" or clause.token.rel not in ("conj", "xcomp"):
        return None
    head = clause.token.head
    beside = [i for i in candidate.sentence.children[head] if tokens[i].rel in ("obj", "obl") and i < clause.index]
    for index in (head, *beside):
        force = context.acts.force(tokens[index].lemma) if tokens[index].pos == "NOUN" else None
        if force and force.name in _SPEAKING:
            return force, index
    return None


def _is_allowed_for(candidate: Candidate, at: int) -> bool:
    """«допустил, что режим введут» allows for a deed, «допустил поставки» allows it."""
    lemma = candidate.sentence.tokens[at].lemma
    return lemma in ("допустить", "допускать") and candidate.clause.kind == "finite" and at in candidate.clause.above


def _is_beside_the_deed(candidate: Candidate) -> bool:
    """«ввел санкции, следует из указа», «объявил, что закрыл границу»: a word of force above that leaves the deed as
    it is told.
    """
    clause, tokens, at = candidate.clause, candidate.sentence.tokens, candidate.force_at
    if at is None or at == clause.index or clause.kind not in ("finite", "short"):
        return False
    if tokens[at].lemma in _FOLLOWING:
        return True
    if at in clause.above and clause.token.rel not in ("ccomp", "conj", "parataxis"):
        return False
    if at not in clause.above and tokens[at].rel != "parataxis":
        return False
    if candidate.force is None or candidate.force.name not in _SPEAKING:
        return False
    if at in clause.above and clause.token.rel == "parataxis":
        return True
    return clause.tense == "past" and (clause.kind == "short" or _is_past(clause.token))


def _is_deed(candidate: Candidate) -> bool:
    """Whether a word that hinders is itself the deed: «закрыть границу», «отсрочить долг», «отменить штраф»."""
    return candidate.act in _LASTING or bool(candidate.act == "lend" and candidate.classes & _OWED)


def _negated(acts: Acts, candidate: Candidate, force: Force | None, certainty: str) -> _Standing:
    """«не оплатил» is late, «не вводила» denied, «не соблюдает» broken, «не передаст» bound not to."""
    clause, rule = candidate.clause, candidate.rule
    loose = force is None or force.name in _BOUND
    beside = {t.lemma for t in candidate.sentence.tokens}
    if "никак" in beside:  # «никак не вернёт»
        return _Standing("obligation", certainty, "delayed", "negated-past")
    above = (candidate.sentence.tokens[i].lemma for i in clause.above)
    if force and force.name == "commitment" and any(f.name == "breach" for f in map(acts.force, above) if f):
        return _Standing("obligation", certainty, "broken", "negated")  # «нарушила обязательство не закрывать»
    lets = candidate.act == "ease" or _lets_in(candidate)
    if lets and clause.tense == "present" and clause.kind == "finite" and _is_leave(candidate):
        return _Standing("prohibition", certainty, "under_way", "not-let")  # «не пускает суда»
    if force and force.name == "leave" and clause.tense == "past":  # «не разрешил вывезти»
        return _Standing("prohibition", certainty, "fulfilled", "not-let")
    if lets and clause.tense in ("future", "") and clause.kind != "noun" and _is_leave(candidate):
        return _Standing("prohibition", certainty, "announced", "not-let")  # «не будет пропускать грузовики»
    if loose and clause.tense == "past" and clause.token.lemma in _FULFILLING and beside & _OWED_WORDS:
        return _Standing("obligation", certainty, "broken", "owed-not-done")
    if loose and clause.tense == "past" and lets and _is_leave(candidate):
        return _Standing("prohibition", certainty, "fulfilled", "not-let")
    if loose and clause.tense == "past" and (clause.perfective or clause.kind == "noun"):
        return _Standing("obligation", certainty, "delayed", "negated-past")
    if loose and clause.tense == "past" and clause.kind == "finite":
        return _Standing("obligation", "denied", "fulfilled", "never-done")
    if loose and clause.tense == "present" and clause.kind == "finite" and clause.token.lemma in _DUTIFUL:
        return _Standing("obligation", certainty, "delayed" if beside & _YET else "broken", "owed-not-done")
    if loose and clause.tense == "present" and clause.kind == "finite" and rule:
        if beside & _NO_MORE and candidate.act in _TURNED:
            return _Standing("obligation", certainty, "under_way", "no-more")
        if rule.turn or beside & _NO_MORE:
            return _Standing("obligation", certainty, "suspended", "no-more")
        if rule.family in _OWING:
            return _Standing("obligation", certainty, "delayed" if beside & _YET else "broken", "owed-not-done")
    wished = clause.token.lemma in _WISHING or any(candidate.sentence.tokens[i].lemma in _WISHING for i in clause.above)
    return _Standing("intention" if wished else "prohibition", certainty, "announced", "negated")  # «не хочет»: no ban


def _is_leave(candidate: Candidate) -> bool:
    """Whether an easing lets somebody in or through («не допустил самолёт»), rather than lifts what bars him."""
    words = {candidate.clause.token.lemma}
    if candidate.object is not None:
        words.add(candidate.sentence.tokens[candidate.object].lemma)
    return any(w.startswith(_LETTING) for w in words)


def _lets_in(candidate: Candidate) -> bool:
    """«не пускает суда в порты», but not «не пустил завод»."""
    whither = any(o.mark in ("в+acc", "на+acc", "через+acc") for o in candidate.clause.obliques)
    return whither and candidate.clause.token.lemma.startswith(_LETTING_IN)


def _by_tense(candidate: Candidate) -> tuple[str, str]:
    """Progress from tense and aspect, and its rule.

    «ввел санкции» is fulfilled, «ввоз приостановлен» the state that a deed left, under way; «одобрил кредит» is a
    decision, announced, and so is «закрывает границу», the present of wires; «закупает газ» is under way. A deed that
    an infinitive or a bare noun tells has no tense.
    """
    clause, family = candidate.clause, candidate.rule.family if candidate.rule else ""
    beside = {t.lemma for t in candidate.sentence.tokens}
    bare = (clause.kind == "infinitive" and clause.tense != "future") or (
        clause.kind == "noun" and candidate.light is None
    )
    if (beside | {t.text.lower() for t in candidate.sentence.tokens}) & _STILL or (family in _KEEPING and not bare):
        return "under_way", "goes-on"
    if bare:
        return _untold(candidate)
    if clause.kind == "noun" and candidate.light is not None and _takes_on(candidate, candidate.light):
        return "announced", "taken-on"
    if clause.kind == "converb":  # «регулярно посылая суда», «передав карты»
        return "fulfilled" if clause.perfective else "under_way", "converb"
    if clause.tense == "past":
        if family in _DECIDING:
            return "announced", "decided"
        if clause.kind == "short" and _leaves_state(candidate):
            return "under_way", "state-left"
        done = clause.perfective or clause.token.lemma in _BIASPECTUAL or clause.kind in ("short", "noun")
        done = done or bool(beside & _COUNTING)
        return "fulfilled" if done else "under_way", "tense:past"
    if clause.tense == "present":
        telling = (candidate.act in _TELIC and family not in _PROCESSES) or family in _OPEN
        if beside & _SOON:
            return "announced", "day-to-come"
        telling = telling and not beside & _REPEATED and clause.token.lemma not in _DURING
        return "announced" if candidate.instrument or telling else "under_way", "tense:present"
    return "announced", f"tense:{clause.tense or 'none'}"


def _takes_on(candidate: Candidate, light: int) -> bool:
    """«взял на себя перевозку»: a duty taken, no deed done."""
    tokens = candidate.sentence.tokens
    return tokens[light].lemma in ("взять", "брать") and any(
        tokens[i].lemma == "себя" for i in candidate.sentence.children[light]
    )


def _untold(candidate: Candidate) -> tuple[str, str]:
    """Progress of a deed that an infinitive or a bare noun names: done where it is a cause («из-за введения пошлин»)
    or stands as it was left («наложенное эмбарго», «введённый запрет»).
    """
    clause, sentence = candidate.clause, candidate.sentence
    above = [sentence.tokens[i] for i in clause.above]
    if clause.kind == "infinitive" and any(t.lemma == "стать" and _is_past(t) for t in above):
        return "under_way", "begun"
    if clause.kind == "noun" and _is_enacted(candidate):
        return "fulfilled", "enacted"
    if clause.kind == "noun":
        if preposition(sentence, clause.index) in _CAUSING and clause.tense in ("past", "present"):
            return "fulfilled", "cause"
        if clause.token.rel == "obj" and is_speech(sentence.tokens[clause.token.head], "deny"):
            return "fulfilled", "denied-deed"  # «опроверг передачу снарядов»
        if any(sentence.tokens[i].lemma in _THANKING for i in clause.above):
            return "under_way", "thanked-for"
        below = (sentence.tokens[i] for i in sentence.children[clause.index])
        if candidate.act in _HELD and any(_is_past(t) and t.feats.get("Voice") == "Pass" for t in below):
            return "under_way", "state-left"
    return "announced", "no-tense"


def _leaves_state(candidate: Candidate) -> bool:
    """«ввоз запрещён» tells a state, «ввоз был запрещён» and «визы отменены» a deed."""
    clause, tokens = candidate.clause, candidate.sentence.tokens
    below = [tokens[i] for i in candidate.sentence.children[clause.index]]
    was = any(t.lemma == "быть" and _is_past(t) for t in below)
    return candidate.act in _LASTING and not was and not clause.token.text.lower().startswith(_LIFTING)


def _unkept(candidate: Candidate) -> int | None:
    """The verb of «не сдержала обещание передать», «не выполнил обязательств по поставке»."""
    tokens, sentence = candidate.sentence.tokens, candidate.sentence
    keeping = (i for i in candidate.clause.above if tokens[i].lemma in _HONOURING)
    return next((i for i in keeping if any(tokens[j].lemma == "не" for j in sentence.children[i])), None)


def _negated_above(context: Context, candidate: Candidate) -> int | None:
    """The word of force above that «не» denies, or that there is none of («нет планов строить»)."""
    tokens = candidate.sentence.tokens
    for index in candidate.clause.above:
        lemma, acts = tokens[index].lemma, context.acts
        if lemma not in acts.forces and lemma not in _PASSING and lemma not in acts.conveying:
            return None
        if any(tokens[i].text.lower() == "не" for i in candidate.sentence.children[index]):
            return index
        if tokens[index].head >= 0 and tokens[tokens[index].head].lemma == "нельзя":  # «нельзя исключать, что …»
            return index
        if tokens[index].head >= 0 and tokens[tokens[index].head].lemma in _LACKING:
            return index
    return None


def _is_past(token: Token) -> bool:
    return token.feats.get("Tense") == "Past"
