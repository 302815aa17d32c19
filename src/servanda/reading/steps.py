"""Sentence and its titles -> the steps told of them: which step, when, by whom, done or to come.

A step word is a verb, participle or verbal noun of ru/steps. It is tied to a title by form (agreement, case, what
stands between); its standing (done, to come, denied, supposed) is read from negation, tense and the words over it.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from servanda.lang.words import Sentence, Token
from servanda.model.spans import Span
from servanda.reading.clauses import is_finite, is_short
from servanda.reading.document import Document, TimeMention, starting
from servanda.reading.titles import Title, WordSets, agrees, signing_words
from servanda.world.tables import Tables, values

_CLAUSE_SIGNS = {",", ";", ":", "(", ")", "–", "—", "!", "?", "."}
_REACH = 30  # tokens between a verb and its title
_FAR = 60  # tokens beyond which nothing is looked at


@dataclass(frozen=True, slots=True)
class StepEntry:
    """A word of ru/steps: its lemmas (a preposition last for role oblique), the step, the role, the side."""

    lemmas: tuple[str, ...]
    step: str
    role: str
    side: str


@dataclass(slots=True, eq=False)
class StepWord:
    """A step word in a sentence. `form`: finite, infinitive, gerund, short, participle, noun. `standing`: done, coming,
    denied, supposed (told under a condition), idle (no step: hoped for, negated, to be considered).
    """

    entry: StepEntry
    sentence: Sentence
    index: int
    form: str
    standing: str = "done"
    titles: list[Title] = field(default_factory=list)
    pronoun: Token | None = None
    law: int | None = None  # the verb that the law on it is the object of
    governor: int | None = None
    awaited: bool = False  # «готово к подписанию»
    negated: bool = False

    @property
    def token(self) -> Token:
        """The word itself."""
        return self.sentence.tokens[self.index]


def index_steps(tables: Tables) -> dict[str, list[StepEntry]]:
    """Step words by their first lemma, the longest first."""
    found: dict[str, list[StepEntry]] = {}
    for row in tables.rows("ru/steps"):
        for words in values(row["words"]):
            lemmas = tuple(words.split())
            found.setdefault(lemmas[0], []).append(StepEntry(lemmas, row["step"], row["role"], row["side"]))
    for entries in found.values():
        entries.sort(key=lambda e: -len(e.lemmas))
    return found


def find_steps(document: Document, titles: list[Title], number: int, tables: Tables) -> list[StepWord]:
    """The step words of a sentence, each with the titles (or the pronoun) that it is told of; with neither where it
    opens a list of titles («Подписаны:») or leaves out what was named before («Подписание намечено на май»).
    """
    sentence = document.sentences[number]
    entries = tables.derive(index_steps)
    absent = list(_absences(sentence, titles)) if titles and "нет" in sentence.lemmas else []
    if entries.keys().isdisjoint(sentence.lemmas):
        return absent
    words = tables.derive(signing_words)
    found: list[StepWord] = []
    rest: list[StepWord] = []
    for token in sentence.tokens:
        for entry in entries.get(token.lemma, ()):
            if not _present(sentence, token.index, entry):
                continue
            word = StepWord(entry, sentence, token.index, _form(token))
            if not word.form:
                break
            _tie(word, titles, words["law"])
            if word.titles or word.pronoun:
                found.append(word)
                break
            rest.append(word)
    _join_fellows(found, rest)
    found += [w for w in rest if w not in found and (_opens_lines(w) or _leaves_out(w, titles))]
    for word in found:
        _read_standing(word, words)
    return sorted(found + absent, key=lambda w: w.index)


def _absences(sentence: Sentence, titles: list[Title]) -> Iterator[StepWord]:
    """«Договора о границе до сих пор нет»: signed is denied."""
    for title in titles:
        head = title.token.head
        if title.token.feats.get("Case") == "Gen" and head >= 0 and sentence.tokens[head].lemma == "нет":
            yield StepWord(_ABSENT, sentence, head, "finite", "denied", [title])


_ABSENT = StepEntry(("нет",), "signed", "object", "both")


def _opens_lines(word: StepWord) -> bool:
    """«В присутствии президентов подписаны:», and the documents follow line by line."""
    return word.sentence.closing == ":" and word.form in ("finite", "short") and not word.titles


def _leaves_out(word: StepWord, titles: list[Title]) -> bool:
    """«Подписали в мае», «Ратификация ожидается осенью»: near the top of a sentence, with no other object."""
    tokens, token = word.sentence.tokens, word.token
    if titles or word.index > _TOP or word.entry.role != "object" or word.entry.step not in _LEFT_OUT:
        return False
    ahead = tokens[word.index + 1 : word.index + _LOOK]
    if word.form == "noun":
        genitive = bool(ahead) and ahead[0].feats.get("Case") == "Gen" and ahead[0].pos in ("NOUN", "ADJ", "PROPN")
        return token.feats.get("Case") == "Nom" and not genitive
    if word.form not in ("finite", "short") or any(t.pos in _NAMING for t in tokens[: word.index]):
        return False
    named = any(t.pos in _NAMING and t.feats.get("Case") in ("Nom", "Acc") for t in ahead)
    return not named and not any(t.lemma in ("что", "этот") for t in ahead)


_LEFT_OUT = {"signed", "initialled", "ratified"}
_NAMING = ("NOUN", "PROPN", "PRON")
_TOP = 3  # tokens before a word that stands first
_LOOK = 9  # tokens behind it in which its object would stand


def _index(word: StepWord) -> int:
    return word.index


def _join_fellows(found: list[StepWord], rest: list[StepWord]) -> None:
    """«было подписано в мае и в июле одобрено»: the second of two like verbs has the titles of the first."""
    told = list(found)
    for word in rest:
        tokens = word.sentence.tokens
        for first in told[bisect_left(told, word.index - _FAR, key=_index) : bisect_left(told, word.index, key=_index)]:
            between = tokens[first.index + 1 : word.index]
            alike = (
                first.form == word.form and first.form in ("short", "finite") and first.entry.role == word.entry.role
            )
            if alike and any(t.lemma == "и" for t in between) and not _barred(word.sentence, first.index, word.index):
                word.titles, word.pronoun = first.titles, first.pronoun
                found.append(word)
                break


def _present(sentence: Sentence, index: int, entry: StepEntry) -> bool:
    rest = entry.lemmas[1:-1] if entry.role == "oblique" else entry.lemmas[1:]
    if not rest:
        return True
    back = _OUTCOME if entry.lemmas[0] in _BECOMES else 4
    near = [t.lemma for t in sentence.tokens[max(0, index - back) : index + 6]]
    return all(lemma in near for lemma in rest)


_BECOMES = {"стать", "становиться"}
_OUTCOME = 30  # tokens from «итогом» to «стало соглашение»


def _form(token: Token) -> str:
    if is_finite(token):
        return "finite"
    if is_short(token):
        return "short"
    form = token.feats.get("VerbForm")
    if form == "Inf":
        return "infinitive"
    if form == "Part":
        return "participle"
    if form == "Conv":
        return "gerund"
    return "noun" if token.pos == "NOUN" else ""


def _barred(sentence: Sentence, low: int, high: int) -> bool:
    """Whether a predicate of its own stands between two tokens."""
    return any(
        (is_finite(t) and t.pos != "AUX" and t.lemma != "быть") or is_short(t) or t.text in ";:"
        for t in sentence.tokens[low + 1 : high]
    )


def _signs(sentence: Sentence, low: int, high: int) -> int:
    return sum(t.text in _CLAUSE_SIGNS for t in sentence.tokens[low + 1 : high])


def _near(titles: list[Title], index: int) -> list[Title]:
    """The titles within reach of a token; a sentence of news has few, but any text is to be read in linear time."""
    first = bisect_left(titles, index - _FAR, key=lambda t: t.head)
    return titles[first : bisect_left(titles, index + _FAR, first, key=lambda t: t.head)]


def _tie(word: StepWord, titles: list[Title], laws: frozenset[str]) -> None:
    titles = _near(titles, word.index)
    if word.form == "noun":
        first = _tie_noun(word, titles)
    elif word.form == "participle":
        first = _tie_participle(word, titles)
    else:
        first = _tie_verb(word, titles, laws)
    if first is not None:
        behind = word.form in ("short", "participle") and word.index >= first.first
        if not behind:
            word.titles = list(_chain(first, titles))
        elif word.form == "participle" and first.plural:
            word.titles = list(_chain(first, titles, _dash_behind(word)))
        else:
            word.titles = [first]
        if first.member:
            word.titles += [t for t in titles if t.head == first.head and t not in word.titles]
    elif word.entry.role != "oblique":
        word.pronoun = _pronoun(word)


def _prepositional(sentence: Sentence, title: Title) -> str:
    before = title.first - 1
    while before >= 0 and sentence.tokens[before].text in '«“"':
        before -= 1
    # «в пункт 7 статьи 42 Договора»: the preposition stands before the nouns over the title
    steps = 0
    while before >= 0 and sentence.tokens[before].pos in ("NOUN", "NUM", "ADJ") and steps < 6:
        before -= 1
        steps += 1
    token = sentence.tokens[before] if before >= 0 else None
    return token.text.lower() if token is not None and token.pos == "ADP" else ""


def _fits_preposition(word: StepWord, title: Title) -> bool:
    said = _prepositional(word.sentence, title)
    return _PLAIN.get(said, said) == word.entry.lemmas[-1]


_PLAIN = {"со": "с", "ко": "к", "об": "о", "обо": "о", "во": "в", "изо": "из", "подо": "под"}


def _tie_noun(word: StepWord, titles: list[Title]) -> Title | None:
    """«подписание в августе соглашения»: the first title to the right, a genitive with no comma or verb between."""
    for title in titles:
        if title.first <= word.index:
            continue
        if _barred(word.sentence, word.index, title.first) or title.first - word.index > 9:
            return None
        if word.entry.role == "oblique":
            return title if _fits_preposition(word, title) else None
        if _signs(word.sentence, word.index, title.first):
            return None
        head = word.sentence.tokens[title.first] if title.draft else title.token
        case = head.feats.get("Case", "Gen")
        before = word.sentence.tokens[title.first - 1]
        return title if case == "Gen" and before.pos != "ADP" else None
    return _awaits(word, titles) or _before_comma(word, titles)


def _awaits(word: StepWord, titles: list[Title]) -> Title | None:
    """«соглашение готово к подписанию», «договор ждет парафирования»: the title before."""
    title = next((t for t in reversed(titles) if t.last < word.index), None)
    if title is None or word.entry.role != "object" or word.index - title.last > _AWAITING_REACH:
        return None
    between = word.sentence.tokens[title.last + 1 : word.index]
    word.awaited = any(t.lemma in _AWAITING for t in between) and not any(t.text in _CLAUSE_SIGNS for t in between)
    return title if word.awaited else None


_AWAITING = {
    "готовый",
    "готов",
    "ждать",
    "ожидать",
    "вынести",
    "вынесенный",
    "передать",
    "переданный",
    "открыть",
    "открытый",
}
_AWAITING_REACH = 7  # tokens from a title to the noun of the step that it awaits


def _before_comma(word: StepWord, titles: list[Title]) -> Title | None:
    """«текст договора парафирован, подписание намечено на май»: the title before, where no other noun follows."""
    tokens, i = word.sentence.tokens, word.index
    ahead = tokens[i + 1] if i + 1 < len(tokens) else None
    bare = ahead is None or ahead.pos not in ("NOUN", "ADJ", "PROPN") or ahead.feats.get("Case") != "Gen"
    if word.entry.role != "object" or word.token.feats.get("Case") != "Nom" or tokens[i - 1].text != "," or not bare:
        return None
    return next((t for t in reversed(titles) if t.last < i), None)


def _tie_participle(word: StepWord, titles: list[Title]) -> Title | None:
    """«соглашение, подписанное в мае», «подписанное в мае соглашение»."""
    tokens, token = word.sentence.tokens, word.token
    before = [t for t in titles if t.head < word.index]
    after = [t for t in titles if t.head > word.index]
    passive = token.feats.get("Voice") == "Pass"
    if word.entry.role == "oblique" or (
        not passive and word.entry.role != "subject" and not token.text.lower().endswith("ся")
    ):
        return _tie_active_participle(word, titles)
    opened = any(t.text in (",", "(") for t in tokens[max(0, word.index - 3) : word.index])
    if opened and before and not _stands_before_noun(word):
        for title in reversed(before):
            if agrees(token, title.token) and not _barred(word.sentence, title.last, word.index):
                return title
    if (
        after
        and agrees(token, after[0].token)
        and after[0].head - word.index < 10
        and not _barred(word.sentence, word.index, after[0].head)
    ):
        return after[0]
    return None


def _stands_before_noun(word: StepWord) -> bool:
    """«принятое решение»: the participle belongs to a noun behind it."""
    tokens, token = word.sentence.tokens, word.token
    if token.rel == "amod" and token.head > word.index:
        return True
    for other in tokens[word.index + 1 : word.index + 4]:
        if other.pos in ("PUNCT", "NUM", "ADP") or other.text[0].isdigit():
            return False
        if other.pos == "NOUN" and other.feats.get("Case") == token.feats.get("Case") and agrees(token, other):
            return True
    return False


def _tie_active_participle(word: StepWord, titles: list[Title]) -> Title | None:
    """«принявшей Декларацию»."""
    for title in titles:
        if title.first > word.index and not _barred(word.sentence, word.index, title.first):
            if word.entry.role == "oblique":
                return title if _fits_preposition(word, title) else None
            close = title.first - word.index <= 6 and not _signs(word.sentence, word.index, title.first)
            return title if close and title.token.feats.get("Case") in ("Acc", "Nom", None) else None
    return None


def _tie_verb(word: StepWord, titles: list[Title], laws: frozenset[str]) -> Title | None:
    """A verb's object or passive subject: the nearest title in its clause, behind the verb first."""
    sentence = word.sentence
    antecedent = _antecedent(word, titles)
    if antecedent is not None:
        return antecedent
    if bracket := _opening_bracket(sentence, word.index):
        return next((t for t in titles if t.last >= bracket - 1 >= t.head), None)
    best: tuple[float, Title] | None = None
    for title in titles:
        cost = _cost(word, title, sentence, laws)
        if cost is not None and (best is None or cost < best[0]):
            best = cost, title
    return best[1] if best else None


def _antecedent(word: StepWord, titles: list[Title]) -> Title | None:
    """«протокол, который стороны завизировали»: the title before the relative clause of the verb."""
    tokens = word.sentence.tokens
    for i in range(word.index - 1, max(-1, word.index - 12), -1):
        token = tokens[i]
        if token.lemma == "который":
            case = token.feats.get("Case")
            oblique = i > 0 and tokens[i - 1].pos == "ADP"
            if oblique:  # «договор, из которого вышел Чад»
                said = tokens[i - 1].text.lower()
                if word.entry.role != "oblique" or _PLAIN.get(said, said) != word.entry.lemmas[-1]:
                    return None
            elif case not in ("Acc", "Nom") or word.entry.role == "oblique":
                return None
            before = [t for t in titles if t.head < i and i - t.last <= 4 and agrees_in_gender(token, t.token)]
            return before[-1] if before else None
        if token.text in ";:.":
            return None
    return None


def agrees_in_gender(pronoun: Token, noun: Token) -> bool:
    """Whether a relative pronoun can stand for a noun: number, and gender in the singular."""
    a, b = pronoun.feats, noun.feats
    if a.get("Number") and b.get("Number") and a["Number"] != b["Number"]:
        return False
    return a.get("Number") == "Plur" or not a.get("Gender") or not b.get("Gender") or a["Gender"] == b["Gender"]


def _opening_bracket(sentence: Sentence, index: int) -> int:
    """The bracket that a word stands in, or 0."""
    for i in range(index - 1, max(0, index - 20), -1):
        if sentence.tokens[i].text == ")":
            return 0
        if sentence.tokens[i].text == "(":
            return i
    return 0


def _cost(word: StepWord, title: Title, sentence: Sentence, laws: frozenset[str]) -> float | None:
    ahead = title.head > word.index
    low, high = (word.index, title.first) if ahead else (title.last, word.index)
    if high - low > _REACH:
        return None
    linked = _linked(sentence, word.index, title.head)
    if word.entry.role == "oblique":
        if not _fits_preposition(word, title) or _barred(sentence, low, high):
            return None
        return (high - low) / 10
    if ahead and any(t.lemma in laws and not t.rel.startswith("nsubj") for t in sentence.tokens[low + 1 : high]):
        return None  # «подписал закон о денонсации договора»
    case = title.token.feats.get("Case", "")
    top = sentence.tokens[title.first]
    if title.draft or title.plural or title.count or (top.pos == "NOUN" and not agrees(top, title.token)):
        case = top.feats.get("Case", case) or case
    subject = word.entry.role == "subject" or word.form == "short" or word.token.feats.get("Voice") in ("Mid", "Pass")
    negated = _negated(sentence, word.index)
    wanted = {"Nom", "Acc", ""} | ({"Gen"} if negated or word.token.lemma in _GENITIVE_VERBS else set())
    at = title.first - 1
    if at > 0 and sentence.tokens[at].pos == "PROPN" and sentence.tokens[at].feats.get("Case") == "Ins":
        at -= 1  # «приостановил исполнение Перу договора»
    before = sentence.tokens[at] if at >= 0 else None
    over = before is not None and before.lemma in _OVER and before.feats.get("Case") != "Ins"
    if before is not None and word.entry.step == "implemented":
        over = over or before.lemma in _DUTIES  # «выполнил условия договора»
    if title.first and sentence.tokens[title.first - 1].lemma == "ратификация":
        over = word.entry.step == "withdrawn"
    if over:
        wanted = {"Gen"}  # «срок действия соглашения истекает», «приостановил действие договора»
    if word.token.lemma in _INSTRUMENTAL_VERBS:
        wanted = {"Ins"}
    if case not in wanted and not title.numbered:
        return None
    if subject and word.form == "short" and not over and not _short_agrees(word.token, title):
        return None
    if subject and word.form == "finite" and not over and not _number_agrees(word.token, title):
        return None
    if title.first and sentence.tokens[title.first - 1].pos == "ADP" and not title.numbered:
        return None
    if _barred(sentence, low, high) and not linked and not _shares_subject(word, title):
        return None
    of_another = not linked or word.form == "infinitive" or title.token.rel.startswith("nsubj")
    if not (ahead or subject) and of_another and _has_object(word):
        return None
    if word.form != "infinitive" and ahead and any(t.feats.get("VerbForm") == "Inf" for t in sentence.tokens[low:high]):
        return None  # «принял решение подписать соглашение»
    return (high - low) / 10 + _signs(sentence, low, high) + (0 if linked else 1) + (0 if ahead or subject else 0.5)


def _has_object(word: StepWord) -> bool:
    """Whether another noun is right behind a verb as its object: «раскритиковали договор, послы покинули зал»."""
    ahead = word.sentence.tokens[word.index + 1 : word.index + 4]
    noun = next((t for t in ahead if t.pos not in ("ADJ", "DET", "NUM")), None)
    if noun is None or noun.pos not in ("NOUN", "PROPN") or noun.feats.get("Case") != "Acc":
        return False
    return word.form != "finite" or noun.feats.get("Number") != word.token.feats.get("Number")


def _shares_subject(word: StepWord, title: Title) -> bool:
    """«соглашение рассчитано на год и подписано сторонами»: joined to the predicate of the title by «и»."""
    tokens, i = word.sentence.tokens, word.index
    if word.form not in ("short", "finite") or word.token.rel != "conj" or tokens[i - 1].lemma != "и" or i < title.last:
        return False
    over = tokens[word.token.head]
    return (
        over.index > title.last
        and tokens[title.head].head == over.index
        and not _barred(word.sentence, title.last, over.index)
    )


_OVER = {"срок", "действие", "исполнение", "выполнение", "ратификация", "подпись"}
_DUTIES = {"условие", "положение", "обязательство", "требование", "пункт"}
_GENITIVE_VERBS = {"достичь", "достигнуть", "достигать", "добиваться"}
_INSTRUMENTAL_VERBS = {
    "выступить",
    "обменяться",
    "обмениваться",
    "меняться",
    "оформить",
    "завершиться",
    "увенчаться",
    "условиться",
    "закрепить",
    "зафиксировать",
    "урегулировать",
    "ознаменоваться",
    "закончиться",
}


def _short_agrees(token: Token, title: Title) -> bool:
    if title.numbered or (title.noun.lemmas[0] == "документ" and title.plural):
        return True
    head = (
        title.sentence.tokens[title.first]
        if title.draft or title.sentence.tokens[title.first].lemma in ("ряд", "пакет")
        else title.token
    )
    a, b = token.feats, head.feats
    if a.get("Number") == "Plur":
        return True  # «подписаны соглашение и меморандум»
    return b.get("Number") == "Sing" and (a.get("Gender") in (None, b.get("Gender")) or b.get("Gender") is None)


def _number_agrees(token: Token, title: Title) -> bool:
    return token.feats.get("Number") == "Plur" or not title.plural or title.numbered


def _linked(sentence: Sentence, verb: int, head: int) -> bool:
    """Whether the tree hangs the title on the verb, at once or through a noun or a fellow."""
    i = head
    after = sentence.tokens[verb + 1].lemma if verb + 1 < len(sentence.tokens) else ""
    for _ in range(3):
        i = sentence.tokens[i].head
        if i == verb:
            return True
        if i < 0 or ((is_finite(sentence.tokens[i]) or is_short(sentence.tokens[i])) and after != "и"):
            return False  # an object of «одобрил и направил» is of both, that of «ушел в отпуск и подписал» is not
    return False


def _dash_behind(word: StepWord) -> int:
    """The dash behind «в числе документов, подписанных в мае, –», or 0."""
    ahead = word.sentence.tokens[word.index + 1 : word.index + _LIST_REACH]
    return next((t.index for t in ahead if t.text in "–—"), 0)


_LIST_REACH = 15  # tokens


def _chain(first: Title, titles: list[Title], dash: int = 0) -> Iterator[Title]:
    """The title and its fellows in a list: «соглашение о ..., меморандум о ... и протокол»."""
    yield first
    tokens = first.sentence.tokens
    last = first
    for title in titles:
        if title.first <= last.head:
            continue
        between = tokens[max(last.last + 1, dash if last is first else 0) : title.first]
        plain = all(t.text in ',«»"()и' or t.lemma in _LISTING or t.start < last.span.end for t in between)
        if last is first and (first.plural or first.sheaf) and len(between) == 1 and between[0].text in ":–—-":
            first.spelled_out = plain = True
        same = title.token.feats.get("Case") == first.token.feats.get("Case") or bool(first.count) or first.spelled_out
        same = same or (title.numbered and title.token.feats.get("Case") == "Gen")  # «и пять меморандумов»
        if len(between) > 4 or not plain or not same:
            break
        title.listed = True
        yield title
        last = title


_LISTING = {"и", "а", "также", "включая", "в", "тот", "том", "число", "среди", "они", "–", "—", "-"}


def _pronoun(word: StepWord) -> Token | None:
    """«одобрил его», «он вступит в силу», «ему предстоит ратификация»."""
    tokens = word.sentence.tokens
    near = tokens[max(0, word.index - 3) : word.index + 3]
    for token in near:
        if token.pos != "PRON" and token.text.lower() not in ("его", "её", "ее", "их"):
            continue
        if token.lemma not in ("он", "она", "оно", "они", "его", "ее", "их"):
            continue
        case = token.feats.get("Case", "")
        subject = (
            word.entry.role == "subject" or word.form == "short" or word.token.feats.get("Voice") in ("Mid", "Pass")
        )
        if word.form == "noun" and case == "Dat":
            return token
        aside = word.entry.role == "oblique" and token.index > 0 and tokens[token.index - 1].pos == "ADP"
        if aside and tokens[token.index - 1].text.lower().rstrip("о") in ("к", "из", "от"):
            return token  # «Британия к нему присоединилась»
        if word.form in ("finite", "short", "infinitive") and case in (("Nom",) if subject else ("Acc", "Gen")):
            return token
    if word.token.rel == "conj" and word.entry.role == "subject":  # «оно рассчитано на год и вступит в силу»
        below = (tokens[i] for i in word.sentence.children[word.token.head])
        return next((t for t in below if t.rel.startswith("nsubj") and t.lemma in ("он", "она", "оно", "они")), None)
    return None


def _negated(sentence: Sentence, index: int) -> bool:
    behind = sentence.tokens[index + 1 : index + 3]
    if len(behind) == 2 and behind[0].text.lower() == "не" and behind[1].lemma == "быть":
        return True  # «подписано не будет»
    before = sentence.tokens[max(0, index - 3) : index]
    while before and before[-1].pos in ("AUX", "ADV"):
        before = before[:-1]
    return bool(before) and before[-1].text.lower() in ("не", "ни")


def _read_standing(word: StepWord, words: WordSets) -> None:
    sentence = word.sentence
    word.negated = _negated(sentence, word.index)
    clause = clause_of(sentence, word.index)
    lemmas = {t.lemma for t in clause}
    if word.form == "noun":
        word.standing = _noun_standing(word, words)
    elif word.form == "infinitive":
        word.standing = _infinitive_standing(word, words)
    elif word.form == "participle":
        word.standing = "present" if word.token.feats.get("Tense") == "Pres" else "done"
    else:
        word.standing = _verb_standing(word, clause)
    if word.negated:
        word.standing = (
            "denied" if word.form in ("finite", "short") and word.standing in ("done", "present") else "idle"
        )
    if word.standing in ("done", "coming", "present"):
        if follows(sentence, word.index, "чтобы") or _is_asked(sentence, word.index):
            word.standing = "idle"
        elif lemmas & {"если", "бы"} or _in_case_of(sentence, word.index):
            word.standing = "supposed"


def _is_asked(sentence: Sentence, index: int) -> bool:
    """«Договор продлят?» tells nothing."""
    return any(t.text == "?" for t in sentence.tokens[index : index + _REACH])


def _verb_standing(word: StepWord, clause: list[Token]) -> str:
    feats = word.token.feats
    near = word.sentence.tokens[max(0, word.index - 4) : word.index]
    if word.form == "short":
        if any(t.lemma in ("мочь", "должный", "должен") for t in near):
            return "idle"
        return "coming" if any(t.lemma == "быть" and t.feats.get("Tense") == "Fut" for t in clause) else "done"
    if feats.get("Tense") == "Fut" or (feats.get("Tense") == "Pres" and feats.get("Aspect") == "Perf"):
        return "coming"
    return "present" if feats.get("Tense") == "Pres" else "done"


def _infinitive_standing(word: StepWord, words: WordSets) -> str:
    word.governor = _governor(word.sentence, word.index, words)
    if word.governor is None:
        return "coming"
    tokens = word.sentence.tokens
    over = tokens[word.governor].lemma
    if over == "мочь":
        return "supposed"
    if over in words["refused"]:
        return "refused"
    if over in _OFFERS:
        return "offered"
    if over in words["hoped"] or _negated(word.sentence, word.governor):
        return "idle"
    if over in _MANAGED and is_finite(tokens[word.governor]) and tokens[word.governor].feats.get("Tense") == "Past":
        return "done"  # «удалось подписать», «предпочла заключить»
    return "coming"


_OFFERS = {"предложить", "предлагать"}
_MANAGED = {"удаться", "удаваться", "суметь", "смочь", "предпочесть", "успеть", "посчастливиться", "поспешить"}


def _noun_standing(word: StepWord, words: WordSets) -> str:
    """«подписание», «закон о ратификации»: the verb over the noun decides."""
    tokens = word.sentence.tokens
    word.law = next((i for i in range(max(0, word.index - 3), word.index) if tokens[i].lemma in words["law"]), None)
    if word.law is not None:
        return "law"
    if word.awaited or _is_put_off(word):
        return "coming"
    if _in_case_of(word.sentence, word.index):
        return "supposed"
    verbs = [t for t in clause_of(word.sentence, word.index) if is_finite(t) or is_short(t)]
    near = {t.lemma for t in [*tokens[max(0, word.index - 4) : word.index + 1], *verbs]}
    if near & _OFFERS:
        return "offered"
    before = tokens[word.index - 1].text.lower() if word.index else ""
    if any(t.lemma in words["coming"] and _negated(word.sentence, t.index) for t in verbs):
        return "idle"  # «подписание не планируется»
    if any(t.feats.get("Tense") == "Fut" and t.lemma in _HAPPENS for t in verbs):
        return "coming"
    if before == "на" and near & _COUNTS_ON:
        return "idle"
    if near & (words["coming"] - {"быть", "договориться", "решить", "позволить"}):
        return "coming"
    if near & {"проголосовать", "голосовать"} and before == "за":
        return "done"
    if word.entry.step == "ratified" and {t.lemma for t in verbs} & _STOPS:
        return "refused"
    if word.entry.step == "signed" and {t.lemma for t in verbs} & _GRANTS:
        return "granted"
    announced = before in ("о", "об") and word.entry.step != "negotiated" and any(t.lemma in _ANNOUNCES for t in verbs)
    doubtful = near & (words["hoped"] | words["prospect"]) - _circumstances(word)
    if doubtful or (before in ("без", "для", "до", "за", "к", "против", "о", "об") and not announced):
        return "idle"
    if near & words["denial"]:
        return "denied"
    if word.entry.step == "negotiated":
        return "done"
    past = any(t.feats.get("Tense") == "Past" for t in verbs)
    return "done" if before in ("после", "с", "со") or past or not verbs else "idle"


_STOPS = {"заблокировать", "блокировать", "отклонить", "отвергнуть", "провалить"}
_GRANTS = {"одобрить", "одобрять", "утвердить", "санкционировать"}
_ANNOUNCES = {"объявить", "объявлять", "уведомить", "уведомлять", "известить", "сообщить", "сообщать", "заявить"}


def _is_put_off(word: StepWord) -> bool:
    """«Подписание отложено на июнь», «перенесли ратификацию на осень»."""
    tokens = word.sentence.tokens
    for token in tokens[max(0, word.index - _PUT_OFF) : word.index + _PUT_OFF]:
        if token.lemma in _PUTS_OFF:
            return any(t.text.lower() == "на" for t in tokens[token.index + 1 : token.index + _PUT_OFF])
    return False


_PUTS_OFF = {"отложить", "перенести", "отсрочить", "назначить", "наметить", "запланировать"}
_PUT_OFF = 10  # tokens between a nominal step and the verb that puts it off


def _circumstances(word: StepWord) -> set[str]:
    """«В условиях выхода» tells of no condition."""
    before = [t.text.lower() for t in word.sentence.tokens[max(0, word.index - 2) : word.index]]
    return {"условие"} if before == ["в", "условиях"] else set()


_HAPPENS = {"состояться", "пройти", "вступить", "начаться", "произойти"}
_COUNTS_ON = {"рассчитывать", "надеяться", "надежда", "расчет"}


def follows(sentence: Sentence, index: int, lemma: str) -> bool:
    """Whether a conjunction opens the clause of a word."""
    for token in reversed(sentence.tokens[max(0, index - 8) : index]):
        if token.lemma == lemma:
            return True
        if token.text in _CLAUSE_SIGNS:
            return False
    return False


def _in_case_of(sentence: Sentence, index: int) -> bool:
    before = [t.text.lower() for t in sentence.tokens[max(0, index - 4) : index]]
    return "случае" in before or "условии" in before


def clause_of(sentence: Sentence, index: int) -> list[Token]:
    """Tokens around one, up to the nearest signs that part off another predicate; brackets are left out."""
    tokens = sentence.tokens
    bracket = _opening_bracket(sentence, index)
    if bracket:
        close = next((i for i in range(index, min(len(tokens), index + _FAR)) if tokens[i].text == ")"), index + 1)
        tokens = tokens[bracket + 1 : close]
        return [t for t in tokens if not _beyond(sentence, t.index, index)]
    low = high = index
    while low > max(0, index - _FAR) and not (
        tokens[low - 1].text in _CLAUSE_SIGNS and _parts(sentence, low - 1, index)
    ):
        low = _jump(tokens, low - 1, -1)
    while high < min(len(tokens) - 1, index + _FAR) and not (
        tokens[high + 1].text in _CLAUSE_SIGNS and _parts(sentence, high + 1, index)
    ):
        high = _jump(tokens, high + 1, 1)
    inside = 0
    clause = []
    for token in tokens[low : high + 1]:
        inside += token.text == "("
        if not inside:
            clause.append(token)
        inside -= token.text == ")" and inside > 0
    return clause or [tokens[index]]


def _beyond(sentence: Sentence, at: int, index: int) -> bool:
    """Whether a comma stands between two tokens."""
    low, high = min(at, index), max(at, index)
    return any(t.text in ",;" for t in sentence.tokens[low:high])


_BRACKET_REACH = 60


def _jump(tokens: list[Token], i: int, way: int) -> int:
    """The other bracket of a pair, or the token itself."""
    opening, closing = ("(", ")") if way > 0 else (")", "(")
    if tokens[i].text != opening:
        return i
    stop = i + way * _BRACKET_REACH
    return next((j for j in range(i, max(-1, min(len(tokens), stop)), way) if tokens[j].text == closing), i)


def _parts(sentence: Sentence, sign: int, index: int) -> bool:
    """Whether a sign ends the clause of a predicate: beyond it stands another predicate before the next sign."""
    tokens = sentence.tokens
    if tokens[sign].text in "()":
        return _jump(tokens, sign, 1 if sign > index else -1) == sign
    if tokens[sign].text not in (",", "–", "—"):
        return True
    walk = range(sign + 1, len(tokens)) if sign > index else range(sign - 1, -1, -1)
    for i in walk:
        token = tokens[i]
        if is_finite(token) or is_short(token) or token.feats.get("VerbForm") in ("Part", "Conv"):
            return True
        if token.text in _CLAUSE_SIGNS:
            return False
    return False


def _governor(sentence: Sentence, index: int, words: WordSets) -> int | None:
    """The word over an infinitive: of the tree if it is a likely one, else the nearest verb before, then after."""
    tokens = sentence.tokens
    likely = words["coming"] | words["hoped"] | words["refused"]
    head = tokens[index].head
    for _ in range(2):
        if head < 0:
            break
        if tokens[head].lemma in likely:
            return head
        head = tokens[head].head
    ahead = any(t.lemma in likely for t in tokens[index + 1 : index + 6])
    for i in range(index - 1, max(-1, index - 7), -1):
        if tokens[i].text == "," and ahead:
            break  # «срок истекает, продлевать его Чад не намерен»
        if tokens[i].lemma in likely or is_finite(tokens[i]) or is_short(tokens[i]):
            return i
    for i in range(index + 1, min(len(tokens), index + 6)):
        if tokens[i].lemma in likely or is_finite(tokens[i]) or is_short(tokens[i]):
            return i
    return None


def date_of(document: Document, word: StepWord, taken: list[TimeMention]) -> TimeMention | None:
    """The time told with a step word: the nearest one in its clause that is no period of a title and no duration."""
    clause = clause_of(word.sentence, word.index)
    low, high = clause[0].start, clause[-1].end
    inside = {t.start for t in clause}
    if word.form == "participle":
        low, high = _participle_range(word)
        inside = {t.start for t in word.sentence.tokens[max(0, word.index - _FAR) : word.index + _FAR]}
    near = word.sentence.tokens[max(0, word.index - _FAR) : word.index + _FAR]
    best: tuple[int, TimeMention] | None = None
    for time in starting(document.times, low, high):
        if time.end > high or time.start not in inside or time.grain == "duration":
            continue
        if any(time is t for t in taken) or (word.form != "participle" and _is_of_participle(word, time)):
            continue
        first, last = (word.token.end, time.start) if time.start >= word.token.end else (time.end, word.token.start)
        between = [t for t in near if first <= t.start < last and t is not word.token]
        rivals = sum(_is_predicate(t) for t in between)
        rivals += time.end <= word.token.start and any(t.lemma == "и" for t in between)  # «подписано в мае и вступит»
        cost = abs(last - first) + 200 * rivals
        if best is None or cost < best[0]:
            best = cost, time
    return best[1] if best else None


def _is_of_participle(word: StepWord, time: TimeMention) -> bool:
    """«Ратифицировал подписанный в мае договор»: the time belongs to the participle before the noun."""
    tokens = word.sentence.tokens
    return any(
        t.feats.get("VerbForm") == "Part" and not is_short(t) and t.end <= time.start and agrees(t, title.token)
        for title in word.titles
        if time.end <= title.token.start
        for t in tokens[max(0, title.head - _PHRASE) : title.head]
    )


_PHRASE = 9  # tokens of a participle with its own words before the noun


def _is_predicate(token: Token) -> bool:
    return is_finite(token) or is_short(token) or (token.feats.get("VerbForm") == "Part" and token.pos == "VERB")


def awaits(document: Document, time: TimeMention) -> bool:
    """«через 30 дней после обмена нотами»: counted from another event."""
    ahead = document.page.text[time.end : time.end + 10].split()
    return (
        time.rule != ""
        and document.words(time.start, time.end).lower().startswith(("через", "по истечении"))
        and (ahead[:1] in (["после"], ["со"], ["с"], ["от"]))
    )


def words_around(word: StepWord) -> list[Token]:
    """The words that say who takes a step: the clause of a verb, of a participle its own phrase alone."""
    if word.form != "participle":
        return clause_of(word.sentence, word.index)
    low, high = _participle_range(word)
    return [t for t in word.sentence.tokens[max(0, word.index - _FAR) : word.index + _FAR] if low <= t.start < high]


def _participle_range(word: StepWord) -> tuple[int, int]:
    """From a participle to the noun it stands before, or to the comma that closes it."""
    tokens = word.sentence.tokens
    ahead = [t for t in word.titles if t.head > word.index]
    low = word.index
    while low > 0 and tokens[low - 1].text not in (",", "(") and word.index - low < 5 and not ahead:
        low -= 1
    if ahead:
        return tokens[max(0, low - 3)].start, ahead[0].token.start
    high = word.index
    while high < min(len(tokens) - 1, word.index + _FAR) and tokens[high + 1].text not in (",", ")", ";", ":"):
        high += 1
    return tokens[low].start, tokens[high].end


def actor_of(document: Document, word: StepWord) -> tuple[str, Span, str] | None:
    """Who takes a one-sided step, with words and how: before an active verb, behind a passive; states before others."""
    passive = word.form in ("short", "participle") or word.token.feats.get("Voice") in ("Mid", "Pass")
    clause = clause_of(word.sentence, word.index if word.law is None else word.law)
    inside = {t.start for t in clause}
    own = [t.span for t in word.titles]
    low, high = clause[0].start, clause[-1].end
    found: list[tuple[str, Span, str]] = []
    for party in starting(document.parties, low, high):
        if len(party.codes) == 1 and party.kind != "adjective":
            found.append((party.codes[0], Span(party.start, party.end), party.how))
    for person in starting(document.people, low, high):
        if person.party:
            found.append((person.party, Span(person.start, person.end), person.how))
    found = [f for f in found if f[1].start in inside and not is_place(word.sentence, f[1].start)]
    found = [f for f in found if not any(s.start <= f[1].start < s.end for s in own)]
    found = [f for f in found if not f[0].startswith("name:")] or found
    if not found:
        return None
    here = word.token.start
    after = [f for f in found if f[1].start > here]
    before = [f for f in found if f[1].start < here]
    return (after or before)[0] if passive else (before or after)[0]


def is_place(sentence: Sentence, start: int) -> bool:
    """Whether a name stands behind «в», «из» or «помимо»: a place or one left aside, not who acts."""
    i = bisect_left(sentence.tokens, start, key=lambda t: t.start)
    if 1 < i < len(sentence.tokens) and sentence.tokens[i - 1].lemma in _TOWNS:
        i -= 1  # «в столице Чада»
    return 0 < i < len(sentence.tokens) and sentence.tokens[i - 1].text.lower() in _WHERE


_TOWNS = {"столица", "город", "пригород"}
_WHERE = {"в", "во", "из", "на", "над", "помимо", "кроме"}
