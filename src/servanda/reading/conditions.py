"""Candidate -> the words that state the terms on which it is done: «безвозмездно», «под 2% годовых», «если …»."""

from collections.abc import Iterator

from servanda.lang.words import Sentence, Token
from servanda.model.spans import Span
from servanda.reading.candidates import Candidate
from servanda.reading.clauses import case_of, extent, noun_phrase, preposition
from servanda.reading.context import Context, span_of
from servanda.reading.document import starting, within

_HEARSAY = frozenset(("верить", "судить", "учесть", "учитывать", "говорить"))  # «если верить газете»: no condition
_DOING = ("ние", "тие", "ация")  # endings of nouns of doing
_LETTERS_OF_TIME = 60
_APART = frozenset(("acl", "acl:relcl", "advcl"))  # relations that open another clause
_YEARLY = "годовых"
_POINTING = frozenset(("этот", "тот", "который", "такой"))  # «на этом основании» looks back, it states nothing
_OPENING = frozenset(("NOUN", "PROPN", "ADJ", "DET", "PRON"))  # «в год его председательства»
_UNTIL = ["до", "тех", "пор"]
_PARTING = frozenset((",", '"', "«", "“"))


def find_terms(context: Context, candidate: Candidate) -> Iterator[Span]:
    """The terms of a candidate in the order of the text, without overlaps."""
    document, sentence = context.document, candidate.sentence
    tokens = document.tokens_in(sentence, *candidate.quote)
    if candidate.explains and candidate.explains.object is not None:
        told = noun_phrase(sentence, candidate.explains.object)
        tokens = [*document.tokens_in(sentence, *told), *tokens]
    found = [span for t in dict.fromkeys(tokens) if (span := _term(context, candidate, t))]
    found += _conditions(context, candidate)
    found += [Span(t.start, t.end) for t in within(document.times, candidate.quote) if t.grain == "duration"]
    found += [a.rate for a in within(document.amounts, candidate.quote) if a.rate]
    taken: list[Span] = []
    for span in found:
        worded = any(map(str.isalnum, document.words(*span)))
        if worded and not any(span.overlaps(t) for t in taken):
            taken.append(span)
    yield from _joined(context, sorted(taken))


def _joined(context: Context, spans: list[Span]) -> list[Span]:
    """«под 2%», «годовых» side by side are one term."""
    out: list[Span] = []
    for span in spans:
        if out and span.start - out[-1].end == 1 and context.document.words(*span).startswith(_YEARLY):
            out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return out


def _conditions(context: Context, candidate: Candidate) -> Iterator[Span]:
    """«если …», «пока …» that hang on the predicate, on a word above it or on the one it is joined to."""
    sentence, clause = candidate.sentence, candidate.clause
    joined = [clause.token.head] if clause.token.rel == "conj" and clause.token.head >= 0 else []
    for index in (clause.index, *clause.above, *joined):
        for i in sentence.children[index]:
            if sentence.tokens[i].rel == "advcl" and (span := _clause_of(context, sentence, sentence.tokens[i])):
                yield span


def _clause_of(context: Context, sentence: Sentence, token: Token) -> Span | None:
    """A clause of condition under its mark; «до тех пор» before its comma belongs to it."""
    below = [sentence.tokens[i] for i in sentence.children[token.index] if i < token.index]
    marks = {_mark(sentence, t) for t in below} & context.acts.terms["mark"]
    told = token.feats.get("Tense") == "Past" and marks == {"когда"}
    if not marks or told or token.lemma in _HEARSAY:
        return None
    span = _before_main(sentence, token, extent(sentence, token.index))
    first = next((t.index for t in sentence.tokens if t.start >= span.start), 0)
    before = [t.text.lower() for t in sentence.tokens[max(0, first - 4) : first] if t.text not in _PARTING]
    return Span(sentence.tokens[first - 4].start, span.end) if before == _UNTIL and first >= 4 else span


def _before_main(sentence: Sentence, token: Token, span: Span) -> Span:
    """A condition that stands first ends at the comma before the main clause, whatever the tree says."""
    head = sentence.tokens[token.head]
    if not span.start <= head.start < span.end or head.index < token.index:
        return span
    comma = next((t for t in sentence.tokens[token.index : head.index] if t.text == ","), None)
    return Span(span.start, comma.start) if comma else span


def _mark(sentence: Sentence, token: Token) -> str:
    """The words that open a clause, joined by «_»: «если», «как_только»."""
    fixed = [i for i in sentence.children[token.index] if sentence.tokens[i].rel == "fixed"]
    return "_".join([token.text.lower(), *(sentence.tokens[i].text.lower() for i in fixed)])


def _term(context: Context, candidate: Candidate, token: Token) -> Span | None:
    """The words of a term that the token heads: «безвозмездно», «под 2% годовых», «автомобильным транспортом»."""
    terms, sentence = context.acts.terms, candidate.sentence
    if token.lemma in terms["word"] and token.pos in ("ADJ", "ADV"):
        noun = sentence.tokens[token.head] if token.rel == "amod" and token.head > token.index else None
        whole = _term(context, candidate, noun) if noun else None  # «по льготной цене» rather than «льготной»
        return whole if whole and whole.covers(span_of(token)) else span_of(token)
    if token.rel in _APART and token.lemma not in _HEARSAY:
        return _clause_of(context, sentence, token)
    if token.pos not in ("NOUN", "PROPN", "PRON") and token.text != "%":
        return None
    below = [sentence.tokens[i] for i in sentence.children[token.index]]
    if token.lemma in _POINTING or any(t.lemma in _POINTING for t in below if t.rel in ("det", "amod")):
        return None
    prep = preposition(sentence, token.index)
    if prep in terms["preposition"] or _is_phrase(context, candidate, token, prep):
        return extent(sentence, token.index, drop=("acl:relcl",))
    oblique = token.rel in ("obl", "nmod") and case_of(token) in ("ins", "dat")
    if token.lemma in terms["noun"] and oblique and not context.scene.actor(sentence, token.index):
        apart = frozenset(t.index for t in below if preposition(sentence, t.index) and token.lemma != "срок")
        return extent(sentence, token.index, drop=("acl:relcl", "case"), without=apart)
    return None


def _is_phrase(context: Context, candidate: Candidate, token: Token, prep: str) -> bool:
    """«в случае победы», «на год», «в ближайшее время», «до завершения проверки»; no date («на 2026 год») and,
    after «в» and «до», no amount («в объеме 5 млн тонн»).
    """
    terms, sentence = context.acts.terms, candidate.sentence
    if prep == "в" and any(sentence.tokens[i].lemma in terms["soon"] for i in sentence.subtree(token.index)):
        return True
    if not prep or _is_dated(context, token) or context.instrument_at(sentence, token.index):
        return False
    if prep == "в" and token.lemma in terms["rate"]:  # «пять рейсов в неделю»
        after = sentence.tokens[token.index + 1] if token.index + 1 < len(sentence.tokens) else token
        return len(sentence.children[token.index]) == 1 and after.pos not in _OPENING
    if prep == "за" and token.lemma in terms["span"]:  # «построит за два года»
        return any(sentence.tokens[i].rel.startswith("nummod") for i in sentence.children[token.index])
    event = prep in ("до", "после") and (token.lemma in terms["event"] or token.lemma.endswith(_DOING))
    if not event and f"{prep}_{token.lemma}" not in terms["phrase"]:
        return False
    counts = prep in ("в", "до", "после") and within(context.document.amounts, noun_phrase(sentence, token.index))
    return not counts and (prep != "после" or candidate.clause.tense != "past")


def _is_dated(context: Context, token: Token) -> bool:
    near = starting(context.document.times, token.start - _LETTERS_OF_TIME, token.end)
    return any(t.start <= token.start and token.end <= t.end and t.grain != "duration" for t in near)
