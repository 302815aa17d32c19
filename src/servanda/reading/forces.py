"""Candidate -> its force: modality, certainty and progress, from the words above, negation, tense and aspect."""

from dataclasses import dataclass

from servanda.model.terms import How
from servanda.reading.acts import LENDERS
from servanda.reading.candidates import Candidate
from servanda.reading.context import Context

_DECIDING = frozenset(("одобрить",))  # families whose past is a decision, not yet a deed
_LASTING = frozenset(("restrict", "ease"))
_TELIC = frozenset(("give", "lend", "pay", "ease", "restrict", "transport", "build"))
_REPEATED = frozenset(("ежегодно", "ежемесячно", "регулярно", "уже", "сейчас", "постоянно", "традиционно"))
_BIASPECTUAL = frozenset(  # of both aspects: their past is done
    ("инвестировать", "эвакуировать", "конфисковать", "экспортировать", "импортировать", "арестовать", "использовать")
)
_FREE = frozenset(("грант", "безвозмездно", "безвозмездный", "безвозвратный"))
_BANNING = ("запре", "закры", "приостан", "заблок", "блоки", "прекра")


@dataclass(frozen=True, slots=True)
class ForceRead:
    """The force of an act, its act as the force leaves it, and the rules that read both."""

    act: str
    act_rule: str
    act_how: How
    modality: str
    certainty: str
    progress: str
    rule: str


def read_force(context: Context, candidate: Candidate) -> ForceRead:
    """The force of a candidate whose sides are known. «не передаёт» under a document binds not to: prohibition,
    refrain.
    """
    modality, certainty, progress, why = _by_form(context, candidate)
    act, name = candidate.act, f"act:{candidate.rule.family}" if candidate.rule else "act:unknown-verb"
    how = How.NORMALISED if candidate.rule else How.INFERRED
    refused = candidate.force is not None and candidate.force.name == "refusal"
    if act == "finance" and candidate.by and all(w.code in LENDERS for w in candidate.by):
        words = {t.lemma for t in context.document.tokens_in(candidate.sentence, *candidate.quote)}
        act, name, how = "give" if words & _FREE else "lend", "lender", How.INFERRED
    if refused or (modality == "prohibition" and (why == "negated" or act not in ("restrict", "ease"))):
        act, name, how = "refrain", "prohibition-refrains", How.INFERRED
    if act == "restrict" and modality == "obligation" and _is_ban(context, candidate):
        modality = "prohibition"
    if act == "ease" and modality == "obligation" and progress == "fulfilled":
        modality = "permission"
    return ForceRead(act, name, how, modality, certainty, progress, why)


def _is_ban(context: Context, candidate: Candidate) -> bool:
    words = {candidate.clause.token.lemma}
    if candidate.object is not None:
        words.add(candidate.sentence.tokens[candidate.object].lemma)
    if any((f := context.acts.force(w)) and f.name == "ban" for w in words):
        return True
    return any(w.startswith(_BANNING) for w in words)


def _by_form(context: Context, candidate: Candidate) -> tuple[str, str, str, str]:
    """Modality, certainty, progress and the rule that reads them."""
    clause, force = candidate.clause, candidate.force
    certainty = "possible" if clause.conditional else "stated"
    if (
        clause.kind == "noun"
        and candidate.light is not None
        and context.instrument_at(clause.sentence, candidate.light)
    ):
        return "obligation", "stated", "announced", "content-of-instrument"
    if force and force.name in ("refusal", "ban"):
        return "prohibition", "stated", "announced", f"force:{force.name}"
    if clause.negated or _negated_above(context, candidate):
        if clause.tense == "past" and clause.perfective and not force:
            return "obligation", certainty, "delayed", "negated-past"
        return "prohibition", certainty, "announced", "negated"
    if force and force.progress != "as_tense":
        progress = "fulfilled" if force.name == "leave" and _past_above(candidate) else force.progress
        return force.modality, "possible" if clause.conditional else force.certainty, progress, f"force:{force.name}"
    return "obligation", certainty, *_by_tense(candidate)


def _by_tense(candidate: Candidate) -> tuple[str, str]:
    """Progress from tense and aspect, and its rule.

    «ввел санкции» is fulfilled, «ввоз приостановлен» the state that a deed left, under way; «одобрил кредит» is a
    decision, announced, and so is «закрывает границу», the present of wires; «закупает газ» is under way.
    """
    clause = candidate.clause
    if clause.tense == "past":
        if candidate.rule and candidate.rule.family in _DECIDING:
            return "announced", "decided"
        if clause.kind == "short" and candidate.act in _LASTING and clause.agent is None:
            return "under_way", "state-left"
        done = clause.perfective or clause.token.lemma in _BIASPECTUAL or clause.kind in ("short", "noun")
        return "fulfilled" if done else "under_way", "tense:past"
    if clause.tense == "present":
        words = {t.lemma for t in candidate.sentence.tokens} & _REPEATED
        telling = candidate.act in _TELIC and not words
        return "announced" if candidate.instrument or telling else "under_way", "tense:present"
    return "announced", f"tense:{clause.tense or 'none'}"


def _negated_above(context: Context, candidate: Candidate) -> bool:
    tokens = candidate.sentence.tokens
    for index in candidate.clause.above:
        if tokens[index].lemma not in context.acts.forces:
            return False
        if any(tokens[i].text.lower() == "не" for i in candidate.sentence.children[index]):
            return True
    return False


def _past_above(candidate: Candidate) -> bool:
    index = candidate.force_at
    return index is not None and candidate.sentence.tokens[index].feats.get("Tense") == "Past"
