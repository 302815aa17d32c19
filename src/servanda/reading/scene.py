"""Document -> who is meant: which party a noun phrase, a pronoun or «стороны» stands for, and who the other side is.

What cannot be brought to an antecedent is left open: an empty tuple, never a guess.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from servanda.lang import load
from servanda.lang.words import Sentence, Token
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.clauses import SUBJECTS, antecedent, case_of, preposition
from servanda.reading.document import Document, PartyMention, PersonMention
from servanda.reading.turns import read_turns
from servanda.world.tables import Tables, values


@dataclass(frozen=True, slots=True)
class Who:
    """A party with the words that name it, or stand for it."""

    code: str
    span: Span
    how: How
    rule: str


_WEIGHT = {"state": 1.0, "capital": 0.8, "body": 0.9, "organ": 1.0, "adjective": 0.5, "company": 0.7}
_PRONOUNS = ("он", "она", "они", "оно")
_RELATIVE = ("который",)
_FIRST = ("мы", "я")
_SECOND = ("вы",)
_COUNTS = {"оба": 2, "два": 2, "двое": 2, "три": 3, "трое": 3}
_NO_REPUBLIC = frozenset(("RU", "US", "GB", "CN", "EU", "JP", "CA", "AU", "SA", "AE"))
_COMPANIES = frozenset(  # whose name is not their state's
    (
        *("компания", "авиакомпания", "энергокомпания", "госкомпания", "корпорация", "госкорпорация", "концерн"),
        *("холдинг", "фирма", "монополия", "предприятие", "производитель", "поставщик", "подрядчик", "инвестор"),
    )
)
_ADJECTIVE_REACH = 40  # letters before the name of a company
_BACK_OF_ANSWERS = 30  # sentences that a speaker is looked for, as an answer goes on
_SHARING = frozenset(("organ", "body", "company"))  # mentions beside which others may stand in the tree of one phrase
_BACK = 3  # sentences that a pronoun looks back


class Scene:
    """The parties of a document, by token and by weight. Built once; asks no clock and keeps no state between calls."""

    def __init__(self, document: Document, tables: Tables) -> None:
        self.document = document
        self.generic = tables.derive(_generic_words)
        self.realms = tables.derive(_realms)
        self.states = tables.derive(_states)
        self.speech = tables.derive(_speech_verbs)
        self.number = {id(s): n for n, s in enumerate(document.sentences)}
        self.parties: dict[int, list[PartyMention]] = defaultdict(list)
        self.people: dict[int, list[PersonMention]] = defaultdict(list)
        self._by_token: dict[tuple[int, int], PartyMention] = {}
        self._actors: dict[tuple[int, int], tuple[Who, ...]] = {}  # by sentence and token, as they are asked for
        self._people_at: dict[tuple[int, int], list[PersonMention]] = defaultdict(list)
        self.weights: dict[int, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        for party in document.parties:
            self._place(party)
        for person in document.people:
            sentence = document.sentence_at(person.start)
            number = self.number[id(sentence)]
            self.people[number].append(person)
            for token in document.tokens_in(sentence, person.start, person.end):
                self._people_at[number, token.index].append(person)
            if person.party:
                self.weights[document.item_of(sentence)][person.party] += 0.7
        self._main = {
            item: [c for c, _ in sorted(w.items(), key=lambda t: (-t[1], t[0]))] for item, w in self.weights.items()
        }
        self._turns = read_turns(document, self._main.get(0, []))
        self._rank = {item: {c: n for n, c in enumerate(main)} for item, main in self._main.items()}
        self._subjects: list[tuple[Who, ...]] = [
            self._subject_of(s) if n in self.parties or n in self.people else ()
            for n, s in enumerate(document.sentences)
        ]

    def _place(self, party: PartyMention) -> None:
        sentence = self.document.sentence_at(party.start)
        number = self.number[id(sentence)]
        self.parties[number].append(party)
        for token in self.document.tokens_in(sentence, party.start, party.end):
            self._by_token.setdefault((number, token.index), party)
        title = self.document.page.blocks[sentence.block].kind in ("title", "lead")
        for code in party.codes:
            weight = _WEIGHT.get(party.kind, 0.5) * (2.0 if title else 1.0)
            self.weights[self.document.item_of(sentence)][code] += weight

    def mention_at(self, sentence: Sentence, index: int) -> PartyMention | None:
        """The party named by the words that the token belongs to."""
        return self._by_token.get((self.number[id(sentence)], index))

    def people_at(self, sentence: Sentence, index: int) -> list[PersonMention]:
        """The people named by the words that the token belongs to: two in «президенты России и Украины»."""
        return self._people_at.get((self.number[id(sentence)], index), [])

    def _as_parties(self, people: list[PersonMention]) -> tuple[Who, ...]:
        found = {
            p.party: Who(p.party, Span(p.start, p.end), How.RESOLVED, "person-of-party") for p in people if p.party
        }
        return tuple(found.values())

    def main(self, sentence: Sentence) -> list[str]:
        """The parties of the news that the sentence belongs to, weightiest first."""
        return self._main.get(self.document.item_of(sentence), [])

    def rank(self, sentence: Sentence) -> dict[str, int]:
        """The place of each party among them, from 0."""
        return self._rank.get(self.document.item_of(sentence), {})

    def actors(self, sentence: Sentence, index: int) -> tuple[Who, ...]:
        """The parties that a noun phrase stands for, coordinated ones together, in the order of the text."""
        found: dict[str, Who] = {}
        for head in [index, *self._conjuncts(sentence, index)]:
            for who in self.actor(sentence, head) if not _is_instead(sentence, head) else ():
                found.setdefault(who.code, who)
        return tuple(sorted(found.values(), key=lambda w: w.span))

    def _conjuncts(self, sentence: Sentence, index: int) -> Iterator[int]:
        for i in sentence.children[index]:
            if sentence.tokens[i].rel == "conj" and not _is_parted(sentence, index, i):
                yield i
                yield from self._conjuncts(sentence, i)

    def actor(self, sentence: Sentence, index: int) -> tuple[Who, ...]:
        """The party of one noun phrase by its head: named, by its person, pronoun, «стороны», adjective or genitive."""
        key = self.number[id(sentence)], index
        if key not in self._actors:
            self._actors[key] = self._actor(sentence, index)
        return self._actors[key]

    def _actor(self, sentence: Sentence, index: int) -> tuple[Who, ...]:
        token = sentence.tokens[index]
        if (mention := self.mention_at(sentence, index)) and mention.codes and mention.kind != "adjective":
            beside = self._beside(sentence, token, mention) if mention.kind in _SHARING else ()
            return (*_as_who(mention), *beside)
        if people := self.people_at(sentence, index):
            if found := self._as_parties(people):
                return found
            if any(p.name for p in people):
                return self._of_passage(sentence, token, "person-of-passage")
        if token.lemma in _PRONOUNS:
            return self._pronoun(sentence, token)
        if token.lemma in _FIRST:
            return self.speaker(sentence, Span(token.start, token.end))
        if token.lemma in _SECOND:
            return self.heard(sentence, Span(token.start, token.end))
        if token.lemma in _RELATIVE:
            return self._antecedent(sentence, token)
        return self._described(sentence, token)

    def _described(self, sentence: Sentence, token: Token) -> tuple[Who, ...]:
        """«казахстанская сторона», «власти Литвы», «стороны», «страна»."""
        sort = self.generic.get(token.lemma)
        if not sort:
            return ()
        below = [sentence.tokens[i] for i in sentence.children[token.index]]
        if company := self._company(sentence, token, below):
            return company
        for child in below:
            mention = self.mention_at(sentence, child.index)
            if not mention or not mention.codes:
                continue
            adjective = child.rel == "amod" and (mention.kind == "adjective" or case_of(child) in ("gen", ""))
            if adjective or (child.rel in ("nmod", "appos", "flat:name") and case_of(child) in ("gen", "nom", "")):
                words = Span(min(token.start, mention.start), max(token.end, mention.end))
                codes = self._codes_of_each(sentence, child) if _is_plural(token) else mention.codes
                return tuple(Who(c, words, How.RESOLVED, "organ-of-party") for c in codes)
        here = Span(token.start, token.end)
        plural = _is_plural(token)
        owned = next((t.lemma for t in below if t.lemma in ("наш", "ваш")), "")
        if owned and sort in ("organ", "people", "state", "side", "republic", "realm"):
            return self.speaker(sentence, here) if owned == "наш" else self.heard(sentence, here)
        counted = {t.lemma for t in below} & _COUNTS.keys()
        if sort in ("side", "state", "republic") and counted:
            many = _COUNTS[min(counted)]
            return tuple(Who(c, here, How.RESOLVED, "both-sides") for c in self.group(sentence, many))
        bare = not any(t.rel in ("nmod", "amod", "acl", "acl:relcl", "det", "nummod", "nummod:gov") for t in below)
        if sort == "side" or (sort == "state" and plural and bare):
            if plural:
                return tuple(Who(c, here, How.RESOLVED, "both-sides") for c in self.pair(sentence))
            return self._other_side(sentence, token, below)
        if sort == "state" and not plural:
            return self._state(sentence, token)
        if sort == "republic" and not plural:
            return self._republic(sentence, token)
        if sort == "realm" and not plural:
            return self._realm(sentence, token)
        if sort == "organ" and (there := self._of_there(sentence, token, below)):
            return there
        if sort == "organ" and not plural:
            return self._of_passage(sentence, token, "organ-of-passage")
        if sort == "body" and not plural:
            return self._body(sentence, token)
        if sort == "neighbour":
            spoken = self._before(sentence, token)
            return tuple(Who(c, here, How.RESOLVED, "other-side") for c in self.counterpart(sentence, spoken)[:1])
        return ()

    def _beside(self, sentence: Sentence, head: Token, mention: PartyMention) -> tuple[Who, ...]:
        """The further parties of a plural: states whose organs it names («власти Канады и Норвегии», «чешские и
        польские военные»), and names that the tree hangs on a word inside the name before them.
        """
        if not _is_plural(head) and not _is_subject_of_plural(sentence, head):
            return ()
        low, high = mention.start, mention.end
        own = [t for t in self.document.tokens_in(sentence, low, high) if t is not head]
        if mention.kind == "organ":
            own += [t for i in sentence.children[head.index] if (t := sentence.tokens[i]).rel == "amod"]
        others = [self.mention_at(sentence, i) for t in own for i in (t.index, *self._conjuncts(sentence, t.index))]
        kinds = ("state", "adjective") if mention.kind == "organ" else ("state", "body", "company")
        return tuple(w for m in others if m and m is not mention and m.kind in kinds for w in _as_who(m))

    def _codes_of_each(self, sentence: Sentence, owner: Token) -> list[str]:
        """«граждане Ирана и Сирии»: the parties of all coordinated owners."""
        mentions = [self.mention_at(sentence, i) for i in (owner.index, *self._conjuncts(sentence, owner.index))]
        return list(dict.fromkeys(c for m in mentions if m for c in m.codes))

    def _company(self, sentence: Sentence, token: Token, below: list[Token]) -> tuple[Who, ...]:
        """«китайская корпорация N» is N; «южнокорейские компании» bear their words as their name."""
        if token.lemma not in _COMPANIES:
            return ()
        for child in below:
            mention = self.mention_at(sentence, child.index)
            if mention and mention.kind == "company" and child.index > token.index:
                return _as_who(mention)
        near = [t for t in below if t.rel == "amod" and t.index < token.index]
        mentions = [self.mention_at(sentence, t.index) for t in near]
        if case_of(token) not in ("nom", "ins") or not any(m and m.kind == "adjective" for m in mentions):
            return ()  # «разрешения американским компаниям»: their state is meant
        words = sentence.tokens[near[0].index : token.index + 1]
        span = Span(words[0].start, token.end)
        return (Who(f"name:{load('ru').nominative(words)}", span, How.RESOLVED, "company-by-words"),)

    def _other_side(self, sentence: Sentence, token: Token, below: list[Token]) -> tuple[Who, ...]:
        if any(t.lemma in ("принимающий",) for t in below):
            return self._of_passage(sentence, token, "host-of-passage")
        return ()

    def _before(self, sentence: Sentence, token: Token) -> tuple[str, ...]:
        """The state last named before the token in its sentence, or the subject before."""
        number = self.number[id(sentence)]
        named = [m for m in self.parties[number] if m.end <= token.start and m.codes]
        if named:
            return named[-1].codes[:1]
        before = self.subject_before(sentence) or tuple(
            w.code for w in self.speaker(sentence, Span(token.start, token.end))
        )
        return before

    def _of_passage(self, sentence: Sentence, token: Token, rule: str) -> tuple[Who, ...]:
        """The last state that the passage spoke of."""
        here = Span(token.start, token.end)
        codes = self._before(sentence, token)
        return tuple(Who(c, here, How.RESOLVED, rule) for c in codes[:1])

    def _body(self, sentence: Sentence, token: Token) -> tuple[Who, ...]:
        """«банк», «альянс»: the body or company last named, one that has the word in its name first."""
        here = Span(token.start, token.end)
        item = self.document.item_of(sentence)
        stem = token.lemma[:4]
        fallback: tuple[Who, ...] = ()
        for n in range(self.number[id(sentence)], max(-1, self.number[id(sentence)] - 2 * _BACK), -1):
            if self.document.item_of(self.document.sentences[n]) != item:
                break
            for mention in reversed(self.parties[n]):
                if mention.end > token.start or mention.kind not in ("body", "company") or not mention.codes:
                    continue
                found = tuple(Who(c, here, How.RESOLVED, "body-spoken-of") for c in mention.codes)
                if stem in self.document.words(mention.start, mention.end).lower():
                    return found
                fallback = fallback or found
        if token.text[0].isupper() and token.index > 0:
            return self._body_of_news(item, stem, here) or fallback
        return fallback

    def _body_of_news(self, item: int, stem: str, here: Span) -> tuple[Who, ...]:
        """«Банк», with a capital in mid-sentence: the body of the news that has the word in its name."""
        for mention in self.document.parties:
            bears = mention.kind == "body" and stem in self.document.words(mention.start, mention.end).lower()
            if bears and mention.codes and self.document.item_of(self.document.sentence_at(mention.start)) == item:
                return tuple(Who(c, here, How.RESOLVED, "body-spoken-of") for c in mention.codes)
        return ()

    def _republic(self, sentence: Sentence, token: Token) -> tuple[Who, ...]:
        """The last state named that one may call «республика» alone."""
        number = self.number[id(sentence)]
        item = self.document.item_of(sentence)
        for n in range(number, max(-1, number - 1 - _BACK), -1):
            if self.document.item_of(self.document.sentences[n]) != item:
                break
            named = [
                m
                for m in self.parties[n]
                if (n < number or m.end <= token.start) and m.kind in ("state", "capital", "organ", "adjective")
            ]
            for mention in reversed(named):
                for code in mention.codes:
                    if code not in _NO_REPUBLIC and len(code) == 2:
                        return (Who(code, Span(token.start, token.end), How.RESOLVED, "republic-of-passage"),)
        return ()

    def _of_there(self, sentence: Sentence, token: Token, below: list[Token]) -> tuple[Who, ...]:
        """«власти в Адене», «правительство в Бейруте»: of the state where the place lies."""
        for child in below:
            if child.rel == "nmod" and preposition(sentence, child.index) == "в" and case_of(child) == "loc":
                for place in self.document.places:
                    if place.start <= child.start < place.end and place.code:
                        return (Who(place.code, Span(token.start, place.end), How.RESOLVED, "organ-of-place"),)
        return ()

    def _realm(self, sentence: Sentence, token: Token) -> tuple[Who, ...]:
        """«султанат», «эмират»: the weightiest state of the news that is one, else the state spoken of."""
        realms = self.realms.get(token.lemma, frozenset())
        found = [c for c in self.main(sentence) if c in realms][:1]
        here = Span(token.start, token.end)
        known = tuple(Who(c, here, How.RESOLVED, "realm-of-news") for c in found)
        return known or self._state(sentence, token)

    def _state(self, sentence: Sentence, token: Token) -> tuple[Who, ...]:
        """«страна»: the last party that the passage spoke of, else the weightiest of the news that is a state."""
        found = self._of_passage(sentence, token, "state-spoken-of")
        if not found or found[0].code in self.states:
            return found
        codes = [c for c in self.main(sentence) if c in self.states][:1]
        return tuple(Who(c, found[0].span, How.RESOLVED, "state-spoken-of") for c in codes) or found

    def _pronoun(self, sentence: Sentence, token: Token) -> tuple[Who, ...]:
        if token.text.lower() == "оно":
            return ()  # a document: no state is an «оно»
        here = Span(token.start, token.end)
        plural = token.lemma == "они"
        if not plural and case_of(token) != "nom" and (found := self._just_named(sentence, token)):
            return found
        earlier = self._earlier_subjects(sentence)
        if plural:
            for subject in earlier:
                if len(subject) > 1:
                    return tuple(Who(w.code, here, How.RESOLVED, "pronoun") for w in subject)
            return tuple(Who(c, here, How.RESOLVED, "pronoun") for c in self.pair(sentence))
        clauses = (t for t in sentence.tokens[: token.index] if t.rel in SUBJECTS and t.pos in ("NOUN", "PROPN"))
        beside = [self.actor(sentence, t.index) for t in clauses] if case_of(token) == "nom" else []
        for subject in (*reversed([s for s in beside if s]), *earlier):
            if len(subject) == 1:
                return (Who(subject[0].code, here, How.RESOLVED, "pronoun"),)
        return ()

    def _just_named(self, sentence: Sentence, token: Token) -> tuple[Who, ...]:
        """«соглашение с Киргизией об оказании ей помощи»: the state named before in the sentence, the subject aside."""
        number = self.number[id(sentence)]
        subject = {w.code for w in self._subjects[number]}
        for mention in reversed(self.parties[number]):
            if mention.end <= token.start and mention.kind == "state" and not subject & set(mention.codes):
                return tuple(Who(c, Span(token.start, token.end), How.RESOLVED, "pronoun") for c in mention.codes)
        return ()

    def _earlier_subjects(self, sentence: Sentence) -> Iterator[tuple[Who, ...]]:
        number = self.number[id(sentence)]
        item = self.document.item_of(sentence)
        for n in range(number - 1, max(-1, number - 1 - _BACK), -1):
            if self.document.item_of(self.document.sentences[n]) == item and self._subjects[n]:
                yield self._subjects[n]

    def subject_before(self, sentence: Sentence) -> tuple[str, ...]:
        """The party that was the subject of the sentence before, else ()."""
        for subject in self._earlier_subjects(sentence):
            return tuple(w.code for w in subject)
        return ()

    def _subject_of(self, sentence: Sentence) -> tuple[Who, ...]:
        """The parties named as subject of the main clause (pronouns are not followed: one step back at a time)."""
        best: tuple[Who, ...] = ()
        for token in sentence.tokens:
            if token.rel in SUBJECTS and case_of(token) in ("nom", ""):
                found = [
                    w for i in [token.index, *self._conjuncts(sentence, token.index)] for w in self._named(sentence, i)
                ]
                if found:
                    return tuple({w.code: w for w in found}.values())
        return best

    def _named(self, sentence: Sentence, index: int) -> tuple[Who, ...]:
        mention = self.mention_at(sentence, index)
        if mention and mention.codes and mention.kind != "adjective":
            return _as_who(mention)
        if found := self._as_parties(self.people_at(sentence, index)):
            return found
        token = sentence.tokens[index]
        if self.generic.get(token.lemma):
            for child in sentence.children[index]:
                mention = self.mention_at(sentence, child)
                if mention and mention.codes and sentence.tokens[child].rel in ("amod", "nmod"):
                    return _as_who(mention)
        return ()

    def speaker(self, sentence: Sentence, here: Span) -> tuple[Who, ...]:
        """The party of who speaks: the subject of the nearest verb of speech, here, after or before."""
        number = self.number[id(sentence)]
        if (turn := self._turns.get(number)) and turn.speaker:
            return (Who(turn.speaker, here, How.RESOLVED, "speaker"),)
        for n in (number, number + 1, *range(number - 1, max(-1, number - 1 - 2 * _BACK), -1)):
            if 0 <= n < len(self.document.sentences) and (said := self._says(self.document.sentences[n])):
                return tuple(Who(w.code, here, How.RESOLVED, "speaker") for w in said)
        return self._interviewed(number, here)

    def heard(self, sentence: Sentence, here: Span) -> tuple[Who, ...]:
        """The party spoken to («вы», «ваше правительство»), in a transcript."""
        turn = self._turns.get(self.number[id(sentence)])
        return (Who(turn.heard, here, How.RESOLVED, "heard"),) if turn and turn.heard else ()

    def _interviewed(self, number: int, here: Span) -> tuple[Who, ...]:
        """The person last named before, where no verb of speech says who speaks: answers of an interview."""
        item = self.document.item_of(self.document.sentences[number])
        for n in range(number, max(-1, number - _BACK_OF_ANSWERS), -1):
            if self.document.item_of(self.document.sentences[n]) != item:
                break
            if found := next((p.party for p in self.people[n] if p.party and p.name), None):
                return (Who(found, here, How.RESOLVED, "speaker"),)
        return ()

    def _says(self, sentence: Sentence) -> tuple[Who, ...]:
        for token in sentence.tokens:
            if token.lemma in self.speech and token.pos == "VERB":
                for i in sentence.children[token.index]:
                    if sentence.tokens[i].rel in SUBJECTS:
                        heads = [i, *self._conjuncts(sentence, i)]
                        if found := tuple({w.code: w for h in heads for w in self._named(sentence, h)}.values()):
                            return found
        return ()

    def elided(self, sentence: Sentence, predicate: Token) -> tuple[Who, ...]:
        """Who acts where the verb has no subject: the speaker of «мы», whoever did it to him («нам обещали»), else the
        subject of the sentence before.
        """
        here = Span(predicate.start, predicate.end)
        if predicate.feats.get("Person") == "1":
            return self.speaker(sentence, here)
        if _is_plural(predicate) and self._concerns_speaker(sentence, predicate):
            return self._opposite(sentence, predicate)
        turn = self._turns.get(self.number[id(sentence)])
        if turn and turn.alone and _is_plural(predicate) and predicate.feats.get("Tense") == "Past":
            return self.speaker(sentence, here)
        for subject in self._earlier_subjects(sentence):
            return tuple(Who(w.code, here, How.INHERITED, "subject-before") for w in subject)
        return ()

    def _concerns_speaker(self, sentence: Sentence, predicate: Token) -> bool:
        """«нам обещали», «от нас требуют»: whether who speaks is spoken of as another than who acts."""
        below = (sentence.tokens[i] for i in sentence.children[predicate.index])
        return any(t.lemma in _FIRST and t.rel not in SUBJECTS for t in below)

    def _opposite(self, sentence: Sentence, predicate: Token) -> tuple[Who, ...]:
        """The party beside the speaker: the last one named before, else the weightiest of the news."""
        here = Span(predicate.start, predicate.end)
        own = {w.code for w in self.speaker(sentence, here)}
        number = self.number[id(sentence)]
        item = self.document.item_of(sentence)
        for n in range(number, max(-1, number - 1 - _BACK), -1):
            if self.document.item_of(self.document.sentences[n]) != item:
                break
            before = [m for m in self.parties[n] if m.end <= predicate.start]
            for mention in reversed(before):
                if found := [c for c in mention.codes if c not in own]:
                    return (Who(found[0], here, How.INHERITED, "other-side-of-speaker"),)
        found = [c for c in self.main(sentence) if c not in own][:1]
        return tuple(Who(c, here, How.INHERITED, "other-side-of-speaker") for c in found)

    def _antecedent(self, sentence: Sentence, token: Token) -> tuple[Who, ...]:
        """«которая»: the noun that the relative clause hangs on."""
        noun = antecedent(sentence, token.index)
        if noun is None or noun == token.index:
            return ()
        if found := self.actors(sentence, noun):
            return found
        if _is_plural(token) == _is_plural(sentence.tokens[noun]):
            return ()
        owners = (i for i in sentence.children[noun] if sentence.tokens[i].rel == "nmod" and i < token.index)
        return next((w for i in owners if not preposition(sentence, i) and (w := self.actors(sentence, i))), ())

    def named_in(self, number: int) -> list[str]:
        """The parties that a sentence names, people standing for theirs, in the order of the text."""
        named = [(m.start, c) for m in self.parties[number] for c in m.codes]
        named += [(p.start, p.party) for p in self.people[number] if p.party]
        return list(dict.fromkeys(c for _, c in sorted(named)))

    def pair(self, sentence: Sentence) -> tuple[str, ...]:
        """The two parties spoken of: of this sentence, the one before, or the weightiest of the news."""
        number = self.number[id(sentence)]
        item = self.document.item_of(sentence)
        main = self.main(sentence)
        codes: list[str] = []
        for n in range(number, max(-1, number - _BACK), -1):
            if self.document.item_of(self.document.sentences[n]) != item:
                break
            codes += [c for c in self.named_in(n) if c not in codes]
            if len(codes) >= 2:
                break
        if len(codes) == 2:
            return tuple(codes)
        if len(codes) > 2:
            return tuple(sorted(sorted(codes, key=lambda c: main.index(c) if c in main else 99)[:2], key=codes.index))
        return tuple(main[:2]) if len(main) >= 2 else ()

    def whole(self, sentence: Sentence) -> tuple[str, ...]:
        """The two or three parties that the whole news is about; () where there is no such group."""
        weights = self.weights[self.document.item_of(sentence)]
        main = self.main(sentence)
        if len(main) < 2 or weights[main[1]] < 0.3 * weights[main[0]]:
            return ()
        group = [c for c in main if weights[c] >= 0.4 * weights[main[0]]][:3]
        return tuple(group) if len(group) > 1 else tuple(main[:2])

    def group(self, sentence: Sentence, many: int) -> tuple[str, ...]:
        """So many parties of the passage («обе страны», «три страны»): its pair, or the weightiest of the news."""
        if many == 2:
            return self.pair(sentence)
        main = self.main(sentence)
        return tuple(main[:many]) if len(main) >= many else ()

    def home(self, sentence: Sentence, who: Who) -> list[str]:
        """The state of a company, by the adjective within or right before its name: «китайская корпорация N»."""
        low = who.span.start - _ADJECTIVE_REACH
        near = [m for m in self.parties[self.number[id(sentence)]] if low <= m.start < who.span.end]
        return [c for m in near if m.kind == "adjective" for c in m.codes] if who.code.startswith("name:") else []

    def counterpart(self, sentence: Sentence, codes: Iterable[str]) -> tuple[str, ...]:
        """Other parties, likeliest first: named in the sentence, then the weightiest of the news."""
        own = set(codes)
        order = [c for m in self.parties[self.number[id(sentence)]] for c in m.codes] + self.main(sentence)
        return tuple(c for c in dict.fromkeys(order) if c not in own)


def _is_parted(sentence: Sentence, one: int, two: int) -> bool:
    """Whether a semicolon stands between two words."""
    return any(t.text == ";" for t in sentence.tokens[min(one, two) : max(one, two)])


def _is_instead(sentence: Sentence, index: int) -> bool:
    """«не Чад, а Нигер»: of two the one that is denied."""
    before = [t.text.lower() for t in sentence.tokens[max(0, index - 2) : index]]
    denied = before[-1:] == ["не"] or (before[:1] == ["не"] and sentence.tokens[index - 1].pos in ("ADJ", "NOUN"))
    return denied and any(sentence.tokens[i].rel == "cc" for i in _joined(sentence, index))


def _joined(sentence: Sentence, index: int) -> Iterator[int]:
    """What joins a word to another one: its own conjunctions and those of the word behind it."""
    yield from sentence.children[index]
    for i in sentence.children[index]:
        if sentence.tokens[i].rel == "conj":
            yield from sentence.children[i]


def _is_plural(token: Token) -> bool:
    return token.feats.get("Number") == "Plur"


def _is_subject_of_plural(sentence: Sentence, token: Token) -> bool:
    """«правительства Чехии и Польши запретили»: what the verb says of the number of its subject."""
    return token.rel in SUBJECTS and token.head >= 0 and _is_plural(sentence.tokens[token.head])


def _as_who(mention: PartyMention) -> tuple[Who, ...]:
    span = Span(mention.start, mention.end)
    return tuple(Who(c, span, How(mention.how), mention.rule) for c in mention.codes)


def _generic_words(tables: Tables) -> dict[str, str]:
    """Lemma -> sort of word that stands for a party: side, state, organ, people, neighbour."""
    return {word: row["sort"] for row in tables.rows("ru/generic") for word in values(row["words"])}


def _states(tables: Tables) -> frozenset[str]:
    return frozenset(row["code"] for row in tables.rows("states"))


def _realms(tables: Tables) -> dict[str, frozenset[str]]:
    """«султанат», «королевство» -> the states whose full names begin so; the Gulf's emirates have others."""
    codes = defaultdict(set, {"эмират": {"QA", "KW", "AE"}})
    for row in tables.rows("states"):
        for name in values(row["names"]):
            codes[name.partition(" ")[0].lower()].add(row["code"])
    return {word: frozenset(found) for word, found in codes.items()}


def _speech_verbs(tables: Tables) -> frozenset[str]:
    """Verbs with which somebody says something."""
    return frozenset(w for row in tables.rows("ru/speech") if row["kind"] == "say" for w in row["lemma"].split())
