"""A sentence with its people and parties -> who stands where in it: case, preposition, place in a list."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from servanda.lang.words import Sentence, Token
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.document import Document, PartyMention, PersonMention
from servanda.reading.identity import resolve_person
from servanda.reading.offices import PartyIndex, case_of
from servanda.reading.stretches import is_predicate

WITH, BETWEEN, LED = "с", "между", "во главе с"
_JOINS = frozenset({",", "и", "а", "также", "—", "–"})
_PLAIN = {"со": "с", "во": "в"}
_PRONOUNS = frozenset({"он", "она"})
_LOOKS_NOMINATIVE = frozenset({"Gen", "Acc", ""})  # forms that plurals and things share with it («делегации»)
_WHOSE = frozenset({"его", "ее", "её", "их"})
OF_ONE = _WHOSE - {"их"}  # «его встречи»: those of one person
_LEADING = frozenset({"руководством", "председательством", "предводительством", "главенством"})
_MEMBERS = frozenset({"страна", "государство", "член", "участник"})  # «страны ЕС» act as the body
_FAR = 12  # words from those who come to the last state of a list
_BEFORE = 5  # words in its case between a preposition and a mention («с его казахстанским коллегой»)


@dataclass(frozen=True, slots=True)
class Attendee:
    """One who meets, with the words that say so."""

    name: str | None
    office: str | None
    party: str | None
    span: Span
    name_span: Span | None = None
    office_span: Span | None = None
    how: str = How.NORMALISED
    rule: str = "party"
    role: str = ""
    plural: bool = False

    @property
    def personal(self) -> bool:
        """Whether somebody is named or an office is."""
        return bool(self.name or self.office)

    @property
    def known(self) -> bool:
        """Whether a reader learns who it is."""
        return bool(self.name or self.party)


@dataclass(slots=True, eq=False)
class Argument:
    """People or a party at their place in a sentence: tokens [first, last), case, and the preposition before them."""

    first: int
    last: int
    case: str
    prep: str
    who: list[Attendee]
    kind: str  # person, pronoun, or the kind of the party


def find_arguments(
    document: Document,
    sentence: Sentence,
    people: Sequence[PersonMention],
    parties: PartyIndex,
    hailing: Container[str] = (),
) -> list[Argument]:
    """People, parties outside them, and pronouns that stand for a person, in order.

    `hailing`: nouns of those who come from a state («делегация из Чехии»).
    """
    tokens = sentence.tokens
    groups: dict[tuple[int, int], list[PersonMention]] = {}
    for p in people:
        groups.setdefault((p.start, p.end), []).append(p)
    out = []
    for (start, end), found in groups.items():
        inner = document.tokens_in(sentence, start, end)
        if inner and not any(s < start and end <= e for s, e in groups):
            out.append(
                _argument(tokens, inner, _head(document, sentence, found[0]), [of_person(p) for p in found], "person")
            )
    for m in parties.within(sentence.start, sentence.end):
        inner = document.tokens_in(sentence, m.start, m.end)
        covered = any(s <= m.start and m.end <= e for s, e in groups)
        if inner and not covered and m.codes and (m.kind != "adjective" or len(m.codes) > 1):
            out.append(_argument(tokens, inner, None, _of_party(m), m.kind))
    for t in tokens:
        if (
            t.lemma in _PRONOUNS
            and (case_of(t) in ("Nom", "Ins") or t.rel == "obj")
            and (who := of_pronoun(document, sentence, t))
        ):
            out.append(_argument(tokens, [t], t, [who], "pronoun"))
    out.sort(key=lambda a: (a.first, -a.last))
    _lend_prepositions(tokens, out)
    _lead(out)
    _hail(tokens, out, hailing)
    return out


def one_person(one: Attendee, two: Attendee) -> bool:
    """Whether two mentions are of one: the same name, or the same party told with and without a name."""
    if one.party != two.party:
        return bool(one.name) and one.name == two.name
    if one.name and two.name:
        return one.name == two.name
    return not (one.plural and two.plural and one.office != two.office)


def of_person(p: PersonMention) -> Attendee:
    """Somebody mentioned, as one who meets."""
    return Attendee(
        p.name, p.office, p.party, Span(p.start, p.end), p.name_span, p.office_span, p.how, p.rule, p.role, p.plural
    )


def _of_party(m: PartyMention) -> list[Attendee]:
    rule = "adjective-of-two" if m.kind == "adjective" else m.rule
    return [Attendee(None, None, c, Span(m.start, m.end), how=m.how, rule=rule) for c in m.codes]


def of_pronoun(document: Document, sentence: Sentence, token: Token) -> Attendee | None:
    """Whom «он», «она», «его» mean, where the party is known."""
    person = resolve_person(document, sentence, token)
    if person is None or person.party is None:
        return None
    span = Span(token.start, token.end)
    return Attendee(person.name, person.office, person.party, span, span, span, How.RESOLVED, "pronoun", person.role)


def _head(document: Document, sentence: Sentence, person: PersonMention) -> Token | None:
    inner = document.tokens_in(sentence, *(person.office_span or person.name_span or (person.start, person.end)))
    return next((t for t in inner if t.pos in ("NOUN", "PROPN")), None)


def _argument(
    tokens: Sequence[Token], inner: Sequence[Token], head: Token | None, who: list[Attendee], kind: str
) -> Argument:
    first = inner[0].index
    if head is None and inner[0].pos == "ADJ" and inner[0].rel.startswith("nsubj"):
        head = inner[0]  # «военные Чехии»
    head = head or next((t for t in inner if t.pos in ("NOUN", "PROPN")), inner[0])
    case = case_of(head)
    if head.lemma.startswith("зам") and head.lemma[-1] in "аыя" and not head.rel.startswith("nsubj"):
        case = _case_of_name(inner, who[0])  # «замминистра», «замглавы»
    if kind in ("state", "body") and head.head >= 0 and tokens[head.head].lemma in _MEMBERS and case != "Nom":
        head = tokens[head.head]
        case = case_of(head)
    if case == "Acc" and head.rel == "nmod" and first and tokens[first - 1].pos == "NOUN":
        case = "Gen"  # «встречу президентов», whose forms are alike
    if case in _LOOKS_NOMINATIVE and (head.rel.startswith("nsubj") or (kind == "person" and _is_second(tokens, head))):
        case = "Nom"
    return Argument(first, inner[-1].index + 1, case, _preposition(tokens, first, case), who, kind)


def _is_second(tokens: Sequence[Token], head: Token) -> bool:
    """«какие вопросы обсудят главы МИД»: a plural that the tree takes for one more object of its verb."""
    if head.rel != "obj" or head.feats.get("Number") != "Plur":
        return False
    return any(t.rel == "obj" and t.head == head.head and t.index < head.index for t in tokens[: head.index])


def _case_of_name(inner: Sequence[Token], who: Attendee) -> str:
    return next((case_of(t) for t in inner if who.name_span and t.start == who.name_span.start), "")


def _preposition(tokens: Sequence[Token], first: int, case: str) -> str:
    """The preposition before a mention, words in its case between them aside; «с участием» is as good as «с»."""
    k = first - 1
    while (
        k >= 0
        and first - k < _BEFORE
        and case
        and (case_of(tokens[k]) == case or tokens[k].text.lower() in _WHOSE)
        and tokens[k].pos in ("ADJ", "NOUN", "DET", "PRON")
        and not (case == "Gen" and tokens[k].pos == "NOUN")  # «накануне визита президента»
    ):
        k -= 1
    if k < 0:
        return ""
    text = tokens[k].text.lower()
    if text == "участием":
        return WITH
    if text in _LEADING and k and tokens[k - 1].text.lower() in ("под", "с"):
        return LED
    if tokens[k].pos != "ADP":
        return ""
    return LED if text == "с" and k and tokens[k - 1].text.lower() == "главе" else _PLAIN.get(text, text)


def _lend_prepositions(tokens: Sequence[Token], arguments: Sequence[Argument]) -> None:
    """«с президентом Чехии и премьером Венгрии»: the second has the preposition of the first."""
    for one, two in pairwise(arguments):
        between = [t.text.lower() for t in tokens[one.last : two.first] if t.pos not in ("ADJ", "DET")]
        joined = 0 < len(between) <= 3 and all(w in _JOINS for w in between)
        if not joined or two.prep:
            continue
        if one.prep and (one.case == two.case or not one.case or not two.case):
            two.prep = one.prep
        elif _is_one_more(tokens, one, two):
            two.case = one.case
        elif not one.prep and not (one.case and two.case):
            one.case = two.case = one.case or two.case


def _lead(arguments: Sequence[Argument]) -> None:
    """«делегация Всемирного банка во главе с вице-президентом банка Ириной Петровой»: of the party that she leads."""
    for group, leader in pairwise(arguments):
        if leader.prep == LED and group.who and group.who[-1].party:
            leader.who = [w if w.party else replace(w, party=group.who[-1].party) for w in leader.who]


def _hail(tokens: Sequence[Token], arguments: list[Argument], hailing: Container[str]) -> None:
    """«с коллегой из Чехии», «делегации из 12 стран, в том числе из Чехии и Сербии»: states become those who come."""
    groups: dict[int, Argument] = {}
    for a in list(arguments):
        if a.prep != "из" or a.kind not in ("state", "body"):
            continue
        if (group := _without_party(arguments, a)) is not None:
            group.who = [replace(p, party=w.party, how=w.how, rule=w.rule) for p in group.who for w in a.who]
            group.last = a.last
            arguments.remove(a)
            continue
        noun = _who_come(tokens, a.first - 1)
        if noun is None or noun.lemma not in hailing:
            continue
        span, plural = Span(noun.start, noun.end), noun.feats.get("Number") == "Plur"
        who = [replace(w, office=noun.lemma, office_span=span, plural=plural) for w in a.who]
        if noun.index in groups:
            groups[noun.index].who += who
            groups[noun.index].last = a.last
            arguments.remove(a)
        elif not any(b.first <= noun.index < b.last for b in arguments):
            groups[noun.index] = a
            nominative = noun.rel.startswith("nsubj") or _follows_plural_verb(tokens, noun)
            a.first, a.who, a.kind = noun.index, who, "person"
            a.case = "Nom" if nominative else case_of(noun)
            a.prep = _preposition(tokens, noun.index, a.case)


def _without_party(arguments: Sequence[Argument], whence: Argument) -> Argument | None:
    """«министры иностранных дел (из Лиги арабских государств)», told as people right before."""
    group = next((b for b in arguments if b.kind == "person" and b.last == whence.first - 1), None)
    return group if group is not None and not any(p.known for p in group.who) else None


def _who_come(tokens: Sequence[Token], k: int) -> Token | None:
    """The noun before «из (12 стран, в том числе из Венгрии и) ...»."""
    for t in reversed(tokens[max(0, k - _FAR) : k + 1]):
        if t.pos == "NOUN" and t.lemma not in _MEMBERS and t.lemma != "число":
            return t
        if is_predicate(t):
            return None
    return None


def _follows_plural_verb(tokens: Sequence[Token], noun: Token) -> bool:
    """«прибыли делегации», whatever case the tree gives a form that may be the nominative."""
    verb = tokens[noun.index - 1] if noun.index else noun
    return is_predicate(verb) and verb.feats.get("Number") == "Plur" and case_of(noun) == "Gen"


def _is_one_more(tokens: Sequence[Token], one: Argument, two: Argument) -> bool:
    """Whether the second stands as the first does: its conjunct, or one more state of its organ."""
    if one.case == "Nom" and tokens[two.first].head == one.first:
        return True
    return two.kind == "state" and two.case == "Gen" and _ends_in_state(tokens, one)


def _ends_in_state(tokens: Sequence[Token], argument: Argument) -> bool:
    """«правительства Чехии (и Словакии)», whose organ the second is too."""
    last = tokens[argument.last - 1]
    if argument.kind not in ("organ", "person"):
        return False
    return argument.last - argument.first > 1 and case_of(last) == "Gen" and last.ner.endswith("LOC")
