"""Document -> who says so, for every sentence or part of one; and the words that say that something is kept back."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from servanda.lang.tables import read_table
from servanda.lang.words import Sentence, Token
from servanda.model.spans import Span
from servanda.model.terms import Certainty, How
from servanda.reading.document import Document
from servanda.reading.draft import Draft
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
_ASIDES = ("напомним", "напоминаем", "напомню", "ранее", "справочно", "справка")
_QUESTIONS = frozenset(
    "какой какая какое какие каким каких какую каком какими какова каков каковы кто кому кем сколько когда где куда чем чего"
    " чья чей чье зачем почему ли насколько".split()
)
# A speaker goes on to the end of the paragraph; that of a transcript until the next turn.
_SAME_BLOCK, _TO_THE_END = 0, 1000
_LEAD = 4  # sentences from the title on, whose speaker may be named by the last of them
_QUOTE_REACH = 8  # sentences that a quotation may run over
_TITLE_TAIL = 5  # words of a speaker that a title names after its dash


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says the words in `scope`. Offsets are clean. `via` is the channel through which the source spoke.

    `certainty` is possible for rumours and unnamed sources, denied for what the source denies, None where it says nothing.
    `held` means that the speaker was named before and goes on speaking; `firm` that following sentences are his too.
    """

    sentence: int
    scope: Span
    source: Span
    via: Span | None
    certainty: str | None
    rule: str
    held: bool = False
    firm: bool = True
    lasting: int = _SAME_BLOCK  # over how many paragraphs more


@dataclass(frozen=True, slots=True)
class _Cue:
    """One word of attribution in a sentence: where it stands and whom it names (None: the speaker of before)."""

    at: int
    speaker: Span | None
    rule: str
    certainty: str | None = None
    firm: bool = True
    media: bool = False
    backwards: bool = False  # «Об этом сообщил ...» speaks of what stands before
    lasting: int = _SAME_BLOCK
    personal: bool = False  # a pronoun stands for the speaker


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {}
    for row in read_table("ru", "speech"):
        kinds.setdefault(row["kind"], set()).update(row["lemma"].split())
    return {kind: frozenset(words) for kind, words in kinds.items()}


@lru_cache(maxsize=1)
def _cue_lemmas() -> frozenset[str]:
    """Lemmas at which a rule of attribution looks; all others are passed over."""
    words = _words()
    fixed = "по согласно соответствие ссылка ссылаться сослаться лишить лишенный не речь вопреки якобы слух".split()
    return frozenset.union(words["say"], words["claim"], words["relay"], words["deny"], fixed)


@lru_cache(maxsize=1)
def _withholding_lemmas() -> frozenset[str]:
    words = _words()
    fixed = "секрет тайна нет сказать объявлять объявляться ответить".split()
    return frozenset.union(words["withhold"], words["withheld"], words["answer"], fixed)


def _is(token: Token, kind: str) -> bool:
    return token.lemma in _words()[kind]


def attribute(document: Document, drafts: Sequence[Draft]) -> None:
    """Give every draft without a source the speaker of its words, the channel, and the doubt or denial that he adds."""
    found = find_attributions(document)
    for draft in drafts:
        quote = draft.evidence["quote"][0]
        said = source_at(found, quote.start) or source_at(found, quote.end - 1)
        if said is None:
            continue
        if draft.get("source") is None and said.source.end > said.source.start:
            how = How.INHERITED if said.held else How.STATED
            draft.put("source", said.source.of(document.page.text), said.source, how=how, rule=said.rule)
            if said.via is not None:
                draft.put("via", said.via.of(document.page.text), said.via, how=how, rule=said.rule)
        if said.certainty and draft.get("certainty") in (None, Certainty.STATED):
            draft.put("certainty", said.certainty, said.source, how=How.INFERRED, rule=said.rule)


def source_at(attributions: Sequence[Attribution], offset: int) -> Attribution | None:
    """The narrowest attribution whose scope holds the offset, or None: the outlet itself speaks."""
    around = [a for a in attributions if a.scope.start <= offset < a.scope.end]
    return min(around, key=lambda a: a.scope.end - a.scope.start, default=None)


def find_attributions(document: Document) -> list[Attribution]:
    """One for each sentence, or part of it, that has a speaker; in the order of the text."""
    state = _Speakers(document)
    for number in range(len(document.sentences)):
        state.read(number)
    return sorted(state.found, key=lambda a: (a.scope, a.sentence))


@dataclass(slots=True)
class _Speakers:
    """The speaker of the moment, who holds the floor until somebody else speaks or the outlet tells background."""

    document: Document
    found: list[Attribution] = field(default_factory=list)
    current: Attribution | None = None
    opening: int = 0  # the first sentence of the news item
    opened: bool = False  # whether somebody has spoken in it
    silent: list[int] = field(default_factory=list)  # sentences without a speaker so far, to which «об этом» looks back
    last: Span | None = None  # the speaker named last, for «по его данным»
    last_person: Span | None = None  # and the person, for «сказал он»

    def read(self, number: int) -> None:
        """Attribute one sentence; sentences are to be read in order."""
        document = self.document
        sentence = document.sentences[number]
        before = document.sentences[number - 1] if number else None
        if before is None or document.item_of(sentence) != document.item_of(before):
            self.current, self.silent, self.last, self.last_person = None, [], None, None
            self.opening, self.opened = number, False
        elif self.current is not None and sentence.block - self._block_of(self.current) > self.current.lasting:
            self.current = None
        named = [a for part in _parts(sentence, document.page.text) if (a := self._part(number, part)) is not None]
        self.found += named
        firm = [a for a in named if a.firm]
        if firm:
            self.current = firm[-1]
            self._close_quote(number, firm[0])
        elif _is_aside(sentence):
            self.current = None
        if not named:
            self._hold(number, sentence)

    def _block_of(self, said: Attribution) -> int:
        return self.document.sentences[said.sentence].block

    def _close_quote(self, number: int, said: Attribution) -> None:
        """«A. B», — сказал X: the sentences since the quotation was opened are his too."""
        sentences, text = self.document.sentences, self.document.page.text
        if _open_quotes(sentences[number], text) >= 0:
            return
        for i in range(number - 1, max(-1, number - _QUOTE_REACH), -1):
            if sentences[i].block != sentences[number].block:
                return
            scope = Span(sentences[i].start, sentences[i].end)
            self.found = [a for a in self.found if not (a.sentence == i and a.held)]
            doubt = next((c.certainty for c in _find_cues(self.document, sentences[i], scope) if c.certainty), None)
            self.found.append(replace(said, sentence=i, scope=scope, rule="quotation", held=True, certainty=doubt))
            if _open_quotes(sentences[i], text) > 0:
                return

    def _part(self, number: int, part: Span) -> Attribution | None:
        sentence = self.document.sentences[number]
        cues = list(_find_cues(self.document, sentence, part))
        if not cues:
            return None
        own = [c for c in cues if not c.media] or cues
        cue = next((c for c in own if c.certainty == Certainty.DENIED), own[0])
        speaker = cue.speaker or next((c.speaker for c in own if c.speaker), None) or self._meant(cue)
        if speaker is None:
            return None
        via = next((c.speaker for c in cues if c.media and c.speaker not in (None, speaker)), None)
        certainty = next((c.certainty for c in (cue, *own) if c.certainty), None)
        self.last = speaker
        if any(p.start < speaker.end and speaker.start < p.end for p in self.document.people):
            self.last_person = speaker
        made = Attribution(
            number, part, speaker, via, certainty, cue.rule, firm=any(c.firm for c in cues), lasting=cue.lasting
        )
        if any(c.backwards for c in cues) or (made.firm and not self.opened and number - self.opening <= _LEAD):
            self._look_back(made)
        self.opened = self.opened or made.firm
        return made

    def _meant(self, cue: _Cue) -> Span | None:
        """Whom a cue without a name means: «сказал он» a person, «якобы» whoever has the floor."""
        if cue.rule == "rumour":
            said = self.document.sentences[0]
            return self.current.source if self.current else self.last or Span(said.start, said.start)
        return self.last_person or self.last if cue.personal else self.last

    def _look_back(self, said: Attribution) -> None:
        """«Об этом сообщил X» names the speaker of the sentences before, and of the title."""
        for number in self.silent:
            sentence = self.document.sentences[number]
            scope = Span(sentence.start, sentence.end)
            doubt = said.certainty if said.certainty == Certainty.POSSIBLE else None
            self.found.append(replace(said, sentence=number, scope=scope, certainty=doubt, rule="of this", held=True))
        self.silent = []

    def _hold(self, number: int, sentence: Sentence) -> None:
        if self.current is None:
            self.silent.append(number)
            return
        scope = Span(sentence.start, sentence.end)
        self.found.append(
            replace(self.current, sentence=number, scope=scope, certainty=None, rule="goes on", held=True)
        )


def _is_aside(sentence: Sentence) -> bool:
    return bool(sentence.tokens) and sentence.tokens[0].text.lower() in _ASIDES


def _open_quotes(sentence: Sentence, text: str) -> int:
    """How many quotations a sentence leaves open; negative where it closes one opened before."""
    words = text[sentence.start : sentence.end]
    if words.count('"') % 2:
        return 1 if words.rstrip(" .").startswith('"') or not _CLOSED_BEFORE_SPEECH.search(words) else -1
    return words.count("«") - words.count("»")


_CLOSED_BEFORE_SPEECH = re.compile(r"[^\s\"]\"\s*,?\s*[-–—]")


def _parts(sentence: Sentence, text: str) -> Iterator[Span]:
    """A sentence cut at its semicolons and where a turn of a transcript begins: each part may have its own speaker."""
    cuts = [t.end for t in sentence.tokens if t.text == ";"]
    if any(t.text == ":" for t in sentence.tokens):
        cuts += [m.start() for m in _TURN.finditer(text, sentence.start, sentence.end)]
    bounds = [sentence.start, *sorted(cuts), sentence.end]
    return (Span(a, b) for a, b in itertools.pairwise(bounds) if a < b)


_TURN = re.compile(r"(?<!\w)(?:[А-ЯЁ]\.\s?){1,2}[А-ЯЁ][А-Яа-яё -]{1,30}(?=:)")


def _find_cues(document: Document, sentence: Sentence, part: Span) -> Iterator[_Cue]:
    for token in sentence.tokens:
        if token.lemma in _cue_lemmas() and part.start <= token.start and token.end <= part.end:
            cues = (rule(document, sentence, token) for rule in (_spoken, _according, _referring, _denying, _doubting))
            yield from (cue for cue in cues if cue is not None)
    yield from _transcript(document, sentence, part)
    yield from _title_tail(document, sentence, part)


def _spoken(document: Document, sentence: Sentence, token: Token) -> _Cue | None:
    """«X заявил», «сообщили в X», «говорится в сообщении X».

    yes: Об этом сообщила пресс-служба министерства.
    no: Министр не сообщил сроков.
    """
    relay = _is(token, "relay")
    if not (relay or _is(token, "say") or (_is(token, "claim") and _has_content(sentence, token))):
        return None
    if token.pos not in ("VERB", "ADJ") or _is_negated(sentence, token):
        return None
    if token.feats.get("VerbForm") in ("Inf", "Conv", "Part") or _is_relative(sentence, token):
        return None
    head = _subject(sentence, token)
    if head is None:
        return _spoken_in(document, sentence, token)
    if head.pos == "PRON":
        return _Cue(token.index, None, "speech verb", personal=head.lemma != "они") if head.lemma in _PRONOUNS else None
    if head.pos not in ("NOUN", "PROPN", "ADJ", "X") or head.lemma in _VOICELESS:
        return None
    speaker = _phrase(document, sentence, head)
    media = _is_media(document, speaker) or relay
    if relay and not _is_media(document, speaker):
        return None
    certainty = _certainty_of(sentence, head)
    return _Cue(token.index, speaker, "speech verb", certainty, True, media, _speaks_of_this(sentence, token))


_PRONOUNS = frozenset(("он", "она", "они", "его", "ее", "их"))
# «Цифры говорят», «что говорит»: nobody speaks
_VOICELESS = frozenset(("что", "это", "который", "цифра", "факт", "опыт", "практика", "история", "событие", "ситуация"))


def _is_relative(sentence: Sentence, token: Token) -> bool:
    """«О которых министр объявил», «о чем говорил президент»: told as background, not by this speaker now."""
    for t in reversed(sentence.tokens[: token.index]):
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


def _spoken_in(document: Document, sentence: Sentence, token: Token) -> _Cue | None:
    """Without a subject: «сообщили в министерстве», «говорится в заявлении фонда»."""
    if token.feats.get("Person") in ("1", "2"):
        return None
    for i in sentence.children[token.index]:
        head = sentence.tokens[i]
        if head.pos not in ("NOUN", "PROPN") or _preposition(sentence, i) not in ("в", "во", "на"):
            continue
        if head.feats.get("Case") not in ("Loc", "Prep") or head.lemma in (
            "интервью",
            "эфир",
            "ход",
            "рамка",
            "четверг",
        ):
            continue
        speaker = _phrase(document, sentence, head)
        if _is(head, "document"):
            of = next((j for j in sentence.children[i] if sentence.tokens[j].rel == "nmod"), None)
            whole = None if of is None else _phrase(document, sentence, sentence.tokens[of])
            return _Cue(token.index, whole, "said in a document")
        if head.lemma in _STAGES:
            continue
        return _Cue(token.index, speaker, "speech verb", None, True, False, _speaks_of_this(sentence, token))
    return None


def _places_after(sentence: Sentence, token: Token) -> Iterator[int]:
    """Heads with «в» close after a verb, whatever the tree hangs them on."""
    for t in sentence.tokens[token.index + 1 : token.index + 8]:
        if t.text == "," or t.pos == "VERB":
            return
        if t.feats.get("Case") == "Loc" and t.pos in ("NOUN", "PROPN"):
            yield t.index


# «Заявил в интервью», «в ходе встречи» tell where, not who.
_STAGES = (
    "интервью",
    "эфир",
    "ход",
    "рамка",
    "беседа",
    "разговор",
    "выступление",
    "брифинг",
    "преддверие",
    "связь",
    "кулуары",
)


_SITES = ("сайт", "портал", "страница", "биржа")


def _is_time(document: Document, token: Token) -> bool:
    return any(t.start <= token.start < t.end for t in document.times)


def _according(document: Document, sentence: Sentence, token: Token) -> _Cue | None:
    """«По словам X», «по данным X», «согласно X», «по его словам».

    yes: По словам министра, завод пустят в мае.
    no: По данным аукционам не было равных.
    """
    tokens, i = sentence.tokens, token.index
    if token.lemma == "соответствие" and i + 2 < len(tokens) and tokens[i + 1].text.lower() in ("с", "со"):
        head = _next_noun(sentence, i + 2)
        return (
            _Cue(i, _phrase(document, sentence, head), "according to", None, False)
            if head and _is(head, "document")
            else None
        )
    if token.lemma == "согласно" and i + 1 < len(tokens):
        head = _next_noun(sentence, i + 1)
        return _Cue(i, _phrase(document, sentence, head), "according to", None, False) if head else None
    if token.text.lower() != "по":
        return None
    noun = _next_noun(sentence, i + 1)
    if noun is None or not _is(noun, "according"):
        return None
    between = tokens[i + 1 : noun.index]
    if any(t.lemma in _PRONOUNS for t in between):
        return _Cue(i, None, "by his words", None, False, personal=noun.lemma in ("слово", "мнение", "утверждение"))
    doubt = Certainty.POSSIBLE if any(_is(t, "rumour") for t in between) else None
    after = _next_noun(sentence, noun.index + 1)
    if after is None or after.feats.get("Case") != "Gen":
        return _Cue(i, Span(token.end + 1, noun.end), "according to", doubt, False) if between else None
    speaker = _phrase(document, sentence, after)
    return _Cue(
        i, speaker, "according to", doubt or _certainty_of(sentence, after), False, _is_media(document, speaker)
    )


def _referring(document: Document, sentence: Sentence, token: Token) -> _Cue | None:
    """«Со ссылкой на X», «ссылаясь на X»: X is the source, whoever passes it on is the channel."""
    if token.lemma not in ("ссылка", "ссылаться", "сослаться") or token.index + 2 >= len(sentence.tokens):
        return None
    if sentence.tokens[token.index + 1].text.lower() != "на":
        return None
    head = _next_noun(sentence, token.index + 2)
    if head is None:
        return None
    return _Cue(token.index, _phrase(document, sentence, head), "with reference to", _certainty_of(sentence, head))


def _denying(document: Document, sentence: Sentence, token: Token) -> _Cue | None:
    """«X опроверг», «лишена оснований», «не соответствует действительности», «речь не идет».

    yes: МИД опроверг сообщения о базе.
    no: МИД не опроверг сообщения о базе.
    """
    tokens, i = sentence.tokens, token.index
    if _is(token, "deny") and not _is_negated(sentence, token):
        subject = _subject(sentence, token)
        if subject is not None and subject.pos in ("NOUN", "PROPN"):
            return _Cue(i, _phrase(document, sentence, subject), "denial", Certainty.DENIED)
        cue = _spoken_in(document, sentence, token)
        return _Cue(i, cue.speaker if cue else None, "denial", Certainty.DENIED)
    near = " ".join(t.lemma for t in tokens[i : i + 4])
    if near.startswith(("лишить основание", "лишенный основание", "не соответствовать действительность")):
        return _Cue(i, None, "denial", Certainty.DENIED)
    if near.startswith(("речь не идти", "речь пока не идти", "вопреки сообщение")):
        return _Cue(i, None, "denial", Certainty.DENIED)
    return None


def _doubting(document: Document, sentence: Sentence, token: Token) -> _Cue | None:
    """«Якобы», «по слухам» make the thing told possible, whoever tells it."""
    if token.lemma == "якобы" or (
        token.lemma == "слух" and token.index and sentence.tokens[token.index - 1].lemma == "по"
    ):
        return _Cue(token.index, None, "rumour", Certainty.POSSIBLE, False)
    return None


def _transcript(document: Document, sentence: Sentence, part: Span) -> Iterator[_Cue]:
    """«И.Петров: Добрый день» opens a turn of a transcript."""
    turn = _TURN.match(document.page.text, part.start, part.end)
    if turn:
        yield _Cue(0, Span(*turn.span()), "transcript", lasting=_TO_THE_END)


def _title_tail(document: Document, sentence: Sentence, part: Span) -> Iterator[_Cue]:
    """«Мост откроют в мае – МИД»: a title names the speaker after its last dash."""
    if document.page.blocks[sentence.block].kind != "title":
        return
    dash = next((t for t in reversed(sentence.tokens) if t.text in "-–—"), None)
    if dash is None or not 0 < len(sentence.tokens) - dash.index - 1 <= _TITLE_TAIL:
        return
    tail = [t for t in sentence.tokens[dash.index + 1 :] if t.pos != "PUNCT"]
    head = next((t for t in tail if t.pos in ("NOUN", "PROPN")), None)
    if head and tail and not any(t.pos == "VERB" for t in tail) and dash.start > part.start:
        yield _Cue(
            dash.index, Span(tail[0].start, tail[-1].end), "end of the title", _certainty_of(sentence, head), False
        )


def _certainty_of(sentence: Sentence, head: Token) -> str | None:
    """A source that is not described is a rumour; «источник в министерстве» is not."""
    if not _is(head, "anonymous"):
        return None
    if head.lemma == "сми":
        return Certainty.POSSIBLE
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
    return words.strip('«»"') in _agencies() or first in _MEDIA_NOUNS


_MEDIA_NOUNS = ("агентство", "газета", "издание", "телеканал", "портал", "сайт", "журнал")


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
    while todo:
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


def find_undisclosed(document: Document) -> list[Span]:
    """The clauses that say that something is not disclosed («сумма сделки не раскрывается»), in the order of the text."""
    found: list[Span] = []
    for sentence in document.sentences:
        for token in sentence.tokens:
            if token.lemma in _withholding_lemmas() and _withholds(sentence, token):
                span = _clause_around(sentence, token)
                if found and document.words(found[-1].end, span.start) in ("", ", "):
                    found[-1] = Span(min(found[-1].start, span.start), max(found[-1].end, span.end))
                else:
                    found.append(span)
    return found


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
        return i >= 2 and _is(tokens[i - 1], "text") and tokens[i - 2].text.lower() == "в"
    if word.startswith("ответил") and "не" in before[-1:]:
        return any(t.lemma == "запрос" for t in tokens)
    if word == "сказано" or (word.startswith("объявля") and "ничего" in before):
        return "не" in before[-1:]
    passive = word.endswith(("ся", "сь")) or token.feats.get("VerbForm") == "Part"
    if token.feats.get("VerbForm") == "Inf":
        agreed = before[-1:] == ["не"] and any(t.lemma in ("условиться", "договориться") for t in tokens[:i])
        own = _is(token, "answer") and any(
            t.lower() in ("буду", "могу") for t in (x.text for x in tokens[i + 1 : i + 4])
        )
        return (_is(token, "withhold") or own) and (agreed or _is_declined(tokens, i))
    if before[-1:] != ["не"] or not (_is(token, "withhold") or (passive and _is(token, "withheld"))):
        return False
    names_object = token.lemma in ("назвать", "называть") and any(t.pos == "PROPN" for t in tokens[i + 1 : i + 3])
    return not names_object and after[:1] != ["ни"]


def _is_declined(tokens: Sequence[Token], i: int) -> bool:
    """«Отказался назвать», «назвать отказался», «не смог объяснить», «объяснить не смог»."""
    for j in (i - 1, i - 2, i + 1, i + 2):
        if 0 <= j < len(tokens) and _is(tokens[j], "refuse"):
            return tokens[j].lemma.startswith("отказ") or (j > 0 and tokens[j - 1].text.lower() == "не")
    return False


_HARD = frozenset((";", ":", "—", "–", "(", ")", "…", "!", "?", "."))
_TRAILING = frozenset(("тоже", "более", "также"))


def _clause_around(sentence: Sentence, token: Token) -> Span:
    """The clause of a word, without the conjunction that joins it and the marks around it."""
    tokens = sentence.tokens
    hard = _HARD - {":"} if token.text.lower() == "тайна" else _HARD
    first = last = token.index
    while (
        first > 0
        and tokens[first - 1].text not in hard
        and not (tokens[first - 1].text == "," and not _goes_on(tokens, first))
    ):
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].text not in _HARD and tokens[last + 1].text != ",":
        last += 1
    last = _with_addition(tokens, last)
    while first < token.index and tokens[first].text.lower() in _JOINING:
        first += 1
    while last > token.index and tokens[last].text in _CLOSING:
        last -= 1
    return Span(tokens[first].start, tokens[last].end)


_JOINING = frozenset(("но", "однако", "а", "и", "хотя", ",", '"', "«", "-"))
_CLOSING = frozenset((",", '"', "»", "-"))


def _goes_on(tokens: Sequence[Token], first: int) -> bool:
    """Whether the clause reaches back over a comma: an indirect question, a participle or one word aside stands there."""
    begin = first - 1
    while begin > 0 and tokens[begin - 1].text not in _HARD and tokens[begin - 1].text != ",":
        begin -= 1
    segment = tokens[begin : first - 1]
    if not segment or segment[-1].text in _CLOSING or tokens[first].text.lower() in _JOINING:
        return False
    asks = any(t.text.lower() in _QUESTIONS for t in segment[:4])
    participle = any(t.feats.get("VerbForm") == "Part" for t in (segment[0], tokens[first]))
    aside = len(segment) == 1 or tokens[first + 1].text == ","
    return asks or participle or aside


def _with_addition(tokens: Sequence[Token], last: int) -> int:
    """«..., о цене – тоже», «..., деньги – тем более» belong to the clause."""
    for end in range(last + 1, min(last + 8, len(tokens))):
        if tokens[end].text.lower() in _TRAILING and tokens[last + 1].text == ",":
            return end
        if tokens[end].text in (";", ".", ":"):
            break
    return last
