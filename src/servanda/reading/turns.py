"""Document -> whose turn it is in a transcript: the party that speaks a sentence, and the one spoken to.

A transcript is a page whose paragraphs open with labels: «В.Ковач: …», «Президент Сербии (как переведено): …»,
«Вопрос: … Ответ: …». What no label, office or place fixes is left open.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from servanda.reading.document import Block, Document, PersonMention, starting

_LABEL = re.compile(r"(?:[–—-]\s*)?(\S[^:!?»\n]{0,48}?)\s*(?:\([^()\n]{1,40}\))?\s*:\s")
_ASKS = ("вопрос", "корр", "журналист", "реплика", "ведущ", "интервьюер")
_ANSWERS = ("ответ",)
_LEAST = 2  # labels that make a transcript
_NAMING = re.compile(r"[А-ЯЁA-Z]")
_NEAR = 3  # letters between the head of a paragraph and the name of its label


@dataclass(frozen=True, slots=True)
class Turn:
    """The party that speaks and the one spoken to; "" where that is not known."""

    speaker: str
    heard: str


def read_turns(document: Document, weighty: Sequence[str]) -> dict[int, Turn]:
    """Number of a sentence -> its turn; empty for a page that is no transcript.

    `weighty` are the parties of the page, the one spoken of most first.
    """
    labels = {n: label for n, block in enumerate(document.page.blocks) if (label := _label_of(document, block))}
    if len(labels) < _LEAST:
        return {}
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


def _label_of(document: Document, block: Block) -> str:
    """«В.Ковач» at the head of a paragraph, "" for none."""
    found = _LABEL.match(document.page.text, block.start, block.end) if block.readable else None
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
