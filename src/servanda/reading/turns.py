"""Document -> whose turn it is in a transcript: the party that speaks a sentence, and the one spoken to.

A transcript is a page whose paragraphs open with labels: «В.Ковач: …», «Президент Сербии (как переведено): …»,
«Вопрос: … Ответ: …», or with dashes; a page in the first person without either (a speech, a letter, a post) is one
turn. What no label, office or place fixes is left open.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from servanda.lang.speech import is_speech
from servanda.lang.words import Sentence
from servanda.reading.document import Block, Document, PersonMention, starting

_LABEL = re.compile(r"(?:[–—-]\s*)?(\S[^:!?»\n]{0,48}?)\s*(?:\([^()\n]{1,40}\))?\s*:\s")
_ASKS = ("вопрос", "корр", "журналист", "реплика", "ведущ", "интервьюер")
_ANSWERS = ("ответ",)
_LEAST = 2  # labels that make a transcript
_NAMING = re.compile(r"[А-ЯЁA-Z]")
_NEAR = 3  # letters between the head of a paragraph and the name of its label
_DASHES = ("-", "–", "—")
_DIALOGUE = 4  # lines that begin with a dash
_ASKED = 2  # questions among them
_FIRST_PERSON = frozenset(("я", "мы", "наш", "мой"))
_VOICED = 3  # sentences in the first person, outside quotations, that make a page of one voice
_BYLINE = 3  # blocks in which its author is named
_ADDRESSING = ("уважаем", "дорог", "глубокоуважаем")


@dataclass(frozen=True, slots=True)
class Turn:
    """The party that speaks and the one spoken to; "" where that is not known."""

    speaker: str
    heard: str
    alone: bool = False  # of a page in one voice: a verb without a subject is his («встретились с мэром»)


def read_turns(document: Document, weighty: Sequence[str]) -> dict[int, Turn]:
    """Number of a sentence -> its turn; empty for a page that is no transcript.

    `weighty` are the parties of the page, the one spoken of most first.
    """
    labels = _labels(document)
    if len(labels) < _LEAST:
        return _of_dialogue(document) or _of_one_voice(document, weighty)
    parties = _parties_of(document, list(dict.fromkeys(labels.values())), labels, weighty)
    turns: dict[int, Turn] = {}
    current, last = Turn("", ""), -1
    for number, sentence in enumerate(document.sentences):
        if sentence.block != last:
            last = sentence.block
            if last in labels:
                speaker = parties.get(labels[last], "")
                heard = next((p for p in parties.values() if p and p != speaker), "") if speaker else ""
                current = Turn(speaker, heard)
        if current.speaker:
            turns[number] = current
    return turns


def dialogue(document: Document) -> list[Block]:
    """The lines of an interview that open with dashes; empty for a page that is none."""
    text = document.page.text
    blocks = [b for b in document.page.blocks if b.readable and b.kind != "title"]
    lines = [b for b in blocks if _opens_with_dash(text, b)]
    asked = [b for b in lines if _asks(text, b)]
    return lines if len(lines) >= _DIALOGUE and len(asked) >= _ASKED else []


def find_guest(document: Document) -> PersonMention | None:
    """Who answers in an interview in dashes: the first person with a name, else with an office."""
    people = [p for p in document.people if p.party or p.name]
    return min(people, key=lambda p: (not (p.name and p.party), p.start), default=None) if dialogue(document) else None


def _opens_with_dash(text: str, block: Block) -> bool:
    before = text[max(0, block.start - 4) : block.start].strip()
    return text[block.start : block.start + 1] in _DASHES or before[-1:] in _DASHES


def _asks(text: str, block: Block) -> bool:
    return text[block.start : block.end].rstrip().endswith("?")


def _of_dialogue(document: Document) -> dict[int, Turn]:
    """The turns of an interview in dashes: its guest answers whatever line is no question."""
    lines, text = {b.start for b in dialogue(document)}, document.page.text
    guest = find_guest(document)
    code = guest.party or "" if guest else ""
    turns: dict[int, Turn] = {}
    current, last = Turn("", ""), -1
    for number, sentence in enumerate(document.sentences if code else ()):
        block = document.page.blocks[sentence.block]
        if sentence.block != last and block.start in lines:
            current = Turn("", code) if _asks(text, block) else Turn(code, "")
        last = sentence.block
        if current != Turn("", ""):
            turns[number] = current
    return turns


def _of_one_voice(document: Document, weighty: Sequence[str]) -> dict[int, Turn]:
    """The one turn of a speech, a letter or a post: of the person whom its head names; a letter is to another."""
    author = find_author(document)
    if author is None or not author.party:
        return {}
    others = (c for c in weighty if c != author.party and not c.startswith("name:"))
    heard = next(others, "") if _greets(document) else ""
    return {n: Turn(author.party, heard, True) for n, s in enumerate(document.sentences) if s.start >= author.end}


def find_author(document: Document) -> PersonMention | None:
    """Who speaks on a page of one voice: the first person with a party in its head; None for any other page."""
    blocks = document.page.blocks
    head = blocks[min(_BYLINE, len(blocks)) - 1].end if blocks else 0
    author = next((p for p in document.people if p.party and p.start < head), None)
    if author is None or dialogue(document) or _labels(document) or _reports_speech(document):
        return None
    own = [s for s in document.sentences if _is_in_first_person(s)]
    if not _greets(document):
        own = [s for s in own if not _is_quoted(document, s)]
    return author if len(own) >= _VOICED else None


def _greets(document: Document) -> bool:
    """«Уважаемая госпожа комиссар,» at the head of a paragraph: a letter or a speech to somebody."""
    text = document.page.text
    return any(text[b.start : b.end].lstrip('«“" ').lower().startswith(_ADDRESSING) for b in document.page.blocks)


def _reports_speech(document: Document) -> bool:
    """«– Мы поможем, – сказал он»: whether a dash parts direct speech from who says it."""
    return any(
        one.text in (",", "!", "?", "…") and two.text in _DASHES and is_speech(three, "say")
        for s in document.sentences
        for one, two, three in zip(s.tokens, s.tokens[1:], s.tokens[2:], strict=False)
    )


def _is_in_first_person(sentence: Sentence) -> bool:
    return any(t.lemma in _FIRST_PERSON or t.feats.get("Person") == "1" for t in sentence.tokens)


def _is_quoted(document: Document, sentence: Sentence) -> bool:
    """Whether its words in the first person stand in a quotation."""
    first = next(t for t in sentence.tokens if t.lemma in _FIRST_PERSON or t.feats.get("Person") == "1")
    before = document.page.text[document.page.blocks[sentence.block].start : first.start]
    return before.count("«") > before.count("»") or before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def _labels(document: Document) -> dict[int, str]:
    """Number of a block -> the label at its head."""
    return {n: label for n, block in enumerate(document.page.blocks) if (label := _label_of(document, block))}


def _label_of(document: Document, block: Block) -> str:
    """«В.Ковач» at the head of a paragraph, "" for none."""
    told = block.readable and block.kind != "title"
    found = _LABEL.match(document.page.text, block.start, block.end) if told else None
    if found is None or not _NAMING.match(found[1]):
        return ""
    label = found[1].strip(" .")
    asked = label.lower().startswith((*_ASKS, *_ANSWERS))
    return label if asked or _person_at(document, found.start(1), found.end(1)) else ""


def _person_at(document: Document, start: int, end: int) -> PersonMention | None:
    people = starting(document.people, start, end)
    return people[0] if people and people[0].start - start < _NEAR else None


def _parties_of(
    document: Document, names: Sequence[str], labels: dict[int, str], weighty: Sequence[str]
) -> dict[str, str]:
    """The party of each label: of its person, of a person with its initials, of the guest who answers; where one
    of two is open, the weightiest other party of the page.
    """
    blocks = document.page.blocks
    first = {labels[n]: blocks[n].start for n in sorted(labels, reverse=True)}
    known: dict[str, str] = {}
    for name in names:
        person = _person_at(document, first[name], first[name] + len(name) + _NEAR)
        known[name] = (person.party if person else None) or _by_initials(document, name) or ""
    speakers = [n for n in names if not n.lower().startswith(_ASKS)]
    if len(speakers) == 1 and not known[speakers[0]]:
        known[speakers[0]] = next((p.party for p in document.people if p.name and p.office and p.party), "") or ""
    if len(speakers) == 2 and not all(known[n] for n in speakers):
        _settle_pair(document, speakers, known, weighty)
    return {n: known[n] for n in speakers}


def _by_initials(document: Document, label: str) -> str | None:
    """«В. К.» for «Вера Ковач»."""
    letters = [w[0] for w in re.findall(r"\w+", label)]
    if not label.replace(".", "").replace(" ", "").isupper() or len(letters) < 2:
        return None
    for person in document.people:
        words = (person.name or "").split()
        if person.party and [w[0] for w in words] == letters and "." not in words[0]:
            return person.party
    return None


def _settle_pair(document: Document, speakers: Sequence[str], known: dict[str, str], weighty: Sequence[str]) -> None:
    """Of two speakers the one left open stands for the other party; where both are, the first is the host and the
    second the guest whom the title names.
    """
    host, guest = speakers
    if not known[host] and not known[guest]:
        known[guest] = next(_named_in_title(document), "")
    taken = known[host] or known[guest]
    other = next((c for c in weighty if c != taken and not c.startswith("name:")), "")
    if taken and other:
        known[host], known[guest] = known[host] or other, known[guest] or other


def _named_in_title(document: Document) -> Iterator[str]:
    for block in document.page.blocks:
        if block.kind == "title":
            yield from (p.party for p in starting(document.people, block.start, block.end) if p.party)
