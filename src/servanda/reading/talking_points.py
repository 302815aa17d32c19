"""Words after «обсудили», «переговоры о» -> spans of what was spoken of, one a topic."""

from collections.abc import Collection, Iterator, Sequence

from servanda.lang.words import Token
from servanda.model.spans import Span
from servanda.reading.attendance import BETWEEN, WITH, Argument
from servanda.reading.offices import case_of
from servanda.reading.stretches import SIGNS, Stretch, is_predicate

_ABOUT = frozenset({"по", "о", "об", "относительно", "вокруг", "насчет", "насчёт", "касательно"})
_LEADING = frozenset({"о", "об", "относительно", "к", "ко"})  # «приурочен к»
_LINKS = frozenset({"а", "также", "и", "в", "частности"})
_ASIDE = frozenset({"ADV", "PART", "PRON"})
_BESIDE = frozenset({"участием", "участии", "посредничестве", "поддержке", "эгидой"})  # after «с», «при», «под»
_LONGEST_ASIDE = 6  # words of «в ходе встречи», «по телефону»


def cut(tokens: Sequence[Token], first: int, last: int) -> Span:
    """The span of tokens [first, last) without signs and conjunctions at its edges; a lone closing quote goes too."""
    while first < last - 1 and (
        tokens[first].text in SIGNS - {"«"} or tokens[first].text.lower() in ("и", "а", "но", "что")
    ):
        first += 1
    while last - 1 > first and _is_loose(tokens, first, last):
        last -= 1
    return Span(tokens[first].start, tokens[last - 1].end)


def _is_loose(tokens: Sequence[Token], first: int, last: int) -> bool:
    end = tokens[last - 1].text
    inner = [t.text for t in tokens[first:last]]
    if end == "»":
        return inner.count("«") < inner.count("»")
    if end in ('"', "”"):
        return sum(t in ('"', "“", "”") for t in inner) % 2 == 1
    return end in SIGNS and not (end == ")" and "(" in inner)


def topics_of_noun(
    tokens: Sequence[Token], last: int, stretch: Stretch, barred: Collection[str], arguments: Sequence[Argument]
) -> Iterator[Span]:
    """«переговоры по вопросам ...», «о статусе ... и о ...»: to the verb, who meets, or the end."""
    offices = [a for a in arguments if a.kind == "person"]  # «представителя США по вопросам Украины»
    for k in range(last + 1, stretch.last - 1):
        if is_predicate(tokens[k]) or tokens[k].text == ",":
            return
        if any(a.first < k < a.last for a in offices):
            continue
        if tokens[k].pos == "ADP" and tokens[k].text.lower() in _ABOUT:
            if tokens[k + 1].lemma not in barred:
                end = end_of_topic(tokens, k, stretch.last)
                end = min([e for e in (_before_side(a) for a in arguments) if k + 1 < e < end], default=end)
                end = next((j for j in range(k, end) if is_predicate(tokens[j])), end)
                yield from _by_preposition(tokens, k, end - (tokens[end - 1].text == "не"))
            return


def _by_preposition(tokens: Sequence[Token], first: int, end: int) -> Iterator[Span]:
    """«о границе и о газе», whose parts repeat the preposition; «об этом» tells none."""
    about, start = tokens[first].text.lower(), first
    for k in range(first + 1, end - 1):
        if tokens[k].text in ("и", ",") and tokens[k + 1].text.lower() == about:
            yield cut(tokens, start, k)
            start = k + 1
    pointing = start + 1 < end and tokens[start + 1].lemma in ("этот", "тот", "данный", "указанный")
    if any(t.pos in ("NOUN", "PROPN", "X") for t in tokens[start:end]) and not (pointing and end - start <= _POINTED):
        yield cut(tokens, start, end)


_POINTED = 3  # «по этой проблеме»


def topics_of_verb(
    tokens: Sequence[Token], index: int, stretch: Stretch, arguments: Sequence[Argument]
) -> Iterator[Span]:
    """The objects of a verb or noun of discussion: a list is cut where a part stands in the case of the first."""
    k = index + 1
    while k < stretch.last and (step := _aside(tokens, k, stretch, arguments)):
        k += step
    end = end_of_topic(tokens, k, stretch.last)
    if any(a.first <= k < a.last and a.kind == "person" and not a.prep for a in arguments):
        return  # «обсуждения президентов»
    end = min([e for e in (_before_side(a) for a in arguments) if k < e < end], default=end)
    end = next((j for j in range(k, end) if is_predicate(tokens[j])), end)
    if k >= end:
        return
    case = next((case_of(t) for t in tokens[k:end] if t.pos in ("NOUN", "ADJ", "PROPN") and case_of(t)), "")
    start = k
    for j in range(k + 1, end):
        following = _next_topic(tokens, j, end, case)
        if following is not None:
            yield cut(tokens, start, j)
            start = following
    if any(t.pos != "PUNCT" for t in tokens[start:end]):
        yield cut(tokens, start, end)


def end_of_list(tokens: Sequence[Token], first: int, last: int) -> int:
    """Where genitives side by side end: «(посещение) завода "Шкода", музея и ряда объектов, встреча ...»."""
    for k in range(first, last):
        if is_predicate(tokens[k]) or tokens[k].text in ("—", "–", ";", ":"):
            return k
        if k + 1 < last and tokens[k].text in (",", "и", "а") and tokens[k + 1].text.lower() not in _LINKS:
            following = next((t for t in tokens[k + 1 : last] if t.text not in SIGNS), tokens[k])
            if case_of(following) not in ("Gen", ""):
                return k
    return last


def _before_side(argument: Argument) -> int:
    """Where topics end before who meets: «с премьером Чехии», «между Россией и Чехией», a subject; -1 for others."""
    if argument.prep == BETWEEN or (argument.prep == WITH and argument.case == "Ins"):
        return argument.first - 1
    return argument.first if not argument.prep and argument.case == "Nom" and argument.kind == "person" else -1


def end_of_topic(tokens: Sequence[Token], start: int, last: int) -> int:
    """Without «, сообщает ...» and the quote that closes around."""
    return next(
        (k for k in range(start, last) if tokens[k].text in ("—", "–", ";", ":", "(") or _is_beside(tokens, k)), last
    )


def _is_beside(tokens: Sequence[Token], k: int) -> bool:
    """«с участием», «при посредничестве»: of the meeting, not of its topics."""
    return tokens[k].pos == "ADP" and k + 1 < len(tokens) and tokens[k + 1].text.lower() in _BESIDE


def _aside(tokens: Sequence[Token], k: int, stretch: Stretch, arguments: Sequence[Argument]) -> int:
    """How many words stand before the topics and are none: adverbs, «в ходе встречи», «с премьером Чехии»."""
    t = tokens[k]
    if t.pos in _ASIDE or t.text == ",":
        return 1
    if t.pos != "ADP" or t.text.lower() in _LEADING:
        return 0
    argument = next((a for a in arguments if a.first == k + 1), None)
    if argument:
        return argument.last - k
    j = k + 1
    while j < stretch.last and tokens[j].pos in ("ADJ", "NOUN", "DET", "NUM") and j - k < _LONGEST_ASIDE:
        j += 1
        if tokens[j - 1].pos == "NOUN" and (j >= stretch.last or case_of(tokens[j]) != "Gen"):
            break
    return j - k


def _next_topic(tokens: Sequence[Token], j: int, end: int, case: str) -> int | None:
    """Where the next topic begins after a sign at `j`."""
    if tokens[j].text == "и":
        return j + 1 if _is_parallel(tokens, j + 1, end, case) else None
    if tokens[j].text != ",":
        return None
    k = j + 1
    while k < end and tokens[k].text.lower() in _LINKS:
        k += 1
    if k >= end or tokens[k].pos not in ("NOUN", "ADJ", "PROPN"):
        return None
    return k if case_of(tokens[k]) == case or tokens[k - 1].text.lower() == "также" else None


def _is_parallel(tokens: Sequence[Token], k: int, end: int, case: str) -> bool:
    """Whether after «и» comes a topic of its own, with words of its own, and not one more word under the last."""
    nouns = [t for t in tokens[k:end] if t.pos in ("NOUN", "PROPN")]
    if len(nouns) < 2 or case_of(nouns[0]) != case or case == "Gen" or tokens[k].pos not in ("NOUN", "ADJ"):
        return False
    return nouns[0].rel == "conj" and nouns[0].head < k - 2
