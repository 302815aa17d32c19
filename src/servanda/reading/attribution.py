"""Document -> who says so, for every sentence or part of one; drafts get their source, channel, doubt and denial."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from servanda.lang.speech import speech_words
from servanda.lang.words import Sentence
from servanda.model.spans import Span
from servanda.model.terms import Certainty, How
from servanda.reading.clauses import is_finite
from servanda.reading.cues import SAME_BLOCK, Cue, find_cues, find_parts
from servanda.reading.document import Document
from servanda.reading.draft import Draft
from servanda.reading.turns import find_author, find_guest
from servanda.reading.undisclosed import find_undisclosed

__all__ = ["Attribution", "attribute", "find_attributions", "find_undisclosed", "source_at"]

_LEAD = 4  # sentences from the title on, whose speaker may be named by the last of them
_RECENT = 60  # attributions among which those of a quotation are
_QUOTE_REACH = 8  # sentences that a quotation may run over
_ANONYMITY = "анонимность"  # «на условиях анонимности»
_DASHES = ("-", "–", "—")

_REMINDING = frozenset(("напомнить", "напоминать", "добавить", "уточнить", "пояснить"))


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says the words in `scope`. Offsets are clean. `via` is the channel through which the source spoke.

    `certainty` is possible for rumours and unnamed sources, denied for what the source denies, else None.
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
    lasting: int = SAME_BLOCK  # over how many paragraphs more


def attribute(document: Document, drafts: Sequence[Draft]) -> None:
    """Give every draft without a source the speaker of its words, the channel, and the doubt or denial that he adds."""
    fullest = _fullest_names(document)
    by_sentence: dict[int, list[Attribution]] = {}
    for attribution in find_attributions(document):
        by_sentence.setdefault(document.sentence_at(attribution.scope.start).start, []).append(attribution)
    for draft in drafts:
        quote = draft.evidence["quote"][0]
        near = by_sentence.get(document.sentence_at(quote.start).start, [])
        said = source_at(near, quote.start) or source_at(near, quote.end - 1)
        if said is None:
            continue
        if draft.get("source") is None and said.source.end > said.source.start:
            how = How.INHERITED if said.held else How.STATED
            source = fullest.get(said.source, said.source)
            named = how if source == said.source else How.RESOLVED
            draft.put("source", source.of(document.page.text), source, how=named, rule=said.rule)
            if said.via is not None:
                draft.put("via", said.via.of(document.page.text), said.via, how=how, rule=said.rule)
        asked = said.certainty == Certainty.DENIED and draft.basis["certainty"].rule == "question"
        if said.certainty and (asked or draft.get("certainty") in (None, Certainty.STATED)):
            draft.put("certainty", said.certainty, said.source, how=How.INFERRED, rule=said.rule)
            told = draft.basis.get("progress")
            if said.certainty == Certainty.DENIED and told is not None and told.rule == "tense:past":
                draft.values["progress"] = "fulfilled"  # «отрицает, что поставлял»: that it was ever done


def _fullest_names(document: Document) -> dict[Span, Span]:
    """A person's bare name («по словам Сеитова») -> the words that name him with his office, where the report has
    them.
    """
    full: dict[tuple[str, str | None], Span] = {}
    for person in document.people:
        span = Span(person.start, person.end)
        if person.name and person.name_span and person.office_span:
            known = full.setdefault((person.name, person.party), span)
            if span.end - span.start > known.end - known.start:
                full[person.name, person.party] = span
    bare = [p for p in document.people if p.name and not p.office_span]
    return {Span(p.start, p.end): full[p.name, p.party] for p in bare if p.name and (p.name, p.party) in full}


def source_at(attributions: Sequence[Attribution], offset: int) -> Attribution | None:
    """The narrowest attribution whose scope holds the offset, or None: the outlet itself speaks."""
    around = [a for a in attributions if a.scope.start <= offset < a.scope.end]
    return min(around, key=lambda a: a.scope.end - a.scope.start, default=None)


def find_attributions(document: Document) -> list[Attribution]:
    """One for each sentence, or part of it, that has a speaker; in the order of the text."""
    state = _Speakers(document, interviewed=_interviewed(document))
    for number in range(len(document.sentences)):
        state.read(number)
    return sorted(state.found, key=lambda a: (a.scope, a.sentence))


@dataclass(slots=True)
class _Speakers:
    """The speaker of the moment, who holds the floor until somebody else speaks or the outlet tells background."""

    document: Document
    found: list[Attribution] = field(default_factory=list)
    current: Attribution | None = None
    interviewed: Span | None = None  # whose answers a page of questions and answers prints
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
        if not sentence.tokens:
            return
        named = [a for part in find_parts(sentence, document.page.text) if (a := self._part(number, part)) is not None]
        self.found += named
        firm = [a for a in named if a.firm]
        if firm:
            self.current = firm[-1]
            self._close_quote(number, firm[0])
        elif _is_aside(sentence):
            self.current = None
        if not named:
            self._hold(number, sentence)

    def _answer(self, number: int, sentence: Sentence) -> bool:
        """In an interview all but the questions is the guest's; a question answered with no is denied by him."""
        if self.interviewed is None:
            return False
        answer = self.document.sentences[number + 1] if number + 1 < len(self.document.sentences) else None
        denied = answer is not None and _first_word(answer) in speech_words()["no"]
        if denied or sentence.closing != "?":
            scope, certainty = Span(sentence.start, sentence.end), Certainty.DENIED if denied else None
            self.found.append(Attribution(number, scope, self.interviewed, None, certainty, "interview", held=True))
        return True

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
            self.found[-_RECENT:] = [a for a in self.found[-_RECENT:] if not (a.sentence == i and a.held)]
            doubt = next((c.certainty for c in find_cues(self.document, sentences[i], scope) if c.certainty), None)
            self.found.append(replace(said, sentence=i, scope=scope, rule="quotation", held=True, certainty=doubt))
            if _open_quotes(sentences[i], text) > 0:
                return

    def _part(self, number: int, part: Span) -> Attribution | None:
        sentence = self.document.sentences[number]
        cues = list(find_cues(self.document, sentence, part))
        if not cues:
            return None
        own = [c for c in cues if not c.media] or cues
        cue = next((c for c in own if c.certainty == Certainty.DENIED), own[0])
        speaker = cue.speaker or next((c.speaker for c in own if c.speaker), None) or self._meant(cue)
        if speaker is None:
            return None
        via = next((c.speaker for c in cues if c.media and c.speaker not in (None, speaker)), None)
        certainty = next((c.certainty for c in (cue, *own) if c.certainty), None)
        if certainty is None and _ANONYMITY in sentence.lemmas:
            certainty = Certainty.POSSIBLE
        self.last = speaker
        if any(p.start < speaker.end and speaker.start < p.end for p in self.document.people):
            self.last_person = speaker
        made = Attribution(
            number, part, speaker, via, certainty, cue.rule, firm=any(c.firm for c in cues), lasting=cue.lasting
        )
        if certainty == Certainty.DENIED:
            made = self._without_next(made, sentence, cue.at)
        if any(c.denies_before for c in cues):
            self._deny_before(made)
            made = self._without_answer(made, sentence, cue.at)
        # «напомнил X» opens a matter of its own: what stood before was the outlet's
        leads = made.firm and sentence.tokens[cue.at].lemma not in _REMINDING
        of_this = any(c.backwards for c in cues)
        if of_this or (leads and not self.opened and number - self.opening <= _LEAD):
            self._look_back(made, of_this)
        self.opened = self.opened or made.firm
        return made

    def _meant(self, cue: Cue) -> Span | None:
        """Whom a cue without a name means: «сказал он» a person, «якобы» whoever has the floor."""
        if cue.rule in ("rumour", "denial") and self.last is None:
            said = self.document.sentences[0]
            return Span(said.start, said.start)
        if cue.rule == "rumour":
            said = self.document.sentences[0]
            return self.current.source if self.current else self.last or Span(said.start, said.start)
        return self.last_person or self.last if cue.personal else self.last

    def _deny_before(self, said: Attribution) -> None:
        """«Эту информацию в министерстве опровергли» denies the sentence before."""
        sentences = self.document.sentences
        own = sentences[said.sentence]
        if said.scope.start > own.start:  # «Чад откроет порт, пишет газета; в порту это отрицают»
            told = Span(own.start, said.scope.start)
            self.found.append(replace(said, scope=told, rule="denial of this", held=True))
            return
        if not said.sentence or sentences[said.sentence].block - sentences[said.sentence - 1].block > 1:
            return
        before = sentences[said.sentence - 1]
        self.found[-_RECENT:] = [a for a in self.found[-_RECENT:] if a.sentence != said.sentence - 1]
        scope = Span(before.start, before.end)
        self.found.append(replace(said, sentence=said.sentence - 1, scope=scope, rule="denial of this", held=True))

    def _without_next(self, said: Attribution, sentence: Sentence, at: int) -> Attribution:
        """«Париж опроверг обвинения и отозвал посла»: what the denier does next is not denied."""
        after = (t for t in sentence.tokens[at + 1 :] if t.rel == "conj" and t.head == at and is_finite(t))
        verb = next(after, None)
        if verb is None or not said.scope.start < verb.start < said.scope.end:
            return said
        self.found.append(replace(said, scope=Span(verb.start, said.scope.end), certainty=None, held=True))
        return replace(said, scope=Span(said.scope.start, verb.start))

    def _without_answer(self, said: Attribution, sentence: Sentence, at: int) -> Attribution:
        """«МИД это опровергает: мост откроют в мае»: what the denier says himself after the colon holds."""
        colon = next((t for t in sentence.tokens[at:] if t.text == ":"), None)
        if colon is None or colon.end >= said.scope.end:
            return said
        self.found.append(replace(said, scope=Span(colon.end, said.scope.end), certainty=None, held=True))
        return replace(said, scope=Span(said.scope.start, colon.end))

    def _look_back(self, said: Attribution, of_this: bool = True) -> None:
        """«Об этом сообщил X» names the speaker of the sentences before, and of the title."""
        for number in self.silent:
            sentence = self.document.sentences[number]
            scope = Span(sentence.start, sentence.end)
            title = self.document.page.blocks[sentence.block].kind == "title"
            doubt = said.certainty if said.certainty == Certainty.POSSIBLE and (of_this or title) else None
            self.found.append(replace(said, sentence=number, scope=scope, certainty=doubt, rule="of this", held=True))
        self.silent = []

    def _hold(self, number: int, sentence: Sentence) -> None:
        if self._answer(number, sentence):
            return
        if self.current is None:
            self.silent.append(number)
            return
        scope = Span(sentence.start, sentence.end)
        self.found.append(
            replace(self.current, sentence=number, scope=scope, certainty=None, rule="goes on", held=True)
        )


def _interviewed(document: Document) -> Span | None:
    """The guest of an interview in dashes, or whose speech, letter or post the page prints."""
    guest = find_guest(document) or find_author(document)
    return Span(guest.start, guest.end) if guest else None


def _first_word(sentence: Sentence) -> str:
    return next((t.text.lower() for t in sentence.tokens if t.text not in _DASHES), "")


def _is_aside(sentence: Sentence) -> bool:
    return bool(sentence.tokens) and sentence.tokens[0].text.lower() in speech_words()["aside"]


def _open_quotes(sentence: Sentence, text: str) -> int:
    """How many quotations a sentence leaves open; negative where it closes one opened before."""
    words = text[sentence.start : sentence.end]
    if words.count('"') % 2:
        return 1 if words.rstrip(" .").startswith('"') or not _CLOSED_BEFORE_SPEECH.search(words) else -1
    return words.count("«") - words.count("»")


_CLOSED_BEFORE_SPEECH = re.compile(r"[^\s\"]\"\s*,?\s*[-–—]")
