"""Document -> the words that say that something is kept back («сумма сделки не раскрывается»)."""

from collections.abc import Sequence
from functools import lru_cache

from servanda.lang.speech import is_speech, speech_words
from servanda.lang.words import Sentence, Token
from servanda.model.spans import Span
from servanda.reading.document import Document

_REACH = 40  # words that a clause may run to either side


@lru_cache(maxsize=1)
def _withholding_lemmas() -> frozenset[str]:
    words = speech_words()
    return frozenset.union(words["withhold"], words["withheld"], words["answer"], words["secret"])


def find_undisclosed(document: Document) -> list[Span]:
    """The clauses that say that something is not disclosed, in the order of the text."""
    found: list[Span] = []
    for sentence in document.sentences:
        if sentence.lemmas.isdisjoint(_withholding_lemmas()):
            continue
        for token in sentence.tokens:
            if is_withheld(sentence, token):
                span = _clause_around(sentence, token)
                if found and document.words(found[-1].end, span.start) in ("", ", "):
                    found[-1] = Span(min(found[-1].start, span.start), max(found[-1].end, span.end))
                else:
                    found.append(span)
    return found


def is_withheld(sentence: Sentence, token: Token) -> bool:
    """Whether a word says that something is kept back: «не раскрывается», «отказался назвать»."""
    return token.lemma in _withholding_lemmas() and _withholds(sentence, token)


def _withholds(sentence: Sentence, token: Token) -> bool:
    """Whether a word, with what stands beside it, says that something is kept back.

    yes: Сумма сделки не раскрывается.
    yes: Чем вызвана задержка, чиновник объяснить не смог.
    yes: Цена держится в секрете.
    no: Министр не назвал Россию противником.
    """
    tokens, i = sentence.tokens, token.index
    before = [t.text.lower() for t in tokens[max(0, i - 3) : i]]
    after = [t.text.lower() for t in tokens[i + 1 : i + 4]]
    word = token.text.lower().replace("ё", "е")
    if word in ("секрете", "тайне"):
        return any(
            t.lemma in ("держать", "держаться", "оставаться", "хранить", "храниться") for t in tokens[max(0, i - 4) : i]
        )
    if word == "тайна":
        return bool(before) and before[-1] in ("коммерческая", "военная", "государственная")
    if word == "нет":
        return i >= 2 and is_speech(tokens[i - 1], "text") and tokens[i - 2].text.lower() == "в"
    if word.startswith("ответил") and "не" in before[-2:]:
        return any(t.lemma == "запрос" for t in tokens[max(0, i - _REACH) : i])
    if word == "сказано" or (word.startswith("объявля") and "ничего" in before):
        return "не" in before[-1:]
    passive = word.endswith(("ся", "сь")) or token.feats.get("VerbForm") == "Part"
    if token.feats.get("VerbForm") == "Inf":
        agreed = before[-1:] == ["не"] and any(
            t.lemma in ("условиться", "договориться") for t in tokens[max(0, i - _REACH) : i]
        )
        own = is_speech(token, "answer") and ("буду" in after or "могу" in after)
        return (is_speech(token, "withhold") or own) and (agreed or _is_declined(tokens, i))
    if before[-1:] != ["не"] or not (is_speech(token, "withhold") or (passive and is_speech(token, "withheld"))):
        return False
    names_object = token.lemma in ("назвать", "называть") and any(t.pos == "PROPN" for t in tokens[i + 1 : i + 3])
    return not names_object and after[:1] != ["ни"]


def _is_declined(tokens: Sequence[Token], i: int) -> bool:
    """«Отказался назвать», «назвать отказался», «не смог объяснить», «объяснить не смог»."""
    for j in (i - 1, i - 2, i + 1, i + 2):
        if 0 <= j < len(tokens) and is_speech(tokens[j], "refuse"):
            return tokens[j].lemma.startswith("отказ") or (j > 0 and tokens[j - 1].text.lower() == "не")
    return False


_HARD = frozenset((";", ":", "—", "–", "(", ")", "…", "!", "?", "."))
_JOINING = frozenset(("но", "однако", "а", "и", "хотя", ",", '"', "«", "-"))
_CLOSING = frozenset((",", '"', "»", "-"))
_TRAILING = frozenset(("тоже", "более", "также"))


def _clause_around(sentence: Sentence, token: Token) -> Span:
    """The clause of a word, without the conjunction that joins it and the marks around it."""
    tokens = sentence.tokens
    hard = _HARD - {":"} if token.text.lower() == "тайна" else _HARD
    first = last = token.index
    while first > max(0, token.index - _REACH) and tokens[first - 1].text not in hard:
        if tokens[first - 1].text == "," and not _goes_on(tokens, first):
            break
        first -= 1
    end = min(len(tokens), token.index + _REACH)
    while last + 1 < end and tokens[last + 1].text not in _HARD and tokens[last + 1].text != ",":
        last += 1
    last = _with_addition(tokens, last)
    while first < token.index and tokens[first].text.lower() in _JOINING:
        first += 1
    while last > token.index and tokens[last].text in _CLOSING:
        last -= 1
    return Span(tokens[first].start, tokens[last].end)


def _goes_on(tokens: Sequence[Token], first: int) -> bool:
    """Whether the clause reaches back over a comma: to an indirect question, a participle or one word aside."""
    begin = first - 1
    while begin > max(0, first - _REACH) and tokens[begin - 1].text not in _HARD and tokens[begin - 1].text != ",":
        begin -= 1
    segment = tokens[begin : first - 1]
    if not segment or segment[-1].text in _CLOSING or tokens[first].text.lower() in _JOINING:
        return False
    asks = any(t.text.lower() in speech_words()["question"] for t in segment[:4])
    participle = any(t.feats.get("VerbForm") == "Part" for t in (segment[0], tokens[first]))
    aside = len(segment) == 1 or [t.text for t in tokens[first + 1 : first + 2]] == [","]
    return asks or participle or aside


def _with_addition(tokens: Sequence[Token], last: int) -> int:
    """«..., о цене – тоже», «..., деньги – тем более» belong to the clause."""
    for end in range(last + 1, min(last + 8, len(tokens))):
        if tokens[end].text.lower() in _TRAILING and tokens[last + 1].text == ",":
            return end
        if tokens[end].text in (";", ".", ":"):
            break
    return last
