"""A sentence -> the words in it that tell who says so: verbs of speech, «по словам», «ссылаясь на», denial, rumour."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from servanda.lang.speech import is_speech, speech_words
from servanda.lang.words import Sentence, Token
from servanda.model.spans import Span
from servanda.model.terms import Certainty
from servanda.reading.clauses import case_of
from servanda.reading.document import Document
from servanda.world.tables import load_table, values

_SUBJECTS = ("nsubj", "nsubj:pass")
# Parts of a noun phrase that do not name the speaker.
_APART = (
    "acl",
    "acl:relcl",
    "parataxis",
    "advcl",
    "ccomp",
    "cc",
    "advmod",
    "discourse",
    "cop",
    "conj",
    "orphan",
    "obl",
)
# A speaker goes on to the end of the paragraph; that of a transcript until the next turn.
SAME_BLOCK, TO_THE_END = 0, 1000
_CLAUSE = 40  # words within which a clause is looked through
_TITLE_TAIL = 5  # words of a speaker that a title names after its dash


@dataclass(frozen=True, slots=True)
class Cue:
    """One word of attribution in a sentence: where it stands and whom it names (None: the speaker of before)."""

    at: int
    speaker: Span | None
    rule: str
    certainty: str | None = None
    firm: bool = True
    media: bool = False
    backwards: bool = False  # «Об этом сообщил ...» speaks of what stands before
    lasting: int = SAME_BLOCK
    personal: bool = False  # a pronoun stands for the speaker
    denies_before: bool = False  # «эту информацию опровергли» denies what stands before


@lru_cache(maxsize=1)
def _cue_lemmas() -> frozenset[str]:
    """Lemmas at which a rule of attribution looks; all others are passed over."""
    words = speech_words()
    return frozenset.union(
        words["say"], words["claim"], words["relay"], words["deny"], words["falsehood"], words["hint"]
    )


def find_parts(sentence: Sentence, text: str) -> Iterator[Span]:
    """A sentence cut at its semicolons and where a turn of a transcript begins: each part may have its own speaker."""
    cuts = [t.end for t in sentence.tokens if t.text == ";"]
    if any(t.text == ":" for t in sentence.tokens):
        cuts += [m.start() for m in _TURN.finditer(text, sentence.start, sentence.end)]
    bounds = [sentence.start, *sorted(cuts), sentence.end]
    return (Span(a, b) for a, b in itertools.pairwise(bounds) if a < b)


_TURN = re.compile(r"(?<!\w)(?:[А-ЯЁ]\.\s?){1,2}[А-ЯЁ][А-Яа-яё -]{1,30}(?=:)")


def find_cues(document: Document, sentence: Sentence, part: Span) -> Iterator[Cue]:
    spoken = not sentence.lemmas.isdisjoint(_cue_lemmas())
    for token in sentence.tokens if spoken else ():
        if token.lemma in _cue_lemmas() and part.start <= token.start and token.end <= part.end:
            cues = (rule(document, sentence, token) for rule in (_spoken, _according, _referring, _denying, _doubting))
            yield from (cue for cue in cues if cue is not None)
    yield from _transcript(document, sentence, part)
    yield from _title_tail(document, sentence, part)


def _spoken(document: Document, sentence: Sentence, token: Token) -> Cue | None:
    """«X заявил», «сообщили в X», «говорится в сообщении X».

    yes: Об этом сообщила пресс-служба министерства.
    no: Министр не сообщил сроков.
    """
    relay = is_speech(token, "relay")
    if not (relay or is_speech(token, "say") or (is_speech(token, "claim") and _has_content(sentence, token))):
        return None
    if token.pos not in ("VERB", "ADJ") or _is_negated(sentence, token):
        return None
    if token.feats.get("VerbForm") in ("Inf", "Conv", "Part") or _is_relative(sentence, token):
        return None
    head = _subject(sentence, token)
    if head is None:
        return _spoken_in(document, sentence, token)
    if head.pos == "PRON":
        return (
            Cue(token.index, None, "speech verb", personal=head.lemma != "они") if is_speech(head, "pronoun") else None
        )
    if head.pos not in ("NOUN", "PROPN", "ADJ", "X") or is_speech(head, "voiceless"):
        return None
    speaker = _phrase(document, sentence, head)
    media = _is_media(document, speaker) or relay
    if relay and not _is_media(document, speaker):
        return None
    certainty = _certainty_of(sentence, head)
    return Cue(token.index, speaker, "speech verb", certainty, True, media, _speaks_of_this(sentence, token))


def _is_relative(sentence: Sentence, token: Token) -> bool:
    """«О которых министр объявил», «о чем говорил президент»: told as background, not by this speaker now."""
    for t in reversed(sentence.tokens[max(0, token.index - _CLAUSE) : token.index]):
        if t.text == ",":
            return False
        if t.lemma == "который" or t.text.lower() in ("чем", "чём"):
            return True
    return False


def _has_content(sentence: Sentence, token: Token) -> bool:
    """Whether what is said stands beside the verb: a clause with «что», a quotation, or the sentence around it."""
    tokens, i = sentence.tokens, token.index
    if token.rel == "parataxis" or any(tokens[j].rel in ("ccomp", "parataxis") for j in sentence.children[i]):
        return True
    after = [t.text.lower() for t in tokens[i + 1 : i + 9]]
    before = [t.text.lower() for t in tokens[max(0, i - 6) : i]]
    return any(a == "," and b in ("что", "чтобы", "как") for a, b in itertools.pairwise(after)) or any(
        b in ("об", "о") and c == "этом" for b, c in itertools.pairwise(before)
    )


def _subject(sentence: Sentence, token: Token) -> Token | None:
    """The subject of a verb; a word that stands in another case is none, though the tree may say so."""
    named = [sentence.tokens[i] for i in sentence.children[token.index] if sentence.tokens[i].rel in _SUBJECTS]
    fitting = [t for t in named if t.feats.get("Case") not in ("Dat", "Loc", "Gen", "Ins")]
    return min(fitting, key=lambda t: t.feats.get("Case") != "Nom", default=None)


def _spoken_in(document: Document, sentence: Sentence, token: Token) -> Cue | None:
    """Without a subject: «сообщили в министерстве», «говорится в заявлении фонда», «следует из записки»."""
    if token.feats.get("Person") in ("1", "2"):
        return None
    for i in (*sentence.children[token.index], *_places_after(sentence, token)):
        head = sentence.tokens[i]
        prep = _preposition(sentence, i)
        if head.pos not in ("NOUN", "PROPN") or not _may_speak(head, prep) or _is_time(document, head):
            continue
        if is_speech(head, "document"):
            of = next((j for j in sentence.children[i] if sentence.tokens[j].rel == "nmod"), None)
            whole = _phrase(document, sentence, head if of is None else sentence.tokens[of])
            return Cue(token.index, whole, "said in a document", backwards=_speaks_of_this(sentence, token))
        speaker = _phrase(document, sentence, head)
        return Cue(token.index, speaker, "speech verb", backwards=_speaks_of_this(sentence, token))
    return None


def _may_speak(head: Token, prep: str) -> bool:
    """Whether a place is one that speaks: «в посольстве», «на сайте», «из записки», not «в интервью»."""
    if prep in ("в", "во"):
        return not is_speech(head, "stage") and (head.feats.get("Case") == "Loc" or head.text[0].isupper())
    return (prep == "на" and is_speech(head, "site")) or (prep == "из" and is_speech(head, "document"))


def _places_after(sentence: Sentence, token: Token) -> Iterator[int]:
    """Heads with «в» close after a verb, whatever the tree hangs them on."""
    for t in sentence.tokens[token.index + 1 : token.index + 8]:
        if t.text == "," or t.pos == "VERB":
            return
        if t.feats.get("Case") == "Loc" and t.pos in ("NOUN", "PROPN"):
            yield t.index


def _is_time(document: Document, token: Token) -> bool:
    return any(t.start <= token.start < t.end for t in document.times)


def _according(document: Document, sentence: Sentence, token: Token) -> Cue | None:
    """«По словам X», «по данным X», «согласно X», «по его словам».

    yes: По словам министра, завод пустят в мае.
    no: По данным аукционам не было равных.
    """
    tokens, i = sentence.tokens, token.index
    if token.lemma == "соответствие" and i + 2 < len(tokens) and tokens[i + 1].text.lower() in ("с", "со"):
        head = _next_noun(sentence, i + 2)
        return (
            Cue(i, _phrase(document, sentence, head), "according to", None, False)
            if head and is_speech(head, "document")
            else None
        )
    if token.lemma == "согласно" and i + 1 < len(tokens):
        head = _next_noun(sentence, i + 1)
        return Cue(i, _phrase(document, sentence, head), "according to", None, False) if head else None
    if token.text.lower() != "по":
        return None
    noun = _next_noun(sentence, i + 1)
    if noun is None or not is_speech(noun, "according"):
        return None
    between = tokens[i + 1 : noun.index]
    if any(is_speech(t, "pronoun") for t in between):
        return Cue(i, None, "by his words", None, False, personal=noun.lemma in ("слово", "мнение", "утверждение"))
    doubt = Certainty.POSSIBLE if any(is_speech(t, "rumour") for t in between) else None
    after = _next_noun(sentence, noun.index + 1)
    if after is None or after.feats.get("Case", "Gen") != "Gen":
        return Cue(i, Span(token.end + 1, noun.end), "according to", doubt, False) if between else None
    speaker = _phrase(document, sentence, after)
    return Cue(i, speaker, "according to", doubt or _certainty_of(sentence, after), False, _is_media(document, speaker))


def _referring(document: Document, sentence: Sentence, token: Token) -> Cue | None:
    """«Со ссылкой на X», «ссылаясь на X»: X is the source, whoever passes it on is the channel."""
    if token.lemma not in ("ссылка", "ссылаться", "сослаться") or token.index + 2 >= len(sentence.tokens):
        return None
    if sentence.tokens[token.index + 1].text.lower() != "на":
        return None
    head = _next_noun(sentence, token.index + 2)
    if head is None:
        return None
    return Cue(token.index, _phrase(document, sentence, head), "with reference to", _certainty_of(sentence, head))


def _denying(document: Document, sentence: Sentence, token: Token) -> Cue | None:
    """«X опроверг», «назвал выдумкой», «лишена оснований», «не соответствует действительности», «речь не идет».

    yes: МИД опроверг сообщения о базе.
    no: МИД не опроверг сообщения о базе.
    """
    tokens, i = sentence.tokens, token.index
    if is_speech(token, "deny") and not _is_negated(sentence, token) and not _turns_down(sentence, token):
        return _denial(document, sentence, token, token)
    if is_speech(token, "falsehood") and token.head >= 0 and case_of(token) == "ins":
        head = tokens[token.head]
        if is_speech(head, "call") and not _is_negated(sentence, head):
            return _denial(document, sentence, token, head)
    near = " ".join(t.lemma for t in tokens[i : i + 4])
    if near.startswith(_UNTRUE):
        return Cue(i, None, "denial", Certainty.DENIED, denies_before=_is_of_before(sentence))
    if near.startswith(("речь не идти", "речь пока не идти", "вопреки сообщение")):
        return Cue(i, None, "denial", Certainty.DENIED)
    return None


def _turns_down(sentence: Sentence, verb: Token) -> bool:
    """«отверг идею», «отвергают любые шаги»: a proposal declined, no word denied."""
    if verb.lemma not in _DECLINING:
        return False
    things = [sentence.tokens[i] for i in sentence.children[verb.index] if sentence.tokens[i].rel in _DECLINED]
    return bool(things) and not any(is_speech(t, "told") or t.pos in ("PRON", "DET") for t in things)


_DECLINING = frozenset(("отвергнуть", "отвергать", "отмести", "отметать"))
_DECLINED = frozenset(("obj", "nsubj:pass"))

_UNTRUE = (
    "лишить основание",
    "лишенный основание",
    "лишить всякий основание",
    "лишенный всякий основание",
    "не иметь основание",
    "не иметь под себя основание",
    "не соответствовать действительность",
    "не соответствовать истина",
    "действительность не соответствовать",
    "не отвечать действительность",
)


def _denial(document: Document, sentence: Sentence, token: Token, verb: Token) -> Cue:
    """The denial that a verb of speech makes."""
    subject = _subject(sentence, verb)
    before = _is_of_before(sentence)
    if subject is not None and subject.pos in ("NOUN", "PROPN"):
        return Cue(token.index, _phrase(document, sentence, subject), "denial", Certainty.DENIED, denies_before=before)
    cue = _spoken_in(document, sentence, verb)
    return Cue(token.index, cue.speaker if cue else None, "denial", Certainty.DENIED, denies_before=before)


def _is_of_before(sentence: Sentence) -> bool:
    """«Эту информацию опровергли», «это назвали выдумкой» deny what the sentence before told."""
    for token in sentence.tokens:
        head = sentence.tokens[token.head] if token.head >= 0 else None
        named = head is not None and token.lemma in _POINTING and is_speech(head, "told")
        if named or (token.lemma == "это" and token.pos in ("PRON", "DET", "NOUN")):
            return True
    return False


_POINTING = frozenset(("этот", "данный", "такой", "подобный"))


_ALLEGED = frozenset(("якобы", "предположительно", "по-видимому", "вроде"))


def _doubting(document: Document, sentence: Sentence, token: Token) -> Cue | None:
    """«Якобы», «по слухам» make the thing told possible, whoever tells it."""
    before = sentence.tokens[token.index - 1].text.lower() if token.index else ""
    if token.lemma == "верить" and before == "если" and token.index <= 2:
        return Cue(token.index, None, "rumour", Certainty.POSSIBLE, False)
    if token.lemma in _ALLEGED or (
        token.lemma == "слух" and token.index and sentence.tokens[token.index - 1].lemma == "по"
    ):
        return Cue(token.index, None, "rumour", Certainty.POSSIBLE, False)
    return None


def _transcript(document: Document, sentence: Sentence, part: Span) -> Iterator[Cue]:
    """«И.Петров: Добрый день» opens a turn of a transcript."""
    turn = _TURN.match(document.page.text, part.start, part.end)
    if turn:
        yield Cue(0, Span(*turn.span()), "transcript", lasting=TO_THE_END)


def _title_tail(document: Document, sentence: Sentence, part: Span) -> Iterator[Cue]:
    """«Мост откроют в мае – МИД»: a title names the speaker after its last dash."""
    if document.page.blocks[sentence.block].kind != "title":
        return
    dash = next((t for t in reversed(sentence.tokens) if t.text in "-–—"), None)
    if dash is None or not 0 < len(sentence.tokens) - dash.index - 1 <= _TITLE_TAIL:
        return
    tail = [t for t in sentence.tokens[dash.index + 1 :] if t.pos != "PUNCT"]
    head = next((t for t in tail if t.pos in ("NOUN", "PROPN")), None)
    if head and tail and not any(t.pos == "VERB" for t in tail) and dash.start > part.start:
        yield Cue(
            dash.index, Span(tail[0].start, tail[-1].end), "end of the title", _certainty_of(sentence, head), False
        )


def _certainty_of(sentence: Sentence, head: Token) -> str | None:
    """A lone source that nothing describes is a rumour; «источник в министерстве», «два источника» are not."""
    if not is_speech(head, "anonymous"):
        return None
    if head.lemma == "сми":
        return Certainty.POSSIBLE
    if head.index and sentence.tokens[head.index - 1].pos == "NUM":
        return None
    described = any(
        t.text.lower() in ("в", "во", "на") or t.lemma.startswith("близк")
        for t in sentence.tokens[head.index + 1 : head.index + 4]
    )
    return None if described else Certainty.POSSIBLE


def _speaks_of_this(sentence: Sentence, token: Token) -> bool:
    """Whether the verb has «об этом» with it."""
    before = [t.text.lower() for t in sentence.tokens[:8]]
    return token.index < 20 and any(a in ("об", "о") and b == "этом" for a, b in itertools.pairwise(before))


def _is_negated(sentence: Sentence, token: Token) -> bool:
    return token.index > 0 and sentence.tokens[token.index - 1].text.lower() == "не"


def _is_media(document: Document, speaker: Span) -> bool:
    """Papers and agencies in the manner of «Коммерсантъ», РБК, ТАСС, and what is called a paper."""
    words = document.words(*speaker)
    first = words.split()[0].lower() if words.split() else ""
    return words.strip('«»"') in _agencies() or first in speech_words()["outlet"]


@lru_cache(maxsize=1)
def _agencies() -> frozenset[str]:
    return frozenset(name for row in load_table("media") for name in (row["name"], *values(row["names"])) if name)


def _preposition(sentence: Sentence, index: int) -> str:
    words = [sentence.tokens[i] for i in sentence.children[index] if sentence.tokens[i].rel == "case"]
    return words[0].text.lower() if words else ""


def _next_noun(sentence: Sentence, start: int) -> Token | None:
    """The head of the noun phrase that begins at a token: adjectives and numerals before it are passed over."""
    for token in sentence.tokens[start : start + 6]:
        if token.pos in ("NOUN", "PROPN"):
            return token
        if token.pos not in ("ADJ", "DET", "NUM", "PRON", "ADV") and token.text not in '«"“':
            return None
    return None


def _phrase(document: Document, sentence: Sentence, head: Token) -> Span:
    """The words that name a speaker: the unbroken part of the head's phrase around it, without clauses about him."""
    inside = {head.index}
    todo = [head.index]
    while todo and len(inside) < _CLAUSE:
        for i in sentence.children[todo.pop()]:
            token = sentence.tokens[i]
            if token.rel not in _APART and not (token.rel == "case" and token.head == head.index) and i not in inside:
                inside.add(i)
                todo.append(i)
    first = last = head.index
    while first - 1 in inside and sentence.tokens[first - 1].text != ",":
        first -= 1
    while last + 1 in inside and sentence.tokens[last + 1].text not in (",", "—", "–"):
        last += 1
    start, end = sentence.tokens[first].start, sentence.tokens[last].end
    for person in document.people:
        if person.start < end and start < person.end and sentence.start <= person.start and person.end <= sentence.end:
            start, end = min(start, person.start), max(end, person.end)
    return _trim(document.page.text, start, end)


def _trim(text: str, start: int, end: int) -> Span:
    """Without marks that are open on one side only."""
    while end - start > 1 and text[start] in ",-–— ":
        start += 1
    while end - start > 1 and text[end - 1] in ",-–—: ":
        end -= 1
    words = text[start:end]
    if words[0] in '«"' and words.count("»") + words.count('"') < (2 if words[0] == '"' else 1):
        start += 1
    elif words[-1] == "»" and "«" not in words:
        end -= 1
    return Span(start, end)
